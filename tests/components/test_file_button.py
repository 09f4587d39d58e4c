"""Files with personal data or secrets have one way out, and codes on paper live in memory for minutes only."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.file_button import AT_MOST, ONCE_MORE, Codes
from components.refusals import SENTENCES
from db.errors import Refused
from tests.support.tree import ROOT, files

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

PUBLIC = {
    "components/charts/export.py": "numbers without people; anybody who sees the chart may take it",
    "components/council/notices.py": "公示 hangs on the wall: it was checked for personal data before it was posted",
    "components/admin/document_templates.py": "a Word template with its fields, filled with invented samples",
    "components/reports/upload.py": "the blank form that the subdistrict hands out",
    "pages/activities/activities.py": "the year's calendar of activities, without people: it hangs on the wall",
    "pages/imports/imports.py": "a blank table to be filled in",
}
"""What may be served to whoever has the address, and why."""


def offered_openly(root: Path) -> Iterator[tuple[str, int]]:
    """Where something is offered by `st.download_button`, whose bytes are served without a sign-in."""
    for path, text in files(root, "app.py", "pages", "components", "db"):
        for node in ast.walk(ast.parse(text)):
            named = node.attr if isinstance(node, ast.Attribute) else node.name if isinstance(node, ast.alias) else ""
            if named == "download_button":
                yield path, getattr(node, "lineno", 0)


def test_only_what_anybody_may_read_is_offered_without_a_ticket() -> None:
    assert {path for path, _line in offered_openly(ROOT)} == set(PUBLIC)


@pytest.mark.parametrize(
    "line",
    [
        "import streamlit as st\nst.download_button('x', b'')",
        "import streamlit\ngive = streamlit.sidebar.download_button",
        "from streamlit import download_button",
    ],
)
def test_another_one_is_found_however_it_is_written(tmp_path: Path, line: str) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/leak.py").write_text(line, encoding="utf-8")

    assert [path for path, _line in offered_openly(tmp_path)] == ["pages/leak.py"]


# --- codes on their way to paper ----------------------------------------------------------------------------------


def codes(made: datetime = NOW) -> Codes[str]:
    return Codes((1, 7), ["AAAAA", "BBBBB"], made)


def test_codes_can_be_fetched_again_for_ten_minutes_and_no_longer() -> None:
    kept = codes()

    assert kept.fetch(NOW + MINUTE) == ["AAAAA", "BBBBB"]
    assert kept.fetch(NOW + MINUTE + ONCE_MORE - timedelta(seconds=1)) == ["AAAAA", "BBBBB"]
    with pytest.raises(Refused, match="codes_gone"):
        kept.fetch(NOW + MINUTE + ONCE_MORE)
    assert kept.left(NOW) == []


def test_fetching_again_does_not_make_them_live_longer() -> None:
    kept = codes()

    for minute in range(10):
        kept.fetch(NOW + minute * MINUTE)

    assert kept.left(NOW + ONCE_MORE) == []


def test_codes_that_nobody_fetched_are_over_after_an_hour() -> None:
    kept = codes()

    assert kept.left(NOW + AT_MOST - MINUTE) == ["AAAAA", "BBBBB"]
    assert kept.left(NOW + AT_MOST) == []
    late = codes()
    late.fetch(NOW + AT_MOST - MINUTE)
    assert late.left(NOW + AT_MOST) == []


def test_codes_that_were_cleared_do_not_leave_by_a_ticket_that_was_issued_before() -> None:
    kept = codes()
    ticket = kept.fetch

    kept.forget()

    with pytest.raises(Refused, match="codes_gone"):
        ticket(NOW)
    assert "重新制作" in SENTENCES["codes_gone"]


def test_what_is_looked_at_is_a_copy() -> None:
    kept = codes()

    kept.left(NOW).clear()

    assert kept.left(NOW) == ["AAAAA", "BBBBB"]


@pytest.mark.parametrize(("owner", "found"), [((1, 7), True), ((1, 8), False), ((2, 7), False)])
def test_codes_of_another_meeting_or_another_account_are_forgotten(owner: tuple[int, int], found: bool) -> None:
    def page(owner: tuple[int, int]) -> None:
        import streamlit as st

        from components.file_button import Codes, held
        from db.engine import utc_now

        if "before" not in st.session_state:
            st.session_state["before"] = st.session_state["kept"] = Codes((1, 7), ["AAAAA"], utc_now())
        st.text(str(held("kept", owner) is not None))

    app = AppTest.from_function(page, args=(owner,)).run()

    assert app.text[0].value == str(found)
    assert ("kept" in app.session_state) == found
    assert bool(app.session_state["before"].left(datetime.now(UTC))) == found

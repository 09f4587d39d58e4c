"""Slips, cards, posters, the ledger and the papers leave by a ticket: made on the press, for one account, written down.

`st.download_button` is gone from them; what a page offers openly is listed in `tests/components/test_file_button.py`.
"""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.actions.admin.templates import set_template
from db.actions.council.village import begin_matter
from db.actions.intake.posters import revoke_poster
from db.engine import as_system, reading, utc_now
from db.models import Account, Export, Poster
from db.terms import Role
from tests.builders.intake import a_poster, code_of
from tests.builders.meetings import in_session
from tests.builders.needs import a_need
from tests.builders.world import World, do, row
from tests.support.handed import Handed, word_text
from tests.support.signed_in import open_app, words
from tests.support.word_files import word_file

MEETING, BODIES, POSTERS = "meetings/meeting.py", "council/bodies.py", "intake/posters.py"
LEDGER, VILLAGE = "needs/ledger.py", "council/village.py"


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> Handed:
    return Handed(monkeypatch)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def exports(world: World) -> list[tuple[str, int, int]]:
    with reading(world.secretary) as session:
        found = session.scalars(select(Export).order_by(Export.id))
        return [(one.what, one.rows, one.account_id) for one in found]


def printed_slips(world: World, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    meeting, _items = in_session(world)
    app = open_app(monkeypatch, world.secretary.id, MEETING, id=str(meeting))
    next(c for c in app.segmented_control if str(c.key).startswith("part.")).set_value("slips").run()
    return press(app, "print_slips.submit")


def no_longer(account_id: int, role: Role) -> None:
    """Another role from now on; the page in the browser does not know it yet."""
    with as_system("test") as session:
        session.get_one(Account, account_id).role = role


# --- 票码单 ------------------------------------------------------------------------------------------------------


def test_slips_leave_by_a_ticket_to_whoever_pressed_and_are_written_down(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    app = printed_slips(small_world, monkeypatch)
    slips = app.session_state["_slips.printed"].left(utc_now())
    assert not handed.offers

    press(app, "paper.slips")

    assert handed.fetch(None).status == 401
    assert handed.fetch(small_world.worker.id).status == 404
    assert exports(small_world) == []
    text = word_text(handed.file(small_world.secretary.id))
    assert all(f"{code[:5]}-{code[5:]}" in text for _serial, code in slips)
    assert exports(small_world) == [("slips", 14, small_world.secretary.id)]
    assert handed.fetch(small_world.secretary.id).status == 404


def test_no_code_is_on_the_page_before_or_after_the_press(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    app = printed_slips(small_world, monkeypatch)
    slips = app.session_state["_slips.printed"].left(utc_now())
    before = words(app)
    press(app, "paper.slips")

    for _serial, code in slips:
        assert code not in before + words(app)


def test_cleared_slips_are_gone_also_for_a_ticket_that_is_on_its_way(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    app = press(printed_slips(small_world, monkeypatch), "paper.slips")

    press(app, "slips_clear")
    answer = handed.fetch(small_world.secretary.id)

    assert "_slips.printed" not in app.session_state
    assert answer.status == 403
    assert "重新制作" in answer.text
    assert exports(small_world) == []


def test_fetched_slips_can_be_fetched_once_more_by_another_press(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    app = printed_slips(small_world, monkeypatch)

    texts = []
    for _ in range(2):
        press(app, "paper.slips")
        texts.append(word_text(handed.file(small_world.secretary.id)))

    assert texts[0] == texts[1]
    assert [what for what, _rows, _who in exports(small_world)] == ["slips", "slips"]


def test_whoever_lost_the_role_meanwhile_gets_no_slips(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    press(printed_slips(small_world, monkeypatch), "paper.slips")
    # An auditor may export, but not print slips.
    no_longer(small_world.secretary.id, Role.AUDITOR)

    answer = handed.fetch(small_world.secretary.id)

    assert answer.status == 403
    with as_system("test") as session:
        assert session.scalars(select(Export)).all() == []


# --- 成员卡 ------------------------------------------------------------------------------------------------------


def test_cards_leave_by_a_ticket_and_are_gone_when_cleared(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, BODIES)
    app.segmented_control(key="council_way").set_value("cards").run()
    press(app, "make_cards.submit")
    cards = app.session_state["_cards.printed"].left(utc_now())

    press(app, "paper.cards")
    text = word_text(handed.file(small_world.secretary.id))
    press(app, "paper.cards")
    press(app, "cards_clear")

    assert len(cards) == 16
    assert all(name in text for _seat, name, _code in cards)
    assert exports(small_world) == [("cards", 16, small_world.secretary.id)]
    assert "_cards.printed" not in app.session_state
    assert handed.fetch(small_world.secretary.id).status == 403


# --- 海报 --------------------------------------------------------------------------------------------------------


def test_a_poster_is_made_when_it_is_fetched(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    poster = a_poster(small_world)
    app = open_app(monkeypatch, small_world.worker.id, POSTERS, id=str(poster))
    assert code_of(poster) not in words(app)

    press(app, f"paper.poster.{poster}")
    text = word_text(handed.file(small_world.worker.id))

    assert code_of(poster) in text.replace("-", "").replace(" ", "")
    assert exports(small_world) == [("poster", 1, small_world.worker.id)]


def test_a_poster_that_was_revoked_meanwhile_is_not_printed(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    poster = a_poster(small_world)
    app = open_app(monkeypatch, small_world.worker.id, POSTERS, id=str(poster))
    press(app, f"paper.poster.{poster}")
    do(small_world.secretary, revoke_poster, poster_id=poster, version=row(small_world, Poster, poster).version)

    answer = handed.fetch(small_world.worker.id)
    again = open_app(monkeypatch, small_world.worker.id, POSTERS, id=str(poster))

    assert answer.status == 403
    assert exports(small_world) == []
    assert f"paper.poster.{poster}" not in {button.key for button in again.button}


# --- 台账，记录表 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.SECRETARY, Role.AREA_WORKER, Role.AUDITOR])
def test_the_ledger_leaves_as_it_is_filtered(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed, role: Role
) -> None:
    number = a_need(small_world, title="路灯不亮")
    a_need(small_world, title="电梯常停")
    here = {"community": str(small_world.here)}
    app = open_app(monkeypatch, small_world[role].id, LEDGER, q="路灯", sheet="data", **here)

    press(app, "ledger.export")
    sheet = load_workbook(BytesIO(handed.file(small_world[role].id))).active
    titles = {line[1].value for line in sheet.iter_rows(min_row=2)}

    assert number
    assert titles == {"路灯不亮"}
    assert exports(small_world) == [("needs", 1, small_world[role].id)]


def test_the_view_that_was_chosen_leaves_and_the_log_says_which(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    a_need(small_world, title="路灯不亮")
    app = open_app(monkeypatch, small_world.secretary.id, LEDGER)
    press(app, "ledger.export")
    printed = load_workbook(BytesIO(handed.file(small_world.secretary.id))).active
    app.segmented_control(key="filter.sheet").set_value("data").run()
    press(app, "ledger.export")
    data = load_workbook(BytesIO(handed.file(small_world.secretary.id))).active

    assert (printed["A1"].value, printed.max_column) == ("柳林社区需求台账", 9)
    assert (data["A1"].value, data.max_column) == ("编号", 15)
    with as_system("test") as session:
        assert [one.filters["sheet"] for one in session.scalars(select(Export).order_by(Export.id))] == [
            "print",
            "data",
        ]


def test_an_account_of_another_community_meanwhile_gets_nothing_of_this_one(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    a_need(small_world, title="路灯不亮")
    app = open_app(monkeypatch, small_world.worker.id, LEDGER, sheet="data")
    press(app, "ledger.export")
    with as_system("test") as session:
        session.get_one(Account, small_world.worker.id).community_id = small_world.there

    sheet = load_workbook(BytesIO(handed.file(small_world.worker.id))).active

    assert sheet.max_row == 1
    assert exports(small_world) == []


def test_the_record_of_a_project_paper_is_refused_to_whoever_moved_away(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    matter = do(small_world.secretary, begin_matter, title="机耕路硬化", proposal="硬化 600 米")
    name = f"record_step.{matter}.proposal"
    app = open_app(monkeypatch, small_world.secretary.id, VILLAGE, id=str(matter))
    for field, text in (("place", "村部"), ("host", "李主任"), ("recorder", "陈会计")):
        app.text_input(key=f"{name}.{field}").input(text)
    for field, count in (("due", 7), ("present", 6)):
        app.number_input(key=f"{name}.{field}").set_value(count)
    app.text_area(key=f"{name}.said").input("党支部会同意提议")
    press(app, f"{name}.submit")
    paper = next(str(button.key) for button in app.button if str(button.key).startswith("paper."))

    press(app, paper)
    text = word_text(handed.file(small_world.secretary.id))
    press(app, paper)
    with as_system("test") as session:
        session.get_one(Account, small_world.secretary.id).community_id = small_world.there

    assert "机耕路硬化" in text
    assert exports(small_world) == [("village", 1, small_world.secretary.id)]
    assert handed.fetch(small_world.secretary.id).status in (403, 503)


def test_a_paper_leaves_in_the_template_that_the_subdistrict_has_in_use_when_it_is_fetched(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    poster = a_poster(small_world)
    app = open_app(monkeypatch, small_world.worker.id, POSTERS, id=str(poster))
    press(app, f"paper.poster.{poster}")
    own = word_file("街道自己的海报：{{ 社区名称 }} {{ 二维码 }}")
    do(small_world[Role.SUBDISTRICT_ADMIN], set_template, kind="order_poster", name="海报.docx", file=own)

    text = word_text(handed.file(small_world.worker.id))

    assert text.startswith("街道自己的海报：柳林社区")


# --- 会议文件 -----------------------------------------------------------------------------------------------------


def test_the_sign_in_sheet_leaves_by_a_ticket(
    small_world: World, monkeypatch: pytest.MonkeyPatch, handed: Handed
) -> None:
    meeting, _items = in_session(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, MEETING, id=str(meeting))
    app.segmented_control(key=f"papers.{meeting}").set_value("sheet").run()

    key = next(str(button.key) for button in app.button if str(button.key).startswith("take.sheet."))
    press(app, key)

    assert "签到表" in word_text(handed.file(small_world.secretary.id))
    assert exports(small_world) == [("sheet", 16, small_world.secretary.id)]

"""What people are called and what they say is never drawn as Markdown, and a bare address in it is no link."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import db.models  # noqa: F401 - the tables
from db.models import Model
from db.models.types import Encrypted, TextMark
from tests.support.servers import ROOT

READ_AS_MARKDOWN = {
    "markdown", "caption", "write", "info", "warning", "error", "success", "toast", "title", "header", "subheader",
    "expander", "Folded", "tabs", "metric", "checkbox", "toggle", "radio", "button", "pills", "segmented_control",
    "page_link", "link_button", "form_submit_button", "download_button", "press", "submit",
}  # fmt: skip
"""Functions of Streamlit, and of ours that draw such a label, whose first text is Markdown."""
OPTIONS_TOO = {"pills", "segmented_control", "radio"}
KEPT_BACK = {
    "safe",
    "outcome_badge",
    "term",
    "badge",
    "number",
    "day",
    "short_day",
    "moment",
    "clock",
    "hours",
    "yuan",
    "len",
    "any",
    "all",
}
"""What makes a text harmless, or gives only words of ours, days and figures."""
NOT_DRAWN = {"key", "icon", "type", "on_click", "args", "query_params", "disabled", "value", "default", "expanded",
             "shortcut", "data", "file_name", "mime", "width", "primary", "wide", "page"}  # fmt: skip
VIEWS = {"asker", "alias", "speaker", "owner", "labels", "label_of", "leader", "staff", "by"}
"""What queries call such texts; those that end in `_by` are names, too."""


def typed_names() -> set[str]:
    """Columns that hold what somebody typed."""
    marks = (TextMark.SAID, TextMark.PUBLIC)
    columns = [column for table in Model.metadata.tables.values() for column in table.columns]
    return {one.key for one in columns if isinstance(one.type, Encrypted) or one.info.get("text") in marks} | VIEWS


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def drawn_as_it_is(part: ast.AST, typed: set[str]) -> Iterator[str]:
    """The attributes in an expression that hold what somebody typed and reach the text."""
    if isinstance(part, ast.Call):
        if name_of(part) not in KEPT_BACK:
            for argument in [*part.args, *(keyword.value for keyword in part.keywords)]:
                yield from drawn_as_it_is(argument, typed)
    elif isinstance(part, ast.Attribute):
        if part.attr in typed or part.attr.endswith("_by"):
            yield ast.unparse(part)
    elif isinstance(part, ast.IfExp):
        yield from drawn_as_it_is(part.body, typed)
        yield from drawn_as_it_is(part.orelse, typed)
    elif isinstance(part, ast.Compare | ast.Subscript):
        return
    else:
        for child in ast.iter_child_nodes(part):
            yield from drawn_as_it_is(child, typed)


def options_as_they_are(call: ast.Call) -> Iterator[str]:
    """`format_func` of buttons: a term, `plainly(…)`, or a lambda that ends in our own words."""
    for keyword in call.keywords:
        if keyword.arg == "format_func" and name_of(call) in OPTIONS_TOO:
            shown = keyword.value
            wrapped = isinstance(shown, ast.Call) and name_of(shown) == "plainly"
            if not wrapped and not isinstance(shown, ast.Lambda) and ast.unparse(shown) != "term":
                yield ast.unparse(shown)


def complaints(source: str, typed: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or name_of(node) not in READ_AS_MARKDOWN:
            continue
        texts = [
            *node.args,
            *(keyword.value for keyword in node.keywords if keyword.arg not in NOT_DRAWN | {"format_func"}),
        ]
        found = [*(one for text in texts for one in drawn_as_it_is(text, typed)), *options_as_they_are(node)]
        yield from (f"{node.lineno}: {name_of(node)} draws {one} as Markdown; use safe() or plainly()" for one in found)


def files() -> list[Path]:
    every = [*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    return sorted(path for path in every if "public" not in path.parts)


def test_nothing_that_somebody_typed_is_drawn_as_markdown() -> None:
    typed = typed_names()

    found = [f"{path.relative_to(ROOT)}:{one}" for path in files() for one in complaints(path.read_text(), typed)]

    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "st.markdown(row.name)",
        "st.info(_('{who} 来了', who=row.name))",
        "st.caption(f'{facts.title} · {day(facts.due)}')",
        "press(f'back.{seat.id}', _('{name} 回来了', name=seat.name))",
        "st.expander(row.title if row else '')",
        "st.pills('x', ids, format_func=names.__getitem__)",
        "filling.submit(row.words)",
        "st.caption(_('{who} 提交', who=row.handed_in_by))",
    ],
)
def test_a_planted_offender_is_found(planted: str) -> None:
    assert list(complaints(planted, typed_names()))


@pytest.mark.parametrize(
    "right",
    [
        "st.markdown(safe(row.name))",
        "st.info(_('{who} 来了', who=safe(row.name)))",
        "st.text(row.name)",
        "st.pills('x', ids, format_func=plainly(names.__getitem__))",
        "st.segmented_control('x', ids, format_func=term)",
        "st.button(_('x'), key=row.name)",
    ],
)
def test_what_is_kept_back_is_none(right: str) -> None:
    assert not list(complaints(right, typed_names()))

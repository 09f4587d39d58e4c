"""Every paper has a kind, and its template of the subdistrict is used where it has one that works."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from components.orders.answer_paper import answer_slip
from components.orders.card_papers import contact_card
from components.papers.own import own_template, own_templates
from components.papers.plain import plain_paper
from components.papers.replaceable import in_own_template, replaceable
from components.papers.word import Paper
from db.queries.orders.pairings import CardHome, CardLine
from db.rules.papers.word_file import TEMPLATE_KINDS
from db.rules.reports.fields import Period
from db.terms import VolunteerKind
from tests.support.tree import ROOT, files, plant
from tests.support.word_files import text_of, word_file

HOME = CardHome(1, 1, "柳林社区", "0571-5555 0100", "柳林小区1幢 ***", False)
HELPER = CardLine("林志愿", "139 0000 2222", VolunteerKind.RESIDENT, "取药", "每周二", 7)
MAKERS = ("components/papers/word.py", "components/papers/plain.py")
"""What every builder calls."""
SHARED = {"components/commitments/sheet_papers.py": "pages_paper"}
"""A page for each person: what it is, its caller says."""


@replaceable("unit_year")
def sheet() -> Paper:
    return plain_paper("年度表", ["说明一行"], [], [], given=(["日期", "资源"], [["3月5日", "会议室"]]))


def finds(file: bytes | None, *kinds: str) -> dict[str, bytes]:
    return dict.fromkeys(kinds, file) if file else {}


# --- used when it is made -----------------------------------------------------------------------------------


def test_a_paper_is_made_in_the_template_that_is_in_use_when_it_is_made() -> None:
    made = sheet()
    own = word_file("街道专用 {{ 标题 }} {% for 每项 in 支持记录 %}{{ 每项.资源 }}{% endfor %}")

    with own_templates(finds(own, "unit_year").get):
        assert text_of(made()).startswith("街道专用 年度表 会议室")
    assert text_of(made()).startswith("年度表")


def test_a_template_of_another_kind_is_not_used() -> None:
    with own_templates(finds(word_file("别的"), "minutes").get):
        assert text_of(sheet()()).startswith("年度表")
        assert own_template("") is None


def test_ours_is_printed_when_the_own_one_breaks() -> None:
    with own_templates(finds(word_file("{{ title.upper() }}"), "unit_year", "contact").get):
        assert text_of(sheet()()).startswith("年度表")
        assert in_own_template("contact", {"title": "卡"}) is None
        assert "便民联系卡" in text_of(contact_card(HOME, [HELPER], large=False))


@pytest.mark.parametrize(("large", "kind"), [(False, "contact"), (True, "contact_large")])
def test_a_card_that_is_drawn_to_fit_is_replaced_too(large: bool, kind: str) -> None:
    own = word_file("街道卡 {% for 每项 in 联系人 %}{{ 每项.联系人姓名 }} {{ 每项.联系电话 }}{% endfor %}")

    with own_templates(finds(own, kind).get):
        assert text_of(contact_card(HOME, [HELPER], large=large)).startswith("街道卡 林志愿 139 0000 2222")


def test_an_answer_slip_is_replaced_too() -> None:
    own = word_file("街道回音 {{ 住户的楼栋门牌 }} {{ desk_phone }}")
    period = Period(date(2026, 3, 1), date(2026, 3, 31))

    with own_templates(finds(own, "answer").get):
        made = answer_slip(HOME, [], period, date(2026, 4, 1), large=False)

    assert text_of(made).startswith("街道回音 柳林小区1幢 0571-5555 0100")


# --- every paper has a kind ---------------------------------------------------------------------------------


def builders(root: Path) -> Iterator[tuple[str, str, str]]:
    """File, function and kinds of every function that makes a paper; no kind is an empty text."""
    for path, text in files(root, "components", "pages"):
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef) and path not in MAKERS:
                yield from ((path, function.name, kind) for kind in _kinds(function))


def _kinds(function: ast.FunctionDef) -> Iterator[str]:
    marks = [one for one in function.decorator_list if isinstance(one, ast.Call)]
    named = [ast.literal_eval(one.args[0]) for one in marks if ast.unparse(one.func) == "replaceable"]
    for call in ast.walk(function):
        name = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
        if isinstance(call, ast.Call) and name == "in_own_template":
            yield from _texts(call.args[0])
        elif isinstance(call, ast.Call) and name in ("paper", "plain_paper", "pages_paper", "Paper") and call.args:
            given = [text for keyword in call.keywords if keyword.arg == "kind" for text in _texts(keyword.value)]
            yield from given or named or [""]


def _texts(node: ast.expr) -> list[str]:
    """The texts that an argument may be: one, or one of two."""
    parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return [str(part.value) for part in parts if isinstance(part, ast.Constant)]


def test_every_paper_can_be_replaced() -> None:
    found = [one for one in builders(ROOT) if SHARED.get(one[0]) != one[1]]

    assert [one for one in found if not one[2]] == []
    assert {kind for _path, _name, kind in found} == set(TEMPLATE_KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "def sheet():\n    return plain_paper('表', [], [], [])",
        "def sheet():\n    return paper(template(), {})",
        "@built_in\ndef sheet():\n    return paper(template(), {})",
    ],
)
def test_a_paper_without_a_kind_is_found(tmp_path: Path, text: str) -> None:
    plant(tmp_path, "components/units/sheet.py", text)

    assert list(builders(tmp_path)) == [("components/units/sheet.py", "sheet", "")]

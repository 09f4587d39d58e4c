"""Every message has its English, every English its message, and no Chinese reaches a screen untranslated."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from components.menu import ENTRIES, NOUNS
from components.volunteers.join_words import SKILL_NAMES
from components.wording import heading_in, translate
from db.rules.volunteers.application import SKILLS
from db.terms import Language
from tests.support.tree import ROOT, plant
from tools import sort_catalogues
from tools.sort_catalogues import CHINESE, MARKS

SOURCES = sort_catalogues.sources(ROOT)
PROPER_NAMES = re.compile("议起来|中文")
"""The product and the language call themselves so in every language."""
CATALOGUES = ROOT / sort_catalogues.CATALOGUES
AREAS = sort_catalogues.areas(ROOT)
# Files whose Chinese is not a message of the app, each with its reason.
NOT_MESSAGES = {
    "components/language.py": "translates Streamlit's own English in the browser",
    "components/wording/dates.py": "writes Chinese dates in a branch of its own",
    "components/accounts/first_run_code.py": "speaks to the terminal in both languages at once",
    "components/imports/template.py": "writes a file whose headings are read again by their Chinese names",
    "components/imports/read_sheet_values.py": "turns a tick of a sheet into the word that people write in lists",
    "components/results/diary_picture.py": "knows which marks begin no line and which letter a font must draw",
    "components/papers/field_names.py": "names of fields, which are a part of what a template says",
}


@cache
def _messages() -> dict[str, set[str]]:
    """Every message with the catalogues of the files that use it."""
    return sort_catalogues.messages(ROOT)


@cache
def _catalogue() -> dict[str, str]:
    """The English of each message; what names one and many says both here, a line each."""
    words = ((entry.message, entry.english) for entry in sort_catalogues.entries(ROOT))
    return {m: "\n".join(e) if isinstance(e, tuple | list) else str(e or "") for m, e in words}


def test_every_message_has_its_english() -> None:
    chinese = re.compile(
        f"{CHINESE.pattern}|[、；，：（）。！？“”]"
    )  # a message of values alone has Chinese marks, too
    missing = sorted(message for message in _messages() if not _catalogue().get(message) and chinese.search(message))

    assert missing == []


def test_no_translation_is_left_over() -> None:
    unused = sorted(set(_catalogue()) - set(_messages()))

    assert unused == []


@cache
def _places() -> list[tuple[str, str]]:
    """Message and catalogue, for every line of every catalogue."""
    return [(entry.message, entry.stands) for entry in sort_catalogues.entries(ROOT)]


def test_a_message_is_translated_in_one_place_only() -> None:
    twice = [message for message, times in Counter(message for message, _ in _places()).items() if times > 1]

    assert twice == []


def _misplaced(places: Iterable[tuple[str, str]], messages: Mapping[str, set[str]]) -> list[tuple[str, str, str]]:
    """Message, the catalogue that holds it, and the one that should."""
    return [
        (message, stands, sort_catalogues.home(messages[message]))
        for message, stands in places
        if message in messages and stands != sort_catalogues.home(messages[message])
    ]


def test_a_message_of_one_area_stands_in_its_catalogue_and_a_shared_one_in_core() -> None:
    assert _misplaced(_places(), _messages()) == []


def test_the_search_for_misplaced_messages_bites() -> None:
    messages = {"订单": {"orders"}, "取消": {"orders", "meetings"}, "登录": {"core"}}

    found = _misplaced([("订单", "core"), ("取消", "orders"), ("登录", "core")], messages)

    assert found == [("订单", "core", "orders"), ("取消", "orders", "core")]


@pytest.mark.parametrize(
    ("path", "catalogue"),
    [
        ("pages/orders/order.py", "orders"),
        ("components/orders/page.py", "orders"),
        ("components/refusals/orders.py", "orders"),
        ("components/wording/terms/orders.py", "orders"),
        ("db/rules/voting/outcome_words.py", "voting"),
        ("components/refusals/files.py", "core"),
        ("components/wording/terms/__init__.py", "core"),
        ("components/wording/dates.py", "core"),
        ("components/forms.py", "core"),
        ("pages/about.py", "core"),
    ],
)
def test_a_file_has_the_catalogue_of_its_area(path: str, catalogue: str) -> None:
    assert sort_catalogues.catalogue_of(Path(path), AREAS) == catalogue


# --- `make format` keeps them so ---------------------------------------------------------------------------

HEAD = sort_catalogues.HEAD
ONE = '# of the page\nmsgid "订单"\nmsgstr "Order"'
PLURAL = 'msgid "{n} 单"\nmsgid_plural "{n} 单"\nmsgstr[0] "{n} order"\nmsgstr[1] "{n} orders"'
OTHER = 'msgid "取消"\nmsgstr "Cancel"'
LEFT_OVER = 'msgid "旧"\nmsgstr "Old"'
USED = {"订单": {"orders"}, "{n} 单": {"orders"}, "取消": {"orders", "meetings"}}


def _catalogues(root: Path) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in (root / sort_catalogues.CATALOGUES).glob("*.po")}


def _sorted(root: Path) -> dict[str, str]:
    sort_catalogues.write(root, sort_catalogues.in_order(sort_catalogues.entries(root), USED))
    return _catalogues(root)


def test_messages_move_to_their_catalogue_whole_and_stay_there(tmp_path: Path) -> None:
    plant(tmp_path, f"{sort_catalogues.CATALOGUES}/meetings.po", f"{HEAD}\n{ONE}\n\n{PLURAL}")
    plant(tmp_path, f"{sort_catalogues.CATALOGUES}/orders.po", f"{HEAD}\n{OTHER}\n\n\n{LEFT_OVER}\n\n{ONE}")

    once = _sorted(tmp_path)

    assert once == {"core": f"{HEAD}\n{OTHER}\n", "orders": f"{HEAD}\n{LEFT_OVER}\n\n{ONE}\n\n{PLURAL}\n"}
    assert _sorted(tmp_path) == once


@pytest.mark.parametrize(
    "broken",
    [
        f"{HEAD}\n{ONE}\n\n{ONE.replace('Order', 'Job')}",
        f"{HEAD}\n{ONE}\n{OTHER}",
        f"{HEAD}\n{ONE}\n\n# a comment alone",
    ],
    ids=["two translations", "no empty line", "no message"],
)
def test_nothing_is_written_when_a_person_must_decide(broken: str, tmp_path: Path) -> None:
    plant(tmp_path, f"{sort_catalogues.CATALOGUES}/orders.po", broken)

    with pytest.raises(SystemExit, match=r"Stopped: "):
        _sorted(tmp_path)

    assert _catalogues(tmp_path) == {"orders": f"{broken}\n"}


def test_placeholders_are_the_same_in_both_languages() -> None:
    holes = re.compile(r"\{(\w*)[^}|]*\}")  # `{n:need|needs}` is a word, no place for a value
    different = {
        text: english
        for text, english in _catalogue().items()
        if sorted(holes.findall(text)) != sorted(holes.findall(english))
    }

    assert different == {}


def _bare_chinese(tree: ast.AST, sought: "re.Pattern[str]" = CHINESE) -> Iterator[ast.Constant]:
    """Chinese string constants that no call of `_`, `N_` or `translate` wraps and that are no docstring."""
    wrapped = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS
        for argument in node.args[:1]
        for part in ast.walk(argument)
    }
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            chinese = sought.search(PROPER_NAMES.sub("", node.value))
            if chinese and id(node) not in wrapped and id(node) not in statements:
                yield node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_chinese_on_a_screen_can_be_translated(path: Path) -> None:
    if str(path.relative_to(ROOT)) in NOT_MESSAGES:
        return
    bare = [(node.lineno, node.value) for node in _bare_chinese(ast.parse(path.read_text(encoding="utf-8")))]

    assert bare == []


def test_the_search_for_bare_chinese_bites() -> None:
    offender = 'st.title("需求台账")\nst.title(_("需求台账"))\n"""说明"""\n'

    assert [node.lineno for node in _bare_chinese(ast.parse(offender))] == [1]


MARKS_ALONE = re.compile("^[^\u4e00-\u9fff]*[、；，：（）！？][^\u4e00-\u9fff]*$")
NOT_FOR_A_READER = {
    "components/imports/template.py": "writes a file in Chinese",
    "components/members/facts.py": "fills a field that is read again by this mark",
    "components/members/workbook.py": "writes a file that is imported again by this mark",
    "components/orders/card_templates.py": "a template is written in Chinese",
    **dict.fromkeys(
        (
            *(
                "components/council/notice_sheets.py",
                "components/intake/poster_text.py",
                "components/meetings/decided.py",
            ),
            *("components/members/words.py", "components/papers/fields.py", "components/reports/fit.py"),
            *("components/reports/take.py", "components/results/board.py", "components/results/diary_picture.py"),
            *("components/text_height.py", "components/volunteers/registry.py", "components/voting/ballot_paper.py"),
            "components/voting/question_form.py",
        ),
        "looks for marks in a text",
    ),
}


def test_words_are_put_together_with_the_marks_of_the_readers_language() -> None:
    """`side_by_side`, `in_a_row`, `labelled`, `noted` know them: English between Chinese marks has no Chinese word."""
    bare = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if any(_bare_chinese(ast.parse(path.read_text(encoding="utf-8")), MARKS_ALONE))
    }

    assert bare - set(NOT_FOR_A_READER) == set()
    assert any(_bare_chinese(ast.parse("""f"{name}（{note}）" """), MARKS_ALONE))


def test_english_quotes_are_the_narrow_ones() -> None:
    """The first font of the app is Chinese: it draws curly quotes and apostrophes as wide as a character."""
    assert [english for english in _catalogue().values() if re.search("[“”‘’]", english)] == []


def test_what_is_said_inside_an_f_string_is_a_message_too(tmp_path: Path) -> None:
    plant(tmp_path, "components/orders/list.py", """st.text(f"{_('订单')}")""")
    for path in (*SOURCES[:3], ROOT / "pages/orders/orders.py"):
        plant(tmp_path, path.relative_to(ROOT).as_posix(), "")

    assert set(sort_catalogues.messages(tmp_path)) == {"订单"}


QUOTED = re.compile("“([^“”{}]+)”")


def test_directions_name_what_the_screen_says() -> None:
    """A sentence that sends somebody to “志愿者” says in English what English readers find there."""
    words, lost = _catalogue(), []
    for message, english in words.items():
        found = QUOTED.findall(message)
        labels = [label for label in words if label != message and any(one in label for one in found)]
        named = [words[label].lower() for label in labels]
        quoted = [one for one in english.split('"')[1::2] if "{" not in one]
        lost += [(one, message) for one in quoted if named and not any(one.lower() in name for name in named)]

    assert lost == []


def test_one_thing_is_told_in_the_singular_and_more_in_the_plural() -> None:
    told = [translate("{n} 件涉安全需求，即接即办", Language.ENGLISH, n=n) for n in (1, 2)]

    assert told == ["1 safety need to handle at once", "2 safety needs to handle at once"]


def test_the_menu_names_all_of_a_kind_and_a_column_one_of_them() -> None:
    named = [heading_in(one, Language.ENGLISH) for one in ("志愿者", "活动", "共建单位", "投诉", "项目")]

    assert named == ["Volunteers", "Activities", "Partner units", "Complaints", "Projects"]
    assert translate("志愿者", Language.ENGLISH) == "Volunteer"
    parts = {"目标", "资源"}
    assert {noun.title for noun in NOUNS} | {entry.title for entry in ENTRIES} | parts >= PLURALS


def test_skills_to_tick_are_those_of_the_rule() -> None:
    assert SKILL_NAMES == SKILLS


PLURALS = {entry.message for entry in sort_catalogues.entries(ROOT) if not isinstance(entry.english, str)}
"""Messages with a word for many: only names of pages, and of parts that head a list, are said so."""

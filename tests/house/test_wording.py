"""Every message has its English, every English its message, and no Chinese reaches a screen untranslated."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    ROOT / "db/rules/voting/outcome_words.py",
    *sorted(
        path
        for folder in ("components", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if "templates" not in path.parts
    ),
]
"""One rule holds sentences: `python -m db recount` says the same one as the screen, without the app."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PROPER_NAMES = re.compile("议起来|中文")
"""The product and the language call themselves so in every language."""
MARKS = {"_", "N_", "translate"}
CATALOGUES = ROOT / "components/wording/en"
HALL = {"charts", "refusals", "wording"}
"""Folders of components that serve every area."""
AREAS = {
    path.name
    for layer in ("components", "pages")
    for path in (ROOT / layer).iterdir()
    if path.is_dir() and not path.name.startswith("_")
} - HALL
# Files whose Chinese is not a message of the app, each with its reason.
NOT_MESSAGES = {
    "components/language.py": "translates Streamlit's own English in the browser",
    "components/wording/dates.py": "writes Chinese dates in a branch of its own",
    "components/accounts/first_run_code.py": "speaks to the terminal in both languages at once",
    "components/imports/template.py": "writes a file whose headings are read again by their Chinese names",
    "components/imports/read_sheet_child.py": "turns a tick of a sheet into the word that people write in lists",
}


def _catalogue_of(path: str) -> str:
    """The catalogue of a file's messages: its area, or core for a file of the hall."""
    parts = Path(path).with_suffix("").parts
    below = 3 if parts[1] == "wording" else 2 if parts[0] == "db" or parts[1] == "refusals" else 1
    name = parts[min(below, len(parts) - 1)]
    return name if name in AREAS else "core"


@cache
def _messages() -> dict[str, set[str]]:
    """Every message with the catalogues of the files that use it."""
    keywords = dict.fromkeys(MARKS)
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        catalogue = _catalogue_of(str(path.relative_to(ROOT)))
        for _line, message, _comments, _context in extract_from_file("python", path, keywords=keywords):
            if isinstance(message, str):
                found.setdefault(message, set()).add(catalogue)
    return found


def _home(users: set[str]) -> str:
    """The catalogue of a message with these users: that of the one area, or core for several."""
    return next(iter(users)) if len(users) == 1 else "core"


@cache
def _catalogue() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in CATALOGUES.glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, abort_invalid=True):
                if message.id:
                    found[str(message.id)] = str(message.string)
    return found


def test_every_message_has_its_english() -> None:
    missing = sorted(message for message in _messages() if not _catalogue().get(message) and CHINESE.search(message))

    assert missing == []


def test_no_translation_is_left_over() -> None:
    unused = sorted(set(_catalogue()) - set(_messages()))

    assert unused == []


@cache
def _places() -> list[tuple[str, str]]:
    """Message and catalogue, for every line of every catalogue."""
    found = []
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            found += [(str(message.id), path.stem) for message in read_po(file) if message.id]
    return found


def test_a_message_is_translated_in_one_place_only() -> None:
    twice = [message for message, times in Counter(message for message, _ in _places()).items() if times > 1]

    assert twice == []


def _misplaced(places: Iterable[tuple[str, str]], messages: Mapping[str, set[str]]) -> list[tuple[str, str, str]]:
    """Message, the catalogue that holds it, and the one that should."""
    return [
        (message, stands, _home(messages[message]))
        for message, stands in places
        if message in messages and stands != _home(messages[message])
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
    assert _catalogue_of(path) == catalogue


def test_placeholders_are_the_same_in_both_languages() -> None:
    holes = re.compile(r"\{(\w*)[^}]*\}")
    different = {
        text: english
        for text, english in _catalogue().items()
        if sorted(holes.findall(text)) != sorted(holes.findall(english))
    }

    assert different == {}


def _bare_chinese(tree: ast.AST) -> Iterator[ast.Constant]:
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
            chinese = CHINESE.search(PROPER_NAMES.sub("", node.value))
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

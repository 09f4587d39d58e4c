"""Every message has its English, every English its message, and no Chinese reaches a screen untranslated."""

import ast
import re
from collections.abc import Iterator
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
# Files whose Chinese is not a message of the app, each with its reason.
NOT_MESSAGES = {
    "components/language.py": "translates Streamlit's own English in the browser",
    "components/wording/dates.py": "writes Chinese dates in a branch of its own",
    "components/accounts/first_run_code.py": "speaks to the terminal in both languages at once",
    "components/imports/template.py": "writes a file whose headings are read again by their Chinese names",
    "components/imports/read_sheet_child.py": "turns a tick of a sheet into the word that people write in lists",
}


@cache
def _messages() -> set[str]:
    keywords = dict.fromkeys(MARKS)
    return {
        message
        for path in SOURCES
        for _line, message, _comments, _context in extract_from_file("python", path, keywords=keywords)
        if isinstance(message, str)
    }


@cache
def _catalogue() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in (ROOT / "components/wording/en").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, abort_invalid=True):
                if message.id:
                    found[str(message.id)] = str(message.string)
    return found


def test_every_message_has_its_english() -> None:
    missing = sorted(message for message in _messages() if not _catalogue().get(message) and CHINESE.search(message))

    assert missing == []


def test_no_translation_is_left_over() -> None:
    unused = sorted(set(_catalogue()) - _messages())

    assert unused == []


def test_a_message_is_translated_in_one_place_only() -> None:
    seen: dict[str, str] = {}
    different = []
    for path in sorted((ROOT / "components/wording/en").glob("*.po")):
        with path.open("rb") as file:
            different += [
                (path.name, message.id)
                for message in read_po(file)
                if message.id and seen.setdefault(str(message.id), str(message.string)) != str(message.string)
            ]

    assert different == []


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

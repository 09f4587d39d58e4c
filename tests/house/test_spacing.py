"""A screen has a space between a number and Chinese, 应到 16 人; papers have none."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.spacing import crowded

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
PAPERS = ("paper", "sheets", "workbook", "export", "document", "notice_text")
"""A file with one of these in its name makes what is printed, as the trade prints it."""
NUMBERS = (
    "n", "number", "count", "total", "present", "needed", "missing", "days", "minutes", "people", "votes",
    "places", "amount", "size", "least", "most", "asked", "answered", "tries", "round", "term", "members", "left",
    "score", "age", "waiting", "overdue", "unread", "milestones", "kib", "rows", "voices", "households",
)  # fmt: skip
"""What a message calls a value that is a number."""
VALUE = re.compile(r"\{(\w+)[^}]*\}")
INNOCENT = {"{n}月": "a month", "依国办发〔2020〕53号": "the number of a document"}


def messages(root: Path) -> Iterator[tuple[str, str]]:
    """Every message that pages and components draw, papers left out, with where it stands."""
    for path in sorted(path for top in ("components", "pages") for path in (root / top).rglob("*.py")):
        if any(part in path.stem for part in PAPERS) or "papers" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "N_"):
                said = [one.value for one in node.args[:1] if isinstance(one, ast.Constant)]
                yield from ((f"{path.relative_to(root).as_posix()}:{node.lineno}", str(one)) for one in said)


def crowded_messages(root: Path) -> list[str]:
    """Messages in which a number stands against Chinese."""
    found = []
    for where, message in messages(root):
        text = message
        for kept in INNOCENT:
            text = text.replace(kept, "·")
        text = VALUE.sub(lambda hit: "1" if hit[1] in NUMBERS else "·", text)
        found += [f"{where}: {message}"] if crowded(text) else []
    return found


def test_every_message_of_a_screen_has_a_space_between_number_and_chinese() -> None:
    assert crowded_messages(ROOT) == []


@pytest.mark.parametrize(
    ("message", "wrong"),
    [
        ("应到{needed}人", True), ("第{term}届", True), ("未满18岁", True), ("共 {n} 人", False),
        ("3月5日", False), ("3幢2单元", False), ("“3个车位”通过", False),
    ],
)  # fmt: skip
def test_a_number_against_chinese_is_found(tmp_path: Path, message: str, wrong: bool) -> None:
    (tmp_path / "components").mkdir()
    for name in ("list", "visit_paper"):
        (tmp_path / f"components/{name}.py").write_text(f"said = _('{message}')\n", encoding="utf-8")

    assert crowded_messages(tmp_path) == ([f"components/list.py:1: {message}"] if wrong else [])

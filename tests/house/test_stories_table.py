"""docs/stories.md tells the truth: every numbered system has one row, and every test it names exists."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
STORIES = "tests/stories"
NUMBERS = [
    *(f"A1-{number:02d}" for number in range(1, 21)),
    *(f"A2-{number:02d}" for number in range(1, 29)),
    *(f"E{number}" for number in range(1, 9)),
]
ROW = re.compile(r"^\| ([A-Z]\d[\d-]*) \|.*\| ([^|]*) \|$", re.MULTILINE)
NAMED = re.compile(rf"`({STORIES}/[\w.]+)(?:::(\w+))?`")


def complaints(table: str, root: Path) -> list[str]:
    """What is wrong with a table of systems, beside the tree whose tests it names."""
    rows = ROW.findall(table)
    count = Counter(number for number, _tests in rows)
    named = NAMED.findall(table)
    files = sorted(f"{STORIES}/{path.name}" for path in (root / STORIES).glob("test_*.py"))
    return [
        *(f"{number}: no row" for number in NUMBERS if number not in count),
        *(f"{number}: {rows_of} rows" for number, rows_of in count.items() if rows_of > 1),
        *(f"{number}: no such system" for number in count if number not in NUMBERS),
        *(f"{number}: neither a test nor “not yet”" for number, tests in rows if not _answered(tests)),
        *(f"{file}: no such file" for file, _test in named if not (root / file).is_file()),
        *(f"{file}::{test}: no such test" for file, test in named if test and test not in _tests_in(root / file)),
        *(f"{file}: in no row" for file in files if file not in {one for one, _test in named}),
    ]


def _answered(tests: str) -> bool:
    return (tests == "not yet") != bool(NAMED.search(tests))


def _tests_in(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_system_has_its_row_and_every_story_its_system() -> None:
    assert complaints((ROOT / "docs/stories.md").read_text(encoding="utf-8"), ROOT) == []


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with one story."""
    (tmp_path / STORIES).mkdir(parents=True)
    (tmp_path / STORIES / "test_lamp.py").write_text(
        "def test_it_burns() -> None: ...\n\n\ndef a_lamp() -> None: ...\n"
    )
    return tmp_path


def a_table(**tests: str) -> str:
    """A table in which the first system is walked and the others are not yet; `tests` replaces cells (A1_02)."""
    cells = dict.fromkeys(NUMBERS, "not yet") | {"A1-01": "`tests/stories/test_lamp.py::test_it_burns`"}
    cells |= {number.replace("_", "-"): cell for number, cell in tests.items()}
    return "".join(f"| {number} | 灯 / lamp | a worker | `/lamp` | {cell} |\n" for number, cell in cells.items())


def test_a_true_table_passes(tree: Path) -> None:
    assert complaints(a_table(E8="in part: no wick. `tests/stories/test_lamp.py`"), tree) == []


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        ("`tests/stories/test_candle.py`", "tests/stories/test_candle.py: no such file"),
        ("`tests/stories/test_lamp.py::test_it_shines`", "tests/stories/test_lamp.py::test_it_shines: no such test"),
        ("`tests/stories/test_lamp.py::a_lamp`", "tests/stories/test_lamp.py::a_lamp: no such test"),
        ("soon", "A1-02: neither a test nor “not yet”"),
        ("", "A1-02: neither a test nor “not yet”"),
    ],
)
def test_a_cell_that_names_nothing_real_is_found(tree: Path, cell: str, complaint: str) -> None:
    assert complaints(a_table(A1_02=cell), tree) == [complaint]


def test_a_row_that_is_missing_doubled_or_invented_is_found(tree: Path) -> None:
    lines = a_table().splitlines(keepends=True)

    assert complaints("".join(lines[:-1]), tree) == ["E8: no row"]
    assert complaints("".join([*lines, lines[-1]]), tree) == ["E8: 2 rows"]
    assert complaints(a_table(A3_01="not yet"), tree) == ["A3-01: no such system"]


def test_a_story_that_no_row_names_is_found(tree: Path) -> None:
    (tree / STORIES / "test_candle.py").write_text("")

    assert complaints(a_table(), tree) == ["tests/stories/test_candle.py: in no row"]

"""A footnote leads somewhere: every document and every chapter that code cites is in the repository."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
CODE = ("db", "components", "pages", "tests", "tools")
CITED = re.compile(r"\b(docs/[\w./-]+\.md)(?: (\d+(?:\.\d+)*|[A-Z]\d[\d-]*))?")
CHAPTER = re.compile(r"^#+ (\d+(?:\.\d+)*)\b|^\| ([A-Z]\d[\d-]*) \|", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def dead_footnotes(root: Path) -> list[str]:
    """Citations in code and links in documents that lead nowhere."""
    return [*_in_code(root), *_in_documents(root)]


def _in_code(root: Path) -> Iterator[str]:
    files = {file for folder in CODE for file in (root / folder).rglob("*.py")}
    for path in sorted(files - {Path(__file__).resolve()}):  # this one plants its own
        for document, chapter in CITED.findall(path.read_text(encoding="utf-8")):
            if not (root / document).is_file():
                yield f"{path.relative_to(root)}: {document}"
            elif chapter and chapter not in _chapters(root / document):
                yield f"{path.relative_to(root)}: {document} {chapter}"


def _chapters(document: Path) -> set[str]:
    return {number or row for number, row in CHAPTER.findall(document.read_text(encoding="utf-8"))}


def _in_documents(root: Path) -> Iterator[str]:
    for path in sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")]):
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                yield f"{path.relative_to(root)}: {target}"


def test_every_footnote_leads_somewhere() -> None:
    assert dead_footnotes(ROOT) == []


BOOK = "docs/book.md"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"# {BOOK} 1.2, {BOOK} A1-07 and {BOOK}", []),
        (f"# {BOOK[:-3]}s.md 1", [f"db/rule.py: {BOOK[:-3]}s.md"]),
        (f"# ({BOOK} 1.3)", [f"db/rule.py: {BOOK} 1.3"]),
        (f"# {BOOK} A1-08", [f"db/rule.py: {BOOK} A1-08"]),
    ],
)
def test_a_footnote_that_leads_nowhere_is_found(tmp_path: Path, line: str, found: list[str]) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / BOOK).write_text("# Book\n\n## 1. One\n\n### 1.2 Two\n\n| A1-07 | a lamp |\n")
    (tmp_path / "db/rule.py").write_text(line)

    assert dead_footnotes(tmp_path) == found


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("[there](README.md#here) [gone](docs/gone.md) [far](https://example.org)")

    assert dead_footnotes(tmp_path) == ["README.md: docs/gone.md"]

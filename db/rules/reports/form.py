"""表样: where a form of the subdistrict wants which field. Found by its headings, put right by a person, kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from db.rules.reports.fields import FIELDS, LEDGERS, Fact
from db.terms import LedgerKind

MOST_COLUMNS, MOST_ROWS = 60, 400
"""How much of a sheet is looked at."""
HEADER_WITHIN = 30
SURE = 78
"""Likeness of two headings, of a hundred, from which one is taken for the other."""
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,4})")
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
Grid = Sequence[Sequence[str]]
"""Texts of a sheet by row and column, from A1; every cell of a merged range holds its text."""


@dataclass(frozen=True, slots=True)
class FormLayout:
    """Where rows go: row numbers and columns from 1, as Excel counts; `columns` column → field, `cells` address → fact.

    The blank rows from `first` to `last` are there to be filled; what stands below is pushed down.
    """

    kind: str
    """xlsx | docx (a Word form carries its fields in itself)"""
    sheet: str = ""
    head: int = 0
    first: int = 0
    last: int = 0
    columns: Mapping[int, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        rows = {"head": self.head, "first": self.first, "last": self.last}
        columns = {str(column): key for column, key in sorted(self.columns.items())}
        return {"kind": self.kind, "sheet": self.sheet, **rows, "columns": columns, "cells": dict(self.cells)}

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> "FormLayout":
        columns = {int(column): str(key) for column, key in held.get("columns", {}).items()}
        numbers = {name: int(held.get(name, 0)) for name in ("head", "first", "last")}
        return cls(
            str(held["kind"]), str(held.get("sheet", "")), **numbers, columns=columns, cells=held.get("cells", {})
        )


class BadLayout(ValueError):
    """A layout that cannot be filled; `reason`: columns | rows | field | twice | cell."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(reason)
        self.reason, self.what = reason, what


def check_layout(layout: FormLayout, ledger: LedgerKind) -> None:
    """Raises BadLayout unless every column and cell is one, once, and names a field of the ledger or a fact."""
    if layout.kind == "docx":
        return
    if not layout.columns:
        raise BadLayout("columns")
    if not (1 <= layout.first <= MOST_ROWS and layout.first - 1 <= layout.last <= MOST_ROWS + layout.first):
        raise BadLayout("rows")
    for column, key in layout.columns.items():
        if key not in LEDGERS[ledger] or not 1 <= column <= MOST_COLUMNS:
            raise BadLayout("field", key)
    if len(set(layout.columns.values())) < len(layout.columns):
        raise BadLayout("twice")
    for address, fact in layout.cells.items():
        place = _ADDRESS.fullmatch(address)
        within_rows = place is not None and layout.first <= int(place[2]) <= layout.last
        if place is None or within_rows or fact not in set(Fact):
            raise BadLayout("cell", address)


# --- what a sheet says by itself ------------------------------------------------------------------------------


def plain(text: str) -> str:
    """A heading without what does not tell it apart: spaces, brackets with a unit or a hint, stars, colons."""
    text = re.sub(r"[(（][^)）]*[)）]", "", text)
    return re.sub(r"[\s*＊:：、/_-]+", "", text).lower()


def likeness(heading: str, key: str) -> float:
    """How much a heading of a form is like a field, of a hundred."""
    asked = plain(heading)
    if not asked:
        return 0.0
    known = FIELDS[key]
    best = 0.0
    for penalty, words in ((0.0, known.heading), *((1.0, other) for other in known.also)):
        name = plain(words)
        score = 100.0 if asked == name else fuzz.ratio(asked, name)
        if asked != name and len(name) >= 2 and (name in asked or (asked in name and len(asked) >= 2)):
            score = max(score, 70.0 + 25.0 * min(len(name), len(asked)) / max(len(name), len(asked)))
        best = max(best, score - penalty)
    return best


def propose_columns(headings: Mapping[int, str], ledger: LedgerKind) -> dict[int, str]:
    """Which column takes which field: the likest pair first, each field once, nothing below `SURE`."""
    pairs = sorted(
        (
            (-likeness(text, key), column, place, key)
            for column, text in headings.items()
            for place, key in enumerate(LEDGERS[ledger])
        ),
    )
    columns: dict[int, str] = {}
    for score, column, _place, key in pairs:
        if -score >= SURE and column not in columns and key not in columns.values():
            columns[column] = key
    return dict(sorted(columns.items()))


def headings_at(grid: Grid, row: int) -> dict[int, str]:
    """Column → heading of a header row; a group above a heading is not part of it."""
    line = grid[row - 1] if 0 < row <= len(grid) else ()
    return {column: text.strip() for column, text in enumerate(line[:MOST_COLUMNS], start=1) if text.strip()}


def header_row(grid: Grid, ledger: LedgerKind) -> int:
    """The row (from 1) whose headings are most like the ledger's; the lower one of two alike; 0 when there is none.

    The last row of a merged header counts: there a heading over two rows and those below a group stand side by side.
    """
    best, found = 1, 0
    for row in range(1, min(len(grid), HEADER_WITHIN) + 1):
        matched = len(propose_columns(headings_at(grid, row), ledger))
        if matched >= max(best, 2):
            best, found = matched, row
    return found


def blank_rows(grid: Grid, head: int, formulas: frozenset[tuple[int, int]] = frozenset()) -> tuple[int, int]:
    """First and last row to be filled below a header; `last` is one less than `first` when there is none.

    A row is blank when nothing is written in it but a running number in its first cell or a formula of the form.
    """
    first = head + 1
    last = head
    for row in range(first, min(len(grid), MOST_ROWS) + 1):
        line = grid[row - 1]
        written = [
            (column, text)
            for column, text in enumerate(line, start=1)
            if text.strip() and (row, column) not in formulas
        ]
        if any(not (column == 1 and text.strip().isdigit()) for column, text in written):
            break
        last = row
    return first, last


def propose_layout(
    grid: Grid, ledger: LedgerKind, sheet: str, formulas: frozenset[tuple[int, int]] = frozenset(), head: int = 0
) -> FormLayout:
    """The layout of a sheet as far as it says so itself; `head` is the header row when the user has named it."""
    head = head or header_row(grid, ledger)
    first, last = blank_rows(grid, head, formulas) if head else (0, -1)
    return FormLayout("xlsx", sheet, head, first, last, propose_columns(headings_at(grid, head), ledger))


def facts_in(texts: Sequence[str]) -> tuple[str, ...]:
    """Every `{{name}}` in the texts that is no fact we know."""
    named = [name for text in texts for name in PLACEHOLDER.findall(text)]
    return tuple(dict.fromkeys(name for name in named if name not in set(Fact)))

"""Read the subdistrict's Excel form as a grid of texts, so that its headings can be found and it can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from components.reports.book import open_form
from db.rules.reports.form import MOST_COLUMNS, MOST_ROWS, FormLayout, propose_layout
from db.terms import LedgerKind

PREVIEW_ROWS = 8


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as text: every cell of a merged range holds its text; formulas by row and column."""

    name: str
    grid: tuple[tuple[str, ...], ...]
    formulas: frozenset[tuple[int, int]]


def read_sheets(file: bytes) -> tuple[ReadSheet, ...]:
    """The visible sheets of a form that `db.rules.reports.excel_file` has let pass."""
    book = open_form(file)
    return tuple(_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible")


def _sheet(sheet: Worksheet) -> ReadSheet:
    rows, columns = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    texts = [["" for _ in range(columns)] for _ in range(rows)]
    formulas = set()
    for line in sheet.iter_rows(max_row=rows, max_col=columns):
        for cell in line:
            if cell.value is not None:
                texts[cell.row - 1][cell.column - 1] = _text(cell.value)
            if cell.data_type == "f":
                formulas.add((cell.row, cell.column))
    for merged in sheet.merged_cells.ranges:
        first = (
            texts[merged.min_row - 1][merged.min_col - 1]
            if merged.min_row <= rows and merged.min_col <= columns
            else ""
        )
        for row in range(merged.min_row, min(merged.max_row, rows) + 1):
            for column in range(merged.min_col, min(merged.max_col, columns) + 1):
                texts[row - 1][column - 1] = first
    return ReadSheet(sheet.title, tuple(tuple(line) for line in texts), frozenset(formulas))


def _text(value: object) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date):
        return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()
    return str(value.text if isinstance(value, ArrayFormula) else value).strip()


def best_layout(sheets: Sequence[ReadSheet], ledger: LedgerKind) -> FormLayout:
    """The layout of the sheet whose headings fit the ledger best."""
    proposed = [propose_layout(sheet.grid, ledger, sheet.name, sheet.formulas) for sheet in sheets]
    return max(proposed, key=lambda layout: len(layout.columns))


def columns_of(sheet: ReadSheet, head: int) -> dict[int, str]:
    """Column → what stands over it, for the person who puts the proposal right."""
    line = sheet.grid[head - 1] if 0 < head <= len(sheet.grid) else ()
    over = sheet.grid[head - 2] if 1 < head <= len(sheet.grid) else ()
    named = {}
    for column, text in enumerate(line, start=1):
        group = over[column - 1] if column <= len(over) and over[column - 1] != text else ""
        group = group if len(set(over)) > 1 else ""
        if text:
            named[column] = " / ".join(part for part in (group, text) if part)
    return named


def letter(column: int) -> str:
    """Column 3 is C."""
    return str(get_column_letter(column))


def preview(file: bytes, layout: FormLayout) -> list[list[str]]:
    """The filled form from its first line to a few rows below the header, and its last lines, as text."""
    sheets = {sheet.name: sheet for sheet in read_sheets(file)}
    grid = sheets[layout.sheet].grid if layout.sheet in sheets else next(iter(sheets.values())).grid
    return [list(line) for line in grid[: layout.head + PREVIEW_ROWS]]


def titles_and_lines(lines: list[list[str]], head: int) -> tuple[list[str], list[list[str]]]:
    """Titles over the whole width, and the other lines; what merged heading cells repeat stands there once."""
    titles: list[str] = []
    start = 0
    for line in lines[:head]:
        texts = {text for text in line if text}
        if len(texts) > 1:
            break
        titles += texts
        start += 1
    kept = [list(line) for line in lines[start:]]
    for at in range(min(head - start, len(kept)) - 1, -1, -1):
        above = kept[at - 1] if at else []
        for column in range(len(kept[at]) - 1, -1, -1):
            beside = kept[at][column - 1] if column else ""
            over = above[column] if column < len(above) else ""
            if kept[at][column] in (beside, over):
                kept[at][column] = ""
    return titles, kept

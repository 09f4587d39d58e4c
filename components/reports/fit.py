"""Rows of a filled form as high as their text, merged cells too, and a text that no row holds goes on in the next."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Border, Side
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from components.text_height import HIGHEST, broken, height_of, pieces

MOST_HEIGHT = 220.0
"""Points of one filled row: with higher ones half of a page would stay empty below the headings of the form."""
USUAL_WIDTH, USUAL_HEIGHT, USUAL_SIZE = 8.43, 15.0, 11.0
INDENT = 1.5
Values = Mapping[str, str | int]


class Widths:
    """The widths of a sheet's columns; a group of columns says its width once."""

    def __init__(self, sheet: Worksheet) -> None:
        self._usual = sheet.sheet_format.defaultColWidth or USUAL_WIDTH
        self._said: dict[int, float] = {}
        for dimension in sheet.column_dimensions.values():
            if dimension.width and (dimension.customWidth or dimension.width != 13):
                first = dimension.min or dimension.reindex() or dimension.min
                for column in range(first or 0, (dimension.max or first or 0) + 1):
                    self._said[column] = dimension.width

    def of(self, first: int, last: int) -> float:
        """The width of the columns from `first` to `last` together."""
        return sum(self._said.get(column, self._usual) for column in range(first, last + 1))


def spread(rows: Iterable[Values], room: Mapping[str, tuple[float, float]]) -> list[tuple[Values, bool]]:
    """Each row, and the rows in which it goes on (True); `room` is field → width and type size of its column."""
    held: list[tuple[Values, bool]] = []
    for values in rows:
        parts = {
            key: pieces(text, width, size, MOST_HEIGHT)
            for key, (width, size) in room.items()
            if isinstance(text := values.get(key), str)
        }
        count = max(map(len, parts.values()), default=1)
        if count == 1:
            held.append((values, False))
            continue
        for at in range(count):
            said = {key: part[at] for key, part in parts.items() if at < len(part)}
            held.append((said, True) if at else ({**values, **said}, False))
    return held


def size_of(cell: Cell | MergedCell) -> float:
    """The type size of a cell."""
    return float(cell.font.sz or USUAL_SIZE)


def fit_rows(sheet: Worksheet, cells: Sequence[Cell]) -> None:
    """Every row with one of these cells is at least as high as the text in it; nothing that was higher shrinks."""
    widths = Widths(sheet)
    areas = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
    tall: list[tuple[CellRange, float]] = []
    for cell in cells:
        area = areas.get((cell.row, cell.column))
        needed = _needed(cell, widths.of(cell.column, area.max_col if area else cell.column))
        if area is not None and area.max_row > area.min_row:
            tall.append((area, needed))
        elif needed > _height(sheet, cell.row):
            sheet.row_dimensions[cell.row].height = needed
    for area, needed in tall:
        missing = needed - sum(_height(sheet, row) for row in range(area.min_row, area.max_row + 1))
        if missing > 0:
            grown = min(HIGHEST, _height(sheet, area.max_row) + missing)
            sheet.row_dimensions[area.max_row].height = grown


def _needed(cell: Cell, width: float) -> float:
    if cell.value is None or cell.data_type != "s" or cell.alignment.text_rotation:
        return 0.0
    size = size_of(cell)
    lines = len(broken(str(cell.value), width - INDENT * (cell.alignment.indent or 0), size))
    if lines > 1 and not cell.alignment.wrap_text:
        turned = copy(cell.alignment)
        turned.wrap_text, turned.shrink_to_fit = True, False
        cell.alignment = turned
    return height_of(lines, size)


def _height(sheet: Worksheet, row: int) -> float:
    said = sheet.row_dimensions[row].height if row in sheet.row_dimensions else None
    return float(said or sheet.sheet_format.defaultRowHeight or USUAL_HEIGHT)


def join(sheet: Worksheet, row: int) -> None:
    """A row that goes on looks like one with the row above it: no line between them, the text from the top."""
    for column in range(1, sheet.max_column + 1):
        above, cell = sheet.cell(row - 1, column), sheet.cell(row, column)
        for one, edge in ((above, "bottom"), (cell, "top")):
            border: Border = copy(one.border)
            setattr(border, edge, Side())
            one.border = border
            turned = copy(one.alignment)
            turned.vertical = "top"
            one.alignment = turned


def header_top(sheet: Worksheet, head: int) -> int:
    """The first row of the headings whose last row is `head`: a heading over two rows takes the row above along."""
    top, moved = head, True
    while moved:
        reached = [
            one.min_row for one in sheet.merged_cells.ranges if one.min_row < top <= one.max_row and one.min_row <= head
        ]
        moved = bool(reached)
        top = min([top, *reached])
        if not moved and top > 1 and _is_group(sheet, top - 1, top):
            top, moved = top - 1, True
    return top


def _is_group(sheet: Worksheet, row: int, below: int) -> bool:
    """Whether a row is one of groups above headings: framed like them, and not one title over the whole width."""
    framed = [cell.column for cell in sheet[below] if cell.border.top and cell.border.top.style]
    if len(framed) < 2 or not all(_framed(sheet.cell(row, column)) for column in framed):
        return False
    texts = [str(cell.value) for cell in sheet[row] if cell.value is not None]
    return len(texts) > 1 and not any("{{" in text or text.rstrip().endswith(("：", ":")) for text in texts)


def _framed(cell: Cell | MergedCell) -> bool:
    return any(side is not None and side.style for side in (cell.border.top, cell.border.bottom, cell.border.left))

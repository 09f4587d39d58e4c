"""Fill the subdistrict's own Excel form: styles, merged cells, widths and print set-up stay as they are.

The blank rows take the ledger; when there are more rows, the form grows there, what stands below is pushed down and
its sums grow with it. What a resident typed is written as text and never becomes a formula or a link.
"""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.drawing.spreadsheet_drawing import OneCellAnchor, TwoCellAnchor
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.translate import Translator
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

from components.reports.book import in_text, open_form
from components.reports.grow import Growth
from db.rules.reports.form import PLACEHOLDER, FormLayout

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""Beginnings that a spreadsheet may take for something to run."""
LONGEST_CELL = 32_000
Values = Mapping[str, str | int]


def tidy_cell(text: str) -> str:
    """Text that a cell can hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL])


def fill_form(file: bytes, layout: FormLayout, rows: Iterable[Values], said: Values) -> bytes:
    """The form with these rows (field → value) and facts in it."""
    book = open_form(file)
    sheet = book[layout.sheet] if layout.sheet in book.sheetnames else book.worksheets[0]
    held = list(rows)
    extra = max(0, len(held) - max(0, layout.last - layout.first + 1))
    growth = Growth(sheet.title, layout.first, layout.last, extra)
    if extra:
        _push_down(book, sheet, growth)
    cells = {growth.address(address): fact for address, fact in layout.cells.items()}
    _write_rows(sheet, layout, held, extra)
    for address, fact in cells.items():
        _put(_anchor(sheet, address), said.get(fact, ""))
    for one in book.worksheets:
        _say(one, said, growth if one is sheet else None, len(held))
    if not sheet.print_title_rows and layout.head:
        sheet.print_title_rows = f"{layout.head}:{layout.head}"
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


# --- values -------------------------------------------------------------------------------------------------


def _put(cell: Cell, value: str | int) -> None:
    """A number as a number, everything else as text, whatever it begins with."""
    if isinstance(value, int):
        cell.value = value
        return
    text = tidy_cell(value)
    if cell.is_date and _is_day(text):
        cell.value = date.fromisoformat(text)
        return
    if text.startswith(RISKY):
        cell._style = copy(cell._style)
        cell.quotePrefix = True
    # Not through `cell.value`, which would take a leading "=" for a formula.
    cell._value, cell.data_type = (text, "s") if text else (None, "n")


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _anchor(sheet: Worksheet, address: str) -> Cell:
    """The cell, or the first of the merged cells that it belongs to."""
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        for merged in sheet.merged_cells.ranges:
            if address in merged:
                return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _say(sheet: Worksheet, said: Values, growth: Growth | None, count: int) -> None:
    """`{{period}}` and its like in any text of the form; not in what was filled in."""
    for line in sheet.iter_rows():
        for cell in line:
            if growth is not None and growth.first <= cell.row < growth.first + count:
                continue
            text = cell.value
            if isinstance(text, str | CellRichText) and cell.data_type == "s" and "{{" in str(text):
                filled = in_text(text, PLACEHOLDER, lambda found: tidy_cell(str(said.get(found[1], found[0]))))
                number = PLACEHOLDER.fullmatch(str(text).strip())
                value = said.get(number[1]) if number else None
                if isinstance(filled, CellRichText) and not isinstance(value, int):
                    cell._value = filled
                else:
                    _put(cell, value if isinstance(value, int) else str(filled))


# --- rows ---------------------------------------------------------------------------------------------------


def _write_rows(sheet: Worksheet, layout: FormLayout, rows: list[Values], extra: int) -> None:
    model = layout.first if layout.last >= layout.first else layout.head
    across = [
        (merged.min_col, merged.max_col)
        for merged in sheet.merged_cells.ranges
        if merged.min_row == merged.max_row == model and layout.last >= layout.first
    ]
    columns = {_first_of(column, across): key for column, key in layout.columns.items()}
    widest = sheet.max_column
    styles = {column: sheet.cell(model, column)._style for column in range(1, widest + 1)}
    formulas = _formulas(sheet, model, columns) if layout.last >= layout.first else {}
    height = sheet.row_dimensions[model].height
    for row, values in enumerate(rows, start=layout.first):
        if row > layout.last:
            _shape(sheet, row, styles, across, height)
        for column, key in columns.items():
            _put(sheet.cell(row, column), values.get(key, ""))
        for column, (formula, origin) in formulas.items():
            cell = sheet.cell(row, column)
            if row > layout.last or cell.value is None:
                cell.value = Translator(formula, origin=origin).translate_formula(cell.coordinate)


def _first_of(column: int, across: list[tuple[int, int]]) -> int:
    return next((start for start, end in across if start <= column <= end), column)


def _formulas(sheet: Worksheet, row: int, columns: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """What the form itself reckons in each row: column → formula and the cell that it stands in."""
    return {
        cell.column: (cell.value, cell.coordinate)
        for cell in sheet[row]
        if cell.data_type == "f" and isinstance(cell.value, str) and cell.column not in columns
    }


def _shape(
    sheet: Worksheet, row: int, styles: Mapping[int, StyleArray], across: list[tuple[int, int]], height: float | None
) -> None:
    """A new row looks like the first one."""
    for column, style in styles.items():
        sheet.cell(row, column)._style = style
    if height is not None:
        sheet.row_dimensions[row].height = height
    for start, end in across:
        sheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)


# --- making room --------------------------------------------------------------------------------------------


def _push_down(book: Workbook, sheet: Worksheet, growth: Growth) -> None:
    """Everything below the blank rows goes down, and whatever points there follows."""
    below = max(growth.last, growth.first - 1) + 1
    if sheet.max_row >= below:
        area = f"A{below}:{get_column_letter(sheet.max_column)}{sheet.max_row}"
        merged = [str(one) for one in sheet.merged_cells.ranges]
        sheet.merged_cells = MultiCellRange()
        sheet.move_range(area, rows=growth.extra)
        for one in merged:
            sheet.merged_cells.ranges.add(MergedCellRange(sheet, _grown_range(one, growth, grow=False)))
    for row in sorted((row for row in sheet.row_dimensions if row >= below), reverse=True):
        dimension = sheet.row_dimensions.pop(row)
        dimension.index = row + growth.extra
        sheet.row_dimensions[row + growth.extra] = dimension
    for one in book.worksheets:
        _grow_formulas(one, growth, own=one is sheet)
        _grow_rules(one, growth, own=one is sheet)
    for names in (book.defined_names, *(one.defined_names for one in book.worksheets)):
        for name in names.values():
            name.attr_text = growth.formula(name.attr_text, own=False)
    _grow_areas(sheet, growth)


def _grow_formulas(sheet: Worksheet, growth: Growth, *, own: bool) -> None:
    for line in sheet.iter_rows():
        for cell in line:
            if cell.data_type == "f" and isinstance(cell.value, str):
                inside = own and growth.first <= cell.row <= growth.last
                cell.value = growth.formula(cell.value, own=own, grow=not inside)
            elif isinstance(cell.value, ArrayFormula):
                cell.value.text = growth.formula(cell.value.text, own=own)
                if own:
                    cell.value.ref = _grown_range(cell.value.ref, growth, grow=False)
            link = cell.hyperlink
            if link is not None:
                link.ref = _grown_range(link.ref, growth, grow=False) if own else link.ref
                link.location = growth.formula(link.location, own=False) if link.location else link.location


def _grow_rules(sheet: Worksheet, growth: Growth, *, own: bool) -> None:
    """Drop-downs and conditional formats: what they refer to, and on the sheet that grew where they stand."""
    for choice in sheet.data_validations.dataValidation:
        for name in ("formula1", "formula2"):
            if text := getattr(choice, name):
                setattr(choice, name, growth.formula(f"={text}", own=own)[1:])
        if own:
            choice.sqref = MultiCellRange([_grown_range(str(one), growth) for one in choice.sqref.ranges])
    formats = ConditionalFormattingList()
    for formatting in sheet.conditional_formatting:
        ranges = [str(one) for one in formatting.sqref.ranges]
        where = " ".join(_grown_range(one, growth) if own else one for one in ranges)
        for rule in formatting.rules:
            rule.formula = [growth.formula(f"={text}", own=own)[1:] for text in rule.formula]
            formats.add(where, rule)
    sheet.conditional_formatting = formats


def _grow_areas(sheet: Worksheet, growth: Growth) -> None:
    """Tables, pictures, print area, filter and page breaks."""
    for table in sheet.tables.values():
        table.ref = _grown_range(table.ref, growth)
        if table.autoFilter is not None:
            table.autoFilter.ref = _grown_range(table.autoFilter.ref, growth)
    for picture in sheet._images:
        _move(picture.anchor, growth)
    if sheet.print_area:
        areas = [part.rpartition("!")[2].replace("$", "") for part in sheet.print_area.split(",")]
        sheet.print_area = ",".join(_grown_range(area, growth) for area in areas)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _grown_range(sheet.auto_filter.ref, growth)
    for each in sheet.row_breaks.brk:
        each.id = growth.row(each.id)


def _move(anchor: object, growth: Growth) -> None:
    """A picture goes where the row goes that it hangs on; an anchor counts rows from 0."""
    if isinstance(anchor, OneCellAnchor | TwoCellAnchor):
        anchor._from.row = growth.row(anchor._from.row + 1) - 1
    if isinstance(anchor, TwoCellAnchor):
        anchor.to.row = growth.row(anchor.to.row + 1) - 1


def _grown_range(area: str, growth: Growth, *, grow: bool = True) -> str:
    found = CellRange(area)
    start, end = growth.rows(found.min_row, found.max_row, grow=grow)
    return str(CellRange(min_col=found.min_col, max_col=found.max_col, min_row=start, max_row=end).coord)


__all__ = ["RISKY", "fill_form", "tidy_cell"]

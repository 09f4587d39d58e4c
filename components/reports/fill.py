"""Fill the subdistrict's own Excel form: styles, merged cells, widths and print set-up stay as they are.

The blank rows take the ledger; when there are more rows, the form grows there, what stands below is pushed down and
its sums grow with it. Rows grow with their text (`fit`). What a resident typed is written as text and never becomes a
formula or a link.
"""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
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
from components.reports.fit import Widths, fit_rows, header_top, join, size_of, spread
from components.reports.grow import Growth
from components.sheets import tidy_cell
from db.rules.reports.form import PLACEHOLDER, FormLayout

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""Beginnings that a spreadsheet may take for something to run."""
Values = Mapping[str, str | int]


def fill_form(file: bytes, layout: FormLayout, rows: Iterable[Values], said: Values) -> bytes:
    """The form with these rows (field → value) and facts in it."""
    book = open_form(file)
    sheet = book[layout.sheet] if layout.sheet in book.sheetnames else book.worksheets[0]
    held = spread(rows, _room(sheet, layout))
    extra = max(0, len(held) - max(0, layout.last - layout.first + 1))
    growth = Growth(sheet.title, layout.first, layout.last, extra)
    if extra:
        _push_down(book, sheet, growth)
    cells = {growth.address(address): fact for address, fact in layout.cells.items()}
    written = _write_rows(sheet, layout, held)
    for address, fact in cells.items():
        written.append(_anchor(sheet, address))
        _put(written[-1], said.get(fact, ""))
    for one in book.worksheets:
        filled = _say(one, said, growth if one is sheet else None, len(held))
        fit_rows(one, [*written, *filled] if one is sheet else filled)
    if not sheet.print_title_rows and layout.head:
        sheet.print_title_rows = f"{header_top(sheet, layout.head)}:{layout.head}"
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


def _say(sheet: Worksheet, said: Values, growth: Growth | None, count: int) -> list[Cell]:
    """`{{period}}` and its like in any text of the form; not in what was filled in. The cells that it filled."""
    filled_in: list[Cell] = []
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
                filled_in.append(cell)
    return filled_in


# --- rows ---------------------------------------------------------------------------------------------------


def _model(layout: FormLayout) -> int:
    """The row that filled rows look like."""
    return layout.first if layout.last >= layout.first else layout.head


def _across(sheet: Worksheet, layout: FormLayout) -> list[tuple[int, int]]:
    """The columns that are merged in each of the blank rows."""
    return [
        (merged.min_col, merged.max_col)
        for merged in sheet.merged_cells.ranges
        if merged.min_row == merged.max_row == layout.first <= layout.last
    ]


def _room(sheet: Worksheet, layout: FormLayout) -> dict[str, tuple[float, float]]:
    """Field → width and type size of the cells that take it."""
    across, widths, room = dict(_across(sheet, layout)), Widths(sheet), {}
    for column, key in layout.columns.items():
        first = _first_of(column, list(across.items()))
        room[key] = widths.of(first, across.get(first, first)), size_of(sheet.cell(_model(layout), first))
    return room


def _write_rows(sheet: Worksheet, layout: FormLayout, rows: list[tuple[Values, bool]]) -> list[Cell]:
    """Write the rows; True beside one says that it goes on from the one above. The cells that were written."""
    model, across = _model(layout), _across(sheet, layout)
    columns = {_first_of(column, across): key for column, key in layout.columns.items()}
    styles = {column: sheet.cell(model, column)._style for column in range(1, sheet.max_column + 1)}
    formulas = _formulas(sheet, layout, columns)
    height = sheet.row_dimensions[model].height
    written = []
    for row, (values, goes_on) in enumerate(rows, start=layout.first):
        if row > layout.last:
            _shape(sheet, row, styles, across, height)
        for column, key in columns.items():
            written.append(sheet.cell(row, column))
            _put(written[-1], values.get(key, ""))
        if goes_on:
            _empty(sheet, row, columns)
            join(sheet, row)
            continue
        for column, (formula, origin) in formulas.items():
            cell = sheet.cell(row, column)
            if row > layout.last or cell.value is None:
                cell.value = Translator(formula, origin=origin).translate_formula(cell.coordinate)
    return written


def _empty(sheet: Worksheet, row: int, columns: Mapping[int, str]) -> None:
    """Nothing is reckoned or numbered in a row that only goes on."""
    for cell in sheet[row]:
        if cell.column not in columns and not isinstance(cell, MergedCell):
            cell.value = None


def _first_of(column: int, across: list[tuple[int, int]]) -> int:
    return next((start for start, end in across if start <= column <= end), column)


def _formulas(sheet: Worksheet, layout: FormLayout, columns: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """What the form itself reckons in each row: column → formula and the cell that it stands in.

    The last blank row is asked first: there a running total names the row above, which the first one cannot.
    """
    if layout.last < layout.first:
        return {}
    return {
        cell.column: (cell.value, cell.coordinate)
        for row in (layout.first, layout.last)
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
            inside = own and growth.first <= cell.row <= growth.last
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = growth.formula(cell.value, own=own, grow=not inside)
            elif isinstance(cell.value, ArrayFormula):
                cell.value.text = growth.formula(cell.value.text, own=own, grow=not inside)
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

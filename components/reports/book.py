"""Open the subdistrict's Excel form with what openpyxl alone would lose of it.

Several fonts in one cell, drop-downs whose list lies on another sheet, headers and footers as they are written, days in
the built-in formats of China. What cannot be kept at all is refused at upload by `db.rules.reports.excel_losses`.
"""

import re
import warnings
from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.worksheet import Worksheet

from db.rules.reports.excel_file import CHINESE_FORMATS, excel_parts
from db.rules.reports.excel_losses import headers, listed_choices, sheets

BUILTIN_FORMATS.update(CHINESE_FORMATS)  # else openpyxl takes their days for numbers
_PART = re.compile(r"&([LCR])|&\"[^\"]*\"|&.|[^&]+|&$", re.DOTALL)


def open_form(file: bytes) -> Workbook:
    """The workbook of a form that was checked; raises whatever openpyxl raises on a broken one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what is kept below
        book = load_workbook(BytesIO(file), rich_text=True)
    trees = excel_parts(file)
    parts = sheets(trees)
    for sheet in book.worksheets:
        tree = trees[parts[sheet.title]]
        for choice in listed_choices(tree):
            sheet.add_data_validation(DataValidation(**choice))
        for name, text in headers(tree).items():
            _keep_header(sheet, name, text)
    return book


def _keep_header(sheet: Worksheet, name: str, text: str) -> None:
    """As it is written, each third apart: openpyxl knows one font per third, and no text without a place."""
    item = getattr(sheet.HeaderFooter, name, None)
    if not isinstance(item, HeaderFooterItem):
        return
    thirds = {"L": "", "C": "", "R": ""}
    at = "C"
    for found in _PART.finditer(text):
        at = found[1] or at
        thirds[at] += "" if found[1] else found[0]
    for third, part in zip("LCR", ("left", "center", "right"), strict=True):
        setattr(item, part, _HeaderFooterPart(thirds[third] or None))


# --- text of several fonts ------------------------------------------------------------------------------------


def in_text(
    text: str | CellRichText, wanted: re.Pattern[str], said: Callable[[re.Match[str]], str]
) -> str | CellRichText:
    """What `wanted` finds replaced, in the font in which it begins, however a change of fonts has cut it."""
    if isinstance(text, str):
        return wanted.sub(said, text)
    whole = str(text)
    found = [(one.start(), one.end(), said(one)) for one in wanted.finditer(whole)]
    made: list[str | TextBlock] = []
    start = 0
    for piece in text:
        end = start + len(str(piece))
        kept = _slice(whole, start, end, found)
        if kept:
            made.append(TextBlock(piece.font, kept) if isinstance(piece, TextBlock) else kept)
        start = end
    return CellRichText(*made)


def _slice(whole: str, start: int, end: int, found: list[tuple[int, int, str]]) -> str:
    """The text from `start` to `end` with what begins there replaced, and without what began before."""
    kept, at = "", start
    for first, last, words in found:
        if last <= start or first >= end:
            continue
        kept += whole[at : max(at, first)] + (words if first >= start else "")
        at = max(at, last)
    return kept + whole[at:end]

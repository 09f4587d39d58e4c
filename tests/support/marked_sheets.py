"""The same table with everything that a table can lose, as every make of file: .xlsx, .ods, .xls; and one of .xlsb.

`marked.xls` and `marked.ods` beside this file are the workbook of `marked_xlsx` as LibreOffice 7.4 stores it.
"""

import io
import struct
import zipfile
from datetime import date, time, timedelta
from pathlib import Path

from openpyxl import Workbook

from tests.support.sheet_fuzz import part_of, repacked

HERE = Path(__file__).parent
ROWS = [
    ["工单编号", "电话", "时长", "日期", "值"],
    ["3.30204198001011E+17", "13800000000", "36:00", "2026-03-05", "#N/A"],
    ["1.23456789012346E+15", "13800000000", "14:20", "2026-03-05", "#DIV/0!"],
    ["123456789012345", "", "", "", "#REF!"],
    ["1E+15", "", "0:45", "", "x"],
    ["a", "合并", "合并", "q", "y"],
    ["", "合并", "合并", "r", "z"],
]
"""As all of them are read."""


def marked_xlsx() -> bytes:
    """Long numbers, lengths of time, errors, a merged field of four cells, a filter that hides the fourth row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    for row in (
        ["工单编号", "电话", "时长", "日期", "值"],
        [330204198001011234, 13800000000, timedelta(hours=36), date(2026, 3, 5), "#N/A"],
        [1234567890123456, 13800000000, time(14, 20), date(2026, 3, 5), "#DIV/0!"],
        [123456789012345, None, None, None, "#REF!"],
        [10**15, None, timedelta(minutes=45), None, "x"],
        ["a", "合并", None, "q", "y"],
        [None, None, None, "r", "z"],
    ):
        sheet.append(row)
    for called in ("C2", "C5"):
        sheet[called].number_format = "[h]:mm"
    sheet["D3"].number_format = '[$-804]yyyy"年"m"月"d"日"'
    for called in ("E2", "E3", "E4"):
        sheet[called].data_type = "e"
    sheet.merge_cells("B6:C7")
    sheet.auto_filter.ref = "A1:E7"
    sheet.row_dimensions[4].hidden = True
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_older(content: bytes) -> bytes:
    """A workbook whose parts carry a prefix, as some programs write them."""
    part = part_of(content, "xl/worksheets/sheet1.xml").decode()
    for tag in ("worksheet", "sheetData", "row", "c", "v", "f", "is", "t"):
        for end in (" ", ">", "/"):
            part = part.replace(f"<{tag}{end}", f"<x:{tag}{end}").replace(f"</{tag}>", f"</x:{tag}>")
    part = part.replace('xmlns="', 'xmlns:x="', 1)
    return repacked(content, {"xl/worksheets/sheet1.xml": part.encode()})


NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(rows: str, *, name: str = "名单") -> bytes:
    """An .ods file of one sheet whose rows are given as XML."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as box:
        box.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        box.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        box.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:body><office:spreadsheet>"
            f'<table:table table:name="{name}">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return buffer.getvalue()


def ods_row(*cells: str, more: str = "") -> str:
    """A row of texts; what begins with "<" is XML already."""
    made = (
        one if one.startswith("<") else
        f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
        for one in cells
    )  # fmt: skip
    return f"<table:table-row {more}>{''.join(made)}</table:table-row>"


def xlsb_rows(rows: list[tuple[bool, dict[int, int]]]) -> bytes:
    """The records of a sheet of .xlsb ([MS-XLSB] 2.4.742, 2.4.317): hidden or not, and column → code of an error."""
    made = b""
    for number, (hidden, errors) in enumerate(rows):
        flags = bytes([0, 0x10 if hidden else 0, 0])
        made += _record(0, struct.pack("<IIH", number, 0, 300) + flags + struct.pack("<I", 0))
        for column, code in errors.items():
            made += _record(3, struct.pack("<II", column, 0) + bytes([code]))
    return made


def xlsb(sheet: bytes, *, name: str = "名单") -> zipfile.ZipFile:
    """As much of an .xlsb file as tells where its sheet is."""
    identity, called = "rId1".encode("utf-16-le"), name.encode("utf-16-le")
    bundle = struct.pack("<III", 0, 1, 4) + identity + struct.pack("<I", len(name)) + called
    box = zipfile.ZipFile(io.BytesIO(), "w")
    box.writestr("xl/workbook.bin", _record(156, bundle))
    box.writestr(
        "xl/_rels/workbook.bin.rels",
        '<Relationships xmlns="x"><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>',
    )
    box.writestr("xl/worksheets/sheet1.bin", sheet)
    return box


def _record(kind: int, body: bytes) -> bytes:
    def number(value: int) -> bytes:
        low, high = value & 0x7F, value >> 7
        return bytes([low | 0x80, high]) if high else bytes([low])

    return number(kind) + number(len(body)) + body

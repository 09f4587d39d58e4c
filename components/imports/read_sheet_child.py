"""The child process that opens an uploaded file: the standard library and calamine, nothing else of the app.

It reads requests from standard input (a line of JSON, then the bytes of the file) and answers with a line of JSON and
a body of JSON. Whatever a file does to it, it cannot take the app along: memory is limited here, time by the parent.
"""

import codecs
import csv
import io
import json
import re
import sys
import warnings
import zipfile
from typing import TYPE_CHECKING, TypedDict

from components.imports.read_sheet_marks import (
    PICTURE,
    Cell,
    Marks,
    Range,
    address,
    marks_of_ods,
    marks_of_xlsx,
    unvalued_formula,
)
from components.imports.read_sheet_records import marks_of_xls, marks_of_xlsb
from components.imports.read_sheet_values import as_text

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ENTRY_MOST = 3_000
RATIO_MOST = 150
RATIO_FROM = 8 * 1024 * 1024
"""Bytes unpacked from which the ratio counts: small repetitive sheets pack far better than that and do no harm."""
MERGED_MOST, FILLED_MOST = 20_000, 1_000_000
MEMORY_LEAST, MEMORY_A_BYTE = 160 * 1024 * 1024, 200
XML_MOST = 120 * 1024 * 1024
"""Bytes of one sheet unpacked; a hundred thousand wide rows take half."""
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Request(TypedDict):
    """What the parent asks: the size of the file that follows, the sheet that is wanted, the limits."""

    bytes: int
    sheet: str
    limits: dict[str, int]


class Found(TypedDict):
    """One sheet of the file, as texts; which of the rows are hidden, and the cells that are pictures."""

    sheets: list[str]
    name: str
    first_row: int
    rows: list[list[str]]
    hidden: list[int]
    pictures: list[str]
    first_column: int


class Failed(TypedDict):
    """The code of what is wrong, and where."""

    trouble: str
    where: str


class Trouble(Exception):
    """`args`: the code of a `db.rules.imports.sheet.SheetTrouble` and where."""


def limit_memory(most: int, content: int = 0) -> None:
    """Cap the address space where the system can, lower for a small file: what a few kilobytes ask for in gigabytes
    is no table. Elsewhere the limits below must do.
    """
    try:
        import resource

        wanted = min(most, MEMORY_LEAST + MEMORY_A_BYTE * content)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass


# --- containers ---------------------------------------------------------------------------------------


def check_container(content: bytes, unpacked_most: int) -> zipfile.ZipFile:
    """A zip whose parts are few, of honest size, not packed files themselves, and without a document type."""
    try:
        box = zipfile.ZipFile(io.BytesIO(content))
        entries = box.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as wrong:
        raise Trouble("broken") from wrong
    if len(entries) > ENTRY_MOST or sum(entry.file_size for entry in entries) > unpacked_most:
        raise Trouble("bomb")
    names = {entry.filename for entry in entries}
    if not ({"xl/workbook.xml", "xl/workbook.bin", "mimetype"} & names):
        raise Trouble("not_a_sheet")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Trouble("encrypted")
        if entry.file_size > RATIO_FROM and entry.file_size > RATIO_MOST * max(entry.compress_size, 1):
            raise Trouble("bomb")
        _look_into(box, entry)
    return box


def _look_into(box: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack one part in pieces and count: the size that a directory states may be a lie."""
    found, last = 0, b""
    try:
        with box.open(entry) as part:
            while piece := part.read(1024 * 1024):
                if not found and piece.startswith(b"PK\x03\x04") and not entry.filename.startswith("xl/embeddings/"):
                    raise Trouble("bomb")
                if entry.filename.endswith((".xml", ".rels")) and _DOCTYPE.search(last + piece):
                    raise Trouble("bomb")
                found, last = found + len(piece), piece[-16:]
                if found > XML_MOST:
                    raise Trouble("bomb")
    except Trouble:
        raise
    except Exception as wrong:
        raise Trouble("broken") from wrong


# --- sheets -------------------------------------------------------------------------------------------


def workbook(content: bytes, wanted: str, limits: dict[str, int]) -> Found:
    """One sheet of an .xlsx, .xls, .xlsb or .ods file."""
    book = opened(content, limits)
    names = [
        one.name
        for one in book.sheets_metadata
        if str(one.typ).endswith("WorkSheet") and str(one.visible).endswith("Visible")
    ]
    if not names:
        raise Trouble("empty")
    for name in [wanted] if wanted in names else names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height and sheet.width:
            break
    if sheet.height > limits["rows"] + 50:
        raise Trouble("too_many_rows", str(sheet.height))
    if sheet.width > limits["columns"]:
        raise Trouble("too_many_columns", str(sheet.width))
    cells = [[as_text(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
    first = sheet.start or (0, 0)
    marks = marks_of(content, name, book.sheet_names.index(name), first[0] + sheet.height)
    if marks.unvalued:
        raise Trouble("formula", marks.unvalued)
    pictures = put_marks(cells, marks, first)
    fill_merged(cells, (sheet.merged_cell_ranges or []) + marks.merged, first)
    hidden = [row - first[0] for row in sorted(marks.hidden) if first[0] <= row < first[0] + len(cells)]
    return {
        "sheets": names, "name": name, "first_row": first[0] + 1, "rows": cells, "hidden": hidden,
        "pictures": [address(cell) for cell in pictures], "first_column": first[1],
    }  # fmt: skip


def opened(content: bytes, limits: dict[str, int]) -> "CalamineWorkbook":
    """The workbook, after a look at what it is packed in."""
    from python_calamine import CalamineWorkbook, PasswordError

    if content.startswith(b"PK"):
        with check_container(content, limits["unpacked"]) as box:
            where = unvalued_formula(box)
        if where is not None:
            raise Trouble("formula", where)
    elif "EncryptedPackage".encode("utf-16-le") in content:
        raise Trouble("encrypted")
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as wrong:
        raise Trouble("encrypted") from wrong


def marks_of(content: bytes, name: str, place: int, rows: int) -> Marks:
    """What calamine does not tell of a sheet, by the make of the file."""
    if not content.startswith(b"PK"):
        return marks_of_xls(content, place)
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        parts = set(box.namelist())
        if "xl/workbook.bin" in parts:
            return marks_of_xlsb(box, name)
        if "xl/workbook.xml" in parts:
            return marks_of_xlsx(box, name)
        return marks_of_ods(box, name, rows)


def put_marks(cells: list[list[str]], marks: Marks, first: Cell) -> list[Cell]:
    """Errors stand in their cells as people see them; a picture leaves its cell empty. Where pictures were."""
    pictures = dict.fromkeys(marks.pictures, "")
    for at, row in enumerate(cells, first[0]):
        for column, text in enumerate(row, first[1]):
            if text[:2] in PICTURE_STARTS and PICTURE.match(text):
                pictures[at, column] = ""
    for (at, column), shown in (marks.errors | pictures).items():
        if first[0] <= at < first[0] + len(cells) and column >= first[1]:
            row, place = cells[at - first[0]], column - first[1]
            row += [""] * (place + 1 - len(row))
            row[place] = shown
    return sorted(pictures)


PICTURE_STARTS = ("=D", "=d", "=_", "DI", "di", "_x")
"""Hardly any cell begins so."""


def fill_merged(cells: list[list[str]], ranges: list[Range], first: tuple[int, int]) -> None:
    """Every cell of a merged range says what its first one says."""
    filled = 0
    for (top, left), (bottom, right) in ranges[:MERGED_MOST]:
        top, left, bottom, right = top - first[0], left - first[1], bottom - first[0], right - first[1]
        if not (0 <= top < len(cells) and 0 <= left < len(cells[top])):
            continue
        said = cells[top][left]
        for row in cells[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = row[column] or said
                filled += 1
        if filled > FILLED_MOST:
            return


# --- text ---------------------------------------------------------------------------------------------


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 or GB 18030 (which holds GBK), by its mark or by what fits."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    ):  # fmt: skip
        if content.startswith(mark):
            return _fits(content, encoding) or _unknown()
    even, odd = content[0:400:2].count(0), content[1:400:2].count(0)
    if even or odd:
        return _fits(content, "utf-16-le" if odd > even else "utf-16-be") or _unknown()
    return _fits(content, "utf-8") or _fits(content, "gb18030") or _unknown()


def _fits(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return ""
    strange = sum(1 for letter in text[:4000] if (letter < " " and letter not in "\t\r\n\f\v") or letter == "\ufffd"
                  or "\ue000" <= letter <= "\uf8ff")  # fmt: skip
    return "" if strange * 50 > min(len(text), 4000) else text


def _unknown() -> str:
    raise Trouble("unknown_text")


def delimiter(text: str) -> str:
    """Comma, tab, semicolon or bar: the one that cuts the first lines into most columns alike."""
    best, found = ",", (0, 0)
    for mark in ",\t;|":
        widths = [len(row) for row in csv.reader(io.StringIO(text[:20_000]), delimiter=mark) if row][:40]
        wide = [width for width in widths if width > 1]
        if wide:
            usual = max(set(wide), key=wide.count)
            if (wide.count(usual), usual) > found:
                best, found = mark, (wide.count(usual), usual)
    return best


def separated(content: bytes, limits: dict[str, int]) -> Found:
    """A text file of separated values, or a plain list of one column."""
    text = decoded(content)
    csv.field_size_limit(limits["cell"] * 4)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter(text)):
            if len(rows) > limits["rows"] + 50:
                raise Trouble("too_many_rows", str(text.count("\n")))
            # Some programs shield digits as ="0138…" so that a spreadsheet keeps them.
            rows.append([value[2:-1] if value.startswith('="') and value.endswith('"') else value for value in row])
    except csv.Error as wrong:
        raise Trouble("too_long_cell" if "limit" in str(wrong) else "broken", str(len(rows) + 1)) from wrong
    return {
        "sheets": [""], "name": "", "first_row": 1, "rows": rows, "hidden": [], "pictures": [], "first_column": 0,
    }  # fmt: skip


def read(content: bytes, wanted: str, limits: dict[str, int]) -> Found:
    """What the file is, by its first bytes and never by its name; then its rows."""
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content.strip(b"\x00 \t\r\n"):
        raise Trouble("empty")
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        found = workbook(content, wanted, limits)
    elif head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")) or b"<table" in head:
        raise Trouble("web_page")
    elif head.startswith(
        (b"<?xml", b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z", b"{\\rtf", b"\x1f\x8b")
    ):
        raise Trouble("not_a_sheet")
    else:
        found = separated(content, limits)
    return checked(found, limits)


def checked(found: Found, limits: dict[str, int]) -> Found:
    """Without blank columns and rows at the end, and within the limits."""
    rows = found["rows"]
    while rows and not any(text.strip() for text in rows[-1]):
        rows.pop()
    width = 0
    for number, row in enumerate(rows):
        for at in range(len(row), 0, -1):
            if row[at - 1].strip():
                width = max(width, at)
                break
        for text in row:
            if len(text) > limits["cell"]:
                raise Trouble("too_long_cell", str(found["first_row"] + number))
    if not rows or not width:
        raise Trouble("empty")
    if width > limits["columns"]:
        raise Trouble("too_many_columns", str(width))
    if len(rows) > limits["rows"] + 50:
        raise Trouble("too_many_rows", str(len(rows)))
    found["rows"] = [row[:width] for row in rows]
    found["hidden"] = [at for at in found["hidden"] if at < len(rows)]
    return found


def answer(request: Request, content: bytes) -> Found | Failed:
    """The rows, or the code of what is wrong."""
    try:
        return read(content, request["sheet"], request["limits"])
    except Trouble as trouble:
        return {"trouble": trouble.args[0], "where": trouble.args[1] if len(trouble.args) > 1 else ""}
    except MemoryError:
        return {"trouble": "too_much", "where": ""}
    except BaseException as wrong:
        if isinstance(wrong, KeyboardInterrupt | SystemExit):
            raise
        return {"trouble": "broken", "where": ""}


def serve(memory: int) -> None:
    """Answer until the parent closes the pipe."""
    warnings.simplefilter("ignore")
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        request = json.loads(line)
        limit_memory(memory, request["bytes"])
        body = json.dumps(answer(request, source.read(request["bytes"])), ensure_ascii=False).encode("utf-8", "replace")
        sink.write(b"%d\n" % len(body) + body)
        sink.flush()

"""The child process that opens an uploaded file: the standard library and calamine, nothing of the app.

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
from datetime import date, datetime, time, timedelta
from typing import TypedDict

ENTRY_MOST = 3_000
RATIO_MOST = 150
RATIO_FROM = 8 * 1024 * 1024
"""Bytes unpacked from which the ratio counts: small repetitive sheets pack far better than that and do no harm."""
MERGED_MOST, FILLED_MOST = 20_000, 1_000_000
MEMORY_LEAST, MEMORY_A_BYTE = 160 * 1024 * 1024, 200
XML_MOST = 120 * 1024 * 1024
"""Bytes of one sheet unpacked; a hundred thousand wide rows take half."""
_FORMULA = re.compile(rb"<c ([^>]*)>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(<v\s*/>|<v></v>|)\s*</c>")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each as row and column."""


class Request(TypedDict):
    """What the parent asks: the size of the file that follows, the sheet that is wanted, the limits."""

    bytes: int
    sheet: str
    limits: dict[str, int]


class Found(TypedDict):
    """One sheet of the file, as texts."""

    sheets: list[str]
    name: str
    first_row: int
    rows: list[list[str]]


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


def check_formulas(box: zipfile.ZipFile) -> None:
    """A formula without its result would come in as nothing: say so, and where."""
    for entry in box.infolist():
        if not (entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")):
            continue
        part = box.read(entry)
        if b"<f" not in part:
            continue
        for attributes, result in _FORMULA.findall(part):
            if not result or b't="str"' not in attributes:
                where = re.search(rb'r="([A-Z]{1,3}[0-9]{1,7})"', attributes)
                raise Trouble("formula", where[1].decode() if where else "")


# --- sheets -------------------------------------------------------------------------------------------


def workbook(content: bytes, wanted: str, limits: dict[str, int]) -> Found:
    """One sheet of an .xlsx, .xls, .xlsb or .ods file."""
    from python_calamine import CalamineWorkbook, PasswordError

    if content.startswith(b"PK"):
        with check_container(content, limits["unpacked"]) as box:
            check_formulas(box)
    elif "EncryptedPackage".encode("utf-16-le") in content:
        raise Trouble("encrypted")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as wrong:
        raise Trouble("encrypted") from wrong
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
    fill_merged(cells, sheet.merged_cell_ranges or [], first)
    return {"sheets": names, "name": name, "first_row": first[0] + 1, "rows": cells}


def as_text(value: object) -> str:
    """A cell as text: digits stay digits, days become 2026-03-05."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


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
    return {"sheets": [""], "name": "", "first_row": 1, "rows": rows}


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


def serve() -> None:
    """Answer until the parent closes the pipe."""
    warnings.simplefilter("ignore")
    memory = int(sys.argv[1])
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        request = json.loads(line)
        limit_memory(memory, request["bytes"])
        body = json.dumps(answer(request, source.read(request["bytes"])), ensure_ascii=False).encode("utf-8", "replace")
        sink.write(b"%d\n" % len(body) + body)
        sink.flush()


if __name__ == "__main__":
    serve()

"""The marks of .xls and .xlsb, which are no XML: rows that are hidden and cells that show an error, record by record.

Part of the child that opens files: the standard library only. What calamine can read and this cannot has no marks.
"""

import struct
import zipfile
from collections.abc import Iterator

from components.imports.read_sheet_marks import Marks, related_part

CODES = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
SECTORS_MOST = 200_000
"""Of 512 bytes, 100 MB: a chain that is longer runs in a circle."""


def _u16(content: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", content, at)[0])


def _u32(content: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", content, at)[0])


# --- .xls ---------------------------------------------------------------------------------------------


class _Ole:
    """A compound file: one stream after the other in chains of sectors ([MS-CFB])."""

    def __init__(self, content: bytes) -> None:
        self.content, self.size = content, 1 << _u16(content, 30)
        listed = [_u32(content, 76 + 4 * at) for at in range(109)]
        more = _u32(content, 68)
        while more < 0xFFFFFFFA and len(listed) < SECTORS_MOST:
            sector = self._sector(more)
            listed += [_u32(sector, at) for at in range(0, self.size - 4, 4)]
            more = _u32(sector, self.size - 4)
        self.next: list[int] = []
        for one in listed:
            if one < 0xFFFFFFFA:
                self.next += struct.unpack(f"<{self.size // 4}I", self._sector(one))
        self.entries = self._chain(_u32(content, 48))
        self.small_next = self._chain(_u32(content, 60))
        self.small = self._chain(_u32(self.entries, 116))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.content[start : start + self.size]

    def _chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        while start < 0xFFFFFFFA and len(parts) < SECTORS_MOST:
            parts.append(self._sector(start))
            start = self.next[start]
        return b"".join(parts)

    def stream(self, *names: str) -> bytes:
        """The first stream of one of these names, or nothing."""
        for at in range(0, len(self.entries) - 127, 128):
            entry = self.entries[at : at + 128]
            called = entry[: max(_u16(entry, 64) - 2, 0)].decode("utf-16-le", "replace")
            if called in names:
                start, length = _u32(entry, 116), _u32(entry, 120)
                whole = self._chain(start) if length >= _u32(self.content, 56) else self._small(start)
                return whole[:length]
        return b""

    def _small(self, start: int) -> bytes:
        parts: list[bytes] = []
        while start < 0xFFFFFFFA and len(parts) < SECTORS_MOST:
            parts.append(self.small[start * 64 : start * 64 + 64])
            start = _u32(self.small_next, start * 4)
        return b"".join(parts)


BOUND_SHEET, END, ROW, ERROR, FORMULA = 0x85, 0x0A, 0x208, 0x205, (0x06, 0x206, 0x406)


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """The records of one part of a workbook, until its end."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == END:
            return


def marks_of_xls(content: bytes, place: int) -> Marks:
    """The marks of the sheet at this place of an .xls file."""
    marks = Marks()
    try:
        stream = _Ole(content).stream("Workbook", "Book")
        starts = [_u32(body, 0) for kind, body in _records(stream) if kind == BOUND_SHEET]
        for kind, body in _records(stream, starts[place]):
            if kind == ROW and _u32(body, 12) & 0x20:
                marks.hidden.add(_u16(body, 0))
            elif kind == ERROR and body[7]:
                marks.errors[_u16(body, 0), _u16(body, 2)] = CODES.get(body[6], "#N/A")
            elif kind in FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
                marks.errors[_u16(body, 0), _u16(body, 2)] = CODES.get(body[8], "#N/A")
    except (struct.error, IndexError):
        return Marks()
    return marks


# --- .xlsb --------------------------------------------------------------------------------------------

ROW_HEADER, CELL_ERROR, FORMULA_ERROR, BUNDLE_SHEET = 0, 3, 11, 156


def packed(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: kind and length in seven bits a byte ([MS-XLSB] 2.1.4)."""
    at = 0
    while at < len(part):
        kind, at = _number(part, at, 2)
        length, at = _number(part, at, 4)
        yield kind, part[at : at + length]
        at += length


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of up to `most` bytes, the lowest seven bits first, and where the next one begins."""
    number = 0
    for step in range(most):
        byte = part[at + step]
        number |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            return number, at + step + 1
    return number, at + most


def marks_of_xlsb(box: zipfile.ZipFile, name: str) -> Marks:
    """The marks of one sheet of an .xlsb file."""
    marks, row = Marks(), 0
    try:
        for kind, body in packed(box.read(_part_of_xlsb(box, name))):
            if kind == ROW_HEADER:
                row = _u32(body, 0)
                if body[11] & 0x10:
                    marks.hidden.add(row)
            elif kind in (CELL_ERROR, FORMULA_ERROR):
                marks.errors[row, _u32(body, 0)] = CODES.get(body[8], "#N/A")
    except (struct.error, IndexError, KeyError):
        return Marks()
    return marks


def _part_of_xlsb(box: zipfile.ZipFile, name: str) -> str:
    wanted = ""
    for kind, body in packed(box.read("xl/workbook.bin")):
        if kind == BUNDLE_SHEET:
            length = _u32(body, 8)
            identity = body[12 : 12 + 2 * length].decode("utf-16-le", "replace")
            at = 12 + 2 * length
            if body[at + 4 : at + 4 + 2 * _u32(body, at)].decode("utf-16-le", "replace") == name:
                wanted = identity
    return related_part(box, "xl/_rels/workbook.bin.rels", wanted)

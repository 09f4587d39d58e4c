"""Thousands of broken files out of a few good ones: cut, flipped, blown up, mislabelled; always the same ones."""

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.builders.imports import door_row, household_file, workbook

XLS = Path(__file__).parent / "roster.xls"
HEAD = ["小区", "楼栋", "单元", "室号", "姓名", "联系电话"]
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><l>&i;</l>"
)


def separated(mark: str = ",", encoding: str = "utf-8", count: int = 20) -> bytes:
    """A file of separated values."""
    rows = [HEAD] + [
        [row["place"], row["building"], row["stairwell"], row["room"], row["name"], row["phone"]]
        for row in map(door_row, range(count))
    ]
    return "\r\n".join(mark.join(row) for row in rows).encode(encoding)


def good_files() -> list[bytes]:
    """One of each make."""
    return [
        household_file(20),
        workbook([HEAD, ["柳林小区", "1幢", "1单元", 101, "张测", 13800000000]]),
        XLS.read_bytes(),
        separated(),
        separated("\t", "gb18030"),
        separated(";", "utf-16"),
    ]


def repacked(content: bytes, changes: dict[str, bytes], *, level: int = 6) -> bytes:
    """An .xlsx file with parts replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in changes:
                new.writestr(entry.filename, old.read(entry))
        for name, part in changes.items():
            new.writestr(name, part)
    return buffer.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        return box.read(name)


def _sheet(cells: str, *, dimension: str = "A1") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'
    ).encode()


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def hand_made(base: bytes) -> Iterator[tuple[str, bytes]]:
    """The attacks and accidents that have a name; each stands once."""
    a1 = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
    yield "empty", b""
    yield "blanks", b" \r\n \t\n"
    yield "zeros", bytes(4096)
    yield "bomb", repacked(base, {"xl/media/image1.xml": b"0" * (130 * 1024 * 1024)}, level=9)
    yield "ratio", repacked(base, {SHEET: _sheet(a1) + b" " * (30 * 1024 * 1024)}, level=9)
    yield "nested", repacked(base, {"xl/inner.xml": repacked(base, {})})
    yield "entries", repacked(base, {f"xl/x{number}.xml": b"" for number in range(3500)})
    yield "laughs", repacked(base, {SHEET: LAUGHS.encode()})
    yield "laughs in strings", repacked(base, {STRINGS: LAUGHS.encode()})
    far = a1 + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>y</t></is></c></row>'
    yield "million rows declared", repacked(base, {SHEET: _sheet(a1, dimension="A1:XFD1048576")})
    yield "two far cells", repacked(base, {SHEET: _sheet(far, dimension="A1:XFD1048576")})
    yield "too wide", workbook([["x"] * 250])
    yield "too long", workbook([["甲"], ["长" * 6000]])
    yield "unvalued formula", repacked(base, {SHEET: _sheet('<row r="1"><c r="B7"><f>1+1</f></c></row>')})
    yield "negative row", repacked(base, {SHEET: _sheet(a1.replace('r="1"', 'r="-1"').replace("A1", "A-1"))})
    yield (
        "wrong index of a string",
        repacked(base, {SHEET: _sheet('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')}),
    )
    yield "no sheet", repacked(base, {"xl/workbook.xml": b"<workbook/>"})
    yield (
        "password",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000) + "EncryptedPackage".encode("utf-16-le") + bytes(900),
    )
    yield "ole only", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8192)
    yield "web page", "<html><body><table><tr><td>姓名</td></tr></table></body></html>".encode()
    yield "xml", b"<?xml version='1.0'?><Workbook/>"
    yield "picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    yield "pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20
    yield "a document", repacked(base, {}).replace(b"xl/workbook", b"wd/workbook")
    yield "many lines", b"a,b\n" * 100_100
    yield "a field without end", b'a,"' + b"x" * 200_000
    yield "odd utf-16", b"\xff\xfe" + "姓名,电话\n".encode("utf-16-le") + b"\x00"
    yield "no text", bytes(random.Random(7).randrange(1, 256) for _ in range(5000))
    links = b'<externalLink xmlns="x"><externalBook r:id="rId1"/></externalLink>'
    yield "external links", repacked(base, {"xl/externalLinks/externalLink1.xml": links})


def broken(count: int, seed: int = 20260305) -> Iterator[bytes]:
    """`count` files: the named ones first, then good ones damaged at random."""
    rng = random.Random(seed)
    good = good_files()
    made = 0
    for _name, content in hand_made(good[0]):
        yield content
        made += 1
    while made < count:
        yield _damaged(rng, good)
        made += 1


def damaged(count: int, good: list[bytes], seed: int = 20260305) -> Iterator[bytes]:
    """`count` files out of good ones, damaged at random."""
    rng = random.Random(seed)
    for _ in range(count):
        yield _damaged(rng, good)


def _damaged(rng: random.Random, good: list[bytes]) -> bytes:
    content = bytearray(rng.choice(good))
    way = rng.randrange(6)
    if way == 0:  # cut
        return bytes(content[: rng.randrange(1, len(content))])
    if way == 1:  # bits flipped
        for _ in range(rng.randrange(1, 40)):
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        return bytes(content)
    if way == 2:  # a stretch of noise
        at = rng.randrange(len(content))
        content[at : at + rng.randrange(1, 400)] = rng.randbytes(rng.randrange(1, 400))
        return bytes(content)
    if way == 3:  # two files grown together
        other = rng.choice(good)
        return bytes(content[: rng.randrange(len(content))]) + other[rng.randrange(len(other)) :]
    if way == 4 and content[:2] == b"PK":  # the inside damaged, the container sound
        with zipfile.ZipFile(io.BytesIO(bytes(content))) as box:
            name = rng.choice([entry.filename for entry in box.infolist()])
            part = bytearray(box.read(name))
        for _ in range(rng.randrange(1, 12)):
            if part:
                part[rng.randrange(len(part))] = rng.randrange(256)
        return repacked(bytes(content), {name: bytes(part)})
    # a stretch said again and again
    at = rng.randrange(len(content))
    piece = bytes(content[at : at + rng.randrange(1, 200)])
    return bytes(content[:at]) + piece * rng.randrange(2, 60) + bytes(content[at:])

"""Excel forms that hold what our writer does not know: made by openpyxl, the rest put in as XML."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET, STRINGS, STYLES, WORKBOOK = (
    "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
)  # fmt: skip
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{}" Target="{}"/></Relationships>'
)
X14 = (
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)
CHOICES = (
    f'<x14:dataValidations {X14} count="1"><x14:dataValidation type="list" allowBlank="1" showErrorMessage="1" '
    'errorTitle="请从列表中选" xr:uid="{1}" xmlns:xr="x"><x14:formula1><xm:f>选项!$A$1:$A$3</xm:f></x14:formula1>'
    "<xm:sqref>B2:B4</xm:sqref></x14:dataValidation></x14:dataValidations>"
)
"""A drop-down over B2:B4 whose list lies on another sheet, as Excel writes it."""


def plain_book() -> Workbook:
    """Headings, three blank rows and a sum; a second sheet with a list."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "走访台账"
    for line in (["序号", "家庭类型", "走访内容"], [], [], [], ["合计"], ["填表人：{{filled_by}}"]):
        sheet.append(line)
    choices = book.create_sheet("选项")
    for kind in ("一般户", "独居老人", "困难户"):
        choices.append([kind])
    return book


def saved(book: Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def changed(file: bytes, *changes: tuple[str, str, str], added: Mapping[str, str] | None = None) -> bytes:
    """A file with text replaced in its parts (part, regular expression, replacement; each must be found), and parts
    added.
    """
    kept = BytesIO()
    with ZipFile(BytesIO(file)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, wanted, new in changes:
        text, count = re.subn(wanted, new.replace("\\", r"\\"), parts[name].decode(), count=1, flags=re.S)
        assert count == 1, (name, wanted, parts[name][:2000])
        parts[name] = text.encode()
    parts |= {name: part.encode() for name, part in (added or {}).items()}
    with ZipFile(kept, "w", ZIP_DEFLATED) as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return kept.getvalue()


def part_of(file: bytes, name: str) -> str:
    with ZipFile(BytesIO(file)) as box:
        return box.read(name).decode()


def extended(ext: str, file: bytes | None = None) -> bytes:
    """The plain book, its first sheet with an extension at its end."""
    end = f'<extLst><ext uri="{{x}}">{ext}</ext></extLst></worksheet>'
    return changed(file or saved(plain_book()), (SHEET, "</worksheet>", end))


def drawn(anchored: str) -> bytes:
    """The plain book with a drawing over B6 of its first sheet."""
    at = "<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
        f"<xdr:from>{at}</xdr:from><xdr:to>{at}</xdr:to>{anchored}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )
    pointer = f'<drawing xmlns:r="{OFFICE}" r:id="rId1"/></worksheet>'
    return changed(
        saved(plain_book()),
        (SHEET, "</worksheet>", pointer),
        (
            "[Content_Types].xml",
            "</Types>",
            '<Override PartName="/xl/drawings/drawing1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
        ),
        added={
            "xl/drawings/drawing1.xml": drawing,
            RELATIONS: RELATION.format(f"{OFFICE}/drawing", "../drawings/drawing1.xml"),
        },
    )


def strict(file: bytes) -> bytes:
    """The same file in the strict flavour of Open XML, as Excel and Word offer it when saving."""
    kept = BytesIO()
    with ZipFile(BytesIO(file)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for usual, rare in STRICT:
                part = part.replace(usual, rare)
            new.writestr(name, part)
    return kept.getvalue()

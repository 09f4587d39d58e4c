"""The base document of every paper, from the readable parts in `base/`, and the layout of GB/T 9704-2012.

python-docx brings a base of its own: half a megabyte of foreign styles, a thumbnail of an empty page and the year 2013.
Ours holds the styles of our papers only, so that the navigation of WPS and Word lists their parts; it says whose it is.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package.rels",
    "docProps/core.xml": "core.xml",
    "docProps/app.xml": "app.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document.rels",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
}
OFFICIAL_SIZE = 16.0
"""3号, in points."""
LINE_PITCH = 579
"""Twentieths of a point: 225 mm hold 22 such lines."""
CLOSER = -5
"""Twentieths of a point between characters: 28 characters of 16 pt are 6 pt wider than 156 mm.

The grid of characters (`linesAndChars`) would say the same, but LibreOffice then gives every character two cells."""


@cache
def _base() -> bytes:
    kept, folder = BytesIO(), Path(__file__).parent / "base"
    with ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for part, file in _PARTS.items():
            target.writestr(part, (folder / file).read_bytes())
    return kept.getvalue()


def base_document() -> WordDocument:
    """An empty A4 sheet with the styles of our papers and nothing of anybody else's."""
    return Document(BytesIO(_base()))


def officially(document: WordDocument) -> None:
    """Lay a document out as GB/T 9704-2012 does: 156 × 225 mm of text at 37 mm from the top and 28 mm from the binding,
    22 lines of 28 characters of 16 pt, page numbers between strokes, odd ones on the right and even ones on the left.
    """
    section = document.sections[0]
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(37), Mm(35), Mm(22)
    _line_grid(section)
    sized(document, OFFICIAL_SIZE, LINE_PITCH / 20)
    closer = OxmlElement("w:spacing")
    closer.set(qn("w:val"), str(CLOSER))
    document.styles["Normal"].element.rPr.find(qn("w:sz")).addprevious(closer)
    document.settings.odd_and_even_pages_header_footer = True
    numbered(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, strokes=True)
    numbered(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, strokes=True)


def _line_grid(section: Section) -> None:
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    section._sectPr.append(grid)


def numbered(foot: _Footer, align: WD_ALIGN_PARAGRAPH, *, strokes: bool = False) -> None:
    """Put the number of the page at the foot: 4号 SimSun, one character away from the edge when it stands at one."""
    paragraph = foot.paragraphs[0]
    paragraph.alignment = align
    before = paragraph.add_run("— " if strokes else "")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    number = paragraph.add_run("1")
    field.append(number._r)
    after = paragraph.add_run(" —" if strokes else "")
    for run in (before, number, after):
        run.font.size = Pt(14)
    if strokes:
        indent(paragraph, 14, **{"rightChars" if align == WD_ALIGN_PARAGRAPH.RIGHT else "leftChars": 100})


def indent(paragraph: Paragraph, size: float, **hundredths: int) -> None:
    """Indent by hundredths of a character (`firstLineChars`, `leftChars`, `rightChars`) of `size` points."""
    properties = paragraph._p.get_or_add_pPr()
    made = properties.find(qn("w:ind"))
    if made is None:
        made = OxmlElement("w:ind")
        properties.insert_element_before(made, *_AFTER_INDENT)
    _by_characters(made, size, hundredths)


_AFTER_INDENT = (
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:jc",
    "w:textDirection",
    "w:outlineLvl",
    "w:rPr",
    "w:sectPr",
)


def off_grid(paragraph: Paragraph) -> None:
    """Keep the own distance of lines also on a sheet with a grid of lines, which LibreOffice puts every line on."""
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:snapToGrid")) is None:
        off = OxmlElement("w:snapToGrid")
        off.set(qn("w:val"), "0")
        properties.insert_element_before(off, "w:spacing", "w:ind", *_AFTER_INDENT)


def sized(document: WordDocument, size: float, line: float) -> None:
    """Set the size of running text and the distance of its lines, in points; indents follow the size."""
    style = document.styles["Normal"]
    style.font.size = Pt(size)
    style.paragraph_format.line_spacing = Pt(line)
    for one in document.styles.element.iter(qn("w:ind")):
        chars = {name: int(value) for name in _SIDES if (value := one.get(qn(f"w:{name}")))}
        _by_characters(one, size, chars)


_SIDES = ("firstLineChars", "leftChars", "rightChars")


def _by_characters(made: BaseOxmlElement, size: float, hundredths: Mapping[str, int]) -> None:
    for name, value in hundredths.items():
        made.set(qn(f"w:{name}"), str(value))
        # An office that does not count characters reads the same distance in twentieths of a point.
        made.set(qn(f"w:{name.removesuffix('Chars')}"), str(round(value * size / 5)))


def describe(document: WordDocument, *, author: str, subject: str, now: datetime) -> None:
    """Say in the file's properties what it is, whose it is and when it was made; the title is read from the page."""
    title = next((one.text for one in document.paragraphs if one.style is not None and one.style.name == "Title"), "")
    told = document.core_properties
    told.title, told.subject = (title or told.title)[:200], subject[:200]
    told.author = told.last_modified_by = author[:200]
    told.created = told.modified = now
    told.comments, told.revision = "", 1

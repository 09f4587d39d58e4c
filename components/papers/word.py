"""Word documents: the blank sheet, the parts a template is built from, and filling one with values.

Every document is a template filled by docxtpl, ours or one that the subdistrict put in its place. Both are read by the
sandbox of `components.papers.language`; what people typed is text in a document, never markup of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TypedDict, Unpack

import segno
import structlog
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from docxtpl import DocxTemplate, InlineImage

from components.papers.author import author
from components.papers.base_document import base_document, describe, numbered, off_grid, officially, sized
from components.papers.base_document import indent as indented
from components.papers.fields import with_names
from components.papers.language import Language as TemplateLanguage
from components.papers.own import own_template
from components.wording import _, language
from components.wording.telephones import telephone
from db.engine import utc_now
from db.terms import Language

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD, TITLE = "SimHei", "FZXiaoBiaoSong-B05S"
"""Fonts of offices here beside that of running text (`base/styles.xml`); a machine without them takes others."""
SIGN = "____________"
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
log = structlog.get_logger()
_plain_layout: ContextVar[bool] = ContextVar("plain_layout", default=False)
Sheet = WordDocument
"""A template that is being built."""
Holder = Sheet | _Cell
"""What paragraphs can be put into."""


class Appearance(TypedDict, total=False):
    """How a paragraph looks; see `line`."""

    size: float | None
    bold: bool
    font: str
    align: WD_ALIGN_PARAGRAPH | None
    indent: bool
    spacing: float | None
    before: float


# --- building a template ------------------------------------------------------------------------------


def blank(*, size: float = 14, line: float = 26, margin: float = 2.6, top: float = 2.8, pages: bool = True) -> Sheet:
    """An A4 sheet; `size` and `line` in points, margins in centimetres, `pages` puts the number at the foot."""
    document = base_document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(margin)
    section.top_margin = section.bottom_margin = Cm(top)
    sized(document, size, line)
    if pages:
        numbered(section.footer, CENTRE)
    return document


def official(*, plain: float = 14) -> Sheet:
    """A sheet for what goes out as an official paper (通知、纪要、公示、函), laid out as GB/T 9704-2012 does.

    Where the subdistrict prefers the plain layout, running text has `plain` points; see `in_plain_layout`.
    """
    if _plain_layout.get():
        return blank(size=plain, line=plain + 12)
    document = base_document()
    officially(document)
    return document


@contextmanager
def in_plain_layout() -> Iterator[None]:
    """Build official papers as plain ones, for a subdistrict that does not want GB/T 9704."""
    before = _plain_layout.set(True)
    try:
        yield
    finally:
        _plain_layout.reset(before)


def lay_across(document: Sheet) -> None:
    """Turn A4 on its long side: width, height and orientation belong together, Word turns nothing by itself."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)


def look(run: Run, *, size: float | None = None, bold: bool = False, font: str = "") -> None:
    """Size, weight and font of a run, for Chinese letters too."""
    run.bold = bold or None
    if size is not None:
        run.font.size = Pt(size)
    if font:
        run.font.name = font
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def line(
    holder: Holder,
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    font: str = "",
    align: WD_ALIGN_PARAGRAPH | None = None,
    indent: bool = False,
    spacing: float | None = None,
    before: float = 0,
) -> Paragraph:
    """A paragraph; `indent` by two characters as in running text, `spacing` between lines and `before` in points."""
    paragraph = holder.add_paragraph(style="Body Text" if indent else None)
    paragraph.alignment = align
    look(paragraph.add_run(text), size=size, bold=bold, font=font)
    if indent and size is not None:
        indented(paragraph, size, firstLineChars=200)
    if spacing is not None:
        paragraph.paragraph_format.line_spacing = Pt(spacing)
        off_grid(paragraph)
    if before:
        paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def headline(document: Sheet, text: str) -> None:
    """The title of a document."""
    document.add_paragraph(text, style="Title")


def heading(document: Sheet, text: str) -> None:
    """The title of a part."""
    document.add_paragraph(text, style="Heading 1")


def subheading(document: Sheet, text: str) -> None:
    """The title of a part of a part."""
    document.add_paragraph(text, style="Heading 2")


def addressee(document: Sheet, text: str) -> None:
    """Whom a paper is for, from the left edge, with its colon: 各位成员："""
    document.add_paragraph(text, style="Salutation")


def signed(document: Sheet, by: str, on: str) -> None:
    """Who signs and the day, four characters from the right, with room above for a seal (GB/T 9704-2012, 7.3.5)."""
    document.add_paragraph(by, style="Signature")
    document.add_paragraph(on, style="Date")


def mark(holder: Holder, text: str) -> None:
    """A loop or a condition over whole paragraphs: `mark(document, "for item in items")`."""
    holder.add_paragraph(f"{{%p {text} %}}")


def lines(holder: Holder, name: str, **appearance: Unpack[Appearance]) -> None:
    """A list of paragraphs, one per string."""
    mark(holder, f"for line in {name}")
    line(holder, "{{ line }}", **appearance)
    mark(holder, "endfor")


def when(holder: Holder, name: str, text: str, **appearance: Unpack[Appearance]) -> None:
    """A paragraph that stands only where its field holds something."""
    mark(holder, f"if {name}")
    line(holder, text, **appearance)
    mark(holder, "endif")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: heading, what stands in a row, width in centimetres."""

    label: str
    cell: str
    width: float
    centred: bool = True


def table(document: Sheet, name: str, columns: Sequence[Column], *, size: float = 12) -> Table:
    """A table with a heading row, repeated on every page, and one row per entry of the list `name` (as `row`).

    Where the list is empty a row says so: headings alone look like a print that went wrong.
    """
    # What stands above a table, such as its heading, is not left behind on the page before.
    line(document, "", size=3, spacing=5).paragraph_format.keep_with_next = True
    made = grid(document, 6, [column.width for column in columns])
    for place, column in enumerate(columns):
        cell(made.cell(0, place), column.label, size=size, font=HEAD, align=CENTRE)
        cell(made.cell(2, place), column.cell, size=size, align=CENTRE if column.centred else None)
    made.cell(1, 0).text = f"{{%tr for row in {name} %}}"
    made.cell(3, 0).text = "{%tr else %}"
    cell(made.cell(4, 0).merge(made.cell(4, len(columns) - 1)), _("（无）"), size=size, align=CENTRE)
    made.cell(5, 0).text = "{%tr endfor %}"
    repeated(made.rows[0])
    for row in made.rows:
        whole(row)
    line(document, "", size=3, spacing=6)
    return made


def form(document: Sheet, fields: Sequence[tuple[str, str]], *, label: float = 3.4, size: float = 12) -> Table:
    """A form of two columns: what is asked, what is filled in."""
    made = grid(document, len(fields), [label, 15.8 - label])
    for place, (asked, answer) in enumerate(fields):
        cell(made.cell(place, 0), asked, size=size, font=HEAD, align=CENTRE)
        cell(made.cell(place, 1), answer, size=size)
    line(document, "", size=6, spacing=10)
    return made


def grid(document: Sheet, rows: int, widths: Sequence[float], *, style: str = "Table Grid") -> Table:
    """An empty table whose columns keep their widths (centimetres) in Word, WPS and LibreOffice alike."""
    made: Table = document.add_table(rows=rows, cols=len(widths))
    made.style = style
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for place, width in enumerate(widths):
        made.columns[place].width = Cm(width)
        for one in made.columns[place].cells:
            one.width = Cm(width)
            one.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return made


def cell(
    holder: _Cell,
    text: str,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    size: float = 12,
    font: str = "",
    bold: bool = False,
) -> Paragraph:
    """Fill the first paragraph of a cell."""
    paragraph: Paragraph = holder.paragraphs[0]
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = Pt(size + 6)
    off_grid(paragraph)
    look(paragraph.add_run(text), size=size, font=font, bold=bold)
    return paragraph


def drawn(holder: _Cell, field: str) -> None:
    """The picture of a field in a cell: as high as it is, and clear of the lines above and below it."""
    appearance = cell(holder, field, align=CENTRE).paragraph_format
    # A fixed height of lines would cut a code, and a cut code cannot be scanned.
    appearance.line_spacing = 1.0
    appearance.space_before = appearance.space_after = Pt(3)


def _row_property(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def repeated(row: _Row) -> None:
    """The heading row of a table, printed again on every page."""
    _row_property(row, "w:tblHeader")


def whole(row: _Row) -> None:
    """A row that is not torn in two where a page ends."""
    _row_property(row, "w:cantSplit")


def built_in(build: Callable[[], Sheet]) -> Callable[[], bytes]:
    """Make a function that builds a template one that gives its bytes, built once per language and layout."""

    @cache
    def made(_language: Language, _plain: bool) -> bytes:
        kept = BytesIO()
        build().save(kept)
        return kept.getvalue()

    return lambda: made(language(), _plain_layout.get())


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that is made when it is called; its words were chosen before, in the reader's language."""

    our_own: bytes
    values: Mapping[str, object]
    kind: str = ""
    """What it is (`components.papers.replaceable`): the subdistrict's template is looked up when it is made."""

    def __call__(self) -> bytes:
        own = own_template(self.kind)
        made = filled_in_own(own, self.kind, self.values) if own is not None else None
        return made if made is not None else fill(self.our_own, self.values)


def filled_in_own(own: bytes, kind: str, values: Mapping[str, object]) -> bytes | None:
    """These values in a template of the subdistrict; None, and a line in the log, where it does not work."""
    try:
        return fill(own, with_names(kind, values))
    except Exception as wrong:  # noqa: BLE001 - whatever a foreign template does, people get their paper
        log.warning("template.failed", kind=type(wrong).__name__)
        return None


def paper(our_own: bytes, values: Mapping[str, object], *, kind: str = "") -> Paper:
    """The document that these values make: in the template of the subdistrict, or in ours when it has none."""
    return Paper(our_own, values, kind)


# --- filling one --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture among the values: PNG, width in millimetres."""

    png: bytes
    width: float


def qr_picture(content: str, *, width: float) -> Picture:
    """A QR code (ISO/IEC 18004, error correction M: a crease or a spot of ink does no harm) as a picture."""
    made = BytesIO()
    segno.make(content, error="m", micro=False).save(made, kind="png", scale=12, border=2)
    return Picture(made.getvalue(), width)


def fill(template: bytes, values: Mapping[str, object], words: TemplateLanguage | None = None) -> bytes:
    """A template with these values in it. Raises `jinja2.TemplateError` on what a template may not say."""
    document = DocxTemplate(BytesIO(template))
    document.render(_bound(values, document), jinja_env=words or TemplateLanguage(), autoescape=True)
    about = values.get("meeting")
    describe(document.docx, author=author(), subject=about if isinstance(about, str) else "", now=utc_now())
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _bound(value: object, document: DocxTemplate) -> object:
    """The values with their pictures tied to the document that they go into, telephones in groups."""
    if isinstance(value, str):
        return telephone(value)
    if isinstance(value, Picture):
        return InlineImage(document, BytesIO(value.png), width=Cm(value.width / 10))
    if isinstance(value, Mapping):
        return {key: _bound(inner, document) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_bound(inner, document) for inner in value]
    return value

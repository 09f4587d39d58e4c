"""A form never comes out poorer than it went in: what our writer does not give back is refused with its place."""

import pytest
from openpyxl.styles import Protection

from db.rules.reports.excel_file import BadExcelFile, check_excel_file
from db.terms import Lost
from tests.support.excel_files import (
    CHOICES,
    OFFICE,
    RELATION,
    RELATIONS,
    SHEET,
    STYLES,
    X14,
    changed,
    drawn,
    extended,
    plain_book,
    saved,
    strict,
)

PLAIN = saved(plain_book())
BOX = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>附件1</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
PICTURE = '<xdr:pic><xdr:blipFill><a:blip xmlns:r="x" r:embed="rId1"/></xdr:blipFill></xdr:pic>'
WPS = '<c r="C3"><f>_xlfn.DISPIMG("ID_1",1)</f><v>1</v></c></row>'
EXCEL = '<c r="C3" t="e" vm="1"><v>#VALUE!</v></c></row>'
ROW = r"(?<=<row r=\"1\").*?</row>"
TICK = '<ext uri="{C7286773-470A-42A8-94C5-96B5CB345126}"><p:xfComplement xmlns:p="x" i="0"/></ext>'


def with_cell(cell: str) -> bytes:
    return changed(PLAIN, (SHEET, '(?=<row r="5")', f'<row r="3">{cell}'))


def ended_by(element: str, target: str = "", kind: str = "image") -> bytes:
    added = {RELATIONS: RELATION.format(f"{OFFICE}/{kind}", target)} if target else {}
    return changed(PLAIN, (SHEET, "</worksheet>", f"{element}</worksheet>"), added=added)


@pytest.mark.parametrize(
    ("file", "what", "where"),
    [
        (drawn(BOX), Lost.TEXT_BOX, "走访台账!B6"),
        (drawn(BOX.replace("xdr:sp", "xdr:cxnSp")), Lost.TEXT_BOX, "走访台账!B6"),
        (drawn(f"<xdr:grpSp>{PICTURE}{BOX}</xdr:grpSp>"), Lost.TEXT_BOX, "走访台账!B6"),
        (with_cell(WPS), Lost.CELL_PICTURE, "走访台账!C3"),
        (with_cell(EXCEL), Lost.CELL_PICTURE, "走访台账!C3"),
        (with_cell('<c r="C3" ph="1"/></row>'), Lost.PINYIN, "走访台账!C3"),
        (with_cell('<c r="C3"><f t="dataTable" ref="C3:C4" r1="A1"/></c></row>'), Lost.DATA_TABLE, "走访台账!C3"),
        (
            extended(f"<x14:sparklineGroups {X14}><x14:sparklineGroup><x14:sparklines><x14:sparkline>"
                     "<xm:f>走访台账!A1:A3</xm:f><xm:sqref>D2</xm:sqref></x14:sparkline></x14:sparklines>"
                     "</x14:sparklineGroup></x14:sparklineGroups>"),
            Lost.SPARKLINE, "走访台账!D2",
        ),
        (
            extended(f"<x14:conditionalFormattings {X14}><x14:conditionalFormatting><x14:cfRule type='dataBar'/>"
                     "<xm:sqref>B2:B4</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"),
            Lost.DATA_BAR, "走访台账!B2:B4",
        ),
        (extended("<unheardOf/>"), Lost.OTHER, "走访台账"),
        (
            ended_by('<protectedRanges><protectedRange sqref="B2:B4" name="甲"/></protectedRanges>'),
            Lost.EDIT_RANGE, "走访台账!B2:B4",
        ),
        (ended_by(f'<picture xmlns:r="{OFFICE}" r:id="rId1"/>', "../media/image1.png"), Lost.BACKGROUND, "走访台账"),
        (
            ended_by(f'<legacyDrawingHF xmlns:r="{OFFICE}" r:id="rId1"/>', "../media/image1.png"),
            Lost.PAGE_PICTURE, "走访台账",
        ),
        (ended_by("<unheardOf/>"), Lost.OTHER, "走访台账"),
        (ended_by("", "../threadedComments/threadedComment1.xml", "threadedComment"), Lost.THREAD, "走访台账"),
    ],
)  # fmt: skip
def test_what_would_be_lost_is_refused_with_its_place(file: bytes, what: Lost, where: str) -> None:
    with pytest.raises(BadExcelFile, match="lost") as refused:
        check_excel_file(file)

    assert refused.value.values == {"what": what, "where": where}


def test_a_tick_box_in_a_cell_is_refused_with_its_place() -> None:
    book = plain_book()
    sheet = book["走访台账"]
    sheet["C3"].protection = Protection(locked=False)
    file = changed(
        saved(book), (STYLES, r"(<xf [^>]*applyProtection[^>]*>.*?)(?=</xf>)", f"<xf><extLst>{TICK}</extLst>")
    )

    with pytest.raises(BadExcelFile, match="lost") as refused:
        check_excel_file(file)

    assert refused.value.values == {"what": Lost.TICK_BOX, "where": "走访台账!C3"}


def test_every_place_is_named_up_to_five() -> None:
    cells = "".join(f'<c r="{column}3"><f>DISPIMG("ID_1",1)</f></c>' for column in "CDEFGHIJ")

    with pytest.raises(BadExcelFile) as refused:
        check_excel_file(with_cell(f"{cells}</row>"))

    assert refused.value.values["where"] == "走访台账!C3、走访台账!D3、走访台账!E3、走访台账!F3、走访台账!G3…"


@pytest.mark.parametrize(
    "file",
    [
        extended(CHOICES),
        extended(f"<x14:ignoredErrors {X14}/>"),
        ended_by('<ignoredErrors><ignoredError sqref="A1" numberStoredAsText="1"/></ignoredErrors>'),
        ended_by('<phoneticPr fontId="1" type="noConversion"/>'),
        drawn(PICTURE),
    ],
)
def test_what_is_kept_or_never_seen_passes(file: bytes) -> None:
    check_excel_file(file)


def test_a_picture_that_our_writer_drops_is_refused() -> None:
    file = drawn(PICTURE)
    related = RELATION.format(f"{OFFICE}/image", "../media/image1.emf")

    with pytest.raises(BadExcelFile, match="lost") as refused:
        check_excel_file(
            changed(file, added={"xl/drawings/_rels/drawing1.xml.rels": related, "xl/media/image1.emf": "x"})
        )

    assert refused.value.values == {"what": Lost.PICTURE_KIND, "where": "走访台账!B6"}


def test_a_strict_file_is_not_called_broken() -> None:
    with pytest.raises(BadExcelFile, match="strict"):
        check_excel_file(strict(PLAIN))

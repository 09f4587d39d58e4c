"""What openpyxl alone would lose of a form, or leave where it stood when the form grows, comes out as it went in."""

from datetime import date, datetime
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from PIL import Image as Pixels

from components.reports.fill import fill_form
from components.reports.reading import read_sheets
from db.rules.reports.form import FormLayout
from tests.support.excel_files import CHOICES, SHEET, STYLES, changed, extended, part_of, plain_book, saved

SAID: dict[str, str | int] = {"filled_by": "测试社工", "period": "2026年3月", "community": "柳林社区"}
LAYOUT = FormLayout("xlsx", "走访台账", 1, 2, 4, {1: "serial", 2: "household_kind", 3: "note"})
GROWN = 4
"""How many rows more than its blank ones a form gets here."""


def filled(file: bytes, count: int = 3 + GROWN, layout: FormLayout = LAYOUT, **more: Any) -> Any:
    rows: list[dict[str, Any]] = [
        {"serial": n, "household_kind": "一般户", "note": "在家"} | more for n in range(1, count + 1)
    ]
    return load_workbook(BytesIO(fill_form(file, layout, rows, SAID)), rich_text=True)


def test_a_drop_down_whose_list_lies_on_another_sheet_is_kept_and_grows() -> None:
    made = filled(extended(CHOICES))

    (choice,) = made["走访台账"].data_validations.dataValidation
    assert (choice.type, choice.formula1, str(choice.sqref)) == ("list", "选项!$A$1:$A$3", "B2:B8")
    assert (choice.errorTitle, choice.allowBlank, choice.showErrorMessage) == ("请从列表中选", True, True)
    assert [cell.value for cell in made["选项"]["A"]] == ["一般户", "独居老人", "困难户"]


def test_a_list_below_the_blank_rows_is_still_what_a_drop_down_offers() -> None:
    book = plain_book()
    book["走访台账"]["B9"] = "一般户"
    for name in book.sheetnames:
        choice = DataValidation("list", formula1="走访台账!$B$9:$B$9" if name == "选项" else "$B$9:$B$9")
        choice.add("C1")
        book[name].add_data_validation(choice)

    made = filled(saved(book))

    assert made["走访台账"].data_validations.dataValidation[0].formula1 == "$B$13:$B$13"
    assert made["选项"].data_validations.dataValidation[0].formula1 == "走访台账!$B$13:$B$13"


def rich(*pieces: str) -> CellRichText:
    return CellRichText(*(TextBlock(InlineFont(b=number % 2 == 0, color="FFFF0000"), text)
                          for number, text in enumerate(pieces)))  # fmt: skip


def test_a_heading_in_several_fonts_keeps_them_and_its_blanks() -> None:
    book = plain_book()
    book["走访台账"]["B1"] = rich("家庭类型 ", " （必填） ")

    cell = filled(saved(book))["走访台账"]["B1"].value

    assert [str(piece) for piece in cell] == ["家庭类型 ", " （必填） "]
    assert [piece.font.b for piece in cell] == [True, False]
    assert read_sheets(saved(book))[0].grid[0][1] == "家庭类型  （必填）"


@pytest.mark.parametrize(
    "pieces",
    [
        ("填报：", "{{community}}", "（章）"),
        ("填报：{{comm", "unity}}", "（章）"),
        ("填报：{", "{community}}（章）", ""),
    ],
)
def test_a_field_in_a_text_of_several_fonts_is_filled_wherever_it_was_cut(pieces: tuple[str, ...]) -> None:
    book = plain_book()
    book["走访台账"]["A6"] = rich(*pieces)

    cell = filled(saved(book))["走访台账"].cell(6 + GROWN, 1).value

    assert isinstance(cell, CellRichText)
    assert str(cell) == "填报：柳林社区（章）"


@pytest.mark.parametrize("number", [27, 28, 31, 36, 50, 57, 58])
def test_a_day_in_a_built_in_format_of_china_is_a_day(number: int) -> None:
    book = plain_book()
    for row in (2, 3, 4, 6):
        book["走访台账"].cell(row, 2).number_format = "0.00%"
    book["走访台账"]["B6"] = 46086
    file = changed(saved(book), (STYLES, 'numFmtId="10"', f'numFmtId="{number}"'))

    sheet = filled(file, household_kind="2026-03-05")["走访台账"]

    assert read_sheets(file)[0].grid[5][1] == "2026-03-05"
    assert [sheet.cell(row, 2).value for row in (2, 8)] == [datetime(2026, 3, 5), datetime(2026, 3, 5)]  # noqa: DTZ001
    assert sheet["B10"].value.date() == date(2026, 3, 5)
    assert f'numFmtId="{number}"' in part_of(fill_form(file, LAYOUT, [], SAID), STYLES)


FOOTERS = (
    "&C第 &P 页，共 &N 页",
    "第 &P 页",
    '&C&"宋体,常规"&9第&"Times New Roman,常规"&12&P&"宋体,常规"&9页',
    "&R右&L左",
    "&L&&甲&C&12 34",
)


@pytest.mark.parametrize("footer", FOOTERS)
def test_page_headers_and_footers_are_what_they_were(footer: str) -> None:
    escaped = footer.replace("&", "&amp;").replace('"', "&quot;")
    file = changed(saved(plain_book()), (SHEET, "</worksheet>",
                   f"<headerFooter><oddFooter>{escaped}</oddFooter></headerFooter></worksheet>"))  # fmt: skip

    made = part_of(fill_form(file, LAYOUT, [], SAID), SHEET)

    said = unescape(made.partition("<oddFooter>")[2].partition("</oddFooter>")[0])
    expected = {"第 &P 页": "&C第 &P 页", "&R右&L左": "&L左&R右"}.get(footer, footer)
    assert said == expected


def test_tables_links_pictures_and_array_formulas_go_where_their_rows_go() -> None:
    book = plain_book()
    sheet: Any = book["走访台账"]
    sheet.add_table(Table(displayName="走访", ref="A1:C4"))
    sheet["B5"] = ArrayFormula("B5:B5", "=SUM(LEN(C2:C4))")
    sheet["C6"] = "看选项"
    sheet["C6"].hyperlink = Hyperlink(ref="C6", location="走访台账!A5")
    pixels = BytesIO()
    Pixels.new("RGB", (8, 8), "red").save(pixels, "PNG")
    picture = Image(pixels)
    picture.anchor = "B6"
    sheet.add_image(picture)

    made = filled(saved(book))["走访台账"]

    assert made.tables["走访"].ref == f"A1:C{4 + GROWN}"
    assert made.tables["走访"].autoFilter.ref == f"A1:C{4 + GROWN}"
    array = made.cell(5 + GROWN, 2).value
    assert (array.ref, array.text) == (f"B{5 + GROWN}", f"=SUM(LEN(C2:C{4 + GROWN}))")
    link = made.cell(6 + GROWN, 3).hyperlink
    assert (link.ref, link.location) == (f"C{6 + GROWN}", f"走访台账!A{5 + GROWN}")
    (shown,) = made._images
    assert shown.anchor._from.row == 5 + GROWN

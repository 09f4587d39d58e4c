"""Two views of a table: one to print, which can be read and loses nothing, one to reckon with."""

from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from components.sheets import WIDEST, About, Field, Kind, Paper, View, paper_for, sheet
from components.text_height import height_of

ABOUT = About("需求台账", "柳林社区", "截至 2026年3月9日")
FIELDS = [
    Field("编号", 14), Field("内容", 40), Field("户数", 6, Kind.COUNT), Field("占比", 8, Kind.SHARE),
    Field("日期", 12, Kind.DAY), Field("登记周", 12, Kind.DAY, printed=False),
]  # fmt: skip
ACROSS = {Paper.A4: 297 / 25.4 * 72 - 56, Paper.A3: 420 / 25.4 * 72 - 56}


def row(words: str = "楼道灯坏了") -> list[object]:
    return ["LL-1", words, 3, Fraction(1, 4), date(2026, 3, 5), date(2026, 3, 2)]


def opened(view: View, rows: list[list[object]]) -> Any:
    made, count = sheet(view, ABOUT, FIELDS, rows)
    assert count == len(rows)
    return load_workbook(BytesIO(made))


def test_the_print_view_says_whose_it_is_of_when_and_how_many_and_repeats_its_headings() -> None:
    book = opened(View.PRINT, [row()] * 2)
    page = book.active

    assert page["A1"].value == "柳林社区需求台账"
    assert page["A2"].value == "截至 2026年3月9日    共 2 条"
    assert page.print_title_rows == "$3:$3"
    assert [cell.value for cell in page[3]] == ["编号", "内容", "户数", "占比", "日期"]
    assert ("&P" in page.oddFooter.right.text, "&N" in page.oddFooter.right.text) == (True, True)
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert (book.properties.title, book.properties.creator) == ("柳林社区需求台账", "柳林社区")


def test_the_data_view_has_every_column_filters_and_values_as_what_they_are() -> None:
    page = opened(View.DATA, [row()]).active

    assert page["A1"].value == "编号"
    assert [cell.value for cell in page[2]][2:] == [3, 0.25, datetime(2026, 3, 5), datetime(2026, 3, 2)]  # noqa: DTZ001
    assert page["D2"].number_format == "0.0%"
    assert (page.auto_filter.ref, page.freeze_panes) == ("A1:F2", "B2")


@pytest.mark.parametrize("typed", ["<5", "nan", "1e5", "=1+1", "1_000"])
def test_what_is_no_number_is_text_in_a_column_of_numbers(typed: str) -> None:
    cell = opened(View.DATA, [["LL-1", "", typed, "", "", ""]]).active["C2"]

    assert (cell.value, cell.data_type) == (typed, "s")


def test_nothing_to_print_is_said() -> None:
    assert opened(View.PRINT, []).active["A4"].value == "本期没有记录"


def test_a_printed_row_is_as_high_as_its_text_and_a_longer_text_goes_on_below() -> None:
    words = "老人晚上不敢下楼，请社区帮忙看看。" * 59
    page = opened(View.PRINT, [row(), row("楼道灯坏了，" * 20), row(words), row()]).active

    heights = [page.row_dimensions[at].height for at in range(4, page.max_row + 1)]
    assert heights[0] == pytest.approx(height_of(1, 10), abs=0.75)
    assert heights[1] > height_of(2, 10) - 0.75
    assert max(heights) <= 200
    assert "".join(page.cell(at, 2).value for at in range(6, page.max_row)) == words
    assert [page.cell(at, 1).value for at in range(6, page.max_row)].count("LL-1") == 1
    assert page.cell(6, 2).border.bottom.style is None


@pytest.mark.parametrize(
    ("widths", "paper"),
    [
        ([6, 13, 10], Paper.A4),
        ([6, 18, 13, 24, 40, 14, 16, 8, 14], Paper.A4),
        ([12] * 15, Paper.A3),
        ([6, 18, 13, 24, 40, 14, 16, 9, 24, 14, 15, 13, 10, 10, 8, 14, 12, 13], Paper.A3),
    ],
)
def test_print_is_never_smaller_than_nine_points(widths: list[float], paper: Paper) -> None:
    chosen, made = paper_for(widths)

    assert chosen is paper
    assert 10 * ACROSS[paper] / (sum(made) * WIDEST) >= 9 - 0.01
    assert len(made) == len(widths)


def test_a_name_with_marks_of_its_own_breaks_neither_footer_nor_page() -> None:
    about = About("台账/[1]:*?", "甲&P社区" * 30, "期" * 100)

    made, _count = sheet(View.PRINT, about, FIELDS, [row()])

    page = load_workbook(BytesIO(made)).active
    assert page.title == "台账1"
    assert "&&P" in page.oddFooter.left.text or "&P" not in page.oddFooter.left.text.replace("&&", "")

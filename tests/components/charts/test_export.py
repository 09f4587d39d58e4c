"""What a chart takes along: its picture, title, community and period on the first sheet, and numbers that reckon."""

from fractions import Fraction
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from components.charts.export import Chart, Picture, Table, community_words, workbook
from components.sheets import Field, Kind
from db.queries.needs.needs import Option

STAGES = Table(
    "各环节在办",
    [Field("环节", 16), Field("在办件数", 12, Kind.COUNT), Field("占比", 10, Kind.SHARE)],
    [["待登记", 3, Fraction(1, 4)], ["=1+1", "<5", None]],
    Picture.BARS,
)
WEEKS = Table(
    "近 26 周进出", [Field("当周"), Field("新登记", 10, Kind.COUNT)], [["3/2", 5]], Picture.LINES, printed=False
)


def made(*tables: Table) -> bytes:
    return workbook(
        Chart("需求漏斗", "柳林社区", "截至 2026年3月9日", tables or (STAGES, WEEKS)), "导出时间 2026-03-09"
    )


def texts(page: Any) -> list[object]:
    return [cell.value for line in page.iter_rows() for cell in line if cell.value is not None]


def test_the_first_sheet_says_what_it_is_whose_and_of_when_and_holds_the_pictures() -> None:
    file = made()
    book = load_workbook(BytesIO(file))
    page = book.worksheets[0]

    assert texts(page)[:3] == ["需求漏斗", "柳林社区    截至 2026年3月9日", "导出时间 2026-03-09"]
    assert len(page._charts) == 2
    assert "待登记" in texts(page)
    assert "3/2" not in texts(page)
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert "柳林社区" in page.oddFooter.left.text
    assert "'1·各环节在办'!$B$2:$B$3" in ZipFile(BytesIO(file)).read("xl/charts/chart1.xml").decode()


def test_numbers_are_numbers_percents_percents_and_typed_text_is_text_on_a_sheet_of_their_own() -> None:
    page = load_workbook(BytesIO(made())).worksheets[1]

    assert [cell.value for cell in page[1]] == ["环节", "在办件数", "占比"]
    assert [cell.value for cell in page[2]] == ["待登记", 3, 0.25]
    assert page["C2"].number_format == "0.0%"
    assert [(cell.value, cell.data_type) for cell in page[3]][:2] == [("=1+1", "s"), ("<5", "s")]
    assert page.auto_filter.ref == "A1:C3"


def test_no_picture_is_cut_by_the_end_of_a_page() -> None:
    many = Table("项目", STAGES.fields, [["楼道灯", 3, Fraction(1, 4)]] * 18, Picture.BARS, printed=False)

    page = load_workbook(BytesIO(made(many, WEEKS))).worksheets[0]

    (second,) = page.row_breaks.brk
    assert [chart.anchor._from.row for chart in page._charts][1] == second.id


def test_a_map_of_numbers_is_the_table_in_shades() -> None:
    page = load_workbook(BytesIO(made(Table("需求分布", STAGES.fields, STAGES.rows, Picture.SHADES)))).worksheets[0]

    (shades,) = page.conditional_formatting
    assert str(shades.sqref) == "B6:C7"
    assert shades.rules[0].type == "colorScale"


@pytest.mark.parametrize("picture", [None, *Picture])
def test_a_table_without_rows_is_no_broken_picture(picture: Picture | None) -> None:
    page = load_workbook(BytesIO(made(Table("无", STAGES.fields, [], picture)))).worksheets[0]

    assert not page._charts
    assert "在办件数" in texts(page)


def test_whose_it_is_names_the_community_or_says_how_many() -> None:
    both = [Option(1, "柳林社区"), Option(2, "桂湖社区")]

    assert community_words(both, 2) == "桂湖社区"
    assert community_words(both, None) == "2 个社区"

"""A form of the subdistrict comes back as it was sent, only filled: styles, merged cells, sums, what stands below."""

import time
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from components.reports.fill import fill_form
from components.reports.grow import Growth
from components.reports.reading import best_layout, read_sheets, titles_and_lines
from db.demo.reports.form_files import BOX, VISIT_ROWS, need_form, visit_form
from db.rules.reports.form import FormLayout
from db.terms import LedgerKind
from tests.builders.reports import INJECTED

SAID: dict[str, str | int] = {
    "subdistrict": "澄湖街道", "community": "柳林社区", "period": "2026年3月", "total": 12, "filled_by": "测试社工",
    "date": "2026-03-31", "from": "2026-03-01", "until": "2026-03-31",
}  # fmt: skip


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"serial": n, "day": "2026-03-05", "note": f"第{n}户", "needs": n, "door": "柳林小区1幢 ***"} | more
            for n in range(1, count + 1)]  # fmt: skip


def visits_layout() -> FormLayout:
    found = best_layout(read_sheets(visit_form()), LedgerKind.VISITS)
    return FormLayout(
        "xlsx", found.sheet, found.head, found.first, found.last, found.columns, {"C2": "community", "H2": "period"}
    )


def filled(count: int) -> Any:
    return load_workbook(BytesIO(fill_form(visit_form(), visits_layout(), rows(count), SAID))).active


def merged(sheet: Any) -> set[str]:
    return {str(one) for one in sheet.merged_cells.ranges}


def saved(book: Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


# --- as it was sent -------------------------------------------------------------------------------------------


def test_more_rows_than_blanks_push_the_foot_down_and_the_sum_grows() -> None:
    sheet = filled(30)

    foot = 4 + 30 + 1
    assert sheet.cell(foot, 1).value == "合计"
    assert sheet.cell(foot, 9).value == "=SUM(I5:I34)"
    assert "测试社工" in sheet.cell(foot + 1, 1).value
    assert "2026-03-31" in sheet.cell(foot + 1, 1).value
    assert [sheet.cell(row, 1).value for row in range(5, 35)] == list(range(1, 31))
    assert sheet.cell(34, 8).value == "第30户"


def test_fewer_rows_than_blanks_leave_the_form_as_it_is() -> None:
    sheet = filled(3)

    assert sheet.max_row == 4 + VISIT_ROWS + 2
    assert sheet.cell(13, 9).value == "=SUM(I5:I12)"
    assert sheet.cell(8, 8).value is None
    assert sheet.cell(8, 8).border == BOX


def test_every_merged_range_is_there_again_below_the_rows_too() -> None:
    before = merged(load_workbook(BytesIO(visit_form())).active)

    after = merged(filled(30))

    down = {"A13:H13": "A35:H35", "A14:J14": "A36:J36"}
    assert after == {down.get(area, area) for area in before}


def test_new_rows_look_like_the_first_and_are_as_high() -> None:
    sheet = filled(30)

    for row in (12, 13, 34):
        for column in range(1, 11):
            first, cell = sheet.cell(5, column), sheet.cell(row, column)
            assert repr((cell.font, cell.border, cell.alignment)) == repr((first.font, first.border, first.alignment))
        assert sheet.row_dimensions[row].height == 27
    assert sheet.cell(35, 1).font.b
    assert sheet.cell(35, 1).fill.fgColor.rgb == "FFE7ECEA"


def test_widths_paper_and_headings_on_every_page_are_kept() -> None:
    sheet = filled(30)

    assert sheet.column_dimensions["H"].width == 36
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.row_dimensions[1].height == 34


def test_what_is_said_once_stands_in_its_cell_and_in_texts() -> None:
    sheet = filled(2)

    assert sheet["A1"].value == "澄湖街道社区走访民情台账"
    assert sheet["C2"].value == "柳林社区"
    assert sheet["H2"].value == "2026年3月"


def test_a_cell_below_the_rows_that_is_filled_by_address_goes_down_with_them() -> None:
    layout = visits_layout()
    layout = FormLayout("xlsx", layout.sheet, 4, 5, 12, layout.columns, {"J13": "total"})

    sheet = load_workbook(BytesIO(fill_form(visit_form(), layout, rows(20), SAID))).active

    assert sheet["J25"].value == 12


def test_a_reckoning_of_the_form_in_each_row_goes_on_in_the_new_rows() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "涉及人数", "加倍"])
    sheet.append([None, None, "=B2*2"])
    sheet.append(["合计", "=SUM(B2:B2)", "=SUM(C2:C2)+B3"])
    layout = FormLayout("xlsx", "Sheet", 1, 2, 2, {1: "serial", 2: "people"})

    made = load_workbook(
        BytesIO(fill_form(saved(book), layout, [{"serial": n, "people": n} for n in range(1, 6)], SAID))
    ).active

    assert [made.cell(row, 3).value for row in range(2, 7)] == [f"=B{row}*2" for row in range(2, 7)]
    assert made["B7"].value == "=SUM(B2:B6)"
    assert made["C7"].value == "=SUM(C2:C6)+B7"


def test_validations_conditional_formats_print_area_and_other_sheets_grow_along() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "涉及人数"])
    for _ in range(3):
        sheet.append([None, None])
    sheet.append(["合计", "=SUM(B2:B4)"])
    choice = DataValidation(type="list", formula1='"1,2"')
    choice.add("B2:B4")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add(
        "B2:B4", CellIsRule(operator="greaterThan", formula=["$B$5"], font=Font(bold=True))
    )
    sheet.print_area = "A1:B5"
    book.create_sheet("汇总")["A1"] = "=Sheet!B5+SUM(Sheet!$B$2:$B$4)"
    layout = FormLayout("xlsx", "Sheet", 1, 2, 4, {1: "serial", 2: "people"})

    made = load_workbook(
        BytesIO(fill_form(saved(book), layout, [{"serial": n, "people": n} for n in range(1, 11)], SAID))
    )

    grown = made["Sheet"]
    assert str(grown.data_validations.dataValidation[0].sqref) == "B2:B11"
    (formatting,) = grown.conditional_formatting
    assert str(formatting.sqref) == "B2:B11"
    assert formatting.rules[0].formula == ["$B$12"]
    assert grown.print_area == "'Sheet'!$A$1:$B$12"
    assert made["汇总"]["A1"].value == "=Sheet!B12+SUM(Sheet!$B$2:$B$11)"


def test_a_merged_cell_across_each_row_is_merged_in_new_rows_too() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "内容", None])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("B2:C2")
    sheet["A3"] = "备注"
    layout = FormLayout("xlsx", "Sheet", 1, 2, 2, {1: "serial", 3: "words"})

    made = load_workbook(
        BytesIO(fill_form(saved(book), layout, [{"serial": n, "words": f"话{n}"} for n in range(1, 4)], SAID))
    ).active

    assert {"B2:C2", "B3:C3", "B4:C4"} <= merged(made)
    assert [made.cell(row, 2).value for row in (2, 3, 4)] == ["话1", "话2", "话3"]
    assert made["A5"].value == "备注"


@pytest.mark.parametrize(
    ("formula", "grown"),
    [
        ("=SUM(I5:I12)", "=SUM(I5:I34)"),
        ("=SUM($I$5:$I$12)", "=SUM($I$5:$I$34)"),
        ("=SUM(I1:I4)", "=SUM(I1:I4)"),
        ("=I13/I3", "=I35/I3"),
        ("=SUM(I5:I8)", "=SUM(I5:I34)"),
        ('=COUNTIF(G5:G12,"见到")&"I13"', '=COUNTIF(G5:G34,"见到")&"I13"'),
        ("=SUM(I:I)", "=SUM(I:I)"),
        ("=SUM(别表!I5:I12)", "=SUM(别表!I5:I12)"),
        ("=SUM('走访台账'!I5:I12)", "=SUM('走访台账'!I5:I34)"),
    ],
)
def test_references_follow_the_rows(formula: str, grown: str) -> None:
    assert Growth("走访台账", 5, 12, 22).formula(formula, own=True) == grown


# --- nothing that was typed runs ------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", INJECTED)
def test_what_residents_typed_is_text_in_a_filled_form(typed: str) -> None:
    layout = visits_layout()
    values = dict.fromkeys(layout.columns.values(), typed) | {"serial": 1}

    sheet = load_workbook(BytesIO(fill_form(visit_form(), layout, [values] * 12, SAID | {"community": typed}))).active

    for row in (5, 16):
        for column in (2, 3, 8):
            cell = sheet.cell(row, column)
            assert cell.data_type == "s", typed
            assert cell.hyperlink is None
    assert sheet["C2"].data_type == "s"
    assert sheet.cell(17, 9).value == "=SUM(I5:I16)"


def test_a_text_in_braces_that_a_resident_typed_is_not_filled_in() -> None:
    sheet = load_workbook(BytesIO(fill_form(visit_form(), visits_layout(), rows(1, note="{{filled_by}}"), SAID))).active

    assert sheet.cell(5, 8).value == "{{filled_by}}"


def test_a_day_stays_a_day_where_the_form_expects_one() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "登记日期"])
    sheet["B2"].number_format = "yyyy-mm-dd"
    layout = FormLayout("xlsx", "Sheet", 1, 2, 2, {1: "serial", 2: "day"})

    made = load_workbook(BytesIO(fill_form(saved(book), layout, [{"serial": 1, "day": "2026-03-05"}], SAID))).active

    assert made["B2"].is_date
    assert made["B2"].value.year == 2026


# --- size -------------------------------------------------------------------------------------------------------


def test_ten_thousand_rows_are_filled_in_bounded_time_and_memory() -> None:
    layout = best_layout(read_sheets(need_form()), LedgerKind.NEEDS)
    many: Iterator[dict[str, str | int]] = (
        {"serial": n, "number": f"LL-2026-{n:04d}", "words": "楼道灯坏了" * 6, "people": 3} for n in range(1, 10_001)
    )
    tracemalloc.start()
    began = time.process_time()

    made = fill_form(need_form(), layout, many, SAID)

    spent = time.process_time() - began
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(made) < 2_000_000
    assert spent < 60, spent
    assert peak < 200 * 1024 * 1024, peak


def test_what_merged_heading_cells_repeat_stands_once_in_the_specimen_and_titles_stand_above() -> None:
    lines = [
        ["走访统计表"] * 4,
        ["社区：柳林", "", "", ""],
        ["序号", "走访", "走访", "备注"],
        ["序号", "日期", "结果", "备注"],
        ["1", "见到", "见到", "见到"],
    ]

    titles, kept = titles_and_lines(lines, 4)

    assert titles == ["走访统计表", "社区：柳林"]
    assert kept == [["序号", "走访", "", "备注"], ["", "日期", "结果", ""], ["1", "见到", "见到", "见到"]]


@pytest.mark.parametrize("head", [0, 1, 9])
def test_a_form_without_title_or_with_blank_lines_keeps_every_line_that_says_something(head: int) -> None:
    lines = [["", ""], ["题", "题"], ["", ""], ["甲", "乙"], ["1", "1"]]

    titles, kept = titles_and_lines(lines, head)

    told = {*titles, *(text for line in kept for text in line if text)}
    assert told == {"题", "甲", "乙", "1"}
    assert lines[1] == ["题", "题"]

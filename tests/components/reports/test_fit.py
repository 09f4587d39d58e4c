"""Nothing of a filled form is cut: rows grow with their text, and headings of two rows are repeated whole."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from components.reports.fill import fill_form
from components.reports.fit import MOST_HEIGHT, header_top
from components.reports.reading import best_layout, read_sheets
from components.text_height import LINE
from db.demo.reports.form_files import BOX, need_form, visit_form
from db.rules.reports.form import FormLayout
from db.terms import LedgerKind

SAID: dict[str, str | int] = {"subdistrict": "澄湖街道", "community": "柳林社区", "period": "2026年3月"}


def visits_layout() -> FormLayout:
    return best_layout(read_sheets(visit_form()), LedgerKind.VISITS)


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"serial": n, "day": "2026-03-05", "note": "在家", "needs": n} | more for n in range(1, count + 1)]


def saved(book: Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def lines_shown(sheet: Any, row: int, size: float = 11) -> float:
    return float(sheet.row_dimensions[row].height) / (size * LINE)


def with_note(note: str, count: int = 1) -> Any:
    made = fill_form(
        visit_form(), best_layout(read_sheets(visit_form()), LedgerKind.VISITS), rows(count, note=note), SAID
    )
    return load_workbook(BytesIO(made)).active


def test_a_row_grows_with_its_text_and_a_short_one_keeps_the_forms_height() -> None:
    note = "楼道灯坏了，老人晚上不敢下楼。" * 10
    sheet = with_note(note)

    assert sheet.cell(5, 8).value == note
    assert lines_shown(sheet, 5) >= 150 / 17
    assert sheet.row_dimensions[6].height == 27


def test_a_text_that_no_row_holds_goes_on_in_the_next_rows_and_is_numbered_once() -> None:
    note = "".join(f"第{n}句话说的是楼道灯。" for n in range(100))[:1000]
    sheet = with_note(note, 3)

    shown = [(sheet.cell(row, 1).value, sheet.cell(row, 8).value) for row in range(5, 20)]
    starts = [at for at, (serial, _text) in enumerate(shown) if isinstance(serial, int)]
    assert [shown[at][0] for at in starts] == [1, 2, 3]
    assert "".join(text for _serial, text in shown[starts[0] : starts[1]]) == note
    assert starts[1] - starts[0] > 1
    for row in range(5, 8):
        assert sheet.row_dimensions[row].height <= MOST_HEIGHT
    assert sheet.cell(6, 2).value is None
    assert sheet.cell(5, 1).border.bottom.style is None
    assert sheet.cell(4 + starts[1], 8).border.bottom.style == "thin"


def test_what_the_form_reckons_in_each_row_is_not_reckoned_where_a_text_goes_on() -> None:
    book = Workbook()
    for line in (["内容", "人数", "加倍"], [None, None, "=B2*2"], [None, None, "=B3*2"], [], ["合计", "=SUM(B2:B4)"]):
        book.active.append(line)
    layout = FormLayout("xlsx", "Sheet", 1, 2, 4, {1: "words", 2: "people"})

    sheet = load_workbook(
        BytesIO(fill_form(saved(book), layout, [{"words": "很长的话" * 60, "people": 4}] * 2, SAID))
    ).active

    said = [(sheet.cell(row, 2).value, sheet.cell(row, 3).value) for row in range(2, sheet.max_row)]
    assert [(row, formula) for row, (_n, formula) in enumerate(said, 2) if formula] == [
        (row, f"=B{row}*2") for row, (n, _formula) in enumerate(said, 2) if n
    ]
    assert sheet.cell(sheet.max_row, 2).value == f"=SUM(B2:B{sheet.max_row - 1})"


def test_a_merged_cell_grows_too_across_and_down() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["序号", "内容"])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("B2:C2")
    sheet["A4"] = "说明：{{community}}"
    sheet.merge_cells("A4:A5")
    layout = FormLayout("xlsx", "Sheet", 1, 2, 2, {1: "serial", 3: "words"})

    made = load_workbook(
        BytesIO(fill_form(saved(book), layout, [{"serial": 1, "words": "话" * 40}], SAID | {"community": "名" * 40}))
    ).active

    assert 40 * 11 / (2 * 8.43 * 5.25) <= lines_shown(made, 2) < 40 * 11 / (8.43 * 5.25)
    assert made["B2"].alignment.wrap_text
    assert (made.row_dimensions[4].height or 15) + made.row_dimensions[5].height >= 43 * 11 / (8.43 * 5.25) * 11 * LINE


def test_a_title_that_became_long_grows_and_a_row_of_the_form_never_shrinks() -> None:
    made = fill_form(
        visit_form(),
        best_layout(read_sheets(visit_form()), LedgerKind.VISITS),
        rows(1),
        SAID | {"subdistrict": "澄湖" * 40},
    )
    sheet = load_workbook(BytesIO(made)).active

    assert sheet.row_dimensions[1].height > 2 * 18
    assert sheet.row_dimensions[2].height == 24


def test_a_group_over_headings_is_repeated_with_them_merged_or_framed() -> None:
    book = Workbook()
    sheet = book.active
    for line in (["台账", None, None], ["", "走访", "住户"], ["序号", "日期", "门牌"]):
        sheet.append(line)
    sheet.merge_cells("A1:C1")
    assert header_top(sheet, 3) == 3
    for line in sheet["A2:C3"]:
        for cell in line:
            cell.border = BOX
    assert header_top(sheet, 3) == 2
    assert header_top(load_workbook(BytesIO(visit_form())).active, 4) == 3
    assert header_top(load_workbook(BytesIO(need_form())).active, 2) == 2

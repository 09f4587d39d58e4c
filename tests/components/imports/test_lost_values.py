"""What a table has lost or hides is never taken in silence: every make of file says the same."""

from collections import Counter

import pytest
from openpyxl import Workbook

from components.imports.read_sheet import SheetReader, read_sheet
from components.imports.read_sheet_marks import ERROR
from components.imports.read_sheet_records import CODES, marks_of_xls, marks_of_xlsb
from db.rules.imports.cells import BadCell, Fault, must_be_whole
from db.rules.imports.sheet import BadSheet, Sheet, SheetTrouble
from tests.builders.imports import workbook
from tests.support.marked_sheets import HERE, ROWS, as_older, marked_xlsx, ods, ods_row, saved, xlsb, xlsb_rows
from tests.support.sheet_fuzz import damaged, part_of, repacked

SHEET = "xl/worksheets/sheet1.xml"


def with_cells(cells: str) -> bytes:
    """A workbook whose third row is given as XML."""
    content = workbook([["姓名", "照片"], ["张测试", "x"]])
    part = part_of(content, SHEET).decode().replace("</sheetData>", f'<row r="3">{cells}</row></sheetData>')
    return repacked(content, {SHEET: part.encode()})


@pytest.mark.parametrize("make", ["xlsx", "prefixed xlsx", "ods", "xls"])
def test_long_numbers_errors_durations_merged_cells_and_hidden_rows_are_the_same_in_every_make(make: str) -> None:
    files = {"xlsx": marked_xlsx, "prefixed xlsx": lambda: as_older(marked_xlsx())}
    content = files[make]() if make in files else (HERE / f"marked.{make}").read_bytes()

    sheet = read_sheet(content)

    assert sheet.rows == ROWS
    assert sheet.hidden == (3,)
    assert sheet.pictures == ()


def test_a_sheet_of_xlsb_tells_its_hidden_rows_and_errors() -> None:
    sheet = xlsb_rows([(False, {}), (True, {0: 0x2A}), (False, {2: 0x07, 300: 0x17})])

    with xlsb(sheet) as box:
        marks = marks_of_xlsb(box, "名单")
        assert not marks_of_xlsb(box, "另一张").errors

    assert marks.hidden == {1}
    assert marks.errors == {(1, 0): "#N/A", (2, 2): "#DIV/0!", (2, 300): "#REF!"}


@pytest.mark.parametrize("cut", [0, 40, 600, 3000, 5000])
def test_a_damaged_xls_has_no_marks_and_raises_nothing(cut: int) -> None:
    assert not marks_of_xls((HERE / "marked.xls").read_bytes()[:cut], 0).merged
    assert not marks_of_xls((HERE / "marked.xls").read_bytes(), 9).errors


def test_rows_above_the_table_do_not_move_the_marks() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for called, value in {
        "C4": "姓名",
        "D4": "电话",
        "C5": "张测试",
        "D5": "#N/A",
        "C6": "李测试",
        "C7": "王测试",
    }.items():
        sheet[called] = value
    sheet["D5"].data_type = "e"
    sheet.row_dimensions[6].hidden = True
    sheet.row_dimensions[2].hidden = True

    read = read_sheet(saved(book))

    assert (read.first_row, read.hidden) == (4, (2,))
    assert read.rows[1] == ["张测试", "#N/A"]


def test_the_marks_are_those_of_the_sheet_that_is_read() -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("第二张")
    assert first is not None
    for sheet, rows in ((first, (2,)), (second, (3,))):
        for number in range(4):
            sheet.append([f"甲{number}", "乙"])
        for row in rows:
            sheet.row_dimensions[row].hidden = True
    content = saved(book)

    assert read_sheet(content).hidden == (1,)
    assert read_sheet(content, "第二张").hidden == (2,)


DISPIMG = "_xlfn.DISPIMG(&quot;ID_1&quot;,1)"


@pytest.mark.parametrize(
    "cell",
    [
        f'<c r="B3" t="str"><f>{DISPIMG}</f><v>=DISPIMG(&quot;ID_1&quot;,1)</v></c>',
        f'<c r="B3"><f>{DISPIMG}</f></c>',
        f'<c r="B3" t="e"><f>{DISPIMG}</f><v>#NAME?</v></c>',
        '<c r="B3" t="inlineStr"><is><t>=DISPIMG("ID_1",1)</t></is></c>',
        '<c r="B3" t="e" vm="1"><v>#VALUE!</v></c>',
    ],
)
def test_a_picture_in_a_cell_is_empty_and_named(cell: str) -> None:
    sheet = read_sheet(with_cells('<c r="A3" t="inlineStr"><is><t>李测试</t></is></c>' + cell))

    assert sheet.pictures == ("B3",)
    assert (sheet.rows[2] + [""])[:2] == ["李测试", ""]


def test_a_formula_without_result_still_keeps_the_file_out() -> None:
    with pytest.raises(BadSheet) as bad:
        read_sheet(with_cells('<c r="B3"><f>A1&amp;A2</f></c>'))
    assert (bad.value.trouble, bad.value.where) == (SheetTrouble.FORMULA, "B3")


# --- .ods -------------------------------------------------------------------------------------------------

EMPTY, COVERED = "<table:table-cell/>", "<table:covered-table-cell/>"


def spanned(text: str, rows: int, columns: int) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-rows-spanned="{rows}" '
        f'table:number-columns-spanned="{columns}"><text:p>{text}</text:p></table:table-cell>'
    )


def formula(shown: str, kind: str = "") -> str:
    return f'<table:table-cell table:formula="of:=X" {kind}><text:p>{shown}</text:p></table:table-cell>'


def rows_of(*rows: str) -> Sheet:
    return read_sheet(ods("".join(rows)))


def test_merged_cells_of_ods_say_the_same_in_every_cell_also_behind_repeated_rows_and_columns() -> None:
    sheet = rows_of(
        ods_row(spanned("柳林小区住户", 1, 4), '<table:covered-table-cell table:number-columns-repeated="3"/>'),
        ods_row("小区", spanned("门牌", 1, 2), COVERED, "户主"),
        ods_row("甲", "1", "2", "x", more='table:number-rows-repeated="2"'),
        ods_row('<table:table-cell table:number-columns-repeated="2"/>', spanned("3幢", 2, 1), "y"),
        ods_row('<table:table-cell table:number-columns-repeated="2"/>', COVERED, "z"),
    )

    assert sheet.rows == [
        ["柳林小区住户"] * 4,
        ["小区", "门牌", "门牌", "户主"],
        ["甲", "1", "2", "x"],
        ["甲", "1", "2", "x"],
        ["", "", "3幢", "y"],
        ["", "", "3幢", "z"],
    ]


@pytest.mark.parametrize("how", ["filter", "collapse"])
def test_hidden_rows_of_ods_are_named_also_repeated_ones(how: str) -> None:
    sheet = rows_of(
        ods_row("姓名"),
        ods_row("甲", more=f'table:number-rows-repeated="2" table:visibility="{how}"'),
        ods_row("乙"),
        ods_row(EMPTY, more=f'table:number-rows-repeated="1048570" table:visibility="{how}"'),
    )

    assert sheet.rows == [["姓名"], ["甲"], ["甲"], ["乙"]]
    assert sheet.hidden == (1, 2)


@pytest.mark.parametrize(
    "kind", ['office:value-type="string" office:string-value=""', 'office:value-type="float" office:value="0"', ""]
)
def test_errors_of_ods_stand_in_their_cells_however_they_are_stored(kind: str) -> None:
    sheet = rows_of(
        ods_row("姓名", "电话"), ods_row("张测试", formula("#N/A", kind)), ods_row("李测试", formula("Err:502", kind))
    )

    assert [row[1] for row in sheet.rows[1:]] == ["#N/A", "Err:502"]


def test_an_error_right_of_everything_else_is_not_lost() -> None:
    error = formula("#N/A", 'office:value-type="string" office:string-value=""')

    assert rows_of(ods_row("姓名"), ods_row("张测试", EMPTY, error), ods_row("李测试")).rows[1] == [
        "张测试",
        "",
        "#N/A",
    ]


def test_a_formula_of_ods_without_its_result_is_refused_with_its_address() -> None:
    with pytest.raises(BadSheet) as bad:
        rows_of(ods_row("姓名", "电话"), ods_row("张测试", '<table:table-cell table:formula="of:=A1"/>'))
    assert (bad.value.trouble, bad.value.where) == (SheetTrouble.FORMULA, "B2")


def test_lengths_of_time_of_ods_are_hours_and_minutes() -> None:
    cell = '<table:table-cell office:value-type="time" office:time-value="PT100H05M09S"/>'

    assert rows_of(ods_row("时长"), ods_row(cell)).rows[1] == ["100:05:09"]


@pytest.mark.parametrize("shown", [*CODES.values(), "#SPILL!", "#CALC!", "Err:502"])
def test_every_error_that_a_file_shows_is_known_to_the_rule(shown: str) -> None:
    assert ERROR.fullmatch(shown)
    with pytest.raises(BadCell) as bad:
        must_be_whole(shown)
    assert bad.value.fault is Fault.ERROR_VALUE


# --- damage -----------------------------------------------------------------------------------------------


def test_marked_files_that_are_damaged_are_read_or_refused_and_never_crash() -> None:
    good = [marked_xlsx(), (HERE / "marked.ods").read_bytes(), (HERE / "marked.xls").read_bytes()]
    told: Counter[str] = Counter()
    with SheetReader(seconds=10) as reader:
        for content in damaged(300, good):
            try:
                reader.read(content)
                told["read"] += 1
            except BadSheet as bad:
                told[bad.trouble.value] += 1

    assert sum(told.values()) == 300
    assert told["read"] > 20
    assert told["too_slow"] == 0

"""A stranger's file: every make is read, and none of two thousand broken ones crashes or holds up the app."""

import time
from collections import Counter

import pytest

from components.imports.read_sheet import SheetReader, read_sheet
from components.refusals.imports import sheet_words
from db.rules.imports.column_match import guess, knows
from db.rules.imports.sheet import BadSheet, SheetTrouble, find_heading
from db.terms import ImportKind
from tests.builders.imports import household_file, workbook
from tests.support.excel_files import STYLES, changed, plain_book, saved, strict
from tests.support.sheet_fuzz import HEAD, XLS, broken, good_files, hand_made, repacked, separated

NAMED = {
    "empty": "empty",
    "blanks": "empty",
    "zeros": "empty",
    "bomb": "bomb",
    "ratio": "bomb",
    "nested": "bomb",
    "entries": "bomb",
    "laughs": "bomb",
    "laughs in strings": "bomb",
    "too wide": "too_many_columns",
    "too long": "too_long_cell",
    "unvalued formula": "formula",
    "password": "encrypted",
    "web page": "web_page",
    "xml": "not_a_sheet",
    "picture": "not_a_sheet",
    "pdf": "not_a_sheet",
    "a document": "not_a_sheet",
    "many lines": "too_many_rows",
    "a field without end": "too_long_cell",
}
"""What the named ones are called; the others may be read or refused, as long as one of both happens."""


@pytest.mark.parametrize("at", range(6))
def test_every_make_of_file_is_read(at: int) -> None:
    sheet = read_sheet(good_files()[at])

    heading = find_heading(sheet.rows, knows(ImportKind.HOUSEHOLDS))
    columns = guess(ImportKind.HOUSEHOLDS, heading.names)
    assert {"place", "building", "stairwell", "room", "name", "phone"} <= set(columns)
    first = sheet.rows[heading.data_at]
    assert (first[columns["place"]], first[columns["building"]], first[columns["room"]]) == ("柳林小区", "1幢", "101")
    assert first[columns["phone"]].isdigit()
    assert len(first[columns["phone"]]) == 11


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_files_of_every_encoding_and_mark(encoding: str, mark: str) -> None:
    assert read_sheet(separated(mark, encoding)).rows[0] == HEAD


def test_merged_cells_say_the_same_in_every_cell_and_headings_join() -> None:
    sheet = read_sheet(household_file(2))

    assert sheet.rows[1] == ["序号", "小区", "门牌", "门牌", "门牌", "户主", "户主"]
    heading = find_heading(sheet.rows, knows(ImportKind.HOUSEHOLDS))
    assert (heading.at, heading.span) == (1, 2)
    assert heading.names[2:4] == ("门牌/楼栋", "门牌/单元")


def test_digits_days_and_first_rows_are_kept() -> None:
    sheet = read_sheet(workbook([[], [], ["电话", "日期"], [13800000000, 0.5], ["013800000000", True]]))

    assert sheet.first_row == 3
    assert sheet.rows[1][0] == "13800000000"
    assert sheet.rows[2] == ["013800000000", "是"]


def test_the_named_ones_get_their_own_sentence() -> None:
    with SheetReader(seconds=20) as reader:
        for name, content in hand_made(household_file(3)):
            found = ""
            try:
                reader.read(content)
            except BadSheet as bad:
                found = bad.trouble.value
            assert found == NAMED.get(name, found), name


def test_two_thousand_broken_files_never_crash_and_never_hang() -> None:
    told: Counter[str] = Counter()
    slowest = 0.0
    with SheetReader(seconds=10) as reader:
        for content in broken(2000):
            before = time.monotonic()
            try:
                reader.read(content)
                told["read"] += 1
            except BadSheet as bad:
                told[bad.trouble.value] += 1
            slowest = max(slowest, time.monotonic() - before)
        # A file that kills its child costs a new one; that stays the exception.
        assert reader.started <= 250

    assert sum(told.values()) == 2000
    assert told["broken"] > 200
    assert told["too_slow"] == 0
    assert slowest < 12


def test_a_child_that_takes_too_long_is_ended_and_the_next_file_is_read() -> None:
    with SheetReader(seconds=0.02) as reader:
        with pytest.raises(BadSheet) as bad:
            reader.read(household_file(3000))
        assert bad.value.trouble in (SheetTrouble.TOO_SLOW, SheetTrouble.TOO_MUCH)
        reader.seconds = 20
        assert reader.read(household_file(3)).rows


def test_a_file_that_wants_all_memory_ends_only_its_child() -> None:
    far = dict(hand_made(household_file(3)))["two far cells"]
    with SheetReader(seconds=20, memory=512 * 1024 * 1024) as reader:
        with pytest.raises(BadSheet) as bad:
            reader.read(far)
        assert bad.value.trouble in (SheetTrouble.TOO_MUCH, SheetTrouble.TOO_MANY_ROWS, SheetTrouble.BROKEN)
        assert reader.read(household_file(3)).rows


def test_every_trouble_has_its_sentence() -> None:
    for trouble in SheetTrouble:
        assert sheet_words(BadSheet(trouble, "A1"))
    assert repacked(household_file(1), {})
    assert XLS.exists()


def test_a_strict_file_and_days_in_built_in_formats_of_china_are_read() -> None:
    book = plain_book()
    book["走访台账"]["A2"], book["走访台账"]["B2"] = 46086, "在家"
    book["走访台账"]["A2"].number_format = "0.00%"
    file = changed(saved(book), (STYLES, 'numFmtId="10"', 'numFmtId="31"'))

    for content in (file, strict(file)):
        assert read_sheet(content).rows[1][:2] == ["2026-03-05", "在家"]

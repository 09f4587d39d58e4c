"""What the text of a cell becomes: every spelling that a list brings, and what is a fault at its cell."""

from datetime import date

import pytest

from db.rules.imports.cells import BadCell, Book, Fault, any_day, name, phone, text, whole
from db.rules.imports.rows import check_rows
from db.rules.imports.sheet import day_from
from db.terms import ImportKind

BOOK = Book(date(2026, 3, 9), {"柳林小区": 7}, {"环境整治": 4})
DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2026年3月5日上午9时", "2026年3月5日 上午9时30分", "2026年3月5日下午3:30",
        "2026年3月5日14点", "2026年3月5日9时许",
        "2026年3月5日（星期四）", "2026年3月5日(周四)", "2026年3月5日 星期四 14:20", "2026-03-05（四）",
        "2026年3月5号", "2026年3月5", "２０２６年３月５日", "2026 年 3 月 5 日",
        "20260305", "20260305 14:20", "20260305142033", "202603051420",
        "二〇二六年三月五日", "二零二六年三月五日", "二○二六年三月五日上午", "2026年三月五号",
        "2026-03-05", "2026/3/5", "2026.3.5", "2026．3．5", "2026-3-5 14:20", "2026-03-05T14:20:33+08:00",
        "2026-03-05 14:20:33.125", "2026-03-05T06:20:00Z", "2026/3/5 上午 9:05:00", "2026年3月5日\n",
    ],
)  # fmt: skip
def test_a_day_in_every_usual_spelling(written: str) -> None:
    assert day_from(written) == DAY


@pytest.mark.parametrize(
    ("written", "day"),
    [("二〇二五年十二月二十一日", date(2025, 12, 21)), ("二〇二六年十月十日", date(2026, 10, 10)),
     ("2026年1月廿八日", date(2026, 1, 28))],
)  # fmt: skip
def test_days_in_chinese_numerals(written: str, day: date) -> None:
    assert day_from(written) == day


@pytest.mark.parametrize(
    "written",
    ["", "2026年3月", "3月5日", "2026年2月30日", "2026-13-05", "二〇二六年三月",
     "2026-03-05 至 2026-03-08", "2026年3月5日—8日", "2026年3月5日前", "20260305012",
     "2026-03-051", "2026年3月5日 未定", "46086"],
)  # fmt: skip
def test_what_is_no_single_day_is_a_fault(written: str) -> None:
    assert day_from(written) is None
    with pytest.raises(BadCell) as bad:
        any_day(written, BOOK)
    assert bad.value.fault is Fault.BAD_DATE


@pytest.mark.parametrize(
    ("written", "number"),
    [("三人", 3), ("两户", 2), ("1,200", 1200), ("1，200人", 1200), ("十二户", 12), ("一百零五人", 105),
     ("共3人", 3), ("3 人", 3), ("3", 3), ("3.0", 3), ("３０", 30), ("120户", 120), ("第3席", 3), ("3名居民", None),
     ("3-5人", None), ("几人", None), ("1.5", None), ("约30人", None), ("30余人", None), ("三五人", None),
     ("1,20", None), ("3人5户", None)],
)  # fmt: skip
def test_whole_numbers_with_their_word(written: str, number: int | None) -> None:
    parse = whole(1, 100_000)
    if number is None:
        with pytest.raises(BadCell) as bad:
            parse(written, BOOK)
        assert bad.value.fault is Fault.NOT_A_NUMBER
    else:
        assert parse(written, BOOK) == number


@pytest.mark.parametrize(
    ("written", "number", "remark"),
    [("13800000000（儿子）", "13800000000", "儿子"), ("138 0000 0000", "13800000000", ""),
     ("13800000000\n13900000001", "13800000000", "13900000001"), ("0574-88888888转801", "0574-88888888", "转801")],
)  # fmt: skip
def test_a_telephone_number_and_its_remark(written: str, number: str, remark: str) -> None:
    assert phone(written, BOOK) == number

    (row,) = check_rows(ImportKind.VOLUNTEERS, [{"name": "李测试", "phone": written}], BOOK).values

    assert (row["phone"], row["phone_remark"]) == (number, remark)


def test_a_remark_that_is_too_long_is_a_fault() -> None:
    with pytest.raises(BadCell) as bad:
        phone("13800000000" + "很" * 41, BOOK)
    assert (bad.value.fault, bad.value.most) == (Fault.TOO_LONG, 40)


@pytest.mark.parametrize("dot", "·•‧・･∙⋅●.．")
def test_the_dot_of_a_name_has_one_form(dot: str) -> None:
    assert name("阿依古丽" + dot + " 买买提", BOOK) == "阿依古丽·买买提"
    assert name("J. Smith", BOOK) == "J. Smith"


# --- what the table lost ----------------------------------------------------------------------------------

HOTLINE = {"category": "环境整治", "place": "柳林小区", "name": "周测试"}


@pytest.mark.parametrize("cut", ["3.30204198001011E+17", "3.30204E+17", "1E+15", "1.23456789012346e+15", "３．３E+17"])
@pytest.mark.parametrize("field", ["source_number", "description", "phone", "on", "room"])
def test_a_number_whose_last_digits_the_table_cut_is_a_fault_at_its_cell(cut: str, field: str) -> None:
    row = HOTLINE | {"source_number": "12345-1", "description": "垃圾没人清"} | {field: cut}

    checked = check_rows(ImportKind.HOTLINE, [row], BOOK)

    assert [(one.field, one.fault, one.text) for one in checked.faults] == [(field, Fault.CUT_DIGITS, cut)]


@pytest.mark.parametrize("kept", ["330204198001011234", "20260305000000000001", "3.5E+3", "1E+14", "E+17"])
def test_digits_written_as_text_are_whole(kept: str) -> None:
    row = HOTLINE | {"source_number": kept, "description": "垃圾没人清"}

    assert check_rows(ImportKind.HOTLINE, [row], BOOK).values[0]["source_number"] == kept


@pytest.mark.parametrize(
    "shown",
    ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#n/a ", "＃N/A", "Err:502"],
)
@pytest.mark.parametrize("field", ["name", "phone", "building", "door_note", "place", "kind"])
def test_a_cell_that_shows_an_error_is_a_fault_and_never_empty_or_a_name(shown: str, field: str) -> None:
    row = {"place": "柳林小区", "building": "3幢", "room": "401", "name": "张测试"} | {field: shown}

    checked = check_rows(ImportKind.HOUSEHOLDS, [row], BOOK)

    assert (field, Fault.ERROR_VALUE) in [(one.field, one.fault) for one in checked.faults]


@pytest.mark.parametrize("kept", ["#接龙", "#3幢", "N/A", "3#楼"])
def test_other_words_with_a_hash_are_words(kept: str) -> None:
    assert text(60)(kept, BOOK) == kept


def test_two_orders_of_one_number_with_other_words_are_told_and_the_same_order_twice_is_not() -> None:
    first = HOTLINE | {"source_number": "12345-1", "description": "垃圾没人清"}
    rows = [first, first | {"description": "路灯不亮"}, dict(first), first | {"source_number": "12345-2"}]

    checked = check_rows(ImportKind.HOTLINE, rows, BOOK)

    assert [(one.row, one.field, one.fault) for one in checked.faults] == [(1, "source_number", Fault.SAME_NUMBER)]

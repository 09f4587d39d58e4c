"""A telephone number as people write it down: the first number, and what stands beside it as a remark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.masking import masked_phone
from db.rules.people.doubles import digits_of
from db.rules.phone import read_phone

WRITTEN = [
    ("13800000000", "13800000000", ""),
    ("138 0000 0000", "13800000000", ""),
    ("138-0000-0000 ", "13800000000", ""),
    ("+86 138 0000 0000", "13800000000", ""),
    ("13800000000（儿子）", "13800000000", "儿子"),
    ("13800000000(儿子)", "13800000000", "儿子"),
    ("１３８００００００００【女儿】", "13800000000", "女儿"),
    ("13800000000 儿子", "13800000000", "儿子"),
    ("13800000000\n13900000001", "13800000000", "13900000001"),
    ("13800000000 13900000001", "13800000000", "13900000001"),
    ("13800000000、13900000001（女儿）", "13800000000", "13900000001(女儿)"),
    ("13800000000/0574-88888888", "13800000000", "0574-88888888"),
    ("张测试13800000000", "13800000000", "张测试"),
    ("儿子:13800000000", "13800000000", "儿子"),
    ("电话：13800000000", "13800000000", ""),
    ("13800000000.0", "13800000000", ""),
    ("0574-88888888转801", "0574-88888888", "转801"),
    ("0574-88888888 转 801", "0574-88888888", "转 801"),
    ("0574-88888888-801", "0574-88888888", "转801"),
    ("（0574）88888888", "0574-88888888", ""),
    ("057488888888", "057488888888", ""),
    ("88888888", "88888888", ""),
    ("8888-8888（晚上）", "88888888", "晚上"),
    ("400-820-8820", "4008208820", ""),
    ("666123", "666123", ""),
]


@pytest.mark.parametrize(("written", "number", "remark"), WRITTEN)
def test_the_first_number_and_the_rest_as_a_remark(written: str, number: str, remark: str) -> None:
    found = read_phone(written)

    assert found is not None
    assert (found.number, found.remark) == (number, remark)


@pytest.mark.parametrize("text", ["没有", "", "无", "1234", "12-34", "一三八"])
def test_what_holds_no_number_is_none(text: str) -> None:
    assert read_phone(text) is None


@pytest.mark.parametrize(("written", "number", "_remark"), WRITTEN)
def test_a_number_kept_with_its_remark_is_read_again_masked_and_compared_as_the_number(
    written: str, number: str, _remark: str
) -> None:
    found = read_phone(written)
    assert found is not None

    again = read_phone(str(found))

    assert again is not None
    assert again.number == number
    assert digits_of(str(found)) == digits_of(number)
    assert masked_phone(str(found)) == masked_phone(number)


@given(st.text(alphabet="0123456789 -()+（）转儿子、\n", max_size=40))
def test_no_digit_of_what_was_written_is_lost(text: str) -> None:
    found = read_phone(text)

    if found is not None:
        kept = sorted(letter for letter in str(found) if letter.isdigit())
        written = sorted(letter for letter in text if letter.isdigit())
        assert kept == written or sorted([*kept, "8", "6"]) == written or sorted([*kept, "0", "0", "8", "6"]) == written

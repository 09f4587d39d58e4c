"""Chinese numerals: digit by digit, with tens and hundreds, and the capitals of receipts."""

import pytest

from db.rules.numerals import number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("廿八", 28), ("一百零五", 105),
     ("两百", 200), ("一千二百", 1200), ("一千零三", 1003), ("三万", 30_000), ("一万二千", 12_000),
     ("四〇一", 401), ("二〇二六", 2026), ("二零二六", 2026), ("○", 0), ("〇", 0), ("壹拾贰", 12), ("叁佰", 300),
     ("401", 401), ("１２", 12), ("1,200", 1200), ("12,345,678", 12_345_678)],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    "text", ["", "人", "三人", "十十", "百", "1,20", "12,34", "二十三十", "三两", "1.5", "-3", "几十", "十〇", "一百二"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_of(text) is None

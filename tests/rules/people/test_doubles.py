"""When two records may be one: names as they are typed, telephones as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.people.doubles import alike, digits_of, likeness, tidy_name
from db.terms import Likeness

NAMES = st.text(st.sampled_from("王李桂英贵芳兰蘭·• 　（）a"), max_size=6)
PHONES = st.sampled_from([None, "", "13800001234", "138 0000 1234", "13900005678"])


@pytest.mark.parametrize(
    "typed",
    ["王秀兰", " 王 秀 兰 ", "王　秀兰", "王秀兰（3幢）", "王秀兰[女]", "王秀兰阿姨", "王·秀兰", "王\u200b秀兰"],
)
def test_one_name_is_typed_in_many_ways(typed: str) -> None:
    assert tidy_name(typed) == "王秀兰"


def test_a_surname_with_a_word_of_address_keeps_it() -> None:
    assert tidy_name("王阿姨") == "王阿姨"


def test_names_of_minorities_are_one_with_every_dot() -> None:
    assert len({tidy_name(f"阿依古丽{dot}买买提") for dot in "·•・．.‧"}) == 1


@pytest.mark.parametrize(
    ("first", "second", "together", "why"),
    [
        (("王桂英", "13800001234"), ("王 桂英", "138-0000-1234"), False, Likeness.SAME),
        (("王桂英", "13800001234"), ("王贵英", "13800001234"), False, Likeness.PHONE_AND_SOUND),
        (("王桂英", "13800001234"), ("王桂英", None), False, Likeness.NAME),
        (("王桂英", None), ("王贵英", None), False, Likeness.SOUND),
        (("王桂英", "13800001234"), ("王桂英", "13900005678"), False, Likeness.NAMESAKE),
        (("王桂英", "13800001234"), ("李建国", "13800001234"), True, Likeness.PHONE),
        (("王桂英", "13800001234"), ("王桂英", "13900005678"), True, Likeness.NAME),
        (("王桂英", None), ("王桂芳", None), True, Likeness.SOUND),
        (("王桂英", None), ("王桂芳", None), False, None),
        (("王桂英", "13800001234"), ("王贵英", "13900005678"), False, None),
        (("", None), ("", None), True, None),
    ],
)
def test_the_strongest_reason_is_given(
    first: tuple[str, str | None], second: tuple[str, str | None], together: bool, why: Likeness | None
) -> None:
    assert likeness(first, second, together=together) is why


@given(st.tuples(NAMES, PHONES), st.tuples(NAMES, PHONES), st.booleans())
def test_likeness_is_the_same_from_both_sides(
    first: tuple[str, str | None], second: tuple[str, str | None], together: bool
) -> None:
    assert likeness(first, second, together=together) is likeness(second, first, together=together)
    assert alike(first[0], second[0]) is alike(second[0], first[0])


@given(PHONES)
def test_a_number_is_its_digits(phone: str | None) -> None:
    assert digits_of(phone or "") == digits_of(" ".join(phone or ""))

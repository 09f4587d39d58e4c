"""Which two doors may be one flat, and which are two for certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.doors.door import Door
from db.rules.doors.doubles import group_of, may_be_one
from db.terms import Likeness


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("7栋", "1", "401室"), ("7幢", "1单元", "401"), Likeness.DOOR),
        (("7幢", "", "401"), ("7幢", "1单元", "401"), Likeness.NO_STAIRWELL),
        (("88弄12号", "", "502"), ("12号", "", "502"), Likeness.PART_OF_NAME),
        (("柳林路88弄12号", "", "502"), ("88弄12号", "", "502"), Likeness.PART_OF_NAME),
        (("1期3幢", "1单元", "502"), ("3幢", "", "502"), Likeness.PART_OF_NAME),
        (("7号", "", "502"), ("7幢", "", "502"), Likeness.OTHER_WORD),
        (("1期3幢", "", "502"), ("2期3幢", "", "502"), None),
        (("11期3幢", "", "502"), ("1期3幢", "", "502"), None),
        (("7幢", "1单元", "401"), ("7幢", "2单元", "401"), None),
        (("7幢", "", "202-1"), ("7幢", "", "202-2"), None),
        (("7幢", "", "401"), ("17幢", "", "401"), None),
        (("7幢", "1单元", "401"), ("", "", "401"), None),
    ],
)
def test_why_two_doors_may_be_one(one: tuple[str, str, str], other: tuple[str, str, str], why: Likeness | None) -> None:
    assert may_be_one(Door(*one), Door(*other)) is why
    assert may_be_one(Door(*other), Door(*one)) is why


parts = st.tuples(
    st.sampled_from(["7幢", "17幢", "1期7幢", "2期7幢", "7号", "88弄7号", "综合楼", ""]),
    st.sampled_from(["", "1单元", "2单元"]),
    st.sampled_from(["401", "402", "401-1"]),
)


@given(parts, parts)
def test_a_pair_is_always_of_one_group_and_one_room(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    if may_be_one(Door(*one), Door(*other)):
        assert (group_of(one[0]), one[2]) == (group_of(other[0]), other[2])

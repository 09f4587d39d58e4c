"""Which two doors may be one flat, and which are two for certain."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.doors import doubles
from db.rules.doors.door import Door
from db.rules.doors.doubles import group_of, may_be_one, pairs
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


names = st.sampled_from(
    [
        *("", "7", "7幢", "七号楼", "07栋", "7号", "7座", "7-1幢", "17幢", "A7", "A幢", "甲幢", "7幢2单元", "7幢401室"),
        *(
            "1期7幢",
            "11期7幢",
            "1期7号",
            "老1期7幢",
            "88弄7号",
            "柳林路88弄7号",
            "东区7幢",
            "东区",
            "综合楼",
            "老综合楼",
        ),
    ]
)
stairwells = st.sampled_from(["", "1", "1单元", "2单元", "东单元", "any"])
rooms = st.sampled_from(["401", "401室", "0401", "402", ""])


@given(st.lists(st.builds(Door, names, stairwells, rooms), min_size=8, max_size=20))
def test_the_pairs_of_many_doors_are_those_of_every_two(doors: list[Door]) -> None:
    every_two = [
        (one, other, why)
        for one, other in combinations(range(len(doors)), 2)
        if (why := may_be_one(doors[one], doors[other])) is not None
    ]

    assert pairs(doors) == every_two


def test_phases_with_the_same_houses_are_not_compared_with_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    doors = [
        Door(f"{phase}期{house}幢", f"{part}单元", "1") for phase in range(1, 9) for house in (3, 4) for part in (1, 2)
    ]
    compared: list[tuple[Door, Door]] = []
    likeness = doubles._likeness

    def counted(one: Door, other: Door) -> Likeness | None:
        compared.append((one, other))
        return likeness(one, other)

    monkeypatch.setattr(doubles, "_likeness", counted)

    assert pairs([*doors, Door("3幢", "", "1")]) == [
        (at, len(doors), Likeness.PART_OF_NAME) for at, door in enumerate(doors) if "期3幢" in door.building
    ]
    assert len(compared) == 16

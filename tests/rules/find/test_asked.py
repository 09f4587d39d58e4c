"""What is typed into the one search is read as what it can be, and as nothing else."""

from collections.abc import Callable

import pytest

from db.rules.doors.door import Door
from db.rules.find.asked import Asked, Kind, asked, places_meant

READ: list[tuple[str, Callable[[Asked], object], object]] = [
    ("LL-2026-0440", lambda one: (one.number, one.means), ("LL-2026-0440", {Kind.NEED})),
    ("ll-d2026-1", lambda one: (one.number, one.means), ("LL-D2026-0001", {Kind.ORDER})),
    ("ＬＬ－Ｔ２０２６－０００３", lambda one: (one.number, one.means), ("LL-T2026-0003", {Kind.COMPLAINT})),
    ("P2026-0003", lambda one: (one.year, one.running, one.means), (2026, 3, {Kind.PROJECT})),
    ("0440", lambda one: (one.running, one.means), (440, set(Kind) - {Kind.PERSON, Kind.SQUAD})),
    ("13800001234", lambda one: (one.phone, one.running), ("13800001234", None)),
    ("0571-5555 0100", lambda one: (one.phone, one.year), ("057155550100", None)),
    ("柳林东苑8幢2单元401", lambda one: (one.place, one.door), ("柳林东苑", Door("8幢", "2单元", "401"))),
    ("7#", lambda one: (one.place, one.door), ("", Door("7幢", "", ""))),
    ("8-2-401", lambda one: one.door, Door("8幢", "2单元", "401")),
    ("3号楼电梯", lambda one: (one.door, one.words), (None, "3号楼电梯")),
    ("401室", lambda one: one.door, None),
    ("Lou Dao", lambda one: one.sounds, "loudao"),
    ("l", lambda one: (one.sounds, one.words), ("", "l")),
    ("100%", lambda one: (one.running, one.words), (None, "100%")),
]


@pytest.mark.parametrize(("typed", "read", "as_"), READ, ids=[typed for typed, _, _ in READ])
def test_what_is_typed_is_read_as_what_it_is(typed: str, read: Callable[[Asked], object], as_: object) -> None:
    found = asked(typed)

    assert found is not None
    assert read(found) == as_


@pytest.mark.parametrize("typed", ["", "   ", "%", "，。", "/"])
def test_signs_alone_look_for_nothing(typed: str) -> None:
    assert asked(typed) is None


def test_the_end_of_a_number_is_one_of_this_year_or_of_the_two_before_in_each_community() -> None:
    found = asked("440")

    assert found is not None
    assert found.numbers(Kind.ORDER, ["LL", "HT"], 2026) == (
        *("LL-D2024-0440", "LL-D2025-0440", "LL-D2026-0440"),
        *("HT-D2024-0440", "HT-D2025-0440", "HT-D2026-0440"),
    )
    assert found.numbers(Kind.UNIT, ["LL"], 2026) == ()


@pytest.mark.parametrize(
    ("said", "meant"), [("", [1, 2]), ("东苑", [2]), ("柳林东苑小区", [2]), ("lldy", [2]), ("荷塘", [])]
)
def test_a_place_before_a_door_may_be_a_part_of_its_name_or_its_sounds(said: str, meant: list[int]) -> None:
    assert list(places_meant([(1, "柳林小区"), (2, "柳林东苑")], said)) == meant

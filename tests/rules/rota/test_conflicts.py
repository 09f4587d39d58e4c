from datetime import date, datetime, timedelta

import pytest

from db.rules.rota.conflicts import Busy, Hard, Soft, Span, against, at_once
from db.rules.zone import CHINA

DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 9, 10, tzinfo=CHINA)


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return datetime(2026, 3, 10, hour, minute, tzinfo=CHINA) + timedelta(days=days)


def slot(begin: int, end: int, *, over: int = 0) -> Span:
    return Span(1, at(begin), at(end, days=over))


def turn(begin: int, end: int, *, minute: int = 0, days: int = 0, number: int = 2) -> Busy:
    return Busy("站台", at(begin, minute, days), at(end, 0, days), number)


def test_nothing_stands_against_an_empty_day() -> None:
    found = against(slot(8, 12), [], ["tue-am"], NOW)

    assert (found.hard, found.soft) == (None, ())


@pytest.mark.parametrize(
    ("busy", "hard"),
    [
        (turn(8, 12, number=1), Hard.SAME_SLOT),
        (turn(11, 13), Hard.OVERLAP),
        (turn(7, 14), Hard.OVERLAP),
    ],
)
def test_two_things_at_one_time_cannot_be(busy: Busy, hard: Hard) -> None:
    found = against(slot(8, 12), [busy], [], NOW)

    assert found.hard is hard


def test_what_touches_is_no_overlap_but_is_asked() -> None:
    found = against(slot(8, 12), [turn(12, 14)], [], NOW)

    assert found.hard is None
    assert found.soft == (Soft.CLOSE, Soft.SECOND)
    assert found.named == "站台"


def test_a_second_turn_in_a_day_is_asked() -> None:
    assert against(slot(8, 12), [turn(14, 16)], [], NOW).soft == (Soft.SECOND,)


def test_twelve_hours_are_the_most_of_a_day() -> None:
    assert against(slot(8, 16), [turn(17, 21)], [], NOW).hard is None
    assert against(slot(8, 16), [turn(17, 22)], [], NOW).hard is Hard.DAY_FULL


def test_a_night_counts_on_both_days() -> None:
    night = turn(22, 6)
    night = Busy(night.what, at(22, days=-1), at(8), 2)

    assert against(slot(9, 14), [night], [], NOW).hard is Hard.DAY_FULL
    assert against(slot(9, 13), [night], [], NOW).hard is None


def test_the_past_and_what_is_called_off_cannot_be_taken() -> None:
    assert against(slot(8, 12), [], [], at(8)).hard is Hard.PAST
    assert against(Span(1, at(8), at(12), called_off=True), [], [], NOW).hard is Hard.CALLED_OFF


def test_another_half_day_than_those_given_is_asked_and_none_given_is_not() -> None:
    assert against(slot(8, 12), [], ["sat-am"], NOW).soft == (Soft.NOT_FREE,)
    assert against(slot(8, 12), [], [], NOW).soft == ()
    assert against(slot(10, 14), [], ["tue-am"], NOW).soft == (Soft.NOT_FREE,)


def order(number: str, minutes: int) -> Busy:
    return Busy(number, at(8), at(12), minutes=minutes)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (turn(8, 12), turn(11, 13, number=3), True),
        (turn(8, 12), turn(12, 13, number=3), False),
        (turn(8, 12), Busy("便民集市", at(9), at(10)), True),
        (Busy("便民集市", at(9), at(11)), Busy("便民集市", at(8), at(12)), False),
        (order("D-1", 60), order("D-2", 120), False),
        (order("D-1", 180), order("D-2", 120), True),
        (order("D-1", 60), turn(9, 10), True),
    ],
)
def test_what_two_people_do_at_one_time_one_cannot(one: Busy, other: Busy, clash: bool) -> None:
    assert at_once([one], [other]) == ((one, other) if clash else None)

"""Days, clocks and doubts of hours, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.volunteers.hours import (
    Doubt,
    Spell,
    clock_spell,
    day_full,
    doubt_about,
    fits,
    in_half_hours,
    too_long_since,
)
from db.rules.zone import CHINA
from db.terms import HoursDoubt

DAY = date(2026, 3, 5)
MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 3, 9), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
HALVES = st.integers(1, 24).map(lambda n: n * 30)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 5, tzinfo=CHINA) + timedelta(hours=hour, minutes=minute)


def spell(begin: int, end: int, minutes: int, name: str = "巡河") -> Spell:
    return Spell(name, DAY, minutes, at(begin), at(end))


@given(MOMENTS, st.integers(0, 3000), HALVES)
def test_no_minute_is_lost_or_doubled_over_midnight(begin: datetime, length: int, minutes: int) -> None:
    parts = clock_spell("x", begin, begin + timedelta(minutes=length), minutes).minutes_by_day

    assert sum(parts.values()) == minutes
    assert len(parts) <= 2


def test_a_night_is_split_at_chinese_midnight() -> None:
    assert spell(22, 28, 360).minutes_by_day == {DAY + timedelta(days=1): 240, DAY: 120}


def test_minutes_that_do_not_fit_between_the_presses_tell_only_the_day() -> None:
    assert clock_spell("x", at(9), at(9, 1), 60) == Spell("x", DAY, 60)
    assert clock_spell("x", at(9), at(10, 1), 90).since == at(9)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (spell(9, 11, 120), spell(11, 12, 60), True),
        (spell(9, 11, 120), spell(10, 12, 120), False),
        (spell(9, 17, 60), spell(10, 12, 120), True),  # an hour within eight goes before or after
        (spell(9, 12, 90), spell(9, 12, 90), True),
        (spell(9, 12, 120), spell(9, 12, 120), False),
        (spell(9, 11, 120), Spell("x", DAY, 720), True),  # the day alone says nothing of the hour
    ],
)
def test_one_person_does_one_thing_after_the_other(one: Spell, other: Spell, both: bool) -> None:
    assert fits(one, other) is fits(other, one) is both


@given(st.lists(HALVES, max_size=6), HALVES)
def test_a_day_is_full_exactly_beyond_twelve_hours(there: list[int], claimed: int) -> None:
    others = [Spell(f"第{n}项", DAY, minutes) for n, minutes in enumerate(there)]

    full = day_full(Spell("x", DAY, claimed), others)

    assert (full is not None) is (claimed + sum(there) > 720)
    assert full is None or (full.day, full.minutes) == (DAY, claimed + sum(there))


@pytest.mark.parametrize(("minutes", "usual", "too_long"), [(60, 60, False), (120, 480, False), (150, 480, True),
                                                            (90, 60, False), (120, 60, True)])  # fmt: skip
def test_the_clock_and_the_usual_length_are_believed(minutes: int, usual: int, too_long: bool) -> None:
    """Seventy minutes after the start."""
    assert too_long_since(at(9), at(10, 10), minutes, usual) is too_long


def test_the_first_doubt_is_told_with_what_it_rests_on() -> None:
    def about(claim: Spell, *others: Spell, ended: date | None = None, joined: date = DAY) -> Doubt | None:
        return doubt_about(claim, others, joined=joined, ended=ended, today=DAY + timedelta(days=10))

    early = Spell("x", DAY - timedelta(days=1), 60)
    assert about(early) == Doubt(HoursDoubt.BEFORE_JOINED, "2026-03-05")
    assert about(early, joined=date(2025, 1, 1)) == Doubt(HoursDoubt.LONG_AGO, "2026-03-04")
    assert about(Spell("x", DAY, 60), ended=DAY) is None
    assert about(Spell("x", DAY, 60), ended=DAY, joined=date(2025, 1, 1)) is None
    assert about(spell(9, 11, 120), spell(10, 12, 120)) == Doubt(HoursDoubt.OVERLAP, "巡河 10:00–12:00")
    assert doubt_about(
        Spell("x", DAY, 60), [], joined=DAY, ended=DAY - timedelta(days=1), today=DAY
    ) == Doubt(HoursDoubt.AFTER_END, "2026-03-04")  # fmt: skip


@given(st.integers(0, 2000))
def test_hours_are_rounded_up_to_the_half(minutes: int) -> None:
    assert 0 <= in_half_hours(minutes) - minutes < 30
    assert in_half_hours(minutes) % 30 == 0

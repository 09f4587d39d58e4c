from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.rules.activities.sessions import LONGEST, Span, days_of, in_half_hours, in_the_way, modules_of, span_of
from db.rules.limits import ACTIVITY_MINUTES_MOST

DAY = date(2026, 3, 5)
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))


def test_a_session_over_midnight_ends_on_the_next_day_and_belongs_to_the_first() -> None:
    span = span_of(DAY, time(22), time(0, 30))

    assert span is not None
    assert span.ends_at - span.starts_at == timedelta(hours=2, minutes=30)
    assert days_of([span]) == [DAY]


def test_an_end_shortly_before_the_beginning_is_a_slip_of_the_finger() -> None:
    assert span_of(DAY, time(15), time(14)) is None
    assert span_of(DAY, time(15), time(15)) is None


@given(TIMES, TIMES)
def test_a_session_ends_after_it_begins_and_is_never_too_long(begins: time, ends: time) -> None:
    span = span_of(DAY, begins, ends)

    assert span is None or timedelta(0) < span.ends_at - span.starts_at <= LONGEST


def test_one_session_after_the_other_does_not_overlap() -> None:
    first, second = span_of(DAY, time(9), time(10)), span_of(DAY, time(10), time(11))
    third = span_of(DAY, time(9, 30), time(10, 30))

    assert first
    assert second
    assert third
    assert in_the_way(second, [first]) is None
    assert in_the_way(third, [second, first]) == second


@given(st.integers(-700, 700), st.integers(1, 700), st.integers(-700, 700), st.integers(1, 700))
def test_overlapping_is_mutual_and_survives_a_move(start: int, length: int, other: int, its: int) -> None:
    zero = datetime(2026, 3, 5, tzinfo=UTC)

    def span(begin: int, minutes: int) -> Span:
        return Span(zero + timedelta(minutes=begin), zero + timedelta(minutes=begin + minutes))

    one, two = span(start, length), span(other, its)
    assert one.overlaps(two) == two.overlaps(one) == one.shifted(9).overlaps(two.shifted(9))


def test_modules_stand_one_in_a_line() -> None:
    assert modules_of(" 花艺基础入门\n\n色彩搭配理论 \n") == ["花艺基础入门", "色彩搭配理论"]


@given(st.integers(-60, 2000))
def test_minutes_at_a_stall_become_half_hours(minutes: int) -> None:
    made = in_half_hours(minutes)

    assert made % 30 == 0
    assert (made == 0) is (minutes <= 0)
    assert made == ACTIVITY_MINUTES_MOST or minutes <= 0 or made == 30 or abs(made - minutes) <= 15

"""Opening hours: read as people write them, one form back, and past midnight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.results.opening_hours import (
    DAY,
    Hours,
    from_stored,
    is_open,
    read_hours,
    span_words,
    stored,
    written,
)
from db.terms import Weekday

MON, FRI, SAT, SUN = Weekday.MONDAY, Weekday.FRIDAY, Weekday.SATURDAY, Weekday.SUNDAY
DAYTIME = (510, 1050)


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """One or two spans of a day, the last one perhaps past midnight."""
    first = draw(st.integers(0, 700))
    end = draw(st.integers(first + 1, 720))
    if draw(st.booleans()):
        return ((first, end),)
    again = draw(st.integers(end, DAY - 1))
    return ((first, end), (again, draw(st.integers(again + 1, again + DAY))))


WEEKS = st.dictionaries(st.sampled_from(list(Weekday)), spans())


@given(WEEKS)
def test_what_is_written_is_read_again(hours: Hours) -> None:
    assert read_hours(written(hours)) == hours
    assert from_stored(stored(hours)) == hours


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_hours(text)

    assert found is None or read_hours(written(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "周一至周五 8:30–17:30",
        "周一至周五8:30-17:30",
        "星期一到星期五：8:30~17:30",
        "工作日 08:30－17:30",
        "周一、二、三、四、五 8点半至17点30分，周六日休息",
        "Mon–Fri 8:30–17:30",
        "礼拜一至五 8：30—17：30；周末休息",
    ],
)
def test_the_same_hours_are_written_in_many_ways(text: str) -> None:
    assert read_hours(text) == dict.fromkeys(list(Weekday)[:5], (DAYTIME,))


def test_hours_past_midnight_belong_to_the_day_on_which_they_begin() -> None:
    hours = read_hours("周六 18:00–2:00")

    assert hours == {SAT: ((1080, DAY + 120),)}
    assert read_hours("周六 18:00–次日2:00") == hours
    assert is_open(hours, SAT, 1080)
    assert is_open(hours, SUN, 60)
    assert not is_open(hours, SUN, 120)
    assert not is_open(hours, SAT, 60)
    assert span_words(hours[SAT][0]) == "18:00–次日2:00"


def test_a_week_that_turns_over_and_a_whole_day() -> None:
    assert set(read_hours("周五至周一 9:00-12:00") or {}) == {FRI, SAT, SUN, MON}
    assert read_hours("每天24小时") == dict.fromkeys(Weekday, ((0, DAY),))
    assert read_hours("") == {}


@pytest.mark.parametrize(
    "text",
    [
        "看情况", "周一", "8:30-17:30", "周一 25:00-26:00", "周一 8:30", "周一 9:00-12:00、11:00-13:00",
        "周一 9:00-12:00；周一休息", "周八 9:00-12:00", "周一 9:00-次日10:00",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_not_guessed(text: str) -> None:
    assert read_hours(text) is None

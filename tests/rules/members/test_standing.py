import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.members.standing import a_year_after, age_band, full_day, is_probationary, read_year, stands
from db.terms import AgeBand

TODAY = date(2026, 3, 5)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 4000), DAYS)
def test_a_stay_holds_from_its_first_to_its_last_day(since: date, length: int, day: date) -> None:
    until = since + timedelta(days=length)

    assert stands(since, until, since)
    assert stands(since, until, until)
    assert stands(since, None, until)
    assert not stands(since, until, until + timedelta(days=1))
    assert not stands(since, None, since - timedelta(days=1))
    assert stands(since, until, day) == (since <= day <= until)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=8), DAYS, st.integers(0, 4000))
def test_stays_that_follow_each_other_count_a_member_once_a_day(lengths: list[int], first: date, after: int) -> None:
    begins = [first]
    for length in lengths:
        begins.append(begins[-1] + timedelta(days=length))
    stays = [(since, following - timedelta(days=1)) for since, following in itertools.pairwise(begins)]
    day = first + timedelta(days=after)

    assert sum(stands(*stay, day) for stay in [*stays, (begins[-1], None)]) == 1


def test_probation_ends_on_the_day_of_full_membership() -> None:
    joined, full = date(2025, 6, 1), date(2026, 6, 1)

    assert is_probationary(joined, full, date(2026, 5, 31))
    assert is_probationary(joined, None, TODAY)
    assert not is_probationary(joined, full, full)
    assert not is_probationary(joined, None, date(2025, 5, 31))


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (18, AgeBand.UNDER_35), (35, AgeBand.UNDER_35), (36, AgeBand.FROM_36), (45, AgeBand.FROM_36),
        (46, AgeBand.FROM_46), (59, AgeBand.FROM_46), (60, AgeBand.FROM_60), (69, AgeBand.FROM_60),
        (70, AgeBand.FROM_70), (104, AgeBand.FROM_70),
    ],
)  # fmt: skip
def test_an_age_is_a_band(age: int, band: AgeBand) -> None:
    assert age_band(TODAY.year - age, TODAY) is band


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1956", 1956), ("1956-03-02", 1956), ("1956年3月", 1956), ("1956.3", 1956), (" 1956年 ", 1956),
        ("56", None), ("2015", None), ("1899", None), ("", None), ("330204195603021234", None), ("约1956", None),
    ],
)  # fmt: skip
def test_a_year_of_birth_is_read_out_of_what_lists_hold(text: str, year: int | None) -> None:
    assert read_year(text, TODAY) == year


def test_a_list_without_the_day_of_full_membership_means_a_year_later() -> None:
    assert full_day(date(1998, 7, 1), None, None, TODAY) == date(1999, 7, 1)
    assert full_day(date(2024, 2, 29), None, None, TODAY) == a_year_after(date(2024, 2, 29)) == date(2025, 3, 1)
    assert full_day(date(2025, 12, 1), None, None, TODAY) is None
    assert full_day(date(1998, 7, 1), None, True, TODAY) is None
    assert full_day(date(2025, 12, 1), None, False, TODAY) == TODAY

"""政治生日: by the day the subdistrict chose, right on 29 February, with marked years."""

from datetime import date

from db.rules.commitments.birthday import birthdays, day_that_counts
from db.terms import PoliticalDay


def test_the_month_is_listed_by_day_with_its_years() -> None:
    found = birthdays(
        [(1, date(1996, 3, 20)), (2, date(1990, 3, 5)), (3, date(2026, 3, 5)), (4, date(1990, 4, 1)), (5, None)],
        2026,
        3,
    )

    assert [(one.member_id, one.on, one.years, one.marked) for one in found] == [
        (2, date(2026, 3, 5), 36, False), (1, date(2026, 3, 20), 30, True),
    ]  # fmt: skip


def test_who_joined_on_29_february_has_the_day_on_the_28th_of_a_common_year() -> None:
    assert [one.on for one in birthdays([(1, date(1976, 2, 29))], 2026, 2)] == [date(2026, 2, 28)]
    assert [one.on for one in birthdays([(1, date(1976, 2, 29))], 2028, 2)] == [date(2028, 2, 29)]
    assert birthdays([(1, date(1976, 2, 29))], 2026, 2)[0].marked


def test_a_probationary_member_has_no_day_of_full_membership() -> None:
    assert day_that_counts(date(2025, 7, 1), None, PoliticalDay.FULL) is None
    assert day_that_counts(date(2025, 7, 1), None, PoliticalDay.JOINED) == date(2025, 7, 1)

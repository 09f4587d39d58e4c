"""The months of a report."""

from datetime import date

from db.rules.progress.months import months_until


def test_six_months_end_with_the_wanted_one() -> None:
    assert months_until(date(2026, 3, 1)) == (
        *(date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)),
        *(date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)),
    )

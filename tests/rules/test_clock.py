"""A clock that ran ahead: what it wrote does not count once the clock is right again."""

from datetime import UTC, datetime, timedelta

import pytest

from db.rules.clock import CLOCK_DRIFT, has_been, holds, lately

NOW = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("ago", "counts"),
    [
        (timedelta(), True),
        (timedelta(minutes=59), True),
        (HOUR, False),
        (-CLOCK_DRIFT, True),
        (-CLOCK_DRIFT - timedelta(seconds=1), False),
        (timedelta(days=-400), False),
    ],
)
def test_lately_is_before_now_and_not_after(ago: timedelta, counts: bool) -> None:
    assert lately(NOW - ago, NOW, HOUR) is counts


@pytest.mark.parametrize(
    ("ahead", "counts"),
    [
        (timedelta(), False),
        (timedelta(seconds=1), True),
        (HOUR, True),
        (HOUR + CLOCK_DRIFT, True),
        (HOUR + CLOCK_DRIFT + timedelta(seconds=1), False),
        (timedelta(days=400), False),
    ],
)
def test_nothing_holds_longer_than_it_was_given_for(ahead: timedelta, counts: bool) -> None:
    assert holds(NOW + ahead, NOW, HOUR) is counts


def test_what_is_still_to_come_has_not_been() -> None:
    assert has_been(NOW, NOW)
    assert not has_been(NOW + HOUR, NOW)

"""Dating an entry of a phone that was offline: a wrong clock moves nothing."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from db.rules.offline.sync import KEEP, happened_at, moment_of
from tests.builders.world import NOW

WAY = some.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400))


@given(ago=some.timedeltas(min_value=timedelta(0), max_value=KEEP), wrong=WAY)
def test_a_wrong_clock_does_not_move_an_entry(ago: timedelta, wrong: timedelta) -> None:
    at = happened_at(NOW - ago + wrong, NOW + wrong, NOW)

    assert abs(at - (NOW - ago)) <= timedelta(minutes=2)


@given(said=WAY, sent=WAY)
def test_an_entry_lies_within_the_last_seven_days(said: timedelta, sent: timedelta) -> None:
    at = happened_at(NOW + said, NOW + sent, NOW)

    assert NOW - KEEP <= at <= NOW


def test_what_is_no_moment_is_none() -> None:
    value: object
    for value in (None, True, "2026-03-05", float("nan"), float("inf"), 1e30, -1e30, [], {}):
        assert moment_of(value) is None


@pytest.mark.parametrize("milliseconds", [NOW.timestamp() * 1000, int(NOW.timestamp() * 1000)])
def test_a_moment_is_read_as_a_browser_counts(milliseconds: float) -> None:
    assert moment_of(milliseconds) == NOW

"""Moments that a clock which ran ahead has left behind: what lies in the future does not count.

Both questions are asked of a moment, and of a column in a statement, which gives a condition.
"""

from datetime import datetime, timedelta
from typing import Any

CLOCK_DRIFT = timedelta(minutes=1)
"""How far the clocks of two hosts may differ: a moment further ahead was written by a clock that was wrong."""


def lately(at: Any, now: datetime, span: timedelta) -> Any:
    """Whether something happened within the `span` before now."""
    return (at > now - span) & (at <= now + CLOCK_DRIFT)


def holds(until: Any, now: datetime, life: timedelta) -> Any:
    """Whether something that was given for `life` holds until later than now; longer than that nobody gave it."""
    return (until > now) & (until <= now + life + CLOCK_DRIFT)


def has_been(at: Any, now: datetime) -> Any:
    """Whether a moment is not still to come."""
    return at <= now + CLOCK_DRIFT

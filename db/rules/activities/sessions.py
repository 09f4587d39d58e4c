"""Sessions in time: from when to when on a Chinese day, past midnight, and never two of one activity at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db.rules.limits import ACTIVITY_MINUTES_MOST, HALF_HOUR
from db.rules.zone import CHINA

LONGEST = timedelta(hours=12)
"""A session that would be longer is a slip of the finger, such as 15:00 to 14:00."""
MOST_SESSIONS, MOST_MODULES = 40, 12
FAR, FARTHEST = timedelta(days=366), timedelta(days=3 * 366)
"""How far ahead a day is asked about, and how far away from today it is no day of an activity."""


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment to a later one."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether both go on at the same time; one after the other is no overlap."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def shifted(self, days: int) -> "Span":
        """At the same time of day, so many days later (China knows no summer time)."""
        return Span(self.starts_at + timedelta(days=days), self.ends_at + timedelta(days=days))


def in_half_hours(minutes: int) -> int:
    """Minutes as hours are written down: the nearest half hour, at least one; 0 stays 0, and no more than the most."""
    if minutes <= 0:
        return 0
    halves = (minutes + HALF_HOUR // 2) // HALF_HOUR
    return min(ACTIVITY_MINUTES_MOST, max(1, halves) * HALF_HOUR)


def span_of(on: date, begins: time, ends: time) -> Span | None:
    """The moments of a session; an end before the beginning is on the next day. None for one that is too long."""
    starts_at = datetime.combine(on, begins, CHINA)
    ends_at = datetime.combine(on, ends, CHINA)
    if ends_at <= starts_at:
        ends_at += timedelta(days=1)
    return Span(starts_at, ends_at) if ends_at - starts_at <= LONGEST else None


def in_the_way(span: Span, others: Iterable[Span]) -> Span | None:
    """The first session that goes on at the same time."""
    return next((other for other in others if span.overlaps(other)), None)


def days_of(spans: Sequence[Span]) -> list[date]:
    """The Chinese days on which sessions start, each once, in order."""
    return sorted({span.starts_at.astimezone(CHINA).date() for span in spans})


def modules_of(typed: str) -> list[str]:
    """One module in each line that holds something, as it was typed."""
    return [line.strip() for line in typed.splitlines() if line.strip()]

"""When an entry of a phone that was offline was really made."""

from datetime import UTC, datetime, timedelta

KEEP = timedelta(days=7)
"""How long a phone keeps what it wrote, and how far back an entry may lie."""
AHEAD = timedelta(minutes=2)
"""A clock that is a little fast is no wrong clock."""


def happened_at(said: datetime, sent: datetime, now: datetime) -> datetime:
    """When an entry was really made, by a phone whose clock may be wrong.

    `said` and `sent` are the phone's clock when it was written and when it left: a clock that is wrong is wrong in
    both, so their distance counts back from the server's `now`. Never later than now, never more than seven days ago.
    """
    try:
        off = now - sent
        at = said if abs(off) <= AHEAD else said + off
    except OverflowError:
        return now
    return max(min(at, now), now - KEEP)


def moment_of(milliseconds: object) -> datetime | None:
    """A moment as a browser counts it, or None for anything else."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None

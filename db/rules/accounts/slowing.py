"""How long somebody waits after wrong tries to sign in: everybody is slowed down, nobody is locked out by strangers.

What is counted belongs to a name and the place that it was tried from, an address or a browser that this account knows.
A stranger's tries slow down that stranger. When a name is tried from everywhere, or everything from one address, each
place that is not known keeps a single free try for each name: enough for whoever knows the password.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(hours=1)
"""Older tries are forgotten."""
FREE, FREE_IN_A_STORM = 5, 1
STORM = 50
"""So many wrong tries of one name from anywhere, or from one address for any name."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Tries:
    """Earlier wrong tries in the window."""

    here: int
    """Of this name from this place."""
    last: datetime | None
    of_name: int
    from_address: int
    known: bool
    """The place is a browser that this account has signed in with."""


def wait_after(tries: Tries, *, now: datetime) -> timedelta:
    """How long until the next try; zero for at once. It doubles with every wrong one, up to a quarter of an hour."""
    storm = not tries.known and max(tries.of_name, tries.from_address) >= STORM
    beyond = tries.here - (FREE_IN_A_STORM if storm else FREE)
    if beyond < 0 or tries.last is None:
        return timedelta()
    pause: timedelta = min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)
    return max(tries.last + pause - now, timedelta())

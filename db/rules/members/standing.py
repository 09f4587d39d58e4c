"""Where a member stands on a day: on the roll, probationary or full, and how old as it may be shown."""

import re
from datetime import date, timedelta

from db.terms import AgeBand

KEPT_AFTER = timedelta(days=2 * 365)
"""House custom: so long after somebody left the entry is kept before it is looked at again."""
KEPT_MOST = timedelta(days=5 * 365)
OLDEST, YOUNGEST = 110, 18
"""Years; a member is grown up (党章 art. 1)."""
_YEAR = re.compile(r"((?:18|19|20)\d\d)(?:年|[-./年]\d.*)?")


def stands(since: date, until: date | None, day: date) -> bool:
    """Whether a stay from `since` to `until` (its last day, None: still going on) holds on a day."""
    return since <= day and (until is None or day <= until)


def is_probationary(joined_on: date, full_on: date | None, day: date) -> bool:
    """预备党员: from the day of joining to the day before the one of becoming full."""
    return joined_on <= day and (full_on is None or day < full_on)


def read_year(text: str, today: date) -> int | None:
    """The year of birth out of a year or a whole date; None for what is none, or too young or old for a member."""
    found = _YEAR.fullmatch(text.strip())
    year = int(found[1]) if found else 0
    return year if YOUNGEST <= today.year - year <= OLDEST else None


def age_band(birth_year: int, today: date) -> AgeBand:
    """The band of the age somebody reaches this year."""
    age = today.year - birth_year
    for band, most in ((AgeBand.UNDER_35, 35), (AgeBand.FROM_36, 45), (AgeBand.FROM_46, 59), (AgeBand.FROM_60, 69)):
        if age <= most:
            return band
    return AgeBand.FROM_70


def a_year_after(day: date) -> date:
    """The same day a year later; the 29th of February leads to the 1st of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def full_day(joined_on: date, full_on: date | None, probationary: bool | None, today: date) -> date | None:
    """The day of becoming full out of a list; None for who is probationary.

    A list without that day means it after a year of probation (党章 art. 7), unless it calls somebody probationary;
    whom it calls full before a year is over is full today.
    """
    if probationary:
        return None
    if full_on is not None:
        return full_on
    after = a_year_after(joined_on)
    if after <= today:
        return after
    return today if probationary is False else None

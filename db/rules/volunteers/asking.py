"""Who may be sent somewhere on a day: not during a pause, and nobody under eighteen without the guardian's word.

Of a volunteer only the year of birth is known, so somebody counts as a minor until the end of the year of the
eighteenth birthday: the doubt protects the younger one (志愿服务条例 art. 15, docs/domain.md 8).
"""

from collections.abc import Sequence
from datetime import date

from db.rules.orders.dispatch import SLOTS

GROWN_UP = 18
YOUNGEST, OLDEST = 8, 110
"""Ages at which somebody can be registered."""
BANDS = (18, 30, 40, 50, 60, 70, 80)
PAUSE_MOST_DAYS = 366


def may_be_minor(birth_year: int | None, on: date) -> bool:
    """Whether somebody of this year of birth can be under eighteen on a day; without a year nobody is."""
    return birth_year is not None and on.year - birth_year <= GROWN_UP


def age_band(birth_year: int | None, on: date) -> tuple[int, int | None] | None:
    """First and last age of the band (None: and older), or None without a year; ages by the calendar year.

    >>> age_band(1960, date(2026, 5, 1))
    (60, 69)
    """
    if birth_year is None:
        return None
    age = on.year - birth_year
    if age < BANDS[0]:
        return (0, BANDS[0] - 1)
    start = max(band for band in BANDS if band <= age)
    later = [band for band in BANDS if band > start]
    return (start, later[0] - 1 if later else None)


def year_may_be(birth_year: int, on: date) -> bool:
    """Whether somebody of this year of birth can be registered."""
    return YOUNGEST <= on.year - birth_year <= OLDEST


def is_paused(first: date | None, last: date | None, on: date) -> bool:
    """Whether a day lies in a pause; its last day does, the next one does not."""
    return first is not None and last is not None and first <= on <= last


def known_slots(slots: Sequence[str]) -> list[str]:
    """Half days in the order of the week, each once; raises ValueError for what is none of the twenty-one."""
    if unknown := set(slots) - set(SLOTS):
        raise ValueError(sorted(unknown)[0])
    return [slot for slot in SLOTS if slot in slots]

"""When a promise comes due, and how much of what was due is kept.

每周 means once within each week from Monday to Sunday, 每月 within each month, and so on: a visit on the 3rd and one on
the 28th both keep the month. The first and the last period are cut by the days of the promise. What lies in a pause
whole is not due, nor what was over before the promise stood on the wall.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from db.terms import PromiseRhythm as R


@dataclass(frozen=True, slots=True)
class Window:
    """A period within which a promise is due; both days belong to it."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


_MONTHS = {R.MONTHLY: 1, R.QUARTERLY: 3, R.YEARLY: 12}


@lru_cache(maxsize=256)  # a year's promises have few first and last days between them
def windows(rhythm: R, starts_on: date, until: date) -> tuple[Window, ...]:
    """The periods of a promise in order, without a gap, from its first day to its last; empty when it ends before."""
    if until < starts_on:
        return ()
    if rhythm is R.ONCE:
        return (Window(starts_on, until),)
    found, first = [], starts_on
    while first <= until:
        last = min(until, _last_of(rhythm, first, starts_on))
        found.append(Window(first, last))
        first = last + timedelta(days=1)
    return tuple(found)


def windows_on_the_wall(rhythm: R, starts_on: date, until: date, shown_on: date) -> tuple[Window, ...]:
    """The periods of a promise that can be due: those that were not over when it was first published (亮诺)."""
    periods = windows(rhythm, starts_on, until)
    return periods[bisect_left(periods, shown_on, key=lambda one: one.last) :]


def _last_of(rhythm: R, first: date, starts_on: date) -> date:
    """The last day of the week, pair of weeks, month, quarter or year in which `first` lies."""
    if rhythm in (R.WEEKLY, R.FORTNIGHTLY):
        monday = first - timedelta(days=first.weekday())
        if rhythm is R.WEEKLY:
            return monday + timedelta(days=6)
        begun = starts_on - timedelta(days=starts_on.weekday())
        pairs = (monday - begun).days // 14
        return begun + timedelta(days=14 * pairs + 13)
    months = _MONTHS[rhythm]
    month = (first.month - 1) // months * months + months
    return date(first.year, month, monthrange(first.year, month)[1])


@dataclass(frozen=True, slots=True)
class Kept:
    """How a promise stands: times that came due so far, times of them that were kept, and what is open now."""

    due: int
    kept: int
    missed: tuple[Window, ...]
    """Periods that are over and were not kept in full."""
    current: Window | None
    """The period that runs, when something of it is still to be done."""


def standing(
    periods: Sequence[Window], days: Iterable[date], *, times: int, on: date, paused: Iterable[Window] = ()
) -> Kept:
    """How a promise stands on a day, from the days on which it was kept (one entry each time).

    Only periods that are over count as due, so that nobody is behind on the first of a month; what was kept in the
    running period counts with as much of what is due. More than promised does not make up for another period.
    """
    rests = tuple(paused)
    live = periods
    if rests:
        live = [one for one in periods if not any(rest.first <= one.first and one.last <= rest.last for rest in rests)]
    starts = [one.first for one in live]
    counted = [0] * len(starts)
    for day in days:
        at = bisect_right(starts, day) - 1
        if at >= 0 and day <= on and day <= live[at].last:
            counted[at] += 1
    due = kept = 0
    missed: list[Window] = []
    current = None
    for at, one in enumerate(live):
        done = min(times, counted[at])
        kept += done
        if one.last < on:
            due += times
            if done < times:
                missed.append(one)
        elif one.first <= on:
            due += done
            current = one if done < times else None
    return Kept(due, kept, tuple(missed), current)

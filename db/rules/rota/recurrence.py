"""哪些日子有班: a rhythm becomes an RRULE (RFC 5545), a rule its days, and days off are left out as was chosen.

Nothing is moved by itself: a day off that is entered later is named to whoever plans, who decides.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from db.rules.workdays import is_festival, is_workday
from db.terms import DaysOff, MonthEnd, SlotRhythm

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SHORTEST_MONTH = 28


def rule_of(
    rhythm: SlotRhythm,
    *,
    every: int = 1,
    weekdays: Collection[int] = (),
    month_day: int = 1,
    month_end: MonthEnd = MonthEnd.LAST_DAY,
) -> str:
    """The RRULE of a rhythm, without its beginning and end; empty for the one day.

    A monthly day that a month lacks falls on the month's last day (of the days from the 28th on, the last that there
    is) or, as RFC 5545 has it, on none: the 29th of February is right in both.
    """
    interval = f";INTERVAL={every}" if every > 1 else ""
    if rhythm is SlotRhythm.ONCE:
        return ""
    if rhythm is SlotRhythm.DAILY:
        return f"FREQ=DAILY{interval}"
    if rhythm is SlotRhythm.WEEKLY:
        return f"FREQ=WEEKLY{interval};WKST=MO;BYDAY={','.join(WEEKDAYS[one] for one in sorted(set(weekdays)))}"
    if month_day <= SHORTEST_MONTH or month_end is MonthEnd.LEFT_OUT:
        return f"FREQ=MONTHLY{interval};BYMONTHDAY={month_day}"
    last = ",".join(str(day) for day in range(SHORTEST_MONTH, month_day + 1))
    return f"FREQ=MONTHLY{interval};BYMONTHDAY={last};BYSETPOS=-1"


def days_of(
    rule: str, starts_on: date, until: date, days_off: DaysOff, overrides: Mapping[date, bool], *, most: int = 1000
) -> tuple[date, ...]:
    """The days from `starts_on` to `until`, at most so many; `overrides` (day → people work) wins over the calendar."""
    if not rule:
        listed = [starts_on] if starts_on <= until else []
    else:
        # Days as midnights without a zone: the rule speaks of calendar days, and Chinese days are never shifted.
        found = rrulestr(rule, dtstart=datetime.combine(starts_on, time()))
        between = found.xafter(datetime.combine(starts_on, time()), count=most * 4, inc=True)
        listed = []
        for moment in between:
            if moment.date() > until:
                break
            listed.append(moment.date())
    return tuple(day for day in listed if comes(day, days_off, overrides))[:most]


def comes(day: date, days_off: DaysOff, overrides: Mapping[date, bool]) -> bool:
    """Whether a template that treats days off so has slots on this day."""
    if days_off is DaysOff.NO_FESTIVALS:
        return not is_festival(day, overrides)
    if days_off is DaysOff.WORKDAYS:
        return is_workday(day, overrides)[0]
    if days_off is DaysOff.OFF_ONLY:
        return not is_workday(day, overrides)[0]
    return True

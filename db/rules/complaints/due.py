"""Until when a complaint's asker is to be contacted, and until when it is to be answered.

National practice of the 12345 lines: contact within 24 hours, an answer within five working days, urgent matters at
once (国务院办公厅 国办发〔2020〕53号; city ordinances differ). What no source fixes is our own and marked [D]. A
subdistrict may set its own times; a secretary sets another date when the matter is handed over, and may extend it
with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from db.rules.workdays import add_working_days, is_workday
from db.rules.zone import CHINA
from db.terms import ComplaintHaste, NeedSource, Urgency

CONTACT_MOST_DAYS = 15
"""No spell of holidays is longer."""


@dataclass(frozen=True, slots=True)
class Times:
    """Hours until the asker is contacted, working days until the answer (0: the same day)."""

    contact_hours: int
    answer_days: int


TIMES: Mapping[ComplaintHaste, Times] = MappingProxyType(
    {
        ComplaintHaste.HOTLINE: Times(24, 5),
        ComplaintHaste.OWN: Times(24, 7),
        ComplaintHaste.URGENT: Times(4, 2),
        ComplaintHaste.SAFETY: Times(1, 0),
    }
)
"""24 hours and 5 working days by custom of the lines; 7 working days, and all of urgent and safety, [D]."""
HOURS_LEAST, HOURS_MOST = 1, 168
DAYS_LEAST, DAYS_MOST = 0, 60


@dataclass(frozen=True, slots=True)
class Due:
    """Both times."""

    contact_at: datetime
    answer_on: date


def haste_of(source: NeedSource, urgency: Urgency) -> ComplaintHaste:
    """What the times of a complaint go by: its urgency, and of an ordinary one where it came from."""
    if urgency is Urgency.NORMAL:
        return ComplaintHaste.HOTLINE if source is NeedSource.HOTLINE else ComplaintHaste.OWN
    return ComplaintHaste.URGENT if urgency is Urgency.URGENT else ComplaintHaste.SAFETY


def longest(haste: ComplaintHaste, times: Mapping[ComplaintHaste, Times]) -> Times:
    """The longest times that a haste may have: what is more urgent never waits longer than what is less."""
    less = {
        ComplaintHaste.URGENT: (ComplaintHaste.HOTLINE, ComplaintHaste.OWN),
        ComplaintHaste.SAFETY: (ComplaintHaste.URGENT,),
    }.get(haste, ())
    return Times(
        min((times[one].contact_hours for one in less), default=HOURS_MOST),
        min((times[one].answer_days for one in less), default=DAYS_MOST),
    )


def due_times(
    source: NeedSource,
    urgency: Urgency,
    at: datetime,
    overrides: Mapping[date, bool],
    times: Mapping[ComplaintHaste, Times] = TIMES,
) -> Due:
    """When to contact and when to answer what was logged `at`; `overrides` as in `workdays`.

    An ordinary contact that would fall on a day off moves to the same hour of the next working day; urgent ones do not
    wait. Danger is answered the same day (红线直办) unless the subdistrict says otherwise.
    """
    given = times[haste_of(source, urgency)]
    contact = at + timedelta(hours=given.contact_hours)
    if urgency is Urgency.NORMAL:
        contact = _on_a_workday(contact, overrides)
    today = at.astimezone(CHINA).date()
    return Due(contact, add_working_days(today, given.answer_days, overrides).ends_on)


def moved_contact(
    at: datetime, due_at: datetime, hours: int, before: Mapping[date, bool], after: Mapping[date, bool]
) -> datetime:
    """The time to contact an ordinary asker, counted from `at`, when the calendar changes from `before` to `after`.

    By the hours that hold now; where they were changed since, it only gives way to a new day off.
    """
    raw = at + timedelta(hours=hours)
    return _on_a_workday(raw if _on_a_workday(raw, before) == due_at else due_at, after)


def _on_a_workday(moment: datetime, overrides: Mapping[date, bool]) -> datetime:
    local = moment.astimezone(CHINA)
    for _ in range(CONTACT_MOST_DAYS):
        if is_workday(local.date(), overrides)[0]:
            break
        local += timedelta(days=1)
    return local.astimezone(moment.tzinfo)

"""Until when a complaint's asker is to be contacted, and until when it is to be answered.

National practice of the 12345 lines: contact within 24 hours, an answer within five working days, urgent matters at
once (国务院办公厅 国办发〔2020〕53号; city ordinances differ). What no source fixes is our own and marked [D]. A
secretary sets another date when the matter is handed over, and may extend it with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from db.rules.workdays import add_working_days, is_workday
from db.terms import NeedSource, Urgency

CHINA = timezone(timedelta(hours=8))
CONTACT_HOURS = {Urgency.NORMAL: 24, Urgency.URGENT: 4, Urgency.SAFETY: 1}
"""规定时限内联系: 24 hours by custom; 4 and 1 [D]."""
ANSWER_WORKDAYS = {NeedSource.HOTLINE: 5}
ANSWER_WORKDAYS_ELSE = 7
"""Working days to answer: 5 for what the hotline sent; 7 for what came to the community itself [D]."""
URGENT_WORKDAYS = 2
"""[D]"""
CONTACT_MOST_DAYS = 15
"""No spell of holidays is longer."""


@dataclass(frozen=True, slots=True)
class Due:
    """Both times."""

    contact_at: datetime
    answer_on: date


def due_times(source: NeedSource, urgency: Urgency, at: datetime, overrides: Mapping[date, bool]) -> Due:
    """When to contact and when to answer what was logged `at`; `overrides` as in `workdays`.

    An ordinary contact that would fall on a day off moves to the same hour of the next working day; urgent ones do not
    wait. Danger is answered the same day (红线直办).
    """
    contact = at + timedelta(hours=CONTACT_HOURS[urgency])
    today = at.astimezone(CHINA).date()
    if urgency is Urgency.NORMAL:
        contact = _on_a_workday(contact, overrides)
        days = ANSWER_WORKDAYS.get(source, ANSWER_WORKDAYS_ELSE)
    else:
        days = URGENT_WORKDAYS if urgency is Urgency.URGENT else 0
    return Due(contact, add_working_days(today, days, overrides).ends_on)


def _on_a_workday(moment: datetime, overrides: Mapping[date, bool]) -> datetime:
    local = moment.astimezone(CHINA)
    for _ in range(CONTACT_MOST_DAYS):
        if is_workday(local.date(), overrides)[0]:
            break
        local += timedelta(days=1)
    return local.astimezone(moment.tzinfo)

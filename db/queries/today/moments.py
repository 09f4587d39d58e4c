"""Who looks and when, as parameters: the statements of the start page are built once a role and told these each time.

To build them anew for each look costs three times what it costs to run them.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BigInteger, Date, bindparam

from db.counters import day_of
from db.models.types import UtcDateTime
from db.rules.needs.register import may_be_signed
from db.rules.permissions import Actor
from db.rules.workdays import week_of
from db.rules.zone import CHINA

SOON = timedelta(days=7)

WHO: Any = bindparam("today_who", type_=BigInteger())
HOME: Any = bindparam("today_home", type_=BigInteger())
NOW: Any = bindparam("today_now", type_=UtcDateTime())
NOW_AND_SOON: Any = bindparam("today_now_and_soon", type_=UtcDateTime())
BEGIN: Any = bindparam("today_begin", type_=UtcDateTime())
"""The first moment of the Chinese day."""
END: Any = bindparam("today_end", type_=UtcDateTime())
"""The first moment of the next one."""
DAY: Any = bindparam("today_day", type_=Date())
DAY_AND_SOON: Any = bindparam("today_day_and_soon", type_=Date())
SOON_OVER: Any = bindparam("today_soon_over", type_=UtcDateTime())
"""The first moment of the Chinese day after `DAY_AND_SOON`."""
MONDAY: Any = bindparam("today_monday", type_=Date())
WEEK_BEGIN: Any = bindparam("today_week_begin", type_=UtcDateTime())
FORTNIGHT: Any = bindparam("today_fortnight", type_=Date())
SIGNABLE: Any = bindparam("today_signable", type_=Date())
"""The Monday of the latest week whose register can be signed."""


def told(actor: Actor, now: datetime) -> dict[str, Any]:
    """The values of all parameters."""
    day = day_of(now)
    begin = datetime.combine(day, time(), CHINA)
    return {
        WHO.key: actor.id,
        HOME.key: actor.community_id,
        NOW.key: now,
        NOW_AND_SOON.key: now + SOON,
        BEGIN.key: begin,
        END.key: begin + timedelta(days=1),
        DAY.key: day,
        DAY_AND_SOON.key: day + SOON,
        SOON_OVER.key: begin + SOON + timedelta(days=1),
        MONDAY.key: week_of(day),
        WEEK_BEGIN.key: begin - timedelta(days=day.weekday()),
        FORTNIGHT.key: day + 2 * SOON,
        SIGNABLE.key: last_signable_week(day),
    }


def last_signable_week(day: date) -> date:
    """The Monday of the latest week whose register can be signed."""
    week = week_of(day)
    return week if may_be_signed(week, day) else week - timedelta(days=7)

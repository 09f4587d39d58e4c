"""改期前: who helps to run an activity and cannot be there on the day to which it moves."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.rota.clashes import must_suit_all
from db.models import Activity, ActivityHelper, EscortPair, MarketHelper, MarketStall
from db.queries.rota.busy import outing_hours
from db.rules.activities.sessions import Span as Hours
from db.rules.rota.conflicts import Span
from db.rules.zone import CHINA
from db.scope import UNSCOPED


def must_suit_crew(session: Session, activity: Activity, sessions: Sequence[Hours], on: date) -> None:
    """Refused("crew_away") or ("crew_busy") for those who help and cannot be there at the new hours."""
    must_suit_all(session, _crew(session, activity, sessions, on), on, besides=activity.id)


def _crew(session: Session, activity: Activity, sessions: Sequence[Hours], on: date) -> dict[int, list[Span]]:
    """Volunteer → hours in which they are needed on the new day."""
    crew: dict[int, list[Span]] = defaultdict(list)
    all_of_it = [Span(0, one.starts_at, one.ends_at) for one in sessions]
    helping = select(ActivityHelper.volunteer_id).where(
        ActivityHelper.activity_id == activity.id, ActivityHelper.left_at.is_(None)
    )
    for helper in session.scalars(helping, execution_options=UNSCOPED):
        crew[helper] += all_of_it
    escorting = select(EscortPair.volunteer_id).where(
        EscortPair.activity_id == activity.id, EscortPair.volunteer_id.is_not(None), EscortPair.stays_at.is_(None)
    )
    for escort in session.scalars(escorting.distinct(), execution_options=UNSCOPED):
        if escort is not None and escort not in crew:
            crew[escort] += all_of_it or [Span(0, *outing_hours(on))]
    midnight = datetime.combine(on, time(), CHINA)
    serving = (
        select(MarketHelper.volunteer_id, MarketHelper.starts, MarketHelper.ends)
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .where(MarketStall.activity_id == activity.id, MarketStall.called_off_at.is_(None))
        .where(MarketHelper.left_at.is_(None))
    )
    for row in session.execute(serving, execution_options=UNSCOPED):
        begins, ends = (midnight + timedelta(minutes=minute) for minute in (row.starts, row.ends))
        crew[row.volunteer_id].append(Span(0, begins, ends))
    return crew

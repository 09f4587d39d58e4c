"""再办一场: a market day that comes again is planned from one that was, on another day and with the same stalls."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.activities import plan_activity
from db.actions.activities.market import bring_stalls, day_of_market
from db.actions.loading import load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem
from db.models import Activity, ActivityHost, MarketDay, Unit
from db.queries.activities.market_stall import span_of_day
from db.rules.activities.input import ActivityInput, SessionInput
from db.rules.activities.market import Spell, clock_of, usual_hours
from db.rules.permissions import Permission
from db.terms import ActivityKind, HostPart


@action(Permission.RUN_MARKET)
def hold_again(session: Session, *, from_id: int | None, title: str, on: date | None, sure: bool, now: datetime) -> int:
    """Plan another market day like one that was: place, hours, hosts and stalls; people are asked anew. Its id.

    A day that is far away is asked about until `sure`; a host that ended its partnership is left out.
    Raises Refused("nothing_to_copy").
    """
    source = load(session, Activity, fields.row_id("from_id", from_id))
    if source.kind is not ActivityKind.MARKET:
        raise BadInput("from_id", Problem.UNKNOWN_CHOICE)
    hours = _hours(session, source)
    given = ActivityInput(
        title=title, kind=ActivityKind.MARKET, place=source.place, target=source.target, needed=source.needed,
        places=source.places, cost_yuan=source.cost_fen // 100, weather_plan=source.weather_plan,
        safety_person=source.safety_person, minors=source.minors, sensitive=source.sensitive,
        leading=_hosts(session, source, HostPart.LEAD, day_of(now)),
        assisting=_hosts(session, source, HostPart.CO, day_of(now)),
    )  # fmt: skip
    when = SessionInput(on=on, begins=clock_of(hours.starts), ends=clock_of(hours.ends), sure=sure)
    activity = plan_activity(session, given, when, now=now)
    bring_stalls(session, activity, day_of_market(session, activity), source)
    return activity.id


def _hours(session: Session, source: Activity) -> Spell:
    """When the market of before was open."""
    day = session.scalars(select(MarketDay).where(MarketDay.activity_id == source.id)).one_or_none()
    if day is not None:
        return Spell(day.opens, day.closes)
    begins, ends = session.execute(span_of_day(source.id, source.on)).one()
    return usual_hours(begins, ends)


def _hosts(session: Session, source: Activity, part: HostPart, today: date) -> list[int]:
    """The units that held it and are partners still."""
    query = (
        select(ActivityHost.unit_id)
        .join(Unit, Unit.id == ActivityHost.unit_id)
        .where(ActivityHost.activity_id == source.id, ActivityHost.part == part)
        .where(or_(Unit.ended_on.is_(None), Unit.ended_on >= today))
    )
    return list(session.scalars(query.order_by(ActivityHost.id)))

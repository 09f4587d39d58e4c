"""How often volunteers were at market days, who usually comes, which day to copy from, what a paper may call people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from db.models import Activity, Consent, MarketHelper, MarketStall, Volunteer
from db.queries.volunteers.openings import who_can_be_asked
from db.rules.activities.market import item_key
from db.rules.masking import masked_name
from db.terms import ActivityKind, ActivityState, ConsentScope


def was_there() -> Any:
    """Somebody who serves or served, and did not merely stand on the list."""
    return MarketHelper.left_at.is_(None) | MarketHelper.stayed_until.is_not(None)


def turns_before(
    session: Session, on: date, volunteer_ids: Collection[int], keys: Collection[str]
) -> dict[tuple[int, str], int]:
    """On how many earlier market days each volunteer served at a stall with each item, in one statement."""
    query = (
        select(MarketHelper.volunteer_id, MarketStall.item_key, func.count(Activity.id.distinct()))
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .join(Activity, Activity.id == MarketStall.activity_id)
        .where(MarketHelper.volunteer_id.in_(volunteer_ids), MarketStall.item_key.in_(keys), was_there())
        .where(MarketStall.called_off_at.is_(None), Activity.on < on, Activity.state != ActivityState.CANCELLED)
        .group_by(MarketHelper.volunteer_id, MarketStall.item_key)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Usual:
    """Somebody who was at market days before; the name is masked."""

    id: int
    number: str
    name: str
    times: int
    """On how many earlier days at a stall with the item that is asked for."""


def usual_helpers(session: Session, activity_id: int, item: str = "") -> list[Usual]:
    """Who can be asked for the day and was at other market days: first who was at a stall of this item most often.

    Then the most recent ones.
    """
    on = session.scalar(select(Activity.on).where(Activity.id == activity_id))
    if on is None:
        return []
    same = and_(MarketStall.item_key == item_key(item), MarketStall.called_off_at.is_(None), Activity.on < on)
    times = func.count(case((same, Activity.id)).distinct())
    query = (
        select(Volunteer.id, Volunteer.number, Volunteer.name, times.label("times"))
        .join(MarketHelper, MarketHelper.volunteer_id == Volunteer.id)
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .join(Activity, Activity.id == MarketStall.activity_id)
        .where(Activity.id != activity_id, was_there(), *who_can_be_asked(on))
        .group_by(Volunteer.id, Volunteer.number, Volunteer.name)
        .order_by(times.desc(), func.max(Activity.on).desc(), Volunteer.number)
        .limit(40)
    )
    return [Usual(row.id, row.number, masked_name(row.name), row.times) for row in session.execute(query)]


def days_to_copy(session: Session, activity_id: int = 0) -> dict[int, str]:
    """Other market days that have stalls, the last one first: id and what they are called; without an id all."""
    there = select(MarketStall.id).where(MarketStall.activity_id == Activity.id, MarketStall.called_off_at.is_(None))
    query = (
        select(Activity.id, Activity.on, Activity.title)
        .where(Activity.kind == ActivityKind.MARKET, Activity.id != activity_id, there.exists())
        .order_by(Activity.on.desc(), Activity.id.desc())
        .limit(12)
    )
    return {row.id: f"{row.on.isoformat()} {row.title}" for row in session.execute(query)}


def names_on_paper(session: Session, activity_id: int) -> dict[int, str]:
    """What a paper may call each volunteer of the day: the whole name with a consent that holds, else the surname."""
    consent = select(Consent.id).where(
        Consent.volunteer_id == Volunteer.id,
        Consent.scope == ConsentScope.CONTACT_CARD,
        Consent.withdrawn_on.is_(None),
    )
    query = (
        select(Volunteer.id, Volunteer.name, consent.exists().label("agreed"))
        .join(MarketHelper, MarketHelper.volunteer_id == Volunteer.id)
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .where(MarketStall.activity_id == activity_id)
        .distinct()
    )
    return {row.id: row.name if row.agreed else masked_name(row.name) for row in session.execute(query)}

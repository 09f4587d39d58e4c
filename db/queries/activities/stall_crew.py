"""Who runs an activity: the list of helpers, and who served at a stall or as an escort."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.orm import Session

from db.models import ActivityHelper, EscortPair, HoursClaim, MarketHelper, MarketStall, ServiceRecord, Volunteer
from db.queries.activities.market_turns import was_there
from db.rules.activities.sessions import in_half_hours
from db.rules.masking import masked_name, masked_phone


@dataclass(slots=True)
class Served:
    """What somebody did at the stalls or as an escort; `minutes` are in half hours, 0 while an end is not known."""

    items: list[str] = field(default_factory=list)
    """Items of the stalls; none for an escort."""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class HelperRow:
    """A volunteer who helps to run it; `minutes` count, `waiting` wait for a second person. The name is masked."""

    id: int | None
    """Of the line on the list of helpers; None for who stands there by a stall or a pair alone."""
    volunteer_id: int
    number: str
    name: str
    task: str
    left: bool
    ended: bool
    minutes: int | None
    waiting: int
    there: int = 0
    """Minutes at stalls or on the way, 0 for none."""
    to_tell: bool = False


@dataclass(frozen=True, slots=True)
class ToTell:
    """A volunteer on the list, at a stall or with an elder, who does not know yet of another day, or of none."""

    id: int
    """Of the volunteer."""
    number: str
    name: str
    phone: str


def served_there(session: Session, activity_id: int) -> Mapping[int, Served]:
    """Volunteer → what they did at a stall that was held, or as an escort who set out."""
    found: dict[int, Served] = defaultdict(Served)
    stalls = (
        select(
            *(MarketHelper.volunteer_id, MarketHelper.starts, MarketHelper.ends, MarketHelper.stayed_until),
            *(MarketHelper.left_at, MarketStall.item),
        )
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .where(MarketStall.activity_id == activity_id, MarketStall.called_off_at.is_(None), was_there())
        .order_by(MarketStall.number, MarketHelper.starts, MarketHelper.id)
    )
    for row in session.execute(stalls):
        one = found[row.volunteer_id]
        if row.item not in one.items:
            one.items.append(row.item)
        until = row.ends if row.left_at is None else min(row.ends, row.stayed_until)
        one.minutes += max(0, until - row.starts)
    pairs = select(EscortPair.volunteer_id, EscortPair.left_at, EscortPair.returned_at).where(
        EscortPair.activity_id == activity_id, EscortPair.volunteer_id.is_not(None), EscortPair.left_at.is_not(None)
    )
    ways: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for escort, left_at, returned_at in session.execute(pairs):
        if escort is not None and left_at is not None:
            ways[escort].append((left_at, returned_at))
    for volunteer_id, trips in ways.items():
        # One escort may be out with two elders: the time counts once, and is not known while one of them is out.
        one, back = found[volunteer_id], [returned for _left, returned in trips if returned is not None]
        if len(back) == len(trips):
            one.minutes += (max(back) - min(left for left, _back in trips)) // timedelta(minutes=1)
    for one in found.values():
        one.minutes = in_half_hours(one.minutes)
    return found


def helpers_of(session: Session, activity_id: int) -> list[HelperRow]:
    """Who helps to run the activity: the list in its order, then those who stand there by a stall or a pair alone."""
    there = served_there(session, activity_id)
    on_list = select(ActivityHelper.volunteer_id).where(ActivityHelper.activity_id == activity_id)
    ids = {*session.scalars(on_list), *there}
    if not ids:
        return []
    minutes = select(func.sum(ServiceRecord.minutes)).where(
        ServiceRecord.activity_id == activity_id, ServiceRecord.volunteer_id == Volunteer.id
    )
    waiting = select(func.coalesce(func.sum(HoursClaim.minutes), 0)).where(
        HoursClaim.activity_id == activity_id, HoursClaim.volunteer_id == Volunteer.id, HoursClaim.settled_at.is_(None)
    )
    query = (
        select(
            ActivityHelper.id, Volunteer.id.label("volunteer_id"), Volunteer.number, Volunteer.name,
            func.coalesce(ActivityHelper.task, "").label("task"), ActivityHelper.left_at.is_not(None).label("left"),
            Volunteer.ended_on.is_not(None).label("ended"), minutes.scalar_subquery().label("minutes"),
            waiting.scalar_subquery().label("waiting"), func.coalesce(ActivityHelper.to_tell, false()).label("to_tell"),
        )
        .outerjoin(
            ActivityHelper,
            and_(ActivityHelper.volunteer_id == Volunteer.id, ActivityHelper.activity_id == activity_id),
        )
        .where(Volunteer.id.in_(ids))
        .order_by(ActivityHelper.id.is_(None), ActivityHelper.id, Volunteer.number)
        .limit(200)
    )  # fmt: skip
    rows = []
    for row in session.execute(query):
        values = dict(row._mapping)
        did = there.get(row.volunteer_id)
        values |= {
            "name": masked_name(row.name),
            "task": row.task or ("、".join(did.items) if did else ""),
            "left": row.left and did is None,
            "there": did.minutes if did else 0,
        }
        rows.append(HelperRow(**values))
    return rows


def helpers_to_tell(session: Session, activity_id: int) -> list[ToTell]:
    """Who helps and is to be told of a change, by number, each once whatever they do there."""
    listed = select(ActivityHelper.volunteer_id).where(
        ActivityHelper.activity_id == activity_id, ActivityHelper.to_tell
    )
    at_stalls = (
        select(MarketHelper.volunteer_id)
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .where(MarketStall.activity_id == activity_id, MarketHelper.to_tell)
    )
    with_elders = select(EscortPair.volunteer_id).where(EscortPair.activity_id == activity_id, EscortPair.to_tell)
    query = (
        select(Volunteer.id, Volunteer.number, Volunteer.name, Volunteer.phone)
        .where(or_(*(Volunteer.id.in_(one) for one in (listed, at_stalls, with_elders))))
        .order_by(Volunteer.number)
        .limit(200)
    )
    return [
        ToTell(row.id, row.number, masked_name(row.name), masked_phone(row.phone or ""))
        for row in session.execute(query)
    ]

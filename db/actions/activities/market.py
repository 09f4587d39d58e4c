"""摊位: a market day gets its hours and its stalls, each with an address for the tally; copied from the last day."""

import secrets
from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import load
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Activity, MarketDay, MarketHelper, MarketStall, MarketTally
from db.queries.activities.market_stall import span_of_day, stall_code, stall_hash
from db.rules.activities.market import item_key, minute_of, usual_hours
from db.rules.activities.market_input import StallInput
from db.rules.permissions import Permission
from db.terms import ActivityKind, ActivityState

MOST_STALLS = 30
"""Stalls of one day; no square holds more."""
MOST_NUMBER, MOST_HELPERS, MOST_PLANNED = 99, 20, 5000


def market_activity(session: Session, activity_id: int) -> Activity:
    """The activity, held, if it is a market day that takes place. Raises Refused("no_market"), ("market_cancelled").

    Whoever changes anything of a day holds its activity, so stalls, copies and the close come one after the other.
    """
    activity = load(session, Activity, activity_id, lock=True)
    if activity.kind is not ActivityKind.MARKET:
        raise Refused("no_market")
    if activity.state is ActivityState.CANCELLED:
        raise Refused("market_cancelled")
    return activity


def day_of_market(session: Session, activity: Activity) -> MarketDay:
    """What belongs to the day itself; made with the hours of its sessions when there is nothing yet."""
    day = session.scalars(select(MarketDay).where(MarketDay.activity_id == activity.id)).one_or_none()
    if day is None:
        begins, ends = session.execute(span_of_day(activity.id, activity.on)).one()
        hours = usual_hours(begins, ends)
        day = MarketDay(
            community_id=activity.community_id, activity_id=activity.id, opens=hours.starts, closes=hours.ends
        )
        session.add(day)
        session.flush()
    return day


def open_day(session: Session, activity_id: int) -> tuple[Activity, MarketDay]:
    """A market day that is not closed; raises Refused("market_closed")."""
    activity = market_activity(session, activity_id)
    day = day_of_market(session, activity)
    if day.closed_at is not None:
        raise Refused("market_closed")
    return activity, day


def open_stall(session: Session, stall_id: int, version: int | None = None) -> tuple[MarketStall, Activity]:
    """A stall that stands, of a day that is not closed, both held; raises Refused("stall_called_off").

    The activity before the stall: what a phone counts at this moment is seen, and so is who called the stall off.
    """
    activity, _day = open_day(session, load(session, MarketStall, stall_id).activity_id)
    stall = load(session, MarketStall, stall_id, version=version, lock=True)
    if stall.called_off_at is not None:
        raise Refused("stall_called_off")
    return stall, activity


def clock(field: str, value: time | None) -> int:
    """The minute of the day of a time that was chosen, or BadInput."""
    if value is None:
        raise BadInput(field, Problem.EMPTY)
    if not isinstance(value, time) or value.tzinfo is not None:
        raise BadInput(field, Problem.WRONG)
    return minute_of(value)


@action(Permission.RUN_MARKET)
def set_market_hours(
    session: Session, *, activity_id: int, opens: time | None, closes: time | None, now: datetime
) -> int:
    """When the market day begins and ends; the id of its record."""
    _activity, day = open_day(session, activity_id)
    start, end = clock("opens", opens), clock("closes", closes)
    if end <= start:
        raise BadInput("closes", Problem.WRONG)
    day.opens, day.closes = start, end
    return day.id


def _live(session: Session, activity_id: int) -> list[MarketStall]:
    query = select(MarketStall).where(MarketStall.activity_id == activity_id, MarketStall.called_off_at.is_(None))
    return list(session.scalars(query.order_by(MarketStall.number)))


def _filled(session: Session, stall: MarketStall, given: StallInput) -> None:
    """What the form says, checked; the number is the stall's own among those that stand."""
    others = [one for one in _live(session, stall.activity_id) if one.id != stall.id]
    typed = given.number if given.number is not None else max((one.number for one in others), default=0) + 1
    number = fields.whole("number", typed, least=1, most=MOST_NUMBER)
    if number in {one.number for one in others}:
        raise BadInput("number", Problem.TAKEN)
    item = fields.line("item", given.item, most=20)
    described = fields.line("description", given.description, most=100, needed=False)
    needs = fields.line("needs", given.needs, most=100, needed=False)
    helpers = fields.whole("helpers", given.helpers, least=1, most=MOST_HELPERS)
    planned = fields.whole("planned", given.planned, least=0, most=MOST_PLANNED)
    stall.number, stall.item, stall.item_key = number, item, item_key(item)
    stall.description, stall.material, stall.helpers, stall.planned = described, needs, helpers, planned


@action(Permission.RUN_MARKET)
def add_stall(session: Session, *, activity_id: int, given: StallInput, now: datetime) -> int:
    """A stall of a market day; returns its id. Raises Refused("stalls_full")."""
    activity, _day = open_day(session, activity_id)
    with session.no_autoflush:
        stall = MarketStall(community_id=activity.community_id, activity_id=activity.id)
        if len(_live(session, activity.id)) >= MOST_STALLS:
            raise Refused("stalls_full", most=MOST_STALLS)
        _filled(session, stall, given)
        session.add(stall)
    session.flush()
    return stall.id


@action(Permission.RUN_MARKET)
def amend_stall(session: Session, *, stall_id: int, version: int, given: StallInput, now: datetime) -> None:
    """Another number, item, material or plan."""
    stall, _activity = open_stall(session, stall_id, version)
    _filled(session, stall, given)


@action(Permission.RUN_MARKET)
def call_off_stall(session: Session, *, stall_id: int, version: int, reason: str, now: datetime) -> None:
    """撤摊: nobody serves here; who was to serve is free again, and the address of the tally ends.

    Raises Refused("stall_has_tally") when somebody was counted already: such a stall stays.
    """
    why = fields.line("reason", reason, most=200)
    stall, _activity = open_stall(session, stall_id, version)
    if _counted(session, [stall]):
        raise Refused("stall_has_tally", number=stall.number)
    _take_down(session, [stall], why, now)


def call_off_stalls(session: Session, activity_id: int, why: str, *, now: datetime) -> None:
    """A market day that is off has no stall; Refused("market_has_tally", number=) when somebody was counted at one.

    Every stall is held first, so that no press is on its way.
    """
    query = select(MarketStall).where(MarketStall.activity_id == activity_id, MarketStall.called_off_at.is_(None))
    stalls = session.scalars(query.order_by(MarketStall.id).with_for_update()).all()
    if counted := _counted(session, stalls):
        raise Refused("market_has_tally", number=min(one.number for one in stalls if one.id in counted))
    _take_down(session, stalls, why, now)


def _counted(session: Session, stalls: Sequence[MarketStall]) -> set[int]:
    """Stalls at which somebody was counted, corrections included: 5 and a correction to 0 are nobody."""
    total = func.sum(MarketTally.amount)
    ids = [one.id for one in stalls]
    query = select(MarketTally.stall_id).where(MarketTally.stall_id.in_(ids), MarketTally.counted)
    return set(session.scalars(query.group_by(MarketTally.stall_id).having(total != 0)))


def _take_down(session: Session, stalls: Sequence[MarketStall], why: str, now: datetime) -> None:
    for stall in stalls:
        stall.called_off_at, stall.called_off_reason, stall.link_hash = now, why, None
    there = select(MarketHelper).where(
        MarketHelper.stall_id.in_([one.id for one in stalls]), MarketHelper.left_at.is_(None)
    )
    for helper in session.scalars(there.order_by(MarketHelper.id).with_for_update()):
        helper.left_at, helper.left_reason, helper.to_tell = now, why, True


@action(Permission.RUN_MARKET)
def copy_stalls(session: Session, *, activity_id: int, from_id: int | None, now: datetime) -> int:
    """沿用上一次: the hours and every stall of another market day that does not stand here yet; how many.

    People are asked anew each time. Raises Refused("nothing_to_copy").
    """
    activity, day = open_day(session, activity_id)
    source = load(session, Activity, fields.row_id("from_id", from_id))
    if source.kind is not ActivityKind.MARKET or source.id == activity.id:
        raise BadInput("from_id", Problem.UNKNOWN_CHOICE)
    return bring_stalls(session, activity, day, source)


def bring_stalls(session: Session, activity: Activity, day: MarketDay, source: Activity) -> int:
    """The hours and every stall of `source` that does not stand here yet; how many. Raises Refused("nothing_to_copy").

    The caller holds the activity.
    """
    here = _live(session, activity.id)
    numbers, keys = {one.number for one in here}, {one.item_key for one in here}
    copied = 0
    for one in _live(session, source.id):
        if one.item_key in keys or len(here) + copied >= MOST_STALLS:
            continue
        number = one.number if one.number not in numbers else max(numbers) + 1
        if number > MOST_NUMBER:
            break
        numbers.add(number)
        session.add(
            MarketStall(
                community_id=activity.community_id,
                activity_id=activity.id,
                number=number,
                **{name: getattr(one, name) for name in _COPIED},
            )
        )
        copied += 1
    if not copied:
        raise Refused("nothing_to_copy")
    before = session.scalars(select(MarketDay).where(MarketDay.activity_id == source.id)).one_or_none()
    if before is not None and not here:
        day.opens, day.closes = before.opens, before.closes
    session.flush()
    return copied


_COPIED = ("item", "item_key", "description", "material", "helpers", "planned")


# --- the addresses of the tallies ------------------------------------------------------------------------------


@action(Permission.RUN_MARKET)
def open_tallies(session: Session, *, activity_id: int, now: datetime) -> int:
    """An address for every stall that has none; how many were made."""
    activity, _day = open_day(session, activity_id)
    made = 0
    for stall in _live(session, activity.id):
        if stall.link_hash is None:
            _new_link(stall, now)
            made += 1
    return made


@action(Permission.RUN_MARKET)
def renew_tally(session: Session, *, stall_id: int, now: datetime) -> int:
    """Another address for this stall; the one before ends at once, what was counted with it stays."""
    stall, _activity = open_stall(session, stall_id)
    _new_link(stall, now)
    return stall.id


@action(Permission.RUN_MARKET)
def revoke_tally(session: Session, *, stall_id: int, now: datetime) -> None:
    """The address of this stall counts no longer. Raises Refused("tally_revoked") when there is none."""
    market_activity(session, load(session, MarketStall, stall_id).activity_id)
    stall = load(session, MarketStall, stall_id, lock=True)
    if stall.link_hash is None:
        raise Refused("tally_revoked")
    stall.draw, stall.link_hash = "", None


def _new_link(stall: MarketStall, now: datetime) -> None:
    stall.draw = secrets.token_hex(16)
    stall.link_hash, stall.link_made_at = stall_hash(stall_code(stall.id, stall.draw)), now

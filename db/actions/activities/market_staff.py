"""摊位人员: volunteers are placed at stalls from–to, never at two at once, and leave with a reason."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.market import clock, open_day, open_stall
from db.actions.loading import actor_of, load
from db.actions.volunteers.volunteers import askable_volunteer
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Activity, MarketDay, MarketHelper, MarketStall, Volunteer
from db.rules.activities.market import Spell, minute_of, spoken
from db.rules.permissions import Permission
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import ActivityState


@action(Permission.RUN_MARKET)
def place_helper(
    session: Session, *, stall_id: int, volunteer_id: int | None, starts: time | None, ends: time | None, now: datetime
) -> int:
    """Somebody serves at a stall in these hours; the id of the entry.

    Raises Refused: volunteer_ended, volunteer_merged, volunteer_paused, guardian_missing, helper_gone,
    helper_elsewhere (number=, stall=, starts=, ends=) when they are at a stall in a part of these hours already, also
    at this one.
    """
    stall, activity = open_stall(session, stall_id)
    spell = Spell(clock("starts", starts), clock("ends", ends))
    if spell.ends <= spell.starts:
        raise BadInput("ends", Problem.WRONG)
    # Held, so that two who place the same person at the same moment come one after the other.
    volunteer = askable_volunteer(session, fields.row_id("volunteer_id", volunteer_id), activity.on, lock=True)
    for other, number in _same_day(session, activity, volunteer.id):
        if spell.overlaps(Spell(other.starts, other.ends)):
            raise Refused(
                "helper_elsewhere",
                number=volunteer.number, stall=number, starts=spoken(other.starts), ends=spoken(other.ends),
            )  # fmt: skip
    helper = MarketHelper(
        community_id=stall.community_id,
        account_id=volunteer.account_id,
        stall_id=stall.id,
        volunteer_id=volunteer.id,
        starts=spell.starts,
        ends=spell.ends,
        placed_by=actor_of(session).id,
        placed_at=now,
    )
    session.add(helper)
    session.flush()
    return helper.id


def _same_day(session: Session, activity: Activity, volunteer_id: int) -> list[tuple[MarketHelper, int]]:
    """Where a volunteer serves on that day, at whatever market day, with the number of the stall."""
    query = (
        select(MarketHelper, MarketStall.number)
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .join(Activity, Activity.id == MarketStall.activity_id)
        .where(MarketHelper.volunteer_id == volunteer_id, MarketHelper.left_at.is_(None))
        .where(Activity.on == activity.on, Activity.state != ActivityState.CANCELLED)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


@action(Permission.RUN_MARKET)
def leave_stall(session: Session, *, helper_id: int, reason: str, now: datetime) -> None:
    """Somebody does not come, or goes home early; what they did serve stays theirs. Raises Refused("helper_left")."""
    why = fields.line("reason", reason, most=200)
    stall = load(session, MarketStall, load(session, MarketHelper, helper_id).stall_id)
    activity, _day = open_day(session, stall.activity_id)
    helper = load(session, MarketHelper, helper_id, lock=True)
    if helper.left_at is not None:
        raise Refused("helper_left")
    _leave(helper, activity, why, now)


def _leave(helper: MarketHelper, activity: Activity, why: str, now: datetime) -> None:
    helper.left_at, helper.left_reason, helper.to_tell = now, why, False
    if day_of(now) > activity.on:
        helper.stayed_until = helper.ends
    elif day_of(now) == activity.on:
        minute = minute_of(now.astimezone(CHINA).time())
        helper.stayed_until = min(minute, helper.ends) if minute > helper.starts else None


def leave_stalls(session: Session, volunteer: Volunteer, why: str, *when: Any, now: datetime) -> int:
    """Free somebody from every stall of a day that is still to come or not closed; how many. The volunteer is held.

    `when` says which days, by columns of the activity.
    """
    return _leave_all(session, (MarketHelper.volunteer_id == volunteer.id, *when), why, now)


def leave_stalls_of_account(session: Session, account_id: int, why: str, *, now: datetime) -> int:
    """The same for whoever has this account."""
    return _leave_all(session, (MarketHelper.account_id == account_id,), why, now)


def _leave_all(session: Session, whose: Iterable[Any], why: str, now: datetime) -> int:
    query = (
        select(MarketHelper, Activity)
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .join(Activity, Activity.id == MarketStall.activity_id)
        .outerjoin(MarketDay, MarketDay.activity_id == Activity.id)
        .where(*whose, MarketHelper.left_at.is_(None), MarketDay.closed_at.is_(None))
        .where(Activity.on >= day_of(now), Activity.state == ActivityState.PLANNED)
        .with_for_update(of=MarketHelper)
    )
    held = session.execute(query, execution_options=UNSCOPED).all()
    for helper, activity in held:
        _leave(helper, activity, why, now)
    return len(held)

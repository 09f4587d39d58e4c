"""出发、返回、收队: what is ticked for each elder, when they left and came back, and that nobody is left open.

The escort does it on the own phone, or who leads the outing does it for escorts without an account.
"""

from collections.abc import Sequence
from datetime import datetime, time
from enum import StrEnum

from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.crew import name_those_who_served
from db.actions.activities.outing import (
    on_the_day,
    open_pair,
    open_trip,
    pair_name,
    pair_stand,
    pairs_of,
    runs_it,
    told,
)
from db.actions.loading import actor_of, load
from db.audit import note as note_in_log
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Activity, EscortPair
from db.rules.activities.outing import is_open, may_see_contact, must_be_ticked, unticked
from db.rules.permissions import Permission
from db.rules.zone import CHINA
from db.terms import EscortChange, LeavingCheck, PairStand, ReturnCheck

NAMED_MOST = 5


def _own(session: Session, pair: EscortPair) -> None:
    """An escort reaches the own elder alone; to everybody else's pair the answer is the same as to none."""
    if not runs_it(session) and pair.account_id != actor_of(session).id:
        raise NotFound(what=pair.__tablename__, id=pair.id)


def _ticks(kind: type[StrEnum], ticks: Sequence[str], all_checked: bool, missing: str) -> tuple[list[str], str]:
    """What was ticked, in the order of the list, and the words to what was not.

    Raises Refused("checks_missing") with the values that stand in the way.
    """
    words = fields.line("missing", missing, most=200, needed=False)
    if not isinstance(all_checked, bool):
        raise BadInput("all_checked", Problem.WRONG)
    if isinstance(ticks, str) or not all(one in list(kind) for one in ticks):
        raise BadInput("ticks", Problem.UNKNOWN_CHOICE)
    there = {kind(one).value for one in ticks} if not all_checked else {one.value for one in kind}
    lacking = must_be_ticked(unticked(kind, there), explained=bool(words))
    if lacking:
        raise Refused("checks_missing", first=lacking[0], n=len(lacking))
    return [one.value for one in kind if one.value in there], words


def _moment(activity: Activity, at: time | None, now: datetime) -> datetime:
    """Now, or a time of that day that was written on paper; never ahead."""
    if at is None:
        return now
    if not isinstance(at, time) or at.tzinfo is not None:
        raise BadInput("at", Problem.WRONG)
    moment = datetime.combine(activity.on, at, CHINA)
    if moment > now:
        raise BadInput("at", Problem.WRONG)
    return moment


@action(Permission.ESCORT)
def leave_with(
    session: Session, *, pair_id: int, version: int, ticks: Sequence[str] = (), all_checked: bool = False,
    missing: str = "", at: time | None = None, now: datetime,
) -> None:  # fmt: skip
    """出发 after the list was gone through. What is not ticked needs words to it, and feeling well is never left out.

    Raises Refused: outing_not_today, no_escort, pair_out, checks_missing.
    """
    pair, activity, _trip = open_pair(session, pair_id, version)
    _own(session, pair)
    if not on_the_day(activity, now):
        raise Refused("outing_not_today", day=activity.on.isoformat())
    if pair.left_at is not None:
        raise Refused("pair_out")
    if pair.volunteer_id is None:
        raise Refused("no_escort")
    pair.checked_leaving, pair.missing = _ticks(LeavingCheck, ticks, all_checked, missing)
    pair.left_at = _moment(activity, at, now)
    told(session, pair, EscortChange.LEFT, now=now)


@action(Permission.ESCORT)
def come_back(
    session: Session, *, pair_id: int, version: int, ticks: Sequence[str] = (), all_checked: bool = False,
    missing: str = "", at: time | None = None, now: datetime,
) -> None:  # fmt: skip
    """返回, also after midnight or days later when it was forgotten.

    Raises Refused("pair_waiting"), ("checks_missing").
    """
    pair, activity, _trip = open_pair(session, pair_id, version)
    _own(session, pair)
    if pair.left_at is None:
        raise Refused("pair_waiting")
    pair.checked_return, words = _ticks(ReturnCheck, ticks, all_checked, missing)
    back = _moment(activity, at, now)
    if back < pair.left_at:
        raise BadInput("at", Problem.WRONG)
    pair.missing = "；".join(part for part in (pair.missing, words) if part)[:200]
    pair.returned_at = back
    told(session, pair, EscortChange.RETURNED, now=now)


@action(Permission.ESCORT)
def see_contact(session: Session, *, pair_id: int, reason: str, now: datetime) -> int:
    """紧急联系人: leave a reason and a trace, and only then `pair_contact` reads it for two minutes; the pair's id.

    Raises Refused("contact_not_now") on another day than that of the outing, unless the elder is still out.
    """
    why = fields.line("reason", reason, most=200)
    pair = load(session, EscortPair, pair_id)
    _own(session, pair)
    activity = load(session, Activity, pair.activity_id)
    if not may_see_contact(activity.on, pair_stand(pair), now):
        raise Refused("contact_not_now", day=activity.on.isoformat())
    note_in_log(session, pair, "read", {"contact_name": (None, None), "contact_phone": (None, None)}, reason=why)
    told(session, pair, EscortChange.CONTACT_SEEN, now=now, reason=why)
    return pair.id


@action(Permission.RUN_OUTING)
def close_outing(session: Session, *, activity_id: int, note: str = "", now: datetime) -> int:
    """收队: everybody is back or did not come along; how many elders were out. The emergency contacts go.

    Raises Refused("pairs_open", names=, n=) while somebody is not back or was never seen off, ("no_pairs").
    """
    words = fields.line("note", note, most=200, needed=False)
    activity, trip = open_trip(session, activity_id)
    pairs = pairs_of(session, activity.id)
    left = [pair for pair in pairs if is_open(pair_stand(pair))]
    if left:
        names = "、".join(pair_name(session, pair) for pair in left[:NAMED_MOST])
        raise Refused("pairs_open", names=names, n=len(left))
    if not pairs:
        raise Refused("no_pairs")
    for pair in pairs:
        pair.contact_name = pair.contact_phone = None
    trip.closed_at, trip.closed_by, trip.note = now, actor_of(session).id, words
    out = [pair for pair in pairs if pair_stand(pair) is PairStand.BACK]
    escorts = {pair.volunteer_id: "" for pair in out if pair.volunteer_id is not None}
    name_those_who_served(session, activity, escorts, now=now)
    return len(out)

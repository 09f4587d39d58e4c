"""计数与关账: what a phone at a stall sends counts once, whatever the network does; then the day is closed and stands.

Nobody is signed in at a stall: the address of the tally is the key, and it opens this one stall and nothing else.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.crew import name_those_who_served
from db.actions.activities.market import day_of_market, market_activity, open_day
from db.actions.loading import actor_of, load
from db.audit import note
from db.counters import day_of
from db.engine import action, as_system
from db.errors import BadInput, Problem, Refused, YiqilaiError
from db.models import Activity, MarketDay, MarketHelper, MarketStall, MarketTally
from db.queries.activities.market_stall import stall_hash
from db.rules.activities.market import AMOUNTS, LATE, taken
from db.rules.offline.sync import happened_at
from db.rules.permissions import Permission
from db.rules.screen.display_code import understood_display
from db.scope import UNSCOPED
from db.terms import ActivityState, QueueLength, TallyKind
from db.together import Together

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
MOST_SERVED = 100_000
FROM_A_PHONE = (TallyKind.COUNT, TallyKind.QUEUE, TallyKind.NOTE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One press or word, as a phone sent it; `made` is the phone's clock."""

    key: str
    kind: str
    made: datetime
    amount: object = 0
    queue: object = None
    words: object = ""


def stall_total(session: Session, stall_id: int) -> int:
    """How many were served at a stall, corrections included."""
    total = select(func.coalesce(func.sum(MarketTally.amount), 0))
    return int(session.scalar(total.where(MarketTally.stall_id == stall_id, MarketTally.counted)) or 0)


def take_tally(code: str, entries: Sequence[Entry], *, sent: datetime, now: datetime) -> list[dict[str, Any]] | None:
    """Store what a phone sent, in its order; one answer an entry: `key`, `state` (stored, late, refused).

    None when the address does not hold any more: revoked, called off, or closed for longer than a week. An entry that
    is there already is answered as the first time and counts nothing; under a key that has other content it is refused
    (tally_differs), for neither of the two may vanish unsaid. Raises Refused("tally_ahead") before the day.
    """
    meant = understood_display(code)
    if meant is None:
        return None
    with as_system("a stall of a market day counts") as session:
        # Held until the end: two phones at one stall count one after the other.
        query = select(MarketStall).where(MarketStall.link_hash == stall_hash(meant)).with_for_update()
        stall = session.scalars(query).one_or_none()
        if stall is None or stall.called_off_at is not None:
            return None
        activity = session.get_one(Activity, stall.activity_id)
        day = session.scalars(select(MarketDay).where(MarketDay.activity_id == activity.id)).one_or_none()
        if day is None or is_over(activity.state, day.closed_at, now):
            return None
        if day_of(now) < activity.on:
            raise Refused("tally_ahead", day=activity.on.isoformat())
        total = stall_total(session, stall.id)
        # Only what a phone of ours makes is asked for: other characters no database holds as text.
        keys = [entry.key for entry in entries if _is_key(entry.key)]
        stored = select(MarketTally).where(MarketTally.stall_id == stall.id, MarketTally.key.in_(keys))
        there = {row.key: row for row in session.scalars(stored)}
        answers = []
        for entry in entries:
            earlier = there.get(entry.key) if _is_key(entry.key) else None
            if earlier is None:
                try:
                    with Together(apart=True):
                        row = _row(stall, entry, total, sent=sent, now=now, counted=day.closed_at is None)
                except YiqilaiError as wrong:
                    answers.append({"key": entry.key, "state": "refused", "error": wrong.code})
                    continue
                session.add(row)
                there[entry.key] = earlier = row
                total += row.amount if row.counted else 0
            elif not _says(entry, earlier):
                answers.append({"key": entry.key, "state": "refused", "error": "tally_differs"})
                continue
            answers.append({"key": entry.key, "state": "stored" if earlier.counted else "late"})
    return answers


def is_over(state: ActivityState, closed_at: datetime | None, now: datetime) -> bool:
    """Whether the address of a tally has ended by itself."""
    return state is ActivityState.CANCELLED or (closed_at is not None and now > closed_at + LATE)


def _is_key(key: object) -> bool:
    return isinstance(key, str) and _KEY.fullmatch(key) is not None


def _says(entry: Entry, row: MarketTally) -> bool:
    """Whether what came again is what was stored; of a press that took back too much less was stored."""
    if entry.kind != row.kind:
        return False
    if row.kind == TallyKind.COUNT:
        less = isinstance(entry.amount, int) and entry.amount < row.amount <= 0
        return entry.amount == row.amount or less
    if row.kind == TallyKind.QUEUE:
        return entry.queue == row.queue
    return " ".join(str(entry.words).split()) == " ".join(row.words.split())


def _row(stall: MarketStall, entry: Entry, total: int, *, sent: datetime, now: datetime, counted: bool) -> MarketTally:
    """The entry, checked; raises BadInput for what no phone of ours sends."""
    if not _is_key(entry.key):
        raise BadInput("key", Problem.WRONG)
    kind = fields.chosen("kind", entry.kind, list(FROM_A_PHONE))
    row = MarketTally(
        community_id=stall.community_id,
        stall_id=stall.id,
        key=entry.key,
        kind=kind,
        amount=0,
        counted=counted,
        made_at=happened_at(entry.made, sent, now),
        received_at=now,
    )
    if kind == TallyKind.COUNT:
        amount = fields.chosen("amount", entry.amount, AMOUNTS)
        row.amount = taken(total, int(amount)) if counted else int(amount)  # type: ignore[call-overload]
    elif kind == TallyKind.QUEUE:
        row.queue = fields.chosen("queue", entry.queue, list(QueueLength))  # type: ignore[assignment]
    else:
        row.words = fields.line("words", entry.words, most=100)  # type: ignore[arg-type]
    return row


# --- the end of the day ----------------------------------------------------------------------------------------


def market_total(session: Session, activity_id: int) -> int:
    """服务人次 of all stalls of a day."""
    query = (
        select(func.coalesce(func.sum(MarketTally.amount), 0))
        .join(MarketStall, MarketStall.id == MarketTally.stall_id)
        .where(MarketStall.activity_id == activity_id, MarketTally.counted)
    )
    return int(session.scalar(query) or 0)


def _all_stalls(session: Session, activity_id: int) -> None:
    """Hold every stall, so that no press is on its way while the day is added up."""
    session.execute(
        select(MarketStall.id).where(MarketStall.activity_id == activity_id).order_by(MarketStall.id).with_for_update()
    )


@action(Permission.CLOSE_MARKET)
def close_market(session: Session, *, activity_id: int, now: datetime) -> int:
    """关账: from now on nothing is counted; the total, which the activity's report takes up.

    Who served comes onto the list from which hours are written.

    Raises Refused("market_ahead"), ("market_closed").
    """
    activity, day = open_day(session, activity_id)
    if activity.on > day_of(now):
        raise Refused("market_ahead")
    _all_stalls(session, activity.id)
    day.served = market_total(session, activity.id)
    day.closed_at, day.closed_by = now, actor_of(session).id
    name_those_who_served(session, activity, _served_at_stalls(session, activity.id), now=now)
    return day.served


def _served_at_stalls(session: Session, activity_id: int) -> dict[int, str]:
    """Who was at a stall, if only for a part of the day, and what the stall offered."""
    stayed = or_(MarketHelper.left_at.is_(None), MarketHelper.stayed_until > MarketHelper.starts)
    query = (
        select(MarketHelper.volunteer_id, MarketStall.item)
        .join(MarketStall, MarketStall.id == MarketHelper.stall_id)
        .where(MarketStall.activity_id == activity_id, MarketStall.called_off_at.is_(None), stayed)
        .order_by(MarketHelper.starts.desc(), MarketHelper.id)
    )
    return {row.volunteer_id: row.item for row in session.execute(query, execution_options=UNSCOPED)}


@action(Permission.CLOSE_MARKET)
def correct_tally(
    session: Session, *, stall_id: int, served: int | None, reason: str, now: datetime
) -> Mapping[str, int]:
    """更正: how many there really were at a stall, and why; what was counted stays in the record beside it.

    Returns `before` and `after`. Raises BadInput at `served` (UNCHANGED), Refused("market_ahead").
    """
    why = fields.line("reason", reason, most=200)
    stall = load(session, MarketStall, stall_id)
    activity = market_activity(session, stall.activity_id)
    if activity.on > day_of(now):
        raise Refused("market_ahead")
    stall = load(session, MarketStall, stall_id, lock=True)
    day, before = day_of_market(session, activity), stall_total(session, stall.id)
    after = fields.whole("served", served, least=0, most=MOST_SERVED)
    if after == before:
        raise BadInput("served", Problem.UNCHANGED)
    session.add(
        MarketTally(
            community_id=stall.community_id,
            stall_id=stall.id,
            key=secrets.token_hex(16),
            kind=TallyKind.CORRECTION,
            amount=after - before,
            words=why,
            made_at=now,
            received_at=now,
            by=actor_of(session).id,
        )
    )
    note(session, stall, "update", {"served": (before, after)}, reason=why)
    if day.closed_at is not None:
        day.served += after - before
    session.flush()
    return {"before": before, "after": after}

"""One slot and its people; who could step in; who gave a turn back late; who must be told. Names are masked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from db.models import Rota, RotaPost, Slot, Turn, Volunteer
from db.queries.rota.busy import busy_of
from db.queries.volunteers.openings import skill_matches, who_can_be_asked
from db.rules.clock import lately
from db.rules.masking import masked_name, masked_phone, redact
from db.rules.rota.conflicts import Against, Span, against, half_days
from db.rules.rota.fit import Why, reasons, worth
from db.terms import HOLDS_A_PLACE, TurnNews, TurnState

LOOKED_AT = 400
"""Volunteers that are weighed, nearest first."""
RECENT = timedelta(days=90)
TOLD_MOST = 50


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """One slot as its form shows it."""

    id: int
    version: int
    rota_id: int
    post_id: int
    post: str
    task: str
    skill: str
    on: date
    starts_at: datetime
    ends_at: datetime
    places: int
    filled: int
    called_off: bool
    called_off_reason: str


@dataclass(frozen=True, slots=True)
class TurnRow:
    """Somebody in a slot; name and telephone are masked."""

    id: int
    volunteer_id: int
    number: str
    name: str
    phone: str
    has_account: bool
    state: TurnState
    reason: str
    news: TurnNews | None


def slot_facts(session: Session, slot_id: int) -> SlotFacts | None:
    """One slot, or None outside the reach."""
    row = session.execute(
        select(
            *(Slot.id, Slot.version, Slot.rota_id, Slot.post_id, RotaPost.name, RotaPost.task, RotaPost.skill),
            *(Slot.on, Slot.starts_at, Slot.ends_at, Slot.places, Slot.filled, Slot.called_off_at.is_not(None)),
            Slot.called_off_reason,
        )
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .where(Slot.id == slot_id)
    ).first()
    return None if row is None else SlotFacts(*tuple(row))


def turns_of(session: Session, slot_id: int) -> tuple[TurnRow, ...]:
    """Who is in a slot and who was, those who are first."""
    query = (
        _with_people(
            Turn.id,
            Turn.volunteer_id,
            Volunteer.number,
            Volunteer.name,
            Volunteer.phone,
            Volunteer.account_id.is_not(None),
            Turn.state,
            Turn.reason,
            Turn.news,
        )
        .where(Turn.slot_id == slot_id)
        .order_by(case((Turn.state.in_(HOLDS_A_PLACE), 0), else_=1), Turn.id)
        .limit(100)
    )
    return tuple(
        TurnRow(row[0], row[1], row[2], masked_name(row[3]), masked_phone(row[4] or ""), row[5], row[6],
                redact(row[7]), row[8])
        for row in session.execute(query)
    )  # fmt: skip


def _with_people(*columns: Any) -> Select[Any]:
    return select(*columns).join(Volunteer, Volunteer.id == Turn.volunteer_id)


# --- who could step in ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who could take the place, why, and what must be asked first."""

    id: int
    number: str
    name: str
    phone: str
    why: tuple[Why, ...]
    stands: Against


def stand_ins(session: Session, slot_id: int, *, now: datetime, most: int = 6) -> tuple[StandIn, ...]:
    """Who could step in, best fit first, nobody for whom it cannot be; five statements whatever the size."""
    slot = slot_facts(session, slot_id)
    if slot is None or slot.called_off or slot.starts_at <= now:
        return ()
    home = session.scalar(select(Rota.place_id).where(Rota.id == slot.rota_id))
    query = select(
        *(Volunteer.id, Volunteer.number, Volunteer.name, Volunteer.phone, Volunteer.skills, Volunteer.free_slots),
        Volunteer.place_id,
    ).where(*who_can_be_asked(slot.on), Volunteer.since <= slot.on)
    if slot.skill.strip():
        query = query.where(skill_matches(slot.skill))
    near = case((Volunteer.place_id == home, 0), else_=1) if home is not None else Volunteer.id
    found = session.execute(query.order_by(near, Volunteer.id).limit(LOOKED_AT)).all()
    ids = [row.id for row in found]
    busy = busy_of(session, ids, slot.starts_at, slot.ends_at)
    recent, again = _recent(session, ids, slot.post_id, now)
    span = Span(slot.id, slot.starts_at, slot.ends_at)
    needed = half_days(span)
    able = []
    for row in found:
        stands = against(span, busy.get(row.id, []), row.free_slots, now)
        if stands.hard is not None:
            continue
        why = reasons(
            skill=slot.skill, skills=row.skills, near=home is not None and row.place_id == home,
            free_slots=row.free_slots, needed=needed, again=row.id in again, few=not recent[row.id],
        )  # fmt: skip
        able.append((-worth(why, stands), recent[row.id], row.id, row, why, stands))
    able.sort(key=lambda one: one[:3])
    return tuple(
        StandIn(row.id, row.number, masked_name(row.name), masked_phone(row.phone or ""), why, stands)
        for _worth, _recent_turns, _id, row, why, stands in able[:most]
    )


def _recent(session: Session, ids: Sequence[int], post_id: int, now: datetime) -> tuple[Counter[int], set[int]]:
    """Turns of the last ninety days and ahead by volunteer, and who did this post."""
    query = (
        select(Turn.volunteer_id, func.count(), func.max(case((Slot.post_id == post_id, 1), else_=0)))
        .join(Slot, Slot.id == Turn.slot_id)
        .where(Turn.volunteer_id.in_(ids), Turn.state.in_(HOLDS_A_PLACE), Slot.starts_at > now - RECENT)
        .group_by(Turn.volunteer_id)
    )
    rows = session.execute(query).all() if ids else []
    return Counter({row[0]: row[1] for row in rows}), {row[0] for row in rows if row[2]}


# --- who dropped out, who must be told ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DropOut:
    """A turn given back whose slot still lacks somebody; `late` when it came after the rota's deadline."""

    turn_id: int
    slot_id: int
    number: str
    name: str
    post: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    late: bool


def drop_outs(session: Session, rota_id: int, *, now: datetime, most: int = 10) -> tuple[DropOut, ...]:
    """退班: turns given back in the last thirty days of slots ahead that have gaps, the soonest first."""
    query = (
        select(
            *(Turn.id, Slot.id, Volunteer.number, Volunteer.name, RotaPost.name, Slot.starts_at, Slot.ends_at),
            *(Turn.reason, Turn.ended_at, Rota.give_back_hours),
        )
        .join(Slot, Slot.id == Turn.slot_id)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .join(Rota, Rota.id == Slot.rota_id)
        .join(Volunteer, Volunteer.id == Turn.volunteer_id)
        .where(Slot.rota_id == rota_id, Turn.state == TurnState.GIVEN_BACK, Slot.filled < Slot.places)
        .where(Slot.called_off_at.is_(None), Slot.starts_at > now, lately(Turn.ended_at, now, timedelta(days=30)))
        .order_by(Slot.starts_at, Turn.id)
        .limit(most)
    )
    return tuple(
        DropOut(
            *(row[0], row[1], row[2], masked_name(row[3]), *row[4:7], redact(row[7])),
            late=row[8] is not None and row[8] > row[5] - timedelta(hours=row[9]),
        )
        for row in session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody who must be told; `phone` is masked unless it was looked at with a reason."""

    turn_id: int
    number: str
    name: str
    phone: str
    has_account: bool
    post: str
    starts_at: datetime
    ends_at: datetime
    news: TurnNews | None


def to_tell(session: Session, rota_id: int, *, clear: bool = False) -> tuple[ToTell, ...]:
    """待通知: who does not know yet. `clear` only in the run after `unmask_turns` left its trace."""
    query = (
        select(
            *(Turn.id, Volunteer.number, Volunteer.name, Volunteer.phone, Volunteer.account_id, RotaPost.name),
            *(Slot.starts_at, Slot.ends_at, Turn.news),
        )
        .join(Slot, Slot.id == Turn.slot_id)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .join(Volunteer, Volunteer.id == Turn.volunteer_id)
        .where(and_(Slot.rota_id == rota_id, Turn.news.is_not(None), Turn.told_at.is_(None)))
        .order_by(Slot.starts_at, Turn.id)
        .limit(TOLD_MOST)
    )
    return tuple(
        ToTell(
            turn_id=row[0],
            number=row[1],
            name=row[2] if clear else masked_name(row[2]),
            phone=(row[3] or "") if clear else masked_phone(row[3] or ""),
            has_account=row[4] is not None,
            post=row[5],
            starts_at=row[6],
            ends_at=row[7],
            news=row[8],
        )
        for row in session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a slot, as a sheet on the wall may name them: the number, and the masked name."""

    slot_id: int
    number: str
    name: str


def names_between(session: Session, rota_id: int, first: date, last: date) -> tuple[Named, ...]:
    """Who is in the slots of some days, for the printed sheet; at most a thousand."""
    query = (
        select(Turn.slot_id, Volunteer.number, Volunteer.name)
        .join(Slot, Slot.id == Turn.slot_id)
        .join(Volunteer, Volunteer.id == Turn.volunteer_id)
        .where(Slot.rota_id == rota_id, Slot.on.between(first, last), Turn.state.in_(HOLDS_A_PLACE))
        .order_by(Turn.id)
        .limit(1000)
    )
    return tuple(Named(row[0], row[1], masked_name(row[2])) for row in session.execute(query))

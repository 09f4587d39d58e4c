"""认领、退回、替换: how a volunteer comes into a slot and out of it; of fifty who want the last place one gets it.

Rows are held in one order everywhere, the rota, volunteers, slots, turns, each by id: so nobody waits for somebody
who waits. Whoever comes in holds the rota along with others, who closes it holds it alone.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.rota.rotas import hold_open, must_go_on, must_not_be_closed, own_rota
from db.actions.rota.slots import must_lie_ahead, own_slot
from db.actions.volunteers.volunteers import askable_volunteer, must_be_there, must_serve
from db.audit import guarded, note
from db.engine import action
from db.errors import NotFound, Refused
from db.models import Rota, RotaPost, Slot, Turn, Volunteer
from db.queries.rota.busy import busy_of
from db.rules.permissions import Permission
from db.rules.rota.conflicts import Against, Hard, Soft, Span, against
from db.rules.rota.fit import able
from db.terms import RotaState, TurnNews, TurnState

# --- in ---------------------------------------------------------------------------------------------------------


@action(Permission.TAKE_SLOT)
def claim_slot(session: Session, *, slot_id: int, sure: bool = False, now: datetime) -> int:
    """认领 by the volunteer; the turn's id.

    Raises Refused: no_volunteer_record, volunteer_paused, guardian_missing, rota_not_open, squad_dissolved, slot_full,
    turn_there, turn_overlaps, turn_day_full, slot_past, slot_called_off, turn_skill; turn_close, turn_second,
    turn_not_free until `sure` answers what is asked.
    """
    slot = load(session, Slot, slot_id)
    must_take_people(session, hold_open(session, slot.rota_id))
    return enter(session, slot, myself(session), sure=sure, now=now).id


def must_take_people(session: Session, rota: Rota) -> None:
    """Volunteers come in by themselves while a rota is open and what it belongs to goes on."""
    if rota.state is not RotaState.OPEN:
        raise Refused("rota_not_open")
    must_go_on(session, rota)


@action(Permission.RUN_ROTA)
def put_in(session: Session, *, slot_id: int, volunteer_id: int | None, sure: bool = False, now: datetime) -> int:
    """排班 by staff or the leader, who tells the volunteer; the turn's id. Refuses what `claim_slot` refuses."""
    slot, _rota = own_slot(session, slot_id)
    rota = hold_open(session, slot.rota_id)
    must_not_be_closed(rota)
    must_go_on(session, rota)
    volunteer = askable_volunteer(session, fields.row_id("volunteer_id", volunteer_id), slot.on, lock=True)
    mine = volunteer.account_id is not None and volunteer.account_id == actor_of(session).id
    return enter(session, slot, volunteer, sure=sure, news=None if mine else TurnNews.PUT_IN, now=now).id


def myself(session: Session) -> Volunteer:
    """The actor's own entry, held so that two taps cannot enter twice; Refused("no_volunteer_record")."""
    query = select(Volunteer).where(Volunteer.account_id == actor_of(session).id).with_for_update()
    volunteer = session.scalars(query).first()
    if volunteer is None:
        raise Refused("no_volunteer_record")
    must_serve(volunteer)
    return volunteer


def enter(
    session: Session, slot: Slot, volunteer: Volunteer, *, sure: bool, now: datetime, follows: Turn | None = None,
    news: TurnNews | None = None,
) -> Turn:  # fmt: skip
    """A new turn in a place of its own; with `follows` in the place that the other one gives up."""
    must_suit(session, slot, volunteer, sure=sure, now=now)
    if follows is None:
        take_place(session, slot, now=now)
    turn = Turn(
        community_id=slot.community_id,
        account_id=volunteer.account_id,
        slot_id=slot.id,
        volunteer_id=volunteer.id,
        taken_at=now,
        taken_by=actor_of(session).id,
        follows_id=None if follows is None else follows.id,
        news=news,
    )
    session.add(turn)
    session.flush()
    return turn


def stands_against(
    session: Session, slot: Slot, volunteer: Volunteer, *, now: datetime, apart: Collection[int] = ()
) -> Against:
    """What stands against this volunteer in this slot; `apart` are turns that are given up for it."""
    busy = busy_of(session, [volunteer.id], slot.starts_at, slot.ends_at, apart=apart).get(volunteer.id, [])
    span = Span(slot.id, slot.starts_at, slot.ends_at, slot.called_off_at is not None)
    return against(span, busy, volunteer.free_slots, now)


def must_suit(
    session: Session, slot: Slot, volunteer: Volunteer, *, sure: bool, now: datetime, apart: Collection[int] = ()
) -> None:
    """Refuse what cannot be; refuse once what must be asked. The same by whatever way somebody comes into a slot."""
    must_be_there(volunteer, slot.on)
    if not able(load(session, RotaPost, slot.post_id).skill, volunteer.skills):
        raise Refused("turn_skill", number=volunteer.number)
    found = stands_against(session, slot, volunteer, now=now, apart=apart)
    number, named = volunteer.number, found.named
    if found.hard is Hard.SAME_SLOT:
        raise Refused("turn_there", number=number)
    if found.hard is Hard.OVERLAP:
        raise Refused("turn_overlaps", number=number, named=named)
    if found.hard is Hard.DAY_FULL:
        raise Refused("turn_day_full", number=number, named=named)
    must_lie_ahead(slot, now)
    if Soft.CLOSE in found.soft and not sure:
        raise Refused("turn_close", number=number, named=named)
    if Soft.SECOND in found.soft and not sure:
        raise Refused("turn_second", number=number, named=named)
    if found.soft and not sure:
        raise Refused("turn_not_free", number=number)


def take_place(session: Session, slot: Slot, *, now: datetime) -> None:
    """Take one place, or Refused("slot_full"): of fifty who come at once for the last one, the database lets one."""
    before = slot.filled
    taking = (
        update(Slot)
        .where(Slot.id == slot.id, Slot.filled < Slot.places, Slot.called_off_at.is_(None), Slot.starts_at > now)
        .values(filled=Slot.filled + 1)
    )
    if not guarded(session, taking, slot, {"filled": (before, before + 1)}):
        raise Refused("slot_full")


def free_place(session: Session, slot: Slot) -> None:
    """One place is free again."""
    before = slot.filled
    freeing = update(Slot).where(Slot.id == slot.id, Slot.filled > 0).values(filled=Slot.filled - 1)
    guarded(session, freeing, slot, {"filled": (before, before - 1)})


# --- out --------------------------------------------------------------------------------------------------------


@action(Permission.TAKE_SLOT)
def give_back_turn(session: Session, *, turn_id: int, reason: str, now: datetime) -> None:
    """退回 by the volunteer, until the rota's deadline; after it staff do it: Refused("give_back_late", hours=)."""
    why = fields.line("reason", reason, most=200)
    turn, slot = _held(session, turn_id)
    if turn.account_id != actor_of(session).id:
        raise NotFound(what="turn", id=turn_id)
    rota = load(session, Rota, slot.rota_id)
    must_lie_ahead(slot, now)
    if now > slot.starts_at - timedelta(hours=rota.give_back_hours):
        raise Refused("give_back_late", hours=rota.give_back_hours)
    _leave(session, turn, slot, TurnState.GIVEN_BACK, why, now=now)


@action(Permission.RUN_ROTA)
def take_out(session: Session, *, turn_id: int, reason: str, asked: bool = True, now: datetime) -> None:
    """Staff take somebody out, also after the deadline; `asked`: the volunteer called, so nobody has to tell them."""
    why = fields.line("reason", reason, most=200)
    turn, slot = _held(session, turn_id)
    own_rota(session, slot.rota_id)
    must_lie_ahead(slot, now)
    _leave(session, turn, slot, TurnState.GIVEN_BACK, why, now=now)
    if not asked:
        turn.news = TurnNews.TAKEN_OUT


@action(Permission.RUN_ROTA)
def replace_turn(
    session: Session, *, turn_id: int, volunteer_id: int | None, reason: str, sure: bool = False, now: datetime
) -> int:
    """替换: somebody else comes instead, in the same place; both are to be told. The new turn's id."""
    why = fields.line("reason", reason, most=200)
    on = load(session, Slot, load(session, Turn, turn_id).slot_id).on
    volunteer = askable_volunteer(session, fields.row_id("volunteer_id", volunteer_id), on, lock=True)
    turn, slot = _held(session, turn_id)
    own_rota(session, slot.rota_id)
    must_lie_ahead(slot, now)
    turn.state, turn.ended_at, turn.reason = TurnState.REPLACED, now, why
    turn.news, turn.told_at, turn.told_by = TurnNews.TAKEN_OUT, None, None
    session.flush()
    return enter(session, slot, volunteer, sure=sure, follows=turn, news=TurnNews.PUT_IN, now=now).id


def _held(session: Session, turn_id: int) -> tuple[Turn, Slot]:
    """A turn that is still taken, with its slot, both held; Refused("slot_turn_over") when it is not."""
    slot = load(session, Slot, load(session, Turn, turn_id).slot_id, lock=True)
    turn = load(session, Turn, turn_id, lock=True)
    if turn.state is not TurnState.TAKEN:
        raise Refused("slot_turn_over", state=turn.state)
    return turn, slot


def _leave(session: Session, turn: Turn, slot: Slot, to: TurnState, why: str, *, now: datetime) -> None:
    turn.state, turn.ended_at, turn.reason = to, now, why
    turn.news = turn.told_at = turn.told_by = None
    session.flush()
    free_place(session, slot)


def leave_rotas(session: Session, *whose: Any, why: str, now: datetime) -> int:
    """Turns ahead of somebody who serves no more, or not on those days, are given back; how many.

    `whose` says which turns, by columns of turn and slot; the caller holds the volunteer.
    """
    ahead = select(Turn.slot_id).join(Slot, Slot.id == Turn.slot_id)
    ahead = ahead.where(Turn.state == TurnState.TAKEN, Slot.starts_at > now, *whose)
    held = select(Slot).where(Slot.id.in_(ahead)).order_by(Slot.id).with_for_update()
    slots = {slot.id: slot for slot in session.scalars(held, execution_options={"populate_existing": True})}
    query = select(Turn).join(Slot, Slot.id == Turn.slot_id).where(Turn.slot_id.in_(list(slots)), *whose)
    query = query.where(Turn.state == TurnState.TAKEN)
    turns = session.scalars(query.order_by(Turn.id).with_for_update(of=Turn)).all()
    for turn in turns:
        _leave(session, turn, slots[turn.slot_id], TurnState.GIVEN_BACK, why, now=now)
    return len(turns)


# --- telling ----------------------------------------------------------------------------------------------------


@action(Permission.RUN_ROTA)
def mark_told(session: Session, *, turn_ids: Sequence[int], now: datetime) -> int:
    """已通知: these people know; how many."""
    ids = sorted({fields.row_id("turn_ids", one) for one in turn_ids})
    count = 0
    for turn_id in ids:
        turn = load(session, Turn, turn_id, lock=True)
        own_slot(session, turn.slot_id)
        if turn.news is not None and turn.told_at is None:
            turn.told_at, turn.told_by = now, actor_of(session).id
            count += 1
    return count


@action(Permission.UNMASK)
def unmask_turns(session: Session, *, rota_id: int, reason: str, now: datetime) -> int:
    """查看原值: names and telephones of who must be told, with a reason and a trace; the rota's id."""
    why = fields.line("reason", reason, most=200)
    rota = own_rota(session, rota_id)
    note(session, rota, "read", {"name": (None, None), "phone": (None, None)}, reason=why)
    return rota.id

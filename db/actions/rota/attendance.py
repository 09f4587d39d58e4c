"""到岗: all came, then take out who did not; hours come from the slot, once, and in doubt wait for a second person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.rota.slots import own_slot
from db.actions.volunteers.hours import credit, spells_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import AuditEntry, HoursClaim, ServiceRecord, Slot, Turn, Volunteer
from db.rules.limits import DAY_MINUTES_MOST
from db.rules.permissions import Permission
from db.rules.volunteers.hours import in_half_hours
from db.scope import UNSCOPED
from db.terms import TurnState


@action(Permission.RUN_ROTA)
def mark_slot(
    session: Session, *, slot_id: int, missed: Sequence[int] = (), reason: str = "", note: str = "", now: datetime
) -> dict[str, int]:
    """Everybody who was to come did, but for the turns in `missed`, for which `reason` says why.

    Only turns that nobody has marked yet: a second press adds nothing. {"came": …, "missed": …, "minutes": …} with the
    minutes that count at once. Raises Refused: slot_not_over, slot_called_off, slot_marked; BadInput at `missed`,
    `reason` and, where hours are in doubt, `note`.
    """
    away = {fields.row_id("missed", one) for one in missed}
    why = fields.line("reason", reason, most=200, needed=bool(away))
    word = fields.line("note", note, most=200, needed=False)
    slot, _rota = own_slot(session, slot_id)
    waiting = select(Turn.volunteer_id).where(Turn.slot_id == slot.id, Turn.state == TurnState.TAKEN)
    held = select(Volunteer).where(Volunteer.id.in_(waiting)).order_by(Volunteer.id).with_for_update()
    people = {one.id: one for one in session.scalars(held)}
    slot = load(session, Slot, slot.id, lock=True)
    if slot.called_off_at is not None:
        raise Refused("slot_called_off")
    if slot.ends_at > now:
        raise Refused("slot_not_over")
    query = select(Turn).where(Turn.slot_id == slot.id, Turn.state == TurnState.TAKEN).order_by(Turn.id)
    turns = session.scalars(query.with_for_update()).all()
    if not turns:
        raise Refused("slot_marked")
    if away - {turn.id for turn in turns}:
        raise BadInput("missed", Problem.UNKNOWN_CHOICE)
    for turn in turns:
        if turn.id in away:
            turn.state, turn.reason = TurnState.MISSED, why
    came = [turn for turn in turns if turn.id not in away]
    return {"came": len(came), "missed": len(away), "minutes": _serve(session, slot, came, people, word, now=now)}


@action(Permission.RUN_ROTA)
def came_after_all(session: Session, *, turn_id: int, reason: str, now: datetime) -> int:
    """Somebody was marked as missing and was there: the turn is served, with its hours; the minutes that count at once.

    Said by somebody else than who marked it and whose turn it is: two people stand behind changed hours. Raises
    Refused("slot_turn_over") for a turn in any other state, ("hours_second_person").
    """
    why = fields.line("reason", reason, most=200)
    seen = load(session, Turn, turn_id)
    slot, _rota = own_slot(session, seen.slot_id)
    volunteer = load(session, Volunteer, seen.volunteer_id, lock=True)
    slot, turn = load(session, Slot, slot.id, lock=True), load(session, Turn, turn_id, lock=True)
    if turn.state is not TurnState.MISSED:
        raise Refused("slot_turn_over", state=turn.state)
    if actor_of(session).id in (_who_marked(session, turn), volunteer.account_id):
        raise Refused("hours_second_person")
    return _serve(session, slot, [turn], {volunteer.id: volunteer}, why, now=now)


def _who_marked(session: Session, turn: Turn) -> int | None:
    """Who wrote that somebody was missing, as the log has it."""
    query = select(AuditEntry.actor_id, AuditEntry.changes).where(
        AuditEntry.table_name == Turn.__tablename__, AuditEntry.row_id == turn.id, AuditEntry.operation == "update"
    )
    for row in session.execute(query.order_by(AuditEntry.id.desc()), execution_options=UNSCOPED):
        if row.changes.get("state", [None])[-1] == TurnState.MISSED.value:
            found: int | None = row.actor_id
            return found
    return None


def _serve(
    session: Session, slot: Slot, turns: Sequence[Turn], people: dict[int, Volunteer], word: str, *, now: datetime
) -> int:
    minutes = min(in_half_hours(int((slot.ends_at - slot.starts_at).total_seconds()) // 60), DAY_MINUTES_MOST)
    ids = [turn.volunteer_id for turn in turns]
    there, known = spells_of(session, ids, slot.on), _credited(session, slot.id)
    counted = 0
    for turn in turns:
        turn.state = TurnState.SERVED
        if turn.volunteer_id in known:
            continue
        counted += credit(
            session, slot, people[turn.volunteer_id], minutes, others=there.get(turn.volunteer_id, []), note=word,
            field="note", note_field="note", sheet=len(turns), now=now,
        )  # fmt: skip
    return counted


def _credited(session: Session, slot_id: int) -> set[int]:
    """Who has hours of this slot, or hours that wait: nobody gets them twice."""
    records = select(ServiceRecord.volunteer_id).where(ServiceRecord.slot_id == slot_id)
    claims = select(HoursClaim.volunteer_id).where(HoursClaim.slot_id == slot_id, HoursClaim.settled_at.is_(None))
    return set(session.scalars(records.union(claims)))

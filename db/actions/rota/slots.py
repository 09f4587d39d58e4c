"""班次: lay many at one press, move one, change its places, call one or a whole day off; who took it is told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.rota.clashes import must_suit_all
from db.actions.rota.rotas import LONGEST, must_not_be_closed, own_rota
from db.audit import guarded, note
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Rota, RotaPost, Slot, SlotTemplate, Turn
from db.queries.council.notices import holidays
from db.rules.permissions import Permission
from db.rules.rota.conflicts import Span
from db.rules.rota.input import SlotsInput
from db.rules.rota.recurrence import days_of, rule_of
from db.rules.rota.shifts import Shift, ShiftProblem, shift_of, shifts_of
from db.terms import HOLDS_A_PLACE, DaysOff, MonthEnd, RotaState, SlotRhythm, TurnNews, TurnState
from db.together import amiss

MOST_PLACES = 100
MOST_AT_ONCE = 2000
"""Slots that one press lays."""


@action(Permission.RUN_ROTA)
def lay_slots(session: Session, *, rota_id: int, given: SlotsInput, now: datetime) -> dict[str, int]:
    """Shifts × posts × days; {"laid": …, "there": …}: what is there already stays as it is.

    The templates are kept, so that a longer rota is laid on by them. Raises Refused("too_many_slots", count=, most=),
    ("no_slot_days"), ("rota_closed").
    """
    rota = own_rota(session, rota_id, lock=True)
    must_not_be_closed(rota)
    posts = _posts(session, rota, given.post_ids)
    first = fields.day("starts_on", given.starts_on, least=rota.starts_on, most=rota.ends_on)
    rhythm = fields.chosen("rhythm", given.rhythm, list(SlotRhythm))
    once = rhythm is SlotRhythm.ONCE
    last = first if once else fields.day("until", given.until, least=first, most=rota.ends_on)
    shifts, rule = _shifts(given.shifts), _rule(rhythm, given)
    places = fields.whole("places", given.places, least=1, most=MOST_PLACES)
    days_off = fields.chosen("days_off", given.days_off, list(DaysOff))
    templates = [
        SlotTemplate(
            community_id=rota.community_id,
            rota_id=rota.id,
            post_id=post,
            rule=rule,
            starts_on=first,
            until=last,
            days_off=days_off,
            shifts=[str(one) for one in shifts],
            places=places,
            made_by=actor_of(session).id,
            made_at=now,
        )
        for post in posts
    ]
    session.add_all(templates)
    session.flush()
    return _lay(session, rota, dict.fromkeys(templates, first), last)


def _posts(session: Session, rota: Rota, post_ids: Sequence[int]) -> list[int]:
    wanted = sorted({fields.row_id("post_ids", one) for one in post_ids})
    if not wanted:
        return amiss(BadInput("post_ids", Problem.EMPTY), wanted)
    found = session.scalars(select(RotaPost.id).where(RotaPost.rota_id == rota.id, RotaPost.id.in_(wanted))).all()
    if len(found) < len(wanted):
        raise BadInput("post_ids", Problem.UNKNOWN_CHOICE)
    return wanted


def _shifts(typed: str) -> tuple[Shift, ...]:
    text = fields.words("shifts", typed, most=200)
    try:
        return shifts_of(text)
    except ShiftProblem as wrong:
        raise BadInput("shifts", Problem.WRONG) from wrong


def _rule(rhythm: SlotRhythm, given: SlotsInput) -> str:
    every = fields.whole("every", given.every, least=1, most=12)
    weekdays = [fields.whole("weekdays", one, least=0, most=6) for one in given.weekdays]
    if rhythm is SlotRhythm.WEEKLY and not weekdays:
        amiss(BadInput("weekdays", Problem.EMPTY), None)
    monthly = rhythm is SlotRhythm.MONTHLY
    month_day = fields.whole("month_day", given.month_day, least=1, most=31) if monthly else 1
    month_end = fields.chosen("month_end", given.month_end, list(MonthEnd)) if monthly else MonthEnd.LAST_DAY
    return rule_of(rhythm, every=every, weekdays=weekdays, month_day=month_day, month_end=month_end)


def _lay(session: Session, rota: Rota, begins: Mapping[SlotTemplate, date], last: date) -> dict[str, int]:
    """Slots of the templates, each from its day to `last`: one question, one INSERT, whatever their number.

    Where two templates say the same slot, the first one lays it; a slot that was moved is not laid a second time.
    """
    overrides, wanted = holidays(session), []
    for template, first in begins.items():
        shifts = [shift_of(one) for one in template.shifts]
        for day in days_of(template.rule, template.starts_on, last, template.days_off, overrides):
            if day >= first:
                wanted += [(template, day, *shift.on(day)) for shift in shifts]
    if not wanted:
        raise Refused("no_slot_days")
    first = min(begins.values())
    if len(wanted) > MOST_AT_ONCE:
        raise Refused("too_many_slots", count=len(wanted), most=MOST_AT_ONCE)
    there = {
        (post, starts_at)
        for post, starts_at in session.execute(
            select(Slot.post_id, Slot.starts_at).where(
                Slot.rota_id == rota.id, Slot.on.between(first - timedelta(days=1), last + timedelta(days=1))
            )
        )
    }
    laid: dict[tuple[int, datetime], dict[str, Any]] = {}
    for template, day, starts_at, ends_at in wanted:
        if (place := (template.post_id, starts_at)) in there or place in laid:
            continue
        laid[place] = {
            "community_id": rota.community_id,
            "rota_id": rota.id,
            "post_id": template.post_id,
            "template_id": template.id,
            "on": day,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "places": template.places,
        }
    if laid:
        # The templates say in the log which slots these are; one line tells how many there were.
        session.execute(insert(Slot), list(laid.values()), execution_options={"audited": True})
        note(session, rota, "update", {"slots": (None, len(laid))})
    return {"laid": len(laid), "there": len(wanted) - len(laid)}


@action(Permission.RUN_ROTA)
def prolong_rota(session: Session, *, rota_id: int, version: int, ends_on: date | None) -> dict[str, int]:
    """The rota lasts until `ends_on`; templates that ran to its end run on to the new one.

    Raises Refused("no_slot_days") when none of them does.
    """
    rota = own_rota(session, rota_id, version=version, lock=True)
    before = rota.ends_on
    rota.ends_on = fields.day("ends_on", ends_on, least=before + timedelta(days=1), most=before + LONGEST)
    if rota.state is RotaState.CLOSED:
        rota.state = RotaState.OPEN
    query = select(SlotTemplate).where(SlotTemplate.rota_id == rota.id, SlotTemplate.rule != "")
    overrides = holidays(session)
    begins = {
        one: one.until + timedelta(days=1)
        for one in session.scalars(query.order_by(SlotTemplate.id))
        if _ran_on(one, before, overrides)
    }
    for template in begins:
        template.until = rota.ends_on
    return _lay(session, rota, begins, rota.ends_on)


def _ran_on(template: SlotTemplate, ends_on: date, overrides: Mapping[date, bool]) -> bool:
    """Whether a template ran to the rota's end: between its own last day and that end its rule has no day more."""
    days = days_of(template.rule, template.starts_on, ends_on, template.days_off, overrides)
    return template.until >= ends_on or not days or days[-1] <= template.until


# --- one slot --------------------------------------------------------------------------------------------------


def own_slot(session: Session, slot_id: int, *, version: int | None = None, lock: bool = False) -> tuple[Slot, Rota]:
    """A slot of a rota that the actor runs."""
    slot = load(session, Slot, slot_id, version=version, lock=lock)
    return slot, own_rota(session, slot.rota_id)


@action(Permission.RUN_ROTA)
def move_slot(
    session: Session, *, slot_id: int, version: int, on: date | None, shift: str, sure: bool = False, now: datetime
) -> dict[str, int]:
    """Another day or time; {"to_tell": how many took it and must be told}.

    Raises Refused: slot_taken_place (another slot of the post begins then), slot_past, slot_called_off; crew_away,
    crew_busy for those in it who cannot come then, until `sure`.
    """
    slot, rota = own_slot(session, slot_id, version=version, lock=True)
    must_lie_ahead(slot, now)
    day = fields.day("on", on, least=rota.starts_on, most=rota.ends_on)
    try:
        starts_at, ends_at = shift_of(fields.line("shift", shift, most=40)).on(day)
    except ShiftProblem as wrong:
        raise BadInput("shift", Problem.WRONG) from wrong
    if (starts_at, ends_at) == (slot.starts_at, slot.ends_at):
        raise BadInput("shift", Problem.UNCHANGED)
    if starts_at <= now:
        raise BadInput("on", Problem.PAST)
    other = select(Slot.id).where(Slot.post_id == slot.post_id, Slot.starts_at == starts_at, Slot.id != slot.id)
    if session.scalar(other) is not None:
        raise Refused("slot_taken_place")
    if not sure:
        _must_suit_those_in(session, slot, Span(0, starts_at, ends_at), day)
    slot.on, slot.starts_at, slot.ends_at = day, starts_at, ends_at
    return {"to_tell": _tell(session, [slot.id], TurnNews.MOVED)}


def _must_suit_those_in(session: Session, slot: Slot, span: Span, day: date) -> None:
    query = select(Turn.id, Turn.volunteer_id).where(Turn.slot_id == slot.id, Turn.state == TurnState.TAKEN)
    turns = session.execute(query).all()
    must_suit_all(session, {turn.volunteer_id: [span] for turn in turns}, day, apart=[turn.id for turn in turns])


@action(Permission.RUN_ROTA)
def change_slot_places(session: Session, *, slot_id: int, places: int | None) -> None:
    """More or fewer places; never fewer than are taken: Refused("slot_places_taken", filled=)."""
    slot, _rota = own_slot(session, slot_id)
    wanted, before = fields.whole("places", places, least=1, most=MOST_PLACES), slot.places
    changing = update(Slot).where(Slot.id == slot.id, Slot.filled <= wanted).values(places=wanted)
    if not guarded(session, changing, slot, {"places": (before, wanted)}):
        raise Refused("slot_places_taken", filled=slot.filled)


@action(Permission.RUN_ROTA)
def call_off_slot(session: Session, *, slot_id: int, reason: str, now: datetime) -> dict[str, int]:
    """班次取消: who took it is to be told, {"to_tell": …}. Raises Refused: slot_called_off, slot_past, slot_marked."""
    why = fields.line("reason", reason, most=200)
    slot, _rota = own_slot(session, slot_id, lock=True)
    must_lie_ahead(slot, now)
    return {"slots": 1, "to_tell": _call_off(session, [slot], why, now=now)}


@action(Permission.RUN_ROTA)
def call_off_day(session: Session, *, rota_id: int, on: date | None, reason: str, now: datetime) -> dict[str, int]:
    """A whole day is called off: {"slots": …, "to_tell": …}. Raises Refused("no_slots_that_day")."""
    why, day = fields.line("reason", reason, most=200), fields.day("on", on)
    rota = own_rota(session, rota_id)
    query = (
        select(Slot)
        .where(Slot.rota_id == rota.id, Slot.on == day, Slot.called_off_at.is_(None), Slot.starts_at > now)
        .order_by(Slot.id)
        .with_for_update()
    )
    slots = session.scalars(query, execution_options={"populate_existing": True}).all()
    if not slots:
        raise Refused("no_slots_that_day")
    return {"slots": len(slots), "to_tell": _call_off(session, slots, why, now=now)}


def must_lie_ahead(slot: Slot, now: datetime) -> None:
    """Refused("slot_called_off") or ("slot_past")."""
    if slot.called_off_at is not None:
        raise Refused("slot_called_off")
    if slot.starts_at <= now:
        raise Refused("slot_past")


def _call_off(session: Session, slots: Sequence[Slot], why: str, *, now: datetime) -> int:
    for slot in slots:
        slot.called_off_at, slot.called_off_reason, slot.filled = now, why, 0
    query = select(Turn).where(Turn.slot_id.in_([slot.id for slot in slots]), Turn.state == TurnState.TAKEN)
    turns = session.scalars(query.order_by(Turn.id).with_for_update()).all()
    for turn in turns:
        turn.state, turn.ended_at, turn.reason = TurnState.CALLED_OFF, now, why
        turn.news, turn.told_at, turn.told_by = TurnNews.CALLED_OFF, None, None
    return len(turns)


def _tell(session: Session, slot_ids: Sequence[int], news: TurnNews) -> int:
    query = select(Turn).where(Turn.slot_id.in_(slot_ids), Turn.state.in_(HOLDS_A_PLACE))
    turns = session.scalars(query.order_by(Turn.id).with_for_update()).all()
    for turn in turns:
        turn.news, turn.told_at, turn.told_by = news, None, None
    return len(turns)

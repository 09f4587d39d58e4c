"""上门、完成、双方确认: the helper's word and the resident's, by code, by telephone or on paper."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.actions.fields import chosen, line, whole, words
from db.actions.loading import load
from db.actions.orders.offers import serving
from db.actions.orders.orders import code_hash, end_offer, held, step
from db.actions.orders.ratings import rated
from db.actions.volunteers.hours import Apart, claim_hours, doubt_at_field, drop_claim, must_fit, spells_of
from db.actions.volunteers.volunteers import add_minutes
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import Order, Service, Volunteer
from db.rules.limits import HALF_HOUR, ORDER_MINUTES_MOST
from db.rules.orders.life import OrderEvent, tries_left, understood_code
from db.rules.permissions import Permission
from db.rules.volunteers.hours import clock_spell, too_long_since
from db.terms import AssignmentState, ConfirmedBy, FeeKind, OrderState, Satisfaction

MOST_FEE = 100_000
"""A thousand yuan: more is a slip of the finger."""


@action(Permission.SERVE_ORDER)
def start_service(session: Session, *, order_id: int, now: datetime) -> int:
    """The helper is at the door. No place is recorded and none is asked for."""
    order = held(session, order_id)
    serving(session, order)
    step(session, order, OrderEvent.START, now=now)
    order.started_at = now
    return order.id


@action(Permission.SERVE_ORDER)
def finish_service(
    session: Session, *, order_id: int, done: str, minutes: int | None, now: datetime, fee_fen: int | None = 0,
    why: str = "",
) -> int:  # fmt: skip
    """What was done and how long it took, in half hours; this is the helper's confirmation.

    Minutes that do not go together with the clock or with other services are asked about (BadInput at `minutes`:
    DAY_FULL, DOUBTFUL); with a reason in `why` they wait for a second person.
    """
    what = words("done", done, most=500)
    took = whole("minutes", minutes, least=HALF_HOUR, most=ORDER_MINUTES_MOST)
    if took % HALF_HOUR:
        raise BadInput("minutes", Problem.WRONG)
    fee, reason = whole("fee_fen", fee_fen or 0, least=0, most=MOST_FEE), line("why", why, most=200, needed=False)
    order = held(session, order_id)
    offer, service = serving(session, order), load(session, Service, order.service_id)
    if fee and service.fee is FeeKind.FREE:
        raise BadInput("fee_fen", Problem.WRONG)
    step(session, order, OrderEvent.FINISH, now=now)
    volunteer = load(session, Volunteer, offer.volunteer_id, lock=True)
    spell = clock_spell(order.number, order.started_at or now, now, took)
    others = spells_of(session, [volunteer.id], spell.on, Apart(order_id=order.id)).get(volunteer.id, [])
    doubt = doubt_at_field(
        volunteer, spell, others, field="minutes", reason=reason, today=day_of(now),
        too_long=too_long_since(order.started_at, now, took, service.minutes),
    )  # fmt: skip
    if doubt is not None:
        claim_hours(session, volunteer, spell, doubt, reason=reason, now=now, order_id=order.id)
    order.done_words, order.minutes, order.fee_fen = what, None if doubt else took, fee
    order.ended_at = order.helper_confirmed_at = now
    return order.id


def _confirm(session: Session, order: Order, way: ConfirmedBy, *, now: datetime) -> None:
    """The resident's word is there: the minutes enter the helper's confirmed record."""
    offer = serving(session, order)
    step(session, order, OrderEvent.CONFIRM, now=now)
    order.resident_confirmed_at, order.resident_confirmed_by = now, way
    volunteer = load(session, Volunteer, offer.volunteer_id, lock=True)
    if order.minutes and order.ended_at is not None:
        spell = clock_spell(order.number, order.started_at or order.ended_at, order.ended_at, order.minutes)
        must_fit(session, volunteer, spell, Apart(order_id=order.id))
        add_minutes(session, volunteer, order.minutes)


@action(Permission.SERVE_ORDER)
def confirm_by_code(session: Session, *, order_id: int, code: str, now: datetime) -> dict[str, int | bool]:
    """Six digits that the resident tells the helper at the end. Returns `confirmed`, and how many tries are `left`.

    A wrong code is an answer, not an error: it must be counted, and what is raised is not stored. The fifth wrong one
    locks the code; a call or a signature on paper is left. Raises Refused: no_code, code_locked.
    """
    typed = understood_code(code)
    if typed is None:
        raise BadInput("code", Problem.WRONG)
    order = held(session, order_id)
    serving(session, order)
    if order.state is not OrderState.DONE:
        raise WrongStage(what="order", stage=order.state, permission=Permission.SERVE_ORDER)
    if order.code_hash is None:
        raise Refused("no_code")
    if not tries_left(order.code_tries):
        raise Refused("code_locked")
    if code_hash(order.id, typed) != order.code_hash:
        order.code_tries += 1
        return {"confirmed": False, "left": tries_left(order.code_tries)}
    _confirm(session, order, ConfirmedBy.CODE, now=now)
    return {"confirmed": True, "left": tries_left(order.code_tries)}


@action(Permission.CONFIRM_ORDER)
def confirm_by_call(
    session: Session, *, order_id: int, now: datetime, rating: Satisfaction | None = None, said: str = ""
) -> str:
    """电话回访: the resident says it was done, and perhaps how it was, so that one call is enough. The state."""
    return _heard(session, order_id, ConfirmedBy.CALL, rating, said, now=now)


@action(Permission.CONFIRM_ORDER)
def confirm_on_paper(
    session: Session, *, order_id: int, now: datetime, rating: Satisfaction | None = None, said: str = ""
) -> str:
    """纸质签字 of the resident or the family on the slip, with the rating if one was ticked. The state."""
    return _heard(session, order_id, ConfirmedBy.PAPER, rating, said, now=now)


def _heard(
    session: Session, order_id: int, way: ConfirmedBy, rating: Satisfaction | None, said: str, *, now: datetime
) -> str:
    order = held(session, order_id)
    _confirm(session, order, way, now=now)
    if rating is not None:
        rated(session, order, chosen("rating", rating, list(Satisfaction)), said, now=now)
    return order.state.value


@action(Permission.CONFIRM_ORDER)
def report_not_done(session: Session, *, order_id: int, reason: str, now: datetime) -> int:
    """The resident says it was not done: back to dispatch with the reason, and nothing is credited. The order's id."""
    why = line("reason", reason, most=200)
    order = held(session, order_id)
    step(session, order, OrderEvent.NOT_DONE, now=now)
    end_offer(session, order, AssignmentState.WITHDRAWN, why, now=now)
    drop_claim(session, order.id, now=now)
    order.started_at = order.ended_at = order.helper_confirmed_at = order.minutes = None
    order.done_words, order.fee_fen = "", 0
    return order.id

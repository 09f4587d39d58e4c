"""践诺: mark one time as kept with its witness, confirm what came in late, explain what was missed."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.commitments.commitments import STAFF
from db.actions.commitments.standing_codes import revoke_codes
from db.actions.loading import actor_of, load
from db.counters import day_of
from db.engine import action
from db.errors import NotPermitted, Refused
from db.models import Activity, Commitment, Keeping, Miss, Order, OrderOffer, Volunteer
from db.queries.commitments.standing import standing_of
from db.rules.commitments.keeping_input import KeepingInput
from db.rules.commitments.life import BEING_KEPT
from db.rules.orders.life import WITH_MINUTES
from db.rules.permissions import Permission
from db.terms import ActivityState, AssignmentState, CommitmentState, WitnessKind

LATE_DAYS = 10
"""What is entered later needs a second person, as with hours of service (docs/domain.md 9.2)."""
PEOPLE_MOST = 500
NAMED = (WitnessKind.RESIDENT, WitnessKind.COLLEAGUE, WitnessKind.STAFF)
"""Witnesses that are people: the name, or how they are called, is written down."""
AFTERWARDS = BEING_KEPT | {CommitmentState.PAUSED, CommitmentState.TO_JUDGE}
"""What was kept in time may be entered until the promise is judged."""


@action(Permission.KEEP_COMMITMENT)
def mark_kept(session: Session, *, commitment_id: int, given: KeepingInput, now: datetime) -> int:
    """One time that a promise was kept; what is more than ten days old waits for a second person. The id.

    Raises Refused: promise_not_kept_now, day_outside_promise, order_not_of_member, order_counted, activity_not_held;
    BadInput at the fields of `KeepingInput`.
    """
    promise = open_promise(session, commitment_id)
    today = day_of(now)
    on = fields.day("on", given.on, most=today)
    if promise.starts_on is None or promise.until is None or not promise.starts_on <= on <= promise.until:
        raise Refused("day_outside_promise", first=promise.starts_on, last=promise.until)
    witness = fields.chosen("witness", given.witness, list(WitnessKind))
    order_id = _order(session, promise, given.order_id) if witness is WitnessKind.ORDER else None
    activity_id = _activity(session, given.activity_id) if witness is WitnessKind.ACTIVITY else None
    kept = Keeping(
        community_id=promise.community_id,
        account_id=promise.account_id,
        commitment_id=promise.id,
        on=on,
        witness=witness,
        witness_name=fields.line("witness_name", given.witness_name, most=60, needed=witness in NAMED) or None,
        order_id=order_id,
        activity_id=activity_id,
        words=fields.line("words", given.words, most=200, needed=False),
        people=fields.whole("people", given.people, least=0, most=PEOPLE_MOST),
        late=(today - on).days > LATE_DAYS,
        entered_at=now,
        entered_by=actor_of(session).id,
    )
    session.add(kept)
    session.flush()
    return kept.id


def open_promise(session: Session, commitment_id: int) -> Commitment:
    promise = load(session, Commitment, commitment_id, lock=True)
    actor = actor_of(session)
    if promise.account_id != actor.id and actor.role not in STAFF:
        raise NotPermitted(permission=Permission.KEEP_COMMITMENT, role=actor.role)
    if promise.state not in AFTERWARDS:
        raise Refused("promise_not_kept_now", number=promise.number)
    return promise


def _order(session: Session, promise: Commitment, order_id: int | None) -> int:
    """An order that the member served; it counts for one promise once."""
    order = load(session, Order, fields.row_id("order_id", order_id))
    served = (
        select(OrderOffer.id)
        .join(Volunteer, Volunteer.id == OrderOffer.volunteer_id)
        .where(OrderOffer.order_id == order.id, OrderOffer.state == AssignmentState.ACCEPTED)
        .where(Volunteer.account_id == promise.account_id)
    )
    if order.state not in WITH_MINUTES or promise.account_id is None or session.scalar(served.limit(1)) is None:
        raise Refused("order_not_of_member", number=order.number)
    counted = select(Keeping.id).where(Keeping.order_id == order.id, Keeping.struck_at.is_(None))
    if session.scalar(counted.limit(1)) is not None:
        raise Refused("order_counted", number=order.number)
    return order.id


def _activity(session: Session, activity_id: int | None) -> int:
    activity = load(session, Activity, fields.row_id("activity_id", activity_id))
    if activity.state is not ActivityState.DONE:
        raise Refused("activity_not_held", title=activity.title)
    return activity.id


@action(Permission.REVIEW_COMMITMENT)
def confirm_keeping(session: Session, *, keeping_id: int, version: int, now: datetime) -> None:
    """A second person confirms what came in late; Refused("keeping_own") for who entered it and for the member."""
    kept = load(session, Keeping, keeping_id, version=version, lock=True)
    if actor_of(session).id in (kept.entered_by, kept.account_id):
        raise Refused("keeping_own")
    if kept.struck_at is not None or kept.confirmed_at is not None or not kept.late:
        raise Refused("keeping_settled")
    kept.confirmed_by, kept.confirmed_at = actor_of(session).id, now


@action(Permission.KEEP_COMMITMENT)
def strike_keeping(session: Session, *, keeping_id: int, version: int, reason: str, now: datetime) -> None:
    """A time that was entered wrongly counts no more; it stays readable with its reason.

    The code that was handed out for it takes no word from now on; a word that was given already stays.
    """
    kept = load(session, Keeping, keeping_id, version=version, lock=True)
    open_promise(session, kept.commitment_id)
    if kept.struck_at is not None:
        raise Refused("keeping_settled")
    kept.struck_reason = fields.line("reason", reason, most=200)
    kept.struck_by, kept.struck_at = actor_of(session).id, now
    revoke_codes(session, kept.id, now)


@action(Permission.KEEP_COMMITMENT)
def explain_miss(session: Session, *, commitment_id: int, first: date | None, reason: str, now: datetime) -> None:
    """Why a period went by; `first` is its first day. Raises Refused("period_not_missed"), ("miss_explained")."""
    promise = open_promise(session, commitment_id)
    begins, why = fields.day("first", first), fields.line("reason", reason, most=200)
    found = standing_of(session, [promise], day_of(now)).get(promise.id)
    if found is None or begins not in {one.first for one in found.missed}:
        raise Refused("period_not_missed")
    there = select(Miss.id).where(Miss.commitment_id == promise.id, Miss.first == begins)
    if session.scalar(there) is not None:
        raise Refused("miss_explained")
    session.add(
        Miss(
            community_id=promise.community_id,
            account_id=promise.account_id,
            commitment_id=promise.id,
            first=begins,
            reason=why,
            at=now,
            by=actor_of(session).id,
        )
    )

"""待核时长: a second person says whether hours in doubt count, one by one or a whole sheet at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.volunteers.hours import Apart, add_record, must_fit, source_of, spell_of, tell_project
from db.actions.volunteers.volunteers import add_minutes, note_event
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import HoursClaim, Order, Volunteer
from db.rules.orders.life import WITH_MINUTES
from db.rules.permissions import Permission
from db.rules.volunteers.hours import Spell
from db.terms import VolunteerChange


@action(Permission.MANAGE_VOLUNTEERS)
def settle_hours(session: Session, *, claim_ids: Sequence[int], counted: bool | None, word: str, now: datetime) -> int:
    """待核时长: a second person says for each whether it counts, and why; how many.

    Raises Refused: claim_settled, claim_own, day_too_long; BadInput at `claim_ids`, `counted` and `word`.
    """
    yes, why = fields.chosen("counted", counted, [True, False]), fields.line("word", word, most=200)
    ids = sorted({fields.row_id("claim_ids", one) for one in claim_ids})
    if not ids:
        raise BadInput("claim_ids", Problem.EMPTY)
    for claim_id in ids:
        _settle(session, claim_id, counted=yes, why=why, now=now)
    return len(ids)


def _settle(session: Session, claim_id: int, *, counted: bool, why: str, now: datetime) -> None:
    try:
        seen = load(session, HoursClaim, claim_id)
    except NotFound as missing:
        raise BadInput("claim_ids", Problem.UNKNOWN_CHOICE) from missing
    # Order, volunteer, claim: everybody who credits hours holds rows in this order.
    order = load(session, Order, seen.order_id, lock=True) if seen.order_id is not None else None
    volunteer = load(session, Volunteer, seen.volunteer_id, lock=True)
    claim = load(session, HoursClaim, claim_id, lock=True)
    if claim.settled_at is not None:
        raise Refused("claim_settled")
    me = actor_of(session).id
    if me in (claim.claimed_by, volunteer.account_id):
        raise Refused("claim_own")
    claim.settled_by, claim.settled_at, claim.counted, claim.word = me, now, counted, why
    session.flush()
    note_event(
        session, volunteer, VolunteerChange.HOURS_CHECKED, now=now, reason=why,
        before=f"{claim.on.isoformat()} {claim.minutes}", after=str(claim.minutes if counted else 0),
    )  # fmt: skip
    if not counted:
        return
    if order is not None:
        _count_order(session, order, volunteer, claim)
    else:
        _count(session, volunteer, claim, now=now)


def _count_order(session: Session, order: Order, volunteer: Volunteer, claim: HoursClaim) -> None:
    must_fit(session, volunteer, Spell(order.number, claim.on, claim.minutes), Apart(order_id=order.id))
    order.minutes = claim.minutes
    if order.state in WITH_MINUTES:
        add_minutes(session, volunteer, claim.minutes)


def _count(session: Session, volunteer: Volunteer, claim: HoursClaim, *, now: datetime) -> None:
    source = source_of(session, claim)
    must_fit(session, volunteer, spell_of(session, source, claim.minutes), Apart())
    add_record(session, source, volunteer, claim.minutes, note=claim.reason, by=claim.claimed_by, now=now)
    tell_project(session, source, volunteer, before=0, after=claim.minutes, note=claim.word, now=now)

"""待核时长: a second person says whether hours in doubt count, one by one or a whole sheet at once."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.volunteers.hours import Apart, add_record, must_fit, source_of, spell_of, tell_project
from db.actions.volunteers.volunteers import add_minutes, note_event
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import HoursCheck, HoursClaim, Order, ServiceRecord, Volunteer
from db.rules.orders.life import WITH_MINUTES
from db.rules.permissions import Permission
from db.rules.volunteers.hours import Spell
from db.terms import HoursAnswer, HoursDoubt, HoursFinding, VolunteerChange


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


@action(Permission.ANSWER_HOURS)
def answer_hours(
    session: Session, *, record_ids: Sequence[int], agreed: bool | None, objection: str = "", now: datetime
) -> int:
    """What a volunteer says to the own hours: right, or why not; nothing waits for it. How many.

    An objection stands before the staff until somebody has answered it. Raises BadInput at `record_ids`, `objection`.
    """
    yes = fields.chosen("agreed", agreed, [True, False])
    said = fields.line("objection", objection, most=200, needed=not yes)
    ids = sorted({fields.row_id("record_ids", one) for one in record_ids})
    if not ids:
        raise BadInput("record_ids", Problem.EMPTY)
    me = actor_of(session).id
    mine = select(ServiceRecord).where(ServiceRecord.id.in_(ids), ServiceRecord.account_id == me).with_for_update()
    records = session.scalars(mine).all()
    if len(records) != len(ids):
        raise BadInput("record_ids", Problem.UNKNOWN_CHOICE)
    for record in records:
        record.agreed, record.objection, record.agreed_at = yes, "" if yes else said, now
    return len(records)


@action(Permission.MANAGE_VOLUNTEERS)
def settle_sheet(
    session: Session, *, activity_id: int | None = None, slot_id: int | None = None, counted: bool | None, word: str,
    now: datetime,
) -> int:  # fmt: skip
    """Say once for every row of a long sheet that waits; the actor's own row is left to somebody else. How many.

    Raises Refused("claim_settled") when nothing waits any more, and what `settle_hours` raises.
    """
    yes, why = fields.chosen("counted", counted, [True, False]), fields.line("word", word, most=200)
    if (activity_id is None) is (slot_id is None):
        raise BadInput("activity_id", Problem.EMPTY)
    me, of_it = actor_of(session).id, HoursClaim.slot_id == slot_id
    if activity_id is not None:
        of_it = HoursClaim.activity_id == fields.row_id("activity_id", activity_id)
    else:
        fields.row_id("slot_id", slot_id)
    query = select(HoursClaim.id).where(
        of_it, HoursClaim.settled_at.is_(None), HoursClaim.doubt == HoursDoubt.LARGE_SHEET
    )
    others = query.where(func.coalesce(HoursClaim.account_id, 0) != me).order_by(HoursClaim.volunteer_id)
    ids = session.scalars(others).all()
    if not ids:
        raise Refused("claim_settled")
    for claim_id in ids:
        _settle(session, claim_id, counted=yes, why=why, now=now)
    return len(ids)


@action(Permission.MANAGE_VOLUNTEERS)
def answer_finding(
    session: Session, *, key: str, month: date | None, kind: HoursFinding | None, facts: str,
    volunteer_id: int | None = None, answer: HoursAnswer | None, word: str, now: datetime,
) -> int:  # fmt: skip
    """时长核对: how a finding was answered, and why; said again it is changed. Its id.

    Whoever recorded most of a month does not confirm that finding: Refused("hours_second_person").
    """
    named, said = fields.line("key", key, most=200), fields.line("word", word, most=200)
    first = fields.day("month", month, least=fields.FIRST_DAY, most=day_of(now)).replace(day=1)
    what, how = fields.chosen("kind", kind, list(HoursFinding)), fields.chosen("answer", answer, list(HoursAnswer))
    me = actor_of(session)
    if me.community_id is None:
        raise BadInput("key", Problem.UNKNOWN_CHOICE)
    if what is HoursFinding.ONE_CONFIRMER and named.endswith(f":{me.id}") and how is not HoursAnswer.ASKED:
        raise Refused("hours_second_person")
    if volunteer_id is not None and load(session, Volunteer, volunteer_id).account_id == me.id:
        raise Refused("claim_own")
    check = session.scalars(select(HoursCheck).where(HoursCheck.key == named).with_for_update()).first()
    if check is None:
        check = HoursCheck(
            community_id=me.community_id, key=named, month=first, kind=what, volunteer_id=volunteer_id,
            facts=fields.line("facts", facts, most=300),
        )  # fmt: skip
        session.add(check)
    check.answer, check.word, check.at, check.by = how, said, now, me.id
    session.flush()
    return check.id

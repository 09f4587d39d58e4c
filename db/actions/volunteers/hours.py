"""时长: one day has one limit over every source; what is in doubt waits for a second person; corrections."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.life import add_to_life
from db.actions.loading import actor_of, load
from db.actions.volunteers.volunteers import add_minutes, note_event
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Activity, HoursClaim, Order, OrderOffer, Project, ServiceRecord, Volunteer
from db.rules.limits import ACTIVITY_MINUTES_MOST, HALF_HOUR, ORDER_MINUTES_MOST
from db.rules.orders.life import WITH_MINUTES
from db.rules.permissions import Permission
from db.rules.volunteers.hours import Doubt, Spell, clock_spell, day_full, doubt_about, too_long_since
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import AssignmentState, Happening, OrderState, VolunteerChange

LONG_MINUTES = 480
"""More than eight hours needs a reason (docs/domain.md 9.2)."""
_CLAIMED = (OrderState.DONE, *WITH_MINUTES)
"""The helper has said how long it took, whether or not the resident has spoken yet."""


# --- what stands on a day already ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Apart:
    """What is looked at anew and does not stand against itself; 0 for none."""

    order_id: int = 0
    record_id: int = 0
    claim_id: int = 0


def spells_of(
    session: Session, volunteer_ids: Collection[int], on: date | None = None, apart: Apart = Apart()
) -> dict[int, list[Spell]]:
    """Everything that these volunteers have on a day and on the days beside it, or ever: activities, orders, hours
    that wait.

    Read past the scope, because a limit that does not see a restricted order is none; its number stays unsaid.
    The caller holds the volunteers, so that nothing comes in between.
    """
    found: dict[int, list[Spell]] = defaultdict(list)
    near = (fields.FIRST_DAY, fields.LAST_DAY) if on is None else (on - timedelta(days=1), on + timedelta(days=1))
    begin, end = (datetime.combine(day, time(), CHINA) for day in (near[0], near[1] + timedelta(days=1)))
    records = (
        select(ServiceRecord.volunteer_id, Activity.title, ServiceRecord.on, ServiceRecord.minutes, Activity.began_at)
        .join(Activity, Activity.id == ServiceRecord.activity_id)
        .where(ServiceRecord.volunteer_id.in_(volunteer_ids), ServiceRecord.on.between(*near))
        .where(ServiceRecord.minutes > 0, ServiceRecord.id != apart.record_id)
        .order_by(ServiceRecord.id)
    )
    for row in session.execute(records, execution_options=UNSCOPED):
        found[row.volunteer_id].append(activity_spell(row.title, row.on, row.minutes, row.began_at))
    orders = (
        select(OrderOffer.volunteer_id, Order.number, Order.restricted, Order.minutes, Order.started_at, Order.ended_at)
        .join(Order, and_(Order.id == OrderOffer.order_id, OrderOffer.state == AssignmentState.ACCEPTED))
        .where(OrderOffer.volunteer_id.in_(volunteer_ids), Order.ended_at >= begin, Order.ended_at < end)
        .where(Order.state.in_(_CLAIMED), Order.minutes > 0, Order.id != apart.order_id)
        .order_by(Order.id)
    )
    for order in session.execute(orders, execution_options=UNSCOPED):
        name, ended = "—" if order.restricted else order.number, order.ended_at
        assert ended is not None  # noqa: S101 - by the statement
        found[order.volunteer_id].append(clock_spell(name, order.started_at or ended, ended, order.minutes or 0))
    waiting = (
        select(HoursClaim.volunteer_id, HoursClaim.on, HoursClaim.minutes, Activity.title, Order.number)
        .outerjoin(Activity, Activity.id == HoursClaim.activity_id)
        .outerjoin(Order, and_(Order.id == HoursClaim.order_id, Order.restricted.is_(False)))
        .where(HoursClaim.volunteer_id.in_(volunteer_ids), HoursClaim.on.between(*near))
        .where(HoursClaim.settled_at.is_(None), HoursClaim.id != apart.claim_id)
        .order_by(HoursClaim.id)
    )
    for claim in session.execute(waiting, execution_options=UNSCOPED):
        found[claim.volunteer_id].append(Spell(claim.title or claim.number or "—", claim.on, claim.minutes))
    return found


def activity_spell(title: str, on: date, minutes: int, began_at: datetime | None) -> Spell:
    """An activity lies exactly behind its beginning, when that is known."""
    until = None if began_at is None else began_at + timedelta(minutes=minutes)
    return Spell(title, on, minutes, began_at, until)


def doubt_at_field(
    volunteer: Volunteer, claim: Spell, others: Sequence[Spell], *, field: str, reason: str, today: date,
    too_long: bool = False,
) -> Doubt | None:  # fmt: skip
    """What there is to doubt about hours that are handed in, None for nothing; the caller makes a claim of it.

    Raises BadInput at `field`: DAY_FULL, and DOUBTFUL while no reason is given.
    """
    full = day_full(claim, others)
    if full is not None:
        raise BadInput(
            field, Problem.DAY_FULL, number=volunteer.number, day=full.day.isoformat(), minutes=full.minutes,
            named=full.named,
        )  # fmt: skip
    doubt = doubt_about(claim, others, joined=volunteer.since, ended=volunteer.ended_on, today=today, too_long=too_long)
    if doubt is not None and not reason:
        raise BadInput(
            field, Problem.DOUBTFUL, number=volunteer.number, doubt=doubt.kind, named=doubt.named or claim.name
        )
    return doubt


def must_fit(session: Session, volunteer: Volunteer, claim: Spell, apart: Apart) -> None:
    """Refused("day_too_long") when the day has no room left: what was taken earlier may have filled it since."""
    full = day_full(claim, spells_of(session, [volunteer.id], claim.on, apart).get(volunteer.id, []))
    if full is not None:
        raise Refused(
            "day_too_long", number=volunteer.number, day=full.day.isoformat(), minutes=full.minutes, named=full.named
        )


# --- what waits ------------------------------------------------------------------------------------------------


def claim_hours(
    session: Session, volunteer: Volunteer, spell: Spell, doubt: Doubt, *, reason: str, now: datetime,
    activity_id: int | None = None, order_id: int | None = None,
) -> None:  # fmt: skip
    """Hours in doubt: on record, and in no sum until a second person has spoken."""
    session.add(
        HoursClaim(
            community_id=volunteer.community_id,
            account_id=volunteer.account_id,
            volunteer_id=volunteer.id,
            activity_id=activity_id,
            order_id=order_id,
            on=spell.on,
            minutes=spell.minutes,
            doubt=doubt.kind,
            named=doubt.named,
            reason=reason,
            claimed_by=actor_of(session).id,
            claimed_at=now,
        )
    )


def drop_claim(session: Session, order_id: int, *, now: datetime) -> None:
    """The service itself was taken back: nobody has to decide about its hours any more."""
    waiting = select(HoursClaim).where(HoursClaim.order_id == order_id, HoursClaim.settled_at.is_(None))
    for claim in session.scalars(waiting.with_for_update(), execution_options=UNSCOPED):
        claim.settled_at = now


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
        _count_activity(session, volunteer, claim, now=now)


def _count_order(session: Session, order: Order, volunteer: Volunteer, claim: HoursClaim) -> None:
    must_fit(session, volunteer, Spell(order.number, claim.on, claim.minutes), Apart(order_id=order.id))
    order.minutes = claim.minutes
    if order.state in WITH_MINUTES:
        add_minutes(session, volunteer, claim.minutes)


def _count_activity(session: Session, volunteer: Volunteer, claim: HoursClaim, *, now: datetime) -> None:
    activity = load(session, Activity, claim.activity_id or 0)
    must_fit(session, volunteer, activity_spell(activity.title, claim.on, claim.minutes, activity.began_at), Apart())
    add_record(session, activity, volunteer, claim.minutes, note=claim.reason, by=claim.claimed_by, now=now)
    _tell_project(session, activity, volunteer, before=0, after=claim.minutes, note=claim.word, now=now)


def credit(
    session: Session, source: Activity, volunteer: Volunteer, minutes: int, *, others: Sequence[Spell], note: str = "",
    field: str = "minutes", note_field: str = "note", sheet: int = 1, now: datetime,
) -> int:  # fmt: skip
    """Write down one volunteer's hours at an activity; the minutes that count at once, 0 when they wait for a second
    person. `sheet` is how many people are written down together; the caller holds the volunteer.

    Raises BadInput at `field` (no half hour, DAY_FULL, DOUBTFUL) and `note_field` (long without a reason).
    """
    whole = fields.whole(field, minutes, least=HALF_HOUR, most=ACTIVITY_MINUTES_MOST)
    if whole % HALF_HOUR:
        raise BadInput(field, Problem.WRONG)
    reason = fields.line(note_field, note, most=200, needed=whole > LONG_MINUTES)
    spell = activity_spell(source.title, source.on, whole, source.began_at)
    too_long = too_long_since(source.began_at or datetime.combine(source.on, time(), CHINA), now, whole)
    today = day_of(now)
    doubt = doubt_at_field(volunteer, spell, others, field=field, reason=reason, today=today, too_long=too_long)
    if doubt is not None:
        claim_hours(session, volunteer, spell, doubt, reason=reason, now=now, activity_id=source.id)
        return 0
    add_record(session, source, volunteer, whole, note=reason, by=actor_of(session).id, now=now)
    return whole


def add_record(
    session: Session, activity: Activity, volunteer: Volunteer, minutes: int, *, note: str, by: int, now: datetime
) -> None:
    """One volunteer's hours at one activity enter the sums; the caller holds the volunteer."""
    session.add(
        ServiceRecord(
            community_id=activity.community_id,
            account_id=volunteer.account_id,
            activity_id=activity.id,
            volunteer_id=volunteer.id,
            on=activity.on,
            minutes=minutes,
            note=note,
            recorded_at=now,
            recorded_by=by,
        )
    )
    add_minutes(session, volunteer, minutes)


def _tell_project(
    session: Session, activity: Activity, volunteer: Volunteer, *, before: int, after: int, note: str, now: datetime
) -> None:
    """The life of the project, when the activity is of one, tells that hours changed."""
    if activity.project_id is None:
        return
    add_to_life(
        session,
        load(session, Project, activity.project_id),
        Happening.SERVICE_CORRECTED,
        now=now,
        note=note,
        title=activity.title,
        number=volunteer.number,
        before=before,
        after=after,
    )


# --- corrections -----------------------------------------------------------------------------------------------


@action(Permission.MANAGE_VOLUNTEERS)
def correct_service(session: Session, *, record_id: int, minutes: int | None, reason: str, now: datetime) -> None:
    """Correct wrong hours, also of a finished project; 0 strikes the record out. What was recorded first stays.

    Done by the community's staff, and raised only by somebody else than who recorded them: two people stand behind
    changed hours. Raises Refused("hours_second_person"); BadInput at `minutes`, also DAY_FULL.
    """
    record = load(session, ServiceRecord, record_id, lock=True)
    after = fields.whole("minutes", minutes, least=0, most=ACTIVITY_MINUTES_MOST)
    why, before = fields.line("reason", reason, most=200), record.minutes
    if after % HALF_HOUR or after == before:
        raise BadInput("minutes", Problem.WRONG)
    if after > before and record.recorded_by == actor_of(session).id:
        raise Refused("hours_second_person")
    volunteer = load(session, Volunteer, record.volunteer_id, lock=True)
    activity = load(session, Activity, record.activity_id or 0)
    spell = activity_spell(activity.title, record.on, after, activity.began_at)
    if after > before:
        _must_fit_at_field(session, volunteer, spell, Apart(record_id=record.id))
    if record.first_minutes is None:
        record.first_minutes = before
    record.minutes, record.correction = after, why
    _tell_project(session, activity, volunteer, before=before, after=after, note=why, now=now)
    add_minutes(session, volunteer, after - before)


@action(Permission.MANAGE_VOLUNTEERS)
def correct_order_hours(session: Session, *, order_id: int, minutes: int | None, reason: str, now: datetime) -> None:
    """Correct the minutes of an order that was served, before or after the resident's word; 0 strikes them out.

    Raises Refused: order_not_served, claim_open; hours_second_person for the helper; BadInput at `minutes`.
    """
    after = fields.whole("minutes", minutes, least=0, most=ORDER_MINUTES_MOST)
    why = fields.line("reason", reason, most=200)
    order = load(session, Order, order_id, lock=True)
    serving = select(OrderOffer.volunteer_id).where(
        OrderOffer.order_id == order.id, OrderOffer.state == AssignmentState.ACCEPTED
    )
    helper = session.scalar(serving)
    if helper is None or order.state not in _CLAIMED or order.ended_at is None:
        raise Refused("order_not_served")
    volunteer, before = load(session, Volunteer, helper, lock=True), order.minutes or 0
    if after % HALF_HOUR or after == before:
        raise BadInput("minutes", Problem.WRONG)
    if session.scalar(select(HoursClaim.id).where(HoursClaim.order_id == order.id, HoursClaim.settled_at.is_(None))):
        raise Refused("claim_open")
    if volunteer.account_id == actor_of(session).id:
        raise Refused("hours_second_person")
    spell = Spell(order.number, day_of(order.ended_at), after)
    if after > before:
        _must_fit_at_field(session, volunteer, spell, Apart(order_id=order.id))
    order.minutes = after
    if order.state in WITH_MINUTES:
        add_minutes(session, volunteer, after - before)
    note_event(
        session, volunteer, VolunteerChange.HOURS_CORRECTED, now=now, reason=why,
        before=f"{order.number} {before}", after=f"{order.number} {after}",
    )  # fmt: skip


def _must_fit_at_field(session: Session, volunteer: Volunteer, spell: Spell, apart: Apart) -> None:
    full = day_full(spell, spells_of(session, [volunteer.id], spell.on, apart).get(volunteer.id, []))
    if full is not None:
        raise BadInput(
            "minutes", Problem.DAY_FULL, number=volunteer.number, day=full.day.isoformat(), minutes=full.minutes,
            named=full.named,
        )  # fmt: skip

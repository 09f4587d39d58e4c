"""时长: one day has one limit over every source; what is in doubt becomes a claim; corrections.

Hours come from an activity, a slot of a rota or an order. `credit` is the one way in for activities and slots.
"""

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
from db.errors import BadInput, Conflict, Problem, Refused
from db.models import (
    Activity,
    HoursChange,
    HoursClaim,
    Order,
    OrderOffer,
    Project,
    Rota,
    RotaPost,
    ServiceRecord,
    Slot,
    Volunteer,
)
from db.rules.limits import ACTIVITY_MINUTES_MOST, HALF_HOUR, ORDER_MINUTES_MOST
from db.rules.orders.life import WITH_MINUTES
from db.rules.permissions import Permission
from db.rules.volunteers.hours import (
    SHEET_MOST,
    Doubt,
    Spell,
    activity_spell,
    clock_spell,
    day_full,
    doubt_about,
    too_long_since,
)
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import AssignmentState, Happening, HoursDoubt, OrderState, VolunteerChange

_CLAIMED = (OrderState.DONE, *WITH_MINUTES)
"""The helper has said how long it took, whether or not the resident has spoken yet."""
Source = Activity | Slot
"""What hours are written down for; an order carries its minutes itself."""
LONG_MINUTES = 480
"""More than eight hours needs a reason (docs/domain.md 9.2)."""


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
    """Everything that these volunteers have on a day and on the days beside it, or ever: activities, slots, orders,
    hours that wait.

    Read past the scope, because a limit that does not see a restricted order is none; its number stays unsaid.
    The caller holds the volunteers, so that nothing comes in between.
    """
    found: dict[int, list[Spell]] = defaultdict(list)
    near = (fields.FIRST_DAY, fields.LAST_DAY) if on is None else (on - timedelta(days=1), on + timedelta(days=1))
    begin, end = (datetime.combine(day, time(), CHINA) for day in (near[0], near[1] + timedelta(days=1)))
    theirs = (
        *(ServiceRecord.volunteer_id.in_(volunteer_ids), ServiceRecord.on.between(*near)),
        *(ServiceRecord.minutes > 0, ServiceRecord.id != apart.record_id),
    )
    records = (
        select(ServiceRecord.volunteer_id, Activity.title, ServiceRecord.on, ServiceRecord.minutes, Activity.began_at)
        .join(Activity, Activity.id == ServiceRecord.activity_id)
        .where(*theirs)
        .order_by(ServiceRecord.id)
    )
    for row in session.execute(records, execution_options=UNSCOPED):
        found[row.volunteer_id].append(activity_spell(row.title, row.on, row.minutes, row.began_at))
    turns = (
        select(ServiceRecord.volunteer_id, ServiceRecord.minutes, *_SLOT)
        .join(Slot, Slot.id == ServiceRecord.slot_id)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .join(Rota, Rota.id == Slot.rota_id)
        .where(*theirs)
        .order_by(ServiceRecord.id)
    )
    for turn in session.execute(turns, execution_options=UNSCOPED):
        name = slot_name(turn.title, turn.name)
        found[turn.volunteer_id].append(Spell(name, turn.on, turn.minutes, turn.starts_at, turn.ends_at))
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
        select(HoursClaim.volunteer_id, HoursClaim.on, HoursClaim.minutes, Activity.title, Order.number, Rota.title)
        .outerjoin(Activity, Activity.id == HoursClaim.activity_id)
        .outerjoin(Slot, Slot.id == HoursClaim.slot_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
        .outerjoin(Order, and_(Order.id == HoursClaim.order_id, Order.restricted.is_(False)))
        .where(HoursClaim.volunteer_id.in_(volunteer_ids), HoursClaim.on.between(*near))
        .where(HoursClaim.settled_at.is_(None), HoursClaim.id != apart.claim_id)
        .order_by(HoursClaim.id)
    )
    for volunteer_id, day, minutes, *names in session.execute(waiting, execution_options=UNSCOPED):
        found[volunteer_id].append(Spell(next(filter(None, names), "—"), day, minutes))
    return found


_SLOT = (Slot.on, Slot.starts_at, Slot.ends_at, Rota.title, RotaPost.name)


def slot_name(title: str, post: str) -> str:
    """What a slot is called among hours: its rota and its post."""
    return f"{title} {post}"


def spell_of(session: Session, source: Source, minutes: int) -> Spell:
    """So many minutes at an activity or in a slot. A slot lies between its two moments, a night shift on two days."""
    if isinstance(source, Activity):
        return activity_spell(source.title, source.on, minutes, source.began_at)
    title, post = session.execute(
        select(Rota.title, RotaPost.name)
        .join(RotaPost, RotaPost.rota_id == Rota.id)
        .where(RotaPost.id == source.post_id)
    ).one()
    return Spell(slot_name(title, post), source.on, minutes, source.starts_at, source.ends_at)


def doubt_at_field(
    volunteer: Volunteer, claim: Spell, others: Sequence[Spell], *, field: str, reason: str, today: date,
    too_long: bool = False, sheet: int = 1,
) -> Doubt | None:  # fmt: skip
    """What there is to doubt about hours that are handed in, None for nothing; the caller makes a claim of it.

    Raises BadInput at `field`: DAY_FULL, and DOUBTFUL while no reason is given. That a sheet is long needs no reason.
    """
    full = day_full(claim, others)
    if full is not None:
        raise BadInput(
            field, Problem.DAY_FULL, number=volunteer.number, day=full.day.isoformat(), minutes=full.minutes,
            named=full.named,
        )  # fmt: skip
    doubt = doubt_about(claim, others, joined=volunteer.since, ended=volunteer.ended_on, today=today, too_long=too_long)
    if doubt is None and sheet > SHEET_MOST:
        return Doubt(HoursDoubt.LARGE_SHEET, str(sheet))
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
    activity_id: int | None = None, order_id: int | None = None, slot_id: int | None = None,
) -> None:  # fmt: skip
    """Hours in doubt: on record, and in no sum until a second person has spoken."""
    session.add(
        HoursClaim(
            community_id=volunteer.community_id,
            account_id=volunteer.account_id,
            volunteer_id=volunteer.id,
            activity_id=activity_id,
            order_id=order_id,
            slot_id=slot_id,
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


# --- what counts -----------------------------------------------------------------------------------------------


def credit(
    session: Session,
    source: Source,
    volunteer: Volunteer,
    minutes: int | None,
    *,
    others: Sequence[Spell],
    note: str = "",
    field: str = "minutes",
    note_field: str = "note",
    sheet: int = 1,
    now: datetime,
) -> int:
    """Write down that a volunteer served so long at an activity or in a slot; the minutes that count at once.

    0 when the hours are in doubt and became a claim for a second person. `others` is what `spells_of` found for the
    volunteer on the day; `sheet` is how many are written down together. The caller holds the volunteer's row, and has
    seen that they were there. Raises BadInput at `field` (also WRONG for what is no half hour, DAY_FULL, and DOUBTFUL
    while there is no note) and at `note_field`.
    """
    length, word = checked_minutes(minutes, note, field=field, note_field=note_field)
    spell = spell_of(session, source, length)
    began = spell.since or datetime.combine(source.on, time(), CHINA)
    doubt = doubt_at_field(
        volunteer, spell, others, field=field, reason=word, today=day_of(now),
        too_long=too_long_since(began, now, length), sheet=sheet,
    )  # fmt: skip
    if doubt is None:
        add_record(session, source, volunteer, length, note=word, by=actor_of(session).id, now=now)
        return length
    ids: dict[str, int] = {"activity_id" if isinstance(source, Activity) else "slot_id": source.id}
    claim_hours(session, volunteer, spell, doubt, reason=word, now=now, **ids)
    return 0


def checked_minutes(minutes: int | None, note: str, *, field: str, note_field: str) -> tuple[int, str]:
    """Whole half hours with a note, which more than eight hours need."""
    length = fields.whole(field, minutes, least=HALF_HOUR, most=ACTIVITY_MINUTES_MOST)
    if length % HALF_HOUR:
        raise BadInput(field, Problem.WRONG)
    return length, fields.line(note_field, note, most=200, needed=length > LONG_MINUTES)


def add_record(
    session: Session, source: Source, volunteer: Volunteer, minutes: int, *, note: str, by: int, now: datetime
) -> None:
    """One volunteer's hours at one activity or in one slot enter the sums; the caller holds the volunteer."""
    at_activity = isinstance(source, Activity)
    session.add(
        ServiceRecord(
            community_id=source.community_id,
            account_id=volunteer.account_id,
            activity_id=source.id if at_activity else None,
            slot_id=None if at_activity else source.id,
            volunteer_id=volunteer.id,
            on=source.on,
            minutes=minutes,
            note=note,
            recorded_at=now,
            recorded_by=by,
        )
    )
    add_minutes(session, volunteer, minutes)


def source_of(session: Session, row: ServiceRecord | HoursClaim) -> Source:
    """The activity or slot behind hours; for those of an order nobody asks."""
    if row.slot_id is not None:
        return load(session, Slot, row.slot_id)
    return load(session, Activity, row.activity_id or 0)


def tell_project(
    session: Session, source: Source, volunteer: Volunteer, *, before: int, after: int, note: str, now: datetime
) -> None:
    """The life of the project, when hours of an activity of one changed."""
    if not isinstance(source, Activity) or source.project_id is None:
        return
    add_to_life(
        session,
        load(session, Project, source.project_id),
        Happening.SERVICE_CORRECTED,
        now=now,
        note=note,
        title=source.title,
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
    # The volunteer before the hours, as everybody holds them who writes hours down or makes two entries one.
    whose = load(session, ServiceRecord, record_id).volunteer_id
    volunteer, record = load(session, Volunteer, whose, lock=True), load(session, ServiceRecord, record_id, lock=True)
    if record.volunteer_id != whose:  # A merge of this moment gave the hours to another entry.
        raise Conflict(what="service_record", id=record.id, version=None)
    after = fields.whole("minutes", minutes, least=0, most=ACTIVITY_MINUTES_MOST)
    why, before = fields.line("reason", reason, most=200), record.minutes
    if after % HALF_HOUR or after == before:
        raise BadInput("minutes", Problem.WRONG)
    if after > before and record.recorded_by == actor_of(session).id:
        raise Refused("hours_second_person")
    source = source_of(session, record)
    if after > before:
        _must_fit_at_field(session, volunteer, spell_of(session, source, after), Apart(record_id=record.id))
    record.first_minutes = before if record.first_minutes is None else record.first_minutes
    record.minutes, record.correction = after, why
    record.agreed, record.agreed_at, record.objection = None, None, ""  # What was said was said of other hours.
    _keep_change(session, volunteer, before, after, why, now=now, record_id=record.id)
    tell_project(session, source, volunteer, before=before, after=after, note=why, now=now)
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
    _keep_change(session, volunteer, before, after, why, now=now, order_id=order.id)
    if order.state in WITH_MINUTES:
        add_minutes(session, volunteer, after - before)
    note_event(
        session, volunteer, VolunteerChange.HOURS_CORRECTED, now=now, reason=why,
        before=f"{order.number} {before}", after=f"{order.number} {after}",
    )  # fmt: skip


def _keep_change(
    session: Session, volunteer: Volunteer, before: int, after: int, reason: str, *, now: datetime,
    record_id: int | None = None, order_id: int | None = None,
) -> None:  # fmt: skip
    """One line of the trail: what was written is taken back by it and written anew, never deleted."""
    session.add(
        HoursChange(
            community_id=volunteer.community_id, account_id=volunteer.account_id, volunteer_id=volunteer.id,
            record_id=record_id, order_id=order_id, before=before, after=after, reason=reason, at=now,
            by=actor_of(session).id,
        )
    )  # fmt: skip


def _must_fit_at_field(session: Session, volunteer: Volunteer, spell: Spell, apart: Apart) -> None:
    full = day_full(spell, spells_of(session, [volunteer.id], spell.on, apart).get(volunteer.id, []))
    if full is not None:
        raise BadInput(
            "minutes", Problem.DAY_FULL, number=volunteer.number, day=full.day.isoformat(), minutes=full.minutes,
            named=full.named,
        )  # fmt: skip

"""投诉: write one down, hand it over, contact, answer, revisit, close it, and take it up again when it comes back."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.complaints.steps import (
    add_step,
    come_to,
    complaint_in,
    complaint_to,
    repeats_of,
    take_up_again,
    tries_in_vain,
)
from db.actions.doors.visits import door_from, household_at, place_in_reach
from db.actions.fields import chosen, day, line, telephone, words
from db.actions.loading import actor_of, chosen_row, load
from db.actions.numbering import next_number
from db.audit import note as audit_note
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Category, Complaint, Household
from db.queries.complaints.times import complaint_times
from db.queries.council.notices import holidays
from db.rules.complaints.due import due_times
from db.rules.complaints.input import ComplaintInput, HandOverInput, RevisitInput
from db.rules.complaints.life import IN_HAND, NOT_REACHED_TRIES, OPEN, Lacks, lacks_to_close, way_to
from db.rules.doors.door import DoorInput
from db.rules.masking import redact
from db.rules.needs.input import NO_CALLER, CallerInput
from db.rules.needs.register import title_from
from db.rules.permissions import Permission
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import ComplaintState, ComplaintStepKind, NeedSource, ResponsibleBody, Satisfaction, Urgency

SERIES = "T"
OFFICE_CLOSES = time(17)
RATED = tuple(Satisfaction)


@action(Permission.LOG_COMPLAINT)
def log_complaint(
    session: Session,
    *,
    given: ComplaintInput,
    door: DoorInput,
    now: datetime,
    caller: CallerInput = NO_CALLER,
) -> dict[str, Any]:
    """Store one complaint with the times until contact and answer; `urgency` only sets these. Returns id and number.

    That of a restricted household is restricted. Raises Refused("door_restricted") as a visit does.
    """
    text = words("description", given.description, most=1000)
    # A title goes on lists and into meetings: telephone numbers and rooms stay in the description only.
    named = redact(line("title", given.title, most=60, needed=False)) or title_from(redact(text))
    came_by = chosen("source", given.source, list(NeedSource))
    category = chosen_row(session, Category, "category_id", given.category_id)
    place = place_in_reach(session, door.place_id)
    typed = door_from(door, place)
    name = line("asker_name", caller.asker_name, most=30, needed=False) or None
    phone = telephone("asker_phone", caller.asker_phone)
    received = day("received_on", given.received_on or day_of(now), most=day_of(now))
    number_there = line("source_number", given.source_number, most=60, needed=False)
    haste = chosen("urgency", given.urgency, list(Urgency))
    household = _asker(session, door.household_id)
    if household is None and typed.is_household:
        household = household_at(session, place, typed)
    session.flush()
    began = now if received == day_of(now) else datetime.combine(received, OFFICE_CLOSES, CHINA)
    due = due_times(came_by, haste, began, holidays(session), complaint_times(session))
    row = Complaint(
        community_id=place.community_id,
        number=next_number(session, place.community_id, SERIES, day_of(now).year),
        title=named,
        description=text,
        source=came_by,
        source_number=number_there,
        category_id=category.id,
        place_id=place.id,
        building=typed.building,
        household_id=household.id if household else None,
        restricted=bool(household and household.restricted),
        asker_name=name,
        asker_phone=phone,
        received_on=received,
        logged_at=now,
        logged_by=actor_of(session).id,
        state_since=now,
        contact_due_at=due.contact_at,
        due_on=due.answer_on,
    )
    session.add(row)
    session.flush()
    add_step(session, row, ComplaintStepKind.REGISTERED, now=now, source=came_by, urgency=haste)
    return {"id": row.id, "number": row.number}


def _asker(session: Session, household_id: int | None) -> Household | None:
    return load(session, Household, household_id) if household_id is not None else None


@action(Permission.HANDLE_COMPLAINT)
def hand_over(
    session: Session,
    *,
    complaint_id: int,
    version: int,
    given: HandOverInput,
    now: datetime,
) -> int:
    """交办: who is on stage (谁在台上), who assists, until when; `repeats`: the open repeats go with it.

    Two who hand over at once: the second is told (Conflict). How many complaints went.
    """
    row = complaint_to(session, complaint_id, version, ComplaintState.HANDED_OVER)
    body = chosen("responsible", given.responsible, list(ResponsibleBody))
    who = line("name", given.name, most=60, needed=body is not ResponsibleBody.COMMUNITY)
    said = words("note", given.note, most=500, needed=False)
    until = day("due_on", given.due_on, least=day_of(now))
    beside = list(dict.fromkeys(chosen("assists", one, list(ResponsibleBody)) for one in given.assists))
    with_it = repeats_of(session, row, IN_HAND) if given.repeats else []
    for one in (row, *with_it):
        come_to(one, ComplaintState.HANDED_OVER, now=now)
        one.responsible, one.responsible_name, one.due_on = body, who, until
        values = {"body": body, "name": who, "due": until.isoformat(), "assists": [b for b in beside if b is not body]}
        add_step(session, one, ComplaintStepKind.HANDED_OVER, now=now, note=said, **values)
    return 1 + len(with_it)


@action(Permission.HANDLE_COMPLAINT)
def extend_due(
    session: Session, *, complaint_id: int, version: int, due_on: date | None, reason: str, now: datetime
) -> str:
    """延期 with a reason, to a later day than the one there is. The day."""
    row = complaint_in(session, complaint_id, version, IN_HAND)
    until = day("due_on", due_on, least=day_of(now))
    if row.due_on is not None and until <= row.due_on:
        raise BadInput("due_on", Problem.TOO_EARLY, day=str(row.due_on + timedelta(days=1)))
    why = words("reason", reason, most=500)
    values = {"before": row.due_on.isoformat() if row.due_on else "", "due": until.isoformat()}
    add_step(session, row, ComplaintStepKind.EXTENDED, now=now, note=why, **values)
    row.due_on = until
    return until.isoformat()


@action(Permission.HANDLE_COMPLAINT)
def record_contact(session: Session, *, complaint_id: int, version: int, said: str, now: datetime) -> bool:
    """The asker was spoken to (响应); only the first time counts for the rate. Whether it was in time."""
    row = complaint_in(session, complaint_id, version, OPEN)
    text = words("said", said, most=500, needed=False)
    if row.contacted_at is None:
        row.contacted_at = now
    in_time = row.contact_due_at is None or row.contacted_at <= row.contact_due_at
    add_step(session, row, ComplaintStepKind.CONTACTED, now=now, note=text, in_time=in_time)
    return in_time


@action(Permission.HANDLE_COMPLAINT)
def reply_complaint(
    session: Session, *, complaint_id: int, version: int, reply: str, now: datetime, repeats: bool = False
) -> int:
    """The answer of the body that is responsible; `repeats`: the open repeats get it too. How many were answered."""
    row = complaint_to(session, complaint_id, version, ComplaintState.REPLIED)
    text = words("reply", reply, most=500)
    with_it = repeats_of(session, row, IN_HAND) if repeats else []
    for one in (row, *with_it):
        for state in way_to(one.state, ComplaintState.REPLIED):
            come_to(one, state, now=now)
        one.responsible = one.responsible or row.responsible
        one.responsible_name = one.responsible_name or row.responsible_name
        one.reply, one.replied_at = text, now
        values = {} if one is row else {"first": row.number}
        add_step(session, one, ComplaintStepKind.REPLIED, now=now, note=text, **values)
    return 1 + len(with_it)


@action(Permission.HANDLE_COMPLAINT)
def revisit_complaint(
    session: Session,
    *,
    complaint_id: int,
    version: int,
    given: RevisitInput,
    now: datetime,
) -> dict[str, Any]:
    """回访: what the asker says, or 未联系上. `close` ends what was solved in the same step.

    Returns the tries in vain since the reply and whether it is closed.
    """
    row = complaint_in(session, complaint_id, version, (ComplaintState.REPLIED,))
    if not chosen("reached", given.reached, (True, False)):
        text = words("said", given.said, most=500, needed=False)
        add_step(session, row, ComplaintStepKind.REVISITED, now=now, note=text, reached=False)
        session.flush()
        return {"tries": tries_in_vain(session, row.id), "closed": False}
    row.solved = chosen("solved", given.solved, (True, False))
    row.satisfaction = chosen("satisfaction", given.satisfaction, RATED)
    text = words("said", given.said, most=500, needed=not row.solved)
    values = {"reached": True, "solved": row.solved, "satisfaction": row.satisfaction}
    add_step(session, row, ComplaintStepKind.REVISITED, now=now, note=text, **values)
    if given.close and row.solved:
        _end(session, row, "", now=now)
    return {"tries": 0, "closed": row.state is ComplaintState.CLOSED}


@action(Permission.HANDLE_COMPLAINT)
def close_complaint(session: Session, *, complaint_id: int, version: int, said: str, now: datetime) -> int:
    """办结: never without a reply and a revisit, or three tries in vain; unsolved only with words that say why."""
    row = complaint_to(session, complaint_id, version, ComplaintState.CLOSED)
    text = words("said", said, most=500, needed=False)
    tries = tries_in_vain(session, row.id)
    lacks = lacks_to_close(reply=row.reply, solved=row.solved, tries=tries, words=text)
    if lacks is Lacks.REASON:
        raise BadInput("said", Problem.EMPTY)
    if lacks is not None:
        raise Refused(f"complaint_lacks_{lacks.value}", tries=tries, least=NOT_REACHED_TRIES)
    _end(session, row, text, now=now)
    return row.id


def _end(session: Session, row: Complaint, said: str, *, now: datetime) -> None:
    come_to(row, ComplaintState.CLOSED, now=now)
    row.closed_at = now
    add_step(session, row, ComplaintStepKind.CLOSED, now=now, note=said)


@action(Permission.HANDLE_COMPLAINT)
def reopen_complaint(session: Session, *, complaint_id: int, version: int, reason: str, now: datetime) -> int:
    """反弹: it came back after it was closed. How often it did."""
    row = complaint_to(session, complaint_id, version, ComplaintState.REOPENED)
    take_up_again(session, row, words("reason", reason, most=500), now=now)
    return row.relapses


@action(Permission.VOID_COMPLAINT)
def void_complaint(session: Session, *, complaint_id: int, version: int, reason: str, now: datetime) -> int:
    """作废 with a reason; the row stays. Raises Refused("complaint_has_repeats") while others point to it."""
    why = words("reason", reason, most=500)
    row = complaint_to(session, complaint_id, version, ComplaintState.VOID)
    pointing = session.execute(
        select(func.count()).select_from(Complaint).where(Complaint.repeat_of_id == row.id), execution_options=UNSCOPED
    ).scalar_one()
    if pointing:
        raise Refused("complaint_has_repeats", count=pointing)
    come_to(row, ComplaintState.VOID, now=now)
    add_step(session, row, ComplaintStepKind.VOIDED, now=now, note=why)
    return row.id


@action(Permission.UNMASK)
def unmask_complaint(session: Session, *, complaint_id: int, reason: str, now: datetime) -> int:
    """Allow this person one look at the asker of a complaint; the id of the trace, which the look must show."""
    why = line("reason", reason, most=200)
    row = load(session, Complaint, complaint_id)
    audit_note(session, row, "read", {"asker_name": (None, None), "asker_phone": (None, None)}, reason=why)
    step = add_step(session, row, ComplaintStepKind.UNMASKED, now=now, note=why)
    session.flush()
    return step.id

"""What a complaint hangs together with: its repeats, a dispute at the table, a project, a public need."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.complaints.complaints import log_complaint
from db.actions.complaints.mediation import register_mediation
from db.actions.complaints.steps import add_step, come_to, complaint_in, repeats_of
from db.actions.fields import line, row_id
from db.actions.loading import chosen_row, load
from db.actions.needs.needs import log_need
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import Complaint, Mediation, Project
from db.rules.complaints.input import ComplaintInput
from db.rules.complaints.life import IN_HAND, OPEN, may_follow, root_of
from db.rules.doors.door import DoorInput
from db.rules.needs.input import NO_CALLER, CallerInput, NeedInput, OriginInput
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import ComplaintState, ComplaintStepKind, MediationState, NeedSource, Reach, ResponsibleBody, Urgency

NOT_VOID = tuple(state for state in ComplaintState if state is not ComplaintState.VOID)


@action(Permission.HANDLE_COMPLAINT)
def link_repeat(
    session: Session, *, complaint_id: int, version: int, first_id: int | None, now: datetime, number: str = ""
) -> dict[str, Any]:
    """Say that a complaint repeats another; what repeated it follows, so that all point to one first.

    `closed` in the result: the first was closed already, so it came back; whether it is taken up again is asked then.
    """
    wanted = row_id("first_id", first_id) if first_id is not None else _by_number(session, number)
    # Always in the order of ids: two people who link two complaints to each other wait, and the second finds a circle.
    load(session, Complaint, complaint_id)
    for either in sorted({complaint_id, wanted}):
        chosen_row(session, Complaint, "first_id", either, lock=True)
    row = complaint_in(session, complaint_id, version, NOT_VOID)
    other = chosen_row(session, Complaint, "first_id", wanted, lock=True)
    root = root_of(row.id, other.id, other.repeat_of_id)
    if root is None:
        raise Refused("complaint_circle")
    first = chosen_row(session, Complaint, "first_id", root, lock=True)
    if first.community_id != row.community_id or ComplaintState.VOID in (first.state, other.state):
        raise BadInput("first_id", Problem.UNKNOWN_CHOICE)
    followers = repeats_of(session, row, tuple(ComplaintState))
    row.repeat_of_id = first.id
    add_step(session, row, ComplaintStepKind.LINKED, now=now, first=first.number)
    add_step(session, first, ComplaintStepKind.LINKED, now=now, repeat=row.number)
    for one in followers:
        one.repeat_of_id = first.id
        add_step(session, one, ComplaintStepKind.LINKED, now=now, first=first.number)
    if row.mediation_id is None and first.mediation_id is not None and row.state in OPEN:
        row.mediation_id = first.mediation_id
    return {"first_id": first.id, "number": first.number, "closed": first.state is ComplaintState.CLOSED}


def _by_number(session: Session, number: str) -> int:
    """The complaint of a number, or BadInput at the field."""
    typed = line("number", number, most=24).upper()
    found = session.execute(select(Complaint.id).where(Complaint.number == typed)).scalars().first()
    if found is None:
        raise BadInput("number", Problem.UNKNOWN_CHOICE)
    return found


@action(Permission.LOG_COMPLAINT)
def log_repeat(
    session: Session,
    *,
    first_id: int,
    description: str,
    source: NeedSource | None,
    now: datetime,
    caller: CallerInput = NO_CALLER,
) -> dict[str, Any]:
    """Somebody complains of what is known already: written down as its repeat, with its kind and place, in one step.

    It has its own number, times and revisit. Returns what `log_complaint` and `link_repeat` do, `first` its number.
    """
    known = load(session, Complaint, first_id)
    made = log_complaint(
        session,
        given=ComplaintInput(description, source, known.category_id),
        door=DoorInput(place_id=known.place_id, building=known.building),
        caller=caller,
        now=now,
    )
    row = load(session, Complaint, made["id"])
    found = link_repeat(session, complaint_id=row.id, version=row.version, first_id=first_id, now=now)
    return {**made, "first": found["number"], "closed": found["closed"]}


@action(Permission.HANDLE_COMPLAINT)
def unlink_repeat(session: Session, *, complaint_id: int, version: int, now: datetime) -> int:
    """It was another matter after all."""
    row = complaint_in(session, complaint_id, version, NOT_VOID)
    if row.repeat_of_id is None:
        raise Refused("complaint_repeats_nothing")
    number = session.execute(
        select(Complaint.number).where(Complaint.id == row.repeat_of_id), execution_options=UNSCOPED
    ).scalar_one()
    row.repeat_of_id = None
    add_step(session, row, ComplaintStepKind.UNLINKED, now=now, first=number)
    return row.id


@action(Permission.HANDLE_COMPLAINT)
def to_mediation(
    session: Session,
    *,
    complaint_id: int,
    version: int,
    title: str,
    matter: str,
    now: datetime,
    mediation_id: int | None = None,
) -> int:
    """Bring the matter to the table, in a dispute that is open already or a new one; open repeats come along.

    The id of the dispute. Its parties are still to be named.
    """
    row = complaint_in(session, complaint_id, version, IN_HAND)
    if (
        row.mediation_id is not None
        and load(session, Mediation, row.mediation_id).state is not MediationState.ESCALATED
    ):
        raise Refused("complaint_at_table")
    if mediation_id is None:
        dispute_id = register_mediation(
            session, title=title, matter=matter, now=now, place_id=row.place_id, need_id=row.need_id
        )
        dispute = load(session, Mediation, dispute_id)
    else:
        dispute = load(session, Mediation, mediation_id)
    if dispute.state is MediationState.ESCALATED or dispute.community_id != row.community_id:
        raise WrongStage(what="mediation", stage=dispute.state, permission=Permission.HANDLE_COMPLAINT)
    for one in (row, *repeats_of(session, row, IN_HAND)):
        one.mediation_id = dispute.id
        one.responsible = one.responsible or ResponsibleBody.COMMUNITY
        if may_follow(one.state, ComplaintState.HANDED_OVER):
            come_to(one, ComplaintState.HANDED_OVER, now=now)
        add_step(session, one, ComplaintStepKind.MEDIATION, now=now, mediation=dispute.number)
    return dispute.id


@action(Permission.HANDLE_COMPLAINT)
def link_project(session: Session, *, complaint_id: int, version: int, project_id: int | None, now: datetime) -> int:
    """Say which project is to end the matter; its repeats belong to it as well. How many complaints that is."""
    row = complaint_in(session, complaint_id, version, NOT_VOID)
    project = chosen_row(session, Project, "project_id", project_id)
    if project.community_id != row.community_id:
        raise BadInput("project_id", Problem.UNKNOWN_CHOICE)
    linked = [row, *repeats_of(session, row, NOT_VOID)]
    for one in linked:
        one.project_id = project.id
        add_step(session, one, ComplaintStepKind.PROJECT, now=now, project=project.number)
    return len(linked)


@action(Permission.HANDLE_COMPLAINT)
def to_need(
    session: Session,
    *,
    complaint_id: int,
    version: int,
    reach: Reach | None,
    people: int | None,
    now: datetime,
) -> dict[str, Any]:
    """What concerns many becomes a public need; the complaint is still answered. Returns the need's id and number."""
    row = complaint_in(session, complaint_id, version, OPEN)
    if row.need_id is not None:
        raise Refused("complaint_is_need")
    need = log_need(
        session,
        given=NeedInput(row.description, row.category_id, reach, people, Urgency.NORMAL, title=row.title),
        door=DoorInput(place_id=row.place_id, building=row.building, household_id=row.household_id),
        caller=CallerInput(row.asker_name or "", row.asker_phone or ""),
        origin=OriginInput(row.source),
        now=now,
    )
    row.need_id = need["id"]
    add_step(session, row, ComplaintStepKind.NEED, now=now, need=need["number"])
    return {"id": need["id"], "number": need["number"]}

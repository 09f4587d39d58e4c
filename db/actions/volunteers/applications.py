"""登记申请: taken in from the plain page once, as the system; a worker confirms, joins to a known entry, or declines.

Nobody is in the registry before a worker said so; name and telephone go over without passing the worker's screen.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.volunteers.life import birth_year_of
from db.actions.volunteers.volunteers import enter_registry, half_days, must_serve, note_event, tidy_skills
from db.audit import note as note_in_log
from db.counters import day_of
from db.engine import action, as_system
from db.errors import BadInput, Problem, Refused
from db.models import Community, Volunteer, VolunteerApplication, blind_index
from db.queries.volunteers.applications import community_of_code
from db.rules.clock import lately
from db.rules.permissions import Permission
from db.rules.printed_code import RECEIPT, new_code
from db.rules.volunteers.application import (
    AN_HOUR,
    KEPT_DAYS,
    MOST_SKILLS,
    NAME_MOST,
    OTHER_MOST,
    SKILL_MOST,
    ApplicationInput,
)
from db.rules.volunteers.asking import may_be_minor
from db.terms import ApplicationState, Interest, VolunteerChange, VolunteerKind
from db.trouble import again

AT_ONCE = 200
HIDDEN = ("name", "phone", "guardian", "guardian_phone")


def receive_application(code: str, key: str, given: ApplicationInput, *, now: datetime) -> str:
    """Keep a registration in the queue; its receipt. The same key again, or the same words within an hour, is the same.

    Raises BadInput at the field, Refused("join_unknown") for a code of no community, Refused("join_too_many"), Busy.
    """

    def work() -> str:
        with as_system("registration from a plain page") as session:
            return _receive(session, code, key, given, now)

    return again(work, IntegrityError)  # the twin of a double press was faster: the next turn finds it


def _receive(session: Session, code: str, key: str, given: ApplicationInput, now: datetime) -> str:
    community_id = community_of_code(session, code)
    if community_id is None:
        raise Refused("join_unknown")
    # Two presses with different keys come one after the other: the second one sees the first.
    session.execute(select(Community.id).where(Community.id == community_id).with_for_update())
    request = blind_index(f"join:{community_id}:{key}")
    stored = session.scalar(select(VolunteerApplication.receipt).where(VolunteerApplication.request_key == request))
    if stored is not None:
        return stored
    row = _row(community_id, given, now)
    hour = lately(VolunteerApplication.received_at, now, timedelta(hours=1))
    before = session.scalars(
        select(VolunteerApplication).where(VolunteerApplication.community_id == community_id, hour)
    ).all()
    twin = next((one for one in before if one.state is ApplicationState.WAITING and _said(one) == _said(row)), None)
    if twin is not None:
        return twin.receipt
    if len(before) >= AN_HOUR:
        raise Refused("join_too_many")
    row.request_key, row.receipt = request, new_code(RECEIPT)
    session.add(row)
    session.flush()
    wipe_applications(session, now=now)
    return row.receipt


def _said(row: VolunteerApplication) -> tuple[object, ...]:
    return row.name, row.phone, row.birth_year, row.skills, row.interests, row.free_slots, row.guardian_phone


def _row(community_id: int, given: ApplicationInput, now: datetime) -> VolunteerApplication:
    """What the form holds, clean, or BadInput at the field."""
    phone = fields.telephone("phone", given.phone)
    if phone is None:
        raise BadInput("phone", Problem.EMPTY)
    name = fields.line("name", given.name, most=NAME_MOST)
    year = birth_year_of("birth_year", given.birth_year, day_of(now))
    if year is None:
        raise BadInput("birth_year", Problem.EMPTY)
    minor = may_be_minor(year, day_of(now))
    guardian = fields.line("guardian", given.guardian, most=NAME_MOST, needed=minor)
    number = fields.telephone("guardian_phone", given.guardian_phone)
    if minor and number is None:
        raise BadInput("guardian_phone", Problem.EMPTY)
    if minor and given.guardian_agrees is not True:
        raise BadInput("guardian_agrees", Problem.EMPTY)
    skills = _skills(given)
    slots, interests = half_days("free_slots", given.free_slots), _interests(given.interests)
    if given.promise is not True:
        raise BadInput("promise", Problem.EMPTY)
    return VolunteerApplication(
        community_id=community_id,
        name=name,
        phone=phone,
        birth_year=year,
        skills=skills,
        interests=interests,
        free_slots=slots,
        guardian=guardian if minor else None,
        guardian_phone=number if minor else None,
        guardian_agrees=minor,
        received_at=now,
        state=ApplicationState.WAITING,
    )


def _skills(given: ApplicationInput) -> list[str]:
    other = fields.line("other_skills", given.other_skills, most=OTHER_MOST, needed=False)
    typed = [part for part in re.split(r"[、，,；;\s]+", other) if part]
    for part in typed:
        fields.line("other_skills", part, most=SKILL_MOST)
    if len({*given.skills, *typed}) > MOST_SKILLS:
        raise BadInput("skills", Problem.OUT_OF_RANGE, least=0, most=MOST_SKILLS)
    return tidy_skills([*given.skills, *typed])


def _interests(values: Sequence[str]) -> list[str]:
    known = {one.value for one in Interest}
    if set(values) - known:
        raise BadInput("interests", Problem.UNKNOWN_CHOICE)
    return [one.value for one in Interest if one.value in values]


# --- what a worker makes of it ------------------------------------------------------------------------------


def _waiting(session: Session, application_id: int, version: int) -> VolunteerApplication:
    """It, held against whoever else decides it now. Raises Refused("application_decided")."""
    row = load(session, VolunteerApplication, application_id, lock=True)
    if row.state is not ApplicationState.WAITING:
        raise Refused("application_decided", state=row.state)
    return load(session, VolunteerApplication, application_id, version=version)


def _decide(
    session: Session, row: VolunteerApplication, state: ApplicationState, now: datetime, volunteer_id: int | None,
    reason: str = "",
) -> None:  # fmt: skip
    row.state, row.volunteer_id, row.reason = state, volunteer_id, reason
    row.decided_by, row.decided_at = actor_of(session).id, now
    session.flush()


@action(Permission.MANAGE_VOLUNTEERS)
def confirm_application(
    session: Session, *, application_id: int, version: int, kind: VolunteerKind | None, another: bool = False,
    guardian_heard: bool = False, now: datetime,
) -> int:  # fmt: skip
    """The person was called and is in the registry from today; the id of the entry.

    Of a minor the guardian counts as having agreed only when `guardian_heard` says that a worker asked. Raises
    Refused("application_decided"), Refused("volunteer_known", numbers=) unless it is `another` person.
    """
    chosen = fields.chosen("kind", kind, list(VolunteerKind))
    row = _waiting(session, application_id, version)
    heard = guardian_heard and row.guardian is not None
    volunteer = Volunteer(
        community_id=row.community_id,
        name=row.name,
        phone=row.phone,
        kind=chosen,
        skills=list(row.skills),
        free_slots=list(row.free_slots),
        interests=list(row.interests),
        birth_year=row.birth_year,
        since=day_of(now),
        promised_on=day_of(row.received_at),
        guardian=row.guardian,
        guardian_phone=row.guardian_phone,
        guardian_agreed_on=day_of(now) if heard else None,
    )
    enter_registry(session, volunteer, another=another, now=now)
    _decide(session, row, ApplicationState.CONFIRMED, now, volunteer.id)
    return volunteer.id


@action(Permission.MANAGE_VOLUNTEERS)
def join_application(
    session: Session, *, application_id: int, version: int, volunteer_id: int | None, take_phone: bool = False,
    now: datetime,
) -> int:  # fmt: skip
    """It is somebody of the registry: what the entry lacks is taken from it, skills are put together, newly ticked
    half days count. `take_phone` makes the new telephone the entry's; the old one stays in its history. The entry's id.

    Raises Refused("application_decided"), ("volunteer_ended"), ("volunteer_merged").
    """
    known = fields.row_id("volunteer_id", volunteer_id)
    row = _waiting(session, application_id, version)
    volunteer = load(session, Volunteer, known, lock=True)
    must_serve(volunteer)
    if row.phone and row.phone != volunteer.phone and (take_phone or not volunteer.phone):
        before = volunteer.phone
        note_event(session, volunteer, VolunteerChange.PHONE_CHANGED, now=now, before=before, after=row.phone)
        volunteer.phone = row.phone
    volunteer.skills = list(dict.fromkeys((*volunteer.skills, *row.skills)))[:MOST_SKILLS]
    volunteer.free_slots = list(row.free_slots) or volunteer.free_slots
    volunteer.interests = list(row.interests) or volunteer.interests
    volunteer.birth_year = volunteer.birth_year or row.birth_year
    volunteer.promised_on = volunteer.promised_on or day_of(row.received_at)
    if not volunteer.guardian and not volunteer.guardian_phone:
        volunteer.guardian, volunteer.guardian_phone = row.guardian, row.guardian_phone
    _decide(session, row, ApplicationState.KNOWN, now, volunteer.id)
    return volunteer.id


@action(Permission.MANAGE_VOLUNTEERS)
def decline_application(session: Session, *, application_id: int, version: int, reason: str, now: datetime) -> int:
    """Not taken into the registry; the person reads why on the receipt. Raises Refused("application_decided")."""
    why = fields.line("reason", reason, most=200)
    row = _waiting(session, application_id, version)
    _decide(session, row, ApplicationState.DECLINED, now, None, why)
    return row.id


@action(Permission.UNMASK)
def unmask_application(session: Session, *, application_id: int, reason: str) -> int:
    """查看原值 to call the person: a reason and a trace; the look is `application_originals` of the queries."""
    why = fields.line("reason", reason, most=200)
    row = load(session, VolunteerApplication, application_id)
    note_in_log(session, row, "read", dict.fromkeys(HIDDEN, (None, None)), reason=why)
    return row.id


def wipe_applications(session: Session, *, now: datetime) -> int:
    """Take name, telephone and guardian out of registrations decided thirty days ago; how many.

    It runs whenever one comes in and before every backup, as with messages (`db.actions.intake.receiving.wipe_due`).
    """
    due = session.scalars(
        select(VolunteerApplication)
        .where(
            VolunteerApplication.state != ApplicationState.WAITING,
            VolunteerApplication.wiped_at.is_(None),
            VolunteerApplication.decided_at <= now - timedelta(days=KEPT_DAYS),
        )
        .order_by(VolunteerApplication.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in due:
        row.name = row.phone = row.guardian = row.guardian_phone = row.birth_year = None
        row.wiped_at = now
    session.flush()
    return len(due)

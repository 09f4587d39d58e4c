"""报名: by staff, by a pasted list, and on the plain page by the person alone (`page.py`)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.activities import own_activity
from db.actions.activities.places import free_places, move_up, people_of, seats, take_places
from db.actions.activities.telling import helping
from db.actions.loading import actor_of, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Activity, ActivityParticipant, ActivityPresence, Person, Volunteer, blind_index
from db.models.household import name_index
from db.rules.activities.input import SignUpInput
from db.rules.activities.places import MOST_CHILDREN
from db.rules.people.doubles import digits_of
from db.rules.permissions import Permission
from db.rules.printed_code import RECEIPT, new_code
from db.scope import UNSCOPED
from db.terms import SeatState, SignUpWay

NAME_MOST, LIST_MOST = 30, 300


def code_index(code: str) -> str:
    """Under what the code of a sign-up page is found."""
    return blind_index(f"activity:{code}")


@action(Permission.RUN_ACTIVITY)
def sign_up_participant(session: Session, *, activity_id: int, given: SignUpInput, now: datetime) -> dict[str, Any]:
    """Somebody takes part, or waits when it is full: {"id", "state", "receipt"}.

    Raises Refused("signed_up_already"); BadInput at `guardian` and `guardian_on` for a child without consent.
    """
    activity = own_activity(session, activity_id, lock=True)
    row = enter(session, activity, given, way=SignUpWay.STAFF, by=actor_of(session).id, now=now)
    return {"id": row.id, "state": row.state.value, "receipt": row.receipt}


@action(Permission.RUN_ACTIVITY)
def sign_up_list(
    session: Session, *, activity_id: int, rows: Sequence[Mapping[str, str]], now: datetime
) -> dict[str, int]:
    """The people of a pasted list (name, phone, people: with whom they come): {"made", "waiting", "known"}.

    Whoever is on the list already stays as they are; all of the others come in, or none.
    """
    activity = own_activity(session, activity_id, lock=True)
    if not rows or len(rows) > LIST_MOST:
        raise BadInput("rows", Problem.OUT_OF_RANGE, least=1, most=LIST_MOST)
    counts = {"made": 0, "waiting": 0, "known": 0}
    for line in rows:
        if not isinstance(line, Mapping):
            raise BadInput("rows", Problem.WRONG)
        given = SignUpInput(name=line.get("name", ""), phone=line.get("phone", ""))
        try:
            row = enter(session, activity, given, way=SignUpWay.LIST, by=actor_of(session).id, now=now)
        except Refused as refused:
            if refused.rule != "signed_up_already":
                raise
            counts["known"] += 1
            continue
        counts["made" if row.state is SeatState.IN else "waiting"] += 1
    return counts


def enter(
    session: Session, activity: Activity, given: SignUpInput, *, way: SignUpWay, by: int | None, now: datetime,
    request_key: str | None = None,
) -> ActivityParticipant:  # fmt: skip
    """Put somebody on the list; the caller holds the activity. Raises BadInput, Refused("signed_up_already")."""
    row = _row(session, activity, given, now)
    if any(_same(row, one) for one in people_of(session, activity.id)):
        raise Refused("signed_up_already")
    row.way, row.signed_by, row.request_key, row.receipt = way, by, request_key, new_code(RECEIPT)
    row.state = SeatState.IN if take_places(session, activity, seats(row)) else SeatState.WAITING
    session.add(row)
    session.flush()
    return row


def _row(session: Session, activity: Activity, given: SignUpInput, now: datetime) -> ActivityParticipant:
    number = fields.line("volunteer_number", given.volunteer_number, most=60, needed=False)
    volunteer = _volunteer(session, activity, number) if number else None
    name = fields.line("name", given.name, most=NAME_MOST, needed=volunteer is None)
    phone = fields.telephone("phone", given.phone)
    child = fields.chosen("under_14", given.under_14, [False, True])
    children = fields.whole("children", given.children, least=0, most=MOST_CHILDREN)
    if children and not activity.minors:
        raise BadInput("children", Problem.WRONG)
    guardian, guardian_on = None, None
    if child:
        guardian = fields.line("guardian", given.guardian, most=NAME_MOST)
        guardian_on = fields.day("guardian_on", given.guardian_on, most=day_of(now))
    if volunteer is not None:
        name, phone = name or volunteer.name, phone or volunteer.phone
    phone_index = blind_index(digits_of(phone)) if phone else None
    return ActivityParticipant(
        community_id=activity.community_id,
        activity_id=activity.id,
        restricted=activity.sensitive,
        name=name,
        name_index=name_index(name),
        phone=phone,
        phone_index=phone_index,
        person_id=_person(session, activity, name_index(name), phone_index),
        volunteer_id=volunteer.id if volunteer is not None else None,
        children=0 if child else children,
        under_14=child,
        guardian=guardian,
        guardian_on=guardian_on,
        signed_at=now,
    )


def _volunteer(session: Session, activity: Activity, number: str) -> Volunteer:
    """By number; an entry that was made one with another leads there."""
    query = select(Volunteer).where(Volunteer.number == number, Volunteer.community_id == activity.community_id)
    found = session.scalars(query).one_or_none()
    if found is not None and found.merged_into_id is not None:
        found = session.get(Volunteer, found.merged_into_id)
    if found is None:
        raise BadInput("volunteer_number", Problem.UNKNOWN_CHOICE)
    return found


def _person(session: Session, activity: Activity, name: str | None, phone: str | None) -> int | None:
    """Somebody of the registry by name and telephone, when exactly one person has both."""
    if name is None or phone is None:
        return None
    query = select(Person.id).where(
        Person.community_id == activity.community_id,
        Person.phone_index == phone,
        Person.name_index == name,
        Person.merged_into_id.is_(None),
        Person.erased_at.is_(None),
        Person.restricted.is_(False),
    )
    found = session.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None


def _same(new: ActivityParticipant, there: ActivityParticipant) -> bool:
    """One person of a registry, whatever the numbers; else the same name with the same telephone, or both without."""
    if new.person_id is not None and new.person_id == there.person_id:
        return True
    if new.volunteer_id is not None and new.volunteer_id == there.volunteer_id:
        return True
    return new.name_index == there.name_index and new.phone_index == there.phone_index


# --- afterwards ------------------------------------------------------------------------------------------------


@action(Permission.RUN_ACTIVITY)
def cancel_sign_up(session: Session, *, participant_id: int, version: int, now: datetime) -> int:
    """Somebody does not come; how many moved up. Raises Refused("sign_up_over") when it was cancelled already."""
    seen = load(session, ActivityParticipant, participant_id, version=version)
    activity = own_activity(session, seen.activity_id, lock=True)
    row = load(session, ActivityParticipant, participant_id, version=version, lock=True)
    return let_go(session, activity, row, now=now)


def let_go(session: Session, activity: Activity, row: ActivityParticipant, *, now: datetime) -> int:
    """End a sign-up and let the waiting list move up; the caller holds both."""
    if row.state is SeatState.CANCELLED:
        raise Refused("sign_up_over")
    came = select(ActivityPresence.id).where(ActivityPresence.participant_id == row.id)
    if session.scalar(came.limit(1), execution_options=UNSCOPED) is not None:
        raise Refused("sign_up_came")
    had_place = row.state is SeatState.IN
    row.state, row.ended_at, row.to_tell = SeatState.CANCELLED, now, False
    session.flush()
    if had_place:
        free_places(session, activity, seats(row))
    return move_up(session, activity, now=now)


@action(Permission.RUN_ACTIVITY)
def mark_told(
    session: Session, *, activity_id: int, participant_ids: Sequence[int] = (), volunteer_ids: Sequence[int] = (),
    now: datetime,
) -> int:  # fmt: skip
    """已通知: these people and volunteers know of the change, whatever the volunteers do there; how many."""
    activity = own_activity(session, activity_id, lock=True, open_only=False)
    people = sorted({fields.row_id("participant_ids", one) for one in participant_ids})
    for one in people:
        _participant(session, one, activity.id).to_tell = False
    helpers = sorted({fields.row_id("volunteer_ids", one) for one in volunteer_ids})
    there = helping(session, activity.id, helpers) if helpers else []
    if {one.volunteer_id for one in there} != set(helpers):
        raise BadInput("volunteer_ids", Problem.UNKNOWN_CHOICE)
    for row in there:
        row.to_tell = False
    if not people and not helpers:
        raise BadInput("participant_ids", Problem.EMPTY)
    return len(people) + len(helpers)


def _participant(session: Session, row_id: int, activity_id: int) -> ActivityParticipant:
    try:
        row = load(session, ActivityParticipant, row_id, lock=True)
    except NotFound as missing:
        raise BadInput("participant_ids", Problem.UNKNOWN_CHOICE) from missing
    if row.activity_id != activity_id:
        raise BadInput("participant_ids", Problem.UNKNOWN_CHOICE)
    return row


@action(Permission.RUN_ACTIVITY)
def drop_guardian_consent(session: Session, *, participant_id: int, version: int) -> None:
    """The guardian takes the consent back: from now on the child is counted and not named."""
    row = load(session, ActivityParticipant, participant_id, version=version, lock=True)
    own_activity(session, row.activity_id, open_only=False)
    if not row.under_14 or row.guardian is None:
        raise Refused("no_guardian_consent")
    row.name, row.name_index, row.phone, row.phone_index = None, None, None, None
    row.guardian, row.guardian_on, row.person_id = None, None, None


@action(Permission.RUN_ACTIVITY)
def open_sign_up(session: Session, *, activity_id: int) -> str:
    """开放报名: the code under which people sign up without an account; the same one while it is open."""
    activity = own_activity(session, activity_id, lock=True)
    if activity.code is None:
        code = new_code()
        activity.code, activity.code_index = code, code_index(code)
    return str(activity.code)


@action(Permission.RUN_ACTIVITY)
def close_sign_up(session: Session, *, activity_id: int) -> None:
    """Nobody signs up on the page any more; who is on the list stays there."""
    activity = own_activity(session, activity_id, lock=True, open_only=False)
    activity.code, activity.code_index = None, None

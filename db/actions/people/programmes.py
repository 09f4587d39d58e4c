"""专项帮扶: the secretary starts one and names its staff; only they see and run what is inside."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import day, line, row_id, words
from db.actions.loading import actor_of, load
from db.actions.needs.needs import log_need
from db.actions.people.consents import is_child, living_person
from db.actions.people.sensitive import ground
from db.counters import day_of
from db.engine import action, sweep_after_commit
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused
from db.models import (
    Account,
    Consent,
    Household,
    Person,
    Programme,
    ProgrammeMember,
    ProgrammeStaff,
    SensitiveFact,
)
from db.rules.doors.door import DoorInput
from db.rules.limits import SENSITIVE_KEPT_MOST
from db.rules.needs.input import NeedInput
from db.rules.permissions import GRANTS, Permission
from db.scope import UNSCOPED
from db.terms import ConsentScope, Reach, Urgency

STAFF_MOST = 5


def _running(session: Session, programme_id: int) -> Programme:
    programme = load(session, Programme, programme_id, lock=True)
    if programme.ended_at is not None:
        raise Refused("programme_ended")
    return programme


def _own(session: Session, programme_id: int) -> Programme:
    """A running programme of which the actor is named staff."""
    programme, actor = _running(session, programme_id), actor_of(session)
    if actor.id not in {one.account_id for one in _staff(session, programme.id)}:
        raise NotPermitted(permission="programme", role=actor.role)
    return programme


def _staff(session: Session, programme_id: int) -> list[ProgrammeStaff]:
    live = select(ProgrammeStaff).where(ProgrammeStaff.programme_id == programme_id, ProgrammeStaff.until.is_(None))
    return list(session.scalars(live))


@action(Permission.NAME_STAFF)
def start_programme(
    session: Session, *, alias: str, name: str, purpose: str, keep_until: date | None, now: datetime
) -> int:
    """Whoever starts it knows what it is, so they are its first named staff. The id.

    Raises Refused("staff_not_cleared") for an account that may not see restricted households.
    """
    actor, today = actor_of(session), day_of(now)
    outside, inside = line("alias", alias, most=30), line("name", name, most=60)
    why = words("purpose", purpose, most=300)
    until = day("keep_until", keep_until, least=today, most=today + SENSITIVE_KEPT_MOST)
    if actor.community_id is None or not actor.sees_restricted:
        raise Refused("staff_not_cleared")
    if session.execute(select(Programme.id).where(Programme.alias == outside)).first():
        raise BadInput("alias", Problem.TAKEN)
    programme = Programme(
        community_id=actor.community_id,
        alias=outside,
        name=inside,
        purpose=why,
        keep_until=until,
        made_by=actor.id,
        made_at=now,
    )
    session.add(programme)
    session.flush()
    first = ProgrammeStaff(
        community_id=programme.community_id, programme_id=programme.id, account_id=actor.id, named_at=now
    )
    session.add(first)
    session.flush()
    return programme.id


@action(Permission.NAME_STAFF)
def name_staff(session: Session, *, programme_id: int, account_id: int | None, now: datetime) -> int:
    """Name a colleague. Two keys: the subdistrict clears the account, the secretary names it; five at most.

    Nobody names themselves while others are in charge. Raises Refused("staff_full"), ("staff_already"),
    ("staff_not_cleared"), ("staff_not_yourself"). The id.
    """
    programme, actor = _running(session, programme_id), actor_of(session)
    try:
        account = load(session, Account, row_id("account_id", account_id))
    except NotFound as missing:
        raise BadInput("account_id", Problem.UNKNOWN_CHOICE) from missing
    if account.community_id != programme.community_id or account.role not in GRANTS[Permission.RUN_PROGRAMME].roles:
        raise BadInput("account_id", Problem.UNKNOWN_CHOICE)
    if not account.sees_restricted or account.disabled_at is not None:
        raise Refused("staff_not_cleared")
    live = _staff(session, programme.id)
    if account.id in {one.account_id for one in live}:
        raise Refused("staff_already")
    if account.id == actor.id and live:
        raise Refused("staff_not_yourself")
    if len(live) >= STAFF_MOST:
        raise Refused("staff_full", most=STAFF_MOST)
    earlier = session.scalars(
        select(ProgrammeStaff).where(
            ProgrammeStaff.programme_id == programme.id, ProgrammeStaff.account_id == account.id
        )
    ).one_or_none()
    if earlier is not None:
        earlier.until, earlier.named_at = None, now
        session.flush()
        return earlier.id
    row = ProgrammeStaff(
        community_id=programme.community_id, programme_id=programme.id, account_id=account.id, named_at=now
    )
    session.add(row)
    session.flush()
    return row.id


@action(Permission.NAME_STAFF)
def remove_staff(session: Session, *, staff_id: int, now: datetime) -> int:
    """From the next statement on they reach nothing of it. Raises Refused("last_staff"): somebody must be in charge."""
    row = load(session, ProgrammeStaff, staff_id, lock=True)
    programme = _running(session, row.programme_id)
    live = _staff(session, programme.id)
    if row.until is not None:
        return row.id
    if len(live) == 1:
        raise Refused("last_staff")
    row.until = now
    return row.id


def leave_programmes(session: Session, account_id: int, *, now: datetime) -> int:
    """Somebody is in charge of nothing any more, even when nobody else is; how many programmes they leave."""
    held = select(ProgrammeStaff).where(ProgrammeStaff.account_id == account_id, ProgrammeStaff.until.is_(None))
    rows = session.scalars(held, execution_options=UNSCOPED).all()
    for row in rows:
        row.until = now
    return len(rows)


@action(Permission.RUN_PROGRAMME)
def add_member(
    session: Session, *, programme_id: int, person_id: int | None, consent_id: int | None, wish: str, now: datetime
) -> dict[str, int | str]:
    """Somebody joins, with a consent of their own, under an alias that is given in order. Returns `id` and `alias`.

    From now on the whole household is restricted and stands under that alias on every output.
    """
    programme = _own(session, programme_id)
    said = words("wish", wish, most=500, needed=False)
    try:
        person = living_person(session, row_id("person_id", person_id), lock=True)
    except NotFound as missing:
        raise BadInput("person_id", Problem.UNKNOWN_CHOICE) from missing
    child = is_child(session, person)
    consent = ground(session, person, consent_id, (ConsentScope.PROGRAMME,), child=child)
    all_of_it = select(ProgrammeMember).where(ProgrammeMember.programme_id == programme.id)
    members = session.scalars(all_of_it).all()
    known = next((one for one in members if one.person_id == person.id), None)
    if known is not None and known.left_on is None:
        raise Refused("member_already")
    if known is not None:
        known.left_on, known.wish, known.consent_id, known.joined_on = None, said, consent.id, day_of(now)
        member = known
    else:
        member = ProgrammeMember(
            community_id=programme.community_id,
            programme_id=programme.id,
            person_id=person.id,
            alias=f"{programme.alias}{len(members) + 1:02d}",
            wish=said,
            consent_id=consent.id,
            joined_on=day_of(now),
        )
        session.add(member)
    _hide(session, person.household_id, member.alias)
    session.flush()
    return {"id": member.id, "alias": member.alias}


def _hide(session: Session, household_id: int, alias: str) -> None:
    """The door, everybody behind it, and what they consented to are for cleared staff from now on."""
    household = load(session, Household, household_id, lock=True)
    household.restricted, household.alias = True, household.alias or alias
    persons = session.scalars(select(Person).where(Person.household_id == household.id)).all()
    for person in persons:
        person.restricted = True
    ids = [person.id for person in persons]
    models: tuple[Any, ...] = (Consent, SensitiveFact)
    for model in models:
        for row in session.scalars(select(model).where(model.person_id.in_(ids)), execution_options=UNSCOPED):
            row.restricted = True


def _member(session: Session, member_id: int, version: int) -> ProgrammeMember:
    member = load(session, ProgrammeMember, member_id, version=version, lock=True)
    _own(session, member.programme_id)
    if member.left_on is not None:
        raise Refused("member_left")
    return member


@action(Permission.RUN_PROGRAMME)
def amend_wish(session: Session, *, member_id: int, version: int, wish: str) -> int:
    """What somebody wishes for, in their words; raises Conflict for an old version."""
    member = _member(session, member_id, version)
    member.wish = words("wish", wish, most=500, needed=False)
    session.flush()
    return member.id


@action(Permission.RUN_PROGRAMME)
def let_go(session: Session, *, member_id: int, version: int, now: datetime) -> int:
    """Somebody leaves: the wish is wiped; that they were here stays for the count of the year."""
    member = _member(session, member_id, version)
    member.left_on, member.wish = day_of(now), ""
    sweep_after_commit(session, "programme_member")
    return member.id


@action(Permission.RUN_PROGRAMME)
def wish_to_need(
    session: Session, *, member_id: int, version: int, description: str, category_id: int | None, now: datetime
) -> dict[str, int | str]:
    """A member's wish goes the way of every need, under the alias and without a name. Returns `id` and `number`.

    It is restricted like its household: other colleagues neither see nor count it. A wish fulfilled in the programme's
    own circle needs no need.
    """
    member = _member(session, member_id, version)
    person = load(session, Person, member.person_id)
    household = load(session, Household, person.household_id)
    logged = log_need(
        session,
        given=NeedInput(
            description=words("description", description, most=500),
            category_id=category_id,
            reach=Reach.HOUSEHOLD,
            people=1,
            urgency=Urgency.NORMAL,
        ),
        door=DoorInput(place_id=household.place_id, building=household.building, household_id=household.id),
        now=now,
    )
    return {"id": logged["id"], "number": logged["number"]}


@action(Permission.RUN_PROGRAMME)
def end_programme(session: Session, *, programme_id: int, version: int, now: datetime) -> int:
    """It is over: every wish is wiped, everybody has left, nobody is staff any more. How many members it had then."""
    programme = _own(session, programme_id)
    if programme.version != version:
        raise Conflict(what="programme", id=programme.id, version=programme.version)
    live = select(func.count()).where(ProgrammeMember.programme_id == programme.id, ProgrammeMember.left_on.is_(None))
    count = session.scalar(live) or 0
    for member in session.scalars(select(ProgrammeMember).where(ProgrammeMember.programme_id == programme.id)):
        member.left_on, member.wish = member.left_on or day_of(now), ""
    session.flush()
    programme.ended_at = now
    for one in _staff(session, programme.id):
        one.until = now
    sweep_after_commit(session, "programme_member")
    return count

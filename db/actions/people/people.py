"""Persons behind a door: written down, corrected, looked at in clear for a reason, kept for a time."""

import secrets
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from db.actions.doors.visits import door_from, household_at, place_in_reach
from db.actions.fields import day, line, telephone
from db.actions.loading import load
from db.actions.people.consents import living_person
from db.audit import note
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Conflict, Problem
from db.models import Household, Person, blind_index
from db.rules.doors.door import DoorInput
from db.rules.people.doubles import digits_of
from db.rules.people.person_input import PersonInput
from db.rules.permissions import Permission

KEPT_MOST = timedelta(days=5 * 365)
"""House custom: whoever keeps a record longer looks at it again first."""


def phone_of(field: str, phone: str) -> tuple[str | None, str | None]:
    """A number and its blind index, or BadInput."""
    kept = telephone(field, phone)
    return kept, blind_index(digits_of(kept)) if kept else None


def _until(keep_until: date | None, now: datetime) -> date | None:
    today = day_of(now)
    return None if keep_until is None else day("keep_until", keep_until, least=today, most=today + KEPT_MOST)


@action(Permission.MANAGE_PEOPLE)
def add_person(
    session: Session,
    *,
    given: PersonInput,
    door: DoorInput,
    now: datetime,
) -> dict[str, int]:
    """Somebody of a household, which is named or found (or made) by its door. Returns `id` and `household_id`."""
    said, (number, index) = line("name", given.name, most=30), phone_of("phone", given.phone)
    related, until = line("relation", given.relation, most=20, needed=False), _until(given.keep_until, now)
    if door.household_id is not None:
        household = load(session, Household, door.household_id)
    else:
        place = place_in_reach(session, door.place_id)
        typed = door_from(door, place)
        if not typed.is_household:
            raise BadInput("room", Problem.EMPTY)
        household = household_at(session, place, typed)
        session.flush()
    person = Person(
        community_id=household.community_id,
        restricted=household.restricted,
        household_id=household.id,
        name=said,
        phone=number,
        phone_index=index,
        relation=related,
        keep_until=until,
    )
    session.add(person)
    session.flush()
    return {"id": person.id, "household_id": household.id}


@action(Permission.MANAGE_PEOPLE)
def amend_person(
    session: Session,
    *,
    person_id: int,
    version: int,
    now: datetime,
    name: str = "",
    phone: str = "",
    relation: str = "",
    no_phone: bool = False,
) -> int:
    """Correct a person whose values are masked on the screen: what is left empty stays as it is.

    `no_phone` takes the number away. Raises Conflict for an old version, Refused("person_erased").
    """
    said, (number, index) = line("name", name, most=30, needed=False), phone_of("phone", phone)
    related = line("relation", relation, most=20, needed=False)
    person = living_person(session, person_id, lock=True)
    if person.version != version:
        raise Conflict(what="person", id=person.id, version=person.version)
    if said:
        person.name = said
    if number is not None or no_phone:
        person.phone, person.phone_index = number, index
    person.relation = related
    session.flush()
    return person.id


@action(Permission.MANAGE_PEOPLE)
def keep_person(session: Session, *, person_id: int, keep_until: date | None, now: datetime) -> int:
    """The retention look: why the record is needed was asked, it is kept until this day (PIPL art. 19)."""
    until = day("keep_until", keep_until, least=day_of(now) + timedelta(days=1), most=day_of(now) + KEPT_MOST)
    person = living_person(session, person_id, lock=True)
    person.keep_until = until
    return person.id


@action(Permission.UNMASK)
def see_person(session: Session, *, person_id: int, reason: str) -> str:
    """Allow one look at name, telephone and door; the token of the trace, which the look must show.

    The values are not returned: what an action returns is kept with its request key. Raises Refused("person_erased").
    """
    why = line("reason", reason, most=200)
    person, token = living_person(session, person_id), secrets.token_urlsafe(16)
    note(session, person, "read", {"name": (None, None), "phone": (None, None), "look": (None, token)}, reason=why)
    return token

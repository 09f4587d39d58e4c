"""结对: who may be called by which household; the desk's telephone; and every card or slip that is printed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, row_id, whole
from db.actions.loading import actor_of, load
from db.actions.volunteers.volunteers import must_serve
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Community, Export, Household, Pairing, Volunteer
from db.rules.masking import find_personal
from db.rules.permissions import Permission

MOST_HELPERS = 5
PAPERS = ("contact_card", "answer_slip")
PHONE = frozenset("0123456789 -+()（）转")


def _household(session: Session, household_id: int, *, lock: bool = False) -> Household:
    """The household; a restricted one only for its named staff (the scope hides it from all others)."""
    try:
        return load(session, Household, household_id, lock=lock)
    except NotFound:
        raise Refused("household_restricted") from None


@action(Permission.PRINT_CARDS)
def add_pairing(
    session: Session,
    *,
    household_id: int,
    volunteer_id: int | None,
    helps_with: str,
    now: datetime,
    rhythm: str = "",
    since: date | None = None,
) -> int:
    """This volunteer may be called by this household from now on; the id.

    Raises Refused("already_paired"), Refused("too_many_pairings").
    """
    household = _household(session, household_id, lock=True)
    try:
        volunteer = load(session, Volunteer, row_id("volunteer_id", volunteer_id), lock=True)
    except NotFound as missing:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE) from missing
    must_serve(volunteer)
    if volunteer.community_id != household.community_id:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE)
    live = select(func.count()).where(Pairing.household_id == household.id, Pairing.ended_on.is_(None))
    if (session.scalar(live) or 0) >= MOST_HELPERS:
        raise Refused("too_many_pairings", most=MOST_HELPERS)
    pairing = Pairing(
        community_id=household.community_id,
        household_id=household.id,
        volunteer_id=volunteer.id,
        helps_with=line("helps_with", helps_with, most=60),
        rhythm=line("rhythm", rhythm, most=60, needed=False),
        since=day("since", since or day_of(now), most=day_of(now)),
        made_by=actor_of(session).id,
    )
    try:
        with session.begin_nested():
            session.add(pairing)
    except IntegrityError:
        raise Refused("already_paired") from None
    session.flush()
    return pairing.id


@action(Permission.PRINT_CARDS)
def end_pairing(session: Session, *, pairing_id: int, now: datetime) -> int:
    """The volunteer is on no card of this household any more. Raises Refused("pairing_ended")."""
    pairing = load(session, Pairing, pairing_id, lock=True)
    _household(session, pairing.household_id)
    if pairing.ended_on is not None:
        raise Refused("pairing_ended")
    pairing.ended_on = max(day_of(now), pairing.since)
    return pairing.id


@action(Permission.PRINT_CARDS)
def set_desk_phone(session: Session, *, community_id: int, phone: str) -> int:
    """The telephone of the service desk, printed for whoever has given no consent. An office's number, no mobile."""
    number = line("desk_phone", phone, most=30)
    if not set(number) <= PHONE or sum(letter.isdigit() for letter in number) < 5:
        raise BadInput("desk_phone", Problem.WRONG)
    if any(found.kind == "mobile" for found in find_personal(number)):
        raise Refused("desk_phone_mobile")
    community = load(session, Community, community_id)
    # A community belongs to the subdistrict: its neighbours reach the row, but not its telephone.
    if actor_of(session).community_id not in (None, community.id):
        raise NotFound(what="community", id=community_id)
    community.desk_phone = number
    return community.id


@action(Permission.PRINT_CARDS)
def record_paper(
    session: Session, *, what: str, household_id: int, rows: int, filters: dict[str, Any], now: datetime
) -> int:
    """A card or a slip of this household leaves the house; the id of the entry.

    A contact card names helpers by their consent: it counts as not masked. Raises Refused("household_restricted").
    """
    paper = chosen("what", what, PAPERS)
    household = _household(session, household_id)
    export = Export(
        community_id=household.community_id,
        account_id=actor_of(session).id,
        what=paper,
        rows=whole("rows", rows, least=0, most=1000),
        masked=paper != "contact_card",
        filters={"household": household.id, **filters},
        at=now,
    )
    session.add(export)
    session.flush()
    return export.id

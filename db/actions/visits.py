"""走访: write down a knock on a door, met or not, and know the household behind it."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, words
from db.actions.loading import actor_of, load
from db.counters import CHINA, day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Household, Place, Visit, blind_index
from db.rules.door import Door, tidy_door
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import VisitOutcome

DOOR_MOST = 24
LATE_ENTRY = timedelta(days=30)
"""House custom: a visit noted on paper can be entered for a month."""


def place_in_reach(session: Session, place_id: int | None) -> Place:
    """The chosen place, or BadInput at `place_id` when it is none of the actor's."""
    try:
        return load(session, Place, chosen("place_id", place_id))
    except NotFound as missing:
        raise BadInput("place_id", Problem.UNKNOWN_CHOICE) from missing


def door_from(building: str, stairwell: str, room: str) -> Door:
    """The typed door, clean and within its lengths."""
    door = tidy_door(
        line("building", building, most=20, needed=False),
        line("stairwell", stairwell, most=20, needed=False),
        line("room", room, most=20, needed=False),
    )
    # One typed character can become eighteen in the one form that doors are kept in.
    for field, text in (("building", door.building), ("stairwell", door.stairwell), ("room", door.room)):
        if len(text) > DOOR_MOST:
            raise BadInput(field, Problem.TOO_LONG, length=len(text), most=DOOR_MOST)
    return door


def household_at(session: Session, place: Place, door: Door) -> Household:
    """The household of a door, created when nobody knocked there before.

    Raises Refused("door_restricted") for a door that only named staff visit.
    """
    index = blind_index(door.key(place.id))
    by_door = select(Household).where(Household.door_index == index)
    known = session.execute(by_door, execution_options=UNSCOPED).scalar_one_or_none()
    if known is None:
        household = Household(
            community_id=place.community_id,
            place_id=place.id,
            building=door.building,
            stairwell=door.stairwell,
            room=door.room,
            door_index=index,
        )
        try:
            with session.begin_nested():
                session.add(household)
        except IntegrityError:
            # A colleague logged the same door in this very moment.
            known = session.execute(by_door, execution_options=UNSCOPED).scalar_one()
        else:
            return household
    if known.restricted and not actor_of(session).sees_restricted:
        raise Refused("door_restricted")
    return known


@action(Permission.LOG_VISIT)
def log_visit(
    session: Session,
    *,
    place_id: int | None,
    outcome: VisitOutcome | None,
    now: datetime,
    building: str = "",
    stairwell: str = "",
    room: str = "",
    where_text: str = "",
    note: str = "",
    on: date | None = None,
) -> dict[str, int | None]:
    """Store a visit; `on` is the day of one noted on paper. Returns `visit_id` and `household_id` (or None)."""
    actor = actor_of(session)
    place = place_in_reach(session, place_id)
    door = door_from(building, stairwell, room)
    where = line("where_text", where_text, most=200, needed=False)
    if not (door.is_household or where):
        raise BadInput("room", Problem.EMPTY)
    today = day_of(now)
    visited_on = day("on", on or today, least=today - LATE_ENTRY, most=today)
    outcome = chosen("outcome", outcome, list(VisitOutcome))
    note = words("note", note, most=500, needed=False)
    household = household_at(session, place, door) if door.is_household else None
    session.flush()
    visit = Visit(
        community_id=place.community_id,
        restricted=household is not None and household.restricted,
        at=now if visited_on == today else datetime.combine(visited_on, time(12), CHINA),
        worker_id=actor.id,
        household_id=household.id if household else None,
        place_id=place.id,
        building=door.building,
        where_text=where,
        outcome=outcome,
        note=note,
    )
    session.add(visit)
    session.flush()
    return {"visit_id": visit.id, "household_id": visit.household_id}

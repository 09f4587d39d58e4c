"""走访: write down a knock on a door, met or not, and know the household behind it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, is_id, line, words
from db.actions.loading import actor_of, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Community, Household, HouseholdMerge, Need, Place, Visit, VisitRhythm, blind_index
from db.rules.doors.door import DOOR_MOST, Door, DoorInput, tidy_door
from db.rules.doors.visit_input import VisitInput
from db.rules.doors.visit_plan import DAYS, TAKE_BACK_WITHIN, next_due
from db.rules.permissions import Permission
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import HouseholdKind, VisitOutcome
from db.together import amiss

LATE_ENTRY = timedelta(days=30)
"""House custom: a visit noted on paper can be entered for a month."""
PHONE_KEEPS = timedelta(days=7)
"""A phone without a network keeps its entries so long; their moment is taken as it was."""
CLOCK_ASKEW = timedelta(minutes=10)
"""A phone's clock may go a little ahead of ours."""
REACHED = (VisitOutcome.MET, VisitOutcome.PHONE)


def place_in_reach(session: Session, place_id: int | None) -> Place:
    """The chosen place, or BadInput at `place_id` when it is none of the actor's."""
    nowhere = Place(name="", community_id=0)
    if place_id is None:
        return amiss(BadInput("place_id", Problem.EMPTY), nowhere)
    try:
        return load(session, Place, place_id)
    except NotFound:
        return amiss(BadInput("place_id", Problem.UNKNOWN_CHOICE), nowhere)


def door_from(given: DoorInput, place: Place | None = None) -> Door:
    """The typed door, clean and within its lengths; the name of its place may stand before the building."""
    door = tidy_door(
        line("building", given.building, most=20, needed=False),
        line("stairwell", given.stairwell, most=20, needed=False),
        line("room", given.room, most=20, needed=False),
        place=place.name if place else "",
    )
    # One typed character can become eighteen in the one form that doors are kept in.
    for field, text in (("building", door.building), ("stairwell", door.stairwell), ("room", door.room)):
        if len(text) > DOOR_MOST:
            amiss(BadInput(field, Problem.TOO_LONG, length=len(text), most=DOOR_MOST), None)
    return door


def household_at(session: Session, place: Place, door: Door) -> Household:
    """The household of a door, created when nobody knocked there before; a merged record leads to the one kept.

    Raises Refused("door_restricted") for a door that only named staff visit.
    """
    index = blind_index(door.key(place.id))
    by_door = select(Household).where(Household.door_index == index).with_for_update()
    # Held, so that nobody makes it one with another household meanwhile.
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
    if known.merged_into_id is not None:
        known = session.execute(
            select(Household).where(Household.id == known.merged_into_id), execution_options=UNSCOPED
        ).scalar_one()
    if known.restricted and not actor_of(session).sees_restricted:
        raise Refused("door_restricted")
    return known


def rhythm_days(session: Session, community_id: int) -> dict[HouseholdKind, int]:
    """Days between two visits by kind, as the community's subdistrict set them, else the norms."""
    query = (
        select(VisitRhythm.kind, VisitRhythm.days)
        .join(Community, Community.subdistrict_id == VisitRhythm.subdistrict_id)
        .where(Community.id == community_id)
    )
    return {**DAYS, **{row.kind: row.days for row in session.execute(query, execution_options=UNSCOPED)}}


def settle(
    household: Household, days: Mapping[HouseholdKind, int], last_met: datetime | None, shut_since: int, *, on: date
) -> None:
    """Write what the visits of a household say: when it was met, how often nobody opened since, when it is due.

    A door where nobody was ever met is due from the day `on` of the first knock.
    """
    met_on = day_of(last_met) if last_met else None
    if met_on is not None and (household.met_on is None or met_on >= household.met_on):
        household.met_on = met_on
        household.due_on = next_due(household.kind, met_on, days)
    elif household.due_on is None and shut_since:
        household.due_on = on
    household.tries = shut_since


def follow_visits(session: Session, household: Household) -> None:
    """Bring `met_on`, `tries` and `due_on` up to the visits: one entered late never undoes a newer one."""
    session.flush()
    last_met = session.execute(
        select(func.max(Visit.at)).where(Visit.household_id == household.id, Visit.outcome.in_(REACHED)),
        execution_options=UNSCOPED,
    ).scalar_one_or_none()
    shut = select(func.count(), func.min(Visit.at)).where(
        Visit.household_id == household.id, Visit.outcome == VisitOutcome.NOT_IN
    )
    if last_met is not None:
        shut = shut.where(Visit.at > last_met)
    shut_since, first = session.execute(shut, execution_options=UNSCOPED).one()
    settle(
        household, rhythm_days(session, household.community_id), last_met, shut_since,
        on=day_of(first) if first else date.max,
    )  # fmt: skip


def _known_household(session: Session, household_id: int) -> Household:
    """A household by its id, held until the end; Refused("door_restricted") when only named staff go there."""
    try:
        return load(session, Household, household_id, lock=True)
    except NotFound:
        actor = actor_of(session)
        hidden = select(Household.id).where(
            Household.id == household_id,
            Household.community_id == actor.community_id,
            Household.restricted.is_(True),
        )
        if is_id(household_id) and session.execute(hidden, execution_options=UNSCOPED).first() is not None:
            raise Refused("door_restricted") from None
        raise


def kept_moment(now: datetime, at: datetime | None) -> datetime:
    """When something was written that a phone may have kept, within its seven days; now without `at`."""
    if at is None:
        return now
    if at.tzinfo is None or not now - PHONE_KEEPS <= at <= now + CLOCK_ASKEW:
        raise BadInput("at", Problem.BAD_DATE)
    return min(at, now)


def _moment(now: datetime, on: date | None, at: datetime | None) -> datetime:
    """When the visit was: now, the moment that a phone kept, or noon of a day noted on paper."""
    if at is not None:
        return kept_moment(now, at)
    today = day_of(now)
    visited_on = day("on", on or today, least=today - LATE_ENTRY, most=today)
    return now if visited_on == today else datetime.combine(visited_on, time(12), CHINA)


@action(Permission.LOG_VISIT)
def log_visit(
    session: Session,
    *,
    given: VisitInput,
    door: DoorInput,
    now: datetime,
) -> dict[str, int | None]:
    """Store a visit and what it says of the household. Returns `visit_id` and `household_id` (or None).

    A known household wins over the typed door.
    """
    actor = actor_of(session)
    household: Household | None = None
    if door.household_id is not None:
        household = _known_household(session, door.household_id)
        place = load(session, Place, household.place_id)
        knocked, where = Door(household.building, household.stairwell, household.room), ""
    else:
        place = place_in_reach(session, door.place_id)
        knocked = door_from(door, place)
        where = line("where_text", given.where_text, most=200, needed=False)
        if not (knocked.is_household or where):
            raise BadInput("room", Problem.EMPTY)
    moment = _moment(now, given.on, given.at)
    outcome = chosen("outcome", given.outcome, list(VisitOutcome))
    note = words("note", given.note, most=500, needed=False)
    if household is None and knocked.is_household:
        household = household_at(session, place, knocked)
        session.flush()
        household = load(session, Household, household.id, lock=True)
    visit = Visit(
        community_id=place.community_id,
        restricted=household is not None and household.restricted,
        at=moment,
        worker_id=actor.id,
        household_id=household.id if household else None,
        place_id=place.id,
        building=knocked.building,
        where_text=where,
        outcome=outcome,
        note=note,
    )
    session.add(visit)
    if household is not None:
        follow_visits(session, household)
    session.flush()
    return {"visit_id": visit.id, "household_id": visit.household_id}


def forget_visits(session: Session, household_ids: Sequence[int]) -> None:
    """Visits of these households are gone: merges that moved them forget them. SQLite may give an id to another row."""
    query = select(HouseholdMerge).where(HouseholdMerge.kept_id.in_(household_ids), HouseholdMerge.undone_at.is_(None))
    for merge in session.scalars(query, execution_options=UNSCOPED):
        rows = merge.moved["rows"]
        ids = rows.get("visit.household_id", [])
        there = set(session.scalars(select(Visit.id).where(Visit.id.in_(ids)), execution_options=UNSCOPED))
        if len(there) < len(ids):
            kept = {"visit.household_id": [one for one in ids if one in there]}
            merge.moved = merge.moved | {"rows": rows | kept}


@action(Permission.LOG_VISIT)
def take_back_visit(session: Session, *, visit_id: int, now: datetime) -> dict[str, int | None]:
    """Undo a wrong tap of one's own within ten minutes; the household is again as its other visits say.

    The log keeps what was taken back. Raises Refused: "visit_not_yours", "visit_too_old", "visit_has_need".
    Returns the `household_id`.
    """
    visit = load(session, Visit, visit_id, lock=True)
    if visit.worker_id != actor_of(session).id:
        raise Refused("visit_not_yours")
    if not now - TAKE_BACK_WITHIN <= visit.at <= now + CLOCK_ASKEW:
        raise Refused("visit_too_old")
    query = select(Need.id).where(Need.visit_id == visit.id).limit(1)
    if session.execute(query, execution_options=UNSCOPED).first() is not None:
        raise Refused("visit_has_need")
    household_id = visit.household_id
    household = load(session, Household, household_id, lock=True) if household_id is not None else None
    session.delete(visit)
    if household is not None:
        session.flush()
        forget_visits(session, [household.id])
        household.met_on, household.due_on = None, None
        follow_visits(session, household)
    session.flush()
    return {"household_id": household_id}

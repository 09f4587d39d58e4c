"""Where buildings stand, what somebody walked from them, and how straight lines become minutes."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import day, line, whole
from db.actions.loading import actor_of, chosen_row, load
from db.actions.results.venues import point_of
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import BuildingSpot, Place, Subdistrict, Venue, VenueWalk, WalkingRule
from db.rules.doors.door import tidy_door
from db.rules.permissions import Permission
from db.rules.results.venues import BuildingInput

MINUTES_MOST, HOUSEHOLDS_MOST = 240, 5000
DETOURS, PACES = (100, 300), (1500, 7000)
"""Percent of the straight line; metres an hour."""


def building_name(text: str, place: Place) -> str:
    """A building in the one form of the doors: 3号楼, 3栋 and 3幢 are one; BadInput for more than a building."""
    typed = line("building", text, most=20, needed=False)
    door = tidy_door(typed, "", "", place=place.name)
    if door.stairwell or door.room:
        raise BadInput("building", Problem.WRONG)
    return door.building


def spot_at(session: Session, place: Place, building: str) -> BuildingSpot:
    """The row of a building, made when nobody wrote about it before; the place is held, so that there is one only."""
    query = select(BuildingSpot).where(BuildingSpot.place_id == place.id, BuildingSpot.building == building)
    found = session.execute(query.with_for_update(), execution_options={"populate_existing": True}).scalar_one_or_none()
    if found is None:
        found = BuildingSpot(community_id=place.community_id, place_id=place.id, building=building)
        session.add(found)
        session.flush()
    return found


@action(Permission.MANAGE_VENUES)
def save_building(session: Session, *, given: BuildingInput, now: datetime) -> int:
    """Where a building stands and how many households it has; what is left empty is taken away. The id."""
    place = chosen_row(session, Place, "place_id", given.place_id, lock=True)
    building = building_name(given.building, place)
    latitude, longitude, datum = point_of(given.latitude, given.longitude, given.datum)
    households = None
    if given.households is not None:
        households = whole("households", given.households, least=0, most=HOUSEHOLDS_MOST)
    spot = spot_at(session, place, building)
    spot.latitude, spot.longitude, spot.datum, spot.households = latitude, longitude, datum, households
    session.flush()
    return spot.id


@action(Permission.MANAGE_VENUES)
def save_minutes(
    session: Session, *, place_id: int | None, building: str, venue_id: int | None, minutes: int | None, now: datetime
) -> int:
    """What somebody walked from a building to a place; None takes back what is written down. The id of the building."""
    place = chosen_row(session, Place, "place_id", place_id, lock=True)
    name = building_name(building, place)
    venue = chosen_row(session, Venue, "venue_id", venue_id)
    walked = None if minutes is None else whole("minutes", minutes, least=1, most=MINUTES_MOST)
    spot = spot_at(session, place, name)
    query = select(VenueWalk).where(VenueWalk.spot_id == spot.id, VenueWalk.venue_id == venue.id)
    known = session.execute(query).scalar_one_or_none()
    if known is None and walked is None:
        raise BadInput("minutes", Problem.EMPTY)
    if walked is None:
        session.delete(known)
    elif known is not None:
        known.minutes = walked
    else:
        session.add(VenueWalk(community_id=spot.community_id, spot_id=spot.id, venue_id=venue.id, minutes=walked))
    session.flush()
    return spot.id


@action(Permission.MANAGE_VENUES)
def merge_buildings(
    session: Session, *, place_id: int | None, building: str, into_place_id: int | None, into_building: str,
    now: datetime,
) -> int:  # fmt: skip
    """Two buildings of the list are one: what the kept one lacks comes from the other, which goes. The id.

    Raises Refused("building_not_placed") where nothing was written about the other, Refused("spot_itself").
    """
    asked = ((place_id, building, "place_id"), (into_place_id, into_building, "into_place_id"))
    places = {}
    # Always in the same order, so that two who merge both ways do not wait for each other.
    for number, _text, field in sorted(asked, key=lambda one: (not isinstance(one[0], int), str(one[0]).zfill(20))):
        places[field] = chosen_row(session, Place, field, number, lock=True)
    from_place, to_place = places["place_id"], places["into_place_id"]
    first, second = building_name(building, from_place), building_name(into_building, to_place)
    if (from_place.id, first) == (to_place.id, second):
        raise Refused("spot_itself")
    query = select(BuildingSpot).where(BuildingSpot.place_id == from_place.id, BuildingSpot.building == first)
    gone = session.execute(query.with_for_update()).scalar_one_or_none()
    if gone is None:
        raise Refused("building_not_placed")
    kept = spot_at(session, to_place, second)
    if kept.latitude is None:
        kept.latitude, kept.longitude, kept.datum = gone.latitude, gone.longitude, gone.datum
    if kept.households is None:
        kept.households = gone.households
    walks = select(VenueWalk).where(VenueWalk.spot_id.in_((gone.id, kept.id))).order_by(VenueWalk.id)
    rows = list(session.scalars(walks))
    known = {row.venue_id for row in rows if row.spot_id == kept.id}
    for row in rows:
        if row.spot_id == kept.id:
            continue
        if row.venue_id not in known:
            session.add(
                VenueWalk(community_id=kept.community_id, spot_id=kept.id, venue_id=row.venue_id, minutes=row.minutes)
            )
        session.delete(row)
    session.flush()
    session.delete(gone)
    session.flush()
    return kept.id


@action(Permission.SET_WALKING)
def set_walking(session: Session, *, since: date | None, detour: int | None, pace: int | None, now: datetime) -> int:
    """How straight lines become minutes from a day on, today at the earliest: days gone by keep their rule. The id."""
    actor = actor_of(session)
    first = day("since", since, least=day_of(now))
    percent = whole("detour", detour, least=DETOURS[0], most=DETOURS[1])
    metres = whole("pace", pace, least=PACES[0], most=PACES[1])
    load(session, Subdistrict, actor.subdistrict_id, lock=True)
    query = select(WalkingRule).where(WalkingRule.subdistrict_id == actor.subdistrict_id, WalkingRule.since == first)
    rule = session.execute(query).scalar_one_or_none()
    if rule is None:
        rule = WalkingRule(subdistrict_id=actor.subdistrict_id, since=first, detour=percent, pace=metres)
        session.add(rule)
    rule.detour, rule.pace = percent, metres
    session.flush()
    return rule.id

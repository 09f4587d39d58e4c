"""15 分钟党群服务圈: places and buildings of a community or a subdistrict, as they stand on a day."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import BuildingDoors, BuildingSpot, Community, Place, Unit, Venue, VenueWalk, WalkingRule
from db.queries.kept import Kept, Written, place_in_log, written_between
from db.rules.results.circle import Building, Coverage, Point, Stand, VenueAt, Walking, coverage, rest_of, stands
from db.rules.results.opening_hours import Hours, from_stored
from db.terms import Datum, VenueKind

_Spot = tuple[int, Point | None, int | None]
"""Id, coordinates and households of a building that somebody entered."""
_NOWHERE: _Spot = (0, None, None)
_NO_WALKS: dict[int, int] = {}
BUILDINGS_MOST = 20_000
"""A hundred thousand people live in so many; what lies beyond would not be one subdistrict."""


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A place as its list shows it."""

    id: int
    version: int
    kind: VenueKind
    home_id: int | None
    home: str | None
    unit_id: int | None
    unit: str | None
    address: str
    hours: Hours
    holidays: str
    desk_phone: str
    closed_reason: str
    at: VenueAt

    @property
    def name(self) -> str:
        return self.at.name


@dataclass(frozen=True, slots=True)
class OfCommunity:
    """A community and the coverage of its households."""

    id: int
    name: str
    coverage: Coverage


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Circle:
    """Everything that a page says about one day; compared by identity, for it has thousands of buildings."""

    day: date
    walking: Walking
    venues: tuple[VenueRow, ...]
    """Those that are kept up on the day."""
    stands: tuple[Stand, ...]
    """Every building with households, by place and name."""
    communities: tuple[OfCommunity, ...]

    @property
    def coverage(self) -> Coverage:
        return coverage(self.stands)


_SHOWN = ("building_spot", "household", "place", "unit", "venue", "venue_walk", "walking_rule")
"""Tables of which a circle tells."""
_COUNTED = frozenset({"community_id", "place_id", "building", "kind", "merged_into_id", "restricted"})
"""By what the doors of a building are counted (`db.counters`)."""
_KEPT: Kept[Circle] = Kept(most=16)


def _point(latitude: int | None, longitude: int | None, datum: Datum) -> Point | None:
    return None if latitude is None or longitude is None else Point(latitude, longitude, datum)


def venues(
    session: Session, subdistrict_id: int, *, day: date | None = None, venue_id: int | None = None
) -> tuple[VenueRow, ...]:
    """The places of a subdistrict by name: those that are kept up on a day, all of them, or one; one statement."""
    query = (
        select(
            *(Venue.id, Venue.version, Venue.name, Venue.kind, Venue.home_id, Venue.unit_id, Venue.address),
            *(Venue.hours, Venue.holidays, Venue.desk_phone, Venue.latitude, Venue.longitude, Venue.datum),
            *(Venue.opened_on, Venue.closed_on, Venue.closed_reason),
            Community.name.label("home"),
            Unit.name.label("unit"),
        )
        .outerjoin(Community, Community.id == Venue.home_id)
        .outerjoin(Unit, Unit.id == Venue.unit_id)
        .where(Venue.subdistrict_id == subdistrict_id)
        .order_by(Venue.name, Venue.id)
    )
    if venue_id is not None:
        query = query.where(Venue.id == venue_id)
    found = []
    for row in session.execute(query):
        point = _point(row.latitude, row.longitude, row.datum)
        at = VenueAt(row.id, row.name, point, row.opened_on, row.closed_on)
        if day is not None and not at.serves(day):
            continue
        found.append(
            VenueRow(
                *(row.id, row.version, row.kind, row.home_id, row.home, row.unit_id, row.unit, row.address),
                *(from_stored(row.hours), row.holidays, row.desk_phone, row.closed_reason, at),
            )
        )
    return tuple(found)


def venue(session: Session, subdistrict_id: int, venue_id: int) -> VenueRow:
    """One place; raises NotFound."""
    found = venues(session, subdistrict_id, venue_id=venue_id)
    if not found:
        raise NotFound(what="venue", id=venue_id)
    return found[0]


def walking_on(session: Session, subdistrict_id: int, day: date) -> Walking:
    """The rule in force on a day, the program's assumption before the first one; one statement."""
    query = (
        select(WalkingRule.detour, WalkingRule.pace)
        .where(WalkingRule.subdistrict_id == subdistrict_id, WalkingRule.since <= day)
        .order_by(WalkingRule.since.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return Walking(row.detour, row.pace) if row else Walking()


def buildings(session: Session, subdistrict_id: int, community_id: int | None) -> tuple[Building, ...]:
    """Every building that is known of, by place and name, and what is left of each place; four statements.

    Households are those that somebody entered, else the doors in the books that the reader may see. They are of now:
    nobody keeps how many lived there on a day gone by.
    """
    of_places = (
        select(Place.id, Place.name, Place.households, Place.community_id)
        .join(Community, Community.id == Place.community_id)
        .where(Community.subdistrict_id == subdistrict_id)
        .order_by(Place.community_id, Place.id)
    )
    doors = (
        select(BuildingDoors.place_id, BuildingDoors.building, func.sum(BuildingDoors.households).label("n"))
        .where(BuildingDoors.households > 0)
        .group_by(BuildingDoors.place_id, BuildingDoors.building)
    )
    spots = select(
        *(BuildingSpot.id, BuildingSpot.place_id, BuildingSpot.building, BuildingSpot.latitude),
        *(BuildingSpot.longitude, BuildingSpot.datum, BuildingSpot.households),
    )
    walks = select(VenueWalk.spot_id, VenueWalk.venue_id, VenueWalk.minutes)
    if community_id is not None:
        of_places = of_places.where(Place.community_id == community_id)
        doors = doors.where(BuildingDoors.community_id == community_id)
        spots = spots.where(BuildingSpot.community_id == community_id)
        walks = walks.where(VenueWalk.community_id == community_id)
    entered: dict[int, dict[int, int]] = defaultdict(dict)
    for spot_id, venue_id, minutes in session.execute(walks):
        entered[spot_id][venue_id] = minutes
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for place_id, name, doors_known in session.execute(doors.limit(BUILDINGS_MOST)):
        counts[place_id][name] = doors_known
    known: dict[int, dict[str, _Spot]] = defaultdict(dict)
    for spot_id, place_id, name, latitude, longitude, datum, households in session.execute(spots.limit(BUILDINGS_MOST)):
        known[place_id][name] = spot_id, _point(latitude, longitude, datum), households
    found: list[Building] = []
    for place_id, place, households, home in session.execute(of_places):
        own = _of_place(place_id, place, home, known[place_id], counts[place_id], entered)
        rest = rest_of(households, own)
        at = next((index for index, one in enumerate(own) if not one.name), None)
        if at is not None and "" in known[place_id] and known[place_id][""][2] is None:
            # A lane as a whole: who lives there and in no known building stands where the lane does.
            own[at] = replace(own[at], households=own[at].households + rest)
        elif rest:
            own.append(Building(place_id, place, "", home, rest))
        found += own
    return tuple(found)


def _of_place(
    place_id: int, place: str, home: int, known: dict[str, _Spot], counts: dict[str, int],
    entered: dict[int, dict[int, int]],
) -> list[Building]:  # fmt: skip
    """The buildings of a place by name; thousands in a large one, so that every look-up counts."""
    found = []
    for name in sorted(known.keys() | counts.keys(), key=lambda one: (len(one), one)):
        spot_id, point, households = known.get(name, _NOWHERE)
        living = counts.get(name, 0) if households is None else households
        found.append(Building(place_id, place, name, home, living, point, entered.get(spot_id, _NO_WALKS)))
    return found


def circle(session: Session, subdistrict_id: int, community_id: int | None, day: date) -> Circle:
    """How the households stand on a day; eight statements, or three where none of it was written since."""
    asked = subdistrict_id, community_id, day
    place, last = place_in_log(session), _KEPT.last(session, asked)
    written = written_between(session, last[0], place, _SHOWN) if last else None
    if last is None or written is None or any(_moves(one) for one in written):
        return _KEPT.keep(session, place, _look(session, subdistrict_id, community_id, day), asked)
    return _KEPT.keep(session, place, last[1], asked)


def _moves(entry: Written) -> bool:
    """Whether the picture may differ: a visit writes down at a door who was met, and no door goes or comes."""
    return entry.table != "household" or entry.operation != "update" or not _COUNTED.isdisjoint(entry.columns)


def _look(session: Session, subdistrict_id: int, community_id: int | None, day: date) -> Circle:
    kept = venues(session, subdistrict_id, day=day)
    walking = walking_on(session, subdistrict_id, day)
    places = [one.at for one in kept]
    inhabited = [one for one in buildings(session, subdistrict_id, community_id) if one.households]
    found = stands(inhabited, places, walking, day)
    homes = (
        select(Community.id, Community.name).where(Community.subdistrict_id == subdistrict_id).order_by(Community.id)
    )
    if community_id is not None:
        homes = homes.where(Community.id == community_id)
    of: dict[int, list[Stand]] = defaultdict(list)
    for one in found:
        of[one.building.community_id].append(one)
    own = session.info["actor"].community_id
    by_community = tuple(
        OfCommunity(row.id, row.name, coverage(of[row.id]))
        for row in session.execute(homes)
        if own is None or row.id == own
    )
    return Circle(day, walking, kept, found, by_community)


def places_of(session: Session, subdistrict_id: int, community_id: int | None) -> dict[int, str]:
    """The places that a building can be of, with their community where several are shown; one statement."""
    query = (
        select(Place.id, Place.name, Community.name.label("home"))
        .join(Community, Community.id == Place.community_id)
        .where(Community.subdistrict_id == subdistrict_id)
        .order_by(Place.community_id, Place.id)
    )
    if community_id is not None:
        query = query.where(Place.community_id == community_id)
    return {
        row.id: row.name if community_id is not None else f"{row.home} {row.name}" for row in session.execute(query)
    }


def units_of(session: Session, subdistrict_id: int, *, today: date) -> dict[int, str]:
    """Partner units whose rooms a place may use, by name; one statement."""
    query = (
        select(Unit.id, Unit.name)
        .where(Unit.subdistrict_id == subdistrict_id, or_(Unit.ended_on.is_(None), Unit.ended_on >= today))
        .order_by(Unit.name)
    )
    return {row.id: row.name for row in session.execute(query)}


def subdistrict_of(session: Session, community_id: int | None, own: int) -> int:
    """The subdistrict of a community that was chosen: who looks at a whole district chooses among many."""
    if community_id is None:
        return own
    query = select(Community.subdistrict_id).where(Community.id == community_id)
    return session.execute(query).scalar_one_or_none() or own

"""15 分钟党群服务圈: how far a building is from the places that serve it, and the share of households within reach.

Minutes that somebody walked and wrote down win. Otherwise they are reckoned from two coordinates: the straight line
times a factor for the detour along streets, at the pace of a walk. Factor 1.35 and 4.5 kilometres an hour are our own
assumption [D], between what planners use for built-up quarters and the pace of elderly people; a subdistrict sets
others from a day on. What has neither minutes nor coordinates is unknown and never counts as covered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import asin, cos, pi, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from db.terms import Datum, WalkReach

WITHIN = 15
"""Minutes on foot."""
DETOUR, PACE = 135, 4500
"""Detour in percent of the straight line; metres an hour [D]."""
EARTH = 6_371_000
MILLION = 1_000_000
_AXIS, _ECCENTRICITY = 6_378_245.0, 0.00669342162296594323
"""The ellipsoid that GCJ-02 is made with."""


@dataclass(frozen=True, slots=True)
class Point:
    """A coordinate in millionths of a degree, in the system in which it was read."""

    latitude: int
    longitude: int
    datum: Datum = Datum.GCJ02


@dataclass(frozen=True, slots=True)
class Walking:
    """How straight lines become minutes."""

    detour: int = DETOUR
    pace: int = PACE


@dataclass(frozen=True, slots=True)
class VenueAt:
    """A place that serves, where it is and from when until when; without a first day it was always there."""

    id: int
    name: str
    point: Point | None = None
    opened_on: date | None = None
    closed_on: date | None = None

    def serves(self, day: date) -> bool:
        """Whether the place is kept up on this day, also on a weekday on which its door is shut."""
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or day <= self.closed_on)


@dataclass(frozen=True, slots=True)
class Building:
    """A building with its households; an empty name stands for those of a place that no building is known of."""

    place_id: int
    place: str
    name: str
    community_id: int
    households: int
    point: Point | None = None
    entered: Mapping[int, int] = field(default_factory=dict)
    """Venue → minutes that somebody walked."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The way from a building to a place."""

    venue_id: int
    minutes: int
    entered: bool


@dataclass(frozen=True, slots=True)
class Stand:
    """A building, how it stands, and the nearest place that is known."""

    building: Building
    reach: WalkReach
    nearest: Walk | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Households by how they stand; all of them are the denominator, the unknown too."""

    covered: int = 0
    beyond: int = 0
    unknown: int = 0

    @property
    def households(self) -> int:
        return self.covered + self.beyond + self.unknown

    @property
    def share(self) -> Fraction | None:
        """None where there is nobody to cover."""
        return Fraction(self.covered, self.households) if self.households else None


def on_the_map(point: Point) -> tuple[float, float]:
    """Latitude and longitude in degrees of GCJ-02, to which satellite coordinates are moved, so that both can be
    compared.
    """
    if point.datum is Datum.GCJ02:
        return point.latitude / MILLION, point.longitude / MILLION
    return _moved(point)


@lru_cache(maxsize=8192)
def _moved(point: Point) -> tuple[float, float]:
    latitude, longitude = point.latitude / MILLION, point.longitude / MILLION
    x, y = longitude - 105, latitude - 35
    wave = 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += (wave + 20 * sin(y * pi) + 40 * sin(y / 3 * pi) + 160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += (wave + 20 * sin(x * pi) + 40 * sin(x / 3 * pi) + 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    turned = radians(latitude)
    squared = 1 - _ECCENTRICITY * sin(turned) ** 2
    latitude += north * 180 / (_AXIS * (1 - _ECCENTRICITY) / (squared * sqrt(squared)) * pi)
    longitude += east * 180 / (_AXIS / sqrt(squared) * cos(turned) * pi)
    return latitude, longitude


def metres(one: Point, other: Point) -> int:
    """The straight line between two points."""
    (north, east), (north_too, east_too) = sorted((on_the_map(one), on_the_map(other)))
    first, second = radians(north), radians(north_too)
    half = sin((second - first) / 2) ** 2 + cos(first) * cos(second) * sin(radians(east_too - east) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(min(1.0, half))))


def minutes_of(distance: int, walking: Walking) -> int:
    """Whole minutes for a straight line of so many metres; a begun minute is one."""
    return -(-distance * walking.detour * 60 // (100 * walking.pace))


def reach_metres(walking: Walking, within: int = WITHIN) -> int:
    """The longest straight line within so many minutes."""
    return within * 100 * walking.pace // (60 * walking.detour)


def walk_to(building: Building, venue: VenueAt, walking: Walking) -> Walk | None:
    """What somebody wrote down, else what the coordinates say, else nothing."""
    if venue.id in building.entered:
        return Walk(venue.id, building.entered[venue.id], True)
    if building.point is None or venue.point is None:
        return None
    return Walk(venue.id, minutes_of(metres(building.point, venue.point), walking), False)


def stand(building: Building, venues: Iterable[VenueAt], walking: Walking, day: date) -> Stand:
    """How a building stands on a day, by the nearest of the places that are kept up then."""
    ways = [way for venue in venues if venue.serves(day) and (way := walk_to(building, venue, walking)) is not None]
    if not ways:
        return Stand(building, WalkReach.UNKNOWN, None)
    nearest = min(ways, key=lambda way: (way.minutes, not way.entered, way.venue_id))
    return Stand(building, WalkReach.COVERED if nearest.minutes <= WITHIN else WalkReach.BEYOND, nearest)


EDGE = 0.001
"""So near to half a metre the scalar reckoning decides how it is rounded; the other one errs by a millionth."""


def stands(buildings: Sequence[Building], venues: Iterable[VenueAt], walking: Walking, day: date) -> tuple[Stand, ...]:
    """`stand` of each building: all straight lines at once, because thousands of buildings have a hundred thousand."""
    serving = sorted((venue for venue in venues if venue.serves(day)), key=lambda venue: venue.id)
    kept = [venue for venue in serving if venue.point is not None]
    plain = [at for at, one in enumerate(buildings) if kept and one.point is not None and not one.entered]
    found: dict[int, Stand] = {}
    walks: dict[tuple[int, int], Walk] = {}
    if plain:
        lines = _straight_lines([buildings[at].point for at in plain], [venue.point for venue in kept])
        metres_of = np.rint(lines)
        minutes = -(-metres_of.astype(np.int64) * walking.detour * 60 // (100 * walking.pace))
        least = minutes.argmin(axis=1)
        sure: NDArray[np.bool_] = np.all(np.abs(np.abs(lines - metres_of) - 0.5) > EDGE, axis=1)
        shortest = minutes[np.arange(len(plain)), least]
        for at, which, long, certain in zip(plain, least.tolist(), shortest.tolist(), sure.tolist(), strict=True):
            if certain:
                way = walks.get((which, long)) or walks.setdefault((which, long), Walk(kept[which].id, long, False))
                reach = WalkReach.COVERED if long <= WITHIN else WalkReach.BEYOND
                found[at] = Stand(buildings[at], reach, way)
    return tuple(found.get(at) or stand(one, serving, walking, day) for at, one in enumerate(buildings))


def _straight_lines(some: Sequence[Point | None], others: Sequence[Point | None]) -> NDArray[np.float64]:
    """Metres from each to each, over the chords between points of the unit sphere."""

    def on_the_sphere(points: Sequence[Point | None]) -> NDArray[np.float64]:
        turned = np.radians(np.array([on_the_map(point) for point in points if point is not None]))
        latitude, longitude = turned[:, 0], turned[:, 1]
        level = np.cos(latitude)
        return np.stack((level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)), axis=1)

    first, second = on_the_sphere(some), on_the_sphere(others)
    chords = np.sqrt(((first[:, None, :] - second[None, :, :]) ** 2).sum(axis=2))
    lines: NDArray[np.float64] = 2 * EARTH * np.arcsin(np.minimum(1.0, chords / 2))
    return lines


def coverage(stands: Iterable[Stand]) -> Coverage:
    """The households of many buildings by how they stand."""
    counts = dict.fromkeys(WalkReach, 0)
    for one in stands:
        counts[one.reach] += one.building.households
    return Coverage(counts[WalkReach.COVERED], counts[WalkReach.BEYOND], counts[WalkReach.UNKNOWN])


def gaps(stands: Iterable[Stand]) -> list[Stand]:
    """Buildings with households that are not covered: the farthest first, then the unknown, more households first."""
    missed = [one for one in stands if one.reach is not WalkReach.COVERED and one.building.households]
    return sorted(
        missed,
        key=lambda one: (
            one.nearest is None,
            -one.nearest.minutes if one.nearest else 0,
            -one.building.households,
            one.building.place_id,
            one.building.name,
        ),
    )


def rest_of(place_households: int, buildings: Sequence[Building]) -> int:
    """Households of a place that no known building has: nobody knows how they stand."""
    return max(0, place_households - sum(one.households for one in buildings))

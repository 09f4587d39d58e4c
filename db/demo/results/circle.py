"""阵地 of the invented subdistrict and where its buildings stand: out at sea, so that no real quarter is meant."""

from collections import defaultdict
from datetime import timedelta
from math import cos, radians

from db.demo.frame import Area, Demo
from db.models import BuildingSpot, Venue, VenueWalk
from db.rules.results.opening_hours import read_hours, stored
from db.terms import Datum, PlaceKind, VenueKind

NORTH, EAST = 29.52, 124.48
METRE = 1_000_000 / 111_195
"""Millionths of a degree of latitude."""
APART, ACROSS = 1600, 4
"""Metres between two communities; communities in a row."""
PLACED = 7
"""So many communities wrote down where their buildings stand; the others have not come to it."""
HOURS = (
    "周一至周五 8:30–17:30；周六 9:00–12:00",
    "每天 8:30–20:30",
    "周一至周五 9:00–11:30、13:30–17:00",
    "周五、周六 18:00–次日1:00",
)
RICH_VENUES = (
    ("柳林社区党群服务中心", VenueKind.CENTRE, 0, 0),
    ("柳林东苑党群服务站", VenueKind.STATION, 620, 120),
    ("望柳花园党群活动室", VenueKind.ROOM, -420, -380),
    ("柳荫红色驿站", VenueKind.POST, 160, -520),
)
OFFSETS = ((260, 300), (700, -160), (-520, -320), (-1150, 760), (120, -420), (420, 520))
"""Where the places of a community lie around its centre, in metres east and north; the fourth is a long way off."""


def tell(demo: Demo) -> None:
    """Places, buildings, minutes that somebody walked."""
    for number, area in enumerate(demo.areas):
        centre = _moved(
            (round(NORTH * 1_000_000), round(EAST * 1_000_000)), number % ACROSS * APART, -(number // ACROSS) * APART
        )
        kept = _venues(demo, area, number, centre)
        if number < PLACED:
            _buildings(demo, area, centre, kept)


def _moved(point: tuple[int, int], east: float, north: float) -> tuple[int, int]:
    """A point so many metres away."""
    return round(point[0] + north * METRE), round(point[1] + east * METRE / cos(radians(NORTH)))


def _venues(demo: Demo, area: Area, number: int, centre: tuple[int, int]) -> list[int]:
    stem = area.name.removesuffix("社区")
    plans = (
        RICH_VENUES
        if area.rich
        else (
            (f"{area.name}党群服务中心", VenueKind.CENTRE, 0, 0),
            (f"{stem}党群服务站", VenueKind.STATION, 480, -300),
        )[: 1 + number % 2]
    )
    found = []
    for place, (name, kind, east, north) in enumerate(plans):
        hours = read_hours(HOURS[place % len(HOURS)])
        point = _moved(centre, east, north)
        found.append(
            demo.bulk.add(
                Venue,
                subdistrict_id=demo.subdistrict,
                name=name,
                kind=kind,
                home_id=area.id,
                address=f"澄湖路{20 + 6 * number + place}号",
                hours=stored(hours or {}),
                holidays="法定节假日休息，有事拨打服务台电话" if not place else "",
                desk_phone=f"0571-5555 02{number:02d}",
                latitude=point[0],
                longitude=point[1],
                datum=Datum.GCJ02,
                opened_on=demo.today - timedelta(days=900 - 60 * place),
                closed_reason="",
            )
        )
    if area.rich:
        # One that moved out, one that closes next month, one that nobody has placed on the map yet.
        for name, last, why in (
            ("柳林巷服务站", demo.today - timedelta(days=40), "房屋腾退"),
            ("桥头新村党群服务站", demo.today + timedelta(days=30), "改造施工"),
            ("澄湖东街共建议事厅", None, ""),
        ):
            spot = _moved(centre, -1000, 640) if last is not None else None
            found.append(
                demo.bulk.add(
                    Venue,
                    subdistrict_id=demo.subdistrict,
                    name=name,
                    kind=VenueKind.STATION if last else VenueKind.PARTNER,
                    home_id=area.id,
                    address="",
                    hours={},
                    holidays="",
                    desk_phone="",
                    latitude=spot[0] if spot else None,
                    longitude=spot[1] if spot else None,
                    datum=Datum.GCJ02,
                    opened_on=demo.today - timedelta(days=700),
                    closed_on=last,
                    closed_reason=why,
                )
            )
    return found


def _buildings(demo: Demo, area: Area, centre: tuple[int, int], kept: list[int]) -> None:
    """Each building of the books beside the others of its place; the households of the place are shared out."""
    rng = demo.rng("circle", area.code)
    names: dict[int, list[str]] = defaultdict(list)
    for door in area.doors:
        if door.building not in names[door.place]:
            names[door.place].append(door.building)
    for number, place in enumerate(area.places):
        if place.kind is PlaceKind.PUBLIC:
            continue
        lane = place.kind is PlaceKind.STREET
        buildings = [""] if lane else names[number]
        east, north = OFFSETS[number % len(OFFSETS)]
        for at, building in enumerate(buildings):
            share = place.households // len(buildings) + (at < place.households % len(buildings))
            point = _moved(
                centre, east + at % 4 * 75 + rng.randrange(-9, 10), north + at // 4 * 70 + rng.randrange(-9, 10)
            )
            placed = rng.random() < 0.93
            spot = demo.bulk.add(
                BuildingSpot,
                community_id=area.id,
                place_id=place.id,
                building=building,
                latitude=point[0] if placed else None,
                longitude=point[1] if placed else None,
                datum=Datum.GCJ02,
                households=None if lane else share,
            )
            if at == len(buildings) - 1 and number < 3:
                # A gate on the far side: the walk is longer than the map says.
                minutes = rng.randrange(6, 19)
                demo.bulk.add(VenueWalk, community_id=area.id, spot_id=spot, venue_id=kept[0], minutes=minutes)

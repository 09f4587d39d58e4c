"""Periods and figures for tests."""

from datetime import date
from typing import Any

from db.actions.results.circle import save_building
from db.actions.results.venues import save_venue
from db.engine import reading
from db.queries.results.circle import Circle, circle
from db.queries.results.counted import Chosen
from db.queries.results.figures import Results, results
from db.rules.permissions import Actor
from db.rules.results.period import before, period
from db.terms import Datum, VenueKind
from tests.builders.world import TODAY, World, do


def counted_for(
    world: World, code: str = "2026-03", *, by: Actor | None = None, today: date = TODAY, **more: Any
) -> Results:
    """The figures of a period as an actor reads them, beside the period before."""
    shown = period(code, today=today)
    with reading(by or world.secretary) as session:
        return results(session, Chosen(shown, **more), Chosen(before(shown), **more))


def at_sea(east: int = 0, north: int = 0) -> dict[str, Any]:
    """A coordinate so many metres from a point at which nobody lives, as it is typed."""
    return {"latitude": f"{29.5 + north / 111195:.6f}", "longitude": f"{124.5 + east / 96780:.6f}"}


def a_venue(world: World, name: str = "柳林社区党群服务中心", *, by: Actor | None = None, **more: Any) -> int:
    values: dict[str, Any] = {
        "name": name, "kind": VenueKind.CENTRE, "hours": "周一至周五 8:30–17:30", "datum": Datum.GCJ02,
        "desk_phone": "0571-55550123", **at_sea(),
    }  # fmt: skip
    number: int = do(by or world.secretary, save_venue, **values | more)
    return number


def a_building(world: World, building: str, *, by: Actor | None = None, **more: Any) -> int:
    values: dict[str, Any] = {"place_id": world.place, "building": building, "datum": Datum.GCJ02}
    number: int = do(by or world.secretary, save_building, **values | more)
    return number


def the_circle(world: World, day: date = TODAY, *, by: Actor | None = None) -> Circle:
    actor = by or world.secretary
    with reading(actor) as session:
        return circle(session, world.subdistrict, actor.community_id, day)

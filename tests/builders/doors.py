"""Doors with a past: how often they were tried, when they are due."""

from datetime import date, timedelta
from typing import Any

from db.actions.doors.visits import log_visit
from db.engine import as_system
from db.models import Household, Patch, blind_index
from db.terms import VisitOutcome
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World


def a_door(world: World, building: str, stairwell: str, room: str, **more: Any) -> int:
    """A door of the community's estate that is due today, unless told otherwise; the id."""
    place = more.pop("place_id", world.place)
    with as_system("test") as session:
        household = Household(
            community_id=more.pop("community_id", world.here),
            place_id=place,
            building=building,
            stairwell=stairwell,
            room=room,
            door_index=blind_index(f"{place}|{building}|{stairwell}|{room}"),
            due_on=more.pop("due_on", TODAY),
            **more,
        )
        session.add(household)
        session.flush()
        return household.id


def late(days: int) -> date:
    """A day so long ago."""
    return TODAY - timedelta(days=days)


def a_patch(world: World, account_id: int, *buildings: str) -> None:
    """Buildings of the estate that somebody looks after."""
    with as_system("test") as session:
        for building in buildings:
            session.add(Patch(community_id=world.here, account_id=account_id, place_id=world.place, building=building))


def knock(world: World, household: int, outcome: VisitOutcome = VisitOutcome.MET, **more: Any) -> int:
    """The area worker's visit to a door; its id."""
    values: dict[str, Any] = {"place_id": None, "household_id": household, "outcome": outcome, "now": NOW}
    visit_id: int = carry_out(more.pop("who", world.worker), "", log_visit, **(values | more))["visit_id"]
    return visit_id


def a_household(world: World, room: str = "101", *, community_id: int | None = None, **more: Any) -> int:
    """A door in 1 幢 1 单元; the id."""
    with as_system("test") as session:
        place = world.place if community_id in (None, world.here) else world.place_there
        household = Household(
            community_id=community_id or world.here,
            place_id=place,
            building="1幢",
            stairwell="1单元",
            room=room,
            door_index=blind_index(f"{place}|1幢|1单元|{room}"),
            **more,
        )
        session.add(household)
        session.flush()
        return household.id

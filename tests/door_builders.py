"""Builders of the offline door: paired phones, doors of a stairwell, entries as a phone sends them."""

from typing import Any

from db.engine import as_system, reading_as_system
from db.models import Household
from tests.builders import World, a_household


def the_household(household_id: int) -> Household:
    """A door as it stands."""
    with reading_as_system("test") as session:
        household = session.get(Household, household_id)
        assert household is not None
        return household


def changed_meanwhile(household_id: int, **values: Any) -> None:
    """Somebody else changed the door."""
    with as_system("test") as session:
        household = session.get(Household, household_id)
        for name, value in values.items():
            setattr(household, name, value)


def a_stairwell(world: World, rooms: int = 6, **more: Any) -> list[int]:
    """Doors of 1 幢 1 单元, two a floor; their ids."""
    return [a_household(world, f"{1 + n // 2}0{1 + n % 2}", **more) for n in range(rooms)]

"""What communities usually begin with comes at one press, once, and leaves alone what is there."""

import pytest
from sqlalchemy import func, select

from db.actions.admin.usual import take_over_usual
from db.engine import reading_as_system
from db.errors import NotPermitted
from db.models import Service, SquadTheme
from db.terms import Role
from tests.builders.world import World, do


def test_what_is_missing_is_added_and_a_second_press_adds_nothing(world: World) -> None:
    added = do(world[Role.SUBDISTRICT_ADMIN], take_over_usual)
    again = do(world[Role.SUBDISTRICT_ADMIN], take_over_usual)

    with reading_as_system("test") as session:
        services = session.scalar(select(func.count(Service.id)))
        themes = session.scalar(select(func.count(SquadTheme.id)))
    assert (services, themes, again) == (15, 5, 0)
    assert added >= 15


def test_only_the_subdistrict_takes_them_over(small_world: World) -> None:
    with pytest.raises(NotPermitted):
        do(small_world.secretary, take_over_usual)

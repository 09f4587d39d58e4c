from typing import Any

import pytest
from sqlalchemy import select

from db.actions.volunteers.openings import change_places, close_opening, post_opening
from db.actions.volunteers.placements import claim_place
from db.engine import carry_out, reading
from db.errors import BadInput, NotPermitted, Refused, WrongStage
from db.models import Opening, ThreadEntry
from db.terms import Happening, ProjectState, Role
from tests.builders.projects import a_project
from tests.builders.volunteers import a_volunteer, an_opening
from tests.builders.world import World, another_actor


def test_a_leader_posts_what_the_project_needs(world: World) -> None:
    project_id = a_project(world)

    opening_id = carry_out(
        world[Role.TEAM_LEADER], "a", post_opening, project_id=project_id, title="电工", skill="电工", places=2
    )

    with reading(world[Role.VOLUNTEER]) as session:
        opening = session.get_one(Opening, opening_id)
        assert (opening.places, opening.filled, opening.closed) == (2, 0, False)
        assert session.scalars(select(ThreadEntry.kind)).all() == [Happening.OPENING_POSTED]


@pytest.mark.parametrize("places", [None, 0, 201])
def test_an_opening_has_between_one_and_two_hundred_places(world: World, places: int | None) -> None:
    project_id = a_project(world)

    with pytest.raises(BadInput) as told:
        carry_out(world.secretary, "a", post_opening, project_id=project_id, title="电工", places=places)

    assert told.value.field == "places"


def test_a_closed_opening_takes_nobody_more(world: World) -> None:
    opening_id = an_opening(world, a_project(world))
    volunteer = world[Role.VOLUNTEER]
    a_volunteer(world, account_id=volunteer.id)

    carry_out(world[Role.TEAM_LEADER], "a", close_opening, opening_id=opening_id)

    with pytest.raises(Refused, match="opening_closed"):
        carry_out(volunteer, "b", claim_place, opening_id=opening_id)
    with pytest.raises(Refused, match="already_done"):
        carry_out(world[Role.TEAM_LEADER], "c", close_opening, opening_id=opening_id)


def test_places_never_fall_below_the_team(world: World) -> None:
    opening_id = an_opening(world, a_project(world), places=3)
    for number in ("one", "two"):
        person = another_actor(world, Role.VOLUNTEER, number)
        a_volunteer(world, number, account_id=person.id)
        carry_out(person, number, claim_place, opening_id=opening_id)

    carry_out(world[Role.TEAM_LEADER], "a", change_places, opening_id=opening_id, places=2)

    with pytest.raises(Refused) as told:
        carry_out(world[Role.TEAM_LEADER], "b", change_places, opening_id=opening_id, places=1)
    assert told.value.values["filled"] == 2


def test_the_openings_of_somebody_elses_project_stay(world: World) -> None:
    opening_id = an_opening(world, a_project(world))
    stranger = another_actor(world, Role.TEAM_LEADER, "leader2")

    tries: list[tuple[Any, dict[str, int]]] = [(close_opening, {}), (change_places, {"places": 1})]
    for act, more in tries:
        with pytest.raises(NotPermitted):
            carry_out(stranger, "", act, opening_id=opening_id, **more)


def test_a_finished_project_posts_nothing(world: World) -> None:
    project_id = a_project(world, state=ProjectState.HANDED_IN)

    with pytest.raises(WrongStage):
        carry_out(world.secretary, "a", post_opening, project_id=project_id, title="电工", places=1)

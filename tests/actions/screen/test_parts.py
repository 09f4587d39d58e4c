"""The desk chooses what the rotation goes through."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.actions.screen.parts import choose_parts
from db.engine import reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted
from db.models import ScreenChoice, ScreenState
from db.queries.screen.parts import choices, open_rotas
from db.queries.screen.screen import pulse, scene
from db.rules.screen.parts import USUAL
from db.terms import MeetingState, Role, RotaState, ScreenMode, ScreenPart
from tests.builders.meetings import a_meeting
from tests.builders.rota import a_plain_rota, a_post, a_slot
from tests.builders.screen import steer
from tests.builders.world import NOW, TODAY, World, do

P = ScreenPart


def test_what_was_chosen_rotates_at_the_next_turn_and_stays(world: World) -> None:
    with reading(world[Role.DISPLAY]) as session:
        before = pulse(session, world.here)
        assert scene(session, world.here, now=NOW).rotation.parts == USUAL  # type: ignore[union-attr]

    do(world.secretary, choose_parts, community_id=world.here, parts=[P.WALL, P.MONTH], version=0)

    with reading(world[Role.DISPLAY]) as session:
        assert pulse(session, world.here) != before
        assert scene(session, world.here, now=NOW).rotation.parts == (P.MONTH, P.WALL)  # type: ignore[union-attr]
        assert scene(session, world.there, now=NOW).rotation.parts == USUAL  # type: ignore[union-attr]


def test_who_chooses_second_is_told_and_nothing_is_overwritten(world: World) -> None:
    do(world.secretary, choose_parts, community_id=world.here, parts=[P.STAGES], version=0)

    with pytest.raises(Conflict):
        do(world[Role.SUBDISTRICT_ADMIN], choose_parts, community_id=world.here, parts=[P.MONTH], version=0)

    do(world[Role.SUBDISTRICT_ADMIN], choose_parts, community_id=world.here, parts=[P.FIGURES], version=1)
    with reading(world.secretary) as session:
        assert choices(session)[world.here].parts == (P.FIGURES,)
        assert session.scalars(select(ScreenChoice.chosen_by)).all() == [world[Role.SUBDISTRICT_ADMIN].id]


def test_a_choice_after_the_meeting_does_not_bring_the_meeting_back(world: World) -> None:
    meeting = a_meeting(world, state=MeetingState.CLOSED, closed_at=NOW + timedelta(minutes=1))
    steer(world, mode=ScreenMode.MEETING, meeting_id=meeting)

    do(world.secretary, choose_parts, community_id=world.here, parts=[P.STAGES], version=0,
       now=NOW + timedelta(hours=1))  # fmt: skip

    with reading(world[Role.DISPLAY]) as session:
        assert scene(session, world.here, now=NOW + timedelta(hours=1)).meeting is None
        assert session.scalar(select(ScreenState.turn)) == 2


def test_nobody_chooses_for_the_neighbours_nor_without_the_right(world: World) -> None:
    with pytest.raises(NotFound):
        do(world.secretary, choose_parts, community_id=world.there, parts=[P.STAGES], version=0)
    with pytest.raises(NotPermitted):
        do(world[Role.DISPLAY], choose_parts, community_id=world.here, parts=[P.STAGES], version=0)


@pytest.mark.parametrize("parts", [[], None, ["fireworks"], [None], "wall", [P.WALL, 3]])
def test_a_choice_of_nothing_or_of_something_else_is_refused(small_world: World, parts: object) -> None:
    with pytest.raises(BadInput) as refused:
        do(small_world.secretary, choose_parts, community_id=small_world.here, parts=parts, version=0)

    assert refused.value.field == "parts"


def test_the_station_shows_the_rotas_that_the_desk_chose(world: World) -> None:
    small, large = a_plain_rota(world, "小"), a_plain_rota(world, "大")
    for rota, places in ((small, 1), (large, 9)):
        a_slot(world, rota, a_post(world, rota), TODAY, 14, places=places)

    do(world.secretary, choose_parts, community_id=world.here, parts=[P.STATIONS], rotas=[small], version=0)

    with reading(world[Role.DISPLAY]) as session:
        shown = scene(session, world.here, now=NOW).rotation
    assert shown is not None
    assert [one.rota for one in shown.stations] == ["小"]
    with reading(world.secretary) as session:
        assert choices(session)[world.here].rotas == (small,)
        assert open_rotas(session)[world.here] == {large: "大", small: "小"}


def test_a_rota_that_is_closed_elsewhere_or_none_cannot_be_chosen(small_world: World) -> None:
    closed = a_plain_rota(small_world, state=RotaState.CLOSED)
    right = {"community_id": small_world.here, "parts": [P.STATIONS], "version": 0}

    for rotas in ([closed], [closed + 1], ["1"], [None], 3, None, [True], [2**80], [1] * 5):
        with pytest.raises(BadInput) as refused:
            do(small_world.secretary, choose_parts, **right, rotas=rotas)
        assert refused.value.field == "rotas"

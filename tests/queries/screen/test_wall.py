"""The wall of promises on the screen: who is named how, and what is gone with the next turn."""

from datetime import timedelta

import pytest

from components.screen.words import slides
from db.actions.commitments.commitments import end_commitment, pause_commitment
from db.actions.people.consents import record_consent, withdraw_consent
from db.actions.screen.parts import choose_parts
from db.engine import as_system, reading
from db.models import Member
from db.queries.screen.screen import Pulse, pulse, scene
from db.rules.people.consent_input import ConsentInput
from db.terms import ConsentScope, ConsentWay, Role, ScreenPart
from tests.builders.commitments import a_promise, on_the_roll, version_of
from tests.builders.world import NOW, TODAY, World, do
from tests.support.statements import Statements


def shown(world: World) -> list[tuple[str, str]]:
    """The rows of the wall as every screen of the community gets them."""
    with reading(world[Role.DISPLAY]) as session:
        found = slides(scene(session, world.here, now=NOW), "")
    return [(row["name"], row["reason"]) for slide in found if slide["kind"] == "wall" for row in slide["rows"]]


def beat(world: World) -> Pulse:
    with reading(world[Role.DISPLAY]) as session:
        return pulse(session, world.here)


def agree(world: World, member: int) -> int:
    given = ConsentInput(ConsentScope.WALL, TODAY, ConsentWay.PAPER, "全名写在承诺墙上", member_id=member)
    consent: int = do(world.worker, record_consent, given=given)
    return consent


def with_wall(world: World) -> None:
    do(world.secretary, choose_parts, community_id=world.here, parts=[ScreenPart.WALL], version=0)


def test_without_consent_the_surname_stands_there_and_with_it_the_name(world: World) -> None:
    with_wall(world)
    member = on_the_roll(world)
    a_promise(world, member)
    before = beat(world)
    assert shown(world) == [("送学习材料上门并讲解（3 名老年党员）", "党同志 · 每月 1 次")]

    agree(world, member)

    assert beat(world) != before
    assert shown(world)[0][1] == "党员01 · 每月 1 次"


def test_a_withdrawn_consent_an_ended_promise_and_who_left_are_gone_with_the_next_turn(world: World) -> None:
    with_wall(world)
    first, second = on_the_roll(world), on_the_roll(world, "LL-M0002")
    a_promise(world, second)
    promise = a_promise(world, first, what="修水管")
    consent, beats = agree(world, first), [beat(world)]

    do(world.worker, withdraw_consent, consent_id=consent, reason="本人要求")
    beats.append(beat(world))
    assert [who for _what, who in shown(world)] == ["党同志 · 每月 1 次"] * 2

    do(world.secretary, end_commitment, commitment_id=promise, version=version_of(promise), reason="迁出")
    beats.append(beat(world))
    assert [what for what, _who in shown(world)] == ["送学习材料上门并讲解（3 名老年党员）"]

    with as_system("test") as session:
        member = session.get(Member, second)
        assert member is not None
        member.ended_on = TODAY
    beats.append(beat(world))
    assert shown(world) == []
    assert len(set(beats)) == 4


def test_a_promise_that_rests_says_so(world: World) -> None:
    with_wall(world)
    promise = a_promise(world)
    do(world.secretary, pause_commitment, commitment_id=promise, version=version_of(promise), since=TODAY,
       until=TODAY + timedelta(days=9), reason="住院")  # fmt: skip

    assert shown(world)[0][1] == "党同志 · 暂停"


def test_the_wall_of_another_community_stays_there(world: World) -> None:
    do(world[Role.SUBDISTRICT_ADMIN], choose_parts, community_id=world.there, parts=[ScreenPart.WALL], version=0)
    a_promise(world)

    with reading(None, reason="test") as session:
        found = slides(scene(session, world.there, now=NOW), "")

    assert [(slide["rows"], slide["empty"]) for slide in found] == [([], "现在没有公示的承诺。")]


def test_without_the_wall_a_promise_changes_no_screen_and_costs_nothing(small_world: World) -> None:
    before = beat(small_world)
    a_promise(small_world)

    assert beat(small_world) == before
    assert shown(small_world) == []


@pytest.mark.parametrize("parts", [list(ScreenPart)])
def test_all_parts_cost_a_bounded_number_of_statements(small_world: World, parts: list[ScreenPart]) -> None:
    a_promise(small_world)
    do(small_world.secretary, choose_parts, community_id=small_world.here, parts=parts, version=0)

    with reading(small_world[Role.DISPLAY]) as session, Statements() as counted:
        scene(session, small_world.here, now=NOW)
    with reading(small_world[Role.DISPLAY]) as session, Statements() as beating:
        pulse(session, small_world.here)

    assert len([text for text in counted.texts if text != "BEGIN"]) <= 30
    assert len([text for text in beating.texts if text != "BEGIN"]) == 1

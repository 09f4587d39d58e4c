"""A submit that is sent twice is stored once, whoever sends it twice and however fast."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.engine import action, as_system, carry_out, reading_as_system, writing
from db.errors import NotPermitted, Refused, RequestRepeated
from db.models import Place, RequestKey
from db.rules.permissions import Permission
from tests.builders.world import World
from tests.support.an_action import name_place


@action(Permission.SIGN_WEEK)
def refuse(session: Session) -> None:
    name_place(session, name="留不下")
    raise Refused("closed")


def places(name: str) -> int:
    with reading_as_system("test") as session:
        return session.scalar(select(func.count()).select_from(Place).where(Place.name == name)) or 0


def keys() -> list[str]:
    with reading_as_system("test") as session:
        return list(session.scalars(select(RequestKey.key)))


def test_a_repeat_gets_the_first_result_and_changes_nothing(world: World) -> None:
    first = carry_out(world.secretary, "k1", name_place, name="东里")
    again = carry_out(world.secretary, "k1", name_place, name="西里")

    assert first == again
    assert (places("东里"), places("西里")) == (1, 0)


def test_without_a_key_every_submit_counts(world: World) -> None:
    carry_out(world.secretary, "", name_place, name="东里")
    carry_out(world.secretary, "", name_place, name="西里")

    assert (places("东里"), places("西里")) == (1, 1)
    assert keys() == []


def test_eight_twins_at_once_have_one_effect(world: World) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: carry_out(world.secretary, "k1", name_place, name="东里"), range(8)))

    assert places("东里") == 1
    assert all(result == results[0] for result in results)


def test_twins_of_a_first_that_fails_are_not_told_that_it_was_stored(world: World) -> None:
    def one(_: int) -> str:
        try:
            carry_out(world.secretary, "k1", refuse)
        except Refused:
            return "refused"
        return "stored"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(one, range(4)))

    assert answers == ["refused"] * 4
    assert (places("留不下"), keys()) == (0, [])


def test_a_key_is_answered_only_to_whom_it_belongs(world: World) -> None:
    carry_out(world.secretary, "k1", name_place, name="东里")

    with pytest.raises(NotPermitted):
        carry_out(world.other_secretary, "k1", name_place, name="东里")
    with pytest.raises(NotPermitted):
        carry_out(world.secretary, "k1", refuse)
    with pytest.raises(NotPermitted), writing(None, "k1", reason="test"):
        pass


def test_a_failed_action_leaves_no_key_so_that_it_can_be_tried_again(world: World) -> None:
    with pytest.raises(Refused):
        carry_out(world.secretary, "k1", refuse)

    assert keys() == []
    assert carry_out(world.secretary, "k1", name_place, name="东里")["name"] == "东里"


def test_a_block_of_its_own_keeps_what_it_puts_into_result(world: World) -> None:
    with writing(world.secretary, "k1", action="upload") as session:
        session.info["result"] = {"rows": 3}

    with pytest.raises(RequestRepeated) as repeated, writing(world.secretary, "k1", action="upload"):
        pass
    assert repeated.value.values["result"] == {"rows": 3}


def test_nothing_of_an_action_is_stored_without_its_key(world: World) -> None:
    """What JSON cannot hold fails before the commit, with everything else."""
    with as_system("test") as session:
        before = session.scalar(select(func.count(Place.id)))

    with pytest.raises(Exception, match="JSON"), writing(world.secretary, "k1") as session:
        session.info["result"] = object()

    with as_system("test") as session:
        assert session.scalar(select(func.count(Place.id))) == before
    assert keys() == []

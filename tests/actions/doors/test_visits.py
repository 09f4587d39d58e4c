from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select

from db.actions.doors.visits import log_visit
from db.engine import as_system, reading_as_system
from db.errors import BadInput, NotPermitted, Problem, Refused
from db.models import Household, Visit
from db.terms import Role, VisitOutcome
from tests.builders.doors import a_household
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World


def knock(world: World, key: str = "", **more: object) -> dict[str, int | None]:
    values = {"place_id": world.place, "building": "1幢", "stairwell": "1单元", "room": "101"}
    values |= {"outcome": VisitOutcome.MET, "now": NOW}
    return carry_out(world.worker, key, log_visit, **(values | more))


def count(model: type) -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_a_visit_to_a_known_door_finds_its_household(world: World) -> None:
    household = a_household(world, "101")

    visit = knock(world)

    assert visit["household_id"] == household


def test_the_first_knock_on_a_door_makes_its_household(world: World) -> None:
    visit = knock(world, room="702")

    with reading_as_system("test") as session:
        household = session.get(Household, visit["household_id"])
        assert household is not None
        assert (household.building, household.stairwell, household.room) == ("1幢", "1单元", "702")


@pytest.mark.parametrize(
    ("building", "stairwell", "room"), [("1", "1", "101"), ("1 幢", "１单元", "101室"), (" 1幢 ", "1单元", "１０１")]
)
def test_a_door_typed_otherwise_is_the_same_household(
    small_world: World, building: str, stairwell: str, room: str
) -> None:
    household = a_household(small_world, "101")

    visit = knock(small_world, building=building, stairwell=stairwell, room=room)

    assert visit["household_id"] == household


def test_a_place_without_a_door_is_told_in_words(world: World) -> None:
    visit = knock(world, building="", stairwell="", room="", where_text="东门菜摊")

    assert visit["household_id"] is None
    assert count(Visit) == 1


def test_a_visit_without_door_and_words_is_refused_at_the_room(small_world: World) -> None:
    with pytest.raises(BadInput) as refused:
        knock(small_world, room="")

    assert (refused.value.field, refused.value.problem) == ("room", Problem.EMPTY)
    assert count(Visit) == 0


@pytest.mark.parametrize(
    ("on", "problem"), [(TODAY + timedelta(days=1), Problem.TOO_LATE), (date(2020, 1, 1), Problem.TOO_EARLY)]
)
def test_a_visit_is_neither_tomorrow_nor_years_ago(small_world: World, on: date, problem: Problem) -> None:
    with pytest.raises(BadInput) as refused:
        knock(small_world, on=on)

    assert (refused.value.field, refused.value.problem) == ("on", problem)


def test_a_visit_noted_on_paper_keeps_its_day(world: World) -> None:
    visit = knock(world, on=TODAY - timedelta(days=3))

    with reading_as_system("test") as session:
        at = session.execute(select(Visit.at).where(Visit.id == visit["visit_id"])).scalar_one()
    assert at.date() == TODAY - timedelta(days=3)


def test_a_place_of_another_community_is_not_to_be_chosen(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        knock(world, place_id=world.place_there)

    assert (refused.value.field, refused.value.problem) == ("place_id", Problem.UNKNOWN_CHOICE)


def test_a_restricted_door_is_left_to_named_staff(world: World) -> None:
    a_household(world, "101", restricted=True, alias="甲户")

    with pytest.raises(Refused) as refused:
        knock(world)

    assert refused.value.rule == "door_restricted"
    assert count(Visit) == 0


def test_a_visit_submitted_twice_is_stored_once(world: World) -> None:
    first = knock(world, "same-key")

    second = knock(world, "same-key")

    assert first == second
    assert count(Visit) == 1


def test_a_volunteer_logs_no_visit(small_world: World) -> None:
    with pytest.raises(NotPermitted):
        carry_out(
            small_world[Role.VOLUNTEER], "", log_visit, place_id=small_world.place, outcome=VisitOutcome.MET, room="101"
        )


def test_two_workers_at_the_same_new_door_make_one_household(world: World) -> None:
    def both(person: object) -> None:
        carry_out(
            person,  # type: ignore[arg-type]
            "",
            log_visit,
            place_id=world.place,
            building="9",
            stairwell="1",
            room="303",
            outcome=VisitOutcome.NOT_IN,
        )

    people = [Thread(target=both, args=(person,)) for person in (world.worker, world.secretary) * 3]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert count(Household) == 1
    assert count(Visit) == 6


def test_a_stairwell_name_longer_than_its_column_is_told_at_the_field(small_world: World) -> None:
    with pytest.raises(BadInput) as refused:
        knock(small_world, stairwell="单" * 21)

    assert (refused.value.field, refused.value.problem) == ("stairwell", Problem.TOO_LONG)
    with as_system("test") as session:
        assert session.execute(select(Household.id)).all() == []

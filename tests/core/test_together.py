"""What is wrong with a form is told at once, and nothing is written with a value that only stands in."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import amount, chosen, day, line, row_id, telephone, whole
from db.actions.loading import chosen_row
from db.actions.projects.projects import set_up_project
from db.engine import reading_as_system
from db.errors import BadInput, BadInputs, Problem, Refused
from db.models import Category, Project
from db.rules.projects.input import ProjectInput
from db.terms import Urgency
from db.together import Together, amiss, before_writing
from tests.builders.world import World, do

EVERY_CHECK: list[Any] = [
    lambda: line("title", "", most=5),
    lambda: telephone("phone", "abc"),
    lambda: whole("people", None, least=1, most=9),
    lambda: amount("target", Decimal(5), most=2),
    lambda: chosen("urgency", None, list(Urgency)),
    lambda: row_id("category_id", None),
    lambda: day("on", date(1800, 1, 1)),
]
NAMED = ("title", "phone", "people", "target", "urgency", "category_id", "on")


def gathered(*steps: Callable[[], object]) -> None:
    """Do these steps as an action would."""
    with Together():
        for step in steps:
            step()


def fails(error: Exception) -> Callable[[], object]:
    def step() -> None:
        raise error

    return step


def test_every_check_notes_its_problem_and_lets_the_next_one_look() -> None:
    with pytest.raises(BadInputs) as told:
        gathered(*EVERY_CHECK)

    assert tuple(one.field for one in told.value.problems) == NAMED
    assert (told.value.field, told.value.problem) == ("title", Problem.EMPTY)


def test_without_gathering_each_check_raises_by_itself() -> None:
    for check in EVERY_CHECK:
        with pytest.raises(BadInput):
            check()
        with Together(), Together(apart=True), pytest.raises(BadInput):
            check()


def test_one_problem_is_told_as_itself_and_none_as_nothing() -> None:
    with pytest.raises(BadInput) as told:
        gathered(lambda: line("title", "toolong", most=5))
    gathered(lambda: line("title", "right", most=5))

    assert not isinstance(told.value, BadInputs)
    assert told.value.problems == (told.value,)
    assert told.value.values["most"] == 5


@pytest.mark.parametrize("after", [Refused("x"), KeyError("x"), BadInput("until", Problem.BAD_DATE)])
def test_what_follows_from_a_value_that_stands_in_is_not_told(after: Exception) -> None:
    with pytest.raises(BadInput) as told:
        gathered(EVERY_CHECK[0], fails(after))

    assert [one.field for one in told.value.problems] == ["title"]


def test_a_field_is_named_once_and_an_empty_one_is_always_told() -> None:
    again = BadInput("title", Problem.WRONG)
    with pytest.raises(BadInputs) as told:
        gathered(EVERY_CHECK[0], lambda: amiss(again, None), fails(BadInput("room", Problem.EMPTY)))

    assert [one.field for one in told.value.problems] == ["title", "room"]


def test_the_first_write_tells_what_was_noted() -> None:
    written: list[str] = []

    with pytest.raises(BadInput):
        gathered(EVERY_CHECK[0], before_writing, lambda: written.append("written"))

    assert written == []


def test_a_row_that_was_not_chosen_hides_no_other_field(small_world: World) -> None:
    def act(session: Session) -> None:
        with Together():
            chosen_row(session, Category, "category_id", None)
            chosen_row(session, Category, "other_id", 10**6)
            whole("people", 0, least=1, most=9)

    with reading_as_system("test") as session, pytest.raises(BadInputs) as told:
        act(session)

    assert [one.field for one in told.value.problems] == ["category_id", "other_id", "people"]


def test_an_empty_form_of_a_project_names_all_that_it_lacks_and_stores_nothing(small_world: World) -> None:
    names = set(ProjectInput.__dataclass_fields__)
    empty: dict[str, Any] = dict.fromkeys(names) | {"need_ids": ()}

    with pytest.raises(BadInputs) as told:
        do(small_world.secretary, set_up_project, given=ProjectInput(**empty))

    lacking = {one.field for one in told.value.problems}
    assert lacking >= {"kind", "title", "problem", "measures", "beneficiary_count", "starts_on", "due_on", "leader_id"}
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(Project)) == 0

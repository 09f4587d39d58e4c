"""Paper from the box: two people, two accounts, the same figures or none; what does not add up is not taken."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.voting.voting import cancel_ballot, close_ballot, enter_paper, open_ballot, resume_ballot, stop_ballot
from db.engine import as_system, reading_as_system
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import AgendaItem, AuditEntry, Ballot, PaperCount
from db.queries.meetings.meetings import open_ballot as standing
from db.rules.permissions import Actor
from db.rules.voting.question import Option, Question
from db.terms import Outcome, QuestionKind, VoteMethod
from tests.builders.meetings import in_session
from tests.builders.voting import accounts_of, ask, count_paper
from tests.builders.world import World, do, row

RIGHT: dict[str, Any] = {
    "entry": 1, "name": "计票甲", "returned": 12, "blank": 1, "spoilt": 1, "sheet": {"for": 8, "against": 2},
}  # fmt: skip
TWO: dict[str, Any] = {"entry": 2, "name": "监票乙"}


def on_paper(world: World, *, present: int = 14) -> tuple[int, int, int]:
    """Meeting, item and open ballot, everybody on paper."""
    meeting, items = in_session(world, present=present)
    return meeting, items[0], do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.PAPER)


def enter(actor: Actor, ballot: int, **more: Any) -> Any:
    return do(actor, enter_paper, ballot_id=ballot, **RIGHT | more)


def test_two_people_who_agree_decide_the_count(world: World) -> None:
    meeting, _, ballot = on_paper(world)

    told = [enter(world.secretary, ballot), enter(world.worker, ballot, **TWO)]
    closed = do(world.secretary, close_ballot, ballot_id=ballot)

    accounts = accounts_of(world, meeting)[VoteMethod.PAPER]
    assert told == [{"agreed": None}, {"agreed": True}]
    assert closed["outcome"] == Outcome.PASSED
    assert (accounts.issued, accounts.returned, accounts.valid, accounts.blank, accounts.spoilt) == (14, 12, 10, 1, 1)
    assert (accounts.not_cast, dict(accounts.choices)) == (2, {"for": 8, "against": 2})


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ({"returned": 11, "blank": 0}, ["returned", "blank"]),
        ({"blank": 0, "spoilt": 2}, ["blank", "spoilt"]),
        ({"sheet": {"for": 7, "against": 3}}, ["sheet"]),
    ],
)
def test_who_differs_is_told_in_which_field_and_never_in_which_figure(
    world: World, other: dict[str, Any], differs: list[str]
) -> None:
    meeting, _, ballot = on_paper(world)
    enter(world.secretary, ballot)

    told = enter(world.worker, ballot, **TWO | other)

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(PaperCount)) == 0
        standing_now = standing(session, meeting)
    assert told == {"agreed": False, "differs": differs}
    assert standing_now is not None
    assert (standing_now.recounts, standing_now.turnout, standing_now.ways[0].entries) == (1, 0, ())


def test_the_same_ballots_written_differently_agree(world: World) -> None:
    _, items = in_session(world)
    ask(items[0], Question(QuestionKind.CHOOSE, tuple(Option(n, f"方案{n}") for n in (1, 2, 3)), most=2))
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.PAPER)
    figures = {"returned": 5, "blank": 0, "spoilt": 0}

    enter(world.secretary, ballot, **figures, sheet={"1,2": 3, "2": 2, "3": 0})
    told = enter(world.worker, ballot, **TWO, **figures, sheet={"2": 2, "2,1": 1, "1,2": 2})

    assert told == {"agreed": True}


def test_the_two_are_two_names_and_two_accounts_and_neither_is_the_proposer(world: World) -> None:
    _, item, ballot = on_paper(world)
    with as_system("test") as session:
        session.get_one(AgendaItem, item).proposer = "提议丙"
    enter(world.secretary, ballot)

    for actor, name, rule in (
        (world.worker, " 计票甲 ", "teller_twice"),
        (world.secretary, "监票乙", "second_account_needed"),
        (world.worker, "提议丙", "teller_is_proposer"),
    ):
        with pytest.raises(Refused, match=rule):
            enter(actor, ballot, entry=2, name=name)
    with pytest.raises(Refused, match="count_is_in"):
        enter(world.worker, ballot, name="监票乙")


@pytest.mark.parametrize(
    ("wrong", "values"),
    [
        ({"returned": 13}, {"returned": 13, "valid": 10, "blank": 1, "spoilt": 1}),
        ({"sheet": {}}, {"returned": 12, "valid": 0, "blank": 1, "spoilt": 1}),
    ],
)
def test_figures_that_do_not_add_up_are_not_taken(
    world: World, wrong: dict[str, Any], values: Mapping[str, int]
) -> None:
    _, _, ballot = on_paper(world)

    with pytest.raises(Refused) as refused:
        enter(world.secretary, ballot, **wrong)

    assert refused.value.values == {"rule": "paper_does_not_add_up", **values}


@pytest.mark.parametrize(
    ("wrong", "field", "problem"),
    [
        ({"returned": 15}, "returned", Problem.OUT_OF_RANGE),
        ({"blank": -1}, "blank", Problem.OUT_OF_RANGE),
        ({"spoilt": None}, "spoilt", Problem.EMPTY),
        ({"sheet": {"perhaps": 1}}, "sheet", Problem.UNKNOWN_CHOICE),
        ({"sheet": {"for": "8"}}, "sheet", Problem.NOT_A_NUMBER),
        ({"sheet": {"for": 15}}, "sheet", Problem.OUT_OF_RANGE),
        ({"sheet": {5: 1}}, "sheet", Problem.UNKNOWN_CHOICE),
        ({"sheet": ["for"]}, "sheet", Problem.WRONG),
        ({"entry": 3}, "entry", Problem.UNKNOWN_CHOICE),
        ({"name": " "}, "name", Problem.EMPTY),
    ],
)
def test_a_wrong_figure_is_told_at_its_field(
    small_world: World, wrong: dict[str, Any], field: str, problem: Problem
) -> None:
    _, _, ballot = on_paper(small_world)

    with pytest.raises(BadInput) as told:
        enter(small_world.secretary, ballot, **wrong)

    assert (told.value.field, told.value.problem) == (field, problem)


def test_paper_is_not_announced_on_one_entry(world: World) -> None:
    _, _, ballot = on_paper(world)
    enter(world.secretary, ballot)

    with pytest.raises(Refused, match="counts_missing"):
        do(world.secretary, close_ballot, ballot_id=ballot)

    assert row(world, Ballot, ballot).closed_at is None


def test_a_box_that_was_opened_is_not_voted_into_any_more(world: World) -> None:
    _, _, ballot = on_paper(world)
    do(world.secretary, stop_ballot, ballot_id=ballot)
    enter(world.secretary, ballot)

    with pytest.raises(Refused, match="box_is_open"):
        do(world.secretary, resume_ballot, ballot_id=ballot)


def test_a_ballot_without_paper_takes_no_count_of_it(world: World) -> None:
    _, items = in_session(world)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.HANDS)

    with pytest.raises(WrongStage):
        enter(world.secretary, ballot)


def test_nothing_of_the_count_can_be_read_before_the_announcement(world: World) -> None:
    _, _, ballot = on_paper(world)
    count_paper(world, ballot, {"for": 9, "against": 3}, blank=1, spoilt=1)

    with reading_as_system("test") as session:
        logged = session.scalars(select(AuditEntry.changes).where(AuditEntry.table_name == "paper_count")).all()

    assert len(logged) == 2
    assert {change[field][1] for change in logged for field in ("sheet", "blank", "spoilt")} == {"•••"}


def test_a_void_ballot_keeps_no_sheet(world: World) -> None:
    _, _, ballot = on_paper(world)
    count_paper(world, ballot, {"for": 9})

    do(world.secretary, cancel_ballot, ballot_id=ballot, reason="票箱被碰翻")

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(PaperCount)) == 0


def test_only_blank_and_spoilt_ballots_never_pass(world: World) -> None:
    _, _, ballot = on_paper(world)
    count_paper(world, ballot, {}, blank=10, spoilt=4)

    closed = do(world.secretary, close_ballot, ballot_id=ballot)

    assert closed["outcome"] == Outcome.NOT_PASSED

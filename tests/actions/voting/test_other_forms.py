"""A ballot decided here, taken out in every form and counted again by anybody: the sentence that was announced."""

from pathlib import Path
from typing import Any

import pytest

from db.actions.voting.voting import close_ballot, open_ballot
from db.engine import reading
from db.models import AgendaItem
from db.queries.voting.ballots import ballot_file
from db.rules.voting import ballot_file as own
from db.rules.voting.forms import blt, pabulib, table
from db.rules.voting.forms.poll import poll_of
from db.rules.voting.house_rule import MORE_THAN_HALF
from db.rules.voting.outcome_words import counted_parts, plain, result_sentence
from db.rules.voting.question import Option, Question
from db.rules.voting.result import result_from_json
from db.rules.voting.verdict import Verdict
from db.terms import BudgetRule, Completion, QuestionKind, RankRule, VoteMethod
from db.upkeep.recount import Told, lines, recount_file, recount_form
from tests.builders.meetings import in_session
from tests.builders.voting import ask, count_paper
from tests.builders.world import World, do, row

PLACES = tuple(
    Option(place, title) for place, title in enumerate(("东门；北侧", '"老"井', "广场, 西=1", "3#楼 | 前"), 1)
)
PLANS = tuple(Option(one.number, one.title, cost) for one, cost in zip(PLACES, (18000, 11000, 2000, 9001), strict=True))
RANKED = {"1>2": 5, "2>1>3": 3, "3>2": 3, "4>3": 2}
NAMED = {"1,2": 5, "1,3": 3, "4": 3, "abstain": 2}


def money(rule: BudgetRule, completion: Completion = Completion.NONE) -> Question:
    return Question(
        QuestionKind.BUDGET, PLANS, budget=30000, budget_rule=rule, completion=completion, named=True, most=1
    )


CASES: list[tuple[Question, dict[str, int], Told]] = [
    *(
        (Question(QuestionKind.RANK, PLACES, seats=seats, rank_rule=rule, named=True), RANKED,
         Told(QuestionKind.RANK, seats, rule=rule.value))
        for rule in RankRule for seats in (1, 2)
    ),
    *(
        (money(*giving), NAMED, Told(QuestionKind.BUDGET, budget=30000, rule=name))
        for name, giving in pabulib.RULES.items()
    ),
    (Question(QuestionKind.CHOOSE, PLACES, seats=2, most=2), NAMED, Told(QuestionKind.CHOOSE, 2, 2)),
    (Question(QuestionKind.CHOOSE, PLACES, seats=2, most=2, threshold=MORE_THAN_HALF), NAMED,
     Told(QuestionKind.CHOOSE, 2, 2, MORE_THAN_HALF)),
    (Question(QuestionKind.SCORE, PLACES, seats=2), {"9,-,3,0": 7, "1,10,3,4": 4, "abstain": 2},
     Told(QuestionKind.SCORE, 2)),
]  # fmt: skip


def announced(world: World, question: Question, sheet: dict[str, int]) -> tuple[int, Any]:
    """The ballot and the result that its item keeps."""
    _, items = in_session(world, present=14)
    ask(items[0], question)
    ballot = do(world.secretary, open_ballot, item_id=items[0], method=VoteMethod.PAPER)
    count_paper(world, ballot, sheet, blank=1)
    do(world.secretary, close_ballot, ballot_id=ballot)
    return ballot, result_from_json(row(world, AgendaItem, items[0]).decision)


@pytest.mark.parametrize(("question", "sheet", "told"), CASES)
def test_every_form_gives_the_announced_sentence_again(
    small_world: World, tmp_path: Path, question: Question, sheet: dict[str, int], told: Told
) -> None:
    ballot, result = announced(small_world, question, sheet)
    with reading(small_world.secretary) as session:
        file = ballot_file(session, ballot)
    poll = poll_of(file)
    (tmp_path / "b.csv").write_text(own.write(file), encoding="utf-8")
    (tmp_path / "b-table.csv").write_text(table.write(poll), encoding="utf-8-sig")
    (tmp_path / "b.blt").write_text(blt.write(poll) if question.kind is QuestionKind.RANK else "", encoding="utf-8")
    (tmp_path / "b.pb").write_text(
        pabulib.write(poll, 2026) if question.kind is QuestionKind.BUDGET else "", encoding="utf-8"
    )

    assert isinstance(result, Verdict)
    assert result.tally.winners
    assert result_sentence(result, file.question, file.rule, plain) in lines(*recount_file(tmp_path / "b.csv"))
    sentence = "；".join(counted_parts(result.tally, question, plain)) + "。"
    assert sentence in recount_form(tmp_path / "b-table.csv", told)
    if question.kind is QuestionKind.RANK:
        assert sentence.replace('"', "”") in recount_form(tmp_path / "b.blt", Told(rule=told.rule))
    if question.kind is QuestionKind.BUDGET:
        assert {sentence, "与文件里的入选标记一致"} <= set(recount_form(tmp_path / "b.pb", Told()))

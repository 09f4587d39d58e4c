"""The outcome in one sentence: every number of the count, and nothing mixed up with anything else."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.voting.account_words import account_words, fault_words
from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.decision import (
    PRESETS,
    AreaVotes,
    Decision,
    Electorate,
    HouseRule,
    Preset,
    Threshold,
    decide,
)
from db.rules.voting.outcome_words import (
    area_words,
    motion_sentence,
    options_sentence,
    plain,
)
from db.rules.voting.question import MOTION, Option, Question
from db.rules.voting.tally import OptionCount, Round, Tally
from db.rules.voting.verdict import Verdict, judge
from db.terms import BudgetRule, Completion, QuestionKind, RankRule, TieRule, VoteMethod

COUNCIL, OWNERS = PRESETS[Preset.COUNCIL], PRESETS[Preset.OWNERS_GENERAL]
PEOPLE = Electorate(due=16, recused=0, present=14)
OPTIONS = (Option(1, "健身角", 30_000), Option(2, "长廊", 25_000), Option(3, "花坛", 12_000))


def motion(votes: tuple[int, int, int], rule: HouseRule = COUNCIL, **more: object) -> str:
    decision: Decision = decide(
        rule,
        **{"due": 16, "present": 14} | more,  # type: ignore[arg-type]
        votes_for=votes[0],
        votes_against=votes[1],
        votes_abstain=votes[2],
    )
    return motion_sentence(decision, rule, plain)


def counted(*counts: int, winners: tuple[int, ...] = (), tied: tuple[int, ...] = (), **more: Any) -> Tally:
    options = tuple(OptionCount(n, count, n in winners, 1) for n, count in enumerate(counts, 1))
    return Tally(valid=more.pop("valid", 14), abstained=more.pop("abstained", 0), options=options, winners=winners,
                 tied=tied, **more)  # fmt: skip


def chosen(question: Question, tally: Tally, rule: HouseRule = COUNCIL, **invalid: int) -> str:
    verdict: Verdict = judge(rule, question, PEOPLE, tally, **{"blank": 0, "spoilt": 0} | invalid)
    return options_sentence(verdict, question, rule, plain)


CHOOSE = Question(QuestionKind.CHOOSE, OPTIONS, seats=2, most=2)
BEFORE = "应到16人，实到14人，达到法定人数11人；"


# --- motions ------------------------------------------------------------------------------------------


def test_the_outcome_of_a_motion_names_presence_quorum_votes_base_and_need() -> None:
    said = motion((7, 5, 2))

    assert said == BEFORE + "赞成7票、反对5票、弃权2票；7票未超过实到14人的半数（需8票）：未通过。"


def test_blank_spoilt_abstaining_and_absent_are_told_apart() -> None:
    said = motion((7, 2, 1), blank=2, spoilt=1)

    assert said == (
        BEFORE + "赞成7票、反对2票、弃权1票；空白票2张；废票1张；1人未投票；7票未超过实到14人的半数（需8票）：未通过。"
    )


def test_heads_and_floor_area_are_both_told_and_only_both_carry() -> None:
    area = AreaVotes(due=100_000, votes_for=40_000, votes_against=40_050, votes_abstain=0)

    said = motion((9, 3, 0), OWNERS, area=area)

    assert said == (
        "应到16人，参与表决12人，达到法定人数11人；专有部分面积1000平方米，参与表决800.50平方米，达到规定的666.67平方米；"
        "赞成9票、反对3票、弃权0票；按面积赞成400平方米、反对400.50平方米、弃权0平方米；2人未投票；"
        "按人数9票超过参与表决12票的半数（需7票）；按面积400平方米未超过参与表决面积的半数（需400.26平方米）：未通过。"
        "业主共同决定的事项，本结果仅供业主大会参考。"
    )


def test_without_floor_areas_owners_are_told_that_only_heads_were_counted() -> None:
    said = motion((9, 3, 0), OWNERS)

    assert said.endswith(
        "9票超过参与表决12票的半数（需7票）：通过。专有部分面积没有登记齐全，只按人数计算。"
        "业主共同决定的事项，本结果仅供业主大会参考。"
    )


def test_too_few_owners_taking_part_is_not_called_too_few_present() -> None:
    said = motion((5, 1, 0), OWNERS)

    assert "参与表决不足，表决不成立" in said
    assert "到会" not in said


@pytest.mark.parametrize(
    ("area", "words"), [(0, "0平方米"), (8_912, "89.12平方米"), (8_905, "89.05平方米"), (100, "1平方米")]
)
def test_a_floor_area_is_said_in_square_metres(area: int, words: str) -> None:
    assert area_words(area, plain) == words


# --- questions with options ---------------------------------------------------------------------------


def test_the_chosen_are_named_with_their_votes_and_the_places() -> None:
    said = chosen(CHOOSE, counted(9, 8, 3, winners=(1, 2), valid=12, abstained=1), spoilt=1)

    assert said == (
        BEFORE + "收回13票，有效12票（其中弃权1票）；废票1张；1人未投票；“健身角”9票、“长廊”8票入选（名额2个）：通过。"
    )


def test_a_tie_for_the_last_place_is_told_with_what_the_rules_say_next() -> None:
    rule = replace(COUNCIL, tie=TieRule.VOTE_AGAIN)

    said = chosen(CHOOSE, counted(9, 5, 5, winners=(1,), tied=(2, 3)), rule)

    assert said.endswith("“健身角”9票入选（名额2个）；“长廊”5票、“花坛”5票争最后1个名额：同票，按议事规则再表决一次。")


def test_a_tie_that_fails_leaves_the_contested_place_empty_and_the_first_is_in() -> None:
    rule = replace(COUNCIL, tie=TieRule.NOT_PASSED)

    said = chosen(CHOOSE, counted(9, 5, 5, winners=(1,), tied=(2, 3)), rule)

    assert said.endswith(
        "“健身角”9票入选（名额2个）：通过；“长廊”5票、“花坛”5票争最后1个名额：同票，按议事规则视为未通过，名额空缺。"
    )


def test_a_second_ballot_says_who_was_in_before() -> None:
    question = replace(CHOOSE, seats=1, elected=("凉亭",))

    passed = chosen(question, counted(7, 5, 0, winners=(1,)))
    nobody = chosen(question, counted(0, 0, 0, valid=14, abstained=14))
    again = chosen(question, counted(5, 5, 0, tied=(1, 2)), replace(COUNCIL, tie=TieRule.VOTE_AGAIN))
    lost = chosen(question, counted(5, 5, 0, tied=(1, 2)), replace(COUNCIL, tie=TieRule.NOT_PASSED))

    assert passed.endswith("“凉亭”此前已入选；“健身角”7票入选（名额1个）：通过。")
    assert nobody.endswith("“凉亭”此前已入选；还有1个名额没有选出：通过。")
    assert again.endswith("“凉亭”此前已入选；“健身角”5票、“长廊”5票争最后1个名额：同票，按议事规则再表决一次。")
    assert lost.endswith(
        "“凉亭”此前已入选：通过；“健身角”5票、“长廊”5票争最后1个名额：同票，按议事规则视为未通过，名额空缺。"
    )


def test_a_threshold_of_the_options_is_told_whether_it_was_reached_or_not() -> None:
    question = replace(CHOOSE, threshold=Threshold(1, 2, strict=True))

    reached = chosen(question, counted(9, 5, 3, winners=(1,)))
    missed = chosen(question, counted(7, 5, 3))

    assert reached.endswith("入选须超过有效票的半数（需8票）；“健身角”9票入选（名额2个）；还有1个名额没有选出：通过。")
    assert missed.endswith("入选须超过有效票的半数（需8票）；没有一项达到：未通过。")


def test_only_abstentions_choose_nothing_and_say_so() -> None:
    said = chosen(CHOOSE, counted(0, 0, 0, valid=14, abstained=14))

    assert said.endswith("收回14票，有效14票（其中弃权14票）；没有人选择任何一项：未通过。")


def test_points_are_points_and_not_votes() -> None:
    said = chosen(Question(QuestionKind.SCORE, OPTIONS), counted(118, 90, 77, winners=(1,)))

    assert said.endswith("“健身角”118分入选（名额1个）：通过。")


def test_a_ranking_tells_the_round_and_exact_or_rounded_votes() -> None:
    rounds = (
        Round(held=((1, 5, 1), (2, 6, 1), (3, 3, 1)), elected=(2,)),
        Round(held=((1, 16, 3), (3, 3, 1)), elected=(1,)),
    )
    tally = replace(counted(5, 6, 3, winners=(2, 1)), rounds=rounds)

    said = chosen(Question(QuestionKind.RANK, OPTIONS, seats=2), tally)

    assert said.endswith("“长廊”第1轮6票、“健身角”第2轮约5.33票入选（名额2个）：通过。")


def test_a_tie_in_a_ranking_is_told_with_what_was_held_then() -> None:
    question = Question(QuestionKind.RANK, OPTIONS)
    rounds = (Round(held=((1, 6, 1), (2, 4, 1), (3, 3, 1)), excluded=(3,)), Round(held=((1, 7, 1), (2, 7, 1))))
    tally = replace(counted(6, 4, 3, tied=(1, 2)), rounds=rounds)

    said = chosen(question, tally)

    assert said.endswith("“健身角”7票、“长廊”7票争最后1个名额：同票，按议事规则退回再议。")


def test_a_budget_tells_what_was_spent_of_it_and_what_is_left() -> None:
    question = Question(QuestionKind.BUDGET, OPTIONS, budget=50_000)

    said = chosen(question, counted(9, 8, 7, winners=(1, 3), spent=42_000))

    assert said.endswith("“健身角”9票（30000元）、“花坛”7票（12000元）入选；预算50000元，用去42000元，余8000元：通过。")


def test_without_a_quorum_no_option_is_named() -> None:
    few = Electorate(due=16, recused=0, present=10)
    verdict = judge(COUNCIL, CHOOSE, few, counted(9, 8, 3, winners=(1, 2), valid=10), blank=0, spoilt=0)

    said = options_sentence(verdict, CHOOSE, COUNCIL, plain)

    assert said.endswith("未达到法定人数11人（差1人）；收回10票，有效10票；到会不足，不得表决，议题顺延。")


def test_an_owners_matter_only_advises_whatever_was_asked() -> None:
    verdict = replace(
        judge(COUNCIL, CHOOSE, PEOPLE, counted(9, 8, 3, winners=(1, 2)), blank=0, spoilt=0), advisory=True
    )

    assert options_sentence(verdict, CHOOSE, COUNCIL, plain).endswith("本结果仅供业主大会参考。")


# --- every sentence, accounts ----------------------------------------------------------------------------


@given(
    votes=st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    blank=st.integers(0, 3),
    preset=st.sampled_from(sorted(PRESETS)),
    areas=st.none() | st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6)),
)
def test_every_decision_has_its_sentence_with_every_number_and_no_hole(
    votes: tuple[int, int, int], blank: int, preset: str, areas: tuple[int, int, int] | None
) -> None:
    area = AreaVotes(sum(areas) + 1, *areas) if areas else None

    said = motion(votes, PRESETS[preset], due=40, present=35, blank=blank, area=area)

    assert not re.search(r"[{}]", said)
    assert f"赞成{votes[0]}票、反对{votes[1]}票、弃权{votes[2]}票" in said
    assert ("空白票" in said) == (blank > 0)


def test_the_books_of_a_way_are_three_equations() -> None:
    accounts = BallotAccount(VoteMethod.PAPER, 14, 13, 11, 1, 1, {"for": 7, "against": 4})

    assert account_words(accounts, MOTION, plain) == [
        "发出14 = 收回13 + 未投1",
        "收回13 = 有效11 + 空白1 + 废票1",
        "有效11 = 赞成7 + 反对4 + 弃权0",
    ]
    assert account_words(accounts, CHOOSE, plain)[2] == "有效11 = 各种填法合计11"


@pytest.mark.parametrize("fault", ["negative", "issued", "returned", "valid"])
def test_every_fault_of_the_books_is_said_plainly(fault: str) -> None:
    assert fault_words(fault, plain)


# --- the rule is named --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "named"),
    [
        (Question(QuestionKind.RANK, OPTIONS, named=True), "按即时决选（精确分数）计票"),
        (Question(QuestionKind.RANK, OPTIONS, seats=2, named=True), "按可转移单票（精确分数）计票"),
        (Question(QuestionKind.RANK, OPTIONS, rank_rule=RankRule.SCOTTISH), "按即时决选（苏格兰计票法）计票"),
        (Question(QuestionKind.RANK, OPTIONS, seats=2, rank_rule=RankRule.SCOTTISH),
         "按可转移单票（苏格兰计票法）计票"),
        (Question(QuestionKind.BUDGET, OPTIONS, budget=9, named=True), "按得票从高到低入选"),
        *(
            (Question(QuestionKind.BUDGET, OPTIONS, budget=9, budget_rule=BudgetRule.EQUAL_SHARES,
                      completion=completion, named=True), words)
            for completion, words in (
                (Completion.NONE, "按等额份额法入选，余款不再分"),
                (Completion.BY_VOTES, "按等额份额法入选，余款按得票补足"),
                (Completion.RAISED, "按等额份额法入选，份额逐元提高（每份提高1200元）"),
                (Completion.RAISED_BY_VOTES, "按等额份额法入选，份额逐元提高（每份提高1200元），余款按得票补足"),
            )
        ),
    ],
)  # fmt: skip
def test_the_sentence_names_the_rule(question: Question, named: str) -> None:
    said = chosen(question, counted(9, 8, 3, winners=(1,), raised=1200))

    assert f"收回14票，有效14票；{named}；“健身角”" in said


def test_what_was_asked_before_rules_had_names_says_none_and_keeps_its_stored_form() -> None:
    old = Question(QuestionKind.RANK, OPTIONS, seats=2)

    assert "计票" not in chosen(old, counted(9, 8, 3, winners=(1, 2)))
    assert old.to_json()["version"] == 1
    assert Question.from_json(old.to_json()) == old
    new = replace(old, named=True)
    assert Question.from_json(new.to_json()) == new


def test_what_was_taken_from_what_was_left_is_marked() -> None:
    question = Question(QuestionKind.BUDGET, OPTIONS, budget=60_000, budget_rule=BudgetRule.EQUAL_SHARES,
                        completion=Completion.BY_VOTES)  # fmt: skip

    said = chosen(question, counted(9, 4, 3, winners=(1, 2), filled=(2,), spent=55_000))

    assert "“健身角”9票（30000元）、“长廊”4票（25000元，补足）入选" in said

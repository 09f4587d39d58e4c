"""What a question asks, and what one ballot may say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.voting.house_rule import MORE_THAN_HALF
from db.rules.voting.question import (
    ABSTAIN,
    LONGEST,
    MOST_OPTIONS,
    MOTION,
    BadPattern,
    Option,
    Question,
    QuestionMisuse,
    canonical,
    numbers_of,
    pattern_of,
    scores_of,
)
from db.terms import BudgetRule, QuestionKind

CHOOSE, SCORE, RANK, BUDGET = QuestionKind.CHOOSE, QuestionKind.SCORE, QuestionKind.RANK, QuestionKind.BUDGET


def asked(kind: QuestionKind, options: int = 4, **more: object) -> Question:
    given_options = tuple(Option(number, f"{number}号方案", 100 * number) for number in range(1, options + 1))
    values: dict[str, object] = {"budget": 500 if kind is BUDGET else 0, **more}
    return Question(kind, given_options, **values)  # type: ignore[arg-type]


def reason(question: Question, text: str) -> str:
    with pytest.raises(BadPattern) as refused:
        canonical(question, text)
    return refused.value.reason


# --- a question ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        MOTION,
        asked(CHOOSE, seats=2, most=3, threshold=MORE_THAN_HALF),
        asked(SCORE),
        asked(RANK, seats=3),
        asked(BUDGET, budget_rule=BudgetRule.EQUAL_SHARES),
    ],
    ids=lambda question: question.kind.value,
)
def test_a_question_written_as_plain_values_reads_back_unchanged(question: Question) -> None:
    stored = question.to_json()

    assert Question.from_json(stored) == question


def test_nothing_stored_is_a_plain_motion() -> None:
    assert Question.from_json(None) == MOTION


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"kind": "lottery"},
        {"options": None},
        {"options": [["甲"], ["乙"]]},
        {"seats": "1"},
        {"seats": True},
        {"seats": 9},
        {"threshold": {"numerator": 3}},
    ],
)
def test_a_stored_question_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    stored = asked(CHOOSE).to_json() | wrong

    with pytest.raises(QuestionMisuse):
        Question.from_json(stored)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Question(QuestionKind.MOTION, (Option(1, "甲"), Option(2, "乙"))),
        lambda: asked(CHOOSE, options=1),
        lambda: asked(CHOOSE, options=MOST_OPTIONS + 1),
        lambda: Question(CHOOSE, (Option(1, "甲"), Option(3, "乙"))),
        lambda: asked(CHOOSE, seats=5),
        lambda: asked(CHOOSE, seats=0),
        lambda: asked(CHOOSE, most=5),
        lambda: asked(BUDGET, budget=0),
        lambda: Question(BUDGET, (Option(1, "甲", 5), Option(2, "乙", 0)), budget=9),
    ],
)
def test_values_that_do_not_go_together_make_no_question(make: object) -> None:
    with pytest.raises(QuestionMisuse):
        make()  # type: ignore[operator]


# --- a ballot -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "entered", "pattern"),
    [
        (asked(CHOOSE, most=3), [3, 1], "1,3"),
        (asked(BUDGET), [4, 2, 1], "1,2,4"),
        (asked(RANK), [3, 1, 2], "3>1>2"),
        (asked(RANK), [2], "2"),
        (asked(SCORE), [8, 0, None, 10], "8,0,-,10"),
    ],
)
def test_what_is_entered_has_one_pattern(question: Question, entered: list[int | None], pattern: str) -> None:
    assert pattern_of(question, entered) == pattern


@pytest.mark.parametrize(
    ("question", "text", "why"),
    [
        (MOTION, "maybe", "unknown"),
        (MOTION, "", "unknown"),
        (asked(CHOOSE), "", "none_chosen"),
        (asked(CHOOSE), "1,2", "too_many"),
        (asked(CHOOSE), "5", "unknown"),
        (asked(CHOOSE), "0", "unknown"),
        (asked(CHOOSE), "-1", "unknown"),
        (asked(CHOOSE), "１", "unknown"),
        (asked(CHOOSE, most=2), "1,1", "twice"),
        (asked(RANK), "1>2>1", "twice"),
        (asked(RANK), "1,2", "unknown"),
        (asked(RANK), "1>", "unknown"),
        (asked(SCORE), "1,2,3", "unknown"),
        (asked(SCORE), "1,2,3,11", "bad_score"),
        (asked(SCORE), "-,-,-,-", "none_chosen"),
        (asked(BUDGET), "-", "unknown"),
    ],
)
def test_a_ballot_that_the_question_does_not_allow_says_why(question: Question, text: str, why: str) -> None:
    assert reason(question, text) == why


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_an_abstention_is_a_pattern_of_every_kind(kind: QuestionKind) -> None:
    question = MOTION if kind is QuestionKind.MOTION else asked(kind)

    assert canonical(question, f" {ABSTAIN} ") == ABSTAIN


@given(st.permutations(range(1, 7)), st.integers(1, 6), st.sampled_from([CHOOSE, RANK, BUDGET]))
def test_a_pattern_is_canonical_and_says_its_numbers(order: list[int], size: int, kind: QuestionKind) -> None:
    question = asked(kind, options=6, most=6)

    pattern = pattern_of(question, order[:size])

    assert canonical(question, pattern) == pattern
    assert numbers_of(pattern) == tuple(order[:size] if kind is RANK else sorted(order[:size]))


@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=4, max_size=4).filter(lambda given: any(given)))
def test_a_pattern_says_its_scores(scores: list[int | None]) -> None:
    question = asked(SCORE)

    pattern = pattern_of(question, scores)

    assert canonical(question, pattern) == pattern
    assert scores_of(pattern, 4) == tuple(scores)


def test_an_abstention_has_no_numbers_and_no_scores() -> None:
    assert numbers_of(ABSTAIN) == ()
    assert scores_of(ABSTAIN, 3) == (None, None, None)


@pytest.mark.parametrize("kind", [CHOOSE, SCORE, RANK, BUDGET])
def test_the_longest_ballot_of_the_most_options_fits_its_column(kind: QuestionKind) -> None:
    question = asked(kind, options=MOST_OPTIONS, most=MOST_OPTIONS)
    entered = [10] * MOST_OPTIONS if kind is SCORE else list(question.numbers)

    assert len(pattern_of(question, entered)) <= LONGEST

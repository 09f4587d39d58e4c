"""Several judges, one grade: the rubric of docs/domain.md 10.7."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.projects.acceptance import AcceptanceMisuse, JudgeScore, combine_judges, grade_of, recheck_on
from db.terms import Grade

FULL = JudgeScore(30, 25, 15, 10, 10, 10)

judges = st.builds(
    JudgeScore,
    st.integers(0, 30),
    st.integers(0, 25),
    st.integers(0, 15),
    st.integers(0, 10),
    st.integers(0, 10),
    st.integers(0, 10),
    st.integers(0, 5),
)


def judge(total: int) -> JudgeScore:
    """A judge who gives this total, 35..65 of it on goals and benefit."""
    return JudgeScore(min(30, total - 35), max(0, total - 65), 15, 10, 5, 5)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (100, Grade.EXCELLENT),
        (90, Grade.EXCELLENT),
        (Fraction(269, 3), Grade.GOOD),
        (75, Grade.GOOD),
        (Fraction(149, 2), Grade.PASS),
        (60, Grade.PASS),
        (Fraction(119, 2), Grade.FAIL),
        (0, Grade.FAIL),
    ],
)
def test_a_grade_begins_exactly_at_its_line(total: Fraction, grade: Grade) -> None:
    assert grade_of(total) is grade


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_judges_give_no_grade(count: int) -> None:
    result = combine_judges([FULL] * count)

    assert (result.enough, result.grade, result.judges) == (False, None, count)
    assert result.total == (100 if count else 0)


def test_three_judges_are_averaged_by_part() -> None:
    result = combine_judges([judge(80), judge(70), judge(75)])

    assert (result.total, result.grade) == (75, Grade.GOOD)
    assert (result.parts.goals, result.parts.benefit) == (30, 10)
    assert (result.dropped_high, result.dropped_low, result.counted) == (None, None, 3)


def test_four_judges_all_count() -> None:
    assert combine_judges([judge(60), judge(60), judge(60), judge(61)]).total == Fraction(241, 4)


def test_of_five_judges_one_highest_and_one_lowest_are_left_out() -> None:
    result = combine_judges([judge(90), judge(60), judge(75), judge(80), judge(82)])

    assert (result.dropped_high, result.dropped_low) == (90, 60)
    assert (result.judges, result.counted) == (5, 3)
    assert result.total == 79


def test_only_one_of_several_highest_is_left_out() -> None:
    assert combine_judges([judge(90)] * 3 + [judge(60)] * 2).total == 80


def test_a_bonus_lifts_a_total_but_never_above_a_hundred() -> None:
    assert JudgeScore(30, 20, 10, 10, 10, 10, 5).total == 95
    assert JudgeScore(30, 25, 15, 10, 10, 10, 5).total == 100


@pytest.mark.parametrize(
    "points",
    [
        (31, 0, 0, 0, 0, 0, 0),
        (0, 26, 0, 0, 0, 0, 0),
        (0, 0, 16, 0, 0, 0, 0),
        (0, 0, 0, 11, 0, 0, 0),
        (0, 0, 0, 0, 11, 0, 0),
        (0, 0, 0, 0, 0, 11, 0),
        (0, 0, 0, 0, 0, 0, 6),
        (-1, 0, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0, 0, -1),
    ],
)
def test_points_outside_the_rubric_are_refused(points: tuple[int, ...]) -> None:
    with pytest.raises(AcceptanceMisuse):
        JudgeScore(*points)


def test_a_failed_project_is_inspected_again_after_thirty_days() -> None:
    assert recheck_on(date(2026, 1, 31)) == date(2026, 3, 2)


@given(st.lists(judges, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_result_does_not_depend_on_the_order_of_the_judges(scores: list[JudgeScore], draw: object) -> None:
    shuffled = list(scores)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]

    assert combine_judges(shuffled) == combine_judges(scores)


@given(st.lists(judges, min_size=1, max_size=9))
def test_the_result_lies_among_the_judges_that_count(scores: list[JudgeScore]) -> None:
    totals = sorted(score.total for score in scores)
    kept = totals[1:-1] if len(totals) >= 5 else totals

    assert kept[0] <= combine_judges(scores).total <= kept[-1]

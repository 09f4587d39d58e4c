"""Goals are added up within a class and a unit; a level is only counted."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from db.rules.projects.classes import LEVELS, ClassedGoal, subtotals
from db.rules.projects.progress import indicator_progress
from db.terms import GoalClass

NUMBER = st.decimals(0, 1000, places=2)


def goal(
    sort: GoalClass | None, unit: str, target: Decimal, actual: Decimal, baseline: Decimal = Decimal(0)
) -> ClassedGoal:
    return ClassedGoal(sort, unit, baseline, target, actual, indicator_progress(baseline, target, actual))


GOALS = st.lists(
    st.builds(goal, st.none() | st.sampled_from(GoalClass), st.sampled_from(["人次", "户"]), NUMBER, NUMBER)
)


@given(GOALS)
def test_every_goal_stands_on_one_line(goals: list[ClassedGoal]) -> None:
    lines = subtotals(goals)

    assert sum(line.goals for line in lines) == len(goals)
    assert all((line.target is None) == (line.sort is None or line.sort in LEVELS) for line in lines)
    added = [one for one in goals if one.sort is not None and one.sort not in LEVELS]
    assert sum((line.actual or Decimal(0) for line in lines), Decimal(0)) == sum(
        (one.actual for one in added), Decimal(0)
    )


def test_a_sum_counts_from_the_baseline_and_units_stay_apart() -> None:
    lines = subtotals(
        [
            goal(GoalClass.VISITS, "人次", Decimal(300), Decimal(120), Decimal(100)),
            goal(GoalClass.VISITS, "人次", Decimal(50), Decimal(50)),
            goal(GoalClass.VISITS, "次", Decimal(9), Decimal(3)),
            goal(GoalClass.SATISFACTION, "%", Decimal(95), Decimal(97), Decimal(80)),
            goal(None, "盏", Decimal(60), Decimal(60)),
        ]
    )

    assert [(line.sort, line.unit, line.target, line.actual, line.goals, line.reached) for line in lines] == [
        (GoalClass.VISITS, "人次", Decimal(250), Decimal(70), 2, 1),
        (GoalClass.VISITS, "次", Decimal(9), Decimal(3), 1, 0),
        (GoalClass.SATISFACTION, "", None, None, 1, 1),
        (None, "", None, None, 1, 1),
    ]

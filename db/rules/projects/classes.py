"""量化分类: goals of a project by what they count, with a subtotal where the numbers can be added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from db.terms import GoalClass

LEVELS = (GoalClass.SATISFACTION, GoalClass.OTHER)
"""A level, or things of many kinds: the sum of two says nothing."""


@dataclass(frozen=True, slots=True)
class ClassedGoal:
    """What of a goal counts here; `sort` is None for a goal that nobody classed."""

    sort: GoalClass | None
    unit: str
    baseline: Decimal
    target: Decimal
    actual: Decimal
    progress: Fraction | None


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A class with its goals; `target` and `actual` are what is to be added and what was, None where no sum holds."""

    sort: GoalClass | None
    goals: int
    reached: int
    unit: str
    target: Decimal | None
    actual: Decimal | None


def subtotals(goals: Iterable[ClassedGoal]) -> tuple[Subtotal, ...]:
    """One line a class and unit, in the order of the classes; goals without a class come last.

    A sum counts from the baseline on, so that what was there before is nobody's work. Goals of different units stand
    on lines of their own; levels are counted only, all on one line.
    """
    found: dict[tuple[GoalClass | None, str], list[ClassedGoal]] = {}
    for goal in goals:
        added = goal.sort is not None and goal.sort not in LEVELS
        found.setdefault((goal.sort, goal.unit if added else ""), []).append(goal)
    order = [*GoalClass, None]
    return tuple(
        _line(sort, unit, found[sort, unit])
        for sort, unit in sorted(found, key=lambda key: (order.index(key[0]), key[1]))
    )


def _line(sort: GoalClass | None, unit: str, goals: list[ClassedGoal]) -> Subtotal:
    added = sort is not None and sort not in LEVELS
    return Subtotal(
        sort=sort,
        goals=len(goals),
        reached=sum(goal.progress is not None and goal.progress >= 1 for goal in goals),
        unit=unit,
        target=sum((goal.target - goal.baseline for goal in goals), Decimal(0)) if added else None,
        actual=sum((goal.actual - goal.baseline for goal in goals), Decimal(0)) if added else None,
    )

"""How far a project is, how far it should be, its light, and rates that say what they are made of."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from db.rules.percent import percent
from db.terms import Light

Key = TypeVar("Key", bound=Hashable)

SMALL_BASE = 30
"""A rate of fewer than this says so (docs/domain.md 4)."""

RED_BEHIND = Fraction(1, 4)
AMBER_BEHIND = Fraction(1, 10)
RED_OVERDUE_MILESTONES = 2
LEAST_CELL = 5
"""The smallest count that a public table of sensitive classes shows (docs/domain.md 12.4)."""


class ProgressMisuse(ValueError):
    """A count that cannot be reached the progress rules."""


class LightReason(StrEnum):
    """The one leading reason for a light."""

    FINISHED = "finished"  # 已完成
    PAST_DUE = "past_due"  # 已超期
    FAR_BEHIND = "far_behind"  # 明显落后于计划
    MILESTONES_OVERDUE = "milestones_overdue"  # 多个节点超期
    MILESTONE_OVERDUE = "milestone_overdue"  # 有节点超期
    HIGH_RISK = "high_risk"  # 有高风险未化解
    BEHIND = "behind"  # 略落后于计划
    NOT_MEASURED = "not_measured"  # 没有可度量的指标
    ON_PLAN = "on_plan"  # 按计划推进


@lru_cache(maxsize=4096)
def indicator_progress(baseline: Decimal, target: Decimal, actual: Decimal) -> Fraction | None:
    """How much of the way from baseline to target is done, exact; rising and falling targets alike.

    Below 0 when things got worse, above 1 beyond the target; None when there is no way to go.
    """
    if target == baseline:
        return None
    # One fraction of whole numbers: a list of projects reckons hundreds of them.
    (was, a), (wanted, b), (stands, c) = (one.as_integer_ratio() for one in (baseline, target, actual))
    return Fraction((stands * a - was * c) * b, (wanted * a - was * b) * c)


def planned_share(starts_on: date, due_on: date, today: date) -> Fraction:
    """The share of the planned days that has gone by, 0..1; a plan of no days is all due on its day."""
    if today >= due_on:
        return Fraction(1)
    if today <= starts_on:
        return Fraction(0)
    return Fraction((today - starts_on).days, (due_on - starts_on).days)


@dataclass(frozen=True, slots=True)
class LightValues:
    """The numbers behind a light. `progress` is None without indicators; `behind` is planned - progress."""

    progress: Fraction | None
    planned: Fraction
    behind: Fraction
    overdue_milestones: int
    high_risks_open: int
    days_overdue: int
    days_left: int


@dataclass(frozen=True, slots=True)
class LightResult:
    """A project's light, its one leading reason, and the numbers for the sentence."""

    light: Light
    reason: LightReason
    values: LightValues


def average_progress(progress: Sequence[Fraction]) -> Fraction | None:
    """The plain average of the indicators, each kept within 0..1 so that none makes up for another."""
    if not progress:
        return None
    above, below = 0, 1
    for share in progress:
        whole = share.denominator
        above, below = above * whole + min(whole, max(0, share.numerator)) * below, below * whole
    return Fraction(above, below * len(progress))


def light(
    *,
    progress: Sequence[Fraction],
    planned: Fraction,
    overdue_milestones: int,
    high_risks_open: int,
    due_on: date,
    today: date,
    finished: bool,
) -> LightResult:
    """The light of a project, by the first of these that holds.

    Green: finished. Red: past its due day; 25 points or more behind plan; two milestones overdue.
    Amber: a milestone overdue; a high risk open; 10 points or more behind; begun but without indicators.
    Otherwise green. Our own rule; no source fixes it.
    """
    done = average_progress(progress)
    days = (due_on - today).days
    values = LightValues(
        progress=done,
        planned=planned,
        behind=Fraction(0) if done is None else planned - done,
        overdue_milestones=overdue_milestones,
        high_risks_open=high_risks_open,
        days_overdue=max(0, -days),
        days_left=max(0, days),
    )
    if finished:
        return LightResult(Light.GREEN, LightReason.FINISHED, values)
    shade, reason = _shade(values)
    return LightResult(shade, reason, values)


def _shade(values: LightValues) -> tuple[Light, LightReason]:
    if values.days_overdue > 0:
        return Light.RED, LightReason.PAST_DUE
    ladder = (
        (values.behind >= RED_BEHIND, Light.RED, LightReason.FAR_BEHIND),
        (values.overdue_milestones >= RED_OVERDUE_MILESTONES, Light.RED, LightReason.MILESTONES_OVERDUE),
        (values.overdue_milestones > 0, Light.AMBER, LightReason.MILESTONE_OVERDUE),
        (values.high_risks_open > 0, Light.AMBER, LightReason.HIGH_RISK),
        (values.behind >= AMBER_BEHIND, Light.AMBER, LightReason.BEHIND),
        (values.progress is None and values.planned > 0, Light.AMBER, LightReason.NOT_MEASURED),
    )
    for holds, shade, reason in ladder:
        if holds:
            return shade, reason
    return Light.GREEN, LightReason.ON_PLAN


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with what it is made of; `percent_tenths` 667 reads 66.7 %, None without a denominator."""

    numerator: int
    denominator: int
    percent_tenths: int | None
    small: bool


def rate(numerator: int, denominator: int) -> Rate:
    """A rate in tenths of a percent; `small` when fewer than 30 are counted.

    Raises ProgressMisuse when a count is negative.
    """
    if numerator < 0 or denominator < 0:
        raise ProgressMisuse("a count is negative")
    tenths = percent(Fraction(numerator, denominator), parts=10) if denominator else None
    return Rate(numerator, denominator, tenths, small=denominator < SMALL_BASE)


def suppress(cells: Mapping[Key, int], least: int = LEAST_CELL) -> dict[Key, int | None]:
    """Hide counts below `least` (as None) in a table whose total is shown (docs/domain.md 12.4).

    Where the hidden counts could be worked out from the total (only one is hidden, or their sum leaves but
    one way to make it up), the smallest shown count is hidden too. Zero is hidden like any other small count.
    Raises ProgressMisuse when a count is negative.
    """
    if any(count < 0 for count in cells.values()):
        raise ProgressMisuse("a count is negative")
    shown: dict[Key, int | None] = {key: count if count >= least else None for key, count in cells.items()}
    if _derivable([count for count in cells.values() if count < least], least):
        smallest = min((key for key, count in shown.items() if count is not None), key=cells.__getitem__, default=None)
        if smallest is not None:
            shown[smallest] = None
    return shown


def _derivable(hidden: Sequence[int], least: int) -> bool:
    if not hidden:
        return False
    return len(hidden) == 1 or sum(hidden) in (0, len(hidden) * (least - 1))


def total_may_be_shown(cells: Mapping[Key, int], least: int = LEAST_CELL) -> bool:
    """Whether the total can stand beside `suppress(cells)`: not when hiding a second count was impossible."""
    hidden = [count for count in cells.values() if count < least]
    return not _derivable(hidden, least) or len(hidden) < len(cells)

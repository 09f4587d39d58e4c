"""Score a need, say whether a third pair of eyes is wanted, and suggest where it goes next.

Rubric: docs/domain.md 7.2 (需求量 40, 影响面 30, 可行性 30). Every number is exact; nothing is rounded here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from db.rules.needs.precedents import Precedents
from db.terms import Reach, Route

DEMAND_MOST = 40
REACH_MOST = 30
FEASIBILITY_MOST = 30

COUNCIL_LINE = 70
RESERVE_LINE = 50
GAP_FOR_THIRD = 20
"""Two reviewers further apart than this need a third (docs/domain.md 7.2: gap >20)."""

SPECIAL_GROUP_POINTS = 5

_DEMAND_STEPS = ((20, 40), (10, 30), (5, 20), (2, 12))
_DEMAND_LEAST = 5
_REACH_POINTS: Mapping[Reach, int] = {
    Reach.COMMUNITY: 30,
    Reach.ESTATE: 22,
    Reach.BUILDING: 15,
    Reach.STAIRWELL: 8,
    Reach.HOUSEHOLD: 4,
}


class ScreeningMisuse(ValueError):
    """A value that no form may produce reached the screening rules."""


class RouteReason(StrEnum):
    """Why a route is suggested."""

    SAFETY = "safety"  # 涉安全，即接即办
    AT_COUNCIL_LINE = "at_council_line"  # 70 分以上
    AT_RESERVE_LINE = "at_reserve_line"  # 50–69 分
    ONE_HOUSEHOLD = "one_household"  # 单户心愿，不受公共议题评分限制
    HOUSE_BY_HOUSE = "house_by_house"  # 分数不足，但可逐户服务
    BELOW_LINES = "below_lines"  # 50 分以下


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each criterion counts; three whole numbers from 0 that sum to 100."""

    demand: int = 40
    reach: int = 30
    feasibility: int = 30

    def __post_init__(self) -> None:
        if min(self.demand, self.reach, self.feasibility) < 0:
            raise ScreeningMisuse("a weight is negative")
        if self.demand + self.reach + self.feasibility != 100:
            raise ScreeningMisuse("weights do not sum to 100")


def demand_points(households: int, estate_households: int) -> int:
    """Points (5..40) for the share of an estate's households that ask for the same (docs/domain.md 7.2, 需求量).

    Thresholds are compared in whole numbers and include their bound: exactly 20 % scores 40.
    More voices than households on file (a stale register) counts as everybody.
    Raises ScreeningMisuse when a count is negative or the estate has no households.
    """
    if households < 0 or estate_households < 1:
        raise ScreeningMisuse("household counts must be at least 0 of at least 1")
    for percent, points in _DEMAND_STEPS:
        if households * 100 >= percent * estate_households:
            return points
    return _DEMAND_LEAST


def reach_points(reach: Reach, special_group: bool) -> int:
    """Points (4..30) for the reach (影响面); +5 for a special group, never above 30 (docs/domain.md 7.2)."""
    points = _REACH_POINTS[reach] + (SPECIAL_GROUP_POINTS if special_group else 0)
    return min(points, REACH_MOST)


def _weighted(demand: Fraction, reach: Fraction, feasibility: Fraction, weights: Weights) -> "WeightedParts":
    return WeightedParts(
        demand=demand * weights.demand / DEMAND_MOST,
        reach=reach * weights.reach / REACH_MOST,
        feasibility=feasibility * weights.feasibility / FEASIBILITY_MOST,
    )


@dataclass(frozen=True, slots=True)
class WeightedParts:
    """What each criterion adds to the total, out of its weight."""

    demand: Fraction
    reach: Fraction
    feasibility: Fraction

    @property
    def total(self) -> Fraction:
        """The sum of the parts, 0..100."""
        return self.demand + self.reach + self.feasibility


@dataclass(frozen=True, slots=True)
class Score:
    """One reviewer's rubric points: demand 0..40, reach 0..30, feasibility 0..30; exact, in whatever scale given."""

    demand: Fraction | int
    reach: Fraction | int
    feasibility: Fraction | int

    def __post_init__(self) -> None:
        if not (
            0 <= self.demand <= DEMAND_MOST
            and 0 <= self.reach <= REACH_MOST
            and 0 <= self.feasibility <= FEASIBILITY_MOST
        ):
            raise ScreeningMisuse("points outside the rubric")

    def parts(self, weights: Weights) -> WeightedParts:
        """Each criterion scaled to its weight: points / most * weight."""
        return _weighted(Fraction(self.demand), Fraction(self.reach), Fraction(self.feasibility), weights)

    def total(self, weights: Weights) -> Fraction:
        """The weighted total, 0..100, exact."""
        return self.parts(weights).total


RUBRIC = Weights(DEMAND_MOST, REACH_MOST, FEASIBILITY_MOST)
"""The scale of the rubric itself, in which rounds were scored before their own weights were the scale."""


@dataclass(frozen=True, slots=True)
class Points:
    """Points as somebody gave them, out of the scale of the round: whole numbers, 0 to the weight of each criterion."""

    demand: int
    reach: int
    feasibility: int

    def score(self, scale: Weights) -> Score:
        """The same in points of the rubric, exactly; a criterion without weight counts nothing."""
        return Score(
            _of(self.demand, scale.demand, DEMAND_MOST),
            _of(self.reach, scale.reach, REACH_MOST),
            _of(self.feasibility, scale.feasibility, FEASIBILITY_MOST),
        )


def _of(points: int, scale: int, most: int) -> Fraction:
    return Fraction(points * most, scale) if scale else Fraction(0)


FAR = 10
"""So many points from what the evidence suggests ask for a reason."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the evidence suggests, in points of a round's scale; None where too little of the kind was ever settled."""

    demand: int
    reach: int
    feasibility: int | None = None

    def far(self, given: Points) -> tuple[str, ...]:
        """The criteria in which points are ten or more away."""
        pairs = {
            "demand": (given.demand, self.demand),
            "reach": (given.reach, self.reach),
            "feasibility": (given.feasibility, self.feasibility),
        }
        return tuple(name for name, (had, due) in pairs.items() if due is not None and abs(had - due) >= FAR)


def suggested_points(
    voices: int,
    households: int,
    reach: Reach,
    special_group: bool,
    scale: Weights,
    precedents: Precedents | None = None,
) -> Suggested:
    """What the rubric gives for the evidence, rounded half up to whole points of `scale`."""
    by_share, by_reach = demand_points(voices, max(households, 1)), reach_points(reach, special_group)
    return Suggested(
        int(Fraction(by_share * scale.demand, DEMAND_MOST) + Fraction(1, 2)),
        int(Fraction(by_reach * scale.reach, REACH_MOST) + Fraction(1, 2)),
        precedents.points(scale.feasibility) if precedents else None,
    )


def needs_third(first: Score, second: Score, weights: Weights) -> bool:
    """Whether two reviewers are more than 20 points apart; exactly 20 is still close enough (docs/domain.md 7.2)."""
    return abs(first.total(weights) - second.total(weights)) > GAP_FOR_THIRD


@dataclass(frozen=True, slots=True)
class Combined:
    """The reviewers' scores as one: average rubric points per criterion and the weighted total.

    `count` is how many scores came in; `used` the positions (from 0) of those that were averaged.
    """

    demand: Fraction
    reach: Fraction
    feasibility: Fraction
    total: Fraction
    count: int
    used: tuple[int, ...]

    def parts(self, weights: Weights) -> WeightedParts:
        """What each criterion adds under `weights`; sums to `total` under those it was combined with."""
        return _weighted(self.demand, self.reach, self.feasibility, weights)


def _closest(totals: Sequence[Fraction]) -> tuple[int, ...]:
    """Positions of the two closest of three totals; all three if the middle is equally far from both."""
    low, middle, high = sorted(range(3), key=lambda position: totals[position])
    below, above = totals[middle] - totals[low], totals[high] - totals[middle]
    if below == above:
        return (0, 1, 2)
    return tuple(sorted((low, middle) if below < above else (middle, high)))


def combine(scores: Sequence[Score], weights: Weights) -> Combined:
    """Average the reviewers' scores (docs/domain.md 7.2: two reviewers, a third when they are far apart).

    Of three scores the two with the closest totals are averaged; when the middle one is equally far from
    both others, all three are. Any other number of scores is averaged as it is.
    Raises ScreeningMisuse when there is no score.
    """
    if not scores:
        raise ScreeningMisuse("nothing to combine")
    used = tuple(range(len(scores)))
    if len(scores) == 3:
        used = _closest([score.total(weights) for score in scores])
    kept = [scores[position] for position in used]
    demand = Fraction(sum(score.demand for score in kept), len(kept))
    reach = Fraction(sum(score.reach for score in kept), len(kept))
    feasibility = Fraction(sum(score.feasibility for score in kept), len(kept))
    return Combined(
        demand=demand,
        reach=reach,
        feasibility=feasibility,
        total=_weighted(demand, reach, feasibility, weights).total,
        count=len(scores),
        used=used,
    )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where a need might go; the secretary decides."""

    route: Route
    reason: RouteReason


def suggested_route(total: Fraction | int, *, households: int, reach: Reach, urgent_safety: bool) -> Suggestion:
    """Suggest a route from the weighted total (0..100) (docs/domain.md 7.2, lines 70 and 50; 3.2).

    Safety bypasses every line (红线直办): it is referred to an office that can act at once. The wish of one
    household is served as an order whatever its total: rules for public issues would always refuse it.
    """
    if urgent_safety:
        return Suggestion(Route.REFER, RouteReason.SAFETY)
    if reach is Reach.HOUSEHOLD and households <= 1:
        return Suggestion(Route.ORDER, RouteReason.ONE_HOUSEHOLD)
    if total >= COUNCIL_LINE:
        return Suggestion(Route.COUNCIL, RouteReason.AT_COUNCIL_LINE)
    if total >= RESERVE_LINE:
        return Suggestion(Route.RESERVE, RouteReason.AT_RESERVE_LINE)
    if reach is Reach.HOUSEHOLD:
        return Suggestion(Route.ORDER, RouteReason.HOUSE_BY_HOUSE)
    return Suggestion(Route.ANSWER, RouteReason.BELOW_LINES)


@dataclass(frozen=True, slots=True)
class Stability:
    """How a candidate's rank holds when the weights move.

    Ranks start at 1; equals share the better rank. `weightings` is how many sets of weights were tried (the
    present one among them), `at_line` the share of them in which the candidate reaches 70.
    """

    rank: int
    best_rank: int
    worst_rank: int
    weightings: int
    at_line: Fraction


def nearby_weights(weights: Weights, *, step: int = 5, spread: int = 15) -> tuple[Weights, ...]:
    """All sets of weights within `spread` of each given weight, in steps of `step`, summing to 100.

    37 sets for the default step and spread; fewer where a weight would fall below 0.
    Raises ScreeningMisuse when step < 1 or spread < 0.
    """
    if step < 1 or spread < 0:
        raise ScreeningMisuse("step must be at least 1 and spread at least 0")
    reachable = spread // step
    moves = range(-reachable * step, reachable * step + 1, step)
    found = []
    for demand_move in moves:
        for reach_move in moves:
            feasibility_move = -demand_move - reach_move
            if abs(feasibility_move) > spread:
                continue
            moved = (
                weights.demand + demand_move,
                weights.reach + reach_move,
                weights.feasibility + feasibility_move,
            )
            if min(moved) >= 0:
                found.append(Weights(*moved))
    return tuple(found)


def _ranks(totals: Sequence[int]) -> list[int]:
    first_at: dict[int, int] = {}
    for position, total in enumerate(sorted(totals, reverse=True), start=1):
        first_at.setdefault(total, position)
    return [first_at[total] for total in totals]


def stability(
    candidates: Mapping[int, Combined], weights: Weights, *, step: int = 5, spread: int = 15
) -> Mapping[int, Stability]:
    """Rank the candidates under every nearby set of weights, so that a screen can say how firm a rank is.

    Keys are need ids. Which reviewers' scores were averaged is not chosen anew for other weights.
    Raises ScreeningMisuse as `nearby_weights`.
    """
    tried = nearby_weights(weights, step=step, spread=spread)
    if not candidates:
        return {}
    # Totals as whole numbers: the common denominator turns 37 rankings of many needs into integer work.
    averages = lcm(*(part.denominator for one in candidates.values() for part in (one.demand, one.reach)))
    averages = lcm(averages, *(one.feasibility.denominator for one in candidates.values()))
    scale = lcm(DEMAND_MOST, REACH_MOST, FEASIBILITY_MOST)
    points = [
        (
            int(one.demand * averages) * (scale // DEMAND_MOST),
            int(one.reach * averages) * (scale // REACH_MOST),
            int(one.feasibility * averages) * (scale // FEASIBILITY_MOST),
        )
        for one in candidates.values()
    ]
    line = COUNCIL_LINE * averages * scale

    def totals_under(other: Weights) -> list[int]:
        return [d * other.demand + r * other.reach + f * other.feasibility for d, r, f in points]

    now = _ranks(totals_under(weights))
    best, worst, reached = list(now), list(now), [0] * len(points)
    for other in tried:
        totals = totals_under(other)
        for index, (rank, total) in enumerate(zip(_ranks(totals), totals, strict=True)):
            best[index] = min(best[index], rank)
            worst[index] = max(worst[index], rank)
            reached[index] += total >= line
    return {
        need_id: Stability(now[index], best[index], worst[index], len(tried), Fraction(reached[index], len(tried)))
        for index, need_id in enumerate(candidates)
    }

"""The rubric of docs/domain.md 7.2 and what happens when reviewers disagree or weights move."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.needs.precedents import Precedents
from db.rules.needs.screening import (
    RUBRIC,
    Combined,
    Points,
    RouteReason,
    Score,
    ScreeningMisuse,
    Suggested,
    Suggestion,
    WeightedParts,
    Weights,
    combine,
    demand_points,
    nearby_weights,
    needs_third,
    reach_points,
    stability,
    suggested_points,
    suggested_route,
)
from db.terms import Reach, Route

USUAL = Weights()

scores = st.builds(Score, st.integers(0, 40), st.integers(0, 30), st.integers(0, 30))
weightings = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(
    lambda cuts: Weights(min(cuts), max(cuts) - min(cuts), 100 - max(cuts))
)


def averaged(*scores: Score) -> Combined:
    return combine(scores, USUAL)


# --- points ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("households", "estate", "points"),
    [
        (0, 500, 5),
        (9, 500, 5),
        (10, 500, 12),
        (24, 500, 12),
        (25, 500, 20),
        (49, 500, 20),
        (50, 500, 30),
        (99, 500, 30),
        (100, 500, 40),
        (500, 500, 40),
        (501, 500, 40),
        (1, 1, 40),
        (1, 3000, 5),
        (59, 3000, 5),
        (60, 3000, 12),
        (33, 333, 20),
        (34, 333, 30),
        (199, 1000, 30),
        (200, 1000, 40),
    ],
)
def test_demand_steps_include_their_lower_bound(households: int, estate: int, points: int) -> None:
    assert demand_points(households, estate) == points


@pytest.mark.parametrize(("households", "estate"), [(-1, 10), (1, 0), (0, -5)])
def test_households_that_cannot_be_are_refused(households: int, estate: int) -> None:
    with pytest.raises(ScreeningMisuse):
        demand_points(households, estate)


@given(st.integers(0, 4000), st.integers(1, 4000))
def test_one_more_household_never_lowers_the_demand(households: int, estate: int) -> None:
    assert demand_points(households + 1, estate) >= demand_points(households, estate)


@pytest.mark.parametrize(
    ("reach", "plain", "special"),
    [
        (Reach.COMMUNITY, 30, 30),
        (Reach.ESTATE, 22, 27),
        (Reach.BUILDING, 15, 20),
        (Reach.STAIRWELL, 8, 13),
        (Reach.HOUSEHOLD, 4, 9),
    ],
)
def test_a_special_group_adds_five_up_to_thirty(reach: Reach, plain: int, special: int) -> None:
    assert reach_points(reach, special_group=False) == plain
    assert reach_points(reach, special_group=True) == special


@pytest.mark.parametrize("points", [(-1, 0, 0), (41, 0, 0), (0, 31, 0), (0, 0, 31), (0, -1, 0)])
def test_points_outside_the_rubric_are_refused(points: tuple[int, int, int]) -> None:
    with pytest.raises(ScreeningMisuse):
        Score(*points)


@pytest.mark.parametrize("weights", [(40, 30, 29), (41, 30, 30), (-10, 60, 50), (0, 0, 0)])
def test_weights_are_whole_and_sum_to_a_hundred(weights: tuple[int, int, int]) -> None:
    with pytest.raises(ScreeningMisuse):
        Weights(*weights)


# --- totals ------------------------------------------------------------------------------------------


def test_under_the_usual_weights_the_total_is_the_sum_of_the_points() -> None:
    assert Score(30, 22, 20).total(USUAL) == 72


def test_a_criterion_is_scaled_to_its_weight_exactly() -> None:
    parts = Score(30, 22, 20).parts(Weights(20, 50, 30))

    assert (parts.demand, parts.reach, parts.feasibility) == (15, Fraction(110, 3), 20)
    assert parts.total == Fraction(215, 3)


@given(scores, weightings)
def test_a_total_lies_between_nothing_and_a_hundred(score: Score, weights: Weights) -> None:
    assert 0 <= score.total(weights) <= 100


@given(weightings)
def test_full_points_make_a_hundred_under_any_weights(weights: Weights) -> None:
    assert Score(40, 30, 30).total(weights) == 100


@given(scores, scores, weightings)
def test_more_points_never_make_a_lower_total(one: Score, other: Score, weights: Weights) -> None:
    better = Score(max(one.demand, other.demand), max(one.reach, other.reach), max(one.feasibility, other.feasibility))

    assert better.total(weights) >= max(one.total(weights), other.total(weights))


# --- several reviewers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "third_wanted"),
    [
        (Score(40, 30, 10), Score(40, 30, 30), False),
        (Score(40, 30, 9), Score(40, 30, 30), True),
        (Score(12, 4, 10), Score(40, 30, 30), True),
        (Score(20, 15, 20), Score(20, 15, 20), False),
    ],
)
def test_a_gap_of_more_than_twenty_needs_a_third_reviewer(first: Score, second: Score, third_wanted: bool) -> None:
    assert needs_third(first, second, USUAL) is third_wanted
    assert needs_third(second, first, USUAL) is third_wanted


def test_two_reviewers_are_averaged_by_criterion() -> None:
    both = averaged(Score(30, 22, 20), Score(20, 15, 30))

    assert (both.demand, both.reach, both.feasibility) == (25, Fraction(37, 2), 25)
    assert both.total == Fraction(137, 2)
    assert (both.count, both.used) == (2, (0, 1))


def test_of_three_reviewers_the_two_closest_count() -> None:
    combined = averaged(Score(40, 30, 30), Score(12, 15, 10), Score(12, 22, 10))

    assert combined.used == (1, 2)
    assert combined.total == Fraction(81, 2)
    assert combined.count == 3


def test_when_the_middle_one_is_equally_far_from_both_all_three_count() -> None:
    combined = averaged(Score(20, 30, 0), Score(40, 30, 0), Score(30, 30, 0))

    assert combined.used == (0, 1, 2)
    assert combined.total == 60


def test_one_review_stands_for_itself_and_none_is_refused() -> None:
    assert averaged(Score(20, 15, 20)).total == 55
    with pytest.raises(ScreeningMisuse):
        averaged()


@given(st.lists(scores, min_size=1, max_size=4), weightings)
def test_the_combined_total_lies_among_the_reviewers_and_is_the_sum_of_its_parts(
    reviews: list[Score], weights: Weights
) -> None:
    combined = combine(reviews, weights)
    totals = [score.total(weights) for score in reviews]

    assert min(totals) <= combined.total <= max(totals)
    assert combined.parts(weights).total == combined.total


@given(st.permutations([0, 1, 2]), scores, scores, scores)
def test_the_order_of_the_reviews_does_not_matter(order: list[int], first: Score, second: Score, third: Score) -> None:
    reviews = [first, second, third]

    assert averaged(*(reviews[at] for at in order)).total == averaged(*reviews).total


# --- the route ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "households", "reach", "route", "reason"),
    [
        (70, 80, Reach.ESTATE, Route.COUNCIL, RouteReason.AT_COUNCIL_LINE),
        (100, 80, Reach.ESTATE, Route.COUNCIL, RouteReason.AT_COUNCIL_LINE),
        (Fraction(139, 2), 80, Reach.ESTATE, Route.RESERVE, RouteReason.AT_RESERVE_LINE),
        (50, 80, Reach.BUILDING, Route.RESERVE, RouteReason.AT_RESERVE_LINE),
        (Fraction(99, 2), 80, Reach.BUILDING, Route.ANSWER, RouteReason.BELOW_LINES),
        (0, 1, Reach.COMMUNITY, Route.ANSWER, RouteReason.BELOW_LINES),
        (39, 1, Reach.HOUSEHOLD, Route.ORDER, RouteReason.ONE_HOUSEHOLD),
        (60, 1, Reach.HOUSEHOLD, Route.ORDER, RouteReason.ONE_HOUSEHOLD),
        (39, 6, Reach.HOUSEHOLD, Route.ORDER, RouteReason.HOUSE_BY_HOUSE),
        (74, 300, Reach.HOUSEHOLD, Route.COUNCIL, RouteReason.AT_COUNCIL_LINE),
    ],
)
def test_the_total_suggests_the_route(
    total: Fraction, households: int, reach: Reach, route: Route, reason: RouteReason
) -> None:
    suggested = suggested_route(total, households=households, reach=reach, urgent_safety=False)

    assert suggested == Suggestion(route, reason)


@given(st.integers(0, 100), st.sampled_from([0, 1]))
def test_the_wish_of_one_household_is_never_turned_down_by_a_score(total: int, households: int) -> None:
    suggested = suggested_route(total, households=households, reach=Reach.HOUSEHOLD, urgent_safety=False)

    assert suggested.route is Route.ORDER


@given(st.integers(0, 100), st.integers(0, 500), st.sampled_from(Reach))
def test_danger_waits_for_no_score(total: int, households: int, reach: Reach) -> None:
    suggested = suggested_route(total, households=households, reach=reach, urgent_safety=True)

    assert suggested.reason is RouteReason.SAFETY


# --- how firm a rank is ------------------------------------------------------------------------------


def test_there_are_37_sets_of_weights_around_the_usual_ones() -> None:
    around = nearby_weights(USUAL)

    assert len(around) == len(set(around)) == 37
    assert USUAL in around
    assert all(abs(weights.demand - 40) <= 15 and abs(weights.feasibility - 30) <= 15 for weights in around)


def test_weights_at_the_edge_never_fall_below_nothing() -> None:
    around = nearby_weights(Weights(100, 0, 0))

    assert Weights(100, 0, 0) in around
    assert all(min(w.demand, w.reach, w.feasibility) >= 0 for w in around)


@pytest.mark.parametrize(("step", "spread", "count"), [(5, 0, 1), (5, 4, 1), (5, 5, 7), (5, 10, 19), (1, 2, 19)])
def test_the_grid_grows_with_its_spread(step: int, spread: int, count: int) -> None:
    assert len(nearby_weights(USUAL, step=step, spread=spread)) == count


@pytest.mark.parametrize(("step", "spread"), [(0, 15), (5, -1)])
def test_a_grid_that_cannot_be_is_refused(step: int, spread: int) -> None:
    with pytest.raises(ScreeningMisuse):
        nearby_weights(USUAL, step=step, spread=spread)


def test_a_need_that_is_best_in_everything_is_first_under_all_weights() -> None:
    firm = stability(
        {7: averaged(Score(40, 30, 30)), 8: averaged(Score(20, 22, 20)), 9: averaged(Score(5, 4, 0))}, USUAL
    )

    assert (firm[7].rank, firm[7].best_rank, firm[7].worst_rank, firm[7].at_line) == (1, 1, 1, 1)
    assert (firm[9].rank, firm[9].worst_rank, firm[9].at_line) == (3, 3, 0)
    assert firm[8].weightings == 37


def test_a_need_strong_in_one_thing_moves_with_the_weights() -> None:
    firm = stability({1: averaged(Score(40, 15, 20)), 2: averaged(Score(20, 30, 26))}, USUAL)

    assert (firm[1].best_rank, firm[1].worst_rank) == (1, 2)
    assert 0 < firm[1].at_line < 1


def test_equals_share_the_better_rank_and_nobody_gives_nothing() -> None:
    same = averaged(Score(30, 22, 20))

    assert {found.rank for found in stability({1: same, 2: same}, USUAL).values()} == {1}
    assert stability({}, USUAL) == {}


@given(st.lists(st.lists(scores, min_size=1, max_size=3), min_size=1, max_size=6), weightings)
def test_ranks_agree_with_plain_fractions(reviews: list[list[Score]], weights: Weights) -> None:
    candidates = {need: combine(given_scores, weights) for need, given_scores in enumerate(reviews)}

    firm = stability(candidates, weights, step=5, spread=5)

    for need, one in candidates.items():
        tried = nearby_weights(weights, step=5, spread=5)
        ranks = [1 + sum(other.parts(w).total > one.parts(w).total for other in candidates.values()) for w in tried]
        reached = sum(one.parts(w).total >= 70 for w in tried)
        assert (firm[need].best_rank, firm[need].worst_rank) == (min(ranks), max(ranks))
        assert firm[need].at_line == Fraction(reached, len(tried))
        assert firm[need].best_rank <= firm[need].rank <= firm[need].worst_rank


# --- the scale of a round -----------------------------------------------------------------------------

MORE_REACH = Weights(30, 35, 35)


def test_points_out_of_the_weights_are_the_total_itself() -> None:
    points = Points(22, 27, 20)

    assert points.score(MORE_REACH).total(MORE_REACH) == 69
    assert points.score(MORE_REACH).parts(MORE_REACH) == WeightedParts(Fraction(22), Fraction(27), Fraction(20))
    # Rounds of before were given out of 40, 30 and 30 and count as they did.
    assert Points(30, 22, 20).score(RUBRIC) == Score(30, 22, 20)


def test_a_criterion_without_weight_counts_nothing() -> None:
    only_demand = Weights(100, 0, 0)

    assert Points(80, 0, 0).score(only_demand).total(only_demand) == 80
    assert suggested_points(60, 600, Reach.ESTATE, False, only_demand) == Suggested(75, 0)


@pytest.mark.parametrize(
    ("points", "far"),
    [
        ((22, 25, 0), ()),
        ((14, 35, 0), ()),
        ((13, 35, 35), ("demand",)),
        ((23, 16, 0), ("reach",)),
        ((0, 0, 9), ("demand", "reach")),
    ],
)
def test_ten_points_from_the_evidence_are_far(points: tuple[int, int, int], far: tuple[str, ...]) -> None:
    """60 of 600 households: 30 of 40, so 22.5 of 30, rounded up to 23; the estate: 22 of 30, so 26 of 35."""
    suggests = suggested_points(60, 600, Reach.ESTATE, False, MORE_REACH)

    assert suggests == Suggested(23, 26)
    assert suggests.far(Points(*points)) == far


@pytest.mark.parametrize(
    ("precedents", "points"),
    [
        (Precedents(ended=2, own=2, in_time=2, resources=3), None),
        (Precedents(ended=4, own=4, in_time=4, resources=0), 30),
        (Precedents(ended=4, own=2, in_time=1, resources=1), 20),
        (Precedents(ended=4, own=2, in_time=1, resources=0), 15),
        (Precedents(ended=3, own=0, in_time=0, resources=1), 10),
    ],
)
def test_feasibility_follows_what_became_of_needs_of_the_kind(precedents: Precedents, points: int | None) -> None:
    """Thirds of 30: the share done here, means on offer (else the same share), the share of these in time."""
    assert precedents.points(30) == points
    suggests = suggested_points(60, 600, Reach.ESTATE, False, RUBRIC, precedents)
    assert ("feasibility" in suggests.far(Points(30, 22, 0))) == (points is not None)

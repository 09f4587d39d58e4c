"""Budgets: never spent twice, the same as by definition, and fair to groups."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from db.rules.voting.question import Option, Question
from db.rules.voting.tally import Tally, tally
from db.terms import BudgetRule, Completion, QuestionKind
from tests.rules.voting.oracles import (
    Approval,
    abcvoting_equal_shares,
    abcvoting_most_votes,
    by_votes,
    certain_and_open,
    equal_shares,
    filled_up,
    raised_shares,
)

PROFILES = 2000


def counted(
    approvals: Iterable[Approval],
    costs: Mapping[int, int],
    budget: int,
    rule: BudgetRule,
    completion: Completion = Completion.NONE,
) -> Tally:
    options = tuple(Option(number, "", cost) for number, cost in sorted(costs.items()))
    patterns = Counter(",".join(map(str, sorted(one))) if one else "abstain" for one in approvals)
    asked = Question(QuestionKind.BUDGET, options, budget=budget, budget_rule=rule, completion=completion)
    return tally(asked, patterns)


def outcome(count: Tally) -> tuple[set[int], set[int]]:
    return set(count.winners), set(count.tied)


def some_profile(luck: random.Random) -> tuple[list[Approval], int]:
    options = luck.randint(2, 6)
    likes = [luck.uniform(0.2, 0.8) for _ in range(options)]
    voters = [
        frozenset(number for number, liked in enumerate(likes, 1) if luck.random() < liked)
        for _ in range(luck.randint(1, 12))
    ]
    return voters, options


approvals = st.lists(st.frozensets(st.integers(1, 5)), min_size=1, max_size=12)
prices = st.lists(st.integers(1, 9), min_size=5, max_size=5).map(lambda costs: dict(enumerate(costs, 1)))
rules = st.sampled_from(BudgetRule)


# --- second opinions ----------------------------------------------------------------------------------


def test_both_rules_are_those_of_the_definition() -> None:
    """The definition buys one project at a time and follows every tie to its ends."""
    luck = random.Random(2021)

    for _ in range(PROFILES):
        voters, options = some_profile(luck)
        costs = {number: luck.choice([1, 2, 3, 5, 8]) for number in range(1, options + 1)}
        budget = luck.randint(1, sum(costs.values()))
        votes = {number: sum(number in one for one in voters) for number in costs}
        shares = counted(voters, costs, budget, BudgetRule.EQUAL_SHARES)
        assert outcome(shares) == certain_and_open(equal_shares(voters, costs, budget)), (voters, costs, budget)
        taken = counted(voters, costs, budget, BudgetRule.BY_VOTES)
        assert outcome(taken) == certain_and_open(by_votes(votes, costs, budget)), (voters, costs, budget)


def test_equal_shares_of_hundreds_of_voters_are_those_of_the_definition() -> None:
    """Many prices are paid by many kinds of ballots here, and purses come close to prices."""
    luck = random.Random(8374)

    for _ in range(5):
        likes = {number: luck.uniform(0.1, 0.7) for number in range(1, 13)}
        voters = [frozenset(number for number in likes if luck.random() < likes[number]) for _ in range(400)]
        costs = {number: luck.randint(1_000, 30_000) for number in likes}
        count = counted(voters, costs, 100_000, BudgetRule.EQUAL_SHARES)
        assert outcome(count) == certain_and_open(equal_shares(voters, costs, 100_000))
        assert len(count.winners) > 4


def test_completions_are_those_of_the_definition() -> None:
    """The definition holds every count of every raise anew, one yuan after another; ours leaps over raises that change
    nothing. Costs of three digits leave room for leaps."""
    luck = random.Random(5791)

    for index in range(250):
        voters, options = some_profile(luck)
        prices = [7, 20, 33, 60, 95] if index % 2 else [1, 2, 3, 5, 8]
        costs = {number: luck.choice(prices) for number in range(1, options + 1)}
        budget = luck.randint(1, sum(costs.values()))
        votes = {number: sum(number in one for one in voters) for number in costs}
        raised = raised_shares(voters, costs, budget)
        expected = {
            Completion.BY_VOTES: filled_up(equal_shares(voters, costs, budget), votes, costs, budget),
            Completion.RAISED: raised,
            Completion.RAISED_BY_VOTES: filled_up(raised, votes, costs, budget),
        }
        for completion, outcomes in expected.items():
            count = counted(voters, costs, budget, BudgetRule.EQUAL_SHARES, completion)
            assert outcome(count) == certain_and_open(outcomes), (voters, costs, budget, completion)


def test_a_result_says_how_far_shares_were_raised_and_what_was_taken_by_votes() -> None:
    """Of shares of 100 the small wish takes 20 and the bench twice 55, so that 45, 45 and 80 are too little for the
    lamps (180). Raised by 4 they are enough; and what was left, 180, would have bought them by votes."""
    voters = [frozenset({1, 2}), frozenset({1, 2}), frozenset({1, 3}), frozenset({4})]
    costs = {1: 180, 2: 110, 3: 20, 4: 90}

    plain, voted, raised, both = (
        counted(voters, costs, 400, BudgetRule.EQUAL_SHARES, completion) for completion in Completion
    )

    assert (set(plain.winners), plain.spent) == ({2, 3, 4}, 220)
    assert (set(voted.winners), voted.filled, voted.spent) == ({1, 2, 3, 4}, (1,), 400)
    assert (set(raised.winners), raised.raised, raised.filled) == ({1, 2, 3, 4}, 4, ())
    assert (set(both.winners), both.raised) == (set(raised.winners), 4)


def test_abcvoting_buys_the_same_by_equal_shares() -> None:
    """Every project costs 1 there. Its ties are compared, too, for it draws no lot: it lists every outcome. An empty
    ballot, which here is an abstention and takes no share, is left out of its profile."""
    luck, tied = random.Random(100), 0

    for _ in range(PROFILES):
        voters, options = some_profile(luck)
        voters = [one for one in voters if one] or [frozenset({1})]
        budget = luck.randint(1, options)
        count = counted(voters, dict.fromkeys(range(1, options + 1), 1), budget, BudgetRule.EQUAL_SHARES)
        theirs = abcvoting_equal_shares(voters, options, budget)
        assert outcome(count) == certain_and_open(theirs), (voters, budget)
        tied += len(theirs) > 1

    assert PROFILES // 20 < tied < PROFILES


def test_abcvoting_takes_the_same_by_votes() -> None:
    """Every project costs 1 there, and it fills the committee with options that nobody approves: these are left out."""
    luck = random.Random(101)

    for _ in range(PROFILES):
        voters, options = some_profile(luck)
        seats = luck.randint(1, options)
        named = frozenset().union(*voters)
        theirs = {
            one & named for one in abcvoting_most_votes([one for one in voters if one] or [named], options, seats)
        }
        largest = max(map(len, theirs))
        sure, open_ = certain_and_open({one for one in theirs if len(one) == largest})
        choose = Question(
            QuestionKind.CHOOSE, tuple(Option(number, "") for number in range(1, options + 1)), seats, most=options
        )
        patterns = Counter(",".join(map(str, sorted(one))) if one else "abstain" for one in voters)
        assert outcome(tally(choose, patterns)) == (sure, open_)
        spent = counted(voters, dict.fromkeys(range(1, options + 1), 1), seats, BudgetRule.BY_VOTES)
        assert outcome(spent) == (sure, open_)


# --- what it owes -------------------------------------------------------------------------------------


@given(approvals, prices, st.integers(1, 40), rules)
def test_the_budget_is_never_exceeded_however_a_tie_ends(
    voters: list[Approval], costs: dict[int, int], budget: int, rule: BudgetRule
) -> None:
    count = counted(voters, costs, budget, rule)

    assert count.spent == sum(costs[number] for number in count.winners) <= budget
    assert all(count.spent + costs[number] <= budget for number in count.tied)


@given(approvals, prices, st.integers(1, 40))
def test_by_votes_nothing_that_still_fits_and_has_votes_is_left_behind(
    voters: list[Approval], costs: dict[int, int], budget: int
) -> None:
    count = counted(voters, costs, budget, BudgetRule.BY_VOTES)

    left = budget - count.spent
    for option in count.options:
        assert (
            option.won or option.number in count.tied or count.tied or not option.count or costs[option.number] > left
        )


@given(approvals, prices, st.integers(1, 40), st.integers(1, 20))
def test_by_equal_shares_a_group_whose_shares_pay_for_a_project_it_agrees_on_gets_one(
    voters: list[Approval], costs: dict[int, int], budget: int, group: int
) -> None:
    """Justified representation: the members all want the fourth, and their shares together are worth what it costs."""
    wants = frozenset({4, 5})
    everybody = [*voters, *[wants] * group]
    size = sum(4 in one for one in everybody)
    paying = sum(bool(one) for one in everybody)

    count = counted(everybody, costs, budget, BudgetRule.EQUAL_SHARES)

    if size * budget >= costs[4] * paying:
        glad = {number for one in everybody if 4 in one for number in one}
        assert glad & {*count.winners, *count.tied}


def test_by_votes_a_majority_takes_all_and_by_equal_shares_a_minority_gets_its_part() -> None:
    voters = [frozenset({1, 2, 3})] * 60 + [frozenset({4, 5})] * 40
    costs = dict.fromkeys(range(1, 6), 20_000)

    majority = counted(voters, costs, 60_000, BudgetRule.BY_VOTES)
    shared = counted(voters, costs, 60_000, BudgetRule.EQUAL_SHARES)

    assert outcome(majority) == ({1, 2, 3}, set())
    assert (set(shared.winners), set(shared.tied)) == (set(), {1, 2, 3, 4, 5})


def test_equal_shares_leave_unspent_what_the_supporters_of_nothing_can_pay() -> None:
    """Three projects at 2 each, a budget of 6 and three voters with 2 each: one lone wish is paid for, one is not."""
    voters = [frozenset({1}), frozenset({1}), frozenset({2})]

    count = counted(voters, {1: 4, 2: 3}, 6, BudgetRule.EQUAL_SHARES)

    assert (count.winners, count.spent) == ((1,), 4)


def test_of_two_projects_with_equal_votes_that_do_not_both_fit_neither_wins_and_a_small_one_behind_them_does() -> None:
    voters = [frozenset({1, 2})] * 5 + [frozenset({3})] * 2

    count = counted(voters, {1: 50, 2: 60, 3: 10}, 100, BudgetRule.BY_VOTES)

    assert (count.winners, count.tied, count.spent) == ((3,), (1, 2), 10)


def test_an_abstention_takes_no_share_out_of_the_budget() -> None:
    voters = [frozenset({1}), frozenset({2}), frozenset()]

    count = counted(voters, {1: 5, 2: 5}, 10, BudgetRule.EQUAL_SHARES)

    assert (count.winners, count.abstained) == ((1, 2), 1)

"""Ranking: the same as by definition, the same as pyrankvote, and fair to groups."""

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.voting import tally_piles, tally_ways
from db.rules.voting.question import Option, Question
from db.rules.voting.tally import Round, Tally, tally
from db.terms import QuestionKind, RankRule
from tests.rules.voting.oracles import Ranking, RankingCount, ScottishCount, certain_and_open, pyrankvote_winners

PROFILES = 3000


def asked(options: int, seats: int, rule: RankRule = RankRule.EXACT) -> Question:
    numbered = tuple(Option(number, "") for number in range(1, options + 1))
    return Question(QuestionKind.RANK, numbered, seats=seats, rank_rule=rule)


def counted(ballots: Mapping[Ranking, int], options: int, seats: int, rule: RankRule = RankRule.EXACT) -> Tally:
    return tally(asked(options, seats, rule), {">".join(map(str, one)): count for one, count in ballots.items()})


def shown(one: Round) -> dict[int, Fraction]:
    return {number: Fraction(upper, lower) for number, upper, lower in one.held}


def some_profile(luck: random.Random, fewest: int = 1, most: int = 15) -> tuple[Counter[Ranking], int]:
    options = luck.randint(2, 6)
    return Counter(
        tuple(luck.sample(range(1, options + 1), luck.randint(1, options))) for _ in range(luck.randint(fewest, most))
    ), options


rankings = st.lists(st.permutations(range(1, 6)).flatmap(lambda full: st.integers(1, 5).map(lambda size: full[:size])))
profiles = rankings.map(lambda several: Counter(map(tuple, several)))


# --- second opinions ----------------------------------------------------------------------------------


def test_winners_ties_and_rounds_are_those_of_the_definition() -> None:
    """The definition looks at every ballot by itself and follows every tie to its ends."""
    luck, same_rounds = random.Random(2009), 0

    for _ in range(PROFILES):
        ballots, options = some_profile(luck)
        seats = luck.randint(1, options)
        ends = RankingCount.of(ballots, seats).run()
        sure, open_ = certain_and_open({frozenset(end.elected) for end in ends})
        count = counted(ballots, options, seats)
        assert (set(count.winners), set(count.tied)) == (sure, open_), (ballots, seats)
        if len(ends) == 1:
            assert [shown(one) for one in count.rounds] == ends[0].rounds, (ballots, seats)
            same_rounds += 1

    assert same_rounds > PROFILES // 2


def without_a_tie(luck: random.Random) -> tuple[Counter[Ranking], int, int]:
    """Ballots, options and places in whose count no two numbers that are compared are ever equal, so that no second
    opinion can come from a lot; nor is a pile of ballots of unequal value handed on. pyrankvote spreads the value of
    such a pile evenly, also over ballots that came at a small fraction, while here each keeps its own share.
    """
    while True:
        ballots, options = some_profile(luck, fewest=7, most=25)
        seats = min(options, luck.choice([1, 2, 3]))
        ends = RankingCount.of(ballots, seats).run()
        if len(ends) == 1 and not ends[0].level and not ends[0].mixed:
            return ballots, options, seats


def test_pyrankvote_elects_the_same() -> None:
    """Left out are only counts in which it gives up."""
    luck = random.Random(4313)
    compared: Counter[str] = Counter()

    for _ in range(PROFILES // 4):
        ballots, options, seats = without_a_tie(luck)
        count = counted(ballots, options, seats)
        named = sorted({number for one in ballots for number in one})
        theirs = pyrankvote_winners(list(ballots.elements()), named, seats)
        if theirs is None:
            compared["given up"] += 1
            continue
        assert (set(count.winners), count.tied) == (theirs, ()), (ballots, seats)
        compared["run-off" if seats == 1 else "transferable"] += 1

    assert compared["run-off"] > 200
    assert compared["transferable"] > 200


def test_pyrankvote_elects_the_same_of_thousands_of_voters() -> None:
    """Drawn anew until nothing that is compared is equal."""
    luck = random.Random(607)
    tied = True

    while tied:
        liking = {number: luck.random() for number in range(1, 11)}
        ballots = Counter(
            tuple(sorted(liking, key=lambda number: liking[number] + luck.gauss(0, 0.5))[: luck.randint(1, 10)])
            for _ in range(4000)
        )
        tied = any(end.level for seats in (1, 3) for end in RankingCount.of(ballots, seats).run())

    for seats in (1, 3):
        count = counted(ballots, 10, seats)
        assert set(count.winners) == pyrankvote_winners(list(ballots.elements()), liking, seats)


def test_scottish_winners_and_stages_are_those_of_the_order_of_2007() -> None:
    """Left out is only where a lot was drawn: the oracle draws one way, here it is told as a tie or changes nothing."""
    luck, compared, differing = random.Random(2007), 0, 0

    for _ in range(PROFILES // 2):
        options = luck.randint(3, 7)
        liking = {number: luck.random() for number in range(1, options + 1)}
        ballots = Counter(
            tuple(sorted(liking, key=lambda number: liking[number] + luck.gauss(0, 0.5))[: luck.randint(1, options)])
            for _ in range(luck.choice([9, 30, 90]))
        )
        seats = luck.randint(1, min(4, options))
        theirs = ScottishCount.of(ballots, seats).run()
        count = counted(ballots, options, seats, RankRule.SCOTTISH)
        if theirs.lots:
            assert set(count.winners) <= {*theirs.elected}
            continue
        assert (list(count.winners), count.tied) == (theirs.elected, ()), (ballots, seats)
        for one, credited in zip(count.rounds, theirs.stages, strict=False):
            assert all(Fraction(credited[number]) == held for number, held in shown(one).items())
        compared += 1
        differing += set(count.winners) != set(counted(ballots, options, seats).winners)

    assert compared > 1000
    assert 0 < differing < compared // 20  # the two rules are not the same, and seldom elect others


def test_a_scottish_transfer_value_is_cut_to_five_decimals_and_what_is_cut_is_lost() -> None:
    """Seven hold the first, the quota is 5 of 13: each of the seven goes on at 2 / 7, which is 0.28571 and a rest."""
    ballots = {(1, 2): 6, (1, 3): 1, (2,): 2, (3,): 4}

    count = counted(ballots, 3, 2, RankRule.SCOTTISH)

    assert count.rounds[0].handed_on == 1
    assert shown(count.rounds[1]) == {1: 5, 2: 2 + 6 * Fraction(28571, 100_000), 3: 4 + Fraction(28571, 100_000)}
    assert Fraction(*count.rounds[1].exhausted) == Fraction(3, 100_000)
    assert count.winners == (1, 3)


def test_a_scottish_lot_that_matters_is_a_tie_and_an_earlier_stage_decides_first() -> None:
    lot = counted({(1, 3): 4, (2, 3): 4}, 3, 1, RankRule.SCOTTISH)
    earlier = counted({(1,): 4, (2,): 5, (3, 1): 1, (4,): 8}, 4, 1, RankRule.SCOTTISH)

    assert (lot.winners, lot.tied) == ((), (1, 2))
    # Of the two that hold five each, the first had four before.
    assert [one.excluded for one in earlier.rounds] == [(3,), (1,), (2,), ()]
    assert earlier.winners == (4,)


# --- what it owes -------------------------------------------------------------------------------------


@given(profiles, st.integers(1, 4))
def test_in_every_round_what_is_held_and_what_is_exhausted_are_all_the_votes(
    ballots: Counter[Ranking], seats: int
) -> None:
    count = counted(ballots, 5, seats)

    for one in count.rounds:
        assert sum(shown(one).values()) + Fraction(*one.exhausted) == ballots.total()
        assert all(held >= 0 for held in shown(one).values())
        assert Fraction(*one.exhausted) >= 0


@given(profiles, st.integers(1, 4), st.integers(1, 9))
def test_a_group_gets_the_places_that_its_quotas_are_worth(ballots: Counter[Ranking], seats: int, voters: int) -> None:
    """Proportionality for solid coalitions: voters who put the same options first, in whatever order, fill as many
    places with them as they have more than so many quotas, if there are that many."""
    solid = (2, 4)
    ballots = ballots + Counter({(2, 4, 1): voters, (4, 2): voters})
    together = sum(count for one, count in ballots.items() if set(one[:2]) == set(solid))

    count = counted(ballots, 5, seats)

    due = max(places for places in range(3) if together > Fraction(ballots.total() * places, seats + 1) or not places)
    chosen = len(set(solid) & set(count.winners))
    assert chosen + len(set(solid) & set(count.tied)) >= min(due, seats)
    assert count.tied or chosen >= min(due, seats)


@given(profiles)
def test_who_is_first_on_more_than_half_of_the_ballots_wins_alone(ballots: Counter[Ranking]) -> None:
    majority = ballots + Counter({(3,): ballots.total() + 1})

    count = counted(majority, 5, 1)

    assert (count.winners, count.tied) == ((3,), ())


@given(profiles, st.integers(1, 4))
def test_all_places_are_filled_or_tied_while_there_are_options_that_somebody_named(
    ballots: Counter[Ranking], seats: int
) -> None:
    count = counted(ballots, 5, seats)

    named = {number for one in ballots for number in one}
    assert len(count.winners) + len(count.tied) >= min(seats, len(named))
    assert bool(count.tied) == (len(count.winners) < min(seats, len(named)))


def test_the_one_placed_best_is_the_winner_and_the_rest_by_how_long_they_stayed() -> None:
    count = counted({(1,): 6, (2, 3): 5, (3, 2): 4, (4, 2): 1}, 5, 1)

    assert count.winners == (2,)
    assert [option.rank for option in count.options] == [2, 1, 3, 4, 5]
    assert [option.count for option in count.options] == [6, 5, 4, 1, 0]


# --- ties ---------------------------------------------------------------------------------------------


def test_two_with_half_each_are_tied() -> None:
    count = counted({(1,): 7, (2,): 7}, 3, 1)

    assert (count.winners, count.tied) == ((), (1, 2))
    assert shown(count.rounds[-1]) == {1: 7, 2: 7}


def test_a_tie_that_changes_nothing_is_no_tie() -> None:
    count = counted({(1,): 5, (2, 1): 2, (3, 1): 2, (4, 2): 4}, 4, 1)

    assert (count.winners, count.tied) == ((1,), ())


def test_a_tie_for_who_is_out_is_told_as_a_tie_of_those_who_could_win() -> None:
    """The second and the third hold the fewest. Without the second the first wins, without the third the second."""
    ballots = {(1, 2): 3, (4,): 4, (2, 1): 2, (3, 2): 2}

    count = counted(ballots, 4, 1)

    assert (count.winners, count.tied) == ((), (1, 2))
    assert count.rounds[-1].excluded == ()


def test_when_ties_branch_too_often_all_who_stand_at_the_first_are_tied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally_ways, "MOST_WAYS", 3)
    everybody_for_another: dict[tuple[int, ...], int] = {(number,): 1 for number in range(1, 7)}

    count = counted(everybody_for_another, 6, 2)

    assert (count.winners, count.tied) == ((), (1, 2, 3, 4, 5, 6))


# --- parts of votes -----------------------------------------------------------------------------------


def test_surpluses_are_handed_on_in_exact_fractions() -> None:
    count = counted({(1, 2): 9, (1, 3): 1, (2,): 3, (3,): 3, (4,): 2}, 4, 3)

    quota = Fraction(18, 4)
    assert shown(count.rounds[0])[1] == 10
    assert shown(count.rounds[1]) == {
        1: quota,
        2: 3 + 9 * (10 - quota) / 10,
        3: 3 + (10 - quota) / 10,
        4: 2,
    }


@given(profiles, st.integers(2, 4))
def test_values_cut_off_at_the_finest_part_are_counted_as_exhausted_and_no_vote_is_lost(
    ballots: Counter[Ranking], seats: int
) -> None:
    """With parts as coarse as a thousandth the cut shows at once; no option ever gets more than it is due."""
    exact = counted(ballots, 5, seats)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally_piles, "FINEST", 1000)
        cut = counted(ballots, 5, seats)

    for one in cut.rounds:
        assert sum(shown(one).values()) + Fraction(*one.exhausted) == ballots.total()
        assert Fraction(*one.exhausted) >= 0
    assert len(cut.winners) + len(cut.tied) >= min(seats, len({number for one in ballots for number in one}))
    assert cut.rounds[:1] == exact.rounds[:1]

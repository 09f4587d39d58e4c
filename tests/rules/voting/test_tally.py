"""What every way of counting owes its voters, whoever they are and however their ballots are piled."""

from collections import Counter
from collections.abc import Callable, Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from db.rules.voting.decision import PRESETS, Electorate, Preset
from db.rules.voting.house_rule import MORE_THAN_HALF, Threshold
from db.rules.voting.question import ABSTAIN, MOTION, BadPattern, Option, Question, pattern_of
from db.rules.voting.result import result_from_json, result_to_json, tally_to_json
from db.rules.voting.tally import Tally, motion_counts, tally
from db.rules.voting.verdict import judge
from db.terms import BudgetRule, QuestionKind

CHOOSE, SCORE, RANK, BUDGET = QuestionKind.CHOOSE, QuestionKind.SCORE, QuestionKind.RANK, QuestionKind.BUDGET
METHODS = [
    (CHOOSE, BudgetRule.BY_VOTES),
    (SCORE, BudgetRule.BY_VOTES),
    (RANK, BudgetRule.BY_VOTES),
    (BUDGET, BudgetRule.BY_VOTES),
    (BUDGET, BudgetRule.EQUAL_SHARES),
]
every_method = pytest.mark.parametrize(("kind", "rule"), METHODS, ids=["choose", "score", "rank", "votes", "shares"])
Ballots = dict[str, int]


@st.composite
def questions(draw: st.DrawFn, kind: QuestionKind, rule: BudgetRule) -> Question:
    count = draw(st.integers(2, 6))
    limit = st.one_of(st.none(), st.just(MORE_THAN_HALF), st.just(Threshold(1, 3, strict=False)))
    return Question(
        kind,
        tuple(Option(number, f"{number}号", draw(st.integers(1, 9))) for number in range(1, count + 1)),
        seats=draw(st.integers(1, count)),
        most=count,
        threshold=draw(limit) if kind is CHOOSE else None,
        budget=draw(st.integers(1, 30)) if kind is BUDGET else 0,
        budget_rule=rule,
    )


def patterns(question: Question) -> st.SearchStrategy[str]:
    numbers = st.lists(st.sampled_from(list(question.numbers)), min_size=1, unique=True)
    size = len(question.options)
    scores = st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=size, max_size=size)
    entered = scores.filter(lambda given: any(one is not None for one in given)) if question.kind is SCORE else numbers
    return st.one_of(entered.map(lambda chosen: pattern_of(question, chosen)), st.just(ABSTAIN))


@st.composite
def votes(draw: st.DrawFn, kind: QuestionKind, rule: BudgetRule) -> tuple[Question, Ballots]:
    question = draw(questions(kind, rule))
    return question, dict(Counter(draw(st.lists(patterns(question), max_size=12))))


def outcome(count: Tally) -> tuple[set[int], set[int]]:
    return set(count.winners), set(count.tied)


def added(*piles: Mapping[str, int]) -> Ballots:
    return dict(sum((Counter(pile) for pile in piles), Counter()))


# --- every method -------------------------------------------------------------------------------------


@every_method
@given(data=st.data())
def test_it_matters_not_in_which_order_or_in_how_many_piles_ballots_are_counted(
    kind: QuestionKind, rule: BudgetRule, data: st.DataObject
) -> None:
    """Also anonymity: a ballot is known by nothing but what it says."""
    question, ballots = data.draw(votes(kind, rule))
    single = data.draw(st.permutations(list(Counter(ballots).elements())))
    cut = data.draw(st.integers(0, len(single)))

    again = tally(question, added(Counter(single[cut:]), Counter(single[:cut])))

    first = tally(question, ballots)
    assert outcome(again) == outcome(first)
    assert again.options == first.options
    assert (again.valid, again.abstained, again.spent) == (first.valid, first.abstained, first.spent)


@every_method
@given(data=st.data())
def test_options_that_change_numbers_change_nothing_else(
    kind: QuestionKind, rule: BudgetRule, data: st.DataObject
) -> None:
    question, ballots = data.draw(votes(kind, rule))
    order = data.draw(st.permutations(list(question.numbers)))
    new = dict(zip(question.numbers, order, strict=True))
    back = {after: before for before, after in new.items()}

    options = tuple(Option(number, "", question.option(back[number]).cost) for number in question.numbers)
    renamed = Question(
        kind, options, question.seats, question.most, question.threshold, question.budget, question.budget_rule
    )
    count = tally(renamed, {with_new_numbers(question, pattern, new): times for pattern, times in ballots.items()})

    before = tally(question, ballots)
    assert outcome(count) == ({new[one] for one in before.winners}, {new[one] for one in before.tied})
    for option in before.options:
        now = count.options[new[option.number] - 1]
        assert (now.count, now.won, now.enough) == (option.count, option.won, option.enough)


def with_new_numbers(question: Question, pattern: str, new: Mapping[int, int]) -> str:
    if pattern == ABSTAIN:
        return pattern
    if question.kind is SCORE:
        scores = pattern.split(",")
        return ",".join(scores[number - 1] for number in sorted(question.numbers, key=lambda one: new[one]))
    separator = ">" if question.kind is RANK else ","
    return pattern_of(question, [new[int(part)] for part in pattern.split(separator)])


@every_method
@given(data=st.data(), times=st.integers(2, 1000))
def test_every_ballot_many_times_over_changes_no_winner(
    kind: QuestionKind, rule: BudgetRule, data: st.DataObject, times: int
) -> None:
    question, ballots = data.draw(votes(kind, rule))

    more = tally(question, {pattern: count * times for pattern, count in ballots.items()})

    once = tally(question, ballots)
    assert outcome(more) == outcome(once)
    assert [option.count for option in more.options] == [option.count * times for option in once.options]


@every_method
@given(data=st.data())
def test_what_is_counted_adds_up(kind: QuestionKind, rule: BudgetRule, data: st.DataObject) -> None:
    question, ballots = data.draw(votes(kind, rule))

    count = tally(question, ballots)

    given_votes = {pattern: times for pattern, times in ballots.items() if pattern != ABSTAIN}
    worth: dict[QuestionKind, Callable[[str], int]] = {
        SCORE: lambda pattern: sum(int(score) for score in pattern.split(",") if score != "-"),
        RANK: lambda _pattern: 1,
    }
    each = worth.get(kind, lambda pattern: len(pattern.split(",")))
    assert count.valid == sum(ballots.values())
    assert count.valid == count.abstained + sum(given_votes.values())
    assert sum(option.count for option in count.options) == sum(
        each(pattern) * times for pattern, times in given_votes.items()
    )


@every_method
@given(data=st.data())
def test_nobody_wins_without_a_vote_nor_both_wins_and_is_tied(
    kind: QuestionKind, rule: BudgetRule, data: st.DataObject
) -> None:
    question, ballots = data.draw(votes(kind, rule))

    count = tally(question, ballots)

    named = {number for pattern in ballots for number in named_on(question, pattern)}
    assert set(count.winners) | set(count.tied) <= named
    assert not set(count.winners) & set(count.tied)
    assert [option.number for option in count.options if option.won] == sorted(count.winners)
    assert kind is BUDGET or len(count.winners) <= question.seats
    assert len(count.tied) != 1


def named_on(question: Question, pattern: str) -> list[int]:
    if pattern == ABSTAIN:
        return []
    if question.kind is SCORE:
        return [number for number, score in enumerate(pattern.split(","), 1) if score not in ("-", "0")]
    return [int(part) for part in pattern.replace(">", ",").split(",")]


@every_method
@given(data=st.data(), abstaining=st.integers(0, 50))
def test_only_abstentions_choose_nothing(
    kind: QuestionKind, rule: BudgetRule, data: st.DataObject, abstaining: int
) -> None:
    question = data.draw(questions(kind, rule))

    count = tally(question, {ABSTAIN: abstaining})

    assert (count.valid, count.abstained) == (abstaining, abstaining)
    assert (count.winners, count.tied, count.spent) == ((), (), 0)


@every_method
@given(data=st.data(), abstaining=st.integers(1, 50))
def test_abstentions_change_no_winner_where_no_share_of_the_ballots_is_asked_for(
    kind: QuestionKind, rule: BudgetRule, data: st.DataObject, abstaining: int
) -> None:
    question, ballots = data.draw(votes(kind, rule))
    assume(question.threshold is None)

    count = tally(question, added(ballots, {ABSTAIN: abstaining}))

    assert outcome(count) == outcome(tally(question, ballots))


@every_method
@given(data=st.data())
def test_a_tally_written_as_json_reads_back_unchanged(
    kind: QuestionKind, rule: BudgetRule, data: st.DataObject
) -> None:
    question, ballots = data.draw(votes(kind, rule))

    count = tally(question, ballots)

    verdict = judge(PRESETS[Preset.COUNCIL], question, Electorate(12, 0, 12), count, blank=0, spoilt=0)
    stored = result_to_json(verdict)
    assert result_from_json(stored) == verdict
    assert stored["tally"] == tally_to_json(count)


@every_method
@pytest.mark.parametrize("bad", ["", "1,,2", "7", "0", "1;2", "for", " 1", "1\n2", "01,1", "111", "１", "1,2,1,2"])
def test_a_ballot_that_the_question_does_not_allow_is_refused(kind: QuestionKind, rule: BudgetRule, bad: str) -> None:
    options = tuple(Option(number, "", 1) for number in range(1, 4))
    question = Question(kind, options, most=3, budget=1 if kind is BUDGET else 0, budget_rule=rule)

    with pytest.raises(BadPattern):
        tally(question, {bad.replace(",", ">") if kind is RANK else bad: 1})


@pytest.mark.parametrize("count", [-1, 1.0, "1"])
def test_a_count_that_is_no_whole_number_is_refused(count: object) -> None:
    question = Question(CHOOSE, (Option(1, ""), Option(2, "")))

    with pytest.raises(ValueError, match="whole number"):
        tally(question, {"1": count})  # type: ignore[dict-item]


# --- a motion -----------------------------------------------------------------------------------------


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_motion_is_counted_here_and_decided_elsewhere(in_favour: int, against: int, abstain: int) -> None:
    ballots = {"for": in_favour, "against": against, "abstain": abstain}

    count = tally(MOTION, ballots)

    assert motion_counts(ballots) == (in_favour, against, abstain)
    assert (count.valid, count.abstained) == (in_favour + against + abstain, abstain)
    assert (count.options, count.winners, count.tied) == ((), (), ())


def test_a_motion_knows_three_words() -> None:
    with pytest.raises(BadPattern):
        tally(MOTION, {"yes": 1})


# --- choosing and scoring -----------------------------------------------------------------------------

SUMS = [(CHOOSE, BudgetRule.BY_VOTES), (SCORE, BudgetRule.BY_VOTES)]
both_sums = pytest.mark.parametrize(("kind", "rule"), SUMS, ids=["choose", "score"])


@both_sums
@given(data=st.data())
def test_places_go_to_those_with_more_and_a_tie_for_the_last_is_told(
    kind: QuestionKind, rule: BudgetRule, data: st.DataObject
) -> None:
    question, ballots = data.draw(votes(kind, rule))

    count = tally(question, ballots)

    able = {option.number: option.count for option in count.options if option.count and option.enough}
    order = sorted(able.values(), reverse=True)
    for number, own in able.items():
        certainly = sum(other >= own for other in order) <= question.seats
        possibly = sum(other > own for other in order) < question.seats
        assert (number in count.winners) == certainly
        assert (number in count.tied) == (possibly and not certainly)


@both_sums
@given(data=st.data())
def test_a_winner_of_two_halls_wins_in_both_together(kind: QuestionKind, rule: BudgetRule, data: st.DataObject) -> None:
    """Reinforcement."""
    question, here = data.draw(votes(kind, rule))
    there = {pattern: count * data.draw(st.integers(1, 3)) for pattern, count in here.items()}
    there = added(there, Counter(data.draw(st.lists(patterns(question), max_size=2))))
    both = outcome(tally(question, here))
    assume(both[0] and not both[1] and both == outcome(tally(question, there)))

    together = tally(question, added(here, there))

    assert outcome(together) == both


@both_sums
@given(data=st.data())
def test_more_support_never_costs_a_place(kind: QuestionKind, rule: BudgetRule, data: st.DataObject) -> None:
    """Monotonicity: one voter adds a winner to the ballot, or gives it a better score."""
    question, ballots = data.draw(votes(kind, rule))
    winners = tally(question, ballots).winners
    assume(winners)
    lucky = data.draw(st.sampled_from(winners))
    one = data.draw(st.sampled_from(sorted(ballots)))

    better = tally(question, added(without_one(ballots, one), {with_more_for(question, one, lucky): 1}))

    assert lucky in better.winners


def without_one(ballots: Mapping[str, int], one: str) -> Ballots:
    return {pattern: count - (pattern == one) for pattern, count in ballots.items()}


def with_more_for(question: Question, pattern: str, number: int) -> str:
    if question.kind is SCORE:
        scores = ["-"] * len(question.options) if pattern == ABSTAIN else pattern.split(",")
        return ",".join("10" if place == number else score for place, score in enumerate(scores, 1))
    return pattern_of(question, sorted({number, *named_on(question, pattern)}))


@given(data=st.data())
def test_an_option_below_its_share_of_the_valid_ballots_never_wins(data: st.DataObject) -> None:
    question, ballots = data.draw(votes(CHOOSE, BudgetRule.BY_VOTES))
    limit = question.threshold
    assume(limit is not None)

    count = tally(question, ballots)

    assert limit is not None
    for option in count.options:
        assert option.enough == limit.met(option.count, count.valid)
        assert option.enough or not option.won


def test_abstentions_are_in_the_base_of_a_threshold() -> None:
    question = Question(CHOOSE, (Option(1, "路灯"), Option(2, "长椅")), threshold=MORE_THAN_HALF)

    without = tally(question, {"1": 6, "2": 4})
    with_them = tally(question, {"1": 6, "2": 4, "abstain": 2})

    assert without.winners == (1,)
    assert with_them.winners == ()


def test_two_who_share_the_last_place_are_tied_and_the_first_still_wins() -> None:
    question = Question(CHOOSE, tuple(Option(number, "") for number in range(1, 5)), seats=2, most=2)

    count = tally(question, {"1,2": 3, "1,3": 3, "1": 1, "4": 2})

    assert (count.winners, count.tied) == ((1,), (2, 3))
    assert [option.rank for option in count.options] == [1, 2, 2, 4]


@pytest.mark.parametrize(
    ("pattern", "reason"), [("1,1", "twice"), ("1,2,1", "twice"), ("1,2,3", "too_many"), ("4", "unknown")]
)
def test_a_choice_says_why_it_is_refused(pattern: str, reason: str) -> None:
    question = Question(CHOOSE, tuple(Option(number, "") for number in range(1, 4)), most=2)

    with pytest.raises(BadPattern) as refused:
        tally(question, {pattern: 1})

    assert refused.value.reason == reason


def test_points_of_very_many_ballots_are_exact() -> None:
    question = Question(SCORE, (Option(1, ""), Option(2, "")))
    many = 2**30

    count = tally(question, {"10,9": many, "9,10": many - 1})

    assert [option.count for option in count.options] == [19 * many - 9, 19 * many - 10]
    assert count.winners == (1,)

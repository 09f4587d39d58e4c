"""A proposal fills as many places as can be filled, evenly, breaks no limit, and says why it is as it is."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.rules.rota.greedy import breaks, candidates_of, evened, greedy
from db.rules.rota.proposal import propose
from db.rules.rota.proposal_input import (
    Asked,
    Helper,
    Limits,
    Need,
    NotHere,
    Pair,
    Score,
    WhyHere,
    halves_of,
    loads_of,
    score,
)
from db.rules.rota.proposal_reasons import shares, why_here, why_open
from db.rules.zone import CHINA

MONDAY = datetime(2027, 3, 1, tzinfo=CHINA)
SKILLS = ("英语", "急救")


def need(number: int, day: int = 0, hour: int = 8, *, hours: int = 3, places: int = 1, skill: str = "") -> Need:
    starts = MONDAY + timedelta(days=day, hours=hour)
    return Need(number, 1, starts, starts + timedelta(hours=hours), places, skill)


def asked(*helpers: Helper, needs: tuple[Need, ...], together: tuple[Pair, ...] = (), **limits: int | bool) -> Asked:
    return Asked(helpers, needs, Limits(**limits), together)  # type: ignore[arg-type]


@st.composite
def small(draw: st.DrawFn) -> Asked:
    halves = st.frozensets(st.sampled_from(("mon-am", "mon-pm", "mon-eve", "tue-am", "tue-pm")), max_size=5)
    skills = st.lists(st.sampled_from(SKILLS), unique=True).map(tuple)
    busy = st.lists(st.sampled_from([need(0, d, h).span for d in (0, 1) for h in (8, 14)]), max_size=1).map(tuple)
    likes = st.frozensets(st.integers(1, 2))
    people = draw(st.lists(st.tuples(halves, skills, busy, busy, likes), min_size=1, max_size=3))
    helpers = tuple(
        Helper(number, free, able, held, other, (), liked)
        for number, (free, able, held, other, liked) in enumerate(people, 1)
    )
    times = st.tuples(st.integers(0, 1), st.sampled_from((8, 10, 14, 20)), st.sampled_from((2, 4, 11)))
    slots = draw(st.lists(st.tuples(times, st.integers(1, 2), st.sampled_from(("", *SKILLS)), st.integers(1, 2)),
                          min_size=1, max_size=4))  # fmt: skip
    needs = tuple(
        Need(number, post, one.starts_at, one.ends_at, places, skill)
        for number, ((day, hour, hours), places, skill, post) in enumerate(slots, 1)
        for one in [need(number, day, hour, hours=hours)]
    )
    limits = Limits(draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.sampled_from((0, 2, 12))),
                    draw(st.booleans()))  # fmt: skip
    together = ((1, 2),) if len(helpers) > 1 and draw(st.booleans()) else ()
    return Asked(helpers, needs, limits, together)


def every_filling(question: Asked) -> Iterator[frozenset[Pair]]:
    """All valid fillings: the oracle, which knows nothing of models."""
    pairs = [(person, slot) for slot, able in candidates_of(question).items() for person in able]
    for size in range(len(pairs) + 1):
        for chosen in combinations(pairs, size):
            if not breaks(question, chosen):
                yield frozenset(chosen)


@settings(max_examples=60, deadline=None)
@given(small())
def test_nothing_better_exists_on_small_questions(question: Asked) -> None:
    found = propose(question)

    best = min(score(question, filling) for filling in every_filling(question))
    assert found.proven
    assert found.full
    assert found.score == best
    assert not breaks(question, found.filling)


@settings(max_examples=100, deadline=None)
@given(small())
def test_the_greedy_filling_is_valid_and_leaves_nothing_that_could_simply_be_filled(question: Asked) -> None:
    filling = greedy(question, candidates_of(question))

    assert not breaks(question, filling)
    assert all(NotHere.COULD not in slot.against for slot in why_open(question, filling))


@settings(max_examples=40, deadline=None)
@given(small())
def test_every_reason_adds_up(question: Asked) -> None:
    found = propose(question)

    assert sum(slot.open for slot in why_open(question, found.filling)) == found.score.open
    assert all(sum(slot.against.values()) == slot.people for slot in why_open(question, found.filling))
    for share in shares(question, found.filling):
        assert share.proposed + sum(share.against.values()) == len(question.needs)
    assert set(why_here(question, found.filling)) == found.filling
    assert all(why_here(question, found.filling).values())


def test_the_same_question_has_the_same_answer_in_any_order() -> None:
    helpers = tuple(Helper(number, likes=frozenset({1})) for number in range(1, 8))
    needs = tuple(need(number, number % 5, places=2) for number in range(1, 9))
    question = Asked(helpers, needs)
    turned = Asked(helpers[::-1], needs[::-1])

    assert propose(question).filling == propose(question).filling == propose(turned).filling


def test_nobody_and_nothing_are_answered_without_a_solver() -> None:
    nobody, nothing = propose(asked(needs=(need(1, places=3),))), propose(asked(Helper(1), needs=()))

    assert (nobody.score.open, nobody.without_anybody, nobody.proven) == (3, (1,), True)
    assert (nothing.score, nothing.filling, nothing.proven) == (Score(0, 0), frozenset(), True)


def test_the_last_who_can_is_kept_for_the_slot_that_nobody_else_can_fill() -> None:
    """By hand's rule the first slot takes the interpreter; the solver sees both."""
    interpreter, other = Helper(1, skills=("英语",)), Helper(2, free=frozenset({"mon-am"}))
    question = asked(interpreter, other, needs=(need(1), need(2, skill="英语")))

    assert propose(question).filling == {(1, 2), (2, 1)}


def test_a_roster_that_cannot_be_filled_says_which_slot_and_why() -> None:
    able = Helper(1, skills=("英语",), held=(need(0, 2).span,))
    away = Helper(2, skills=("英语",), pauses=((date(2027, 3, 1), date(2027, 3, 2)),))
    busy = Helper(3, skills=("英语",), busy=(need(0, 0, 9).span,))
    evening = Helper(4, skills=("英语",), free=frozenset({"mon-eve"}))
    question = asked(able, away, busy, evening, Helper(5), needs=(need(1, skill="英语", places=2),), per_week=1)

    found = propose(question)
    (slot,) = why_open(question, found.filling)
    assert found.full
    assert (slot.open, slot.nobody_able) == (2, False)
    each = (NotHere.WEEK, NotHere.PAUSE, NotHere.BUSY, NotHere.NOT_FREE, NotHere.SKILL)
    assert slot.against == dict.fromkeys(each, 1)


def test_a_skill_that_nobody_has_is_said_as_such() -> None:
    question = asked(Helper(1), Helper(2, skills=("急救",)), needs=(need(1, skill="手语"),))

    (slot,) = why_open(question, propose(question).filling)
    assert slot.nobody_able


def test_turns_that_stand_count_for_an_even_load() -> None:
    question = asked(Helper(1, held=(need(0, 3).span,)), Helper(2), needs=(need(1),))

    assert propose(question).filling == {(2, 1)}


def test_friends_come_into_one_slot_and_it_says_so() -> None:
    people = [Helper(number) for number in range(1, 5)]
    question = asked(*people, needs=(need(1, places=2), need(2, places=2)), together=((1, 4), (2, 3)))

    filling = propose(question).filling
    assert {frozenset(person for person, slot in filling if slot == one) for one in (1, 2)} == {
        frozenset({1, 4}), frozenset({2, 3})}  # fmt: skip
    assert all(WhyHere.TOGETHER in why for why in why_here(question, filling).values())


def test_hours_between_hold_over_midnight() -> None:
    night, morning = need(1, 0, 20, hours=11), need(2, 1, 8)
    free = asked(Helper(1), needs=(night, morning), hours_between=1)
    rested = asked(Helper(1), needs=(night, morning), hours_between=2)

    assert propose(free).score.open == 0
    assert propose(rested).score.open == 1
    assert why_open(rested, propose(rested).filling)[0].against == {NotHere.GAP: 1}


@pytest.mark.parametrize(
    ("hour", "hours", "halves"),
    [
        (8, 4, {"mon-am"}),
        (11, 2, {"mon-am", "mon-pm"}),
        (20, 11, {"mon-eve", "tue-am"}),
        (22, 8, {"mon-eve"}),
        (0, 3, {"sun-eve"}),
    ],
)
def test_a_time_touches_half_days(hour: int, hours: int, halves: set[str]) -> None:
    assert halves_of(need(1, 0, hour, hours=hours).span) == halves


def test_the_29_february_belongs_to_its_week() -> None:
    leap = datetime(2028, 2, 28, 8, tzinfo=CHINA)
    needs = tuple(Need(n, 1, leap + timedelta(days=n), leap + timedelta(days=n, hours=2), 1) for n in range(3))
    question = Asked((Helper(1),), needs, Limits(per_week=2))

    assert propose(question).score.open == 1


def test_whose_half_days_nobody_wrote_down_is_asked_only_when_that_is_wanted() -> None:
    assert propose(asked(Helper(1), needs=(need(1),))).score.open == 0
    assert propose(asked(Helper(1), needs=(need(1),), unknown_free=False)).score.open == 1


@settings(max_examples=60, deadline=None)
@given(small())
def test_evening_out_keeps_every_place_and_is_never_less_fair(question: Asked) -> None:
    candidates = candidates_of(question)
    filling = greedy(question, candidates)
    even = evened(question, candidates, filling)

    def squares(one: frozenset[Pair]) -> int:
        return sum(load * load for load in loads_of(question, one).values())

    assert not breaks(question, even)
    assert len(even) == len(filling)
    assert squares(even) <= squares(filling)

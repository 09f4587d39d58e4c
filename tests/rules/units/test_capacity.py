"""How much is left: never more promised than there is, at any half day, whatever is asked in whatever order."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.units.capacity import Hold, NotGiven, Offer, capacity, first_open, fits, room, taken_by, why_not
from db.terms import DayPart, ResourceKind

DAY = date(2026, 3, 5)
"""A Thursday."""
PARTS = st.sampled_from([None, *DayPart])
HOLDS = st.builds(
    lambda start, days, part, amount: Hold(DAY + timedelta(start), DAY + timedelta(start + days), part, amount),
    st.integers(0, 10), st.integers(0, 3), PARTS, st.integers(1, 5),
)  # fmt: skip
OFFERS = st.builds(lambda kind, amount: Offer(kind, amount), st.sampled_from(ResourceKind), st.integers(1, 5))


@given(OFFERS, st.lists(HOLDS, max_size=20))
def test_what_is_promised_one_by_one_never_exceeds_what_there_is(offer: Offer, asked: list[Hold]) -> None:
    held: list[Hold] = []
    for one in asked:
        if fits(offer, held, one):
            held.append(one)

    if offer.kind is ResourceKind.GOODS:
        assert sum(one.amount for one in held) <= offer.amount
    taken: Counter[object] = Counter()
    for one in held:
        taken.update(dict.fromkeys(one.cells(), taken_by(offer.kind, one.amount)))
    if offer.kind is not ResourceKind.GOODS:
        assert max(taken.values(), default=0) <= capacity(offer)


@given(OFFERS, st.lists(HOLDS, max_size=6), HOLDS)
def test_giving_one_up_never_leaves_less(offer: Offer, held: list[Hold], wanted: Hold) -> None:
    for left_out in range(len(held)):
        assert room(offer, held[:left_out] + held[left_out + 1 :], wanted) >= room(offer, held, wanted)


def hold(part: DayPart | None = None, *, first: int = 0, last: int = 0, amount: int = 1) -> Hold:
    return Hold(DAY + timedelta(days=first), DAY + timedelta(days=last), part, amount)


def test_a_venue_is_given_to_one_at_a_time_however_many_seats_it_has() -> None:
    hall = Offer(ResourceKind.VENUE, 80)

    assert not fits(hall, [hold(DayPart.MORNING, amount=20)], hold(DayPart.MORNING, amount=10))
    assert fits(hall, [hold(DayPart.MORNING, amount=20)], hold(DayPart.AFTERNOON, amount=80))
    assert not fits(hall, [hold(DayPart.MORNING)], hold(None, amount=10))


def test_people_and_sets_are_counted_at_the_fullest_half_day_and_goods_once_and_for_all() -> None:
    people, boxes = Offer(ResourceKind.SKILL, 3), Offer(ResourceKind.GOODS, 100)
    held = [hold(first=0, last=2, amount=1), hold(DayPart.EVENING, first=1, last=1, amount=1)]

    assert room(people, held, hold(first=0, last=4)) == 1
    assert room(people, held, hold(first=4, last=4)) == 3
    assert room(boxes, [hold(first=300, last=300, amount=60)], hold(amount=50)) == 40


@pytest.mark.parametrize(
    ("offer", "wanted", "why"),
    [
        (Offer(ResourceKind.VENUE, 1, closed_on=DAY), hold(), NotGiven.CLOSED),
        (Offer(ResourceKind.VENUE, 1, unit_ended_on=DAY - timedelta(days=1)), hold(), NotGiven.UNIT_ENDED),
        (Offer(ResourceKind.VENUE, 1, unit_ended_on=DAY), hold(), None),
        (Offer(ResourceKind.VENUE, 1, from_on=DAY + timedelta(days=1)), hold(last=3), NotGiven.TOO_EARLY),
        (Offer(ResourceKind.VENUE, 1, until_on=DAY + timedelta(days=1)), hold(last=3), NotGiven.TOO_LATE),
        (Offer(ResourceKind.VENUE, 1, weekdays=["thu"]), hold(), None),
        (Offer(ResourceKind.VENUE, 1, weekdays=["thu"]), hold(last=1), NotGiven.WEEKDAY),
        (Offer(ResourceKind.VENUE, 1, parts=["am"]), hold(DayPart.EVENING), NotGiven.PART),
        (Offer(ResourceKind.VENUE, 1, parts=["am"]), hold(), None),
        (Offer(ResourceKind.VENUE, 40), hold(amount=41), NotGiven.TOO_MUCH),
    ],
)
def test_a_time_at_which_it_is_not_given_says_why(offer: Offer, wanted: Hold, why: NotGiven | None) -> None:
    assert why_not(offer, wanted) is why


@pytest.mark.parametrize(
    ("offer", "first"),
    [
        (Offer(ResourceKind.VENUE, 1), DAY),
        (Offer(ResourceKind.VENUE, 1, weekdays=["tue"]), DAY + timedelta(days=5)),
        (Offer(ResourceKind.VENUE, 1, weekdays=["thu"], from_on=DAY + timedelta(days=1)), DAY + timedelta(days=7)),
        (Offer(ResourceKind.VENUE, 1, closed_on=DAY), DAY),
    ],
)
def test_a_form_begins_with_the_first_day_that_is_open(offer: Offer, first: date) -> None:
    assert first_open(offer, DAY) == first

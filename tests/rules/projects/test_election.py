"""The days of an owners' committee election and the four shares of the owners' decision."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.projects.election import (
    BY_KIND,
    COMES_AFTER,
    ORDER,
    RULES,
    OwnersCount,
    Share,
    StepFacts,
    last_day,
    owners_decide,
    plan,
)
from db.terms import ElectionStepKind as Kind

START = date(2026, 3, 5)


def untouched() -> dict[Kind, StepFacts]:
    return {rule.kind: StepFacts(rule.kind, rule.days) for rule in RULES}


def test_the_legal_periods_are_those_of_the_trade() -> None:
    found = {kind: BY_KIND[kind].days for kind in ORDER}

    assert found[Kind.GROUP_NOTICE] == 7
    assert found[Kind.CANDIDATE_NOTICE] == 10
    assert found[Kind.MEETING_NOTICE] == 15
    assert found[Kind.FILING] == 30


def test_the_day_of_posting_is_not_counted_and_a_holiday_moves_the_last_day() -> None:
    assert last_day(date(2026, 3, 5), 7, {}) == date(2026, 3, 12)
    # Ten days after Thursday 5 March is Sunday 15 March: it ends on Monday.
    assert last_day(date(2026, 3, 5), 10, {}) == date(2026, 3, 16)
    assert last_day(date(2026, 3, 5), 7, {date(2026, 3, 12): False}) == date(2026, 3, 13)
    # The National Day holidays of 2026.
    assert last_day(date(2026, 9, 20), 15, {}) > date(2026, 10, 5)


def test_each_step_waits_for_the_notice_before_it() -> None:
    days = {one.kind: one for one in plan(START, untouched(), {})}

    assert days[Kind.GROUP].earliest == START
    assert days[Kind.GROUP_NOTICE].earliest == date(2026, 3, 13)
    # Begun on 13 March, ten days end on Monday 23 March.
    assert days[Kind.CANDIDATE_NOTICE].earliest == date(2026, 3, 24)
    # The meeting is announced on the same 13 March: its fifteen days are the longer ones.
    assert days[Kind.VOTE].earliest == days[Kind.MEETING_NOTICE].earliest == date(2026, 3, 31)
    assert days[Kind.FILING].latest == last_day(date(2026, 3, 31), 30, {})


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.lists(st.integers(0, 40), min_size=9, max_size=9))
def test_days_never_run_backwards_whatever_was_entered_later(start: date, late: list[int]) -> None:
    steps = untouched()
    for kind, days in zip(ORDER[:4], late, strict=False):
        ended = start + timedelta(days=days)
        steps[kind] = StepFacts(kind, BY_KIND[kind].days, ended, ended)

    found = plan(start, steps, {})

    over = {one.kind: steps[one.kind].ended_on or one.earliest for one in found}
    assert all(
        one.earliest >= over[before] for one in found for before in COMES_AFTER[one.kind] if one.kind not in ORDER[:4]
    )


def count(took: int, agreed: int, *, owners: int = 600, per_head: str = "90") -> OwnersCount:
    each = Decimal(per_head)
    return OwnersCount(owners, owners * each, took, took * each, agreed, agreed * each)


@pytest.mark.parametrize(
    ("took", "agreed", "missing"),
    [
        (400, 201, ()),
        (399, 399, (Share.TOOK_PART_HEADS, Share.TOOK_PART_AREA)),
        (400, 200, (Share.AGREED_HEADS, Share.AGREED_AREA)),
        (0, 0, tuple(Share)),
    ],
)
def test_two_thirds_take_part_and_more_than_half_of_them_agree(
    took: int, agreed: int, missing: tuple[Share, ...]
) -> None:
    decision = owners_decide(count(took, agreed))

    assert decision.missing == missing
    assert decision.passed == (not missing)


def test_heads_and_floor_space_are_both_needed() -> None:
    # The large flats agree, most heads do not.
    split = OwnersCount(600, Decimal(54000), 450, Decimal(40000), 200, Decimal(30000))

    assert owners_decide(split).missing == (Share.AGREED_HEADS,)
    assert owners_decide(split).valid

"""Hours of a market day: gaps, items that are the same, what a press changes."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.activities.market import (
    DAY,
    Gap,
    Spell,
    clock_of,
    gaps,
    item_key,
    minute_of,
    served_in,
    spoken,
    taken,
    tally_code,
    usual_hours,
)
from db.rules.screen.display_code import understood_display

OPENING = Spell(540, 690)
SPELLS = st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).map(sorted).filter(lambda s: s[0] < s[1])


def test_nobody_there_is_one_gap_over_the_whole_opening() -> None:
    assert gaps(OPENING, 2, []) == [Gap(540, 690, 2)]


def test_a_helper_who_comes_late_and_goes_early_leaves_a_gap_on_both_sides() -> None:
    assert gaps(OPENING, 1, [Spell(600, 660)]) == [Gap(540, 600, 1), Gap(660, 690, 1)]


def test_a_handover_without_a_pause_leaves_no_gap() -> None:
    assert gaps(OPENING, 1, [Spell(540, 600), Spell(600, 690)]) == []


@given(st.integers(1, 4), st.lists(SPELLS, max_size=6))
def test_gaps_tell_for_every_minute_how_many_are_missing(needed: int, drawn: list[list[int]]) -> None:
    there = [Spell(*one) for one in drawn]

    found = gaps(OPENING, needed, there)

    for minute in range(OPENING.starts, OPENING.ends):
        missing = max(0, needed - sum(one.starts <= minute < one.ends for one in there))
        told = [gap.missing for gap in found if gap.starts <= minute < gap.ends]
        assert told == ([missing] if missing else [])
    assert all(before.ends <= after.starts for before, after in pairwise(found))


def test_spells_that_touch_do_not_overlap() -> None:
    assert not Spell(540, 600).overlaps(Spell(600, 660))
    assert Spell(540, 601).overlaps(Spell(600, 660))


@pytest.mark.parametrize(
    "typed", ["义诊", "健康义诊", " 义 诊 ", "义诊（免费）", "义诊服务", "义诊摊位", "免费健康义诊服务点"]
)
def test_an_item_typed_several_ways_is_one_item(typed: str) -> None:
    assert item_key(typed) == "义诊"


@pytest.mark.parametrize("typed", ["服务", "摊", "免费", "！！", "台"])
def test_an_item_of_nothing_but_common_words_keeps_something(typed: str) -> None:
    assert item_key(typed)


def test_different_items_stay_different() -> None:
    assert len({item_key(one) for one in ("义诊", "理发", "磨刀", "修伞", "法律咨询", "政策咨询")}) == 6


@given(st.integers(0, DAY - 1))
def test_a_minute_and_its_clock_are_the_same(minute: int) -> None:
    assert minute_of(clock_of(minute)) == minute


def test_the_end_of_the_day_can_be_drawn_and_said() -> None:
    assert (clock_of(DAY), spoken(DAY), spoken(545)) == (time(23, 59), "24:00", "09:05")


@given(st.lists(st.sampled_from([1, 5, -1]), max_size=40))
def test_presses_never_bring_a_total_below_nothing(amounts: list[int]) -> None:
    total = 0
    for amount in amounts:
        total += taken(total, amount)
        assert total >= 0


def test_what_a_helper_served_is_what_was_counted_while_they_were_there() -> None:
    entries = [(540, 5), (599, 1), (600, 1), (689, 5)]

    assert (served_in(entries, Spell(540, 600)), served_in(entries, Spell(600, 690))) == (6, 6)


@given(st.integers(0, 2**128 - 1))
def test_an_address_made_of_any_hash_can_be_typed(number: int) -> None:
    code = tally_code(f"{number:032x}")

    assert understood_display(code.upper()) == code


def test_a_day_whose_hours_nobody_set_is_open_as_long_as_its_sessions() -> None:
    begins = datetime(2026, 3, 5, 1, tzinfo=UTC)

    assert usual_hours(begins, begins + timedelta(hours=2)) == Spell(540, 660)
    assert usual_hours(None, None) == Spell(540, 690)
    assert usual_hours(begins, begins + timedelta(hours=16)) == Spell(540, DAY)

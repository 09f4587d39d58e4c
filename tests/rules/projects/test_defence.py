"""Four criteria of 100, three judges or more, from five on without the highest and the lowest."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.projects.defence import EVEN, DefenceMisuse, Four, Sheet, combine, sound, waited_for

POINT = st.integers(0, 25)
SHEET = st.builds(Sheet, st.builds(Four, POINT, POINT, POINT, POINT), st.just(EVEN))


def sheet(total: int) -> Sheet:
    quarter, rest = divmod(total, 4)
    return Sheet(Four(quarter, quarter, quarter, quarter) if not rest else Four(quarter + rest, *[quarter] * 3), EVEN)


@given(st.lists(SHEET, max_size=9), st.randoms())
def test_the_order_of_the_sheets_changes_nothing(sheets: list[Sheet], random: object) -> None:
    shuffled = list(sheets)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert combine(shuffled) == combine(sheets)


@given(st.lists(SHEET, min_size=3, max_size=9))
def test_the_total_lies_between_what_counted_sheets_gave(sheets: list[Sheet]) -> None:
    found = combine(sheets)
    totals = sorted(one.points.total for one in sheets)
    kept = totals[1:-1] if len(totals) >= 5 else totals

    assert found.total is not None
    assert kept[0] <= found.total <= kept[-1]
    assert found.counted == len(kept)
    assert (found.dropped_high is None) == (len(sheets) < 5)


@given(st.lists(SHEET, max_size=2))
def test_fewer_than_three_judges_give_no_total(sheets: list[Sheet]) -> None:
    assert combine(sheets).total is None


def test_five_judges_lose_one_highest_and_one_lowest() -> None:
    found = combine([sheet(total) for total in (60, 80, 84, 88, 100)])

    assert (found.total, found.dropped_low, found.dropped_high) == (Fraction(84), 60, 100)


def test_a_late_change_of_the_criteria_leaves_sheets_alone_and_is_said() -> None:
    later = Sheet(Four(40, 20, 20, 10), Four(40, 20, 30, 10))
    found = combine([sheet(80), sheet(80), later])

    assert found.mixed
    assert found.total == Fraction(80 + 80 + 90, 3)


@pytest.mark.parametrize("points", [Four(26, 0, 0, 0), Four(-1, 5, 5, 5)])
def test_points_beyond_the_criteria_are_refused(points: Four) -> None:
    with pytest.raises(DefenceMisuse):
        Sheet(points, EVEN)


@pytest.mark.parametrize(
    ("criteria", "holds"), [(EVEN, True), (Four(40, 20, 30, 10), True), (Four(40, 20, 30, 11), False),
                            (Four(100, 0, 0, 0), False)],
)  # fmt: skip
def test_criteria_make_a_hundred(criteria: Four, holds: bool) -> None:
    assert sound(criteria) is holds


def test_who_left_is_not_waited_for() -> None:
    assert waited_for(present=[1, 2, 3], given=[1, 9]) == 2

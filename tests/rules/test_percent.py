"""One rule for every percentage."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.percent import percent

SHARES = st.fractions(min_value=-3, max_value=3, max_denominator=10**6)


@pytest.mark.parametrize(
    ("share", "whole", "tenths"),
    [
        (Fraction(5, 8), 63, 625),
        (Fraction(996, 1000), 99, 996),
        (Fraction(9999, 10000), 99, 999),
        (Fraction(4, 1000), 1, 4),
        (Fraction(1, 100000), 1, 1),
        (Fraction(0), 0, 0),
        (Fraction(1), 100, 1000),
        (Fraction(210, 214), 98, 981),
        (Fraction(2, 3), 67, 667),
        (Fraction(-1, 8), -13, -125),
        (Fraction(-1, 1000), -1, -1),
        (Fraction(1004, 1000), 100, 1004),
    ],
)
def test_a_half_goes_up_and_the_ends_are_only_reached(share: Fraction, whole: int, tenths: int) -> None:
    assert (percent(share), percent(share, parts=10)) == (whole, tenths)


@given(SHARES, st.sampled_from((1, 10)))
def test_nothing_and_the_whole_are_never_said_of_something_else(share: Fraction, parts: int) -> None:
    shown = percent(share, parts=parts)

    assert (shown == 0) == (share == 0)
    assert abs(shown) < 100 * parts or abs(share) >= 1
    assert abs(shown - share * 100 * parts) <= Fraction(1, 2) or shown in {1, -1} or abs(shown) == 100 * parts - 1


@given(SHARES, SHARES)
def test_more_never_reads_less(one: Fraction, other: Fraction) -> None:
    assert percent(min(one, other)) <= percent(max(one, other))

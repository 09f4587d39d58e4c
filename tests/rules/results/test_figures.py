"""Published figures as fixed values, and what has no base (docs/domain.md 3)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.percent import percent
from db.rules.results.figures import Base, Growth, Share, interval


def test_210_of_214_is_98_1_percent_and_lies_between_95_3_and_99_3() -> None:
    share = Share(210, 214)
    assert share.value is not None
    assert percent(share.value, parts=10) == 981
    assert interval(share) == pytest.approx((0.9529, 0.9927), abs=0.00005)


def test_74_of_185_is_40_and_111_of_185_is_60_percent() -> None:
    assert Share(74, 185).value == Fraction(2, 5)
    assert Share(111, 185).value == Fraction(3, 5)


def test_hours_against_last_year_are_65_percent_more() -> None:
    assert Growth(620, 1023).change == Fraction(13, 20)


def test_a_month_without_a_month_of_last_year_has_no_growth() -> None:
    assert Growth(0, 1023).change is None
    assert Growth(620, 0).change == -1


def test_nothing_asked_is_no_share_and_has_no_interval() -> None:
    assert (Share(0, 0).value, interval(Share(0, 0)), Share(0, 0).base) == (None, None, Base.NONE)


@pytest.mark.parametrize(("whole", "base"), [(29, Base.FEW), (30, Base.FULL)])
def test_under_thirty_answers_are_few(whole: int, base: Base) -> None:
    assert Share(whole, whole).base is base


@pytest.mark.parametrize(("part", "whole"), [(3, 2), (-1, 2)])
def test_a_part_greater_than_the_whole_is_a_mistake(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match=f"{part} of {whole}"):
        Share(part, whole)


@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_an_interval_holds_the_share_within_its_bounds(pair: tuple[int, int]) -> None:
    found = interval(Share(*pair))

    assert found is not None
    low, high = found
    assert 0 <= low <= pair[0] / pair[1] + 1e-12
    assert pair[0] / pair[1] - 1e-12 <= high <= 1
    assert high - low > 0

"""Names of places as people type them, and what a coordinate may be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.results.venues import LATITUDE, LONGITUDE, degrees, millionths, overlap, venue_key

DAYS = st.none() | st.dates()


@pytest.mark.parametrize(
    "typed",
    [
        "柳林党群服务站(东区)",
        "柳林党群服务站（东区）",
        "柳林 党群服务站　（东区）",
        "柳林党群服务站·东区",
        "柳林党群服务站-东区",
    ],
)
def test_one_place_under_five_spellings(typed: str) -> None:
    assert venue_key(typed) == "柳林党群服务站东区"


@given(st.integers(3_000_000, 54_000_000))
def test_a_coordinate_is_read_as_it_is_shown(value: int) -> None:
    assert millionths(degrees(value), LATITUDE) == value


@pytest.mark.parametrize("typed", ["", "北纬30", "124.5", "30,5", "3e1", "-30", "nan", "30.5.1"])
def test_what_is_no_latitude(typed: str) -> None:
    assert millionths(typed, LATITUDE) is None


def test_full_width_digits_are_digits() -> None:
    assert millionths(" １２４．５° ", LONGITUDE) == 124_500_000


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_stretches_overlap_both_ways(a: date | None, b: date | None, c: date | None, d: date | None) -> None:
    assert overlap((a, b), (c, d)) == overlap((c, d), (a, b))

"""The steps of a paper about service, and its stars."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.volunteers.certificate import CertificateStep, ServedLine, after, minutes_of, stars
from db.terms import CertificateState


@given(st.lists(st.sampled_from(CertificateStep), max_size=12))
def test_a_paper_goes_forward_and_void_is_the_end(steps: list[CertificateStep]) -> None:
    state, order = CertificateState.ASKED, list(CertificateState)
    for step in steps:
        following = after(state, step)
        if following is None:
            continue
        assert order.index(following) > order.index(state)
        assert state is not CertificateState.VOID
        state = following


def test_every_state_but_void_can_become_void() -> None:
    for state in CertificateState:
        possible = after(state, CertificateStep.VOID)
        assert possible is (None if state is CertificateState.VOID else CertificateState.VOID)


def test_nothing_is_handed_out_that_was_not_posted() -> None:
    ways = [state for state in CertificateState if after(state, CertificateStep.HAND_OUT) is not None]

    assert ways == [CertificateState.POSTED]


@pytest.mark.parametrize(("hours", "expected"), [(0, 0), (99, 0), (100, 1), (599, 2), (1500, 5), (9000, 5)])
def test_stars_are_by_hours(hours: int, expected: int) -> None:
    assert stars(hours * 60) == expected


def test_the_sum_is_the_sum_of_the_lines() -> None:
    assert minutes_of([ServedLine(date(2026, 1, 1), "巡河", 60), ServedLine(date(2026, 1, 2), "助餐", 90)]) == 150

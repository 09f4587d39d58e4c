"""评诺码: takes one word within thirty days, while the promise is not judged and the visit counts."""

from datetime import date, timedelta

import pytest

from db.rules.commitments.verdict_code import DAYS, LENGTH, CodeStand, last_day, stand
from db.rules.printed_code import new_code, printed, understood
from db.terms import CommitmentState

TODAY = date(2026, 3, 5)
S = CommitmentState


def at(state: CommitmentState = S.KEEPING, **more: object) -> CodeStand:
    values: dict[str, object] = {"today": TODAY, "until": TODAY, "used": False, "revoked": False}
    return stand(state, **values | more)  # type: ignore[arg-type]


def test_a_code_takes_a_word_on_its_last_day_and_not_after() -> None:
    assert last_day(TODAY) == TODAY + timedelta(days=DAYS)
    assert at() is CodeStand.OPEN
    assert at(today=TODAY + timedelta(days=1)) is CodeStand.OVER


@pytest.mark.parametrize("state", [S.PUBLISHED, S.KEEPING, S.PAUSED, S.TO_JUDGE])
def test_a_word_counts_until_the_organisation_has_chosen(state: CommitmentState) -> None:
    assert at(state) is CodeStand.OPEN


@pytest.mark.parametrize("state", [S.DRAFT, S.SUBMITTED, S.APPROVED, S.JUDGED, S.ENDED])
def test_a_promise_that_is_judged_ended_or_under_review_takes_none(state: CommitmentState) -> None:
    assert at(state) is CodeStand.OVER


def test_a_revoked_code_and_a_struck_visit_take_none_and_a_used_one_says_that_it_was_used() -> None:
    assert at(revoked=True) is CodeStand.OVER
    assert at(counts=False) is CodeStand.OVER
    assert at(S.JUDGED, used=True, counts=False) is CodeStand.GIVEN


def test_a_code_is_read_as_it_is_said_on_the_telephone() -> None:
    code = new_code(LENGTH)

    assert understood(printed(code).lower(), LENGTH) == code
    assert understood("7k3m 9qxa 2t", LENGTH) == "7K3M9QXA2T"

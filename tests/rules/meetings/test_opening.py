"""When the chair is asked before a meeting opens."""

from datetime import UTC, date, datetime

import pytest

from db.rules.meetings.opening import OpeningDoubt, days_until, opening_doubts
from db.rules.voting.decision import QuorumCheck

EVENING = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)
"""One o'clock at night of the sixth in China."""
ENOUGH, TOO_FEW = QuorumCheck(16, 11, 11, True), QuorumCheck(16, 10, 11, False)
OTHER_DAY, NO_QUORUM = OpeningDoubt.OTHER_DAY, OpeningDoubt.NO_QUORUM


@pytest.mark.parametrize(
    ("today", "check", "asked"),
    [
        (date(2026, 3, 6), ENOUGH, ()),
        (date(2026, 3, 6), None, ()),
        (date(2026, 3, 6), TOO_FEW, (NO_QUORUM,)),
        (date(2026, 3, 5), ENOUGH, (OTHER_DAY,)),
        (date(2026, 3, 7), TOO_FEW, (OTHER_DAY, NO_QUORUM)),
    ],
)
def test_another_day_and_too_few_members_are_asked_about(
    today: date, check: QuorumCheck | None, asked: tuple[OpeningDoubt, ...]
) -> None:
    assert opening_doubts(EVENING, check, today) == asked


def test_days_are_those_of_china() -> None:
    assert [days_until(EVENING, date(2026, 3, day)) for day in (1, 6, 8)] == [5, 0, -2]

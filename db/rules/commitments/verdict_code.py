"""评诺码: what a code of one visit still takes. Ten characters are 50 bits, as on a voting slip; used once."""

from datetime import date, timedelta
from enum import StrEnum

from db.rules.commitments.life import BEING_KEPT
from db.terms import CommitmentState

LENGTH, DAYS = 10, 30
"""Characters of a code, and for how many days it takes a word."""
TAKES_WORDS = BEING_KEPT | {CommitmentState.PAUSED, CommitmentState.TO_JUDGE}
"""A word counts until the organisation has chosen."""


class CodeStand(StrEnum):
    """What the holder of a code can do with it."""

    OPEN = "open"  # 可以评
    GIVEN = "given"  # 已经评过
    OVER = "over"  # 不能再评


def last_day(today: date) -> date:
    """Until when a code that is handed out today takes a word."""
    return today + timedelta(days=DAYS)


def stand(
    state: CommitmentState, *, today: date, until: date, used: bool, revoked: bool, counts: bool = True
) -> CodeStand:
    """Where a code stands; `counts` is False when the visit that it was handed out for was struck out."""
    if used:
        return CodeStand.GIVEN
    open_still = not revoked and counts and today <= until and state in TAKES_WORDS
    return CodeStand.OPEN if open_still else CodeStand.OVER

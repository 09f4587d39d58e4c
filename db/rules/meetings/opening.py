"""开会: what speaks against declaring a meeting open now, and whether the chair was told of it."""

from datetime import date, datetime
from enum import StrEnum

from db.rules.voting.decision import QuorumCheck
from db.rules.zone import CHINA


class OpeningDoubt(StrEnum):
    """Why the chair is asked before a meeting opens."""

    OTHER_DAY = "other_day"  # 不是会议通知的日子
    NO_QUORUM = "no_quorum"  # 到会不足


def days_until(at: datetime, today: date) -> int:
    """Whole Chinese days from today to the day of a meeting; negative once it is over."""
    return (at.astimezone(CHINA).date() - today).days


def opening_doubts(at: datetime, check: QuorumCheck | None, today: date) -> tuple[OpeningDoubt, ...]:
    """What speaks against opening on `today` a meeting called for `at`, with so many signed in; none when all is well.

    `check` is the quorum of the sheet as it stands; None where no rule holds yet, which then asks nothing.
    """
    doubts = []
    if days_until(at, today):
        doubts.append(OpeningDoubt.OTHER_DAY)
    if check is not None and not check.met:
        doubts.append(OpeningDoubt.NO_QUORUM)
    return tuple(doubts)

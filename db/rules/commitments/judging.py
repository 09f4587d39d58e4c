"""评诺: what each side said of a promise, shown apart; the organisation chooses, nothing is reckoned into a grade."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from db.terms import JudgeSide, JudgeWay, Verdict

FOLLOW_DAYS = 10
"""A bad word is followed up within so many days, both customs of the house."""
NUMBER_MOST = 500
FROM_PEOPLE = (JudgeSide.RESIDENTS, JudgeSide.MEMBERS)
"""The organisation gives one word, when it settles the promise."""
TAKEN_DOWN = (JudgeWay.PHONE, JudgeWay.PAPER, JudgeWay.MEETING, JudgeWay.VISIT)
"""Ways in which somebody else writes a word down; by the page residents give it themselves."""
LOW = (Verdict.FAIR, Verdict.POOR)
"""Results that need a reason."""


@dataclass(frozen=True, slots=True)
class VerdictInput:
    """So many of a side said the same in the same way, unchecked; no verdict: they were asked and did not answer."""

    side: JudgeSide | None = None
    way: JudgeWay | None = None
    verdict: Verdict | None = None
    number: int | None = 1
    words: str = ""
    quotable: bool = False


@dataclass(frozen=True, slots=True)
class SettleInput:
    """What the organisation chooses, why, and the outside cause of what was not kept, unchecked."""

    verdict: Verdict | None = None
    word: str = ""
    cause: str = ""
    without: str = ""
    """Why a side gave no word."""


@dataclass(frozen=True, slots=True)
class SideCount:
    """One side: how many were asked, how many answered, and what."""

    side: JudgeSide
    asked: int
    answered: int
    said: tuple[tuple[Verdict, int], ...]
    """In the order of the verdicts; those that nobody gave are left out."""


def by_side(entries: Iterable[tuple[JudgeSide, Verdict | None, int]]) -> tuple[SideCount, ...]:
    """The three sides in their order, each by itself, from (side, verdict or None for no answer, how many)."""
    counted: dict[tuple[JudgeSide, Verdict | None], int] = {}
    for side, verdict, number in entries:
        counted[side, verdict] = counted.get((side, verdict), 0) + number
    return tuple(
        SideCount(
            side,
            sum(number for (of, _verdict), number in counted.items() if of is side),
            sum(number for (of, verdict), number in counted.items() if of is side and verdict is not None),
            tuple((one, counted[side, one]) for one in Verdict if counted.get((side, one))),
        )
        for side in JudgeSide
    )


def silent(sides: Iterable[SideCount]) -> tuple[JudgeSide, ...]:
    """The sides of people from which nobody answered."""
    return tuple(one.side for one in sides if one.side in FROM_PEOPLE and not one.answered)


def follow_until(verdict: Verdict | None, today: date) -> date | None:
    """Until when a word is followed up; None for every word but a bad one."""
    return today + timedelta(days=FOLLOW_DAYS) if verdict is Verdict.POOR else None

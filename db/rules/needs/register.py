"""一周一登: which week is at hand, when it can be signed, what is missing in it, and its seal."""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.rules.workdays import mondays, week_of
from db.terms import NeedSource, Reach

TITLE_LENGTH = 24
SHORT_WORDS = 6
"""Fewer characters than this do not say what is wanted."""
_FRIDAY = 4
_SENTENCE_END = re.compile(r"[。!?！？;；\n]")


class Missing(StrEnum):
    """What a need of the register lacks, in the order in which it should be asked for."""

    WORDS = "words"  # 描述过短
    ASKER = "asker"  # 未记提出人
    BUILDING = "building"  # 未填楼栋
    PEOPLE = "people"  # 影响人数与影响面不符


@dataclass(frozen=True, slots=True)
class Entry:
    """What the check looks at; `has_asker` when a household, a name or a phone is known."""

    description: str
    building: str
    reach: Reach
    people: int
    source: NeedSource
    has_asker: bool


_ANONYMOUS_SOURCES = (NeedSource.RIDER, NeedSource.GRID, NeedSource.CHAT)
_NEEDS_BUILDING = (Reach.BUILDING, Reach.STAIRWELL, Reach.HOUSEHOLD)
_PEOPLE_LEAST = {Reach.COMMUNITY: 50, Reach.ESTATE: 10, Reach.BUILDING: 2, Reach.STAIRWELL: 2, Reach.HOUSEHOLD: 1}
_PEOPLE_MOST = {Reach.STAIRWELL: 500, Reach.HOUSEHOLD: 20}


def missing(entry: Entry) -> tuple[Missing, ...]:
    """What a secretary should have completed before signing; empty when the need is complete (house custom).

    Somebody who can be answered must be on file, except for what was seen in passing; a need of one building, stairwell
    or household names the building; the people touched fit the reach.
    """
    found = []
    if len("".join(entry.description.split())) < SHORT_WORDS:
        found.append(Missing.WORDS)
    if not entry.has_asker and entry.source not in _ANONYMOUS_SOURCES:
        found.append(Missing.ASKER)
    if entry.reach in _NEEDS_BUILDING and not entry.building:
        found.append(Missing.BUILDING)
    least, most = _PEOPLE_LEAST[entry.reach], _PEOPLE_MOST.get(entry.reach)
    if entry.people < least or (most is not None and entry.people > most):
        found.append(Missing.PEOPLE)
    return tuple(found)


def week_at_hand(today: date, signed: Collection[date] = ()) -> date:
    """The Monday of the week a secretary wants to see: the oldest one still unsigned after the last that was signed
    (at most a quarter back), else the current one, and on a Monday the one just over.
    """
    this_week = week_of(today)
    if signed:
        waiting = [week for week in mondays(max(signed), this_week) if week > max(signed) and week < this_week]
        if waiting:
            return max(waiting[0], this_week - timedelta(weeks=13))
    return week_of(today - timedelta(days=1)) if today.weekday() == 0 else this_week


def opens_on(week: date) -> date:
    """The first day on which a week can be signed: its Friday, so that a holiday week-end does not hold it up."""
    return week + timedelta(days=_FRIDAY)


def may_be_signed(week: date, today: date) -> bool:
    """Whether the register of the week that starts on Monday `week` can be signed today."""
    return week.weekday() == 0 and opens_on(week) <= today


def title_from(description: str) -> str:
    """The first words of a description: its first sentence, at most 24 characters."""
    first = _SENTENCE_END.split(description.strip(), maxsplit=1)[0].strip() or description.strip()
    first = " ".join(first.split())
    return first if len(first) <= TITLE_LENGTH else f"{first[: TITLE_LENGTH - 1]}…"


def seal(lines: Iterable[tuple[str, ...]]) -> str:
    """sha256 over the rows of a register, sorted, so that a printed copy can be compared with what is stored."""
    body = "\n".join(sorted("\x1f".join(row) for row in lines))
    return hashlib.sha256(body.encode()).hexdigest()

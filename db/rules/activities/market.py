"""便民集市: hours as minutes of the day, gaps in the staffing of a stall, same items, a tally's address."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from db.rules.screen.display_code import BITS, display_code
from db.rules.zone import CHINA

DAY = 24 * 60
OPENS, CLOSES = 9 * 60, 11 * 60 + 30
"""When a market day is open unless somebody says otherwise."""
AMOUNTS = (1, 5, -1)
"""What one press counts."""
LATE = timedelta(days=7)
"""How long after the close of a day a phone that was without a network can still hand in what it counted."""
_NOT_COMPARED = re.compile(r"[\W_]+")
_SAID_AROUND = ("便民", "免费", "志愿", "健康", "现场", "爱心")
_SAID_BEHIND = ("摊位", "摊", "台", "点", "处", "服务")


def minute_of(clock: time) -> int:
    """The minute of the day."""
    return clock.hour * 60 + clock.minute


def clock_of(minute: int) -> time:
    """The time of day of a minute; the end of the day is its last minute."""
    return time(*divmod(min(minute, DAY - 1), 60))


def spoken(minute: int) -> str:
    """As it is written on a paper: 09:00, 24:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class Spell:
    """From one minute of the day to another."""

    starts: int
    ends: int

    def overlaps(self, other: "Spell") -> bool:
        """Whether both have a minute in common; one that begins when the other ends has none."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the opening hours in which so many are missing."""

    starts: int
    ends: int
    missing: int


def usual_hours(begins: datetime | None, ends: datetime | None) -> Spell:
    """Opening hours nobody has set: those of the activity's sessions of the day, else the usual ones."""
    if begins is None or ends is None:
        return Spell(OPENS, CLOSES)
    first, last = minute_of(begins.astimezone(CHINA).time()), minute_of(ends.astimezone(CHINA).time())
    return Spell(first, last if last > first else DAY)


def gaps(opening: Spell, needed: int, there: Iterable[Spell]) -> list[Gap]:
    """Where fewer than `needed` are there within the opening hours, in order; neighbours with the same lack are one."""
    spells = list(there)
    edges = {opening.starts, opening.ends}
    edges |= {edge for one in spells for edge in (one.starts, one.ends) if opening.starts < edge < opening.ends}
    ordered = sorted(edges)
    found: list[Gap] = []
    for starts, ends in pairwise(ordered):
        missing = needed - sum(one.overlaps(Spell(starts, ends)) for one in spells)
        if missing <= 0:
            continue
        if found and found[-1].ends == starts and found[-1].missing == missing:
            found[-1] = Gap(found[-1].starts, ends, missing)
        else:
            found.append(Gap(starts, ends, missing))
    return found


def item_key(item: str) -> str:
    """The item as it is compared with those of other days: 健康义诊, 义 诊（免费） and 义诊摊位 are one stall."""
    plain = _NOT_COMPARED.sub("", unicodedata.normalize("NFKC", item).casefold())
    kept = plain
    for word in _SAID_AROUND:
        kept = kept.replace(word, "") or kept
    for word in _SAID_BEHIND:
        kept = kept.removesuffix(word) or kept
    return (kept or plain or item.strip())[:60]


def tally_code(made: str) -> str:
    """The last part of a stall's address, from the keyed hash (hex) of its draw."""
    return display_code(int(made, 16) % (1 << BITS))


def taken(total: int, amount: int) -> int:
    """What a press really changes: nobody can be taken back who was never counted."""
    return max(amount, -max(total, 0))


def served_in(entries: Sequence[tuple[int, int]], spell: Spell) -> int:
    """How many were served in a spell; `entries` are (minute of the day, amount)."""
    return sum(amount for minute, amount in entries if spell.starts <= minute < spell.ends)

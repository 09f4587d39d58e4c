"""班次的时间: read "07:00-09:00" as it is typed, and place it on a day; over midnight it is of the day it starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from db.rules.limits import DAY_MINUTES_MOST
from db.rules.zone import CHINA

MOST_SHIFTS = 8
"""Shifts a day that one template holds."""
LEAST_MINUTES = 15
_SHIFT = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|to)\s*(?:次日)?(\d{1,2})[:.](\d{2})")
_PLAIN = str.maketrans("０１２３４５６７８９：．－–—~～至", "0123456789:.------")
_BETWEEN = re.compile(r"[,，、;；\n]+")


class ShiftProblem(ValueError):
    """What was typed is no shift; `typed` is the part that cannot be read."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """From one time of day to another; one that ends no later than it begins ends on the next day."""

    begins: time
    ends: time

    @property
    def over_midnight(self) -> bool:
        return self.ends <= self.begins

    @property
    def minutes(self) -> int:
        began, ended = (one.hour * 60 + one.minute for one in (self.begins, self.ends))
        return ended - began + (24 * 60 if self.over_midnight else 0)

    def on(self, day: date) -> tuple[datetime, datetime]:
        """The moments between which it lies when it starts on this Chinese day."""
        start = datetime.combine(day, self.begins, CHINA)
        return start, datetime.combine(day + timedelta(days=self.over_midnight), self.ends, CHINA)

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"


def shift_of(text: str) -> Shift:
    """One shift as it is typed (full width, 7:00—9:00, 22:00-次日6:00, 24:00 as the end); raises ShiftProblem."""
    found = _SHIFT.fullmatch(text.translate(_PLAIN).strip())
    if found is None:
        raise ShiftProblem(text.strip())
    hours = [int(found[1]), int(found[3]) % 24 if int(found[3]) == 24 and found[4] == "00" else int(found[3])]
    minutes = [int(found[2]), int(found[4])]
    if max(hours) > 23 or max(minutes) > 59:
        raise ShiftProblem(text.strip())
    shift = Shift(time(hours[0], minutes[0]), time(hours[1], minutes[1]))
    if not LEAST_MINUTES <= shift.minutes <= DAY_MINUTES_MOST:
        raise ShiftProblem(text.strip())
    return shift


def shifts_of(text: str) -> tuple[Shift, ...]:
    """The shifts of a day in order, each once; raises ShiftProblem for what is none, and for too many."""
    found = sorted({shift_of(part) for part in _BETWEEN.split(text) if part.strip()})
    if not found or len(found) > MOST_SHIFTS or len({one.begins for one in found}) < len(found):
        raise ShiftProblem(text.strip())
    return tuple(found)


@lru_cache(maxsize=4096)
def day_minutes(starts_at: datetime, ends_at: datetime) -> Mapping[date, int]:
    """The minutes of a span on each Chinese day that it touches."""
    begin, end = starts_at.astimezone(CHINA), ends_at.astimezone(CHINA)
    found: dict[date, int] = {}
    while begin < end:
        midnight = datetime.combine(begin.date() + timedelta(days=1), time(), CHINA)
        found[begin.date()] = int((min(end, midnight) - begin).total_seconds()) // 60
        begin = midnight
    return MappingProxyType(found)


HALF_ENDS = (("am", time(12)), ("pm", time(18)))


@lru_cache(maxsize=4096)
def halves(starts_at: datetime, ends_at: datetime) -> frozenset[tuple[date, str]]:
    """The half days that a span touches, as `Volunteer.free_slots` names them: am to 12, pm to 18, eve to midnight."""
    found: set[tuple[date, str]] = set()
    begin, end = starts_at.astimezone(CHINA), ends_at.astimezone(CHINA)
    while begin < end:
        day = begin.date()
        half, until = next(
            ((half, datetime.combine(day, ends, CHINA)) for half, ends in HALF_ENDS if begin.time() < ends),
            ("eve", datetime.combine(day + timedelta(days=1), time(), CHINA)),
        )
        found.add((day, half))
        begin = until
    return frozenset(found)

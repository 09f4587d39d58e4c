"""What stands against a turn: some things cannot be, others are asked once and then allowed.

The same for volunteers and for staff. Hard: two things at one time, more than a day's hours, a slot of the past, one
who does not serve. Soft: less than an hour between two, a second turn in a day, not one of the half days that somebody
gave as free.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from db.rules.limits import DAY_MINUTES_MOST
from db.rules.orders.dispatch import WEEKDAYS
from db.rules.rota.shifts import day_minutes, halves

BETWEEN = timedelta(hours=1)
"""Time for the way from one turn to the next; less is asked about."""


class Hard(StrEnum):
    """Why a turn cannot be."""

    SAME_SLOT = "same_slot"  # 已在这一班
    PAST = "past"  # 已经开始
    CALLED_OFF = "called_off"  # 班次已取消
    OVERLAP = "overlap"  # 时间冲突
    DAY_FULL = "day_full"  # 当天超过 12 小时


class Soft(StrEnum):
    """What is asked before a turn is taken."""

    CLOSE = "close"  # 间隔不到一小时
    SECOND = "second"  # 当天第二班
    NOT_FREE = "not_free"  # 不在登记的空闲时间


@dataclass(frozen=True, slots=True)
class Span:
    """A slot as far as time goes."""

    slot_id: int
    starts_at: datetime
    ends_at: datetime
    called_off: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """Something that a volunteer has promised already; `slot_id` is 0 for what is no turn.

    An order is known by its half day only: it takes the whole of it.
    """

    what: str
    starts_at: datetime
    ends_at: datetime
    slot_id: int = 0
    minutes: int | None = None
    """What it counts in the day's hours, where that is less than its span."""


@dataclass(frozen=True, slots=True)
class Against:
    """What stands against a turn, with the names of the other things."""

    hard: Hard | None = None
    soft: tuple[Soft, ...] = ()
    named: str = ""


def against(slot: Span, busy: Sequence[Busy], free_slots: Collection[str], now: datetime) -> Against:
    """The first hard thing, or every soft one."""
    hard, named = _hard(slot, busy, now)
    if hard is not None:
        return Against(hard, named=named)
    near = [one for one in busy if max(one.starts_at - slot.ends_at, slot.starts_at - one.ends_at) < BETWEEN]
    days = set(day_minutes(slot.starts_at, slot.ends_at))
    same_day = [one for one in busy if one.slot_id and one not in near and days & set(_days(one))]
    soft = [Soft.CLOSE] * bool(near) + [Soft.SECOND] * bool(same_day or any(one.slot_id for one in near))
    if free_slots and not set(half_days(slot)) <= set(free_slots):
        soft.append(Soft.NOT_FREE)
    return Against(soft=tuple(soft), named=_named((*near, *same_day)))


def at_once(one: Iterable[Busy], other: Sequence[Busy]) -> tuple[Busy, Busy] | None:
    """The first two things, one of each list, that one person cannot do: they go on at the same time.

    Two parts of one activity are done by whoever is there, two orders of a half day one after the other while it lasts.
    """
    for mine in sorted(one, key=lambda busy: busy.starts_at):
        for theirs in other:
            if mine.starts_at < theirs.ends_at and theirs.starts_at < mine.ends_at and not _go_together(mine, theirs):
                return mine, theirs
    return None


def _go_together(one: Busy, other: Busy) -> bool:
    if one.minutes is not None and other.minutes is not None:
        return timedelta(minutes=one.minutes + other.minutes) <= one.ends_at - one.starts_at
    return not one.slot_id and not other.slot_id and one.what == other.what


def _hard(slot: Span, busy: Sequence[Busy], now: datetime) -> tuple[Hard | None, str]:
    if slot.called_off:
        return Hard.CALLED_OFF, ""
    if slot.starts_at <= now:
        return Hard.PAST, ""
    if any(one.slot_id == slot.slot_id for one in busy if one.slot_id):
        return Hard.SAME_SLOT, ""
    at_once = [one for one in busy if one.starts_at < slot.ends_at and slot.starts_at < one.ends_at]
    if at_once:
        return Hard.OVERLAP, _named(at_once)
    minutes: Counter[date] = Counter(day_minutes(slot.starts_at, slot.ends_at))
    mine = set(minutes)
    for one in busy:
        for day, spent in _days(one).items():
            if day in mine:
                minutes[day] += spent if one.minutes is None else min(spent, one.minutes)
    if any(minutes[day] > DAY_MINUTES_MOST for day in mine):
        return Hard.DAY_FULL, _named(one for one in busy if mine & set(_days(one)))
    return None, ""


def _days(one: Busy) -> Mapping[date, int]:
    return day_minutes(one.starts_at, one.ends_at)


def _named(busy: Iterable[Busy]) -> str:
    return "、".join(list(dict.fromkeys(one.what for one in busy))[:3])


def half_days(slot: Span) -> tuple[str, ...]:
    """The half days of the week that a slot needs: "tue-am"."""
    return tuple(f"{WEEKDAYS[day.weekday()]}-{half}" for day, half in sorted(halves(slot.starts_at, slot.ends_at)))

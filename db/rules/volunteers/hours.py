"""Whether hours can be true: what fits into a day, beside other services, and into the time since the start.

A service with known times lies somewhere between `since` and `until`; one without lies somewhere on its day. All days
are Chinese days, so that a service over midnight counts on both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db.rules.limits import DAY_MINUTES_MOST, HALF_HOUR
from db.rules.zone import CHINA
from db.terms import HoursDoubt

BACKDATED_DAYS = 10
"""Hours of an earlier day are asked about (docs/domain.md 9.2)."""
SHEET_MOST = 20
"""Rows written down together that one person answers for; a longer sheet needs a second one (docs/domain.md 9.2)."""
BELIEVED_MOST = 120
"""Minutes of a service's usual length that are believed without a look at the clock: many press 开始 late."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One service: its title or number, its day, its minutes, and between which moments it was, when that is known."""

    name: str
    on: date
    minutes: int
    since: datetime | None = None
    until: datetime | None = None

    @property
    def minutes_by_day(self) -> dict[date, int]:
        """The minutes of each day; what has an end lies before it, and what is left of it on the day before."""
        if self.until is None:
            return {self.on: self.minutes}
        end = self.until.astimezone(CHINA)
        midnight = datetime.combine(end.date(), time(), CHINA)
        late = min(self.minutes, _minutes(end - midnight))
        parts = {end.date(): late, end.date() - timedelta(days=1): self.minutes - late}
        return {day: minutes for day, minutes in parts.items() if minutes}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why hours can hardly be right, and what they do not go together with (titles, numbers, a day)."""

    kind: HoursDoubt
    named: str


@dataclass(frozen=True, slots=True)
class Full:
    """A day that would hold more than is possible: its minutes with the new ones, and what else is on it."""

    day: date
    minutes: int
    named: str


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // 60


def in_half_hours(minutes: int) -> int:
    """Rounded up, as hours are written down."""
    return -(-minutes // HALF_HOUR) * HALF_HOUR


def clock_spell(name: str, started_at: datetime, ended_at: datetime, minutes: int) -> Spell:
    """An order by its two presses. When the minutes do not fit between them, the presses tell only the day."""
    on = ended_at.astimezone(CHINA).date()
    if minutes > in_half_hours(_minutes(ended_at - started_at)):
        return Spell(name, on, minutes)
    return Spell(name, on, minutes, started_at, ended_at)


def activity_spell(title: str, on: date, minutes: int, began_at: datetime | None) -> Spell:
    """An activity lies exactly behind its beginning, when that is known."""
    until = None if began_at is None else began_at + timedelta(minutes=minutes)
    return Spell(title, on, minutes, began_at, until)


def day_full(claim: Spell, others: Iterable[Spell]) -> Full | None:
    """The first day that all of it together would fill beyond the limit."""
    there = list(others)
    for day, minutes in sorted(claim.minutes_by_day.items()):
        on_it = [(one.name, one.minutes_by_day.get(day, 0)) for one in there]
        total = minutes + sum(part for _name, part in on_it)
        if total > DAY_MINUTES_MOST:
            return Full(day, total, named(name for name, part in on_it if part))
    return None


def fits(one: Spell, other: Spell) -> bool:
    """Whether one person can have done both: one after the other, in either order; unknown times fit."""
    if one.since is None or one.until is None or other.since is None or other.until is None:
        return True
    return _before(one.since, one, other.until, other) or _before(other.since, other, one.until, one)


def _before(begin: datetime, first: Spell, end: datetime, second: Spell) -> bool:
    return begin + _length(first) <= end - _length(second)


def _length(spell: Spell) -> timedelta:
    """Half hours are rounded up, so that the minutes may be a little more than the time that was there."""
    assert spell.since is not None  # noqa: S101 - asked by `fits`
    assert spell.until is not None  # noqa: S101
    return min(timedelta(minutes=spell.minutes), spell.until - spell.since)


def too_long_since(started_at: datetime | None, now: datetime, minutes: int, usual: int = 0) -> bool:
    """Whether more is claimed than the time since the start and than is believed of such a service."""
    gone = _minutes(now - started_at) if started_at is not None else 0
    return minutes > max(in_half_hours(gone), min(usual, BELIEVED_MOST))


def doubt_about(
    claim: Spell, others: Sequence[Spell], *, joined: date, ended: date | None, today: date, too_long: bool = False
) -> Doubt | None:
    """The first thing that can hardly be right about a claim, or None."""
    if claim.on < joined:
        return Doubt(HoursDoubt.BEFORE_JOINED, joined.isoformat())
    if ended is not None and claim.on > ended:
        return Doubt(HoursDoubt.AFTER_END, ended.isoformat())
    if claim.on < today - timedelta(days=BACKDATED_DAYS):
        return Doubt(HoursDoubt.LONG_AGO, claim.on.isoformat())
    if too_long:
        return Doubt(HoursDoubt.SINCE_START, "")
    at_once = [one for one in others if not fits(claim, one)]
    return Doubt(HoursDoubt.OVERLAP, named(map(with_times, at_once))) if at_once else None


def with_times(spell: Spell) -> str:
    """「换灯 08:30–10:30」: what it is and when it was."""
    if spell.since is None or spell.until is None:
        return spell.name
    begin, end = (moment.astimezone(CHINA).strftime("%H:%M") for moment in (spell.since, spell.until))
    return f"{spell.name} {begin}–{end}"


def named(names: Iterable[str]) -> str:
    """A few names in one line that fits its column."""
    return "、".join(list(dict.fromkeys(names))[:4])[:200]

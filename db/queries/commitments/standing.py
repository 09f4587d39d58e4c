"""How promises stand: times due and kept, periods missed, the period that runs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, cast, func, null, or_, select, union_all
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Commitment, CommitmentPause, CommitmentStep, Keeping
from db.models.types import UtcDateTime
from db.rules.commitments.dates import Kept, Window, standing, windows_on_the_wall
from db.rules.commitments.life import HAS_BEEN_KEPT
from db.scope import UNSCOPED
from db.terms import CommitmentHappening


def counts() -> ColumnElement[bool]:
    """Whether a time counts: not struck out, and in time or confirmed by a second person."""
    return Keeping.struck_at.is_(None) & or_(Keeping.late.is_(False), Keeping.confirmed_at.is_not(None))


@dataclass(frozen=True, slots=True)
class Dates:
    """The periods of a promise, the days on which it was kept (one entry each time), and its rests."""

    periods: tuple[Window, ...]
    times: int
    days: tuple[date, ...]
    rests: tuple[Window, ...]


def standing_of(session: Session, promises: Iterable[Commitment], on: date) -> dict[int, Kept]:
    """Id of a promise → how it stands on a day; two statements for all. Those never published are left out."""
    return {
        number: standing(one.periods, one.days, times=one.times, on=on, paused=one.rests)
        for number, one in dates_of(session, promises).items()
    }


def dates_of(session: Session, promises: Iterable[Commitment]) -> dict[int, Dates]:
    """Id of a promise → its periods, days and rests; two statements for all. Those never published are left out."""
    whole = [
        one
        for one in promises
        if one.state in HAS_BEEN_KEPT and None not in (one.rhythm, one.starts_on, one.until, one.published_on)
    ]
    ids = [one.id for one in whole]
    days: dict[int, list[date]] = defaultdict(list)
    rests: dict[int, list[Window]] = defaultdict(list)
    shown: dict[int, date] = {}
    if ids:
        # The promise was reached within the scope; the times that belong to it are all its own.
        times = select(Keeping.commitment_id, Keeping.on).where(Keeping.commitment_id.in_(ids), counts())
        for number, day in session.execute(times, execution_options=UNSCOPED):
            days[number].append(day)
        # `published_on` is the day of the present words: what was changed stood on the wall before with others.
        first = select(
            CommitmentStep.commitment_id, func.min(CommitmentStep.at), cast(null(), Date), cast(null(), Date)
        ).where(CommitmentStep.commitment_id.in_(ids), CommitmentStep.kind == CommitmentHappening.PUBLISHED)
        pauses = select(
            CommitmentPause.commitment_id, cast(null(), UtcDateTime), CommitmentPause.since, CommitmentPause.until
        ).where(CommitmentPause.commitment_id.in_(ids))
        both = union_all(first.group_by(CommitmentStep.commitment_id), pauses)
        found: Iterable[Any] = session.execute(both, execution_options=UNSCOPED)
        for number, at, since, until in found:
            if at is None:
                rests[number].append(Window(since, until))
            else:
                shown[number] = day_of(at)
    return {
        one.id: Dates(
            _periods(one, shown.get(one.id)), one.times, tuple(days.get(one.id, ())), tuple(rests.get(one.id, ()))
        )
        for one in whole
    }


def _periods(promise: Commitment, shown: date | None) -> tuple[Window, ...]:
    published = promise.published_on
    if promise.rhythm is None or promise.starts_on is None or promise.until is None or published is None:
        raise ValueError(promise.number)
    ended = day_of(promise.state_since) if promise.ended_reason else None
    last = promise.until if ended is None else min(promise.until, ended)
    return windows_on_the_wall(promise.rhythm, promise.starts_on, last, min(published, shown or published))

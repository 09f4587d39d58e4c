"""Two records that may be one, of any kind: what the page of doubles lists, and what was decided about them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, DifferentPair
from db.queries.paging import ROWS
from db.terms import DoubleKind, Likeness

NEAR = 6
"""With how many others of a group one record is compared: a number of an office stands in hundreds of records."""
DECIDED_SHOWN = 10
Found = dict[tuple[int, int], tuple[Likeness, Any, Any]]
"""Ids of a pair, the smaller first → why they may be one, and the row of each."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what tells it apart, masked; of a household also the last day somebody was met."""

    id: int
    words: tuple[str, ...]
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that may be one, and why."""

    first: Side
    second: Side
    why: Likeness


@dataclass(frozen=True, slots=True)
class Doubles:
    """One page of pairs, the best first; `total` over all pages."""

    rows: tuple[Double, ...]
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS))


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge that can be taken apart; `by` is "" when an update made it."""

    id: int
    kept: str
    door: str
    merged_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A pair that was found to be two."""

    id: int
    first_id: int
    second_id: int
    decided_at: datetime
    by: str


def decided(session: Session, kind: DoubleKind) -> set[tuple[int, int]]:
    """Pairs of ids, the smaller first, that nobody is asked about any more."""
    query = select(DifferentPair.first_id, DifferentPair.second_id).where(DifferentPair.kind == kind)
    return {(first, second) for first, second in session.execute(query)}


def last_decided(session: Session, kind: DoubleKind) -> tuple[DecidedRow, ...]:
    """The last decisions, newest first, so that a slip of the finger is taken back."""
    query = (
        select(
            *(DifferentPair.id, DifferentPair.first_id, DifferentPair.second_id, DifferentPair.decided_at),
            Account.name.label("by"),
        )
        .join(Account, Account.id == DifferentPair.decided_by)
        .where(DifferentPair.kind == kind)
        .order_by(DifferentPair.id.desc())
        .limit(DECIDED_SHOWN)
    )
    return tuple(DecidedRow(*row) for row in session.execute(query))


def neighbours(groups: Iterable[list[Any]]) -> Iterable[tuple[Any, Any]]:
    """Every two of a group, the smaller id first; of a large group each with the next few."""
    for members in groups:
        for at, one in enumerate(members):
            for other in members[at + 1 : at + NEAR]:
                yield (one, other) if one.id < other.id else (other, one)


def best(found: Found, page: int) -> list[tuple[Likeness, Any, Any]]:
    """The pairs of one page: the best first, among equals the newest."""
    order = {why: place for place, why in enumerate(Likeness)}
    ranked = sorted(found.items(), key=lambda item: (order[item[1][0]], -item[0][1], -item[0][0]))
    start = (max(1, min(page, -(-len(ranked) // ROWS))) - 1) * ROWS
    return [pair for _ids, pair in ranked[start : start + ROWS]]


def page_of(found: Found, page: int, side: Callable[[Any], Side]) -> Doubles:
    """The best pairs of one page; `side` makes a masked side of a row."""
    return Doubles(tuple(Double(side(one), side(other), why) for why, one, other in best(found, page)), len(found))

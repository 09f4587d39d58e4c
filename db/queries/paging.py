"""A page of rows by key: costs the same on page one and on page two thousand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, case, func, true, tuple_

R = TypeVar("R")
S = TypeVar("S", bound=Select[*tuple[Any, ...]])
ROWS = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """At most `ROWS` rows and whether more follow; the next page starts `before` the last row's id."""

    rows: tuple[R, ...]
    more: bool


def due_first(waits: ColumnElement[bool], due: Any) -> tuple[ColumnElement[Any], ...]:
    """Keys of `worst_first`: what waits by its day, the longest overdue first, then without a day, then the rest."""
    return case((waits, 0), else_=1), case((waits, func.coalesce(due, date.max)), else_=date.max)


def longest_first(waits: ColumnElement[bool], since: Any) -> tuple[ColumnElement[Any], ...]:
    """Keys of `worst_first`: what waits, the longest first by the moment `since` when it does, then the rest."""
    return case((waits, 0), else_=1), case((waits, since), else_=datetime(9999, 1, 1, tzinfo=UTC))


def worst_first(query: S, of: Any, *keys: ColumnElement[Any], before: int | None = None) -> S:
    """`query` by `keys`, none of them NULL, then newest first; what follows the row of `of` with the id `before`.

    When that row stands in the list no more (done, merged, erased), the list begins anew: nothing is passed over.
    """
    if not keys:  # The index gives this order.
        query = query if before is None else query.where(of.id < before)
        return query.order_by(of.id.desc())
    order = (*keys, -of.id)
    if before is not None:
        # Its keys are read anew: a row that moved since the page was drawn goes on from where it stands now.
        last = query.with_only_columns(*order).where(of.id == before).correlate(None).scalar_subquery()
        query = query.where(func.coalesce(tuple_(*order) > last, true()))
    return query.order_by(*order)

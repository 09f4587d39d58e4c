"""Rows of a batch by the thousand: ids given here, written in a few large statements, each entered in the batch."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.counters import doors_in_bulk, moved_in_bulk
from db.errors import Refused
from db.models import (
    BodyMember,
    Household,
    ImportedRow,
    InSubdistrict,
    Member,
    MemberEvent,
    MemberStay,
    Model,
    Need,
    Person,
    Placement,
    ThreadEntry,
    Unit,
    UnitEvent,
    Venue,
    Visit,
    Volunteer,
)
from db.rows_at_once import Writer
from db.rules.imports.runs import runs_of
from db.scope import UNSCOPED

AT_ONCE = 5_000
"""Rows gathered before they are written: memory stays the same at any size."""
ORDER: tuple[type[Model], ...] = (
    Household,
    Person,
    Visit,
    Need,
    ThreadEntry,
    Volunteer,
    Placement,
    BodyMember,
    Member,
    MemberStay,
    MemberEvent,
    Unit,
    UnitEvent,
    Venue,
)
"""What others refer to comes first."""


class Store:
    """A basket for one batch; `add` returns the id of the row that will be written."""

    def __init__(self, session: Session, batch_id: int, community_id: int, now: datetime, today: date) -> None:
        self.session, self.batch_id, self.community_id = session, batch_id, community_id
        self.now, self.today = now, today
        self.made: dict[str, int] = {}
        self.days: dict[date | None, tuple[date, datetime]] = {}
        """Day of a row → its week and its moment."""
        self.progress: Callable[[int], None] | None = None
        """Told how many rows of tables are written so far."""
        self.written = 0
        self.known = 0
        """Rows that were there already and were left as they are."""
        self.other = 0
        """Those of them that stand there with other words."""
        self._baskets: dict[type[Model], list[dict[str, Any]]] = {model: [] for model in ORDER}
        self._entered: dict[str, list[int]] = {}
        """Table → ids of rows that are written but not entered in the batch yet."""
        self._ids: dict[type[Model], Iterator[int]] = {model: iter(()) for model in ORDER}
        self._writers: dict[type[Model], Writer] = {}
        self._waiting = 0

    def add(self, model: type[Model], **values: Any) -> int:
        """Put a row of our community, or of its subdistrict, into the basket."""
        number = next(self._ids[model], 0) or self._first_of_more(model)
        values["id"] = number
        if issubclass(model, InSubdistrict):
            values["subdistrict_id"] = self.session.info["actor"].subdistrict_id
        else:
            values["community_id"] = self.community_id
        self._baskets[model].append(values)
        self._waiting += 1
        return number

    def room(self) -> None:
        """Write when the basket is full; called between rows, when nothing waits for a row that is still to come."""
        if self._waiting >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what is in the basket, and which rows belong to the batch.

        Raises Refused("import_raced") when somebody entered the same door in this very moment.
        """
        for model, rows in self._baskets.items():
            if not rows:
                continue
            try:
                self._write(model, rows)
            except IntegrityError as raced:
                raise Refused("import_raced") from raced
            if model is Need:
                moved_in_bulk(self.session, rows, 1)
            elif model is Household:
                doors_in_bulk(self.session, rows, 1)
            self.enter(model.__tablename__, [row["id"] for row in rows])
            self.written += len(rows)
            rows.clear()
        runs = [(noun, *run) for noun, ids in self._entered.items() for run in runs_of(ids)]
        if runs:
            numbers = new_ids(self.session, ImportedRow, len(runs))
            common = {"community_id": self.community_id, "batch_id": self.batch_id}
            self._write(
                ImportedRow,
                [
                    {"id": number, **common, "noun": noun, "first_id": first, "last_id": last}
                    for number, (noun, first, last) in zip(numbers, runs, strict=True)
                ],
            )
            self._entered.clear()
        if self.progress is not None:
            self.progress(self.written)
        self._waiting = 0

    def enter(self, noun: str, ids: Sequence[int]) -> None:
        """These rows belong to the batch; also for what another action wrote."""
        if ids:
            self._entered.setdefault(noun, []).extend(ids)
            self.made[noun] = self.made.get(noun, 0) + len(ids)

    def _write(self, model: type[Model], rows: list[dict[str, Any]]) -> None:
        # Every row is of the batch's own community, and the batch is what the log tells of.
        if model not in self._writers:
            table: Any = inspect(model).local_table
            self._writers[model] = Writer(table, self.session.connection())
        self._writers[model].write(rows)

    def _first_of_more(self, model: type[Model]) -> int:
        # Behind those that still wait to be written: only the database knows the rest.
        waiting = self._baskets[model]
        self._ids[model] = iter(new_ids(self.session, model, AT_ONCE, after=waiting[-1]["id"] if waiting else 0))
        return next(self._ids[model])


def new_ids(session: Session, model: type[Model], count: int, *, after: int = 0) -> Sequence[int]:
    """Ids that nobody else gets: from PostgreSQL's sequence, or after the last one while SQLite lets one writer in.

    `after`: the last one given out that is not written yet.
    """
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(model.__tablename__, "id")
        query = select(func.nextval(sequence)).select_from(func.generate_series(1, count).alias("n"))
        return session.execute(query, execution_options=UNSCOPED).scalars().all()
    key: Any = model.id  # type: ignore[attr-defined]
    last = max(after, session.execute(select(func.max(key)), execution_options=UNSCOPED).scalar() or 0)
    return range(last + 1, last + count + 1)

"""Counter rows that pages read, written in the transaction that moves a need, confirms a service or enters a door.

`write` turns what the session flushed into deltas and adds them with one upsert a counter, in key order so that two
writers cannot wait for each other. `recount` computes the same rows from the facts, for `verify` and bulk loads
(docs/decisions/0006-charts-read-counters.md).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, event, func, insert, or_, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session, attributes

from db.audit import UNAUDITED
from db.models import (
    BuildingDoors,
    Household,
    Need,
    NeedFlow,
    NeedStanding,
    Order,
    PlaceDemand,
    RecordedHours,
    ServiceDay,
    ServiceRecord,
)
from db.rules.orders.life import WITH_MINUTES
from db.rules.zone import CHINA
from db.terms import NeedStage

"""Days are Chinese days, whatever clock the server runs on."""
NO_DEMAND = frozenset({NeedStage.CLOSED, NeedStage.MERGED, NeedStage.VOID})
"""Nobody waits for these any more; a merged need's people are those of its lead, and would be counted twice."""


def day_of(moment: datetime) -> date:
    """The Chinese calendar day of a moment."""
    return moment.astimezone(CHINA).date()


def _was(row: Any, name: str) -> Any:
    history = attributes.get_history(row, name)
    return history.deleted[0] if history.deleted else getattr(row, name)


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _context: Any) -> None:
    for rows, was, is_now in ((session.new, False, True), (session.dirty, True, True), (session.deleted, True, False)):
        for row in rows:
            if isinstance(row, Need):
                _move(
                    session,
                    {name: _was(row, name) for name in _facts(row)} if was else None,
                    _facts(row) if is_now else None,
                )
            elif isinstance(row, ServiceRecord):
                if was:
                    _record(session, -1, *(_was(row, name) for name in _RECORDED))
                if is_now:
                    _record(session, 1, *(getattr(row, name) for name in _RECORDED))
            elif isinstance(row, Order):
                before, after = was and _order_facts(row, _was), is_now and _order_facts(row, getattr)
                _order(session, before or None, after or None)
            elif isinstance(row, Household):
                left, stands = was and _door_facts(row, _was), is_now and _door_facts(row, getattr)
                _door(session, left or None, stands or None)


_RECORDED = ("community_id", "on", "minutes", "recorded_by", "activity_id")


def no_deltas() -> defaultdict[Any, list[int]]:
    """Nothing has moved yet."""
    return defaultdict(lambda: [0, 0])


def _deltas(session: Session) -> Any:
    return session.info.setdefault("counters", no_deltas())


def _serve(session: Session, sign: int, community_id: int, day: date, minutes: int) -> None:
    delta = _deltas(session)[("service", community_id, day)]
    delta[0] += sign * minutes
    delta[1] += sign


def _record(  # one argument for each of _RECORDED
    session: Session, sign: int, community_id: int, on: date, minutes: int, by: int, activity_id: int | None
) -> None:
    _serve(session, sign, community_id, on, minutes)
    delta = _deltas(session)[("hands", community_id, on.replace(day=1), by)]
    delta[0] += sign * (minutes > 0)
    delta[1] += sign * minutes * (activity_id is not None)


def _order_facts(row: Order, read: Callable[[Order, str], Any]) -> tuple[int, date, int] | None:
    """Where, on which day and how long an order was served; None until the resident's word is there."""
    if read(row, "state") not in WITH_MINUTES or read(row, "ended_at") is None:
        return None
    return read(row, "community_id"), day_of(read(row, "ended_at")), read(row, "minutes") or 0


def _order(session: Session, before: tuple[int, date, int] | None, after: tuple[int, date, int] | None) -> None:
    if before == after:
        return
    for sign, facts in ((-1, before), (1, after)):
        if facts is not None:
            _serve(session, sign, *facts)


_DOOR = ("community_id", "place_id", "building", "kind", "restricted")


def _door_facts(row: Household, read: Callable[[Household, str], Any]) -> tuple[Any, ...] | None:
    """Where and as what a household counts; None once it is one with another."""
    return None if read(row, "merged_into_id") is not None else tuple(read(row, name) for name in _DOOR)


def _door(session: Session, before: tuple[Any, ...] | None, after: tuple[Any, ...] | None) -> None:
    if before == after:
        return
    for sign, facts in ((-1, before), (1, after)):
        if facts is not None:
            _deltas(session)[("doors", *facts)][0] += sign


def doors_in_bulk(session: Session, doors: Iterable[dict[str, Any]], sign: int) -> None:
    """Households that came in (1) or were taken back as they came (-1) by a statement that no flush sees.

    Each names community_id, place_id, building, kind and, where it is, restricted; none is one with another.
    """
    for facts in doors:
        _deltas(session)[("doors", *(facts.get(name, False) for name in _DOOR))][0] += sign


def _facts(row: Need) -> dict[str, Any]:
    return {
        "community_id": row.community_id,
        "category_id": row.category_id,
        "place_id": row.place_id,
        "stage": row.stage,
        "people": row.people,
        "stage_since": row.stage_since,
    }


def _move(session: Session, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    if before == after:
        return
    deltas = _deltas(session)
    for sign, facts in ((-1, before), (1, after)):
        if facts is None:
            continue
        deltas[("standing", facts["community_id"], facts["category_id"], facts["stage"])][0] += sign
        if facts["stage"] not in NO_DEMAND:
            key = ("demand", facts["community_id"], facts["place_id"], facts["category_id"])
            deltas[key][0] += sign
            deltas[key][1] += sign * facts["people"]
    if after is not None and (before is None or before["stage"] is not after["stage"]):
        flow = deltas[("flow", after["community_id"], day_of(after["stage_since"]), after["stage"])]
        flow[0] += 1
        flow[1] += before is None


def moved_in_bulk(session: Session, needs: Iterable[dict[str, Any]], sign: int) -> None:
    """Needs that came in (1) or were taken back as they came (-1) by a statement that no flush sees.

    Each names community_id, category_id, place_id, stage, people and stage_since.
    """
    deltas = _deltas(session)
    # Needs of one kind that came in at one moment count as one heap: a file has few of them.
    heaps: defaultdict[Any, list[int]] = no_deltas()
    for facts in needs:
        heap = heaps[
            facts["community_id"], facts["category_id"], facts["place_id"], facts["stage"], facts["stage_since"]
        ]
        heap[0] += 1
        heap[1] += facts["people"]
    for (home, category, place, stage, since), (count, people) in heaps.items():
        deltas[("standing", home, category, stage)][0] += sign * count
        if stage not in NO_DEMAND:
            demand = deltas[("demand", home, place, category)]
            demand[0] += sign * count
            demand[1] += sign * people
        flow = deltas[("flow", home, day_of(since), stage)]
        flow[0] += sign * count
        flow[1] += sign * count


_COUNTERS: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "standing": (NeedStanding, ("category_id", "stage"), ("needs",)),
    "demand": (PlaceDemand, ("place_id", "category_id"), ("needs", "people")),
    "flow": (NeedFlow, ("day", "stage"), ("entered", "logged")),
    "service": (ServiceDay, ("day",), ("minutes", "records")),
    "hands": (RecordedHours, ("month", "recorded_by"), ("records", "at_activities")),
    "doors": (BuildingDoors, _DOOR[1:], ("households",)),
}
"""Kind of delta -> its table, the key columns after the community, and the columns that count."""


def write(session: Session) -> None:
    """Add the collected deltas to the counter rows."""
    deltas = session.info.pop("counters", None)
    if not deltas:
        return
    upsert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    for key, (first, second) in sorted(deltas.items(), key=lambda item: tuple(map(str, item[0]))):
        if not (first or second):
            continue
        kind, community_id, *rest = key
        table, keys, counts = _COUNTERS[kind]
        named = dict(zip(keys, rest, strict=True)) | dict(zip(counts, (first, second), strict=False))
        conflict = list(keys) if table is PlaceDemand else ["community_id", *keys]
        # A CHECK looks at the row to insert before the conflict is seen, so a negative delta starts from zero.
        start = {name: max(value, 0) if name in counts else value for name, value in named.items()}
        statement = upsert(table).values(community_id=community_id, **start)
        statement = statement.on_conflict_do_update(
            index_elements=conflict, set_={name: getattr(table, name) + named[name] for name in counts}
        )
        session.execute(statement, execution_options=UNAUDITED)


def _from_facts(session: Session) -> dict[Any, list[dict[str, Any]]]:
    standing = select(Need.community_id, Need.category_id, Need.stage, func.count().label("needs")).group_by(
        Need.community_id, Need.category_id, Need.stage
    )
    demand = (
        select(
            Need.community_id,
            Need.place_id,
            Need.category_id,
            func.count().label("needs"),
            func.sum(Need.people).label("people"),
        )
        .where(Need.stage.not_in(NO_DEMAND))
        .group_by(Need.community_id, Need.place_id, Need.category_id)
    )
    return {
        NeedStanding: [dict(row) for row in session.execute(standing).mappings()],
        PlaceDemand: [dict(row) for row in session.execute(demand).mappings()],
        ServiceDay: _service_days(session),
        RecordedHours: _recorded_hours(session),
        BuildingDoors: _building_doors(session),
    }


def _building_doors(session: Session) -> list[dict[str, Any]]:
    columns = [getattr(Household, name) for name in _DOOR]
    query = select(*columns, func.count().label("households")).where(Household.merged_into_id.is_(None))
    return [dict(row) for row in session.execute(query.group_by(*columns)).mappings()]


def _service_days(session: Session) -> list[dict[str, Any]]:
    """Minutes of activities and of confirmed orders, day by day; the day of an order is Chinese, so not for SQL."""
    records = select(
        ServiceRecord.community_id, ServiceRecord.on, func.sum(ServiceRecord.minutes), func.count()
    ).group_by(ServiceRecord.community_id, ServiceRecord.on)
    served = select(Order.community_id, Order.ended_at, func.coalesce(Order.minutes, 0)).where(
        Order.state.in_(WITH_MINUTES), Order.ended_at.is_not(None)
    )
    sums: defaultdict[tuple[int, date], list[int]] = no_deltas()
    for community_id, day, minutes, count in session.execute(records):
        sums[community_id, day] = [int(minutes), count]
    for community_id, ended_at, minutes in session.execute(served, execution_options={"yield_per": 5000}):
        assert ended_at is not None  # noqa: S101 - by the statement
        entry = sums[community_id, day_of(ended_at)]
        entry[0] += minutes
        entry[1] += 1
    return [
        {"community_id": home, "day": day, "minutes": minutes, "records": count}
        for (home, day), (minutes, count) in sums.items()
    ]


def _recorded_hours(session: Session) -> list[dict[str, Any]]:
    """Records that count and minutes at activities by month and hand; each engine has its own words for a month."""
    counts = (ServiceRecord.minutes > 0).label("counts")
    at_activity = ServiceRecord.activity_id.is_not(None).label("at_activity")
    keys = (ServiceRecord.community_id, ServiceRecord.on, ServiceRecord.recorded_by, counts, at_activity)
    sums: defaultdict[tuple[int, date, int], list[int]] = no_deltas()
    for home, on, by, counted, active, records, minutes in session.execute(
        select(*keys, func.count(), func.sum(ServiceRecord.minutes)).group_by(*keys)
    ):
        entry = sums[home, on.replace(day=1), by]
        entry[0] += records if counted else 0
        entry[1] += int(minutes) if active else 0
    return [
        {"community_id": home, "month": month, "recorded_by": by, "records": records, "at_activities": minutes}
        for (home, month, by), (records, minutes) in sums.items()
        if records or minutes
    ]


def recount(session: Session) -> None:
    """Write standing, demand, service and doors anew; flow is a history that only bulk loads write themselves."""
    for table, rows in _from_facts(session).items():
        _write_anew(session, table, rows)


def recount_doors(session: Session) -> None:
    """Write the doors of buildings anew, after a statement that no flush sees; what a flush saw is in them."""
    session.flush()
    deltas = _deltas(session)
    for key in [key for key in deltas if key[0] == "doors"]:
        del deltas[key]
    _write_anew(session, BuildingDoors, _building_doors(session))


def _write_anew(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    session.execute(delete(table), execution_options=UNAUDITED)
    if rows:
        session.execute(insert(table), rows, execution_options=UNAUDITED)


def renew_demand(session: Session) -> bool:
    """Count demand anew where an older rule kept it; the sums of two small tables tell, so every start may ask."""
    kept = session.scalar(select(func.coalesce(func.sum(PlaceDemand.needs), 0)))
    waiting = select(func.coalesce(func.sum(NeedStanding.needs), 0)).where(NeedStanding.stage.not_in(NO_DEMAND))
    if kept == session.scalar(waiting):
        return False
    _write_anew(session, PlaceDemand, _from_facts(session)[PlaceDemand])
    return True


def wrong(session: Session) -> list[str]:
    """Names of counters that do not agree with the facts; empty when the books balance."""
    found = []
    for table, rows in _from_facts(session).items():
        keys, counts = next((keys, counts) for kept, keys, counts in _COUNTERS.values() if kept is table)
        names = ("community_id", *keys, *counts)
        facts = {tuple(row[name] for name in names) for row in rows}
        columns = [getattr(table, name) for name in names]
        # A row that went back to nothing stays, so empty ones do not count.
        kept_rows = select(*columns).where(or_(*(getattr(table, name) > 0 for name in counts)))
        if facts != {tuple(row) for row in session.execute(kept_rows)}:
            found.append(table.__tablename__)
    return found

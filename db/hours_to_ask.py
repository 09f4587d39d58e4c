"""Whose hours of a month something is to be asked about, kept in the transaction that writes the hours.

A month of a community has tens of thousands of records and a few that are in doubt. The rule
(`db.rules.volunteers.integrity`) looks at all hours of one volunteer in one month; so whoever writes hours, or what
they are measured by, has the rule look at that volunteer's month again, and the page opens only what is marked.
Marks may stand where nothing is found any more, the page asks the rule; none may be missing (`wrong`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, delete, event, func, insert, select
from sqlalchemy.orm import Session, attributes

from db.audit import UNAUDITED
from db.counters import day_of
from db.models import Activity, HoursToAsk, Order, OrderOffer, Rota, RotaPost, ServiceRecord, Slot, Volunteer
from db.rules.activities.months import next_month
from db.rules.orders.life import WITH_MINUTES
from db.rules.volunteers.hours import Spell, activity_spell, clock_spell
from db.rules.volunteers.integrity import Entry, Tenure, findings
from db.rules.zone import CHINA
from db.scope import UNSCOPED, bare
from db.terms import AssignmentState

WHAT = func.coalesce(Activity.title, Rota.title + " " + RotaPost.name)
SYSTEM = UNAUDITED | UNSCOPED
NO_OPTIONS: Mapping[str, Any] = {}
Marks = set[tuple[int, date, int]]
"""Community, month and volunteer."""
Months = Mapping[int, set[date] | None]
"""Volunteer -> months, None for all of them."""
_MEASURED: dict[type[Any], tuple[str, ...]] = {
    ServiceRecord: (
        *("volunteer_id", "on", "minutes", "recorded_at", "agreed", "objection", "activity_id", "slot_id"),
        "community_id",
    ),
    Order: ("state", "started_at", "ended_at", "minutes"),
    OrderOffer: ("state", "volunteer_id", "order_id"),
    Activity: ("began_at",),
    Slot: ("starts_at", "ends_at"),
    Volunteer: ("since", "ended_on", "community_id"),
}
"""What the rule reads of each."""


def month_of(day: date) -> date:
    """The first of the month of a day."""
    return day.replace(day=1)


# --- what the rule looks at --------------------------------------------------------------------------------------


def entries_of(
    session: Session,
    first: date | None,
    after: date | None,
    who: Collection[int] | None = None,
    *,
    options: Mapping[str, Any] = NO_OPTIONS,
) -> list[Entry]:
    """Hours that count from `first` to before `after`: records by day, then orders; of `who`, or of everybody."""
    return [
        *_records(session, _records_query(first, after, who), options),
        *_served(session, _orders_query(first, after, who), options),
    ]


def _days(column: Any, first: date | None, after: date | None) -> tuple[Any, ...]:
    return () if first is None or after is None else (column >= first, column < after)


def _records_query(first: date | None, after: date | None, who: Collection[int] | None) -> Any:
    query = (
        select(
            *(ServiceRecord.id, ServiceRecord.volunteer_id, ServiceRecord.on, ServiceRecord.minutes),
            *(ServiceRecord.recorded_at, ServiceRecord.recorded_by, ServiceRecord.agreed, ServiceRecord.objection),
            *(Activity.title, Activity.began_at, Slot.starts_at, Slot.ends_at, WHAT.label("what")),
        )
        .join(Volunteer, Volunteer.id == ServiceRecord.volunteer_id)
        .outerjoin(Activity, Activity.id == ServiceRecord.activity_id)
        .outerjoin(Slot, Slot.id == ServiceRecord.slot_id)
        .outerjoin(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
        .where(ServiceRecord.minutes > 0)
        .order_by(ServiceRecord.on, ServiceRecord.id)
    )
    if who is None:
        return query.where(*_days(ServiceRecord.on, first, after))
    # Days and people in one look without the scope, or SQLite goes through the month of the whole community.
    own = bare(ServiceRecord)
    return query.where(
        ServiceRecord.id.in_(select(own.id).where(own.volunteer_id.in_(who), *_days(own.on, first, after)))
    )


def _records(session: Session, query: Any, options: Mapping[str, Any]) -> Iterable[Entry]:
    for one in session.execute(query, execution_options=options):
        yield Entry(
            f"r{one.id}",
            one.volunteer_id,
            Spell(one.what or "—", one.on, one.minutes, one.starts_at, one.ends_at)
            if one.title is None
            else activity_spell(one.title, one.on, one.minutes, one.began_at),
            day_of(one.recorded_at),
            one.recorded_by,
            one.objection if one.agreed is False else "",
        )


def served_orders(first: date | None, after: date | None) -> tuple[Any, ...]:
    """What holds for orders, joined with the offer that was accepted, whose minutes count on these days."""
    there = (Order.state.in_(WITH_MINUTES), Order.ended_at.is_not(None), Order.minutes > 0)
    if first is None or after is None:
        return there
    return *there, Order.ended_at >= _start(first), Order.ended_at < _start(after)


ACCEPTED = and_(OrderOffer.order_id == Order.id, OrderOffer.state == AssignmentState.ACCEPTED)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _orders_query(first: date | None, after: date | None, who: Collection[int] | None) -> Any:
    query = (
        select(Order.id, Order.number, Order.started_at, Order.ended_at, Order.minutes, OrderOffer.volunteer_id)
        .join(OrderOffer, ACCEPTED)
        .where(*served_orders(first, after))
        .order_by(Order.id)
    )
    if who is None:
        return query
    own = bare(OrderOffer)
    return query.where(OrderOffer.id.in_(select(own.id).where(own.volunteer_id.in_(who))))


def _served(session: Session, query: Any, options: Mapping[str, Any]) -> Iterable[Entry]:
    for key, number, started, ended, minutes, volunteer_id in session.execute(query, execution_options=options):
        if ended is not None and minutes is not None:
            yield Entry(f"o{key}", volunteer_id, clock_spell(number, started or ended, ended, minutes))


# --- what was written --------------------------------------------------------------------------------------------


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _context: Any) -> None:
    for rows, dirty in ((session.new, False), (session.dirty, True), (session.deleted, False)):
        for row in rows:
            read = _MEASURED.get(type(row))
            if read is None or (dirty and not _changed(row, read)):
                continue
            seen: set[tuple[Any, ...]] = session.info.setdefault("hours_to_ask", set())
            if isinstance(row, ServiceRecord):
                seen |= {("month", who, month_of(on)) for who in _both(row, "volunteer_id") for on in _both(row, "on")}
            elif isinstance(row, OrderOffer):
                seen |= {("offer", who, row.order_id) for who in _both(row, "volunteer_id")}
            elif isinstance(row, Order):
                days = {day_of(ended) for ended in _both(row, "ended_at") if ended is not None}
                seen |= {("order", row.id, month_of(day)) for day in days}
            elif dirty:
                seen.add((type(row), row.id, None))


def _changed(row: Any, names: Iterable[str]) -> bool:
    return any(attributes.get_history(row, name).has_changes() for name in names)


def _both(row: Any, name: str) -> set[Any]:
    """What it was and what it is."""
    history = attributes.get_history(row, name)
    return {getattr(row, name), *(history.deleted or ())}


def write(session: Session) -> None:
    """Have the rule look again at the volunteers and months that this transaction touched."""
    seen = session.info.pop("hours_to_ask", None)
    if seen and (months := _months(session, seen)):
        _look_again(session, months)


def _months(session: Session, seen: set[tuple[Any, ...]]) -> Months:
    found: defaultdict[int, set[date] | None] = defaultdict(set)
    for kind, key, more in seen:
        for volunteer_id, month in _touched(session, kind, key, more):
            months = found[volunteer_id]
            if month is None:
                found[volunteer_id] = None
            elif months is not None:
                months.add(month)
    return found


def _touched(session: Session, kind: Any, key: int, more: Any) -> Iterable[tuple[int, date | None]]:
    """Whose hours of which month what was written may change; None stands for every month."""
    if kind == "month":
        yield key, more
    elif kind == "offer":
        # Most offers are answered long before anybody serves.
        order = session.get(Order, more, execution_options=SYSTEM)
        if order is not None and order.ended_at is not None:
            yield key, month_of(day_of(order.ended_at))
    elif kind == "order":
        who = select(OrderOffer.volunteer_id).where(OrderOffer.order_id == key)
        yield from ((one, more) for one in session.scalars(who, execution_options=SYSTEM))
    elif kind is Volunteer:
        yield key, None
    else:
        source = ServiceRecord.activity_id if kind is Activity else ServiceRecord.slot_id
        there = select(ServiceRecord.volunteer_id, ServiceRecord.on).where(source == key)
        yield from ((who, month_of(on)) for who, on in session.execute(there, execution_options=SYSTEM))


def _look_again(session: Session, wanted: Months) -> None:
    # Who writes hours holds the volunteer, so that two who write at once do not each miss the other's.
    homes = {
        one.id: (one.community_id, Tenure(one.since, one.ended_on))
        for one in session.execute(
            select(Volunteer.id, Volunteer.community_id, Volunteer.since, Volunteer.ended_on)
            .where(Volunteer.id.in_(wanted))
            .order_by(Volunteer.id)
            .with_for_update(),
            execution_options=SYSTEM,
        )
    }
    all_months = [month for months in wanted.values() for month in months or ()]
    bounded = all_months and None not in wanted.values()
    first, after = (min(all_months), next_month(max(all_months))) if bounded else (None, None)
    entries = entries_of(session, first, after, list(wanted), options=SYSTEM)
    to_ask = _to_ask(entries, homes)
    marks = select(HoursToAsk.id, HoursToAsk.community_id, HoursToAsk.month, HoursToAsk.volunteer_id).where(
        HoursToAsk.volunteer_id.in_(wanted)
    )

    def looked_at(volunteer_id: int, month: date) -> bool:
        months = wanted[volunteer_id]
        return months is None or month in months

    there: Marks = set()
    gone = []
    for key, home, month, who in session.execute(marks, execution_options=SYSTEM):
        there.add((home, month, who))
        if looked_at(who, month) and (home, month, who) not in to_ask:
            gone.append(key)
    new = [mark for mark in sorted(to_ask - there) if looked_at(mark[2], mark[1])]
    if gone:
        session.execute(delete(HoursToAsk).where(HoursToAsk.id.in_(gone)), execution_options=SYSTEM)
    _add(session, new)


def _to_ask(entries: Iterable[Entry], homes: Mapping[int, tuple[int, Tenure]]) -> Marks:
    """Of whose months the rule finds anything."""
    by_month: defaultdict[tuple[int, date], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.volunteer_id in homes:
            by_month[entry.volunteer_id, month_of(entry.spell.on)].append(entry)
    return {
        (homes[who][0], month, who)
        for (who, month), own in by_month.items()
        if findings(own, {who: homes[who][1]}, month, {})
    }


def _add(session: Session, marks: Iterable[tuple[int, date, int]]) -> None:
    rows = [{"community_id": home, "month": month, "volunteer_id": who} for home, month, who in marks]
    if rows:
        session.execute(insert(HoursToAsk), rows, execution_options=SYSTEM)


# --- all of it anew ----------------------------------------------------------------------------------------------


def from_facts(session: Session) -> Marks:
    """What the rule finds over everything, a month at a time."""
    homes = {
        one.id: (one.community_id, Tenure(one.since, one.ended_on))
        for one in session.execute(
            select(Volunteer.id, Volunteer.community_id, Volunteer.since, Volunteer.ended_on), execution_options=SYSTEM
        )
    }
    ends = (
        select(func.min(ServiceRecord.on), func.max(ServiceRecord.on)),
        select(func.min(Order.ended_at), func.max(Order.ended_at)).where(*served_orders(None, None)),
    )
    days = [
        day_of(day) if isinstance(day, datetime) else day
        for query in ends
        for day in session.execute(query, execution_options=SYSTEM).one()
        if day is not None
    ]
    found: Marks = set()
    month = month_of(min(days)) if days else date.max
    while days and month <= max(days):
        found |= _to_ask(entries_of(session, month, next_month(month), options=SYSTEM), homes)
        month = next_month(month)
    return found


def kept(session: Session) -> Marks:
    """The marks that stand."""
    query = select(HoursToAsk.community_id, HoursToAsk.month, HoursToAsk.volunteer_id)
    return {(home, month, who) for home, month, who in session.execute(query, execution_options=SYSTEM)}


def renew(session: Session) -> None:
    """Write all marks anew, after statements that no flush sees."""
    session.execute(delete(HoursToAsk), execution_options=SYSTEM)
    _add(session, sorted(from_facts(session)))


def wrong(session: Session) -> bool:
    """Whether a mark is missing. One too many, as a revision leaves them until `migrate` has looked, hides nothing."""
    return bool(from_facts(session) - kept(session))

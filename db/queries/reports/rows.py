"""Ledgers as data: the fields of `db.rules.reports.fields` for any period, chunk by chunk, masked unless asked for.

What stands about a restricted household is its alias, masked or not: nobody's form needs more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    Account,
    Category,
    Complaint,
    Household,
    Need,
    Order,
    OrderOffer,
    Place,
    Service,
    ServiceRecord,
    Topic,
    Visit,
    Volunteer,
)
from db.queries.doors.households import masked_door
from db.queries.reports.figures import UNITS, figure_rows
from db.queries.reports.service import (
    on_the_roll,
    read_service,
    read_volunteers,
    served_in,
    service_fields,
    volunteer_fields,
)
from db.rules.masking import masked_name, masked_phone, redact
from db.rules.needs.register import Entry, missing
from db.rules.reports.fields import Period
from db.terms import AssignmentState, LedgerKind, NeedStage

AT_ONCE = 500
MOST_ROWS = 20_000
HIDDEN = "***"
LedgerRow = dict[str, Any]
"""Field key → text, whole number, day, or a word of an enumeration."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a ledger is narrowed to; None and "" mean everything. `state` is the value of its state or stage."""

    place_id: int | None = None
    category_id: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a ledger comes from: its model, when a row counts, what is read, how a row becomes fields."""

    model: Any
    within: Callable[[Period], ColumnElement[bool]]
    order: Any
    read: Callable[[], Select[Any]]
    fields: Callable[[Any, bool], LedgerRow]
    state: Any = None
    category: Any = None


def ledger_count(
    session: Session, kind: LedgerKind, community_id: int, period: Period, narrowing: Narrowing = Narrowing()
) -> int:
    """How many rows the ledger has."""
    if kind is LedgerKind.FIGURES:
        return len(UNITS)
    source = _SOURCES[kind]
    return session.scalar(_chosen(source, community_id, period, narrowing, func.count())) or 0


def ledger_rows(
    session: Session,
    kind: LedgerKind,
    community_id: int,
    period: Period,
    narrowing: Narrowing = Narrowing(),
    *,
    masked: bool = True,
    most: int = MOST_ROWS,
) -> Iterator[LedgerRow]:
    """The rows in the order of their day, at most `most`, five hundred at a time.

    A caller that asks for `masked=False` writes the reason down (`db.actions.reports.exports`).
    """
    if kind is LedgerKind.FIGURES:
        yield from figure_rows(session, community_id, period)[:most]
        return
    source = _SOURCES[kind]
    chosen = _chosen(source, community_id, period, narrowing, source.model.id)
    ids = session.scalars(chosen.order_by(source.order, source.model.id).limit(most)).all()
    serial = 0
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        found = {row.id: row for row in session.execute(source.read().where(source.model.id.in_(part)))}
        for row_id in part:
            if row_id in found:  # a row may have gone meanwhile
                serial += 1
                yield {"serial": serial} | source.fields(found[row_id], masked)


def _chosen(source: _Source, community_id: int, period: Period, narrowing: Narrowing, wanted: Any) -> Select[Any]:
    query = select(wanted).select_from(source.model)
    query = query.where(source.model.community_id == community_id, source.within(period))
    place = getattr(source.model, "place_id", None)
    if narrowing.place_id is not None and place is not None:
        query = query.where(place == narrowing.place_id)
    if narrowing.category_id is not None and source.category is not None:
        query = query.where(source.category == narrowing.category_id)
    if narrowing.state and source.state is not None:
        query = query.where(source.state == narrowing.state)
    return query


# --- who it is about ----------------------------------------------------------------------------------------


_HOUSEHOLD = (
    Household.id.label("known_id"),
    Household.alias,
    Household.stairwell,
    Household.room,
    Household.restricted.label("hidden"),
    Household.kind.label("household_kind"),
)


def _restricted(row: Any) -> bool:
    """Restricted itself, of a restricted household, or of one that this reader may not reach."""
    beyond_reach = row.household_id is not None and row.known_id is None
    return bool(row.restricted or row.hidden or beyond_reach)


def _where(row: Any, masked: bool) -> LedgerRow:
    """Place, building and door of a row."""
    if _restricted(row):
        return {"place": "", "building": "", "door": row.alias or HIDDEN, "household_kind": ""}
    door = masked_door(row.place, row.building, known=row.household_id is not None)
    if not masked and row.household_id is not None:
        door = f"{row.place or ''}{row.building}{row.stairwell}{row.room}"
    return {
        "place": row.place or "",
        "building": row.building,
        "door": door,
        "household_kind": row.household_kind or "",
    }


def _who(row: Any, masked: bool) -> LedgerRow:
    """The person behind a row."""
    if _restricted(row):
        return {"asker": row.alias or HIDDEN, "phone": ""}
    name, phone = row.asker_name or "", row.asker_phone or ""
    if masked:
        return {"asker": masked_name(name), "phone": masked_phone(phone) if phone else ""}
    return {"asker": name, "phone": phone}


def _words(row: Any, text: str, masked: bool) -> str:
    return redact(text) if masked or _restricted(row) else text


def _joined(model: Any, worker: Any, *columns: Any) -> Select[Any]:
    """A model with its place, household and, if it has one, category."""
    category = getattr(model, "category_id", None)
    named = [Category.name.label("category")] if category is not None else []
    query: Select[Any] = select(
        model.id, model.household_id, model.restricted, model.building, Place.name.label("place"), *_HOUSEHOLD,
        Account.name.label("worker"), *named, *columns,
    )  # fmt: skip
    query = query.select_from(model).outerjoin(Place, Place.id == model.place_id)
    query = query.outerjoin(Household, Household.id == model.household_id).outerjoin(Account, Account.id == worker)
    return query.outerjoin(Category, Category.id == category) if category is not None else query


def _between(column: Any) -> Callable[[Period], ColumnElement[bool]]:
    def within(period: Period) -> ColumnElement[bool]:
        start, end = period.bounds
        return and_(column >= start, column < end)

    return within


# --- the ledgers ----------------------------------------------------------------------------------------


def _read_visits() -> Select[Any]:
    needs = select(func.count()).select_from(Need).where(Need.visit_id == Visit.id).correlate(Visit).scalar_subquery()
    columns = (Visit.at, Visit.outcome, Visit.note, Visit.where_text, needs.label("needs"))
    return _joined(Visit, Visit.worker_id, *columns)


def _visit(row: Any, masked: bool) -> LedgerRow:
    where = _where(row, masked)
    if row.household_id is None and not row.restricted:
        where["door"] = _words(row, row.where_text, masked)
    more = {"day": day_of(row.at), "worker": row.worker or "", "outcome": row.outcome, "needs": row.needs}
    return where | more | {"note": _words(row, row.note, masked)}


_NEED = (
    *(Need.number, Need.title, Need.description, Need.source, Need.urgency, Need.people, Need.voices, Need.stage),
    *(Need.logged_at, Need.week, Need.reach, Need.asker_name, Need.asker_phone),
)


def _need(row: Any, masked: bool) -> LedgerRow:
    return {
        **_where(row, masked),
        **_who(row, masked),
        "number": row.number,
        "day": day_of(row.logged_at),
        "title": _words(row, row.title, masked),
        "words": _words(row, row.description, masked),
        "category": row.category or "",
        "source": row.source,
        "urgency": row.urgency,
        "people": row.people,
        "voices": row.voices,
        "state": row.stage,
        "worker": row.worker or "",
        "week": row.week,
    }


def _registered(row: Any, masked: bool) -> LedgerRow:
    asked = any(getattr(row, name) is not None for name in ("household_id", "asker_name", "asker_phone"))
    given = {name: getattr(row, name) for name in ("description", "building", "reach", "people", "source")}
    return _need(row, masked) | {"lacks": tuple(missing(Entry(**given, has_asker=asked)))}


def _in_weeks(period: Period) -> ColumnElement[bool]:
    first, last = period.mondays
    return and_(Need.week >= first, Need.week <= last, Need.stage != NeedStage.VOID)


_TOPIC: tuple[Any, ...] = (
    *(Topic.id, Topic.number, Topic.title, Topic.source, Topic.proposer, Topic.background, Topic.proposal),
    *(Topic.scope, Topic.budget_yuan, Topic.state, Topic.review_reason, Topic.made_at, Topic.reviewed_at),
    Category.name.label("category"),
)


def _read_topics() -> Select[Any]:
    return select(*_TOPIC).select_from(Topic).outerjoin(Category, Category.id == Topic.category_id)


def _topic(row: Any, masked: bool) -> LedgerRow:
    tidy = redact if masked else str
    return {
        "number": row.number,
        "day": day_of(row.made_at),
        "title": tidy(row.title),
        "source": row.source,
        "proposer": row.proposer,
        "category": row.category or "",
        "words": tidy(row.background),
        "proposal": tidy(row.proposal),
        "scope": tidy(row.scope),
        "budget": row.budget_yuan,
        "state": row.state,
        "finished": day_of(row.reviewed_at) if row.reviewed_at else None,
        "reply": tidy(row.review_reason),
    }


def _read_orders() -> Select[Any]:
    columns = (
        *(Order.number, Order.channel, Order.wanted_on, Order.note, Order.state, Order.made_at, Order.ended_at),
        *(Order.minutes, Order.rating, Order.asker_name, Order.asker_phone, Service.name.label("service")),
        *(Volunteer.name.label("helper"), Volunteer.number.label("helper_number")),
    )
    taken = and_(OrderOffer.order_id == Order.id, OrderOffer.state == AssignmentState.ACCEPTED)
    return (
        _joined(Order, Order.made_by, *columns)
        .outerjoin(Service, Service.id == Order.service_id)
        .outerjoin(OrderOffer, taken)
        .outerjoin(Volunteer, Volunteer.id == OrderOffer.volunteer_id)
    )


def _order(row: Any, masked: bool) -> LedgerRow:
    return {
        **_where(row, masked),
        **_who(row, masked),
        "number": row.number,
        "day": day_of(row.made_at),
        "service": row.service or "",
        "source": row.channel,
        "wanted": row.wanted_on,
        "words": _words(row, row.note, masked),
        "state": row.state,
        # A helper's name goes out by consent alone (志愿服务条例 art. 20): the number says who it was.
        "helper": f"{row.helper_number} {masked_name(row.helper)}" if row.helper else "",
        "finished": day_of(row.ended_at) if row.ended_at else None,
        "minutes": row.minutes,
        "satisfaction": row.rating or "",
    }


_COMPLAINT = (
    *(Complaint.number, Complaint.title, Complaint.description, Complaint.source, Complaint.received_on),
    *(Complaint.responsible, Complaint.responsible_name, Complaint.due_on, Complaint.state, Complaint.reply),
    *(Complaint.closed_at, Complaint.satisfaction, Complaint.asker_name, Complaint.asker_phone),
)


def _complaint(row: Any, masked: bool) -> LedgerRow:
    return {
        **_where(row, masked),
        **_who(row, masked),
        "number": row.number,
        "day": row.received_on,
        "source": row.source,
        "title": _words(row, row.title, masked),
        "words": _words(row, row.description, masked),
        "category": row.category or "",
        "responsible": row.responsible_name or row.responsible or "",
        "due": row.due_on,
        "state": row.state,
        "reply": _words(row, row.reply, masked),
        "finished": day_of(row.closed_at) if row.closed_at else None,
        "satisfaction": row.satisfaction or "",
    }


def _received(period: Period) -> ColumnElement[bool]:
    return and_(Complaint.received_on >= period.start, Complaint.received_on <= period.end)


def _read_needs() -> Select[Any]:
    return _joined(Need, Need.worker_id, *_NEED)


_SOURCES: dict[LedgerKind, _Source] = {
    LedgerKind.VISITS: _Source(Visit, _between(Visit.at), Visit.at, _read_visits, _visit, Visit.outcome),
    LedgerKind.NEEDS: _Source(
        Need, _between(Need.logged_at), Need.logged_at, _read_needs, _need, Need.stage, Need.category_id
    ),
    LedgerKind.REGISTER: _Source(
        Need, _in_weeks, Need.logged_at, _read_needs, _registered, Need.stage, Need.category_id
    ),
    LedgerKind.TOPICS: _Source(
        Topic, _between(Topic.made_at), Topic.made_at, _read_topics, _topic, Topic.state, Topic.category_id
    ),
    LedgerKind.ORDERS: _Source(Order, _between(Order.made_at), Order.made_at, _read_orders, _order, Order.state),
    LedgerKind.COMPLAINTS: _Source(
        Complaint, _received, Complaint.received_on,
        lambda: _joined(Complaint, Complaint.logged_by, *_COMPLAINT), _complaint, Complaint.state,
        Complaint.category_id,
    ),
    LedgerKind.VOLUNTEERS: _Source(Volunteer, on_the_roll, Volunteer.since, read_volunteers, volunteer_fields),
    LedgerKind.SERVICE: _Source(ServiceRecord, served_in, ServiceRecord.on, read_service, service_fields),
}  # fmt: skip

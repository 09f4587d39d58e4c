"""定期服务: the series with their next turn, and whether a page must make turns."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Household, Order, OrderSeries, Place, Service, Volunteer
from db.queries.council.notices import holidays
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.rules.masking import masked_name, redact
from db.rules.orders.recurrence import AHEAD_DAYS, day_off
from db.terms import Rhythm


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series in the list; the door and the helper masked."""

    id: int
    service: str
    service_en: str
    rhythm: Rhythm
    door: str
    helper: str
    wanted_time: str
    next_on: date | None
    until: date | None
    stopped: bool
    turns: int
    note: str
    on_day_off: bool
    """The next turn falls on a holiday: a worker should ask whether it takes place."""


def series_page(
    session: Session, *, running: bool = True, before: int | None = None, only: int | None = None
) -> Page[SeriesRow]:
    """The series by their next day, the stopped ones last, or the one with this id, in two statements."""
    made = (
        select(func.count())
        .select_from(Order)
        .where(Order.series_id == OrderSeries.id)
        .correlate(OrderSeries)
        .scalar_subquery()
    )
    query = (
        select(
            *(OrderSeries.id, Service.name, Service.name_en, OrderSeries.rhythm, Place.name.label("place")),
            *(Household.building, Household.alias, Volunteer.number, Volunteer.name.label("helper")),
            *(OrderSeries.wanted_time, OrderSeries.next_on, OrderSeries.until, OrderSeries.stopped_at),
            *(OrderSeries.note, made.label("turns")),
        )
        .join(Service, Service.id == OrderSeries.service_id)
        .join(Household, Household.id == OrderSeries.household_id)
        .join(Place, Place.id == Household.place_id)
        .outerjoin(Volunteer, Volunteer.id == OrderSeries.volunteer_id)
        .limit(ROWS + 1)
    )
    if only is not None:
        query = query.where(OrderSeries.id == only)
    elif running:
        query = query.where(OrderSeries.next_on.is_not(None))
    query = worst_first(
        query, OrderSeries, *due_first(OrderSeries.stopped_at.is_(None), OrderSeries.next_on), before=before
    )
    found, overrides = session.execute(query).all(), holidays(session)
    rows = (
        SeriesRow(
            id=row.id,
            service=row.name,
            service_en=row.name_en,
            rhythm=row.rhythm,
            door=masked_door(row.place, row.building, known=True, alias=row.alias),
            helper=f"{row.number} {masked_name(row.helper)}" if row.number else "",
            wanted_time=row.wanted_time,
            next_on=row.next_on,
            until=row.until,
            stopped=row.stopped_at is not None,
            turns=row.turns,
            note=redact(row.note),
            on_day_off=row.next_on is not None and day_off(row.next_on, overrides),
        )
        for row in found[:ROWS]
    )
    return Page(tuple(rows), len(found) > ROWS)


def turns_due(session: Session, *, today: date) -> bool:
    """Whether a turn of this week is not an order yet; by index, so that a page may ask it each time."""
    query = select(OrderSeries.id).where(
        OrderSeries.next_on <= today + timedelta(days=AHEAD_DAYS), OrderSeries.stopped_at.is_(None)
    )
    return session.execute(query.limit(1)).first() is not None

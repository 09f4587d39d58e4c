"""资源: what a unit offers; changed only as far as what is promised of it allows."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, whole
from db.actions.loading import chosen_row, load
from db.actions.units.steps import holds_of, named, offer_of, open_requests, own_unit, settle, tell
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Category, Resource, Unit
from db.rules.permissions import Permission
from db.rules.units.capacity import Hold, fits, why_not
from db.rules.units.input import ResourceInput
from db.terms import DayPart, ResourceKind, UnitHappening, Weekday

AMOUNT_MOST = 100_000


@action(Permission.MANAGE_UNITS)
def save_resource(
    session: Session,
    *,
    unit_id: int,
    given: ResourceInput,
    now: datetime,
    resource_id: int | None = None,
    version: int | None = None,
) -> int:
    """A new resource of a unit, or a changed one; the id.

    Raises Refused("unit_has_ended"), and Refused("resource_promises_outside", count=) when what is promised from today
    on would not fit any more.
    """
    unit = own_unit(session, unit_id)
    if unit.ended_on is not None and unit.ended_on < day_of(now):
        raise Refused("unit_has_ended")
    from_on = day("from_on", given.from_on) if given.from_on is not None else None
    until_on = day("until_on", given.until_on) if given.until_on is not None else None
    if from_on is not None and until_on is not None and until_on < from_on:
        raise BadInput("until_on", Problem.TOO_EARLY, day=str(from_on))
    category = (
        chosen_row(session, Category, "category_id", given.category_id) if given.category_id is not None else None
    )
    weekdays = {chosen("weekdays", one, list(Weekday)) for one in given.weekdays}
    parts = {chosen("parts", one, list(DayPart)) for one in given.parts}
    values = {
        "kind": chosen("kind", given.kind, list(ResourceKind)),
        "name": line("name", given.name, most=60),
        "amount": whole("amount", given.amount, least=1, most=AMOUNT_MOST),
        "measure": line("measure", given.measure, most=12),
        "category_id": category.id if category is not None else None,
        "skill": line("skill", given.skill, most=20, needed=False),
        "words": line("words", given.words, most=200, needed=False),
        "place": line("place", given.place, most=200, needed=False),
        "weekdays": [one.value for one in Weekday if one in weekdays],
        "parts": [one.value for one in DayPart if one in parts],
        "from_on": from_on,
        "until_on": until_on,
        "conditions": line("conditions", given.conditions, most=200, needed=False),
    }
    if resource_id is None:
        row = Resource(subdistrict_id=unit.subdistrict_id, unit_id=unit.id, **values)
        session.add(row)
        kind = UnitHappening.OFFERED
    else:
        row = load(session, Resource, resource_id, version=version, lock=True)
        if row.unit_id != unit.id:
            raise BadInput("unit_id", Problem.UNKNOWN_CHOICE)
        for column, value in values.items():
            setattr(row, column, value)
        kind = UnitHappening.RESOURCE_CHANGED
        _promises_must_fit(session, row, unit, day_of(now))
    tell(session, unit.id, kind, now=now, resource=row.name)
    session.flush()
    return row.id


def _promises_must_fit(session: Session, row: Resource, unit: Unit, today: date) -> None:
    """What is promised from today on goes on as it was said."""
    with session.no_autoflush:
        held = holds_of(session, row)
    offer = offer_of(row, unit)
    kept: list[Hold] = []
    outside = 0
    for hold in sorted(held, key=lambda one: one.last):
        past = hold.last < today
        if not past and (why_not(offer, hold) is not None or not fits(offer, kept, hold)):
            outside += 1
        kept.append(hold)
    if outside:
        raise Refused("resource_promises_outside", count=outside)


@action(Permission.MANAGE_UNITS)
def close_resource(
    session: Session, *, resource_id: int, version: int, reason: str, now: datetime, settle_promises: bool = False
) -> int:
    """停用 from today on; how many requests were settled with it. Raises Refused("resource_has_promises")."""
    row = load(session, Resource, resource_id, version=version)
    unit = own_unit(session, row.unit_id)
    why = line("reason", reason, most=200)
    session.refresh(row)
    if row.closed_on is not None:
        raise Refused("already_done")
    today = day_of(now)
    names = {row.id: row.name}
    waiting = open_requests(session, [row.id], today)
    if waiting and not settle_promises:
        raise Refused("resource_has_promises", count=len(waiting), names=named(waiting, names))
    settle(session, unit, waiting, names, why, now)
    row.closed_on = today
    tell(session, unit.id, UnitHappening.RESOURCE_CLOSED, now=now, note=why, resource=row.name, settled=len(waiting))
    return len(waiting)


@action(Permission.MANAGE_UNITS)
def reopen_resource(session: Session, *, resource_id: int, version: int, now: datetime) -> int:
    """It is given again. The id."""
    row = load(session, Resource, resource_id, version=version)
    unit = own_unit(session, row.unit_id)
    if row.closed_on is None:
        raise Refused("already_done")
    row.closed_on = None
    tell(session, unit.id, UnitHappening.RESOURCE_OPENED, now=now, resource=row.name)
    return row.id

"""What the actions of units share: who may act on what, what is promised, and the lines of a unit's history."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.loading import actor_of, load
from db.errors import Refused
from db.models import Resource, ResourceRequest, Unit, UnitEvent
from db.rules.units.capacity import Hold, Offer
from db.rules.units.life import HOLDS, OPEN, may_follow
from db.terms import RequestState, ResourceKind, UnitHappening


def tell(
    session: Session,
    unit_id: int,
    kind: UnitHappening,
    *,
    now: datetime,
    request_id: int | None = None,
    said_by: str | None = None,
    note: str = "",
    **values: Any,
) -> UnitEvent:
    """Write one line into the history of a unit."""
    actor = actor_of(session)
    event = UnitEvent(
        subdistrict_id=actor.subdistrict_id,
        unit_id=unit_id,
        request_id=request_id,
        at=now,
        actor_id=actor.id,
        kind=kind,
        values=values,
        said_by=said_by,
        note=note,
    )
    session.add(event)
    return event


def own_unit(session: Session, unit_id: int, *, version: int | None = None) -> Unit:
    """The unit, held against others, for those who look after it: its community, and the subdistrict.

    Raises Refused("unit_elsewhere"). Everything that is promised of a unit is decided under this one lock.
    """
    unit = load(session, Unit, unit_id, version=version, lock=True)
    home = actor_of(session).community_id
    if home is not None and unit.home_id not in (None, home):
        raise Refused("unit_elsewhere")
    return unit


def of_request(
    session: Session, request_id: int, version: int, to: RequestState, *, asker_only: bool = False
) -> tuple[ResourceRequest, Resource, Unit]:
    """The request with its resource and unit, under the unit's lock, if it may go to `to`.

    Raises Refused("request_elsewhere") for other communities' matters, Refused("request_over") where no way leads.
    """
    first = load(session, ResourceRequest, request_id)
    resource = load(session, Resource, first.resource_id)
    unit = load(session, Unit, resource.unit_id, lock=True)
    row = load(session, ResourceRequest, request_id, version=version, lock=True)
    session.refresh(resource)
    home = actor_of(session).community_id
    sides = {row.home_id} if asker_only else {row.home_id, unit.home_id}
    if home is not None and home not in sides:
        raise Refused("request_elsewhere")
    if not may_follow(row.state, to):
        raise Refused("request_over")
    return row, resource, unit


def offer_of(resource: Resource, unit: Unit) -> Offer:
    """When and how much, as the rules of capacity see it."""
    return Offer(
        kind=resource.kind,
        amount=resource.amount,
        weekdays=resource.weekdays,
        parts=resource.parts,
        from_on=resource.from_on,
        until_on=resource.until_on,
        closed_on=resource.closed_on,
        unit_ended_on=unit.ended_on,
    )


def hold_of(row: ResourceRequest) -> Hold:
    """What a request takes."""
    return Hold(row.on_day, row.until_on, row.part, row.amount)


def holds_of(session: Session, resource: Resource, *, but: int | None = None) -> list[Hold]:
    """What is promised of a resource; of goods that were used what was really taken."""
    query = select(ResourceRequest).where(ResourceRequest.resource_id == resource.id, ResourceRequest.state.in_(HOLDS))
    found = []
    for row in session.scalars(query, execution_options={"populate_existing": True}):
        if row.id == but:
            continue
        hold = hold_of(row)
        if resource.kind is ResourceKind.GOODS and row.used_amount is not None:
            hold = Hold(hold.first, hold.last, hold.part, row.used_amount)
        found.append(hold)
    return found


def open_requests(session: Session, resource_ids: Sequence[int], after: date) -> list[ResourceRequest]:
    """Requests that wait or are promised for a day after `after`, the next first."""
    query = (
        select(ResourceRequest)
        .where(
            ResourceRequest.resource_id.in_(resource_ids),
            ResourceRequest.state.in_(OPEN),
            ResourceRequest.until_on > after,
        )
        .order_by(ResourceRequest.on_day, ResourceRequest.id)
        .with_for_update()
    )
    return list(session.scalars(query, execution_options={"populate_existing": True}))


def settle(session: Session, unit: Unit, rows: Sequence[ResourceRequest], names: Any, why: str, now: datetime) -> None:
    """Take back what was promised and decline what waits, each with its line: nothing ends in silence."""
    for row in rows:
        promised = row.state is RequestState.PROMISED
        row.state = RequestState.WITHDRAWN if promised else RequestState.DECLINED
        kind = UnitHappening.WITHDRAWN if promised else UnitHappening.DECLINED
        values = {"resource": names[row.resource_id], "day": row.on_day.isoformat()}
        tell(session, unit.id, kind, now=now, request_id=row.id, note=why, **values)


def named(rows: Sequence[ResourceRequest], names: Any) -> str:
    """The first few requests by resource and day, for a refusal that says what stands in the way."""
    return "、".join(f"{names[row.resource_id]} {row.on_day.isoformat()}" for row in rows[:3])

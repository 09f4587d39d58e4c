"""使用申请: ask for a resource, write down what the unit said, that it was used, and that it was thanked.

Staff write on behalf of the unit and name who of it said so. The unit's row is the one lock under which promises are
made: of twenty who promise the last hall at once one does.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, whole
from db.actions.loading import actor_of, load
from db.actions.units.resources import AMOUNT_MOST
from db.actions.units.steps import hold_of, holds_of, of_request, offer_of, tell
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotPermitted, Problem, Refused
from db.models import Activity, Model, Need, Order, Project, Resource, ResourceRequest, Unit
from db.rules.permissions import Permission
from db.rules.units.capacity import MOST_DAYS, Hold, fits, room, why_not
from db.rules.units.input import AskInput
from db.terms import DayPart, RequestState, ResourceKind, UnitHappening

WRITTEN_LATER = timedelta(days=MOST_DAYS)
"""How long ago a loan may have been that is written down only now."""
LINKS: dict[str, type[Model]] = {"need_id": Need, "project_id": Project, "activity_id": Activity, "order_id": Order}


@action(Permission.ASK_RESOURCE)
def ask_resource(session: Session, *, resource_id: int, given: AskInput, now: datetime) -> int:
    """Ask for a resource of the pool; the id.

    Raises Refused: resource_<NotGiven>, resource_taken (left=), request_twice, request_for_one.
    """
    actor = actor_of(session)
    if actor.community_id is None:
        raise NotPermitted(permission=Permission.ASK_RESOURCE, role=actor.role)
    resource = load(session, Resource, resource_id)
    unit = load(session, Unit, resource.unit_id, lock=True)
    session.refresh(resource)
    today = day_of(now)
    first = day("on_day", given.on_day, least=today - WRITTEN_LATER)
    last = day("until_on", given.until_on, least=first) if given.until_on is not None else first
    if (last - first).days >= MOST_DAYS:
        raise BadInput("until_on", Problem.OUT_OF_RANGE, least=1, most=MOST_DAYS)
    part = chosen("part", given.part, list(DayPart)) if given.part is not None else None
    goods = resource.kind is ResourceKind.GOODS
    wanted = Hold(first, last, None if goods else part, whole("amount", given.amount, least=1, most=AMOUNT_MOST))
    row = ResourceRequest(
        subdistrict_id=actor.subdistrict_id,
        resource_id=resource.id,
        home_id=actor.community_id,
        amount=wanted.amount,
        on_day=wanted.first,
        until_on=wanted.last,
        part=wanted.part,
        purpose=line("purpose", given.purpose, most=200),
        asked_by=actor.id,
        asked_at=now,
        **_links(session, given),
    )
    _must_be_there(session, resource, unit, wanted)
    _not_twice(session, row)
    session.add(row)
    session.flush()
    _tell(session, unit, resource, row, UnitHappening.ASKED, now=now, note=row.purpose)
    return row.id


def _links(session: Session, given: AskInput) -> dict[str, int]:
    """What it is for, at most one thing, and one that the actor can reach."""
    found = {name: number for name in LINKS if (number := getattr(given, name)) is not None}
    if len(found) > 1:
        raise Refused("request_for_one")
    for name, number in found.items():
        load(session, LINKS[name], number)
    return found


def _must_be_there(session: Session, resource: Resource, unit: Unit, wanted: Hold, *, but: int | None = None) -> None:
    offer = offer_of(resource, unit)
    why = why_not(offer, wanted)
    if why is not None:
        raise Refused(f"resource_{why.value}")
    holds = holds_of(session, resource, but=but)
    if not fits(offer, holds, wanted):
        raise Refused("resource_taken", left=room(offer, holds, wanted))


def _not_twice(session: Session, row: ResourceRequest) -> None:
    same = select(ResourceRequest.id).where(
        ResourceRequest.resource_id == row.resource_id,
        ResourceRequest.home_id == row.home_id,
        ResourceRequest.on_day == row.on_day,
        ResourceRequest.part.is_(None) if row.part is None else ResourceRequest.part == row.part,
        ResourceRequest.purpose == row.purpose,
        ResourceRequest.state == RequestState.ASKED,
    )
    if session.execute(same.limit(1)).first() is not None:
        raise Refused("request_twice")


def _tell(
    session: Session,
    unit: Unit,
    resource: Resource,
    row: ResourceRequest,
    kind: UnitHappening,
    *,
    now: datetime,
    said_by: str | None = None,
    note: str = "",
) -> None:
    values = {"resource": resource.name, "day": row.on_day.isoformat()}
    tell(session, unit.id, kind, now=now, request_id=row.id, said_by=said_by, note=note, **values)


@action(Permission.MANAGE_UNITS)
def promise_request(
    session: Session, *, request_id: int, version: int, said_by: str, now: datetime, note: str = ""
) -> int:
    """应允, with who of the unit said so. Raises Refused("resource_taken") when another was promised meanwhile."""
    row, resource, unit = of_request(session, request_id, version, RequestState.PROMISED)
    who = line("said_by", said_by, most=30)
    words = line("note", note, most=200, needed=False)
    _must_be_there(session, resource, unit, hold_of(row))
    row.state = RequestState.PROMISED
    _tell(session, unit, resource, row, UnitHappening.PROMISED, now=now, said_by=who, note=words)
    return row.id


@action(Permission.MANAGE_UNITS)
def decline_request(
    session: Session, *, request_id: int, version: int, said_by: str, reason: str, now: datetime
) -> int:
    """婉拒, with who of the unit said so and why."""
    row, resource, unit = of_request(session, request_id, version, RequestState.DECLINED)
    who, why = line("said_by", said_by, most=30), line("reason", reason, most=200)
    row.state = RequestState.DECLINED
    _tell(session, unit, resource, row, UnitHappening.DECLINED, now=now, said_by=who, note=why)
    return row.id


@action(Permission.MANAGE_UNITS)
def withdraw_promise(
    session: Session, *, request_id: int, version: int, said_by: str, reason: str, now: datetime
) -> int:
    """The unit takes back what it promised."""
    row, resource, unit = of_request(session, request_id, version, RequestState.WITHDRAWN)
    who, why = line("said_by", said_by, most=30), line("reason", reason, most=200)
    row.state = RequestState.WITHDRAWN
    _tell(session, unit, resource, row, UnitHappening.WITHDRAWN, now=now, said_by=who, note=why)
    return row.id


@action(Permission.ASK_RESOURCE)
def cancel_request(session: Session, *, request_id: int, version: int, reason: str, now: datetime) -> int:
    """The community that asked calls it off; what was promised is free again."""
    row, resource, unit = of_request(session, request_id, version, RequestState.CANCELLED, asker_only=True)
    why = line("reason", reason, most=200)
    row.state = RequestState.CANCELLED
    _tell(session, unit, resource, row, UnitHappening.CANCELLED, now=now, note=why)
    return row.id


@action(Permission.ASK_RESOURCE)
def record_use(
    session: Session, *, request_id: int, version: int, used_amount: int | None, used_words: str, now: datetime
) -> int:
    """It was used: how much, and what came of it. Goods never more than promised.

    Raises Refused("request_not_yet", day=) before its first day.
    """
    row, resource, unit = of_request(session, request_id, version, RequestState.USED, asker_only=True)
    most = row.amount if resource.kind is ResourceKind.GOODS else AMOUNT_MOST
    amount = whole("used_amount", used_amount, least=1, most=most)
    words = line("used_words", used_words, most=200)
    if row.on_day > day_of(now):
        raise Refused("request_not_yet", day=row.on_day.isoformat())
    row.state, row.used_amount, row.used_words = RequestState.USED, amount, words
    _tell(session, unit, resource, row, UnitHappening.USED, now=now, note=words)
    return row.id


@action(Permission.ASK_RESOURCE)
def thank_unit(session: Session, *, request_id: int, version: int, words: str, now: datetime) -> int:
    """致谢: how the unit was thanked."""
    row, resource, unit = of_request(session, request_id, version, RequestState.THANKED, asker_only=True)
    said = line("words", words, most=200)
    row.state = RequestState.THANKED
    _tell(session, unit, resource, row, UnitHappening.THANKED, now=now, note=said)
    return row.id

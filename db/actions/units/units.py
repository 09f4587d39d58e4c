"""共建单位: register and change one, end it with what it promised settled, take it up again."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, telephone
from db.actions.loading import actor_of, chosen_row, load
from db.actions.units.steps import named, open_requests, own_unit, settle, tell
from db.audit import note as audit_note
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Community, Resource, Subdistrict, Unit
from db.rules.permissions import Permission
from db.rules.units.input import UnitInput
from db.rules.units.names import unit_key
from db.terms import UnitHappening, UnitKind
from db.together import amiss


@action(Permission.MANAGE_UNITS)
def save_unit(
    session: Session, *, given: UnitInput, now: datetime, unit_id: int | None = None, version: int | None = None
) -> int:
    """A new unit, or a changed one; an empty contact leaves the one there is. The id."""
    actor = actor_of(session)
    unit = own_unit(session, unit_id, version=version) if unit_id is not None else None
    name = line("name", given.name, most=60)
    agreed_on = day("agreed_on", given.agreed_on) if given.agreed_on is not None else None
    agreed_until = day("agreed_until", given.agreed_until) if given.agreed_until is not None else None
    if agreed_until is not None and agreed_on is None:
        amiss(BadInput("agreed_on", Problem.EMPTY), None)
    elif agreed_until is not None and agreed_on is not None and agreed_until < agreed_on:
        amiss(BadInput("agreed_until", Problem.TOO_EARLY, day=str(agreed_on)), None)
    values = {
        "kind": chosen("kind", given.kind, list(UnitKind)),
        "home_id": _home(session, given.home_id, unit),
        "address": line("address", given.address, most=200, needed=False),
        "agreed_on": agreed_on,
        "agreed_until": agreed_until,
    }
    contact = {
        "contact_name": line("contact_name", given.contact_name, most=30, needed=False) or None,
        "contact_phone": telephone("contact_phone", given.contact_phone),
    }
    _must_be_free(session, name, unit)
    if unit is None:
        unit = Unit(subdistrict_id=actor.subdistrict_id, name=name, **values, **contact)
        session.add(unit)
        session.flush()
        tell(session, unit.id, UnitHappening.REGISTERED, now=now, name=name)
        if agreed_on is not None:
            _tell_agreement(session, unit, now)
        return unit.id
    if name != unit.name:
        tell(session, unit.id, UnitHappening.RENAMED, now=now, before=unit.name, after=name)
        unit.name = name
    agreed = (unit.agreed_on, unit.agreed_until)
    plain = [column for column in ("kind", "home_id", "address") if getattr(unit, column) != values[column]]
    for column, value in (values | {key: found for key, found in contact.items() if found}).items():
        setattr(unit, column, value)
    if plain or any(contact.values()):
        tell(session, unit.id, UnitHappening.CHANGED, now=now)
    if agreed != (agreed_on, agreed_until):
        _tell_agreement(session, unit, now)
    session.flush()
    return unit.id


def _home(session: Session, home_id: int | None, unit: Unit | None) -> int | None:
    """The subdistrict says who looks after a unit; a community registers its own."""
    own = actor_of(session).community_id
    if own is not None:
        return unit.home_id if unit is not None else own
    return chosen_row(session, Community, "home_id", home_id).id if home_id is not None else None


def _must_be_free(session: Session, name: str, unit: Unit | None) -> None:
    """No other unit is known by this name however it is typed; two who register it at once come one after the other."""
    actor = actor_of(session)
    session.execute(select(Subdistrict.id).where(Subdistrict.id == actor.subdistrict_id).with_for_update())
    key = unit_key(name)
    if not key:
        raise BadInput("name", Problem.WRONG)
    with session.no_autoflush:
        known = session.execute(select(Unit.id, Unit.name)).all()
    if any(unit_key(row.name) == key for row in known if unit is None or row.id != unit.id):
        raise BadInput("name", Problem.TAKEN)


def _tell_agreement(session: Session, unit: Unit, now: datetime) -> None:
    days = {"on": unit.agreed_on, "until": unit.agreed_until}
    shown: dict[str, Any] = {key: found.isoformat() for key, found in days.items() if found is not None}
    tell(session, unit.id, UnitHappening.AGREED, now=now, **shown)


@action(Permission.MANAGE_UNITS)
def end_unit(
    session: Session,
    *,
    unit_id: int,
    version: int,
    on: date | None,
    reason: str,
    now: datetime,
    settle_promises: bool = False,
) -> int:
    """终止共建 with its last day; how many requests were settled with it.

    Raises Refused("unit_has_promises", count=, names=) while resources are asked for or promised after that day,
    unless they are to be settled in the same step; Refused("already_done") when it ended before.
    """
    unit = own_unit(session, unit_id, version=version)
    if unit.ended_on is not None:
        raise Refused("already_done")
    last = day("on", on, least=unit.agreed_on)
    why = line("reason", reason, most=200)
    offered = session.execute(select(Resource.id, Resource.name).where(Resource.unit_id == unit.id))
    names = {row.id: row.name for row in offered}
    waiting = open_requests(session, list(names), last)
    if waiting and not settle_promises:
        raise Refused("unit_has_promises", count=len(waiting), names=named(waiting, names))
    settle(session, unit, waiting, names, why, now)
    unit.ended_on, unit.ended_reason = last, why
    tell(session, unit.id, UnitHappening.ENDED, now=now, note=why, day=last.isoformat(), settled=len(waiting))
    return len(waiting)


@action(Permission.MANAGE_UNITS)
def take_back_unit(session: Session, *, unit_id: int, version: int, reason: str, now: datetime) -> int:
    """恢复共建: the unit and its resources are there again. The id."""
    unit = own_unit(session, unit_id, version=version)
    if unit.ended_on is None:
        raise Refused("already_done")
    why = line("reason", reason, most=200)
    tell(session, unit.id, UnitHappening.CAME_BACK, now=now, note=why, day=unit.ended_on.isoformat())
    unit.ended_on, unit.ended_reason = None, ""
    return unit.id


@action(Permission.UNMASK)
def unmask_unit(session: Session, *, unit_id: int, reason: str, now: datetime) -> int:
    """Allow this person one look at the contact of a unit; the id of the trace, which the look must show."""
    why = line("reason", reason, most=200)
    unit = load(session, Unit, unit_id)
    audit_note(session, unit, "read", {"contact_name": (None, None), "contact_phone": (None, None)}, reason=why)
    trace = tell(session, unit.id, UnitHappening.UNMASKED, now=now, note=why)
    session.flush()
    return trace.id

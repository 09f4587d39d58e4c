"""服务目录: what can be ordered, until when it is answered and done; the subdistrict edits it."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, line, whole
from db.actions.loading import actor_of, chosen_row, load
from db.engine import action
from db.errors import BadInput, Problem
from db.models import Service, Unit, UnitService
from db.rules.orders.input import ServiceInput
from db.rules.permissions import Permission
from db.terms import FeeKind, ServiceGroup

ANSWER_MOST, FINISH_MOST, MINUTES_MOST = 240, 90, 480


@action(Permission.MANAGE_CATALOGUE)
def save_service(
    session: Session,
    *,
    given: ServiceInput,
    service_id: int | None = None,
    version: int | None = None,
) -> int:
    """A new service, or a changed one; orders that exist keep the due times they were given. The id."""
    subdistrict = actor_of(session).subdistrict_id
    values = {
        "name": line("name", given.name, most=30),
        "name_en": line("name_en", given.name_en, most=60, needed=False),
        "group": chosen("group", given.group, list(ServiceGroup)),
        "skill": line("skill", given.skill, most=20, needed=False),
        "fee": chosen("fee", given.fee, list(FeeKind)),
        "answer_hours": whole("answer_hours", given.answer_hours, least=1, most=ANSWER_MOST),
        "finish_days": whole("finish_days", given.finish_days, least=1, most=FINISH_MOST),
        "minutes": whole("minutes", given.minutes, least=15, most=MINUTES_MOST),
        "active": bool(given.active),
    }
    service = load(session, Service, service_id, version=version, lock=True) if service_id is not None else None
    with session.no_autoflush:
        twin = session.scalar(select(Service.id).where(Service.name == values["name"]))
    if twin is not None and (service is None or twin != service.id):
        raise BadInput("name", Problem.TAKEN)
    if service is None:
        last = session.scalar(select(func.max(Service.position))) or 0
        service = Service(subdistrict_id=subdistrict, position=last + 1)
        session.add(service)
    for column, value in values.items():
        setattr(service, column, value)
    session.flush()
    return service.id


@action(Permission.MANAGE_CATALOGUE)
def set_service_units(session: Session, *, service_id: int, unit_ids: Collection[int]) -> int:
    """Which partner units serve an entry of the catalogue (365 服务中心); how many do now."""
    service = load(session, Service, service_id, lock=True)
    wanted = {chosen_row(session, Unit, "unit_ids", number).id for number in unit_ids}
    there = {
        row.unit_id: row for row in session.scalars(select(UnitService).where(UnitService.service_id == service.id))
    }
    for number, row in there.items():
        if number not in wanted:
            session.delete(row)
    for number in sorted(wanted - set(there)):
        session.add(UnitService(subdistrict_id=service.subdistrict_id, service_id=service.id, unit_id=number))
    session.flush()
    return len(wanted)

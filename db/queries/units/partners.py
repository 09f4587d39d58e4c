"""Which units serve which entry of the catalogue."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import Unit, UnitService


def partners_of(session: Session, service_ids: Iterable[int], *, today: date) -> dict[int, tuple[tuple[int, str], ...]]:
    """Service → its units (id, name) that are partners today, by name."""
    query = (
        select(UnitService.service_id, Unit.id, Unit.name)
        .join(Unit, Unit.id == UnitService.unit_id)
        .where(UnitService.service_id.in_(list(service_ids)), or_(Unit.ended_on.is_(None), Unit.ended_on >= today))
        .order_by(Unit.name)
    )
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    for row in session.execute(query):
        found[row.service_id] = (*found.get(row.service_id, ()), (row.id, row.name))
    return found

"""The whole door of a household, for the worker whose patch it stands in; on other screens it ends at the building.

Lists stay masked for everybody: docs/decisions/0047-a-door-is-read-one-at-a-time.md
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Complaint, Household, Need, Order, Place
from db.queries.doors.rounds import in_patch
from db.rules.permissions import Actor, Permission


@dataclass(frozen=True, slots=True)
class OwnDoor:
    """A door of the worker's own patch in clear; who shows it leaves a trace by `see_own_door`."""

    household_id: int
    words: str


def own_door(
    session: Session,
    *,
    need_id: int | None = None,
    order_id: int | None = None,
    complaint_id: int | None = None,
) -> OwnDoor | None:
    """The door behind one thing; None unless it stands in the reader's patch now. Never that of a restricted one.

    Who has another role by now may still be written down for a patch and reads nothing.
    """
    actor: Actor = session.info["actor"]
    if not actor.may(Permission.WALK_OWN_PATCH):
        return None
    model, row_id = next(
        (model, value)
        for model, value in ((Need, need_id), (Order, order_id), (Complaint, complaint_id))
        if value is not None
    )
    row = session.execute(
        select(Household.id, Place.name, Household.building, Household.stairwell, Household.room)
        .join(model, model.household_id == Household.id)
        .join(Place, Place.id == Household.place_id)
        .where(model.id == row_id, in_patch(actor.id), Household.restricted.is_(False))
    ).first()
    return OwnDoor(row.id, f"{row.name}{row.building}{row.stairwell}{row.room}") if row else None

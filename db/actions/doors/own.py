"""自己片区的门牌: the worker of a patch reads one whole door, on record and without giving a reason."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.loading import actor_of, load
from db.audit import note
from db.engine import action
from db.errors import Refused
from db.models import Household
from db.queries.doors.rounds import in_patch
from db.rules.permissions import Permission


@action(Permission.WALK_OWN_PATCH)
def see_own_door(session: Session, *, household_id: int) -> None:
    """Leave in the log that its worker reads the door of a household; Refused("not_your_patch") for anybody else."""
    household = load(session, Household, household_id)
    own = select(Household.id).where(Household.id == household.id, in_patch(actor_of(session).id))
    if session.execute(own).first() is None:
        raise Refused("not_your_patch")
    note(session, household, "read", {"stairwell": (None, None), "room": (None, None)})

"""After a change of the schema: the keys by which needs are found, reckoned with the readings of this version."""

from sqlalchemy import select

from db import audit
from db.actions.needs.finding import renew_keys
from db.engine import as_system
from db.models import Subdistrict


def renew() -> int:
    """How many needs are found by other keys than before; one entry in the log for each subdistrict."""
    with as_system("keys of needs") as session:
        changed = 0
        for subdistrict in session.scalars(select(Subdistrict).order_by(Subdistrict.id)):
            here = renew_keys(session, subdistrict.id)
            if here:
                audit.note(session, subdistrict, "update", {"needs": (0, here)})
            changed += here
    return changed

"""交表: write down that personal values leave the house, why, and in which file; the masked way is `record_export`."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.actions.fields import is_id, line, whole
from db.actions.loading import actor_of, load
from db.audit import note
from db.engine import action
from db.errors import BadInput, Problem
from db.models import Community, Export
from db.rules.permissions import Permission

MOST = 100_000


@action(Permission.UNMASK)
def record_unmasked_export(
    session: Session, *, what: str, community_id: int, rows: int, filters: dict[str, Any], reason: str, now: datetime
) -> int:
    """One entry for a file with personal values in it, with its reason; the id. Raises BadInput without a reason."""
    why = line("reason", reason, most=200)
    if not is_id(community_id):
        raise BadInput("community", Problem.UNKNOWN_CHOICE)
    community = load(session, Community, community_id)
    export = Export(
        community_id=community.id,
        account_id=actor_of(session).id,
        what=line("what", what, most=60),
        rows=whole("rows", rows, least=0, most=MOST),
        masked=False,
        filters=filters,
        at=now,
    )
    session.add(export)
    session.flush()
    note(session, export, "read", {"rows": (None, rows)}, reason=why)
    return export.id

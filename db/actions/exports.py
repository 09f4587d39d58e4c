"""Write down that a file left the house: who, what, how many rows, masked, under which filters."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.actions.fields import line
from db.actions.loading import actor_of
from db.engine import action
from db.errors import Refused
from db.models import Export
from db.rules.permissions import Permission


@action(Permission.EXPORT)
def record_export(
    session: Session, *, what: str, rows: Mapping[int, int], filters: dict[str, Any], now: datetime, masked: bool = True
) -> int:
    """One entry for each community whose rows are in the file (`rows`: community id → count); the sum.

    `masked` is False where names or doors stand in it in clear, after a reason was left for that.
    Raises Refused("nothing_to_export") for an empty file.
    """
    named = line("what", what, most=60)
    if not rows:
        raise Refused("nothing_to_export")
    for community_id, count in rows.items():
        session.add(
            Export(
                community_id=community_id,
                account_id=actor_of(session).id,
                what=named,
                rows=count,
                masked=masked,
                filters=filters,
                at=now,
            )
        )
    return sum(rows.values())

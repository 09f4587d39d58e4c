"""显示链接: for the staff who look after the screens, and for the screens themselves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Community, DisplayLink

MOST = 200


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One screen; its code is nowhere to be read."""

    id: int
    name: str
    community_id: int
    community: str
    made_at: datetime


def display_links(session: Session) -> tuple[LinkRow, ...]:
    """The links that hold in the actor's reach, the newest first."""
    rows = session.execute(
        select(DisplayLink.id, DisplayLink.name, DisplayLink.community_id, Community.name, DisplayLink.made_at)
        .join(Community, Community.id == DisplayLink.community_id)
        .where(DisplayLink.revoked_at.is_(None))
        .order_by(DisplayLink.id.desc())
        .limit(MOST)
    )
    return tuple(LinkRow(*row) for row in rows)


def communities_on_display(session: Session) -> dict[str, int]:
    """Every link that holds, as the hash of its code and its community.

    One reading serves all screens of the house, and a guess costs the database nothing.
    """
    rows = session.execute(
        select(DisplayLink.token_hash, DisplayLink.community_id).where(DisplayLink.revoked_at.is_(None))
    )
    return {code_hash: community_id for code_hash, community_id in rows}  # noqa: C416 - rows are not plain tuples

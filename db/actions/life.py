"""Write a line into the life of a need or a project."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Need, Project, ProjectSource, ThreadEntry
from db.scope import UNSCOPED
from db.terms import Happening


def add_to_life(
    session: Session,
    subject: Need | Project,
    what: Happening,
    *,
    now: datetime,
    note: str = "",
    **values: Any,
) -> None:
    """Append one line; the thread of a need also shows the lines of the projects that grew from it."""
    actor = session.info.get("actor")
    common: dict[str, Any] = {
        "community_id": subject.community_id,
        "at": now,
        "actor_id": actor.id if actor else None,
        "kind": what,
        "values": values,
        "note": note[:500],
    }
    if isinstance(subject, Need):
        session.add(ThreadEntry(need_id=subject.id, **common))
        return
    session.add(ThreadEntry(project_id=subject.id, **common))


def needs_of(session: Session, project: Project) -> list[Need]:
    """The lead needs from which a project grew, restricted ones too: whoever ends the project ends them."""
    query = (
        select(Need)
        .join(ProjectSource, ProjectSource.need_id == Need.id)
        .where(ProjectSource.project_id == project.id)
        .order_by(Need.id)
    )
    return list(session.scalars(query, execution_options=UNSCOPED))

"""What a request is for, by its title, as far as the reader may see it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Activity, Need, Project
from db.rules.masking import redact


def title_of(
    session: Session, *, need_id: int | None = None, project_id: int | None = None, activity_id: int | None = None
) -> str:
    """The title of the need, project or activity; empty for none and for one out of reach."""
    found: str | None = None
    if need_id is not None:
        found = session.execute(select(Need.title).where(Need.id == need_id)).scalar_one_or_none()
    elif project_id is not None:
        found = session.execute(select(Project.title).where(Project.id == project_id)).scalar_one_or_none()
    elif activity_id is not None:
        found = session.execute(select(Activity.title).where(Activity.id == activity_id)).scalar_one_or_none()
    return redact(found or "")


def day_wanted(session: Session, activity_id: int | None) -> date | None:
    """The day of the activity for which something is borrowed; None for none and for one out of reach."""
    return session.scalar(select(Activity.on).where(Activity.id == activity_id)) if activity_id is not None else None

"""公开进度码: give a community the code of its public page, take it back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.loading import actor_of, load
from db.engine import action
from db.errors import Refused
from db.models import Community, ProgressCode
from db.queries.results.public import code_index
from db.rules.permissions import Permission
from db.rules.printed_code import new_code


@action(Permission.PUBLISH_PROGRESS)
def issue_progress_code(session: Session, *, now: datetime) -> int:
    """The code of the own community; its id. Raises Refused("progress_code_there"): one at a time."""
    # Held, so that two presses do not make two.
    home = load(session, Community, actor_of(session).community_id or 0, lock=True)
    valid = select(ProgressCode.id).where(ProgressCode.community_id == home.id, ProgressCode.revoked_at.is_(None))
    if session.scalar(valid.limit(1)) is not None:
        raise Refused("progress_code_there")
    code = new_code()
    row = ProgressCode(
        community_id=home.id,
        code=code,
        code_index=code_index(code),
        made_by=actor_of(session).id,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


@action(Permission.PUBLISH_PROGRESS)
def revoke_progress_code(session: Session, *, code_id: int, version: int, now: datetime) -> None:
    """From the next scan on the code shows nothing; raises Refused("progress_code_revoked")."""
    code = load(session, ProgressCode, code_id, version=version, lock=True)
    if code.revoked_at is not None:
        raise Refused("progress_code_revoked")
    code.revoked_at = now

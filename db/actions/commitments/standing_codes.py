"""评诺码 of a visit that takes no word any more: it was replaced, or the visit was struck out."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import VerdictCode


def revoke_codes(session: Session, keeping_id: int, now: datetime) -> None:
    """Whoever holds an unused code of this visit gives no word with it from now on."""
    query = select(VerdictCode).where(
        VerdictCode.keeping_id == keeping_id, VerdictCode.revoked_at.is_(None), VerdictCode.used_on.is_(None)
    )
    for code in session.scalars(query.with_for_update()):
        code.revoked_at = now
    session.flush()

"""One's own sign-ins on other devices: ended one by one, or all at once."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db import audit
from db.actions.accounts.sign_in import revoke_sign_ins
from db.actions.fields import row_id
from db.actions.loading import actor_of
from db.audit import UNAUDITED
from db.engine import action
from db.errors import NotFound, Refused
from db.models import Account, AuthSession
from db.rules.permissions import Permission

WHY = "sign-out of another device"


@action(Permission.CHANGE_OWN_PASSWORD)
def end_sign_in(session: Session, *, sign_in_id: int | None, now: datetime) -> None:
    """End a sign-in of one's own that is on another device; that browser is not known any more.

    Raises NotFound for anybody else's, Refused("this_sign_in") for the one that asks.
    """
    actor, sign_in_id = actor_of(session), row_id("sign_in_id", sign_in_id)
    if sign_in_id == actor.sign_in_id:
        raise Refused("this_sign_in")
    row = session.scalars(
        select(AuthSession).where(AuthSession.id == sign_in_id, AuthSession.account_id == actor.id)
    ).one_or_none()
    if row is None:
        raise NotFound(what="sign_in", id=sign_in_id)
    if row.mark_hash:
        same_browser = (AuthSession.account_id == actor.id) & (AuthSession.mark_hash == row.mark_hash)
        session.execute(
            update(AuthSession).where(same_browser, AuthSession.id != (actor.sign_in_id or 0)).values(mark_hash=""),
            execution_options=UNAUDITED,
        )
    if row.revoked_at is None:
        row.revoked_at = now
        audit.note(session, session.get_one(Account, actor.id), "sign_out", {"device": (row.device, None)}, reason=WHY)


@action(Permission.CHANGE_OWN_PASSWORD)
def end_other_sign_ins(session: Session, *, now: datetime) -> int:
    """End every sign-in of one's own but the one that asks; how many."""
    actor = actor_of(session)
    ended = revoke_sign_ins(session, actor.id, now=now, except_id=actor.sign_in_id)
    if ended:
        audit.note(session, session.get_one(Account, actor.id), "sign_out", {"count": (ended, 0)}, reason=WHY)
    return ended

"""Before a session may write: there is an actor whose sign-in still holds, upkeep has ended, and this press is new."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from db import audit, scope
from db.errors import NotPermitted, NotSignedIn, RequestRepeated
from db.models import Account, AuthSession, RequestKey
from db.rules.clock import has_been
from db.rules.permissions import Actor

UPKEEP_LOCK = 0x5949_5149
"""Number of the lock on PostgreSQL that upkeep shares with writers ("YIQI"); on SQLite the file is the lock."""


def must_have_actor(actor: Actor | None, reason: str) -> None:
    if actor is None and not reason:
        raise NotSignedIn()


def let_upkeep_finish(session: Session) -> None:
    """A migration or a restore holds this lock alone: writers wait for it while they hold nothing else themselves."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock_shared(UPKEEP_LOCK)))


def still_valid(session: Session, actor: Actor, *, now: datetime) -> None:
    """The account is enabled, its role and reach are the actor's, and its sign-in still holds."""
    row = session.execute(
        select(
            Account.role,
            Account.subdistrict_id,
            Account.community_id,
            Account.disabled_at,
            Account.sees_restricted,
            AuthSession.expires_at,
            AuthSession.last_seen_at,
            AuthSession.revoked_at,
        )
        .outerjoin(AuthSession, (AuthSession.id == actor.sign_in_id) & (AuthSession.account_id == Account.id))
        .where(Account.id == actor.id),
        execution_options=scope.UNSCOPED,
    ).first()
    if row is None or row.disabled_at is not None:
        raise NotSignedIn()
    now_is = (row.role, row.subdistrict_id, row.community_id)
    if now_is != (actor.role, actor.subdistrict_id, actor.community_id):
        raise NotSignedIn()
    if actor.sees_restricted and not row.sees_restricted:
        raise NotSignedIn()
    # A sign-in that is not there any more is as good as revoked.
    if actor.sign_in_id is not None and (
        row.expires_at is None
        or row.expires_at <= now
        or not has_been(row.last_seen_at, now)
        or row.revoked_at is not None
    ):
        raise NotSignedIn()


def claim_key(session: Session, actor: Actor | None, key: str, action: str, *, now: datetime) -> None:
    """Store the key, or raise RequestRepeated. On PostgreSQL a twin in flight waits here for the first one."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    values = {
        "key": key,
        "actor_id": actor.id if actor else None,
        "action": action,
        "result": None,
        "at": now,
    }
    stored = session.execute(
        insert(RequestKey).values(**values).on_conflict_do_nothing().returning(RequestKey.key),
        execution_options=audit.UNAUDITED | scope.UNSCOPED,
    ).first()
    if stored is None:
        earlier = session.execute(
            select(RequestKey.result, RequestKey.actor_id, RequestKey.action).where(RequestKey.key == key)
        ).one()
        # Somebody else's key is not an answer to this person.
        if earlier.actor_id != (actor.id if actor else None) or earlier.action != action:
            raise NotPermitted(permission="request_key")
        raise RequestRepeated(result=earlier.result)

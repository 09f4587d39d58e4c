"""What the own account's page shows: where one is signed in, and whether a second factor is in use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, AuthSession, Community, Place, RecoveryCode, SecondFactor, Subdistrict
from db.rules.clock import lately

MOST = 50
JUST_NOW = timedelta(minutes=10)
"""So long after it was typed a one-time password is not asked for again."""


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One living sign-in. `agent` is what the browser called itself, `inside` whether it was in the own network."""

    id: int
    agent: str
    inside: bool | None
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class OwnFactor:
    """The second factor of an account."""

    since: datetime
    codes_left: int


def own_sign_ins(session: Session, account_id: int, *, now: datetime) -> list[SignInRow]:
    """The living sign-ins of an account, the one used last first."""
    rows = session.execute(
        select(AuthSession.id, AuthSession.device, AuthSession.inside, AuthSession.created_at, AuthSession.last_seen_at)
        .where(AuthSession.account_id == account_id, AuthSession.revoked_at.is_(None), AuthSession.expires_at > now)
        .order_by(AuthSession.last_seen_at.desc(), AuthSession.id.desc())
        .limit(MOST)
    )
    return [SignInRow(row.id, row.device, row.inside, row.created_at, row.last_seen_at) for row in rows]


def just_signed_in(session: Session, sign_in_id: int | None, *, now: datetime) -> bool:
    """Whether this sign-in is so young that its password need not be proven again."""
    signed_in_at = session.scalar(select(AuthSession.created_at).where(AuthSession.id == sign_in_id))
    return signed_in_at is not None and bool(lately(signed_in_at, now, JUST_NOW))


def own_factor(session: Session, account_id: int) -> OwnFactor | None:
    """The second factor of an account; None without one."""
    left = (
        select(func.count(RecoveryCode.id))
        .where(RecoveryCode.account_id == SecondFactor.account_id, RecoveryCode.used_at.is_(None))
        .scalar_subquery()
    )
    row = session.execute(
        select(SecondFactor.since, left.label("left")).where(SecondFactor.account_id == account_id)
    ).first()
    return OwnFactor(row.since, row.left) if row is not None else None


def known_names(session: Session, account_id: int) -> list[str]:
    """Names that somebody who guesses at a password tries first: of the person, the subdistrict and what lies in it."""
    person = session.execute(select(Account.username, Account.name).where(Account.id == account_id)).one()
    names = [*person]
    for column in (Subdistrict.name, Subdistrict.district, Community.name, Place.name):
        names += session.scalars(select(column).distinct().limit(500))
    return names

"""Who signs in: the accounts of a subdistrict, and whom a cookie belongs to."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.engine import reading_as_system
from db.models import Account, AuthSession, Community, Draft, SecondFactor, Subdistrict
from db.models.types import UtcDateTime
from db.passwords import digest
from db.queries.accounts.in_use import Use, uses
from db.rules.clock import CLOCK_DRIFT
from db.rules.limits import DRAFT_LIFE
from db.rules.permissions import GRANTS, Actor, Permission
from db.scope import UNSCOPED
from db.terms import Role


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An actor with what the foot of the menu shows, and when the sign-in was last used."""

    actor: Actor
    username: str
    community: str
    """Empty for roles above the communities."""
    subdistrict: str
    last_seen_at: datetime
    has_draft: bool = False
    """Something typed waits on one of the pages, since a sign-in ended too early."""
    used: frozenset[Use] | None = None
    """What not every community has, and this one does; None when it was not asked."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the account list."""

    id: int
    version: int
    username: str
    name: str
    role: Role
    community_id: int | None
    community: str
    sees_restricted: bool
    disabled: bool
    must_change_password: bool
    last_seen_at: datetime | None
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class CommunityChoice:
    id: int
    name: str


@cache
def _who(with_uses: bool) -> Any:
    """The statement of `signed_in_by`, made once: every run of every page asks it."""
    now, latest, draft_latest = (bindparam(name, type_=UtcDateTime()) for name in ("now", "latest", "draft_latest"))
    draft = select(Draft.id).where(
        Draft.account_id == Account.id, Draft.expires_at > now, Draft.expires_at <= draft_latest
    )
    return (
        select(
            Account.id,
            Account.username,
            Account.name,
            Account.role,
            Account.subdistrict_id,
            Account.community_id,
            Account.sees_restricted,
            Account.language,
            Account.must_change_password,
            AuthSession.id.label("sign_in_id"),
            AuthSession.last_seen_at,
            Community.name.label("community"),
            Subdistrict.name.label("subdistrict"),
            draft.exists().label("has_draft"),
            *(condition.label(use.value) for use, condition in uses().items() if with_uses),
        )
        .join(Account, Account.id == AuthSession.account_id)
        .join(Subdistrict, Subdistrict.id == Account.subdistrict_id)
        .outerjoin(Community, Community.id == Account.community_id)
        .where(
            AuthSession.token_hash == bindparam("token_hash"),
            AuthSession.revoked_at.is_(None),
            AuthSession.expires_at > now,
            AuthSession.last_seen_at <= latest,
            Account.disabled_at.is_(None),
        )
    )


def signed_in_by(token: str, *, now: datetime, with_uses: bool = False) -> SignedIn | None:
    """Whom the token of a cookie belongs to, in one statement; None for anything that is not a living sign-in.

    `with_uses` asks in the same statement what the menu shows now and then.
    """
    latest = now + CLOCK_DRIFT
    values = {"token_hash": digest(token), "now": now, "latest": latest, "draft_latest": latest + DRAFT_LIFE}
    with reading_as_system("who signs in") as session:
        row = session.execute(_who(with_uses), values).first()
    if row is None:
        return None
    actor = Actor(
        id=row.id,
        name=row.name,
        role=row.role,
        subdistrict_id=row.subdistrict_id,
        community_id=row.community_id,
        sees_restricted=row.sees_restricted,
        language=row.language,
        sign_in_id=row.sign_in_id,
        must_change_password=row.must_change_password,
    )
    return SignedIn(
        actor=actor,
        username=row.username,
        community=row.community or "",
        subdistrict=row.subdistrict,
        last_seen_at=row.last_seen_at,
        has_draft=row.has_draft,
        used=frozenset(use for use in Use if getattr(row, use.value)) if with_uses else None,
    )


def anybody_there() -> bool:
    """Whether the database holds any account; without one the first-run page opens."""
    with reading_as_system("first run") as session:
        return session.scalar(select(Account.id).limit(1)) is not None


def gone(account_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """Condition: the account that this column names is disabled."""
    return exists().where(Account.id == account_id, Account.disabled_at.is_not(None))


def answers_for(account_id: Any, community_id: Any) -> ColumnElement[bool]:
    """Condition: this account can answer as a helper of this community: not disabled, nor of another role or home."""
    able = (Account.disabled_at.is_(None), Account.role.in_(GRANTS[Permission.ANSWER_OFFER].roles))
    return exists().where(Account.id == account_id, Account.community_id == community_id, *able)


def is_gone(session: Session, account_id: int | None, community_id: int) -> bool:
    """Whether a helper's account cannot answer in this community; nobody is gone who has none."""
    if account_id is None:
        return False
    return not session.scalar(select(answers_for(account_id, community_id)), execution_options=UNSCOPED)


@dataclass(frozen=True, slots=True)
class OwnPassword:
    """What is needed to change the own password."""

    username: str
    password_hash: str
    version: int


def own_password(session: Session, account_id: int) -> OwnPassword:
    row = session.execute(
        select(Account.username, Account.password_hash, Account.version).where(Account.id == account_id)
    ).one()
    return OwnPassword(row.username, row.password_hash, row.version)


def accounts(
    session: Session, *, words: str = "", only: int | None = None, limit: int = 200, offset: int = 0
) -> list[AccountRow]:
    """Accounts by community and name, or the one with this id; `words` is looked for in name and user name."""
    last_seen = (
        select(func.max(AuthSession.last_seen_at))
        .where(AuthSession.account_id == Account.id)
        .correlate(Account)
        .scalar_subquery()
    )
    query = (
        select(
            Account.id,
            Account.version,
            Account.username,
            Account.name,
            Account.role,
            Account.community_id,
            Community.name.label("community"),
            Account.sees_restricted,
            Account.disabled_at,
            Account.must_change_password,
            last_seen.label("last_seen_at"),
            exists().where(SecondFactor.account_id == Account.id).label("second_factor"),
        )
        .outerjoin(Community, Community.id == Account.community_id)
        .order_by(Community.name.is_not(None), Community.name, Account.role, Account.name, Account.id)
    )
    if only is not None:
        query = query.where(Account.id == only)
    query = _with_words(query, words).limit(limit).offset(offset)
    return [
        AccountRow(
            id=row.id,
            version=row.version,
            username=row.username,
            name=row.name,
            role=row.role,
            community_id=row.community_id,
            community=row.community or "",
            sees_restricted=row.sees_restricted,
            disabled=row.disabled_at is not None,
            must_change_password=row.must_change_password,
            last_seen_at=row.last_seen_at,
            second_factor=row.second_factor,
        )
        for row in session.execute(query)
    ]


def count_accounts(session: Session, *, words: str = "") -> int:
    return session.scalar(_with_words(select(func.count(Account.id)), words)) or 0


def _with_words(query, words: str):  # type: ignore[no-untyped-def]
    words = words.strip().lower()
    if not words:
        return query
    return query.where(
        Account.username.contains(words, autoescape=True) | func.lower(Account.name).contains(words, autoescape=True)
    )


def communities(session: Session) -> list[CommunityChoice]:
    """The communities in the actor's scope, by name."""
    return [
        CommunityChoice(row.id, row.name)
        for row in session.execute(select(Community.id, Community.name).order_by(Community.name))
    ]

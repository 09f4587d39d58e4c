"""日历订阅: whose calendar an address opens, and what stands on the own page about it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, CalendarFeed
from db.rules.permissions import GRANTS, Permission
from db.terms import Language


@dataclass(frozen=True, slots=True)
class OwnFeed:
    """The address that holds: since when, and the last day on which a calendar asked."""

    made_at: datetime
    fetched_on: date | None


@dataclass(frozen=True, slots=True)
class FeedOwner:
    """Whose calendar it is; `holds` is False once revoked, the account disabled, moved or in another role."""

    feed_id: int
    account_id: int
    name: str
    language: Language
    fetched_on: date | None
    holds: bool


def own_feed(session: Session, account_id: int) -> OwnFeed | None:
    """The feed of an account, when one holds."""
    row = session.execute(
        select(CalendarFeed.made_at, CalendarFeed.fetched_on)
        .where(CalendarFeed.account_id == account_id, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.id.desc())
    ).first()
    return OwnFeed(*row) if row else None


def feed_owner(session: Session, token_hash: str) -> FeedOwner | None:
    """Who an address belongs to; None when there never was one."""
    row = session.execute(
        select(
            *(CalendarFeed.id, CalendarFeed.account_id, CalendarFeed.revoked_at, CalendarFeed.fetched_on),
            *(CalendarFeed.community_id, Account.community_id.label("home"), Account.role, Account.disabled_at),
            *(Account.name, Account.language),
        )
        .join(Account, Account.id == CalendarFeed.account_id)
        .where(CalendarFeed.token_hash == token_hash)
    ).first()
    if row is None:
        return None
    able = row.disabled_at is None and row.role in GRANTS[Permission.SHARE_CALENDAR].roles
    holds = row.revoked_at is None and able and row.home == row.community_id
    return FeedOwner(row.id, row.account_id, row.name, row.language, row.fetched_on, holds)

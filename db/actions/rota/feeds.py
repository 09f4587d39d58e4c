"""日历订阅: make an address for the own calendar, put a new one in its place, revoke it."""

import secrets
from datetime import date, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from db.actions.loading import actor_of
from db.audit import UNAUDITED, guarded
from db.engine import action, as_system
from db.errors import BadInput, Problem, Refused
from db.models import CalendarFeed, Volunteer, blind_index
from db.rules.permissions import Permission

TOKEN_BYTES = 32
TOKEN_LENGTH = 43


def new_feed_token() -> str:
    """A fresh secret for an address; 256 bits, so that nobody need slow down who guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def feed_hash(token: str) -> str:
    """What is kept of it."""
    return blind_index(f"calendar:{token}")


@action(Permission.SHARE_CALENDAR)
def make_feed(session: Session, *, token: str, now: datetime) -> int:
    """The one address of the own calendar; one that there was is revoked. Its id.

    The caller draws the token (`new_feed_token`), so that it never lies in a stored result. Raises
    Refused("no_volunteer_record") for an account that no volunteer's entry is linked with.
    """
    actor = actor_of(session)
    if not isinstance(token, str) or len(token) != TOKEN_LENGTH:
        raise BadInput("token", Problem.WRONG)
    entry = session.execute(
        select(Volunteer.community_id).where(Volunteer.account_id == actor.id).with_for_update()
    ).first()
    if entry is None or actor.community_id is None:
        raise Refused("no_volunteer_record")
    revoke_feeds(session, actor.id, now=now)
    feed = CalendarFeed(
        community_id=actor.community_id, account_id=actor.id, token_hash=feed_hash(token), made_at=now
    )  # fmt: skip
    session.add(feed)
    session.flush()
    return feed.id


@action(Permission.SHARE_CALENDAR)
def revoke_feed(session: Session, *, now: datetime) -> None:
    """The own address opens nothing any more; raises Refused("already_done") when none holds."""
    if not revoke_feeds(session, actor_of(session).id, now=now):
        raise Refused("already_done")


def revoke_feeds(session: Session, account_id: int, *, now: datetime) -> int:
    """Revoke what an account has; how many there were. Also for those who leave or change their role."""
    held = select(CalendarFeed).where(CalendarFeed.account_id == account_id, CalendarFeed.revoked_at.is_(None))
    count = 0
    for feed in session.scalars(held).all():
        revoking = (
            update(CalendarFeed)
            .where(CalendarFeed.id == feed.id, CalendarFeed.revoked_at.is_(None))
            .values(revoked_at=now, version=CalendarFeed.version + 1)
        )
        count += guarded(session, revoking, feed, {"revoked_at": (None, now.isoformat())})
    return count


def note_fetched(feed_id: int, today: date) -> None:
    """Remember the day on which a calendar last asked; nothing else of it."""
    noting = (
        update(CalendarFeed)
        .where(CalendarFeed.id == feed_id, or_(CalendarFeed.fetched_on.is_(None), CalendarFeed.fetched_on < today))
        .values(fetched_on=today)
    )
    with as_system("a calendar was read") as session:
        session.execute(noting, execution_options=UNAUDITED)

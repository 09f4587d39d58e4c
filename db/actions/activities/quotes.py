"""引用原话: what somebody said at an activity, told for as long as the consent to it holds."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.activities.activities import own_activity
from db.actions.loading import actor_of, chosen_row, load
from db.engine import action
from db.errors import Refused
from db.models import ActivityQuote, Consent
from db.rules.permissions import Permission
from db.terms import ConsentScope


@action(Permission.RUN_ACTIVITY)
def add_quote(
    session: Session, *, activity_id: int, words: str, called: str, consent_id: int | None, now: datetime
) -> int:
    """Quote somebody who consented to that; the quote's id. Raises Refused("no_story_consent")."""
    activity = own_activity(session, activity_id, open_only=False)
    consent = chosen_row(session, Consent, "consent_id", consent_id)
    if consent.scope is not ConsentScope.STORY or consent.withdrawn_on is not None:
        raise Refused("no_story_consent")
    quote = ActivityQuote(
        community_id=activity.community_id,
        activity_id=activity.id,
        words=fields.line("words", words, most=200),
        called=fields.line("called", called, most=30, needed=False),
        consent_id=consent.id,
        added_by=actor_of(session).id,
        added_at=now,
    )
    session.add(quote)
    session.flush()
    return quote.id


@action(Permission.RUN_ACTIVITY)
def drop_quote(session: Session, *, quote_id: int) -> None:
    """Take a quote out; its words are gone from the row."""
    quote = load(session, ActivityQuote, quote_id)
    own_activity(session, quote.activity_id, open_only=False)
    if not quote.words:
        raise Refused("quote_gone")
    quote.words, quote.called = "", ""

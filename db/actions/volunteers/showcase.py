"""风采 and posts of a squad: words of a member who agreed to it, and what the squad looks for."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.volunteers.openings import MOST_PLACES
from db.actions.volunteers.squads import member_of, own_squad
from db.audit import guarded
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Activity, Consent, Opening, SquadStory
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import ConsentScope


@action(Permission.LEAD_SQUAD)
def add_story(
    session: Session, *, squad_id: int, volunteer_id: int | None, words: str, activity_id: int | None = None,
    now: datetime,
) -> int:  # fmt: skip
    """Words of a member for the squad's page; returns the id. Raises Refused("no_story_consent")."""
    squad = own_squad(session, squad_id)
    who = fields.row_id("volunteer_id", fields.chosen("volunteer_id", volunteer_id))
    if member_of(session, squad.id, who) is None:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE)
    said = fields.words("words", words, most=300)
    if activity_id is not None and session.get(Activity, fields.row_id("activity_id", activity_id)) is None:
        raise BadInput("activity_id", Problem.UNKNOWN_CHOICE)
    agreed = select(Consent.id).where(
        Consent.volunteer_id == who, Consent.scope == ConsentScope.STORY, Consent.withdrawn_on.is_(None),
        Consent.given_on <= day_of(now),
    )  # fmt: skip
    if session.scalar(agreed.limit(1), execution_options=UNSCOPED) is None:
        raise Refused("no_story_consent")
    story = SquadStory(
        community_id=squad.community_id, squad_id=squad.id, volunteer_id=who, activity_id=activity_id, words=said,
        added_by=actor_of(session).id, added_at=now,
    )  # fmt: skip
    session.add(story)
    session.flush()
    return story.id


@action(Permission.LEAD_SQUAD)
def take_down_story(session: Session, *, story_id: int, now: datetime) -> None:
    """The words are not shown any more. Raises Refused("already_done")."""
    story = load(session, SquadStory, story_id, lock=True)
    own_squad(session, story.squad_id)
    if story.taken_down_at is not None:
        raise Refused("already_done")
    story.taken_down_at = now


@action(Permission.LEAD_SQUAD)
def post_squad_opening(
    session: Session, *, squad_id: int, title: str, places: int | None, skill: str = "", task: str = ""
) -> int:
    """A post of the squad beside those of projects; it is claimed at once. Returns its id."""
    squad = own_squad(session, squad_id)
    opening = Opening(
        community_id=squad.community_id,
        squad_id=squad.id,
        title=fields.line("title", title, most=60),
        skill=fields.line("skill", skill, most=60, needed=False),
        task=fields.line("task", task, most=200, needed=False),
        places=fields.whole("places", places, least=1, most=MOST_PLACES),
    )
    session.add(opening)
    session.flush()
    return opening.id


@action(Permission.LEAD_SQUAD)
def close_squad_opening(session: Session, *, opening_id: int) -> None:
    """Nobody more is taken; who is in stays in. Raises Refused("already_done")."""
    opening = load(session, Opening, opening_id)
    own_squad(session, opening.squad_id or 0)
    closing = update(Opening).where(Opening.id == opening.id, Opening.closed.is_(False)).values(closed=True)
    if not guarded(session, closing, opening, {"closed": (False, True)}):
        raise Refused("already_done")

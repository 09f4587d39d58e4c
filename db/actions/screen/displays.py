"""显示链接: an address that shows the room's screen without an account, made for one screen and revoked at once."""

import secrets
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.audit import guarded
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Community, DisplayLink, blind_index
from db.rules.permissions import Permission
from db.rules.screen.display_code import BITS, display_code, understood_display

MOST_LINKS = 50
"""Links of a community that hold at the same time; no house has more rooms."""


def new_display_code() -> str:
    """A fresh code for an address; drawn here because a rule draws nothing."""
    return display_code(secrets.randbits(BITS))


def display_hash(code: str) -> str:
    """What is kept of a code as it was understood: a copied database opens no screen."""
    return blind_index(f"display:{code}")


@action(Permission.MANAGE_DISPLAYS)
def make_display(session: Session, *, name: str, code: str, community_id: int | None = None, now: datetime) -> int:
    """A link for the screen of that name; returns its id. A secretary's is of the own community.

    The caller draws the code (`new_display_code`), so that it never lies in a stored result. Show only what was
    stored: keep code and request key together. Raises Refused("displays_full").
    """
    actor = actor_of(session)
    if actor.community_id is not None:
        community_id = actor.community_id
    if community_id is None:
        raise BadInput("community_id", Problem.EMPTY)
    community = load(session, Community, community_id, lock=True)
    meant = understood_display(code) if isinstance(code, str) else None
    if meant is None:
        raise BadInput("code", Problem.WRONG)
    named = fields.line("name", name, most=60)
    hold = select(func.count()).where(DisplayLink.community_id == community.id, DisplayLink.revoked_at.is_(None))
    if session.execute(hold.select_from(DisplayLink)).scalar_one() >= MOST_LINKS:
        raise Refused("displays_full", most=MOST_LINKS)
    link = DisplayLink(
        community_id=community.id, name=named, token_hash=display_hash(meant), made_by=actor.id, made_at=now
    )
    session.add(link)
    session.flush()
    return link.id


@action(Permission.MANAGE_DISPLAYS)
def revoke_display(session: Session, *, link_id: int, now: datetime) -> None:
    """From now on the address shows nothing; a screen that is on it says so within a second."""
    link = load(session, DisplayLink, link_id)
    revoking = (
        update(DisplayLink).where(DisplayLink.id == link.id, DisplayLink.revoked_at.is_(None)).values(revoked_at=now)
    )
    if not guarded(session, revoking, link, {"revoked_at": (None, now)}):
        raise Refused("display_revoked")

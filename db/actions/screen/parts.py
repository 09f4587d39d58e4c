"""What the rotation of a community goes through: the desk chooses, the wall of promises among the parts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.screen.screen import draw_anew
from db.engine import action
from db.errors import BadInput, Conflict, NotFound, Problem
from db.models import Community, ScreenChoice
from db.rules.permissions import Permission
from db.rules.screen.parts import kept_as
from db.terms import ScreenPart


@action(Permission.MANAGE_DISPLAYS)
def choose_parts(
    session: Session, *, community_id: int, parts: Sequence[ScreenPart], version: int, now: datetime
) -> int:
    """The screens of the community rotate these parts from their next turn on; the id of the choice.

    `version` is that of the choice that was shown, 0 while there was none: who comes second is told.
    """
    actor = actor_of(session)
    community = load(session, Community, community_id, lock=True)
    # A community belongs to the subdistrict: its neighbours reach the row, but not its screen.
    if actor.community_id not in (None, community.id):
        raise NotFound(what="community", id=community_id)
    if not isinstance(parts, (list, tuple)) or not parts:
        raise BadInput("parts", Problem.EMPTY)
    kept = kept_as(fields.chosen("parts", part, list(ScreenPart)) for part in parts)
    choice = session.scalars(
        select(ScreenChoice).where(ScreenChoice.community_id == community.id).with_for_update()
    ).first()
    if (choice.version if choice else 0) != version:
        raise Conflict(what="screen_choice", id=community.id, version=choice.version if choice else 0)
    if choice is None:
        choice = ScreenChoice(community_id=community.id, parts=kept, chosen_by=actor.id, chosen_at=now)
        session.add(choice)
    else:
        choice.parts, choice.chosen_by, choice.chosen_at = kept, actor.id, now
    draw_anew(session, community.id, now=now)
    session.flush()
    return choice.id

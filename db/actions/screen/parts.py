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
from db.models import Community, Rota, ScreenChoice
from db.rules.permissions import Permission
from db.rules.screen.parts import ROTAS_MOST, kept_as
from db.terms import RotaState, ScreenPart


@action(Permission.MANAGE_DISPLAYS)
def choose_parts(
    session: Session,
    *,
    community_id: int,
    parts: Sequence[ScreenPart],
    rotas: Sequence[int] = (),
    version: int,
    now: datetime,
) -> int:
    """The screens of the community rotate these parts from their next turn on; the id of the choice.

    The station shows `rotas`, open ones of the community; without them the largest.
    `version` is that of the choice that was shown, 0 while there was none: who comes second is told.
    """
    actor = actor_of(session)
    community = load(session, Community, community_id, lock=True)
    # A community belongs to the subdistrict: its neighbours reach the row, but not its screen.
    if actor.community_id not in (None, community.id):
        raise NotFound(what="community", id=community_id)
    if not isinstance(parts, (list, tuple)) or not parts:
        raise BadInput("parts", Problem.EMPTY)
    chosen = [fields.chosen("parts", part, list(ScreenPart)) for part in parts]
    kept = kept_as(chosen, _rotas(session, community.id, rotas))
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


def _rotas(session: Session, community_id: int, rotas: object) -> list[int]:
    """The chosen rotas, each an open one of this community."""
    if not isinstance(rotas, (list, tuple)) or len(rotas) > ROTAS_MOST:
        raise BadInput("rotas", Problem.OUT_OF_RANGE, least=0, most=ROTAS_MOST)
    wanted = [fields.row_id("rotas", one) for one in rotas]
    there = select(Rota.id).where(
        Rota.id.in_(wanted), Rota.community_id == community_id, Rota.state == RotaState.OPEN
    )  # fmt: skip
    found = set(session.scalars(there))
    if not found.issuperset(wanted):
        raise BadInput("rotas", Problem.WRONG)
    return wanted

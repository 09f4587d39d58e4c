"""招募岗位: what a project needs, and the one guarded step that gives a place away."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.life import add_to_life
from db.actions.loading import load
from db.actions.projects.projects import own_project
from db.audit import guarded
from db.engine import action
from db.errors import Refused
from db.models import Opening, Project
from db.rules.permissions import Permission
from db.terms import Happening

MOST_PLACES = 200


@action(Permission.RUN_PROJECT)
def post_opening(
    session: Session,
    *,
    project_id: int,
    title: str,
    skill: str = "",
    task: str = "",
    places: int | None,
    now: datetime,
) -> int:
    """A post to be filled; returns its id."""
    project = own_project(session, project_id)
    opening = Opening(
        community_id=project.community_id,
        project_id=project.id,
        title=fields.line("title", title, most=60),
        skill=fields.line("skill", skill, most=60, needed=False),
        task=fields.line("task", task, most=200, needed=False),
        places=fields.whole("places", places, least=1, most=MOST_PLACES),
    )
    session.add(opening)
    session.flush()
    add_to_life(session, project, Happening.OPENING_POSTED, now=now, title=opening.title, places=opening.places)
    return opening.id


@action(Permission.RUN_PROJECT)
def close_opening(session: Session, *, opening_id: int, now: datetime) -> None:
    """Nobody more is taken; who is in stays in."""
    opening = load(session, Opening, opening_id)
    project = own_project(session, opening.project_id or 0)
    closing = update(Opening).where(Opening.id == opening.id, Opening.closed.is_(False)).values(closed=True)
    if not guarded(session, closing, opening, {"closed": (False, True)}):
        raise Refused("already_done")
    add_to_life(session, project, Happening.OPENING_CLOSED, now=now, title=opening.title)


@action(Permission.RUN_PROJECT)
def change_places(session: Session, *, opening_id: int, places: int | None) -> None:
    """More or fewer places; never fewer than are taken: Refused("places_taken", filled=)."""
    opening = load(session, Opening, opening_id)
    own_project(session, opening.project_id or 0)
    wanted, before = fields.whole("places", places, least=1, most=MOST_PLACES), opening.places
    changing = update(Opening).where(Opening.id == opening.id, Opening.filled <= wanted).values(places=wanted)
    if not guarded(session, changing, opening, {"places": (before, wanted)}):
        raise Refused("places_taken", filled=opening.filled)


def take_place(session: Session, opening: Opening) -> None:
    """Take one place, or Refused("opening_full"): of fifty who come at once for the last one, the database lets one."""
    before = opening.filled
    taking = (
        update(Opening)
        .where(Opening.id == opening.id, Opening.filled < Opening.places, Opening.closed.is_(False))
        .values(filled=Opening.filled + 1)
    )
    if not guarded(session, taking, opening, {"filled": (before, before + 1)}):
        raise Refused("opening_full")


def free_place(session: Session, opening: Opening) -> None:
    """Give one place back; nobody who waits is taken without the leader's word."""
    before = opening.filled
    freeing = update(Opening).where(Opening.id == opening.id, Opening.filled > 0).values(filled=Opening.filled - 1)
    guarded(session, freeing, opening, {"filled": (before, before - 1)})


def tell_team(
    session: Session, opening: Opening, kind: Happening, *, now: datetime, note: str = "", **values: str
) -> None:
    """The life of the project whose post it is; a squad's post stands in the squad's own page alone."""
    if opening.project_id is not None:
        project = load(session, Project, opening.project_id)
        add_to_life(session, project, kind, now=now, note=note, opening=opening.title, **values)

"""What a rota can be of, and who runs one."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Place, Project, Squad
from db.queries.rota.rotas import ENDED_PROJECT, RotaFacts
from db.queries.volunteers.squads import led_squads
from db.rules.permissions import Actor, Permission
from db.terms import Role


@dataclass(frozen=True, slots=True)
class Choices:
    """Places, squads and projects by id, as the actor may choose them."""

    places: dict[int, str]
    squads: dict[int, str]
    projects: dict[int, str]


def choices(session: Session, actor: Actor) -> Choices:
    """What the form offers: staff everything of the community, a leader the own squads and projects."""
    places = select(Place.id, Place.name).order_by(Place.name).limit(200)
    squads = select(Squad.id, Squad.name).where(Squad.dissolved_on.is_(None)).order_by(Squad.name).limit(200)
    projects = select(Project.id, Project.title).where(Project.state.not_in(ENDED_PROJECT)).order_by(Project.id.desc())
    if actor.role is Role.TEAM_LEADER:
        squads = squads.where(Squad.id.in_(led_squads(actor.id)))
        projects = projects.where(Project.leader_id == actor.id)
    return Choices(
        *({row[0]: row[1] for row in session.execute(query)} for query in (places, squads, projects.limit(100)))
    )


def runs(session: Session, actor: Actor, facts: RotaFacts) -> bool:
    """Whether the actor may change this rota, as `db.actions.rota.rotas.own_rota` decides it."""
    if not actor.may(Permission.RUN_ROTA):
        return False
    if actor.role is not Role.TEAM_LEADER:
        return True
    if facts.project_id is None and facts.squad_id is None:
        return facts.made_by == actor.id
    if facts.project_id is not None and facts.leader_id == actor.id:
        return True
    if facts.squad_id is None:
        return False
    return session.scalar(led_squads(actor.id).where(Squad.id == facts.squad_id)) is not None

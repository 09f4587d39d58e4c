"""排班: make a rota with its posts, open it to volunteers, close it."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row, load
from db.actions.projects.projects import must_live, own_project
from db.actions.volunteers.squads import must_stand
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, NotPermitted, Problem, Refused
from db.models import Place, Project, Rota, RotaPost, Slot, Squad, Turn
from db.queries.volunteers.squads import led_squads
from db.rules.permissions import Permission
from db.rules.rota.input import RotaInput
from db.terms import Role, RotaState, TurnState
from db.together import amiss

LONGEST = timedelta(days=366)
"""A rota lasts a year at most; what goes on is prolonged."""
MOST_POSTS = 12
"""Posts that one page and one printed sheet can hold side by side."""


def own_rota(session: Session, rota_id: int, *, version: int | None = None, lock: bool = False) -> Rota:
    """A rota that the actor runs: staff every one, a leader those of a project or squad they lead now.

    Who made it counts only while it belongs to neither: it goes along when a squad gets another leader.
    """
    rota, actor = load(session, Rota, rota_id, version=version, lock=lock), actor_of(session)
    if actor.role is Role.TEAM_LEADER and not _is_theirs(session, rota, actor.id):
        raise NotPermitted(permission=Permission.RUN_ROTA, role=actor.role)
    return rota


def hold_open(session: Session, rota_id: int) -> Rota:
    """The rota as it is now, held so that nobody closes it before this is stored; as many as like hold it at once.

    Held before volunteers and slots. Raises NotFound outside the scope.
    """
    query = select(Rota).where(Rota.id == rota_id).with_for_update(read=True)
    rota = session.scalars(query, execution_options={"populate_existing": True}).one_or_none()
    if rota is None:
        raise NotFound(what="rota", id=rota_id)
    return rota


def _is_theirs(session: Session, rota: Rota, account_id: int) -> bool:
    if rota.project_id is None and rota.squad_id is None:
        return rota.made_by == account_id
    led = select(Project.leader_id).where(Project.id == rota.project_id)
    if rota.project_id is not None and session.scalar(led) == account_id:
        return True
    return rota.squad_id is not None and _leads(session, rota.squad_id, account_id)


def _leads(session: Session, squad_id: int, account_id: int) -> bool:
    return session.scalar(led_squads(account_id).where(Squad.id == squad_id)) is not None


@action(Permission.RUN_ROTA)
def make_rota(session: Session, *, given: RotaInput, posts: str, now: datetime) -> int:
    """A new rota in preparation with its posts, one a line: name, task, skill; returns its id.

    A leader makes it for a project or squad of theirs. Raises BadInput at the form's fields.
    """
    actor = actor_of(session)
    if actor.community_id is None:
        raise BadInput("community_id", Problem.EMPTY)
    rota = Rota(community_id=actor.community_id, made_by=actor.id, made_at=now, title="", place="")
    _fill(session, rota, given, first=day_of(now) - timedelta(days=366))
    _must_belong(session, rota)
    session.add(rota)
    session.flush()
    _add_posts(session, rota, posts)
    return rota.id


@action(Permission.RUN_ROTA)
def change_rota(session: Session, *, rota_id: int, version: int, given: RotaInput) -> None:
    """What stands at the head of a rota; its days never leave out slots that are laid.

    Raises Refused("rota_has_slots", first=, last=).
    """
    rota = own_rota(session, rota_id, version=version, lock=True)
    ownerless = rota.project_id is None and rota.squad_id is None
    _fill(session, rota, given, first=rota.starts_on)
    if not ownerless:
        _must_belong(session, rota)
    held = select(func.min(Slot.on), func.max(Slot.on)).where(Slot.rota_id == rota.id, Slot.called_off_at.is_(None))
    first, last = session.execute(held).one()
    if first is not None and (first < rota.starts_on or last > rota.ends_on):
        raise Refused("rota_has_slots", first=first.isoformat(), last=last.isoformat())


def _must_belong(session: Session, rota: Rota) -> None:
    """A leader's rota is that of a project or squad of theirs, and stays it."""
    if actor_of(session).role is Role.TEAM_LEADER and rota.project_id is None and rota.squad_id is None:
        raise BadInput("squad_id", Problem.EMPTY)


def _fill(session: Session, rota: Rota, given: RotaInput, *, first: object) -> None:
    rota.title = fields.line("title", given.title, most=60)
    rota.place = fields.line("place", given.place, most=200)
    rota.call = fields.words("call", given.call, most=500, needed=False)
    rota.starts_on = fields.day("starts_on", given.starts_on)
    rota.ends_on = fields.day("ends_on", given.ends_on, least=rota.starts_on, most=rota.starts_on + LONGEST)
    rota.give_back_hours = fields.whole("give_back_hours", given.give_back_hours, least=0, most=720)
    rota.place_id = None if given.place_id is None else chosen_row(session, Place, "place_id", given.place_id).id
    rota.squad_id = None if given.squad_id is None else _squad(session, given.squad_id, rota.squad_id)
    rota.project_id = None if given.project_id is None else _project(session, given.project_id)


def _squad(session: Session, squad_id: int, held: int | None) -> int:
    squad, actor = chosen_row(session, Squad, "squad_id", squad_id), actor_of(session)
    if squad.id == held:
        return held
    must_stand(squad)
    if actor.role is Role.TEAM_LEADER and not _leads(session, squad.id, actor.id):
        raise BadInput("squad_id", Problem.UNKNOWN_CHOICE)
    return squad.id


def _project(session: Session, project_id: int) -> int:
    project = chosen_row(session, Project, "project_id", project_id)
    if actor_of(session).role is Role.TEAM_LEADER:
        own_project(session, project.id)
    must_live(session, project)
    return project.id


@action(Permission.RUN_ROTA)
def add_posts(session: Session, *, rota_id: int, posts: str) -> int:
    """More posts, one a line: name, task, skill; how many. Raises BadInput at `posts`, Refused("rota_closed")."""
    rota = own_rota(session, rota_id, lock=True)
    must_not_be_closed(rota)
    return _add_posts(session, rota, posts)


def _add_posts(session: Session, rota: Rota, posts: str) -> int:
    typed = fields.words("posts", posts, most=2000)
    known = session.scalars(select(RotaPost.name).where(RotaPost.rota_id == rota.id)).all()
    names = list(known)
    for text in typed.splitlines():
        name, task, skill = _post(text)
        if not name:
            continue
        if name in names:
            raise BadInput("posts", Problem.TAKEN)
        names.append(name)
        position = len(names)
        session.add(
            RotaPost(community_id=rota.community_id, rota_id=rota.id, name=name, task=task, skill=skill,
                     position=position)
        )  # fmt: skip
    if len(names) > MOST_POSTS:
        amiss(BadInput("posts", Problem.OUT_OF_RANGE, least=1, most=MOST_POSTS), None)
    if len(names) == len(known):
        amiss(BadInput("posts", Problem.EMPTY), None)
    session.flush()
    return len(names) - len(known)


def _post(text: str) -> tuple[str, str, str]:
    """Name, task and skill of a line; commas as they are typed here and there."""
    parts = [part.strip() for part in text.replace(",", "，").split("，", 2)] + ["", ""]
    return (
        fields.line("posts", parts[0], most=60, needed=False),
        fields.line("posts", parts[1], most=200, needed=False),
        fields.line("posts", parts[2], most=60, needed=False),
    )


def must_go_on(session: Session, rota: Rota) -> None:
    """Refused("squad_dissolved", day=) or WrongStage for a rota of a squad or project that is no more."""
    if rota.project_id is not None:
        must_live(session, load(session, Project, rota.project_id))
    if rota.squad_id is not None:
        must_stand(load(session, Squad, rota.squad_id))


def must_not_be_closed(rota: Rota) -> None:
    """Refused("rota_closed") for a rota that has ended."""
    if rota.state is RotaState.CLOSED:
        raise Refused("rota_closed")


@action(Permission.RUN_ROTA)
def open_rota(session: Session, *, rota_id: int, version: int) -> None:
    """招募: volunteers see its slots and claim them; also a closed one is opened again. Refused("rota_no_slots")."""
    rota = own_rota(session, rota_id, version=version, lock=True)
    if rota.state is RotaState.OPEN:
        raise Refused("already_done")
    there = select(Slot.id).where(Slot.rota_id == rota.id, Slot.called_off_at.is_(None))
    if session.scalar(there.limit(1)) is None:
        raise Refused("rota_no_slots")
    must_go_on(session, rota)
    rota.state = RotaState.OPEN


@action(Permission.RUN_ROTA)
def close_rota(session: Session, *, rota_id: int, version: int, now: datetime) -> None:
    """Nobody claims any more; hours are still marked. Refused("rota_has_turns", count=) while turns lie ahead."""
    rota = own_rota(session, rota_id, version=version, lock=True)
    if rota.state is RotaState.CLOSED:
        raise Refused("already_done")
    ahead = (
        select(func.count())
        .select_from(Turn)
        .join(Slot, Slot.id == Turn.slot_id)
        .where(Slot.rota_id == rota.id, Turn.state == TurnState.TAKEN, Slot.starts_at > now)
    )
    count = session.scalar(ahead) or 0
    if count:
        raise Refused("rota_has_turns", count=count)
    rota.state = RotaState.CLOSED

"""招募: open posts for a volunteer's phone, the team of a project, and whom one could recommend."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from db.models import Opening, Placement, Project, Squad, Volunteer
from db.queries.accounts.accounts import answers_for
from db.queries.paging import ROWS, Page
from db.rules.masking import masked_name
from db.rules.permissions import GRANTS, Permission
from db.rules.search import LIKE_ESCAPE, like_pattern
from db.rules.volunteers.asking import GROWN_UP
from db.terms import JoinMethod, PlacementState, VolunteerKind

LIVE = GRANTS[Permission.RUN_PROJECT].stages
ACTIVE = (PlacementState.WAITING, PlacementState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post one can still ask for; `mine` is the own standing in it."""

    id: int
    title: str
    skill: str
    task: str
    places: int
    filled: int
    project_id: int | None
    project: str
    """Whose post it is: the title of the project, or the name of the squad."""
    starts_on: date
    due_on: date | None
    squad_id: int | None
    mine: PlacementState | None

    @property
    def full(self) -> bool:
        return self.filled >= self.places


@dataclass(frozen=True, slots=True)
class Myself:
    """The actor's own entry in the registry."""

    id: int
    number: str
    skills: tuple[str, ...]
    minutes: int


def myself(session: Session, account_id: int) -> Myself | None:
    """The volunteer whose account this is."""
    row = session.execute(
        select(Volunteer.id, Volunteer.number, Volunteer.skills, Volunteer.minutes).where(
            Volunteer.account_id == account_id
        )
    ).first()
    return None if row is None else Myself(row.id, row.number, tuple(row.skills), row.minutes)


def open_posts(
    session: Session,
    *,
    account_id: int,
    skill: str = "",
    free_only: bool = False,
    before: int | None = None,
    only: int | None = None,
) -> Page[OpenPost]:
    """Posts of living projects and of squads, newest first, or the one with this id, each with the own standing."""
    mine = (
        select(Placement.state)
        .where(
            Placement.opening_id == Opening.id,
            Placement.account_id == account_id,
            Placement.state.in_(ACTIVE),
        )
        .limit(1)
        .correlate(Opening)
        .scalar_subquery()
        .label("mine")
    )
    query = (
        select(
            Opening.id,
            Opening.title,
            Opening.skill,
            Opening.task,
            Opening.places,
            Opening.filled,
            Opening.project_id,
            func.coalesce(Project.title, Squad.name).label("project"),
            func.coalesce(Project.starts_on, Squad.founded_on).label("starts_on"),
            Project.due_on,
            Opening.squad_id,
            mine,
        )
        .outerjoin(Project, Project.id == Opening.project_id)
        .outerjoin(Squad, Squad.id == Opening.squad_id)
        .where(Opening.closed.is_(False), or_(Project.state.in_(LIVE), Opening.squad_id.is_not(None)))
    )
    if skill.strip():
        pattern = like_pattern(skill)
        columns = (Opening.skill, Opening.title, Opening.task, Project.title, Squad.name)
        query = query.where(or_(*(column.like(pattern, escape=LIKE_ESCAPE) for column in columns)))
    if free_only:
        query = query.where(Opening.filled < Opening.places)
    if before is not None:
        query = query.where(Opening.id < before)
    if only is not None:
        query = query.where(Opening.id == only)
    found: Sequence[Any] = session.execute(query.order_by(Opening.id.desc()).limit(ROWS + 1)).all()
    return Page(tuple(OpenPost(*row) for row in found[:ROWS]), len(found) > ROWS)


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """Where the actor is or was, and what the leader said."""

    id: int
    title: str
    project: str
    state: PlacementState
    asked_at: datetime
    word: str
    active: bool


def own_places(session: Session, account_id: int) -> list[OwnPlace]:
    """The own placements, newest first."""
    query = (
        select(
            Placement.id,
            Opening.title,
            func.coalesce(Project.title, Squad.name).label("project"),
            Placement.state,
            Placement.asked_at,
            Placement.word,
        )
        .join(Opening, Opening.id == Placement.opening_id)
        .outerjoin(Project, Project.id == Opening.project_id)
        .outerjoin(Squad, Squad.id == Opening.squad_id)
        .where(Placement.account_id == account_id)
        .order_by(Placement.id.desc())
        .limit(20)
    )
    return [OwnPlace(*row, active=row.state in ACTIVE) for row in session.execute(query)]


# --- the team of a project --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """An opening as the leader sees it."""

    id: int
    title: str
    skill: str
    task: str
    places: int
    filled: int
    waiting: int
    closed: bool

    @property
    def short(self) -> int:
        """How many are still missing."""
        return 0 if self.closed else self.places - self.filled


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team's history; the name is masked, the number says who it is."""

    id: int
    version: int
    opening_id: int
    opening: str
    volunteer_id: int
    number: str
    name: str
    kind: VolunteerKind
    skills: tuple[str, ...]
    method: JoinMethod
    recommended_by: str
    state: PlacementState
    asked_at: datetime
    word: str
    left_at: datetime | None
    left_reason: str
    replaced_by: str


def openings_of(session: Session, project_id: int) -> list[OpeningRow]:
    """The openings of a project with how many wait for each."""
    waiting = (
        select(func.count())
        .select_from(Placement)
        .where(Placement.opening_id == Opening.id, Placement.state == PlacementState.WAITING)
        .correlate(Opening)
        .scalar_subquery()
    )
    query = (
        select(
            Opening.id,
            Opening.title,
            Opening.skill,
            Opening.task,
            Opening.places,
            Opening.filled,
            waiting,
            Opening.closed,
        )
        .where(Opening.project_id == project_id)
        .order_by(Opening.closed, Opening.id)
        .limit(ROWS)
    )
    return [OpeningRow(*row) for row in session.execute(query)]


def members_of(session: Session, project_id: int, *, past: bool = False) -> list[Member]:
    """Who is in the team or waits for it; with `past` who was or was not taken. At most a hundred."""
    query = (
        select(Placement, Opening.title, Volunteer)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Volunteer, Volunteer.id == Placement.volunteer_id)
        .where(Opening.project_id == project_id)
        .where(Placement.state.not_in(ACTIVE) if past else Placement.state.in_(ACTIVE))
        .order_by(Placement.state.desc(), Placement.asked_at, Placement.id)
        .limit(2 * ROWS)
    )
    found = session.execute(query).all()
    heirs = [row.Placement.replaced_by_id for row in found if row.Placement.replaced_by_id]
    named: dict[int, str] = {}
    if heirs:
        by = (
            select(Placement.id, Volunteer.number)
            .join(Volunteer, Volunteer.id == Placement.volunteer_id)
            .where(Placement.id.in_(heirs))
        )
        named = {row.id: row.number for row in session.execute(by)}
    return [_member(row.Placement, row.title, row.Volunteer, named) for row in found]


def _member(placement: Placement, opening: str, volunteer: Volunteer, named: dict[int, str]) -> Member:
    return Member(
        id=placement.id,
        version=placement.version,
        opening_id=placement.opening_id,
        opening=opening,
        volunteer_id=volunteer.id,
        number=volunteer.number,
        name=masked_name(volunteer.name),
        kind=volunteer.kind,
        skills=tuple(volunteer.skills),
        method=placement.method,
        recommended_by=placement.recommended_by,
        state=placement.state,
        asked_at=placement.asked_at,
        word=placement.word,
        left_at=placement.left_at,
        left_reason=placement.left_reason,
        replaced_by=named.get(placement.replaced_by_id or 0, ""),
    )


# --- whom to recommend ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the registry; name masked."""

    id: int
    number: str
    name: str
    skills: tuple[str, ...]
    free_times: str


def who_serve() -> tuple[Any, ...]:
    """Who serves now: has not ended, has no account that cannot answer here, and is no entry that leads to another."""
    able = Volunteer.account_id.is_(None) | answers_for(Volunteer.account_id, Volunteer.community_id)
    return (Volunteer.ended_on.is_(None), Volunteer.merged_into_id.is_(None), able)


def who_can_be_asked(on: date) -> tuple[Any, ...]:
    """Who serves and can be sent somewhere on a day: is not paused, and as a minor has the guardian's word."""
    here = and_(Volunteer.paused_from <= on, Volunteer.paused_until >= on)
    not_paused = or_(Volunteer.paused_from.is_(None), ~here)
    return (*who_serve(), not_paused, who_is_guarded(on))


def who_is_guarded(on: date) -> Any:
    """Who is grown up on a day, or has the guardian's word."""
    grown = or_(Volunteer.birth_year.is_(None), Volunteer.birth_year < on.year - GROWN_UP)
    return or_(grown, Volunteer.guardian_agreed_on.is_not(None))


def skill_matches(words: str) -> Any:
    """Whether a skill contains the words; JSON stores Chinese as escapes, so the pattern is made of them too."""
    stored = json.dumps(words.strip())[1:-1]
    return cast(Volunteer.skills, String).like(like_pattern(stored), escape=LIKE_ESCAPE)


def candidates(session: Session, *, words: str, on: date | None = None) -> list[Candidate]:
    """Volunteers who serve, and with `on` can be asked for that day, by number or skill, at most thirty."""
    query = select(Volunteer.id, Volunteer.number, Volunteer.name, Volunteer.skills, Volunteer.free_times)
    query = query.where(*(who_serve() if on is None else who_can_be_asked(on)))
    if words.strip():
        number = Volunteer.number.like(like_pattern(words.upper()), escape=LIKE_ESCAPE)
        query = query.where(or_(number, skill_matches(words)))
    return [
        Candidate(row.id, row.number, masked_name(row.name), tuple(row.skills), row.free_times)
        for row in session.execute(query.order_by(Volunteer.id.desc()).limit(30))
    ]


@dataclass(frozen=True, slots=True)
class PostChoice:
    """An open post to recommend somebody for."""

    id: int
    title: str
    project: str
    free: int


def posts_to_recommend(session: Session) -> list[PostChoice]:
    """Open posts of living projects; those with free places first."""
    free = Opening.places - Opening.filled
    query = (
        select(Opening.id, Opening.title, Project.title.label("project"), free)
        .join(Project, Project.id == Opening.project_id)
        .where(Opening.closed.is_(False), Project.state.in_(LIVE))
        .order_by((free > 0).desc(), Opening.id.desc())
        .limit(ROWS)
    )
    return [PostChoice(*row) for row in session.execute(query)]

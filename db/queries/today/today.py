"""What each role has to do now, as counts with where to go; one statement (two where a second table decides)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, exists, or_, select, union_all
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    Account,
    Body,
    BodyMember,
    Community,
    Household,
    HouseRules,
    Meeting,
    Need,
    Opening,
    Placement,
    Service,
    Visit,
    Volunteer,
)
from db.queries.progress.communities import CommunityToDo, to_do_by_community
from db.queries.projects.progress import project_lights
from db.queries.today.moments import HOME, told
from db.queries.today.parts import Part, ToDo
from db.queries.today.people import transfers_to
from db.queries.today.roles import PARTS
from db.queries.today.service import swaps_asked_of
from db.rules.needs.register import Entry, missing
from db.rules.permissions import Actor
from db.scope import built_once
from db.terms import (
    Light,
    MeetingState,
    NeedStage,
    PlacementState,
    Role,
)


@dataclass(frozen=True, slots=True)
class Line:
    """How many of a kind; `only` is the id when there is just one, `on` the moment or day that comes first."""

    kind: ToDo
    count: int
    only: int | None = None
    on: datetime | None = None
    ids: tuple[int, ...] = ()
    """Where only Python can tell which rows these are."""


@dataclass(frozen=True, slots=True)
class Today:
    lines: tuple[Line, ...]
    communities: tuple[CommunityToDo, ...] = ()
    """For roles above the communities: where something is stuck."""

    def with_counts(self, counts: Mapping[ToDo, int]) -> "Today":
        """With what costs more to count than the rest, and what the page therefore keeps for a while."""
        more = [Line(kind, count) for kind, count in counts.items() if count]
        return replace(self, lines=_in_order([*self.lines, *more]))


def today_for(session: Session, actor: Actor, *, now: datetime) -> Today:
    """The day of one role."""
    day = day_of(now)
    lines = _count(session, actor, now)
    if actor.role is Role.SECRETARY:
        red = [project for project in project_lights(session, today=day) if project.result.light is Light.RED]
        lines += _line(ToDo.RED_PROJECTS, [project.id for project in red])
    elif actor.role is Role.AREA_WORKER:
        lines += _line(ToDo.INCOMPLETE, _incomplete(session, actor))
    elif actor.role is Role.VOLUNTEER:
        lines += _line(ToDo.OPENINGS, _fitting(session))
    if actor.role in (Role.SECRETARY, Role.AREA_WORKER):
        lines += _line(ToDo.TRANSFERS, transfers_to(session, actor))
    elif actor.role in (Role.VOLUNTEER, Role.TEAM_LEADER):
        lines += _line(ToDo.SWAPS, swaps_asked_of(session, actor))
    communities: tuple[CommunityToDo, ...] = ()
    if actor.role in (Role.SUBDISTRICT_ADMIN, Role.DISTRICT_VIEWER):
        communities = to_do_by_community(session, today=day)
    return Today(_in_order(lines), communities)


PAST_SCREENING = (
    NeedStage.FOR_COUNCIL, NeedStage.ON_AGENDA, NeedStage.NOTICE, NeedStage.TO_PROJECT, NeedStage.IN_PROJECT,
)  # fmt: skip
"""Where a need is that was sent to the council."""


class FirstStep(StrEnum):
    """What a new installation needs before its first meeting, in the order that works."""

    PEOPLE = "people"  # 人和角色
    USUAL = "usual"  # 类别、服务、主题
    COUNCIL = "council"  # 议事会和规则
    HOUSEHOLDS = "households"  # 小区和住户
    VISIT = "visit"  # 第一次走访
    SCREENING = "screening"  # 签字、评分、分流
    MEETING = "meeting"  # 第一次会议


@dataclass(frozen=True, slots=True)
class Here:
    """Where the actor works ("" above the communities), and which of the first steps are still to be done.

    `signed`: needs are there, and no week waits for a signature.
    """

    community: str
    missing: tuple[FirstStep, ...]
    signed: bool = False


def here_of(session: Session, actor: Actor) -> Here:
    """One statement that stops at the first row of each kind."""
    row = session.execute(_here(bool(actor.community_id)), {HOME.key: actor.community_id}).first()
    if row is None:
        return Here("", ())
    missing = tuple(step for step in FirstStep if not row._mapping[step.value])
    # Once a meeting was held, whatever is missing is a choice.
    missing = missing if FirstStep.MEETING in missing else ()
    return Here(row.name if actor.community_id else "", missing, signed=row.signed)


@built_once
def _here(of_one: bool) -> Select[Any]:
    """The first community in reach, or the actor's own, and which of the steps are done."""
    ruled = exists().where(HouseRules.body_id == Body.id) & exists().where(BodyMember.body_id == Body.id)
    there: dict[FirstStep, Any] = {
        FirstStep.PEOPLE: exists().where(Account.role == Role.SECRETARY, Account.disabled_at.is_(None)),
        FirstStep.USUAL: exists().where(Service.id > 0),
        FirstStep.COUNCIL: exists().where(Body.id > 0, ruled),
        FirstStep.HOUSEHOLDS: exists().where(Household.id > 0),
        FirstStep.VISIT: exists().where(Visit.id > 0, exists().where(Need.id > 0)),
        FirstStep.SCREENING: exists().where(Need.stage.in_(PAST_SCREENING)),
        FirstStep.MEETING: exists().where(Meeting.state == MeetingState.CLOSED),
    }
    signed = exists().where(Need.id > 0) & ~exists().where(Need.stage == NeedStage.LOGGED)
    return (
        select(Community.name, *(one.label(step.value) for step, one in there.items()), signed.label("signed"))
        .where(Community.id == HOME if of_one else Community.id > 0)
        .order_by(Community.id)
        .limit(1)
    )


def _in_order(lines: list[Line]) -> tuple[Line, ...]:
    order = {kind: place for place, kind in enumerate(ToDo)}
    return tuple(sorted(lines, key=lambda line: order[line.kind]))


def _line(kind: ToDo, ids: list[int]) -> list[Line]:
    return [Line(kind, len(ids), ids[0] if len(ids) == 1 else None, ids=tuple(ids))] if ids else []


@cache
def parts_of(role: Role) -> dict[ToDo, Part]:
    """Everything that is counted for this role."""
    parts = PARTS.get(role)
    return {one.kind: one for one in parts(role)} if parts else {}


@built_once
def _counted(role: Role) -> CompoundSelect[Any]:
    return union_all(*(one.counted() for one in parts_of(role).values()))


def _count(session: Session, actor: Actor, now: datetime) -> list[Line]:
    """All counts in one statement."""
    if not parts_of(actor.role):
        return []
    return [
        Line(ToDo(kind), int(count), first if count == 1 else None, on)
        for kind, count, first, on in session.execute(_counted(actor.role), told(actor, now))
        if count
    ]


# --- what only Python can decide ------------------------------------------------------------------------


def _incomplete(session: Session, actor: Actor) -> list[int]:
    """Own needs of unsigned weeks that lack something; a worker has few of them open."""
    rows = session.execute(
        select(
            *(Need.id, Need.description, Need.building, Need.reach, Need.people, Need.source),
            or_(Need.household_id.is_not(None), Need.asker_name.is_not(None), Need.asker_phone.is_not(None)),
        )
        .where(Need.worker_id == actor.id, Need.stage == NeedStage.LOGGED)
        .order_by(Need.id.desc())
        .limit(100)
    )
    return [row[0] for row in rows if missing(Entry(*row[1:6], has_asker=bool(row[6])))]


def _fitting(session: Session) -> list[int]:
    """Openings with a free place that ask for one of the own skills, or for none."""
    skills = {skill for own in session.scalars(select(Volunteer.skills)) for skill in own}
    free = (Opening.closed.is_(False), Opening.filled < Opening.places)
    asked = select(Placement.id).where(
        Placement.opening_id == Opening.id,
        Placement.state.in_((PlacementState.WAITING, PlacementState.ACCEPTED)),
    )
    wanted = Opening.skill.in_({"", *skills})
    query = select(Opening.id).where(*free, wanted, ~asked.exists()).order_by(Opening.id).limit(100)
    return list(session.scalars(query))

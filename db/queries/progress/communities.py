"""Communities side by side, in the order of entry, never as a ranking: each number with what it is made of."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Answer, NeedFlow, NeedStanding, Objection
from db.queries.progress.progress import communities_in_reach
from db.queries.projects.progress import project_lights
from db.rules.projects.progress import Rate, rate
from db.rules.zone import CHINA
from db.terms import AnswerState, Light, NeedStage, ObjectionState, ProjectKind, Satisfaction

_CONTENT = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)
_GONE = (NeedStage.VOID, NeedStage.MERGED)


@dataclass(frozen=True, slots=True)
class CommunityNumbers:
    """One community. `logged` is of the twelve months, `answered` of all needs that stand, as of today.

    `content`: satisfied of those who gave an opinion. `replied`: those who gave one of those who were answered.
    """

    id: int
    name: str
    households: int
    logged: int
    answered: Rate
    content: Rate
    replied: Rate
    on_track: Rate
    red: int

    @property
    def per_thousand(self) -> Fraction | None:
        """New needs of the twelve months per 1,000 households."""
        return Fraction(self.logged * 1000, self.households) if self.households else None


@dataclass(frozen=True, slots=True)
class Comparison:
    since: date
    until: date
    rows: tuple[CommunityNumbers, ...]
    whole: CommunityNumbers
    """The same numbers of all communities together."""


def year_before(today: date) -> date:
    """First day of the twelve months that end today."""
    return today - timedelta(days=364)


def compare(session: Session, *, today: date) -> Comparison:
    """Six statements whatever the number of communities and needs."""
    since = year_before(today)
    places = communities_in_reach(session)
    logged = _logged(session, since)
    standing = _standing(session)
    opinions = _opinions(session, since)
    on_track: Counter[tuple[int, Light]] = Counter()
    for project in project_lights(session, today=today):
        on_track[project.community_id, project.result.light] += 1

    def numbers(ids: list[int], row_id: int, name: str, households: int) -> CommunityNumbers:
        closed = sum(standing[one, True] for one in ids)
        opinion = {value: sum(opinions[one, value] for one in ids) for value in Satisfaction}
        spoken = sum(n for value, n in opinion.items() if value is not Satisfaction.NO_REPLY)
        shades = {shade: sum(on_track[one, shade] for one in ids) for shade in Light}
        return CommunityNumbers(
            id=row_id,
            name=name,
            households=households,
            logged=sum(logged[one] for one in ids),
            answered=rate(closed, closed + sum(standing[one, False] for one in ids)),
            content=rate(sum(opinion[value] for value in _CONTENT), spoken),
            replied=rate(spoken, sum(opinion.values())),
            on_track=rate(shades[Light.GREEN], sum(shades.values())),
            red=shades[Light.RED],
        )

    return Comparison(
        since=since,
        until=today,
        rows=tuple(numbers([one.id], one.id, one.name, one.households) for one in places),
        whole=numbers([one.id for one in places], 0, "", sum(one.households for one in places)),
    )


def _logged(session: Session, since: date) -> Counter[int]:
    query = (
        select(NeedFlow.community_id, func.sum(NeedFlow.logged))
        .where(NeedFlow.day >= since)
        .group_by(NeedFlow.community_id)
    )
    return Counter({community_id: int(needs) for community_id, needs in session.execute(query)})


def _standing(session: Session) -> Counter[tuple[int, bool]]:
    """(community, answered?) -> needs, without withdrawn and merged ones."""
    found: Counter[tuple[int, bool]] = Counter()
    query = (
        select(NeedStanding.community_id, NeedStanding.stage, func.sum(NeedStanding.needs))
        .where(NeedStanding.stage.not_in(_GONE))
        .group_by(NeedStanding.community_id, NeedStanding.stage)
    )
    for community_id, stage, needs in session.execute(query):
        found[community_id, stage is NeedStage.CLOSED] += int(needs)
    return found


def _opinions(session: Session, since: date) -> Counter[tuple[int, Satisfaction]]:
    begin = datetime.combine(since, time(), CHINA)
    query = (
        select(Answer.community_id, Answer.satisfaction, func.count())
        .where(Answer.given_at >= begin, Answer.satisfaction.is_not(None))
        .group_by(Answer.community_id, Answer.satisfaction)
    )
    found: Counter[tuple[int, Satisfaction]] = Counter()
    for community_id, satisfaction, answers in session.execute(query):
        if satisfaction is not None:
            found[community_id, satisfaction] += int(answers)
    return found


# --- what is stuck where ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CommunityToDo:
    """What waits in one community, for those who stand above it."""

    id: int
    name: str
    overdue_answers: int
    open_objections: int
    to_route: int
    for_council: int
    red_projects: int
    secretary_led: int


def to_do_by_community(session: Session, *, today: date) -> tuple[CommunityToDo, ...]:
    """Six statements whatever the number of communities."""
    waiting: Counter[tuple[int, NeedStage]] = Counter()
    stages = (NeedStage.SCREENED, NeedStage.FOR_COUNCIL)
    for community_id, stage, needs in session.execute(
        select(NeedStanding.community_id, NeedStanding.stage, func.sum(NeedStanding.needs))
        .where(NeedStanding.stage.in_(stages))
        .group_by(NeedStanding.community_id, NeedStanding.stage)
    ):
        waiting[community_id, stage] = int(needs)
    overdue = _counted(session, Answer.community_id, Answer.state == AnswerState.DUE, Answer.due_on < today)
    objections = _counted(session, Objection.community_id, Objection.state == ObjectionState.OPEN)
    red: Counter[int] = Counter()
    led: Counter[int] = Counter()
    for project in project_lights(session, today=today):
        red[project.community_id] += project.result.light is Light.RED
        led[project.community_id] += project.kind is ProjectKind.SECRETARY_LED
    return tuple(
        CommunityToDo(
            id=one.id,
            name=one.name,
            overdue_answers=overdue[one.id],
            open_objections=objections[one.id],
            to_route=waiting[one.id, NeedStage.SCREENED],
            for_council=waiting[one.id, NeedStage.FOR_COUNCIL],
            red_projects=red[one.id],
            secretary_led=led[one.id],
        )
        for one in communities_in_reach(session)
    )


def _counted(session: Session, community_id: Any, *where: Any) -> Counter[int]:
    query = select(community_id, func.count()).where(*where).group_by(community_id)
    return Counter({row[0]: row[1] for row in session.execute(query)})

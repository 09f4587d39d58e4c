"""三张清单: needs, resources and projects side by side, and which fits which with the reasons."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Category, Need, Opening, Project, ResourceRequest
from db.queries.units.resources import ResourceRow, resources
from db.rules.masking import redact
from db.rules.units.life import GIVEN, OPEN
from db.rules.units.match import Given, Match, Wanted, matches
from db.terms import NeedStage, ProjectState

MOST = 25
"""Of each list on the page; the ledgers have the rest."""
MATCHED = 200
OPEN_NEEDS = (
    *(NeedStage.LOGGED, NeedStage.HANDLING, NeedStage.REGISTERED, NeedStage.SCREENING, NeedStage.SCREENED),
    *(NeedStage.RESERVE, NeedStage.FOR_COUNCIL, NeedStage.ON_AGENDA, NeedStage.NOTICE, NeedStage.TO_PROJECT),
)
LIVE = (ProjectState.SET_UP, ProjectState.RUNNING, ProjectState.REWORK)


@dataclass(frozen=True, slots=True)
class NeedLine:
    id: int
    number: str
    title: str
    category: str
    stage: NeedStage


@dataclass(frozen=True, slots=True)
class ProjectLine:
    id: int
    number: str
    title: str
    state: ProjectState


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A need or a project (one of the ids) and the resource that fits it."""

    need_id: int | None
    project_id: int | None
    number: str
    title: str
    resource: ResourceRow
    match: Match


@dataclass(frozen=True, slots=True)
class Lists:
    """The three lists, the latest first, and the best matches between them."""

    needs: tuple[NeedLine, ...]
    resources: tuple[ResourceRow, ...]
    projects: tuple[ProjectLine, ...]
    matches: tuple[MatchLine, ...]


def three_lists(session: Session, community_id: int | None, *, today: date) -> Lists:
    """Of one community its open needs and live projects, of the subdistrict the pool; four statements.

    What has asked for something already is matched no more: somebody sees to it.
    """
    seen_to = select(ResourceRequest.need_id).where(
        ResourceRequest.need_id.is_not(None), ResourceRequest.state.in_((*OPEN, *GIVEN))
    )
    needs = (
        select(Need.id, Need.number, Need.title, Need.category_id, Category.name.label("category"), Need.stage)
        .add_columns(Need.id.in_(seen_to).label("seen_to"))
        .outerjoin(Category, Category.id == Need.category_id)
        .where(Need.stage.in_(OPEN_NEEDS))
        .order_by(Need.id.desc())
        .limit(MATCHED)
    )
    helped = select(ResourceRequest.project_id).where(
        ResourceRequest.project_id.is_not(None), ResourceRequest.state.in_((*OPEN, *GIVEN))
    )
    projects = (
        select(Project.id, Project.number, Project.title, Project.state, Project.problem, Project.measures)
        .add_columns(Project.community_id, Project.id.in_(helped).label("seen_to"))
        .where(Project.state.in_(LIVE))
        .order_by(Project.id.desc())
        .limit(MATCHED)
    )
    if community_id is not None:
        needs = needs.where(Need.community_id == community_id)
        projects = projects.where(Project.community_id == community_id)
    need_rows, project_rows = session.execute(needs).all(), session.execute(projects).all()
    wanted_skills: dict[int, list[str]] = {}
    of_projects = [row.id for row in project_rows]
    openings = select(Opening.project_id, Opening.skill).where(Opening.project_id.in_(of_projects), Opening.skill != "")
    for row in session.execute(openings):
        wanted_skills.setdefault(row.project_id, []).append(row.skill)
    pool = resources(session, today=today, most=200).rows
    given = [Given(one.id, f"{one.name}，{one.words}", one.category_id, one.skill, one.unit_home_id) for one in pool]
    for_needs = [Wanted(row.id, row.title, row.category_id, (), community_id) for row in need_rows if not row.seen_to]
    for_projects = [
        Wanted(
            row.id, f"{row.title}，{row.problem}，{row.measures}", None, wanted_skills.get(row.id, ()), row.community_id
        )
        for row in project_rows
        if not row.seen_to
    ]
    by_id = {one.id: one for one in pool}
    titles = {row.id: (row.number, redact(row.title)) for row in need_rows}
    named = {row.id: (row.number, row.title) for row in project_rows}
    found = [
        MatchLine(fit.wanted, None, *titles[fit.wanted], by_id[fit.given], fit) for fit in matches(for_needs, given)
    ]
    found += [
        MatchLine(None, fit.wanted, *named[fit.wanted], by_id[fit.given], fit) for fit in matches(for_projects, given)
    ]
    found.sort(key=lambda line: (-line.match.worth, line.need_id is None, line.number, line.resource.id))
    # The same wish of several households is said once.
    found = list({(line.title, line.resource.id): line for line in reversed(found)}.values())[::-1]
    return Lists(
        tuple(
            NeedLine(row.id, row.number, redact(row.title), row.category or "", row.stage) for row in need_rows[:MOST]
        ),
        pool[:MOST],
        tuple(ProjectLine(row.id, row.number, row.title, row.state) for row in project_rows[:MOST]),
        tuple(found[:20]),
    )

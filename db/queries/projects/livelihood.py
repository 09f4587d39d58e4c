"""民生实事: every project in hand or done, and whether a member on the roll leads it, with the branch (A2-23)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Branch, Community, Project
from db.queries.members.active import active_members
from db.queries.paging import ROWS
from db.queries.projects.projects import light_columns, light_of, progress_of, worst_light
from db.rules.projects.progress import LightResult
from db.terms import ProjectKind, ProjectState


@dataclass(frozen=True, slots=True)
class LivelihoodRow:
    """One project; `branch` is the branch of the member who leads it, empty when no member does."""

    id: int
    number: str
    title: str
    state: ProjectState
    community: str
    leader: str
    branch: str
    due_on: date
    light: LightResult | None


def livelihood_projects(session: Session, *, today: date) -> tuple[LivelihoodRow, ...]:
    """The latest fifty that were not stopped, red first, what is over last, in five statements."""
    overdue, risks = light_columns(today)
    query = (
        select(
            *(Project.id, Project.number, Project.title, Project.state, Project.starts_on, Project.due_on),
            *(Project.leader_id, Community.name.label("community"), Account.name.label("leader"), overdue, risks),
        )
        .join(Community, Community.id == Project.community_id)
        .join(Account, Account.id == Project.leader_id)
        .where(Project.kind == ProjectKind.LIVELIHOOD, Project.state != ProjectState.STOPPED)
        .order_by(Project.id.desc())
        .limit(ROWS)
    )
    found = session.execute(query).all()
    if not found:
        return ()
    shares = progress_of(session, [row.id for row in found])
    members = active_members(session, today)
    led = {one.account_id: one.branch_id for one in members if one.account_id is not None}
    mine = {led[row.leader_id] for row in found if row.leader_id in led}
    named = session.execute(select(Branch.id, Branch.name).where(Branch.id.in_(mine)))
    branches = {row.id: row.name for row in named}
    listed = [
        LivelihoodRow(
            *(row.id, row.number, row.title, row.state, row.community, row.leader),
            branches.get(led[row.leader_id], "") if row.leader_id in led else "",
            *(row.due_on, light_of(row, shares[row.id], today)),
        )
        for row in found
    ]

    def rank(one: LivelihoodRow) -> tuple[bool, int, date, int]:
        return worst_light(one.state, one.light.light if one.light else None, one.due_on, one.id)

    return tuple(sorted(listed, key=rank))

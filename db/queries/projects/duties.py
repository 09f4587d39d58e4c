"""责任分工 of a project as pages and papers show it, and the people who can take a duty."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Exists, and_, exists, select
from sqlalchemy.orm import Session

from db.models import Account, ProjectDuty
from db.queries.paging import ROWS
from db.rules.projects.duties import HOLDERS, DutyState, Span
from db.terms import Role, StagePart

MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty; the name is that of the day on which it was given."""

    id: int
    version: int
    person_id: int
    name: str
    part: StagePart
    what: str
    since: date
    until: date | None
    set_name: str
    state: DutyState


@dataclass(frozen=True, slots=True)
class DutyPerson:
    id: int
    name: str
    role: Role


def duties_of(session: Session, project_id: int, *, today: date) -> tuple[DutyRow, ...]:
    """Every duty, those that stand first, who leads before who assists."""
    query = (
        select(
            *(ProjectDuty.id, ProjectDuty.version, ProjectDuty.person_id, ProjectDuty.person_name, ProjectDuty.part),
            *(ProjectDuty.what, ProjectDuty.since, ProjectDuty.until, ProjectDuty.set_name, ProjectDuty.handed_on),
            there().label("there"),
        )
        .where(ProjectDuty.project_id == project_id)
        .order_by(ProjectDuty.until.is_not(None), ProjectDuty.part.desc(), ProjectDuty.since, ProjectDuty.id)
        .limit(ROWS)
    )
    return tuple(
        DutyRow(
            *(row.id, row.version, row.person_id, row.person_name, row.part, row.what, row.since, row.until),
            *(row.set_name, Span(row.since, row.until, row.there, row.handed_on).state(today)),
        )
        for row in session.execute(query)
    )


def there() -> Exists:
    """Condition: the holder of a duty still has an account in the community."""
    return exists().where(
        and_(
            ProjectDuty.person_id == Account.id,  # whether they are there, not what they are called today
            Account.community_id == ProjectDuty.community_id,
            Account.role.in_(HOLDERS),
            Account.disabled_at.is_(None),
        )
    )


def people_for_duties(session: Session, community_id: int) -> tuple[DutyPerson, ...]:
    """Accounts of a community that can hold a duty, by role and name."""
    query = (
        select(Account.id, Account.name, Account.role)
        .where(Account.community_id == community_id, Account.role.in_(HOLDERS), Account.disabled_at.is_(None))
        .order_by(Account.role, Account.name, Account.id)
        .limit(MOST_PEOPLE)
    )
    return tuple(DutyPerson(*row) for row in session.execute(query))

"""活动 of a project: the plan, what was done, and who can be credited."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from db.models import Activity, Opening, Placement, ServiceRecord, Volunteer
from db.queries.paging import ROWS
from db.rules.masking import masked_name
from db.terms import ActivityState, PlacementState

BEEN_IN_TEAM = (PlacementState.ACCEPTED, PlacementState.LEFT, PlacementState.REPLACED)


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity; `people` served `minutes` together, `served` were reached."""

    id: int
    version: int
    title: str
    on: date
    place: str
    needed: int
    state: ActivityState
    served: int
    people: int
    minutes: int
    report: str


def activities_of(session: Session, project_id: int) -> list[ActivityRow]:
    """The activities of a project, the latest day first, in one statement; at most fifty."""
    records = select(func.count()).where(ServiceRecord.activity_id == Activity.id, ServiceRecord.minutes > 0)
    minutes = select(cast(func.coalesce(func.sum(ServiceRecord.minutes), 0), Integer)).where(
        ServiceRecord.activity_id == Activity.id
    )
    query = (
        select(
            Activity.id,
            Activity.version,
            Activity.title,
            Activity.on,
            Activity.place,
            Activity.needed,
            Activity.state,
            Activity.served,
            records.correlate(Activity).scalar_subquery(),
            minutes.correlate(Activity).scalar_subquery(),
            Activity.report,
        )
        .where(Activity.project_id == project_id)
        .order_by(Activity.on.desc(), Activity.id.desc())
        .limit(ROWS)
    )
    return [ActivityRow(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class Servant:
    """Somebody of the team who can be credited; the name is masked."""

    volunteer_id: int
    number: str
    name: str


def team_to_credit(session: Session, project_id: int) -> list[Servant]:
    """Everybody who is or was in the team, once, by number."""
    in_team = (
        select(Placement.volunteer_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .where(
            Opening.project_id == project_id,
            Placement.state.in_(BEEN_IN_TEAM),
            Placement.answered_at.is_not(None),
        )
    )
    query = (
        select(Volunteer.id, Volunteer.number, Volunteer.name)
        .where(Volunteer.id.in_(in_team))
        .order_by(Volunteer.number)
        .limit(200)
    )
    return [Servant(row.id, row.number, masked_name(row.name)) for row in session.execute(query)]

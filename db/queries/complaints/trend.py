"""Complaints by month around a project or a dispute."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Complaint, Mediation, Project
from db.rules.complaints.trend import Trend, before_and_after, month_of
from db.terms import ComplaintState, MediationState

LONGEST = timedelta(days=3 * 365)
MOMENTS_MOST = 50


@dataclass(frozen=True, slots=True)
class Moment:
    """What may have changed the number of complaints: when it began and when it was accepted or settled."""

    kind: str
    """"project" or "mediation"."""
    id: int
    number: str
    title: str
    begins: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class About:
    """Which complaints are counted; None means all."""

    place_id: int | None = None
    category_id: int | None = None


def moments(session: Session, community_id: int) -> tuple[Moment, ...]:
    """Projects and disputes to look around, newest first; those that complaints are linked to lead."""
    linked = _linked(session, community_id)
    projects = session.execute(
        select(Project.id, Project.number, Project.title, Project.starts_on, Project.accepted_at)
        .where(Project.community_id == community_id)
        .order_by(Project.id.desc())
        .limit(MOMENTS_MOST)
    )
    found = [Moment("project", row.id, row.number, row.title, row.starts_on, _day(row.accepted_at)) for row in projects]
    disputes = session.execute(
        select(Mediation.id, Mediation.number, Mediation.title, Mediation.made_at, Mediation.state, Mediation.ended_at)
        .where(Mediation.community_id == community_id)
        .order_by(Mediation.id.desc())
        .limit(MOMENTS_MOST)
    )
    for row in disputes:
        ends = _day(row.ended_at) if row.state is MediationState.SETTLED else None
        found.append(Moment("mediation", row.id, row.number, row.title, day_of(row.made_at), ends))
    return tuple(sorted(found, key=lambda one: (one.kind, one.id) not in linked))


def _day(moment: object) -> date | None:
    return day_of(moment) if moment is not None else None  # type: ignore[arg-type]


def _linked(session: Session, community_id: int) -> set[tuple[str, int]]:
    query = (
        select(Complaint.project_id, Complaint.mediation_id).where(Complaint.community_id == community_id).distinct()
    )
    found = session.execute(query).all()
    projects = {("project", row.project_id) for row in found if row.project_id is not None}
    return projects | {("mediation", row.mediation_id) for row in found if row.mediation_id is not None}


def usual_about(session: Session, moment: Moment) -> About:
    """Place and category that most complaints linked to it have; a dispute without any: its place."""
    column = Complaint.project_id if moment.kind == "project" else Complaint.mediation_id
    row = session.execute(
        select(Complaint.place_id, Complaint.category_id)
        .where(column == moment.id)
        .group_by(Complaint.place_id, Complaint.category_id)
        .order_by(func.count().desc(), Complaint.place_id, Complaint.category_id)
        .limit(1)
    ).first()
    if row is not None:
        return About(row.place_id, row.category_id)
    if moment.kind == "mediation":
        return About(session.execute(select(Mediation.place_id).where(Mediation.id == moment.id)).scalar_one_or_none())
    return About()


def complaint_trend(
    session: Session, community_id: int, about: About, moment: Moment | None, *, today: date
) -> Trend | None:
    """Months with counts and both sides; None where nothing was ever registered."""
    # One look at the days within three years: grouping by month has no words that both engines share.
    since = month_of(today - LONGEST)
    query = select(Complaint.received_on, Complaint.place_id, Complaint.category_id, func.count().label("n")).where(
        Complaint.community_id == community_id,
        Complaint.received_on >= since,
        Complaint.state != ComplaintState.VOID,
    )
    rows = session.execute(query.group_by(Complaint.received_on, Complaint.place_id, Complaint.category_id)).all()
    if not rows:
        return None
    counts: dict[date, int] = {}
    for row in rows:
        if about.place_id not in (None, row.place_id) or about.category_id not in (None, row.category_id):
            continue
        month = month_of(row.received_on)
        counts[month] = counts.get(month, 0) + row.n
    first = min(row.received_on for row in rows)
    return before_and_after(
        counts,
        first=first,
        today=today,
        begins=moment.begins if moment else None,
        ends=moment.ends if moment else None,
    )

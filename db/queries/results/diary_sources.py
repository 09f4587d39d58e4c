"""What a diary can tell: records that are over, and of one of them everything that may be said, without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    Activity,
    ActivityHelper,
    ActivityParticipant,
    Commitment,
    DiaryEntry,
    Indicator,
    Keeping,
    Member,
    Order,
    OrderOffer,
    Person,
    Project,
    Service,
    ServiceRecord,
    Volunteer,
)
from db.queries.commitments.standing import counts
from db.queries.paging import ROWS
from db.queries.results.counted import ACCEPTED
from db.rules.masking import redact
from db.rules.results.diary import nameless
from db.rules.zone import CHINA
from db.terms import ActivityState, DiarySource, DiaryState, OrderState, ProjectState

D = DiarySource
DAYS_BACK = 180
NAMES_MOST = 500
REGISTER_MOST = 5000
"""Names of one register that a text is looked through for."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A record that is over and stands in no entry yet."""

    id: int
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Goal:
    """A counted goal of a project: where it stood before, where it stands."""

    name: str
    unit: str
    before: Decimal
    now: Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """What one record says of itself; words without names, numbers and doors. What is not there is empty."""

    source: DiarySource
    id: int
    title: str
    on: date
    place: str = ""
    whom: str = ""
    words: tuple[str, ...] = ()
    people: int = 0
    helpers: int = 0
    minutes: int = 0
    asked: int = 0
    satisfied: int = 0
    goals: tuple[Goal, ...] = ()


OVER: dict[DiarySource, Any] = {
    # Taking part in a sensitive activity tells something about people: nothing of it is told at all.
    D.ACTIVITY: and_(Activity.state == ActivityState.DONE, Activity.sensitive.is_(False)),
    D.ORDER: and_(Order.state == OrderState.CLOSED, Order.restricted.is_(False), Order.contested.is_(False)),
    D.KEEPING: counts(),
    D.PROJECT: Project.state == ProjectState.ACCEPTED,
}
"""When a record can be told."""


def sources(session: Session, source: DiarySource, *, today: date) -> tuple[SourceRow, ...]:
    """Records of a kind that ended lately and stand in no entry, the latest first; one statement."""
    since = today - timedelta(days=DAYS_BACK)
    query, column, when = _list(source)
    begin: Any = since if source in (D.ACTIVITY, D.KEEPING) else datetime.combine(since, time(), CHINA)
    told = select(DiaryEntry.id).where(column, DiaryEntry.state != DiaryState.WITHDRAWN)
    query = query.where(OVER[source], when >= begin, ~told.exists()).order_by(when.desc()).limit(ROWS)
    return tuple(SourceRow(row.id, redact(row.title), _day(row.at)) for row in session.execute(query))


def _list(source: DiarySource) -> tuple[Any, Any, Any]:
    query: Any
    if source is D.ACTIVITY:
        query = select(Activity.id, Activity.title.label("title"), Activity.on.label("at"))
        return query, DiaryEntry.activity_id == Activity.id, Activity.on
    if source is D.ORDER:
        query = select(Order.id, Service.name.label("title"), Order.ended_at.label("at"))
        return query.join(Service, Service.id == Order.service_id), DiaryEntry.order_id == Order.id, Order.ended_at
    if source is D.KEEPING:
        query = select(Keeping.id, Commitment.what.label("title"), Keeping.on.label("at"))
        joined = query.join(Commitment, Commitment.id == Keeping.commitment_id)
        return joined, DiaryEntry.keeping_id == Keeping.id, Keeping.on
    query = select(Project.id, Project.title.label("title"), Project.accepted_at.label("at"))
    return query, DiaryEntry.project_id == Project.id, Project.accepted_at


def _day(value: Any) -> date:
    day: date = day_of(value) if isinstance(value, datetime) else value
    return day


def told_of(session: Session, source: DiarySource, record_id: int) -> Told | None:
    """What one record says of itself; None when it is not over, was reversed, is sensitive, or out of reach."""
    # A report may name a neighbour who stands in no list of the record: the registers are looked through as well.
    names = (*names_of(session, source, record_id), *register_names(session))
    return {D.ACTIVITY: _activity, D.ORDER: _order, D.KEEPING: _keeping, D.PROJECT: _project}[source](
        session, record_id, names
    )


def _activity(session: Session, number: int, names: Sequence[str]) -> Told | None:
    found = select(Activity).where(Activity.id == number, OVER[D.ACTIVITY])
    row = session.scalars(found).one_or_none()
    if row is None:
        return None
    served = select(func.count(ServiceRecord.volunteer_id.distinct()), func.sum(ServiceRecord.minutes))
    helpers, minutes = session.execute(
        served.where(ServiceRecord.activity_id == row.id, ServiceRecord.minutes > 0)
    ).one()
    return Told(
        D.ACTIVITY, row.id, nameless(row.title, names), row.on, nameless(row.place, names),
        nameless(row.target, names), _words(names, row.report), row.served, helpers, int(minutes or 0), row.asked,
        row.satisfied,
    )  # fmt: skip


def _order(session: Session, number: int, names: Sequence[str]) -> Told | None:
    helpers = select(func.count()).select_from(OrderOffer).where(ACCEPTED).correlate(Order).scalar_subquery()
    row = session.execute(
        select(Order.id, Service.name, Order.ended_at, Order.minutes, Order.done_words, helpers.label("helpers"))
        .join(Service, Service.id == Order.service_id)
        .where(Order.id == number, OVER[D.ORDER])
    ).one_or_none()
    if row is None or row.ended_at is None:
        return None
    done = _words(names, row.done_words)
    return Told(D.ORDER, row.id, row.name, day_of(row.ended_at), words=done, helpers=row.helpers,
                minutes=row.minutes or 0)  # fmt: skip


def _keeping(session: Session, number: int, names: Sequence[str]) -> Told | None:
    # What the resident said in thanks stays out: it is a quote, and a quote needs a consent.
    row = session.execute(
        select(Keeping.id, Keeping.on, Keeping.people, Commitment.what, Commitment.whom)
        .join(Commitment, Commitment.id == Keeping.commitment_id)
        .where(Keeping.id == number, OVER[D.KEEPING])
    ).one_or_none()
    if row is None:
        return None
    return Told(D.KEEPING, row.id, nameless(row.what, names), row.on, whom=nameless(row.whom, names),
                people=row.people)  # fmt: skip


def _project(session: Session, number: int, names: Sequence[str]) -> Told | None:
    row = session.scalars(select(Project).where(Project.id == number, OVER[D.PROJECT])).one_or_none()
    if row is None or row.accepted_at is None:
        return None
    counted = select(Indicator).where(Indicator.project_id == row.id).order_by(Indicator.id).limit(ROWS)
    goals = tuple(Goal(redact(one.name), one.unit, one.baseline, one.actual) for one in session.scalars(counted))
    return Told(
        D.PROJECT, row.id, nameless(row.title, names), day_of(row.accepted_at), "", nameless(row.beneficiaries, names),
        _words(names, row.problem, row.measures), row.beneficiary_count, goals=goals,
    )  # fmt: skip


def _words(names: Sequence[str], *texts: str) -> tuple[str, ...]:
    return tuple(nameless(one, names) for one in texts if one)


def names_of(session: Session, source: DiarySource, record_id: int) -> tuple[str, ...]:
    """Names of everybody whom a record knows: who asked, took part, helped, promised, or saw it; two statements."""
    found: list[str | None] = []
    helped: Any = select(ServiceRecord.volunteer_id).where(ServiceRecord.activity_id == record_id)
    if source is D.ACTIVITY:
        seats = select(ActivityParticipant.name, ActivityParticipant.guardian).where(
            ActivityParticipant.activity_id == record_id
        )
        found += [name for row in session.execute(seats.limit(NAMES_MOST)) for name in row]
        helped = helped.union(select(ActivityHelper.volunteer_id).where(ActivityHelper.activity_id == record_id))
    elif source is D.ORDER:
        asked = (
            select(Order.asker_name, Order.emergency_contact, Person.name)
            .outerjoin(Person, Person.household_id == Order.household_id)
            .where(Order.id == record_id)
        )
        found += [name for row in session.execute(asked.limit(NAMES_MOST)) for name in row]
        helped = select(OrderOffer.volunteer_id).where(OrderOffer.order_id == record_id)
    elif source is D.KEEPING:
        kept = (
            select(Member.name, Keeping.witness_name)
            .join(Commitment, Commitment.member_id == Member.id)
            .join(Keeping, Keeping.commitment_id == Commitment.id)
            .where(Keeping.id == record_id)
        )
        found += [name for row in session.execute(kept) for name in row]
    else:
        of_project = select(Activity.id).where(Activity.project_id == record_id)
        helped = select(ServiceRecord.volunteer_id).where(ServiceRecord.activity_id.in_(of_project))
    if source is not D.KEEPING:
        found += session.scalars(select(Volunteer.name).where(Volunteer.id.in_(helped)).limit(NAMES_MOST)).all()
    return tuple(name for name in found if name)


def register_names(session: Session, community_id: int | None = None) -> tuple[str, ...]:
    """Names of residents, volunteers and members, of one community or all within reach; three statements."""
    found: list[str] = []
    registers: tuple[Any, ...] = (Person, Volunteer, Member)
    for register in registers:
        query = select(register.name).order_by(register.id.desc()).limit(REGISTER_MOST)
        if community_id is not None:
            query = query.where(register.community_id == community_id)
        found += session.scalars(query)
    return tuple(name for name in found if name)

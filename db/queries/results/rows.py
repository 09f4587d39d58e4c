"""The rows behind a figure, for those who may open them: no name of a resident, members' names masked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, case, false, func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    Activity,
    Answer,
    Complaint,
    Member,
    Need,
    Order,
    Project,
    Rota,
    RotaPost,
    Service,
    ServiceRecord,
    Slot,
)
from db.queries.members.active import active_members
from db.queries.paging import ROWS, Page
from db.queries.results import counted
from db.queries.results.counted import Chosen
from db.queries.results.figures import activities_of, orders_of_squad, who_served
from db.rules.masking import masked_name, redact
from db.terms import AnswerKind, MatterEnd, ResultFigure, ResultRow, Satisfaction

F, R = ResultFigure, ResultRow
KINDS: dict[ResultFigure, tuple[ResultRow, ...]] = {
    F.PARTICIPATION: (R.MEMBER,),
    F.SOLVED: (R.NEED, R.ORDER, R.COMPLAINT),
    F.HOURS: (R.ACTIVITY, R.SLOT, R.ORDER),
    F.SATISFACTION: (R.NEED, R.ORDER, R.COMPLAINT),
    F.SESSIONS: (R.ACTIVITY, R.ORDER),
    F.BENEFICIARIES: (R.ORDER,),
    F.LIVELIHOOD: (R.PROJECT,),
}
"""What each figure is made of."""


@dataclass(frozen=True, slots=True)
class Behind:
    """One row behind a figure. `id` is its place in the list, from 1; `of` is what it leads to."""

    id: int
    of: int
    number: str
    what: str
    on: date | None
    says: StrEnum | None = None
    """How a matter ended, or how satisfied somebody is."""
    minutes: int | None = None
    by_member: bool | None = None
    """Of a project: a member leads it."""


def rows_behind(
    session: Session, what: ResultFigure, kind: ResultRow, chosen: Chosen, *, after: int = 0
) -> Page[Behind]:
    """The rows of one kind that the figure counts, the latest first, from the place `after` on, in few statements."""
    if kind is R.MEMBER:
        return _members(session, chosen, after)
    if kind is R.PROJECT:
        return _projects(session, chosen, after)
    query = {R.NEED: _needs, R.ORDER: _orders, R.COMPLAINT: _complaints, R.ACTIVITY: _activities, R.SLOT: _slots}[kind]
    found = session.execute(query(session, what, chosen).offset(after).limit(ROWS + 1)).all()
    rows = [
        Behind(
            after + place, row.of, row.number or "", redact(row.what), _day(row.on), _said(what, row.says), row.minutes
        )
        for place, row in enumerate(found[:ROWS], 1)
    ]
    return Page(tuple(rows), len(found) > ROWS)


def _day(value: Any) -> date | None:
    return day_of(value) if hasattr(value, "hour") else value


def _said(what: ResultFigure, value: Any) -> StrEnum | None:
    if value is None:
        return None
    return MatterEnd(value) if what is F.SOLVED else Satisfaction(value)


def _row(of: Any, number: Any, what: Any, on: Any, says: Any = None, minutes: Any = None) -> Select[Any]:
    nothing = case((false(), 0), else_=None)
    values = {"of": of, "number": number, "what": what, "on": on, "says": says, "minutes": minutes}
    columns = [(nothing if one is None else one).label(name) for name, one in values.items()]
    return select(*columns).order_by(on.desc(), of.desc())


def _needs(_session: Session, what: ResultFigure, chosen: Chosen) -> Select[Any]:
    if what is F.SATISFACTION:
        rated = and_(Answer.satisfaction.is_not(None), Answer.satisfaction != Satisfaction.NO_REPLY)
        query = _row(Need.id, Need.number, Need.title, Answer.given_at, Answer.satisfaction).where(rated)
        return query.select_from(Answer).join(Need, Need.id == Answer.need_id).where(counted.answers_given(chosen))
    # One row a matter: merged needs ended as the best word of their askers says.
    matter = (
        select(
            Answer.lead_need_id.label("lead"),
            func.max(Answer.given_at).label("given"),
            func.max(case((counted.answer_confirmed(), 1), else_=0)).label("solved"),
            func.max(case((Answer.kind == AnswerKind.REFERRED, 1), else_=0)).label("referred"),
        )
        .where(counted.answers_given(chosen))
        .group_by(Answer.lead_need_id)
        .subquery()
    )
    end = case(
        (matter.c.solved == 1, MatterEnd.SOLVED.value),
        (matter.c.referred == 1, MatterEnd.REFERRED.value),
        else_=MatterEnd.ANSWERED.value,
    )
    query = _row(Need.id, Need.number, Need.title, matter.c.given, end)
    return query.select_from(matter).join(Need, Need.id == matter.c.lead)


def _orders(session: Session, what: ResultFigure, chosen: Chosen) -> Select[Any]:
    where, says, minutes = counted.orders_done(chosen), None, None
    if what is F.SOLVED:
        where, says = counted.order_matters(chosen), counted.order_outcome()
    elif what is F.SATISFACTION:
        spoke = and_(Order.rating.is_not(None), Order.rating != Satisfaction.NO_REPLY, Order.contested.is_(False))
        where, says = and_(where, spoke), Order.rating
    elif what is F.HOURS:
        where, minutes = counted.hours_of_orders(chosen), func.coalesce(Order.minutes, 0)
    elif what is F.SESSIONS and chosen.squad_id is not None:
        where = Order.id.in_(orders_of_squad(session, chosen))
    query = _row(Order.id, Order.number, Service.name, Order.ended_at, says, minutes)
    return query.select_from(Order).join(Service, Service.id == Order.service_id).where(where)


def _complaints(_session: Session, what: ResultFigure, chosen: Chosen) -> Select[Any]:
    if what is F.SOLVED:
        on, says = func.coalesce(Complaint.closed_at, Complaint.replied_at), counted.complaint_outcome()
        return _row(Complaint.id, Complaint.number, Complaint.title, on, says).where(counted.complaint_matters(chosen))
    spoke = and_(Complaint.satisfaction.is_not(None), Complaint.satisfaction != Satisfaction.NO_REPLY)
    query = _row(Complaint.id, Complaint.number, Complaint.title, Complaint.replied_at, Complaint.satisfaction)
    return query.where(counted.complaints_asked(chosen), spoke)


def _activities(_session: Session, what: ResultFigure, chosen: Chosen) -> Select[Any]:
    if what is F.SESSIONS:
        return _row(Activity.id, Activity.place, Activity.title, Activity.on).where(activities_of(chosen))
    minutes = func.sum(ServiceRecord.minutes)
    query = _row(Activity.id, Activity.place, Activity.title, Activity.on, None, minutes)
    query = query.select_from(ServiceRecord).join(Activity, Activity.id == ServiceRecord.activity_id)
    return query.where(counted.records(chosen)).group_by(Activity.id, Activity.place, Activity.title, Activity.on)


def _slots(_session: Session, _what: ResultFigure, chosen: Chosen) -> Select[Any]:
    query = _row(Rota.id, RotaPost.name, Rota.title, ServiceRecord.on, None, func.sum(ServiceRecord.minutes))
    query = (
        query.select_from(ServiceRecord)
        .join(Slot, Slot.id == ServiceRecord.slot_id)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .join(Rota, Rota.id == Slot.rota_id)
        .where(counted.records(chosen))
    )
    return query.group_by(Rota.id, RotaPost.name, Rota.title, ServiceRecord.on).order_by(RotaPost.name)


def _members(session: Session, chosen: Chosen, after: int) -> Page[Behind]:
    """Those who took part, by number: whoever did not is nobody's list."""
    (served,) = who_served(session, chosen)
    members = active_members(session, chosen.period.until, community_id=chosen.community_id)
    ids = [one.id for one in members if one.volunteer_id in served]
    shown = ids[after : after + ROWS]
    query = select(Member.id, Member.number, Member.name).where(Member.id.in_(shown)).order_by(Member.id)
    found = session.execute(query)
    rows = [Behind(after + n, one.id, one.number, masked_name(one.name), None) for n, one in enumerate(found, 1)]
    return Page(tuple(rows), len(ids) > after + ROWS)


def _projects(session: Session, chosen: Chosen, after: int) -> Page[Behind]:
    members = active_members(session, chosen.period.until, community_id=chosen.community_id)
    led = {one.account_id for one in members if one.account_id is not None}
    query = select(Project.id, Project.number, Project.title, Project.set_up_at, Project.leader_id)
    query = query.where(counted.livelihood(chosen)).order_by(Project.id.desc()).offset(after).limit(ROWS + 1)
    found = session.execute(query).all()
    rows = [
        Behind(after + n, row.id, row.number, row.title, day_of(row.set_up_at), by_member=row.leader_id in led)
        for n, row in enumerate(found[:ROWS], 1)
    ]
    return Page(tuple(rows), len(found) > ROWS)

"""A day off or on that is set later: every running period is counted again, and each one says what became of it.

A period that is over stays. A public notice never ends earlier than the day that was posted. A date that a person set
stays, because nobody counted it. Everything else keeps as many working days, or hours, as it had, yet never ends before
today.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.complaints.complaints import OFFICE_CLOSES
from db.actions.life import add_to_life
from db.actions.loading import actor_of
from db.actions.needs.agenda import need_of
from db.counters import day_of
from db.models import (
    AgendaItem,
    Community,
    Complaint,
    ComplaintStep,
    MovedPeriod,
    Notice,
    Order,
    OrderCase,
    Service,
    VolunteerCertificate,
)
from db.queries.complaints.times import complaint_times
from db.queries.council.notices import holidays
from db.rules.complaints.due import haste_of, moved_contact
from db.rules.complaints.life import IN_HAND, OPEN
from db.rules.orders.life import UNANSWERED, moved_answer
from db.rules.workdays import CalendarSource, is_workday, moved_end
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import CertificateState, ComplaintStepKind, Happening, NoticeState, PeriodKept, Urgency

Overrides = Mapping[date, bool]
SETS_DUE = (
    ComplaintStepKind.REGISTERED,
    ComplaintStepKind.REOPENED,
    ComplaintStepKind.ESCALATED,
    ComplaintStepKind.HANDED_OVER,
    ComplaintStepKind.EXTENDED,
)
"""Steps of a complaint from which its time to answer runs; of the last two a person set the day."""
BY_HAND = (ComplaintStepKind.HANDED_OVER, ComplaintStepKind.EXTENDED)


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of the calendar: the day, and what was set by hand before and after it."""

    session: Session
    day: date
    before: Overrides
    after: Overrides
    now: datetime
    communities: tuple[int, ...]

    def rows(self, model: Any, *where: Any) -> Iterable[Any]:
        """Running things of the whole subdistrict, locked; restricted ones, too: nothing of them is shown."""
        query = select(model).where(model.community_id.in_(self.communities), *where).order_by(model.id)
        return self.session.scalars(query.with_for_update(), execution_options=UNSCOPED).all()

    def within(self, start: date, end: date) -> bool:
        """Whether the day counts in a period that began on `start`: the day of beginning does not (民法典 201)."""
        return start < self.day <= end

    def write(
        self, row: Any, was: datetime, due: datetime | None, kept: PeriodKept | None = None, **subject: Any
    ) -> bool:
        """Write down what became of one period; whether it moved."""
        works = is_workday(self.day, self.after)[0]
        self.session.add(
            MovedPeriod(
                community_id=row.community_id, at=self.now, day=self.day, workday=works, before=was, after=due,
                kept=kept, **{"contact": False, **subject},
            )
        )  # fmt: skip
        return kept is None


def follow_calendar(session: Session, day: date, before: Overrides, *, now: datetime) -> dict[str, int]:
    """Let the running periods of the actor's subdistrict follow a change of the calendar; `before` is what was set by
    hand until now. How many `moved` and how many were `kept`.
    """
    after = holidays(session)
    if is_workday(day, before)[0] == is_workday(day, after)[0]:
        return {"moved": 0, "kept": 0}
    query = select(Community.id).where(Community.subdistrict_id == actor_of(session).subdistrict_id)
    turn = Turn(session, day, before, after, now, tuple(session.scalars(query)))
    steps: tuple[Callable[[Turn], Iterable[bool]], ...] = (_notices, _orders, _cases, _complaints, _papers)
    moved = [one for step in steps for one in step(turn)]
    session.flush()
    return {"moved": sum(moved), "kept": len(moved) - sum(moved)}


def _notices(turn: Turn) -> Iterable[bool]:
    today = day_of(turn.now)
    for notice in turn.rows(Notice, Notice.state == NoticeState.RUNNING):
        was = notice.ends_on
        if not turn.within(notice.posted_on, was):
            continue
        end = moved_end(notice.posted_on, was, turn.before, turn.after)
        if kept := PeriodKept.OVER if was < today else PeriodKept.PROMISED if end.ends_on < was else None:
            yield turn.write(notice, _moment(was), None, kept, notice_id=notice.id)
            continue
        notice.ends_on, notice.approximate = end.ends_on, end.counted_by is CalendarSource.APPROXIMATE
        yield turn.write(notice, _moment(was), _moment(end.ends_on), notice_id=notice.id)
        need = need_of(turn.session, turn.session.get_one(AgendaItem, notice.item_id))
        if need is not None:
            values = {"ends_on": end.ends_on.isoformat(), "on": turn.day.isoformat()}
            add_to_life(turn.session, need, Happening.NOTICE_MOVED, now=turn.now, **values)


def _papers(turn: Turn) -> Iterable[bool]:
    """Notices of volunteers' papers: like other notices they never end earlier than was posted."""
    today = day_of(turn.now)
    for paper in turn.rows(VolunteerCertificate, VolunteerCertificate.state == CertificateState.POSTED):
        was = paper.ends_on
        if not turn.within(paper.posted_on, was):
            continue
        end = moved_end(paper.posted_on, was, turn.before, turn.after)
        if kept := PeriodKept.OVER if was < today else PeriodKept.PROMISED if end.ends_on < was else None:
            yield turn.write(paper, _moment(was), None, kept, certificate_id=paper.id)
            continue
        paper.ends_on, paper.approximate = end.ends_on, end.counted_by is CalendarSource.APPROXIMATE
        yield turn.write(paper, _moment(was), _moment(end.ends_on), certificate_id=paper.id)


def _orders(turn: Turn) -> Iterable[bool]:
    hours = dict(turn.session.execute(select(Service.id, Service.answer_hours)).all())
    for order in turn.rows(Order, Order.state.in_(UNANSWERED), Order.answer_due_at.is_not(None)):
        due = moved_answer(order.made_at, order.answer_due_at, hours.get(order.service_id, 0), turn.before, turn.after)
        yield from _settle(turn, order, "answer_due_at", due, order_id=order.id)


def _cases(turn: Turn) -> Iterable[bool]:
    for case in turn.rows(OrderCase, OrderCase.closed_at.is_(None)):
        yield from _settle_day(turn, case, day_of(case.opened_at), case_id=case.id)


def _complaints(turn: Turn) -> Iterable[bool]:
    rows = list(turn.rows(Complaint, Complaint.state.in_(OPEN)))
    begun, urgencies = _steps(turn.session, [row.id for row in rows])
    times = complaint_times(turn.session)
    for row in rows:
        if row.state in IN_HAND and row.due_on is not None and row.id in begun:
            kind, at = begun[row.id]
            start = row.received_on if kind is ComplaintStepKind.REGISTERED else day_of(at)
            yield from _settle_day(turn, row, start, by_hand=kind in BY_HAND, complaint_id=row.id)
        if row.contacted_at is None and row.contact_due_at and urgencies.get(row.id) is Urgency.NORMAL:
            began = row.logged_at
            if row.received_on != day_of(began):
                began = datetime.combine(row.received_on, OFFICE_CLOSES, CHINA)
            hours = times[haste_of(row.source, Urgency.NORMAL)].contact_hours
            due_at = moved_contact(began, row.contact_due_at, hours, turn.before, turn.after)
            yield from _settle(turn, row, "contact_due_at", due_at, complaint_id=row.id, contact=True)


def _steps(
    session: Session, ids: list[int]
) -> tuple[dict[int, tuple[ComplaintStepKind, datetime]], dict[int, Urgency]]:
    """Of each complaint the last step from which its time runs, and how urgent it was said to be."""
    begun: dict[int, tuple[ComplaintStepKind, datetime]] = {}
    urgencies: dict[int, Urgency] = {}
    query = select(ComplaintStep.complaint_id, ComplaintStep.kind, ComplaintStep.at, ComplaintStep.values).where(
        ComplaintStep.complaint_id.in_(ids), ComplaintStep.kind.in_(SETS_DUE)
    )
    for step in session.execute(query.order_by(ComplaintStep.id), execution_options=UNSCOPED):
        begun[step.complaint_id] = (step.kind, step.at)
        if step.kind is ComplaintStepKind.REGISTERED:
            urgencies[step.complaint_id] = Urgency(step.values.get("urgency", Urgency.NORMAL))
    return begun, urgencies


def _settle_day(turn: Turn, row: Any, start: date, *, by_hand: bool = False, **subject: Any) -> Iterable[bool]:
    """A period of working days that ends on `row.due_on`."""
    was, today = row.due_on, day_of(turn.now)
    if not turn.within(start, was):
        return
    due = moved_end(start, was, turn.before, turn.after).ends_on
    if was >= today:
        due = max(due, today)
    if due == was:
        return
    kept = PeriodKept.OVER if was < today else PeriodKept.BY_HAND if by_hand else None
    if kept is None:
        row.due_on = due
    yield turn.write(row, _moment(was), None if kept else _moment(due), kept, **subject)


def _settle(turn: Turn, row: Any, column: str, due: datetime, **subject: Any) -> Iterable[bool]:
    """A period that ends at a moment, which stands in a column of the row."""
    was: datetime = getattr(row, column)
    if was >= turn.now:
        due = max(due, turn.now)
    if due == was:
        return
    kept = PeriodKept.OVER if was < turn.now else None
    if kept is None:
        setattr(row, column, due)
    yield turn.write(row, was, None if kept else due, kept, **subject)


def _moment(on: date) -> datetime:
    return datetime.combine(on, time(), CHINA)

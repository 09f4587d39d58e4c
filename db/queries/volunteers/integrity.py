"""时长核对: a month's hours looked through, answers that were given, the trail of corrections, one's own hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.hours_to_ask import ACCEPTED, WHAT, entries_of, served_orders
from db.models import (
    Account,
    Activity,
    HoursChange,
    HoursCheck,
    HoursClaim,
    HoursToAsk,
    Order,
    OrderOffer,
    RecordedHours,
    Rota,
    RotaPost,
    ServiceRecord,
    Slot,
    Volunteer,
)
from db.queries.paging import ROWS, Page
from db.rules.activities.months import next_month
from db.rules.masking import masked_name, redact
from db.rules.volunteers.integrity import Found, Tenure, findings
from db.rules.zone import CHINA
from db.terms import HoursAnswer, HoursFinding

PEOPLE_MOST = 5_000
"""Of so many people the hours of one month are opened; something is found about a few."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding, with the question that was asked when one was; the name is masked."""

    key: str
    kind: HoursFinding
    volunteer_id: int | None
    who: str
    facts: str
    asked: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What waits for an answer, at most a page of it, and how many there are."""

    rows: tuple[FindingRow, ...]
    total: int
    entries: int
    """How many records and orders were looked through."""


def findings_of(session: Session, month: date, kind: HoursFinding | None = None) -> Findings:
    """What a month's hours ask about and nobody has answered yet, in eight statements.

    Only the hours of those are opened about whom the rule found something when they were written.
    """
    after, hands = next_month(month), _hand_counts(session, month)
    marked = select(HoursToAsk.volunteer_id).where(HoursToAsk.month == month).order_by(HoursToAsk.volunteer_id)
    who = session.scalars(marked.limit(PEOPLE_MOST)).all()
    entries = entries_of(session, month, after, who) if who else []
    orders = select(func.count()).select_from(Order).join(OrderOffer, ACCEPTED).where(*served_orders(month, after))
    people = _people(session, {entry.volunteer_id for entry in entries})
    tenures = {key: Tenure(one.since, one.ended_on) for key, one in people.items()}
    answers = {
        one.key: one
        for one in session.execute(
            select(HoursCheck.key, HoursCheck.answer, HoursCheck.word).where(HoursCheck.month == month)
        )
    }
    found = [
        one
        for one in findings(entries, tenures, month, hands)
        if (one.key not in answers or answers[one.key].answer is HoursAnswer.ASKED) and kind in (None, one.kind)
    ]
    shown = found[:ROWS]
    names = _hands(session, shown)
    rows = tuple(
        FindingRow(
            key=one.key,
            kind=one.kind,
            volunteer_id=one.volunteer_id,
            who=_named(people[one.volunteer_id]) if one.volunteer_id else names.get(one.key, ""),
            facts=redact(one.facts),
            asked=redact(answers[one.key].word) if one.key in answers else "",
        )
        for one in shown
    )
    return Findings(rows, len(found), sum(hands.values()) + (session.scalar(orders) or 0))


def _named(one: Any) -> str:
    return f"{one.number} {masked_name(one.name)}"


def _hands(session: Session, found: Sequence[Found]) -> dict[str, str]:
    """Working names of the accounts that wrote down most of a month, by the key of the finding."""
    ids = {one.key: int(one.key.rsplit(":", 1)[1]) for one in found if one.kind is HoursFinding.ONE_CONFIRMER}
    if not ids:
        return {}
    names = {
        row.id: row.name
        for row in session.execute(select(Account.id, Account.name).where(Account.id.in_(ids.values())))
    }
    return {key: names.get(account_id, "") for key, account_id in ids.items()}


def _people(session: Session, ids: set[int]) -> dict[int, Any]:
    columns = (Volunteer.id, Volunteer.number, Volunteer.name, Volunteer.since, Volunteer.ended_on)
    return {one.id: one for one in session.execute(select(*columns).where(Volunteer.id.in_(ids)))} if ids else {}


def _hand_counts(session: Session, month: date) -> dict[int, int]:
    """How many records of a month each account wrote down."""
    query = select(RecordedHours.recorded_by, func.sum(RecordedHours.records)).where(
        RecordedHours.month == month, RecordedHours.records > 0
    )
    rows = session.execute(query.group_by(RecordedHours.recorded_by).order_by(RecordedHours.recorded_by))
    return {account_id: int(records) for account_id, records in rows}


# --- what was answered, and what was corrected -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """How a finding was answered, by whom and when; it stays readable when the finding is gone."""

    id: int
    kind: HoursFinding
    volunteer_id: int | None
    who: str
    facts: str
    answer: HoursAnswer
    word: str
    by: str
    at: datetime


def answers_of(session: Session, month: date, *, before: int | None = None) -> Page[AnswerRow]:
    """The answers of a month, the latest first."""
    query = (
        select(HoursCheck, Volunteer, Account.name)
        .outerjoin(Volunteer, Volunteer.id == HoursCheck.volunteer_id)
        .join(Account, Account.id == HoursCheck.by)
        .where(HoursCheck.month == month)
        .order_by(HoursCheck.id.desc())
        .limit(ROWS + 1)
    )
    if before is not None:
        query = query.where(HoursCheck.id < before)
    found = session.execute(query).all()
    rows = (
        AnswerRow(
            one.id, one.kind, one.volunteer_id, _named(who) if who else "", redact(one.facts), one.answer,
            redact(one.word), by, one.at,
        )
        for one, who, by in found[:ROWS]
    )  # fmt: skip
    return Page(tuple(rows), len(found) > ROWS)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the trail: what was taken back and what was written instead."""

    id: int
    volunteer_id: int
    who: str
    what: str
    on: date | None
    before: int
    after: int
    reason: str
    by: str
    at: datetime


def changes_of(
    session: Session, month: date | None = None, *, account_id: int = 0, before: int | None = None
) -> Page[ChangeRow]:
    """Corrections made in a month, or those of one account's hours, the latest first."""
    query = (
        select(
            HoursChange, Volunteer, func.coalesce(WHAT, Order.number), ServiceRecord.on, Order.ended_at, Account.name
        )
        .join(Volunteer, Volunteer.id == HoursChange.volunteer_id)
        .outerjoin(ServiceRecord, ServiceRecord.id == HoursChange.record_id)
        .outerjoin(Activity, Activity.id == ServiceRecord.activity_id)
        .outerjoin(Slot, Slot.id == ServiceRecord.slot_id)
        .outerjoin(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
        .outerjoin(Order, Order.id == HoursChange.order_id)
        .outerjoin(Account, Account.id == HoursChange.by)
        .order_by(HoursChange.id.desc())
        .limit(ROWS + 1)
    )
    if month is not None:
        begin, end = (
            datetime.combine(day, time(), CHINA) for day in (month, (month + timedelta(days=32)).replace(day=1))
        )
        query = query.where(HoursChange.at >= begin, HoursChange.at < end)
    if account_id:
        query = query.where(HoursChange.account_id == account_id)
    if before is not None:
        query = query.where(HoursChange.id < before)
    found = session.execute(query).all()
    rows = (
        ChangeRow(
            one.id, one.volunteer_id, _named(who), what or "—", on or (day_of(ended) if ended else None), one.before,
            one.after, redact(one.reason), by or "", one.at,
        )
        for one, who, what, on, ended, by in found[:ROWS]
    )  # fmt: skip
    return Page(tuple(rows), len(found) > ROWS)


# --- one's own hours ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnHours:
    """Hours of the actor at an activity or in a slot, and what they said to it."""

    id: int
    on: date
    what: str
    minutes: int
    first_minutes: int | None
    agreed: bool | None
    objection: str


def own_hours(session: Session, account_id: int, *, before: int | None = None) -> Page[OwnHours]:
    """The own records, the latest first; what nobody has said anything to is asked about."""
    query = (
        select(
            *(ServiceRecord.id, ServiceRecord.on, WHAT, ServiceRecord.minutes, ServiceRecord.first_minutes),
            *(ServiceRecord.agreed, ServiceRecord.objection),
        )
        .outerjoin(Activity, Activity.id == ServiceRecord.activity_id)
        .outerjoin(Slot, Slot.id == ServiceRecord.slot_id)
        .outerjoin(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
        .where(ServiceRecord.account_id == account_id)
        .order_by(ServiceRecord.id.desc())
        .limit(ROWS + 1)
    )
    if before is not None:
        query = query.where(ServiceRecord.id < before)
    found = session.execute(query).all()
    return Page(tuple(OwnHours(*row[:-1], redact(row[-1])) for row in found[:ROWS]), len(found) > ROWS)


def own_waiting(session: Session, account_id: int) -> int:
    """Minutes of the actor that wait for a second person."""
    query = select(func.coalesce(func.sum(HoursClaim.minutes), 0)).where(
        HoursClaim.account_id == account_id, HoursClaim.settled_at.is_(None)
    )
    return int(session.scalar(query) or 0)

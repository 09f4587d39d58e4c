"""回音单: what became of all that one household said, asked for or complained about, from the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from db.counters import day_of
from db.models import Answer, Complaint, Need, Order, Service
from db.queries.paging import ROWS
from db.rules.masking import redact
from db.rules.reports.fields import Period
from db.terms import ComplaintState, NeedStage


class Matter(StrEnum):
    NEED = "need"
    ORDER = "order"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One matter: when it came, in whose words, where it stands, what was answered ("" when nothing yet)."""

    matter: Matter
    number: str
    on: date
    title: str
    state: StrEnum
    result: str
    ended_on: date | None


def slip_lines(session: Session, household_id: int, period: Period) -> tuple[SlipLine, ...]:
    """The matters of a household in a period, oldest first, at most fifty of each kind."""
    found = [
        *_needs(session, household_id, period),
        *_orders(session, household_id, period),
        *_complaints(session, household_id, period),
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.number)))


def _needs(session: Session, household_id: int, period: Period) -> Iterator[SlipLine]:
    start, end = period.bounds
    lead = aliased(Need)
    rows = session.execute(
        select(
            *(Need.number, Need.logged_at, Need.title, Need.stage, lead.stage.label("lead_stage")),
            *(Answer.words, Answer.given_at),
        )
        .outerjoin(lead, lead.id == Need.merged_into_id)
        .outerjoin(Answer, Answer.need_id == Need.id)
        .where(
            Need.household_id == household_id,
            Need.logged_at >= start,
            Need.logged_at < end,
            Need.stage != NeedStage.VOID,
        )
        .order_by(Need.id)
        .limit(ROWS)
    )
    for row in rows:
        state = row.lead_stage if row.stage is NeedStage.MERGED and row.lead_stage else row.stage
        ended = day_of(row.given_at) if row.given_at else None
        words = redact(row.words or "")
        yield SlipLine(Matter.NEED, row.number, day_of(row.logged_at), redact(row.title), state, words, ended)


def _orders(session: Session, household_id: int, period: Period) -> Iterator[SlipLine]:
    start, end = period.bounds
    rows = session.execute(
        select(
            *(Order.number, Order.made_at, Service.name, Order.state, Order.done_words, Order.cancel_reason),
            Order.ended_at,
        )
        .outerjoin(Service, Service.id == Order.service_id)
        .outerjoin(Need, Need.id == Order.need_id)
        .where(Order.household_id == household_id, Order.made_at >= start, Order.made_at < end)
        # The order of a need that stands on this slip is part of that need's line and stands on the slip once.
        .where(or_(Need.id.is_(None), Need.household_id != household_id, Need.logged_at < start, Need.logged_at >= end))
        .order_by(Order.id)
        .limit(ROWS)
    )
    for row in rows:
        ended = day_of(row.ended_at) if row.ended_at else None
        words = redact(row.done_words or row.cancel_reason)
        yield SlipLine(Matter.ORDER, row.number, day_of(row.made_at), row.name or "", row.state, words, ended)


def _complaints(session: Session, household_id: int, period: Period) -> Iterator[SlipLine]:
    first = aliased(Complaint)
    rows = session.execute(
        select(
            *(Complaint.number, Complaint.received_on, Complaint.title, Complaint.state, Complaint.closed_at),
            func.coalesce(func.nullif(Complaint.reply, ""), first.reply).label("reply"),
        )
        .outerjoin(first, first.id == Complaint.repeat_of_id)
        .where(
            Complaint.household_id == household_id,
            Complaint.received_on >= period.start,
            Complaint.received_on <= period.end,
            Complaint.state != ComplaintState.VOID,
        )
        .order_by(Complaint.id)
        .limit(ROWS)
    )
    for row in rows:
        ended = day_of(row.closed_at) if row.closed_at else None
        title, reply = redact(row.title), redact(row.reply or "")
        yield SlipLine(Matter.COMPLAINT, row.number, row.received_on, title, row.state, reply, ended)

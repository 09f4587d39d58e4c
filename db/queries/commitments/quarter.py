"""季度亮绩: what the record says of members in a quarter, the sheets of a quarter, one's own to confirm."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    Branch,
    Commitment,
    CommitmentVerdict,
    Consent,
    Keeping,
    Member,
    Order,
    OrderOffer,
    QuarterSheet,
    ServiceRecord,
)
from db.queries.commitments.standing import counts, dates_of
from db.queries.commitments.wall import wall_name
from db.rules.commitments.dates import Window
from db.rules.commitments.life import HAS_BEEN_KEPT
from db.rules.commitments.quarter import Figures, due_and_kept, figures_from, quarter_of
from db.rules.masking import masked_name, redact
from db.rules.orders.life import WITH_MINUTES
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import AssignmentState, ConsentScope, JudgeSide, SheetState, Verdict

QUOTES = 3
SHOWN = 400
"""Sheets of a quarter that are read at once; a branch is chosen for more."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record says of one member in a quarter; the quotes have a consent and no name."""

    figures: Figures
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet: as it was confirmed, or as the record stands while it is a draft."""

    id: int
    version: int
    member_id: int
    number: str
    member: str
    """Masked; on paper `printed`."""
    printed: str
    branch: str
    first: date
    state: SheetState
    figures: Figures
    quotes: tuple[str, ...]
    example: str
    review_word: str
    reviewed_by: str
    posted_on: date | None
    own: bool
    """Whether the reader earned or confirmed it: somebody else reviews it."""
    for_member: bool
    """Confirmed by staff on the member's word."""
    now: Figures | None
    """What the record says today when that is not what was confirmed."""


def record_of(session: Session, member_ids: Sequence[int], first: date, *, today: date) -> dict[int, Recorded]:
    """Member → what the record says of a quarter."""
    return record_in(session, member_ids, quarter_of(first), today=today)


def record_in(session: Session, member_ids: Sequence[int], days: Window, *, today: date) -> dict[int, Recorded]:
    """Member → what the record says of a quarter or a year; nine statements for all of them.

    Past the scope: members were chosen within it, and a volunteer may read the own figures. Entries that lead to a
    member count with them.
    """
    people = select(
        Member.id, Member.volunteer_id, func.coalesce(Member.merged_into_id, Member.id).label("whose")
    ).where(Member.id.in_(member_ids) | Member.merged_into_id.in_(member_ids))
    rows = session.execute(people, execution_options=UNSCOPED).all()
    whose = {row.id: row.whose for row in rows}
    summed: dict[int, dict[str, int]] = {number: defaultdict(int) for number in member_ids}
    promised = select(Commitment).where(Commitment.member_id.in_(whose), Commitment.state.in_(HAS_BEEN_KEPT))
    promises = session.scalars(promised, execution_options=UNSCOPED).all()
    owner = {one.id: whose[one.member_id] for one in promises}
    for number, one in dates_of(session, promises).items():
        due, kept = due_and_kept(
            one.periods, one.days, days, times=one.times, today=today, paused=one.rests
        )  # fmt: skip
        summed[owner[number]]["due"] += due
        summed[owner[number]]["kept"] += kept
    times = (
        select(Keeping.commitment_id, func.count(), func.coalesce(func.sum(Keeping.people), 0))
        .where(Keeping.commitment_id.in_(owner), Keeping.on.between(days.first, days.last), counts())
        .group_by(Keeping.commitment_id)
    )
    for number, sessions, served in session.execute(times, execution_options=UNSCOPED):
        summed[owner[number]]["sessions"] += sessions
        summed[owner[number]]["people"] += served
    volunteers = {row.volunteer_id: row.whose for row in rows if row.volunteer_id is not None}
    for volunteer_id, minutes in _minutes(session, list(volunteers), days.first, days.last):
        summed[volunteers[volunteer_id]]["minutes"] += minutes
    quotes: dict[int, list[str]] = defaultdict(list)
    for entry in _words(session, list(owner), days.first, days.last):
        figures = summed[owner[entry.commitment_id]]
        figures["answers"] += entry.number
        figures["content"] += entry.number if entry.verdict in (Verdict.GOOD, Verdict.RATHER_GOOD) else 0
        if entry.quotable and len(quotes[owner[entry.commitment_id]]) < QUOTES:
            quotes[owner[entry.commitment_id]].append(redact(entry.words))
    return {
        number: Recorded(figures_from(figures), tuple(quotes.get(number, ()))) for number, figures in summed.items()
    }


def _bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of a day in China to the first one after another."""
    begins, ends = (datetime.combine(day, time(), CHINA).astimezone(UTC) for day in (first, last + timedelta(days=1)))
    return begins, ends


def _minutes(session: Session, volunteer_ids: list[int], first: date, last: date) -> list[tuple[int, int]]:
    """(volunteer, minutes) of records and of orders that the resident confirmed."""
    records = (
        select(ServiceRecord.volunteer_id, func.sum(ServiceRecord.minutes))
        .where(ServiceRecord.volunteer_id.in_(volunteer_ids), ServiceRecord.on.between(first, last))
        .group_by(ServiceRecord.volunteer_id)
    )
    begins, ends = _bounds(first, last)
    orders = (
        select(OrderOffer.volunteer_id, func.sum(Order.minutes))
        .join(Order, Order.id == OrderOffer.order_id)
        .where(OrderOffer.volunteer_id.in_(volunteer_ids), OrderOffer.state == AssignmentState.ACCEPTED)
        .where(Order.state.in_(WITH_MINUTES), Order.ended_at >= begins, Order.ended_at < ends)
        .group_by(OrderOffer.volunteer_id)
    )
    found: list[tuple[int, int]] = []
    for query in (records, orders):
        found += [(row[0], int(row[1] or 0)) for row in session.execute(query, execution_options=UNSCOPED)]
    return found


def _words(session: Session, commitment_ids: list[int], first: date, last: date) -> Sequence[CommitmentVerdict]:
    """Answers of residents that were taken down in a quarter, the latest first."""
    begins, ends = _bounds(first, last)
    query = (
        select(CommitmentVerdict)
        .where(CommitmentVerdict.commitment_id.in_(commitment_ids), CommitmentVerdict.side == JudgeSide.RESIDENTS)
        .where(CommitmentVerdict.verdict.is_not(None), CommitmentVerdict.struck_at.is_(None))
        .where(CommitmentVerdict.at >= begins, CommitmentVerdict.at < ends)
        .order_by(CommitmentVerdict.id.desc())
    )
    return session.scalars(query, execution_options=UNSCOPED).all()


def _query() -> Any:
    whole = (
        select(Consent.id)
        .where(
            Consent.member_id == Member.id, Consent.scope == ConsentScope.WALL, Consent.withdrawn_on.is_(None)
        )
        .exists()
    )  # fmt: skip
    return (
        select(
            QuarterSheet, Member.number.label("number"), Member.name.label("member"), Branch.name.label("branch"),
            whole.label("whole"),
        )
        .join(Member, Member.id == QuarterSheet.member_id)
        .join(Branch, Branch.id == QuarterSheet.branch_id)
        .order_by(Branch.name, Member.number)
        .limit(SHOWN)
    )  # fmt: skip


def _rows(session: Session, found: Sequence[Any], account_id: int, today: date) -> tuple[SheetRow, ...]:
    recorded: dict[tuple[date, int], Recorded] = {}
    for first in {row.QuarterSheet.first for row in found}:
        ids = [row.QuarterSheet.member_id for row in found if row.QuarterSheet.first == first]
        for member_id, one in record_of(session, ids, first, today=today).items():
            recorded[first, member_id] = one
    rows = []
    for row in found:
        sheet: QuarterSheet = row.QuarterSheet
        stands = recorded[sheet.first, sheet.member_id]
        draft = sheet.state is SheetState.DRAFT
        figures = stands.figures if draft else figures_from(sheet.figures)
        rows.append(
            SheetRow(
                id=sheet.id,
                version=sheet.version,
                member_id=sheet.member_id,
                number=row.number,
                member=masked_name(row.member),
                printed=wall_name(row.member, bool(row.whole)),
                branch=row.branch,
                first=sheet.first,
                state=sheet.state,
                figures=figures,
                quotes=stands.quotes if draft else tuple(redact(one) for one in sheet.quotes),
                example=redact(sheet.example),
                review_word=redact(sheet.review_word),
                reviewed_by=sheet.reviewed_name,
                posted_on=sheet.posted_on,
                own=account_id in (sheet.account_id, sheet.confirmed_by),
                for_member=not draft and sheet.confirmed_by != sheet.account_id,
                now=None if draft or stands.figures == figures else stands.figures,
            )
        )
    return tuple(rows)


def sheets(
    session: Session, first: date, *, account_id: int, today: date, branch_id: int | None = None
) -> tuple[SheetRow, ...]:
    """The sheets of a quarter by branch and number of the roll: never by how much was kept."""
    query = _query().where(QuarterSheet.first == first)
    if branch_id is not None:
        query = query.where(QuarterSheet.branch_id == branch_id)
    return _rows(session, session.execute(query).all(), account_id, today)


def sheets_to_confirm(session: Session, account_id: int, *, today: date) -> tuple[SheetRow, ...]:
    """Drafts of the holder of an account."""
    query = _query().where(QuarterSheet.account_id == account_id, QuarterSheet.state == SheetState.DRAFT)
    return _rows(session, session.execute(query).all(), account_id, today)

"""登记申请: the queue, one of them as a worker reads it (masked), and what its sender is told by the receipt."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.engine import reading_as_system
from db.models import AuditEntry, Community, Volunteer, VolunteerApplication
from db.queries.paging import ROWS, Page, longest_first, worst_first
from db.queries.volunteers.doubles import Known, like_volunteers
from db.rules.clock import lately
from db.rules.masking import masked_name, masked_phone, redact
from db.rules.people.doubles import likeness
from db.rules.printed_code import RECEIPT, understood
from db.rules.volunteers.asking import age_band, may_be_minor
from db.terms import ApplicationState, Interest

CLEAR_FOR = timedelta(minutes=2)
CODE_MOST = 12


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One line of the queue; the name is masked."""

    id: int
    name: str
    skills: tuple[str, ...]
    slots: int
    minor: bool
    received_at: datetime
    state: ApplicationState
    number: str
    """Of the entry that it led to."""


@dataclass(frozen=True, slots=True)
class Application:
    """One registration, masked, and whom it may be about."""

    id: int
    version: int
    name: str
    phone: str
    band: tuple[int, int | None] | None
    minor: bool
    guardian: str
    guardian_phone: str
    skills: tuple[str, ...]
    interests: tuple[Interest, ...]
    free_slots: tuple[str, ...]
    received_at: datetime
    state: ApplicationState
    reason: str
    number: str
    wiped: bool
    known: tuple[Known, ...]
    twins: tuple[int, ...]
    """Other registrations that wait and may be of the same person."""


@dataclass(frozen=True, slots=True)
class ApplicationOriginals:
    """In clear, for one look."""

    name: str
    phone: str
    guardian: str
    guardian_phone: str


@dataclass(frozen=True, slots=True)
class JoinView:
    """What the plain page needs to be drawn."""

    code: str
    community: str
    desk_phone: str


@dataclass(frozen=True, slots=True)
class JoinReceipt:
    """What became of a registration, without the person."""

    community: str
    receipt: str
    received_on: date
    state: ApplicationState
    number: str
    reason: str


def code_typed(typed: str) -> str:
    """The letters of a community as they were meant: any case, any width, without spaces."""
    return "".join(unicodedata.normalize("NFKC", typed[:40]).upper().split())


def community_of_code(session: Session, typed: str) -> int | None:
    """The community with these letters; None for none, and for two that share them."""
    code = code_typed(typed)
    if not code or len(code) > CODE_MOST:
        return None
    found = session.scalars(select(Community.id).where(func.upper(Community.code) == code).limit(2)).all()
    return found[0] if len(found) == 1 else None


def join_view(typed: str) -> JoinView | None:
    """The community of a code, for a phone without a sign-in; None for none."""
    with reading_as_system("plain page of registration") as session:
        community_id = community_of_code(session, typed)
        if community_id is None:
            return None
        row = session.execute(
            select(Community.code, Community.name, Community.desk_phone).where(Community.id == community_id)
        ).one()
    return JoinView(row.code, row.name, row.desk_phone)


def join_receipt(typed_code: str, typed_receipt: str) -> JoinReceipt | None:
    """What became of a registration, for the holder of both the code and the receipt."""
    receipt = understood(typed_receipt, RECEIPT)
    if receipt is None:
        return None
    with reading_as_system("receipt of a registration") as session:
        row = session.execute(
            select(
                *(Community.name, VolunteerApplication.receipt, VolunteerApplication.received_at),
                *(VolunteerApplication.state, VolunteerApplication.reason, Volunteer.number),
            )
            .join(Community, Community.id == VolunteerApplication.community_id)
            .outerjoin(Volunteer, Volunteer.id == VolunteerApplication.volunteer_id)
            .where(VolunteerApplication.receipt == receipt, func.upper(Community.code) == code_typed(typed_code))
        ).first()
    if row is None:
        return None
    community, number, received_at, state, reason, entry = row
    return JoinReceipt(community, number, day_of(received_at), state, entry or "", redact(reason))


def join_code(session: Session, community_id: int | None) -> JoinView | None:
    """The code of a community, to print and to show as a QR; None when two communities share it."""
    row = session.execute(
        select(Community.code, Community.name, Community.desk_phone).where(Community.id == (community_id or 0))
    ).first()
    if row is None or community_of_code(session, row.code) is None:
        return None
    return JoinView(row.code, row.name, row.desk_phone)


def applications(
    session: Session, today: date, *, decided: bool = False, before: int | None = None
) -> Page[ApplicationRow]:
    """Those that wait, the longest first, or with `decided` those that do not any more, newest first."""
    waits = VolunteerApplication.state == ApplicationState.WAITING
    query = (
        select(
            *(VolunteerApplication.id, VolunteerApplication.name, VolunteerApplication.skills),
            *(VolunteerApplication.free_slots, VolunteerApplication.birth_year, VolunteerApplication.received_at),
            *(VolunteerApplication.state, Volunteer.number),
        )
        .outerjoin(Volunteer, Volunteer.id == VolunteerApplication.volunteer_id)
        .where(~waits if decided else waits)
        .limit(ROWS + 1)
    )
    longest = () if decided else longest_first(waits, VolunteerApplication.received_at)
    query = worst_first(query, VolunteerApplication, *longest, before=before)
    found = session.execute(query).all()
    rows = tuple(
        ApplicationRow(
            row.id, masked_name(row.name) if row.name else "", tuple(row.skills), len(row.free_slots),
            may_be_minor(row.birth_year, today), row.received_at, row.state, row.number or "",
        )
        for row in found[:ROWS]
    )  # fmt: skip
    return Page(rows, len(found) > ROWS)


def application(session: Session, application_id: int, today: date) -> Application | None:
    """One of them, or None outside the scope."""
    row = session.execute(
        select(VolunteerApplication, Volunteer.number)
        .outerjoin(Volunteer, Volunteer.id == VolunteerApplication.volunteer_id)
        .where(VolunteerApplication.id == application_id)
    ).first()
    if row is None:
        return None
    one, number = row
    waits = one.state is ApplicationState.WAITING and one.name is not None
    return Application(
        id=one.id,
        version=one.version,
        name=masked_name(one.name) if one.name else "",
        phone=masked_phone(one.phone) if one.phone else "",
        band=age_band(one.birth_year, today),
        minor=may_be_minor(one.birth_year, today),
        guardian=masked_name(one.guardian) if one.guardian else "",
        guardian_phone=masked_phone(one.guardian_phone) if one.guardian_phone else "",
        skills=tuple(one.skills),
        interests=tuple(Interest(value) for value in one.interests),
        free_slots=tuple(one.free_slots),
        received_at=one.received_at,
        state=one.state,
        reason=redact(one.reason),
        number=number or "",
        wiped=one.wiped_at is not None,
        known=like_volunteers(session, one.community_id, one.name or "", one.phone) if waits else (),
        twins=_twins(session, one) if waits else (),
    )


def _twins(session: Session, one: VolunteerApplication) -> tuple[int, ...]:
    query = select(VolunteerApplication.id, VolunteerApplication.name, VolunteerApplication.phone).where(
        VolunteerApplication.community_id == one.community_id,
        VolunteerApplication.state == ApplicationState.WAITING,
        VolunteerApplication.id != one.id,
    )
    rows = session.execute(query.order_by(VolunteerApplication.id.desc()).limit(500))
    mine = (one.name or "", one.phone)
    return tuple(row.id for row in rows if likeness(mine, (row.name or "", row.phone)) is not None)[:5]


def application_originals(session: Session, application_id: int, *, now: datetime) -> ApplicationOriginals | None:
    """In clear for an actor who left a trace of it in the log within two minutes; None for all others."""
    if not _left_a_trace(session, VolunteerApplication.__tablename__, application_id, now):
        return None
    one = session.get(VolunteerApplication, application_id)
    if one is None:
        return None
    return ApplicationOriginals(one.name or "", one.phone or "", one.guardian or "", one.guardian_phone or "")


def _left_a_trace(session: Session, table: str, row_id: int, now: datetime) -> bool:
    trace = select(AuditEntry.id).where(
        AuditEntry.table_name == table,
        AuditEntry.row_id == row_id,
        AuditEntry.operation == "read",
        AuditEntry.actor_id == session.info["actor"].id,
        lately(AuditEntry.at, now, CLEAR_FOR),
    )
    return session.execute(trace.limit(1)).first() is not None

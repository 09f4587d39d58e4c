"""志愿服务记录: the blocks of one volunteer's record, papers about it, and the confirmed service that they stand on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    Account,
    Activity,
    AuditEntry,
    Community,
    Order,
    OrderOffer,
    Rota,
    RotaPost,
    Service,
    ServiceRecord,
    Slot,
    Volunteer,
    VolunteerApplication,
    VolunteerAward,
    VolunteerCertificate,
    VolunteerTraining,
)
from db.queries.paging import ROWS
from db.rules.clock import lately
from db.rules.masking import masked_name, redact
from db.rules.orders.life import WITH_MINUTES
from db.rules.volunteers.certificate import MOST_LINES, ServedLine
from db.rules.zone import CHINA
from db.scope import UNSCOPED
from db.terms import ApplicationState, AssignmentState, CertificateState, Satisfaction

CLEAR_FOR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One training (with its minutes) or award; `struck` tells why a line does not count any more."""

    id: int
    on: date
    title: str
    given_by: str
    minutes: int | None
    by: str
    struck: str
    corrects: bool


@dataclass(frozen=True, slots=True)
class RatingRow:
    """What a resident said about one order, without the resident."""

    id: int
    on: date
    number: str
    service: str
    service_en: str
    rating: Satisfaction
    words: str


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One paper about a volunteer's service and where it stands."""

    id: int
    volunteer_id: int
    volunteer: str
    state: CertificateState
    number: str
    purpose: str
    since: date
    until: date
    minutes: int | None
    asked_on: date
    ends_on: date | None
    approximate: bool
    handed_on: date | None
    void_reason: str


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """What is printed, with the name of the day of issue: only for holders of MANAGE_VOLUNTEERS."""

    number: str
    volunteer_number: str
    name: str
    purpose: str
    since: date
    until: date
    minutes: int
    lines: tuple[ServedLine, ...]
    issued_on: date
    issued_by: str
    posted_on: date | None
    ends_on: date | None
    community: str
    desk_phone: str
    state: CertificateState


@dataclass(frozen=True, slots=True)
class VolunteerOriginals:
    """In clear, for one look."""

    name: str
    phone: str
    platform_number: str
    contact: str
    contact_phone: str
    guardian: str
    guardian_phone: str


def served_between(session: Session, volunteer_id: int, since: date, until: date) -> list[ServedLine]:
    """Confirmed service of these days, both included: activities, slots and confirmed orders, by day.

    What waits for a second person has no record yet, and what was struck out has no minutes. Restricted orders count:
    their line names the service and nobody.
    """
    records = (
        select(ServiceRecord.on, Activity.title, Rota.title.label("rota"), RotaPost.name, ServiceRecord.minutes)
        .outerjoin(Activity, Activity.id == ServiceRecord.activity_id)
        .outerjoin(Slot, Slot.id == ServiceRecord.slot_id)
        .outerjoin(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
        .where(ServiceRecord.volunteer_id == volunteer_id, ServiceRecord.minutes > 0)
        .where(ServiceRecord.on >= since, ServiceRecord.on <= until)
    )
    first = datetime.combine(since, time(), CHINA)
    orders = (
        select(Order.ended_at, Service.name, Order.minutes)
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .join(Service, Service.id == Order.service_id)
        .where(OrderOffer.volunteer_id == volunteer_id, OrderOffer.state == AssignmentState.ACCEPTED)
        .where(Order.state.in_(WITH_MINUTES), Order.ended_at >= first, Order.minutes > 0)
        .where(Order.ended_at < datetime.combine(until + timedelta(days=1), time(), CHINA))
    )
    lines = [
        ServedLine(row.on, row.title or f"{row.rota or ''} {row.name or ''}".strip(), row.minutes)
        for row in session.execute(records, execution_options=UNSCOPED)
    ]
    lines += [
        ServedLine(day_of(row.ended_at), row.name, row.minutes)
        for row in session.execute(orders, execution_options=UNSCOPED)
        if row.ended_at is not None and row.minutes
    ]
    return sorted(lines, key=lambda line: (line.on, line.what))


def trainings(session: Session, volunteer_id: int) -> tuple[RecordRow, ...]:
    """培训记录, newest first, struck lines too."""
    return tuple(_records(session, VolunteerTraining, volunteer_id))


def awards(session: Session, volunteer_id: int) -> tuple[RecordRow, ...]:
    """表彰记录, newest first, struck lines too."""
    return tuple(_records(session, VolunteerAward, volunteer_id))


def _records(session: Session, model: Any, volunteer_id: int) -> Iterator[RecordRow]:
    query = (
        select(model, Account.name)
        .join(Account, Account.id == model.noted_by)
        .where(model.volunteer_id == volunteer_id)
        .order_by(model.on.desc(), model.id.desc())
        .limit(ROWS)
    )
    for row, by in session.execute(query):
        minutes = row.minutes if model is VolunteerTraining else None
        struck = redact(row.struck_reason) if row.struck_at is not None else ""
        yield RecordRow(row.id, row.on, row.title, row.given_by, minutes, by, struck, row.corrects_id is not None)


def ratings(session: Session, volunteer_id: int) -> tuple[dict[Satisfaction, int], tuple[RatingRow, ...]]:
    """评价: how often each word was given, and the last ones; restricted orders are in no list."""
    served = (
        OrderOffer.volunteer_id == volunteer_id,
        OrderOffer.state == AssignmentState.ACCEPTED,
        Order.rating.is_not(None),
    )
    counts = session.execute(
        select(Order.rating, func.count()).join(OrderOffer, OrderOffer.order_id == Order.id).where(*served)
        .group_by(Order.rating)
    ).all()  # fmt: skip
    query = (
        select(
            *(Order.id, Order.rated_at, Order.ended_at, Order.number, Service.name, Service.name_en, Order.rating),
            Order.rating_words,
        )
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .join(Service, Service.id == Order.service_id)
        .where(*served)
        .order_by(Order.rated_at.desc(), Order.id.desc())
        .limit(ROWS)
    )
    rows = tuple(
        RatingRow(id_, _day(rated or ended), number, name, english, rating, redact(words))
        for id_, rated, ended, number, name, english, rating, words in session.execute(query)
        if rating is not None
    )
    return {rating: count for rating, count in counts if rating is not None}, rows


def _day(at: datetime | None) -> date:
    return day_of(at) if at is not None else date.min


def certificates(
    session: Session, volunteer_id: int | None = None, *, done: bool = False, only: int | None = None
) -> tuple[CertificateRow, ...]:
    """Papers of one volunteer, or of all: those in hand, or with `done` those handed out or void."""
    query = (
        select(VolunteerCertificate, Volunteer.number, Volunteer.name)
        .join(Volunteer, Volunteer.id == VolunteerCertificate.volunteer_id)
        .order_by(VolunteerCertificate.id.desc())
        .limit(ROWS)
    )
    if only is not None:
        query = query.where(VolunteerCertificate.id == only)
    elif volunteer_id is not None:
        query = query.where(VolunteerCertificate.volunteer_id == volunteer_id)
    else:
        over = VolunteerCertificate.state.in_((CertificateState.HANDED_OUT, CertificateState.VOID))
        query = query.where(over if done else ~over)
    return tuple(
        CertificateRow(
            row.id, row.volunteer_id, f"{number} {masked_name(name)}", row.state, row.number or "",
            redact(row.purpose), row.since, row.until, row.minutes, row.asked_on, row.ends_on, row.approximate,
            row.handed_on, redact(row.void_reason),
        )
        for row, number, name in session.execute(query)
    )  # fmt: skip


def certificate_paper(session: Session, certificate_id: int) -> CertificatePaper | None:
    """An issued paper that is not void, or None."""
    row = session.execute(
        select(VolunteerCertificate, Volunteer.number, Community.name, Community.desk_phone)
        .join(Volunteer, Volunteer.id == VolunteerCertificate.volunteer_id)
        .join(Community, Community.id == VolunteerCertificate.community_id)
        .where(VolunteerCertificate.id == certificate_id, VolunteerCertificate.state != CertificateState.VOID)
    ).first()
    if row is None or row[0].issued_at is None:
        return None
    one, number, community, phone = row
    kept = [ServedLine(date.fromisoformat(on), what, minutes) for on, what, minutes in one.service["lines"]]
    return CertificatePaper(
        number=one.number or "",
        volunteer_number=number,
        name=one.name or "",
        purpose=one.purpose,
        since=one.since,
        until=one.until,
        minutes=one.minutes or 0,
        lines=tuple(kept[-MOST_LINES:]),
        issued_on=_day(one.issued_at),
        issued_by=one.issued_name,
        posted_on=one.posted_on,
        ends_on=one.ends_on,
        community=community,
        desk_phone=phone,
        state=one.state,
    )


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """What one block of a card shows; the fields of the others stay empty."""

    name: str
    records: tuple[RecordRow, ...] = ()
    ratings: tuple[dict[Satisfaction, int], tuple[RatingRow, ...]] | None = None
    papers: tuple[CertificateRow, ...] = ()


def block_facts(session: Session, volunteer_id: int, name: str) -> BlockFacts:
    """One block of a volunteer's record: training, award, rating, paper; what the card holds already needs nothing."""
    if name == "training":
        return BlockFacts(name, records=trainings(session, volunteer_id))
    if name == "award":
        return BlockFacts(name, records=awards(session, volunteer_id))
    if name == "rating":
        return BlockFacts(name, ratings=ratings(session, volunteer_id))
    if name == "paper":
        return BlockFacts(name, papers=certificates(session, volunteer_id))
    return BlockFacts(name)


def in_hand(session: Session) -> tuple[int, int]:
    """Registrations that wait for a worker, and papers that are not done, in one statement."""
    over = (CertificateState.HANDED_OUT, CertificateState.VOID)
    row = session.execute(
        select(
            select(func.count())
            .select_from(VolunteerApplication)
            .where(VolunteerApplication.state == ApplicationState.WAITING)
            .scalar_subquery(),
            select(func.count())
            .select_from(VolunteerCertificate)
            .where(VolunteerCertificate.state.not_in(over))
            .scalar_subquery(),
        )
    ).one()
    return row[0], row[1]


def volunteer_originals(session: Session, volunteer_id: int, *, now: datetime) -> VolunteerOriginals | None:
    """In clear for an actor who left a trace of it in the log within two minutes; None for all others."""
    trace = select(AuditEntry.id).where(
        AuditEntry.table_name == Volunteer.__tablename__,
        AuditEntry.row_id == volunteer_id,
        AuditEntry.operation == "read",
        AuditEntry.actor_id == session.info["actor"].id,
        lately(AuditEntry.at, now, CLEAR_FOR),
    )
    if session.execute(trace.limit(1)).first() is None:
        return None
    row = session.execute(
        select(
            *(Volunteer.name, Volunteer.phone, Volunteer.platform_number, Volunteer.contact_name),
            *(Volunteer.contact_phone, Volunteer.guardian, Volunteer.guardian_phone),
        ).where(Volunteer.id == volunteer_id)
    ).first()
    return VolunteerOriginals(*(value or "" for value in row)) if row is not None else None

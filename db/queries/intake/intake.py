"""扫码来件: the queue, one message as a worker reads it (masked), and its words in clear after a trace was left."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from db.models import Account, AuditEntry, Complaint, Intake, Need, Order, Photo, Place, Poster, Service
from db.queries.paging import ROWS, Page, longest_first, worst_first
from db.rules.clock import lately
from db.rules.intake.intake import door_of
from db.rules.masking import masked_name, masked_phone, redact
from db.terms import IntakeResult, IntakeState, PosterKind

CLEAR_FOR = timedelta(minutes=1)
"""How old the trace of an unmasking may be: one look, not a licence."""


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """A message in the list; personal details in its words are masked."""

    id: int
    kind: PosterKind
    poster: str
    what: str
    service: str
    service_en: str
    place: str
    where: str
    urgent: bool
    photos: int
    received_at: datetime
    state: IntakeState
    result: IntakeResult | None
    number: str


@dataclass(frozen=True, slots=True)
class IntakeFacts:
    """One message, as far as it can be read without a trace."""

    id: int
    version: int
    community_id: int
    kind: PosterKind
    poster: str
    what: str
    service_id: int | None
    service: str
    service_en: str
    wanted_on: date | None
    wanted_time: str
    place_id: int | None
    place: str
    building: str
    where: str
    has_door: bool
    asker: str
    phone: str
    urgent: bool
    received_at: datetime
    state: IntakeState
    result: IntakeResult | None
    need_id: int | None
    order_id: int | None
    complaint_id: int | None
    number: str
    decided_by: str
    decided_at: datetime | None
    reason: str
    wiped: bool

    @property
    def has_originals(self) -> bool:
        """Whether the message has a name, a telephone or a door."""
        return bool(self.asker or self.phone or self.has_door)


@dataclass(frozen=True, slots=True)
class IntakeOriginals:
    """What was masked; shown once, never stored or cached."""

    name: str
    phone: str
    door: str
    what: str


_NUMBER = func.coalesce(Need.number, Order.number, Complaint.number, "").label("number")


def intake_list(session: Session, *, state: IntakeState | None, before: int | None = None) -> Page[IntakeRow]:
    """Messages in one state (None: all): new ones first, the urgent before the others and the longest waiting
    at the top, then the newest; one statement."""
    photos = (
        select(func.count())
        .select_from(Photo)
        .where(Photo.intake_id == Intake.id, Photo.removed_at.is_(None))
        .correlate(Intake)
        .scalar_subquery()
    )
    query = (
        select(
            *(Intake.id, Intake.kind, Poster.name.label("poster"), Intake.what, Intake.urgent, Intake.received_at),
            Intake.where_text.label("where"),
            *(Intake.state, Intake.result, photos.label("photos"), _NUMBER),
            func.coalesce(Service.name, "").label("service"),
            func.coalesce(Service.name_en, "").label("service_en"),
            func.coalesce(Place.name, "").label("place"),
        )
        .join(Poster, Poster.id == Intake.poster_id)
        .outerjoin(Service, Service.id == Intake.service_id)
        .outerjoin(Place, Place.id == Intake.place_id)
        .outerjoin(Need, Need.id == Intake.need_id)
        .outerjoin(Order, Order.id == Intake.order_id)
        .outerjoin(Complaint, Complaint.id == Intake.complaint_id)
        .limit(ROWS + 1)
    )
    if state is not None:
        query = query.where(Intake.state == state)
    new = Intake.state == IntakeState.WAITING
    urgent = case((and_(new, Intake.urgent), 0), else_=1)
    query = worst_first(query, Intake, urgent, *longest_first(new, Intake.received_at), before=before)
    found = [
        IntakeRow(**{**row._mapping, "what": redact(row.what), "where": redact(door_of(row.where).words)})
        for row in session.execute(query)
    ]
    return Page(tuple(found[:ROWS]), len(found) > ROWS)


def intake_facts(session: Session, intake_id: int) -> IntakeFacts | None:
    """One message, or None outside the scope."""
    row = session.execute(
        select(
            Intake,
            Poster.name.label("poster"),
            _NUMBER,
            func.coalesce(Service.name, "").label("service"),
            func.coalesce(Service.name_en, "").label("service_en"),
            func.coalesce(Place.name, "").label("place"),
            func.coalesce(Account.name, "").label("decided_by"),
        )
        .join(Poster, Poster.id == Intake.poster_id)
        .outerjoin(Service, Service.id == Intake.service_id)
        .outerjoin(Place, Place.id == Intake.place_id)
        .outerjoin(Account, Account.id == Intake.decided_by)
        .outerjoin(Need, Need.id == Intake.need_id)
        .outerjoin(Order, Order.id == Intake.order_id)
        .outerjoin(Complaint, Complaint.id == Intake.complaint_id)
        .where(Intake.id == intake_id)
    ).first()
    if row is None:
        return None
    intake: Intake = row.Intake
    door = door_of(intake.where_text)
    same = (
        *("id", "version", "community_id", "kind", "service_id", "wanted_on", "wanted_time", "place_id", "urgent"),
        *("received_at", "state", "result", "need_id", "order_id", "complaint_id", "decided_at"),
    )
    return IntakeFacts(
        **{name: getattr(intake, name) for name in same},
        poster=row.poster,
        what=redact(intake.what),
        service=row.service,
        service_en=row.service_en,
        place=row.place,
        building=door.building,
        where=redact(door.words),
        has_door=bool(door.room),
        asker=masked_name(intake.asker_name or ""),
        phone=masked_phone(intake.asker_phone) if intake.asker_phone else "",
        number=row.number,
        decided_by=row.decided_by,
        reason=redact(intake.reason),
        wiped=intake.wiped_at is not None,
    )


def intake_originals(session: Session, intake_id: int, *, now: datetime) -> IntakeOriginals | None:
    """Name, telephone, door and words in clear, for the person who just left a trace of it in the audit log."""
    left = session.execute(
        select(AuditEntry.at)
        .where(
            AuditEntry.table_name == Intake.__tablename__,
            AuditEntry.row_id == intake_id,
            AuditEntry.operation == "read",
            AuditEntry.actor_id == session.info["actor"].id,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    if left is None or not lately(left, now, CLEAR_FOR):
        return None
    row = session.execute(
        select(Intake.asker_name, Intake.asker_phone, Intake.where_text, Intake.what, Place.name.label("place"))
        .outerjoin(Place, Place.id == Intake.place_id)
        .where(Intake.id == intake_id)
    ).first()
    if row is None:
        return None
    door = door_of(row.where_text)
    where = door.words or f"{row.place or ''}{door.building}{door.stairwell}{door.room}"
    return IntakeOriginals(row.asker_name or "", row.asker_phone or "", where, row.what)

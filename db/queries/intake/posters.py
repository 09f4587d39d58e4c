"""Posters and personal codes in a list, one to be printed, and what a phone that scanned one is shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.engine import reading_as_system
from db.models import Community, Complaint, Intake, Need, Order, Place, Poster, Service, blind_index
from db.queries.paging import ROWS, Page
from db.rules.masking import redact
from db.rules.printed_code import RECEIPT, understood
from db.terms import ComplaintState, FeeKind, IntakeResult, IntakeState, NeedStage, OrderState, PosterKind, ServiceGroup

MOST = 200


@dataclass(frozen=True, slots=True)
class PosterRow:
    """A poster or a personal code, never the code itself; `received` is how many messages came by it."""

    id: int
    version: int
    kind: PosterKind
    name: str
    place: str
    made_at: datetime
    revoked_at: datetime | None
    received: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class PosterPaper:
    """What is printed: only for holders of MANAGE_POSTERS, because the code lets its holder send messages."""

    id: int
    kind: PosterKind
    name: str
    place: str
    community: str
    desk_phone: str
    code: str
    services: tuple["ServiceChoice", ...]


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    """A service of the catalogue, as a resident chooses it."""

    id: int
    name: str
    name_en: str
    group: ServiceGroup
    fee: FeeKind


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place of the community."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PosterView:
    """What a phone needs to draw the form of a poster; no personal data."""

    kind: PosterKind
    name: str
    community: str
    place_id: int | None
    revoked_at: datetime | None
    places: tuple[PlaceChoice, ...]
    services: tuple[ServiceChoice, ...]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What became of a message, without the sender."""

    community: str
    receipt: str
    received_on: date
    state: IntakeState
    result: IntakeResult | None
    number: str
    stage: NeedStage | OrderState | ComplaintState | None
    reason: str
    reply: str


def posters(session: Session, *, before: int | None = None) -> Page[PosterRow]:
    """Posters and codes of the actor's communities, newest first, in one statement."""
    query = _poster_rows().order_by(Poster.id.desc()).limit(ROWS + 1)
    if before is not None:
        query = query.where(Poster.id < before)
    rows = [PosterRow(**row._mapping) for row in session.execute(query)]
    return Page(tuple(rows[:ROWS]), len(rows) > ROWS)


def poster_one(session: Session, poster_id: int) -> PosterRow | None:
    """One of them, or None outside the scope."""
    row = session.execute(_poster_rows().where(Poster.id == poster_id)).first()
    return PosterRow(**row._mapping) if row else None


def _poster_rows() -> Select[Any]:
    came = (
        select(Intake.poster_id, func.count().label("received"), func.max(Intake.received_at).label("last_at"))
        .group_by(Intake.poster_id)
        .subquery()
    )
    return (
        select(
            *(Poster.id, Poster.version, Poster.kind, Poster.name, func.coalesce(Place.name, "").label("place")),
            *(Poster.made_at, Poster.revoked_at, func.coalesce(came.c.received, 0).label("received"), came.c.last_at),
        )
        .outerjoin(Place, Place.id == Poster.place_id)
        .outerjoin(came, came.c.poster_id == Poster.id)
    )


def poster_paper(session: Session, poster_id: int) -> PosterPaper | None:
    """A valid poster with its code and what can be ordered from it; None outside the scope or when it is revoked."""
    row = session.execute(
        select(
            *(Poster.id, Poster.kind, Poster.name, func.coalesce(Place.name, "").label("place"), Poster.code),
            *(Community.name.label("community"), Community.desk_phone, Poster.community_id),
        )
        .join(Community, Community.id == Poster.community_id)
        .outerjoin(Place, Place.id == Poster.place_id)
        .where(Poster.id == poster_id, Poster.revoked_at.is_(None))
    ).first()
    if row is None:
        return None
    offered = services_of(session, row.community_id) if row.kind is PosterKind.ORDER else ()
    return PosterPaper(row.id, row.kind, row.name, row.place, row.community, row.desk_phone, row.code, offered)


def services_of(session: Session, community_id: int) -> tuple[ServiceChoice, ...]:
    found = session.execute(
        select(Service.id, Service.name, Service.name_en, Service.group, Service.fee)
        .join(Community, Community.subdistrict_id == Service.subdistrict_id)
        .where(Community.id == community_id, Service.active)
        .order_by(Service.position, Service.id)
        .limit(MOST)
    )
    return tuple(ServiceChoice(**row._mapping) for row in found)


def poster_view(typed: str, kind: PosterKind) -> PosterView | None:
    """The poster of a code, or None; for a phone without a sign-in."""
    code = understood(typed)
    if code is None:
        return None
    with reading_as_system("plain page of a poster") as session:
        row = session.execute(
            select(
                *(Poster.kind, Poster.name, Poster.place_id, Poster.revoked_at, Poster.community_id),
                Community.name.label("community"),
            )
            .join(Community, Community.id == Poster.community_id)
            .where(Poster.code_index == blind_index(f"poster:{code}"), Poster.kind == kind)
        ).first()
        if row is None:
            return None
        places = session.execute(
            select(Place.id, Place.name).where(Place.community_id == row.community_id).order_by(Place.id).limit(MOST)
        )
        return PosterView(
            row.kind,
            row.name,
            row.community,
            row.place_id,
            row.revoked_at,
            tuple(PlaceChoice(**place._mapping) for place in places),
            services_of(session, row.community_id) if kind is PosterKind.ORDER else (),
        )


def receipt_view(typed_code: str, typed_receipt: str) -> ReceiptView | None:
    """What became of a message, for the holder of both the code and the receipt."""
    code, receipt = understood(typed_code), understood(typed_receipt, RECEIPT)
    if code is None or receipt is None:
        return None
    with reading_as_system("receipt of a message") as session:
        row = session.execute(
            select(
                *(Community.name.label("community"), Intake.receipt, Intake.received_at, Intake.state, Intake.result),
                *(Intake.reason, Need.number.label("need"), Need.stage, Order.number.label("order"), Order.state),
                *(Complaint.number.label("complaint"), Complaint.state, Complaint.reply),
            )
            .join(Poster, Poster.id == Intake.poster_id)
            .join(Community, Community.id == Intake.community_id)
            .outerjoin(Need, Need.id == Intake.need_id)
            .outerjoin(Order, Order.id == Intake.order_id)
            .outerjoin(Complaint, Complaint.id == Intake.complaint_id)
            .where(Intake.receipt == receipt, Poster.code_index == blind_index(f"poster:{code}"))
        ).first()
    if row is None:
        return None
    community, number, received_at, state, result, reason, *rest = row
    need, need_stage, order, order_state, complaint, complaint_state, reply = rest
    return ReceiptView(
        community=community,
        receipt=number,
        received_on=received_at.date(),
        state=state,
        result=result,
        number=need or order or complaint or "",
        stage=need_stage or order_state or complaint_state,
        reason=redact(reason),
        reply=redact(reply or ""),
    )

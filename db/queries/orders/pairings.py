"""A household with its helpers, as the page shows it (masked) and as its contact card names them (by consent)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Label, case, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Community,
    Consent,
    Household,
    Order,
    Pairing,
    Place,
    Service,
    Unit,
    UnitService,
    Volunteer,
)
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS, Page
from db.queries.volunteers.openings import who_serve
from db.rules.masking import masked_name, redact
from db.scope import bare
from db.terms import ConsentScope, VolunteerKind

TO_CHOOSE = 300


@dataclass(frozen=True, slots=True)
class PairingRow:
    """A helper of a household, masked; `consent_id` of the valid consent, or None."""

    id: int
    volunteer_id: int
    number: str
    name: str
    kind: VolunteerKind
    helps_with: str
    rhythm: str
    since: date
    consent_id: int | None
    has_phone: bool


@dataclass(frozen=True, slots=True)
class CardHome:
    """A household as a card and a slip name it: never a room, never a resident; an alias where it is restricted."""

    id: int
    community_id: int
    community: str
    desk_phone: str
    label: str
    restricted: bool
    partners: tuple[str, ...] = ()
    """共建单位 with the services that they give this household, as 单位（服务）."""


@dataclass(frozen=True, slots=True)
class PairedHome:
    """A household that has helpers, in a list: its door without the room, how many helpers, how many of them agree."""

    id: int
    label: str
    helpers: int
    agreed: int
    since: date


@dataclass(frozen=True, slots=True)
class CardLine:
    """A helper on a printed card; name and phone are empty without a valid consent."""

    name: str
    phone: str
    kind: VolunteerKind
    helps_with: str
    rhythm: str
    volunteer_id: int = 0


@dataclass(frozen=True, slots=True)
class Choosable:
    """A volunteer in the list to choose from."""

    id: int
    words: str


def card_home(session: Session, household_id: int, *, today: date) -> CardHome | None:
    """One household, or None outside the scope; a restricted one only for its named staff."""
    row = session.execute(
        select(
            *(Household.id, Household.community_id, Household.building, Household.alias, Household.restricted),
            *(Place.name.label("place"), Community.name.label("community"), Community.desk_phone),
        )
        .join(Place, Place.id == Household.place_id)
        .join(Community, Community.id == Household.community_id)
        .where(Household.id == household_id)
    ).first()
    if row is None:
        return None
    alias = (row.alias or "***") if row.restricted else ""
    label = alias or masked_door(row.place, row.building, known=True)
    partners = _partners(session, household_id, today)
    return CardHome(row.id, row.community_id, row.community, row.desk_phone, label, row.restricted, partners)


def _partners(session: Session, household_id: int, today: date) -> tuple[str, ...]:
    """Units that serve what this household ordered or what its helpers come for."""
    ordered = select(Order.service_id).where(Order.household_id == household_id)
    helped = select(Pairing.helps_with).where(Pairing.household_id == household_id, Pairing.ended_on.is_(None))
    query = (
        select(Unit.name, Service.name.label("service"))
        .join(UnitService, UnitService.unit_id == Unit.id)
        .join(Service, Service.id == UnitService.service_id)
        .where(
            or_(Service.id.in_(ordered), Service.name.in_(helped)),
            Service.active,
            or_(Unit.ended_on.is_(None), Unit.ended_on >= today),
        )
        .order_by(Unit.name, Service.position)
    )
    found: dict[str, list[str]] = {}
    for row in session.execute(query):
        found.setdefault(row.name, []).append(row.service)
    return tuple(f"{name}（{'、'.join(services)}）" for name, services in found.items())


def paired_homes(session: Session, *, before: int | None = None, most: int = 20) -> Page[PairedHome]:
    """Households with at least one helper now, last on file first, `most` at a time."""
    there = bare(Pairing)
    query = (
        select(
            *(Household.id, Household.building, Household.stairwell, Household.alias, Household.restricted),
            *(Place.name.label("place"), func.count().label("helpers"), func.count(_consent()).label("agreed")),
            func.max(Pairing.since).label("since"),
        )
        .select_from(Pairing)
        .join(Household, Household.id == Pairing.household_id)
        .join(Place, Place.id == Household.place_id)
        .join(Volunteer, Volunteer.id == Pairing.volunteer_id)
        # Those that have a helper, not every household of the community with the question whether it has one.
        .where(Pairing.ended_on.is_(None), Household.id.in_(select(there.household_id).where(there.ended_on.is_(None))))
        .group_by(
            *(Household.id, Household.building, Household.stairwell, Household.alias, Household.restricted, Place.name)
        )
        .order_by(Household.id.desc())
        .limit(most + 1)
    )
    if before is not None:
        query = query.where(Household.id < before)
    found = session.execute(query).all()
    rows = tuple(
        PairedHome(
            id=row.id,
            # With the stairwell, which is open to staff: two homes of one building are told apart.
            label=(row.alias or "***")
            if row.restricted
            else masked_door(row.place, f"{row.building}{row.stairwell}", known=True),
            helpers=row.helpers,
            agreed=row.agreed,
            since=row.since,
        )
        for row in found[:most]
    )
    return Page(rows, len(found) > most)


def _consent() -> Label[int]:
    return (
        select(Consent.id)
        .where(
            Consent.volunteer_id == Volunteer.id,
            Consent.scope == ConsentScope.CONTACT_CARD,
            Consent.withdrawn_on.is_(None),
        )
        .order_by(Consent.id.desc())
        .limit(1)
        .correlate(Volunteer)
        .scalar_subquery()
        .label("consent_id")
    )


def pairings_of(session: Session, household_id: int) -> tuple[PairingRow, ...]:
    """The helpers of a household in the order in which they came."""
    rows = session.execute(
        select(
            *(Pairing.id, Pairing.volunteer_id, Volunteer.number, Volunteer.name, Volunteer.kind, Pairing.helps_with),
            *(Pairing.rhythm, Pairing.since, _consent(), Volunteer.phone),
        )
        .join(Household, Household.id == Pairing.household_id)
        .join(Volunteer, Volunteer.id == Pairing.volunteer_id)
        .where(Pairing.household_id == household_id, Pairing.ended_on.is_(None))
        .order_by(Pairing.since, Pairing.id)
        .limit(ROWS)
    )
    return tuple(
        PairingRow(
            id=row.id,
            volunteer_id=row.volunteer_id,
            number=row.number,
            name=masked_name(row.name),
            kind=row.kind,
            helps_with=redact(row.helps_with),
            rhythm=redact(row.rhythm),
            since=row.since,
            consent_id=row.consent_id,
            has_phone=bool(row.phone),
        )
        for row in rows
    )


def card_lines(session: Session, household_id: int) -> tuple[CardLine, ...]:
    """What the card says, read when it is printed: a consent that was withdrawn a minute ago no longer counts.

    Only for the maker of the card, after `record_paper`, and to measure whether all of it fits: names and telephones
    stand in it.
    """
    rows = session.execute(
        select(*(Volunteer.name, Volunteer.phone, Volunteer.kind, Pairing.helps_with, Pairing.rhythm, _consent()))
        .add_columns(Pairing.volunteer_id)
        .select_from(Pairing)
        .join(Household, Household.id == Pairing.household_id)
        .join(Volunteer, Volunteer.id == Pairing.volunteer_id)
        .where(Pairing.household_id == household_id, Pairing.ended_on.is_(None))
        .order_by(Pairing.since, Pairing.id)
        .limit(ROWS)
    )
    return tuple(
        CardLine(
            name=row.name if row.consent_id else "",
            phone=(row.phone or "") if row.consent_id else "",
            kind=row.kind,
            helps_with=redact(row.helps_with),
            rhythm=redact(row.rhythm),
            volunteer_id=row.volunteer_id,
        )
        for row in rows
    )


def volunteers_to_pair(session: Session, household_id: int) -> tuple[Choosable, ...]:
    """Volunteers of the community, those who live nearest first: number, surname, what they can do."""
    household = session.execute(
        select(Household.community_id, Household.place_id, Household.building).where(Household.id == household_id)
    ).first()
    if household is None:
        return ()
    near = case(
        ((Volunteer.place_id == household.place_id) & (Volunteer.building == household.building), 0),
        (Volunteer.place_id == household.place_id, 1),
        else_=2,
    )
    rows = session.execute(
        select(Volunteer.id, Volunteer.number, Volunteer.name, Volunteer.skills)
        .where(Volunteer.community_id == household.community_id, *who_serve())
        .order_by(near, Volunteer.number)
        .limit(TO_CHOOSE)
    )
    return tuple(
        Choosable(row.id, " ".join((row.number, masked_name(row.name), "、".join(row.skills or []))).strip())
        for row in rows
    )

"""陪访: the outings, one outing with its pairs for who leads it, the pairs of an escort, who is to be called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    Account,
    Activity,
    Community,
    Consent,
    EscortEvent,
    EscortPair,
    EscortTrip,
    Person,
    Volunteer,
)
from db.queries.paging import ROWS, Page
from db.rules.activities.outing import is_open, stand
from db.rules.clock import lately
from db.rules.masking import masked_name, masked_phone, redact
from db.terms import ActivityKind, ActivityState, ConsentScope, EscortChange, PairStand, VolunteerKind

CLEAR_FOR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class OutingRow:
    """One outing of the list."""

    id: int
    title: str
    on: date
    place: str
    state: ActivityState
    pairs: int
    out: int
    lacking: int
    """Elders who have no escort."""
    closed: bool


def outings(session: Session, *, before: int | None = None) -> Page[OutingRow]:
    """A page of outings, newest first, in one statement."""
    goes = EscortPair.stays_at.is_(None)
    out = EscortPair.left_at.is_not(None) & EscortPair.returned_at.is_(None)
    lacks = EscortPair.volunteer_id.is_(None) & EscortPair.returned_at.is_(None)
    query = (
        select(
            *(Activity.id, Activity.title, Activity.on, Activity.place, Activity.state),
            func.count(EscortPair.id).filter(goes).label("pairs"),
            func.count(EscortPair.id).filter(goes, out).label("out"),
            func.count(EscortPair.id).filter(goes, lacks).label("lacking"),
            func.max(EscortTrip.closed_at).label("closed_at"),
        )
        .outerjoin(EscortPair, EscortPair.activity_id == Activity.id)
        .outerjoin(EscortTrip, EscortTrip.activity_id == Activity.id)
        .where(Activity.kind == ActivityKind.OUTING)
        .group_by(Activity.id, Activity.title, Activity.on, Activity.place, Activity.state)
    )
    if before is not None:
        query = query.where(Activity.id < before)
    found = session.execute(query.order_by(Activity.id.desc()).limit(ROWS + 1)).all()
    return Page(tuple(OutingRow(*row[:8], closed=row.closed_at is not None) for row in found[:ROWS]), len(found) > ROWS)


@dataclass(frozen=True, slots=True)
class PairLine:
    """An elder and the escort; names and telephones masked, an alias in the place of a name."""

    id: int
    version: int
    activity_id: int
    elder: str
    volunteer_id: int | None
    number: str
    escort: str
    kind: VolunteerKind | None
    contact: str
    stand: PairStand
    left_at: datetime | None
    returned_at: datetime | None
    checked_leaving: tuple[str, ...]
    checked_return: tuple[str, ...]
    missing: str
    has_account: bool

    @property
    def open(self) -> bool:
        """Whether somebody must still look after them."""
        return is_open(self.stand)


@dataclass(frozen=True, slots=True)
class OutingFacts:
    """An outing with its pairs."""

    id: int
    title: str
    on: date
    place: str
    community: str
    desk_phone: str
    state: ActivityState
    meeting_point: str
    most: int
    closed_at: datetime | None
    closed_by: str
    note: str
    pairs: tuple[PairLine, ...]

    @property
    def going(self) -> tuple[PairLine, ...]:
        """Everybody but those who stay at home."""
        return tuple(pair for pair in self.pairs if pair.stand is not PairStand.STAYS)

    @property
    def open(self) -> tuple[PairLine, ...]:
        return tuple(pair for pair in self.pairs if pair.open)


def outing_facts(session: Session, activity_id: int) -> OutingFacts | None:
    """The outing in two statements, or None: outside the scope, or no outing. A volunteer gets the own pairs alone."""
    row = session.execute(
        select(
            *(Activity.id, Activity.title, Activity.on, Activity.place, Activity.state),
            *(Community.name.label("community"), Community.desk_phone),
            *(EscortTrip.meeting_point, EscortTrip.most, EscortTrip.closed_at, EscortTrip.closed_name),
            EscortTrip.note,
        )
        .join(Community, Community.id == Activity.community_id)
        .outerjoin(EscortTrip, EscortTrip.activity_id == Activity.id)
        .where(Activity.id == activity_id, Activity.kind == ActivityKind.OUTING)
    ).first()
    if row is None:
        return None
    return OutingFacts(
        id=row.id,
        title=row.title,
        on=row.on,
        place=row.place,
        community=row.community,
        desk_phone=row.desk_phone,
        state=row.state,
        meeting_point=row.meeting_point or "",
        most=row.most or 1,
        closed_at=row.closed_at,
        closed_by=row.closed_name or "",
        note=redact(row.note or ""),
        pairs=_pairs(session, EscortPair.activity_id == activity_id),
    )


def _pairs(session: Session, *which: Any) -> tuple[PairLine, ...]:
    query = (
        select(EscortPair, Person.name, Volunteer.number, Volunteer.name, Volunteer.kind, Volunteer.account_id)
        .outerjoin(Person, Person.id == EscortPair.person_id)
        .outerjoin(Volunteer, Volunteer.id == EscortPair.volunteer_id)
        .where(*which)
        .order_by(EscortPair.id)
        .limit(100)
    )
    found = []
    for pair, person, number, escort, kind, account in session.execute(query):
        contact = [masked_name(pair.contact_name or ""), masked_phone(pair.contact_phone) if pair.contact_phone else ""]
        found.append(
            PairLine(
                id=pair.id,
                version=pair.version,
                activity_id=pair.activity_id,
                elder=pair.alias or masked_name(person or pair.elder_name or "") or "—",
                volunteer_id=pair.volunteer_id,
                number=number or "",
                escort=masked_name(escort) if escort else "",
                kind=kind,
                contact=" ".join(part for part in contact if part),
                stand=stand(pair.left_at, pair.returned_at, pair.stays_at),
                left_at=pair.left_at,
                returned_at=pair.returned_at,
                checked_leaving=tuple(pair.checked_leaving),
                checked_return=tuple(pair.checked_return),
                missing=redact(pair.missing),
                has_account=account is not None,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OwnPair:
    """What an escort has in hand: the elder, and where one meets."""

    pair: PairLine
    title: str
    on: date
    place: str
    meeting_point: str
    desk_phone: str


def own_pairs(session: Session, account_id: int, *, now: datetime) -> tuple[OwnPair, ...]:
    """The pairs of an escort that are to come, today's, and those still out, the next first; in two statements."""
    today = day_of(now)
    query = (
        select(
            *(EscortPair.id, Activity.title, Activity.on, Activity.place),
            *(EscortTrip.meeting_point, Community.desk_phone),
        )
        .join(Activity, Activity.id == EscortPair.activity_id)
        .join(Community, Community.id == Activity.community_id)
        .outerjoin(EscortTrip, EscortTrip.activity_id == Activity.id)
        .where(EscortPair.account_id == account_id, EscortPair.stays_at.is_(None))
        .where(Activity.state != ActivityState.CANCELLED, EscortTrip.closed_at.is_(None))
        .where(or_(Activity.on >= today, EscortPair.returned_at.is_(None) & EscortPair.left_at.is_not(None)))
        .order_by(Activity.on, EscortPair.id)
        .limit(6)
    )
    rows = session.execute(query).all()
    lines = {pair.id: pair for pair in _pairs(session, EscortPair.id.in_([row.id for row in rows]))}
    return tuple(
        OwnPair(lines[row.id], row.title, row.on, row.place, row.meeting_point or "", row.desk_phone) for row in rows
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """The elder and who is to be called, in clear."""

    elder: str
    name: str
    phone: str


def pair_contact(session: Session, pair_id: int, *, now: datetime) -> Contact | None:
    """In clear for whoever left a reason within two minutes (`see_contact`); None for all others."""
    trace = select(EscortEvent.id).where(
        EscortEvent.pair_id == pair_id,
        EscortEvent.kind == EscortChange.CONTACT_SEEN,
        EscortEvent.by == session.info["actor"].id,
        lately(EscortEvent.at, now, CLEAR_FOR),
    )
    if session.execute(trace.limit(1)).first() is None:
        return None
    row = session.execute(
        select(EscortPair, Person.name)
        .outerjoin(Person, Person.id == EscortPair.person_id)
        .where(EscortPair.id == pair_id)
    ).first()
    if row is None:
        return None
    pair, person = row
    return Contact(person or pair.elder_name or pair.alias, pair.contact_name or "", pair.contact_phone or "")


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of what happened to a pair."""

    pair_id: int
    kind: EscortChange
    number: str
    reason: str
    at: datetime
    by: str


def outing_events(session: Session, activity_id: int) -> Sequence[EventLine]:
    """What happened at an outing, the newest first."""
    query = (
        select(
            *(EscortEvent.pair_id, EscortEvent.kind, Volunteer.number, EscortEvent.reason, EscortEvent.at),
            Account.name.label("by"),
        )
        .join(EscortPair, EscortPair.id == EscortEvent.pair_id)
        .join(Account, Account.id == EscortEvent.by)
        .outerjoin(Volunteer, Volunteer.id == EscortEvent.volunteer_id)
        .where(EscortPair.activity_id == activity_id)
        .order_by(EscortEvent.id.desc())
        .limit(ROWS)
    )
    return [
        EventLine(row.pair_id, row.kind, row.number or "", redact(row.reason), row.at, row.by)
        for row in session.execute(query)
    ]


def outing_served(session: Session, activity_id: int) -> int | None:
    """Elders who were out and are back, once the outing is closed; None before."""
    closed = select(EscortTrip.id).where(EscortTrip.activity_id == activity_id, EscortTrip.closed_at.is_not(None))
    if session.execute(closed).first() is None:
        return None
    back = select(func.count(EscortPair.id)).where(
        EscortPair.activity_id == activity_id, EscortPair.returned_at.is_not(None)
    )
    return session.scalar(back)


def escort_phones(session: Session, activity_id: int) -> dict[int, str]:
    """Telephones of escorts who consented to have theirs printed, by pair; for the leader's list alone."""
    consent = select(Consent.id).where(
        Consent.volunteer_id == Volunteer.id,
        Consent.scope == ConsentScope.CONTACT_CARD,
        Consent.withdrawn_on.is_(None),
    )
    query = (
        select(EscortPair.id, Volunteer.phone)
        .join(Volunteer, Volunteer.id == EscortPair.volunteer_id)
        .where(EscortPair.activity_id == activity_id, EscortPair.stays_at.is_(None), consent.exists())
    )
    return {row.id: row.phone or "" for row in session.execute(query)}

"""已配对手机: the phone that asks at `/door`, the phones of a person or a community, and the open conflicts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import reading_as_system
from db.models import Account, DoorConflict, DoorPhone, DoorTicket, Household, Place
from db.passwords import digest
from db.queries.doors.households import masked_door
from db.rules.clock import holds
from db.rules.limits import DOOR_TICKET_LIFE, LONGEST_TOKEN, PHONE_LIFE
from db.rules.masking import redact
from db.rules.permissions import GRANTS, Actor, Permission

MOST = 50


@dataclass(frozen=True, slots=True)
class PhoneAtDoor:
    """A phone with a valid key, and the person that it acts for."""

    id: int
    actor: Actor
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class PhoneRow:
    id: int
    name: str
    owner: str
    own: bool
    paired_at: datetime
    last_seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Two values of one fact of a door; the room is masked. `stands` is the value on record, `shown` it masked."""

    id: int
    door: str
    field: str
    before: str
    mine: str
    stands: str
    shown: str
    who: str
    at: datetime


_WHO = (
    Account.id,
    Account.name,
    Account.role,
    Account.subdistrict_id,
    Account.community_id,
    Account.sees_restricted,
    Account.language,
)


def phone_by(token: str, *, now: datetime) -> PhoneAtDoor | None:
    """Whose phone this key belongs to, in one statement; None when it was stopped, ran out, or its person may not."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    with reading_as_system("which phone asks") as session:
        row = session.execute(
            select(DoorPhone.id.label("phone_id"), DoorPhone.last_seen_at, *_WHO)
            .join(Account, Account.id == DoorPhone.account_id)
            .where(
                DoorPhone.token_hash == digest(token),
                DoorPhone.revoked_at.is_(None),
                holds(DoorPhone.expires_at, now, PHONE_LIFE),
                Account.disabled_at.is_(None),
                Account.community_id == DoorPhone.community_id,
                Account.role.in_(GRANTS[Permission.PAIR_PHONE].roles),
            )
        ).first()
    if row is None:
        return None
    actor = Actor(
        id=row.id,
        name=row.name,
        role=row.role,
        subdistrict_id=row.subdistrict_id,
        community_id=row.community_id,
        sees_restricted=row.sees_restricted,
        language=row.language,
    )
    return PhoneAtDoor(row.phone_id, actor, row.last_seen_at)


def ticket_of(ticket: str, *, now: datetime) -> str | None:
    """The name of the person whose phone would be paired; None for an invalid ticket. The ticket stays unused."""
    with reading_as_system("a phone is being paired") as session:
        return session.execute(
            select(Account.name)
            .join(DoorTicket, DoorTicket.account_id == Account.id)
            .where(
                DoorTicket.ticket_hash == digest(ticket),
                holds(DoorTicket.expires_at, now, DOOR_TICKET_LIFE),
                Account.disabled_at.is_(None),
            )
        ).scalar_one_or_none()


def ticket_waits(session: Session, account_id: int, *, now: datetime) -> bool:
    """Whether the QR on the screen was not used yet."""
    query = select(DoorTicket.id).where(
        DoorTicket.account_id == account_id, holds(DoorTicket.expires_at, now, DOOR_TICKET_LIFE)
    )
    return session.execute(query).first() is not None


def phones(session: Session, viewer: Actor, *, now: datetime) -> tuple[PhoneRow, ...]:
    """The paired phones: a worker's own, for a secretary those of the community; last seen first."""
    query = (
        select(
            DoorPhone.id,
            DoorPhone.name,
            Account.name.label("owner"),
            DoorPhone.account_id,
            DoorPhone.paired_at,
            DoorPhone.last_seen_at,
            DoorPhone.expires_at,
        )
        .join(Account, Account.id == DoorPhone.account_id)
        .where(DoorPhone.revoked_at.is_(None), holds(DoorPhone.expires_at, now, PHONE_LIFE))
        .order_by(DoorPhone.last_seen_at.desc(), DoorPhone.id)
        .limit(MOST)
    )
    if not viewer.may(Permission.SEE_EVERY_PHONE):
        query = query.where(DoorPhone.account_id == viewer.id)
    return tuple(
        PhoneRow(
            row.id,
            row.name,
            row.owner,
            row.account_id == viewer.id,
            row.paired_at,
            row.last_seen_at,
            row.expires_at,
        )
        for row in session.execute(query)
    )


def conflicts(session: Session, viewer: Actor) -> tuple[ConflictRow, ...]:
    """The open conflicts (冲突): a worker's own, for a secretary those of the community; the oldest first."""
    query = (
        select(
            DoorConflict.id,
            DoorConflict.field,
            DoorConflict.before,
            DoorConflict.mine,
            DoorConflict.at,
            Account.name.label("who"),
            Household.kind,
            Household.door_note,
            Household.building,
            Household.stairwell,
            Household.alias,
            Place.name.label("place"),
        )
        .join(Household, Household.id == DoorConflict.household_id)
        .join(Place, Place.id == Household.place_id)
        .join(Account, Account.id == DoorConflict.account_id)
        .where(DoorConflict.settled_at.is_(None))
        .order_by(DoorConflict.id)
        .limit(MOST)
    )
    if not viewer.may(Permission.SEE_EVERY_PHONE):
        query = query.where(DoorConflict.account_id == viewer.id)
    return tuple(
        ConflictRow(
            id=row.id,
            door=masked_door(row.place, f"{row.building}{row.stairwell}", known=True, alias=row.alias),
            field=row.field,
            before=redact(row.before),
            mine=redact(row.mine),
            stands=row.kind.value if row.field == "kind" else row.door_note,
            shown=row.kind.value if row.field == "kind" else redact(row.door_note),
            who=row.who,
            at=row.at,
        )
        for row in session.execute(query)
    )

"""配对手机: a phone gets a key of its own to `/door` and to nothing else, for a month, and loses it at once.

The ticket goes from the worker's screen to the phone as a QR and works once; with another role or community, or when
the person leaves, it and the phones end for good. Nobody is signed in on the phone, so
trading the ticket and giving the key back run as the system, each with its reason.
"""

import secrets
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from db.actions.fields import line
from db.actions.loading import actor_of, load
from db.audit import UNAUDITED, guarded
from db.engine import action, as_system
from db.errors import BadInput, Problem, Refused
from db.models import Account, DoorPhone, DoorTicket
from db.passwords import digest
from db.rules.clock import holds, lately
from db.rules.limits import DOOR_TICKET_LIFE, PHONE_LIFE, TOUCH_EVERY
from db.rules.permissions import GRANTS, Permission
from db.scope import UNSCOPED
from db.terms import Role

MOST_PHONES = 5
"""Phones of one person that hold at the same time."""
LEAST_TICKET, MOST_TICKET = 20, 100


def new_ticket() -> str:
    """A fresh ticket for a QR; drawn by the caller, so that it never lies in a stored result."""
    return secrets.token_urlsafe(18)


@action(Permission.PAIR_PHONE)
def open_door_ticket(session: Session, *, ticket: str, now: datetime) -> str:
    """Let a phone be paired with this account within five minutes, once; until when, as ISO text.

    An earlier ticket of the same person ends. Raises Refused("phones_full").
    """
    if not isinstance(ticket, str) or not LEAST_TICKET <= len(ticket) <= MOST_TICKET:
        raise BadInput("ticket", Problem.WRONG)
    actor = actor_of(session)
    _room_for_one_more(session, actor.id, now)
    session.execute(
        delete(DoorTicket).where(
            (DoorTicket.account_id == actor.id) | ~holds(DoorTicket.expires_at, now, DOOR_TICKET_LIFE)
        ),
        execution_options=UNAUDITED,
    )
    row = DoorTicket(ticket_hash=digest(ticket), account_id=actor.id, expires_at=now + DOOR_TICKET_LIFE)
    session.add(row)
    session.flush()
    return row.expires_at.isoformat()


def _room_for_one_more(session: Session, account_id: int, now: datetime) -> None:
    hold = select(func.count(DoorPhone.id)).where(
        DoorPhone.account_id == account_id, DoorPhone.revoked_at.is_(None), holds(DoorPhone.expires_at, now, PHONE_LIFE)
    )
    if session.execute(hold).scalar_one() >= MOST_PHONES:
        raise Refused("phones_full", most=MOST_PHONES)


def pair_phone(ticket: str, *, name: str, now: datetime) -> str | None:
    """Trade a ticket for the key that the phone's cookie holds; None when the ticket does not hold any more.

    Raises BadInput at `name`, Refused("phones_full"); then the ticket still holds.
    """
    with as_system("pair a phone") as session:
        here = (
            DoorTicket.ticket_hash == digest(ticket[:MOST_TICKET]),
            holds(DoorTicket.expires_at, now, DOOR_TICKET_LIFE),
        )
        # The account before its ticket, as a change of the account holds them: else each may wait for the other.
        account = session.scalars(
            select(Account).where(Account.id.in_(select(DoorTicket.account_id).where(*here))).with_for_update()
        ).one_or_none()
        taken = session.execute(
            delete(DoorTicket).where(*here).returning(DoorTicket.account_id), execution_options=UNAUDITED
        ).scalar_one_or_none()
        if account is None or taken is None:
            return None
        if not may_hold(account.role, account.community_id, account.disabled_at):
            return None
        _room_for_one_more(session, account.id, now)
        token = secrets.token_urlsafe(32)
        session.add(
            DoorPhone(
                community_id=account.community_id,
                account_id=account.id,
                name=line("name", name, most=60),
                token_hash=digest(token),
                paired_at=now,
                last_seen_at=now,
                expires_at=now + PHONE_LIFE,
            )
        )
    return token


def may_hold(role: Role, community_id: int | None, disabled_at: datetime | None) -> bool:
    """Whether an account like this has phones at all."""
    return disabled_at is None and community_id is not None and role in GRANTS[Permission.PAIR_PHONE].roles


@action(Permission.PAIR_PHONE)
def stop_phone(session: Session, *, phone_id: int, now: datetime) -> int:
    """停用: from now on the phone gets and sends nothing. A worker stops the own phones, a secretary those of all.

    Raises Refused("phone_not_own"), Refused("phone_stopped").
    """
    phone, actor = load(session, DoorPhone, phone_id), actor_of(session)
    if not actor.may(Permission.STOP_EVERY_PHONE) and phone.account_id != actor.id:
        raise Refused("phone_not_own")
    if not _stop(session, phone, now):
        raise Refused("phone_stopped")
    return phone_id


def _stop(session: Session, phone: DoorPhone, now: datetime) -> bool:
    stopping = update(DoorPhone).where(DoorPhone.id == phone.id, DoorPhone.revoked_at.is_(None)).values(revoked_at=now)
    return guarded(session, stopping, phone, {"revoked_at": (None, now)})


def revoke_phones(session: Session, account_id: int, *, now: datetime) -> int:
    """Another post, or none: every phone of the account ends for good, and so does the QR on its screen; how many.

    Call it after the account itself was written: pairing holds that row, so no phone slips in behind this look.
    """
    session.flush()
    held = select(DoorPhone).where(DoorPhone.account_id == account_id, DoorPhone.revoked_at.is_(None))
    phones = session.scalars(held.order_by(DoorPhone.id), execution_options=UNSCOPED).all()
    session.execute(
        delete(DoorTicket).where(DoorTicket.account_id == account_id),
        execution_options=UNAUDITED,
    )
    return sum(_stop(session, phone, now) for phone in phones)


def unpair(phone_id: int, *, now: datetime) -> None:
    """The phone gives its key back by itself."""
    with as_system("a phone ends its pairing") as session:
        phone = session.get(DoorPhone, phone_id)
        if phone is not None:
            _stop(session, phone, now)


def seen(phone_id: int, *, now: datetime) -> None:
    """The phone was here; written at most every `TOUCH_EVERY`."""
    with as_system("a phone was seen") as session:
        session.execute(
            update(DoorPhone)
            .where(DoorPhone.id == phone_id, ~lately(DoorPhone.last_seen_at, now, TOUCH_EVERY))
            .values(last_seen_at=now),
            execution_options=UNAUDITED,
        )

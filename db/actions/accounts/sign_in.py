"""Signing in and out. Nobody is signed in yet, so these run as the system and each carries its own reason.

A sign-in is three steps, and no transaction is open while bcrypt works:

    attempt = open_attempt(name, address, now=...)     # counted as failed until it is proven right
    right = matches(password, attempt.password_hash)   # the same time for an unknown name
    ticket = grant(attempt, now=...) if right and not attempt.wait else None

The ticket then goes through the browser to a route that may set an HttpOnly cookie (`enter`).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from db import audit
from db.audit import UNAUDITED
from db.engine import as_system, reading_as_system
from db.models import Account, AuthSession, SignInFailure, SignInTicket, blind_index
from db.passwords import digest
from db.rules.clock import holds, lately
from db.settings import settings

WINDOW = timedelta(minutes=15)
MOST_PER_NAME = 5
MOST_PER_ADDRESS = 50
TICKET_LIFE = timedelta(seconds=60)
LONGEST = timedelta(days=30)
"""However often it is used, a sign-in ends after this time; also the life of the cookie."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at the form. `wait` is set when there were too many; then even the right password does not help."""

    id: int
    account_id: int | None
    password_hash: str | None
    wait: timedelta | None


def open_attempt(username: str, address: str, *, now: datetime) -> Attempt:
    """Count the attempt, then say how it may go on; the same statements for every name.

    Counted first and committed: of many attempts at once, no more than the limit can see a count within the limit.
    """
    name = username.strip().lower()[:200]
    index, origin = blind_index(name), blind_index(address)
    with as_system("sign-in attempt") as session:
        row = SignInFailure(username_index=index, address_index=origin, at=now)
        session.add(row)
        session.flush()
        attempt_id = row.id
    with reading_as_system("sign-in attempt") as session:
        wait = max(
            _wait(session, SignInFailure.username_index == index, MOST_PER_NAME, now),
            _wait(session, SignInFailure.address_index == origin, MOST_PER_ADDRESS, now),
        )
        found = session.execute(
            select(Account.id, Account.password_hash, Account.disabled_at).where(Account.username == name)
        ).first()
    if wait:
        # An attempt while locked does not prolong the lock, or a stranger could keep somebody out for ever.
        forget_attempt(attempt_id)
    usable = found is not None and found.disabled_at is None
    return Attempt(
        id=attempt_id,
        account_id=found.id if found and usable else None,
        password_hash=found.password_hash if found and usable else None,
        wait=wait or None,
    )


def _wait(session: Session, whose: object, most: int, now: datetime) -> timedelta:
    """How long until fewer than `most` earlier failures lie in the window; zero when that is so now."""
    earlier = session.scalars(
        select(SignInFailure.at)
        .where(whose, lately(SignInFailure.at, now, WINDOW))  # type: ignore[arg-type]
        .order_by(SignInFailure.at.desc())
        .offset(most)
        .limit(1)
    ).first()
    return max(earlier + WINDOW - now, timedelta(seconds=1)) if earlier else timedelta()


def forget_attempt(attempt_id: int) -> None:
    """The attempt does not count."""
    with as_system("sign-in attempt") as session:
        session.execute(delete(SignInFailure).where(SignInFailure.id == attempt_id), execution_options=UNAUDITED)


def grant(attempt: Attempt, *, now: datetime) -> str | None:
    """The password was right: forget the failures of this name and hand out a ticket; None when it may not be."""
    if attempt.account_id is None or attempt.wait is not None:
        return None
    ticket = secrets.token_urlsafe(32)
    with as_system("sign-in") as session:
        name = select(SignInFailure.username_index).where(SignInFailure.id == attempt.id).scalar_subquery()
        session.execute(
            delete(SignInFailure).where((SignInFailure.username_index == name) | (SignInFailure.at < now - WINDOW)),
            execution_options=UNAUDITED | {"synchronize_session": False},
        )
        session.execute(delete(SignInTicket).where(SignInTicket.expires_at < now), execution_options=UNAUDITED)
        session.add(
            SignInTicket(ticket_hash=digest(ticket), account_id=attempt.account_id, expires_at=now + TICKET_LIFE)
        )
    return ticket


def enter(ticket: str, *, device: str, now: datetime) -> str | None:
    """Turn a ticket into a sign-in, once, and return the token for the cookie; None when it is not valid any more."""
    with as_system("sign-in") as session:
        account_id = session.execute(
            delete(SignInTicket)
            .where(SignInTicket.ticket_hash == digest(ticket), holds(SignInTicket.expires_at, now, TICKET_LIFE))
            .returning(SignInTicket.account_id),
            execution_options=UNAUDITED,
        ).scalar_one_or_none()
        account = session.get(Account, account_id) if account_id is not None else None
        if account is None or account.disabled_at is not None:
            return None
        token = secrets.token_urlsafe(32)
        session.add(
            AuthSession(
                token_hash=digest(token),
                account_id=account.id,
                created_at=now,
                last_seen_at=now,
                expires_at=now + timedelta(hours=settings().sign_in_hours),
                device=device[:200],
            )
        )
        session.execute(
            delete(AuthSession).where(AuthSession.account_id == account.id, AuthSession.expires_at < now - LONGEST),
            execution_options=UNAUDITED | {"synchronize_session": False},
        )
        audit.note(session, account, "sign_in", {"device": (None, device[:200])}, reason="sign-in")
    return token


def touch(sign_in_id: int, *, now: datetime) -> None:
    """The sign-in was used: it stays open for another `sign_in_hours`, but never beyond LONGEST."""
    with as_system("sign-in used") as session:
        created = session.scalar(select(AuthSession.created_at).where(AuthSession.id == sign_in_id))
        if created is None:
            return
        until = min(now + timedelta(hours=settings().sign_in_hours), created + LONGEST)
        session.execute(
            update(AuthSession)
            .where(AuthSession.id == sign_in_id, AuthSession.revoked_at.is_(None))
            .values(last_seen_at=now, expires_at=until),
            execution_options=UNAUDITED,
        )


def leave(sign_in_id: int, *, now: datetime) -> None:
    """Sign out on this device; the cookie is worth nothing from now on."""
    with as_system("sign-out") as session:
        row = session.get(AuthSession, sign_in_id)
        if row is None or row.revoked_at is not None:
            return
        row.revoked_at = now
        account = session.get(Account, row.account_id)
        if account is not None:
            audit.note(session, account, "sign_out", {}, reason="sign-out")


def revoke_sign_ins(session: Session, account_id: int, *, now: datetime, except_id: int | None = None) -> int:
    """End every sign-in of an account, or every other one; returns how many."""
    ended = session.execute(
        update(AuthSession)
        .where(
            AuthSession.account_id == account_id,
            AuthSession.revoked_at.is_(None),
            AuthSession.id != (except_id or 0),
        )
        .values(revoked_at=now)
        .returning(AuthSession.id),
        execution_options=UNAUDITED | {"synchronize_session": False},
    ).all()
    session.execute(
        delete(SignInTicket).where(SignInTicket.account_id == account_id),
        execution_options=UNAUDITED | {"synchronize_session": False},
    )
    return len(ended)


def failures_of(username: str, *, now: datetime) -> int:
    """How many failures of this name still count."""
    with reading_as_system("sign-in attempt") as session:
        return (
            session.scalar(
                select(func.count()).where(
                    SignInFailure.username_index == blind_index(username.strip().lower()),
                    lately(SignInFailure.at, now, WINDOW),
                )
            )
            or 0
        )


def forget_failures(session: Session, username: str) -> None:
    """Open a locked name again."""
    session.execute(
        delete(SignInFailure).where(SignInFailure.username_index == blind_index(username)),
        execution_options=UNAUDITED | {"synchronize_session": False},
    )

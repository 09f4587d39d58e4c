"""Signing in and out. Nobody is signed in yet, so these run as the system and each carries its own reason.

A sign-in is three steps, and no transaction is open while bcrypt works:

    attempt = open_attempt(name, address, now=...)     # counted as failed until it is proven right
    right = matches(password, attempt.password_hash)   # the same time for an unknown name
    ticket = grant(attempt, now=...) if right and not attempt.wait else None

Who has a second factor trades that ticket for another one (`second_factor.prove`). The ticket then goes through the
browser to a route that may set an HttpOnly cookie (`enter`).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, exists, false, func, select, update
from sqlalchemy.orm import Session, aliased

from db import audit
from db.audit import UNAUDITED
from db.engine import as_system, reading_as_system
from db.models import Account, AuthSession, SecondFactor, SignInFailure, SignInTicket, blind_index
from db.passwords import digest
from db.rules.accounts.slowing import WINDOW, Tries, wait_after
from db.rules.clock import holds, lately
from db.settings import settings

TICKET_LIFE, CODE_LIFE = timedelta(seconds=60), timedelta(minutes=5)
LONGEST = timedelta(days=30)
"""However often it is used, a sign-in ends after this time; also the life of the cookie."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at the form. `wait` is set when there were too many; then even the right password does not help."""

    id: int
    account_id: int | None
    password_hash: str | None
    wait: timedelta | None
    second: bool = False
    """The account asks for a code beside the password."""


def open_attempt(username: str, address: str, *, mark: str = "", now: datetime) -> Attempt:
    """Count the attempt, then say how it may go on; the same statements for every name.

    `mark` is what the browser keeps beyond a sign-in. Counted first and committed: of many attempts at once, no more
    than the limit can see a count within the limit.
    """
    name = username.strip().lower()[:200]
    with reading_as_system("sign-in attempt") as session:
        known = AuthSession.mark_hash == digest(mark) if mark else false()
        found = session.execute(
            select(
                Account.id,
                Account.password_hash,
                Account.disabled_at,
                exists().where(AuthSession.account_id == Account.id, known).label("known"),
                exists().where(SecondFactor.account_id == Account.id).label("second"),
            ).where(Account.username == name)
        ).first()
    is_known = found is not None and found.known
    index, place = blind_index(name), blind_index(f"mark:{mark}" if is_known else address)
    with as_system("sign-in attempt") as session:
        row = SignInFailure(username_index=index, address_index=place, at=now)
        session.add(row)
        session.flush()
        attempt_id = row.id
    wait = wait_after(_tries(attempt_id, index, place, is_known, now), now=now)
    if wait:
        # An attempt that must wait does not make the next one wait longer.
        forget_attempt(attempt_id)
    usable = found is not None and found.disabled_at is None
    return Attempt(
        id=attempt_id,
        account_id=found.id if found and usable else None,
        password_hash=found.password_hash if found and usable else None,
        wait=wait or None,
        second=bool(found and usable and found.second),
    )


def _tries(attempt_id: int, index: str, place: str, known: bool, now: datetime) -> Tries:
    """The tries before this one."""
    of_name, from_place = SignInFailure.username_index == index, SignInFailure.address_index == place
    with reading_as_system("sign-in attempt") as session:
        row = session.execute(
            select(
                func.count().filter(of_name & from_place).label("here"),
                func.max(case((of_name & from_place, SignInFailure.at))).label("last"),
                func.count().filter(of_name).label("of_name"),
                func.count().filter(from_place).label("from_place"),
            ).where(
                of_name | from_place,
                SignInFailure.id != attempt_id,
                lately(SignInFailure.at, now, WINDOW),
            )
        ).one()
    return Tries(row.here, row.last, row.of_name, row.from_place, known)


def forget_attempt(attempt_id: int) -> None:
    """The attempt does not count."""
    with as_system("sign-in attempt") as session:
        _drop(session, attempt_id)


def _drop(session: Session, attempt_id: int) -> None:
    session.execute(delete(SignInFailure).where(SignInFailure.id == attempt_id), execution_options=UNAUDITED)


def forget_place(session: Session, attempt_id: int, *, now: datetime) -> None:
    """The wrong tries of this name from this place do not count any more, and nobody's old ones are kept."""
    own = aliased(SignInFailure)
    here = select(own.id).where(
        own.id == attempt_id,
        own.username_index == SignInFailure.username_index,
        own.address_index == SignInFailure.address_index,
    )
    session.execute(
        delete(SignInFailure).where(here.exists() | (SignInFailure.at < now - WINDOW)),
        execution_options=UNAUDITED,
    )


def grant(attempt: Attempt, *, now: datetime) -> str | None:
    """The password was right: hand out a ticket, or None. It opens nothing yet when `attempt.second`."""
    if attempt.account_id is None or attempt.wait is not None:
        return None
    with as_system("sign-in") as session:
        if attempt.second:
            _drop(session, attempt.id)
        else:
            forget_place(session, attempt.id, now=now)
        return new_ticket(session, attempt.account_id, needs_code=attempt.second, now=now)


def new_ticket(session: Session, account_id: int, *, needs_code: bool, now: datetime) -> str:
    """A ticket of this account; the database keeps its hash."""
    ticket = secrets.token_urlsafe(32)
    session.execute(delete(SignInTicket).where(SignInTicket.expires_at < now), execution_options=UNAUDITED)
    until = now + (CODE_LIFE if needs_code else TICKET_LIFE)
    session.add(
        SignInTicket(ticket_hash=digest(ticket), account_id=account_id, expires_at=until, needs_code=needs_code)
    )
    return ticket


def enter(ticket: str, *, device: str, mark: str = "", inside: bool | None = None, now: datetime) -> str | None:
    """Turn a ticket into a sign-in, once, and return the token for the cookie; None when it is not valid any more.

    From then on the account knows the browser by its `mark`. `inside` says whether it is in the own network.
    """
    with as_system("sign-in") as session:
        account_id = session.execute(
            delete(SignInTicket)
            .where(
                SignInTicket.ticket_hash == digest(ticket),
                holds(SignInTicket.expires_at, now, TICKET_LIFE),
                SignInTicket.needs_code.is_(False),
            )
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
                mark_hash=digest(mark) if mark else "",
                inside=inside,
            )
        )
        session.execute(
            delete(AuthSession).where(AuthSession.account_id == account.id, AuthSession.expires_at < now - LONGEST),
            execution_options=UNAUDITED,
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
    """End every sign-in of an account, or every other one, and know those browsers no more; returns how many."""
    ended = session.execute(
        update(AuthSession)
        .where(
            AuthSession.account_id == account_id,
            AuthSession.revoked_at.is_(None),
            AuthSession.id != (except_id or 0),
        )
        .values(revoked_at=now)
        .returning(AuthSession.id),
        execution_options=UNAUDITED,
    ).all()
    session.execute(
        update(AuthSession)
        .where(AuthSession.account_id == account_id, AuthSession.id != (except_id or 0))
        .values(mark_hash=""),
        execution_options=UNAUDITED,
    )
    session.execute(
        delete(SignInTicket).where(SignInTicket.account_id == account_id),
        execution_options=UNAUDITED,
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
        execution_options=UNAUDITED,
    )

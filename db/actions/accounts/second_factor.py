"""The second factor of a sign-in: set up, prove, lose and get anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db import audit
from db.actions.accounts.sign_in import (
    CODE_LIFE,
    forget_failures,
    forget_place,
    new_ticket,
    open_attempt,
    revoke_sign_ins,
)
from db.actions.fields import line
from db.actions.loading import actor_of, load
from db.audit import UNAUDITED
from db.engine import action, as_system, reading_as_system
from db.errors import BadInput, Problem, Refused
from db.models import Account, RecoveryCode, SecondFactor, SignInTicket, blind_index
from db.passwords import digest
from db.rules.accounts.codes import RECOVERY_CODES, is_secret, plain, step_of
from db.rules.clock import holds
from db.rules.permissions import Permission

CodeIndex = NewType("CodeIndex", str)
"""Keyed hash of a recovery code; only `code_index` makes one."""


def code_index(code: str) -> CodeIndex:
    """What the database keeps of a recovery code."""
    return CodeIndex(blind_index(f"recovery:{plain(code)}"))


# --- one's own -----------------------------------------------------------------------------------------


@action(Permission.USE_SECOND_FACTOR)
def start_second_factor(
    session: Session, *, secret: str, code: str, recovery: Sequence[CodeIndex], now: datetime
) -> None:
    """From the next sign-in on the password alone does not do; `code` proves that the app has the secret.

    Raises BadInput, Refused("second_factor_there").
    """
    actor, secret, code = actor_of(session), line("secret", secret, most=40), line("code", code, most=40)
    if not is_secret(secret) or len(set(recovery)) != RECOVERY_CODES:
        raise BadInput("code", Problem.WRONG)
    if _factor_of(session, actor.id) is not None:
        raise Refused("second_factor_there")
    step = step_of(secret, code, after=0, now=now)
    if step is None:
        raise BadInput("code", Problem.WRONG)
    session.add(SecondFactor(account_id=actor.id, secret=secret, last_step=step, since=now))
    _replace_codes(session, actor.id, recovery, now)


@action(Permission.CHANGE_OWN_PASSWORD)
def stop_second_factor(session: Session) -> None:
    """The password alone does again; the caller has checked it. Also for who took it up in an earlier role."""
    _remove(session, actor_of(session).id)


@action(Permission.CHANGE_OWN_PASSWORD)
def renew_recovery_codes(session: Session, *, recovery: Sequence[CodeIndex], now: datetime) -> None:
    """Other codes on paper; the earlier ones open nothing. Raises Refused("no_second_factor")."""
    actor = actor_of(session)
    if _factor_of(session, actor.id) is None:
        raise Refused("no_second_factor")
    if len(set(recovery)) != RECOVERY_CODES:
        raise BadInput("recovery", Problem.WRONG)
    _replace_codes(session, actor.id, recovery, now)


# --- another administrator's ----------------------------------------------------------------------------


@action(Permission.MANAGE_ACCOUNTS)
def reset_second_factor(session: Session, *, account_id: int, now: datetime) -> None:
    """For a lost phone and lost codes: the password alone does again, and every sign-in of the account ends.

    Raises Refused("own_account"), Refused("no_second_factor").
    """
    account = load(session, Account, account_id)
    if account.id == actor_of(session).id:
        raise Refused("own_account")
    if _factor_of(session, account.id) is None:
        raise Refused("no_second_factor")
    _remove(session, account.id)
    forget_failures(session, account.username)
    revoke_sign_ins(session, account.id, now=now)


def _factor_of(session: Session, account_id: int) -> SecondFactor | None:
    return session.scalars(select(SecondFactor).where(SecondFactor.account_id == account_id)).one_or_none()


def _remove(session: Session, account_id: int) -> None:
    factor = _factor_of(session, account_id)
    if factor is not None:
        session.delete(factor)
    _replace_codes(session, account_id, (), None)


def _replace_codes(session: Session, account_id: int, recovery: Sequence[CodeIndex], now: datetime | None) -> None:
    for old in session.scalars(select(RecoveryCode).where(RecoveryCode.account_id == account_id)):
        session.delete(old)
    session.flush()
    if now is not None:
        session.add_all(RecoveryCode(account_id=account_id, code_index=index, made_at=now) for index in recovery)
    session.flush()


# --- while signing in -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proven:
    """What came of a code: a ticket that opens, a wait, or neither; `over` when the password is asked for again."""

    ticket: str | None = None
    wait: timedelta | None = None
    over: bool = False


def prove(ticket: str, typed: str, *, address: str, mark: str = "", now: datetime) -> Proven:
    """Trade a ticket that needs a code for one that opens. A wrong code counts like a wrong password."""
    pending = (
        (SignInTicket.ticket_hash == digest(ticket))
        & holds(SignInTicket.expires_at, now, CODE_LIFE)
        & SignInTicket.needs_code
    )
    with reading_as_system("second factor") as session:
        found = session.execute(
            select(Account.id, Account.username)
            .join(SignInTicket, SignInTicket.account_id == Account.id)
            .where(pending, Account.disabled_at.is_(None))
        ).first()
    if found is None:
        return Proven(over=True)
    attempt = open_attempt(found.username, address, mark=mark, now=now)
    if attempt.wait is not None:
        return Proven(wait=attempt.wait)
    with as_system("second factor") as session:
        if not _opens(session, found.id, typed, now):
            return Proven()
        traded = session.execute(
            delete(SignInTicket).where(pending).returning(SignInTicket.id),
            execution_options=UNAUDITED,
        ).first()
        if traded is None:
            return Proven(over=True)
        forget_place(session, attempt.id, now=now)
        return Proven(ticket=new_ticket(session, found.id, needs_code=False, now=now))


def _opens(session: Session, account_id: int, typed: str, now: datetime) -> bool:
    """Whether it is a code of the app or one on paper, and use it up: of two at once one gets in."""
    factor = _factor_of(session, account_id)
    if factor is None:
        return True  # taken off between the two steps; the password was right
    step = step_of(factor.secret, typed, after=factor.last_step, now=now)
    if step is not None:
        used = update(SecondFactor).where(SecondFactor.id == factor.id, SecondFactor.last_step == factor.last_step)
        done = session.execute(
            used.values(last_step=step).returning(SecondFactor.id),
            execution_options=UNAUDITED,
        )
        return done.first() is not None
    of_code = (RecoveryCode.account_id == account_id) & (RecoveryCode.code_index == code_index(typed))
    paper = session.scalars(select(RecoveryCode).where(of_code)).one_or_none()
    if paper is None:
        return False
    unused = update(RecoveryCode).where(RecoveryCode.id == paper.id, RecoveryCode.used_at.is_(None))
    return audit.guarded(session, unused.values(used_at=now), paper, {"used_at": (None, now)})

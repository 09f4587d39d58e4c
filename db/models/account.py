"""Accounts, their revocable sign-ins, and the failures that lock them out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    BigId,
    Id,
    InSubdistrict,
    Line,
    Model,
    Short,
    Versioned,
    coded,
    encrypted,
    public,
    reference,
    stored_enum,
)
from db.terms import Language, Role


class Account(InSubdistrict, Versioned, Model):
    """Somebody who signs in. The role decides what, the community where."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("username"),
        CheckConstraint(
            "role IN ('subdistrict_admin', 'auditor', 'district_viewer') OR community_id IS NOT NULL",
            name="community_needed",
        ),
    )

    id: Mapped[Id]
    username: Mapped[str] = coded(60)
    """Lower case, unique in the whole database."""
    name: Mapped[Short] = public()
    """Shown to colleagues; a working name, not a resident's personal data."""
    role: Mapped[Role] = stored_enum(Role)
    community_id: Mapped[int | None] = reference("community.id", nullable=True)
    password_hash: Mapped[str] = coded(80, secret=True)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None]
    sees_restricted: Mapped[bool] = mapped_column(default=False)
    """Named staff of restricted programmes."""
    language: Mapped[Language] = stored_enum(Language, default=Language.CHINESE)
    created_at: Mapped[datetime]


class AuthSession(Model):
    """A sign-in on one device; the cookie holds a random token, this row only its hash."""

    __tablename__ = "auth_session"
    __audit__ = False  # A row per sign-in and a touch per minute would drown the log; sign-in is audited itself.

    id: Mapped[Id]
    token_hash: Mapped[str] = coded(64, unique=True)
    account_id: Mapped[int] = reference("account.id")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    device: Mapped[Line] = coded(default="")
    mark_hash: Mapped[str] = coded(64, default="")
    """Hash of the mark that the browser keeps beyond the sign-in: strangers' wrong tries do not slow its owner down.
    Empty for a browser that is not known any more."""
    inside: Mapped[bool | None]
    """Whether it came from the own network; the address itself is kept nowhere."""


class SignInTicket(Model):
    """Carries a proven sign-in from the websocket to the route that may set an HttpOnly cookie; lives a minute."""

    __tablename__ = "sign_in_ticket"
    __audit__ = False

    id: Mapped[Id]
    ticket_hash: Mapped[str] = coded(64, unique=True)
    account_id: Mapped[int] = reference("account.id")
    expires_at: Mapped[datetime]
    needs_code: Mapped[bool] = mapped_column(default=False)
    """The password was right, and the code of the second factor is still to come: it opens nothing."""


class SecondFactor(Model):
    """An authenticator app that somebody signs in with beside the password (RFC 6238)."""

    __tablename__ = "second_factor"
    __table_args__ = (UniqueConstraint("account_id"),)

    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=False)
    secret: Mapped[str] = encrypted()
    last_step: Mapped[int] = mapped_column(BigId)
    """The half minute of the last code: no code opens twice."""
    since: Mapped[datetime]


class RecoveryCode(Model):
    """One of the codes on paper for a lost phone; each opens once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "code_index"),)

    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=False)
    code_index: Mapped[str] = coded(32, secret=True)
    """Keyed hash."""
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignInFailure(Model):
    """One failed attempt; counted per account name and place, slowing down with number, decaying with age.

    Holds no plain name. The place is the address, or the mark of a browser that this account knows. Wrong codes of
    plain pages lie here too, what was tried and from where in one keyed hash (`db.actions.accounts.wrong_codes`).
    """

    __tablename__ = "sign_in_failure"
    __audit__ = False
    __table_args__ = (
        Index("ix_sign_in_failure_username", "username_index", "at"),
        Index("ix_sign_in_failure_address", "address_index", "at"),
    )

    id: Mapped[Id]
    username_index: Mapped[str] = coded(32)
    address_index: Mapped[str] = coded(32)
    at: Mapped[datetime]


class Draft(Model):
    """What somebody had typed on a page when the sign-in ended; given back once, to the same person on that page."""

    __tablename__ = "draft"
    __audit__ = False  # Nothing of it is true yet; it becomes a fact when it is submitted.
    __table_args__ = (UniqueConstraint("account_id", "page"),)

    id: Mapped[Id]
    account_id: Mapped[int] = reference("account.id", index=False)
    page: Mapped[str] = coded(64)
    """Hash of the page's address: what was looked for in a list can be a name."""
    typed: Mapped[str] = encrypted()
    """JSON of widget keys and values."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

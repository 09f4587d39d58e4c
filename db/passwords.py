"""Passwords, tokens and seals: what may be a password, its bcrypt hash, one-time passwords, what is kept of a token.

bcrypt itself never sees what it would refuse.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterable
from functools import cache
from typing import NewType

import bcrypt
from cryptography.exceptions import InvalidTag

from db.errors import BadInput, Problem, Refused
from db.models.types import encrypt_all, opened
from db.rules.accounts.guessable import is_guessable

PasswordHash = NewType("PasswordHash", str)
"""Only `hashed` makes one, so an action that asks for it cannot be given a password that breaks a rule."""

LEAST_CHARACTERS = 10
MOST_BYTES = 72
"""bcrypt ignores or refuses what lies beyond; 72 bytes are about 24 Chinese characters."""

# No letter that is mistaken for another one when it is read from paper or over the telephone.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


def check(password: str, *, username: str, names: Iterable[str] = (), field: str = "password") -> str:
    """The password without spaces at its ends; raises BadInput at `field` when it breaks a rule or is soon guessed.

    `names` are those known here, of the person and the places: `queries.accounts.own.known_names`.

    Spaces at the ends do not count because the sign-in form drops them.
    """
    password = password.strip()
    if not password:
        raise BadInput(field, Problem.EMPTY)
    if len(password.encode(errors="replace")) > MOST_BYTES:
        raise BadInput(field, Problem.TOO_MANY_BYTES, most=MOST_BYTES)
    if len(password) < LEAST_CHARACTERS:
        raise BadInput(field, Problem.TOO_SHORT, least=LEAST_CHARACTERS)
    if "\0" in password:
        raise BadInput(field, Problem.WRONG)
    if password.casefold() == username.strip().casefold():
        raise Refused("password_is_username")
    if is_guessable(password, [username, *names]):
        raise BadInput(field, Problem.GUESSABLE)
    return password


def hashed(password: str, *, username: str, names: Iterable[str] = (), field: str = "password") -> PasswordHash:
    """The bcrypt hash, for the database; takes a fifth of a second, so never inside a transaction."""
    return _hash(check(password, username=username, names=names, field=field))


def matches(password: str, stored: str | None) -> bool:
    """Whether the password fits the hash; takes the same time without a hash, and never raises."""
    plain = password.strip().encode(errors="replace")
    # Too long a password cannot be anybody's; it still costs the same time.
    usable = len(plain) <= MOST_BYTES and b"\0" not in plain
    try:
        fits = bcrypt.checkpw(plain if usable else b"-", (stored or nobodys_hash()).encode())
    except ValueError:  # a hash that is none, for example after a hand-made repair of the database
        return False
    return fits and usable and stored is not None


@cache
def nobodys_hash() -> PasswordHash:
    """The hash of a password that nobody knows: names without an account are checked against it."""
    return _hash(secrets.token_urlsafe(32))


def one_time_password() -> str:
    """A password to read out once, for example `k7mw-2hxe-9rtc-vd4p`; 79 bits."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(4))


def digest(token: str) -> str:
    """What the database keeps of a token: a copied database lets nobody in."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _hash(password: str) -> PasswordHash:
    return PasswordHash(bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode())


def sealed(text: str) -> str:
    """A text that may be part of an address and that only processes with this secret key can read and make."""
    return base64.urlsafe_b64encode(encrypt_all([text])[0] or b"").decode().rstrip("=")


def unsealed(seal: str) -> str | None:
    """What was sealed; None for anything else."""
    try:
        return opened(base64.urlsafe_b64decode(seal + "=" * (-len(seal) % 4)))
    except (ValueError, InvalidTag):
        return None

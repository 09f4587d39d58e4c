"""Column types and mixins that every model shares: enums by value, encrypted text, scope, version."""

import hmac
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from db.settings import secret_key

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite only gives rowid speed and autoincrement to INTEGER; PostgreSQL needs room for a city.
BigId = BigInteger().with_variant(Integer, "sqlite")
Id = Annotated[int, mapped_column(BigId, primary_key=True)]


def reference(target: str, *, nullable: bool = False, index: bool = True, **options: Any) -> Any:
    """A foreign-key column to `table.id`, indexed unless a composite index starts with it."""
    return mapped_column(BigId, ForeignKey(target, **options), nullable=nullable, index=index)


def where_there(name: str, column: str, *more: str) -> Index:
    """An index over those rows alone that have a value in `column`; who asks for a value or joins on it is served."""
    there = text(f"{column} IS NOT NULL")
    return Index(name, column, *more, sqlite_where=there, postgresql_where=there)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment; always time-zone aware in Python, stored as UTC on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@cache
def _cipher() -> AESGCM:
    return AESGCM(hmac.digest(secret_key(), b"encrypt", "sha256"))


@cache
def _index_key() -> bytes:
    return hmac.digest(secret_key(), b"blind-index", "sha256")


def blind_index(value: str) -> str:
    """Keyed hash of a value (spaces ignored), for exact search in an encrypted column; 32 hex digits."""
    plain = "".join(value.split())
    return hmac.digest(_index_key(), plain.encode(), "sha256").hex()[:32]


class Encrypted(TypeDecorator[str]):
    """Text encrypted with AES-GCM and a random nonce; unreadable in a copied database file."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        nonce = secrets.token_bytes(12)
        return nonce + _cipher().encrypt(nonce, value.encode(), None)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return opened(bytes(value))


def opened(raw: bytes) -> str:
    """What `Encrypted` stored; raises InvalidTag when it was changed, cut short or written with another key."""
    try:
        return _cipher().decrypt(raw[:12], raw[12:], None).decode()
    except ValueError as short:
        raise InvalidTag from short


def encrypt_all(values: Iterable[str | None]) -> list[bytes | None]:
    """What `Encrypted` makes of many values, each under a random nonce of its own: the system is asked once for all."""
    texts = list(values)
    encrypt, nonces = _cipher().encrypt, secrets.token_bytes(12 * len(texts))
    parts = (nonces[at : at + 12] for at in range(0, len(nonces), 12))
    return [
        None if text is None else nonce + encrypt(nonce, text.encode(), None)
        for text, nonce in zip(texts, parts, strict=True)
    ]


def encrypted(*, nullable: bool = False, **options: Any) -> Any:
    """A column of personal data: encrypted at rest, masked in the audit log and in every query row."""
    return mapped_column(Encrypted, nullable=nullable, info={"personal": True}, **options)


class TextMark(StrEnum):
    """Whose words a column of clear text or of JSON holds; every such column has one, under `info["text"]`."""

    SAID = "said"
    PUBLIC = "public"
    CODED = "coded"


Size = int | JSON | None
"""The length of a text, or the JSON type of a list or a table of words; None leaves it to the annotation."""


def _text(mark: TextMark, size: Size, options: dict[str, Any], **facts: bool | str) -> Any:
    kind = () if size is None else (String(size) if isinstance(size, int) else size,)
    info = {"text": mark} | {name: fact for name, fact in facts.items() if fact}
    return mapped_column(*kind, info=info, **options)


def said(size: Size = None, *, secret: bool = False, kept: str = "", shown: str = "", **options: Any) -> Any:
    """What residents and helpers say, and what is said about one household or person; also lists and tables of it.

    The log keeps a keyed hash of it, erasure takes names and numbers out of it, pages cover numbers in it.
    `kept` is the reason why erasure does not reach the column, `shown` the reason why pages show it as it was typed.
    """
    return _text(TextMark.SAID, size, options, secret=secret, kept=kept, shown=shown)


def public(size: Size = None, *, secret: bool = False, **options: Any) -> Any:
    """Official wording, and the names of staff, offices, places and things: it stands in the log in clear."""
    return _text(TextMark.PUBLIC, size, options, secret=secret)


def copied(of: str, what: str = "name") -> Any:
    """What the account or member that column `of` refers to was called when the row was written.

    A signed paper prints it, so that a later renaming leaves the paper alone; `db.names` fills it.
    """
    return _text(TextMark.PUBLIC, 60, {"default": ""}, copies=of, what=what)


def coded(size: Size = None, *, secret: bool = False, **options: Any) -> Any:
    """Numbers, keys, hashes and words of machines; nobody writes a sentence into it, erasure leaves it alone."""
    return _text(TextMark.CODED, size, options, secret=secret)


def stored_enum(kind: type[StrEnum], *, length: int = 32, nullable: bool = False, **options: Any) -> Any:
    """An enum column stored by value with a CHECK, so that a wrong word cannot get in by any path."""
    return mapped_column(
        Enum(
            kind,
            native_enum=False,
            length=length,
            values_callable=lambda members: [m.value for m in members],
            create_constraint=True,
            name=kind.__name__.lower(),
        ),
        nullable=nullable,
        **options,
    )


class Model(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON}  # noqa: RUF012
    # Loading a relationship without asking for it is a hidden statement per row: refuse it everywhere.
    __mapper_args__: Any = {}  # noqa: RUF012


class Versioned:
    """Optimistic locking: a writer that read an older version is told, never overwrites."""

    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class InCommunity:
    """Rows that belong to one community; `reading()` and `writing()` add the actor's scope to every statement.

    No index of its own: a community is a twelfth of a table, and without statistics SQLite prefers such an index to
    the right one as soon as the scope stands in the statement. Tables that are listed by community have a composite
    index that begins with it.
    """

    @declared_attr
    def community_id(cls) -> Mapped[int]:
        return mapped_column(BigId, ForeignKey("community.id"), nullable=False)


class InSubdistrict:
    """Rows that belong to a whole subdistrict (dictionaries, teams' pool)."""

    @declared_attr
    def subdistrict_id(cls) -> Mapped[int]:
        return mapped_column(BigId, ForeignKey("subdistrict.id"), nullable=False, index=True)


class OwnedByAccount:
    """Rows that a volunteer or council member may see only when they are their own."""

    @declared_attr
    def account_id(cls) -> Mapped[int | None]:
        return mapped_column(BigId, ForeignKey("account.id"), nullable=True, index=True)


class Restricted:
    """Rows of restricted cases: only named staff see them (docs/domain.md 12.2, the single mothers' programme)."""

    restricted: Mapped[bool] = mapped_column(nullable=False, default=False)


Line = Annotated[str, mapped_column(String(200))]
Short = Annotated[str, mapped_column(String(60))]
Now = Callable[[], datetime]

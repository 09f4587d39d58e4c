"""Whose data: consents, sensitive facts in a table of their own, restricted programmes, doubled persons made one."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from db.models.types import (
    BigId,
    Id,
    InCommunity,
    Line,
    Model,
    Restricted,
    Short,
    Versioned,
    blind_index,
    coded,
    copied,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
    where_there,
)
from db.terms import ConsentScope, ConsentWay, DoubleKind, SensitiveKind


class Consent(InCommunity, Restricted, Versioned, Model):
    """同意: what for, since when, how it was given, and whether it was taken back. Never deleted."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN volunteer_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN member_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
        Index("ix_consent_person", "person_id", "scope"),
        Index("ix_consent_volunteer", "volunteer_id", "scope"),
        where_there("ix_consent_member", "member_id", "scope"),
    )

    id: Mapped[Id]
    person_id: Mapped[int | None] = reference("person.id", nullable=True, index=False)
    volunteer_id: Mapped[int | None] = reference("volunteer.id", nullable=True, index=False)
    member_id: Mapped[int | None] = reference("member.id", nullable=True, index=False)
    scope: Mapped[ConsentScope] = stored_enum(ConsentScope, info={"secret": True})
    """Not in the log: a consent to a restricted programme says who is in one."""
    given_on: Mapped[date]
    way: Mapped[ConsentWay] = stored_enum(ConsentWay)
    witness: Mapped[Short] = public(default="")
    """Who heard it, when it was spoken; a colleague's working name."""
    told: Mapped[Line] = said(secret=True, shown="what the staff explained, read by whoever keeps the consent")
    """What the person was told about necessity and impact (PIPL art. 30)."""
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[Line] = said(default="", secret=True)
    recorded_by: Mapped[int] = reference("account.id")
    recorded_name: Mapped[Short] = copied("recorded_by")
    recorded_at: Mapped[datetime]


class SensitiveFact(InCommunity, Restricted, Versioned, Model):
    """敏感信息: its class and its words are both encrypted, because the class alone says it all."""

    __tablename__ = "sensitive_fact"
    __table_args__ = (Index("ix_sensitive_fact_person", "person_id", "erased_at"),)

    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id", index=False)
    kind: Mapped[str] = encrypted()
    """A `SensitiveKind` value."""
    kind_index: Mapped[str] = coded(32, index=True, secret=True)
    """Blind index of the class within the community, to count it."""
    words: Mapped[str] = encrypted()
    purpose: Mapped[str] = encrypted()
    """Why it is kept; tells of the class, so no list and no log shows it."""
    consent_id: Mapped[int | None] = reference("consent.id", nullable=True)
    """Empty when a law is the ground; `legal_ground` then names it."""
    legal_ground: Mapped[str] = encrypted(default="")
    keep_until: Mapped[date]
    recorded_by: Mapped[int] = reference("account.id")
    recorded_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    @staticmethod
    def index_of(community_id: int, kind: SensitiveKind) -> str:
        """Blind index of a class within a community: to count it without opening a single row."""
        return blind_index(f"{community_id}|{kind.value}")


class InProgramme:
    """Rows of a restricted programme: only its named staff reach them (`db.scope`)."""

    @declared_attr
    def programme_id(cls) -> Mapped[int]:
        return reference("programme.id", index=False)  # type: ignore[no-any-return]


class Programme(InCommunity, Versioned, Model):
    """专项帮扶: everybody else sees the alias and counts of five or more, never the name."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("community_id", "alias"),)

    id: Mapped[Id]
    alias: Mapped[Short] = public()
    name: Mapped[str] = encrypted()
    purpose: Mapped[str] = encrypted()
    keep_until: Mapped[date]
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ProgrammeStaff(InCommunity, Model):
    """专人: a named colleague of one programme."""

    __tablename__ = "programme_staff"
    __table_args__ = (UniqueConstraint("programme_id", "account_id"),)

    id: Mapped[Id]
    programme_id: Mapped[int] = reference("programme.id", index=False)
    account_id: Mapped[int] = reference("account.id")
    named_at: Mapped[datetime]
    until: Mapped[datetime | None]


class ProgrammeMember(InCommunity, InProgramme, Versioned, Model):
    """Somebody in the programme, under an alias of their own."""

    __tablename__ = "programme_member"
    __table_args__ = (UniqueConstraint("programme_id", "person_id"), UniqueConstraint("programme_id", "alias"))

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True, info={"secret": True})
    """Neither in the log: whoever reads it must not learn who is in the programme."""
    alias: Mapped[Short] = said(
        kept="stands for a name and is none", shown="stands for a name before the staff of the programme alone"
    )
    wish: Mapped[str] = encrypted()
    consent_id: Mapped[int] = mapped_column(BigId, ForeignKey("consent.id"), index=True, info={"secret": True})
    joined_on: Mapped[date]
    left_on: Mapped[date | None]


class PersonMerge(InCommunity, Restricted, Versioned, Model):
    """Two records of one person made one; `moved` says what to give back when it is undone."""

    __tablename__ = "person_merge"

    id: Mapped[Id]
    kept_id: Mapped[int] = reference("person.id")
    other_id: Mapped[int] = reference("person.id")
    moved: Mapped[dict[str, Any]] = coded(secret=True)
    """Table name → ids of the rows that were the other's; no personal data."""
    merged_by: Mapped[int] = reference("account.id")
    merged_at: Mapped[datetime]
    undone_by: Mapped[int | None] = reference("account.id", nullable=True)
    undone_at: Mapped[datetime | None]


class DifferentPair(InCommunity, Model):
    """Two records that look like one and are not: decided once, for good or until somebody takes it back."""

    __tablename__ = "different_pair"
    __table_args__ = (
        UniqueConstraint("kind", "first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="in_order"),
        Index("ix_different_pair_second", "kind", "second_id"),
    )

    id: Mapped[Id]
    kind: Mapped[DoubleKind] = stored_enum(DoubleKind)
    first_id: Mapped[int] = mapped_column(BigId)
    """Ids of two rows of one table, which the kind names; no reference, so that one table serves all kinds."""
    second_id: Mapped[int] = mapped_column(BigId)
    decided_by: Mapped[int] = reference("account.id")
    decided_at: Mapped[datetime]


class Erasure(InCommunity, Model):
    """删除: who asked, when, what was wiped; the counts that the records were part of stay true."""

    __tablename__ = "erasure"

    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    reason: Mapped[Line] = public()
    """It stands in the log in clear, as every reason for a look does: the form asks for no name in it."""
    wiped: Mapped[dict[str, Any]] = coded()
    """Table name → how many rows lost their personal columns."""
    done_by: Mapped[int] = reference("account.id")
    done_at: Mapped[datetime]

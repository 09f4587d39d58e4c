"""党支部与党员名册: who is a member where, from which day until which; kept for the count of any day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    OwnedByAccount,
    Short,
    Versioned,
    coded,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
    where_there,
)
from db.terms import BranchKind, MemberChange, MemberKind, MemberLeave


class Branch(InCommunity, Versioned, Model):
    """党支部 of a community; closed, never deleted."""

    __tablename__ = "branch"
    __table_args__ = (UniqueConstraint("community_id", "name"),)

    id: Mapped[Id]
    name: Mapped[Short] = public()
    kind: Mapped[BranchKind] = stored_enum(BranchKind)
    secretary_id: Mapped[int | None] = reference("account.id", nullable=True)
    """Account of the branch's secretary; empty while it has none."""
    since: Mapped[date]
    closed_on: Mapped[date | None]
    """Last day; empty while it is open."""


class Member(InCommunity, OwnedByAccount, Versioned, Model):
    """党员. Where they stand today; `MemberStay` says where on any day."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        CheckConstraint("full_on IS NULL OR full_on >= joined_on", name="full_after_joined"),
        Index("ix_member_listed", "community_id", "id"),
        where_there("ix_member_offered", "offered_branch_id"),
        where_there("ix_member_merged_into_id", "merged_into_id"),
    )

    id: Mapped[Id]
    number: Mapped[Short] = coded()
    name: Mapped[str] = encrypted()
    phone: Mapped[str | None] = encrypted(nullable=True)
    name_index: Mapped[str | None] = coded(32, index=True, secret=True)
    """Keyed hash of the whole name in one form, however it was typed."""
    sound_index: Mapped[str] = coded(200, secret=True, default="")
    """Keyed hashes of the whole name in pinyin and of its initials; a part of a name finds nobody."""
    phone_index: Mapped[str | None] = coded(32, index=True, secret=True)
    branch_id: Mapped[int] = reference("branch.id")
    kind: Mapped[MemberKind] = stored_enum(MemberKind)
    joined_on: Mapped[date]
    """The day on which they became a probationary member (入党日)."""
    full_on: Mapped[date | None]
    """The day on which they became a full member (转正日); empty while they are probationary."""
    birth_year: Mapped[str | None] = encrypted(nullable=True)
    """Four digits; leaves the house as an age band only."""
    unit_id: Mapped[int | None] = reference("unit.id", nullable=True)
    skills: Mapped[list[str]] = said(shown="a skill names work and no people")
    free_slots: Mapped[list[str]] = coded(default=list)
    """When they can come: "mon-am" … "sun-eve" (`db.rules.half_days`)."""
    person_id: Mapped[int | None] = reference("person.id", nullable=True)
    volunteer_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    keep_until: Mapped[date | None]
    """When the entry of somebody who left is to be looked at and wiped."""
    ended_on: Mapped[date | None]
    """Last day on the roll; empty while they stand on it."""
    ended_as: Mapped[MemberLeave | None] = stored_enum(MemberLeave, nullable=True)
    offered_branch_id: Mapped[int | None] = reference("branch.id", nullable=True, index=False)
    """The branch of another community that is to take them in; until it does they count here."""
    merged_into_id: Mapped[int | None] = reference("member.id", nullable=True, index=False)
    """The entry that this one leads to, when one member was entered twice."""
    erased_at: Mapped[datetime | None]


class MemberStay(InCommunity, Model):
    """In which branch a member stood from which day until which; the community of the branch keeps it."""

    __tablename__ = "member_stay"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="in_order"),
        Index("ix_member_stay_since", "community_id", "since"),
        Index("ix_member_stay_branch", "branch_id", "since"),
        Index("ix_member_stay_member", "member_id", "since"),
        Index(
            "uq_member_stay_open",
            "member_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[Id]
    member_id: Mapped[int] = reference("member.id", index=False)
    branch_id: Mapped[int] = reference("branch.id", index=False)
    since: Mapped[date]
    until: Mapped[date | None]
    """Last day; empty while they stand there."""


class MemberEvent(InCommunity, Model):
    """What happened to an entry of the roll, and by whom; names and telephones as they were and as they are."""

    __tablename__ = "member_event"
    __table_args__ = (Index("ix_member_event_member", "member_id", "id"),)

    id: Mapped[Id]
    member_id: Mapped[int] = reference("member.id", index=False)
    kind: Mapped[MemberChange] = stored_enum(MemberChange)
    on: Mapped[date]
    """The day from which it holds, which may be before the day on which it was entered."""
    before: Mapped[str | None] = encrypted(nullable=True)
    after: Mapped[str | None] = encrypted(nullable=True)
    reason: Mapped[Line] = said(default="", kept="about a member, not a resident")
    at: Mapped[datetime]
    by: Mapped[int] = reference("account.id")

"""Who holds an activity, its sessions, who signed up and came, who helps, and what was said with consent."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    OwnedByAccount,
    Restricted,
    Short,
    Versioned,
    coded,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import HostPart, SeatState, SignUpWay


class ActivityHost(InCommunity, Model):
    """主办、协办: a unit that holds the activity with the community."""

    __tablename__ = "activity_host"
    __table_args__ = (UniqueConstraint("activity_id", "unit_id"),)

    id: Mapped[Id]
    activity_id: Mapped[int] = reference("activity.id", index=False)
    unit_id: Mapped[int] = reference("unit.id")
    part: Mapped[HostPart] = stored_enum(HostPart)


class ActivitySession(InCommunity, Versioned, Model):
    """场次: from one moment to another, with its modules. One over midnight belongs to the day on which it starts."""

    __tablename__ = "activity_session"
    __table_args__ = (
        UniqueConstraint("activity_id", "starts_at"),
        Index("ix_activity_session_day", "community_id", "on", "id"),
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint("heads >= 0 AND children BETWEEN 0 AND heads", name="heads"),
    )

    id: Mapped[Id]
    activity_id: Mapped[int] = reference("activity.id", index=False)
    on: Mapped[date]
    """The Chinese day on which it starts."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[Short] = public(default="")
    speaker: Mapped[Short] = public(default="")
    """Who speaks or teaches, as the notice names them."""
    modules: Mapped[list[str]] = public(default=list)
    heads: Mapped[int] = mapped_column(default=0)
    """How many came without being named, children among them."""
    children: Mapped[int] = mapped_column(default=0)
    """How many of them were under fourteen."""
    taken_at: Mapped[datetime | None]
    """When it was written down who came."""


class ActivityParticipant(InCommunity, Restricted, Versioned, Model):
    """报名的人: of the registry or by a name alone. A sensitive group's names are for named staff only."""

    __tablename__ = "activity_participant"
    __table_args__ = (
        Index("ix_activity_participant_state", "activity_id", "state", "id"),
        CheckConstraint("children BETWEEN 0 AND 10", name="children"),
    )

    id: Mapped[Id]
    activity_id: Mapped[int] = reference("activity.id", index=False)
    name: Mapped[str | None] = encrypted(nullable=True)
    """Empty after a guardian took the consent back: the child is counted then, and nobody."""
    name_index: Mapped[str | None] = coded(32, secret=True)
    phone: Mapped[str | None] = encrypted(nullable=True)
    phone_index: Mapped[str | None] = coded(32, secret=True)
    person_id: Mapped[int | None] = reference("person.id", nullable=True)
    volunteer_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    children: Mapped[int] = mapped_column(default=0)
    """Children under fourteen who come along: places, no names."""
    under_14: Mapped[bool] = mapped_column(default=False)
    guardian: Mapped[str | None] = encrypted(nullable=True)
    """Who consented that the child is named; without it a child is a head count."""
    guardian_on: Mapped[date | None]
    state: Mapped[SeatState] = stored_enum(SeatState)
    way: Mapped[SignUpWay] = stored_enum(SignUpWay)
    receipt: Mapped[str] = coded(16, unique=True, secret=True)
    """With which somebody without an account looks up and cancels the own sign-up."""
    request_key: Mapped[str | None] = coded(64, unique=True)
    signed_at: Mapped[datetime]
    signed_by: Mapped[int | None] = reference("account.id", nullable=True)
    """Empty for who signed up on the plain page."""
    moved_up_at: Mapped[datetime | None]
    """When a free place came to somebody who waited."""
    ended_at: Mapped[datetime | None]
    to_tell: Mapped[bool] = mapped_column(default=False)
    """Something changed that they do not know yet."""


class ActivityPresence(InCommunity, Model):
    """到会: a named person in a session."""

    __tablename__ = "activity_presence"
    __table_args__ = (UniqueConstraint("session_id", "participant_id"),)

    id: Mapped[Id]
    session_id: Mapped[int] = reference("activity_session.id", index=False)
    participant_id: Mapped[int] = reference("activity_participant.id")


class ActivityHelper(InCommunity, OwnedByAccount, Model):
    """A volunteer who was named beforehand to run an activity: only who stands here gets hours."""

    __tablename__ = "activity_helper"
    __table_args__ = (UniqueConstraint("activity_id", "volunteer_id"),)

    id: Mapped[Id]
    activity_id: Mapped[int] = reference("activity.id", index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id")
    task: Mapped[Line] = public(default="")
    named_at: Mapped[datetime]
    named_by: Mapped[int] = reference("account.id")
    left_at: Mapped[datetime | None]
    to_tell: Mapped[bool] = mapped_column(default=False)
    """The day changed or the activity is off, and nobody has told them yet."""


class ActivityQuote(InCommunity, Model):
    """引用原话: what somebody said, shown for as long as the consent holds."""

    __tablename__ = "activity_quote"

    id: Mapped[Id]
    activity_id: Mapped[int] = reference("activity.id")
    words: Mapped[Line] = said(shown="said to be told, with a recorded consent")
    called: Mapped[Short] = said(default="", shown="how the speaker wants to be called")
    """The name is not needed: 一位 71 岁的学员."""
    consent_id: Mapped[int] = reference("consent.id")
    added_by: Mapped[int] = reference("account.id")
    added_at: Mapped[datetime]

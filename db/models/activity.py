"""活动: what is held or served on a day, of a project or on its own, and what it brought."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

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
)
from db.terms import ActivityKind, ActivityState


class Activity(InCommunity, Versioned, Model):
    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_day", "community_id", "on"),
        CheckConstraint("needed >= 1", name="needed"),
        CheckConstraint("places IS NULL OR places BETWEEN 1 AND 5000", name="places"),
        CheckConstraint("filled >= 0 AND (places IS NULL OR filled <= places)", name="filled"),
        CheckConstraint("satisfied BETWEEN 0 AND asked", name="satisfaction"),
    )

    id: Mapped[Id]
    kind: Mapped[ActivityKind] = stored_enum(ActivityKind, default=ActivityKind.SERVICE)
    project_id: Mapped[int | None] = reference("project.id", nullable=True)
    """The project whose plan it is part of; a salon or a market day may stand on its own."""
    title: Mapped[Line] = public()
    on: Mapped[date]
    place: Mapped[Line] = public()
    needed: Mapped[int]
    """People needed to run it."""
    began_at: Mapped[datetime | None]
    """When it really began, so that it is seen what happened at the same time; empty when only the day is known."""
    state: Mapped[ActivityState] = stored_enum(ActivityState, default=ActivityState.PLANNED)
    served: Mapped[int] = mapped_column(default=0)
    """受益人次."""
    report: Mapped[str] = public(500, default="")
    reported_at: Mapped[datetime | None]
    reported_by: Mapped[int | None] = reference("account.id", nullable=True)
    place_id: Mapped[int | None] = reference("place.id", nullable=True)
    lead_id: Mapped[int | None] = reference("account.id", nullable=True)
    """Who answers for it; a team leader runs the own ones."""
    target: Mapped[Line] = public(default="")
    """对象: for whom it is."""
    weather_plan: Mapped[Line] = public(default="")
    safety_person: Mapped[Short] = public(default="")
    """安全员, by the name at work."""
    cost_fen: Mapped[int] = mapped_column(default=0)
    places: Mapped[int | None]
    """How many can take part; empty without a limit."""
    filled: Mapped[int] = mapped_column(default=0)
    """Places taken; raised by one guarded UPDATE, so the last place is given once."""
    minors: Mapped[bool] = mapped_column(default=False)
    """Children under fourteen take part: counted, not named."""
    sensitive: Mapped[bool] = mapped_column(default=False)
    """Taking part tells something sensitive (a disability): names are for named staff, counts hide below five."""
    code: Mapped[str | None] = encrypted(nullable=True)
    code_index: Mapped[str | None] = coded(32, unique=True, secret=True)
    """The address under which people sign up without an account; empty while that is closed."""
    noticed_at: Mapped[datetime | None]
    """When the notice (活动通知) was made first."""
    moved_from: Mapped[date | None]
    moved_reason: Mapped[Line] = public(default="")
    asked: Mapped[int] = mapped_column(default=0)
    """How many were asked whether they were satisfied, and how many were."""
    satisfied: Mapped[int] = mapped_column(default=0)
    media: Mapped[Line] = public(default="")
    """媒体报道."""


class ServiceRecord(InCommunity, OwnedByAccount, Model):
    """志愿服务记录: one volunteer at one activity or in one slot, in steps of 30 minutes; corrected, never deleted."""

    __tablename__ = "service_record"
    __table_args__ = (
        UniqueConstraint("activity_id", "volunteer_id"),
        UniqueConstraint("slot_id", "volunteer_id"),
        Index("ix_service_record_day", "community_id", "on", "minutes", "volunteer_id", "activity_id"),
        # Whether somebody served in a period, from the index alone.
        Index("ix_service_record_volunteer", "volunteer_id", "on", "minutes", "community_id"),
        CheckConstraint("(activity_id IS NULL) <> (slot_id IS NULL)", name="one_source"),
        CheckConstraint("minutes BETWEEN 0 AND 720 AND minutes % 30 = 0", name="minutes"),
    )

    id: Mapped[Id]
    activity_id: Mapped[int | None] = reference("activity.id", nullable=True, index=False)
    slot_id: Mapped[int | None] = reference("slot.id", nullable=True, index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id", index=False)
    on: Mapped[date]
    minutes: Mapped[int]
    """What counts; 0 only after a correction that strikes the record out."""
    note: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    """Why the service was longer than eight hours, or what there is to say to hours that were in doubt."""
    first_minutes: Mapped[int | None]
    """What was recorded first; empty while nothing was corrected."""
    correction: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    """Why it was corrected."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = reference("account.id")
    agreed: Mapped[bool | None]
    """What the volunteer says to it; empty while nothing was said, which holds nothing up."""
    objection: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    agreed_at: Mapped[datetime | None]

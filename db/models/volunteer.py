"""志愿者、岗位: who may help, and who does."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
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
from db.terms import HoursDoubt, JoinMethod, PlacementState, VolunteerChange, VolunteerKind


class Volunteer(InCommunity, OwnedByAccount, Versioned, Model):
    """志愿者. Name and phone are not disclosed without consent (志愿服务条例 art. 20)."""

    __tablename__ = "volunteer"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_volunteer_newest", "community_id", "id"),
        Index("ix_volunteer_home", "place_id", "building"),
        CheckConstraint("birth_year BETWEEN 1900 AND 2100", name="birth_year"),
        CheckConstraint("(paused_from IS NULL) = (paused_until IS NULL)", name="pause"),
        CheckConstraint("paused_until >= paused_from", name="pause_days"),
    )

    id: Mapped[Id]
    number: Mapped[Short] = coded()
    name: Mapped[str] = encrypted()
    phone: Mapped[str | None] = encrypted(nullable=True)
    kind: Mapped[VolunteerKind] = stored_enum(VolunteerKind)
    skills: Mapped[list[str]] = said(kept="a skill names work and no people")
    free_times: Mapped[Line] = said(default="", kept="about a volunteer, not a resident", shown="times of the week")
    free_slots: Mapped[list[str]] = coded(default=list)
    """When they can come, for dispatch: "mon-am" … "sun-eve" (`db.rules.orders.dispatch`)."""
    place_id: Mapped[int | None] = reference("place.id", nullable=True, index=False)
    """Where they live, for the way to a door; the room is nobody's business."""
    building: Mapped[Short] = public(default="")
    since: Mapped[date]
    minutes: Mapped[int] = mapped_column(default=0)
    """Sum of confirmed service, in minutes."""
    ended_on: Mapped[date | None]
    """Last day; empty while they serve."""
    ended_reason: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    merged_into_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    """The entry that this one leads to, when one person was registered twice."""
    birth_year: Mapped[int | None]
    """Shown as an age band only; without one somebody counts as grown up."""
    interests: Mapped[list[str]] = coded(default=list)
    """意向领域, values of `db.terms.Interest`."""
    platform_number: Mapped[str | None] = encrypted(nullable=True)
    """注册平台编号 on the national platform."""
    contact_name: Mapped[str | None] = encrypted(nullable=True)
    """紧急联系人, as the volunteer calls them."""
    contact_phone: Mapped[str | None] = encrypted(nullable=True)
    fit: Mapped[bool | None]
    """健康状况是否适合, as they say themselves; empty when they say nothing. No illness is written down."""
    guardian: Mapped[str | None] = encrypted(nullable=True)
    guardian_phone: Mapped[str | None] = encrypted(nullable=True)
    guardian_agreed_on: Mapped[date | None]
    """监护人同意: without it nobody under eighteen is sent anywhere."""
    promised_on: Mapped[date | None]
    """志愿服务承诺, the day on which it was given."""
    paused_from: Mapped[date | None]
    paused_until: Mapped[date | None]
    """Last day of the pause: it ends by itself."""
    paused_reason: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")


class VolunteerEvent(InCommunity, OwnedByAccount, Model):
    """What happened to an entry of the registry, and by whom; names and telephones as they were and as they are."""

    __tablename__ = "volunteer_event"
    __table_args__ = (Index("ix_volunteer_event_volunteer", "volunteer_id", "id"),)

    id: Mapped[Id]
    volunteer_id: Mapped[int] = reference("volunteer.id", index=False)
    kind: Mapped[VolunteerChange] = stored_enum(VolunteerChange)
    before: Mapped[str | None] = encrypted(nullable=True)
    after: Mapped[str | None] = encrypted(nullable=True)
    reason: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    at: Mapped[datetime]
    by: Mapped[int] = reference("account.id")


class VolunteerMerge(InCommunity, Versioned, Model):
    """Two entries of one volunteer made one; `moved` says what to give back when it is undone."""

    __tablename__ = "volunteer_merge"

    id: Mapped[Id]
    kept_id: Mapped[int] = reference("volunteer.id")
    other_id: Mapped[int] = reference("volunteer.id")
    moved: Mapped[dict[str, Any]] = coded(secret=True)
    """Table name → ids of the rows that were the other's, and the names of the columns that were filled."""
    merged_by: Mapped[int] = reference("account.id")
    merged_at: Mapped[datetime]
    undone_by: Mapped[int | None] = reference("account.id", nullable=True)
    undone_at: Mapped[datetime | None]


class HoursClaim(InCommunity, OwnedByAccount, Versioned, Model):
    """待核时长: hours that can hardly be right count only when a second person says why they do."""

    __tablename__ = "hours_claim"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN slot_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_source",
        ),
        CheckConstraint("minutes BETWEEN 30 AND 720 AND minutes % 30 = 0", name="minutes"),
        CheckConstraint("settled_by IS NULL OR settled_by <> claimed_by", name="second_person"),
        Index("ix_hours_claim_volunteer", "volunteer_id", "on"),
        Index("ix_hours_claim_open", "community_id", "settled_at"),
    )

    id: Mapped[Id]
    volunteer_id: Mapped[int] = reference("volunteer.id", index=False)
    activity_id: Mapped[int | None] = reference("activity.id", nullable=True)
    order_id: Mapped[int | None] = reference("service_order.id", nullable=True)
    slot_id: Mapped[int | None] = reference("slot.id", nullable=True)
    on: Mapped[date]
    minutes: Mapped[int]
    doubt: Mapped[HoursDoubt] = stored_enum(HoursDoubt)
    named: Mapped[Line] = public(default="")
    """With what it does not go together: titles and numbers of other services, or a day."""
    reason: Mapped[Line] = said()
    """What whoever claims says to it."""
    claimed_by: Mapped[int] = reference("account.id")
    claimed_at: Mapped[datetime]
    settled_by: Mapped[int | None] = reference("account.id", nullable=True)
    settled_at: Mapped[datetime | None]
    counted: Mapped[bool | None]
    """What the second person decided; empty while nobody has, and when the service was taken back before."""
    word: Mapped[Line] = said(default="")
    """Why it counts, or why not."""


class Opening(InCommunity, Versioned, Model):
    """招募岗位 of a project or a squad. `filled` is raised by one guarded UPDATE, so the last place is given once."""

    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint("filled >= 0 AND filled <= places", name="filled"),
        CheckConstraint("(project_id IS NULL) <> (squad_id IS NULL)", name="one_owner"),
    )

    id: Mapped[Id]
    project_id: Mapped[int | None] = reference("project.id", nullable=True)
    squad_id: Mapped[int | None] = reference("squad.id", nullable=True)
    title: Mapped[Short] = public()
    skill: Mapped[Short] = public(default="")
    task: Mapped[Line] = public(default="")
    places: Mapped[int]
    filled: Mapped[int] = mapped_column(default=0)
    closed: Mapped[bool] = mapped_column(default=False)


class Placement(InCommunity, OwnedByAccount, Versioned, Model):
    """A volunteer in an opening: how they came, what the leader said, when they left. Never deleted."""

    __tablename__ = "placement"
    __table_args__ = (
        Index("ix_placement_opening", "opening_id", "state"),
        Index(
            "uq_placement_active",
            "opening_id",
            "volunteer_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'accepted')"),
            postgresql_where=text("state IN ('waiting', 'accepted')"),
        ),
    )

    id: Mapped[Id]
    opening_id: Mapped[int] = reference("opening.id", index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id")
    method: Mapped[JoinMethod] = stored_enum(JoinMethod)
    recommended_by: Mapped[Short] = said(default="", kept="about a volunteer, not a resident")
    state: Mapped[PlacementState] = stored_enum(PlacementState)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    word: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    """What the leader said when accepting or declining."""
    left_at: Mapped[datetime | None]
    left_reason: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    replaced_by_id: Mapped[int | None] = reference("placement.id", nullable=True)

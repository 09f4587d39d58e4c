"""志愿者、队伍、岗位: who may help, and who does."""

from datetime import date, datetime

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
from db.terms import JoinMethod, PlacementState, TeamTheme, VolunteerKind


class Volunteer(InCommunity, OwnedByAccount, Versioned, Model):
    """志愿者. Name and phone are not disclosed without consent (志愿服务条例 art. 20)."""

    __tablename__ = "volunteer"
    __table_args__ = (UniqueConstraint("community_id", "number"),)

    id: Mapped[Id]
    number: Mapped[Short] = coded()
    name: Mapped[str] = encrypted()
    phone: Mapped[str | None] = encrypted(nullable=True)
    kind: Mapped[VolunteerKind] = stored_enum(VolunteerKind)
    skills: Mapped[list[str]] = said(kept="a skill names work and no people")
    free_times: Mapped[Line] = said(default="", kept="about a volunteer, not a resident", shown="times of the week")
    free_slots: Mapped[list[str]] = coded(default=list)
    """When they can come, for dispatch: "mon-am" … "sun-eve" (`db.rules.orders.dispatch`)."""
    place_id: Mapped[int | None] = reference("place.id", nullable=True)
    """Where they live, for the way to a door; the room is nobody's business."""
    building: Mapped[Short] = public(default="")
    since: Mapped[date]
    minutes: Mapped[int] = mapped_column(default=0)
    """Sum of confirmed service, in minutes."""


class Squad(InCommunity, Model):
    """志愿服务队: a standing team with a theme, from which projects draw people."""

    __tablename__ = "squad"
    __table_args__ = (UniqueConstraint("community_id", "name"),)

    id: Mapped[Id]
    name: Mapped[Short] = public()
    theme: Mapped[TeamTheme] = stored_enum(TeamTheme)
    founded_on: Mapped[date]


class SquadMember(InCommunity, Model):
    __tablename__ = "squad_member"
    __table_args__ = (UniqueConstraint("squad_id", "volunteer_id"),)

    id: Mapped[Id]
    squad_id: Mapped[int] = reference("squad.id", index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id")


class Opening(InCommunity, Versioned, Model):
    """招募岗位 of a project. `filled` is raised by one guarded UPDATE, so the last place is given once."""

    __tablename__ = "opening"
    __table_args__ = (
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint("filled >= 0 AND filled <= places", name="filled"),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id")
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

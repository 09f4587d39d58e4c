"""排班: a rota has posts, a post has dated slots, a slot has places that volunteers take."""

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
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import RotaState, TurnState


class Rota(InCommunity, Versioned, Model):
    """A plan of slots for one purpose and place, such as the travel rush at the station."""

    __tablename__ = "rota"
    __table_args__ = (
        Index("ix_rota_state", "community_id", "state", "id"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("give_back_hours BETWEEN 0 AND 720", name="give_back"),
    )

    id: Mapped[Id]
    title: Mapped[Short] = public()
    place: Mapped[Line] = public()
    call: Mapped[str] = public(500, default="")
    """招募启事: what volunteers are asked for."""
    state: Mapped[RotaState] = stored_enum(RotaState, default=RotaState.DRAFT)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    give_back_hours: Mapped[int] = mapped_column(default=24)
    """Until how many hours before its start a turn can be given back by the volunteer alone."""
    squad_id: Mapped[int | None] = reference("squad.id", nullable=True)
    project_id: Mapped[int | None] = reference("project.id", nullable=True)
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]


class RotaPost(InCommunity, Versioned, Model):
    """点位 of a rota: what is done there, and what one must be able to do."""

    __tablename__ = "rota_post"
    __table_args__ = (UniqueConstraint("rota_id", "name"),)

    id: Mapped[Id]
    rota_id: Mapped[int] = reference("rota.id", index=False)
    name: Mapped[Short] = public()
    task: Mapped[Line] = public(default="")
    skill: Mapped[Short] = public(default="")
    position: Mapped[int] = mapped_column(default=0)


class Slot(InCommunity, Versioned, Model):
    """班次: one post from one moment to another; `filled` is raised by one guarded UPDATE, so the last place is given
    once. A slot over midnight belongs to the day on which it starts."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("post_id", "starts_at"),
        Index("ix_slot_day", "community_id", "on", "id"),
        Index("ix_slot_rota", "rota_id", "on"),
        CheckConstraint("places BETWEEN 1 AND 100", name="places"),
        CheckConstraint("filled >= 0 AND filled <= places", name="filled"),
        CheckConstraint("ends_at > starts_at", name="times"),
    )

    id: Mapped[Id]
    rota_id: Mapped[int] = reference("rota.id", index=False)
    post_id: Mapped[int] = reference("rota_post.id", index=False)
    on: Mapped[date]
    """The Chinese day on which it starts."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    places: Mapped[int]
    filled: Mapped[int] = mapped_column(default=0)
    called_off_at: Mapped[datetime | None]
    called_off_reason: Mapped[Line] = public(default="")


class Turn(InCommunity, OwnedByAccount, Versioned, Model):
    """A volunteer in a slot: how it came, and what became of it. Never deleted."""

    __tablename__ = "turn"
    __table_args__ = (
        Index("ix_turn_slot", "slot_id", "state"),
        Index("ix_turn_volunteer", "volunteer_id", "state"),
        Index(
            "uq_turn_held",
            "slot_id",
            "volunteer_id",
            unique=True,
            sqlite_where=text("state IN ('taken', 'served', 'missed')"),
            postgresql_where=text("state IN ('taken', 'served', 'missed')"),
        ),
    )

    id: Mapped[Id]
    slot_id: Mapped[int] = reference("slot.id", index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id", index=False)
    state: Mapped[TurnState] = stored_enum(TurnState, default=TurnState.TAKEN)
    taken_at: Mapped[datetime]
    taken_by: Mapped[int] = reference("account.id")
    """The volunteer, or who entered it for the volunteer."""
    ended_at: Mapped[datetime | None]
    """When the place was given up."""
    reason: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    follows_id: Mapped[int | None] = reference("turn.id", nullable=True)
    """The turn whose place this one took, by replacement or swap."""

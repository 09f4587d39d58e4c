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
    coded,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import DaysOff, RotaState, SwapState, TurnNews, TurnState


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
    place_id: Mapped[int | None] = reference("place.id", nullable=True)
    """The estate or street in which it is, so that those who live there are asked first."""
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


class SlotTemplate(InCommunity, Model):
    """班次模板: the days and shifts of a post, from which slots are laid and, when the rota lasts longer, laid on."""

    __tablename__ = "slot_template"
    __table_args__ = (
        CheckConstraint("until >= starts_on", name="dates"),
        CheckConstraint("places BETWEEN 1 AND 100", name="places"),
    )

    id: Mapped[Id]
    rota_id: Mapped[int] = reference("rota.id")
    post_id: Mapped[int] = reference("rota_post.id")
    rule: Mapped[str] = coded(200, default="")
    """The days as an RRULE of RFC 5545 without its beginning; empty for the one day `starts_on`."""
    starts_on: Mapped[date]
    until: Mapped[date]
    days_off: Mapped[DaysOff] = stored_enum(DaysOff, default=DaysOff.ALSO)
    shifts: Mapped[list[str]] = coded(default=list)
    """"07:00-09:00"; one that ends no later than it begins runs over midnight."""
    places: Mapped[int]
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]


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
    template_id: Mapped[int | None] = reference("slot_template.id", nullable=True)
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
    news: Mapped[TurnNews | None] = stored_enum(TurnNews, nullable=True)
    """What the volunteer must be told; empty when nothing changed without them."""
    told_at: Mapped[datetime | None]
    told_by: Mapped[int | None] = reference("account.id", nullable=True)


class TurnSwap(InCommunity, Versioned, Model):
    """换班: somebody asks another for the turn of theirs, or offers the own turn to whoever takes it."""

    __tablename__ = "turn_swap"
    __table_args__ = (Index("ix_turn_swap_state", "community_id", "state"),)

    id: Mapped[Id]
    turn_id: Mapped[int] = reference("turn.id")
    """The turn that is given."""
    wanted_id: Mapped[int | None] = reference("turn.id", nullable=True)
    """The turn that is wanted for it; empty for an offer to everybody."""
    state: Mapped[SwapState] = stored_enum(SwapState, default=SwapState.ASKED)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

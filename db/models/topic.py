"""议题征集与审核, and what a passed item becomes beside a project: a task with an owner and a date."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Line, Model, Short, Versioned, coded, public, reference, said, stored_enum
from db.terms import (
    CorrectionField,
    CorrectionState,
    SpeakerSide,
    SpeakerState,
    TaskState,
    TopicGround,
    TopicSource,
    TopicState,
)


class Topic(InCommunity, Versioned, Model):
    """议题: proposed by a member in writing or handed down by the subdistrict; reviewed before it is called up."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("community_id", "number"), Index("ix_topic_state", "community_id", "state"))

    id: Mapped[Id]
    number: Mapped[Short] = coded()
    title: Mapped[Line] = public()
    source: Mapped[TopicSource] = stored_enum(TopicSource)
    member_id: Mapped[int | None] = reference("body_member.id", nullable=True)
    proposer: Mapped[Short] = public()
    """Who signs: the member's name, or the office of the subdistrict."""
    signed_at: Mapped[datetime | None]
    signed_on_paper: Mapped[bool] = mapped_column(default=False)
    category_id: Mapped[int | None] = reference("category.id", nullable=True)
    background: Mapped[str] = said(1000)
    scope: Mapped[Line] = public(default="")
    """涉及范围: estates, buildings, households, people."""
    proposal: Mapped[str] = public(1000)
    budget_yuan: Mapped[int | None]
    stakeholders: Mapped[Line] = public(default="")
    state: Mapped[TopicState] = stored_enum(TopicState, default=TopicState.SUBMITTED)
    ground: Mapped[TopicGround | None] = stored_enum(TopicGround, nullable=True)
    review_reason: Mapped[str] = public(500, default="")
    merged_into_id: Mapped[int | None] = reference("topic.id", nullable=True)
    referred_to: Mapped[Line] = public(default="")
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    reviewed_by: Mapped[int | None] = reference("account.id", nullable=True)
    reviewed_at: Mapped[datetime | None]


class SpeakerTurn(InCommunity, Versioned, Model):
    """发言: one member's turn on one item, from the queue to the end of the speech."""

    __tablename__ = "speaker_turn"
    __table_args__ = (Index("ix_speaker_turn_item", "item_id", "id"),)

    id: Mapped[Id]
    item_id: Mapped[int] = reference("agenda_item.id", index=False)
    member_id: Mapped[int] = reference("body_member.id")
    side: Mapped[SpeakerSide] = stored_enum(SpeakerSide)
    state: Mapped[SpeakerState] = stored_enum(SpeakerState, default=SpeakerState.WAITING)
    asked_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    extra_seconds: Mapped[int] = mapped_column(default=0)
    """What the chair granted beyond the house rule."""


class Task(InCommunity, Versioned, Model):
    """决议事项: what, by whom, until when."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_state", "community_id", "state", "due_on"),)

    id: Mapped[Id]
    item_id: Mapped[int] = reference("agenda_item.id")
    title: Mapped[Line] = public()
    owner: Mapped[Short] = public()
    owner_account_id: Mapped[int | None] = reference("account.id", nullable=True)
    due_on: Mapped[date]
    state: Mapped[TaskState] = stored_enum(TaskState, default=TaskState.OPEN)
    result: Mapped[str] = public(500, default="")
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    ended_by: Mapped[int | None] = reference("account.id", nullable=True)
    ended_at: Mapped[datetime | None]


class Correction(InCommunity, Versioned, Model):
    """更正: a clerical error of a record, asked by one person and confirmed by another; both texts stay."""

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_meeting", "meeting_id", "id"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=False)
    item_id: Mapped[int] = reference("agenda_item.id")
    field: Mapped[CorrectionField] = stored_enum(CorrectionField)
    target_id: Mapped[int | None]
    """Id of the point or of the hand count; empty when the field is of the item itself."""
    before: Mapped[str] = public(1000)
    after: Mapped[str] = public(1000)
    reason: Mapped[Line] = public()
    state: Mapped[CorrectionState] = stored_enum(CorrectionState, default=CorrectionState.ASKED)
    asked_by: Mapped[int] = reference("account.id")
    asked_at: Mapped[datetime]
    settled_by: Mapped[int | None] = reference("account.id", nullable=True)
    settled_at: Mapped[datetime | None]

"""议题征集与审核: matters that are proposed in writing, signed and reviewed before a meeting."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    Short,
    Versioned,
    coded,
    copied,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import (
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
    background: Mapped[str] = said(1000, kept="a record of a decision, which names no resident by rule")
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
    reviewed_name: Mapped[Short] = copied("reviewed_by")
    reviewed_at: Mapped[datetime | None]

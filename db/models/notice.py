"""公示 and 异议: nothing goes on while an objection is open."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    Short,
    Versioned,
    copied,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import NoticeState, ObjectionState


class Notice(InCommunity, Versioned, Model):
    """Public notice of one decided item, for a number of working days."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_state", "community_id", "state", "ends_on"),
        Index(
            "uq_notice_running",
            "item_id",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        CheckConstraint("working_days BETWEEN 1 AND 30", name="working_days"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = reference("agenda_item.id")
    title: Mapped[Line] = public()
    body: Mapped[str] = public(2000)
    posted_on: Mapped[date]
    working_days: Mapped[int]
    ends_on: Mapped[date]
    """Last day on which an objection is heard."""
    approximate: Mapped[bool] = mapped_column(default=False)
    """The holiday calendar did not know the year: weekends only, shown with a note."""
    where_posted: Mapped[Line] = public()
    objection_contact: Mapped[Line] = public()
    state: Mapped[NoticeState] = stored_enum(NoticeState, default=NoticeState.RUNNING)
    finished_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[Line] = public(default="")
    """Why it was taken down for its own faults; empty when a second vote took it down."""


class NoticeVersion(InCommunity, Model):
    """A notice as it hung until it was corrected; the notice itself holds the newest words."""

    __tablename__ = "notice_version"
    __table_args__ = (UniqueConstraint("notice_id", "number"),)

    id: Mapped[Id]
    notice_id: Mapped[int] = reference("notice.id", index=False)
    number: Mapped[int]
    title: Mapped[Line] = public()
    body: Mapped[str] = public(2000)
    where_posted: Mapped[Line] = public()
    objection_contact: Mapped[Line] = public()
    posted_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[Line] = public()
    """Why the next version took its place."""
    replaced_at: Mapped[datetime]
    replaced_by: Mapped[int] = reference("account.id")
    replaced_name: Mapped[Short] = copied("replaced_by")


class Objection(InCommunity, Versioned, Model):
    """异议: in a resident's own name, with an answer."""

    __tablename__ = "objection"
    __table_args__ = (Index("ix_objection_notice", "notice_id", "state"),)

    id: Mapped[Id]
    notice_id: Mapped[int] = reference("notice.id", index=False)
    objector: Mapped[str] = encrypted()
    contact: Mapped[str] = encrypted()
    matter: Mapped[str] = said(500)
    received_at: Mapped[datetime]
    received_by: Mapped[int] = reference("account.id")
    state: Mapped[ObjectionState] = stored_enum(ObjectionState, default=ObjectionState.OPEN)
    answer: Mapped[str] = said(500, default="")
    plan_before: Mapped[str] = public(1000, default="")
    plan_after: Mapped[str] = public(1000, default="")
    """修改方案: the plan until this objection and from it on; what was voted on stays in the item's motion."""
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[int | None] = reference("account.id", nullable=True)

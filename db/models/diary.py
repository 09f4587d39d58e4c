"""服务日志: what records tell, in words for the public, reviewed by a second person, followed to where it went."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    Short,
    Versioned,
    copied,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import DiaryHappening, DiarySource, DiaryState


class DiaryEntry(InCommunity, Versioned, Model):
    """One entry of the diary. Its life is `db.rules.results.diary`; the record that it tells of is one of four."""

    __tablename__ = "diary_entry"
    __table_args__ = (
        Index("ix_diary_entry_listed", "community_id", "state", "id"),
        CheckConstraint(
            "(CASE WHEN activity_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN keeping_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN project_id IS NULL THEN 0 ELSE 1 END)"
            " = 1",
            name="one_source",
        ),
        CheckConstraint("reviewed_by IS NULL OR reviewed_by <> written_by", name="second_person"),
    )

    id: Mapped[Id]
    source: Mapped[DiarySource] = stored_enum(DiarySource)
    activity_id: Mapped[int | None] = reference("activity.id", nullable=True)
    order_id: Mapped[int | None] = reference("service_order.id", nullable=True)
    keeping_id: Mapped[int | None] = reference("keeping.id", nullable=True)
    project_id: Mapped[int | None] = reference("project.id", nullable=True)
    title: Mapped[Line] = said()
    on: Mapped[date]
    body: Mapped[str] = said(2000)
    state: Mapped[DiaryState] = stored_enum(DiaryState, default=DiaryState.DRAFT)
    written_by: Mapped[int] = reference("account.id")
    """Who wrote the words as they stand: whoever changed them last."""
    written_name: Mapped[Short] = copied("written_by")
    written_at: Mapped[datetime]
    reviewed_by: Mapped[int | None] = reference("account.id", nullable=True)
    reviewed_name: Mapped[Short] = copied("reviewed_by")
    reviewed_at: Mapped[datetime | None]
    reason: Mapped[Line] = said(default="")
    """Why it was returned or withdrawn."""


class DiaryQuote(InCommunity, Model):
    """引用: the words themselves stay with the activity, so that they end for the diary when they end there."""

    __tablename__ = "diary_quote"
    __table_args__ = (UniqueConstraint("entry_id", "quote_id"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = reference("diary_entry.id", index=False)
    quote_id: Mapped[int] = reference("activity_quote.id")


class DiaryOutlet(InCommunity, Versioned, Model):
    """去向: where an entry was published and when, so that people can take it down there."""

    __tablename__ = "diary_outlet"
    __table_args__ = (
        Index("ix_diary_outlet_entry", "entry_id", "id"),
        CheckConstraint("down_on IS NULL OR down_on >= went_on", name="days"),
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = reference("diary_entry.id", index=False)
    outlet: Mapped[Line] = public()
    went_on: Mapped[date]
    taken_by: Mapped[int] = reference("account.id")
    taken_at: Mapped[datetime]
    down_on: Mapped[date | None]
    down_by: Mapped[int | None] = reference("account.id", nullable=True)


class DiaryStep(InCommunity, Model):
    """What happened to an entry, by whom, with what word."""

    __tablename__ = "diary_step"
    __table_args__ = (Index("ix_diary_step_entry", "entry_id", "id"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = reference("diary_entry.id", index=False)
    kind: Mapped[DiaryHappening] = stored_enum(DiaryHappening)
    word: Mapped[Line] = said(default="", kept="about an entry, not a resident")
    at: Mapped[datetime]
    by: Mapped[int] = reference("account.id")
    by_name: Mapped[Short] = copied("by")

"""需求: what a resident asked for, in the resident's words, and everything that happened to it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    Restricted,
    Short,
    Versioned,
    coded,
    copied,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
    where_there,
)
from db.terms import NeedSource, NeedStage, Reach, Urgency


class Need(InCommunity, Restricted, Versioned, Model):
    """One household's voice. Merged needs keep their own row, words and asker; only the lead need goes on."""

    __tablename__ = "need"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_need_stage", "community_id", "stage", "id"),
        Index("ix_need_week", "community_id", "week", "id"),
        Index("ix_need_category", "community_id", "category_id", "id"),
        Index("ix_need_worker", "worker_id", "id"),
        Index("ix_need_newest", "community_id", "id"),
        Index("ix_need_logged", "community_id", "logged_at"),
        Index("ix_need_place", "place_id", "id"),
        Index("ix_need_urgency", "community_id", "urgency", "id"),
        # How long needs wait at a stage is read from this index alone, oldest first.
        Index("ix_need_waiting", "community_id", "stage", "stage_since", "restricted"),
        # Hardly any need has these, and a file of fifty thousand none: only the rows that do are kept in order.
        where_there("ix_need_visit_id", "visit_id"),
        where_there("ix_need_merged_into_id", "merged_into_id"),
        CheckConstraint("people >= 1 AND people <= 100000", name="people"),
        CheckConstraint("(stage = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
    )

    id: Mapped[Id]
    number: Mapped[str] = coded(24)
    """CL-2026-0031: community, year, running number."""
    title: Mapped[Short] = said(shown="a heading in every list")
    """First words of the description, or what the worker calls it."""
    description: Mapped[str] = said(1000)
    category_id: Mapped[int] = reference("category.id", index=False)
    place_id: Mapped[int] = reference("place.id", index=False)
    building: Mapped[Short] = public(default="")
    urgency: Mapped[Urgency] = stored_enum(Urgency, default=Urgency.NORMAL)
    source: Mapped[NeedSource] = stored_enum(NeedSource)
    reach: Mapped[Reach] = stored_enum(Reach)
    people: Mapped[int]
    """People it touches, by the worker's estimate."""
    special_group: Mapped[bool] = mapped_column(default=False)
    household_id: Mapped[int | None] = reference("household.id", nullable=True)
    """Who asked; empty only for an anonymous voice, which counts as one household."""
    asker_name: Mapped[str | None] = encrypted(nullable=True)
    asker_phone: Mapped[str | None] = encrypted(nullable=True)
    visit_id: Mapped[int | None] = reference("visit.id", nullable=True, index=False)
    worker_id: Mapped[int] = reference("account.id", index=False)
    logged_at: Mapped[datetime]
    week: Mapped[date]
    """Monday of the week whose register it belongs to."""
    stage: Mapped[NeedStage] = stored_enum(NeedStage, default=NeedStage.LOGGED)
    stage_since: Mapped[datetime]
    changed_after_sign_off: Mapped[bool] = mapped_column(default=False)
    merged_into_id: Mapped[int | None] = reference("need.id", nullable=True, index=False)
    voices: Mapped[int] = mapped_column(default=1)
    """Distinct households that ask for it, itself and what was merged into it (需求量)."""
    due_on: Mapped[date | None]
    pinyin: Mapped[str] = said(2000, default="")
    initials: Mapped[str] = said(400, default="")


class ThreadEntry(InCommunity, Model):
    """One line of a life: what happened, who did it, in a code with values that the screen turns into words."""

    __tablename__ = "thread_entry"
    __audit__ = False  # It is itself a log; the facts behind it are audited in their own tables.
    __table_args__ = (
        Index("ix_thread_entry_need", "need_id", "id"),
        where_there("ix_thread_entry_project", "project_id", "id"),
        CheckConstraint("need_id IS NOT NULL OR project_id IS NOT NULL", name="subject"),
    )

    id: Mapped[Id]
    need_id: Mapped[int | None] = reference("need.id", nullable=True, index=False)
    project_id: Mapped[int | None] = reference("project.id", nullable=True, index=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = reference("account.id", nullable=True)
    kind: Mapped[str] = coded(40)
    """A `db.terms.Happening` value; free of sentences so that both languages can show it."""
    values: Mapped[dict[str, Any]] = said()
    note: Mapped[str] = said(500, default="")
    """What the person typed: a reason, an answer."""
    actor_name: Mapped[Short] = copied("actor_id")


class Merge(InCommunity, Model):
    """归并: a person decided that two needs are one; undone by a second row's `undone_at`, never deleted."""

    __tablename__ = "merge"
    __table_args__ = (Index("ix_merge_lead", "lead_id", "undone_at"),)

    id: Mapped[Id]
    lead_id: Mapped[int] = reference("need.id", index=False)
    member_id: Mapped[int] = reference("need.id")
    reasons: Mapped[list[str]] = coded()
    score: Mapped[int]
    stage_before: Mapped[NeedStage] = stored_enum(NeedStage)
    merged_at: Mapped[datetime]
    merged_by: Mapped[int] = reference("account.id")
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = reference("account.id", nullable=True)


class TwinVerdict(InCommunity, Model):
    """Two needs that a person said are not the same; they are not suggested again."""

    __tablename__ = "twin_verdict"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
    )

    id: Mapped[Id]
    first_id: Mapped[int] = reference("need.id", index=False)
    second_id: Mapped[int] = reference("need.id")
    decided_by: Mapped[int] = reference("account.id")
    decided_at: Mapped[datetime]


class WeekSignOff(InCommunity, Model):
    """一周一登: the secretary signed this week's register; from here on changes are marked."""

    __tablename__ = "week_sign_off"
    __table_args__ = (UniqueConstraint("community_id", "week"),)

    id: Mapped[Id]
    week: Mapped[date]
    needs: Mapped[int]
    visits: Mapped[int]
    not_in: Mapped[int]
    signed_at: Mapped[datetime]
    signed_by: Mapped[int] = reference("account.id")
    signed_name: Mapped[Short] = copied("signed_by")
    digest: Mapped[str] = coded(64)
    """sha256 over the needs as signed: shows later whether the printed register still matches."""
    remark: Mapped[Line] = public(default="")

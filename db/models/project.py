"""项目: what was decided, led by somebody, with goals that can be counted."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, Index, Numeric, UniqueConstraint
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
    stored_enum,
)
from db.terms import IndicatorKind, ProjectKind, ProjectState, RiskLevel


class Project(InCommunity, Versioned, Model):
    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_project_state", "community_id", "state", "id"),
        CheckConstraint("due_on > starts_on", name="dates"),
        CheckConstraint("budget_fen >= 0", name="budget"),
    )

    id: Mapped[Id]
    number: Mapped[str] = coded(24)
    title: Mapped[Line] = public()
    kind: Mapped[ProjectKind] = stored_enum(ProjectKind)
    state: Mapped[ProjectState] = stored_enum(ProjectState, default=ProjectState.SET_UP)
    leader_id: Mapped[int] = reference("account.id")
    """The account that runs it; for a secretary-led project the secretary."""
    problem: Mapped[str] = public(1000)
    measures: Mapped[str] = public(1000)
    beneficiaries: Mapped[Line] = public()
    """Who benefits, in words (受益人群)."""
    beneficiary_count: Mapped[int]
    budget_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    """Budget in fen (1/100 yuan)."""
    funding: Mapped[Line] = public(default="")
    starts_on: Mapped[date]
    due_on: Mapped[date]
    set_up_at: Mapped[datetime]
    set_up_by: Mapped[int] = reference("account.id")
    accepted_at: Mapped[datetime | None]


class ProjectSource(InCommunity, Model):
    """A passed item, or a need, from which the project was set up."""

    __tablename__ = "project_source"
    __table_args__ = (
        UniqueConstraint("project_id", "need_id"),
        UniqueConstraint("item_id"),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id", index=False)
    item_id: Mapped[int | None] = reference("agenda_item.id", nullable=True, index=False)
    need_id: Mapped[int | None] = reference("need.id", nullable=True)


class Indicator(InCommunity, Versioned, Model):
    """量化目标. The target may change, but only through `TargetChange`, so that both stay visible."""

    __tablename__ = "indicator"
    __table_args__ = (CheckConstraint("baseline <> target", name="moves"),)

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id")
    name: Mapped[Short] = public()
    unit: Mapped[str] = public(12)
    kind: Mapped[IndicatorKind] = stored_enum(IndicatorKind)
    baseline: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    target: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    actual: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    """Last reading; kept beside the readings so that a list needs no second look."""


class TargetChange(InCommunity, Model):
    """目标调整: before, after and why."""

    __tablename__ = "target_change"

    id: Mapped[Id]
    indicator_id: Mapped[int] = reference("indicator.id")
    before: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    after: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    reason: Mapped[str] = public(500)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int] = reference("account.id")
    changed_name: Mapped[Short] = copied("changed_by")


class Reading(InCommunity, Model):
    """What an indicator stood at on a day, reported with an activity or by itself."""

    __tablename__ = "reading"
    __table_args__ = (Index("ix_reading_indicator", "indicator_id", "on"),)

    id: Mapped[Id]
    indicator_id: Mapped[int] = reference("indicator.id", index=False)
    activity_id: Mapped[int | None] = reference("activity.id", nullable=True)
    on: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    note: Mapped[Line] = public(default="")
    read_by: Mapped[int] = reference("account.id")


class Milestone(InCommunity, Versioned, Model):
    __tablename__ = "milestone"

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id")
    title: Mapped[Line] = public()
    due_on: Mapped[date]
    done_on: Mapped[date | None]


class Risk(InCommunity, Versioned, Model):
    __tablename__ = "risk"

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id")
    what: Mapped[Line] = public()
    measure: Mapped[Line] = public()
    level: Mapped[RiskLevel] = stored_enum(RiskLevel)
    closed_on: Mapped[date | None]

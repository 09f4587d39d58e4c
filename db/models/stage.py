"""谁在台上 of a project: who leads and who assists, step by step; and the owners' election it may be about."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

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
    stored_enum,
)
from db.terms import ElectionStepKind, StageBody, StagePart


class ProjectRole(InCommunity, Versioned, Model):
    """A body's part in a project or in one of its steps, from a day to a day; a change ends one, begins another."""

    __tablename__ = "project_role"
    __table_args__ = (
        Index("ix_project_role_project", "project_id", "until"),
        CheckConstraint("until IS NULL OR until >= since", name="days"),
        CheckConstraint("(unit_id IS NULL) OR body IN ('unit', 'property_company')", name="unit"),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id", index=False)
    milestone_id: Mapped[int | None] = reference("milestone.id", nullable=True)
    """The step; empty for the project as a whole."""
    body: Mapped[StageBody] = stored_enum(StageBody)
    part: Mapped[StagePart] = stored_enum(StagePart)
    name: Mapped[Line] = public(default="")
    """Which committee, company or department."""
    unit_id: Mapped[int | None] = reference("unit.id", nullable=True)
    since: Mapped[date]
    until: Mapped[date | None]
    """Last day; empty while it stands."""
    set_by: Mapped[int] = reference("account.id")
    set_name: Mapped[Short] = copied("set_by")


class Election(InCommunity, Versioned, Model):
    """业委会选举 as a part of a project. The owners decide; nothing that a council votes is written here."""

    __tablename__ = "election"
    __table_args__ = (
        UniqueConstraint("project_id"),
        CheckConstraint("owners >= 1 AND area > 0", name="base"),
        CheckConstraint("took_part <= owners AND area_part <= area", name="took_part"),
        CheckConstraint("agreed <= took_part AND area_agreed <= area_part", name="agreed"),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id", index=False)
    estate: Mapped[Short] = public()
    """小区 whose owners elect."""
    owners: Mapped[int]
    """业主总人数."""
    area: Mapped[Decimal] = mapped_column(Numeric(12, 2))
    """专有部分总面积, square metres."""
    starts_on: Mapped[date]
    took_part: Mapped[int | None]
    area_part: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    agreed: Mapped[int | None]
    area_agreed: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    voted_on: Mapped[date | None]
    votes: Mapped[int] = mapped_column(default=0)
    """How often the owners voted; a vote that did not reach its share may be held again."""


class ElectionStep(InCommunity, Versioned, Model):
    """One step of the checklist with its legal period in days."""

    __tablename__ = "election_step"
    __table_args__ = (
        UniqueConstraint("election_id", "kind"),
        CheckConstraint("period_days >= 0", name="period"),
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="days"),
    )

    id: Mapped[Id]
    election_id: Mapped[int] = reference("election.id", index=False)
    kind: Mapped[ElectionStepKind] = stored_enum(ElectionStepKind)
    period_days: Mapped[int]
    """Days that a notice stands at least, or within which it must be done; 0 for none."""
    began_on: Mapped[date | None]
    """When it was posted or begun."""
    ended_on: Mapped[date | None]
    note: Mapped[Line] = public(default="")
    """Where it was posted, how many came."""
    done_by: Mapped[int | None] = reference("account.id", nullable=True)
    done_name: Mapped[Short] = copied("done_by")

"""书记领办: the round of a year, the direction of each project of it, and who does what in a project (责任分工)."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    InSubdistrict,
    Line,
    Model,
    Short,
    Versioned,
    copied,
    public,
    reference,
    stored_enum,
)
from db.terms import GoalClass, ProjectDirection, StagePart


class LedRound(InSubdistrict, Versioned, Model):
    """How many secretary-led projects the subdistrict means to have in a year."""

    __tablename__ = "led_round"
    __table_args__ = (
        UniqueConstraint("subdistrict_id", "year"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("planned BETWEEN 1 AND 500", name="planned"),
    )

    id: Mapped[Id]
    year: Mapped[int]
    planned: Mapped[int]


class LedProject(InCommunity, Versioned, Model):
    """Year and direction of a secretary-led project; beside the project, whose table is released."""

    __tablename__ = "led_project"
    __table_args__ = (
        UniqueConstraint("project_id"),
        Index("ix_led_project_year", "year", "direction"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id", index=False)
    year: Mapped[int]
    direction: Mapped[ProjectDirection] = stored_enum(ProjectDirection)


class IndicatorClass(InCommunity, Versioned, Model):
    """量化分类 of a goal; beside the goal, whose table is released."""

    __tablename__ = "indicator_class"
    __table_args__ = (UniqueConstraint("indicator_id"),)

    id: Mapped[Id]
    indicator_id: Mapped[int] = reference("indicator.id", index=False)
    sort: Mapped[GoalClass] = stored_enum(GoalClass)


class ProjectDuty(InCommunity, Versioned, Model):
    """责任分工: somebody's part in a project from a day to a day; who takes it over has a row that follows."""

    __tablename__ = "project_duty"
    __table_args__ = (
        Index("ix_project_duty_project", "project_id", "until"),
        CheckConstraint("until IS NULL OR until >= since", name="days"),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = reference("project.id", index=False)
    person_id: Mapped[int] = reference("account.id")
    person_name: Mapped[Short] = copied("person_id")
    part: Mapped[StagePart] = stored_enum(StagePart)
    what: Mapped[Line] = public()
    """The duty in words."""
    since: Mapped[date]
    until: Mapped[date | None]
    """Last day; empty while it stands."""
    follows_id: Mapped[int | None] = reference("project_duty.id", nullable=True)
    handed_on: Mapped[bool] = mapped_column(default=False)
    """Somebody else took it over; a duty that ended without that is over."""
    set_by: Mapped[int] = reference("account.id")
    set_name: Mapped[Short] = copied("set_by")

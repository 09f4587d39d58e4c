"""书记项目答辩 of a year: its projects in the order in which they appear, its judges, and each judge's sheet."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InSubdistrict,
    Line,
    Model,
    Short,
    Versioned,
    coded,
    copied,
    public,
    reference,
)


class Defence(InSubdistrict, Versioned, Model):
    """One a year. The criteria are those of the sheets that are still to come: each sheet keeps its own."""

    __tablename__ = "defence"
    __table_args__ = (
        UniqueConstraint("subdistrict_id", "year"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
        CheckConstraint("minutes BETWEEN 1 AND 60", name="minutes"),
        CheckConstraint("background + course + results + delivery = 100", name="criteria"),
    )

    id: Mapped[Id]
    year: Mapped[int]
    on: Mapped[date]
    place: Mapped[Line] = public()
    minutes: Mapped[int] = mapped_column(default=5)
    """How long each may talk."""
    background: Mapped[int] = mapped_column(default=25)
    """Most points for 选题背景."""
    course: Mapped[int] = mapped_column(default=25)
    """Most points for 开展情况."""
    results: Mapped[int] = mapped_column(default=25)
    """Most points for 工作成效."""
    delivery: Mapped[int] = mapped_column(default=25)
    """Most points for 汇报表现."""
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = reference("account.id", nullable=True)
    closed_name: Mapped[Short] = copied("closed_by")


class DefenceEntry(InSubdistrict, Versioned, Model):
    """A project that appears, as it was called and led on the day on which it was put on the list."""

    __tablename__ = "defence_entry"
    __table_args__ = (UniqueConstraint("defence_id", "project_id"),)

    id: Mapped[Id]
    defence_id: Mapped[int] = reference("defence.id", index=False)
    project_id: Mapped[int] = reference("project.id")
    position: Mapped[int]
    number: Mapped[str] = coded(24)
    title: Mapped[Line] = public()
    community: Mapped[Short] = public()
    leader_id: Mapped[int] = reference("account.id")
    leader_name: Mapped[Short] = copied("leader_id")
    award: Mapped[Line] = public(default="")
    """What the subdistrict gave it, by hand; never reckoned from points."""


class DefenceJudge(InSubdistrict, Versioned, Model):
    """A judge: somebody with an account, or somebody from outside by name."""

    __tablename__ = "defence_judge"
    __table_args__ = (UniqueConstraint("defence_id", "account_id"),)

    id: Mapped[Id]
    defence_id: Mapped[int] = reference("defence.id")
    account_id: Mapped[int | None] = reference("account.id", nullable=True)
    account_name: Mapped[Short] = copied("account_id")
    outside_name: Mapped[Short] = public(default="")
    office: Mapped[Line] = public(default="")
    """From which office or unit."""
    left_on: Mapped[date | None]
    """Left before the end: sheets given until then count, no others are waited for."""


class DefenceSheet(InSubdistrict, Model):
    """A judge's sheet on one project, given once, with the most points that its criteria had then."""

    __tablename__ = "defence_sheet"
    __table_args__ = (
        UniqueConstraint("entry_id", "judge_id"),
        CheckConstraint("background BETWEEN 0 AND of_background", name="background"),
        CheckConstraint("course BETWEEN 0 AND of_course", name="course"),
        CheckConstraint("results BETWEEN 0 AND of_results", name="results"),
        CheckConstraint("delivery BETWEEN 0 AND of_delivery", name="delivery"),
        CheckConstraint("of_background + of_course + of_results + of_delivery = 100", name="criteria"),
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = reference("defence_entry.id", index=False)
    judge_id: Mapped[int] = reference("defence_judge.id")
    background: Mapped[int]
    course: Mapped[int]
    results: Mapped[int]
    delivery: Mapped[int]
    of_background: Mapped[int]
    of_course: Mapped[int]
    of_results: Mapped[int]
    of_delivery: Mapped[int]
    remark: Mapped[Line] = public(default="")
    given_by: Mapped[int] = reference("account.id")
    """The judge, or whoever entered it at the desk from paper."""
    given_name: Mapped[Short] = copied("given_by")
    given_at: Mapped[datetime]

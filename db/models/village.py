"""四议两公开: one matter through eight steps, each with its own record (docs/domain.md 6)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Line, Model, Short, Versioned, coded, public, reference, stored_enum
from db.terms import VillageState, VillageStep


class VillageMatter(InCommunity, Versioned, Model):
    """A matter of the village; `step` is the one that comes next."""

    __tablename__ = "village_matter"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_village_matter_state", "community_id", "state"),
    )

    id: Mapped[Id]
    number: Mapped[Short] = coded()
    title: Mapped[Line] = public()
    proposal: Mapped[str] = public(1000)
    """The proposal in its present wording; an earlier one stays in the record of the step that changed it."""
    need_id: Mapped[int | None] = reference("need.id", nullable=True)
    step: Mapped[VillageStep] = stored_enum(VillageStep, default=VillageStep.PROPOSAL)
    state: Mapped[VillageState] = stored_enum(VillageState, default=VillageState.RUNNING)
    households: Mapped[bool] = mapped_column(default=False)
    """Resolved by the representatives of households instead of the villagers' representatives."""
    stop_reason: Mapped[Line] = public(default="")
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class VillageRecord(InCommunity, Versioned, Model):
    """What happened at one step; a step that was refused and held again has several rounds."""

    __tablename__ = "village_record"
    __table_args__ = (
        UniqueConstraint("matter_id", "step", "round"),
        CheckConstraint("present IS NULL OR present <= due", name="present"),
    )

    id: Mapped[Id]
    matter_id: Mapped[int] = reference("village_matter.id", index=False)
    step: Mapped[VillageStep] = stored_enum(VillageStep)
    round: Mapped[int] = mapped_column(default=1)
    on: Mapped[date]
    until: Mapped[date | None]
    """Last day of a publication or of a collection of opinions."""
    place: Mapped[Line] = public(default="")
    host: Mapped[Short] = public(default="")
    recorder: Mapped[Short] = public(default="")
    due: Mapped[int | None]
    present: Mapped[int | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstain: Mapped[int | None]
    rule: Mapped[dict[str, Any] | None] = public(JSON(none_as_null=True), nullable=True)
    """The house rule by which this step was decided, frozen."""
    passed: Mapped[bool]
    words: Mapped[str] = public(2000)
    """Opinions, minutes or the text that was posted."""
    proposal: Mapped[str] = public(1000)
    """The wording of the proposal after this step."""
    recorded_by: Mapped[int] = reference("account.id")
    recorded_at: Mapped[datetime]

"""筛选: three criteria, two scorers who do not see each other, weights fixed before scoring."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Model, Short, Versioned, copied, public, reference, said, stored_enum
from db.terms import Route, ScreeningState


class ScreeningWeights(InCommunity, Model):
    """Weights of the three criteria from a day on; never edited, only followed by newer ones."""

    __tablename__ = "screening_weights"
    __table_args__ = (CheckConstraint("demand + reach + feasibility = 100", name="sum"),)

    id: Mapped[Id]
    demand: Mapped[int]
    reach: Mapped[int]
    feasibility: Mapped[int]
    valid_from: Mapped[date]
    set_by: Mapped[int] = reference("account.id")
    set_name: Mapped[Short] = copied("set_by")
    set_at: Mapped[datetime]


class Screening(InCommunity, Versioned, Model):
    """One round of scoring for one need; a need in the reserve list gets a new round later."""

    __tablename__ = "screening"
    __table_args__ = (UniqueConstraint("need_id", "round"), Index("ix_screening_state", "community_id", "state"))

    id: Mapped[Id]
    need_id: Mapped[int] = reference("need.id", index=False)
    round: Mapped[int]
    state: Mapped[ScreeningState] = stored_enum(ScreeningState, default=ScreeningState.OPEN)
    weight_demand: Mapped[int]
    weight_reach: Mapped[int]
    weight_feasibility: Mapped[int]
    scale_demand: Mapped[int] = mapped_column(default=40)
    scale_reach: Mapped[int] = mapped_column(default=30)
    scale_feasibility: Mapped[int] = mapped_column(default=30)
    """What the points of this round are out of: its weights. Rounds of before were scored out of 40, 30 and 30,
    whatever their weights were, and stay so."""
    evidence: Mapped[dict[str, Any]] = public()
    """Frozen when the round opens: voices, households of the place, reach, people."""
    opened_at: Mapped[datetime]
    total_hundredths: Mapped[int | None]
    """Combined total × 100, rounded half up for lists; the exact parts are recomputed from the scores."""
    route: Mapped[Route | None] = stored_enum(Route, nullable=True)
    route_reason: Mapped[str] = said(500, default="")
    referred_to: Mapped[str] = public(60, default="")
    routed_at: Mapped[datetime | None]
    routed_by: Mapped[int | None] = reference("account.id", nullable=True)


class ScreeningScore(InCommunity, Model):
    """What one scorer gave in the scale of the round; a reason where it is far from what the evidence suggests."""

    __tablename__ = "screening_score"
    __table_args__ = (
        UniqueConstraint("screening_id", "scorer_id"),
        CheckConstraint("demand BETWEEN 0 AND 100", name="demand"),
        CheckConstraint("reach BETWEEN 0 AND 100", name="reach"),
        CheckConstraint("feasibility BETWEEN 0 AND 100", name="feasibility"),
    )

    id: Mapped[Id]
    screening_id: Mapped[int] = reference("screening.id", index=False)
    scorer_id: Mapped[int] = reference("account.id")
    scorer_name: Mapped[Short] = copied("scorer_id")
    demand: Mapped[int]
    reach: Mapped[int]
    feasibility: Mapped[int]
    reason: Mapped[str] = said(500)
    scored_at: Mapped[datetime]

"""成效: what was reported, with what it stood on, so that a base that changed afterwards is seen."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InSubdistrict, Model, coded, public, reference, stored_enum
from db.terms import ResultFigure


class ReportedFigure(InSubdistrict, Model):
    """报出的数: one figure of one period as it was reported. Never changed, never deleted."""

    __tablename__ = "reported_figure"
    __table_args__ = (
        Index("ix_reported_figure_what", "subdistrict_id", "what", "id"),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="parts"),
    )

    id: Mapped[Id]
    what: Mapped[ResultFigure] = stored_enum(ResultFigure)
    period: Mapped[str] = coded(8)
    """A code of `db.rules.results.period`."""
    since: Mapped[date]
    until: Mapped[date]
    """The last day that was counted: a running period goes on after it."""
    community_id: Mapped[int | None] = reference("community.id", nullable=True)
    """Empty for the whole subdistrict."""
    squad_id: Mapped[int | None] = reference("squad.id", nullable=True)
    numerator: Mapped[int]
    denominator: Mapped[int | None]
    """Empty for a plain count."""
    restricted: Mapped[bool] = mapped_column(default=False)
    """Matters that are shown to few were counted in: compared only for somebody who sees them."""
    words: Mapped[str] = public(500)
    at: Mapped[datetime]
    by: Mapped[int] = reference("account.id")

"""排班建议 before it is kept, and the calendar feeds by which people see their service on their own phones."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Model, OwnedByAccount, Versioned, coded, reference


class RosterProposal(InCommunity, Versioned, Model):
    """The one draft of a rota: what was asked, whom it names where, what became of it. Nobody is told of a draft."""

    __tablename__ = "roster_proposal"
    __table_args__ = (UniqueConstraint("rota_id"),)

    id: Mapped[Id]
    rota_id: Mapped[int] = reference("rota.id", index=False)
    first_on: Mapped[date]
    last_on: Mapped[date]
    limits: Mapped[dict[str, Any]] = coded()
    """`db.rules.rota.proposal_input.Limits` by field."""
    together: Mapped[list[Any]] = coded(size=JSON(), default=list)
    """Pairs of volunteer ids."""
    filling: Mapped[list[Any]] = coded(size=JSON(), default=list)
    """Pairs of volunteer and slot ids; empty once kept."""
    result: Mapped[dict[str, Any]] = coded(default=dict)
    """What the solver said of it (proven, full, gap in ten thousandths, places that the greedy filling leaves open)."""
    left_out: Mapped[list[Any]] = coded(size=JSON(), default=list)
    """Volunteer, slot and reason of what could not be kept."""
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    kept_at: Mapped[datetime | None]
    kept: Mapped[int] = mapped_column(default=0)
    """Turns written when it was kept."""


class CalendarFeed(InCommunity, OwnedByAccount, Versioned, Model):
    """日历订阅: a secret address under which a phone's calendar reads somebody's own service; revoked at any time."""

    __tablename__ = "calendar_feed"

    id: Mapped[Id]
    token_hash: Mapped[str] = coded(64, unique=True, secret=True)
    """A copied database opens no calendar."""
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    fetched_on: Mapped[date | None]
    """The last day on which something read it: whether it works, and no more about whoever reads."""

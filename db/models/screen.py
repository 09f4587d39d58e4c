"""What the meeting-room screen shows now."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Model, Versioned, coded, reference, stored_enum
from db.terms import ScreenMode


class ScreenState(InCommunity, Model):
    """One row a community; screens poll `turn`, which every change raises by one."""

    __tablename__ = "screen_state"
    __audit__ = False
    __table_args__ = (UniqueConstraint("community_id"),)

    id: Mapped[Id]
    mode: Mapped[ScreenMode] = stored_enum(ScreenMode, default=ScreenMode.ROTATION)
    meeting_id: Mapped[int | None] = reference("meeting.id", nullable=True)
    item_id: Mapped[int | None] = reference("agenda_item.id", nullable=True)
    revealed: Mapped[bool] = mapped_column(default=False)
    """The chair has announced the result of the item."""
    turn: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]


class ScreenChoice(InCommunity, Versioned, Model):
    """Which parts the rotation of a community goes through; without a row `db.rules.screen.parts.USUAL`."""

    __tablename__ = "screen_choice"
    __table_args__ = (UniqueConstraint("community_id"),)

    id: Mapped[Id]
    parts: Mapped[str] = coded(200)
    """`ScreenPart` values in the order of the rotation, with commas."""
    chosen_by: Mapped[int] = reference("account.id")
    chosen_at: Mapped[datetime]

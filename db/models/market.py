"""便民集市: the stalls of a market day, who serves at them, and what was counted there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    OwnedByAccount,
    Short,
    Versioned,
    coded,
    copied,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import QueueLength, TallyKind

_LIVE = text("called_off_at IS NULL")


class MarketDay(InCommunity, Versioned, Model):
    """场次: opening hours of the market day of an activity, and its total once it is closed."""

    __tablename__ = "market_day"
    __table_args__ = (
        UniqueConstraint("activity_id"),
        CheckConstraint("opens >= 0 AND closes > opens AND closes <= 1440", name="hours"),
        CheckConstraint("served >= 0", name="served"),
    )

    id: Mapped[Id]
    activity_id: Mapped[int] = reference("activity.id", index=False)
    opens: Mapped[int]
    """Minute of the day in China: hours follow the activity when its day is moved."""
    closes: Mapped[int]
    closed_at: Mapped[datetime | None]
    """From then on nothing is counted; what still comes from a phone is kept beside the total."""
    closed_by: Mapped[int | None] = reference("account.id", nullable=True)
    closed_name: Mapped[Short] = copied("closed_by")
    served: Mapped[int] = mapped_column(default=0)
    """服务人次 of all stalls when it was closed, with what was corrected since."""


class MarketStall(InCommunity, Versioned, Model):
    """摊位: one item at one table, always free of charge."""

    __tablename__ = "market_stall"
    __table_args__ = (
        Index(
            "uq_market_stall_number", "activity_id", "number", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
        ),
        Index("ix_market_stall_item", "community_id", "item_key"),
        CheckConstraint("number BETWEEN 1 AND 99", name="number"),
        CheckConstraint("helpers BETWEEN 1 AND 20", name="helpers"),
        CheckConstraint("planned >= 0", name="planned"),
    )

    id: Mapped[Id]
    activity_id: Mapped[int] = reference("activity.id")
    number: Mapped[int]
    item: Mapped[Short] = public()
    """项目: 义诊、理发、磨刀."""
    item_key: Mapped[Short] = public()
    """The item as it is compared with those of other days (`db.rules.activities.market.item_key`)."""
    description: Mapped[Line] = public(default="")
    material: Mapped[Line] = public(default="")
    """所需物资."""
    helpers: Mapped[int] = mapped_column(default=1)
    """How many must be there at any time."""
    planned: Mapped[int] = mapped_column(default=0)
    """预计人次."""
    draw: Mapped[str] = coded(32, default="", secret=True)
    """From it our key makes the address of the tally; a new draw ends the address before."""
    link_hash: Mapped[str | None] = coded(32, unique=True, secret=True)
    link_made_at: Mapped[datetime | None]
    called_off_at: Mapped[datetime | None]
    called_off_reason: Mapped[Line] = public(default="")


class MarketHelper(InCommunity, OwnedByAccount, Model):
    """A volunteer at a stall from one minute of the day to another. Never deleted."""

    __tablename__ = "market_helper"
    __table_args__ = (
        Index("ix_market_helper_stall", "stall_id", "left_at"),
        CheckConstraint("starts >= 0 AND ends > starts AND ends <= 1440", name="times"),
    )

    id: Mapped[Id]
    stall_id: Mapped[int] = reference("market_stall.id", index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id")
    starts: Mapped[int]
    ends: Mapped[int]
    placed_by: Mapped[int] = reference("account.id")
    placed_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    """When it was written down that they do not, or no longer, serve here."""
    stayed_until: Mapped[int | None]
    """The minute up to which they did serve before they left; empty when they never came."""
    left_reason: Mapped[Line] = said(default="", kept="about a volunteer, not a resident")
    to_tell: Mapped[bool] = mapped_column(default=False)
    """The day was moved or called off, and nobody has told them yet."""


class MarketTally(InCommunity, Model):
    """计数: what was pressed or said at a stall, and corrections of the staff. Written once, never changed."""

    __tablename__ = "market_tally"
    __table_args__ = (
        UniqueConstraint("stall_id", "key"),
        Index("ix_market_tally_stall", "stall_id", "id"),
        CheckConstraint("(by IS NULL) = (kind <> 'correction')", name="corrected_by"),
    )
    __audit__ = False  # It is itself a log: a row a press, never changed; a correction is noted at its stall.

    id: Mapped[Id]
    stall_id: Mapped[int] = reference("market_stall.id", index=False)
    key: Mapped[str] = coded(64)
    """Made by the phone, so that an entry that is sent again counts once."""
    kind: Mapped[TallyKind] = stored_enum(TallyKind)
    amount: Mapped[int] = mapped_column(default=0)
    queue: Mapped[QueueLength | None] = stored_enum(QueueLength, nullable=True)
    words: Mapped[Line] = said(default="", kept="about a stall, not a resident")
    """The note of a helper, or why it was corrected."""
    counted: Mapped[bool] = mapped_column(default=True)
    """False for what came after the day was closed."""
    made_at: Mapped[datetime]
    received_at: Mapped[datetime]
    by: Mapped[int | None] = reference("account.id", nullable=True)

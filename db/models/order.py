"""三单制: the catalogue, orders (点单), offers to helpers (派单、接单), what a bad rating opens (评单)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    InSubdistrict,
    Line,
    Model,
    OwnedByAccount,
    Restricted,
    Short,
    Versioned,
    coded,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import (
    AssignmentState,
    ConfirmedBy,
    FeeKind,
    OrderCaseKind,
    OrderChannel,
    OrderState,
    Rhythm,
    Satisfaction,
    ServiceGroup,
)


class Service(InSubdistrict, Versioned, Model):
    """服务项目 of the catalogue (docs/domain.md 11.1); the subdistrict edits it."""

    __tablename__ = "service"
    __table_args__ = (
        UniqueConstraint("subdistrict_id", "name"),
        CheckConstraint("answer_hours >= 1 AND finish_days >= 1", name="due"),
    )

    id: Mapped[Id]
    name: Mapped[Short] = public()
    name_en: Mapped[Short] = public(default="")
    group: Mapped[ServiceGroup] = stored_enum(ServiceGroup)
    skill: Mapped[Short] = public(default="")
    """What a helper must be able to do; matched with `Volunteer.skills`."""
    fee: Mapped[FeeKind] = stored_enum(FeeKind, default=FeeKind.FREE)
    answer_hours: Mapped[int] = mapped_column(default=24)
    """Until when somebody must have accepted, in hours from taking the order."""
    finish_days: Mapped[int] = mapped_column(default=7)
    """Until when it must be done, in days from taking the order, when no day was asked for."""
    minutes: Mapped[int] = mapped_column(default=60)
    """How long it usually takes."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class OrderSeries(InCommunity, Restricted, Versioned, Model):
    """定期服务: weekly blood pressure, monthly lesson; each turn becomes an order of its own."""

    __tablename__ = "order_series"
    __table_args__ = (Index("ix_order_series_next", "community_id", "next_on"),)

    id: Mapped[Id]
    service_id: Mapped[int] = reference("service.id")
    household_id: Mapped[int] = reference("household.id")
    volunteer_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    """Who usually comes; offered first."""
    rhythm: Mapped[Rhythm] = stored_enum(Rhythm)
    starts_on: Mapped[date]
    until: Mapped[date | None]
    wanted_time: Mapped[Short] = said(default="", shown="a time of day")
    note: Mapped[Line] = said(default="")
    next_on: Mapped[date | None]
    """The next turn that is not an order yet; empty when stopped or over."""
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class Order(InCommunity, Restricted, Versioned, Model):
    """订单（工单）: one service for one household. Its life is `db.rules.orders.life`."""

    __tablename__ = "service_order"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_service_order_state", "community_id", "state", "finish_due_on"),
        Index("ix_service_order_made", "community_id", "made_at"),
        Index("ix_service_order_newest", "community_id", "id"),
        Index("ix_service_order_ended", "community_id", "ended_at", "state"),
        Index("uq_service_order_turn", "series_id", "wanted_on", unique=True),
    )

    id: Mapped[Id]
    number: Mapped[str] = coded(24)
    service_id: Mapped[int] = reference("service.id")
    household_id: Mapped[int | None] = reference("household.id", nullable=True)
    place_id: Mapped[int] = reference("place.id")
    building: Mapped[Short] = public(default="")
    need_id: Mapped[int | None] = reference("need.id", nullable=True)
    series_id: Mapped[int | None] = reference("order_series.id", nullable=True, index=False)
    asker_name: Mapped[str | None] = encrypted(nullable=True)
    asker_phone: Mapped[str | None] = encrypted(nullable=True)
    emergency_contact: Mapped[str | None] = encrypted(nullable=True)
    channel: Mapped[OrderChannel] = stored_enum(OrderChannel)
    wanted_on: Mapped[date | None]
    wanted_time: Mapped[Short] = said(default="", shown="a time of day")
    note: Mapped[str] = said(500, default="")
    caution: Mapped[Line] = said(default="")
    """特殊提醒 for whoever goes there: hard of hearing, a dog; no diagnosis."""
    state: Mapped[OrderState] = stored_enum(OrderState, default=OrderState.WAITING)
    state_since: Mapped[datetime]
    answer_due_at: Mapped[datetime | None]
    finish_due_on: Mapped[date | None]
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    minutes: Mapped[int | None]
    done_words: Mapped[str] = said(500, default="")
    fee_fen: Mapped[int] = mapped_column(default=0)
    code_hash: Mapped[str | None] = coded(64, secret=True)
    """Keyed hash of the six digits that the resident gives the helper when it is done."""
    code_tries: Mapped[int] = mapped_column(default=0)
    """Wrong codes typed so far; five lock it (`db.rules.orders.life`)."""
    helper_confirmed_at: Mapped[datetime | None]
    resident_confirmed_at: Mapped[datetime | None]
    resident_confirmed_by: Mapped[ConfirmedBy | None] = stored_enum(ConfirmedBy, nullable=True)
    rating: Mapped[Satisfaction | None] = stored_enum(Satisfaction, nullable=True)
    rating_words: Mapped[str] = said(500, default="")
    rated_at: Mapped[datetime | None]
    contested: Mapped[bool] = mapped_column(default=False)
    cancel_reason: Mapped[Line] = said(default="")


class OrderOffer(InCommunity, OwnedByAccount, Versioned, Model):
    """派单 to one helper and what became of it; the reasons for asking this person stay readable."""

    __tablename__ = "order_offer"
    __table_args__ = (
        Index("ix_order_offer_order", "order_id", "state"),
        Index(
            "uq_order_offer_live",
            "order_id",
            unique=True,
            sqlite_where=text("state IN ('offered', 'accepted')"),
            postgresql_where=text("state IN ('offered', 'accepted')"),
        ),
        Index("ix_order_offer_volunteer", "volunteer_id", "state"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = reference("service_order.id", index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id", index=False)
    state: Mapped[AssignmentState] = stored_enum(AssignmentState, default=AssignmentState.OFFERED)
    reasons: Mapped[list[str]] = coded()
    offered_by: Mapped[int] = reference("account.id")
    offered_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    reason: Mapped[Line] = said(default="")
    """Why declined, withdrawn or swapped."""
    swap_to_id: Mapped[int | None] = reference("volunteer.id", nullable=True)
    """换班: whom the helper asks to go instead; becomes an offer when that person accepts."""


class OrderCase(InCommunity, Versioned, Model):
    """差评跟进 or 争议复核 of one order."""

    __tablename__ = "order_case"
    __table_args__ = (Index("ix_order_case_open", "community_id", "closed_at"),)

    id: Mapped[Id]
    order_id: Mapped[int] = reference("service_order.id")
    kind: Mapped[OrderCaseKind] = stored_enum(OrderCaseKind)
    words: Mapped[str] = said(500)
    due_on: Mapped[date]
    opened_by: Mapped[int] = reference("account.id")
    opened_at: Mapped[datetime]
    result: Mapped[str] = said(500, default="")
    rating_after: Mapped[Satisfaction | None] = stored_enum(Satisfaction, nullable=True)
    closed_by: Mapped[int | None] = reference("account.id", nullable=True)
    closed_at: Mapped[datetime | None]


class Pairing(InCommunity, Versioned, Model):
    """结对: a helper whom a household may call; printed on its 便民联系卡 with the helper's consent only."""

    __tablename__ = "pairing"
    __table_args__ = (
        Index(
            "uq_pairing_live",
            "household_id",
            "volunteer_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[Id]
    household_id: Mapped[int] = reference("household.id", index=False)
    volunteer_id: Mapped[int] = reference("volunteer.id")
    helps_with: Mapped[Line] = said()
    rhythm: Mapped[Line] = said(default="")
    """How often, in words: 每周测血压."""
    since: Mapped[date]
    ended_on: Mapped[date | None]
    made_by: Mapped[int] = reference("account.id")

"""资源: what a partner unit can give, pooled for the subdistrict, and what was asked, promised, used and thanked."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
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
    stored_enum,
)
from db.terms import DayPart, RequestState, ResourceKind


class Resource(InSubdistrict, Versioned, Model):
    """One thing that a unit offers; every community of the subdistrict sees it and may ask."""

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint("amount >= 1", name="amount"),
        CheckConstraint("from_on IS NULL OR until_on IS NULL OR until_on >= from_on", name="days"),
    )

    id: Mapped[Id]
    unit_id: Mapped[int] = reference("unit.id")
    kind: Mapped[ResourceKind] = stored_enum(ResourceKind)
    name: Mapped[Short] = public()
    amount: Mapped[int] = mapped_column(default=1)
    measure: Mapped[str] = public(12)
    """Unit of measure: 间, 人, 台, 份."""
    category_id: Mapped[int | None] = reference("category.id", nullable=True)
    """The kind of need that it serves."""
    skill: Mapped[Short] = public(default="")
    words: Mapped[Line] = public(default="")
    """What it is good for."""
    place: Mapped[Line] = public(default="")
    weekdays: Mapped[list[str]] = coded(default=list)
    """`Weekday` codes; empty: every day."""
    parts: Mapped[list[str]] = coded(default=list)
    """`DayPart` codes; empty: the whole day."""
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    conditions: Mapped[Line] = public(default="")
    closed_on: Mapped[date | None]
    """Since when it is not given any more; empty while it is."""


class ResourceRequest(InSubdistrict, Versioned, Model):
    """使用申请. The pool is the subdistrict's, so every community sees what is taken; `home_id` asked."""

    __tablename__ = "resource_request"
    __table_args__ = (
        Index("ix_resource_request_resource", "resource_id", "state", "until_on"),
        Index("ix_resource_request_home", "home_id", "state"),
        CheckConstraint("until_on >= on_day", name="days"),
        CheckConstraint("amount >= 1", name="amount"),
    )

    id: Mapped[Id]
    resource_id: Mapped[int] = reference("resource.id", index=False)
    home_id: Mapped[int] = reference("community.id", index=False)
    state: Mapped[RequestState] = stored_enum(RequestState, default=RequestState.ASKED)
    amount: Mapped[int] = mapped_column(default=1)
    on_day: Mapped[date]
    until_on: Mapped[date]
    part: Mapped[DayPart | None] = stored_enum(DayPart, nullable=True)
    """Empty: the whole day."""
    purpose: Mapped[Line] = public()
    need_id: Mapped[int | None] = reference("need.id", nullable=True)
    project_id: Mapped[int | None] = reference("project.id", nullable=True)
    activity_id: Mapped[int | None] = reference("activity.id", nullable=True)
    order_id: Mapped[int | None] = reference("service_order.id", nullable=True)
    asked_by: Mapped[int] = reference("account.id")
    asked_name: Mapped[Short] = copied("asked_by")
    asked_at: Mapped[datetime]
    used_amount: Mapped[int | None]
    used_words: Mapped[Line] = public(default="")
    """What came of it."""

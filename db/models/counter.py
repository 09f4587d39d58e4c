"""Rows that charts read, kept in the same transaction as the facts, and running numbers."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import Id, InCommunity, Model, Restricted, Short, coded, public, reference, stored_enum
from db.terms import HouseholdKind, NeedStage


class NeedStanding(InCommunity, Model):
    """How many needs stand where, right now; written in the transaction that moves a need."""

    __tablename__ = "need_standing"
    __audit__ = False
    __table_args__ = (
        UniqueConstraint("community_id", "category_id", "stage"),
        CheckConstraint("needs >= 0", name="needs"),
    )

    id: Mapped[Id]
    category_id: Mapped[int] = reference("category.id")
    stage: Mapped[NeedStage] = stored_enum(NeedStage)
    needs: Mapped[int]


class NeedFlow(InCommunity, Model):
    """How many needs came to a stage on a day; a chart costs the same at a thousand needs and at ten million."""

    __tablename__ = "need_flow"
    __audit__ = False
    __table_args__ = (
        UniqueConstraint("community_id", "day", "stage"),
        Index("ix_need_flow_day", "day"),
    )

    id: Mapped[Id]
    day: Mapped[date]
    stage: Mapped[NeedStage] = stored_enum(NeedStage)
    entered: Mapped[int]
    logged: Mapped[int] = mapped_column(default=0)
    """How many of them were new that day: a need may begin at several stages (danger, a late entry)."""


class PlaceDemand(InCommunity, Model):
    """Needs under way by place and category: count and people touched, for the demand chart."""

    __tablename__ = "place_demand"
    __audit__ = False
    __table_args__ = (UniqueConstraint("place_id", "category_id"),)

    id: Mapped[Id]
    place_id: Mapped[int] = reference("place.id", index=False)
    category_id: Mapped[int] = reference("category.id")
    needs: Mapped[int]
    people: Mapped[int]


class ServiceDay(InCommunity, Model):
    """Volunteer minutes of a day, in activities and in confirmed orders, so that a year of hours is a sum of days."""

    __tablename__ = "service_day"
    __audit__ = False
    __table_args__ = (UniqueConstraint("community_id", "day"),)

    id: Mapped[Id]
    day: Mapped[date]
    minutes: Mapped[int]
    records: Mapped[int]


class BuildingDoors(InCommunity, Restricted, Model):
    """Households of a building by kind, restricted ones apart: who may not see these does not count them either."""

    __tablename__ = "building_doors"
    __audit__ = False
    __table_args__ = (
        UniqueConstraint("community_id", "place_id", "building", "kind", "restricted", name="uq_building_doors_door"),
        CheckConstraint("households >= 0", name="households"),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = reference("place.id")
    building: Mapped[Short] = public()
    kind: Mapped[HouseholdKind] = stored_enum(HouseholdKind)
    households: Mapped[int]


class RecordedHours(InCommunity, Model):
    """How many records of a month's hours an account wrote down, struck-out ones left out, and their minutes at
    activities: who wrote down most of a month, and what a year of activities brought, without passing each record.
    """

    __tablename__ = "recorded_hours"
    __audit__ = False
    __table_args__ = (
        UniqueConstraint("community_id", "month", "recorded_by"),
        CheckConstraint("records >= 0", name="records"),
        CheckConstraint("at_activities >= 0", name="at_activities"),
    )

    id: Mapped[Id]
    month: Mapped[date]
    recorded_by: Mapped[int] = reference("account.id")
    records: Mapped[int]
    at_activities: Mapped[int]


class HoursToAsk(InCommunity, Model):
    """Whose hours of a month something is to be asked about, found when they are written (`db.hours_to_ask`)."""

    __tablename__ = "hours_to_ask"
    __audit__ = False
    __table_args__ = (UniqueConstraint("community_id", "month", "volunteer_id"),)

    id: Mapped[Id]
    month: Mapped[date]
    volunteer_id: Mapped[int] = reference("volunteer.id")


class RunningNumber(InCommunity, Model):
    """The last number given in a series (need or project of a year); raised by one guarded UPDATE."""

    __tablename__ = "running_number"
    __audit__ = False
    __table_args__ = (UniqueConstraint("community_id", "series", "year"),)

    id: Mapped[Id]
    series: Mapped[str] = coded(24)
    year: Mapped[int]
    last: Mapped[int]

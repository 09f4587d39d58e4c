"""What the subdistrict sets: categories, places of its communities, days that the calendar gets wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Category, Community, HolidayOverride, Need, NeedStanding, Place
from db.terms import NeedStage, PlaceKind


@dataclass(frozen=True, slots=True)
class CategoryRow:
    id: int
    version: int
    name: str
    name_en: str
    position: int
    active: bool
    needs: int
    """Needs that carry it; a category in use is switched off, never deleted."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    id: int
    version: int
    name: str
    kind: PlaceKind
    households: int
    needs: int


@dataclass(frozen=True, slots=True)
class PlacesOfCommunity:
    """`listed` households are those of the places; the community's own count is the larger frame."""

    community_households: int
    listed: int
    places: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class HolidayRow:
    id: int
    version: int
    day: date
    workday: bool
    note: str


def categories(session: Session) -> tuple[CategoryRow, ...]:
    """All categories in their order, also those switched off."""
    needs = (
        select(func.coalesce(func.sum(NeedStanding.needs), 0))
        .where(NeedStanding.category_id == Category.id)
        .correlate(Category)
        .scalar_subquery()
    )
    query = select(
        *(Category.id, Category.version, Category.name, Category.name_en, Category.position, Category.active), needs
    ).order_by(Category.position, Category.id)
    return tuple(CategoryRow(*row) for row in session.execute(query))


def places(session: Session, community_id: int) -> PlacesOfCommunity:
    """The places of one community in the order of entry; two statements."""
    needs = (
        select(func.count(Need.id))
        .where(Need.place_id == Place.id, Need.stage != NeedStage.VOID)
        .correlate(Place)
        .scalar_subquery()
    )
    query = (
        select(Place.id, Place.version, Place.name, Place.kind, Place.households, needs)
        .where(Place.community_id == community_id)
        .order_by(Place.id)
    )
    rows = tuple(PlaceRow(*row) for row in session.execute(query))
    households = session.scalar(select(Community.households).where(Community.id == community_id)) or 0
    return PlacesOfCommunity(households, sum(row.households for row in rows), rows)


def holidays(session: Session, *, since: date) -> tuple[HolidayRow, ...]:
    """The overrides from a day on, in order."""
    query = (
        select(
            *(HolidayOverride.id, HolidayOverride.version, HolidayOverride.day),
            *(HolidayOverride.workday, HolidayOverride.note),
        )
        .where(HolidayOverride.day >= since)
        .order_by(HolidayOverride.day)
        .limit(200)
    )
    return tuple(HolidayRow(*row) for row in session.execute(query))


def overrides(rows: tuple[HolidayRow, ...]) -> Mapping[date, bool]:
    """As `db.rules.workdays` wants them."""
    return {row.day: row.workday for row in rows}

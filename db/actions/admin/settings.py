"""字典与日历: the subdistrict edits categories, places and days. Nothing that was used is deleted."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.admin.calendar import follow_calendar
from db.actions.fields import chosen, day, line, whole
from db.actions.loading import actor_of, load
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Category, Community, HolidayOverride, Place
from db.queries.council.notices import holidays
from db.rules.limits import PEOPLE_MOST
from db.rules.permissions import Permission
from db.terms import PlaceKind


def _free_name(session: Session, name: str, *, but: int | None = None) -> None:
    """BadInput when another category of the subdistrict carries this name already."""
    query = select(Category.id).where(Category.name == name)
    if but is not None:
        query = query.where(Category.id != but)
    if session.execute(query).first() is not None:
        raise BadInput("name", Problem.TAKEN)


@action(Permission.MANAGE_SETTINGS)
def add_category(session: Session, *, name: str, name_en: str) -> int:
    """A new category at the end of the list."""
    chinese, english = line("name", name, most=20), line("name_en", name_en, most=40)
    _free_name(session, chinese)
    last = session.scalar(select(func.max(Category.position)))
    category = Category(
        subdistrict_id=actor_of(session).subdistrict_id, name=chinese, name_en=english, position=(last or 0) + 1
    )
    session.add(category)
    session.flush()
    return category.id


@action(Permission.MANAGE_SETTINGS)
def rename_category(session: Session, *, category_id: int, version: int, name: str, name_en: str) -> int:
    """Another name for the same category: needs that carry it show the new one."""
    category = load(session, Category, category_id, version=version)
    chinese, english = line("name", name, most=20), line("name_en", name_en, most=40)
    _free_name(session, chinese, but=category.id)
    category.name, category.name_en = chinese, english
    return category.id


@action(Permission.MANAGE_SETTINGS)
def move_category(session: Session, *, category_id: int, up: bool) -> int:
    """Swap a category with its neighbour; at the end of the list nothing changes."""
    rows = list(session.scalars(select(Category).order_by(Category.position, Category.id).with_for_update()))
    place = next((i for i, row in enumerate(rows) if row.id == category_id), None)
    if place is None:
        load(session, Category, category_id)
        return category_id
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows, 1):
            row.position = position
    return category_id


@action(Permission.MANAGE_SETTINGS)
def switch_category(session: Session, *, category_id: int, active: bool) -> int:
    """Switch a category off for new needs, or on again; the last one stays. Raises Refused("last_category")."""
    category = load(session, Category, category_id, lock=True)
    others = session.scalar(
        select(func.count(Category.id)).where(Category.active.is_(True), Category.id != category.id)
    )
    if not active and not others:
        raise Refused("last_category")
    category.active = active
    return category.id


def _place_values(session: Session, community_id: int, name: str, households: int | None, but: int | None) -> str:
    named = line("name", name, most=60)
    query = select(Place.id).where(Place.community_id == community_id, Place.name == named)
    if but is not None:
        query = query.where(Place.id != but)
    if session.execute(query).first() is not None:
        raise BadInput("name", Problem.TAKEN)
    whole("households", households, least=0, most=PEOPLE_MOST)
    return named


@action(Permission.MANAGE_SETTINGS)
def add_place(session: Session, *, community_id: int, name: str, kind: PlaceKind | None, households: int | None) -> int:
    """A place of a community; its households are the base of the demand criterion."""
    community = load(session, Community, community_id)
    named = _place_values(session, community.id, name, households, None)
    place = Place(
        community_id=community.id, name=named, kind=chosen("kind", kind, list(PlaceKind)), households=households
    )
    session.add(place)
    session.flush()
    return place.id


@action(Permission.MANAGE_SETTINGS)
def change_place(
    session: Session, *, place_id: int, version: int, name: str, kind: PlaceKind | None, households: int | None
) -> int:
    """Correct a place. Rounds of scoring that are open keep the number of households they began with."""
    place = load(session, Place, place_id, version=version, lock=True)
    place.name = _place_values(session, place.community_id, name, households, place.id)
    place.kind = chosen("kind", kind, list(PlaceKind))
    place.households = households or 0
    return place.id


@action(Permission.MANAGE_SETTINGS)
def set_day(session: Session, *, on: date | None, workday: bool | None, note: str, now: datetime) -> dict[str, int]:
    """Say whether people work on a day; a second word on the same day replaces the first.

    Periods that are running follow, or stay with a reason (`db.actions.admin.calendar`): how many `moved`, how many
    were `kept`.
    """
    when = day("on", on, least=date(2020, 1, 1), most=date(2100, 12, 31))
    works, why = bool(chosen("workday", workday, [True, False])), line("note", note, most=60, needed=False)
    subdistrict, before = actor_of(session).subdistrict_id, holidays(session)
    override = session.scalars(select(HolidayOverride).where(HolidayOverride.day == when)).first()
    if override is None:
        override = HolidayOverride(subdistrict_id=subdistrict, day=when, workday=works, note=why)
        session.add(override)
    else:
        override.workday, override.note = works, why
    session.flush()
    return follow_calendar(session, when, before, now=now)


@action(Permission.MANAGE_SETTINGS)
def forget_day(session: Session, *, override_id: int, version: int, now: datetime) -> dict[str, int]:
    """Follow the calendar again on this day, and let running periods follow, too; the audit log keeps what was set."""
    override, before = load(session, HolidayOverride, override_id, version=version), holidays(session)
    session.delete(override)
    session.flush()
    return follow_calendar(session, override.day, before, now=now)

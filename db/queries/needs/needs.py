"""需求台账: find a need among a hundred thousand, fifty rows at a time, masked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from db.models import Account, Category, Community, Household, Need, NeedStanding, Place
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS, Page
from db.rules.masking import masked_name, masked_phone, redact
from db.rules.needs.steps import STAGES
from db.rules.search import LIKE_ESCAPE, like_pattern, looks_like_pinyin, pinyin_query
from db.rules.zone import CHINA
from db.terms import NeedSource, NeedStage, NeedStep, Role, Urgency

EXPORT_MOST = 5000
_NUMBER = re.compile(r"[A-Za-z]{1,12}-\d{4}-\d{1,8}")


@dataclass(frozen=True, slots=True)
class Option:
    """An entry of a dictionary; `name_en` is "" where there is none."""

    id: int
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the forms and filters of one community choose from."""

    community_id: int
    communities: tuple[Option, ...]
    places: tuple[Option, ...]
    categories: tuple[Option, ...]
    workers: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class NeedFilters:
    """What the ledger is narrowed to; None and "" mean everything."""

    words: str = ""
    category_id: int | None = None
    stage: NeedStage | None = None
    place_id: int | None = None
    worker_id: int | None = None
    week: date | None = None
    urgency: Urgency | None = None
    step: NeedStep | None = None
    closed_since: date | None = None
    """Answered on this day or later."""


NO_FILTERS = NeedFilters()


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need in a list."""

    id: int
    number: str
    title: str
    category: str
    category_en: str
    place: str
    building: str
    stage: NeedStage
    urgency: Urgency
    voices: int
    worker: str
    logged_at: datetime
    changed_after_sign_off: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A need in a file that leaves the house: words without numbers of people, the asker masked."""

    row: NeedRow
    community_id: int
    description: str
    people: int
    source: NeedSource
    asker: str
    week: date


def frame(session: Session, community_id: int | None, *, workers: bool = False) -> Frame | None:
    """Places, categories and, on request, workers; of the first community in reach when none is named.

    None when the actor reaches no community.
    """
    reach = select(Community.id, Community.name).order_by(Community.id)
    own: int | None = session.info["actor"].community_id
    communities = session.execute(reach.where(Community.id == own) if own is not None else reach).all()
    here = next((row.id for row in communities if row.id == community_id), None)
    if here is None:
        if not communities:
            return None
        here = communities[0].id
    places = session.execute(select(Place.id, Place.name).where(Place.community_id == here).order_by(Place.id)).all()
    categories = session.execute(
        select(Category.id, Category.name, Category.name_en).where(Category.active).order_by(Category.position)
    ).all()
    people = (
        session.execute(
            select(Account.id, Account.name)
            .where(Account.community_id == here, Account.role.in_((Role.SECRETARY, Role.AREA_WORKER)))
            .order_by(Account.id)
        ).all()
        if workers
        else []
    )
    return Frame(
        here,
        tuple(Option(row.id, row.name) for row in communities),
        tuple(Option(row.id, row.name) for row in places),
        tuple(Option(row.id, row.name, row.name_en) for row in categories),
        tuple(Option(row.id, row.name) for row in people),
    )


def _found_by(words: str) -> ColumnElement[bool]:
    """Words in title or description; Latin letters also as pinyin or initials; a whole number by its index."""
    plain = words.strip()
    if _NUMBER.fullmatch(plain):
        return Need.number == plain.upper()
    columns = [Need.title, Need.description, Need.number]
    patterns = [like_pattern(plain)] * 3
    if looks_like_pinyin(plain):
        columns += [Need.pinyin, Need.initials]
        patterns += [like_pattern(pinyin_query(plain))] * 2
    return or_(*(column.ilike(pattern, escape=LIKE_ESCAPE) for column, pattern in zip(columns, patterns, strict=True)))


def narrowed(
    query: Select[*tuple[object, ...]], community_id: int, filters: NeedFilters
) -> Select[*tuple[object, ...]]:
    """The query with the filters on it; each alone is served by an index that also gives the order by id."""
    query = query.where(Need.community_id == community_id)
    equal = {
        Need.category_id: filters.category_id,
        Need.stage: filters.stage,
        Need.place_id: filters.place_id,
        Need.worker_id: filters.worker_id,
        Need.week: filters.week,
        Need.urgency: filters.urgency,
    }
    for column, value in equal.items():
        if value is not None:
            query = query.where(column == value)
    if filters.step is not None:
        query = query.where(Need.stage.in_(STAGES[filters.step]))
    if filters.closed_since is not None:
        since = datetime.combine(filters.closed_since, time(), CHINA)
        query = query.where(Need.stage == NeedStage.CLOSED, Need.stage_since >= since)
    return query.where(_found_by(filters.words)) if filters.words.strip() else query


_ROW = (
    Need.id,
    Need.number,
    Need.title,
    Need.building,
    Need.stage,
    Need.urgency,
    Need.voices,
    Need.logged_at,
    Need.changed_after_sign_off,
    Category.name.label("category"),
    Category.name_en.label("category_en"),
    Place.name.label("place"),
    Account.name.label("worker"),
)


def listing(*more: object) -> Select[*tuple[object, ...]]:
    """Needs with the names of what they refer to. Outer joins, so that the needs' own index leads."""
    query: Select[*tuple[object, ...]] = select(*_ROW, *more)  # type: ignore[call-overload]
    return (
        query.select_from(Need)
        .outerjoin(Category, Category.id == Need.category_id)
        .outerjoin(Place, Place.id == Need.place_id)
        .outerjoin(Account, Account.id == Need.worker_id)
    )


def need_row(row: object) -> NeedRow:
    """A row of `listing`."""
    return NeedRow(**{name: getattr(row, name) for name in NeedRow.__slots__})


def ledger(
    session: Session,
    community_id: int,
    filters: NeedFilters,
    *,
    before: int | None = None,
    after: int | None = None,
) -> Page[NeedRow]:
    """Newest first: the page that follows the need `before`, or the one that precedes the need `after`.

    With `after`, `more` says whether still newer ones exist.
    """
    query = narrowed(listing(), community_id, filters).limit(ROWS + 1)
    if after is not None:
        rows = session.execute(query.where(Need.id > after).order_by(Need.id)).all()
        return Page(tuple(need_row(row) for row in reversed(rows[:ROWS])), len(rows) > ROWS)
    if before is not None:
        query = query.where(Need.id < before)
    rows = session.execute(query.order_by(Need.id.desc())).all()
    return Page(tuple(need_row(row) for row in rows[:ROWS]), len(rows) > ROWS)


def stage_counts(session: Session, community_id: int, filters: NeedFilters = NO_FILTERS) -> Mapping[NeedStage, int]:
    """How many of the needs that the filters leave stand where.

    Without a filter, or by category and stage, the counters answer: the same cost at ten needs and at ten million.
    """
    if replace(filters, category_id=None, stage=None, step=None) != NO_FILTERS:
        narrow = narrowed(select(Need.stage, func.count().label("needs")), community_id, filters).group_by(Need.stage)
        return {row.stage: row.needs for row in session.execute(narrow)}
    query = (
        select(NeedStanding.stage, func.sum(NeedStanding.needs))
        .where(NeedStanding.community_id == community_id)
        .group_by(NeedStanding.stage)
    )
    if filters.category_id is not None:
        query = query.where(NeedStanding.category_id == filters.category_id)
    if filters.stage is not None:
        query = query.where(NeedStanding.stage == filters.stage)
    if filters.step is not None:
        query = query.where(NeedStanding.stage.in_(STAGES[filters.step]))
    return {row[0]: int(row[1]) for row in session.execute(query)}


def ledger_sheet(session: Session, community_id: int, filters: NeedFilters) -> tuple[SheetRow, ...]:
    """The filtered needs for a file, newest first, at most 5,000; everything personal masked."""
    query = narrowed(
        listing(
            Need.description,
            Need.people,
            Need.source,
            Need.week,
            Need.asker_name,
            Need.asker_phone,
            Need.household_id,
            Household.alias,
        ),
        community_id,
        filters,
    ).outerjoin(Household, Household.id == Need.household_id)
    rows = session.execute(query.order_by(Need.id.desc()).limit(EXPORT_MOST)).all()
    return tuple(
        SheetRow(
            need_row(row),
            community_id,
            redact(row.description),
            row.people,
            row.source,
            asker(row),
            row.week,
        )
        for row in rows
    )


def asker(row: object) -> str:
    """Who asked, masked: door, surname, ends of the telephone number; "" for an anonymous voice."""
    name, phone = getattr(row, "asker_name", None), getattr(row, "asker_phone", None)
    alias: str = getattr(row, "alias", "") or ""
    door = masked_door(
        getattr(row, "place", ""),
        getattr(row, "building", ""),
        known=getattr(row, "household_id", None) is not None,
        alias=alias,
    )
    if alias:
        return door
    parts = (door, masked_name(name) if name else "", masked_phone(phone) if phone else "")
    return " ".join(part for part in parts if part)

"""One search over everything that has a page: at most eight hits of a kind, the newest first, masked as on its page.

One statement a kind. What stands in a restricted programme is never found, not even by its staff: a search is done in
front of others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    AgendaItem,
    Body,
    Branch,
    Community,
    Complaint,
    Household,
    Meeting,
    Member,
    Need,
    Order,
    Person,
    Place,
    Project,
    Service,
    Squad,
    SquadTheme,
    Unit,
    Volunteer,
    blind_index,
    name_index,
)
from db.queries.find.asking import FEW, READ_ALOUD, Asking, asking, by_id
from db.queries.members.found_by import matches
from db.queries.people.people import listed, person_row
from db.rules.find.asked import Asked, Kind, sounds_like
from db.rules.masking import masked_name, redact
from db.rules.search import LIKE_ESCAPE
from db.scope import bare


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; `name` is its number or name, `words_en` the English ones where there are any."""

    kind: Kind
    id: int
    name: str
    words: str = ""
    words_en: str = ""
    place: str = ""
    state: StrEnum | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of a kind, and whether there are more."""

    kind: Kind
    hits: tuple[Hit, ...]
    more: bool


Query = Select[*tuple[Any, ...]]
_BUILT: dict[tuple[Any, ...], Query] = {}


def found(session: Session, asked: Asked, kinds: Iterable[Kind], *, today: date) -> tuple[Group, ...]:
    """What is meant by the words, of these kinds; a kind of which nothing is found is left out."""
    here = asking(session, asked, year=today.year)
    groups = []
    for kind in kinds:
        if kind in asked.means:
            hits = tuple(_HOW[kind](here))
            groups.append(Group(kind, hits[:FEW], len(hits) > FEW))
    return tuple(group for group in groups if group.hits)


def _needs(here: Asking) -> list[Hit]:
    exact = _first(here.numbered(Kind.NEED, Need), here.at_door(Need))

    def build() -> Query:
        words = here.said(Need.title, Need.description, Need.number)
        loose = and_(here.recent(Need), or_(words, here.sounding(Need.pinyin, Need.initials)))
        return (
            select(Need.id, Need.number, Need.title, Need.building, Need.stage, Need.logged_at)
            .add_columns(Place.name.label("place"))
            .outerjoin(Place, Place.id == Need.place_id)
            .where(loose if exact is None else exact, Need.restricted.is_(False))
        )

    return [
        Hit(Kind.NEED, row.id, row.number, redact(row.title), "", _at(row), row.stage, day_of(row.logged_at))
        for row in _rows(here, Need, build, kept=exact is None)
    ]


def _orders(here: Asking) -> list[Hit]:
    exact = _first(here.numbered(Kind.ORDER, Order), here.at_door(Order))
    heard = bool(here.asked.sounds)

    def build() -> Query:
        named = _services(here) if heard else select(Service.id).where(here.said(Service.name, Service.name_en))
        loose = and_(here.recent(Order), or_(Order.service_id.in_(named), here.said(Order.note, Order.number)))
        return (
            select(Order.id, Order.number, Service.name, Service.name_en, Order.building, Order.state, Order.made_at)
            .add_columns(Place.name.label("place"))
            .join(Service, Service.id == Order.service_id)
            .outerjoin(Place, Place.id == Order.place_id)
            .where(loose if exact is None else exact, Order.restricted.is_(False))
        )

    return [
        Hit(Kind.ORDER, row.id, row.number, row.name, row.name_en, _at(row), row.state, day_of(row.made_at))
        for row in _rows(here, Order, build, kept=exact is None and not heard)
    ]


def _complaints(here: Asking) -> list[Hit]:
    exact = _first(here.numbered(Kind.COMPLAINT, Complaint), here.at_door(Complaint))

    def build() -> Query:
        words = here.said(Complaint.title, Complaint.description, Complaint.number, Complaint.source_number)
        return (
            select(Complaint.id, Complaint.number, Complaint.title, Complaint.building, Complaint.state)
            .add_columns(Complaint.received_on, Place.name.label("place"))
            .outerjoin(Place, Place.id == Complaint.place_id)
            .where(here.aloud(words) if exact is None else exact, Complaint.restricted.is_(False))
        )

    return [
        Hit(Kind.COMPLAINT, row.id, row.number, redact(row.title), "", _at(row), row.state, row.received_on)
        for row in _rows(here, Complaint, build, kept=exact is None, heard="title")
    ]


def _people(here: Asking) -> list[Hit]:
    """By the whole telephone, the door, or the whole name, which never leads to an alias (`find_people`)."""
    asked, of = here.asked, bare(Person)
    if asked.phone:
        wanted = by_id(Person, of.phone_index == blind_index(asked.phone))
    elif asked.door is not None:
        wanted = by_id(Person, of.household_id.in_(here.behind()))
    else:
        wanted = by_id(Person, of.name_index == name_index(asked.words.replace(" ", "")))
    query = listed().where(
        *(wanted, Person.merged_into_id.is_(None), Person.erased_at.is_(None), Person.restricted.is_(False)),
        *(Household.restricted.is_(False), func.coalesce(Household.alias, "") == ""),
    )
    known = [person_row(row) for row in _rows(here, Person, lambda: query, kept=False)]
    return [Hit(Kind.PERSON, row.id, row.name, row.phone, "", row.door) for row in known]


def _projects(here: Asking) -> list[Hit]:
    exact = here.numbered(Kind.PROJECT, Project)

    def build() -> Query:
        words = here.aloud(here.said(Project.title, Project.number))
        return (
            select(Project.id, Project.number, Project.title, Project.state, Project.starts_on, Community.name)
            .join(Community, Community.id == Project.community_id)
            .where(words if exact is None else exact)
        )

    return [
        Hit(Kind.PROJECT, row.id, row.number, row.title, "", row.name, row.state, row.starts_on)
        for row in _rows(here, Project, build, kept=exact is None, heard="title")
    ]


def _meetings(here: Asking) -> list[Hit]:
    """By its title, or by what stands on its agenda."""

    def build() -> Query:
        listed_ = exists().where(AgendaItem.meeting_id == Meeting.id, here.said(AgendaItem.title))
        return (
            select(Meeting.id, Meeting.title, Meeting.place, Meeting.state, Meeting.at, Body.name)
            .join(Body, Body.id == Meeting.body_id)
            .where(here.aloud(or_(here.said(Meeting.title), listed_)))
        )

    return [
        Hit(Kind.MEETING, row.id, row.title, row.name, "", row.place, row.state, day_of(row.at))
        for row in _rows(here, Meeting, build, heard="title")
    ]


def _members(here: Asking) -> list[Hit]:
    """By number, skill, whole telephone, or the whole name and its sounds."""
    numbers = here.numbered(Kind.MEMBER, Member)
    query = (
        select(Member.id, Member.number, Member.name, Member.kind, Member.ended_on, Branch.name.label("branch"))
        .join(Branch, Branch.id == Member.branch_id)
        .where(matches(here.asked.words) if numbers is None else numbers)
        .where(Member.merged_into_id.is_(None), Member.erased_at.is_(None))
    )
    return [
        Hit(Kind.MEMBER, row.id, f"{row.number} {masked_name(row.name)}", "", "", row.branch, row.kind, row.ended_on)
        for row in _rows(here, Member, lambda: query, kept=False)
    ]


def _volunteers(here: Asking) -> list[Hit]:
    """By number or skill, as in the registry."""
    numbers = here.numbered(Kind.VOLUNTEER, Volunteer)

    def build() -> Query:
        skilled = cast(Volunteer.skills, String).like(bindparam("escaped"), escape=LIKE_ESCAPE)
        loose = and_(here.recent(Volunteer), or_(here.said(Volunteer.number), skilled))
        return select(
            *(Volunteer.id, Volunteer.number, Volunteer.name, Volunteer.skills, Volunteer.kind, Volunteer.ended_on)
        ).where(loose if numbers is None else numbers, Volunteer.merged_into_id.is_(None))

    return [
        Hit(
            *(Kind.VOLUNTEER, row.id, f"{row.number} {masked_name(row.name)}", "、".join(row.skills), "", ""),
            *(row.kind, row.ended_on),
        )
        for row in _rows(here, Volunteer, build, kept=numbers is None)
    ]


def _squads(here: Asking) -> list[Hit]:
    def build() -> Query:
        return (
            select(Squad.id, Squad.name, Squad.dissolved_on, Squad.slogan, SquadTheme.name.label("theme"))
            .join(SquadTheme, SquadTheme.id == Squad.theme_id)
            .where(here.aloud(here.said(Squad.name, Squad.slogan)))
        )

    return [
        Hit(Kind.SQUAD, row.id, row.name, row.slogan, "", row.theme, None, row.dissolved_on)
        for row in _rows(here, Squad, build, heard="name")
    ]


def _units(here: Asking) -> list[Hit]:
    def build() -> Query:
        return (
            select(Unit.id, Unit.name, Unit.kind, Unit.address, Unit.ended_on, Community.name.label("home"))
            .outerjoin(Community, Community.id == Unit.home_id)
            .where(here.aloud(here.said(Unit.name, Unit.address)))
        )

    return [
        Hit(Kind.UNIT, row.id, row.name, row.address, "", row.home or "", row.kind, row.ended_on)
        for row in _rows(here, Unit, build, heard="name")
    ]


_HOW: dict[Kind, Callable[[Asking], list[Hit]]] = {
    Kind.NEED: _needs,
    Kind.ORDER: _orders,
    Kind.COMPLAINT: _complaints,
    Kind.PERSON: _people,
    Kind.PROJECT: _projects,
    Kind.MEETING: _meetings,
    Kind.MEMBER: _members,
    Kind.VOLUNTEER: _volunteers,
    Kind.SQUAD: _squads,
    Kind.UNIT: _units,
}


def _first(*conditions: ColumnElement[bool] | None) -> ColumnElement[bool] | None:
    """The first condition that is one: a number is exact, a door is exact, words are not."""
    return next((one for one in conditions if one is not None), None)


def _rows(here: Asking, model: Any, build: Callable[[], Query], *, kept: bool = True, heard: str = "") -> list[Any]:
    """The newest rows, one more than are shown. The statement for words is built once and `kept`: nothing of what was
    typed stands in it. A table without sounds of its own is read aloud here, by the column `heard`, if sounds are
    looked for.
    """
    aloud = bool(heard and here.asked.sounds)
    key = (model, *here.form)
    if not kept or key not in _BUILT:
        query = build().order_by(model.id.desc()).limit(READ_ALOUD if aloud else FEW + 1)
        if not kept:
            return list(here.session.execute(query, here.values))
        _BUILT[key] = query
    rows = here.session.execute(_BUILT[key], here.values)
    if not aloud:
        return list(rows)
    return [row for row in rows if sounds_like(getattr(row, heard), here.asked.sounds)][: FEW + 1]


def _at(row: Any) -> str:
    """Place and building, as the lists show them: no room."""
    return f"{row.place or ''}{row.building or ''}"


def _services(here: Asking) -> list[int]:
    """Services of the catalogue that are meant by their name."""
    rows = here.session.execute(select(Service.id, Service.name, Service.name_en).limit(READ_ALOUD))
    words, sounds = here.asked.words.casefold(), here.asked.sounds
    return [
        row.id for row in rows
        if words in f"{row.name} {row.name_en}".casefold() or (sounds and sounds_like(row.name, sounds))
    ]  # fmt: skip

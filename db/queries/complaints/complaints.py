"""投诉台账: what waits, what is late, the list behind it fifty rows at a time, and the rates with their parts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session, aliased

from db.models import Category, Complaint, Place
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.rules.complaints.life import IN_HAND, OPEN, WAITS_FOR_HANDS
from db.rules.masking import redact
from db.rules.search import LIKE_ESCAPE, like_pattern
from db.terms import ComplaintState, NeedSource, ResponsibleBody, Satisfaction

RATES_OVER = timedelta(days=365)
PLEASED = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)


class View(StrEnum):
    """What the list is narrowed to by what is to be done."""

    OPEN = "open"  # 在办
    LATE = "late"  # 已超期
    TODAY = "today"  # 今天到期
    TO_CONTACT = "to_contact"  # 待联系
    TO_HAND_OVER = "to_hand_over"  # 待交办
    TO_REVISIT = "to_revisit"  # 待回访
    RELAPSED = "relapsed"  # 反弹
    ALL = "all"  # 全部


@dataclass(frozen=True, slots=True)
class ComplaintFilters:
    """What the ledger is narrowed to; None and "" mean everything."""

    view: View = View.OPEN
    words: str = ""
    state: ComplaintState | None = None
    body: ResponsibleBody | None = None
    place_id: int | None = None
    category_id: int | None = None
    project_id: int | None = None
    month: date | None = None


NO_FILTERS = ComplaintFilters()


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint in a list: nobody's name, words without numbers."""

    id: int
    number: str
    title: str
    place: str
    building: str
    category: str
    category_en: str
    source: NeedSource
    state: ComplaintState
    responsible: ResponsibleBody | None
    responsible_name: str
    received_on: date
    due_on: date | None
    relapses: int
    repeats: int
    repeat_of_id: int | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Parts of the rates of what was received in a period (docs/domain.md 8.3)."""

    received: int
    contact_due: int
    """Contacted, or the time to do so is over."""
    contacted_in_time: int
    revisited: int
    solved: int
    rated: int
    pleased: int
    repeats: int
    relapsed: int


def seen_as(view: View, today: date) -> ColumnElement[bool]:
    """Condition: the complaint stands in this view."""
    in_hand = Complaint.state.in_(IN_HAND)
    return {
        View.OPEN: Complaint.state.in_(OPEN),
        View.LATE: and_(in_hand, Complaint.due_on < today),
        View.TODAY: and_(in_hand, Complaint.due_on == today),
        View.TO_CONTACT: and_(in_hand, Complaint.contacted_at.is_(None)),
        View.TO_HAND_OVER: Complaint.state.in_(WAITS_FOR_HANDS),
        View.TO_REVISIT: Complaint.state == ComplaintState.REPLIED,
        View.RELAPSED: and_(Complaint.relapses > 0, Complaint.state.in_(OPEN)),
        View.ALL: Complaint.state.in_(tuple(ComplaintState)),
    }[view]


def desk_counts(
    session: Session, community_id: int, filters: ComplaintFilters = NO_FILTERS, *, today: date
) -> Mapping[View, int]:
    """How many of the complaints that the filters leave each view holds, in one statement."""
    columns = [
        func.coalesce(func.sum(sql_case((seen_as(view, today), 1), else_=0)), 0).label(view.value) for view in View
    ]
    every = _narrowed(select(*columns), replace(filters, view=View.ALL), today)
    row = session.execute(every.where(Complaint.community_id == community_id)).one()
    return {view: int(row._mapping[view.value]) for view in View}


def complaints(
    session: Session,
    community_id: int,
    filters: ComplaintFilters,
    *,
    today: date,
    before: int | None = None,
    most: int = ROWS,
) -> Page[ComplaintRow]:
    """Complaints of a community, at most `most` at a time: in hand by their day, to be called back, the rest."""
    by_day = due_first(Complaint.state.in_(IN_HAND), Complaint.due_on)
    keys = (*by_day, sql_case((Complaint.state.in_(OPEN), 0), else_=1))
    # The keys are sorted alone: what a row shows is asked for those of the page only.
    here = _narrowed(select(Complaint.id), filters, today).where(Complaint.community_id == community_id)
    page = worst_first(here, Complaint, *keys, before=before).limit(most + 1).correlate(None)
    rows = session.execute(worst_first(_listing().where(Complaint.id.in_(page)), Complaint, *keys)).all()
    return Page(tuple(complaint_row(row) for row in rows[:most]), len(rows) > most)


def _listing() -> Select[*tuple[object, ...]]:
    other = aliased(Complaint)
    repeats = (
        select(func.count())
        .select_from(other)
        .where(other.repeat_of_id == Complaint.id)
        .correlate(Complaint)
        .scalar_subquery()
    )
    return (
        select(
            *(Complaint.id, Complaint.number, Complaint.title, Complaint.building, Complaint.source, Complaint.state),
            *(Complaint.responsible, Complaint.responsible_name, Complaint.received_on, Complaint.due_on),
            *(Complaint.relapses, Complaint.repeat_of_id, repeats.label("repeats"), Place.name.label("place")),
            *(Category.name.label("category"), Category.name_en.label("category_en")),
        )
        .select_from(Complaint)
        .outerjoin(Place, Place.id == Complaint.place_id)
        .outerjoin(Category, Category.id == Complaint.category_id)
    )


def _narrowed(
    query: Select[*tuple[object, ...]], filters: ComplaintFilters, today: date
) -> Select[*tuple[object, ...]]:
    query = query.where(seen_as(filters.view, today))
    equal = {
        Complaint.state: filters.state,
        Complaint.responsible: filters.body,
        Complaint.place_id: filters.place_id,
        Complaint.category_id: filters.category_id,
        Complaint.project_id: filters.project_id,
    }
    for column, value in equal.items():
        if value is not None:
            query = query.where(column == value)
    if filters.month is not None:
        first = filters.month.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        query = query.where(Complaint.received_on >= first, Complaint.received_on < following)
    plain = filters.words.strip()
    if plain:
        found = (Complaint.title, Complaint.description, Complaint.number, Complaint.source_number)
        query = query.where(or_(*(column.ilike(like_pattern(plain), escape=LIKE_ESCAPE) for column in found)))
    return query


def complaint_row(row: object) -> ComplaintRow:
    """A row of the listing."""
    values = {name: getattr(row, name) for name in ComplaintRow.__slots__}
    return ComplaintRow(**values | {"title": redact(values["title"])})


def rates_of(session: Session, community_id: int, *, since: date, now: datetime) -> Rates:
    """The parts of the rates of everything received since a day, in one statement; void ones do not count."""
    in_time = and_(Complaint.contacted_at.is_not(None), Complaint.contacted_at <= Complaint.contact_due_at)
    contact_over = or_(Complaint.contacted_at.is_not(None), Complaint.contact_due_at <= now)
    revisited = Complaint.solved.is_not(None)
    rated = and_(Complaint.satisfaction.is_not(None), Complaint.satisfaction != Satisfaction.NO_REPLY)
    parts: dict[str, ColumnElement[bool]] = {
        "contact_due": contact_over,
        "contacted_in_time": in_time,
        "revisited": revisited,
        "solved": Complaint.solved.is_(True),
        "rated": rated,
        "pleased": Complaint.satisfaction.in_(PLEASED),
        "repeats": Complaint.repeat_of_id.is_not(None),
        "relapsed": Complaint.relapses > 0,
    }
    row = session.execute(
        select(
            func.count().label("received"),
            *(
                func.coalesce(func.sum(sql_case((condition, 1), else_=0)), 0).label(name)
                for name, condition in parts.items()
            ),
        ).where(
            Complaint.community_id == community_id,
            Complaint.received_on >= since,
            Complaint.state != ComplaintState.VOID,
        )
    ).one()
    return Rates(**{name: int(value) for name, value in row._mapping.items()})

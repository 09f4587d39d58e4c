"""The things behind a line of the start page by name: what, where, by when; the longest waiting first.

One UNION ALL whatever the number of kinds. Which rows a kind has says the condition by which it is counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Date,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from db.models import (
    Account,
    Activity,
    Answer,
    Complaint,
    Household,
    Mediation,
    MediationAction,
    MediationEscalation,
    Meeting,
    Need,
    Notice,
    Opening,
    Order,
    OrderCase,
    OrderOffer,
    Patch,
    Place,
    Placement,
    Programme,
    Project,
    Rota,
    RotaPost,
    Service,
    Slot,
    Task,
    Topic,
    Turn,
    TurnSwap,
)
from db.queries.doors.households import masked_door
from db.queries.paging import ROWS, Page
from db.queries.today.moments import told
from db.queries.today.parts import NO_MOMENT, ToDo
from db.queries.today.today import Line, parts_of
from db.rules.masking import redact
from db.rules.permissions import Actor
from db.scope import built_once
from db.terms import Role, TaskState

NO_DAY: Any = cast(null(), Date)
EACH = 8
"""Things of one kind that the start page reads at once."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do; people are masked."""

    kind: ToDo
    id: int
    link: int
    """Of what a press on it opens; not always the thing itself."""
    title: str
    """Empty where the thing has no name of its own, as a week has none."""
    title_en: str
    place: str
    note: str
    day: date | None
    """By when, or the day itself."""
    at: datetime | None
    """The moment from which or until which it waits."""


def _text(value: Any, name: str) -> Any:
    return cast(literal(value) if isinstance(value, str) else func.coalesce(value, ""), String).label(name)


def _row(
    id: Any, title: Any, *, link: Any = None, en: Any = "", place: Any = "", building: Any = "", note: Any = "",
    day: Any = NO_DAY, at: Any = NO_MOMENT,
) -> tuple[Any, ...]:  # fmt: skip
    """The columns that all kinds share, of the same types on both engines."""
    return (
        cast(id, BigInteger).label("id"), cast(id if link is None else link, BigInteger).label("link"),
        _text(title, "title"), _text(en, "title_en"), _text(place, "place"), _text(building, "building"),
        _text(note, "note"), day.label("day"), at.label("at"),
    )  # fmt: skip


def _needs() -> Any:
    columns = _row(Need.id, Need.title, place=Place.name, building=Need.building, at=Need.stage_since)
    return select(*columns).select_from(Need).outerjoin(Place, Place.id == Need.place_id), Need.id


def _weeks() -> Any:
    """One row a week, with how many needs it has."""
    columns = _row(func.min(Need.id), "", note=cast(func.count(), String), day=Need.week)
    return select(*columns).select_from(Need).group_by(Need.week), Need.id


def _doors() -> Any:
    building = Household.building + " " + Household.stairwell
    columns = _row(Household.id, Household.alias, place=Place.name, building=building, day=Household.due_on)
    return select(*columns).select_from(Household).join(Place, Place.id == Household.place_id), Household.id


def _complaints() -> Any:
    columns = _row(Complaint.id, Complaint.title, place=Place.name, building=Complaint.building,
                   note=Complaint.responsible_name, day=Complaint.due_on)  # fmt: skip
    return select(*columns).select_from(Complaint).outerjoin(Place, Place.id == Complaint.place_id), Complaint.id


def _orders() -> Any:
    columns = _row(Order.id, Service.name, en=Service.name_en, place=Place.name, building=Order.building,
                   day=Order.finish_due_on, at=Order.answer_due_at)  # fmt: skip
    return _with_service(select(*columns).select_from(Order)), Order.id


def _cases() -> Any:
    columns = _row(OrderCase.id, Service.name, link=OrderCase.order_id, en=Service.name_en, place=Place.name,
                   building=Order.building, day=OrderCase.due_on)  # fmt: skip
    query = select(*columns).select_from(OrderCase).outerjoin(Order, Order.id == OrderCase.order_id)
    return _with_service(query), OrderCase.id


def _offers() -> Any:
    columns = _row(OrderOffer.id, Service.name, link=OrderOffer.order_id, en=Service.name_en, place=Place.name,
                   day=Order.wanted_on, at=OrderOffer.offered_at)  # fmt: skip
    query = select(*columns).select_from(OrderOffer).outerjoin(Order, Order.id == OrderOffer.order_id)
    return _with_service(query), OrderOffer.id


def _with_service(query: Any) -> Any:
    return query.outerjoin(Service, Service.id == Order.service_id).outerjoin(Place, Place.id == Order.place_id)


def _notices() -> Any:
    columns = _row(Notice.id, Notice.title, place=Notice.where_posted, day=Notice.ends_on)
    return select(*columns).select_from(Notice), Notice.id


def _answers() -> Any:
    columns = _row(Answer.id, Need.title, place=Place.name, building=Need.building, day=Answer.due_on)
    query = select(*columns).select_from(Answer).outerjoin(Need, Need.id == Answer.need_id)
    return query.outerjoin(Place, Place.id == Need.place_id), Answer.id


def _activities() -> Any:
    columns = _row(Activity.id, Activity.title, place=Activity.place, day=Activity.on)
    return select(*columns).select_from(Activity), Activity.id


def _slots(*, link: Any = None) -> Any:
    filled = cast(Slot.filled, String) + "/" + cast(Slot.places, String)
    columns = _row(Slot.id, RotaPost.name, link=link, place=Rota.title, note=filled, day=Slot.on, at=Slot.starts_at)
    return _with_rota(select(*columns).select_from(Slot)), Slot.id


def _turns(*, link: Any = None) -> Any:
    columns = _row(Turn.id, RotaPost.name, link=link, place=Rota.place, day=Slot.on, at=Slot.starts_at)
    return _with_rota(select(*columns).select_from(Turn).join(Slot, Slot.id == Turn.slot_id)), Turn.id


def _swaps() -> Any:
    wanted = aliased(Turn)
    columns = _row(TurnSwap.id, RotaPost.name, link=wanted.id, place=Rota.place, day=Slot.on, at=Slot.starts_at)
    query = select(*columns).select_from(TurnSwap).join(wanted, wanted.id == TurnSwap.wanted_id)
    return _with_rota(query.join(Slot, Slot.id == wanted.slot_id)), TurnSwap.id


def _with_rota(query: Any) -> Any:
    return query.join(RotaPost, RotaPost.id == Slot.post_id).join(Rota, Rota.id == Slot.rota_id)


def _meetings() -> Any:
    columns = _row(Meeting.id, Meeting.title, place=Meeting.place, at=Meeting.at)
    return select(*columns).select_from(Meeting), Meeting.id


def _projects() -> Any:
    columns = _row(Project.id, Project.title, place=Project.beneficiaries, day=Project.due_on)
    return select(*columns).select_from(Project), Project.id


def _disputes(due: Any) -> Any:
    columns = _row(Mediation.id, Mediation.title, place=Mediation.place, day=due)
    return select(*columns).select_from(Mediation), Mediation.id


def _check() -> Any:
    where = (MediationAction.mediation_id == Mediation.id, MediationAction.state == TaskState.OPEN)
    return _disputes(select(func.min(MediationAction.due_on)).where(*where).correlate(Mediation).scalar_subquery())


def _escalated() -> Any:
    where = (MediationEscalation.mediation_id == Mediation.id, MediationEscalation.answered_on.is_(None))
    return _disputes(select(func.min(MediationEscalation.due_on)).where(*where).correlate(Mediation).scalar_subquery())


def _patches() -> Any:
    columns = _row(Patch.id, Place.name, building=Patch.building, note=Account.name)
    query = select(*columns).select_from(Patch).join(Place, Place.id == Patch.place_id)
    return query.outerjoin(Account, Account.id == Patch.account_id), Patch.id


def _programmes() -> Any:
    return select(*_row(Programme.id, Programme.alias)).select_from(Programme), Programme.id


def _topics() -> Any:
    return select(*_row(Topic.id, Topic.title, at=Topic.made_at)).select_from(Topic), Topic.id


def _tasks() -> Any:
    return select(*_row(Task.id, Task.title, place=Task.owner, day=Task.due_on)).select_from(Task), Task.id


def _placements() -> Any:
    columns = _row(Placement.id, Opening.title, link=Opening.id, place=Project.title, at=Placement.asked_at)
    query = select(*columns).select_from(Placement).join(Opening, Opening.id == Placement.opening_id)
    return query.outerjoin(Project, Project.id == Opening.project_id), Placement.id


def _waiting() -> Any:
    """Whoever asked to join, under the project in which the leader answers."""
    columns = _row(Placement.id, Opening.title, link=Project.id, place=Project.title, at=Placement.asked_at)
    query = select(*columns).select_from(Placement).join(Opening, Opening.id == Placement.opening_id)
    return query.join(Project, Project.id == Opening.project_id), Placement.id


def _openings() -> Any:
    columns = _row(Opening.id, Opening.title, place=Project.title)
    return select(*columns).select_from(Opening).outerjoin(Project, Project.id == Opening.project_id), Opening.id


_OF_MEETINGS = (ToDo.MEETING_LEFT, ToDo.MEETING_TODAY, ToDo.NEXT_MEETING, ToDo.CORRECTIONS)
_OF_PROJECTS = (
    ToDo.RED_PROJECTS, ToDo.PROJECTS_LEFT, ToDo.DUTIES_LEFT, ToDo.DECIDE_ACCEPTANCE, ToDo.JUDGE,
    ToDo.REPORT_ACTIVITIES, ToDo.MILESTONES, ToDo.NEXT_ACTIVITIES,
)  # fmt: skip
_OF_NEEDS = (
    ToDo.HANDLING, ToDo.SCORES, ToDo.OPEN_SCREENING, ToDo.ROUTE, ToDo.FOR_AGENDA, ToDo.SET_UP, ToDo.INCOMPLETE,
    ToDo.ORDERED,
)  # fmt: skip
NAMES: dict[ToDo, Callable[[], Any]] = {
    **dict.fromkeys(_OF_NEEDS, _needs),
    **dict.fromkeys((ToDo.DOORS_OVERDUE, ToDo.DOORS_DUE), _doors),
    **dict.fromkeys((ToDo.COMPLAINTS_LATE, ToDo.COMPLAINTS_TO_HAND_OVER, ToDo.COMPLAINTS_TO_REVISIT), _complaints),
    **dict.fromkeys((ToDo.ORDERS_LATE, ToDo.ORDERS_TO_DISPATCH, ToDo.ORDERS_TO_CONFIRM), _orders),
    ToDo.ORDER_CASES: _cases,
    **dict.fromkeys((ToDo.OFFERS, ToDo.MY_TURNS), _offers),
    **dict.fromkeys((ToDo.OBJECTIONS, ToDo.NOTICES_ENDED), _notices),
    **dict.fromkeys((ToDo.ANSWERS_OVERDUE, ToDo.ANSWERS_DUE), _answers),
    **dict.fromkeys((ToDo.AWAY, ToDo.UNRECORDED, ToDo.MARKETS), _activities),
    **dict.fromkeys((ToDo.SLOTS_SHORT, ToDo.SLOTS_TO_MARK), lambda: _slots(link=Slot.rota_id)),
    ToDo.OPEN_SLOTS: _slots,
    **dict.fromkeys((ToDo.SLOTS_TODAY, ToDo.MY_SLOTS), _turns),
    ToDo.TURNS_TO_TELL: lambda: _turns(link=Slot.rota_id),
    ToDo.SLOT_SWAPS: _swaps,
    **dict.fromkeys(_OF_MEETINGS, _meetings),
    **dict.fromkeys(_OF_PROJECTS, _projects),
    ToDo.CHECKS_DUE: _check,
    ToDo.ESCALATED: _escalated,
    ToDo.ESCALATED_BACK: lambda: _disputes(NO_DAY),
    ToDo.PATCHES_LEFT: _patches,
    ToDo.PROGRAMMES_LEFT: _programmes,
    ToDo.REVIEW_TOPICS: _topics,
    ToDo.TASKS_LATE: _tasks,
    ToDo.PLACEMENTS: _waiting,
    ToDo.OWN_TEAMS: _placements,
    ToDo.OPENINGS: _openings,
    ToDo.SIGN_WEEKS: _weeks,
}
"""Kind -> its rows without a condition, and the id by which they are chosen. The other kinds have a list elsewhere."""


def things(session: Session, actor: Actor, lines: Sequence[Line], *, now: datetime) -> dict[ToDo, tuple[Thing, ...]]:
    """The first things of these lines, by kind; one statement."""
    held = parts_of(actor.role)
    asked = [line for line in lines if line.kind in NAMES and (line.ids or line.kind in held)]
    found: dict[ToDo, tuple[Thing, ...]] = {}
    if asked:
        query = _first_things(actor.role, tuple((line.kind, bool(line.ids)) for line in asked))
        chosen = {_ids(line.kind).key: line.ids for line in asked if line.ids}
        for row in session.execute(query, told(actor, now) | chosen):
            found[ToDo(row.kind)] = (*found.get(ToDo(row.kind), ()), _thing(row))
    return {kind: tuple(sorted(some, key=_longest)) for kind, some in found.items()}


def things_of(session: Session, actor: Actor, line: Line, *, now: datetime, skip: int = 0) -> Page[Thing]:
    """All things of one line, fifty at a time; the line is counted by the same condition."""
    if line.kind not in NAMES:
        return Page((), False)
    query = _named(actor.role, line.kind, bool(line.ids)).limit(ROWS + 1).offset(skip)
    rows = session.execute(query, told(actor, now) | {_ids(line.kind).key: line.ids}).all()
    return Page(tuple(_thing(row) for row in rows[:ROWS]), len(rows) > ROWS)


@built_once
def _first_things(role: Role, kinds: tuple[tuple[ToDo, bool], ...]) -> CompoundSelect[Any]:
    firsts = (_named(role, kind, by_ids).limit(EACH).subquery() for kind, by_ids in kinds)
    return union_all(*(select(*one.columns) for one in firsts))


def _ids(kind: ToDo) -> Any:
    """The rows of a kind that only Python can tell."""
    return bindparam(f"today_{kind.value}", expanding=True, type_=BigInteger())


@cache
def _named(role: Role, kind: ToDo, by_ids: bool) -> Select[Any]:
    """The rows of a kind in their order, built once: by their ids, or by the condition by which they are counted."""
    query, by = NAMES[kind]()
    part = parts_of(role).get(kind)
    ids = part.ids() if part and not by_ids else _ids(kind)
    chosen = query.add_columns(literal(kind.value).label("kind")).where(by.in_(ids)).subquery()
    day, moment = chosen.columns.day, chosen.columns.at
    # By the day, by the moment where there is none; the engines disagree where nothing stands among the days.
    order = (day.is_(None), day, moment.is_(None), moment, chosen.columns.id)
    return select(chosen).order_by(*order)


def _longest(one: Thing) -> tuple[date, str, int]:
    return one.day or date.max, one.at.isoformat() if one.at else "", one.id


def _thing(row: Any) -> Thing:
    kind, title = ToDo(row.kind), redact(row.title)
    place = f"{row.place}{row.building}"
    if kind in (ToDo.DOORS_DUE, ToDo.DOORS_OVERDUE):
        title, place = masked_door(row.place, row.building, known=True, alias=row.title), ""
    return Thing(kind, row.id, row.link, title, row.title_en, place, row.note, row.day, row.at)

"""Topics with their review, resolutions with their tasks, and corrections of a record."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from db.errors import NotFound
from db.models import (
    AgendaItem,
    Ballot,
    BodyMember,
    Category,
    Community,
    Correction,
    DiscussionPoint,
    HandCount,
    Meeting,
    Need,
    Task,
    Topic,
)
from db.queries.council.council import in_office
from db.queries.named import Named
from db.queries.paging import ROWS, Page, due_first, longest_first, worst_first
from db.terms import (
    BallotState,
    CorrectionField,
    CorrectionState,
    ItemState,
    MeetingState,
    NeedStage,
    TaskState,
    TopicGround,
    TopicSource,
    TopicState,
)


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in a list, with what became of it at the last meeting that had it on its agenda."""

    id: int
    number: str
    title: str
    source: TopicSource
    proposer: str
    state: TopicState
    made_at: datetime
    outcome: ItemState | None


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """One topic with its form (docs/domain.md 5.7) and its review."""

    id: int
    version: int
    community_id: int
    number: str
    title: str
    source: TopicSource
    proposer: str
    signed_at: datetime | None
    signed_on_paper: bool
    category: str
    background: str
    scope: str
    proposal: str
    budget_yuan: int | None
    stakeholders: str
    state: TopicState
    ground: TopicGround | None
    review_reason: str
    merged_into: str
    referred_to: str
    reviewer: str
    made_at: datetime
    reviewed_at: datetime | None
    desk_phone: str = ""
    joined: tuple[str, ...] = ()
    """Number and title of the topics that were merged into this one."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """决议事项: what, by whom, until when."""

    id: int
    version: int
    item_id: int
    item: str
    meeting: str
    title: str
    owner: str
    due_on: date
    state: TaskState
    result: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A passed item of a meeting with the tasks that came of it."""

    item_id: int
    title: str
    motion: str
    need_number: str
    tasks: tuple[TaskRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """更正: both texts, who asked and who confirmed."""

    id: int
    version: int
    item: str
    field: CorrectionField
    before: str
    after: str
    reason: str
    state: CorrectionState
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    settled_by: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Correctable:
    """A place in a meeting's record where a clerical error may stand, with its present text."""

    item_id: int
    item: str
    field: CorrectionField
    target_id: int | None
    text: str


def topics(session: Session, *, state: TopicState | None = None, before: int | None = None) -> Page[TopicRow]:
    """Topics, those that wait for their review first and the longest waiting at the top, then the newest, each with the
    state of the item it became last."""
    last = (
        select(AgendaItem.state)
        .where(AgendaItem.topic_id == Topic.id)
        .order_by(AgendaItem.id.desc())
        .limit(1)
        .correlate(Topic)
        .scalar_subquery()
    )
    query = select(
        Topic.id, Topic.number, Topic.title, Topic.source, Topic.proposer, Topic.state, Topic.made_at, last
    ).limit(ROWS + 1)
    if state is not None:
        query = query.where(Topic.state == state)
    longest = longest_first(Topic.state == TopicState.SUBMITTED, Topic.made_at)
    query = worst_first(query, Topic, *longest, before=before)
    rows = [TopicRow(*row) for row in session.execute(query)]
    return Page(tuple(rows[:ROWS]), len(rows) > ROWS)


def topic(session: Session, topic_id: int) -> TopicFacts:
    """One topic with its form and review; raises NotFound."""
    lead = aliased(Topic)
    row = session.execute(
        select(
            *(Topic.id, Topic.version, Topic.community_id, Topic.number, Topic.title, Topic.source, Topic.proposer),
            Topic.signed_at,
            *(Topic.signed_on_paper, func.coalesce(Category.name, "").label("category"), Topic.background),
            *(Topic.scope, Topic.proposal, Topic.budget_yuan, Topic.stakeholders, Topic.state, Topic.ground),
            *(Topic.review_reason, func.coalesce(lead.number, "").label("merged_into"), Topic.referred_to),
            *(Topic.reviewed_name.label("reviewer"), Topic.made_at, Topic.reviewed_at, Community.desk_phone),
        )
        .join(Community, Community.id == Topic.community_id)
        .outerjoin(Category, Category.id == Topic.category_id)
        .outerjoin(lead, lead.id == Topic.merged_into_id)
        .where(Topic.id == topic_id)
    ).first()
    if row is None:
        raise NotFound(what="topic", id=topic_id)
    joined = session.execute(
        select(Topic.number, Topic.title).where(Topic.merged_into_id == topic_id).order_by(Topic.id).limit(ROWS)
    )
    return TopicFacts(**row._mapping, joined=tuple(f"{one.number} {one.title}" for one in joined))


def topics_to_join(session: Session, topic_id: int) -> tuple[Named, ...]:
    """Topics into which this one could be merged, newest first."""
    rows = session.execute(
        select(Topic.id, Topic.number, Topic.title)
        .where(
            Topic.id != topic_id,
            Topic.state.in_((TopicState.SUBMITTED, TopicState.ACCEPTED, TopicState.ON_AGENDA)),
        )
        .order_by(Topic.id.desc())
        .limit(ROWS)
    )
    return tuple(Named(row.id, f"{row.number} {row.title}") for row in rows)


def members_who_sign(session: Session, *, today: date) -> tuple[Named, ...]:
    """Members in office, whose written proposal staff may enter."""
    rows = session.execute(
        select(BodyMember.id, BodyMember.seat, BodyMember.name)
        .where(in_office(today))
        .order_by(BodyMember.body_id, BodyMember.seat)
    )
    return tuple(Named(row.id, f"{row.seat:02d} {row.name}") for row in rows)


def draft_meetings(session: Session) -> tuple[Named, ...]:
    """Meetings whose agenda is still open."""
    rows = session.execute(
        select(Meeting.id, Meeting.title).where(Meeting.state == MeetingState.DRAFT).order_by(Meeting.at).limit(ROWS)
    )
    return tuple(Named(row.id, row.title) for row in rows)


# --- tasks ----------------------------------------------------------------------------------------------


def tasks(session: Session, *, state: TaskState | None = None, before: int | None = None) -> Page[TaskRow]:
    """Tasks, open ones by their day, then the newest first; of a state, if one is given."""
    query = _tasks().limit(ROWS + 1)
    if state is not None:
        query = query.where(Task.state == state)
    query = worst_first(query, Task, *due_first(Task.state == TaskState.OPEN, Task.due_on), before=before)
    rows = [TaskRow(**row._mapping) for row in session.execute(query)]
    return Page(tuple(rows[:ROWS]), len(rows) > ROWS)


def _tasks() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Task.id, Task.version, Task.item_id, AgendaItem.title.label("item"), Meeting.title.label("meeting")),
            *(Task.title, Task.owner, Task.due_on, Task.state, Task.result),
        )
        .join(AgendaItem, AgendaItem.id == Task.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
    )


def resolutions(session: Session, *, before: int | None = None) -> Page[Resolved]:
    """Passed items, newest decision first, with the tasks that came of each."""
    query = (
        select(AgendaItem.id, AgendaItem.title, AgendaItem.motion, func.coalesce(Need.number, "").label("need"))
        .outerjoin(Need, Need.id == AgendaItem.need_id)
        .where(AgendaItem.state == ItemState.PASSED)
        .order_by(AgendaItem.id.desc())
        .limit(ROWS + 1)
    )
    if before is not None:
        query = query.where(AgendaItem.id < before)
    rows = session.execute(query).all()
    found = session.execute(_tasks().where(Task.item_id.in_([row.id for row in rows])).order_by(Task.id))
    by_item: dict[int, list[TaskRow]] = {}
    for row in found:
        by_item.setdefault(row.item_id, []).append(TaskRow(**row._mapping))
    items = [Resolved(row.id, row.title, row.motion, row.need, tuple(by_item.get(row.id, ()))) for row in rows]
    return Page(tuple(items[:ROWS]), len(items) > ROWS)


# --- corrections ------------------------------------------------------------------------------------------


def corrections(session: Session, meeting_id: int) -> tuple[CorrectionRow, ...]:
    """Every correction that was asked for in the record of a meeting, newest first; raises NotFound."""
    if session.scalar(select(Meeting.id).where(Meeting.id == meeting_id)) is None:
        raise NotFound(what="meeting", id=meeting_id)
    rows = session.execute(
        select(
            *(Correction.id, Correction.version, AgendaItem.title.label("item"), Correction.field),
            *(Correction.before, Correction.after, Correction.reason, Correction.state),
            *(Correction.asked_by.label("asked_by_id"), Correction.asked_name.label("asked_by"), Correction.asked_at),
            *(Correction.settled_name.label("settled_by"), Correction.settled_at),
        )
        .join(AgendaItem, AgendaItem.id == Correction.item_id)
        .where(Correction.meeting_id == meeting_id)
        .order_by(Correction.id.desc())
        .limit(ROWS)
    )
    return tuple(CorrectionRow(**row._mapping) for row in rows)


def correctable(session: Session, meeting_id: int) -> tuple[Correctable, ...]:
    """The places of a meeting's record where words may be put right: decided items, their points, their tellers."""
    decided = (AgendaItem.meeting_id == meeting_id, AgendaItem.decided_at.is_not(None))
    found = []
    items = session.execute(
        select(AgendaItem.id, AgendaItem.position, AgendaItem.title, AgendaItem.motion)
        .where(*decided)
        .order_by(AgendaItem.position)
    ).all()
    names = {row.id: f"{row.position}. {row.title}" for row in items}
    for row in items:
        found.append(Correctable(row.id, names[row.id], CorrectionField.TITLE, None, row.title))
        found.append(Correctable(row.id, names[row.id], CorrectionField.MOTION, None, row.motion))
    points = session.execute(
        select(DiscussionPoint.id, DiscussionPoint.item_id, DiscussionPoint.words)
        .join(AgendaItem, AgendaItem.id == DiscussionPoint.item_id)
        .where(*decided, DiscussionPoint.words != "")
        .order_by(DiscussionPoint.id)
        .limit(ROWS)
    )
    found += [Correctable(p.item_id, names[p.item_id], CorrectionField.POINT, p.id, p.words) for p in points]
    tellers = session.execute(
        select(HandCount.id, Ballot.item_id, HandCount.teller_name)
        .join(Ballot, Ballot.id == HandCount.ballot_id)
        .join(AgendaItem, AgendaItem.id == Ballot.item_id)
        .where(*decided, Ballot.state == BallotState.CLOSED)
        .order_by(HandCount.id)
        .limit(ROWS)
    )
    found += [Correctable(t.item_id, names[t.item_id], CorrectionField.TELLER, t.id, t.teller_name) for t in tellers]
    return tuple(found)


def categories_to_choose(session: Session) -> tuple[Named, ...]:
    """The categories of needs, in their order."""
    rows = session.execute(select(Category.id, Category.name).order_by(Category.position, Category.id))
    return tuple(Named(*row) for row in rows)


def to_answer(session: Session) -> tuple[Resolved, ...]:
    """Passed items whose notice is over and whose need waits to become a project, or to be answered without one."""
    rows = session.execute(
        select(AgendaItem.id, AgendaItem.title, AgendaItem.motion, Need.number)
        .join(Need, Need.id == AgendaItem.need_id)
        .where(AgendaItem.state == ItemState.PASSED, Need.stage == NeedStage.TO_PROJECT)
        .order_by(AgendaItem.id)
        .limit(ROWS)
    )
    return tuple(Resolved(*row) for row in rows)

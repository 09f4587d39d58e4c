"""Public notices: what waits to be posted, what runs, and what was objected."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import AgendaItem, Community, HolidayOverride, Meeting, MovedPeriod, Notice, NoticeVersion, Objection
from db.queries.moved_periods import Moved, moved_periods
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.queries.people.people import left_a_moment_ago
from db.queries.voting.ballots import question_counted
from db.rules.masking import masked_name, masked_phone, masked_room
from db.rules.voting.decision import HouseRule
from db.rules.voting.question import MOTION, Question
from db.rules.voting.result import Result, result_from_json
from db.rules.workdays import working_days_left
from db.terms import ItemState, NoticeState, ObjectionState


@dataclass(frozen=True, slots=True)
class ToPost:
    """A passed item that has no notice yet."""

    item_id: int
    title: str
    motion: str
    meeting: str
    decided_at: datetime | None
    owners_matter: bool
    result: Result | None
    rule: HouseRule | None
    question: Question = MOTION


@dataclass(frozen=True, slots=True)
class NoticeInList:
    """A notice, in a list."""

    id: int
    title: str
    state: NoticeState
    posted_on: date
    ends_on: date
    objections: int
    open_objections: int


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """An objection; name and contact are masked."""

    id: int
    version: int
    objector: str
    contact: str
    matter: str
    received_at: datetime
    state: ObjectionState
    answer: str
    handled_at: datetime | None
    plan_after: str = ""
    """修改方案: the plan as it reads since this objection; empty when it was left as it is."""


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One wording of what is to be done: the first was voted on, each later one came of an objection."""

    number: int
    words: str
    since: datetime | None
    """Empty for what was voted on."""


TEXTS = ("title", "body", "where_posted", "objection_contact")
"""What a correction may change."""


@dataclass(frozen=True, slots=True)
class OldVersion:
    """A notice as it hung until it was corrected, and which of its `TEXTS` the next version changed."""

    number: int
    title: str
    body: str
    where_posted: str
    objection_contact: str
    posted_on: date
    ends_on: date
    reason: str
    replaced_at: datetime
    replaced_by: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One notice with everything that was said about it."""

    id: int
    version: int
    item_id: int
    need_id: int | None
    item_state: ItemState
    owners_matter: bool
    community: str
    title: str
    body: str
    posted_on: date
    working_days: int
    ends_on: date
    approximate: bool
    where_posted: str
    objection_contact: str
    state: NoticeState
    days_left: int
    objections: tuple[ObjectionFacts, ...]
    motion: str = ""
    """What was voted on, word by word."""
    withdrawn_reason: str = ""
    versions: tuple[OldVersion, ...] = ()
    """The former wordings, oldest first."""
    moved: tuple[Moved, ...] = ()
    """What days off and on that were set later did to its period."""

    @property
    def plans(self) -> tuple[PlanVersion, ...]:
        """The plan as it was voted on, and as each objection changed it, the newest last."""
        changed = sorted(
            (one.handled_at, one.id, one.plan_after) for one in self.objections if one.handled_at and one.plan_after
        )
        later = (PlanVersion(n, words, at) for n, (at, _id, words) in enumerate(changed, 2))
        return (PlanVersion(1, self.motion, None), *later)

    @property
    def open_objections(self) -> int:
        """How many still wait for an answer."""
        return sum(objection.state is ObjectionState.OPEN for objection in self.objections)


def holidays(session: Session) -> dict[date, bool]:
    """Days that the subdistrict has set by hand: day → people work."""
    rows = session.execute(select(HolidayOverride.day, HolidayOverride.workday))
    return {row.day: row.workday for row in rows}


def settles_item() -> ColumnElement[bool]:
    """Whether a notice says all there is to post about its item: all do but one withdrawn for its own faults."""
    return or_(Notice.state != NoticeState.WITHDRAWN, Notice.withdrawn_reason == "")


def items_to_post(session: Session) -> tuple[ToPost, ...]:
    """Passed items without a notice, or whose notice was withdrawn, the oldest decision first."""
    known = select(Notice.id).where(Notice.item_id == AgendaItem.id, settles_item()).exists()
    rows = session.execute(
        select(
            *(AgendaItem.id, AgendaItem.title, AgendaItem.motion, Meeting.title.label("meeting")),
            *(AgendaItem.decided_at, AgendaItem.owners_matter, AgendaItem.decision, Meeting.rule),
            *(AgendaItem.question, question_counted().label("counted")),
        )
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.state == ItemState.PASSED, ~known)
        .order_by(AgendaItem.decided_at, AgendaItem.id)
        .limit(ROWS)
    )
    return tuple(
        ToPost(
            item_id=row.id,
            title=row.title,
            motion=row.motion,
            meeting=row.meeting,
            decided_at=row.decided_at,
            owners_matter=row.owners_matter,
            result=result_from_json(row.decision) if row.decision else None,
            rule=HouseRule.from_json(row.rule) if row.rule else None,
            question=Question.from_json(row.counted or row.question),
        )
        for row in rows
    )


def last_contact(session: Session) -> str:
    """Where objections were taken the last time: the next notice is proposed the same."""
    found = session.scalar(select(Notice.objection_contact).order_by(Notice.id.desc()).limit(1))
    return found or ""


def notices(session: Session, *, state: NoticeState | None = None, before: int | None = None) -> Page[NoticeInList]:
    """Notices, newest first, with their objections counted; the next page starts before the last row's id."""
    counted = (
        select(
            Objection.notice_id,
            func.count().label("objections"),
            func.sum(case((Objection.state == ObjectionState.OPEN, 1), else_=0)).label("open"),
        )
        .group_by(Objection.notice_id)
        .subquery()
    )
    query = (
        select(
            *(Notice.id, Notice.title, Notice.state, Notice.posted_on, Notice.ends_on),
            func.coalesce(counted.c.objections, 0).label("objections"),
            func.coalesce(counted.c.open, 0).label("open_objections"),
        )
        .outerjoin(counted, counted.c.notice_id == Notice.id)
        .limit(ROWS + 1)
    )
    if state is not None:
        query = query.where(Notice.state == state)
    query = worst_first(query, Notice, *due_first(Notice.state == NoticeState.RUNNING, Notice.ends_on), before=before)
    rows = [NoticeInList(*row) for row in session.execute(query)]
    return Page(tuple(rows[:ROWS]), len(rows) > ROWS)


def notice(session: Session, notice_id: int, *, today: date) -> NoticeFacts:
    """One notice with its objections, the people in them masked; raises NotFound."""
    row = session.execute(
        select(
            *(Notice.id, Notice.version, Notice.item_id, AgendaItem.need_id, AgendaItem.state.label("item_state")),
            *(AgendaItem.owners_matter, Community.name.label("community"), Notice.title, Notice.body),
            *(Notice.posted_on, Notice.working_days, Notice.ends_on, Notice.approximate),
            *(Notice.where_posted, Notice.objection_contact, Notice.state, AgendaItem.motion, Notice.withdrawn_reason),
        )
        .join(AgendaItem, AgendaItem.id == Notice.item_id)
        .join(Community, Community.id == Notice.community_id)
        .where(Notice.id == notice_id)
    ).first()
    if row is None:
        raise NotFound(what="notice", id=notice_id)
    objections = session.execute(
        select(
            *(Objection.id, Objection.version, Objection.objector, Objection.contact, Objection.matter),
            *(Objection.received_at, Objection.state, Objection.answer, Objection.handled_at, Objection.plan_after),
        )
        .where(Objection.notice_id == notice_id)
        .order_by(Objection.id)
        .limit(ROWS)
    )
    facts: dict[str, Any] = dict(row._mapping)
    return NoticeFacts(
        **facts,
        versions=_versions(session, notice_id, {name: facts[name] for name in TEXTS}),
        moved=moved_periods(session, MovedPeriod.notice_id == notice_id),
        days_left=working_days_left(today, row.ends_on, holidays(session)),
        objections=tuple(
            ObjectionFacts(
                id=o.id,
                version=o.version,
                objector=masked_name(o.objector),
                contact=masked_phone(o.contact) or masked_room(o.contact),
                matter=o.matter,
                received_at=o.received_at,
                state=o.state,
                answer=o.answer,
                handled_at=o.handled_at,
                plan_after=o.plan_after,
            )
            for o in objections
        ),
    )


def _versions(session: Session, notice_id: int, hangs: dict[str, str]) -> tuple[OldVersion, ...]:
    rows = session.execute(
        select(
            *(NoticeVersion.number, *(getattr(NoticeVersion, name) for name in TEXTS), NoticeVersion.posted_on),
            *(NoticeVersion.ends_on, NoticeVersion.reason, NoticeVersion.replaced_at),
            NoticeVersion.replaced_name.label("replaced_by"),
        )
        .where(NoticeVersion.notice_id == notice_id)
        .order_by(NoticeVersion.number)
        .limit(ROWS)
    ).all()
    found = [dict(row._mapping) for row in rows]
    return tuple(
        OldVersion(**old, changed=tuple(name for name in TEXTS if old[name] != after[name]))
        for old, after in zip(found, [*found[1:], hangs], strict=False)
    )


@dataclass(frozen=True, slots=True)
class Objector:
    """Who objected, in clear."""

    name: str
    contact: str


def objector(session: Session, objection_id: int, trace: str, *, now: datetime) -> Objector | None:
    """Name and contact for the person who just left this trace of a look; None without a fresh one of one's own."""
    if not left_a_moment_ago(session, "objection", objection_id, trace, now):
        return None
    row = session.execute(select(Objection.objector, Objection.contact).where(Objection.id == objection_id)).first()
    return Objector(row.objector, row.contact) if row else None

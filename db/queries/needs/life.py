"""One need with its whole life: facts, every line and who acted, the voices merged into it, the answers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Account, Answer, Category, Household, Need, Place, Project, ProjectSource, ThreadEntry
from db.queries.needs.asked import AskedFacts, hides, who_asked
from db.queries.needs.needs import asker
from db.rules.clock import lately
from db.rules.masking import redact
from db.terms import (
    AnswerChannel,
    AnswerKind,
    AnswerState,
    Happening,
    NeedStage,
    Reach,
    Satisfaction,
    Urgency,
)

LINES_MOST = 400
VOICES_MOST = 100
CLEAR_FOR = timedelta(minutes=2)
"""How long after its trace was left an original value can be read."""


@dataclass(frozen=True, slots=True)
class NeedFacts(AskedFacts):
    """A need as its page shows it."""

    urgency: Urgency
    reach: Reach
    people: int
    special_group: bool
    stage: NeedStage
    stage_since: datetime
    changed_after_sign_off: bool
    voices: int
    week: date
    due_on: date | None
    lead_id: int | None
    lead_number: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a life; `project` is the number of the project it belongs to, or ""."""

    at: datetime
    actor: str
    kind: str
    values: dict[str, Any]
    note: str
    project: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A need merged into this one, in its own words."""

    id: int
    number: str
    description: str
    asker: str
    logged_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """The answer one asker is owed or was given."""

    id: int
    need_id: int
    number: str
    kind: AnswerKind
    words: str
    state: AnswerState
    due_on: date
    tries: int
    channel: AnswerChannel | None
    satisfaction: Satisfaction | None
    comment: str
    given_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class NeedLife:
    """A need and everything that happened to it, oldest first."""

    need: NeedFacts
    lines: tuple[Line, ...]
    voices: tuple[Voice, ...]
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """The fields of a need as they were stated, for the form that amends them."""

    version: int
    title: str
    description: str
    category_id: int
    place_id: int
    building: str
    reach: Reach
    people: int
    urgency: Urgency
    special_group: bool


@dataclass(frozen=True, slots=True)
class Originals:
    """What was masked; shown once, never stored or cached."""

    name: str
    phone: str
    door: str
    description: str


def need_life(session: Session, need_id: int) -> NeedLife | None:
    """The need, or None outside the scope."""
    facts = _facts(session, need_id)
    if facts is None:
        return None
    return NeedLife(facts, _lines(session, facts), _voices(session, need_id), _answers(session, need_id))


def _facts(session: Session, need_id: int) -> NeedFacts | None:
    lead = aliased(Need)
    row = session.execute(
        select(
            Need,
            Category.name.label("category"),
            Category.name_en.label("category_en"),
            Place.name.label("place"),
            Account.name.label("worker"),
            Household.alias,
            lead.number.label("lead_number"),
        )
        .outerjoin(Category, Category.id == Need.category_id)
        .outerjoin(Place, Place.id == Need.place_id)
        .outerjoin(Account, Account.id == Need.worker_id)
        .outerjoin(Household, Household.id == Need.household_id)
        .outerjoin(lead, lead.id == Need.merged_into_id)
        .where(Need.id == need_id)
    ).first()
    if row is None:
        return None
    need: Need = row.Need
    plain = redact(need.description)
    named = (
        *("id", "version", "community_id", "number", "title", "building", "urgency", "source", "reach", "people"),
        *("special_group", "stage", "stage_since", "changed_after_sign_off", "restricted", "voices", "logged_at"),
        *("week", "due_on"),
    )
    return NeedFacts(
        **{name: getattr(need, name) for name in named},
        description=plain,
        category=row.category,
        category_en=row.category_en,
        place=row.place,
        worker=row.worker,
        asker=who_asked(need, row.place, row.alias),
        has_originals=hides(need, plain),
        lead_id=need.merged_into_id,
        lead_number=row.lead_number or "",
    )


SAID_ONCE = ThreadEntry.kind != Happening.PROJECT_SET_UP
"""The need's own line tells it already."""


def _lines(session: Session, need: NeedFacts) -> tuple[Line, ...]:
    projects = select(ProjectSource.project_id).where(ProjectSource.need_id == need.id)
    rows = session.execute(
        select(
            ThreadEntry.at,
            ThreadEntry.kind,
            ThreadEntry.values,
            ThreadEntry.note,
            ThreadEntry.actor_name,
            Project.number.label("project"),
        )
        .outerjoin(Project, Project.id == ThreadEntry.project_id)
        .where(or_(ThreadEntry.need_id == need.id, and_(ThreadEntry.project_id.in_(projects), SAID_ONCE)))
        .order_by(ThreadEntry.id.desc())
        .limit(LINES_MOST)
    ).all()
    return tuple(
        Line(row.at, row.actor_name, row.kind, _without_numbers(row.values), redact(row.note), row.project or "")
        for row in reversed(rows)
    )


def _without_numbers(values: dict[str, Any]) -> dict[str, Any]:
    was = values.get("was")
    return values | {"was": {name: redact(str(text)) for name, text in was.items()}} if was else values


def _voices(session: Session, need_id: int) -> tuple[Voice, ...]:
    rows = session.execute(
        select(
            Need.id,
            Need.number,
            Need.description,
            Need.logged_at,
            Need.building,
            Need.household_id,
            Need.asker_name,
            Need.asker_phone,
            Place.name.label("place"),
            Household.alias,
        )
        .outerjoin(Place, Place.id == Need.place_id)
        .outerjoin(Household, Household.id == Need.household_id)
        .where(Need.merged_into_id == need_id)
        .order_by(Need.id)
        .limit(VOICES_MOST)
    ).all()
    return tuple(Voice(row.id, row.number, redact(row.description), asker(row), row.logged_at) for row in rows)


def _answers(session: Session, need_id: int) -> tuple[AnswerLine, ...]:
    named = (
        *("id", "need_id", "kind", "state", "due_on", "tries", "channel", "satisfaction"),
        "given_at",
    )
    rows = session.execute(
        select(
            *(getattr(Answer, name) for name in named),
            Answer.words,
            Answer.comment,
            Need.number,
            Answer.given_name,
        )
        .join(Need, Need.id == Answer.need_id)
        .where(or_(Answer.lead_need_id == need_id, Answer.need_id == need_id))
        .order_by(Answer.id)
        .limit(VOICES_MOST)
    ).all()
    return tuple(
        AnswerLine(
            **{name: getattr(row, name) for name in named},
            number=row.number,
            words=redact(row.words),
            comment=redact(row.comment),
            by=row.given_name,
        )
        for row in rows
    )


def stated(session: Session, need_id: int) -> Stated | None:
    """The fields of a need for the form that amends it, unmasked words included: for holders of AMEND_NEED."""
    names = Stated.__slots__
    row = session.execute(select(*(getattr(Need, name) for name in names)).where(Need.id == need_id)).first()
    return Stated(**{name: getattr(row, name) for name in names}) if row else None


def originals(session: Session, need_id: int, trace: int, *, now: datetime) -> Originals | None:
    """Name, telephone, door and words in clear, for the person who just left this trace of an unmasking.

    None without a fresh trace of one's own: no page can show originals without leaving one.
    """
    left = session.execute(
        select(ThreadEntry.at).where(
            ThreadEntry.id == trace,
            ThreadEntry.need_id == need_id,
            ThreadEntry.kind == Happening.UNMASKED.value,
            ThreadEntry.actor_id == session.info["actor"].id,
        )
    ).scalar_one_or_none()
    if left is None or not lately(left, now, CLEAR_FOR):
        return None
    row = session.execute(
        select(
            Need.asker_name,
            Need.asker_phone,
            Need.description,
            Place.name.label("place"),
            Household.building,
            Household.stairwell,
            Household.room,
        )
        .outerjoin(Household, Household.id == Need.household_id)
        .outerjoin(Place, Place.id == Household.place_id)
        .where(Need.id == need_id)
    ).first()
    if row is None:
        return None
    door = f"{row.place}{row.building}{row.stairwell}{row.room}" if row.room else ""
    return Originals(row.asker_name or "", row.asker_phone or "", door, row.description)

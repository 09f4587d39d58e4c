"""One complaint with its whole life, its repeats and what it hangs together with; people are masked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import (
    Category,
    Complaint,
    ComplaintStep,
    Household,
    Mediation,
    MediationParty,
    MovedPeriod,
    Need,
    Place,
    Project,
)
from db.queries.moved_periods import Moved, moved_periods
from db.queries.needs.asked import AskedFacts, hides, who_asked
from db.queries.needs.life import CLEAR_FOR, Originals
from db.queries.needs.twins import TYPING_LEAST, WORDS_LEAST
from db.rules.clock import lately
from db.rules.complaints.life import OPEN, Role, is_late, who_is_on_stage
from db.rules.masking import redact
from db.rules.needs.twins import Sketch, TwinReason, likely_twins, plain
from db.terms import (
    ComplaintState,
    ComplaintStepKind,
    MediationState,
    PartyKind,
    ProjectState,
    ResponsibleBody,
    Satisfaction,
)

STEPS_MOST = 200
REPEATS_MOST = 50
LIKELY_WITHIN = timedelta(days=365)
"""A closed complaint may come back for a year."""
CANDIDATES_MOST = 240
CHOICES_MOST = 50
TYPED_MOST = 300
"""Characters that are compared while the worker types."""
STILL_OPEN = 10
"""Points that a complaint in hand has before one that is closed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a complaint's life."""

    at: datetime
    actor: str
    kind: ComplaintStepKind
    values: dict[str, Any]
    note: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A complaint of the same kind in a list."""

    id: int
    version: int
    number: str
    title: str
    place: str
    building: str
    state: ComplaintState
    received_on: date
    words: str = ""
    score: int = 0
    reasons: tuple[TwinReason, ...] = ()


@dataclass(frozen=True, slots=True)
class AtTable:
    """The dispute that a complaint is part of."""

    id: int
    number: str
    title: str
    state: MediationState
    parties: tuple[PartyKind, ...]


@dataclass(frozen=True, slots=True)
class ComplaintFacts(AskedFacts):
    """A complaint as its page shows it."""

    source_number: str
    category_id: int
    place_id: int
    received_on: date
    state: ComplaintState
    state_since: datetime
    responsible: ResponsibleBody | None
    responsible_name: str
    contact_due_at: datetime | None
    contacted_at: datetime | None
    due_on: date | None
    reply: str
    replied_at: datetime | None
    solved: bool | None
    satisfaction: Satisfaction | None
    closed_at: datetime | None
    relapses: int
    first: Repeat | None
    repeats: tuple[Repeat, ...]
    dispute: AtTable | None
    project_id: int | None
    project: str
    need_id: int | None
    need: str
    steps: tuple[Step, ...]
    late: bool
    tries: int
    """Tries in vain to reach the asker since the last reply."""
    moved: tuple[Moved, ...] = ()
    """What days off and on that were set later did to its times."""

    @property
    def stage(self) -> tuple[Role, ...]:
        """谁在台上: every body with its part."""
        handed = [step for step in self.steps if step.kind is ComplaintStepKind.HANDED_OVER]
        before = [ResponsibleBody(step.values["body"]) for step in handed if step.values.get("body")]
        assists = [ResponsibleBody(one) for one in handed[-1].values.get("assists", [])] if handed else []
        at_table = [BODY_OF[kind] for kind in (self.dispute.parties if self.dispute else ()) if kind in BODY_OF]
        return who_is_on_stage(self.responsible, [*assists, *at_table], before)


BODY_OF = {
    PartyKind.DEPARTMENT: ResponsibleBody.DEPARTMENT,
    PartyKind.PROPERTY_COMPANY: ResponsibleBody.PROPERTY_COMPANY,
    PartyKind.OWNERS_COMMITTEE: ResponsibleBody.OWNERS_COMMITTEE,
}
"""Who sits at the table of the dispute is on stage too."""


def complaint(session: Session, complaint_id: int, *, today: date) -> ComplaintFacts:
    """One complaint; raises NotFound."""
    registered = (
        select(ComplaintStep.actor_name)
        .where(ComplaintStep.complaint_id == Complaint.id)
        .order_by(ComplaintStep.id)
        .limit(1)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            Complaint,
            *(Category.name.label("category"), Category.name_en.label("category_en"), Place.name.label("place")),
            *(registered.label("worker"), Household.alias),
            *(Project.title.label("project"), Need.number.label("need")),
        )
        .outerjoin(Category, Category.id == Complaint.category_id)
        .outerjoin(Place, Place.id == Complaint.place_id)
        .outerjoin(Household, Household.id == Complaint.household_id)
        .outerjoin(Project, Project.id == Complaint.project_id)
        .outerjoin(Need, Need.id == Complaint.need_id)
        .where(Complaint.id == complaint_id)
    ).first()
    if row is None:
        raise NotFound(what="complaint", id=complaint_id)
    one: Complaint = row.Complaint
    description = redact(one.description)
    kind = _same_kind(session, one.repeat_of_id, one.id)
    steps = _steps(session, one.id)
    named = (
        *("id", "version", "community_id", "number", "source", "source_number", "category_id", "place_id", "building"),
        *("restricted", "received_on", "logged_at", "state", "state_since", "responsible", "responsible_name"),
        *("contact_due_at", "contacted_at", "due_on", "replied_at", "solved", "satisfaction", "closed_at"),
        *("relapses", "project_id", "need_id"),
    )
    return ComplaintFacts(
        **{name: getattr(one, name) for name in named},
        title=redact(one.title),
        description=description,
        reply=redact(one.reply),
        category=row.category or "",
        category_en=row.category_en or "",
        place=row.place or "",
        worker=row.worker or "",
        asker=who_asked(one, row.place, row.alias),
        has_originals=hides(one, description),
        first=next((found for found in kind if found.id == one.repeat_of_id), None),
        repeats=tuple(found for found in kind if found.id != one.repeat_of_id),
        dispute=_dispute(session, one.mediation_id),
        project=row.project or "",
        need=row.need or "",
        steps=steps,
        late=is_late(one.state, one.due_on, today),
        tries=_tries(steps),
        moved=moved_periods(session, MovedPeriod.complaint_id == one.id),
    )


def _tries(steps: Sequence[Step]) -> int:
    tries = 0
    for step in reversed(steps):
        if step.kind is ComplaintStepKind.REPLIED:
            break
        tries += step.kind is ComplaintStepKind.REVISITED and not step.values.get("reached")
    return tries


def _steps(session: Session, complaint_id: int) -> tuple[Step, ...]:
    rows = session.execute(
        select(
            *(ComplaintStep.at, ComplaintStep.kind, ComplaintStep.values, ComplaintStep.note, ComplaintStep.actor_name),
        )
        .where(ComplaintStep.complaint_id == complaint_id)
        .order_by(ComplaintStep.id.desc())
        .limit(STEPS_MOST)
    ).all()
    return tuple(Step(row.at, row.actor_name, row.kind, row.values, redact(row.note)) for row in reversed(rows))


_REPEAT = (
    *(Complaint.id, Complaint.version, Complaint.number, Complaint.title, Complaint.building, Complaint.state),
    *(Complaint.received_on, Place.name.label("place")),
)


def _repeat(row: Any, **more: Any) -> Repeat:
    named = ("id", "version", "number", "building", "state", "received_on")
    values = {name: getattr(row, name) for name in named}
    return Repeat(**values, title=redact(row.title), place=row.place or "", **more)


def _same_kind(session: Session, first_id: int | None, own_id: int) -> tuple[Repeat, ...]:
    """The first of its kind, if this is not it, and every other that repeats the same."""
    root = first_id or own_id
    query = (
        select(*_REPEAT)
        .outerjoin(Place, Place.id == Complaint.place_id)
        .where(or_(Complaint.id == root, Complaint.repeat_of_id == root), Complaint.id != own_id)
        .order_by(Complaint.id)
        .limit(REPEATS_MOST)
    )
    return tuple(_repeat(row) for row in session.execute(query))


def _dispute(session: Session, mediation_id: int | None) -> AtTable | None:
    if mediation_id is None:
        return None
    rows = session.execute(
        select(Mediation.id, Mediation.number, Mediation.title, Mediation.state, MediationParty.kind)
        .outerjoin(MediationParty, MediationParty.mediation_id == Mediation.id)
        .where(Mediation.id == mediation_id)
        .order_by(MediationParty.id)
        .limit(REPEATS_MOST)
    ).all()
    if not rows:
        return None
    kinds = tuple(dict.fromkeys(row.kind for row in rows if row.kind is not None))
    return AtTable(rows[0].id, rows[0].number, rows[0].title, rows[0].state, kinds)


# --- the same matter again -----------------------------------------------------------------------------------


def likely_repeats(session: Session, complaint_id: int, *, today: date) -> tuple[Repeat, ...]:
    """Earlier complaints of a year that this one may repeat, best first, at most five; only firsts of their kind."""
    row = session.execute(
        select(
            *(Complaint.community_id, Complaint.description, Complaint.place_id, Complaint.building, Complaint.state),
            *(Complaint.category_id, Complaint.received_on, Complaint.repeat_of_id),
        ).where(Complaint.id == complaint_id)
    ).first()
    if row is None or row.repeat_of_id is not None or row.state is ComplaintState.VOID:
        return ()
    sketch = Sketch(complaint_id, row.description, row.place_id, row.building, row.category_id, row.received_on)
    return _alike(session, row.community_id, sketch, today)


def repeats_while_typing(
    session: Session, community_id: int, *, words: str, today: date, most: int = 3
) -> tuple[Repeat, ...]:
    """What the words typed so far may repeat, best first; one statement over at most 240 candidates."""
    if len(plain(words)) < WORDS_LEAST:
        return ()
    sketch = Sketch(0, words[:TYPED_MOST], None, "", None, today)
    found = _alike(session, community_id, sketch, today, least=TYPING_LEAST, most=3 * most)
    # Of two that are about as alike, the one that is still in hand: a relapse is decided on its own page.
    return tuple(sorted(found, key=lambda one: -one.score - (STILL_OPEN if one.state in OPEN else 0))[:most])


def _alike(session: Session, community_id: int, sketch: Sketch, today: date, **limits: int) -> tuple[Repeat, ...]:
    query = (
        select(*_REPEAT, Complaint.description, Complaint.place_id, Complaint.category_id)
        .outerjoin(Place, Place.id == Complaint.place_id)
        .where(
            Complaint.community_id == community_id,
            Complaint.received_on >= today - LIKELY_WITHIN,
            Complaint.repeat_of_id.is_(None),
            Complaint.id != sketch.need_id,
            Complaint.state != ComplaintState.VOID,
        )
        .order_by(Complaint.received_on.desc(), Complaint.id.desc())
        .limit(CANDIDATES_MOST)
    )
    if sketch.place_id is not None or sketch.category_id:
        near = (Complaint.place_id == sketch.place_id, Complaint.category_id == sketch.category_id)
        query = query.where(or_(*near))
    found = {row.id: row for row in session.execute(query)}
    alike = likely_twins(sketch, _sketches(found.values()), **limits)
    # Of two that are alike the older one leads.
    older = [twin for twin in alike if not sketch.need_id or twin.need_id < sketch.need_id]
    return tuple(
        _repeat(
            found[twin.need_id],
            words=redact(found[twin.need_id].description),
            score=twin.score,
            reasons=twin.reasons,
        )
        for twin in older
    )


def _sketches(rows: Iterable[Any]) -> list[Sketch]:
    return [
        Sketch(row.id, row.description, row.place_id, row.building, row.category_id, row.received_on) for row in rows
    ]


# --- what forms choose from ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to link to."""

    id: int
    name: str


def projects_to_link(session: Session, community_id: int) -> tuple[Choice, ...]:
    """Projects of the community, newest first."""
    query = (
        select(Project.id, Project.number, Project.title)
        .where(Project.community_id == community_id, Project.state != ProjectState.STOPPED)
        .order_by(Project.id.desc())
        .limit(CHOICES_MOST)
    )
    return tuple(Choice(row.id, f"{row.number} {row.title}") for row in session.execute(query))


def disputes_to_join(session: Session, community_id: int) -> tuple[Choice, ...]:
    """Disputes that are not passed up, newest first."""
    query = (
        select(Mediation.id, Mediation.number, Mediation.title)
        .where(Mediation.community_id == community_id, Mediation.state != MediationState.ESCALATED)
        .order_by(Mediation.id.desc())
        .limit(CHOICES_MOST)
    )
    return tuple(Choice(row.id, f"{row.number} {row.title}") for row in session.execute(query))


def complaints_of(session: Session, *, mediation_id: int) -> tuple[Repeat, ...]:
    """The complaints behind a dispute, oldest first."""
    query = (
        select(*_REPEAT)
        .outerjoin(Place, Place.id == Complaint.place_id)
        .where(Complaint.mediation_id == mediation_id)
        .order_by(Complaint.id)
        .limit(REPEATS_MOST)
    )
    return tuple(_repeat(row) for row in session.execute(query))


def complaint_originals(session: Session, complaint_id: int, trace: int, *, now: datetime) -> Originals | None:
    """Name, telephone, door and words in clear, for the person who just left this trace; None without a fresh one."""
    left = session.execute(
        select(ComplaintStep.at).where(
            *(ComplaintStep.id == trace, ComplaintStep.complaint_id == complaint_id),
            *(ComplaintStep.kind == ComplaintStepKind.UNMASKED, ComplaintStep.actor_id == session.info["actor"].id),
        )
    ).scalar_one_or_none()
    if left is None or not lately(left, now, CLEAR_FOR):
        return None
    row = session.execute(
        select(
            *(Complaint.asker_name, Complaint.asker_phone, Complaint.description, Place.name.label("place")),
            *(Household.building, Household.stairwell, Household.room),
        )
        .outerjoin(Household, Household.id == Complaint.household_id)
        .outerjoin(Place, Place.id == Household.place_id)
        .where(Complaint.id == complaint_id)
    ).first()
    if row is None:
        return None
    door = f"{row.place}{row.building}{row.stairwell}{row.room}" if row.room else ""
    return Originals(row.asker_name or "", row.asker_phone or "", door, row.description)

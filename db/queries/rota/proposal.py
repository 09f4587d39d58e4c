"""排班建议: what a proposal is made from, in nine statements whatever the size, and the draft with masked names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    RosterProposal,
    Rota,
    RotaPost,
    Slot,
    SquadMember,
    Turn,
    Volunteer,
)
from db.queries.rota.busy import promised_elsewhere
from db.queries.volunteers.openings import who_is_guarded, who_serve
from db.rules.masking import masked_name
from db.rules.rota.proposal_input import Asked, Helper, Limits, Need, Pair, Span, week_of
from db.terms import HOLDS_A_PLACE, RotaState, TurnState

MOST_PEOPLE, MOST_SLOTS = 400, 1000
"""What one proposal looks at."""
KNOWN_FOR = timedelta(days=365)
"""A post that somebody had within this time is one they know."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RotaFacts:
    """The rota for which a roster is made."""

    id: int
    title: str
    place: str
    state: RotaState
    starts_on: date
    ends_on: date
    squad_id: int | None


@dataclass(frozen=True, slots=True)
class SlotName:
    """A slot to read: its day, times and post."""

    id: int
    on: date
    starts_at: datetime
    ends_at: datetime
    post: str
    skill: str
    places: int
    """Open ones."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A volunteer to read; the name is masked."""

    id: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """What can be asked, with the words for it."""

    asked: Asked
    slots: Mapping[int, SlotName]
    people: Mapping[int, PersonName]


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of a rota as it is now; `gone` are turns that cannot be kept any more (person number or "", slot)."""

    id: int
    version: int
    first_on: date
    last_on: date
    limits: Limits
    together: tuple[Pair, ...]
    filling: tuple[Pair, ...]
    result: Mapping[str, Any]
    left_out: tuple[tuple[int, int, str], ...]
    made_at: datetime
    kept_at: datetime | None
    kept: int


def rota_facts(session: Session, rota_id: int) -> RotaFacts | None:
    """The rota, when it is in reach."""
    row = session.execute(
        select(Rota.id, Rota.title, Rota.place, Rota.state, Rota.starts_on, Rota.ends_on, Rota.squad_id).where(
            Rota.id == rota_id
        )
    ).first()
    return RotaFacts(*row) if row else None


def draft_of(session: Session, rota_id: int) -> Draft | None:
    """The draft; who was merged meanwhile stands in it as the entry that is kept."""
    one = session.scalars(select(RosterProposal).where(RosterProposal.rota_id == rota_id)).first()
    if one is None:
        return None
    people = {person for person, _slot in one.filling} | {person for pair in one.together for person in pair}
    leads = leads_to(session, people)
    return Draft(
        id=one.id,
        version=one.version,
        first_on=one.first_on,
        last_on=one.last_on,
        limits=Limits(**one.limits),
        together=tuple((leads.get(a, a), leads.get(b, b)) for a, b in one.together),
        filling=tuple(dict.fromkeys((leads.get(person, person), slot) for person, slot in one.filling)),
        result=one.result,
        left_out=tuple((person, slot, why) for person, slot, why in one.left_out),
        made_at=one.made_at,
        kept_at=one.kept_at,
        kept=one.kept,
    )


def leads_to(session: Session, people: Collection[int]) -> dict[int, int]:
    """Merged entry → the one it leads to."""
    if not people:
        return {}
    query = select(Volunteer.id, Volunteer.merged_into_id).where(
        Volunteer.id.in_(people), Volunteer.merged_into_id.is_not(None)
    )
    return {row.id: row.merged_into_id for row in session.execute(query)}


def question_of(
    session: Session,
    rota: RotaFacts,
    *,
    first: date,
    last: date,
    limits: Limits,
    together: Iterable[Pair] = (),
    now: datetime,
) -> Question:
    """Open slots from `first` to `last` that have not begun, and everybody who serves (of its squad, if it has one).

    Whoever pauses is there with the pause; a minor only with the guardian's word.
    """
    slots = _slots(session, rota.id, first, last, now)
    people = _people(session, rota.squad_id, first)
    held = _held(session, people, week_of(first) - WEEK, last + 2 * WEEK)
    busy = _busy(session, people, first, last)
    known = _known(session, people, rota.id, now)
    helpers = tuple(
        Helper(
            id=row.id,
            free=frozenset(row.free_slots),
            skills=tuple(row.skills),
            held=tuple(held.get(row.id, ())),
            busy=tuple(busy.get(row.id, ())),
            pauses=((row.paused_from, row.paused_until),) if row.paused_from and row.paused_until else (),
            likes=frozenset(known.get(row.id, ())),
        )
        for row in people.values()
    )
    needs = tuple(
        Need(row.id, row.post_id, row.starts_at, row.ends_at, row.places - row.filled, row.skill) for row in slots
    )
    pairs = tuple((a, b) for a, b in together if a in people and b in people)
    return Question(
        Asked(helpers, needs, limits, pairs),
        {
            row.id: SlotName(row.id, row.on, row.starts_at, row.ends_at, row.name, row.skill, row.places - row.filled)
            for row in slots
        },
        {row.id: PersonName(row.id, row.number, masked_name(row.name)) for row in people.values()},
    )


def _slots(session: Session, rota_id: int, first: date, last: date, now: datetime) -> list[Any]:
    query = (
        select(
            *(Slot.id, Slot.post_id, Slot.on, Slot.starts_at, Slot.ends_at, Slot.places, Slot.filled),
            *(RotaPost.name, RotaPost.skill),
        )
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .where(Slot.rota_id == rota_id, Slot.on.between(first, last), Slot.called_off_at.is_(None))
        .where(Slot.filled < Slot.places, Slot.starts_at > now)
        .order_by(Slot.starts_at, RotaPost.position, Slot.id)
        .limit(MOST_SLOTS)
    )
    return list(session.execute(query))


def _people(session: Session, squad_id: int | None, on: date) -> dict[int, Any]:
    """Who serves; a pause keeps away from its days alone, so it is the proposal's matter."""
    query = select(
        *(Volunteer.id, Volunteer.number, Volunteer.name, Volunteer.skills, Volunteer.free_slots),
        *(Volunteer.paused_from, Volunteer.paused_until),
    ).where(*who_serve(), who_is_guarded(on))
    if squad_id is not None:
        inside = select(SquadMember.volunteer_id).where(SquadMember.squad_id == squad_id, SquadMember.left_on.is_(None))
        query = query.where(Volunteer.id.in_(inside))
    return {row.id: row for row in session.execute(query.order_by(Volunteer.id).limit(MOST_PEOPLE))}


def _held(session: Session, people: Collection[int], first: date, last: date) -> dict[int, list[Span]]:
    """Turns that stand, in whatever rota."""
    query = (
        select(Turn.volunteer_id, Slot.starts_at, Slot.ends_at)
        .join(Slot, Slot.id == Turn.slot_id)
        .where(Turn.volunteer_id.in_(people), Turn.state.in_(HOLDS_A_PLACE))
        .where(Slot.on.between(first, last), Slot.called_off_at.is_(None))
        .order_by(Slot.starts_at)
    )
    found: dict[int, list[Span]] = defaultdict(list)
    for person, starts_at, ends_at in session.execute(query):
        found[person].append((starts_at, ends_at))
    return found


def _busy(session: Session, people: Collection[int], first: date, last: date) -> dict[int, list[Span]]:
    """What else was promised: orders, activities, stalls, outings."""
    found = promised_elsewhere(session, people, first, last)
    return {person: [(one.starts_at, one.ends_at) for one in promised] for person, promised in found.items()}


def _known(session: Session, people: Collection[int], rota_id: int, now: datetime) -> dict[int, set[int]]:
    """Posts that they had lately, with the turns that they kept."""
    query = (
        select(Turn.volunteer_id, Slot.post_id)
        .join(Slot, Slot.id == Turn.slot_id)
        .where(Slot.rota_id == rota_id, Turn.volunteer_id.in_(people))
        .where(Turn.state.in_((TurnState.TAKEN, TurnState.SERVED)), Slot.starts_at > now - KNOWN_FOR)
        .distinct()
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person, post in session.execute(query):
        found[person].add(post)
    return found


def names_of(session: Session, people: Collection[int]) -> dict[int, PersonName]:
    """Volunteers to read, also those who serve no more."""
    if not people:
        return {}
    query = select(Volunteer.id, Volunteer.number, Volunteer.name).where(Volunteer.id.in_(people))
    return {row.id: PersonName(row.id, row.number, masked_name(row.name)) for row in session.execute(query)}

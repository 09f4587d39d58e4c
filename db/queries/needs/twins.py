"""Needs that may be the same: few candidates by index, compared by rule, with the reasons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Need, Place, TwinVerdict
from db.rules.doors.door import tidy_door
from db.rules.lifecycle import UNDO_MERGE_TO
from db.rules.masking import redact
from db.rules.needs.twins import Sketch, Twin, TwinReason, likely_twins, plain
from db.rules.workdays import week_of
from db.terms import NeedStage

WITHIN = timedelta(days=180)
CANDIDATES_MOST = 240
FOCUS_MOST = 25
TWINS_MOST = 5
WORDS_LEAST = 4
"""Characters to hear before needs are compared with what is being typed."""
TYPING_LEAST = 50
"""The line while somebody types: the end of the sentence and the category are still missing."""
TAKES_VOICES = tuple(
    stage
    for stage in NeedStage
    if stage not in (NeedStage.MERGED, NeedStage.VOID, NeedStage.ANSWERING, NeedStage.CLOSED)
)


@dataclass(frozen=True, slots=True)
class TwinNeed:
    """A need as it stands beside its likely twin."""

    id: int
    number: str
    title: str
    description: str
    place: str
    building: str
    stage: NeedStage
    voices: int
    logged_at: datetime
    mergeable: bool
    """Whether it may go into another one; a need that the council or a project has can only lead."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two needs that may be one: `need` is what was looked at, `other` the older or further one."""

    need: TwinNeed
    other: TwinNeed
    score: int
    reasons: tuple[TwinReason, ...]
    word_overlap: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A known need that what is being typed may be, and why."""

    need: TwinNeed
    score: int
    reasons: tuple[TwinReason, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A need to compare; its words are masked only when they leave this module, for hundreds are compared."""

    sketch: Sketch
    plain: TwinNeed

    def shown(self) -> TwinNeed:
        return replace(self.plain, description=redact(self.plain.description))


def _candidates(
    session: Session, community_id: int, today: date, *, near: Sequence[Sketch] = (), most: int = CANDIDATES_MOST
) -> list[_Candidate]:
    """Open needs of the last 180 days, newest first, in one statement along the index of weeks; bounded.

    With `near`, only those of the same place or the same category as one of these.
    """
    query = (
        select(
            Need.id,
            Need.number,
            Need.title,
            Need.description,
            Need.place_id,
            Need.building,
            Need.category_id,
            Need.stage,
            Need.voices,
            Need.logged_at,
            Place.name.label("place"),
        )
        .outerjoin(Place, Place.id == Need.place_id)
        .where(
            Need.community_id == community_id,
            Need.week >= week_of(today - WITHIN),
            Need.stage.in_(TAKES_VOICES),
        )
        .order_by(Need.week.desc(), Need.id.desc())
        .limit(most)
    )
    places = {sketch.place_id for sketch in near if sketch.place_id is not None}
    categories = {sketch.category_id for sketch in near if sketch.category_id is not None}
    if places or categories:
        query = query.where(or_(Need.place_id.in_(places), Need.category_id.in_(categories)))
    return [
        _Candidate(
            Sketch(row.id, row.description, row.place_id, row.building, row.category_id, day_of(row.logged_at)),
            TwinNeed(
                row.id,
                row.number,
                row.title,
                row.description,
                row.place or "",
                row.building,
                row.stage,
                row.voices,
                row.logged_at,
                row.stage in UNDO_MERGE_TO,
            ),
        )
        for row in session.execute(query)
    ]


def _said_different(session: Session, need_ids: Collection[int]) -> set[tuple[int, int]]:
    if not need_ids:
        return set()
    query = select(TwinVerdict.first_id, TwinVerdict.second_id).where(
        or_(TwinVerdict.first_id.in_(need_ids), TwinVerdict.second_id.in_(need_ids))
    )
    return {(row.first_id, row.second_id) for row in session.execute(query)}


def _pairs(
    focus: Sequence[_Candidate], pool: Sequence[_Candidate], different: set[tuple[int, int]], most: int
) -> tuple[Likely, ...]:
    by_id = {one.plain.id: one for one in pool}
    found: dict[tuple[int, int], tuple[_Candidate, Twin]] = {}
    for one in focus:
        near = [
            other.sketch
            for other in pool
            if (other.sketch.place_id == one.sketch.place_id or other.sketch.category_id == one.sketch.category_id)
            and (other.plain.mergeable or one.plain.mergeable)
            and (min(other.plain.id, one.plain.id), max(other.plain.id, one.plain.id)) not in different
        ]
        for twin in likely_twins(one.sketch, near):
            pair = (min(twin.need_id, one.plain.id), max(twin.need_id, one.plain.id))
            found.setdefault(pair, (one, twin))
    best = sorted(found.values(), key=lambda pair: (-pair[1].score, pair[0].plain.id))[:most]
    return tuple(
        Likely(one.shown(), by_id[twin.need_id].shown(), twin.score, twin.reasons, twin.word_overlap)
        for one, twin in best
    )


def twins_of(session: Session, need_id: int, *, today: date) -> tuple[Likely, ...]:
    """The needs most like this one, best first, at most five; three statements."""
    row = session.execute(
        select(
            Need.community_id,
            Need.description,
            Need.place_id,
            Need.building,
            Need.category_id,
            Need.logged_at,
            Need.stage,
            Need.number,
            Need.title,
            Need.voices,
            Place.name.label("place"),
        )
        .outerjoin(Place, Place.id == Need.place_id)
        .where(Need.id == need_id)
    ).first()
    if row is None or row.stage not in TAKES_VOICES:
        return ()
    sketch = Sketch(need_id, row.description, row.place_id, row.building, row.category_id, day_of(row.logged_at))
    shown = TwinNeed(
        need_id, row.number, row.title, row.description, row.place or "", row.building, row.stage, row.voices,
        row.logged_at, row.stage in UNDO_MERGE_TO,
    )  # fmt: skip
    pool = _candidates(session, row.community_id, today, near=[sketch])
    return _pairs([_Candidate(sketch, shown)], pool, _said_different(session, [need_id]), TWINS_MOST)


def likely_pairs(
    session: Session, community_id: int, *, today: date, week: date | None = None, most: int = 20
) -> tuple[Likely, ...]:
    """Pairs among the newest open needs (or those of one week) and the open needs of 180 days; two statements."""
    pool = _candidates(session, community_id, today)
    monday = week
    focus = [
        one for one in pool if one.plain.mergeable and (monday is None or week_of(one.sketch.logged_on) == monday)
    ][:FOCUS_MOST]
    different = _said_different(session, [one.plain.id for one in focus])
    return _pairs(focus, pool, different, most)


def twins_while_typing(
    session: Session,
    community_id: int,
    *,
    description: str,
    place_id: int | None,
    building: str,
    category_id: int | None,
    today: date,
    most: int = 3,
) -> tuple[Heard, ...]:
    """The open needs that the words typed so far may be, best first; one statement over at most 240 candidates."""
    if len(plain(description)) < WORDS_LEAST:
        return ()
    house = tidy_door(building, "", "").building
    sketch = Sketch(0, description[:1000], place_id, house, category_id, today)
    pool = {one.plain.id: one for one in _candidates(session, community_id, today, near=[sketch])}
    found = likely_twins(sketch, (one.sketch for one in pool.values()), least=TYPING_LEAST, most=most)
    return tuple(Heard(pool[twin.need_id].shown(), twin.score, twin.reasons) for twin in found)

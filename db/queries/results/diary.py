"""服务日志 as it is read: the entries, one of them whole, what it rests on, and whether that still holds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Activity,
    ActivityQuote,
    Community,
    Consent,
    DiaryEntry,
    DiaryOutlet,
    DiaryQuote,
    DiaryStep,
    Keeping,
    Order,
    Project,
)
from db.queries.paging import ROWS, Page
from db.queries.results.diary_photos import shown_without_consent
from db.queries.results.diary_sources import OVER, names_of, register_names
from db.rules.masking import redact
from db.rules.results.diary import DiaryInput, Pointer, pointers
from db.terms import ConsentScope, ConsentWay, DiaryHappening, DiarySource, DiaryState, DiaryTrouble


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the diary."""

    id: int
    title: str
    on: date
    source: DiarySource
    state: DiaryState
    written_by: str
    trouble: DiaryTrouble | None
    standing: int
    """Outlets where it still stands."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said with a consent to be quoted, and how they want to be called."""

    id: int
    words: str
    called: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where an entry went."""

    id: int
    version: int
    outlet: str
    went_on: date
    down_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of what happened to an entry."""

    kind: DiaryHappening
    word: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry whole; numbers and doors are masked, quotes are those whose consent holds."""

    row: EntryRow
    version: int
    body: str
    community_id: int
    community: str
    record_id: int
    commitment_id: int | None
    """The promise of a kept one, which has the page."""
    reviewed_by: str
    reason: str
    quotes: tuple[Quote, ...]
    outlets: tuple[Outlet, ...]
    steps: tuple[Step, ...]
    authors: frozenset[int]
    """Accounts that wrote at it: none of them reviews it."""

    @property
    def standing(self) -> tuple[Outlet, ...]:
        """Outlets where it still stands."""
        return tuple(one for one in self.outlets if one.down_on is None)


HOLDS = and_(
    Consent.scope == ConsentScope.STORY,
    Consent.withdrawn_on.is_(None),
    Consent.restricted.is_(False),
    # What children say is not told, whoever consented for them.
    Consent.way != ConsentWay.GUARDIAN,
)
"""A consent on which the diary may quote."""


def quotable(session: Session, activity_id: int | None) -> tuple[Quote, ...]:
    """What was said at an activity that the diary may quote now."""
    query = (
        select(ActivityQuote.id, ActivityQuote.words, ActivityQuote.called)
        .join(Consent, Consent.id == ActivityQuote.consent_id)
        .join(Activity, Activity.id == ActivityQuote.activity_id)
        .where(ActivityQuote.activity_id == activity_id, ActivityQuote.words != "", HOLDS)
        .where(Activity.sensitive.is_(False))
        .order_by(ActivityQuote.id)
        .limit(ROWS)
    )
    return tuple(Quote(row.id, redact(row.words), redact(row.called)) for row in session.execute(query))


def _entries() -> Any:
    """Entries with what they rest on: the record as far as it can still be told, and quotes that can not."""
    gone = (
        select(func.count())
        .select_from(DiaryQuote)
        .join(ActivityQuote, ActivityQuote.id == DiaryQuote.quote_id)
        .outerjoin(Consent, Consent.id == ActivityQuote.consent_id)
        .where(DiaryQuote.entry_id == DiaryEntry.id)
        .where(or_(ActivityQuote.words == "", Consent.id.is_(None), ~HOLDS))
    )
    standing = (
        select(func.count())
        .select_from(DiaryOutlet)
        .where(DiaryOutlet.entry_id == DiaryEntry.id, DiaryOutlet.down_on.is_(None))
    )
    return (
        select(
            DiaryEntry,
            Community.name.label("community"),
            *(Activity.id.label("activity"), Activity.sensitive, Order.id.label("order"), Order.restricted),
            *(Keeping.id.label("keeping"), Keeping.commitment_id, Project.id.label("project")),
            *((OVER[one].label(f"over_{one.value}")) for one in DiarySource),
            gone.correlate(DiaryEntry).scalar_subquery().label("gone"),
            standing.correlate(DiaryEntry).scalar_subquery().label("standing"),
        )
        .join(Community, Community.id == DiaryEntry.community_id)
        .outerjoin(Activity, Activity.id == DiaryEntry.activity_id)
        .outerjoin(Order, Order.id == DiaryEntry.order_id)
        .outerjoin(Keeping, Keeping.id == DiaryEntry.keeping_id)
        .outerjoin(Project, Project.id == DiaryEntry.project_id)
    )


def _trouble(row: Any, shown: frozenset[int]) -> DiaryTrouble | None:
    """What ended since; a record that the reader cannot reach any more has become sensitive."""
    source = row.DiaryEntry.source.value
    if getattr(row, source) is None or row.sensitive or row.restricted:
        return DiaryTrouble.SOURCE_SENSITIVE
    if not getattr(row, f"over_{source}"):
        return DiaryTrouble.SOURCE_REVERSED
    return DiaryTrouble.CONSENT_GONE if row.gone or row.DiaryEntry.id in shown else None


def trouble_of(session: Session, entry_id: int) -> DiaryTrouble | None:
    """Why an entry cannot stand any longer; None while it can."""
    row = session.execute(_entries().where(DiaryEntry.id == entry_id)).one_or_none()
    return None if row is None else _trouble(row, shown_without_consent(session))


def entries(session: Session, *, state: DiaryState | None = None, before: int | None = None) -> Page[EntryRow]:
    """The entries within reach, the newest first; withdrawn ones only when they are asked for or still stand."""
    query = _entries().order_by(DiaryEntry.id.desc()).limit(ROWS + 1)
    if state is not None:
        query = query.where(DiaryEntry.state == state)
    if before is not None:
        query = query.where(DiaryEntry.id < before)
    found, shown = session.execute(query).all(), shown_without_consent(session)
    return Page(tuple(_row(one, shown) for one in found[:ROWS]), len(found) > ROWS)


def to_take_down(session: Session) -> tuple[EntryRow, ...]:
    """Entries that still stand somewhere and may not: withdrawn ones, and those that rest on nothing any more."""
    stands = select(DiaryOutlet.id).where(DiaryOutlet.entry_id == DiaryEntry.id, DiaryOutlet.down_on.is_(None))
    query = _entries().where(stands.exists()).order_by(DiaryEntry.id.desc()).limit(ROWS * 4)
    shown = shown_without_consent(session)
    rows = [_row(one, shown) for one in session.execute(query)]
    return tuple(one for one in rows if one.trouble is not None or one.state is DiaryState.WITHDRAWN)[:ROWS]


def _row(row: Any, shown: frozenset[int]) -> EntryRow:
    entry = row.DiaryEntry
    return EntryRow(
        entry.id, redact(entry.title), entry.on, entry.source, entry.state, entry.written_name, _trouble(row, shown),
        row.standing,
    )  # fmt: skip


def entry(session: Session, entry_id: int) -> Entry | None:
    """An entry whole; six statements."""
    row = session.execute(_entries().where(DiaryEntry.id == entry_id)).one_or_none()
    if row is None:
        return None
    one = row.DiaryEntry
    quoted = (
        select(ActivityQuote.id, ActivityQuote.words, ActivityQuote.called)
        .join(DiaryQuote, DiaryQuote.quote_id == ActivityQuote.id)
        .join(Consent, Consent.id == ActivityQuote.consent_id)
        .where(DiaryQuote.entry_id == one.id, ActivityQuote.words != "", HOLDS)
        .order_by(ActivityQuote.id)
        .limit(ROWS)
    )
    outlets = select(DiaryOutlet).where(DiaryOutlet.entry_id == one.id).order_by(DiaryOutlet.id).limit(ROWS)
    steps = session.scalars(
        select(DiaryStep).where(DiaryStep.entry_id == one.id).order_by(DiaryStep.id.desc()).limit(ROWS * 2)
    ).all()
    wrote = (DiaryHappening.DRAFTED, DiaryHappening.AMENDED)
    return Entry(
        row=_row(row, shown_without_consent(session)),
        version=one.version,
        body=redact(one.body),
        community_id=one.community_id,
        community=row.community,
        record_id=one.activity_id or one.order_id or one.keeping_id or one.project_id or 0,
        commitment_id=row.commitment_id,
        reviewed_by=one.reviewed_name,
        reason=redact(one.reason),
        quotes=tuple(Quote(said.id, redact(said.words), redact(said.called)) for said in session.execute(quoted)),
        outlets=tuple(
            Outlet(place.id, place.version, place.outlet, place.went_on, place.down_on)
            for place in session.scalars(outlets)
        ),
        steps=tuple(Step(step.kind, redact(step.word), step.at, step.by_name) for step in steps),
        authors=frozenset(step.by for step in steps if step.kind in wrote),
    )


def typed(session: Session, entry_id: int) -> DiaryInput | None:
    """The words of a draft as its form holds them, numbers and doors masked already; two statements."""
    one = session.get(DiaryEntry, entry_id)
    if one is None:
        return None
    chosen = select(DiaryQuote.quote_id).where(DiaryQuote.entry_id == entry_id).order_by(DiaryQuote.quote_id)
    return DiaryInput(redact(one.title), one.on, redact(one.body), tuple(session.scalars(chosen)))


def known_names(session: Session, community_id: int, entry_id: int) -> frozenset[str]:
    """Names of residents, volunteers and members of the community, and of everybody whom the record knows."""
    one = session.get(DiaryEntry, entry_id)
    if one is None:
        return frozenset()
    record = one.activity_id or one.order_id or one.keeping_id or one.project_id or 0
    return frozenset((*names_of(session, one.source, record), *register_names(session, community_id)))


def warnings_of(session: Session, entry_id: int) -> tuple[Pointer, ...]:
    """Where the words as they were typed point at a person, the title being the first line."""
    one = session.get(DiaryEntry, entry_id)
    if one is None:
        return ()
    return pointers(f"{one.title}\n{one.body}", known_names(session, one.community_id, one.id))

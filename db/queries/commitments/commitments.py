"""承诺 as staff and members read them: the list by branch and state, one promise whole, the own ones, what is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Account,
    Activity,
    Branch,
    Commitment,
    CommitmentPause,
    CommitmentStep,
    CommitmentVersion,
    Keeping,
    Member,
    Miss,
    Order,
    VerdictCode,
)
from db.queries.commitments.standing import standing_of
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.rules.commitments.dates import Kept, Window
from db.rules.commitments.life import BEING_KEPT
from db.rules.masking import masked_name, redact
from db.terms import CommitmentHappening, CommitmentState, PromiseRhythm, Verdict, WitnessKind

FOLLOWED = (*BEING_KEPT, CommitmentState.PAUSED, CommitmentState.TO_JUDGE)
"""States in which something can be late."""
TO_REVIEW = (CommitmentState.SUBMITTED, CommitmentState.APPROVED)
"""What the branch has to look at, and what it has to publish."""
FOLLOWED_MOST = 400
"""Promises that one look for what is late reckons; a branch that has more is looked at by itself."""


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One line of the list; the member's name is masked."""

    id: int
    version: int
    number: str
    member_id: int
    member: str
    branch: str
    whom: str
    what: str
    rhythm: PromiseRhythm | None
    times: int
    starts_on: date | None
    until: date | None
    measure: str
    state: CommitmentState
    instant: bool
    own: bool
    standing: Kept | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of a promise's life; `by` is empty when the day brought it."""

    kind: CommitmentHappening
    word: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class KeepingRow:
    """One time that a promise was kept."""

    id: int
    version: int
    on: date
    witness: WitnessKind
    witness_name: str
    source: str
    """Number of the order or title of the activity."""
    words: str
    people: int
    waits: bool
    """Late, and no second person has spoken yet."""
    settles: bool
    """Whether the reader may be that second person."""
    struck_reason: str
    code_until: date | None
    """The last day of the code that was handed out for it and is not used yet."""
    judged: bool
    """Whoever was served has given the word; what it was does not stand here."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """Words that stood before a change."""

    number: int
    whom: str
    what: str
    until_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class RestRow:
    """A rest with its reason."""

    since: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class CommitmentCard:
    """One promise whole."""

    row: CommitmentRow
    made_at: datetime
    review_word: str
    reviewed_by: str
    published_on: date | None
    ended_reason: str
    verdict: Verdict | None
    need_id: int | None
    series_id: int | None
    steps: tuple[StepRow, ...]
    keepings: tuple[KeepingRow, ...]
    versions: tuple[VersionRow, ...]
    rests: tuple[RestRow, ...]
    reasons: dict[date, str]
    """First day of a missed period → why."""


@dataclass(frozen=True, slots=True)
class Late:
    """A promise that is behind: periods missed without a word why, times that wait for a second person."""

    row: CommitmentRow
    missed: tuple[Window, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class CommitmentFilters:
    """What narrows the list."""

    states: tuple[CommitmentState, ...] = ()
    branch_id: int | None = None
    member_id: int | None = None
    year: int | None = None
    words: str = ""


def _query() -> Any:
    return (
        select(Commitment, Member.name.label("member"), Branch.name.label("branch"))
        .join(Member, Member.id == Commitment.member_id)
        .join(Branch, Branch.id == Member.branch_id)
    )


def _where(filters: CommitmentFilters) -> list[Any]:
    where: list[Any] = []
    if filters.states:
        where.append(Commitment.state.in_(filters.states))
    for column, wanted in (
        (Member.branch_id, filters.branch_id),
        (Commitment.member_id, filters.member_id),
        (Commitment.year, filters.year),
    ):
        if wanted is not None:
            where.append(column == wanted)
    if words := filters.words.strip():
        like = f"%{words}%"
        where.append(or_(Commitment.what.like(like), Commitment.whom.like(like), Commitment.number == words.upper()))
    return where


def _rows(session: Session, found: Sequence[Any], account_id: int, today: date) -> tuple[CommitmentRow, ...]:
    stands = standing_of(session, [one.Commitment for one in found], today)
    return tuple(
        CommitmentRow(
            id=one.Commitment.id,
            version=one.Commitment.version,
            number=one.Commitment.number,
            member_id=one.Commitment.member_id,
            member=masked_name(one.member),
            branch=one.branch,
            whom=redact(one.Commitment.whom),
            what=redact(one.Commitment.what),
            rhythm=one.Commitment.rhythm,
            times=one.Commitment.times,
            starts_on=one.Commitment.starts_on,
            until=one.Commitment.until,
            measure=one.Commitment.measure,
            state=one.Commitment.state,
            instant=one.Commitment.instant,
            own=one.Commitment.account_id == account_id,
            standing=stands.get(one.Commitment.id),
        )
        for one in found
    )


def commitments(
    session: Session, filters: CommitmentFilters, *, account_id: int, today: date, before: int | None = None
) -> Page[CommitmentRow]:
    """Promises, those being kept by their last day, then the youngest first; three statements."""
    query = _query().where(*_where(filters)).limit(ROWS + 1)
    by_day = due_first(Commitment.state.in_(BEING_KEPT), Commitment.until)
    query = worst_first(query, Commitment, *by_day, before=before)
    found = session.execute(query).all()
    return Page(_rows(session, found[:ROWS], account_id, today), len(found) > ROWS)


def own_commitments(session: Session, account_id: int, *, today: date) -> tuple[CommitmentRow, ...]:
    """What the holder of an account promised, what is being kept first; ended ones of former years are left out."""
    query = (
        _query()
        .where(Commitment.account_id == account_id, Commitment.year >= today.year - 1)
        .order_by(Commitment.state.in_(BEING_KEPT).desc(), Commitment.id.desc())
        .limit(ROWS)
    )
    return _rows(session, session.execute(query).all(), account_id, today)


def counts_by_state(session: Session) -> dict[CommitmentState, int]:
    """How many promises are in each state."""
    query = select(Commitment.state, func.count()).group_by(Commitment.state)
    return {row[0]: row[1] for row in session.execute(query)}


def commitment(
    session: Session, commitment_id: int, *, account_id: int, today: date, own: bool
) -> CommitmentCard | None:
    """One promise with its life, its times, its former words and its rests; None outside the scope, and with `own`
    for somebody else's.
    """
    query = _query().where(Commitment.id == commitment_id)
    found = session.execute(query.where(Commitment.account_id == account_id) if own else query).all()
    if not found:
        return None
    promise: Commitment = found[0].Commitment
    (row,) = _rows(session, found, account_id, today)
    its = {"commitment_id": commitment_id}
    steps = session.execute(
        select(CommitmentStep.kind, CommitmentStep.word, CommitmentStep.at, Account.name)
        .outerjoin(Account, Account.id == CommitmentStep.by)
        .filter_by(**its)
        .order_by(CommitmentStep.id.desc())
        .limit(ROWS)
    )
    versions = session.scalars(
        select(CommitmentVersion).filter_by(**its).order_by(CommitmentVersion.number.desc()).limit(ROWS)
    )
    rests = session.scalars(select(CommitmentPause).filter_by(**its).order_by(CommitmentPause.since.desc()))
    reasons = session.execute(select(Miss.first, Miss.reason).filter_by(**its))
    return CommitmentCard(
        row=row,
        made_at=promise.made_at,
        review_word=redact(promise.review_word),
        reviewed_by=promise.reviewed_name,
        published_on=promise.published_on,
        ended_reason=redact(promise.ended_reason),
        verdict=promise.verdict,
        need_id=promise.need_id,
        series_id=promise.series_id,
        steps=tuple(StepRow(kind, redact(word), at, by or "") for kind, word, at, by in steps),
        keepings=_keepings(session, commitment_id, account_id),
        versions=tuple(
            VersionRow(one.number, redact(one.whom), redact(one.what), one.until_day, redact(one.reason))
            for one in versions
        ),
        rests=tuple(RestRow(one.since, one.until, redact(one.reason)) for one in rests),
        reasons={first: redact(reason) for first, reason in reasons},
    )


def _keepings(session: Session, commitment_id: int, account_id: int) -> tuple[KeepingRow, ...]:
    query = (
        select(Keeping, Order.number, Activity.title, VerdictCode.until, VerdictCode.used_on)
        .outerjoin(Order, Order.id == Keeping.order_id)
        .outerjoin(Activity, Activity.id == Keeping.activity_id)
        .outerjoin(VerdictCode, (VerdictCode.keeping_id == Keeping.id) & VerdictCode.revoked_at.is_(None))
        .where(Keeping.commitment_id == commitment_id)
        .order_by(Keeping.on.desc(), Keeping.id.desc())
        .limit(ROWS)
    )
    return tuple(
        KeepingRow(
            id=kept.id,
            version=kept.version,
            on=kept.on,
            witness=kept.witness,
            witness_name=masked_name(kept.witness_name) if kept.witness_name else "",
            source=number or title or "",
            words=redact(kept.words),
            people=kept.people,
            waits=kept.late and kept.confirmed_at is None and kept.struck_at is None,
            settles=account_id not in (kept.entered_by, kept.account_id),
            struck_reason=redact(kept.struck_reason),
            code_until=until if used_on is None else None,
            judged=used_on is not None,
        )
        for kept, number, title, until, used_on in session.execute(query)
    )


def unconfirmed() -> tuple[Any, ...]:
    """Entries that were made late and wait for a second person."""
    return Keeping.late, Keeping.confirmed_at.is_(None), Keeping.struck_at.is_(None)


def late(session: Session, *, account_id: int, today: date, branch_id: int | None = None) -> tuple[Late, ...]:
    """Promises that are behind (跟踪问效), by branch and member: missed periods without a reason, late entries."""
    found = followed(session, account_id=account_id, today=today, branch_id=branch_id)
    return tuple(one for one in found if one.missed or one.waiting)


def followed(session: Session, *, account_id: int, today: date, branch_id: int | None = None) -> tuple[Late, ...]:
    """Every promise that is being kept, rests or waits to be judged, with what is missed and what waits."""
    states = FOLLOWED
    where = _where(CommitmentFilters(states=states, branch_id=branch_id))
    query = _query().where(*where).order_by(Branch.name, Commitment.member_id, Commitment.id).limit(FOLLOWED_MOST)
    rows = _rows(session, session.execute(query).all(), account_id, today)
    ids = [row.id for row in rows]
    explained: set[tuple[int, date]] = {
        (number, first)
        for number, first in session.execute(select(Miss.commitment_id, Miss.first).where(Miss.commitment_id.in_(ids)))
    }
    waits = select(Keeping.commitment_id, func.count()).where(Keeping.commitment_id.in_(ids), *unconfirmed())
    waiting: dict[int, int] = {row[0]: row[1] for row in session.execute(waits.group_by(Keeping.commitment_id))}
    return tuple(
        Late(
            row,
            tuple(one for one in (row.standing.missed if row.standing else ()) if (row.id, one.first) not in explained),
            waiting.get(row.id, 0),
        )
        for row in rows
    )


def members_to_choose(session: Session) -> dict[int, str]:
    """Members who stand on the roll, for a promise that staff writes down: id → number, masked name, branch."""
    query = (
        select(Member.id, Member.number, Member.name, Branch.name.label("branch"))
        .join(Branch, Branch.id == Member.branch_id)
        .where(Member.ended_on.is_(None), Member.merged_into_id.is_(None), Member.erased_at.is_(None))
        .order_by(Branch.name, Member.id)
        .limit(1000)
    )
    return {row.id: f"{row.number} {masked_name(row.name)} · {row.branch}" for row in session.execute(query)}


def is_member(session: Session, account_id: int) -> bool:
    """Whether somebody on the roll holds this account."""
    query = select(Member.id).where(Member.account_id == account_id, Member.ended_on.is_(None)).limit(1)
    return session.scalar(query) is not None

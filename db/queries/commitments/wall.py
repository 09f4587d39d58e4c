"""承诺墙: what hangs on it, the code of each member, what a scanned code shows, how often codes were scanned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from db.engine import reading_as_system
from db.models import Branch, Commitment, Community, Consent, Keeping, Member, WallCode, WallScan, blind_index
from db.queries.commitments.standing import counts, standing_of
from db.rules.commitments.dates import Window
from db.rules.commitments.life import BEING_KEPT, ON_THE_WALL
from db.rules.masking import masked_name, redact, surname_of
from db.rules.printed_code import understood
from db.terms import CommitmentState, ConsentScope, PromiseRhythm

SHOWN = (*BEING_KEPT, CommitmentState.PAUSED)
MOST = 400
Mark = tuple[object, ...]
"""Changes whenever anything that a scanned page shows has changed."""


@dataclass(frozen=True, slots=True)
class WallPromise:
    """One promise as everybody reads it."""

    what: str
    whom: str
    rhythm: PromiseRhythm | None
    times: int
    measure: str
    until: date | None
    current: Window | None
    """The period within which it is due next."""
    last_kept: date | None
    resting: bool


@dataclass(frozen=True, slots=True)
class WallMember:
    """A member as the wall names them: whole with their consent, else by surname."""

    member_id: int
    name: str
    branch: str
    promises: tuple[WallPromise, ...]
    code: str
    """Empty while there is none, and on every list that holds no codes."""


@dataclass(frozen=True, slots=True)
class WallView:
    """What the holder of a scanned code is shown."""

    community_id: int
    community: str
    member: WallMember


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One line of the desk of codes."""

    id: int
    """Of the member."""
    code_version: int
    code_id: int | None
    number: str
    name: str
    branch: str
    promises: int


def code_index(code: str) -> str:
    """Under what a code of the wall is found."""
    return blind_index(f"wall:{code}")


def wall_name(name: str, whole: bool) -> str:
    """The whole name with consent, otherwise 周同志 by the surname alone."""
    return name if whole else f"{surname_of(name)}同志"


def consented(ids: Sequence[int], session: Session) -> set[int]:
    """Those of these members who agreed to their whole name on the wall."""
    query = select(Consent.member_id).where(
        Consent.member_id.in_(ids), Consent.scope == ConsentScope.WALL, Consent.withdrawn_on.is_(None)
    )
    return {number for number in session.scalars(query) if number is not None}


def promises_of(session: Session, ids: Sequence[int], today: date) -> dict[int, list[WallPromise]]:
    """Member → what of theirs hangs on the wall; five statements for all of them."""
    query = (
        select(Commitment)
        .where(Commitment.member_id.in_(ids), Commitment.state.in_(SHOWN))
        .order_by(Commitment.member_id, Commitment.id)
        .limit(MOST)
    )
    found = session.scalars(query).all()
    stands = standing_of(session, found, today)
    last = dict(
        session.execute(
            select(Keeping.commitment_id, func.max(Keeping.on))
            .where(Keeping.commitment_id.in_([one.id for one in found]), counts())
            .group_by(Keeping.commitment_id)
        ).all()
    )
    shown: dict[int, list[WallPromise]] = {}
    for one in found:
        standing = stands.get(one.id)
        shown.setdefault(one.member_id, []).append(
            WallPromise(
                redact(one.what), redact(one.whom), one.rhythm, one.times, one.measure, one.until,
                standing.current if standing else None, last.get(one.id), one.state is CommitmentState.PAUSED,
            )
        )  # fmt: skip
    return shown


def board(
    session: Session, *, today: date, branch_id: int | None = None, community_id: int | None = None, codes: bool = False
) -> tuple[WallMember, ...]:
    """Everybody with promises on the wall, by branch and number of the roll: never by how much was kept."""
    query = (
        select(Member.id, Member.name, Branch.name.label("branch"), WallCode.code)
        .join(Branch, Branch.id == Member.branch_id)
        .outerjoin(WallCode, (WallCode.member_id == Member.id) & WallCode.revoked_at.is_(None))
        .where(Member.ended_on.is_(None), Member.merged_into_id.is_(None), Member.erased_at.is_(None))
        .where(Member.id.in_(select(Commitment.member_id).where(Commitment.state.in_(SHOWN))))
        .order_by(Branch.name, Member.number)
        .limit(MOST)
    )
    if branch_id is not None:
        query = query.where(Member.branch_id == branch_id)
    if community_id is not None:
        query = query.where(Member.community_id == community_id)
    rows = session.execute(query).all()
    ids = [row.id for row in rows]
    whole, promises = consented(ids, session), promises_of(session, ids, today)
    return tuple(
        WallMember(
            row.id, wall_name(row.name, row.id in whole), row.branch, tuple(promises.get(row.id, ())),
            (row.code or "") if codes else "",
        )
        for row in rows
    )  # fmt: skip


def words_of_the_wall(session: Session, *, community_id: int) -> tuple[WallMember, ...]:
    """What a screen shows of the wall, in one statement: names, words and how often, by branch and number of the roll.

    When a promise is due and was last kept stays out: a screen says neither.
    """
    agreed = select(Consent.id).where(
        Consent.member_id == Member.id, Consent.scope == ConsentScope.WALL, Consent.withdrawn_on.is_(None)
    )
    query = (
        select(Member.id, Member.name, Branch.name.label("branch"), agreed.exists().label("whole"), Commitment)
        .join(Branch, Branch.id == Member.branch_id)
        .join(Commitment, (Commitment.member_id == Member.id) & Commitment.state.in_(SHOWN))
        .where(Member.ended_on.is_(None), Member.merged_into_id.is_(None), Member.erased_at.is_(None))
        .where(Member.community_id == community_id)
        .order_by(Branch.name, Member.number, Member.id, Commitment.id)
        .limit(MOST)
    )
    named: dict[int, tuple[str, str]] = {}
    promises: dict[int, list[WallPromise]] = {}
    for row in session.execute(query):
        one = row.Commitment
        named[row.id] = (wall_name(row.name, row.whole), row.branch)
        promises.setdefault(row.id, []).append(
            WallPromise(
                redact(one.what), redact(one.whom), one.rhythm, one.times, one.measure, one.until, None, None,
                one.state is CommitmentState.PAUSED,
            )
        )  # fmt: skip
    return tuple(WallMember(at, *named[at], tuple(found), "") for at, found in promises.items())


def codes(session: Session, *, branch_id: int | None = None) -> tuple[CodeRow, ...]:
    """Members with promises on the wall and whether they have a valid code; names masked."""
    promises = (
        select(func.count())
        .select_from(Commitment)
        .where(Commitment.member_id == Member.id, Commitment.state.in_(ON_THE_WALL))
        .correlate(Member)
        .scalar_subquery()
    )
    query = (
        select(
            Member.id, Member.number, Member.name, Branch.name.label("branch"), WallCode.id.label("code_id"),
            WallCode.version, promises.label("promises"),
        )
        .join(Branch, Branch.id == Member.branch_id)
        .outerjoin(WallCode, (WallCode.member_id == Member.id) & WallCode.revoked_at.is_(None))
        .where(Member.ended_on.is_(None), Member.merged_into_id.is_(None), promises > 0)
        .order_by(Branch.name, Member.number)
        .limit(MOST)
    )  # fmt: skip
    if branch_id is not None:
        query = query.where(Member.branch_id == branch_id)
    return tuple(
        CodeRow(row.id, row.version or 1, row.code_id, row.number, masked_name(row.name), row.branch, row.promises)
        for row in session.execute(query)
    )


@cache
def _mark_query() -> Any:
    """Made once: putting it together costs more than asking the database."""
    promise = select(func.count(), func.sum(Commitment.version)).where(Commitment.member_id == WallCode.member_id)
    kept = (
        select(func.count(), func.sum(Keeping.version))
        .join(Commitment, Commitment.id == Keeping.commitment_id)
        .where(Commitment.member_id == WallCode.member_id)
    )
    consent = select(func.count(), func.sum(Consent.version)).where(Consent.member_id == WallCode.member_id)
    parts = [
        part.with_only_columns(column).correlate(WallCode).scalar_subquery()
        for part in (promise, kept, consent)
        for column in part.selected_columns
    ]
    return (
        select(WallCode.id, WallCode.version, Member.version, Branch.version, Community.name, *parts)
        .join(Member, Member.id == WallCode.member_id)
        .join(Branch, Branch.id == Member.branch_id)
        .join(Community, Community.id == WallCode.community_id)
        .where(WallCode.code_index == bindparam("code"))
    )


def mark_of(typed: str) -> Mark | None:
    """What a scanned page depends on, in one statement; None for a code that nobody has.

    The version of the code is part of it: taking it back shows at the next scan.
    """
    code = understood(typed)
    if code is None:
        return None
    with reading_as_system("plain page of the wall") as session:
        row = session.execute(_mark_query(), {"code": code_index(code)}).first()
    return None if row is None else tuple(row)


def wall_view(typed: str, *, today: date) -> WallView | None:
    """What the page of a scanned code shows; None for an unknown or revoked code and for who left the roll."""
    code = understood(typed)
    if code is None:
        return None
    with reading_as_system("plain page of the wall") as session:
        row = session.execute(
            select(
                *(Member.id, Member.name, Branch.name.label("branch")),
                *(Community.id.label("home"), Community.name.label("community")),
            )
            .join(WallCode, WallCode.member_id == Member.id)
            .join(Branch, Branch.id == Member.branch_id)
            .join(Community, Community.id == WallCode.community_id)
            .where(WallCode.code_index == code_index(code), WallCode.revoked_at.is_(None))
            .where(Member.ended_on.is_(None), Member.merged_into_id.is_(None), Member.erased_at.is_(None))
        ).first()
        if row is None:
            return None
        whole = row.id in consented([row.id], session)
        promises = tuple(promises_of(session, [row.id], today).get(row.id, ()))
        return WallView(
            row.home, row.community, WallMember(row.id, wall_name(row.name, whole), row.branch, promises, "")
        )


def home_of(session: Session, community_id: int | None) -> str:
    """The name of a community; empty without one."""
    return session.scalar(select(Community.name).where(Community.id == community_id)) or ""


def scans_by_day(session: Session, *, since: date) -> list[tuple[date, int]]:
    """How often codes of the communities within reach were opened, day by day."""
    query = (
        select(WallScan.on, func.sum(WallScan.scans))
        .where(WallScan.on >= since)
        .group_by(WallScan.on)
        .order_by(WallScan.on.desc())
    )
    return [(day, int(number)) for day, number in session.execute(query)]

"""党员名册: numbers and masked names by branch, kind, unit and band of age; who is offered to us; a sheet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import Branch, Community, Member, Unit
from db.queries.members.found_by import matches
from db.queries.paging import ROWS, Page
from db.rules.masking import masked_name, masked_phone
from db.rules.members.standing import age_band
from db.scope import UNSCOPED
from db.terms import AgeBand, MemberKind, MemberLeave

SHEET_MOST = 5_000
OPENED_MOST = 20_000
"""Years of birth that are opened to find a band of age."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One line of the roll; name and telephone are masked."""

    id: int
    number: str
    name: str
    phone: str
    branch: str
    kind: MemberKind
    unit: str
    unit_ended: bool
    band: AgeBand | None
    skills: tuple[str, ...]
    probationary: bool
    joined_on: date
    volunteer: bool
    community: str
    ended_on: date | None
    ended_as: MemberLeave | None
    community_id: int


@dataclass(frozen=True, slots=True)
class RollFilters:
    """What narrows the roll."""

    words: str = ""
    branch_id: int | None = None
    kind: MemberKind | None = None
    unit_id: int | None = None
    band: AgeBand | None = None
    left: bool = False
    """Who left, instead of who stands on the roll."""
    probationary: bool = False
    due_by: date | None = None
    """Who left and whose entry is to be looked at by this day."""


@dataclass(frozen=True, slots=True)
class RollSums:
    """How many stand on the roll now, and how many entries of those who left are due for a look."""

    members: int
    probationary: int
    linked: int
    branches: int
    due: int


@dataclass(frozen=True, slots=True)
class OfferRow:
    """Somebody whom another community sends to one of our branches; masked."""

    id: int
    number: str
    name: str
    kind: MemberKind
    community: str
    branch_id: int
    branch: str


def _where(filters: RollFilters, today: date) -> list[Any]:
    where: list[Any] = [Member.merged_into_id.is_(None), Member.erased_at.is_(None)]
    where.append(Member.ended_on.is_not(None) if filters.left or filters.due_by else Member.ended_on.is_(None))
    if filters.words.strip():
        where.append(matches(filters.words))
    for column, wanted in (
        (Member.branch_id, filters.branch_id),
        (Member.kind, filters.kind),
        (Member.unit_id, filters.unit_id),
    ):
        if wanted is not None:
            where.append(column == wanted)
    if filters.probationary:
        where.append(or_(Member.full_on.is_(None), Member.full_on > today))
    if filters.due_by:
        where.append(Member.keep_until <= filters.due_by)
    return where


def _in_band(session: Session, where: list[Any], band: AgeBand, today: date) -> Any:
    query = select(Member.id, Member.birth_year).where(*where, Member.birth_year.is_not(None)).limit(OPENED_MOST)
    ids = [row.id for row in session.execute(query) if age_band(int(row.birth_year), today) is band]
    return Member.id.in_(ids)


def _listed(session: Session, filters: RollFilters, today: date) -> Any:
    where = _where(filters, today)
    if filters.band is not None:
        where.append(_in_band(session, where, filters.band, today))
    return (
        select(
            *(Member.id, Member.number, Member.name, Member.phone, Member.kind, Member.birth_year, Member.skills),
            *(Member.joined_on, Member.full_on, Member.volunteer_id, Member.ended_on, Member.ended_as),
            *(Member.community_id, Branch.name.label("branch"), Unit.name.label("unit")),
            Community.name.label("community"),
            Unit.ended_on.label("unit_ended"),
        )
        .join(Branch, Branch.id == Member.branch_id)
        .join(Community, Community.id == Member.community_id)
        .outerjoin(Unit, Unit.id == Member.unit_id)
        .where(*where)
        .order_by(Member.id.desc())
    )


def _row(row: Any, today: date) -> MemberRow:
    return MemberRow(
        id=row.id,
        number=row.number,
        name=masked_name(row.name),
        phone=masked_phone(row.phone or ""),
        branch=row.branch,
        kind=row.kind,
        unit=row.unit or "",
        unit_ended=row.unit_ended is not None and row.unit_ended < today,
        band=age_band(int(row.birth_year), today) if row.birth_year else None,
        skills=tuple(row.skills),
        probationary=row.full_on is None or row.full_on > today,
        joined_on=row.joined_on,
        volunteer=row.volunteer_id is not None,
        community=row.community,
        ended_on=row.ended_on,
        ended_as=row.ended_as,
        community_id=row.community_id,
    )


def roll(session: Session, filters: RollFilters, *, today: date, before: int | None = None) -> Page[MemberRow]:
    """A page of the roll, newest first; a band of age costs one more statement."""
    query = _listed(session, filters, today)
    if before is not None:
        query = query.where(Member.id < before)
    found = session.execute(query.limit(ROWS + 1)).all()
    return Page(tuple(_row(row, today) for row in found[:ROWS]), len(found) > ROWS)


def roll_sheet(session: Session, filters: RollFilters, *, today: date) -> tuple[MemberRow, ...]:
    """The filtered roll for a file, masked like the list."""
    return tuple(_row(row, today) for row in session.execute(_listed(session, filters, today).limit(SHEET_MOST)))


def roll_sums(session: Session, *, today: date) -> RollSums:
    """The figures above the roll; one statement."""
    stands = (Member.ended_on.is_(None), Member.merged_into_id.is_(None), Member.erased_at.is_(None))
    count = func.count(Member.id).filter
    open_branches = select(func.count()).select_from(Branch).where(Branch.closed_on.is_(None)).scalar_subquery()
    row = session.execute(
        select(
            count(*stands).label("members"),
            count(*stands, or_(Member.full_on.is_(None), Member.full_on > today)).label("probationary"),
            count(*stands, Member.volunteer_id.is_not(None)).label("linked"),
            count(Member.keep_until <= today, Member.ended_on.is_not(None), Member.erased_at.is_(None)).label("due"),
            open_branches.label("branches"),
        )
    ).one()
    return RollSums(row.members, row.probationary, row.linked, row.branches, row.due)


def units_to_choose(session: Session, *, today: date, with_members: bool = False) -> Mapping[int, str]:
    """Units by name: partners of today, or with `with_members` those from which somebody stands on the roll."""
    query = select(Unit.id, Unit.name).order_by(Unit.name).limit(500)
    if with_members:
        query = query.where(Unit.id.in_(select(Member.unit_id).where(Member.ended_on.is_(None))))
    else:
        query = query.where(or_(Unit.ended_on.is_(None), Unit.ended_on >= today))
    return dict(session.execute(query).all())


def members_by_unit(session: Session, unit_ids: Collection[int]) -> Mapping[int, int]:
    """How many who stand on the roll come from each of these units, those without any left out."""
    query = (
        select(Member.unit_id, func.count())
        .where(Member.unit_id.in_(unit_ids), Member.ended_on.is_(None), Member.merged_into_id.is_(None))
        .group_by(Member.unit_id)
    )
    return {unit: count for unit, count in session.execute(query) if unit is not None} if unit_ids else {}


def members_offered(session: Session) -> tuple[OfferRow, ...]:
    """Who is to come to one of our branches from another community; its own rows stay unread but for this line."""
    own = select(Branch.id).where(Branch.community_id == session.info["actor"].community_id, Branch.closed_on.is_(None))
    query = (
        select(
            *(Member.id, Member.number, Member.name, Member.kind, Community.name.label("community")),
            *(Branch.id.label("branch_id"), Branch.name.label("branch")),
        )
        .join(Community, Community.id == Member.community_id)
        .join(Branch, Branch.id == Member.offered_branch_id)
        .where(Member.offered_branch_id.in_(own), Member.ended_on.is_(None))
        .order_by(Member.id)
        .limit(ROWS)
    )
    return tuple(
        OfferRow(row.id, row.number, masked_name(row.name), row.kind, row.community, row.branch_id, row.branch)
        for row in session.execute(query, execution_options=UNSCOPED)
    )

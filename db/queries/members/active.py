"""Who stood on the roll on a day, by branch: the denominator of every rate, true for days gone by as well.

Nothing personal is in it. A member who moved to another community counts, for each day, where they stood on it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from db.models import Branch, Member, MemberStay
from db.rules.members.standing import is_probationary
from db.scope import UNSCOPED
from db.terms import MemberKind

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class ActiveMember:
    """A member of a branch on a day; the links lead to what they did."""

    id: int
    community_id: int
    branch_id: int
    kind: MemberKind
    joined_on: date
    full_on: date | None
    probationary: bool
    unit_id: int | None
    volunteer_id: int | None
    account_id: int | None


@dataclass(frozen=True, slots=True)
class BranchCount:
    """How many members a branch had on a day; `probationary` are among `members`."""

    branch_id: int
    community_id: int
    name: str
    members: int
    probationary: int


def active_members(
    session: Session, day: date, *, community_id: int | None = None, branch_id: int | None = None
) -> tuple[ActiveMember, ...]:
    """Everybody who stood on the roll on a day within the actor's scope, by id; two statements for five thousand."""
    return active_on(session, [day], community_id=community_id, branch_id=branch_id)[0]


def active_on(
    session: Session, days: Sequence[date], *, community_id: int | None = None, branch_id: int | None = None
) -> tuple[tuple[ActiveMember, ...], ...]:
    """The same for each of several days, in no more statements than for one."""
    query = select(
        *(MemberStay.member_id, MemberStay.community_id, MemberStay.branch_id, MemberStay.since, MemberStay.until)
    ).where(or_(*(stood_on(day) for day in days)))
    if community_id is not None:
        query = query.where(MemberStay.community_id == community_id)
    if branch_id is not None:
        query = query.where(MemberStay.branch_id == branch_id)
    stays = session.execute(query.order_by(MemberStay.member_id, MemberStay.id)).all()
    members = _members(session, sorted({stay.member_id for stay in stays}))
    return tuple(
        tuple(
            ActiveMember(
                **members[stay.member_id],
                community_id=stay.community_id,
                branch_id=stay.branch_id,
                probationary=is_probationary(
                    members[stay.member_id]["joined_on"], members[stay.member_id]["full_on"], day
                ),
            )
            for stay in stays
            if stay.since <= day and (stay.until is None or stay.until >= day) and stay.member_id in members
        )
        for day in days
    )


def stood_on(day: date | Any) -> Any:
    """Stays that hold a day."""
    return and_(MemberStay.since <= day, or_(MemberStay.until.is_(None), MemberStay.until >= day))


def _members(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What counts of these members, by id: past the scope, as a stay of this community counts although its member
    stands in another one today. An entry that leads to another is the other one.
    """
    found: dict[int, dict[str, Any]] = {}
    for at in range(0, len(ids), AT_ONCE):
        query = select(
            *(Member.id, Member.kind, Member.joined_on, Member.full_on, Member.unit_id),
            *(Member.volunteer_id, Member.account_id),
        ).where(Member.id.in_(ids[at : at + AT_ONCE]), Member.merged_into_id.is_(None))
        found |= {row.id: dict(row._mapping) for row in session.execute(query, execution_options=UNSCOPED)}
    return found


def active_counts(session: Session, day: date, *, community_id: int | None = None) -> tuple[BranchCount, ...]:
    """How many members each branch had on a day, branches without any left out; one statement more."""
    active = active_members(session, day, community_id=community_id)
    members = Counter(one.branch_id for one in active)
    probationary = Counter(one.branch_id for one in active if one.probationary)
    query = (
        select(Branch.id, Branch.community_id, Branch.name)
        .where(Branch.id.in_(members))
        .order_by(Branch.community_id, Branch.id)
    )
    return tuple(
        BranchCount(row.id, row.community_id, row.name, members[row.id], probationary[row.id])
        for row in session.execute(query)
    )

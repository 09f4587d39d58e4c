"""Who stood on the roll on a day, by branch: the denominator of every rate, true for days gone by as well.

Nothing personal is in it. A member who moved to another community counts, for each day, where they stood on it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from db.models import Branch, Member, MemberStay
from db.rules.members.standing import is_probationary
from db.terms import MemberKind

_member: Any = Member.__table__
"""The table itself: a stay of this community counts although its member stands in another one today."""


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


def _on(day: date) -> tuple[Any, ...]:
    """The stays that count on a day: an entry that leads to another is the other one."""
    return (
        MemberStay.since <= day,
        or_(MemberStay.until.is_(None), MemberStay.until >= day),
        _member.c.merged_into_id.is_(None),
    )


def active_members(
    session: Session, day: date, *, community_id: int | None = None, branch_id: int | None = None
) -> tuple[ActiveMember, ...]:
    """Everybody who stood on the roll on a day within the actor's scope, by id; one statement."""
    query = (
        select(
            *(_member.c.id, MemberStay.community_id, MemberStay.branch_id, _member.c.kind, _member.c.joined_on),
            *(_member.c.full_on, _member.c.unit_id, _member.c.volunteer_id, _member.c.account_id),
        )
        .join(_member, _member.c.id == MemberStay.member_id)
        .where(*_on(day))
        .order_by(_member.c.id)
    )
    if community_id is not None:
        query = query.where(MemberStay.community_id == community_id)
    if branch_id is not None:
        query = query.where(MemberStay.branch_id == branch_id)
    return tuple(
        ActiveMember(**row._mapping, probationary=is_probationary(row.joined_on, row.full_on, day))
        for row in session.execute(query)
    )


def active_counts(session: Session, day: date, *, community_id: int | None = None) -> tuple[BranchCount, ...]:
    """How many members each branch had on a day, branches without any left out; one statement."""
    waiting = or_(_member.c.full_on.is_(None), _member.c.full_on > day)
    query = (
        select(
            *(Branch.id, Branch.community_id, Branch.name),
            func.count().label("members"),
            func.sum(case((waiting, 1), else_=0)).label("probationary"),
        )
        .join(MemberStay, MemberStay.branch_id == Branch.id)
        .join(_member, _member.c.id == MemberStay.member_id)
        .where(*_on(day))
        .group_by(Branch.id, Branch.community_id, Branch.name)
        .order_by(Branch.community_id, Branch.id)
    )
    if community_id is not None:
        query = query.where(Branch.community_id == community_id)
    return tuple(
        BranchCount(row.id, row.community_id, row.name, int(row.members), int(row.probationary or 0))
        for row in session.execute(query)
    )

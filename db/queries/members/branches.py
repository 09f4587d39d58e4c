"""Branches: those of the community with their secretaries and members, and those of others that may take one in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, Branch, Community, Member
from db.scope import UNSCOPED
from db.terms import BranchKind

MOST = 200


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch with its secretary's working name and how many stand in it now."""

    id: int
    version: int
    community_id: int
    community: str
    name: str
    kind: BranchKind
    secretary_id: int | None
    secretary: str
    secretary_gone: bool
    """The account is disabled or belongs to another community by now."""
    members: int
    since: date
    closed_on: date | None


def branches(session: Session, *, closed: bool = False) -> tuple[BranchRow, ...]:
    """The branches within reach, by community and name; closed ones only when they are asked for. One statement."""
    standing = (
        select(func.count())
        .select_from(Member)
        .where(Member.branch_id == Branch.id, Member.ended_on.is_(None), Member.merged_into_id.is_(None))
        .correlate(Branch)
        .scalar_subquery()
    )
    query = (
        select(
            *(Branch.id, Branch.version, Branch.community_id, Community.name.label("community"), Branch.name),
            *(Branch.kind, Branch.secretary_id, Branch.since, Branch.closed_on, standing.label("members")),
            *(Account.name.label("secretary"), Account.disabled_at, Account.community_id.label("home")),
        )
        .join(Community, Community.id == Branch.community_id)
        .outerjoin(Account, Account.id == Branch.secretary_id)
        .order_by(Branch.community_id, Branch.closed_on.is_not(None), Branch.name)
        .limit(MOST)
    )
    if not closed:
        query = query.where(Branch.closed_on.is_(None))
    return tuple(
        BranchRow(
            id=row.id,
            version=row.version,
            community_id=row.community_id,
            community=row.community,
            name=row.name,
            kind=row.kind,
            secretary_id=row.secretary_id,
            secretary=row.secretary or "",
            secretary_gone=row.secretary_id is not None
            and (row.disabled_at is not None or row.home != row.community_id),
            members=row.members,
            since=row.since,
            closed_on=row.closed_on,
        )
        for row in session.execute(query)
    )


def branches_elsewhere(session: Session) -> Mapping[int, str]:
    """Open branches of the other communities of the subdistrict: their names are public, their members are not read."""
    actor = session.info["actor"]
    query = (
        select(Branch.id, Community.name, Branch.name)
        .join(Community, Community.id == Branch.community_id)
        .where(
            Community.subdistrict_id == actor.subdistrict_id,
            Community.id != actor.community_id,
            Branch.closed_on.is_(None),
        )
        .order_by(Community.id, Branch.name)
        .limit(MOST)
    )
    return {number: f"{home} · {name}" for number, home, name in session.execute(query, execution_options=UNSCOPED)}


def may_lead(session: Session) -> Mapping[int, str]:
    """Accounts of the actor's community that can be named secretary of a branch."""
    actor = session.info["actor"]
    query = (
        select(Account.id, Account.name)
        .where(Account.community_id == actor.community_id, Account.disabled_at.is_(None))
        .order_by(Account.role, Account.name)
        .limit(MOST)
    )
    return dict(session.execute(query).all())

"""党支部: founded, renamed, led by an account, closed when nobody stands in it any more."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row, load
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Account, Branch, Member
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import BranchKind, Role


def _name(session: Session, name: str, community_id: int, own: int = 0) -> str:
    called = fields.line("name", name, most=40)
    twin = select(Branch.id).where(Branch.community_id == community_id, Branch.name == called, Branch.id != own)
    if session.scalar(twin) is not None:
        raise BadInput("name", Problem.TAKEN)
    return called


def _secretary(session: Session, account_id: int | None, community_id: int) -> int | None:
    """An account of the community that is not disabled, or none."""
    if account_id is None:
        return None
    account = chosen_row(session, Account, "secretary_id", account_id)
    if account.community_id != community_id or account.disabled_at is not None or account.role is Role.DISPLAY:
        raise BadInput("secretary_id", Problem.UNKNOWN_CHOICE)
    return account.id


@action(Permission.MANAGE_MEMBERS)
def found_branch(
    session: Session, *, name: str, kind: BranchKind | None, now: datetime, secretary_id: int | None = None
) -> int:
    """A branch of the actor's community; its id. A name stands once in a community, closed branches included."""
    home = actor_of(session).community_id
    if home is None:
        raise BadInput("community_id", Problem.EMPTY)
    branch = Branch(
        community_id=home,
        name=_name(session, name, home),
        kind=fields.chosen("kind", kind, list(BranchKind)),
        secretary_id=_secretary(session, secretary_id, home),
        since=day_of(now),
    )
    session.add(branch)
    session.flush()
    return branch.id


@action(Permission.MANAGE_MEMBERS)
def amend_branch(
    session: Session, *, branch_id: int, version: int, name: str, kind: BranchKind | None, secretary_id: int | None
) -> None:
    """Name, kind and secretary of an open branch; none is a branch without a secretary."""
    branch = load(session, Branch, branch_id, version=version, lock=True)
    if branch.closed_on is not None:
        raise Refused("branch_closed", name=branch.name)
    branch.name = _name(session, name, branch.community_id, branch.id)
    branch.kind = fields.chosen("kind", kind, list(BranchKind))
    if secretary_id != branch.secretary_id:
        branch.secretary_id = _secretary(session, secretary_id, branch.community_id)


@action(Permission.MANAGE_MEMBERS)
def close_branch(session: Session, *, branch_id: int, version: int, on: date | None, now: datetime) -> None:
    """Its last day. Raises Refused("branch_has_members", count=): they move first; so does who is to come to it."""
    branch = load(session, Branch, branch_id, version=version, lock=True)
    if branch.closed_on is not None:
        raise Refused("branch_closed", name=branch.name)
    day = fields.day("on", on, least=branch.since, most=day_of(now))
    standing = select(Member.id).where(
        (Member.branch_id == branch.id) | (Member.offered_branch_id == branch.id),
        Member.ended_on.is_(None),
        Member.merged_into_id.is_(None),
    )
    count = len(session.scalars(standing, execution_options=UNSCOPED).all())
    if count:
        raise Refused("branch_has_members", name=branch.name, count=count)
    branch.closed_on, branch.secretary_id = day, None


@action(Permission.MANAGE_MEMBERS)
def reopen_branch(session: Session, *, branch_id: int, version: int) -> None:
    """It was closed too early. Raises Refused("branch_open")."""
    branch = load(session, Branch, branch_id, version=version, lock=True)
    if branch.closed_on is None:
        raise Refused("branch_open", name=branch.name)
    branch.closed_on = None


def leave_branches(session: Session, account_id: int) -> int:
    """The account leads no branch any more; how many have no secretary now."""
    led = select(Branch).where(Branch.secretary_id == account_id).with_for_update()
    found = session.scalars(led, execution_options=UNSCOPED).all()
    for branch in found:
        branch.secretary_id = None
    return len(found)

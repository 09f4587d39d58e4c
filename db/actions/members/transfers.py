"""转接: a member goes to a branch of another community; this one offers, that one takes in or sends back.

Neither reaches the other's rows: who takes somebody in writes past the scope, and only where they were offered.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of
from db.actions.members.follows import account_follows
from db.actions.members.roll import SERIES
from db.actions.members.stays import standing_member, tell
from db.actions.numbering import next_number
from db.audit import note
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Branch, Community, Member, MemberEvent, MemberStay
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import MemberChange, MemberLink

PAST_THE_SCOPE = UNSCOPED | {"audited": True, "synchronize_session": False}


@action(Permission.MANAGE_MEMBERS)
def offer_member(
    session: Session, *, member_id: int, version: int, branch_id: int | None, now: datetime, reason: str = ""
) -> None:
    """Send somebody to an open branch of another community of the subdistrict; until it takes them they count here."""
    why = fields.line("reason", reason, most=200, needed=False)
    member = standing_member(session, member_id, version=version)
    query = (
        select(Branch.id, Branch.name, Community.name.label("community"))
        .join(Community, Community.id == Branch.community_id)
        .where(
            Branch.id == fields.row_id("branch_id", branch_id),
            Branch.closed_on.is_(None),
            Branch.community_id != member.community_id,
            Community.subdistrict_id == actor_of(session).subdistrict_id,
        )
        .with_for_update(of=Branch)
    )
    branch = session.execute(query, execution_options=UNSCOPED).first()
    if branch is None:
        raise BadInput("branch_id", Problem.UNKNOWN_CHOICE)
    member.offered_branch_id = branch.id
    to = f"{branch.community} · {branch.name}"
    tell(session, member, MemberChange.OFFERED, on=day_of(now), now=now, reason=why, after=to)


@action(Permission.MANAGE_MEMBERS)
def withdraw_offer(session: Session, *, member_id: int, now: datetime) -> None:
    """They stay after all. Raises Refused("not_offered")."""
    member = standing_member(session, member_id)
    if member.offered_branch_id is None:
        raise Refused("not_offered")
    member.offered_branch_id = None
    tell(session, member, MemberChange.TAKEN_BACK, on=day_of(now), now=now)


def _offered(session: Session, member_id: int) -> tuple[Member, Branch]:
    """Somebody who is offered to a branch of the actor's own community, held; NotFound for everybody else."""
    home = actor_of(session).community_id
    if not fields.is_id(member_id):
        raise NotFound(what="member", id=member_id)
    query = (
        select(Member, Branch)
        .join(Branch, Branch.id == Member.offered_branch_id)
        .where(Member.id == member_id, Branch.community_id == home, Member.ended_on.is_(None))
        .with_for_update(of=Member)
    )
    found = session.execute(query, execution_options=UNSCOPED | {"populate_existing": True}).first()
    if found is None:
        raise NotFound(what="member", id=member_id)
    member, branch = found
    return member, branch


def _write(session: Session, member: Member, branch_id: int, values: dict[str, Any]) -> None:
    """Change the other community's row, if it is still as it was offered."""
    guard = update(Member).where(
        Member.id == member.id, Member.offered_branch_id == branch_id, Member.version == member.version
    )
    done: Any = session.execute(guard.values(**values, version=Member.version + 1), execution_options=PAST_THE_SCOPE)
    if done.rowcount != 1:
        raise Refused("not_offered")
    note(session, member, "update", {name: (getattr(member, name), value) for name, value in values.items()})


@action(Permission.MANAGE_MEMBERS)
def take_member(session: Session, *, member_id: int, on: date | None, now: datetime) -> int:
    """Take in whom another community sends: from this day on they stand in our branch. The member's id.

    Links to records of the other community end, its consents stay with it. Raises Refused("branch_closed").
    """
    home, today = actor_of(session).community_id or 0, day_of(now)
    member, branch = _offered(session, member_id)
    if branch.closed_on is not None:
        raise Refused("branch_closed", name=branch.name)
    stay = session.scalars(
        select(MemberStay).where(MemberStay.member_id == member.id, MemberStay.until.is_(None)),
        execution_options=UNSCOPED,
    ).one()
    day = fields.day("on", on, least=stay.since + timedelta(days=1), most=today)
    number = next_number(session, home, SERIES, today.year)
    columns = {
        MemberLink.PERSON: "person_id",
        MemberLink.VOLUNTEER: "volunteer_id",
        MemberLink.ACCOUNT: "account_id",
    }
    linked = [what for what, column in columns.items() if getattr(member, column) is not None]
    was = member.branch_id
    values: dict[str, Any] = {"community_id": home, "branch_id": branch.id, "number": number, "offered_branch_id": None}
    _write(session, member, branch.id, values | dict.fromkeys(columns.values()))
    last = day - timedelta(days=1)
    session.execute(
        update(MemberStay).where(MemberStay.id == stay.id).values(until=last), execution_options=PAST_THE_SCOPE
    )
    note(session, stay, "update", {"until": (None, last)})
    before = session.execute(
        select(Community.name, Branch.name)
        .join(Community, Community.id == Branch.community_id)
        .where(Branch.id == was),
        execution_options=UNSCOPED,
    ).one()
    number_of = member.id
    session.expunge(stay)
    session.expunge(member)
    session.add(MemberStay(community_id=home, member_id=number_of, branch_id=branch.id, since=day))
    common = {"community_id": home, "member_id": number_of, "on": day, "at": now, "by": actor_of(session).id}
    session.add(MemberEvent(kind=MemberChange.MOVED, before=" · ".join(before), after=branch.name, **common))
    for what in linked:
        session.add(MemberEvent(kind=MemberChange.UNLINKED, before=what.value, **common))
    session.flush()
    account_follows(session, [number_of])
    return number_of


@action(Permission.MANAGE_MEMBERS)
def decline_member(session: Session, *, member_id: int, reason: str, now: datetime) -> None:
    """Send back whom another community offered; they stay where they are, with our reason."""
    why = fields.line("reason", reason, most=200)
    member, branch = _offered(session, member_id)
    home, number = actor_of(session).community_id, member.id
    _write(session, member, branch.id, {"offered_branch_id": None})
    session.expunge(member)
    session.add(
        MemberEvent(
            community_id=home, member_id=number, kind=MemberChange.TAKEN_BACK, on=day_of(now), before=branch.name,
            reason=why, at=now, by=actor_of(session).id,
        )
    )  # fmt: skip

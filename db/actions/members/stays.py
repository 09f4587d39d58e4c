"""From which day until which a member stands in a branch: the steps that every change of standing is made of."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row, load
from db.errors import BadInput, Problem, Refused
from db.models import Branch, Member, MemberEvent, MemberStay
from db.terms import MemberChange


def living_member(session: Session, member_id: int, *, version: int | None = None, lock: bool = True) -> Member:
    """The entry; Refused("member_erased") or ("member_merged") for one that is nobody's any more."""
    member = load(session, Member, member_id, version=version, lock=lock)
    if member.erased_at is not None:
        raise Refused("member_erased", number=member.number)
    if member.merged_into_id is not None:
        raise Refused("member_merged", number=member.number)
    return member


def standing_member(session: Session, member_id: int, *, version: int | None = None) -> Member:
    """Somebody who stands on the roll; Refused("member_off_roll") for others."""
    member = living_member(session, member_id, version=version)
    if member.ended_on is not None:
        raise Refused("member_off_roll", number=member.number, day=member.ended_on.isoformat())
    return member


def open_branch(session: Session, branch_id: int | None, community_id: int) -> Branch:
    """A branch of this community that is not closed, held against being closed now; else BadInput at `branch_id`."""
    branch = chosen_row(session, Branch, "branch_id", branch_id, lock=True)
    if branch.community_id != community_id:
        raise BadInput("branch_id", Problem.UNKNOWN_CHOICE)
    if branch.closed_on is not None:
        raise Refused("branch_closed", name=branch.name)
    return branch


def begin_stay(session: Session, member: Member, branch: Branch, since: date) -> None:
    """They stand in this branch from this day on."""
    session.add(MemberStay(community_id=branch.community_id, member_id=member.id, branch_id=branch.id, since=since))
    member.branch_id = branch.id
    session.flush()


def current_stay(session: Session, member: Member) -> MemberStay:
    """The stay that goes on; the caller holds the member's row."""
    query = select(MemberStay).where(MemberStay.member_id == member.id, MemberStay.until.is_(None))
    return session.scalars(query.with_for_update()).one()


def last_day(session: Session, member: Member) -> date | None:
    """The last day of the last stay that ended."""
    return session.scalar(select(func.max(MemberStay.until)).where(MemberStay.member_id == member.id))


def change_branch(session: Session, member: Member, branch: Branch, on: date | None, today: date) -> date:
    """From this day on they stand in another branch; BadInput at `on` for a day before the stay that it ends."""
    stay = current_stay(session, member)
    day = fields.day("on", on, least=stay.since, most=today)
    if day == stay.since:
        stay.branch_id, member.branch_id = branch.id, branch.id
        session.flush()
        return day
    stay.until = day - timedelta(days=1)
    session.flush()
    begin_stay(session, member, branch, day)
    return day


def tell(
    session: Session, member: Member, kind: MemberChange, *, on: date, now: datetime, reason: str = "",
    before: str | None = None, after: str | None = None,
) -> None:  # fmt: skip
    """One line in the history of an entry, kept by the community in which it happened."""
    session.add(
        MemberEvent(
            community_id=member.community_id, member_id=member.id, kind=kind, on=on, before=before, after=after,
            reason=reason, at=now, by=actor_of(session).id,
        )
    )  # fmt: skip

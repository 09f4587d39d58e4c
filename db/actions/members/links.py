"""关联: a member is the same human being as a person, a volunteer or an account; pressed by somebody, and undone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import chosen_row
from db.actions.members.follows import account_follows
from db.actions.members.stays import living_member, standing_member, tell
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Account, Member, Person, Volunteer
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import MemberChange, MemberLink, Role

COLUMNS: Mapping[MemberLink, tuple[Any, str]] = {
    MemberLink.PERSON: (Person, "person_id"),
    MemberLink.VOLUNTEER: (Volunteer, "volunteer_id"),
    MemberLink.ACCOUNT: (Account, "account_id"),
}


@action(Permission.MANAGE_MEMBERS)
def link_member(
    session: Session, *, member_id: int, what: MemberLink | None, other_id: int | None, now: datetime
) -> None:
    """This member is that person, volunteer or account of the same community.

    A record that was merged leads to the one that was kept. Raises Refused("member_linked") when the entry has such a
    link, ("link_taken", number=) when the record is another member's.
    """
    wanted = fields.chosen("what", what, list(MemberLink))
    model, column = COLUMNS[wanted]
    member = standing_member(session, member_id)
    other = chosen_row(session, model, "other_id", other_id, lock=True)
    if getattr(other, "merged_into_id", None) is not None:
        other = chosen_row(session, model, "other_id", other.merged_into_id, lock=True)
    gone = getattr(other, "erased_at", None) or getattr(other, "disabled_at", None)
    if gone is not None or other.community_id != member.community_id or getattr(other, "role", None) is Role.DISPLAY:
        raise BadInput("other_id", Problem.UNKNOWN_CHOICE)
    if getattr(member, column) is not None:
        raise Refused("member_linked")
    taken = select(Member.number).where(getattr(Member, column) == other.id, Member.merged_into_id.is_(None))
    number = session.scalar(taken.limit(1), execution_options=UNSCOPED)
    if number is not None:
        raise Refused("link_taken", number=number)
    setattr(member, column, other.id)
    if wanted is MemberLink.ACCOUNT:
        account_follows(session, [member.id])
    tell(session, member, MemberChange.LINKED, on=day_of(now), now=now, after=wanted.value)


@action(Permission.MANAGE_MEMBERS)
def unlink_member(session: Session, *, member_id: int, what: MemberLink | None, reason: str, now: datetime) -> None:
    """It was somebody else, or the record goes. Raises Refused("member_not_linked")."""
    chosen = fields.chosen("what", what, list(MemberLink))
    why = fields.line("reason", reason, most=200)
    member = living_member(session, member_id)
    column = COLUMNS[chosen][1]
    if getattr(member, column) is None:
        raise Refused("member_not_linked")
    setattr(member, column, None)
    if chosen is MemberLink.ACCOUNT:
        account_follows(session, [member.id])
    tell(session, member, MemberChange.UNLINKED, on=day_of(now), now=now, reason=why, before=chosen.value)

"""What is kept of a member, for how long, who looked at it in clear, and how it is wiped."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.actions.fields import day, line
from db.actions.members.follows import account_follows
from db.actions.members.stays import living_member, tell
from db.audit import note
from db.counters import day_of
from db.engine import action, sweep_after_commit
from db.errors import Refused
from db.models import Consent, Member, MemberEvent, ReviewCorrection, ReviewedMember
from db.rules.members.standing import KEPT_MOST
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import MemberChange

PAST_THE_SCOPE = UNSCOPED | {"audited": True, "synchronize_session": False}
_WIPED: dict[str, Any] = {
    "name": None, "self_words": "", "peer_words": "", "grade_reason": "", "standing_word": "", "evidence": {},
}  # fmt: skip


@action(Permission.UNMASK)
def see_member(session: Session, *, member_id: int, reason: str) -> str:
    """Allow one look at name and telephone; the token of the trace, which the look must show.

    The values are not returned: what an action returns is kept with its request key. Raises Refused("member_erased").
    """
    why = line("reason", reason, most=200)
    member, token = living_member(session, member_id, lock=False), secrets.token_urlsafe(16)
    note(session, member, "read", {"name": (None, None), "phone": (None, None), "look": (None, token)}, reason=why)
    return token


@action(Permission.MANAGE_MEMBERS)
def keep_member(session: Session, *, member_id: int, keep_until: date | None, now: datetime) -> None:
    """The retention look at somebody who left: the entry is needed until this day. Raises Refused("member_on_roll")."""
    today = day_of(now)
    until = day("keep_until", keep_until, least=today + timedelta(days=1), most=today + KEPT_MOST)
    member = living_member(session, member_id)
    if member.ended_on is None:
        raise Refused("member_on_roll", number=member.number)
    member.keep_until = until


@action(Permission.ERASE_PERSON)
def erase_member(session: Session, *, member_id: int, reason: str, now: datetime) -> None:
    """Wipe everything that says who this was; that somebody stood in the branch stays, so that every count stays true.

    Who stands on the roll is erased only after leaving it. Raises Refused("member_on_roll"), ("member_erased").
    """
    why = line("reason", reason, most=200)
    member = living_member(session, member_id)
    if member.ended_on is None:
        raise Refused("member_on_roll", number=member.number)
    merged = session.scalars(select(Member).where(Member.merged_into_id == member.id).with_for_update()).all()
    entries = [member, *merged]
    for one in entries:
        one.name, one.phone, one.birth_year = "", None, None
        one.name_index, one.sound_index, one.phone_index = None, "", None
        one.skills, one.free_slots, one.keep_until = [], [], None
        one.person_id, one.volunteer_id, one.account_id, one.unit_id = None, None, None, None
        one.erased_at = now
    ids = [one.id for one in entries]
    account_follows(session, ids)
    # Also what was written down and consented to in a community where they stood before.
    session.execute(
        update(MemberEvent).where(MemberEvent.member_id.in_(ids)).values(before=None, after=None, reason=""),
        execution_options=PAST_THE_SCOPE,
    )
    session.execute(
        update(Consent)
        .where(Consent.member_id.in_(ids), Consent.withdrawn_on.is_(None))
        .values(withdrawn_on=day_of(now), withdrawn_reason="资料删除", version=Consent.version + 1),
        execution_options=PAST_THE_SCOPE,
    )
    # Grades stay, so that the sums of a branch stay true; nothing says any more whose they were.
    session.execute(
        update(ReviewedMember).where(ReviewedMember.member_id.in_(ids)).values(**_WIPED),
        execution_options=PAST_THE_SCOPE,
    )
    lines = select(ReviewedMember.id).where(ReviewedMember.member_id.in_(ids))
    session.execute(
        update(ReviewCorrection).where(ReviewCorrection.reviewed_id.in_(lines)).values(reason=""),
        execution_options=PAST_THE_SCOPE,
    )
    tell(session, member, MemberChange.ERASED, on=day_of(now), now=now, reason=why)
    session.flush()
    sweep_after_commit(session, "member", "member_event", "reviewed_member", "review_correction")

"""Two entries of one member are made one, and taken apart again when that was wrong."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.loading import load
from db.actions.members.follows import account_follows
from db.actions.members.stays import living_member, tell
from db.counters import day_of
from db.engine import action
from db.errors import Refused
from db.models import Member, MemberEvent
from db.rules.permissions import Permission
from db.terms import MemberChange

FILLED = ("phone", "phone_index", "birth_year", "unit_id", "person_id", "volunteer_id", "account_id")


@action(Permission.MERGE_PERSONS)
def merge_members(session: Session, *, kept_id: int, other_id: int | None, now: datetime) -> None:
    """The other entry leads to the kept one and counts on no day any more; what the kept one lacks is taken from it.

    Branch, days and standing are those of the kept entry; consents are read through the merge. Raises
    Refused("members_same"), ("member_merged"), ("member_off_roll") when the kept one left and the other did not.
    """
    if kept_id == other_id:
        raise Refused("members_same")
    # Locked in the order of their ids, so that two merges of the same pair cannot wait for each other.
    locked = {one: living_member(session, one) for one in sorted((kept_id, other_id or 0))}
    kept, other = locked[kept_id], locked[other_id or 0]
    if session.scalar(select(Member.id).where(Member.merged_into_id == other.id).limit(1)) is not None:
        raise Refused("member_merged", number=other.number)
    if kept.ended_on is not None and other.ended_on is None:
        raise Refused("member_off_roll", number=kept.number, day=kept.ended_on.isoformat())
    filled: list[str] = []
    for column in FILLED:
        if getattr(kept, column) is None and getattr(other, column) is not None:
            setattr(kept, column, getattr(other, column))
            filled.append(column)
    skills = [one for one in other.skills if one not in kept.skills]
    kept.skills = [*kept.skills, *skills]
    other.merged_into_id, other.offered_branch_id = kept.id, None
    account_follows(session, [kept.id])
    tell(session, kept, MemberChange.MERGED, on=day_of(now), now=now, before=other.number, after=kept.number)
    told = json.dumps({"filled": filled, "skills": skills}, ensure_ascii=False)
    tell(session, other, MemberChange.MERGED, on=day_of(now), now=now, before=kept.number, after=told)


@action(Permission.MERGE_PERSONS)
def undo_member_merge(session: Session, *, member_id: int, now: datetime) -> int:
    """The entry that leads to another stands for itself again; what it gave goes back, unless it was changed since.

    Its own id. Raises Refused("member_not_merged"), ("member_erased").
    """
    other = load(session, Member, member_id, lock=True)
    if other.erased_at is not None:
        raise Refused("member_erased", number=other.number)
    if other.merged_into_id is None:
        raise Refused("member_not_merged")
    kept = living_member(session, other.merged_into_id)
    given = _given(session, other.id)
    for column in given["filled"]:
        if getattr(kept, column) == getattr(other, column):
            setattr(kept, column, None)
    kept.skills = [one for one in kept.skills if one not in given["skills"]]
    other.merged_into_id = None
    account_follows(session, [kept.id, other.id])
    tell(session, kept, MemberChange.UNMERGED, on=day_of(now), now=now, before=kept.number, after=other.number)
    return other.id


def _given(session: Session, member_id: int) -> dict[str, Any]:
    """What an entry gave when it was merged last."""
    query = (
        select(MemberEvent.after)
        .where(MemberEvent.member_id == member_id, MemberEvent.kind == MemberChange.MERGED)
        .order_by(MemberEvent.id.desc())
        .limit(1)
    )
    given: dict[str, Any] = json.loads(session.scalar(query) or '{"filled": [], "skills": []}')
    return given

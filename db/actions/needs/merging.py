"""归并: a person decides that two needs are one; every word and every asker stays, and it can be undone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import Session

from db.actions.fields import line, words
from db.actions.life import add_to_life
from db.actions.loading import actor_of, load
from db.actions.needs.needs import log_need, week_is_signed
from db.actions.needs.stages import set_stage
from db.counters import day_of
from db.engine import action
from db.errors import Refused
from db.models import Household, Merge, Need, TwinVerdict, Visit
from db.rules.doors.door import DoorInput
from db.rules.lifecycle import may_undo_merge_to
from db.rules.needs.input import NO_CALLER, CallerInput, NeedInput, OriginInput
from db.rules.needs.twins import Sketch, likeness
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import Happening, NeedSource, NeedStage, Urgency

CLOSED_TO_VOICES = (NeedStage.MERGED, NeedStage.VOID, NeedStage.ANSWERING, NeedStage.CLOSED)
"""Stages of a lead that takes no more voices: its answers are being given already."""


def sketch_of(need: Need) -> Sketch:
    """What the twin rules look at."""
    return Sketch(need.id, need.description, need.place_id, need.building, need.category_id, day_of(need.logged_at))


def _both(session: Session, first_id: int, second_id: int) -> tuple[Need, Need]:
    """Two needs, locked in the order of their ids so that two people merging crosswise cannot wait for each other."""
    found = {need_id: load(session, Need, need_id, lock=True) for need_id in sorted({first_id, second_id})}
    return found[first_id], found[second_id]


def count_voices(session: Session, lead: Need) -> int:
    """Distinct households among the lead and what was merged into it; an anonymous voice counts as one."""
    session.flush()
    households, anonymous = session.execute(
        select(
            func.count(distinct(Need.household_id)),
            func.count().filter(Need.household_id.is_(None)),
        ).where(or_(Need.id == lead.id, Need.merged_into_id == lead.id)),
        execution_options=UNSCOPED,
    ).one()
    lead.voices = max(1, households + anonymous)
    return lead.voices


def _merged_into(session: Session, lead: Need) -> Sequence[Need]:
    query = select(Need).where(Need.merged_into_id == lead.id).order_by(Need.id)
    return session.scalars(query, execution_options=UNSCOPED).all()


@action(Permission.MERGE_NEEDS)
def merge_needs(session: Session, *, lead_id: int, member_id: int, now: datetime) -> dict[str, Any]:
    """Let the member's voice count with the lead; needs merged into the member move along.

    Raises Refused: "merge_itself", "lead_takes_no_voices" (stage=). Returns the lead's `number` and `voices`.
    """
    if lead_id == member_id:
        raise Refused("merge_itself")
    lead, member = _both(session, lead_id, member_id)
    if lead.stage in CLOSED_TO_VOICES:
        raise Refused("lead_takes_no_voices", number=lead.number, stage=lead.stage)
    alike = likeness(sketch_of(lead), sketch_of(member))
    session.add(
        Merge(
            community_id=lead.community_id,
            lead_id=lead.id,
            member_id=member.id,
            reasons=[reason.value for reason in alike.reasons],
            score=alike.score,
            stage_before=member.stage,
            merged_at=now,
            merged_by=actor_of(session).id,
        )
    )
    # The merge that brought a need into the member stays as it was decided, so that undoing brings all of it back.
    for carried in _merged_into(session, member):
        carried.merged_into_id = lead.id
    set_stage(session, member, NeedStage.MERGED, now=now)
    member.merged_into_id = lead.id
    member.voices = 1
    voices = count_voices(session, lead)
    reasons = [reason.value for reason in alike.reasons]
    add_to_life(session, member, Happening.MERGED_INTO, now=now, lead=lead.number)
    add_to_life(session, lead, Happening.MERGED_IN, now=now, member=member.number, reasons=reasons)
    return {"number": lead.number, "voices": voices}


def _counted(session: Session, lead: Need, household_id: int | None) -> bool:
    """Whether this household's voice is with the lead already."""
    if household_id is None:
        return False
    query = select(Need.id).where(
        Need.household_id == household_id,
        or_(Need.id == lead.id, Need.merged_into_id == lead.id),
        Need.stage != NeedStage.VOID,
    )
    return session.execute(query.limit(1), execution_options=UNSCOPED).first() is not None


@action(Permission.MERGE_NEEDS)
def add_voice(
    session: Session,
    *,
    need_id: int,
    now: datetime,
    household_id: int | None = None,
    visit_id: int | None = None,
    caller: CallerInput = NO_CALLER,
    description: str = "",
) -> dict[str, Any]:
    """就是这件事: one household more asks for a need that is known; its words are kept as a merged need.

    It gets its answer with the others, and the merge can be undone. A household that asked already is not counted
    twice (`counted` is False, nothing is stored). Without words of its own the need's title stands for them.
    Raises Refused("lead_takes_no_voices"). Returns `id` (or None), the lead's `number` and `voices`, and `counted`.
    """
    lead = load(session, Need, need_id, lock=True)
    if lead.merged_into_id is not None:
        lead = load(session, Need, lead.merged_into_id, lock=True)
    if lead.stage in CLOSED_TO_VOICES:
        raise Refused("lead_takes_no_voices", number=lead.number, stage=lead.stage)
    visit = load(session, Visit, visit_id) if visit_id is not None else None
    if household_id is None and visit is not None:
        household_id = visit.household_id
    household = load(session, Household, household_id) if household_id is not None else None
    if _counted(session, lead, household_id):
        return {"id": None, "number": lead.number, "voices": lead.voices, "counted": False}
    voice = log_need(
        session,
        given=NeedInput(
            description=words("description", description, most=1000, needed=False) or lead.title,
            category_id=lead.category_id,
            reach=lead.reach,
            people=lead.people,
            urgency=Urgency.NORMAL,
        ),
        door=DoorInput(
            place_id=household.place_id if household else lead.place_id,
            building=household.building if household else lead.building,
            household_id=household_id,
        ),
        caller=caller,
        origin=OriginInput(NeedSource.VISIT if visit else NeedSource.WALK_IN, visit_id),
        now=now,
    )
    merged = merge_needs(session, lead_id=lead.id, member_id=voice["id"], now=now)
    return {"id": voice["id"], **merged, "counted": True}


def _brought_by(session: Session, member: Need, lead: Need) -> list[Need]:
    """The needs that stand under the lead only because the member brought them along."""
    under = {need.id: need for need in _merged_into(session, lead)}
    decided = session.execute(
        select(Merge.lead_id, Merge.member_id).where(Merge.member_id.in_(under), Merge.undone_at.is_(None)),
        execution_options=UNSCOPED,
    ).all()
    found, search = [], [member.id]
    while search:
        above = search.pop()
        below = [row.member_id for row in decided if row.lead_id == above]
        found += [under[need_id] for need_id in below]
        search += below
    return found


@action(Permission.UNDO_MERGE)
def undo_merge(session: Session, *, member_id: int, reason: str = "", now: datetime) -> dict[str, Any]:
    """Give a merged need its own life back, at the stage where it was, with what had been merged into it.

    Raises Refused("undo_not_merged"), or Refused("undo_answered") when the lead's answers are already owed.
    Returns the member's `number` and `stage`.
    """
    why = line("reason", reason, most=200, needed=False)
    lead_id = load(session, Need, member_id).merged_into_id
    if lead_id is None:
        raise Refused("undo_not_merged")
    lead, member = _both(session, lead_id, member_id)
    merge = session.scalars(
        select(Merge).where(Merge.member_id == member.id, Merge.undone_at.is_(None)).order_by(Merge.id.desc())
    ).first()
    if merge is None or member.merged_into_id != lead.id:
        raise Refused("undo_not_merged")
    if lead.stage in CLOSED_TO_VOICES:
        raise Refused("undo_answered", number=lead.number)
    brought = _brought_by(session, member, lead)
    stage = merge.stage_before
    if stage is NeedStage.LOGGED and week_is_signed(session, member.community_id, member.week):
        stage = NeedStage.REGISTERED  # Its week went on without it.
    if not may_undo_merge_to(stage):
        raise Refused("undo_not_merged")
    merge.undone_at, merge.undone_by = now, actor_of(session).id
    member.stage, member.stage_since, member.merged_into_id = stage, now, None
    for need in brought:
        need.merged_into_id = member.id
    count_voices(session, member)
    count_voices(session, lead)
    add_to_life(session, member, Happening.MERGE_UNDONE, now=now, note=why, other=lead.number)
    add_to_life(session, lead, Happening.MERGE_UNDONE, now=now, note=why, other=member.number)
    return {"number": member.number, "stage": stage.value}


@action(Permission.MERGE_NEEDS)
def not_twins(session: Session, *, first_id: int, second_id: int, now: datetime) -> bool:
    """不是同一件事: the pair is not suggested again; False when somebody had said so before."""
    if first_id == second_id:
        raise Refused("merge_itself")
    first, second = _both(session, *sorted((first_id, second_id)))
    known = select(TwinVerdict.id).where(TwinVerdict.first_id == first.id, TwinVerdict.second_id == second.id)
    if session.execute(known).first() is not None:
        return False
    session.add(
        TwinVerdict(
            community_id=first.community_id,
            first_id=first.id,
            second_id=second.id,
            decided_by=actor_of(session).id,
            decided_at=now,
        )
    )
    add_to_life(session, first, Happening.NOT_TWINS, now=now, other=second.number)
    add_to_life(session, second, Happening.NOT_TWINS, now=now, other=first.number)
    return True

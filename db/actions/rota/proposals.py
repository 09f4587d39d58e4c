"""排班建议: keep a draft, change it by hand, and make turns of it in one step that overbooks nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.loading import actor_of, chosen_row, load
from db.actions.rota.rotas import hold_open, must_go_on, must_not_be_closed
from db.actions.volunteers.volunteers import is_there
from db.audit import guarded
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import RosterProposal, Rota, RotaPost, Slot, Turn, Volunteer
from db.queries.rota.busy import busy_of
from db.queries.rota.proposal import MOST_PEOPLE, MOST_SLOTS, leads_to
from db.queries.volunteers.openings import who_can_be_asked, who_serve
from db.rules.permissions import Permission
from db.rules.rota.conflicts import Busy, Hard, Span, against
from db.rules.rota.fit import able
from db.rules.rota.proposal_input import Limits, Pair, RosterInput
from db.terms import TurnNews, TurnState

MOST_DAYS = 92
MOST_TURNS = 5_000
GONE, AWAY, FULL, OVER, BUSY, DAY, THERE = "gone", "away", "full", "over", "busy", "day", "there"
SKILL = "skill"
"""Why a turn of a draft is not kept: the person serves no more, or not on that day, the places are taken, the slot is
called off or has begun, the person has something else at that time, more than a day's hours, is in the slot already,
has not the skill that the post asks for."""
_HARD = {Hard.SAME_SLOT: THERE, Hard.OVERLAP: BUSY, Hard.DAY_FULL: DAY, Hard.PAST: OVER, Hard.CALLED_OFF: OVER}


def checked(given: RosterInput) -> tuple[date, date, Limits]:
    """First and last day and the limits of a form, or BadInput."""
    first = fields.day("first_on", given.first_on)
    last = fields.day("last_on", given.last_on, least=first)
    if (last - first).days >= MOST_DAYS:
        raise BadInput("last_on", Problem.TOO_LATE, day=str(first + timedelta(days=MOST_DAYS - 1)))
    limits = Limits(
        fields.whole("per_week", given.per_week, least=1, most=14),
        fields.whole("per_day", given.per_day, least=1, most=3),
        fields.whole("hours_between", given.hours_between, least=0, most=48),
        given.unknown_free is True,
    )
    return first, last, limits


@action(Permission.PLAN_ROSTER)
def draft_roster(
    session: Session,
    *,
    rota_id: int,
    given: RosterInput,
    filling: Sequence[Sequence[int]],
    result: Mapping[str, Any],
    now: datetime,
) -> int:
    """Put a proposal in place of the rota's draft; no turn is written and nobody is told. The draft's id.

    `filling` is (volunteer, slot) as it was proposed: what does not hold any more is left out when it is kept.
    Raises Refused("rota_closed").
    """
    rota = load(session, Rota, rota_id, lock=True)
    must_not_be_closed(rota)
    first, last, limits = checked(given)
    draft = session.scalars(select(RosterProposal).where(RosterProposal.rota_id == rota.id)).first()
    if draft is None:
        draft = RosterProposal(community_id=rota.community_id, rota_id=rota.id)
        session.add(draft)
    draft.first_on, draft.last_on, draft.limits = first, last, asdict(limits)
    draft.filling, draft.result = _pairs(filling), dict(result)
    draft.left_out, draft.kept_at, draft.kept = [], None, 0
    draft.made_by, draft.made_at = actor_of(session).id, now
    session.flush()
    return draft.id


def _pairs(filling: Sequence[Sequence[int]]) -> list[list[int]]:
    pairs = sorted({(person, slot) for person, slot in filling})
    if len(pairs) > MOST_TURNS or not all(fields.is_id(one) for pair in pairs for one in pair):
        raise BadInput("filling", Problem.WRONG)
    return [list(pair) for pair in pairs]


# --- by hand ---------------------------------------------------------------------------------------------------


def _draft(session: Session, draft_id: int, version: int) -> RosterProposal:
    draft = load(session, RosterProposal, draft_id, version=version, lock=True)
    if draft.kept_at is not None:
        raise Refused("already_done")
    return draft


def _changed(draft: RosterProposal, pairs: set[Pair]) -> None:
    draft.filling = [list(pair) for pair in sorted(pairs)]
    draft.result = {name: value for name, value in draft.result.items() if name not in ("proven", "full", "gap")}
    draft.result = {**draft.result, "by_hand": True}


def _put(session: Session, draft: RosterProposal, pairs: set[Pair], person: int, slot_id: int | None) -> Pair:
    """The pair of somebody who can do it and a slot of the rota with a place left in the draft."""
    slot = chosen_row(session, Slot, "slot_id", slot_id)
    if slot.rota_id != draft.rota_id:
        raise BadInput("slot_id", Problem.UNKNOWN_CHOICE)
    if (person, slot.id) in pairs:
        raise Refused("roster_already_in")
    if sum(other == slot.id for _person, other in pairs) >= slot.places - slot.filled:
        raise Refused("roster_slot_full")
    volunteer = load(session, Volunteer, person)
    if not able(load(session, RotaPost, slot.post_id).skill, volunteer.skills):
        raise Refused("turn_skill", number=volunteer.number)
    return person, slot.id


@action(Permission.PLAN_ROSTER)
def put_in_draft(session: Session, *, draft_id: int, version: int, slot_id: int, volunteer_id: int | None) -> None:
    """Propose somebody for a slot, whatever the limits say; the desk shows what they say.

    Raises Refused("roster_already_in"), ("roster_slot_full"), ("turn_skill"), ("already_done").
    """
    draft = _draft(session, draft_id, version)
    volunteer = chosen_row(session, Volunteer, "volunteer_id", volunteer_id)
    slot = chosen_row(session, Slot, "slot_id", slot_id)
    if session.scalar(select(Volunteer.id).where(Volunteer.id == volunteer.id, *who_can_be_asked(slot.on))) is None:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE)
    pairs = _held_pairs(session, draft)
    _changed(draft, pairs | {_put(session, draft, pairs, volunteer.id, slot_id)})


@action(Permission.PLAN_ROSTER)
def take_from_draft(session: Session, *, draft_id: int, version: int, slot_id: int, volunteer_id: int | None) -> None:
    """Propose somebody no more for a slot; raises BadInput("volunteer_id") for who is not in it."""
    draft = _draft(session, draft_id, version)
    pairs = _held_pairs(session, draft)
    if volunteer_id is None or (volunteer_id, slot_id) not in pairs:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE)
    _changed(draft, pairs - {(volunteer_id, slot_id)})


@action(Permission.PLAN_ROSTER)
def move_in_draft(
    session: Session, *, draft_id: int, version: int, slot_id: int, volunteer_id: int | None, to_slot_id: int | None
) -> None:
    """Propose somebody for another slot instead; Refused as in `put_in_draft`."""
    draft = _draft(session, draft_id, version)
    pairs = _held_pairs(session, draft)
    if volunteer_id is None or (volunteer_id, slot_id) not in pairs:
        raise BadInput("volunteer_id", Problem.UNKNOWN_CHOICE)
    if to_slot_id is None:
        raise BadInput("to_slot_id", Problem.EMPTY)
    pairs -= {(volunteer_id, slot_id)}
    _changed(draft, pairs | {_put(session, draft, pairs, volunteer_id, to_slot_id)})


@action(Permission.PLAN_ROSTER)
def serve_together(
    session: Session, *, draft_id: int, version: int, one_id: int | None, other_id: int | None, apart: bool = False
) -> None:
    """Remember that two people would like to serve beside each other, or with `apart` that they need not."""
    draft = _draft(session, draft_id, version)
    one = chosen_row(session, Volunteer, "one_id", one_id)
    other = chosen_row(session, Volunteer, "other_id", other_id)
    if one.id == other.id:
        raise BadInput("other_id", Problem.WRONG)
    pair = sorted((one.id, other.id))
    kept = [list(held) for held in draft.together if sorted(held) != pair]
    draft.together = kept if apart else [*kept, pair]


def _held_pairs(session: Session, draft: RosterProposal) -> set[Pair]:
    """The draft's pairs; who was merged stands in them as the entry that is kept."""
    leads = leads_to(session, {person for person, _slot in draft.filling})
    return {(leads.get(person, person), slot) for person, slot in draft.filling}


@action(Permission.PLAN_ROSTER)
def drop_draft(session: Session, *, draft_id: int, version: int) -> None:
    """Empty the draft; turns that were written stay."""
    draft = _draft(session, draft_id, version)
    draft.filling, draft.result = [], {}


# --- kept ------------------------------------------------------------------------------------------------------


@action(Permission.PLAN_ROSTER)
def keep_roster(session: Session, *, draft_id: int, version: int, now: datetime) -> dict[str, int]:
    """Make turns of the draft, each guarded; who and what cannot be kept any more is named in it and left out.

    Returns {"kept": …, "left": …}. Limits and half days are the desk's decision; that nobody is in two places at one
    time and no slot has more people than places holds here. Raises Refused("rota_closed"), ("roster_empty").
    """
    # The rota before its draft, as whoever drafts anew holds them.
    rota = hold_open(session, load(session, RosterProposal, draft_id).rota_id)
    draft = _draft(session, draft_id, version)
    must_not_be_closed(rota)
    must_go_on(session, rota)
    pairs = _held_pairs(session, draft)
    if not pairs:
        raise Refused("roster_empty")
    left = list[list[Any]]()
    kept = list[Turn]()
    # Volunteers before slots, as everybody holds them: what they promise elsewhere meanwhile is seen or waits.
    people = _serving(session, {person for person, _slot in pairs})
    slots = _locked_slots(session, {slot for _person, slot in pairs})
    busy, skills = _busy(session, set(people), slots), _skills(session, rota.id)
    by_slot: dict[int, list[int]] = defaultdict(list)
    for person, slot_id in sorted(pairs):
        by_slot[slot_id].append(person)
    for slot_id in sorted(by_slot, key=lambda one: (slots[one].starts_at, one) if one in slots else (now, one)):
        slot = slots.get(slot_id)
        free = 0 if slot is None else slot.places - slot.filled
        chosen = list[Turn]()
        for person in by_slot[slot_id]:
            why = _why_not(slot, people.get(person), busy.get(person, []), skills, free - len(chosen), now)
            if why or slot is None:
                left.append([person, slot_id, why or OVER])
                continue
            chosen.append(_turn(slot, people[person], actor_of(session).id, now))
            busy[person].append(Busy("", slot.starts_at, slot.ends_at, slot.id))
        if slot is not None and chosen:
            _fill(session, slot, len(chosen))
            kept += chosen
    session.add_all(kept)
    draft.filling, draft.left_out = [], left
    draft.kept_at, draft.kept = now, len(kept)
    session.flush()
    return {"kept": len(kept), "left": len(left)}


def _locked_slots(session: Session, slot_ids: set[int]) -> dict[int, Slot]:
    """Locked in the order of their ids, so that two rosters cannot wait for each other."""
    if len(slot_ids) > MOST_SLOTS:
        raise BadInput("filling", Problem.WRONG)
    query = select(Slot).where(Slot.id.in_(slot_ids)).order_by(Slot.id).with_for_update()
    return {slot.id: slot for slot in session.scalars(query, execution_options={"populate_existing": True})}


def _serving(session: Session, people: set[int]) -> dict[int, Volunteer]:
    query = select(Volunteer).where(Volunteer.id.in_(people), *who_serve()).order_by(Volunteer.id)
    held = query.limit(MOST_PEOPLE * 2).with_for_update()
    return {one.id: one for one in session.scalars(held, execution_options={"populate_existing": True})}


def _busy(session: Session, people: set[int], slots: Mapping[int, Slot]) -> dict[int, list[Busy]]:
    """What they have promised already around these slots."""
    if not slots:
        return defaultdict(list)
    first, last = (pick(slots.values(), key=lambda one: one.starts_at) for pick in (min, max))
    return busy_of(session, people, first.starts_at, last.ends_at)


def _skills(session: Session, rota_id: int) -> dict[int, str]:
    """What each post of the rota asks for."""
    found = session.execute(select(RotaPost.id, RotaPost.skill).where(RotaPost.rota_id == rota_id))
    return {row.id: row.skill for row in found}


def _why_not(
    slot: Slot | None,
    person: Volunteer | None,
    busy: Sequence[Busy],
    skills: Mapping[int, str],
    free: int,
    now: datetime,
) -> str:
    if slot is None:
        return OVER
    if person is None:
        return GONE
    span = Span(slot.id, slot.starts_at, slot.ends_at, slot.called_off_at is not None)
    if (hard := against(span, busy, (), now).hard) is not None:
        return _HARD[hard]
    if not is_there(person, slot.on):
        return AWAY
    if not able(skills.get(slot.post_id, ""), person.skills):
        return SKILL
    return FULL if free <= 0 else ""


def _turn(slot: Slot, person: Volunteer, by: int, now: datetime) -> Turn:
    return Turn(
        community_id=slot.community_id,
        slot_id=slot.id,
        volunteer_id=person.id,
        account_id=person.account_id,
        state=TurnState.TAKEN,
        taken_at=now,
        taken_by=by,
        # Whoever adopts their own turn knows of it; everybody else stands in the list of those to be told.
        news=None if person.account_id == by else TurnNews.PUT_IN,
    )


def _fill(session: Session, slot: Slot, many: int) -> None:
    """Raise `filled` by so many, which the lock says are there; the guard says it again."""
    before = slot.filled
    filling = (
        update(Slot)
        .where(Slot.id == slot.id, Slot.filled + many <= Slot.places, Slot.called_off_at.is_(None))
        .values(filled=Slot.filled + many, version=Slot.version + 1)
    )
    if not guarded(session, filling, slot, {"filled": (before, before + many)}):
        raise Refused("roster_slot_full")

"""换班: two agree, or one offers and another takes; until then everybody keeps what they have.

A volunteer reaches only the own turns, so the other one's are read and changed past the scope, each step under its
own guard and in the log.
"""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db import audit
from db.actions import fields
from db.actions.loading import actor_of, load
from db.actions.rota.slots import must_lie_ahead
from db.actions.rota.turns import enter, must_suit, myself
from db.actions.volunteers.volunteers import must_be_there, must_serve, serves_by_account
from db.engine import action
from db.errors import NotFound, Refused
from db.models import Slot, Turn, TurnSwap, Volunteer
from db.queries.rota.mine import waits
from db.rules.permissions import Permission
from db.scope import UNSCOPED
from db.terms import SwapState, TurnState

_FRESH = UNSCOPED | {"populate_existing": True}


@action(Permission.TAKE_SLOT)
def ask_turn_swap(session: Session, *, turn_id: int, wanted_id: int | None, now: datetime) -> int:
    """Ask a colleague for their turn against one's own (`wanted_id`), or, without one, offer the own to whoever comes.

    The swap's id. Raises Refused: turn_over, swap_asked, swap_same, slot_past, turn_overlaps and the like.
    """
    turn = _own(session, turn_id)
    slot = load(session, Slot, turn.slot_id)
    must_lie_ahead(slot, now)
    open_one = select(TurnSwap.id).where(TurnSwap.turn_id == turn.id, waits(now))
    if session.scalar(open_one.limit(1), execution_options=UNSCOPED) is not None:
        raise Refused("swap_asked")
    if wanted_id is not None:
        theirs = _theirs(session, fields.row_id("wanted_id", wanted_id), actor_of(session).community_id)
        if theirs.volunteer_id == turn.volunteer_id or theirs.slot_id == turn.slot_id:
            raise Refused("swap_same")
        wanted = load(session, Slot, theirs.slot_id)
        must_lie_ahead(wanted, now)
        me = load(session, Volunteer, turn.volunteer_id)
        must_be_there(me, wanted.on)
        must_suit(session, wanted, me, sure=True, now=now, apart=[turn.id])
    swap = TurnSwap(community_id=turn.community_id, turn_id=turn.id, wanted_id=wanted_id, asked_at=now)
    session.add(swap)
    session.flush()
    return swap.id


@action(Permission.TAKE_SLOT)
def withdraw_turn_swap(session: Session, *, swap_id: int, now: datetime) -> None:
    """The wish is taken back."""
    swap = _asked(session, swap_id)
    _own(session, swap.turn_id)
    swap.state, swap.answered_at = SwapState.WITHDRAWN, now


@action(Permission.TAKE_SLOT)
def answer_turn_swap(session: Session, *, swap_id: int, agreed: bool | None, now: datetime) -> int | None:
    """Yes or no of whose turn is wanted; on yes both have the other's place at once. The own new turn's id.

    Raises Refused("slot_swap_over") when one of the two turns is not held any more, and what a claim raises.
    """
    yes = fields.chosen("agreed", agreed, [True, False])
    swap = load(session, TurnSwap, swap_id)
    if swap.wanted_id is None:
        raise NotFound(what="turn_swap", id=swap_id)
    _own(session, swap.wanted_id)
    if not yes:
        swap = _asked(session, swap_id)
        swap.state, swap.answered_at = SwapState.DECLINED, now
        return None
    mine, theirs = _both_held(session, swap)
    swap = _asked(session, swap_id)
    people, slots = _people_and_slots(session, mine, theirs, now)
    for turn, other in ((mine, theirs), (theirs, mine)):
        must_be_there(people[turn.volunteer_id], slots[other.slot_id].on)
        must_suit(session, slots[other.slot_id], people[turn.volunteer_id], sure=True, now=now, apart=[turn.id])
    for turn in (mine, theirs):
        _give_up(session, turn, now=now)
    new = _take(session, mine, people[mine.volunteer_id], theirs, now=now)
    _take(session, theirs, people[theirs.volunteer_id], mine, now=now)
    swap.state, swap.answered_at = SwapState.AGREED, now
    return new


@action(Permission.TAKE_SLOT)
def take_offered_turn(session: Session, *, swap_id: int, sure: bool = False, now: datetime) -> int:
    """Take a turn that a colleague offers to everybody; the first one has it. The new turn's id."""
    swap = load(session, TurnSwap, swap_id)
    if swap.wanted_id is not None:
        raise NotFound(what="turn_swap", id=swap_id)
    me = myself(session)
    theirs = _read(session, swap.turn_id)
    if theirs.volunteer_id == me.id:
        raise Refused("swap_same")
    slot = load(session, Slot, theirs.slot_id, lock=True)
    theirs = _read(session, swap.turn_id, lock=True)
    swap = _asked(session, swap_id)
    if theirs.state is not TurnState.TAKEN:
        raise Refused("slot_swap_over")
    must_lie_ahead(slot, now)
    _give_up(session, theirs, now=now)
    new = enter(session, slot, me, sure=sure, follows=theirs, now=now)
    swap.state, swap.answered_at = SwapState.AGREED, now
    return new.id


# --- steps --------------------------------------------------------------------------------------------------------


def _own(session: Session, turn_id: int) -> Turn:
    """A taken turn of the actor's own."""
    turn = load(session, Turn, turn_id)
    if turn.account_id != actor_of(session).id:
        raise NotFound(what="turn", id=turn_id)
    if turn.state is not TurnState.TAKEN:
        raise Refused("slot_turn_over", state=turn.state)
    return turn


def _theirs(session: Session, turn_id: int, community_id: int | None) -> Turn:
    turn = _read(session, turn_id)
    if turn.community_id != community_id:
        raise NotFound(what="turn", id=turn_id)
    if turn.state is not TurnState.TAKEN:
        raise Refused("slot_swap_over")
    return turn


def _read(session: Session, turn_id: int, *, lock: bool = False) -> Turn:
    """Anybody's turn, whose id stands in a swap of the own community or was looked up there."""
    query = select(Turn).where(Turn.id == turn_id)
    if lock:
        query = query.with_for_update()
    turn = session.execute(query, execution_options=_FRESH).scalar_one_or_none()
    if turn is None:
        raise NotFound(what="turn", id=turn_id)
    return turn


def _asked(session: Session, swap_id: int) -> TurnSwap:
    swap = load(session, TurnSwap, swap_id, lock=True)
    if swap.state is not SwapState.ASKED:
        raise Refused("slot_swap_over")
    return swap


def _both_held(session: Session, swap: TurnSwap) -> tuple[Turn, Turn]:
    """The turn of who answers and that of who asked: volunteers, slots, turns held in the order of the house."""
    ids = sorted((swap.turn_id, swap.wanted_id or 0))
    seen = [_read(session, one) for one in ids]
    people = select(Volunteer.id).where(Volunteer.id.in_([turn.volunteer_id for turn in seen]))
    session.execute(people.order_by(Volunteer.id).with_for_update(), execution_options=UNSCOPED).all()
    places = select(Slot.id).where(Slot.id.in_([turn.slot_id for turn in seen])).order_by(Slot.id)
    session.execute(places.with_for_update()).all()
    held = {one: _read(session, one, lock=True) for one in ids}
    if any(turn.state is not TurnState.TAKEN for turn in held.values()):
        raise Refused("slot_swap_over")
    return held[swap.wanted_id or 0], held[swap.turn_id]


def _people_and_slots(
    session: Session, mine: Turn, theirs: Turn, now: datetime
) -> tuple[dict[int, Volunteer], dict[int, Slot]]:
    query = select(Volunteer).where(Volunteer.id.in_((mine.volunteer_id, theirs.volunteer_id)))
    people = {one.id: one for one in session.execute(query, execution_options=_FRESH).scalars()}
    for one in people.values():
        must_serve(one)
        if not serves_by_account(session, one):
            raise Refused("helper_gone", number=one.number)
    slots = {turn.slot_id: load(session, Slot, turn.slot_id) for turn in (mine, theirs)}
    for slot in slots.values():
        must_lie_ahead(slot, now)
    return people, slots


def _give_up(session: Session, turn: Turn, *, now: datetime) -> None:
    giving = (
        update(Turn)
        .where(Turn.id == turn.id, Turn.state == TurnState.TAKEN)
        .values(state=TurnState.SWAPPED, ended_at=now, version=Turn.version + 1)
    )
    done = session.execute(giving, execution_options=UNSCOPED | {"audited": True, "synchronize_session": False})
    if int(getattr(done, "rowcount", 0)) != 1:
        raise Refused("slot_swap_over")
    audit.note(session, turn, "update", {"state": (TurnState.TAKEN.value, TurnState.SWAPPED.value)})


def _take(session: Session, old: Turn, volunteer: Volunteer, place: Turn, *, now: datetime) -> int:
    """Whoever had `old` takes the place of the other turn; written past the scope, since it may be the colleague's."""
    values = {
        "community_id": place.community_id,
        "account_id": volunteer.account_id,
        "slot_id": place.slot_id,
        "volunteer_id": old.volunteer_id,
        "state": TurnState.TAKEN,
        "taken_at": now,
        "taken_by": actor_of(session).id,
        "follows_id": place.id,
    }
    made = session.execute(insert(Turn).values(**values), execution_options=UNSCOPED | {"audited": True})
    number: int = made.inserted_primary_key[0]  # type: ignore[attr-defined]
    new = Turn(id=number, **values)
    audit.note(session, new, "insert", {"slot_id": (None, place.slot_id), "volunteer_id": (None, old.volunteer_id)})
    return number

"""找班次、我的班次: what one volunteer can take, first what suits, and what they have taken; of colleagues a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Community, Rota, RotaPost, Slot, Turn, TurnSwap, Volunteer
from db.queries.rota.busy import busy_of
from db.rules.rota.conflicts import Against, Busy, Hard, Span, against, half_days
from db.rules.rota.fit import Why, able, reasons, worth
from db.rules.volunteers.asking import GROWN_UP
from db.scope import UNSCOPED
from db.terms import HOLDS_A_PLACE, RotaState, SwapState, TurnNews, TurnState

SHOWN = 20
LOOKED_AT = 600
"""Slots that are weighed, the soonest first: the whole of a travel rush."""
AHEAD = timedelta(days=60)
FOR_LONG = timedelta(days=800)
"""No wish to swap lies further ahead: a rota is laid for two years at most."""


@dataclass(frozen=True, slots=True)
class Myself:
    """The volunteer's own entry as far as slots ask."""

    id: int
    number: str
    skills: tuple[str, ...]
    free_slots: tuple[str, ...]
    place_id: int | None
    ended: bool
    desk_phone: str
    paused: tuple[date, date] | None = None
    grown_on: date | None = None
    """From when a minor whose guardian said nothing yet can be asked."""


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """A slot with a free place, why it suits and what stands against it."""

    id: int
    rota_id: int
    rota: str
    place: str
    post: str
    task: str
    skill: str
    starts_at: datetime
    ends_at: datetime
    places: int
    filled: int
    give_back_hours: int
    why: tuple[Why, ...]
    stands: Against


@dataclass(frozen=True, slots=True)
class Found:
    """The first slots of a list, how many there are, and what can be filtered by."""

    rows: tuple[OpenSlot, ...]
    count: int
    rotas: dict[int, str]
    posts: tuple[str, ...]


def myself(session: Session, account_id: int) -> Myself | None:
    """The volunteer whose account this is."""
    row = session.execute(
        select(
            *(Volunteer.id, Volunteer.number, Volunteer.skills, Volunteer.free_slots, Volunteer.place_id),
            *(Volunteer.ended_on, Community.desk_phone, Volunteer.paused_from, Volunteer.paused_until),
            *(Volunteer.birth_year, Volunteer.guardian_agreed_on),
        )
        .join(Community, Community.id == Volunteer.community_id)
        .where(Volunteer.account_id == account_id)
    ).first()
    if row is None:
        return None
    return Myself(
        row.id, row.number, tuple(row.skills), tuple(row.free_slots), row.place_id, row.ended_on is not None,
        row.desk_phone, (row.paused_from, row.paused_until) if row.paused_from and row.paused_until else None,
        date(row.birth_year + GROWN_UP + 1, 1, 1) if row.birth_year and row.guardian_agreed_on is None else None,
    )  # fmt: skip


def _can_come(me: Myself) -> tuple[Any, ...]:
    """The days on which I can be asked at all, as the claim decides it."""
    there = () if me.paused is None else (~Slot.on.between(*me.paused),)
    return there if me.grown_on is None else (*there, Slot.on >= me.grown_on)


_COLUMNS = (
    *(Slot.id, Slot.rota_id, Rota.title.label("rota"), Rota.place, RotaPost.name.label("post"), RotaPost.task),
    *(RotaPost.skill, Slot.starts_at, Slot.ends_at, Slot.places, Slot.filled, Rota.give_back_hours),
    *(Rota.place_id, Slot.post_id, Slot.called_off_at),
)


def _slots() -> Any:
    return select(*_COLUMNS).join(Rota, Rota.id == Slot.rota_id).join(RotaPost, RotaPost.id == Slot.post_id)


def what_i_have(session: Session, me: Myself, *, now: datetime) -> list[Busy]:
    """Everything of mine that lies ahead, read once for all lists of a page; one statement more than none."""
    return busy_of(session, [me.id], now, now + FOR_LONG).get(me.id, [])


def open_slots(
    session: Session, me: Myself, *, now: datetime, monday: date | None = None, rota_id: int | None = None,
    post: str = "", skip: int = 0, busy: Sequence[Busy] | None = None,
) -> Found:  # fmt: skip
    """Slots with a free place, what suits first, then the soonest; four statements.

    What cannot be (an overlap, a full day, a skill that is lacking) is left out.
    """
    query = _slots().where(
        Rota.state == RotaState.OPEN, Slot.filled < Slot.places, Slot.called_off_at.is_(None), Slot.starts_at > now
    )
    query = query.where(Slot.starts_at < now + AHEAD, *_can_come(me))
    if monday is not None:
        query = query.where(Slot.on.between(monday, monday + timedelta(days=6)))
    if rota_id is not None:
        query = query.where(Slot.rota_id == rota_id)
    if post:
        query = query.where(RotaPost.name == post)
    found = session.execute(query.order_by(Slot.starts_at, Slot.id).limit(LOOKED_AT)).all()
    weighed = _weigh(session, me, found, now, busy)
    weighed.sort(key=lambda one: (-worth(one.why, one.stands), one.starts_at, one.id))
    names = (
        select(Rota.id, Rota.title, RotaPost.name)
        .join(RotaPost, RotaPost.rota_id == Rota.id)
        .where(Rota.state == RotaState.OPEN)
        .order_by(Rota.id.desc(), RotaPost.position)
        .limit(200)
    )
    listed = session.execute(names).all()
    return Found(
        tuple(weighed[skip : skip + SHOWN]),
        len(weighed),
        {row[0]: row[1] for row in listed},
        tuple(dict.fromkeys(row[2] for row in listed if rota_id in (None, row[0]))),
    )


def one_slot(session: Session, me: Myself, slot_id: int, *, now: datetime) -> OpenSlot | None:
    """One slot of an open rota with what stands against it, full or not; None when there is none."""
    found = session.execute(_slots().where(Slot.id == slot_id, Rota.state == RotaState.OPEN)).all()
    weighed = _weigh(session, me, found, now, None, everything=True)
    return weighed[0] if weighed else None


def _weigh(
    session: Session,
    me: Myself,
    found: Sequence[Any],
    now: datetime,
    busy: Sequence[Busy] | None,
    *,
    everything: bool = False,
) -> list[OpenSlot]:
    if not found:
        return []
    if busy is None:
        first, last = min(row.starts_at for row in found), max(row.ends_at for row in found)
        busy = busy_of(session, [me.id], first, last).get(me.id, [])
    done = set(session.scalars(
        select(Slot.post_id).join(Turn, Turn.slot_id == Slot.id)
        .where(Turn.volunteer_id == me.id, Turn.state.in_(HOLDS_A_PLACE))
    ))  # fmt: skip
    weighed = []
    for row in found:
        span = Span(row.id, row.starts_at, row.ends_at, row.called_off_at is not None)
        stands = against(span, busy, me.free_slots, now)
        if not everything and (stands.hard is not None or not able(row.skill, me.skills)):
            continue
        why = reasons(
            skill=row.skill, skills=me.skills, near=row.place_id is not None and row.place_id == me.place_id,
            free_slots=me.free_slots, needed=half_days(span), again=row.post_id in done,
        )  # fmt: skip
        weighed.append(
            OpenSlot(
                *(row.id, row.rota_id, row.rota, row.place, row.post, row.task, row.skill, row.starts_at, row.ends_at),
                *(row.places, row.filled, row.give_back_hours, why, stands),
            )
        )
    return weighed


# --- mine -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MyTurn:
    """A turn of the volunteer's own; `until` is when it can be given back alone."""

    id: int
    slot_id: int
    rota: str
    place: str
    post: str
    task: str
    starts_at: datetime
    ends_at: datetime
    until: datetime
    state: TurnState
    news: TurnNews | None
    swap_id: int | None
    """A wish to swap that waits."""


def my_turns(session: Session, me: Myself, *, now: datetime) -> tuple[MyTurn, ...]:
    """Turns ahead and running by day, at most forty, and what was changed without the volunteer."""
    asked = and_(TurnSwap.turn_id == Turn.id, waits(now))
    query = (
        select(
            *(Turn.id, Slot.id, Rota.title, Rota.place, RotaPost.name, RotaPost.task, Slot.starts_at, Slot.ends_at),
            *(Rota.give_back_hours, Turn.state, Turn.news, TurnSwap.id),
        )
        .join(Slot, Slot.id == Turn.slot_id)
        .join(Rota, Rota.id == Slot.rota_id)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(TurnSwap, asked)
        .where(Turn.volunteer_id == me.id, Slot.ends_at > now)
        .where(or_(Turn.state == TurnState.TAKEN, Turn.news.is_not(None)))
        .order_by(Slot.starts_at)
        .limit(40)
    )
    # Whether a colleague still holds what is wanted is read past the scope; whose turns these are stands above.
    return tuple(_my_turn(row) for row in session.execute(query, execution_options=UNSCOPED))


def waits(now: datetime) -> ColumnElement[bool]:
    """Of a wish to swap: nobody answered, and the turn that is wanted is held and lies ahead; asked past the scope."""
    wanted, slot, _post = _mine()
    there = exists().where(wanted.id == TurnSwap.wanted_id, wanted.state == TurnState.TAKEN)
    held = there.where(slot.id == wanted.slot_id, slot.starts_at > now)
    return and_(TurnSwap.state == SwapState.ASKED, or_(TurnSwap.wanted_id.is_(None), held))


def _my_turn(row: Any) -> MyTurn:
    return MyTurn(*(*row[:8], row[6] - timedelta(hours=row[8]), *row[9:]))


@dataclass(frozen=True, slots=True)
class SwapAsked:
    """A colleague's wish: `mine` is what they want, None when they offer theirs to whoever comes."""

    id: int
    rota: str
    post: str
    starts_at: datetime
    ends_at: datetime
    mine_post: str
    mine_starts_at: datetime | None
    stands: Against


@cache
def _mine() -> tuple[type[Turn], type[Slot], type[RotaPost]]:
    """My turn that a colleague wants, with its slot and post: an alias costs more to make than to ask."""
    return aliased(Turn), aliased(Slot), aliased(RotaPost)


def swaps_asked(
    session: Session, me: Myself, community_id: int | None, *, now: datetime, busy: Sequence[Busy] | None = None
) -> tuple[SwapAsked, ...]:
    """What colleagues ask of me, and what they offer to everybody; the colleague stays unnamed."""
    wanted, my_slot, my_post = _mine()
    query = (
        select(
            *(TurnSwap.id, Rota.title, RotaPost.name, Slot.starts_at, Slot.ends_at, my_post.name, my_slot.starts_at),
            *(Slot.id, TurnSwap.wanted_id, RotaPost.skill),
        )
        .join(Turn, Turn.id == TurnSwap.turn_id)
        .join(Slot, Slot.id == Turn.slot_id)
        .join(Rota, Rota.id == Slot.rota_id)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(wanted, wanted.id == TurnSwap.wanted_id)
        .outerjoin(my_slot, my_slot.id == wanted.slot_id)
        .outerjoin(my_post, my_post.id == my_slot.post_id)
        .where(TurnSwap.community_id == community_id, TurnSwap.state == SwapState.ASKED, Turn.volunteer_id != me.id)
        .where(Turn.state == TurnState.TAKEN, Slot.starts_at > now, Slot.called_off_at.is_(None))
        .where(
            or_(
                and_(TurnSwap.wanted_id.is_(None), *_can_come(me)),
                and_(wanted.volunteer_id == me.id, wanted.state == TurnState.TAKEN, my_slot.starts_at > now),
            )
        )
        .order_by(TurnSwap.wanted_id.is_(None), Slot.starts_at)
        .limit(10)
    )
    # A colleague's turn is no own row: whom it asks, and where, stand in the statement itself.
    found = session.execute(query, execution_options=UNSCOPED).all()
    if not found:
        return ()
    if busy is None:
        busy = busy_of(session, [me.id], min(row[3] for row in found), max(row[4] for row in found)).get(me.id, [])
    asked = []
    for row in found:
        stands = against(Span(row[7], row[3], row[4]), busy, me.free_slots, now)
        if row[8] is None and (stands.hard is not None or not able(row[9], me.skills)):
            continue
        asked.append(SwapAsked(*row[:7], stands))
    return tuple(asked)


@dataclass(frozen=True, slots=True)
class Partner:
    """A colleague's turn that could be had for one's own: the volunteer's number and the slot."""

    turn_id: int
    number: str
    post: str
    starts_at: datetime
    ends_at: datetime


def partners(session: Session, me: Myself, turn_id: int, *, now: datetime, most: int = 30) -> tuple[Partner, ...]:
    """Turns of colleagues in the same rota that I could take, and who could take mine as far as time goes."""
    own = aliased(Slot)
    rota = select(own.rota_id).join(Turn, Turn.slot_id == own.id).where(Turn.id == turn_id, Turn.volunteer_id == me.id)
    mine, of_rota = aliased(Turn), rota.scalar_subquery()
    there = exists().where(mine.slot_id == Slot.id, mine.volunteer_id == me.id, mine.state.in_(HOLDS_A_PLACE))
    query = (
        select(Turn.id, Volunteer.number, RotaPost.name, Slot.starts_at, Slot.ends_at, Slot.id, RotaPost.skill)
        .join(Slot, Slot.id == Turn.slot_id)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .join(Volunteer, Volunteer.id == Turn.volunteer_id)
        .where(Slot.rota_id == of_rota, Turn.state == TurnState.TAKEN, Turn.volunteer_id != me.id, ~there)
        .where(Volunteer.account_id.is_not(None), Slot.starts_at > now, Slot.called_off_at.is_(None), *_can_come(me))
        .order_by(Slot.starts_at, Turn.id)
        .limit(most * 3)
    )
    found = session.execute(query, execution_options=UNSCOPED).all()
    if not found:
        return ()
    first, last = min(row[3] for row in found), max(row[4] for row in found)
    busy = busy_of(session, [me.id], first, last, apart=[turn_id]).get(me.id, [])
    fits = [
        Partner(*row[:5])
        for row in found
        if able(row[6], me.skills) and against(Span(row[5], row[3], row[4]), busy, (), now).hard not in tuple(Hard)
    ]
    return tuple(fits[:most])

"""班次上屏: what a station shows of today and tomorrow, without anybody's name (docs/domain.md 12.4)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Rota, RotaPost, Slot
from db.terms import RotaState

ROTAS_ON_SCREEN = 2
"""Of more open rotas those with the most places: the station of a travel rush, not a squad's monthly duty.

Unless the desk chose."""
SLOTS_ON_SCREEN = 10
"""As many lines as can be read from ten metres."""
_READ = 1000


@dataclass(frozen=True, slots=True)
class StationSlot:
    """A slot without anybody's name."""

    post: str
    on: date
    starts_at: datetime
    ends_at: datetime
    places: int
    filled: int

    @property
    def lacks(self) -> int:
        """How many are missing."""
        return max(self.places - self.filled, 0)


@dataclass(frozen=True, slots=True)
class StationDay:
    """One rota on one day: the slots that fit the screen, and what all of them sum up to."""

    rota: str
    place: str
    on: date
    slots: tuple[StationSlot, ...]
    """In the order of time; when not all fit, those with gaps are among them first."""
    count: int
    lacks: int


def station_days(
    session: Session, community_id: int, *, now: datetime, chosen: Sequence[int] = ()
) -> tuple[StationDay, ...]:
    """Today's slots that are not over and tomorrow's, of the open rotas of a community; one statement.

    With `chosen` these rotas alone, as long as one of them is open: a choice does not leave the screen empty for good.
    """
    today = day_of(now)
    query = (
        select(Rota.id, Rota.title, Rota.place, RotaPost.name, Slot.on, Slot.starts_at, Slot.ends_at)
        .add_columns(Slot.places, Slot.filled)
        .join(RotaPost, RotaPost.id == Slot.post_id)
        .join(Rota, Rota.id == Slot.rota_id)
        .where(Slot.community_id == community_id, Rota.state == RotaState.OPEN, Slot.called_off_at.is_(None))
        .where(Slot.on.between(today, today + timedelta(days=1)), Slot.ends_at > now)
        .order_by(Slot.starts_at, RotaPost.position, Slot.id)
        .limit(_READ)
    )
    if chosen:
        held = exists().where(Rota.id.in_(chosen), Rota.state == RotaState.OPEN)
        query = query.where(or_(Rota.id.in_(chosen), ~held))
    days: dict[tuple[int, str, str], dict[date, list[StationSlot]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(query):
        days[row[0], row[1], row[2]][row.on].append(StationSlot(*row[3:]))
    largest = sorted(days, key=lambda key: (-sum(one.places for each in days[key].values() for one in each), key[0]))
    return tuple(
        _fitting(rota, place, on, found)
        for number, rota, place in largest[: max(ROTAS_ON_SCREEN, len(chosen))]
        for on, found in sorted(days[number, rota, place].items())
    )


def _fitting(rota: str, place: str, on: date, found: list[StationSlot]) -> StationDay:
    first = sorted(range(len(found)), key=lambda at: (not found[at].lacks, at))[:SLOTS_ON_SCREEN]
    slots = tuple(found[at] for at in sorted(first))
    return StationDay(rota, place, on, slots, len(found), sum(one.lacks for one in found))

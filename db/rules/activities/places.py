"""Places and the waiting list: who moves up when places become free, and which counts may be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.rules.people.consents import LEAST_SHOWN

MOST_CHILDREN, MOST_PLACES = 10, 5000


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the waiting list and how many places they need."""

    id: int
    seats: int


def seats_of(children: int, *, named_child: bool = False) -> int:
    """Places that one sign-up takes: the person, and the children who come along."""
    return 1 if named_child else 1 + children


def moving_up(free: int | None, queue: Sequence[Waiting]) -> list[Waiting]:
    """Who gets a place now, in the order of the queue; somebody who needs more than is left lets the next one by.

    `free` is None without a limit: then everybody moves up.
    """
    if free is None:
        return list(queue)
    moved = []
    for one in queue:
        if one.seats <= free:
            moved.append(one)
            free -= one.seats
    return moved


def told(count: int, *, sensitive: bool, inside: bool = False) -> int | None:
    """The count, or None where it must stay hidden: fewer than five of a sensitive group (none, too, so that hiding
    says nothing), told to who is not named staff.
    """
    return None if sensitive and not inside and count < LEAST_SHOWN else count

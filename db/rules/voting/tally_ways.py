"""Ties on the way: every way of resolving them is followed, and what comes out the same every way is the result.

Who wins in some ways and not in others is tied. A tie that changes nothing therefore disappears, as it does when people
look at it, and one that matters is never broken here. When the ways become more than `MOST_WAYS`, the count stops at
the first tie, and all who could still win there are tied.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

MOST_WAYS = 128


class Way(Protocol):
    """A count that can stop at a tie and go on in several ways."""

    @property
    def winners(self) -> Sequence[int]:
        """Who has won so far, in order."""

    @property
    def contenders(self) -> Sequence[int]:
        """Who could still win."""

    def run(self) -> Sequence[int]:
        """Count to the end, which gives nobody, or to a tie, which gives those of whom one is next."""

    def copy(self) -> Self:
        """The same count, to go another way."""

    def settle(self, number: int) -> None:
        """Let this one be next."""

    def after(self, number: int) -> Hashable:
        """What tells the state after `settle(number)` from others; None when that is not known."""


AnyWay = TypeVar("AnyWay", bound=Way)


@dataclass(frozen=True, slots=True)
class Followed(Generic[AnyWay]):
    """What all ways say together. `shown` is the count to show: at its end, or at the first tie if that matters."""

    winners: tuple[int, ...]
    tied: tuple[int, ...]
    shown: AnyWay


def follow(count: AnyWay) -> Followed[AnyWay]:
    """Run a count through all its ties."""
    finished = ends(count)
    if finished is None:
        return Followed(tuple(count.winners), tuple(sorted(count.contenders)), count)
    sure, some = together([way.winners for way in finished])
    return Followed(sure, some, count if some else finished[0])


def together(outcomes: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who wins in every outcome, in the order of the first one, and who wins in some but not in all."""
    sure = set(outcomes[0]).intersection(*outcomes)
    some = {number for outcome in outcomes for number in outcome} - sure
    return tuple(number for number in outcomes[0] if number in sure), tuple(sorted(some))


def ends(count: AnyWay) -> list[AnyWay] | None:
    """Run a count through all its ties, each way to its end; None when there are too many, and then `count` itself
    stands at its first tie.
    """
    in_tie = count.run()
    if not in_tie:
        return [count]
    unfinished, finished = [(count.copy(), in_tie)], []
    seen: set[Hashable] = set()
    followed = 0
    while unfinished:
        before, in_tie = unfinished.pop()
        for number in in_tie:
            state = before.after(number)
            if state is not None and state in seen:
                continue
            seen.add(state)
            followed += 1
            if followed > MOST_WAYS:
                return None
            way = before.copy()
            way.settle(number)
            more = way.run()
            if more:
                unfinished.append((way, more))
            else:
                finished.append(way)
    return finished

"""陪访: what is checked before leaving and on return, and when a pair is open, out or back."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum

from db.rules.zone import CHINA
from db.terms import LeavingCheck, PairStand, ReturnCheck

NEVER_LEFT_OUT: frozenset[StrEnum] = frozenset({LeavingCheck.FEELS_WELL, ReturnCheck.HOME})
"""Nobody leaves who says that they do not feel up to it, and nobody is back who is not at the own door."""


def stand(left: datetime | None, returned: datetime | None, stays: datetime | None) -> PairStand:
    """Where a pair stands."""
    if stays is not None:
        return PairStand.STAYS
    if returned is not None:
        return PairStand.BACK
    return PairStand.OUT if left is not None else PairStand.WAITING


def is_open(at: PairStand) -> bool:
    """Whether somebody must still be looked after: an outing is not closed before."""
    return at in (PairStand.WAITING, PairStand.OUT)


def unticked(kind: type[StrEnum], ticked: Collection[str]) -> list[StrEnum]:
    """What was not ticked, in the order of the list."""
    return [one for one in kind if one.value not in ticked]


def must_be_ticked(lacking: Iterable[StrEnum], *, explained: bool) -> list[StrEnum]:
    """What stands in the way: with words to it, only what is never left out."""
    return [one for one in lacking if not explained or one in NEVER_LEFT_OUT]


def may_see_contact(on: date, at: PairStand, now: datetime) -> bool:
    """The telephone of a family is read on the day, and for as long as the elder is out."""
    return at is PairStand.OUT or (now.astimezone(CHINA).date() == on and at is PairStand.WAITING)

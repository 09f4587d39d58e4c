"""Records that look like one and are not: decided once and remembered, for persons, households and volunteers alike."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, is_id
from db.actions.loading import actor_of, load
from db.engine import action
from db.errors import BadInput, NotFound, Problem
from db.models import DifferentPair, Household, Person, Volunteer
from db.rules.permissions import Permission
from db.terms import DoubleKind

RECORDS: Mapping[DoubleKind, Any] = {
    DoubleKind.PERSON: Person,
    DoubleKind.VOLUNTEER: Volunteer,
    DoubleKind.HOUSEHOLD: Household,
}
MOST_PAIRS = 50


@action(Permission.MERGE_PERSONS)
def decide_different(
    session: Session, *, kind: DoubleKind | None, pairs: Sequence[tuple[int, int]], now: datetime
) -> int:
    """These are two, pair by pair: the list does not ask again. How many are new; BadInput at `pairs`."""
    what = chosen("kind", kind, list(DoubleKind))
    if not 1 <= len(pairs) <= MOST_PAIRS:
        raise BadInput("pairs", Problem.OUT_OF_RANGE, least=1, most=MOST_PAIRS)
    return sum(_decide(session, what, pair, now) for pair in pairs)


def _decide(session: Session, kind: DoubleKind, pair: tuple[int, int], now: datetime) -> bool:
    if len(pair) != 2 or not all(map(is_id, pair)) or pair[0] == pair[1]:
        raise BadInput("pairs", Problem.UNKNOWN_CHOICE)
    try:
        # Held in the order of their ids: of two who decide at once the second sees what the first wrote.
        rows = [load(session, RECORDS[kind], one, lock=True) for one in sorted(pair)]
    except NotFound as missing:
        raise BadInput("pairs", Problem.UNKNOWN_CHOICE) from missing
    return keep_different(session, kind, rows[0].community_id, pair, now=now)


def keep_different(
    session: Session, kind: DoubleKind, community_id: int, pair: tuple[int, int], *, now: datetime
) -> bool:
    """Remember it, unless it is remembered already; the caller holds both rows."""
    first, second = sorted(pair)
    known = select(DifferentPair.id).where(
        DifferentPair.kind == kind, DifferentPair.first_id == first, DifferentPair.second_id == second
    )
    if session.scalar(known) is not None:
        return False
    session.add(
        DifferentPair(
            community_id=community_id,
            kind=kind,
            first_id=first,
            second_id=second,
            decided_by=actor_of(session).id,
            decided_at=now,
        )
    )
    session.flush()
    return True


@action(Permission.MERGE_PERSONS)
def ask_again(session: Session, *, pair_id: int) -> None:
    """The decision is taken back: the pair stands in the list again; the log keeps who decided what."""
    session.delete(load(session, DifferentPair, pair_id, lock=True))

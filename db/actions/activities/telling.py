"""要通知的人: whom a change of an activity concerns, marked until somebody writes down that they were told."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.activities.places import people_of
from db.models import ActivityHelper, EscortPair, MarketHelper, MarketStall

Helping = ActivityHelper | MarketHelper | EscortPair


def tell_all(session: Session, activity_id: int) -> int:
    """Mark everybody who takes part, is on the list of helpers, serves at a stall or goes with an elder; how many."""
    people = people_of(session, activity_id)
    there = [one for one in helping(session, activity_id) if _still(one)]
    for one in [*people, *there]:
        one.to_tell = True
    session.flush()
    return len(people) + len({one.volunteer_id for one in there})


def helping(session: Session, activity_id: int, volunteer_ids: Sequence[int] | None = None) -> list[Helping]:
    """What volunteers do at an activity, held; of some volunteers only where they are named."""
    listed = select(ActivityHelper).where(ActivityHelper.activity_id == activity_id)
    at_stalls = select(MarketHelper).where(
        MarketHelper.stall_id.in_(select(MarketStall.id).where(MarketStall.activity_id == activity_id))
    )
    with_elders = select(EscortPair).where(EscortPair.activity_id == activity_id, EscortPair.volunteer_id.is_not(None))
    found: list[Helping] = []
    for query, model in ((listed, ActivityHelper), (at_stalls, MarketHelper), (with_elders, EscortPair)):
        whose = query if volunteer_ids is None else query.where(model.volunteer_id.in_(volunteer_ids))
        found += session.scalars(whose.order_by(model.id).with_for_update(of=model)).all()
    return found


def _still(one: Helping) -> bool:
    """Whether they still are to come: who left is free, and an elder who stays at home needs nobody."""
    return one.stays_at is None and one.returned_at is None if isinstance(one, EscortPair) else one.left_at is None

"""Places and the waiting list of an activity: the one guarded step that gives a place away, and who moves up."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from db.audit import guarded
from db.models import Activity, ActivityParticipant
from db.rules.activities.places import Waiting, moving_up, seats_of
from db.scope import UNSCOPED
from db.terms import ActivityState, SeatState


def people_of(session: Session, activity_id: int) -> Sequence[ActivityParticipant]:
    """Everybody who has a place or waits for one, in order; past the scope, for names of a sensitive group are hidden
    from the colleague who runs it, places are not.
    """
    query = select(ActivityParticipant).where(
        ActivityParticipant.activity_id == activity_id, ActivityParticipant.state != SeatState.CANCELLED
    )
    return session.scalars(query.order_by(ActivityParticipant.id), execution_options=UNSCOPED).all()


def seats(row: ActivityParticipant) -> int:
    """Places that a sign-up takes."""
    return seats_of(row.children, named_child=row.under_14)


def take_places(session: Session, activity: Activity, count: int) -> bool:
    """Take so many places, or False: of fifty who come at once for the last one, the database lets one."""
    before = activity.filled
    taking = (
        update(Activity)
        .where(
            Activity.id == activity.id,
            Activity.state == ActivityState.PLANNED,
            or_(Activity.places.is_(None), Activity.filled + count <= Activity.places),
        )
        .values(filled=Activity.filled + count)
    )
    return guarded(session, taking, activity, {"filled": (before, before + count)})


def free_places(session: Session, activity: Activity, count: int) -> None:
    """Give so many places back; who waits moves up by `move_up`."""
    before = activity.filled
    freeing = (
        update(Activity)
        .where(Activity.id == activity.id, Activity.filled >= count)
        .values(filled=Activity.filled - count)
    )
    guarded(session, freeing, activity, {"filled": (before, before - count)})


def move_up(session: Session, activity: Activity, *, now: datetime) -> int:
    """The waiting list moves up by itself; whoever got a place is to be told. How many.

    The caller holds the activity.
    """
    if activity.state is not ActivityState.PLANNED:
        return 0
    waiting = {one.id: one for one in people_of(session, activity.id) if one.state is SeatState.WAITING}
    free = None if activity.places is None else activity.places - activity.filled
    moved = moving_up(free, [Waiting(one.id, seats(one)) for one in waiting.values()])
    for one in moved:
        if take_places(session, activity, one.seats):
            row = waiting[one.id]
            row.state, row.moved_up_at, row.to_tell = SeatState.IN, now, True
    session.flush()
    return len(moved)

"""What a phone at a stall is told: its own stall and no other, no names."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Activity, ActivitySession, MarketDay, MarketStall, MarketTally, blind_index
from db.rules.activities.market import LATE, tally_code
from db.rules.screen.display_code import understood_display
from db.terms import ActivityState, QueueLength, TallyKind


def stall_code(stall_id: int, draw: str) -> str:
    """The last part of a stall's address; only our key makes it out of the draw, so a copied database opens nothing."""
    return tally_code(blind_index(f"market-draw|{stall_id}|{draw}"))


def stall_hash(code: str) -> str:
    """What is kept of a code as it was understood."""
    return blind_index(f"market:{code}")


@dataclass(frozen=True, slots=True)
class StallAtHand:
    """One stall as the helper's phone shows it."""

    number: int
    item: str
    title: str
    on: date
    opens: int
    closes: int
    total: int
    queue: QueueLength | None
    ahead: bool
    closed: bool


def stall_at_hand(session: Session, code: str, *, now: datetime) -> StallAtHand | None:
    """The stall of this address, or None when the address does not hold any more."""
    meant = understood_display(code)
    if meant is None:
        return None
    row = session.execute(
        select(MarketStall, Activity, MarketDay)
        .join(Activity, Activity.id == MarketStall.activity_id)
        .join(MarketDay, MarketDay.activity_id == Activity.id)
        .where(MarketStall.link_hash == stall_hash(meant), MarketStall.called_off_at.is_(None))
    ).first()
    if row is None:
        return None
    stall, activity, day = row
    if activity.state is ActivityState.CANCELLED or (day.closed_at is not None and now > day.closed_at + LATE):
        return None
    told = select(MarketTally.kind, MarketTally.amount, MarketTally.queue, MarketTally.counted, MarketTally.made_at)
    entries = session.execute(told.where(MarketTally.stall_id == stall.id).order_by(MarketTally.id)).all()
    queues = sorted(
        ((entry.made_at, place, entry.queue) for place, entry in enumerate(entries) if entry.kind is TallyKind.QUEUE),
        key=lambda one: one[:2],
    )
    return StallAtHand(
        number=stall.number,
        item=stall.item,
        title=activity.title,
        on=activity.on,
        opens=day.opens,
        closes=day.closes,
        total=sum(entry.amount for entry in entries if entry.counted),
        queue=queues[-1][2] if queues else None,
        ahead=day_of(now) < activity.on,
        closed=day.closed_at is not None,
    )


def span_of_day(activity_id: int, on: date) -> Any:
    """When the first session of an activity begins on a day and the last one ends; one row, empty without sessions."""
    begins, ends = func.min(ActivitySession.starts_at), func.max(ActivitySession.ends_at)
    return select(begins, ends).where(ActivitySession.activity_id == activity_id, ActivitySession.on == on)

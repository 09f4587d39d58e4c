"""待核时长: hours in doubt that wait for a second person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, Activity, HoursClaim, Order, Rota, RotaPost, Slot, Volunteer
from db.queries.paging import ROWS
from db.rules.masking import masked_name, redact
from db.terms import HoursDoubt


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Hours that wait: whose, for what, why they are in doubt, what was said to it, and by whom; names are masked."""

    id: int
    number: str
    name: str
    what: str
    on: date
    minutes: int
    doubt: HoursDoubt
    named: str
    reason: str
    by: str
    activity_id: int | None
    slot_id: int | None
    mine: bool
    """The actor claimed them or served them: somebody else decides."""


@dataclass(frozen=True, slots=True)
class Claims:
    """The oldest ones, and how many there are."""

    rows: tuple[ClaimRow, ...]
    total: int


def _what() -> Any:
    """Title of an activity, rota and post of a slot, or number of an order."""
    return func.coalesce(Activity.title, Rota.title + " " + RotaPost.name, Order.number)


def open_claims(session: Session, account_id: int, volunteer_id: int | None = None) -> Claims:
    """What waits, the oldest first; of one volunteer, or all that the actor reaches."""
    query = (
        select(HoursClaim, Volunteer, _what(), Account.name, func.count().over())
        .join(Volunteer, Volunteer.id == HoursClaim.volunteer_id)
        .join(Account, Account.id == HoursClaim.claimed_by)
        .outerjoin(Activity, Activity.id == HoursClaim.activity_id)
        .outerjoin(Order, Order.id == HoursClaim.order_id)
        .outerjoin(Slot, Slot.id == HoursClaim.slot_id)
        .outerjoin(RotaPost, RotaPost.id == Slot.post_id)
        .outerjoin(Rota, Rota.id == Slot.rota_id)
        .where(HoursClaim.settled_at.is_(None))
        .where(Order.id.is_not(None) | Activity.id.is_not(None) | Slot.id.is_not(None))
        .order_by(HoursClaim.id)
        .limit(ROWS)
    )
    if volunteer_id is not None:
        query = query.where(HoursClaim.volunteer_id == volunteer_id)
    found = session.execute(query).all()
    rows = (
        ClaimRow(
            id=claim.id,
            number=volunteer.number,
            name=masked_name(volunteer.name),
            what=what,
            on=claim.on,
            minutes=claim.minutes,
            doubt=claim.doubt,
            named=claim.named,
            reason=redact(claim.reason),
            by=by,
            activity_id=claim.activity_id,
            slot_id=claim.slot_id,
            mine=account_id in (claim.claimed_by, volunteer.account_id),
        )
        for claim, volunteer, what, by, _total in found
    )
    return Claims(tuple(rows), found[0][4] if found else 0)

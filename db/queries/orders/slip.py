"""What the dispatch slip says in full for the helper who goes: the door, how to address the resident, the own name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Consent, Order, OrderOffer, Volunteer
from db.queries.orders.page import order_originals
from db.rules.orders.address_form import Addressed, addressed
from db.terms import AssignmentState, ConsentScope, OrderState

GOES = (OrderState.ACCEPTED, OrderState.IN_SERVICE)
"""A helper has said yes and is not done: only then a door is anybody's to carry."""


@dataclass(frozen=True, slots=True)
class SlipNames:
    """Door and surname in clear; `helper` is empty without a consent to be named on paper."""

    door: str
    resident: Addressed
    helper: str


def slip_names(session: Session, order_id: int, *, now: datetime) -> SlipNames | None:
    """For an actor who left a reason within two minutes (`order_originals`), and while a helper goes; else None."""
    clear = order_originals(session, order_id, now=now)
    if clear is None:
        return None
    agreed = select(Consent.id).where(
        Consent.volunteer_id == Volunteer.id,
        Consent.scope == ConsentScope.CONTACT_CARD,
        Consent.withdrawn_on.is_(None),
    )
    row = session.execute(
        select(Volunteer.name, agreed.exists().label("agreed"))
        .join(OrderOffer, OrderOffer.volunteer_id == Volunteer.id)
        .join(Order, Order.id == OrderOffer.order_id)
        .where(Order.id == order_id, OrderOffer.state == AssignmentState.ACCEPTED, Order.state.in_(GOES))
        .order_by(OrderOffer.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return SlipNames(clear.door, addressed(clear.name), row.name if row.agreed else "")

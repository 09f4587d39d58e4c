"""评单: the resident's rating through staff, what a bad one opens, what a contested one opens, and the end."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, words
from db.actions.loading import actor_of, load
from db.actions.needs.screening import finish_order
from db.actions.orders.offers import serving
from db.actions.orders.orders import held, step
from db.counters import day_of
from db.engine import action
from db.errors import Refused, WrongStage
from db.models import Need, Order, OrderCase
from db.queries.council.notices import holidays
from db.rules.orders.life import OrderEvent
from db.rules.permissions import Permission
from db.rules.workdays import add_working_days
from db.terms import NeedStage, OrderCaseKind, OrderState, Satisfaction

FOLLOW_UP_DAYS, REVIEW_DAYS = 3, 5
"""Working days until a bad rating is followed up, a contested one decided (house custom)."""
CONTESTABLE = (Satisfaction.FAIR, Satisfaction.DISSATISFIED)


def _due(session: Session, now: datetime, days: int) -> date:
    return add_working_days(day_of(now), days, holidays(session)).ends_on


def _open_case(session: Session, order: Order, kind: OrderCaseKind, said: str, *, days: int, now: datetime) -> int:
    case = OrderCase(
        community_id=order.community_id,
        order_id=order.id,
        kind=kind,
        words=said,
        due_on=_due(session, now, days),
        opened_by=actor_of(session).id,
        opened_at=now,
    )
    session.add(case)
    session.flush()
    return case.id


def rated(session: Session, order: Order, rating: Satisfaction, said: str, *, now: datetime) -> None:
    """Write the rating down; 不满意 needs the resident's words and opens a follow-up with a due day."""
    bad = rating is Satisfaction.DISSATISFIED
    heard = words("said", said, most=500, needed=bad)
    step(session, order, OrderEvent.RATE, now=now)
    order.rating, order.rating_words, order.rated_at = rating, heard, now
    if bad:
        _open_case(session, order, OrderCaseKind.FOLLOW_UP, heard, days=FOLLOW_UP_DAYS, now=now)


@action(Permission.CONFIRM_ORDER)
def rate_order(session: Session, *, order_id: int, rating: Satisfaction | None, now: datetime, said: str = "") -> str:
    """The resident's rating and words; 未评价 is written down as such. The state."""
    order = held(session, order_id)
    rated(session, order, chosen("rating", rating, list(Satisfaction)), said, now=now)
    return order.state.value


@action(Permission.SERVE_ORDER)
def contest_rating(session: Session, *, order_id: int, said: str, now: datetime) -> int:
    """The helper finds a rating unjust: the secretary decides. Once for an order. The case's id.

    Raises Refused: not_contestable (no rating below 满意), contested_already.
    """
    why = words("said", said, most=500)
    order = held(session, order_id)
    serving(session, order)
    if order.state not in (OrderState.REVISITED, OrderState.CLOSED):
        raise WrongStage(what="order", stage=order.state, permission=Permission.SERVE_ORDER)
    if order.rating not in CONTESTABLE:
        raise Refused("not_contestable")
    before = select(OrderCase.id).where(OrderCase.order_id == order.id, OrderCase.kind == OrderCaseKind.REVIEW)
    if session.scalar(before.limit(1)) is not None:
        raise Refused("contested_already")
    order.contested = True
    return _open_case(session, order, OrderCaseKind.REVIEW, why, days=REVIEW_DAYS, now=now)


@action(Permission.SETTLE_ORDER_CASE)
def settle_case(
    session: Session,
    *,
    case_id: int,
    version: int,
    result: str,
    now: datetime,
    rating_after: Satisfaction | None = None,
) -> int:
    """Close a follow-up or decide a review, with what came of it and the rating that counts from now on. The order.

    A review must say the rating, also when it stays; a follow-up may leave it as it is.
    """
    what = words("result", result, most=500)
    case = load(session, OrderCase, case_id, version=version, lock=True)
    if case.closed_at is not None:
        raise Refused("case_closed")
    review = case.kind is OrderCaseKind.REVIEW
    order = held(session, case.order_id)
    if review or rating_after is not None:
        case.rating_after = chosen("rating_after", rating_after, list(Satisfaction))
        order.rating = case.rating_after
    if review:
        order.contested = False
    case.result, case.closed_by, case.closed_at = what, actor_of(session).id, now
    return order.id


@action(Permission.CONFIRM_ORDER)
def close_order(session: Session, *, order_id: int, now: datetime) -> int:
    """关闭: both sides confirmed, the rating is written down, no case is open. How many answers a need now owes.

    The order of a need ends the service of that need: whoever asked for it is told (件件有回音).
    """
    order = held(session, order_id)
    step(session, order, OrderEvent.CLOSE, now=now)
    waiting = select(func.count()).select_from(OrderCase).where(OrderCase.order_id == order.id)
    count = session.scalar(waiting.where(OrderCase.closed_at.is_(None))) or 0
    if count:
        raise Refused("case_open", count=count)
    if order.need_id is None:
        return 0
    need = load(session, Need, order.need_id, lock=True)
    if need.stage is not NeedStage.ORDERED:
        return 0
    return finish_order(session, need_id=need.id, version=need.version, done=order.done_words, now=now)

"""What a phone without an account is shown of an activity, and of the own sign-up: no name, no telephone."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.engine import reading_as_system
from db.models import Activity, ActivityParticipant, ActivitySession, Community, blind_index
from db.rules.activities.places import seats_of
from db.rules.printed_code import RECEIPT, understood
from db.terms import ActivityKind, ActivityState, SeatState

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Times:
    """From when to when, and what part of it."""

    starts_at: datetime
    ends_at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class SignUpView:
    """An activity as somebody reads it who may want to come; `free` is None without a limit."""

    id: int
    title: str
    kind: ActivityKind
    state: ActivityState
    on: date
    place: str
    target: str
    minors: bool
    moved_from: date | None
    community: str
    desk_phone: str
    free: int | None
    times: tuple[Times, ...]


@dataclass(frozen=True, slots=True)
class SeatView:
    """The own sign-up: its state, how many wait before them, and whether a free place came to them."""

    receipt: str
    state: SeatState
    before: int
    moved_up: bool
    children: int
    activity: SignUpView


def sign_up_view(typed: str) -> SignUpView | None:
    """The activity of a code; None for a code that does not exist or was closed."""
    code = understood(typed)
    if code is None:
        return None
    with reading_as_system("a sign-up page") as session:
        index = blind_index(f"activity:{code}")
        return _view(session, select(Activity.id).where(Activity.code_index == index).scalar_subquery())


def _view(session: Session, activity_id: object) -> SignUpView | None:
    query = (
        select(Activity, Community.name, Community.desk_phone)
        .join(Community, Community.id == Activity.community_id)
        .where(Activity.id == activity_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    one, community, desk_phone = row
    times = (
        select(ActivitySession.starts_at, ActivitySession.ends_at, ActivitySession.title)
        .where(ActivitySession.activity_id == one.id)
        .order_by(ActivitySession.starts_at)
        .limit(SHOWN)
    )
    return SignUpView(
        one.id, one.title, one.kind, one.state, one.on, one.place, one.target, one.minors, one.moved_from,
        community, desk_phone or "", None if one.places is None else one.places - one.filled,
        tuple(Times(*found) for found in session.execute(times)),
    )  # fmt: skip


def seat_view(typed: str) -> SeatView | None:
    """The sign-up of a receipt, also after the page was closed."""
    receipt = understood(typed, RECEIPT)
    if receipt is None:
        return None
    with reading_as_system("a receipt of a sign-up") as session:
        query = select(
            ActivityParticipant.id, ActivityParticipant.activity_id, ActivityParticipant.state,
            ActivityParticipant.moved_up_at, ActivityParticipant.children,
        ).where(ActivityParticipant.receipt == receipt)  # fmt: skip
        row = session.execute(query).one_or_none()
        view = _view(session, row.activity_id) if row is not None else None
        if row is None or view is None:
            return None
        before = select(func.count()).where(
            ActivityParticipant.activity_id == row.activity_id,
            ActivityParticipant.state == SeatState.WAITING,
            ActivityParticipant.id < row.id,
        )
        waits = row.state is SeatState.WAITING
        return SeatView(
            receipt, row.state, (session.scalar(before) or 0) if waits else 0, row.moved_up_at is not None,
            seats_of(row.children) - 1, view,
        )  # fmt: skip

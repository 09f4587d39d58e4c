"""Activities in a list and in a month, what a year brought, and whom a form can name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, String, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Account,
    Activity,
    ActivityParticipant,
    ActivityPresence,
    ActivitySession,
    Community,
    EscortPair,
    MarketDay,
    RecordedHours,
    Unit,
)
from db.queries.paging import ROWS, Page
from db.rules.permissions import Actor
from db.scope import UNSCOPED
from db.terms import ActivityKind, ActivityState, Role

MONTH_MOST, YEAR_MOST, CHOICES_MOST, PEOPLE_MOST = 300, 2000, 300, 20_000
LEFT_TO_CLOSE = ("unrecorded", "market", "away")
LEADS = (Role.SECRETARY, Role.AREA_WORKER, Role.TEAM_LEADER)


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity in the list; `places` is None without a limit, `recorded` when its record stands."""

    id: int
    title: str
    kind: ActivityKind
    state: ActivityState
    on: date
    place: str
    community: str
    filled: int
    places: int | None
    served: int
    recorded: bool


def left_to_close(view: str, today: date) -> tuple[Any, ...]:
    """What holds for activities whose day is there and that somebody must still close: "unrecorded" (not written
    down), "market" (the market day is not closed), "away" (somebody went out with an escort and is not back).
    """
    if view == "market":
        unclosed = select(MarketDay.id).where(MarketDay.activity_id == Activity.id, MarketDay.closed_at.is_(None))
        return Activity.state != ActivityState.CANCELLED, Activity.on < today, unclosed.exists()
    if view == "away":
        out = select(EscortPair.id).where(
            EscortPair.activity_id == Activity.id, EscortPair.left_at.is_not(None), EscortPair.returned_at.is_(None)
        )
        return (out.exists(),)
    return Activity.state == ActivityState.PLANNED, Activity.on < today


def activities(
    session: Session,
    *,
    view: str,
    today: date,
    kind: ActivityKind | None = None,
    of_projects: bool = True,
    before: int | None = None,
) -> Page[ActivityLine]:
    """`view`: "ahead" (the next one first), those of `left_to_close` (the oldest first), else all, the latest entry
    first. Without `of_projects` only those that stand on their own.
    """
    query = select(
        Activity.id, Activity.title, Activity.kind, Activity.state, Activity.on, Activity.place,
        Community.name, Activity.filled, Activity.places, Activity.served, Activity.reported_at.is_not(None),
    ).join(Community, Community.id == Activity.community_id)  # fmt: skip
    if kind is not None:
        query = query.where(Activity.kind == kind)
    if not of_projects:
        query = query.where(Activity.project_id.is_(None))
    if view == "ahead":
        query = query.where(Activity.state == ActivityState.PLANNED, Activity.on >= today)
        query = query.order_by(Activity.on, Activity.id)
    elif view in LEFT_TO_CLOSE:
        query = query.where(*left_to_close(view, today))
        query = query.order_by(Activity.on, Activity.id)
    else:
        query = query.order_by(Activity.id.desc())
        if before is not None:
            query = query.where(Activity.id < before)
    found = [ActivityLine(*row) for row in session.execute(query.limit(ROWS + 1))]
    return Page(tuple(found[:ROWS]), view == "all" and len(found) > ROWS)


@dataclass(frozen=True, slots=True)
class Dated:
    """One session on its day, for calendar and feed; no personal data."""

    session_id: int
    activity_id: int
    title: str
    part: str
    kind: ActivityKind
    state: ActivityState
    on: date
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    community: str


def between(session: Session, first: date, last: date, *, most: int = MONTH_MOST) -> list[Dated]:
    """Every session of these days in the order of time; an activity of a project without sessions stands on its day."""
    query = (
        select(
            ActivitySession.id, Activity.id, Activity.title, ActivitySession.title, Activity.kind, Activity.state,
            ActivitySession.on, ActivitySession.starts_at, ActivitySession.ends_at, Activity.place, Community.name,
        )
        .join(Activity, Activity.id == ActivitySession.activity_id)
        .join(Community, Community.id == Activity.community_id)
        .where(ActivitySession.on.between(first, last))
        .order_by(ActivitySession.starts_at, ActivitySession.id)
        .limit(most)
    )  # fmt: skip
    has_sessions = select(ActivitySession.id).where(ActivitySession.activity_id == Activity.id).exists()
    bare = (
        select(
            literal(0), Activity.id, Activity.title, literal(""), Activity.kind, Activity.state, Activity.on,
            Activity.began_at, Activity.began_at, Activity.place, Community.name,
        )
        .join(Community, Community.id == Activity.community_id)
        .where(Activity.on.between(first, last), ~has_sessions)
        .order_by(Activity.on, Activity.id)
        .limit(most)
    )  # fmt: skip
    found = [Dated(*row) for row in session.execute(query)]
    found += [Dated(*row) for row in session.execute(bare)]
    return sorted(found, key=lambda one: (one.on, one.starts_at is None, str(one.starts_at), one.activity_id))[:most]


@dataclass(frozen=True, slots=True)
class YearOfActivities:
    """What activities brought in a year: how many were held, 受益人次, named people who came (each once), hours."""

    held: int
    planned: int
    served: int
    named: int
    minutes: int


def year_of(session: Session, year: int) -> YearOfActivities:
    """The sums of a calendar year, of all activities of projects and on their own."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    done = Activity.state == ActivityState.DONE
    counts = session.execute(
        select(
            func.count().filter(done),
            func.count().filter(Activity.state == ActivityState.PLANNED),
            cast(func.coalesce(func.sum(Activity.served).filter(done), 0), Integer),
        ).where(Activity.on.between(first, last))
    ).one()
    came = (
        select(ActivityPresence.participant_id)
        .join(ActivitySession, ActivitySession.id == ActivityPresence.session_id)
        .where(ActivitySession.on.between(first, last))
        .distinct()
        .limit(PEOPLE_MOST)
    )
    who = func.coalesce(
        literal("p") + cast(ActivityParticipant.person_id, String),
        literal("v") + cast(ActivityParticipant.volunteer_id, String),
        ActivityParticipant.name_index + func.coalesce(ActivityParticipant.phone_index, ""),
        literal("r") + cast(ActivityParticipant.id, String),
    )
    named = select(func.count(func.distinct(who))).where(ActivityParticipant.id.in_(session.scalars(came).all()))
    minutes = select(func.coalesce(func.sum(RecordedHours.at_activities), 0)).where(
        RecordedHours.month.between(first, last)
    )
    # Whoever may not see the names of a sensitive group may see how many people there were; who came is in the scope.
    people = session.scalar(named, execution_options=UNSCOPED) or 0
    return YearOfActivities(*counts, people, int(session.scalar(minutes) or 0))


# --- what a form offers ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """A choice of a form."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Offered:
    """Whom the form of an activity can name: partner units, and colleagues who answer for it."""

    units: tuple[Named, ...]
    leads: tuple[Named, ...]


def offered(session: Session, actor: Actor, today: date) -> Offered:
    """Partners that have not ended, and the community's staff and team leaders."""
    units = (
        select(Unit.id, Unit.name)
        .where(or_(Unit.ended_on.is_(None), Unit.ended_on >= today))
        .order_by(Unit.name)
        .limit(CHOICES_MOST)
    )
    leads = (
        select(Account.id, Account.name)
        .where(Account.community_id == actor.community_id, Account.role.in_(LEADS), Account.disabled_at.is_(None))
        .order_by(Account.id)
        .limit(CHOICES_MOST)
    )
    return Offered(
        tuple(Named(*row) for row in session.execute(units)), tuple(Named(*row) for row in session.execute(leads))
    )


def sign_up_choices(session: Session, today: date) -> list[Named]:
    """Activities ahead that somebody can be signed up for, the next one first."""
    query = (
        select(Activity.id, Activity.on, Activity.title)
        .where(Activity.state == ActivityState.PLANNED, Activity.on >= today)
        .order_by(Activity.on, Activity.id)
        .limit(ROWS)
    )
    return [Named(row.id, f"{row.on.isoformat()} {row.title}") for row in session.execute(query)]

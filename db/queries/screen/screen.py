"""What the meeting-room screen shows: public numbers and words, no name but those of the wall (docs/domain.md 12.4).

Screens poll `pulse` (one statement by index); only when it changed is `scene` read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import (
    Activity,
    Ballot,
    Branch,
    Commitment,
    Community,
    Consent,
    HandCount,
    Meeting,
    Member,
    NamedVote,
    NeedFlow,
    PaperCount,
    Project,
    ScreenChoice,
    ScreenState,
    SecretVote,
    ServiceDay,
    SpeakerTurn,
)
from db.queries.commitments.wall import WallMember, words_of_the_wall
from db.queries.progress.progress import WAITING, communities_in_reach, standing
from db.queries.projects.progress import ProjectLight, light_counts, project_lights
from db.queries.results.counted import Chosen
from db.queries.results.figures import Results, results
from db.queries.screen.meeting import RUNNING, MeetingOnScreen, meeting_on_screen
from db.queries.screen.station import StationDay, station_days
from db.rules.results.period import Period, before, period
from db.rules.screen.parts import USUAL, parts_of, rotas_of
from db.rules.zone import CHINA
from db.terms import ActivityKind, ActivityState, BallotState, Light, MeetingState, NeedStage, ScreenMode, ScreenPart

PROJECTS_ON_SCREEN, ACTIVITIES_ON_SCREEN = 8, 8
"""Two slides of four lines each, as many as can be read from ten metres."""
LEFT_AFTER = timedelta(hours=12)
"""After so long without a change the screen leaves a meeting for its rotation by itself; a turn brings it back."""
WALL_TURNS = 600
"""Seconds after which a wall of many pages shows the next ones."""


Keep = Callable[[int, Callable[[], Results]], Results]
"""Given a community and how its figures are read: what was read a little while ago, or read now."""


def _read(_community_id: int, make: Callable[[], Results]) -> Results:
    return make()


@dataclass(frozen=True, slots=True)
class Pulse:
    """Everything whose change means that the screen must be drawn anew; numbers only."""

    turn: int
    """What the chair did: item, attendance, result."""
    ballot_id: int | None = None
    ballot_state: BallotState | None = None
    cast: int = 0
    """Votes that are in, by name or by slip."""
    counted: int = 0
    """Counts of hands and of paper that are in; none of their numbers."""
    floor: int = 0
    """Rises with every change of the speakers of the item on the screen."""
    wall: int = 0
    """Rises with every change of a promise, its member or a consent, while the wall is on the screen."""


def pulse(session: Session, community_id: int) -> Pulse:
    """One statement by index; the turn is 0 while nobody has steered the screen yet."""

    def rows_of(*models: type[NamedVote] | type[SecretVote] | type[HandCount] | type[PaperCount]) -> ScalarSelect[int]:
        each = [select(func.count()).where(model.ballot_id == Ballot.id).correlate(Ballot) for model in models]
        return each[0].scalar_subquery() + each[1].scalar_subquery()  # type: ignore[return-value]

    # A row is only added, and its version only rises, so the sum tells every change.
    floor = select(func.coalesce(func.sum(SpeakerTurn.version), 0)).where(SpeakerTurn.item_id == ScreenState.item_id)
    row = session.execute(
        select(
            *(ScreenState.turn, Ballot.id, Ballot.state),
            *(rows_of(NamedVote, SecretVote), rows_of(HandCount, PaperCount)),
            floor.correlate(ScreenState).scalar_subquery(),
            case((_wall_is_on(), _wall_changes()), else_=0),
        )
        .outerjoin(Ballot, (Ballot.meeting_id == ScreenState.meeting_id) & Ballot.state.in_(RUNNING))
        .where(ScreenState.community_id == community_id)
    ).first()
    return Pulse(row[0], row[1], row[2], *(row[at] or 0 for at in (3, 4, 5, 6))) if row else Pulse(0)


def _wall_is_on() -> ColumnElement[bool]:
    chosen = select(ScreenChoice.id).where(
        ScreenChoice.community_id == ScreenState.community_id, ScreenChoice.parts.contains(ScreenPart.WALL.value)
    )
    return chosen.correlate(ScreenState).exists()


def _wall_changes() -> ColumnElement[int]:
    """Versions only rise, so their sum tells every change; a consent that is withdrawn is one."""
    here = [
        select(func.coalesce(func.sum(model.version), 0)).where(model.community_id == ScreenState.community_id)
        for model in (Commitment, Member, Branch)
    ]
    agreed = select(func.coalesce(func.sum(Consent.version), 0)).where(
        Consent.member_id.is_not(None), Consent.community_id == ScreenState.community_id
    )
    first, *rest = (one.correlate(ScreenState).scalar_subquery() for one in (*here, agreed))
    return sum(rest, start=first)


@dataclass(frozen=True, slots=True)
class Month:
    """This month so far."""

    first: date
    logged: int
    answered: int
    minutes: int
    activities: int
    served: int
    accepted: int


@dataclass(frozen=True, slots=True)
class ActivityOnScreen:
    """An activity of this month; whom it is for and who takes part stays off the screen."""

    on: date
    title: str
    place: str
    done: bool


@dataclass(frozen=True, slots=True)
class Rotation:
    """Slides: the funnel, the projects with their lights, this month, and a station's slots while there are any.

    What is not among the chosen parts is empty and was not read.
    """

    stages: tuple[tuple[NeedStage, int], ...]
    closed: int
    projects: tuple[ProjectLight, ...]
    lights: dict[Light, int]
    month: Month
    stations: tuple[StationDay, ...] = ()
    parts: tuple[ScreenPart, ...] = USUAL
    wall: tuple[WallMember, ...] = ()
    """By branch and number of the roll, as on the printed board."""
    figures: Results | None = None
    period: Period | None = None
    """Of the figures: the year that runs."""
    activities: tuple[ActivityOnScreen, ...] = ()
    """Those that come, the next one first; behind them those that were, the latest first."""
    today: date = date.min
    turn: int = 0
    """Of the pages of the wall; the next ones come ten minutes later."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One of the two is there."""

    community: str
    rotation: Rotation | None = None
    meeting: MeetingOnScreen | None = None


def screens_in_reach(session: Session) -> tuple[tuple[int, str], ...]:
    """The communities whose screen this account may show."""
    return tuple((one.id, one.name) for one in communities_in_reach(session))


def scene(session: Session, community_id: int, *, now: datetime, keep: Keep = _read) -> Scene:
    """What to draw now: the meeting that the chair follows while it lasts, else the rotation.

    `keep` may hold the figures of the year for a while: they cost half of all statements and hardly move.
    """
    row = session.execute(
        select(
            Community.name,
            *(ScreenState.mode, ScreenState.meeting_id, ScreenState.item_id, ScreenState.revealed),
            *(ScreenState.changed_at, Meeting.state, Meeting.closed_at, ScreenChoice.parts),
        )
        .outerjoin(ScreenChoice, ScreenChoice.community_id == Community.id)
        .outerjoin(ScreenState, ScreenState.community_id == Community.id)
        .outerjoin(Meeting, Meeting.id == ScreenState.meeting_id)
        .where(Community.id == community_id)
    ).first()
    if row is None:
        return Scene("")
    over = row.state in (None, MeetingState.DRAFT, MeetingState.CANCELLED) or (
        # A user who steers the screen after closing wants to show something once more.
        row.closed_at is not None and row.changed_at <= row.closed_at
    )
    # A meeting that nobody closed would else stay on the wall for days.
    over = over or (row.changed_at is not None and now - row.changed_at >= LEFT_AFTER)
    if row.mode is ScreenMode.MEETING and row.meeting_id is not None and not over:
        meeting = meeting_on_screen(session, row.meeting_id, row.item_id, revealed=row.revealed)
        return Scene(row.name, meeting=meeting)
    return Scene(row.name, rotation=_rotation(session, community_id, row.parts, now=now, keep=keep))


# --- the rotation ---------------------------------------------------------------------------------------


def _rotation(session: Session, community_id: int, kept: str | None, *, now: datetime, keep: Keep = _read) -> Rotation:
    today, parts = day_of(now), parts_of(kept)
    chosen = rotas_of(kept)
    counts = standing(session, community_id) if ScreenPart.STAGES in parts else {}
    with_projects = ScreenPart.PROJECTS in parts
    projects = project_lights(session, today=today, community_id=community_id) if with_projects else ()
    year = period(f"{today:%Y}", today=today)
    none = Month(today.replace(day=1), 0, 0, 0, 0, 0, 0)
    return Rotation(
        stages=tuple((stage, counts.get(stage, 0)) for stage in WAITING),
        closed=counts.get(NeedStage.CLOSED, 0),
        projects=projects[:PROJECTS_ON_SCREEN],
        lights=light_counts(projects),
        month=_month(session, community_id, today) if ScreenPart.MONTH in parts else none,
        stations=station_days(session, community_id, now=now, chosen=chosen) if ScreenPart.STATIONS in parts else (),
        parts=parts,
        wall=words_of_the_wall(session, community_id=community_id) if ScreenPart.WALL in parts else (),
        figures=keep(community_id, lambda: _figures(session, community_id, year))
        if ScreenPart.FIGURES in parts
        else None,
        period=year,
        activities=_activities(session, community_id, today) if ScreenPart.ACTIVITIES in parts else (),
        today=today,
        turn=int(now.timestamp()) // WALL_TURNS,
    )


def _figures(session: Session, community_id: int, year: Period) -> Results:
    return results(session, Chosen(year, community_id), Chosen(before(year), community_id))


def _month(session: Session, community_id: int, today: date) -> Month:
    """One statement: each number is a look into an index of its own."""
    first = today.replace(day=1)
    flow = (NeedFlow.community_id == community_id, NeedFlow.day >= first)
    done = (
        Activity.community_id == community_id, Activity.on >= first, Activity.on <= today,
        Activity.state == ActivityState.DONE,
    )  # fmt: skip
    row = session.execute(
        select(
            select(func.coalesce(func.sum(NeedFlow.logged), 0)).where(*flow).scalar_subquery(),
            select(func.coalesce(func.sum(NeedFlow.entered), 0))
            .where(*flow, NeedFlow.stage == NeedStage.CLOSED)
            .scalar_subquery(),
            select(func.coalesce(func.sum(ServiceDay.minutes), 0))
            .where(ServiceDay.community_id == community_id, ServiceDay.day >= first)
            .scalar_subquery(),
            select(func.count(Activity.id)).where(*done).scalar_subquery(),
            select(func.coalesce(func.sum(Activity.served), 0)).where(*done).scalar_subquery(),
            select(func.count(Project.id))
            .where(Project.community_id == community_id, Project.accepted_at >= _start_of(first))
            .scalar_subquery(),
        )
    ).one()
    return Month(first, *(int(value) for value in row))


def _activities(session: Session, community_id: int, today: date) -> tuple[ActivityOnScreen, ...]:
    """Of this month; a visit or an outing is nobody's business but of those who go."""
    first = today.replace(day=1)
    query = (
        select(Activity.on, Activity.title, Activity.place)
        .where(
            Activity.community_id == community_id, Activity.on >= first,
            Activity.on < (first + timedelta(days=32)).replace(day=1), Activity.state != ActivityState.CANCELLED,
            Activity.kind.not_in((ActivityKind.VISIT, ActivityKind.OUTING)),
        )
        .order_by(Activity.on, Activity.id)
        .limit(200)
    )  # fmt: skip
    found = [ActivityOnScreen(on, title, place, on < today) for on, title, place in session.execute(query)]
    ahead, past = [one for one in found if not one.done], [one for one in reversed(found) if one.done]
    return tuple((ahead + past)[:ACTIVITIES_ON_SCREEN])


def _start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)

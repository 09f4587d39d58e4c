"""What the meeting-room screen shows: public numbers and words only, never a name (DOMAIN B.8).

Screens poll `pulse` (one statement by index); only when it changed is `scene` read.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.counters import CHINA, day_of
from db.models import (
    Activity,
    AgendaItem,
    Attendance,
    Ballot,
    Community,
    HandCount,
    Meeting,
    NamedVote,
    NeedFlow,
    Project,
    Recusal,
    ScreenState,
    ServiceDay,
)
from db.queries.progress import WAITING, communities_in_reach, standing
from db.queries.project_progress import ProjectLight, light_counts, project_lights
from db.rules.decision import HouseRule, QuorumCheck, quorum
from db.terms import (
    ActivityState,
    BallotState,
    ItemState,
    Light,
    MeetingState,
    MemberPresence,
    NeedStage,
    Outcome,
    ScreenMode,
    VoteMethod,
)

PROJECTS_ON_SCREEN = 6
"""As many lines as can be read from ten metres."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """Everything whose change means that the screen must be drawn anew."""

    turn: int
    ballot_id: int | None
    cast: int
    """Votes in, or tellers done, of the open ballot."""


def pulse(session: Session, community_id: int) -> Pulse:
    """One statement by index; the turn is 0 while nobody has steered the screen yet."""
    votes = select(func.count()).where(NamedVote.ballot_id == Ballot.id).correlate(Ballot).scalar_subquery()
    tellers = select(func.count()).where(HandCount.ballot_id == Ballot.id).correlate(Ballot).scalar_subquery()
    row = session.execute(
        select(ScreenState.turn, Ballot.id, votes + tellers)
        .outerjoin(Ballot, (Ballot.meeting_id == ScreenState.meeting_id) & (Ballot.state == BallotState.OPEN))
        .where(ScreenState.community_id == community_id)
    ).first()
    return Pulse(row[0], row[1], row[2] or 0) if row else Pulse(0, None, 0)


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
class Rotation:
    """Three slides: the funnel, the projects with their lights, this month."""

    stages: tuple[tuple[NeedStage, int], ...]
    closed: int
    projects: tuple[ProjectLight, ...]
    lights: dict[Light, int]
    month: Month


@dataclass(frozen=True, slots=True)
class OpenBallot:
    """Method and turnout only: no result shows before it is closed and announced."""

    method: VoteMethod
    cast: int
    of: int


@dataclass(frozen=True, slots=True)
class ItemOnScreen:
    position: int
    title: str
    motion: str
    state: ItemState
    owners_matter: bool
    ballot: OpenBallot | None = None
    decided: bool = False
    outcome: Outcome | None = None
    """Only when the chair has revealed it; so are the decision and its rule."""
    decision: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class MeetingOnScreen:
    title: str
    state: MeetingState
    at: datetime
    place: str
    quorum: QuorumCheck | None
    agenda: tuple[tuple[int, str, ItemState], ...]
    item: ItemOnScreen | None
    rule: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """One of the two is there."""

    community: str
    rotation: Rotation | None = None
    meeting: MeetingOnScreen | None = None


def screens_in_reach(session: Session) -> tuple[tuple[int, str], ...]:
    """The communities whose screen this account may show."""
    return tuple((one.id, one.name) for one in communities_in_reach(session))


def scene(session: Session, community_id: int, *, now: datetime) -> Scene:
    """What to draw now: the meeting that the chair follows while it lasts, else the rotation."""
    row = session.execute(
        select(
            Community.name,
            *(ScreenState.mode, ScreenState.meeting_id, ScreenState.item_id, ScreenState.revealed),
            *(ScreenState.changed_at, Meeting.state, Meeting.closed_at),
        )
        .outerjoin(ScreenState, ScreenState.community_id == Community.id)
        .outerjoin(Meeting, Meeting.id == ScreenState.meeting_id)
        .where(Community.id == community_id)
    ).first()
    if row is None:
        return Scene("")
    over = row.state in (None, MeetingState.DRAFT, MeetingState.CANCELLED) or (
        # Whoever steers the screen after closing wants to show something once more.
        row.closed_at is not None and row.changed_at <= row.closed_at
    )
    if row.mode is ScreenMode.MEETING and row.meeting_id is not None and not over:
        meeting = _meeting(session, row.meeting_id, row.item_id, revealed=row.revealed)
        return Scene(row.name, meeting=meeting)
    return Scene(row.name, rotation=_rotation(session, community_id, today=day_of(now)))


# --- the rotation ---------------------------------------------------------------------------------------


def _rotation(session: Session, community_id: int, *, today: date) -> Rotation:
    counts = standing(session, community_id)
    projects = project_lights(session, today=today, community_id=community_id)
    return Rotation(
        stages=tuple((stage, counts.get(stage, 0)) for stage in WAITING),
        closed=counts.get(NeedStage.CLOSED, 0),
        projects=projects[:PROJECTS_ON_SCREEN],
        lights=light_counts(projects),
        month=_month(session, community_id, today),
    )


def _month(session: Session, community_id: int, today: date) -> Month:
    first = today.replace(day=1)
    logged, answered = session.execute(
        select(
            func.coalesce(func.sum(NeedFlow.logged), 0),
            func.coalesce(func.sum(NeedFlow.entered).filter(NeedFlow.stage == NeedStage.CLOSED), 0),
        ).where(NeedFlow.community_id == community_id, NeedFlow.day >= first)
    ).one()
    activities, served = session.execute(
        select(func.count(), func.coalesce(func.sum(Activity.served), 0)).where(
            Activity.community_id == community_id,
            Activity.on >= first,
            Activity.on <= today,
            Activity.state == ActivityState.DONE,
        )
    ).one()
    minutes = select(func.coalesce(func.sum(ServiceDay.minutes), 0)).where(
        ServiceDay.community_id == community_id, ServiceDay.day >= first
    )
    accepted = select(func.count(Project.id)).where(
        Project.community_id == community_id, Project.accepted_at >= _start_of(first)
    )
    both = session.execute(select(minutes.scalar_subquery(), accepted.scalar_subquery())).one()
    return Month(first, int(logged), int(answered), int(both[0]), activities, int(served), both[1])


def _start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


# --- the meeting ----------------------------------------------------------------------------------------


def _meeting(session: Session, meeting_id: int, item_id: int | None, *, revealed: bool) -> MeetingOnScreen:
    meeting = session.execute(
        select(Meeting.title, Meeting.state, Meeting.at, Meeting.place, Meeting.rule).where(Meeting.id == meeting_id)
    ).one()
    items = session.execute(
        select(
            *(AgendaItem.id, AgendaItem.position, AgendaItem.title, AgendaItem.motion, AgendaItem.state),
            *(AgendaItem.owners_matter, AgendaItem.outcome, AgendaItem.decision),
        )
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
    ).all()
    ballot = _open_ballot(session, meeting_id)
    shown = next((item for item in items if item.id == item_id), None)
    return MeetingOnScreen(
        title=meeting.title,
        state=meeting.state,
        at=meeting.at,
        place=meeting.place,
        quorum=_quorum(session, meeting_id, item_id, meeting.rule),
        agenda=tuple(
            # A result that nobody announced yet must not show in the list either.
            (item.position, item.title, ItemState.VOTING if item.outcome and not revealed and item is shown
             else item.state)
            for item in items
        ),
        item=None if shown is None else ItemOnScreen(
            position=shown.position,
            title=shown.title,
            motion=shown.motion,
            state=shown.state,
            owners_matter=shown.owners_matter,
            ballot=ballot[1] if ballot and ballot[0] == shown.id else None,
            decided=shown.outcome is not None and (ballot is None or ballot[0] != shown.id),
            outcome=shown.outcome if revealed else None,
            decision=shown.decision if revealed else None,
        ),
        rule=meeting.rule or {},
    )  # fmt: skip


def _open_ballot(session: Session, meeting_id: int) -> tuple[int, OpenBallot] | None:
    votes = select(func.count()).where(NamedVote.ballot_id == Ballot.id).correlate(Ballot).scalar_subquery()
    tellers = select(func.count()).where(HandCount.ballot_id == Ballot.id).correlate(Ballot).scalar_subquery()
    row = session.execute(
        select(
            Ballot.item_id,
            Ballot.method,
            (Ballot.present - Ballot.recused_present).label("voting"),
            votes.label("votes"),
            tellers.label("tellers"),
        ).where(Ballot.meeting_id == meeting_id, Ballot.state == BallotState.OPEN)
    ).first()
    if row is None:
        return None
    hands = row.method is VoteMethod.HANDS
    return row.item_id, OpenBallot(row.method, row.tellers if hands else row.votes, 2 if hands else row.voting)


def _quorum(session: Session, meeting_id: int, item_id: int | None, rule: dict[str, Any] | None) -> QuorumCheck | None:
    """应到 and 实到 of the meeting, without those who stepped back on the item shown."""
    if not rule:
        return None
    out = (
        select(Recusal.member_id)
        .where(Recusal.item_id == item_id, Recusal.member_id == Attendance.member_id)
        .correlate(Attendance)
        .exists()
    )
    there = Attendance.presence == MemberPresence.PRESENT
    row = session.execute(
        select(
            func.count(),
            func.count().filter(there),
            func.count().filter(out),
            func.count().filter(out & there),
        )
        .select_from(Attendance)
        .where(Attendance.meeting_id == meeting_id)
    ).one()
    return quorum(HouseRule.from_json(rule), *row) if row[0] else None

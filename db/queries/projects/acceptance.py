"""验收: what waits to be judged, what the record itself says, and scores that stay closed until decided."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from db.models import Acceptance, AcceptanceScore, Activity, Project, Rota, ServiceRecord, Slot
from db.queries.paging import ROWS
from db.rules.projects.acceptance import AcceptanceResult, JudgeScore, combine_judges
from db.terms import AcceptanceState, ActivityState, Grade, ProjectKind, ProjectState


@dataclass(frozen=True, slots=True)
class AcceptanceRow:
    """A round in the list; `mine` says whether the user has scored it."""

    id: int
    project_id: int
    number: str
    title: str
    kind: ProjectKind
    state: ProjectState
    round: int
    judges: int
    mine: bool
    handed_in_at: datetime
    grade: Grade | None
    total_hundredths: int | None
    recheck_on: date | None


def acceptances(session: Session, *, account_id: int) -> list[AcceptanceRow]:
    """Rounds to be judged first, the longest waiting at the top, then the latest decided ones; one statement, at most
    fifty."""
    decided = Acceptance.state == AcceptanceState.DECIDED
    judges = select(func.count()).where(AcceptanceScore.acceptance_id == Acceptance.id)
    mine = select(AcceptanceScore.id).where(
        AcceptanceScore.acceptance_id == Acceptance.id, AcceptanceScore.judge_id == account_id
    )
    query = (
        select(
            Acceptance.id,
            Acceptance.project_id,
            Project.number,
            Project.title,
            Project.kind,
            Project.state,
            Acceptance.round,
            judges.correlate(Acceptance).scalar_subquery(),
            mine.correlate(Acceptance).exists(),
            Acceptance.handed_in_at,
            Acceptance.grade,
            Acceptance.total_hundredths,
            Acceptance.recheck_on,
        )
        .join(Project, Project.id == Acceptance.project_id)
        .order_by(decided, case((decided, -Acceptance.id), else_=Acceptance.id))
        .limit(ROWS)
    )
    return [AcceptanceRow(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class Score:
    """What one judge gave."""

    judge: str
    points: JudgeScore
    reason: str


@dataclass(frozen=True, slots=True)
class Round:
    """One hand-in. `scores` and `result` stay empty for a user who may not see them yet."""

    id: int
    version: int
    project_id: int
    number: int
    state: AcceptanceState
    evidence: str
    handed_in_at: datetime
    handed_in_by: str
    leader: str
    """Who led the project then."""
    judges: int
    own: Score | None
    scores: tuple[Score, ...]
    result: AcceptanceResult | None
    grade: Grade | None
    total_hundredths: int | None
    reason: str
    recheck_on: date | None
    decided_at: datetime | None
    decided_by: str


def round_of(session: Session, project_id: int, *, account_id: int, decider: bool = False) -> Round | None:
    """The latest round of a project. Nobody sees another's score before the decision; the user who decides sees the
    combined result, but not who gave what, once the own score is in or `decider` is set.
    """
    attempt = session.scalar(
        select(Acceptance).where(Acceptance.project_id == project_id).order_by(Acceptance.round.desc()).limit(1)
    )
    if attempt is None:
        return None
    scores = _scores(session, attempt.id)
    own = next((score for judge_id, score in scores if judge_id == account_id), None)
    decided = attempt.state is AcceptanceState.DECIDED
    return Round(
        id=attempt.id,
        version=attempt.version,
        project_id=attempt.project_id,
        number=attempt.round,
        state=attempt.state,
        evidence=attempt.evidence,
        handed_in_at=attempt.handed_in_at,
        handed_in_by=attempt.handed_in_name,
        leader=attempt.leader_name,
        judges=len(scores),
        own=own,
        scores=tuple(score for _, score in scores) if decided else (),
        result=combine_judges([score.points for _, score in scores]) if decided or decider else None,
        grade=attempt.grade,
        total_hundredths=attempt.total_hundredths,
        reason=attempt.reason,
        recheck_on=attempt.recheck_on,
        decided_at=attempt.decided_at,
        decided_by=attempt.decided_name,
    )


def _scores(session: Session, acceptance_id: int) -> list[tuple[int, Score]]:
    query = select(AcceptanceScore).where(AcceptanceScore.acceptance_id == acceptance_id).order_by(AcceptanceScore.id)
    return [
        (
            score.judge_id,
            Score(
                score.judge_name,
                JudgeScore(
                    goals=score.goals,
                    benefit=score.benefit,
                    procedure=score.procedure,
                    members_role=score.members,
                    sustainability=score.lasting,
                    files=score.files,
                    bonus=score.bonus,
                ),
                score.reason,
            ),
        )
        for score in session.scalars(query)
    ]


@dataclass(frozen=True, slots=True)
class Record:
    """What the record itself says about a project, beside what its leader wrote."""

    activities: int
    served: int
    people: int
    minutes: int
    rounds: int


def record_of(session: Session, project_id: int) -> Record:
    """Activities done, person-times served, volunteers and their minutes, also in slots of the project's rotas, and the
    rounds so far, in one statement.
    """
    done = (Activity.project_id == project_id, Activity.state == ActivityState.DONE)
    slots = select(Slot.id).join(Rota, Rota.id == Slot.rota_id).where(Rota.project_id == project_id)
    of_it = or_(ServiceRecord.activity_id.in_(select(Activity.id).where(*done)), ServiceRecord.slot_id.in_(slots))
    served = (of_it, ServiceRecord.minutes > 0)
    row = session.execute(
        select(
            select(func.count()).select_from(Activity).where(*done).scalar_subquery(),
            select(func.coalesce(func.sum(Activity.served), 0)).where(*done).scalar_subquery(),
            select(func.count(ServiceRecord.volunteer_id.distinct())).where(*served).scalar_subquery(),
            select(func.coalesce(func.sum(ServiceRecord.minutes), 0)).where(*served).scalar_subquery(),
            select(func.count()).select_from(Acceptance).where(Acceptance.project_id == project_id).scalar_subquery(),
        )
    ).one()
    return Record(*(int(value) for value in row))

"""验收: handed in with evidence, judged blind by three or more, decided by somebody who did not lead it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions import fields
from db.actions.life import add_to_life, needs_of
from db.actions.loading import actor_of, load
from db.actions.needs.answering import owe_answers
from db.actions.projects.projects import own_project, turn
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import Acceptance, AcceptanceScore, Account, Indicator, Project, Reading
from db.rules.permissions import Permission
from db.rules.projects import acceptance as rules
from db.rules.projects.input import ScoreInput
from db.terms import AcceptanceState, AnswerKind, Grade, Happening, ProjectState

LEAST_EVIDENCE = 20
"""Characters: "see the files" is no evidence."""
CRITERIA = {
    "goals": rules.GOALS_MOST,
    "benefit": rules.BENEFIT_MOST,
    "procedure": rules.PROCEDURE_MOST,
    "members": rules.MEMBERS_ROLE_MOST,
    "lasting": rules.SUSTAINABILITY_MOST,
    "files": rules.FILES_MOST,
    "bonus": rules.BONUS_MOST,
}
"""The rubric of docs/domain.md 10.7: criterion and its most."""


@action(Permission.HAND_IN_PROJECT)
def hand_in(session: Session, *, project_id: int, version: int, evidence: str, now: datetime) -> int:
    """Ask for acceptance; returns the round's id. Raises Refused: goal_missing, goals_unread (names=)."""
    project = own_project(session, project_id, version=version, lock=True)
    proof = fields.words("evidence", evidence, most=2000)
    if len(proof) < LEAST_EVIDENCE:
        raise BadInput("evidence", Problem.TOO_SHORT, least=LEAST_EVIDENCE)
    read = select(Reading.id).where(Reading.indicator_id == Indicator.id).exists()
    query = select(Indicator.name, read.label("read")).where(Indicator.project_id == project.id).order_by(Indicator.id)
    goals = session.execute(query).all()
    if not goals:
        raise Refused("goal_missing")
    unread = [goal.name for goal in goals if not goal.read]
    if unread:
        raise Refused("goals_unread", names="、".join(unread))
    earlier = session.scalar(select(func.max(Acceptance.round)).where(Acceptance.project_id == project.id))
    turn(session, project, ProjectState.HANDED_IN)
    attempt = Acceptance(
        community_id=project.community_id,
        project_id=project.id,
        round=(earlier or 0) + 1,
        evidence=proof,
        handed_in_at=now,
        handed_in_by=actor_of(session).id,
        leader_name=session.scalar(select(Account.name).where(Account.id == project.leader_id)) or "",
    )
    session.add(attempt)
    session.flush()
    add_to_life(session, project, Happening.HANDED_IN, now=now, round=attempt.round)
    return attempt.id


@action(Permission.JUDGE_PROJECT)
def judge_project(
    session: Session,
    *,
    acceptance_id: int,
    given: ScoreInput,
    now: datetime,
) -> int:
    """Score by the rubric, with a reason; returns how many have judged. Refused: own_project, already_judged."""
    attempt, project = _judging(session, acceptance_id, None)
    judge = actor_of(session)
    if project.leader_id == judge.id:
        raise Refused("own_project")
    points = {name: fields.whole(name, getattr(given, name), least=0, most=most) for name, most in CRITERIA.items()}
    judges = session.scalars(select(AcceptanceScore.judge_id).where(AcceptanceScore.acceptance_id == attempt.id)).all()
    if judge.id in judges:
        raise Refused("already_judged")
    session.add(
        AcceptanceScore(
            community_id=attempt.community_id,
            acceptance_id=attempt.id,
            judge_id=judge.id,
            reason=fields.words("reason", given.reason, most=500),
            scored_at=now,
            **points,
        )
    )
    add_to_life(session, project, Happening.JUDGED, now=now, count=len(judges) + 1)
    return len(judges) + 1


@action(Permission.DECIDE_ACCEPTANCE)
def decide_acceptance(
    session: Session, *, acceptance_id: int, version: int, reason: str, answer: str = "", now: datetime
) -> str:
    """Close the round by the judges' combined scores; returns the grade.

    Passed: the project is accepted and every household that asked is owed the answer. Failed: it goes back with a day.
    Raises Refused: own_project, too_few_judges (have=, least=).
    """
    attempt, project = _judging(session, acceptance_id, version)
    if project.leader_id == actor_of(session).id:
        raise Refused("own_project")
    result = rules.combine_judges(_scores(session, attempt.id))
    if result.grade is None:
        raise Refused("too_few_judges", have=result.judges, least=rules.LEAST_JUDGES)
    why = fields.words("reason", reason, most=500)
    attempt.state, attempt.grade, attempt.reason = AcceptanceState.DECIDED, result.grade, why
    attempt.total_hundredths = int((200 * result.total + 1) // 2)
    attempt.decided_at, attempt.decided_by = now, actor_of(session).id
    total = f"{attempt.total_hundredths / 100:.2f}"
    if result.grade is Grade.FAIL:
        attempt.recheck_on = rules.recheck_on(day_of(now))
        turn(session, project, ProjectState.REWORK)
        add_to_life(
            session,
            project,
            Happening.SENT_BACK,
            now=now,
            note=why,
            recheck_on=attempt.recheck_on.isoformat(),
            total=total,
        )
        return result.grade
    needs = needs_of(session, project)
    told = fields.words("answer", answer, most=500, needed=bool(needs))
    turn(session, project, ProjectState.ACCEPTED)
    project.accepted_at = now
    add_to_life(session, project, Happening.ACCEPTED, now=now, note=why, grade=result.grade, total=total)
    for need in needs:
        owe_answers(session, need, AnswerKind.DONE, told, now=now)
    return result.grade


def _judging(session: Session, acceptance_id: int, version: int | None) -> tuple[Acceptance, Project]:
    """The open round and its project, held: nobody scores while somebody decides."""
    attempt = load(session, Acceptance, acceptance_id, version=version, lock=True)
    project = load(session, Project, attempt.project_id, lock=True)
    if attempt.state is not AcceptanceState.JUDGING:
        raise WrongStage(what="acceptance", stage=attempt.state, permission=session.info.get("permission"))
    return attempt, project


def _scores(session: Session, acceptance_id: int) -> list[rules.JudgeScore]:
    query = select(AcceptanceScore).where(AcceptanceScore.acceptance_id == acceptance_id)
    return [
        rules.JudgeScore(
            goals=score.goals,
            benefit=score.benefit,
            procedure=score.procedure,
            members_role=score.members,
            sustainability=score.lasting,
            files=score.files,
            bonus=score.bonus,
        )
        for score in session.scalars(query)
    ]

"""业委会选举 within a project: the checklist with its legal periods, and the count by which the owners decide.

No council's vote comes in here: what the owners decided is entered from their own ballots, by heads and floor space.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import amount, day, line, whole
from db.actions.loading import actor_of, load
from db.actions.projects.projects import own_project
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import Election, ElectionStep
from db.queries.projects.election import days_by_hand
from db.rules.permissions import Permission
from db.rules.projects.election import BY_KIND, COMES_AFTER, RULES, OwnersCount, Period, may_end, owners_decide
from db.rules.projects.input import OwnersVoteInput
from db.terms import ElectionStepKind

OWNERS_MOST, AREA_MOST, PERIOD_MOST = 100_000, 10**8, 90


@action(Permission.RUN_PROJECT)
def begin_election(
    session: Session, *, project_id: int, estate: str, owners: int | None, area: Decimal | None, starts_on: date | None
) -> int:
    """The checklist of an election, one for a project; the id."""
    project = own_project(session, project_id, lock=True)
    if session.scalar(select(Election.id).where(Election.project_id == project.id)) is not None:
        raise Refused("already_done")
    space = amount("area", area, least=0, most=AREA_MOST)
    if space <= 0:
        raise BadInput("area", Problem.OUT_OF_RANGE, least=1, most=AREA_MOST)
    row = Election(
        community_id=project.community_id,
        project_id=project.id,
        estate=line("estate", estate, most=60),
        owners=whole("owners", owners, least=1, most=OWNERS_MOST),
        area=space,
        starts_on=day("starts_on", starts_on),
    )
    session.add(row)
    session.flush()
    session.add_all(
        ElectionStep(community_id=row.community_id, election_id=row.id, kind=rule.kind, period_days=rule.days)
        for rule in RULES
    )
    session.flush()
    return row.id


@action(Permission.RUN_PROJECT)
def lengthen_period(session: Session, *, step_id: int, version: int, days: int | None) -> int:
    """Local rules ask for more days; a notice never gets fewer than the law's, a last day never comes later."""
    step = load(session, ElectionStep, step_id, version=version)
    _own_election(session, step.election_id)
    rule = BY_KIND[step.kind]
    if rule.period is Period.NONE or step.ended_on is not None:
        raise Refused("election_no_period")
    least, most = (rule.days, PERIOD_MOST) if rule.period is Period.AT_LEAST else (1, rule.days)
    step.period_days = whole("days", days, least=least, most=most)
    return step.period_days


@action(Permission.RUN_PROJECT)
def record_step(
    session: Session,
    *,
    step_id: int,
    version: int,
    began_on: date | None,
    ended_on: date | None,
    note: str,
    now: datetime,
) -> bool:
    """A step begun, or over when it has its last day; whether it is over.

    Raises Refused: election_step_before, election_notice_short (until=), election_owners_vote for the vote itself.
    """
    step = load(session, ElectionStep, step_id, version=version)
    election = _own_election(session, step.election_id)
    if step.kind is ElectionStepKind.VOTE:
        raise Refused("election_owners_vote")
    if step.ended_on is not None:
        raise Refused("already_done")
    least = _begins(session, election, step.kind)
    today = day_of(now)
    began = day("began_on", began_on, least=least, most=today)
    ended = day("ended_on", ended_on, least=began, most=today) if ended_on is not None else None
    words = line("note", note, most=200, needed=False)
    if ended is not None and BY_KIND[step.kind].period is Period.AT_LEAST:
        first = may_end(began, step.period_days, days_by_hand(session))
        if ended < first:
            raise Refused("election_notice_short", until=first.isoformat())
    step.began_on, step.ended_on, step.note = began, ended, words
    step.done_by = actor_of(session).id
    return ended is not None


@action(Permission.RUN_PROJECT)
def record_owners_vote(
    session: Session, *, election_id: int, version: int, given: OwnersVoteInput, now: datetime
) -> dict[str, Any]:
    """由业主共同决定: heads and floor space; the step is over when 民法典 278 is met, else it may be held again.

    Returns whether it passed and which shares were missing.
    """
    election = _own_election(session, election_id, version=version)
    step = session.scalars(
        select(ElectionStep).where(ElectionStep.election_id == election.id, ElectionStep.kind == ElectionStepKind.VOTE)
    ).one()
    if step.ended_on is not None:
        raise Refused("already_done")
    least = _begins(session, election, step.kind)
    on = day("voted_on", given.voted_on, least=least, most=day_of(now))
    took = whole("took_part", given.took_part, least=0, most=election.owners)
    area = _up_to("area_part", given.area_part, election.area)
    agreed = whole("agreed", given.agreed, least=0, most=took)
    area_agreed = _up_to("area_agreed", given.area_agreed, area)
    decision = owners_decide(OwnersCount(election.owners, election.area, took, area, agreed, area_agreed))
    election.voted_on, election.votes = on, election.votes + 1
    election.took_part, election.area_part = took, area
    election.agreed, election.area_agreed = agreed, area_agreed
    step.began_on, step.done_by = on, actor_of(session).id
    if decision.passed:
        step.ended_on = on
    return {"passed": decision.passed, "missing": [share.value for share in decision.missing]}


def _up_to(field: str, value: Decimal | None, most: Decimal) -> Decimal:
    """Square metres from 0 to so many, exactly."""
    found = amount(field, value, least=0, most=AREA_MOST)
    if found > most:
        raise BadInput(field, Problem.OUT_OF_RANGE, least=0, most=most)
    return found


def _own_election(session: Session, election_id: int, *, version: int | None = None) -> Election:
    election = load(session, Election, election_id, version=version, lock=True)
    own_project(session, election.project_id)
    return election


def _begins(session: Session, election: Election, kind: ElectionStepKind) -> date:
    """From which day a step may begin; Refused("election_step_before") while what comes before is not over."""
    query = select(ElectionStep.kind, ElectionStep.ended_on).where(ElectionStep.election_id == election.id)
    ended = {row.kind: row.ended_on for row in session.execute(query)}
    before: list[date | None] = [ended[one] for one in COMES_AFTER[kind]]
    known = [one for one in before if one is not None]
    if len(known) < len(before):
        raise Refused("election_step_before")
    return max([election.starts_on, *known])

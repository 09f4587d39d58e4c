"""四议两公开: begin a matter, record its steps one after the other, send it back, stop it."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, whole, words
from db.actions.loading import actor_of, load
from db.actions.numbered import open_numbered
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import VillageMatter, VillageRecord
from db.queries.council.village import step_rule
from db.rules.council.village import LEAST_POSTED, MEETINGS, POSTED, VOTED, decided, following
from db.rules.council.village_input import StepInput
from db.rules.limits import PEOPLE_MOST
from db.rules.permissions import Permission
from db.rules.voting.decision import VotesExceedPresent
from db.rules.voting.house_rule import HouseRule
from db.terms import VillageState, VillageStep

SERIES = "SY"
BACK_TO = (VillageStep.PROPOSAL, VillageStep.CONSULTATION, VillageStep.OPINIONS)
"""Where a matter goes that was not agreed on and is to be changed."""


@action(Permission.RUN_VILLAGE)
def begin_matter(session: Session, *, title: str, proposal: str, households: bool = False, now: datetime) -> int:
    """Open a matter; the Party branch's proposal is its first step. The id."""
    heading, text = line("title", title, most=60), words("proposal", proposal, most=1000)
    matter = open_numbered(session, VillageMatter, SERIES, now=now, title=heading, proposal=text, households=households)
    return matter.id


@action(Permission.RUN_VILLAGE)
def record_step(
    session: Session,
    *,
    matter_id: int,
    version: int,
    given: StepInput,
    now: datetime,
) -> dict[str, bool | str]:
    """Record the step that comes next; a voted one is decided by its rule, the others by what was agreed (`passed`).

    Returns passed and the step that follows. Raises BadInput at the field: a day before the last step or in the
    future, a publication of under three days, more votes than people there.
    """
    matter = _running(session, matter_id, version)
    if chosen("step", given.step, (matter.step,)) is not matter.step:
        raise WrongStage(what="village_matter", stage=matter.step, permission=Permission.RUN_VILLAGE)
    last = _last(session, matter.id)
    when = day("on", given.on, least=_least(matter, last), most=day_of(now))
    record = VillageRecord(
        community_id=matter.community_id,
        matter_id=matter.id,
        step=matter.step,
        round=_round(session, matter),
        on=when,
        words=words("said", given.said, most=2000),
        passed=given.passed,
        proposal=words("proposal", given.proposal or matter.proposal, most=1000),
        recorded_by=actor_of(session).id,
        recorded_at=now,
    )
    if matter.step in POSTED:
        record.until = day("until", given.until, least=when + timedelta(days=LEAST_POSTED))
        record.passed = True
    if matter.step in MEETINGS:
        record.place, record.host = line("place", given.place, most=80), line("host", given.host, most=60)
        record.recorder = line("recorder", given.recorder, most=60)
        record.due = whole("due", given.due, least=1, most=PEOPLE_MOST)
        record.present = whole("present", given.present, least=0, most=record.due)
    if matter.step in VOTED:
        rule = step_rule(session, matter.step, households=matter.households, today=day_of(now))
        _vote(record, rule, given.votes_for, given.votes_against, given.votes_abstain)
    session.add(record)
    matter.proposal = record.proposal
    if record.passed:
        after = following(matter.step)
        if after is None:
            matter.state, matter.ended_at = VillageState.FINISHED, now
        else:
            matter.step = after
    session.flush()
    return {"passed": record.passed, "step": matter.step.value}


def _vote(record: VillageRecord, rule: HouseRule | None, *counts: int | None) -> None:
    assert rule is not None and record.due is not None and record.present is not None  # noqa: S101, PT018 - VOTED steps
    names = ("votes_for", "votes_against", "votes_abstain")
    votes = [whole(name, count, least=0, most=record.present) for name, count in zip(names, counts, strict=True)]
    try:
        decision = decided(rule, due=record.due, present=record.present, votes=(votes[0], votes[1], votes[2]))
    except VotesExceedPresent:
        raise Refused("more_votes_than_present", cast=sum(votes), present=record.present) from None
    record.votes_for, record.votes_against, record.votes_abstain = votes
    record.rule, record.passed = rule.to_json(), decision.passed


def _running(session: Session, matter_id: int, version: int) -> VillageMatter:
    matter = load(session, VillageMatter, matter_id, version=version, lock=True)
    if matter.state is not VillageState.RUNNING:
        raise WrongStage(what="village_matter", stage=matter.state, permission=Permission.RUN_VILLAGE)
    return matter


def _last(session: Session, matter_id: int) -> VillageRecord | None:
    query = select(VillageRecord).where(VillageRecord.matter_id == matter_id).order_by(VillageRecord.id.desc())
    return session.scalar(query.limit(1))


def _least(matter: VillageMatter, last: VillageRecord | None) -> date | None:
    """Not before the last step; nothing is carried out while the resolution is still being published."""
    if last is None:
        return None
    waits = matter.step is VillageStep.IMPLEMENTATION and last.step is VillageStep.RESOLUTION_POSTED
    return last.until if waits and last.until else last.on


def _round(session: Session, matter: VillageMatter) -> int:
    query = select(VillageRecord.round).where(VillageRecord.matter_id == matter.id, VillageRecord.step == matter.step)
    return max(session.scalars(query).all(), default=0) + 1


@action(Permission.RUN_VILLAGE)
def send_back(session: Session, *, matter_id: int, version: int, to: VillageStep | None, reason: str) -> str:
    """Change a proposal and discuss it anew from an earlier step; what was recorded stays. The step."""
    matter = _running(session, matter_id, version)
    target = chosen("to", to, BACK_TO)
    line("reason", reason, most=200)
    order = list(VillageStep)
    if order.index(target) >= order.index(matter.step) or matter.step not in (*MEETINGS, *BACK_TO):
        raise BadInput("to", Problem.UNKNOWN_CHOICE)
    matter.step, matter.stop_reason = target, line("reason", reason, most=200)
    return target.value


@action(Permission.RUN_VILLAGE)
def stop_matter(session: Session, *, matter_id: int, version: int, reason: str, now: datetime) -> int:
    """Give a matter up, with the reason."""
    matter = _running(session, matter_id, version)
    matter.stop_reason = line("reason", reason, most=200)
    matter.state, matter.ended_at = VillageState.STOPPED, now
    return matter.id


@action(Permission.RUN_VILLAGE)
def undo_step(session: Session, *, matter_id: int, version: int) -> str:
    """Take the last record back, which was entered by mistake; the log keeps it. The step that comes next again."""
    matter = load(session, VillageMatter, matter_id, version=version, lock=True)
    last = _last(session, matter.id)
    if last is None or matter.state is VillageState.STOPPED:
        raise Refused("nothing_to_undo")
    matter.step, matter.state, matter.ended_at = last.step, VillageState.RUNNING, None
    session.delete(load(session, VillageRecord, last.id))
    session.flush()
    before = _last(session, matter.id)
    if before is not None:
        matter.proposal = before.proposal
    return matter.step.value

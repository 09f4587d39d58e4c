"""协调会（沟通会）: register a dispute, invite the parties, record the talk and what was agreed, check, reopen."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.complaints.steps import complaints_escalated, complaints_relapsed, complaints_settled
from db.actions.doors.visits import place_in_reach
from db.actions.fields import chosen, day, line, moment, words
from db.actions.loading import actor_of, load
from db.actions.numbered import open_numbered
from db.counters import day_of
from db.engine import action
from db.errors import NotPermitted, Refused, WrongStage
from db.models import Mediation, MediationAction, MediationCheck, MediationEscalation, MediationParty, Need
from db.rules.complaints.mediation import ANSWER_WITHIN, may_follow
from db.rules.permissions import Permission
from db.terms import EscalationTo, MediationState, PartyKind, Role, TaskState

SERIES = "XT"
LEAST_PARTIES = 2


@action(Permission.RUN_MEDIATION)
def register_mediation(
    session: Session,
    *,
    title: str,
    matter: str,
    now: datetime,
    place_id: int | None = None,
    need_id: int | None = None,
) -> int:
    """Register a dispute, in words that name no resident. The id."""
    heading, text = line("title", title, most=60), words("matter", matter, most=1000)
    where = place_in_reach(session, place_id).id if place_id is not None else None
    about = load(session, Need, need_id).id if need_id is not None else None
    return open_numbered(
        session, Mediation, SERIES, now=now, title=heading, matter=text, place_id=where, need_id=about
    ).id


@action(Permission.RUN_MEDIATION)
def add_party(
    session: Session,
    *,
    mediation_id: int,
    kind: PartyKind | None,
    name: str,
    representative: str,
    contact: str = "",
    claim: str = "",
) -> int:
    """Who is to sit at the table and what they ask. The id."""
    row = _before_the_end(session, mediation_id)
    party = MediationParty(
        community_id=row.community_id,
        mediation_id=row.id,
        kind=chosen("kind", kind, tuple(PartyKind)),
        name=line("name", name, most=60),
        representative=line("representative", representative, most=60),
        contact=line("contact", contact, most=60, needed=False),
        claim=words("claim", claim, most=500, needed=False),
    )
    session.add(party)
    session.flush()
    return party.id


@action(Permission.RUN_MEDIATION)
def remove_party(session: Session, *, party_id: int) -> None:
    """A party that was entered by mistake, before the talks began."""
    party = load(session, MediationParty, party_id)
    row = load(session, Mediation, party.mediation_id, lock=True)
    if row.state not in (MediationState.REGISTERED, MediationState.CONVENED):
        raise WrongStage(what="mediation", stage=row.state, permission=Permission.RUN_MEDIATION)
    session.delete(party)


@action(Permission.RUN_MEDIATION)
def convene_mediation(
    session: Session, *, mediation_id: int, version: int, at: datetime | None, place: str, host: str
) -> int:
    """通知各方: when, where, who chairs; at least two parties. A relapse or a failed talk is convened again."""
    row = _step(session, mediation_id, version, MediationState.CONVENED)
    count = session.scalar(
        select(func.count()).select_from(MediationParty).where(MediationParty.mediation_id == row.id)
    )
    if (count or 0) < LEAST_PARTIES:
        raise Refused("parties_missing", count=count or 0, least=LEAST_PARTIES)
    row.at, row.place, row.host = moment("at", at), line("place", place, most=80), line("host", host, most=60)
    row.state = MediationState.CONVENED
    return row.id


@action(Permission.RUN_MEDIATION)
def open_mediation(session: Session, *, mediation_id: int, version: int, present: list[int], recorder: str) -> int:
    """The parties sit down: who came, who writes. At least two of them. How many came."""
    row = _step(session, mediation_id, version, MediationState.OPEN)
    parties = session.scalars(select(MediationParty).where(MediationParty.mediation_id == row.id)).all()
    came = set(present) & {party.id for party in parties}
    if len(came) < LEAST_PARTIES:
        raise Refused("parties_missing", count=len(came), least=LEAST_PARTIES)
    for party in parties:
        party.present = party.id in came
    row.recorder = line("recorder", recorder, most=60)
    row.state, row.meetings = MediationState.OPEN, row.meetings + 1
    return len(came)


@action(Permission.RUN_MEDIATION)
def record_talk(
    session: Session, *, mediation_id: int, version: int, issues: str, basis: str, agreed: str, not_agreed: str
) -> int:
    """争议焦点, 依据, what was agreed and what was not; may be written on until the talk is ended."""
    row = load(session, Mediation, mediation_id, version=version, lock=True)
    if row.state is not MediationState.OPEN:
        raise WrongStage(what="mediation", stage=row.state, permission=Permission.RUN_MEDIATION)
    row.issues = words("issues", issues, most=1000)
    row.basis = words("basis", basis, most=1000, needed=False)
    row.agreed = words("agreed", agreed, most=1000, needed=False)
    row.not_agreed = words("not_agreed", not_agreed, most=1000, needed=False)
    return row.id


@action(Permission.RUN_MEDIATION)
def agree_action(
    session: Session,
    *,
    mediation_id: int,
    title: str,
    party_id: int | None,
    owner: str,
    due_on: date | None,
    checker: str,
    now: datetime,
) -> int:
    """整改清单: what is to be done, by whom, until when, and who checks. The id."""
    row = load(session, Mediation, mediation_id, lock=True)
    if row.state is not MediationState.OPEN:
        raise WrongStage(what="mediation", stage=row.state, permission=Permission.RUN_MEDIATION)
    if party_id is not None and load(session, MediationParty, party_id).mediation_id != row.id:
        raise WrongStage(what="mediation", stage=row.state, permission=Permission.RUN_MEDIATION)
    agreed = MediationAction(
        community_id=row.community_id,
        mediation_id=row.id,
        title=line("title", title, most=100),
        party_id=party_id,
        owner=line("owner", owner, most=60),
        due_on=day("due_on", due_on, least=day_of(now)),
        checker=line("checker", checker, most=60),
    )
    session.add(agreed)
    session.flush()
    return agreed.id


@action(Permission.RUN_MEDIATION)
def end_talk(session: Session, *, mediation_id: int, version: int, agreed: bool) -> str:
    """The talk ends agreed (at least one action, and words) or not. The state."""
    to = MediationState.AGREED if agreed else MediationState.NOT_AGREED
    row = _step(session, mediation_id, version, to)
    if not row.issues:
        raise Refused("talk_not_recorded")
    actions = session.scalar(
        select(func.count()).select_from(MediationAction).where(MediationAction.mediation_id == row.id)
    )
    if agreed and not actions:
        raise Refused("nothing_agreed")
    row.state = to
    return to.value


@action(Permission.RUN_MEDIATION)
def check_action(session: Session, *, action_id: int, on: date | None, passed: bool, said: str, now: datetime) -> str:
    """复查 on site: passed or not. All passed settles the dispute; a failure after it was settled is a relapse (反弹).

    Returns the state of the dispute.
    """
    agreed = load(session, MediationAction, action_id, lock=True)
    row = load(session, Mediation, agreed.mediation_id, lock=True)
    if row.state not in (MediationState.AGREED, MediationState.SETTLED):
        raise WrongStage(what="mediation", stage=row.state, permission=Permission.RUN_MEDIATION)
    session.add(
        MediationCheck(
            community_id=row.community_id,
            action_id=agreed.id,
            on=day("on", on, most=day_of(now)),
            passed=passed,
            words=words("said", said, most=500),
            checked_by=actor_of(session).id,
            recorded_at=now,
        )
    )
    relapsed = not passed and agreed.state is TaskState.DONE
    agreed.state = TaskState.DONE if passed else TaskState.OPEN
    session.flush()
    if relapsed:
        row.state, row.ended_at = MediationState.RELAPSED, None
        complaints_relapsed(session, row, said, now=now)
        return row.state.value
    waiting = session.scalar(
        select(func.count())
        .select_from(MediationAction)
        .where(MediationAction.mediation_id == row.id, MediationAction.state == TaskState.OPEN)
    )
    if not waiting and row.state is MediationState.AGREED:
        row.state, row.ended_at = MediationState.SETTLED, now
        complaints_settled(session, row, now=now)
    return row.state.value


@action(Permission.RUN_MEDIATION)
def escalate_mediation(
    session: Session,
    *,
    mediation_id: int,
    version: int,
    reason: str,
    level: EscalationTo | None = EscalationTo.SUBDISTRICT,
    name: str = "",
    due_on: date | None = None,
    now: datetime,
) -> str:
    """上报: what the parties cannot agree on, or what keeps coming back, goes up with a day. The state."""
    row, today = _step(session, mediation_id, version, MediationState.ESCALATED), day_of(now)
    to = chosen("level", level, list(EscalationTo))
    until = today + ANSWER_WITHIN if due_on is None else day("due_on", due_on, least=today)
    row.not_agreed = words("reason", reason, most=1000)
    escalation = MediationEscalation(
        community_id=row.community_id,
        mediation_id=row.id,
        level=to,
        name=line("name", name, most=60, needed=to is EscalationTo.DEPARTMENT),
        reason=row.not_agreed,
        raised_on=today,
        raised_by=actor_of(session).id,
        due_on=until,
    )
    session.add(escalation)
    row.state, row.ended_at = MediationState.ESCALATED, now
    complaints_escalated(session, row, now=now)
    return row.state.value


@action(Permission.ANSWER_ESCALATION)
def answer_escalation(
    session: Session, *, escalation_id: int, version: int, answer: str, settled: bool, now: datetime
) -> str:
    """The answer from above, with which the dispute is settled or comes back to the table. The state.

    The subdistrict answers what came to it; what a department says is written down by the secretary.
    """
    raised = load(session, MediationEscalation, escalation_id, version=version, lock=True)
    row, actor = load(session, Mediation, raised.mediation_id, lock=True), actor_of(session)
    if raised.level is EscalationTo.SUBDISTRICT and actor.role is not Role.SUBDISTRICT_ADMIN:
        raise NotPermitted(permission=Permission.ANSWER_ESCALATION, role=actor.role)
    if raised.answered_on is not None or row.state is not MediationState.ESCALATED:
        raise Refused("already_answered")
    raised.answer = words("answer", answer, most=1000)
    raised.answered_on, raised.answered_by, raised.settled = day_of(now), actor.id, settled
    if settled:
        row.agreed = row.agreed or raised.answer
        row.state = MediationState.SETTLED
        complaints_settled(session, row, now=now)
    else:
        row.state, row.ended_at = MediationState.NOT_AGREED, None
    return row.state.value


def _step(session: Session, mediation_id: int, version: int, to: MediationState) -> Mediation:
    row = load(session, Mediation, mediation_id, version=version, lock=True)
    if not may_follow(row.state, to):
        raise WrongStage(what="mediation", stage=row.state, permission=Permission.RUN_MEDIATION)
    return row


def _before_the_end(session: Session, mediation_id: int) -> Mediation:
    row = load(session, Mediation, mediation_id, lock=True)
    if row.state in (MediationState.SETTLED, MediationState.ESCALATED):
        raise WrongStage(what="mediation", stage=row.state, permission=Permission.RUN_MEDIATION)
    return row

"""What the steps of a complaint have in common, and what a dispute's course does to the complaints behind it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.loading import load
from db.errors import WrongStage
from db.models import Complaint, ComplaintStep, Mediation, MediationAction
from db.queries.complaints.times import complaint_times
from db.queries.council.notices import holidays
from db.rules.complaints.due import due_times
from db.rules.complaints.life import COMPLAINT, IN_HAND, may_follow, way_to
from db.scope import UNSCOPED
from db.terms import ComplaintState, ComplaintStepKind, ResponsibleBody, Urgency

STEPS_LOOKED_AT = 60


def add_step(
    session: Session, row: Complaint, kind: ComplaintStepKind, *, now: datetime, note: str = "", **values: Any
) -> ComplaintStep:
    """Append one line to the complaint's life."""
    actor = session.info.get("actor")
    step = ComplaintStep(
        community_id=row.community_id,
        complaint_id=row.id,
        at=now,
        actor_id=actor.id if actor else None,
        kind=kind,
        values=values,
        note=note[:500],
    )
    session.add(step)
    return step


def complaint_to(session: Session, complaint_id: int, version: int, to: ComplaintState) -> Complaint:
    """The complaint, locked, in the version that was seen, if its life has a step to this state (else WrongStage)."""
    row = load(session, Complaint, complaint_id, version=version, lock=True)
    if not may_follow(row.state, to):
        raise WrongStage(what="complaint", stage=row.state, permission=session.info.get("permission"), to=to)
    return row


def complaint_in(session: Session, complaint_id: int, version: int, states: Sequence[ComplaintState]) -> Complaint:
    """The complaint, locked, if it stands at one of these states (else WrongStage)."""
    row = load(session, Complaint, complaint_id, version=version, lock=True)
    if row.state not in states:
        raise WrongStage(what="complaint", stage=row.state, permission=session.info.get("permission"))
    return row


def come_to(row: Complaint, to: ComplaintState, *, now: datetime) -> None:
    """Take a complaint on to a state that follows; what a fresh start makes void is emptied, its steps keep it."""
    if to in (ComplaintState.HANDED_OVER, ComplaintState.REOPENED):
        row.reply, row.replied_at, row.solved, row.satisfaction, row.closed_at = "", None, None, None, None
    row.state, row.state_since = to, now


def take_up_again(session: Session, row: Complaint, reason: str, *, now: datetime) -> None:
    """反弹: closed, and back again. It counts, and its time to answer begins anew."""
    come_to(row, ComplaintState.REOPENED, now=now)
    row.relapses += 1
    row.due_on = answered_by(session, row, now=now)
    add_step(session, row, ComplaintStepKind.REOPENED, now=now, note=reason, times=row.relapses)


def answered_by(session: Session, row: Complaint, *, now: datetime) -> date:
    """Until when a complaint is answered whose time begins anew."""
    return due_times(row.source, Urgency.NORMAL, now, holidays(session), complaint_times(session)).answer_on


def repeats_of(session: Session, first: Complaint, states: Sequence[ComplaintState]) -> list[Complaint]:
    """The repeated complaints that point to this one, in these states, locked in the order of their ids.

    Restricted ones too: whoever answers the first answers all of them.
    """
    query = (
        select(Complaint)
        .where(Complaint.repeat_of_id == first.id, Complaint.state.in_(states))
        .order_by(Complaint.id)
        .with_for_update()
    )
    return list(session.scalars(query, execution_options=UNSCOPED | {"populate_existing": True}))


def tries_in_vain(session: Session, complaint_id: int) -> int:
    """How often somebody tried to reach the asker since the last reply, in vain."""
    kinds = (ComplaintStepKind.REPLIED, ComplaintStepKind.REVISITED)
    query = (
        select(ComplaintStep.kind, ComplaintStep.values)
        .where(ComplaintStep.complaint_id == complaint_id, ComplaintStep.kind.in_(kinds))
        .order_by(ComplaintStep.id.desc())
        .limit(STEPS_LOOKED_AT)
    )
    tries = 0
    for step in session.execute(query):
        if step.kind is ComplaintStepKind.REPLIED:
            break
        tries += not step.values.get("reached")
    return tries


# --- what a dispute does to its complaints -----------------------------------------------------------------


def _behind(session: Session, dispute: Mediation) -> list[Complaint]:
    query = select(Complaint).where(Complaint.mediation_id == dispute.id).order_by(Complaint.id).with_for_update()
    return list(session.scalars(query, execution_options=UNSCOPED | {"populate_existing": True}))


def complaints_settled(session: Session, dispute: Mediation, *, now: datetime) -> int:
    """Every check passed: each complaint still in hand is answered with what was agreed, and waits for its revisit."""
    words = dispute.agreed or _measures(session, dispute)
    count = 0
    for row in _behind(session, dispute):
        if row.state not in IN_HAND:
            continue
        for state in way_to(row.state, ComplaintState.REPLIED):
            come_to(row, state, now=now)
        row.reply, row.replied_at = words[:500], now
        row.responsible = row.responsible or ResponsibleBody.COMMUNITY
        add_step(session, row, ComplaintStepKind.REPLIED, now=now, note=words, mediation=dispute.number)
        count += 1
    return count


def _measures(session: Session, dispute: Mediation) -> str:
    query = select(MediationAction.title).where(MediationAction.mediation_id == dispute.id).order_by(MediationAction.id)
    return "；".join(session.scalars(query))


def complaints_relapsed(session: Session, dispute: Mediation, said: str, *, now: datetime) -> int:
    """A check failed that had passed before: what was closed is opened again, what waited for a revisit is in hand."""
    count = 0
    for row in _behind(session, dispute):
        if row.state is ComplaintState.CLOSED:
            take_up_again(session, row, said, now=now)
        elif row.state is ComplaintState.REPLIED:
            come_to(row, ComplaintState.HANDED_OVER, now=now)
            add_step(
                session, row, ComplaintStepKind.MEDIATION, now=now, note=said, mediation=dispute.number, failed=True
            )
        else:
            continue
        count += 1
    return count


def complaints_escalated(session: Session, dispute: Mediation, *, now: datetime) -> int:
    """上报: what the parties could not settle is the department's now; its time to answer begins anew."""
    count = 0
    for row in _behind(session, dispute):
        if ComplaintState.HANDED_OVER not in (*COMPLAINT[row.state], row.state):
            continue
        come_to(row, ComplaintState.HANDED_OVER, now=now)
        row.responsible, row.responsible_name = ResponsibleBody.DEPARTMENT, ""
        answer_on = answered_by(session, row, now=now)
        row.due_on = max(row.due_on or answer_on, answer_on)
        add_step(session, row, ComplaintStepKind.ESCALATED, now=now, note=dispute.not_agreed, mediation=dispute.number)
        count += 1
    return count

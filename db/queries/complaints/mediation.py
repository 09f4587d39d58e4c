"""Disputes in a list, and one with parties (masked), actions and checks."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import Community, Mediation, MediationAction, MediationCheck, MediationEscalation, MediationParty
from db.queries.paging import ROWS, Page, due_first, worst_first
from db.rules.masking import masked_name, masked_phone, redact
from db.terms import EscalationTo, MediationState, PartyKind, TaskState


@dataclass(frozen=True, slots=True)
class MediationRow:
    """A dispute in a list."""

    id: int
    number: str
    title: str
    state: MediationState
    at: datetime | None
    meetings: int
    open_actions: int


@dataclass(frozen=True, slots=True)
class Party:
    """Who sits at the table; the representative's name and telephone are masked."""

    id: int
    version: int
    kind: PartyKind
    name: str
    representative: str
    contact: str
    claim: str
    present: bool


@dataclass(frozen=True, slots=True)
class Check:
    """复查 of one agreed action."""

    action_id: int
    on: date
    passed: bool
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """整改清单: what, who, until when, who checks, and what the checks found."""

    id: int
    version: int
    title: str
    owner: str
    due_on: date
    checker: str
    state: TaskState
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class DueCheck:
    """An agreed action whose day has come and that nobody has seen passed yet; `id` is the dispute's."""

    id: int
    dispute: str
    title: str
    owner: str
    checker: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Escalation:
    """上报 and the answer to it; numbers in the words are covered."""

    id: int
    version: int
    level: EscalationTo
    name: str
    reason: str
    raised_on: date
    raised_name: str
    due_on: date
    answer: str
    answered_on: date | None
    answered_name: str
    settled: bool


@dataclass(frozen=True, slots=True)
class MediationFacts:
    """One dispute with all its parts."""

    id: int
    version: int
    number: str
    title: str
    matter: str
    state: MediationState
    at: datetime | None
    place: str
    host: str
    recorder: str
    issues: str
    basis: str
    agreed: str
    not_agreed: str
    meetings: int
    community: str
    parties: tuple[Party, ...] = ()
    actions: tuple[AgreedAction, ...] = ()
    escalations: tuple[Escalation, ...] = ()

    @property
    def waits(self) -> Escalation | None:
        """What went up and is not answered."""
        return next((one for one in self.escalations if one.answered_on is None), None)

    @property
    def settled(self) -> bool:
        """Whether every agreed action passed its last check."""
        return bool(self.actions) and all(one.checks and one.checks[-1].passed for one in self.actions)


def mediations(session: Session, *, before: int | None = None) -> Page[MediationRow]:
    """Disputes with the actions that wait for a check: by the day of the first check, then the running ones, newest
    first."""
    waiting = (
        select(func.count())
        .where(MediationAction.mediation_id == Mediation.id, MediationAction.state == TaskState.OPEN)
        .correlate(Mediation)
        .scalar_subquery()
    )
    due = (
        select(func.min(MediationAction.due_on))
        .where(MediationAction.mediation_id == Mediation.id, MediationAction.state == TaskState.OPEN)
        .correlate(Mediation)
        .scalar_subquery()
    )
    query = select(
        *(Mediation.id, Mediation.number, Mediation.title, Mediation.state, Mediation.at, Mediation.meetings),
        waiting.label("open_actions"),
    ).limit(ROWS + 1)
    query = worst_first(query, Mediation, *due_first(Mediation.state != MediationState.SETTLED, due), before=before)
    rows = [MediationRow(**row._mapping) for row in session.execute(query)]
    return Page(tuple(rows[:ROWS]), len(rows) > ROWS)


def due_checks(session: Session, *, today: date) -> tuple[DueCheck, ...]:
    """Agreed actions that wait for their check and are due, the oldest first."""
    query = (
        select(
            *(Mediation.id, Mediation.title.label("dispute"), MediationAction.title, MediationAction.owner),
            *(MediationAction.checker, MediationAction.due_on),
        )
        .join(Mediation, Mediation.id == MediationAction.mediation_id)
        .where(
            MediationAction.state == TaskState.OPEN,
            MediationAction.due_on <= today,
            Mediation.state.in_((MediationState.AGREED, MediationState.SETTLED)),
        )
        .order_by(MediationAction.due_on, MediationAction.id)
        .limit(ROWS)
    )
    return tuple(DueCheck(**row._mapping) for row in session.execute(query))


def mediation(session: Session, mediation_id: int) -> MediationFacts:
    """One dispute; people are masked. Raises NotFound."""
    row = session.execute(
        select(
            *(Mediation.id, Mediation.version, Mediation.number, Mediation.title, Mediation.matter, Mediation.state),
            *(Mediation.at, Mediation.place, Mediation.host, Mediation.recorder, Mediation.issues, Mediation.basis),
            *(Mediation.agreed, Mediation.not_agreed, Mediation.meetings, Community.name.label("community")),
        )
        .join(Community, Community.id == Mediation.community_id)
        .where(Mediation.id == mediation_id)
    ).first()
    if row is None:
        raise NotFound(what="mediation", id=mediation_id)
    return MediationFacts(
        **row._mapping,
        parties=_parties(session, mediation_id),
        actions=_actions(session, mediation_id),
        escalations=_escalations(session, mediation_id),
    )


def _parties(session: Session, mediation_id: int) -> tuple[Party, ...]:
    rows = session.execute(
        select(
            *(MediationParty.id, MediationParty.version, MediationParty.kind, MediationParty.name),
            *(MediationParty.representative, MediationParty.contact, MediationParty.claim, MediationParty.present),
        )
        .where(MediationParty.mediation_id == mediation_id)
        .order_by(MediationParty.id)
        .limit(ROWS)
    )
    return tuple(
        Party(
            **{
                **row._mapping,
                "representative": masked_name(row.representative),
                "contact": masked_phone(row.contact) if row.contact else "",
            }
        )
        for row in rows
    )


def _actions(session: Session, mediation_id: int) -> tuple[AgreedAction, ...]:
    checks: dict[int, list[Check]] = {}
    found = session.execute(
        select(
            *(MediationCheck.action_id, MediationCheck.on, MediationCheck.passed, MediationCheck.words),
            MediationCheck.checked_name.label("by"),
        )
        .join(MediationAction, MediationAction.id == MediationCheck.action_id)
        .where(MediationAction.mediation_id == mediation_id)
        .order_by(MediationCheck.id)
        .limit(4 * ROWS)
    )
    for row in found:
        checks.setdefault(row.action_id, []).append(Check(**row._mapping))
    rows = session.execute(
        select(
            *(MediationAction.id, MediationAction.version, MediationAction.title, MediationAction.owner),
            *(MediationAction.due_on, MediationAction.checker, MediationAction.state),
        )
        .where(MediationAction.mediation_id == mediation_id)
        .order_by(MediationAction.id)
        .limit(ROWS)
    )
    return tuple(AgreedAction(**row._mapping, checks=tuple(checks.get(row.id, ()))) for row in rows)


def _escalations(session: Session, mediation_id: int) -> tuple[Escalation, ...]:
    query = (
        select(
            *(MediationEscalation.id, MediationEscalation.version, MediationEscalation.level, MediationEscalation.name),
            *(MediationEscalation.reason, MediationEscalation.raised_on, MediationEscalation.raised_name),
            *(MediationEscalation.due_on, MediationEscalation.answer, MediationEscalation.answered_on),
            *(MediationEscalation.answered_name, MediationEscalation.settled),
        )
        .where(MediationEscalation.mediation_id == mediation_id)
        .order_by(MediationEscalation.id)
        .limit(ROWS)
    )
    return tuple(
        Escalation(**{**row._mapping, "reason": redact(row.reason), "answer": redact(row.answer)})
        for row in session.execute(query)
    )

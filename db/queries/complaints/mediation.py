"""Disputes in a list, and one with parties (masked), actions and checks."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import Account, Community, Mediation, MediationAction, MediationCheck, MediationParty
from db.queries.paging import ROWS, Page
from db.rules.complaints.mediation import AgreedAction, Check, DueCheck, MediationFacts, MediationRow, Party
from db.rules.masking import masked_name, masked_phone
from db.terms import MediationState, TaskState


def mediations(session: Session, *, before: int | None = None) -> Page[MediationRow]:
    """Disputes, newest first, with the actions that wait for a check."""
    waiting = (
        select(func.count())
        .where(MediationAction.mediation_id == Mediation.id, MediationAction.state == TaskState.OPEN)
        .correlate(Mediation)
        .scalar_subquery()
    )
    query = (
        select(
            *(Mediation.id, Mediation.number, Mediation.title, Mediation.state, Mediation.at, Mediation.meetings),
            waiting.label("open_actions"),
        )
        .order_by(Mediation.id.desc())
        .limit(ROWS + 1)
    )
    if before is not None:
        query = query.where(Mediation.id < before)
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
        **row._mapping, parties=_parties(session, mediation_id), actions=_actions(session, mediation_id)
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
            Account.name.label("by"),
        )
        .join(MediationAction, MediationAction.id == MediationCheck.action_id)
        .join(Account, Account.id == MediationCheck.checked_by)
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

"""协调会（沟通会）: parties, issues, agreed actions with owner and date, re-checks (docs/domain.md 11.2)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.types import (
    Id,
    InCommunity,
    Line,
    Model,
    Short,
    Versioned,
    coded,
    copied,
    encrypted,
    public,
    reference,
    said,
    stored_enum,
)
from db.terms import EscalationTo, MediationState, PartyKind, TaskState


class Mediation(InCommunity, Versioned, Model):
    """One dispute; it may meet several times, and a relapse opens it again."""

    __tablename__ = "mediation"
    __table_args__ = (UniqueConstraint("community_id", "number"), Index("ix_mediation_state", "community_id", "state"))

    id: Mapped[Id]
    number: Mapped[Short] = coded()
    title: Mapped[Line] = said(shown="a heading in every list")
    matter: Mapped[str] = said(1000)
    """What it is about, without a resident's name."""
    need_id: Mapped[int | None] = reference("need.id", nullable=True)
    place_id: Mapped[int | None] = reference("place.id", nullable=True)
    state: Mapped[MediationState] = stored_enum(MediationState, default=MediationState.REGISTERED)
    at: Mapped[datetime | None]
    place: Mapped[Line] = public(default="")
    host: Mapped[Short] = public(default="")
    recorder: Mapped[Short] = public(default="")
    issues: Mapped[str] = said(1000, default="")
    """争议焦点."""
    basis: Mapped[str] = public(1000, default="")
    """依据: laws, measurements, expert advice."""
    agreed: Mapped[str] = said(1000, default="")
    not_agreed: Mapped[str] = said(1000, default="")
    meetings: Mapped[int] = mapped_column(default=0)
    made_by: Mapped[int] = reference("account.id")
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class MediationParty(InCommunity, Versioned, Model):
    """Who sits at the table, and what they ask; a person's name is personal data."""

    __tablename__ = "mediation_party"

    id: Mapped[Id]
    mediation_id: Mapped[int] = reference("mediation.id")
    kind: Mapped[PartyKind] = stored_enum(PartyKind)
    name: Mapped[Line] = said()
    """The office, shop or group: 区环保局, 某餐馆, 业主代表."""
    representative: Mapped[str] = encrypted()
    contact: Mapped[str] = encrypted()
    claim: Mapped[str] = said(500, default="")
    present: Mapped[bool] = mapped_column(default=False)


class MediationAction(InCommunity, Versioned, Model):
    """整改清单: what was agreed, by whom, until when, and who checks."""

    __tablename__ = "mediation_action"

    id: Mapped[Id]
    mediation_id: Mapped[int] = reference("mediation.id")
    title: Mapped[Line] = said(shown="a heading in every list")
    party_id: Mapped[int | None] = reference("mediation_party.id", nullable=True)
    owner: Mapped[Line] = said(shown="the office or group that has to act")
    due_on: Mapped[date]
    checker: Mapped[Short] = public()
    state: Mapped[TaskState] = stored_enum(TaskState, default=TaskState.OPEN)


class MediationCheck(InCommunity, Model):
    """复查: passed or not; a failed one after a passed one is a relapse (反弹)."""

    __tablename__ = "mediation_check"

    id: Mapped[Id]
    action_id: Mapped[int] = reference("mediation_action.id")
    on: Mapped[date]
    passed: Mapped[bool]
    words: Mapped[str] = said(500)
    checked_by: Mapped[int] = reference("account.id")
    checked_name: Mapped[Short] = copied("checked_by")
    recorded_at: Mapped[datetime]


class MediationEscalation(InCommunity, Versioned, Model):
    """上报 of one dispute: to whom, why, until when an answer is due, and the answer with which it came back."""

    __tablename__ = "mediation_escalation"
    __table_args__ = (
        Index("ix_mediation_escalation_open", "community_id", "answered_on", "due_on"),
        CheckConstraint("due_on >= raised_on", name="due"),
    )

    id: Mapped[Id]
    mediation_id: Mapped[int] = reference("mediation.id")
    level: Mapped[EscalationTo] = stored_enum(EscalationTo)
    name: Mapped[Line] = public(default="")
    """Which department."""
    reason: Mapped[str] = said(1000)
    raised_on: Mapped[date]
    raised_by: Mapped[int] = reference("account.id")
    raised_name: Mapped[Short] = copied("raised_by")
    due_on: Mapped[date]
    answer: Mapped[str] = said(1000, default="")
    answered_on: Mapped[date | None]
    answered_by: Mapped[int | None] = reference("account.id", nullable=True)
    answered_name: Mapped[Short] = copied("answered_by")
    settled: Mapped[bool] = mapped_column(default=False)
    """The answer ended the dispute; otherwise the parties meet again."""

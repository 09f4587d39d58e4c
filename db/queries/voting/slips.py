"""What the holder of a slip sees on a phone without an account: the open ballot with the own vote, or a result."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import Session

from db.engine import reading_as_system
from db.models import (
    AgendaItem,
    Ballot,
    BallotWay,
    Meeting,
    Sealed,
    SecretVote,
    Slip,
    SlipAside,
    box_code,
    check_code,
    phone_mark,
    slip_hash,
)
from db.rules.voting.house_rule import HouseRule
from db.rules.voting.question import Question
from db.rules.voting.result import Result, result_from_json
from db.rules.voting.slip_code import understood
from db.terms import BallotState, MeetingState, Outcome, SlipState, VoteMethod


@dataclass(frozen=True, slots=True)
class SlipBallot:
    """The ballot in which this slip may vote now."""

    ballot_id: int
    position: int
    title: str
    motion: str
    question: Question
    owners_matter: bool
    shuffle: bool
    """Options stand in another random order before every voter."""
    cast: bool
    """Whether a vote is in."""
    pattern: str
    """What it says (`db.rules.voting.question`), to the phone that cast it; empty for every other one."""
    check_code: str
    turnout: int
    """Slips cast; what they say is nowhere to be read."""
    voting: int
    """Slips that may vote."""


@dataclass(frozen=True, slots=True)
class SlipResult:
    """The result announced last in the meeting."""

    ballot_id: int
    position: int
    title: str
    motion: str
    question: Question
    owners_matter: bool
    outcome: Outcome
    result: Result
    check_code: str
    """Empty when no slips were cast in it."""
    pattern: str
    """What was counted for this slip; empty when it did not vote."""


@dataclass(frozen=True, slots=True)
class SlipView:
    """All that a slip's page shows."""

    meeting: str
    state: MeetingState
    void: bool
    """Declared void: it cannot vote any more."""
    set_aside: bool
    """A ballot runs in which this slip does not count: its holder steps back or votes in another way."""
    stopped: str
    """Title of the item whose ballot has ended and waits to be announced; empty when there is none."""
    ballot: SlipBallot | None
    result: SlipResult | None
    rule: dict[str, Any] | None = None
    """The meeting's frozen house rule, for the sentence of the result."""


def slip_view(code: str, phone: str = "") -> SlipView | None:
    """What the holder of a slip sees, in four statements at most; None for a code that belongs to no slip.

    `phone` is the key that the phone holds: while the ballot is open, the phone that cast the vote sees its choice, and
    every other one only that a vote is in. Whoever keeps the printed slips could else read each vote as it comes.
    """
    meant = understood(code) if isinstance(code, str) else None
    if meant is None:
        return None
    with reading_as_system("slip") as session:
        slip = session.execute(
            select(Slip.id, Slip.state, Slip.meeting_id, Meeting.title, Meeting.state.label("stands"), Meeting.rule)
            .join(Meeting, Meeting.id == Slip.meeting_id)
            .where(Slip.code_hash == slip_hash(meant))
        ).first()
        if slip is None:
            return None
        running = _running(session, slip)
        usable = running is not None and running.issued is not None and not running.aside
        mine = running is not None and running.state is BallotState.OPEN and usable and slip.state is SlipState.READY
        return SlipView(
            meeting=slip.title,
            state=slip.stands,
            void=slip.state is SlipState.VOID,
            set_aside=running is not None and running.issued is not None and running.aside,
            stopped=running.title if running is not None and running.state is BallotState.STOPPED else "",
            ballot=_ballot(session, slip, running, meant, phone) if running is not None and mine else None,
            result=_result(session, slip.meeting_id, meant) if running is None else None,
            rule=slip.rule,
        )


def _running(session: Session, slip: Row[Any]) -> Row[Any] | None:
    aside = exists().where(SlipAside.ballot_id == Ballot.id, SlipAside.slip_id == slip.id)
    turnout = select(func.count()).where(SecretVote.ballot_id == Ballot.id).correlate(Ballot).scalar_subquery()
    return session.execute(
        select(
            *(Ballot.id, Ballot.state, Ballot.title, Ballot.motion, Ballot.question, BallotWay.issued),
            *(AgendaItem.position, AgendaItem.owners_matter, aside.label("aside"), turnout.label("turnout")),
        )
        .join(AgendaItem, AgendaItem.id == Ballot.item_id)
        .outerjoin(BallotWay, (BallotWay.ballot_id == Ballot.id) & (BallotWay.way == VoteMethod.SLIP))
        .where(Ballot.meeting_id == slip.meeting_id, Ballot.state.in_((BallotState.OPEN, BallotState.STOPPED)))
    ).first()


def _ballot(session: Session, slip: Row[Any], running: Row[Any], code: str, phone: str) -> SlipBallot:
    box = (SecretVote.ballot_id == running.id, SecretVote.code == box_code(code, running.id))
    sealed = session.scalar(select(SecretVote.sealed).where(*box))
    vote, mark = Sealed.read(sealed) if sealed else None, phone_mark(phone, running.id)
    return SlipBallot(
        ballot_id=running.id,
        position=running.position,
        title=running.title,
        motion=running.motion,
        question=Question.from_json(running.question),
        owners_matter=running.owners_matter,
        shuffle=HouseRule.from_json(slip.rule or {}).shuffle_options,
        cast=vote is not None,
        pattern=vote.choice if vote is not None and mark and vote.phone == mark else "",
        check_code=check_code(code, running.id),
        turnout=running.turnout,
        voting=running.issued,
    )


def _result(session: Session, meeting_id: int, code: str) -> SlipResult | None:
    last = session.execute(
        select(
            *(Ballot.id, Ballot.title, Ballot.motion, Ballot.question, BallotWay.issued),
            *(AgendaItem.position, AgendaItem.owners_matter, AgendaItem.outcome, AgendaItem.decision),
        )
        .join(AgendaItem, AgendaItem.id == Ballot.item_id)
        .outerjoin(BallotWay, (BallotWay.ballot_id == Ballot.id) & (BallotWay.way == VoteMethod.SLIP))
        .where(Ballot.meeting_id == meeting_id, Ballot.state == BallotState.CLOSED)
        .order_by(Ballot.closed_at.desc(), Ballot.id.desc())
        .limit(1)
    ).first()
    if last is None or last.outcome is None or last.decision is None:
        return None
    own = check_code(code, last.id) if last.issued is not None else ""
    listed = (SecretVote.ballot_id == last.id, SecretVote.code == own)
    return SlipResult(
        ballot_id=last.id,
        position=last.position,
        title=last.title,
        motion=last.motion,
        question=Question.from_json(last.question),
        owners_matter=last.owners_matter,
        outcome=last.outcome,
        result=result_from_json(last.decision),
        check_code=own,
        pattern=(session.scalar(select(SecretVote.choice).where(*listed)) or "") if own else "",
    )

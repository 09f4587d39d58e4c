"""What a member needs in order to vote, and what the chair sees of an open ballot: turnout, never the tally."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Account, AgendaItem, Attendance, Ballot, BallotVoter, BallotWay, BodyMember, Meeting, NamedVote
from db.queries.named import Named
from db.rules.permissions import GRANTS, Permission
from db.rules.voting.decision import HouseRule
from db.rules.voting.question import MOTION, Question
from db.rules.voting.result import Result, result_from_json
from db.terms import BallotState, Choice, MeetingState, Outcome, QuestionKind, VoteMethod


@dataclass(frozen=True, slots=True)
class MyBallot:
    """The open ballot that a member may vote in, with the vote so far."""

    ballot_id: int
    round: int
    meeting: str
    position: int
    title: str
    motion: str
    owners_matter: bool
    choice: Choice | None
    """Of a motion; of any other question see `pattern`."""
    turnout: int
    voting: int
    """Those who vote by name, alone or assisted."""
    question: Question = MOTION
    pattern: str = ""
    """The vote so far (`db.rules.voting.question`); empty before the first one."""
    shuffle: bool = False
    """Options stand in another random order before every voter."""


@dataclass(frozen=True, slots=True)
class LastResult:
    """The item decided last in the meeting a member sits in."""

    title: str
    outcome: Outcome
    result: Result


def my_ballot(session: Session, account_id: int) -> MyBallot | None:
    """The open named ballot in which this account's member may vote, with the choice so far."""
    cast = aliased(NamedVote)
    turnout = select(func.count(cast.id)).where(cast.ballot_id == Ballot.id).correlate(Ballot).scalar_subquery()
    ways = aliased(BallotWay)
    by_name = (
        select(func.sum(ways.issued))
        .where(ways.ballot_id == Ballot.id, ways.way.in_((VoteMethod.NAMED, VoteMethod.ASSISTED)))
        .correlate(Ballot)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            *(
                Ballot.id.label("ballot_id"),
                Ballot.round,
                Meeting.title.label("meeting"),
                AgendaItem.position,
                AgendaItem.title,
            ),
            *(AgendaItem.motion, AgendaItem.owners_matter, NamedVote.choice, turnout.label("turnout")),
            *(Ballot.question, Meeting.rule, by_name.label("voting")),
        )
        .join(BallotVoter, BallotVoter.ballot_id == Ballot.id)
        .join(BodyMember, BodyMember.id == BallotVoter.member_id)
        .join(AgendaItem, AgendaItem.id == Ballot.item_id)
        .join(Meeting, Meeting.id == Ballot.meeting_id)
        .outerjoin(NamedVote, (NamedVote.ballot_id == Ballot.id) & (NamedVote.member_id == BallotVoter.member_id))
        .where(
            BodyMember.account_id == account_id,
            BallotVoter.way == VoteMethod.NAMED,
            Ballot.state == BallotState.OPEN,
        )
        .order_by(Ballot.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    facts = dict(row._mapping)
    stored, pattern = facts.pop("rule"), facts.pop("choice") or ""
    question = Question.from_json(facts.pop("question"))
    motion = question.kind is QuestionKind.MOTION
    return MyBallot(
        **facts,
        choice=Choice(pattern) if pattern and motion else None,
        question=question,
        pattern=pattern,
        shuffle=HouseRule.from_json(stored).shuffle_options,
    )


def last_result(session: Session, account_id: int) -> LastResult | None:
    """What was decided last in an open meeting at which this account's member is due."""
    row = session.execute(
        select(AgendaItem.title, AgendaItem.outcome, AgendaItem.decision)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .join(BodyMember, BodyMember.id == Attendance.member_id)
        .where(
            BodyMember.account_id == account_id,
            Meeting.state == MeetingState.OPEN,
            AgendaItem.decision.is_not(None),
        )
        .order_by(AgendaItem.decided_at.desc(), AgendaItem.id.desc())
        .limit(1)
    ).first()
    if row is None or row.outcome is None:
        return None
    return LastResult(row.title, row.outcome, result_from_json(row.decision))


def voters_without_account(session: Session, ballot_id: int) -> tuple[Named, ...]:
    """Members who vote by name, have not voted yet and cannot by themselves."""
    represented = (
        select(Attendance.id)
        .join(Ballot, Ballot.meeting_id == Attendance.meeting_id)
        .where(Ballot.id == ballot_id, Attendance.member_id == BodyMember.id, Attendance.proxy != "")
        .exists()
    )
    said_aloud = or_(~can_vote(), represented)
    return _not_yet(session, ballot_id, BallotVoter.way == VoteMethod.NAMED, said_aloud)


def can_vote() -> ColumnElement[bool]:
    """Whether a member has an account that can vote now: not disabled, of a role that votes, of the same community."""
    return (
        select(Account.id)
        .where(
            Account.id == BodyMember.account_id,
            Account.disabled_at.is_(None),
            Account.role.in_(sorted(GRANTS[Permission.CAST_BALLOT].roles)),
            Account.community_id == BodyMember.community_id,
        )
        .correlate(BodyMember)
        .exists()
    )


def voters_to_assist(session: Session, ballot_id: int) -> tuple[Named, ...]:
    """Members whose vote staff enters before a witness, and who have not voted yet."""
    return _not_yet(session, ballot_id, BallotVoter.way == VoteMethod.ASSISTED)


def _not_yet(session: Session, ballot_id: int, *where: ColumnElement[bool]) -> tuple[Named, ...]:
    rows = session.execute(
        select(BodyMember.id, BodyMember.seat, BodyMember.name)
        .join(BallotVoter, BallotVoter.member_id == BodyMember.id)
        .outerjoin(NamedVote, (NamedVote.ballot_id == ballot_id) & (NamedVote.member_id == BodyMember.id))
        .where(BallotVoter.ballot_id == ballot_id, NamedVote.id.is_(None), *where)
        .order_by(BodyMember.seat)
    )
    return tuple(Named(row.id, f"{row.seat:02d} {row.name}") for row in rows)

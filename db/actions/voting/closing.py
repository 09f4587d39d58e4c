"""The end of a ballot: stop taking votes, announce the result, or declare it void; and what follows a "no".

Whatever is announced is counted from the ballot file, so counting that file again gives the same outcome.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.actions.fields import line, words
from db.actions.life import add_to_life
from db.actions.loading import load
from db.actions.meetings.meetings import advance, item_of_open_meeting, postpone
from db.actions.needs.agenda import need_of
from db.actions.needs.answering import owe_answers
from db.actions.needs.stages import set_stage
from db.actions.screen.screen import turn_if_following
from db.actions.voting.ballots import RUNNING, ballot_at, with_meeting
from db.audit import UNAUDITED
from db.engine import action, sweep_after_commit
from db.errors import Refused
from db.models import AgendaItem, Ballot, BallotWay, HandCount, PaperCount, Sealed, SecretVote, SlipChange, random_id
from db.queries.voting.ballots import ballot_file
from db.rules.permissions import Permission
from db.rules.voting import ballot_file as file_of
from db.rules.voting.ballot_account import BallotAccount
from db.rules.voting.ballot_file import Recount
from db.rules.voting.decision import Decision
from db.rules.voting.question import Question
from db.rules.voting.result import result_to_json, tally_to_json
from db.rules.voting.second_ballot import elected_so_far
from db.terms import (
    AnswerKind,
    BallotState,
    Happening,
    ItemState,
    NeedStage,
    Outcome,
    TieRule,
    VoteMethod,
)

# --- stopping -----------------------------------------------------------------------------------------


@action(Permission.RUN_MEETING)
def stop_ballot(session: Session, *, ballot_id: int, now: datetime) -> int:
    """No vote comes in any more, and nothing is shown yet; stopping twice changes nothing. The ballot's id."""
    ballot, item, meeting = with_meeting(session, ballot_id)
    if ballot.state not in RUNNING:
        raise Refused("ballot_closed")
    if ballot.state is BallotState.OPEN:
        ballot.state, ballot.stopped_at = BallotState.STOPPED, now
        turn_if_following(session, meeting, now=now, item_id=item.id, revealed=False)
    return ballot.id


@action(Permission.RUN_MEETING)
def resume_ballot(session: Session, *, ballot_id: int, now: datetime) -> int:
    """Take votes again, while nobody has seen a result; the audit log tells of it. The ballot's id.

    Raises Refused("box_is_open") once somebody has counted paper ballots.
    """
    ballot, item, meeting = with_meeting(session, ballot_id)
    if ballot.state not in RUNNING:
        raise Refused("ballot_closed")
    if session.scalar(select(PaperCount.id).where(PaperCount.ballot_id == ballot.id).limit(1)) is not None:
        raise Refused("box_is_open")
    if ballot.state is BallotState.STOPPED:
        ballot.state, ballot.stopped_at = BallotState.OPEN, None
        turn_if_following(session, meeting, now=now, item_id=item.id, revealed=False)
    return ballot.id


@action(Permission.RUN_MEETING)
def cancel_ballot(session: Session, *, ballot_id: int, reason: str, now: datetime) -> int:
    """Declare a ballot void before it is announced, with the reason; secret votes are wiped unread.

    The item goes back to discussion.
    """
    ballot, item, meeting = with_meeting(session, ballot_id)
    if ballot.state not in RUNNING:
        raise Refused("ballot_closed")
    why = line("reason", reason, most=200)
    ballot.state, ballot.closed_at, ballot.void_reason = BallotState.CANCELLED, now, why
    sweep_after_commit(session)
    session.execute(delete(SecretVote).where(SecretVote.ballot_id == ballot.id), execution_options=UNAUDITED)
    session.execute(delete(SlipChange).where(SlipChange.ballot_id == ballot.id), execution_options=UNAUDITED)
    for count in session.scalars(select(PaperCount).where(PaperCount.ballot_id == ballot.id)):
        session.delete(count)
    advance(session, item, ItemState.DISCUSSING)
    turn_if_following(session, meeting, now=now)
    return ballot.id


# --- announcing ---------------------------------------------------------------------------------------


@action(Permission.RUN_MEETING)
def close_ballot(session: Session, *, ballot_id: int, now: datetime) -> dict[str, Any]:
    """Announce a ballot, stopped or still open: open the secret votes, balance the accounts, decide by the frozen rule.

    Announcing twice changes nothing. Returns outcome and round. Passed: the need stays on the agenda until its notice
    is posted. Not passed: the chair says what becomes of it (`answer_rejected`, `keep_in_reserve`). A tie follows the
    house rule's tie rule, and the next ballot asks only for what is contested; without a quorum the item is postponed.
    Raises Refused("counts_missing") while hands or paper are not counted by two, Refused("books_do_not_balance").
    """
    earlier = load(session, Ballot, ballot_id)
    if earlier.state is BallotState.CLOSED:
        return {"outcome": load(session, AgendaItem, earlier.item_id).outcome, "round": earlier.round}
    ballot, item, meeting = with_meeting(session, ballot_id)
    if ballot.state is BallotState.CLOSED:
        return {"outcome": item.outcome, "round": ballot.round}
    ballot_at(session, ballot_id, RUNNING)
    ways = {row.way: row for row in session.scalars(select(BallotWay).where(BallotWay.ballot_id == ballot.id))}
    _counted_by_two(session, ballot, set(ways))
    if VoteMethod.SLIP in ways:
        _open_sealed(session, ballot)
    ballot.state, ballot.closed_at = BallotState.CLOSED, now
    session.flush()
    counted = ballot_file(session, ballot.id)
    result = file_of.recount(counted, file_of.write(counted))
    if not result.balanced:
        way = result.faults[0][0] if result.faults else ballot.method
        raise Refused("books_do_not_balance", way=way, excess=result.excess, faults=result.faults)
    for account in counted.accounts():
        _write_account(ways[account.way], account)
    outcome = _announce(session, ballot, item, result, now)
    _follow(session, item, outcome, now)
    turn_if_following(session, meeting, now=now, item_id=item.id, revealed=False)
    return {"outcome": outcome, "round": ballot.round}


def _counted_by_two(session: Session, ballot: Ballot, ways: set[VoteMethod]) -> None:
    """Hands and paper are in when two people agree; those who differed were both struck."""
    for way, entries in (
        (VoteMethod.HANDS, select(HandCount.id).where(HandCount.ballot_id == ballot.id)),
        (VoteMethod.PAPER, select(PaperCount.id).where(PaperCount.ballot_id == ballot.id)),
    ):
        entered = len(session.scalars(entries).all()) if way in ways else 2
        if entered != 2:
            raise Refused("counts_missing", entered=entered, way=way)


def _open_sealed(session: Session, ballot: Ballot) -> None:
    """Open the secret votes and write them anew in order of their check codes, under new numbers.

    What stood in the order of casting is gone with its rows; what comes instead has one transaction, one order and
    other codes than before.
    """
    sweep_after_commit(session)
    query = select(SecretVote.sealed).where(SecretVote.ballot_id == ballot.id, SecretVote.sealed.is_not(None))
    opened = sorted((Sealed.read(text) for text in session.scalars(query) if text), key=lambda one: one.check_code)
    session.execute(
        delete(SecretVote).where(SecretVote.ballot_id == ballot.id),
        execution_options=UNAUDITED,
    )
    _rewrite_changes(session, ballot)
    common = {"community_id": ballot.community_id, "ballot_id": ballot.id, "sealed": None}
    if opened:
        session.execute(
            insert(SecretVote),
            [common | {"id": random_id(), "code": one.check_code, "choice": one.choice} for one in opened],
            execution_options=UNAUDITED,
        )


def _rewrite_changes(session: Session, ballot: Ballot) -> None:
    """How many votes were replaced stays; when each was goes with its row."""
    query = select(SlipChange.elsewhere).where(SlipChange.ballot_id == ballot.id).order_by(SlipChange.elsewhere)
    changes = session.scalars(query).all()
    session.execute(delete(SlipChange).where(SlipChange.ballot_id == ballot.id), execution_options=UNAUDITED)
    common = {"community_id": ballot.community_id, "ballot_id": ballot.id}
    if changes:
        session.execute(
            insert(SlipChange),
            [common | {"id": random_id(), "elsewhere": elsewhere} for elsewhere in changes],
            execution_options=UNAUDITED,
        )


def _write_account(way: BallotWay, account: BallotAccount) -> None:
    way.returned, way.valid, way.blank, way.spoilt = account.returned, account.valid, account.blank, account.spoilt


def _announce(session: Session, ballot: Ballot, item: AgendaItem, counted: Recount, now: datetime) -> Outcome:
    """Keep the result with its numbers, and tell the need's thread."""
    result = counted.result
    assert result is not None  # noqa: S101 - for the type checker: balanced accounts have a result
    ballot.file_hash = counted.digest
    figures: dict[str, Any]
    if isinstance(result, Decision):
        ballot.votes_for, ballot.votes_against = result.votes_for, result.votes_against
        ballot.votes_abstain = result.votes_abstain
        figures = {
            "votes_for": result.votes_for,
            "votes_against": result.votes_against,
            "votes_abstain": result.votes_abstain,
            "base_count": result.base_count,
        }
    else:
        ballot.tally = tally_to_json(result.tally)
        figures = {"winners": list(elected_so_far(Question.from_json(ballot.question), result))}
    item.decision, item.outcome, item.decided_at = result_to_json(result), result.outcome, now
    need = need_of(session, item)
    if need is not None:
        add_to_life(session, need, Happening.VOTED, now=now, outcome=result.outcome, **figures)
    return result.outcome


def _follow(session: Session, item: AgendaItem, outcome: Outcome, now: datetime) -> None:
    """Where the outcome leads; each step is one of the item's life cycle."""
    if outcome is Outcome.PASSED:
        advance(session, item, ItemState.PASSED)
    elif outcome is Outcome.NO_QUORUM:
        postpone(session, item, now=now)
    elif outcome is Outcome.NOT_PASSED:
        advance(session, item, ItemState.NOT_PASSED)
    else:
        advance(session, item, ItemState.TIED)
        tie = TieRule((item.decision or {})["tie_rule"])
        if tie is TieRule.NOT_PASSED:
            advance(session, item, ItemState.NOT_PASSED)
        elif tie is TieRule.BACK_TO_DISCUSSION:
            advance(session, item, ItemState.DISCUSSING)


# --- after a "no" -------------------------------------------------------------------------------------


@action(Permission.RUN_MEETING)
def answer_rejected(session: Session, *, item_id: int, reason: str, now: datetime) -> int:
    """Not passed: everybody who asked is owed an answer with the reason. How many are."""
    item, meeting = item_of_open_meeting(session, item_id)
    text = words("reason", reason, most=500)
    need = need_of(session, item)
    if item.state is not ItemState.NOT_PASSED or need is None or need.stage is not NeedStage.ON_AGENDA:
        raise Refused("no_words_owed")
    households = owe_answers(session, need, AnswerKind.NOT_PASSED, text, now=now)
    turn_if_following(session, meeting, now=now)
    return households


@action(Permission.RUN_MEETING)
def keep_in_reserve(session: Session, *, item_id: int, reason: str, now: datetime) -> int:
    """Not passed this time, but worth another look: the need goes to the reserve list, with the reason."""
    item, meeting = item_of_open_meeting(session, item_id)
    why = line("reason", reason, most=200)
    need = need_of(session, item)
    if item.state is not ItemState.NOT_PASSED or need is None or need.stage is not NeedStage.ON_AGENDA:
        raise Refused("no_words_owed")
    set_stage(session, need, NeedStage.RESERVE, now=now)
    add_to_life(session, need, Happening.OFF_AGENDA, now=now, note=why)
    turn_if_following(session, meeting, now=now)
    return need.id

"""表决: open a ballot, count hands or cast named votes, close it by the frozen rule; nothing passes silently."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.answering import owe_answers
from db.actions.attendance import sheet_of
from db.actions.discussion import open_amendment
from db.actions.fields import chosen, line, row_id, whole, words
from db.actions.loading import actor_of, load
from db.actions.meetings import (
    advance,
    frozen_rule,
    item_of_open_meeting,
    need_of,
    postpone,
)
from db.actions.screen import turn_if_following
from db.actions.stages import move
from db.actions.thread import tell
from db.engine import action
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import (
    AgendaItem,
    Ballot,
    BallotVoter,
    BodyMember,
    HandCount,
    Meeting,
    NamedVote,
    Recusal,
)
from db.rules.decision import Decision, decide, quorum
from db.rules.decision_json import decision_to_json
from db.rules.permissions import Permission
from db.terms import (
    AnswerKind,
    BallotState,
    Choice,
    Happening,
    ItemState,
    MemberPresence,
    NeedStage,
    Outcome,
    TieRule,
    VoteMethod,
)

Counts = tuple[int, int, int]
"""For, against, abstain."""


# --- opening ------------------------------------------------------------------------------------------


@action(Permission.RUN_MEETING)
def open_ballot(session: Session, *, item_id: int, method: VoteMethod | None, now: datetime) -> int:
    """Put an item to the vote; who is due, there and recused is frozen now. The ballot's id.

    Raises Refused("quorum_missing"), Refused("ballot_open") when one is open in the meeting, or
    Refused("amendment_open") while an amendment waits to be settled.
    """
    way = chosen("method", method, tuple(VoteMethod))
    item, meeting = item_of_open_meeting(session, item_id)
    _nothing_open(session, meeting.id)
    if open_amendment(session, item.id) is not None:
        raise Refused("amendment_open")
    sheet = sheet_of(session, meeting.id)
    out = set(session.scalars(select(Recusal.member_id).where(Recusal.item_id == item.id))) & sheet.keys()
    there = {member for member, row in sheet.items() if row.presence is MemberPresence.PRESENT}
    check = quorum(frozen_rule(meeting), len(sheet), len(there), len(out), len(out & there))
    if not check.met:
        raise Refused(
            "quorum_missing", due=check.due, present=check.present, needed=check.needed, missing=check.missing
        )
    advance(session, item, ItemState.VOTING)
    rounds = session.scalar(select(func.max(Ballot.round)).where(Ballot.item_id == item.id)) or 0
    ballot = Ballot(
        community_id=item.community_id,
        meeting_id=meeting.id,
        item_id=item.id,
        round=rounds + 1,
        method=way,
        due=len(sheet),
        present=len(there),
        recused_due=len(out),
        recused_present=len(out & there),
        opened_at=now,
    )
    session.add(ballot)
    session.flush()
    if way is VoteMethod.NAMED:
        session.add_all(
            BallotVoter(community_id=item.community_id, ballot_id=ballot.id, member_id=member)
            for member in sorted(there - out)
        )
    turn_if_following(session, meeting, now=now, item_id=item.id, revealed=False)
    return ballot.id


def _nothing_open(session: Session, meeting_id: int) -> None:
    running = select(Ballot.id).where(Ballot.meeting_id == meeting_id, Ballot.state == BallotState.OPEN)
    if session.scalar(running) is not None:
        raise Refused("ballot_open")


@action(Permission.RUN_MEETING)
def cancel_ballot(session: Session, *, ballot_id: int, reason: str, now: datetime) -> int:
    """Declare an open ballot void, with the reason; the item goes back to discussion."""
    ballot, item, meeting = _with_meeting(session, ballot_id)
    if ballot.state is not BallotState.OPEN:
        raise Refused("ballot_closed")
    why = line("reason", reason, most=200)
    ballot.state, ballot.closed_at, ballot.void_reason = BallotState.CANCELLED, now, why
    advance(session, item, ItemState.DISCUSSING)
    turn_if_following(session, meeting, now=now)
    return ballot.id


def _with_meeting(session: Session, ballot_id: int) -> tuple[Ballot, AgendaItem, Meeting]:
    """A ballot with its item and meeting, locked in the order meeting, ballot, in which everybody locks."""
    ballot = load(session, Ballot, ballot_id)
    item, meeting = item_of_open_meeting(session, ballot.item_id)
    return load(session, Ballot, ballot_id, lock=True), item, meeting


def _open_now(session: Session, ballot_id: int, method: VoteMethod) -> Ballot:
    ballot = load(session, Ballot, ballot_id, lock=True)
    if ballot.state is not BallotState.OPEN:
        raise Refused("ballot_closed")
    if ballot.method is not method:
        raise WrongStage(what="ballot", stage=ballot.method, permission=session.info.get("permission"))
    return ballot


# --- by hands -----------------------------------------------------------------------------------------


@action(Permission.COUNT_HANDS)
def enter_count(
    session: Session,
    *,
    ballot_id: int,
    teller: int,
    name: str,
    votes_for: int | None,
    votes_against: int | None,
    votes_abstain: int | None,
    now: datetime,
) -> dict[str, Any]:
    """One teller's count of the hands: 1 = 计票人, 2 = 监票人, two different people, neither the proposer.

    Returns {"agreed": None} after the first, {"agreed": True} when the second agrees. When they differ both
    counts are struck (the audit log keeps them) and {"agreed": False} asks both to count again.
    """
    teller = chosen("teller", teller, (1, 2))
    who = line("name", name, most=60)
    ballot = _open_now(session, ballot_id, VoteMethod.HANDS)
    voting = ballot.present - ballot.recused_present
    counts: Counts = (
        whole("votes_for", votes_for, least=0, most=voting),
        whole("votes_against", votes_against, least=0, most=voting),
        whole("votes_abstain", votes_abstain, least=0, most=voting),
    )
    if sum(counts) > voting:
        raise Refused("more_votes_than_present", cast=sum(counts), present=voting)
    item = load(session, AgendaItem, ballot.item_id)
    if who == item.proposer:
        raise Refused("teller_is_proposer")
    counted = {row.teller: row for row in _counts_of(session, ballot.id)}
    if teller in counted:
        raise Refused("count_is_in")
    other = counted.get(3 - teller)
    if other is not None and other.teller_name == who:
        raise Refused("teller_twice", name=who)
    mine = HandCount(
        community_id=ballot.community_id,
        ballot_id=ballot.id,
        teller=teller,
        teller_name=who,
        votes_for=counts[0],
        votes_against=counts[1],
        votes_abstain=counts[2],
        entered_by=actor_of(session).id,
        counted_at=now,
    )
    session.add(mine)
    session.flush()
    if other is None:
        return {"agreed": None}
    if _of(other) == counts:
        return {"agreed": True}
    session.delete(mine)
    session.delete(other)
    ballot.recounts += 1
    return {"agreed": False}


def _counts_of(session: Session, ballot_id: int) -> list[HandCount]:
    return list(session.scalars(select(HandCount).where(HandCount.ballot_id == ballot_id).order_by(HandCount.teller)))


def _of(count: HandCount) -> Counts:
    return count.votes_for, count.votes_against, count.votes_abstain


# --- by name ------------------------------------------------------------------------------------------


@action(Permission.CAST_BALLOT)
def cast_vote(session: Session, *, ballot_id: int, choice: Choice | None, now: datetime) -> dict[str, str]:
    """The actor's own vote; may be changed until the ballot closes, the last one counts."""
    wanted = chosen("choice", choice, tuple(Choice))
    ballot = _open_now(session, ballot_id, VoteMethod.NAMED)
    member_id = session.scalar(
        select(BallotVoter.member_id)
        .join(BodyMember, BodyMember.id == BallotVoter.member_id)
        .where(BallotVoter.ballot_id == ballot.id, BodyMember.account_id == actor_of(session).id)
    )
    if member_id is None:
        raise Refused("no_vote_here")
    _record(session, ballot, member_id, wanted, now)
    return {"choice": wanted.value}


@action(Permission.RUN_MEETING)
def cast_for_member(
    session: Session, *, ballot_id: int, member_id: int | None, choice: Choice | None, now: datetime
) -> dict[str, str]:
    """The vote that a present member without an account says aloud, entered by the chair and recorded as such."""
    wanted = chosen("choice", choice, tuple(Choice))
    voter = row_id("member_id", member_id)
    ballot = _open_now(session, ballot_id, VoteMethod.NAMED)
    found = session.execute(
        select(BodyMember.id, BodyMember.account_id)
        .join(BallotVoter, BallotVoter.member_id == BodyMember.id)
        .where(BallotVoter.ballot_id == ballot.id, BodyMember.id == voter)
    ).first()
    if found is None:
        raise BadInput("member_id", Problem.UNKNOWN_CHOICE)
    if found.account_id is not None:
        raise Refused("member_votes_alone")
    _record(session, ballot, found.id, wanted, now)
    return {"choice": wanted.value}


def _record(session: Session, ballot: Ballot, member_id: int, choice: Choice, now: datetime) -> None:
    # The ballot is locked, so nobody else writes this member's vote between the look and the insert.
    query = select(NamedVote).where(NamedVote.ballot_id == ballot.id, NamedVote.member_id == member_id)
    vote = session.scalar(query)
    if vote is None:
        vote = NamedVote(community_id=ballot.community_id, ballot_id=ballot.id, member_id=member_id)
        session.add(vote)
    vote.choice, vote.cast_at, vote.entered_by = choice, now, actor_of(session).id


# --- closing ------------------------------------------------------------------------------------------


@action(Permission.RUN_MEETING)
def close_ballot(session: Session, *, ballot_id: int, now: datetime) -> dict[str, Any]:
    """Close a ballot and decide the item from the frozen rule and electorate; closing twice changes nothing.

    Returns outcome and round. Passed: the need stays on the agenda until its notice is posted. Not passed: the
    chair says what becomes of it (`answer_rejected`, `keep_in_reserve`). A tie follows the house rule's tie rule;
    without a quorum the item is postponed.
    """
    earlier = load(session, Ballot, ballot_id)
    if earlier.state is BallotState.CLOSED:
        item = load(session, AgendaItem, earlier.item_id)
        return {"outcome": item.outcome, "round": earlier.round}
    ballot, item, meeting = _with_meeting(session, ballot_id)
    if ballot.state is BallotState.CLOSED:
        return {"outcome": item.outcome, "round": ballot.round}
    if ballot.state is BallotState.CANCELLED:
        raise Refused("ballot_closed")
    votes = _tally(session, ballot)
    decision = decide(
        frozen_rule(meeting),
        due=ballot.due,
        present=ballot.present,
        recused_due=ballot.recused_due,
        recused_present=ballot.recused_present,
        votes_for=votes[0],
        votes_against=votes[1],
        votes_abstain=votes[2],
    )
    ballot.state, ballot.closed_at = BallotState.CLOSED, now
    ballot.votes_for, ballot.votes_against, ballot.votes_abstain = votes
    item.outcome, item.decided_at = decision.outcome, now
    stored = decision_to_json(decision)
    item.decision = stored | {"advisory": decision.advisory or item.owners_matter}
    _tell_need(session, item, decision, now)
    _follow(session, item, decision, now)
    turn_if_following(session, meeting, now=now, item_id=item.id, revealed=False)
    return {"outcome": decision.outcome, "round": ballot.round}


def _tally(session: Session, ballot: Ballot) -> Counts:
    if ballot.method is VoteMethod.HANDS:
        counted = _counts_of(session, ballot.id)
        if len(counted) != 2:
            raise Refused("counts_missing", entered=len(counted))
        return _of(counted[0])
    cast = list(session.scalars(select(NamedVote.choice).where(NamedVote.ballot_id == ballot.id)))
    return cast.count(Choice.FOR), cast.count(Choice.AGAINST), cast.count(Choice.ABSTAIN)


def _tell_need(session: Session, item: AgendaItem, decision: Decision, now: datetime) -> None:
    need = need_of(session, item)
    if need is not None:
        tell(
            session,
            need,
            Happening.VOTED,
            now=now,
            outcome=decision.outcome,
            votes_for=decision.votes_for,
            votes_against=decision.votes_against,
            votes_abstain=decision.votes_abstain,
            base_count=decision.base_count,
        )


def _follow(session: Session, item: AgendaItem, decision: Decision, now: datetime) -> None:
    """Where the outcome leads; each step is one of the item's life cycle."""
    if decision.outcome is Outcome.PASSED:
        advance(session, item, ItemState.PASSED)
    elif decision.outcome is Outcome.NO_QUORUM:
        postpone(session, item, now=now)
    elif decision.outcome is Outcome.NOT_PASSED:
        advance(session, item, ItemState.NOT_PASSED)
    else:
        advance(session, item, ItemState.TIED)
        if decision.tie_rule is TieRule.NOT_PASSED:
            advance(session, item, ItemState.NOT_PASSED)
        elif decision.tie_rule is TieRule.BACK_TO_DISCUSSION:
            advance(session, item, ItemState.DISCUSSING)


# --- after a "no" -------------------------------------------------------------------------------------


@action(Permission.RUN_MEETING)
def answer_rejected(session: Session, *, item_id: int, reason: str, now: datetime) -> int:
    """Not passed: everybody who asked is owed an answer with the reason. How many are."""
    item, meeting = item_of_open_meeting(session, item_id)
    told = words("reason", reason, most=500)
    need = need_of(session, item)
    if item.state is not ItemState.NOT_PASSED or need is None or need.stage is not NeedStage.ON_AGENDA:
        raise Refused("no_words_owed")
    households = owe_answers(session, need, AnswerKind.NOT_PASSED, told, now=now)
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
    move(session, need, NeedStage.RESERVE, now=now)
    tell(session, need, Happening.OFF_AGENDA, now=now, note=why)
    turn_if_following(session, meeting, now=now)
    return need.id

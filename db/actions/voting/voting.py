"""表决: open a ballot with its electorate and the way in which each votes; votes cast by name.

Counting hands and paper is in `paper`, voting by slip in `slips`, the end of a ballot in `closing`; what the console
needs of them is offered here too.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, is_id, line, row_id
from db.actions.loading import actor_of
from db.actions.meetings.attendance import sheet_of
from db.actions.meetings.discussion import open_amendment
from db.actions.meetings.floor import end_running_speech
from db.actions.meetings.meetings import advance, frozen_rule, item_of_open_meeting
from db.actions.screen.screen import turn_if_following
from db.actions.voting.ballots import RUNNING, ballot_at, pattern
from db.actions.voting.closing import (
    answer_rejected,
    cancel_ballot,
    close_ballot,
    keep_in_reserve,
    resume_ballot,
    stop_ballot,
)
from db.actions.voting.paper import enter_count, enter_paper
from db.actions.voting.slips import set_aside
from db.engine import action
from db.errors import BadInput, Problem, Refused
from db.models import AgendaItem, Attendance, Ballot, BallotVoter, BallotWay, BodyMember, Meeting, NamedVote, Recusal
from db.queries.voting.ballots import question_behind
from db.queries.voting.voting import can_vote
from db.rules.meetings.sitting import SECRET_WAYS
from db.rules.permissions import Permission
from db.rules.voting.ballot_file import BY_NAME
from db.rules.voting.decision import HouseRule, quorum
from db.rules.voting.question import Question
from db.rules.voting.result import result_from_json
from db.rules.voting.second_ballot import next_question
from db.terms import BallotState, ItemState, MemberPresence, QuestionKind, VoteMethod

__all__ = [
    "answer_rejected",
    "cancel_ballot",
    "cast_for_member",
    "cast_vote",
    "close_ballot",
    "enter_count",
    "enter_paper",
    "keep_in_reserve",
    "open_ballot",
    "resume_ballot",
    "stop_ballot",
]

FEW = 3
"""So many at least vote in a secret way beside another one: what one or two say is no secret once it is counted."""


# --- opening ------------------------------------------------------------------------------------------


@action(Permission.RUN_MEETING)
def open_ballot(
    session: Session,
    *,
    item_id: int,
    method: VoteMethod | None,
    apart: Mapping[str, Collection[int]] | None = None,
    aside: Collection[int] = (),
    now: datetime,
) -> int:
    """Put an item to the vote; who may vote and in which way is frozen now. The ballot's id.

    `method` is the way of everybody present and entitled, `apart` = {value of a VoteMethod: [member ids]} names those
    who vote in another one; `aside` the serials of slips that do not count this time (their holders step back, or
    vote otherwise).
    Raises Refused: "ballot_open" when one runs in the meeting, "amendment_open", "quorum_missing",
    "hands_only_for_motions", "phones_not_allowed", "owners_vote_by_name", "too_few_for_secrecy",
    "slips_do_not_match" when usable slips and their voters differ in number.
    """
    way = chosen("method", method, tuple(VoteMethod))
    item, meeting = item_of_open_meeting(session, item_id)
    _may_begin(session, meeting, item)
    rule, question = frozen_rule(meeting), _to_vote(session, item)
    sheet = sheet_of(session, meeting.id)
    out = set(session.scalars(select(Recusal.member_id).where(Recusal.item_id == item.id))) & sheet.keys()
    there = {member for member, row in sheet.items() if row.presence is MemberPresence.PRESENT}
    check = quorum(rule, len(sheet), len(there), len(out), len(out & there))
    if not check.met:
        raise Refused(
            "quorum_missing", due=check.due, present=check.present, needed=check.needed, missing=check.missing
        )
    ways = _ways(way, apart, there - out)
    areas = _areas(session, rule, sheet.keys() - out)
    used = Counter(ways.values())
    _fitting(question, rule, used, by_area=bool(areas))
    advance(session, item, ItemState.VOTING)
    end_running_speech(session, meeting, now=now)
    rounds = session.scalar(select(func.max(Ballot.round)).where(Ballot.item_id == item.id)) or 0
    ballot = Ballot(
        community_id=item.community_id,
        meeting_id=meeting.id,
        item_id=item.id,
        round=rounds + 1,
        # The way of most people stands for the ballot; of two with as many voters the one that was asked for.
        method=max(used, key=lambda one: (used[one], one is way)),
        question=None if question.kind is QuestionKind.MOTION else question.to_json(),
        title=item.title,
        motion=item.motion,
        due=len(sheet),
        present=len(there),
        recused_due=len(out),
        recused_present=len(out & there),
        area_due=sum(areas.values()),
        opened_at=now,
    )
    session.add(ballot)
    session.flush()
    session.add_all(_electorate(ballot, ways, areas))
    if VoteMethod.SLIP in used:
        set_aside(session, ballot, aside, used[VoteMethod.SLIP])
    turn_if_following(session, meeting, now=now, item_id=item.id, revealed=False)
    return ballot.id


def _may_begin(session: Session, meeting: Meeting, item: AgendaItem) -> None:
    running = select(Ballot.id).where(Ballot.meeting_id == meeting.id, Ballot.state.in_(RUNNING))
    if session.scalar(running) is not None:
        raise Refused("ballot_open")
    if open_amendment(session, item.id) is not None:
        raise Refused("amendment_open")


def _to_vote(session: Session, item: AgendaItem) -> Question:
    """What this ballot asks: the item's question, or after a tie what the last ballot left open of it."""
    return next_question(question_behind(session, item.id), result_from_json(item.decision) if item.decision else None)


def _ways(way: VoteMethod, apart: Mapping[str, Collection[int]] | None, voters: set[int]) -> dict[int, VoteMethod]:
    """The way of every voter; BadInput at "apart" for somebody who has no vote, or who is named twice."""
    ways = dict.fromkeys(sorted(voters), way)
    if apart is None:
        return ways
    if not isinstance(apart, Mapping):
        raise BadInput("apart", Problem.UNKNOWN_CHOICE)
    moved: set[int] = set()
    for name, members in apart.items():
        other = chosen("apart", name, tuple(VoteMethod))
        for member in members:
            if not is_id(member) or member not in voters:
                raise BadInput("apart", Problem.UNKNOWN_CHOICE)
            if member in moved:
                raise BadInput("apart", Problem.WRONG)
            moved.add(member)
            ways[member] = VoteMethod(other)
    return ways


def _areas(session: Session, rule: HouseRule, entitled: Collection[int]) -> dict[int, int]:
    """Floor area by owner where the rule asks for it; empty when that of anybody is unknown."""
    if not rule.by_area:
        return {}
    known = session.execute(
        select(BodyMember.id, BodyMember.floor_area).where(
            BodyMember.id.in_(entitled), BodyMember.floor_area.is_not(None)
        )
    )
    areas = {row.id: row.floor_area for row in known}
    return areas if len(areas) == len(entitled) else {}


def _fitting(question: Question, rule: HouseRule, used: Counter[VoteMethod], *, by_area: bool) -> None:
    """Whether the ways fit the question, the house rule and secrecy; else Refused."""
    if VoteMethod.HANDS in used and question.kind is not QuestionKind.MOTION:
        raise Refused("hands_only_for_motions")
    if VoteMethod.SLIP in used and not rule.phones_allowed:
        raise Refused("phones_not_allowed")
    if by_area and not used.keys() <= BY_NAME:
        raise Refused("owners_vote_by_name")
    for way in SECRET_WAYS & used.keys():
        if used[way] < FEW and len(used) > 1:
            raise Refused("too_few_for_secrecy", way=way, count=used[way])


def _electorate(
    ballot: Ballot, ways: Mapping[int, VoteMethod], areas: Mapping[int, int]
) -> Iterator[BallotVoter | BallotWay]:
    common = {"community_id": ballot.community_id, "ballot_id": ballot.id}
    for member, way in ways.items():
        yield BallotVoter(**common, member_id=member, way=way, area=areas.get(member, 0))
    used = Counter(ways.values())
    for way in VoteMethod:
        if way in used:
            yield BallotWay(**common, way=way, issued=used[way])


# --- by name ------------------------------------------------------------------------------------------


@action(Permission.CAST_BALLOT, grouped=True)
def cast_vote(session: Session, *, ballot_id: int, choice: str | None, now: datetime) -> dict[str, str]:
    """The actor's own vote, a pattern of `db.rules.voting.question`; until voting stops it may be changed.

    Raises Refused("no_vote_here"), or Refused("votes_another_way") when the actor's vote comes in otherwise.
    """
    ballot = ballot_at(session, ballot_id, (BallotState.OPEN,))
    wanted = pattern(Question.from_json(ballot.question), choice)
    voter = session.execute(
        select(BallotVoter.member_id, BallotVoter.way)
        .join(BodyMember, BodyMember.id == BallotVoter.member_id)
        .where(BallotVoter.ballot_id == ballot.id, BodyMember.account_id == actor_of(session).id)
        .order_by(BallotVoter.way != VoteMethod.NAMED)
    ).first()
    if voter is None:
        raise Refused("no_vote_here")
    if voter.way is not VoteMethod.NAMED:
        raise Refused("votes_another_way", way=voter.way)
    if _represented(session, ballot, voter.member_id):
        raise Refused("votes_by_proxy")
    _record(session, ballot, voter.member_id, wanted, "", now)
    return {"choice": wanted}


@action(Permission.RUN_MEETING)
def cast_for_member(
    session: Session,
    *,
    ballot_id: int,
    member_id: int | None,
    choice: str | None,
    witness: str = "",
    now: datetime,
) -> dict[str, str]:
    """The vote that a present member says aloud, entered by the chair and recorded as such.

    By name only for a member who has no account that can vote now, or is represented by a proxy; assisted for
    whoever chose that way, before a witness who is somebody else than the one who enters it. What a member cast
    alone stays: Refused("vote_cast_alone").
    """
    voter = row_id("member_id", member_id)
    ballot = ballot_at(session, ballot_id, (BallotState.OPEN,))
    found = session.execute(
        select(BodyMember.id, BodyMember.account_id, can_vote().label("can_vote"), BallotVoter.way)
        .join(BallotVoter, BallotVoter.member_id == BodyMember.id)
        .where(BallotVoter.ballot_id == ballot.id, BodyMember.id == voter)
    ).first()
    if found is None:
        raise BadInput("member_id", Problem.UNKNOWN_CHOICE)
    if found.way not in BY_NAME:
        raise Refused("votes_another_way", way=found.way)
    if found.way is VoteMethod.NAMED and not _represented(session, ballot, found.id):
        if found.can_vote:
            raise Refused("member_votes_alone")
        if found.account_id is not None and _entered_by(session, ballot, found.id) == found.account_id:
            raise Refused("vote_cast_alone")
    stood_by = _witness(session, witness) if found.way is VoteMethod.ASSISTED else ""
    wanted = pattern(Question.from_json(ballot.question), choice)
    _record(session, ballot, found.id, wanted, stood_by, now)
    return {"choice": wanted}


def _represented(session: Session, ballot: Ballot, member_id: int) -> bool:
    """Whether somebody sits in the room with this member's authority, who then says how to vote."""
    proxy = session.scalar(
        select(Attendance.proxy).where(Attendance.meeting_id == ballot.meeting_id, Attendance.member_id == member_id)
    )
    return bool(proxy)


def _entered_by(session: Session, ballot: Ballot, member_id: int) -> int | None:
    query = select(NamedVote.entered_by)
    return session.scalar(query.where(NamedVote.ballot_id == ballot.id, NamedVote.member_id == member_id))


def _witness(session: Session, witness: str) -> str:
    name = line("witness", witness, most=60)
    if name == actor_of(session).name:
        raise Refused("witness_is_enterer")
    return name


def _record(session: Session, ballot: Ballot, member_id: int, choice: str, witness: str, now: datetime) -> None:
    # The ballot is locked, so nobody else writes this member's vote between the look and the insert.
    query = select(NamedVote).where(NamedVote.ballot_id == ballot.id, NamedVote.member_id == member_id)
    vote = session.scalar(query)
    if vote is None:
        vote = NamedVote(community_id=ballot.community_id, ballot_id=ballot.id, member_id=member_id)
        session.add(vote)
    vote.choice, vote.cast_at, vote.entered_by, vote.witness = choice, now, actor_of(session).id, witness

"""Meetings in a list, and one meeting with all that its chair and its documents need."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.errors import NotFound
from db.models import (
    AgendaItem,
    Attendance,
    Ballot,
    BallotWay,
    Body,
    BodyMember,
    Community,
    DiscussionPoint,
    HandCount,
    HouseRules,
    Meeting,
    NamedVote,
    Need,
    PaperCount,
    Recusal,
    ScreenState,
    SecretVote,
    Slip,
    SpeakerTurn,
)
from db.queries.meetings.changes import changes_of
from db.queries.paging import ROWS, Page
from db.queries.voting.ballots import question_counted, slip_changes
from db.rules.meetings.sitting import (
    BallotStanding,
    Item,
    Point,
    RecusedMember,
    Seat,
    Sitting,
    SpeakerInQueue,
    TellerCount,
    WayStanding,
)
from db.rules.voting.decision import HouseRule
from db.rules.voting.question import Question
from db.rules.voting.result import result_from_json
from db.terms import BallotState, ItemState, MeetingState, NeedStage, ScreenMode, SlipState, VoteMethod

MOST_POINTS = 300


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list."""

    id: int
    title: str
    body: str
    term: int
    number: int
    at: datetime
    place: str
    state: MeetingState
    items: int
    passed: int


@dataclass(frozen=True, slots=True)
class WaitingNeed:
    """A need that waits for the council."""

    id: int
    number: str
    title: str
    description: str
    voices: int
    people: int


@dataclass(frozen=True, slots=True)
class ScreenNow:
    """What the meeting-room screen shows."""

    mode: ScreenMode
    meeting_id: int | None
    item_id: int | None
    revealed: bool
    turn: int


def meetings(session: Session, *, before: int | None = None, body_id: int | None = None) -> Page[MeetingRow]:
    """Meetings, the latest set up first; the next page starts before the last row's id."""
    counted = (
        select(
            AgendaItem.meeting_id,
            func.count().label("listed"),
            func.sum(case((AgendaItem.state == ItemState.PASSED, 1), else_=0)).label("passed"),
        )
        .group_by(AgendaItem.meeting_id)
        .subquery()
    )
    query = (
        select(
            *(Meeting.id, Meeting.title, Body.name.label("body"), Meeting.term, Meeting.number),
            *(Meeting.at, Meeting.place, Meeting.state, func.coalesce(counted.c.listed, 0).label("items")),
            func.coalesce(counted.c.passed, 0).label("passed"),
        )
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(counted, counted.c.meeting_id == Meeting.id)
        .order_by(Meeting.id.desc())
        .limit(ROWS + 1)
    )
    if before is not None:
        query = query.where(Meeting.id < before)
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    rows = [MeetingRow(*row) for row in session.execute(query)]
    return Page(tuple(rows[:ROWS]), len(rows) > ROWS)


def next_numbers(session: Session) -> dict[int, int]:
    """The number that the next meeting of the running term gets, by body: the first free one after the last held."""
    of_term = (Meeting.body_id == Body.id) & (Meeting.term == Body.term) & (Meeting.state != MeetingState.CANCELLED)
    used: dict[int, set[int]] = {}
    held: dict[int, int] = {}
    for row in session.execute(select(Body.id, Meeting.number, Meeting.state).outerjoin(Meeting, of_term)):
        numbers = used.setdefault(row.id, set())
        if row.number is not None:
            numbers.add(row.number)
        if row.state in (MeetingState.OPEN, MeetingState.CLOSED):
            held[row.id] = max(row.number, held.get(row.id, 0))
    return {body: next(n for n in count(held.get(body, 0) + 1) if n not in numbers) for body, numbers in used.items()}


def waiting_needs(session: Session, community_id: int) -> tuple[WaitingNeed, ...]:
    """Needs that wait for the council, those with the most voices first; restricted cases never go there."""
    rows = session.execute(
        select(Need.id, Need.number, Need.title, Need.description, Need.voices, Need.people)
        .where(
            Need.community_id == community_id,
            Need.stage == NeedStage.FOR_COUNCIL,
            Need.restricted.is_(False),
        )
        .order_by(Need.voices.desc(), Need.id)
        .limit(ROWS)
    )
    return tuple(WaitingNeed(*row) for row in rows)


def screen_now(session: Session, community_id: int) -> ScreenNow:
    """What the screen of a community shows; the rotation when nobody has steered it yet."""
    row = session.execute(
        select(
            ScreenState.mode, ScreenState.meeting_id, ScreenState.item_id, ScreenState.revealed, ScreenState.turn
        ).where(ScreenState.community_id == community_id)
    ).first()
    return ScreenNow(*row) if row else ScreenNow(ScreenMode.ROTATION, None, None, False, 0)


# --- one meeting --------------------------------------------------------------------------------------


def sitting(session: Session, meeting_id: int, *, now: datetime) -> Sitting:
    """One meeting in ten statements at most, whatever its size; raises NotFound."""
    row = session.execute(
        select(
            *(Meeting.id, Meeting.version, Meeting.community_id, Meeting.body_id, Body.name.label("body_name")),
            *(Meeting.term, Meeting.number, Meeting.title, Meeting.at, Meeting.place, Meeting.state),
            *(Meeting.rule, Meeting.notice_sent_at, Meeting.short_notice_reason, Meeting.opened_at),
            *(Meeting.closed_at, Meeting.observers, Meeting.chair_name),
            *(Meeting.cancel_reason, Meeting.sign_in_key, _slips_of(Meeting.id).label("slips")),
            *(Community.name.label("community"), Community.desk_phone),
        )
        .join(Body, Body.id == Meeting.body_id)
        .join(Community, Community.id == Meeting.community_id)
        .where(Meeting.id == meeting_id)
    ).first()
    if row is None:
        raise NotFound(what="meeting", id=meeting_id)
    called = row.state is not MeetingState.DRAFT
    facts: dict[str, Any] = dict(row._mapping)
    frozen = facts.pop("rule")
    stored = frozen if called else _rule_today(session, row.body_id, now)
    return Sitting(
        **facts,
        rule=HouseRule.from_json(stored) if stored else None,
        seats=_seats(session, meeting_id) if called else (),
        items=_items(session, meeting_id),
        points=_points(session, meeting_id) if called else (),
        recusals=_recusals(session, meeting_id) if called else (),
        ballot=open_ballot(session, meeting_id) if row.state is MeetingState.OPEN else None,
        counts=_counts(session, meeting_id) if called else (),
        speakers=_speakers(session, meeting_id) if row.state is MeetingState.OPEN else (),
        changes=changes_of(session, meeting_id) if called else (),
    )


def _slips_of(meeting_id: Any) -> ScalarSelect[int]:
    query = select(func.count()).where(Slip.meeting_id == meeting_id, Slip.state == SlipState.READY)
    return query.correlate(Meeting).scalar_subquery()


def _rule_today(session: Session, body_id: int, now: datetime) -> dict[str, object] | None:
    return session.scalar(
        select(HouseRules.rule)
        .where(HouseRules.body_id == body_id, HouseRules.valid_from <= day_of(now))
        .order_by(HouseRules.valid_from.desc(), HouseRules.id.desc())
        .limit(1)
    )


def _items(session: Session, meeting_id: int) -> tuple[Item, ...]:
    rows = session.execute(
        select(
            *(AgendaItem.id, AgendaItem.version, AgendaItem.position, AgendaItem.title, AgendaItem.motion),
            *(AgendaItem.proposer, AgendaItem.owners_matter, AgendaItem.state, AgendaItem.need_id),
            *(func.coalesce(Need.number, "").label("need_number"), Need.stage.label("need_stage")),
            *(AgendaItem.outcome, AgendaItem.decision, AgendaItem.question, AgendaItem.short_title),
            *(AgendaItem.topic_id, question_counted().label("counted")),
        )
        .outerjoin(Need, Need.id == AgendaItem.need_id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
    )
    found = []
    for row in rows:
        facts: dict[str, Any] = dict(row._mapping)
        stored = facts.pop("decision")
        facts["result"] = result_from_json(stored) if stored else None
        facts["question"] = Question.from_json(row.question)
        facts["counted"] = Question.from_json(row.counted) if row.counted else None
        found.append(Item(**facts))
    return tuple(found)


def _seats(session: Session, meeting_id: int) -> tuple[Seat, ...]:
    rows = session.execute(
        select(
            *(BodyMember.id.label("member_id"), BodyMember.seat, Attendance.name, Attendance.capacity),
            BodyMember.account_id.is_not(None).label("has_account"),
            *(Attendance.presence, Attendance.came_at, Attendance.left_at, BodyMember.account_id, Attendance.proxy),
            Attendance.told_at,
        )
        .join(Attendance, Attendance.member_id == BodyMember.id)
        .where(Attendance.meeting_id == meeting_id)
        .order_by(BodyMember.seat, BodyMember.id)
    )
    return tuple(Seat(**row._mapping) for row in rows)


def _on_the_sheet(member_id: Any) -> ColumnElement[bool]:
    """The row of a member on the sheet of the item's meeting: it holds the name under which the member sat there."""
    return and_(Attendance.meeting_id == AgendaItem.meeting_id, Attendance.member_id == member_id)


def _points(session: Session, meeting_id: int) -> tuple[Point, ...]:
    rows = session.execute(
        select(
            *(DiscussionPoint.id, DiscussionPoint.item_id, DiscussionPoint.words),
            func.coalesce(Attendance.name, "").label("name"),
            *(DiscussionPoint.amendment, DiscussionPoint.new_motion, DiscussionPoint.carried),
            DiscussionPoint.motion_before,
        )
        .join(AgendaItem, AgendaItem.id == DiscussionPoint.item_id)
        .outerjoin(Attendance, _on_the_sheet(DiscussionPoint.member_id))
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(DiscussionPoint.item_id, DiscussionPoint.id)
        .limit(MOST_POINTS)
    )
    return tuple(Point(*row) for row in rows)


def _recusals(session: Session, meeting_id: int) -> tuple[RecusedMember, ...]:
    rows = session.execute(
        select(Recusal.item_id, Recusal.member_id, Attendance.name, Recusal.reason)
        .join(AgendaItem, AgendaItem.id == Recusal.item_id)
        .join(Attendance, _on_the_sheet(Recusal.member_id))
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(Recusal.id)
    )
    return tuple(RecusedMember(*row) for row in rows)


def _speakers(session: Session, meeting_id: int) -> tuple[SpeakerInQueue, ...]:
    rows = session.execute(
        select(
            *(SpeakerTurn.id, SpeakerTurn.version, SpeakerTurn.item_id, SpeakerTurn.member_id),
            *(BodyMember.seat, Attendance.name, SpeakerTurn.side, SpeakerTurn.state, SpeakerTurn.asked_at),
            *(SpeakerTurn.began_at, SpeakerTurn.ended_at, SpeakerTurn.extra_seconds),
        )
        .join(AgendaItem, AgendaItem.id == SpeakerTurn.item_id)
        .join(BodyMember, BodyMember.id == SpeakerTurn.member_id)
        .join(Attendance, _on_the_sheet(SpeakerTurn.member_id))
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(SpeakerTurn.id)
        .limit(MOST_POINTS)
    )
    return tuple(SpeakerInQueue(**row._mapping) for row in rows)


ENTERED: dict[VoteMethod, tuple[Any, Any]] = {
    VoteMethod.HANDS: (HandCount, HandCount.teller),
    VoteMethod.PAPER: (PaperCount, PaperCount.entry),
}
"""Ways that two people count: where their two entries lie."""


def open_ballot(session: Session, meeting_id: int) -> BallotStanding | None:
    """The ballot that runs or waits to be announced, with its turnout in every way. The tally itself is not read."""

    def entered(way: VoteMethod, person: int) -> ScalarSelect[int]:
        model, number = ENTERED[way]
        counted = select(func.count()).where(model.ballot_id == Ballot.id, number == person)
        return counted.correlate(Ballot).scalar_subquery()

    assisted = NamedVote.witness != ""
    named = select(func.count()).where(NamedVote.ballot_id == Ballot.id, ~assisted).correlate(Ballot)
    helped = select(func.count()).where(NamedVote.ballot_id == Ballot.id, assisted).correlate(Ballot)
    by_slip = select(func.count()).where(SecretVote.ballot_id == Ballot.id).correlate(Ballot)
    rows = session.execute(
        select(
            *(Ballot.id, Ballot.item_id, Ballot.round, Ballot.method, Ballot.state, Ballot.due, Ballot.present),
            *(Ballot.recused_due, Ballot.recused_present, Ballot.recounts, Ballot.question),
            *(BallotWay.way, BallotWay.issued),
            named.scalar_subquery().label("named"),
            helped.scalar_subquery().label("assisted"),
            by_slip.scalar_subquery().label("slip"),
            *slip_changes(),
            *(entered(way, person).label(f"{way.value}_{person}") for way in ENTERED for person in (1, 2)),
        )
        .outerjoin(BallotWay, BallotWay.ballot_id == Ballot.id)
        .where(Ballot.meeting_id == meeting_id, Ballot.state.in_((BallotState.OPEN, BallotState.STOPPED)))
        .order_by(BallotWay.id)
    ).all()
    if not rows:
        return None
    row = rows[0]._mapping
    ways = tuple(_way(one._mapping) for one in rows if one.way is not None)
    hands = tuple(person for person in (1, 2) if row[f"hands_{person}"])
    return BallotStanding(
        *(row["id"], row["item_id"], row["round"], row["method"], row["state"], row["due"], row["present"]),
        *(row["recused_due"], row["recused_present"]),
        turnout=sum(way.cast for way in ways) if ways else row["named"] + row["assisted"],
        tellers_in=hands,
        recounts=row["recounts"],
        question=Question.from_json(row["question"]),
        ways=ways,
        changed=row["changed"],
        elsewhere=row["elsewhere"],
    )


def _way(row: Any) -> WayStanding:
    way: VoteMethod = row["way"]
    if way in ENTERED:
        entries = tuple(person for person in (1, 2) if row[f"{way.value}_{person}"])
        # What two people counted is in when both agree; until then nobody is known to have voted.
        return WayStanding(way, row["issued"], row["issued"] if entries == (1, 2) else 0, entries)
    return WayStanding(way, row["issued"], row[way.value])


def _counts(session: Session, meeting_id: int) -> tuple[TellerCount, ...]:
    """Closed ballots with the names of their tellers."""

    def name(teller: int) -> ColumnElement[str]:
        return func.max(case((HandCount.teller == teller, HandCount.teller_name), else_=""))

    rows = session.execute(
        select(
            *(Ballot.id, Ballot.item_id, Ballot.round, Ballot.method),
            func.coalesce(name(1), "").label("teller"),
            func.coalesce(name(2), "").label("scrutineer"),
            Ballot.recounts,
        )
        .outerjoin(HandCount, HandCount.ballot_id == Ballot.id)
        .where(Ballot.meeting_id == meeting_id, Ballot.state == BallotState.CLOSED)
        .group_by(Ballot.id, Ballot.item_id, Ballot.round, Ballot.method, Ballot.recounts)
        .order_by(Ballot.item_id, Ballot.round)
    )
    return tuple(TellerCount(*row) for row in rows)

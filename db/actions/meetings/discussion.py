"""What is said about an item, and how its motion changes before the vote."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.actions.fields import line, row_id, whole, words
from db.actions.loading import load
from db.actions.meetings.attendance import sheet_of
from db.actions.meetings.floor import end_running_speech
from db.actions.meetings.meetings import advance, item_of_open_meeting
from db.actions.screen.screen import turn_if_following
from db.audit import note
from db.engine import action
from db.errors import BadInput, Conflict, Problem, Refused, WrongStage
from db.models import AgendaItem, Ballot, DiscussionPoint, Meeting, SpeakerTurn
from db.rules.meetings.floor import SPOKE, with_count, without_count
from db.rules.meetings.sitting import DONE
from db.rules.permissions import Permission
from db.terms import ItemState, MemberPresence

MOST_WORDS = 500
"""Characters of a point."""


@action(Permission.RECORD_DISCUSSION)
def start_item(session: Session, *, item_id: int, now: datetime) -> int:
    """Call an item up for discussion; a screen that follows the meeting shows it. A speech on another is over."""
    item, meeting = item_of_open_meeting(session, item_id)
    advance(session, item, ItemState.DISCUSSING)
    end_running_speech(session, meeting, now=now)
    turn_if_following(session, meeting, now=now, item_id=item.id, revealed=False)
    return item.id


@action(Permission.RECORD_DISCUSSION)
def undo_start(session: Session, *, item_id: int, now: datetime) -> int:
    """The wrong item was called up: it waits again, as long as nothing was said or voted on it."""
    item, meeting = item_of_open_meeting(session, item_id)
    if item.state is ItemState.PENDING:
        return item.id
    for said in (
        select(DiscussionPoint.id).where(DiscussionPoint.item_id == item.id),
        select(SpeakerTurn.id).where(SpeakerTurn.item_id == item.id, SpeakerTurn.state.in_(SPOKE)),
        select(Ballot.id).where(Ballot.item_id == item.id),
    ):
        if session.scalar(said.limit(1)) is not None:
            raise Refused("already_said")
    advance(session, item, ItemState.PENDING)
    turn_if_following(session, meeting, now=now, item_id=None, revealed=False)
    return item.id


def _under_discussion(session: Session, item_id: int) -> tuple[AgendaItem, Meeting]:
    item, meeting = item_of_open_meeting(session, item_id)
    if item.state is ItemState.VOTING:
        raise Refused("ballot_open")
    if item.state not in (ItemState.DISCUSSING, ItemState.PENDING, ItemState.TIED):
        raise WrongStage(what="agenda_item", stage=item.state, permission=session.info.get("permission"))
    if item.state is ItemState.PENDING:
        advance(session, item, ItemState.DISCUSSING)
    return item, meeting


def _speaker(session: Session, meeting: Meeting, member_id: int | None) -> int | None:
    if member_id is not None and row_id("member_id", member_id) not in sheet_of(session, meeting.id):
        raise BadInput("member_id", Problem.UNKNOWN_CHOICE)
    return member_id


@action(Permission.RECORD_DISCUSSION)
def record_point(session: Session, *, item_id: int, said: str, member_id: int | None = None, now: datetime) -> int:
    """Write down a point for the minutes, with or without the name of who made it. The id."""
    text = words("said", said, most=MOST_WORDS)
    item, meeting = _under_discussion(session, item_id)
    point = DiscussionPoint(
        community_id=item.community_id,
        item_id=item.id,
        member_id=_speaker(session, meeting, member_id),
        words=text,
        at=now,
    )
    session.add(point)
    session.flush()
    return point.id


@action(Permission.RECORD_DISCUSSION)
def move_amendment(
    session: Session,
    *,
    item_id: int,
    new_motion: str,
    said: str = "",
    member_id: int | None = None,
    now: datetime,
) -> int:
    """修正动议: propose other words for the motion; one at a time. The id."""
    wording, why = words("new_motion", new_motion, most=1000), words("said", said, most=MOST_WORDS, needed=False)
    item, meeting = _under_discussion(session, item_id)
    if open_amendment(session, item.id) is not None:
        raise Refused("amendment_open")
    if wording == item.motion:
        raise Refused("amendment_same")
    point = DiscussionPoint(
        community_id=item.community_id,
        item_id=item.id,
        member_id=_speaker(session, meeting, member_id),
        words=why,
        amendment=True,
        new_motion=wording,
        motion_before=item.motion,
        at=now,
    )
    session.add(point)
    turn_if_following(session, meeting, now=now)
    return point.id


def open_amendment(session: Session, item_id: int) -> int | None:
    """The amendment of an item that is neither carried nor dropped yet."""
    return session.scalar(
        select(DiscussionPoint.id).where(
            DiscussionPoint.item_id == item_id,
            DiscussionPoint.amendment.is_(True),
            DiscussionPoint.carried.is_(None),
        )
    )


@action(Permission.RUN_MEETING)
def settle_amendment(
    session: Session,
    *,
    point_id: int,
    carried: bool,
    votes_for: int | None = None,
    votes_against: int | None = None,
    now: datetime,
) -> int:
    """Take an amendment over into the motion, or not; the former words stay beside it.

    When hands were counted, both numbers are given and agree with `carried` (more for than against); they are kept
    behind the amendment's words for the minutes. Raises Refused: "amendment_settled", "count_says_otherwise",
    "no_room_for_count".
    """
    point = load(session, DiscussionPoint, point_id)
    item, meeting = _under_discussion(session, point.item_id)
    session.refresh(point)
    if not point.amendment or point.carried is not None:
        raise Refused("amendment_settled")
    if votes_for is not None or votes_against is not None:
        _keep_count(session, point, meeting, carried, votes_for, votes_against)
    point.carried, point.motion_before = carried, item.motion
    if carried:
        item.motion = point.new_motion
    turn_if_following(session, meeting, now=now)
    return point.id


def _keep_count(
    session: Session,
    point: DiscussionPoint,
    meeting: Meeting,
    carried: bool,
    votes_for: int | None,
    votes_against: int | None,
) -> None:
    there = sum(row.presence is MemberPresence.PRESENT for row in sheet_of(session, meeting.id).values())
    yes = whole("votes_for", votes_for, least=0, most=there)
    no = whole("votes_against", votes_against, least=0, most=there)
    if yes + no > there:
        raise Refused("more_votes_than_present", cast=yes + no, present=there)
    if (yes > no) is not carried:
        raise Refused("count_says_otherwise", votes_for=yes, votes_against=no)
    kept = with_count(point.words, yes, no)
    if len(kept) > MOST_WORDS:
        raise Refused("no_room_for_count", most=MOST_WORDS)
    point.words = kept


@action(Permission.RUN_MEETING)
def undo_settle(session: Session, *, point_id: int, now: datetime) -> int:
    """An amendment was settled by mistake: it is open again and the motion has its former words.

    Not while a ballot is open, nor once a result was announced, nor after a later amendment: Refused
    ("ballot_open", "result_announced", "amendment_followed", "amendment_open").
    """
    point = load(session, DiscussionPoint, point_id)
    item, meeting = item_of_open_meeting(session, point.item_id)
    if item.state is ItemState.VOTING:
        raise Refused("ballot_open")
    if item.outcome is not None or item.state in DONE:
        raise Refused("result_announced")
    session.refresh(point)
    if not point.amendment:
        raise Refused("no_amendment")
    if point.carried is None:
        return point.id
    if open_amendment(session, item.id) is not None:
        raise Refused("amendment_open")
    if item.motion != (point.new_motion if point.carried else point.motion_before):
        raise Refused("amendment_followed")
    item.motion, point.carried, point.words = point.motion_before, None, without_count(point.words)
    turn_if_following(session, meeting, now=now)
    return point.id


# --- slips of the recorder ----------------------------------------------------------------------------


def _correctable(session: Session, point_id: int) -> tuple[DiscussionPoint, Meeting]:
    """A point while its item is undecided; what was said before an announced tie stands as well."""
    point = load(session, DiscussionPoint, point_id)
    item, meeting = item_of_open_meeting(session, point.item_id)
    session.refresh(point)
    if item.state in DONE or (item.decided_at is not None and point.at <= item.decided_at):
        raise Refused("result_announced")
    return point, meeting


@action(Permission.RECORD_DISCUSSION)
def strike_point(session: Session, *, point_id: int, reason: str, now: datetime) -> None:
    """Take a point off the record that was written by mistake; the log keeps it with the reason.

    Not after the item's result was announced (Refused "result_announced"): then it takes a correction by two people.
    """
    why = line("reason", reason, most=200)
    point, meeting = _correctable(session, point_id)
    if point.amendment and point.carried is not None:
        raise Refused("amendment_settled")
    note(session, point, "delete", {"words": (point.words, None)}, reason=why)
    session.delete(point)
    turn_if_following(session, meeting, now=now)


@action(Permission.RECORD_DISCUSSION)
def amend_point(session: Session, *, point_id: int, said: str, seen: str | None = None, now: datetime) -> int:
    """Correct the words of a point, until the item's result is announced; the log keeps the former ones.

    `seen` is what the page showed: when somebody else changed the words since, it is a Conflict.
    """
    point, meeting = _correctable(session, point_id)
    text = words("said", said, most=MOST_WORDS, needed=not point.amendment)
    if seen is not None and seen != point.words:
        raise Conflict(what="discussion_point", id=point.id, current={"words": point.words})
    point.words = text
    turn_if_following(session, meeting, now=now)
    return point.id

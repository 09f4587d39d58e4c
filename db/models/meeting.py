"""会议: agenda, attendance, discussion, vote, result. Rules are frozen when the meeting is convened."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
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
    public,
    reference,
    stored_enum,
)
from db.terms import (
    BallotState,
    ItemState,
    MeetingChangeKind,
    MeetingState,
    MemberPresence,
    Outcome,
    SpeakerSide,
    SpeakerState,
    VoteMethod,
)


class Meeting(InCommunity, Versioned, Model):
    """第 term 届第 number 次会议."""

    __tablename__ = "meeting"
    __table_args__ = (
        # A meeting that is called off gives its number back to the one that is held instead.
        Index(
            "uq_meeting_number",
            *("body_id", "term", "number"),
            unique=True,
            sqlite_where=text("state != 'cancelled'"),
            postgresql_where=text("state != 'cancelled'"),
        ),
        Index("ix_meeting_at", "community_id", "at"),
    )

    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id", index=False)
    term: Mapped[int]
    number: Mapped[int]
    title: Mapped[Line] = public()
    at: Mapped[datetime]
    place: Mapped[Line] = public()
    state: Mapped[MeetingState] = stored_enum(MeetingState, default=MeetingState.DRAFT)
    notice_sent_at: Mapped[datetime | None]
    rule: Mapped[dict[str, Any] | None] = public(JSON(none_as_null=True), nullable=True)
    """The house rules as they stood when the notice went out; empty while the meeting is a draft."""
    short_notice_reason: Mapped[Line] = public(default="")
    """Why the notice went out later than the house rules ask; empty when it was in time."""
    cancel_reason: Mapped[Line] = public(default="")
    """Why it was called off; an agenda without needs has no other place that remembers."""
    sign_in_key: Mapped[str] = coded(32, default="", secret=True)
    """What the QR on the room's screen holds while members sign in; empty until the meeting opens."""
    chair_id: Mapped[int | None] = reference("account.id", nullable=True)
    chair_name: Mapped[Short] = copied("chair_id")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    observers: Mapped[int] = mapped_column(default=0)
    log_entries: Mapped[int] = mapped_column(default=0)
    log_hash: Mapped[str] = coded(64, default="")
    """The head of the audit log when the meeting was declared closed, as its minutes print it: so many entries, and
    the hash of the last. Whoever holds the paper can prove that nothing before it was changed or cut off since."""


class AgendaItem(InCommunity, Versioned, Model):
    """议题. Its result is computed once, when the ballot closes, and kept with its numbers."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "position"),
        Index("ix_agenda_item_need", "need_id"),
    )

    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=False)
    position: Mapped[int]
    title: Mapped[Line] = public()
    motion: Mapped[str] = public(1000)
    """What is voted on, word by word; a carried amendment changes it and is kept beside it."""
    need_id: Mapped[int | None] = reference("need.id", nullable=True, index=False)
    topic_id: Mapped[int | None] = reference("topic.id", nullable=True)
    short_title: Mapped[Short] = public(default="")
    """What the room's screen shows where the title is too long; never words that name a person."""
    question: Mapped[dict[str, Any] | None] = public(JSON(none_as_null=True), nullable=True)
    """`db.rules.voting.question.Question.to_json()`; empty for a plain motion. Frozen into the ballot when it opens."""
    proposer: Mapped[Short] = public(default="")
    owners_matter: Mapped[bool] = mapped_column(default=False)
    """An owners' decision by law (民法典 278): the council's vote is advice only."""
    state: Mapped[ItemState] = stored_enum(ItemState, default=ItemState.PENDING)
    outcome: Mapped[Outcome | None] = stored_enum(Outcome, nullable=True)
    decision: Mapped[dict[str, Any] | None] = public(JSON(none_as_null=True), nullable=True)
    """`db.rules.voting.result.Result`, by `result_to_json`."""
    decided_at: Mapped[datetime | None]


class Attendance(InCommunity, Versioned, Model):
    """One member at one meeting; name and capacity follow the member until the meeting opens, then they stay."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=False)
    member_id: Mapped[int] = reference("body_member.id")
    name: Mapped[Short] = copied("member_id")
    capacity: Mapped[Short] = copied("member_id", "capacity")
    presence: Mapped[MemberPresence] = stored_enum(MemberPresence, default=MemberPresence.DUE)
    came_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    proxy: Mapped[Short] = public(default="")
    """受托人: who sits there with the member's written authority, where the house rules allow it; else empty."""
    told_at: Mapped[datetime | None]
    """送达: when somebody wrote down that the notice reached the member; empty again when the meeting is moved."""


class MeetingChange(InCommunity, Model):
    """What changed between the notice and the opening: another day or place, another member who is due."""

    __tablename__ = "meeting_change"
    __table_args__ = (Index("ix_meeting_change_meeting", "meeting_id", "id"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=False)
    kind: Mapped[MeetingChangeKind] = stored_enum(MeetingChangeKind)
    member_id: Mapped[int | None] = reference("body_member.id", nullable=True)
    seat: Mapped[int | None]
    before: Mapped[Line] = public(default="")
    """The name, or the place, that stood there until now; empty for somebody who was not due."""
    after: Mapped[Line] = public(default="")
    at_before: Mapped[datetime | None]
    at_after: Mapped[datetime | None]
    """Of a meeting that was moved: when it was to be, and when it is to be."""
    reason: Mapped[Line] = public(default="")
    noted_at: Mapped[datetime]
    noted_by: Mapped[int] = reference("account.id")
    noted_name: Mapped[Short] = copied("noted_by")


class Recusal(InCommunity, Model):
    """回避: a member with an interest is taken out of the count for one item."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("item_id", "member_id"),)

    id: Mapped[Id]
    item_id: Mapped[int] = reference("agenda_item.id", index=False)
    member_id: Mapped[int] = reference("body_member.id")
    reason: Mapped[Line] = public()
    declared_at: Mapped[datetime]


class DiscussionPoint(InCommunity, Model):
    """A point made, or an amendment moved; becomes the minutes."""

    __tablename__ = "discussion_point"
    __table_args__ = (Index("ix_discussion_point_item", "item_id", "id"),)

    id: Mapped[Id]
    item_id: Mapped[int] = reference("agenda_item.id", index=False)
    member_id: Mapped[int | None] = reference("body_member.id", nullable=True)
    words: Mapped[str] = public(500)
    amendment: Mapped[bool] = mapped_column(default=False)
    new_motion: Mapped[str] = public(1000, default="")
    carried: Mapped[bool | None]
    """For an amendment: taken over into the motion, or not; empty while open."""
    motion_before: Mapped[str] = public(1000, default="")
    at: Mapped[datetime]


class Ballot(InCommunity, Versioned, Model):
    """表决 of one item; at most one is open per meeting. The electorate is frozen when it opens."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("item_id", "round"),
        Index("ix_ballot_meeting", "meeting_id", "state"),
        # The database's own rule: whoever comes second cannot open another one, by any path.
        Index(
            "uq_ballot_open",
            "meeting_id",
            unique=True,
            sqlite_where=text("state IN ('open', 'stopped')"),
            postgresql_where=text("state IN ('open', 'stopped')"),
        ),
    )

    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=False)
    item_id: Mapped[int] = reference("agenda_item.id", index=False)
    round: Mapped[int] = mapped_column(default=1)
    method: Mapped[VoteMethod] = stored_enum(VoteMethod)
    """The way most people vote in it; every way with its numbers is a `BallotWay`."""
    question: Mapped[dict[str, Any] | None] = public(JSON(none_as_null=True), nullable=True)
    """A copy of the item's question as it stood at opening; empty for a plain motion."""
    title: Mapped[Line] = public(default="")
    motion: Mapped[str] = public(1000, default="")
    """What was voted on, word by word: the item's words may be corrected later, the ballot file must not change."""
    state: Mapped[BallotState] = stored_enum(BallotState, default=BallotState.OPEN)
    due: Mapped[int]
    present: Mapped[int]
    recused_due: Mapped[int]
    recused_present: Mapped[int]
    area_due: Mapped[int] = mapped_column(default=0)
    """Floor area of all entitled owners in 0.01 m², where the rule asks for it and all of it is known."""
    recounts: Mapped[int] = mapped_column(default=0)
    """How often two people who counted disagreed; of hands, the audit log keeps what each had counted."""
    opened_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    tally: Mapped[dict[str, Any] | None] = public(JSON(none_as_null=True), nullable=True)
    """`db.rules.voting.result.tally_to_json()`, written when the result is announced; empty for a plain motion."""
    file_hash: Mapped[str] = coded(64, default="")
    """SHA-256 of the exported ballot file (`db.rules.voting.ballot_file`), as it stands in the minutes."""
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstain: Mapped[int | None]
    void_reason: Mapped[Line] = public(default="")


class BallotVoter(InCommunity, Model):
    """A member who may vote in a ballot, and in which way: the frozen electorate. Nothing here says who voted."""

    __tablename__ = "ballot_voter"
    __table_args__ = (UniqueConstraint("ballot_id", "member_id"),)

    id: Mapped[Id]
    ballot_id: Mapped[int] = reference("ballot.id", index=False)
    member_id: Mapped[int] = reference("body_member.id")
    way: Mapped[VoteMethod] = stored_enum(VoteMethod, default=VoteMethod.NAMED)
    area: Mapped[int] = mapped_column(default=0)
    """Floor area that votes with this owner in 0.01 m²; 0 where the rule does not ask for it."""


class NamedVote(InCommunity, Model):
    """记名表决: one per member and ballot, by the database's own rule."""

    __tablename__ = "named_vote"
    __table_args__ = (UniqueConstraint("ballot_id", "member_id"),)

    id: Mapped[Id]
    ballot_id: Mapped[int] = reference("ballot.id", index=False)
    member_id: Mapped[int] = reference("body_member.id")
    choice: Mapped[str] = coded(400, secret=True)
    """A pattern of `db.rules.voting.question`; of a motion the value of a `Choice`. Masked in the audit log, which can
    be read while the ballot is open."""
    cast_at: Mapped[datetime]
    entered_by: Mapped[int] = reference("account.id")
    """The member, or the chair for a present member without an account."""
    witness: Mapped[Short] = public(default="")
    """Who stood by when staff entered what the member said; empty when the member voted alone."""


class HandCount(InCommunity, Model):
    """举手表决 as one teller counted it; two tellers count separately and must agree."""

    __tablename__ = "hand_count"
    __table_args__ = (
        UniqueConstraint("ballot_id", "teller"),
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0", name="counts"),
        CheckConstraint("teller IN (1, 2)", name="teller"),
    )

    id: Mapped[Id]
    ballot_id: Mapped[int] = reference("ballot.id", index=False)
    teller: Mapped[int]
    """1 = 计票人，2 = 监票人."""
    teller_name: Mapped[Short] = public()
    votes_for: Mapped[int] = mapped_column(info={"secret": True})
    votes_against: Mapped[int] = mapped_column(info={"secret": True})
    votes_abstain: Mapped[int] = mapped_column(info={"secret": True})
    entered_by: Mapped[int] = reference("account.id")
    counted_at: Mapped[datetime]


class SpeakerTurn(InCommunity, Versioned, Model):
    """发言: one member's turn on one item, from the queue to the end of the speech."""

    __tablename__ = "speaker_turn"
    __table_args__ = (Index("ix_speaker_turn_item", "item_id", "id"),)

    id: Mapped[Id]
    item_id: Mapped[int] = reference("agenda_item.id", index=False)
    member_id: Mapped[int] = reference("body_member.id")
    side: Mapped[SpeakerSide] = stored_enum(SpeakerSide)
    state: Mapped[SpeakerState] = stored_enum(SpeakerState, default=SpeakerState.WAITING)
    asked_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    extra_seconds: Mapped[int] = mapped_column(default=0)
    """What the chair granted beyond the house rule."""

"""A meeting as its console and its documents see it: plain values, and who is there."""

from dataclasses import dataclass, field
from datetime import datetime

from db.rules.voting.decision import HouseRule, QuorumCheck, quorum
from db.rules.voting.question import MOTION, Question
from db.rules.voting.result import Result
from db.rules.voting.second_ballot import elected_so_far, next_question
from db.terms import (
    BallotState,
    ItemState,
    MeetingChangeKind,
    MeetingState,
    MemberPresence,
    NeedStage,
    Outcome,
    SpeakerSide,
    SpeakerState,
    VoteMethod,
)

SECRET_WAYS = frozenset({VoteMethod.SLIP, VoteMethod.PAPER})
"""Ways in which nobody, the database included, can tell who chose what."""
DONE = frozenset({ItemState.PASSED, ItemState.NOT_PASSED, ItemState.POSTPONED})
"""States at which nothing more happens to an item in this meeting."""


# --- the parts of a sitting --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seat:
    """One member at one meeting."""

    member_id: int
    seat: int
    name: str
    capacity: str
    has_account: bool
    presence: MemberPresence = MemberPresence.DUE
    came_at: datetime | None = None
    left_at: datetime | None = None
    account_id: int | None = None
    proxy: str = ""
    """受托人: who sits there for the member, where the house rules allow it."""
    told_at: datetime | None = None
    """送达: when it was written down that the notice reached the member."""

    @property
    def label(self) -> str:
        """Seat and name, as on the sign-in sheet."""
        return f"{self.seat:02d} {self.name}"


@dataclass(frozen=True, slots=True)
class Change:
    """What changed between the notice and the opening, as a line on the sheet."""

    kind: MeetingChangeKind
    seat: int | None
    before: str
    after: str
    at_before: datetime | None
    at_after: datetime | None
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RecusedMember:
    """回避: a member who steps back on one item."""

    item_id: int
    member_id: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point made or an amendment moved; `name` is empty when it is recorded without its speaker."""

    id: int
    item_id: int
    words: str
    name: str
    amendment: bool = False
    new_motion: str = ""
    carried: bool | None = None
    motion_before: str = ""


@dataclass(frozen=True, slots=True)
class WayStanding:
    """One way of voting in an open ballot: how many may vote so, how many have. Never what."""

    way: VoteMethod
    issued: int
    cast: int
    entries: tuple[int, ...] = ()
    """Of hands and paper: which of the two people have handed in their count."""

    @property
    def complete(self) -> bool:
        """Whether nothing more can come in."""
        counted = self.way in (VoteMethod.HANDS, VoteMethod.PAPER)
        return self.entries == (1, 2) if counted else self.cast >= self.issued


@dataclass(frozen=True, slots=True)
class SpeakerInQueue:
    """发言: a turn on one item."""

    id: int
    version: int
    item_id: int
    member_id: int
    seat: int
    name: str
    side: SpeakerSide
    state: SpeakerState
    asked_at: datetime
    began_at: datetime | None = None
    ended_at: datetime | None = None
    extra_seconds: int = 0


@dataclass(frozen=True, slots=True)
class BallotStanding:
    """A ballot with its frozen electorate and its turnout; never its tally while it is open."""

    id: int
    item_id: int
    round: int
    method: VoteMethod
    state: BallotState
    due: int
    present: int
    recused_due: int
    recused_present: int
    turnout: int = 0
    tellers_in: tuple[int, ...] = ()
    recounts: int = 0
    question: Question = MOTION
    ways: tuple[WayStanding, ...] = ()
    changed: int = 0
    """How often a vote by slip was replaced by another; never whose or by what."""
    elsewhere: int = 0
    """Of those from a phone that had not cast the vote."""

    @property
    def secret(self) -> bool:
        """Whether every way in it is secret, so that nobody learns who chose what."""
        return bool(self.ways) and all(way.way in SECRET_WAYS for way in self.ways)

    @property
    def voting(self) -> int:
        """实到 for this item: those who may vote."""
        return self.present - self.recused_present

    @property
    def complete(self) -> bool:
        """Whether everything that can be counted is in."""
        if self.ways:
            return all(way.complete for way in self.ways)
        if self.method is VoteMethod.HANDS:
            return self.tellers_in == (1, 2)
        return self.turnout >= self.voting


@dataclass(frozen=True, slots=True)
class TellerCount:
    """A ballot's agreed count, with the names that sign for it; for the result sheet."""

    ballot_id: int
    item_id: int
    round: int
    method: VoteMethod
    teller: str
    scrutineer: str
    recounts: int


@dataclass(frozen=True, slots=True)
class Item:
    """议题 with what became of it so far."""

    id: int
    version: int
    position: int
    title: str
    motion: str
    proposer: str
    owners_matter: bool
    state: ItemState
    need_id: int | None = None
    need_number: str = ""
    need_stage: NeedStage | None = None
    outcome: Outcome | None = None
    result: Result | None = None
    """What became of it, once it was voted on."""
    question: Question = MOTION
    short_title: str = ""
    topic_id: int | None = None
    counted: Question | None = None
    """What the ballot asked that gave the result, where that is not the item's question: after a tie it asks less."""

    @property
    def answered(self) -> Question:
        """The question to which the result belongs."""
        return self.counted or self.question

    @property
    def to_vote(self) -> Question:
        """What the next ballot asks."""
        return next_question(self.answered, self.result)

    @property
    def elected(self) -> tuple[str, ...]:
        """The titles of the options that ballots have chosen so far."""
        return elected_so_far(self.answered, self.result)

    @property
    def owes_words(self) -> bool:
        """Not passed, and nobody has yet said what becomes of the need behind it."""
        return self.state is ItemState.NOT_PASSED and self.need_stage is NeedStage.ON_AGENDA


@dataclass(frozen=True, slots=True)
class Presence:
    """The figures of a sign-in sheet: 应到 实到 请假 缺席 中途离席."""

    due: int
    present: int
    leave: int
    absent: int
    left_early: int
    open: int
    """Not yet reported."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting with all that its chair needs in view."""

    id: int
    version: int
    community_id: int
    body_id: int
    body_name: str
    term: int
    number: int
    title: str
    at: datetime
    place: str
    state: MeetingState
    rule: HouseRule | None = None
    """Frozen when the notice went out; before that, the rule that would be frozen now."""
    notice_sent_at: datetime | None = None
    short_notice_reason: str = ""
    chair_name: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    observers: int = 0
    seats: tuple[Seat, ...] = ()
    items: tuple[Item, ...] = ()
    points: tuple[Point, ...] = ()
    recusals: tuple[RecusedMember, ...] = ()
    ballot: BallotStanding | None = None
    counts: tuple[TellerCount, ...] = field(default=())
    speakers: tuple[SpeakerInQueue, ...] = ()
    cancel_reason: str = ""
    sign_in_key: str = ""
    slips: int = 0
    """Slips that can be used now."""
    changes: tuple[Change, ...] = ()
    community: str = ""
    desk_phone: str = ""
    """Telephone of the community's desk, where members ask for leave; empty when it has none."""

    @property
    def presence(self) -> Presence:
        """Head counts of the sheet."""
        counted = dict.fromkeys(MemberPresence, 0)
        for seat in self.seats:
            counted[seat.presence] += 1
        return Presence(
            due=len(self.seats),
            present=counted[MemberPresence.PRESENT],
            leave=counted[MemberPresence.LEAVE],
            absent=counted[MemberPresence.ABSENT],
            left_early=counted[MemberPresence.LEFT_EARLY],
            open=counted[MemberPresence.DUE],
        )

    def quorum_for(self, item_id: int | None = None) -> QuorumCheck | None:
        """Whether enough are there now, for the meeting or for one item without its recused."""
        if self.rule is None or not self.seats:
            return None
        out = {recused.member_id for recused in self.recusals if recused.item_id == item_id}
        there = {seat.member_id for seat in self.seats if seat.presence is MemberPresence.PRESENT}
        due = {seat.member_id for seat in self.seats}
        return quorum(self.rule, len(due), len(there), len(out & due), len(out & there))

    def item(self, item_id: int | None) -> Item | None:
        """The item of that id, or None."""
        return next((item for item in self.items if item.id == item_id), None)

    @property
    def before(self) -> bool:
        """Whether nobody has signed in yet: papers printed now have no figures of who came."""
        return self.opened_at is None and not any(seat.came_at for seat in self.seats)

    @property
    def told(self) -> int:
        """送达: how many of those who are due the notice has reached."""
        return sum(seat.told_at is not None for seat in self.seats)

    @property
    def may_be_taken_back(self) -> bool:
        """Whether its opening can still be taken back: no vote was called and no item is concluded."""
        concluded = any(item.state in DONE or item.state is ItemState.TIED for item in self.items)
        return self.state is MeetingState.OPEN and self.ballot is None and not self.counts and not concluded

    @property
    def phones_allowed(self) -> bool:
        """Whether members may vote on their own phones; while no rule holds, nothing forbids it."""
        return self.rule is None or self.rule.phones_allowed

    def ballot_on(self, item: Item) -> BallotStanding | None:
        """The open ballot on an item, or None."""
        return self.ballot if self.ballot is not None and self.ballot.item_id == item.id else None

    def open_amendment(self, item: Item) -> Point | None:
        """The amendment of an item that nobody has decided yet, or None."""
        return next((p for p in self.points if p.item_id == item.id and p.amendment and p.carried is None), None)

    def may_vote_on(self, item: Item) -> bool:
        """Whether an item under discussion can be put to the vote: no amendment is open, enough members are there."""
        check = self.quorum_for(item.id)
        discussed = item.state in (ItemState.DISCUSSING, ItemState.TIED) and not item.owes_words
        return discussed and self.open_amendment(item) is None and check is not None and check.met

    @property
    def current(self) -> Item | None:
        """The item in focus: being voted, then owing words, then under discussion, then the next one."""
        for wanted in (
            lambda item: item.state is ItemState.VOTING,
            lambda item: item.owes_words,
            lambda item: item.state in (ItemState.DISCUSSING, ItemState.TIED),
            lambda item: item.state is ItemState.PENDING,
        ):
            for item in self.items:
                if wanted(item):
                    return item
        return self.items[-1] if self.items else None

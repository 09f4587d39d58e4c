"""A council and its public notices as plain values: who sits, which rule holds when, what a notice waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from db.rules.voting.decision import PRESETS, PRESETS_FOR, HouseRule, Preset
from db.rules.voting.question import MOTION, Question
from db.rules.voting.result import Result
from db.rules.workdays import notice_is_over
from db.terms import BodyKind, Choice, ItemState, NoticeState, ObjectionState


@dataclass(frozen=True, slots=True)
class BodyInList:
    """A body with its size, in a list."""

    id: int
    name: str
    kind: BodyKind
    term: int
    community: str
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    """Who holds, or held, a seat."""

    id: int
    version: int
    seat: int
    name: str
    capacity: str
    account_id: int | None
    account_name: str
    since: date
    until: date | None
    floor_area: int | None = None
    """Of an owner: exclusive floor area in 0.01 m², where it is known."""


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A house rule and the day from which it holds. `name` is that of a subdistrict's preset, else empty."""

    id: int
    valid_from: date
    rule: HouseRule
    basis: str
    set_by: str
    set_at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class DatedPreset:
    """A rule that the subdistrict offers from a day on. `basis` is the text it rests on, in words."""

    id: int
    key: str
    name: str
    kind: BodyKind
    rule: HouseRule
    basis: str
    in_force_since: date | None
    valid_from: date
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule that a body may adopt: one that ships (without name and basis), or one of its subdistrict."""

    key: str
    rule: HouseRule
    name: str = ""
    basis: str = ""
    in_force_since: date | None = None
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class CouncilBody:
    """One body with its members and rules, newest rule first."""

    id: int
    version: int
    community_id: int
    name: str
    kind: BodyKind
    term: int
    members: tuple[Member, ...]
    rules: tuple[DatedRule, ...]

    def in_office(self, day: date) -> tuple[Member, ...]:
        """The members who hold a seat on a day."""
        return tuple(m for m in self.members if m.since <= day and (m.until is None or m.until >= day))

    @property
    def free_seat(self) -> int:
        """The smallest number that no member holds."""
        taken = {member.seat for member in self.members if member.until is None}
        return next(seat for seat in range(1, len(taken) + 2) if seat not in taken)


@dataclass(frozen=True, slots=True)
class Named:
    """An id with the words a list of choices shows."""

    id: int
    name: str


def in_force(rules: Sequence[DatedRule], day: date) -> DatedRule | None:
    """The rule that holds on a day: the one with the latest day of validity, of two on one day the later set."""
    valid = [rule for rule in rules if rule.valid_from <= day]
    return max(valid, key=lambda rule: (rule.valid_from, rule.id), default=None)


def kind_of_preset(key: str) -> BodyKind | None:
    """The body that a rule which ships is for; None for a key that does not ship.

    The party members' meeting is a step of the village procedure: its rule is kept with the villagers' bodies.
    """
    if key == Preset.PARTY_ASSEMBLY:
        return BodyKind.VILLAGERS_REPRESENTATIVES
    return next((kind for kind, presets in PRESETS_FOR.items() if key in presets), None)


def presets_in_force(presets: Sequence[DatedPreset], day: date) -> dict[str, DatedPreset]:
    """The newest version of every key that holds on a day."""
    found: dict[str, DatedPreset] = {}
    for preset in sorted(presets, key=lambda one: (one.valid_from, one.id)):
        if preset.valid_from <= day:
            found[preset.key] = preset
    return found


def offers(kind: BodyKind, presets: Sequence[DatedPreset], day: date) -> dict[str, Offer]:
    """What a body may adopt on a day, by key: the rules that ship, each as its subdistrict has changed it, and after
    them the subdistrict's own.
    """
    changed = presets_in_force(presets, day)
    ours = [key for key, preset in changed.items() if preset.kind is kind and kind_of_preset(key) is None]
    return {
        key: _offer(changed[key]) if key in changed else Offer(key, PRESETS[key])
        for key in (*map(str, PRESETS_FOR[kind]), *ours)
    }


def _offer(preset: DatedPreset) -> Offer:
    return Offer(preset.key, preset.rule, preset.name, preset.basis, preset.in_force_since, preset.valid_from)


# --- a member's ballot ------------------------------------------------------------------------------


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


# --- notices ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToPost:
    """A passed item that has no notice yet."""

    item_id: int
    title: str
    motion: str
    meeting: str
    decided_at: datetime | None
    owners_matter: bool
    result: Result | None
    rule: HouseRule | None
    question: Question = MOTION


@dataclass(frozen=True, slots=True)
class NoticeInList:
    """A notice, in a list."""

    id: int
    title: str
    state: NoticeState
    posted_on: date
    ends_on: date
    objections: int
    open_objections: int


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """An objection; name and contact are masked."""

    id: int
    version: int
    objector: str
    contact: str
    matter: str
    received_at: datetime
    state: ObjectionState
    answer: str
    handled_at: datetime | None
    plan_after: str = ""
    """修改方案: the plan as it reads since this objection; empty when it was left as it is."""


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One wording of what is to be done: the first was voted on, each later one came of an objection."""

    number: int
    words: str
    since: datetime | None
    """Empty for what was voted on."""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One notice with everything that was said about it."""

    id: int
    version: int
    item_id: int
    need_id: int | None
    item_state: ItemState
    owners_matter: bool
    community: str
    title: str
    body: str
    posted_on: date
    working_days: int
    ends_on: date
    approximate: bool
    where_posted: str
    objection_contact: str
    state: NoticeState
    days_left: int
    objections: tuple[ObjectionFacts, ...]
    motion: str = ""
    """What was voted on, word by word."""

    @property
    def plans(self) -> tuple[PlanVersion, ...]:
        """The plan as it was voted on, and as each objection changed it, the newest last."""
        changed = sorted(
            (one.handled_at, one.id, one.plan_after) for one in self.objections if one.handled_at and one.plan_after
        )
        later = (PlanVersion(n, words, at) for n, (at, _id, words) in enumerate(changed, 2))
        return (PlanVersion(1, self.motion, None), *later)

    @property
    def open_objections(self) -> int:
        """How many still wait for an answer."""
        return sum(objection.state is ObjectionState.OPEN for objection in self.objections)


class NoticeStep(StrEnum):
    """What a notice waits for."""

    ANSWER_OBJECTIONS = "answer_objections"  # 处理异议
    WAIT = "wait"  # 公示期未满
    FINISH = "finish"  # 可以结束公示
    NOTHING = "nothing"  # 已结束


def notice_step(notice: NoticeFacts, today: date) -> NoticeStep:
    """What a notice waits for: an open objection comes before the calendar."""
    if notice.open_objections:
        return NoticeStep.ANSWER_OBJECTIONS
    if notice.state is not NoticeState.RUNNING:
        return NoticeStep.NOTHING
    return NoticeStep.FINISH if notice_is_over(today, notice.ends_on) else NoticeStep.WAIT

"""A council and its public notices as plain values: who sits, which rule holds when, what a notice waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from db.rules.voting.decision import PRESETS, PRESETS_FOR, HouseRule, Preset
from db.rules.workdays import notice_is_over
from db.terms import BodyKind, NoticeState


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


# --- notices ----------------------------------------------------------------------------------------


class NoticeStep(StrEnum):
    """What a notice waits for."""

    ANSWER_OBJECTIONS = "answer_objections"  # 处理异议
    WAIT = "wait"  # 公示期未满
    FINISH = "finish"  # 可以结束公示
    NOTHING = "nothing"  # 已结束


class Running(Protocol):
    """What decides the next step of a notice."""

    @property
    def state(self) -> NoticeState: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def open_objections(self) -> int: ...


def notice_step(notice: Running, today: date) -> NoticeStep:
    """What a notice waits for: an open objection comes before the calendar."""
    if notice.open_objections:
        return NoticeStep.ANSWER_OBJECTIONS
    if notice.state is not NoticeState.RUNNING:
        return NoticeStep.NOTHING
    return NoticeStep.FINISH if notice_is_over(today, notice.ends_on) else NoticeStep.WAIT

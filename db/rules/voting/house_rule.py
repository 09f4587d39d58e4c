"""A body's rule for passing a motion, as a value: shares of heads, compared by whole numbers.

"以上" includes the number, "过半数" and "超过" do not (docs/domain.md 5.3). The rule is frozen into a meeting when it
is convened, so it can be written as plain values and read back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from db.terms import MajorityBase, TieRule


class DecisionMisuse(ValueError):
    """Counts or a rule that cannot be: more votes than voters, a threshold above one."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a base: `numerator/denominator`, from 0 up to 1.

    `strict` means more than the share (过半数, 超过); otherwise the share itself is enough (以上).
    """

    numerator: int
    denominator: int
    strict: bool

    def __post_init__(self) -> None:
        if self.denominator < 1 or not 0 <= self.numerator <= self.denominator:
            raise DecisionMisuse("a threshold is a share from 0 to 1")
        if self.strict and self.numerator == self.denominator:
            raise DecisionMisuse("more than all can never be met")

    def met(self, count: int, base: int) -> bool:
        """Whether `count` of `base` heads meets the share, by whole numbers."""
        if self.strict:
            return count * self.denominator > base * self.numerator
        return count * self.denominator >= base * self.numerator

    def least(self, base: int) -> int:
        """The smallest count that meets the share of `base` heads."""
        if self.strict:
            return base * self.numerator // self.denominator + 1
        return -(-base * self.numerator // self.denominator)


HALF_OR_MORE = Threshold(1, 2, strict=False)  # 半数以上
MORE_THAN_HALF = Threshold(1, 2, strict=True)  # 过半数
TWO_THIRDS_OR_MORE = Threshold(2, 3, strict=False)  # 三分之二以上
THREE_QUARTERS_OR_MORE = Threshold(3, 4, strict=False)  # 四分之三以上


class QuorumOf(StrEnum):
    """Who counts as due (应到) under a rule."""

    MEMBERS = "members"  # 全体成员
    REPRESENTATIVES = "representatives"  # 组成人员（代表）
    CONVENED = "convened"  # 18 岁以上居民、户代表或小组代表
    ADULTS = "adults"  # 18 岁以上村民
    HOUSEHOLDS = "households"  # 户代表
    PARTY_MEMBERS = "party_members"  # 党员总数
    OWNERS = "owners"  # 业主


class LegalBasis(StrEnum):
    """Where a rule comes from; the screen prints the full title."""

    HOUSE_RULES = "house_rules"  # 本议事会议事规则
    RESIDENTS_COMMITTEE_LAW_9 = "residents_committee_law_9"  # 城市居民委员会组织法（2018 文本）第九条
    LOCAL_PRACTICE = "local_practice"  # 地方做法
    VILLAGERS_COMMITTEE_LAW_21_22 = "villagers_committee_law_21_22"  # 村民委员会组织法（2018 文本）
    VILLAGERS_COMMITTEE_LAW_25_26 = "villagers_committee_law_25_26"
    VILLAGERS_COMMITTEE_LAW_28 = "villagers_committee_law_28"
    FOUR_DISCUSSIONS = "four_discussions"  # 四议两公开工作法
    CIVIL_CODE_278 = "civil_code_278"  # 民法典第二百七十八条


JSON_VERSION = 2
"""Version 1 had no rules of speaking, phones, random order or floor area: it is read with their defaults."""


@dataclass(frozen=True, slots=True)
class HouseRule:
    """A body's rule for passing a motion, as it is frozen into a meeting.

    `quorum` is a share of those due (`quorum_of` names them), `majority` a share of `majority_base`.
    `notice_days` counts working days of public notice after a motion passes, `call_days` the days before the
    meeting by which it must be announced. `advisory` marks a result that only advises: another body decides.
    `verified` is false while the text in force has not been read; the screen then says so.
    Raises DecisionMisuse when the majority is under one half, because both sides could then win.
    """

    preset: str
    quorum: Threshold
    quorum_of: QuorumOf
    majority: Threshold
    majority_base: MajorityBase
    tie: TieRule
    notice_days: int
    advisory: bool
    proxies_allowed: bool = False
    call_days: int = 3
    legal_basis: LegalBasis = LegalBasis.HOUSE_RULES
    verified: bool = False
    speech_seconds: int = 120
    """How long one speech may be (限时), docs/domain.md 5.5."""
    speeches: int = 2
    """How often one member may speak on one item (限次)."""
    phones_allowed: bool = True
    """A vote may be cast on one's own phone by slip; the house rules must say so (docs/domain.md 5.4)."""
    shuffle_options: bool = False
    """Options stand in another random order before every voter."""
    area_quorum: Threshold | None = None
    """Owners only: the share of the whole floor area that must take part; together with `area_majority`."""
    area_majority: Threshold | None = None

    def __post_init__(self) -> None:
        for majority in (self.majority, self.area_majority):
            if majority is not None and 2 * majority.numerator < majority.denominator:
                raise DecisionMisuse("a majority of less than half")
        if self.notice_days < 0 or self.call_days < 0:
            raise DecisionMisuse("days cannot be negative")
        if self.speech_seconds < 1 or self.speeches < 1:
            raise DecisionMisuse("nobody could speak")
        if (self.area_quorum is None) != (self.area_majority is None):
            raise DecisionMisuse("floor area needs a quorum and a majority")

    @property
    def by_area(self) -> bool:
        """Whether heads and floor area both decide (民法典 278)."""
        return self.area_majority is not None

    def to_json(self) -> dict[str, object]:
        """The rule as plain values for a JSON column; `from_json` reads it back unchanged."""
        return {
            "version": JSON_VERSION,
            "preset": self.preset,
            "quorum": threshold_to_json(self.quorum),
            "quorum_of": self.quorum_of.value,
            "majority": threshold_to_json(self.majority),
            "majority_base": self.majority_base.value,
            "tie": self.tie.value,
            "notice_days": self.notice_days,
            "advisory": self.advisory,
            "proxies_allowed": self.proxies_allowed,
            "call_days": self.call_days,
            "legal_basis": self.legal_basis.value,
            "verified": self.verified,
            "speech_seconds": self.speech_seconds,
            "speeches": self.speeches,
            "phones_allowed": self.phones_allowed,
            "shuffle_options": self.shuffle_options,
            "area_quorum": threshold_to_json(self.area_quorum) if self.area_quorum else None,
            "area_majority": threshold_to_json(self.area_majority) if self.area_majority else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "HouseRule":
        """Read a rule written by `to_json`. Raises DecisionMisuse on any other shape."""
        if stored.get("version") not in (1, JSON_VERSION):
            raise DecisionMisuse("unknown version of a stored rule")
        later = stored.get("version") == JSON_VERSION
        try:
            return cls(
                preset=_text(stored["preset"]),
                quorum=threshold_from_json(stored["quorum"]),
                quorum_of=QuorumOf(_text(stored["quorum_of"])),
                majority=threshold_from_json(stored["majority"]),
                majority_base=MajorityBase(_text(stored["majority_base"])),
                tie=TieRule(_text(stored["tie"])),
                notice_days=_whole(stored["notice_days"]),
                advisory=_yes_no(stored["advisory"]),
                proxies_allowed=_yes_no(stored["proxies_allowed"]),
                call_days=_whole(stored["call_days"]),
                legal_basis=LegalBasis(_text(stored["legal_basis"])),
                verified=_yes_no(stored["verified"]),
                **(_second_version(stored) if later else {}),
            )
        except KeyError as missing:
            raise DecisionMisuse(f"a stored rule lacks {missing}") from None


def _second_version(stored: Mapping[str, object]) -> dict[str, Any]:
    return {
        "speech_seconds": _whole(stored["speech_seconds"]),
        "speeches": _whole(stored["speeches"]),
        "phones_allowed": _yes_no(stored["phones_allowed"]),
        "shuffle_options": _yes_no(stored["shuffle_options"]),
        "area_quorum": threshold_from_json(stored["area_quorum"]) if stored["area_quorum"] else None,
        "area_majority": threshold_from_json(stored["area_majority"]) if stored["area_majority"] else None,
    }


def threshold_to_json(threshold: Threshold) -> dict[str, object]:
    """A share as plain values."""
    return {
        "numerator": threshold.numerator,
        "denominator": threshold.denominator,
        "strict": threshold.strict,
    }


def threshold_from_json(stored: object) -> Threshold:
    """Read a share written by `threshold_to_json`. Raises DecisionMisuse."""
    if not isinstance(stored, Mapping):
        raise DecisionMisuse("a stored threshold is not a mapping")
    return Threshold(_whole(stored["numerator"]), _whole(stored["denominator"]), strict=_yes_no(stored["strict"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise DecisionMisuse("expected text in a stored rule")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise DecisionMisuse("expected a whole number in a stored rule")
    return value


def _yes_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise DecisionMisuse("expected true or false in a stored rule")
    return value

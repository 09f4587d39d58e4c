"""Decide a motion by a house rule: who had to be there, who was, and how many had to say yes.

Rules differ by body (DOMAIN B.1.3), so a rule is a value: it is frozen into the meeting when the meeting is
convened. "以上" includes the number, "过半数" and "超过" do not (DOMAIN 0.2); all arithmetic is on integers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from db.terms import BodyKind, MajorityBase, Outcome, TieRule


class DecisionMisuse(ValueError):
    """Counts or a rule that cannot be: more votes than voters, a threshold above one."""


class VotesExceedPresent(DecisionMisuse):
    """More votes were handed in than there were people entitled to vote."""


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
    REPRESENTATIVES = "representatives"  # 组成人员(代表)
    CONVENED = "convened"  # 18 岁以上居民、户代表或小组代表
    ADULTS = "adults"  # 18 岁以上村民
    HOUSEHOLDS = "households"  # 户代表
    PARTY_MEMBERS = "party_members"  # 党员总数
    OWNERS = "owners"  # 业主


class LegalBasis(StrEnum):
    """Where a rule comes from; the screen prints the full title."""

    HOUSE_RULES = "house_rules"  # 本议事会议事规则
    RESIDENTS_COMMITTEE_LAW_9 = "residents_committee_law_9"  # 城市居民委员会组织法(2018 文本)第九条
    LOCAL_PRACTICE = "local_practice"  # 地方做法
    VILLAGERS_COMMITTEE_LAW_21_22 = "villagers_committee_law_21_22"  # 村民委员会组织法(2018 文本)
    VILLAGERS_COMMITTEE_LAW_25_26 = "villagers_committee_law_25_26"
    VILLAGERS_COMMITTEE_LAW_28 = "villagers_committee_law_28"
    FOUR_DISCUSSIONS = "four_discussions"  # 四议两公开工作法
    CIVIL_CODE_278 = "civil_code_278"  # 民法典第二百七十八条


class Preset(StrEnum):
    """Names of the rules that ship with the house."""

    COUNCIL = "council"  # 居民议事会(默认)
    COUNCIL_MEMBERS_MAJORITY = "council_members_majority"  # 居民议事会(全体成员过半数)
    COUNCIL_TWO_THIRDS = "council_two_thirds"  # 居民议事会(实到三分之二)
    RESIDENTS = "residents"  # 居民会议
    RESIDENTS_REPRESENTATIVES = "residents_representatives"  # 居民代表会议
    VILLAGERS_ADULTS = "villagers_adults"  # 村民会议(18 岁以上村民)
    VILLAGERS_HOUSEHOLDS = "villagers_households"  # 村民会议(户代表)
    VILLAGERS_REPRESENTATIVES = "villagers_representatives"  # 村民代表会议
    VILLAGERS_GROUP_ADULTS = "villagers_group_adults"  # 村民小组会议(18 岁以上村民)
    VILLAGERS_GROUP_HOUSEHOLDS = "villagers_group_households"  # 村民小组会议(户代表)
    PARTY_ASSEMBLY = "party_assembly"  # 四议两公开·党员大会审议
    OWNERS_GENERAL = "owners_general"  # 业主共同决定(一般事项),仅供参考
    OWNERS_THREE_QUARTERS = "owners_three_quarters"  # 业主共同决定(重大事项),仅供参考


JSON_VERSION = 1


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

    def __post_init__(self) -> None:
        if 2 * self.majority.numerator < self.majority.denominator:
            raise DecisionMisuse("a majority of less than half")
        if self.notice_days < 0 or self.call_days < 0:
            raise DecisionMisuse("days cannot be negative")

    def to_json(self) -> dict[str, object]:
        """The rule as plain values for a JSON column; `from_json` reads it back unchanged."""
        return {
            "version": JSON_VERSION,
            "preset": self.preset,
            "quorum": _threshold_to_json(self.quorum),
            "quorum_of": self.quorum_of.value,
            "majority": _threshold_to_json(self.majority),
            "majority_base": self.majority_base.value,
            "tie": self.tie.value,
            "notice_days": self.notice_days,
            "advisory": self.advisory,
            "proxies_allowed": self.proxies_allowed,
            "call_days": self.call_days,
            "legal_basis": self.legal_basis.value,
            "verified": self.verified,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "HouseRule":
        """Read a rule written by `to_json`. Raises DecisionMisuse on any other shape."""
        if stored.get("version") != JSON_VERSION:
            raise DecisionMisuse("unknown version of a stored rule")
        try:
            return cls(
                preset=_text(stored["preset"]),
                quorum=_threshold_from_json(stored["quorum"]),
                quorum_of=QuorumOf(_text(stored["quorum_of"])),
                majority=_threshold_from_json(stored["majority"]),
                majority_base=MajorityBase(_text(stored["majority_base"])),
                tie=TieRule(_text(stored["tie"])),
                notice_days=_whole(stored["notice_days"]),
                advisory=_yes_no(stored["advisory"]),
                proxies_allowed=_yes_no(stored["proxies_allowed"]),
                call_days=_whole(stored["call_days"]),
                legal_basis=LegalBasis(_text(stored["legal_basis"])),
                verified=_yes_no(stored["verified"]),
            )
        except KeyError as missing:
            raise DecisionMisuse(f"a stored rule lacks {missing}") from None


def _threshold_to_json(threshold: Threshold) -> dict[str, object]:
    return {
        "numerator": threshold.numerator,
        "denominator": threshold.denominator,
        "strict": threshold.strict,
    }


def _threshold_from_json(stored: object) -> Threshold:
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


def _preset(
    preset: Preset,
    quorum: Threshold,
    quorum_of: QuorumOf,
    majority: Threshold,
    base: MajorityBase,
    basis: LegalBasis,
    *,
    verified: bool,
    advisory: bool = False,
    call_days: int = 3,
) -> HouseRule:
    return HouseRule(
        preset=preset.value,
        quorum=quorum,
        quorum_of=quorum_of,
        majority=majority,
        majority_base=base,
        tie=TieRule.BACK_TO_DISCUSSION,
        notice_days=5,
        advisory=advisory,
        call_days=call_days,
        legal_basis=basis,
        verified=verified,
    )


PRESETS: dict[str, HouseRule] = {
    rule.preset: rule
    for rule in (
        _preset(
            Preset.COUNCIL,
            TWO_THIRDS_OR_MORE,
            QuorumOf.MEMBERS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.HOUSE_RULES,
            verified=True,
        ),
        _preset(
            Preset.COUNCIL_MEMBERS_MAJORITY,
            TWO_THIRDS_OR_MORE,
            QuorumOf.MEMBERS,
            MORE_THAN_HALF,
            MajorityBase.MEMBERS,
            LegalBasis.HOUSE_RULES,
            verified=True,
        ),
        _preset(
            Preset.COUNCIL_TWO_THIRDS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.MEMBERS,
            TWO_THIRDS_OR_MORE,
            MajorityBase.PRESENT,
            LegalBasis.HOUSE_RULES,
            verified=False,
        ),
        # The law was revised with force from 2026-01-01; the number in its new chapter 4 has not been read.
        _preset(
            Preset.RESIDENTS,
            MORE_THAN_HALF,
            QuorumOf.CONVENED,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.RESIDENTS_COMMITTEE_LAW_9,
            verified=False,
        ),
        _preset(
            Preset.RESIDENTS_REPRESENTATIVES,
            TWO_THIRDS_OR_MORE,
            QuorumOf.REPRESENTATIVES,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.LOCAL_PRACTICE,
            verified=False,
        ),
        # The villagers' rows quote the 2018 text; the amendment of 2025-10 has not been read.
        _preset(
            Preset.VILLAGERS_ADULTS,
            MORE_THAN_HALF,
            QuorumOf.ADULTS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_21_22,
            verified=False,
            call_days=10,
        ),
        _preset(
            Preset.VILLAGERS_HOUSEHOLDS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.HOUSEHOLDS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_21_22,
            verified=False,
            call_days=10,
        ),
        _preset(
            Preset.VILLAGERS_REPRESENTATIVES,
            TWO_THIRDS_OR_MORE,
            QuorumOf.REPRESENTATIVES,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_25_26,
            verified=False,
        ),
        _preset(
            Preset.VILLAGERS_GROUP_ADULTS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.ADULTS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_28,
            verified=False,
        ),
        _preset(
            Preset.VILLAGERS_GROUP_HOUSEHOLDS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.HOUSEHOLDS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_28,
            verified=False,
        ),
        _preset(
            Preset.PARTY_ASSEMBLY,
            TWO_THIRDS_OR_MORE,
            QuorumOf.PARTY_MEMBERS,
            HALF_OR_MORE,
            MajorityBase.MEMBERS,
            LegalBasis.FOUR_DISCUSSIONS,
            verified=False,
        ),
        # Owners also decide by floor area, which nobody counts here: heads alone can only advise.
        _preset(
            Preset.OWNERS_GENERAL,
            TWO_THIRDS_OR_MORE,
            QuorumOf.OWNERS,
            MORE_THAN_HALF,
            MajorityBase.PARTICIPATING,
            LegalBasis.CIVIL_CODE_278,
            verified=True,
            advisory=True,
        ),
        _preset(
            Preset.OWNERS_THREE_QUARTERS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.OWNERS,
            THREE_QUARTERS_OR_MORE,
            MajorityBase.PARTICIPATING,
            LegalBasis.CIVIL_CODE_278,
            verified=True,
            advisory=True,
        ),
    )
}
"""Every row of DOMAIN B.1.3 that counts heads, by `Preset` value; a subdistrict may edit a copy."""

PRESETS_FOR: Mapping[BodyKind, tuple[Preset, ...]] = {
    BodyKind.COUNCIL: (Preset.COUNCIL, Preset.COUNCIL_MEMBERS_MAJORITY, Preset.COUNCIL_TWO_THIRDS),
    BodyKind.RESIDENTS: (Preset.RESIDENTS,),
    BodyKind.RESIDENTS_REPRESENTATIVES: (Preset.RESIDENTS_REPRESENTATIVES,),
    BodyKind.VILLAGERS: (
        Preset.VILLAGERS_ADULTS,
        Preset.VILLAGERS_HOUSEHOLDS,
        Preset.VILLAGERS_GROUP_ADULTS,
        Preset.VILLAGERS_GROUP_HOUSEHOLDS,
    ),
    BodyKind.VILLAGERS_REPRESENTATIVES: (Preset.VILLAGERS_REPRESENTATIVES,),
    BodyKind.OWNERS_ADVISORY: (Preset.OWNERS_GENERAL, Preset.OWNERS_THREE_QUARTERS),
}
"""Which presets a body is offered, the usual one first."""


@dataclass(frozen=True, slots=True)
class Electorate:
    """The people of one item, frozen when its ballot opens.

    `due` counts all members, `recused` those of them who step back on this item (回避, DOMAIN B.1.2 step 7),
    `present` all who are there, `recused_present` the recused among these.
    Raises DecisionMisuse on counts that cannot be.
    """

    due: int
    recused: int
    present: int
    recused_present: int = 0

    def __post_init__(self) -> None:
        if min(self.due, self.recused, self.present, self.recused_present) < 0:
            raise DecisionMisuse("a count is negative")
        if self.recused_present > min(self.recused, self.present):
            raise DecisionMisuse("more recused members present than recused or present")
        if self.recused > self.due or self.voting > self.entitled:
            raise DecisionMisuse("more present or recused than due")

    @property
    def entitled(self) -> int:
        """应到 for this item: members without the recused."""
        return self.due - self.recused

    @property
    def voting(self) -> int:
        """实到 for this item: present without the recused."""
        return self.present - self.recused_present


@dataclass(frozen=True, slots=True)
class QuorumCheck:
    """Whether enough are there; `due` and `present` are without the recused."""

    due: int
    present: int
    needed: int
    met: bool

    @property
    def missing(self) -> int:
        """How many more would have to come; 0 when enough are there."""
        return max(0, self.needed - self.present)


def quorum(rule: HouseRule, due: int, present: int, recused_due: int = 0, recused_present: int = 0) -> QuorumCheck:
    """Check the quorum of one item: 应到 and 实到 both without the recused (DOMAIN B.1.2 steps 4 and 7).

    `due` and `present` are head counts that include the recused. Nobody is never a quorum.
    Raises DecisionMisuse on counts that cannot be.
    """
    people = Electorate(due, recused_due, present, recused_present)
    return _quorum(rule, people.entitled, people.voting)


def _quorum(rule: HouseRule, entitled: int, there: int) -> QuorumCheck:
    needed = max(1, rule.quorum.least(entitled))
    return QuorumCheck(due=entitled, present=there, needed=needed, met=there >= needed)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a motion, with every number a result sheet shows (DOMAIN B.1.7, 表决结果报告单).

    `base_count` is the size of the base, `needed` the votes for that would have been enough, `not_cast` those
    entitled and present who handed in no valid vote.
    """

    outcome: Outcome
    quorum: QuorumCheck
    base: MajorityBase
    base_count: int
    needed: int
    votes_for: int
    votes_against: int
    votes_abstain: int
    not_cast: int
    advisory: bool
    tie_rule: TieRule

    @property
    def passed(self) -> bool:
        """Whether the motion passed."""
        return self.outcome is Outcome.PASSED

    @property
    def short_by(self) -> int:
        """How many more votes for were needed; 0 when there were enough."""
        return max(0, self.needed - self.votes_for)


def decide(
    rule: HouseRule,
    *,
    due: int,
    present: int,
    votes_for: int,
    votes_against: int,
    votes_abstain: int,
    recused_due: int = 0,
    recused_present: int = 0,
) -> Decision:
    """Decide a motion from head counts (DOMAIN B.1.3).

    `due` and `present` include the recused, who are taken out of both. The base PRESENT includes abstentions
    and those who cast no vote; VALID and PARTICIPATING count the votes cast, abstentions included (B.1.4).
    Where the base is PARTICIPATING the quorum, too, is of those who took part in the vote (民法典 278).
    A motion never passes without a quorum, with as many against as for, or with no vote for.
    Raises VotesExceedPresent or DecisionMisuse on counts that cannot be.
    """
    if min(votes_for, votes_against, votes_abstain) < 0:
        raise DecisionMisuse("a count of votes is negative")
    people = Electorate(due, recused_due, present, recused_present)
    cast = votes_for + votes_against + votes_abstain
    if cast > people.voting:
        raise VotesExceedPresent("more votes than people entitled and present")
    base_count = {
        MajorityBase.PRESENT: people.voting,
        MajorityBase.MEMBERS: people.entitled,
        MajorityBase.VALID: cast,
        MajorityBase.PARTICIPATING: cast,
    }[rule.majority_base]
    taking_part = cast if rule.majority_base is MajorityBase.PARTICIPATING else people.voting
    check = _quorum(rule, people.entitled, taking_part)
    return Decision(
        outcome=_outcome(rule, check, base_count, votes_for, votes_against),
        quorum=check,
        base=rule.majority_base,
        base_count=base_count,
        needed=max(1, rule.majority.least(base_count)),
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstain=votes_abstain,
        not_cast=people.voting - cast,
        advisory=rule.advisory,
        tie_rule=rule.tie,
    )


def _outcome(rule: HouseRule, check: QuorumCheck, base_count: int, votes_for: int, votes_against: int) -> Outcome:
    if not check.met:
        return Outcome.NO_QUORUM
    if votes_for == votes_against:
        # Exactly half can satisfy "半数以上", yet a motion opposed by as many as favour it is not carried.
        return Outcome.TIE if votes_for else Outcome.NOT_PASSED
    return Outcome.PASSED if votes_for and rule.majority.met(votes_for, base_count) else Outcome.NOT_PASSED

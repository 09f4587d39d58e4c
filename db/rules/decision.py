"""Decide a motion by a house rule: who had to be there, who was, and how many had to say yes.

Rules differ by body (DOMAIN B.1.3), so a rule is a value (`house_rule`); those that ship are in `house_presets`.
Both are offered here too: whoever decides needs them.
"""

from dataclasses import dataclass

from db.rules.house_presets import PRESETS, PRESETS_FOR, Preset
from db.rules.house_rule import (
    HALF_OR_MORE,
    MORE_THAN_HALF,
    THREE_QUARTERS_OR_MORE,
    TWO_THIRDS_OR_MORE,
    DecisionMisuse,
    HouseRule,
    LegalBasis,
    QuorumOf,
    Threshold,
)
from db.terms import MajorityBase, Outcome, TieRule

__all__ = [
    "HALF_OR_MORE",
    "MORE_THAN_HALF",
    "PRESETS",
    "PRESETS_FOR",
    "THREE_QUARTERS_OR_MORE",
    "TWO_THIRDS_OR_MORE",
    "Decision",
    "DecisionMisuse",
    "Electorate",
    "HouseRule",
    "LegalBasis",
    "Preset",
    "QuorumCheck",
    "QuorumOf",
    "Threshold",
    "VotesExceedPresent",
    "decide",
    "quorum",
]


class VotesExceedPresent(DecisionMisuse):
    """More votes were handed in than there were people entitled to vote."""


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

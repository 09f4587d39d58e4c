"""Decide a motion by a house rule: who had to be there, who was, and how many had to say yes.

Rules differ by body (docs/domain.md 5.3), so a rule is a value (`house_rule`); those that ship are in `house_presets`.
Both are offered here too: a caller that decides needs them.
"""

from dataclasses import dataclass

from db.rules.voting.house_presets import PRESETS, PRESETS_FOR, Preset
from db.rules.voting.house_rule import (
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
    "AreaDecision",
    "AreaVotes",
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

    `due` counts all members, `recused` those of them who step back on this item (回避, docs/domain.md 5.2 step 7),
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
    """Check the quorum of one item: 应到 and 实到 both without the recused (docs/domain.md 5.2 steps 4 and 7).

    `due` and `present` are head counts that include the recused. Nobody is never a quorum.
    Raises DecisionMisuse on counts that cannot be.
    """
    people = Electorate(due, recused_due, present, recused_present)
    return _quorum(rule, people.entitled, people.voting)


def _quorum(rule: HouseRule, entitled: int, there: int) -> QuorumCheck:
    needed = max(1, rule.quorum.least(entitled))
    return QuorumCheck(due=entitled, present=there, needed=needed, met=there >= needed)


@dataclass(frozen=True, slots=True)
class AreaVotes:
    """Exclusive floor area behind the votes of owners, in 0.01 m² (民法典 278).

    `due` is the area of all owners due, the recused taken out; `invalid` that of blank and spoilt ballots.
    Raises DecisionMisuse on areas that cannot be.
    """

    due: int
    votes_for: int
    votes_against: int
    votes_abstain: int
    invalid: int = 0

    def __post_init__(self) -> None:
        if min(self.due, self.votes_for, self.votes_against, self.votes_abstain, self.invalid) < 0:
            raise DecisionMisuse("a floor area is negative")
        if self.taking_part > self.due:
            raise DecisionMisuse("more floor area took part than is due")

    @property
    def taking_part(self) -> int:
        """The area that took part in the vote, however it voted."""
        return self.votes_for + self.votes_against + self.votes_abstain + self.invalid


@dataclass(frozen=True, slots=True)
class AreaDecision:
    """What floor area says about a motion, beside heads: both have to carry it. All areas in 0.01 m².

    `quorum_needed` of the area due had to take part; `needed` of the area that did had to say yes.
    """

    votes: AreaVotes
    quorum_needed: int
    quorum_met: bool
    needed: int
    carried: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a motion, with every number a result sheet shows (docs/domain.md 5.7, 表决结果报告单).

    `base_count` is the size of the base, `needed` the votes for that would have been enough, `not_cast` those
    entitled and present who handed in nothing; `blank` and `spoilt` came in and are no votes. `area` is None where
    heads alone decide, or where no floor areas are known.
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
    blank: int = 0
    spoilt: int = 0
    area: AreaDecision | None = None

    @property
    def passed(self) -> bool:
        """Whether the motion passed."""
        return self.outcome is Outcome.PASSED


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
    blank: int = 0,
    spoilt: int = 0,
    area: AreaVotes | None = None,
) -> Decision:
    """Decide a motion from head counts, and from floor area where the rule asks for it (docs/domain.md 5.3).

    `due` and `present` include the recused, who are taken out of both. The base PRESENT includes abstentions, blank
    and spoilt ballots and those who cast none; VALID counts the votes, abstentions included; PARTICIPATING
    counts all that came in, and then the quorum, too, is of those who took part in the vote (民法典 278).
    `area` may be given always and is heard only by a rule that counts floor area; without it such a rule goes by
    heads alone. A motion never passes without a quorum, with as many against as for, or with no vote for.
    Raises VotesExceedPresent or DecisionMisuse on counts that cannot be.
    """
    if min(votes_for, votes_against, votes_abstain, blank, spoilt) < 0:
        raise DecisionMisuse("a count of votes is negative")
    people = Electorate(due, recused_due, present, recused_present)
    valid = votes_for + votes_against + votes_abstain
    returned = valid + blank + spoilt
    if returned > people.voting:
        raise VotesExceedPresent("more votes than people entitled and present")
    base_count = {
        MajorityBase.PRESENT: people.voting,
        MajorityBase.MEMBERS: people.entitled,
        MajorityBase.VALID: valid,
        MajorityBase.PARTICIPATING: returned,
    }[rule.majority_base]
    taking_part = returned if rule.majority_base is MajorityBase.PARTICIPATING else people.voting
    check = _quorum(rule, people.entitled, taking_part)
    by_area = _by_area(rule, area)
    return Decision(
        outcome=_outcome(rule, check, base_count, votes_for, votes_against, by_area),
        quorum=check,
        base=rule.majority_base,
        base_count=base_count,
        needed=max(1, rule.majority.least(base_count)),
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstain=votes_abstain,
        not_cast=people.voting - returned,
        advisory=rule.advisory,
        tie_rule=rule.tie,
        blank=blank,
        spoilt=spoilt,
        area=by_area,
    )


def _by_area(rule: HouseRule, votes: AreaVotes | None) -> AreaDecision | None:
    if votes is None or rule.area_quorum is None or rule.area_majority is None:
        return None
    needed = max(1, rule.area_quorum.least(votes.due))
    return AreaDecision(
        votes=votes,
        quorum_needed=needed,
        quorum_met=votes.taking_part >= needed,
        needed=max(1, rule.area_majority.least(votes.taking_part)),
        carried=votes.votes_for > votes.votes_against and rule.area_majority.met(votes.votes_for, votes.taking_part),
    )


def _outcome(
    rule: HouseRule,
    check: QuorumCheck,
    base_count: int,
    votes_for: int,
    votes_against: int,
    area: AreaDecision | None,
) -> Outcome:
    if not check.met or (area is not None and not area.quorum_met):
        return Outcome.NO_QUORUM
    if votes_for == votes_against:
        # Exactly half can satisfy "半数以上", yet a motion opposed by as many as favour it is not carried.
        return Outcome.TIE if votes_for else Outcome.NOT_PASSED
    by_heads = votes_for > 0 and rule.majority.met(votes_for, base_count)
    return Outcome.PASSED if by_heads and (area is None or area.carried) else Outcome.NOT_PASSED

"""Decide an item with options by a house rule: the quorum of the rule, then what the count says.

A motion is decided by `db.rules.voting.decision`; the two share quorum, electorate and outcomes.
"""

from dataclasses import dataclass

from db.rules.voting.decision import DecisionMisuse, Electorate, QuorumCheck, quorum
from db.rules.voting.house_rule import HouseRule
from db.rules.voting.question import Question
from db.rules.voting.tally import Tally
from db.terms import MajorityBase, Outcome, TieRule


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an item with options, with every number that its sheet shows.

    `not_cast` are those entitled and present who handed in nothing; `blank` and `spoilt` came in and do not count.
    """

    outcome: Outcome
    quorum: QuorumCheck
    tally: Tally
    not_cast: int
    blank: int
    spoilt: int
    advisory: bool
    tie_rule: TieRule

    @property
    def passed(self) -> bool:
        """Whether somebody is chosen, now or by an earlier ballot, and nothing is left to vote on again."""
        return self.outcome is Outcome.PASSED


def judge(rule: HouseRule, question: Question, people: Electorate, tally: Tally, *, blank: int, spoilt: int) -> Verdict:
    """Decide from the count. Without a quorum nothing is decided; only abstentions never choose anything.

    A tie for the last place is a tie, unless the rule lets it fail: then only the contested places stay empty, and who
    wins however the tie is broken has won. Raises DecisionMisuse when more was handed in than people may vote.
    """
    cast = tally.valid + blank + spoilt
    chosen = bool(tally.winners or question.elected)
    if cast > people.voting:
        raise DecisionMisuse("more ballots than people entitled and present")
    taking_part = cast if rule.majority_base is MajorityBase.PARTICIPATING else people.voting
    check = quorum(rule, people.entitled, taking_part)
    if not check.met:
        outcome = Outcome.NO_QUORUM
    elif tally.tied and not (chosen and rule.tie is TieRule.NOT_PASSED):
        outcome = Outcome.TIE
    else:
        outcome = Outcome.PASSED if chosen else Outcome.NOT_PASSED
    return Verdict(
        outcome=outcome,
        quorum=check,
        tally=tally,
        not_cast=people.voting - cast,
        blank=blank,
        spoilt=spoilt,
        advisory=rule.advisory,
        tie_rule=rule.tie,
    )

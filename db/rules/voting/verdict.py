"""Decide an item with options by a house rule: the quorum of the rule, then what the count says.

A motion is decided by `db.rules.voting.decision`; the two share quorum, electorate and outcomes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.rules.voting.decision import DecisionMisuse, Electorate, QuorumCheck, quorum
from db.rules.voting.house_rule import HouseRule
from db.rules.voting.question import Question
from db.rules.voting.tally import Tally, tally_from_json, tally_to_json
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
        """Whether there are winners, and nobody is tied for what is left."""
        return self.outcome is Outcome.PASSED


def judge(rule: HouseRule, question: Question, people: Electorate, tally: Tally, *, blank: int, spoilt: int) -> Verdict:
    """Decide from the count. Without a quorum nothing is decided; a tie for the last place is told as a tie; only
    abstentions never choose anything. Raises DecisionMisuse when more was handed in than people may vote.
    """
    cast = tally.valid + blank + spoilt
    if cast > people.voting:
        raise DecisionMisuse("more ballots than people entitled and present")
    taking_part = cast if rule.majority_base is MajorityBase.PARTICIPATING else people.voting
    check = quorum(rule, people.entitled, taking_part)
    if not check.met:
        outcome = Outcome.NO_QUORUM
    elif tally.tied:
        outcome = Outcome.TIE
    else:
        outcome = Outcome.PASSED if tally.winners else Outcome.NOT_PASSED
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


def verdict_to_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict for a JSON column; its key `tally` tells it from a motion's decision."""
    check = verdict.quorum
    return {
        "outcome": verdict.outcome.value,
        "due": check.due,
        "present": check.present,
        "quorum_needed": check.needed,
        "quorum_met": check.met,
        "tally": tally_to_json(verdict.tally),
        "not_cast": verdict.not_cast,
        "blank": verdict.blank,
        "spoilt": verdict.spoilt,
        "advisory": verdict.advisory,
        "tie_rule": verdict.tie_rule.value,
    }


def verdict_from_json(stored: Mapping[str, Any]) -> Verdict:
    """Read a verdict written by `verdict_to_json`. Raises DecisionMisuse on any other shape."""
    try:
        return Verdict(
            outcome=Outcome(stored["outcome"]),
            quorum=QuorumCheck(
                int(stored["due"]), int(stored["present"]), int(stored["quorum_needed"]), bool(stored["quorum_met"])
            ),
            tally=tally_from_json(stored["tally"]),
            not_cast=int(stored["not_cast"]),
            blank=int(stored["blank"]),
            spoilt=int(stored["spoilt"]),
            advisory=bool(stored["advisory"]),
            tie_rule=TieRule(stored["tie_rule"]),
        )
    except (KeyError, ValueError, TypeError) as wrong:
        raise DecisionMisuse(f"a stored verdict cannot be read: {wrong}") from None

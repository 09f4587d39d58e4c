"""A decision as it is kept in a JSON column."""

from collections.abc import Mapping

from db.rules.decision import Decision, DecisionMisuse, QuorumCheck
from db.terms import MajorityBase, Outcome, TieRule


def decision_to_json(decision: Decision) -> dict[str, object]:
    """The numbers of a decision for a JSON column; `decision_from_json` reads them back unchanged."""
    return {
        "outcome": decision.outcome.value,
        "due": decision.quorum.due,
        "present": decision.quorum.present,
        "quorum_needed": decision.quorum.needed,
        "quorum_met": decision.quorum.met,
        "base": decision.base.value,
        "base_count": decision.base_count,
        "needed": decision.needed,
        "votes_for": decision.votes_for,
        "votes_against": decision.votes_against,
        "votes_abstain": decision.votes_abstain,
        "not_cast": decision.not_cast,
        "advisory": decision.advisory,
        "tie_rule": decision.tie_rule.value,
    }


def decision_from_json(stored: Mapping[str, object]) -> Decision:
    """Read a decision written by `decision_to_json`. Raises DecisionMisuse on any other shape."""

    def count(name: str) -> int:
        value = stored[name]
        if not isinstance(value, int) or isinstance(value, bool):
            raise DecisionMisuse(f"{name} of a stored decision is not a count")
        return value

    try:
        return Decision(
            outcome=Outcome(str(stored["outcome"])),
            quorum=QuorumCheck(count("due"), count("present"), count("quorum_needed"), bool(stored["quorum_met"])),
            base=MajorityBase(str(stored["base"])),
            base_count=count("base_count"),
            needed=count("needed"),
            votes_for=count("votes_for"),
            votes_against=count("votes_against"),
            votes_abstain=count("votes_abstain"),
            not_cast=count("not_cast"),
            advisory=bool(stored["advisory"]),
            tie_rule=TieRule(str(stored["tie_rule"])),
        )
    except (KeyError, ValueError) as wrong:
        raise DecisionMisuse(f"a stored decision cannot be read: {wrong}") from None

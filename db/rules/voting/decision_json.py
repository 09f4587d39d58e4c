"""A decision as it is kept in a JSON column."""

from collections.abc import Mapping

from db.rules.voting.decision import AreaDecision, AreaVotes, Decision, DecisionMisuse, QuorumCheck
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
        "blank": decision.blank,
        "spoilt": decision.spoilt,
        "area": _area_to_json(decision.area) if decision.area else None,
    }


def _area_to_json(area: AreaDecision) -> dict[str, object]:
    return {
        "due": area.votes.due,
        "votes_for": area.votes.votes_for,
        "votes_against": area.votes.votes_against,
        "votes_abstain": area.votes.votes_abstain,
        "invalid": area.votes.invalid,
        "quorum_needed": area.quorum_needed,
        "quorum_met": area.quorum_met,
        "needed": area.needed,
        "carried": area.carried,
    }


def decision_from_json(stored: Mapping[str, object]) -> Decision:
    """Read a decision written by `decision_to_json`; an older one has no blank, spoilt or area.

    Raises DecisionMisuse on any other shape.
    """
    try:
        return Decision(
            outcome=Outcome(str(stored["outcome"])),
            quorum=QuorumCheck(
                _count(stored, "due"),
                _count(stored, "present"),
                _count(stored, "quorum_needed"),
                bool(stored["quorum_met"]),
            ),
            base=MajorityBase(str(stored["base"])),
            base_count=_count(stored, "base_count"),
            needed=_count(stored, "needed"),
            votes_for=_count(stored, "votes_for"),
            votes_against=_count(stored, "votes_against"),
            votes_abstain=_count(stored, "votes_abstain"),
            not_cast=_count(stored, "not_cast"),
            advisory=bool(stored["advisory"]),
            tie_rule=TieRule(str(stored["tie_rule"])),
            blank=_count(stored, "blank") if "blank" in stored else 0,
            spoilt=_count(stored, "spoilt") if "spoilt" in stored else 0,
            area=_area_from_json(stored.get("area")),
        )
    except (KeyError, ValueError) as wrong:
        raise DecisionMisuse(f"a stored decision cannot be read: {wrong}") from None


def _area_from_json(stored: object) -> AreaDecision | None:
    if stored is None:
        return None
    if not isinstance(stored, Mapping):
        raise DecisionMisuse("the area of a stored decision is not a mapping")
    names = ("due", "votes_for", "votes_against", "votes_abstain", "invalid")
    return AreaDecision(
        votes=AreaVotes(*(_count(stored, name) for name in names)),
        quorum_needed=_count(stored, "quorum_needed"),
        quorum_met=bool(stored["quorum_met"]),
        needed=_count(stored, "needed"),
        carried=bool(stored["carried"]),
    )


def _count(stored: Mapping[str, object], name: str) -> int:
    value = stored[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise DecisionMisuse(f"{name} of a stored decision is not a count")
    return value

"""What became of an item that was put to the vote: a motion's decision, or the verdict on a question with options.

A JSON column keeps a result flat: quorum and floor area stand among the numbers, and an option is a list. Results of
every day stay readable, so this shape never changes (`tests/rules/voting/golden_results.json`); what came later stands
there only where it says something.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from db.rules.voting.decision import Decision
from db.rules.voting.house_rule import DecisionMisuse
from db.rules.voting.tally import OptionCount, Tally
from db.rules.voting.verdict import Verdict

Result = Decision | Verdict

_RESULT: TypeAdapter[Result] = TypeAdapter(Result)
_TALLY = TypeAdapter(Tally)
_QUORUM = {"due": "due", "present": "present", "needed": "quorum_needed", "met": "quorum_met"}
"""What the fields of a quorum are called where they are kept."""
_LATER = frozenset({"filled", "raised"})
"""Of a tally: what is not kept where it is empty, because former results have none of it."""
_OPTION = tuple(field.name for field in fields(OptionCount))


def result_to_json(result: Result) -> dict[str, Any]:
    """The result as plain values for a JSON column; `result_from_json` reads it back unchanged."""
    kept: dict[str, Any] = {}
    for name, value in _RESULT.dump_python(result, mode="json").items():
        if name == "quorum":
            kept |= {_QUORUM[part]: number for part, number in value.items()}
        elif name == "area" and value is not None:
            kept[name] = value.pop("votes") | value
        else:
            kept[name] = _flat_tally(value) if name == "tally" else value
    return kept


def tally_to_json(tally: Tally) -> dict[str, Any]:
    """The tally of a verdict by itself, as `result_to_json` keeps it."""
    return _flat_tally(_TALLY.dump_python(tally, mode="json"))


def _flat_tally(tally: dict[str, Any]) -> dict[str, Any]:
    for one in tally["rounds"]:
        if not one["handed_on"]:
            del one["handed_on"]
    kept = {name: value for name, value in tally.items() if value or name not in _LATER}
    return kept | {"options": [list(option.values()) for option in tally["options"]]}


def result_from_json(stored: Mapping[str, Any]) -> Result:
    """Read a result written by `result_to_json`; an older one has no blank, spoilt or area.

    Raises DecisionMisuse on any other shape.
    """
    try:
        whole = {**stored, "quorum": {part: stored[name] for part, name in _QUORUM.items()}}
        if stored.get("area") is not None:
            whole["area"] = {**stored["area"], "votes": stored["area"]}
        if "tally" in stored:
            whole["tally"] = _whole_tally(stored["tally"])
        # As text, because a strict reader takes words and lists for what they stand for only there.
        return _RESULT.validate_json(json.dumps(whole), strict=True)
    except (KeyError, TypeError, ValueError) as wrong:
        raise DecisionMisuse(f"a stored result cannot be read: {wrong}") from None


def tally_from_json(stored: Mapping[str, Any]) -> Tally:
    """Read a tally written by `tally_to_json`; raises DecisionMisuse on any other shape."""
    try:
        return _TALLY.validate_json(json.dumps(_whole_tally(stored)), strict=True)
    except (KeyError, TypeError, ValueError) as wrong:
        raise DecisionMisuse(f"a stored tally cannot be read: {wrong}") from None


def _whole_tally(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {**stored, "options": [dict(zip(_OPTION, option, strict=False)) for option in stored["options"]]}

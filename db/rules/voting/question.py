"""What an item asks, and what one ballot may say, as plain values.

A ballot is kept as a *pattern*: one short canonical text, so that equal ballots are equal texts and can be counted
before they are tallied. Options are named by their numbers 1..n, never by their words.

    motion   for | against | abstain
    choose   "1,3"       numbers chosen, ascending                 (k at most)
    score    "8,0,10"    one score 0..10 per option, in order; "-" gives an option no score
    rank     "3>1>2"     numbers in order of preference, at least one, the rest may stay unranked
    budget   "1,3"       numbers approved, ascending

`abstain` is a pattern of every kind: a valid ballot that prefers nothing. A blank ballot is not a pattern.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.rules.voting.house_rule import Threshold, threshold_from_json, threshold_to_json
from db.terms import BudgetRule, Completion, QuestionKind, RankRule

ABSTAIN = "abstain"
MOTION_PATTERNS = ("for", "against", ABSTAIN)
BEST_SCORE = 10
MOST_OPTIONS = 50
LONGEST = 400
"""Characters of the longest pattern that fits its column."""


class QuestionMisuse(ValueError):
    """A question or a stored one that cannot be."""


class BadPattern(ValueError):
    """A ballot that the question does not allow; `reason` is a word for `components` to explain."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """unknown | none_chosen | too_many | twice | bad_score"""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its number, its words, and for a budget its cost in yuan."""

    number: int
    title: str
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `seats` are the places to fill, `most` how many options one voter may choose.

    `threshold` is a share of the valid ballots that an option needs besides being among the first (CHOOSE only;
    None: no such share). `budget` is in yuan. A tie for the last place is always reported, never broken by us.
    `elected` are the titles of those whom an earlier ballot on the same item has chosen already; `seats` and `budget`
    are then what they left (`db.rules.voting.second_ballot`).
    `named` says that the result names the rule by which it was counted; what was asked before version 0.3 does not, so
    that its sentence and its file stay as they were.
    Raises QuestionMisuse on values that do not go together.
    """

    kind: QuestionKind
    options: tuple[Option, ...] = ()
    seats: int = 1
    most: int = 1
    threshold: Threshold | None = None
    budget: int = 0
    budget_rule: BudgetRule = BudgetRule.BY_VOTES
    elected: tuple[str, ...] = ()
    completion: Completion = Completion.NONE
    rank_rule: RankRule = RankRule.EXACT
    named: bool = False

    def __post_init__(self) -> None:
        if self.kind is QuestionKind.MOTION:
            if self.options:
                raise QuestionMisuse("a motion has no options")
            return
        count = len(self.options)
        if not 2 <= count <= MOST_OPTIONS:
            raise QuestionMisuse("from two to fifty options")
        if [option.number for option in self.options] != list(range(1, count + 1)):
            raise QuestionMisuse("options are numbered from one")
        if not (1 <= self.seats <= count and 1 <= self.most <= count):
            raise QuestionMisuse("more places or choices than options")
        if self.kind is QuestionKind.BUDGET and (self.budget < 1 or min(o.cost for o in self.options) < 1):
            raise QuestionMisuse("a budget and every cost are at least one yuan")
        if self.completion is not Completion.NONE and not self.shares:
            raise QuestionMisuse("only equal shares are completed")
        if self.rank_rule is not RankRule.EXACT and self.kind is not QuestionKind.RANK:
            raise QuestionMisuse("only a ranking has a rule of ranking")

    @property
    def shares(self) -> bool:
        """Whether this is a budget by equal shares."""
        return self.kind is QuestionKind.BUDGET and self.budget_rule is BudgetRule.EQUAL_SHARES

    @property
    def says_rule(self) -> bool:
        """Whether the result names its rule: where there is a choice, and it was asked to or the rule is newer."""
        if self.kind not in (QuestionKind.RANK, QuestionKind.BUDGET):
            return False
        return self.named or self.completion is not Completion.NONE or self.rank_rule is not RankRule.EXACT

    @property
    def numbers(self) -> range:
        """1..n."""
        return range(1, len(self.options) + 1)

    def option(self, number: int) -> Option:
        """The option of that number."""
        return self.options[number - 1]

    def to_json(self) -> dict[str, object]:
        """The question as plain values; `from_json` reads it back unchanged.

        Who was elected before stands there only where there is somebody, the newer rules only where they are named
        (version 2): files of first ballots and of those of former versions keep their hash.
        """
        kept: dict[str, object] = {
            "version": 2 if self.says_rule else 1,
            "kind": self.kind.value,
            "options": [[option.title, option.cost] for option in self.options],
            "seats": self.seats,
            "most": self.most,
            "threshold": threshold_to_json(self.threshold) if self.threshold else None,
            "budget": self.budget,
            "budget_rule": self.budget_rule.value,
        }
        if self.says_rule:
            kept |= {"completion": self.completion.value, "rank_rule": self.rank_rule.value}
        return kept | {"elected": list(self.elected)} if self.elected else kept

    @classmethod
    def from_json(cls, stored: Mapping[str, object] | None) -> "Question":
        """Read a question written by `to_json`; nothing stored is a plain motion. Raises QuestionMisuse."""
        if stored is None:
            return MOTION
        try:
            version = stored["version"]
            if version not in (1, 2) or isinstance(version, bool) or not isinstance(stored["options"], Sequence):
                raise QuestionMisuse("unknown version of a stored question")
            newer = stored if version == 2 else {"completion": Completion.NONE, "rank_rule": RankRule.EXACT}
            return cls(
                kind=QuestionKind(str(stored["kind"])),
                options=tuple(
                    Option(number, str(title), int(cost)) for number, (title, cost) in enumerate(stored["options"], 1)
                ),
                seats=_whole(stored["seats"]),
                most=_whole(stored["most"]),
                threshold=threshold_from_json(stored["threshold"]) if stored["threshold"] else None,
                budget=_whole(stored["budget"]),
                budget_rule=BudgetRule(str(stored["budget_rule"])),
                elected=_titles(stored.get("elected", [])),
                completion=Completion(str(newer["completion"])),
                rank_rule=RankRule(str(newer["rank_rule"])),
                named=version == 2,
            )
        except (KeyError, TypeError, ValueError) as wrong:
            raise QuestionMisuse(f"a stored question cannot be read: {wrong}") from None


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise QuestionMisuse("expected a whole number in a stored question")
    return value


def _titles(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise QuestionMisuse("expected titles in a stored question")
    return tuple(value)


MOTION = Question(QuestionKind.MOTION)


# --- patterns -----------------------------------------------------------------------------------------


def pattern_of(question: Question, chosen: Sequence[int | None]) -> str:
    """The pattern of what a voter entered; raises BadPattern.

    CHOOSE and BUDGET: numbers chosen in any order. RANK: numbers in order of preference. SCORE: one score or None
    per option, in order. (A motion's pattern is its word.)
    """
    if question.kind is QuestionKind.SCORE:
        return _scores(question, chosen)
    numbers = [number for number in chosen if number is not None]
    if not numbers:
        raise BadPattern("none_chosen")
    if any(number not in question.numbers for number in numbers):
        raise BadPattern("unknown")
    if len(set(numbers)) < len(numbers):
        raise BadPattern("twice")
    if question.kind is QuestionKind.RANK:
        return ">".join(map(str, numbers))
    if question.kind is QuestionKind.CHOOSE and len(numbers) > question.most:
        raise BadPattern("too_many")
    return ",".join(map(str, sorted(numbers)))


def _scores(question: Question, chosen: Sequence[int | None]) -> str:
    if len(chosen) != len(question.options):
        raise BadPattern("unknown")
    if all(score is None for score in chosen):
        raise BadPattern("none_chosen")
    if any(score is not None and not 0 <= score <= BEST_SCORE for score in chosen):
        raise BadPattern("bad_score")
    return ",".join("-" if score is None else str(score) for score in chosen)


def canonical(question: Question, text: str) -> str:
    """Check a pattern that came from outside (a form, a file) and bring it into its one form; raises BadPattern."""
    text = text.strip()
    if text == ABSTAIN:
        return ABSTAIN
    if question.kind is QuestionKind.MOTION:
        if text not in MOTION_PATTERNS:
            raise BadPattern("unknown")
        return text
    parts = text.split(">" if question.kind is QuestionKind.RANK else ",") if text else []
    return pattern_of(question, [_number(question, part.strip()) for part in parts])


def _number(question: Question, part: str) -> int | None:
    if part == "-" and question.kind is QuestionKind.SCORE:
        return None
    if not part.isascii() or not part.isdigit() or len(part) > 3:
        raise BadPattern("unknown")
    return int(part)


def numbers_of(pattern: str) -> tuple[int, ...]:
    """The numbers of a CHOOSE, RANK or BUDGET pattern, in their order; none of an abstention."""
    return () if pattern == ABSTAIN else tuple(int(part) for part in pattern.replace(">", ",").split(","))


def scores_of(pattern: str, options: int) -> tuple[int | None, ...]:
    """The scores of a SCORE pattern, one per option; all None of an abstention."""
    if pattern == ABSTAIN:
        return (None,) * options
    return tuple(None if part == "-" else int(part) for part in pattern.split(","))

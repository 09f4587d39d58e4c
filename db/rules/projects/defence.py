"""书记项目答辩: four criteria of 100 points, three judges or more, from five on without the highest and the lowest.

The points give no grade and no rank: awards are the subdistrict's own decision (docs/domain.md 10.6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from fractions import Fraction

WHOLE = 100
LEAST_JUDGES = 3
JUDGES_TO_DROP = 5
MINUTES = 5
"""How long each may talk."""


class DefenceMisuse(ValueError):
    """Points or criteria outside the rules reached them."""


@dataclass(frozen=True, slots=True)
class Four:
    """A number for each criterion: 选题背景、开展情况、工作成效、汇报表现."""

    background: int
    course: int
    results: int
    delivery: int

    @property
    def total(self) -> int:
        return self.background + self.course + self.results + self.delivery


EVEN = Four(25, 25, 25, 25)


def sound(criteria: Four) -> bool:
    """Whether these can be the most points: each counts, all together make 100."""
    return all(most >= 1 for most in astuple(criteria)) and criteria.total == WHOLE


@dataclass(frozen=True, slots=True)
class Sheet:
    """A judge's points beside the most that they could be when the sheet was given."""

    points: Four
    criteria: Four

    def __post_init__(self) -> None:
        pairs = zip(astuple(self.points), astuple(self.criteria), strict=True)
        if not sound(self.criteria) or any(not 0 <= got <= most for got, most in pairs):
            raise DefenceMisuse("points outside the criteria")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The sheets of a project as one; `total` is None while there are not enough.

    `mixed` says that the criteria were changed between its sheets: the parts of such sheets are not comparable, and
    only their totals, each of 100, are averaged.
    """

    total: Fraction | None
    judges: int
    counted: int
    dropped_high: int | None
    dropped_low: int | None
    mixed: bool


def combine(sheets: Sequence[Sheet]) -> Outcome:
    """The average of the totals that count; it does not depend on the order of the sheets."""
    totals = sorted(sheet.points.total for sheet in sheets)
    high = low = None
    if len(totals) >= JUDGES_TO_DROP:
        low, *totals, high = totals
    enough = len(sheets) >= LEAST_JUDGES
    return Outcome(
        total=Fraction(sum(totals), len(totals)) if enough else None,
        judges=len(sheets),
        counted=len(totals),
        dropped_high=high,
        dropped_low=low,
        mixed=len({sheet.criteria for sheet in sheets}) > 1,
    )


def waited_for(present: Iterable[int], given: Iterable[int]) -> int:
    """How many of the judges who are still there have not given their sheet."""
    return len(set(present) - set(given))

"""Judge a finished project: the rubric of docs/domain.md 10.7 (验收评分表), several judges, one grade."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from fractions import Fraction

from db.terms import Grade

GOALS_MOST = 30  # 目标完成
BENEFIT_MOST = 25  # 群众受益与满意度
PROCEDURE_MOST = 15  # 推进规范（议事/公示/台账）
MEMBERS_ROLE_MOST = 10  # 党员作用
SUSTAINABILITY_MOST = 10  # 可持续与推广
FILES_MOST = 10  # 资料归档
BONUS_MOST = 5

TOTAL_MOST = 100
LEAST_JUDGES = 3
JUDGES_TO_DROP = 5
"""From this many judges on, one highest and one lowest total are left out."""

EXCELLENT_LINE = 90
GOOD_LINE = 75
PASS_LINE = 60
RECHECK_AFTER_DAYS = 30


class AcceptanceMisuse(ValueError):
    """Points outside the rubric reached the acceptance rules."""


@dataclass(frozen=True, slots=True)
class JudgeScore:
    """One judge's points: goals 0..30, benefit 0..25, procedure 0..15, three of 0..10, bonus 0..5."""

    goals: int
    benefit: int
    procedure: int
    members_role: int
    sustainability: int
    files: int
    bonus: int = 0

    def __post_init__(self) -> None:
        mosts = (
            GOALS_MOST,
            BENEFIT_MOST,
            PROCEDURE_MOST,
            MEMBERS_ROLE_MOST,
            SUSTAINABILITY_MOST,
            FILES_MOST,
            BONUS_MOST,
        )
        if any(not 0 <= points <= most for points, most in zip(astuple(self), mosts, strict=True)):
            raise AcceptanceMisuse("points outside the rubric")

    @property
    def total(self) -> int:
        """The sum with the bonus, never above 100."""
        points: int = sum(astuple(self))
        return min(TOTAL_MOST, points)


@dataclass(frozen=True, slots=True)
class AcceptanceParts:
    """Average points per criterion over the judges that count."""

    goals: Fraction
    benefit: Fraction
    procedure: Fraction
    members_role: Fraction
    sustainability: Fraction
    files: Fraction
    bonus: Fraction


@dataclass(frozen=True, slots=True)
class AcceptanceResult:
    """The judges' scores as one.

    `total` is the average of the counted judges' capped totals, so with a bonus the parts may sum to more.
    `grade` is None while there are not `enough` judges. `dropped_high` and `dropped_low` are the totals that
    were left out, None when none was. `judges` came in, `counted` of them count.
    """

    parts: AcceptanceParts
    total: Fraction
    grade: Grade | None
    dropped_high: int | None
    dropped_low: int | None
    judges: int
    counted: int
    enough: bool


def grade_of(total: Fraction | int) -> Grade:
    """The grade of a total 0..100: 优秀 from 90, 良好 from 75, 合格 from 60, else 不合格 (docs/domain.md 10.7)."""
    if total >= EXCELLENT_LINE:
        return Grade.EXCELLENT
    if total >= GOOD_LINE:
        return Grade.GOOD
    return Grade.PASS if total >= PASS_LINE else Grade.FAIL


def _averages(scores: Sequence[JudgeScore]) -> AcceptanceParts:
    if not scores:
        return AcceptanceParts(*[Fraction(0)] * 7)
    columns = zip(*(astuple(score) for score in scores), strict=True)
    return AcceptanceParts(*(Fraction(sum(column), len(scores)) for column in columns))


def combine_judges(scores: Sequence[JudgeScore]) -> AcceptanceResult:
    """Average the judges (docs/domain.md 10.7): at least 3; from 5 on without one highest and one lowest total.

    Among equal totals it does not depend on the judges' order which one is left out.
    """
    enough = len(scores) >= LEAST_JUDGES
    ranked = sorted(scores, key=lambda score: (score.total, astuple(score)))
    dropped_low = dropped_high = None
    if len(ranked) >= JUDGES_TO_DROP:
        dropped_low, dropped_high = ranked[0].total, ranked[-1].total
        ranked = ranked[1:-1]
    total = Fraction(sum(score.total for score in ranked), len(ranked)) if ranked else Fraction(0)
    return AcceptanceResult(
        parts=_averages(ranked),
        total=total,
        grade=grade_of(total) if enough else None,
        dropped_high=dropped_high,
        dropped_low=dropped_low,
        judges=len(scores),
        counted=len(ranked),
        enough=enough,
    )


def recheck_on(today: date) -> date:
    """The day a failed project is inspected again: 30 days after (docs/domain.md 10.7, 整改 30 天复验)."""
    return today + timedelta(days=RECHECK_AFTER_DAYS)

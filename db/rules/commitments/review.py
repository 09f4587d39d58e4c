"""民主评议党员: the one life of a yearly review, the counts of its secret ballot, and what the roll did meanwhile.

Nothing here makes a grade: the branch sets each one by hand (docs/domain.md 10.5).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum

from db.rules.commitments.dates import Window
from db.rules.commitments.quarter import Figures, figures_from
from db.terms import ReviewGrade, ReviewStanding, ReviewState, ReviewStep, Verdict

S, G, T = ReviewState, ReviewGrade, ReviewStanding
LOW = (G.BASIC, G.UNQUALIFIED)
"""Grades that need a reason."""
TAKES_PART = (T.DUE, T.PROBATIONARY, T.EXCUSED)
"""Stands in the branch; the other standings are lines about who is gone."""
BALLOTS_MOST = 1_000
WORDS_MOST = 1_000


class ReviewEvent(StrEnum):
    """What can happen to a review."""

    WORK = "work"  # 自评、互评、测评、评定
    PROPOSE = "propose"  # 提请结束
    RETURN = "return"  # 退回
    CONFIRM = "confirm"  # 确认结束
    CORRECT = "correct"  # 更正


class ReviewNeeds(StrEnum):
    """What an event must bring with it."""

    COMPLETE = "complete"  # 应评定的都评定了，名单与名册一致
    OTHER_PERSON = "other_person"  # 不是提请的人
    REASON = "reason"  # 理由


E = ReviewEvent
TABLE: Mapping[ReviewEvent, Mapping[ReviewState, ReviewState]] = {
    E.WORK: {S.OPEN: S.OPEN},
    E.PROPOSE: {S.OPEN: S.PROPOSED},
    E.RETURN: {S.PROPOSED: S.OPEN},
    E.CONFIRM: {S.PROPOSED: S.CLOSED},
    E.CORRECT: {S.CLOSED: S.CLOSED},
}
"""Event → state → the state after it; what is not here cannot happen."""
NEEDS: Mapping[ReviewEvent, frozenset[ReviewNeeds]] = {
    E.WORK: frozenset(),
    E.PROPOSE: frozenset({ReviewNeeds.COMPLETE}),
    E.RETURN: frozenset({ReviewNeeds.REASON}),
    # The roll may have moved since it was proposed: whoever confirms finds that out.
    E.CONFIRM: frozenset({ReviewNeeds.COMPLETE, ReviewNeeds.OTHER_PERSON}),
    E.CORRECT: frozenset({ReviewNeeds.OTHER_PERSON, ReviewNeeds.REASON}),
}


def after(event: ReviewEvent, state: ReviewState) -> ReviewState | None:
    """The state after an event, or None when it cannot happen there."""
    return TABLE[event].get(state)


def review_years(today: date) -> tuple[int, int]:
    """The years of which a review can be opened: this one, and the last one, which is often reviewed after it."""
    return today.year, today.year - 1


def year_window(year: int) -> Window:
    """The days of a year, both ends belonging to it."""
    return Window(date(year, 1, 1), date(year, 12, 31))


# --- one member ------------------------------------------------------------------------------------------------


def next_step(standing: ReviewStanding, *, spoke: bool, counted: bool, checked: bool, graded: bool) -> ReviewStep:
    """What comes next for one member: the own words, the ballot and its check, the branch's grade."""
    if standing not in TAKES_PART:
        return ReviewStep.DONE
    if not spoke and standing is not T.EXCUSED:
        return ReviewStep.SELF
    if standing is not T.DUE:
        return ReviewStep.DONE
    if not counted:
        return ReviewStep.BALLOT
    if not checked:
        return ReviewStep.COUNTERSIGN
    return ReviewStep.DONE if graded else ReviewStep.GRADE


def holds_up(standing: ReviewStanding, step: ReviewStep) -> bool:
    """Whether the review cannot be closed because of this member: who is not graded never holds it up."""
    return standing is T.DUE and step is not ReviewStep.DONE


@dataclass(frozen=True, slots=True)
class TallyInput:
    """Counts of the paper ballots on one member, unchecked."""

    handed_out: int | None = None
    returned: int | None = None
    valid: int | None = None
    excellent: int | None = 0
    qualified: int | None = 0
    basic: int | None = 0
    unqualified: int | None = 0


def misfit(*, may_vote: int, handed_out: int, returned: int, valid: int, counts: Iterable[int]) -> str:
    """The field whose number does not fit, or "": sum = valid ≤ returned ≤ handed out ≤ those who may vote."""
    if handed_out > may_vote:
        return "handed_out"
    if returned > handed_out:
        return "returned"
    return "valid" if valid > returned or sum(counts) != valid else ""


def may_vote(standings: Iterable[ReviewStanding]) -> int:
    """How many may have cast a ballot: everybody who ever stood on the list, once; who is gone may have been there."""
    return sum(1 for one in standings if one is not T.MERGED)


# --- the third -------------------------------------------------------------------------------------------------


def excellent_most(graded: int) -> int:
    """优秀 一般不超过三分之一: so many of those graded, rounded down."""
    return graded // 3


def too_many_excellent(grades: Collection[ReviewGrade]) -> bool:
    """Whether 优秀 stands above a third; that asks for a reason and blocks nothing."""
    return sum(1 for one in grades if one is G.EXCELLENT) > excellent_most(len(grades))


# --- the frozen list and the roll ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnList:
    """A line of the frozen list."""

    member_id: int
    standing: ReviewStanding


@dataclass(frozen=True, slots=True)
class OnRoll:
    """A member as the roll has them today: in the branch or not, and probationary on the day of the freezing or not."""

    member_id: int
    in_branch: bool
    probationary: bool = False
    merged: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class RollMove:
    """A line that the list lacks: somebody came, went, came back, or was full or probationary after all."""

    member_id: int
    standing: ReviewStanding
    new: bool


def roll_moves(listed: Iterable[OnList], roll: Iterable[OnRoll]) -> tuple[RollMove, ...]:
    """What the roll did since the list was frozen and the list does not say yet, by member.

    Whoever is gone is graded no more; whoever comes back, and whose day of becoming full was entered late, stands as
    the day of the freezing has them. `roll` holds everybody in the branch and everybody on the list.
    """
    stands = {one.member_id: one.standing for one in listed}
    found = []
    for one in sorted(roll, key=lambda one: one.member_id):
        wanted = _standing(one)
        held = stands.get(one.member_id)
        if held is None:
            if one.in_branch:
                found.append(RollMove(one.member_id, wanted, new=True))
        elif held is T.EXCUSED and one.in_branch:
            continue
        elif held is not wanted:
            found.append(RollMove(one.member_id, wanted, new=False))
    return tuple(found)


def _standing(one: OnRoll) -> ReviewStanding:
    if one.in_branch:
        return T.PROBATIONARY if one.probationary else T.DUE
    if one.merged:
        return T.MERGED
    return T.LEFT if one.ended else T.MOVED


# --- what the record says --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts of the year beside the grade; no sum and no score is made of them."""

    figures: Figures = field(default_factory=Figures)
    sheets: int = 0
    """季度亮绩单 that the member confirmed."""
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    """Results of the promises that were judged in the year."""

    def plain(self) -> dict[str, object]:
        """As a table keeps it."""
        return {
            "figures": asdict(self.figures), "sheets": self.sheets,
            "verdicts": {verdict.value: number for verdict, number in self.verdicts.items()},
        }  # fmt: skip


def evidence_from(kept: Mapping[str, object]) -> Evidence:
    """The facts that a table kept."""
    figures, verdicts, sheets = kept.get("figures"), kept.get("verdicts"), kept.get("sheets")
    said = verdicts if isinstance(verdicts, Mapping) else {}
    return Evidence(
        figures_from(figures if isinstance(figures, Mapping) else {}),
        sheets if isinstance(sheets, int) else 0,
        {one: int(said[one.value]) for one in Verdict if one.value in said},
    )

"""业委会选举: the steps in their order, the days that each must stand, and what the owners' decision needs.

Only the owners decide: 民法典 278 counts heads and floor space of those who took part; a council may advise.
Periods as in docs/domain.md 5.6; local rules differ, so that each can be lengthened, never shortened below the law's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from db.rules.workdays import is_workday
from db.terms import ElectionStepKind as Kind


class Period(StrEnum):
    """What the days of a step mean."""

    NONE = "none"
    AT_LEAST = "at_least"  # a notice stands so many days
    WITHIN = "within"  # done so many days after the step before


@dataclass(frozen=True, slots=True)
class StepRule:
    """How a step is bound: its kind of period, the days, and on what that rests (a code for the screen)."""

    kind: Kind
    period: Period
    days: int


RULES: tuple[StepRule, ...] = (
    StepRule(Kind.GROUP, Period.NONE, 0),
    StepRule(Kind.GROUP_NOTICE, Period.AT_LEAST, 7),
    StepRule(Kind.CANDIDATES, Period.NONE, 0),
    StepRule(Kind.CANDIDATE_NOTICE, Period.AT_LEAST, 10),
    StepRule(Kind.MEETING_NOTICE, Period.AT_LEAST, 15),
    StepRule(Kind.VOTE, Period.NONE, 0),
    StepRule(Kind.RESULT_NOTICE, Period.AT_LEAST, 7),
    StepRule(Kind.FILING, Period.WITHIN, 30),
    StepRule(Kind.HANDOVER, Period.WITHIN, 10),
)
BY_KIND: Mapping[Kind, StepRule] = {rule.kind: rule for rule in RULES}
ORDER = tuple(rule.kind for rule in RULES)
NOTICES = tuple(rule.kind for rule in RULES if rule.period is Period.AT_LEAST)
COMES_AFTER: Mapping[Kind, tuple[Kind, ...]] = {
    Kind.GROUP: (),
    Kind.GROUP_NOTICE: (Kind.GROUP,),
    Kind.CANDIDATES: (Kind.GROUP_NOTICE,),
    Kind.CANDIDATE_NOTICE: (Kind.CANDIDATES,),
    # Owners may be told of the meeting while the candidates are still on the wall.
    Kind.MEETING_NOTICE: (Kind.CANDIDATES,),
    Kind.VOTE: (Kind.CANDIDATE_NOTICE, Kind.MEETING_NOTICE),
    Kind.RESULT_NOTICE: (Kind.VOTE,),
    Kind.FILING: (Kind.VOTE,),
    Kind.HANDOVER: (Kind.RESULT_NOTICE,),
}
"""What must be over before a step begins; a period within which something must be done counts from there."""


@dataclass(frozen=True, slots=True)
class StepFacts:
    """How far a step has come."""

    kind: Kind
    period_days: int
    began_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepPlan:
    """The days of a step: `earliest` it may end, `latest` it must (None: no such day)."""

    kind: Kind
    earliest: date
    latest: date | None


def last_day(start: date, days: int, overrides: Mapping[date, bool]) -> date:
    """The last of so many days after `start`, which is not counted (民法典 201); a holiday moves it on (民法典 203)."""
    day = start + timedelta(days=days)
    while days and not is_workday(day, overrides)[0]:
        day += timedelta(days=1)
    return day


def plan(starts_on: date, steps: Mapping[Kind, StepFacts], overrides: Mapping[date, bool]) -> tuple[StepPlan, ...]:
    """The days of every step: those that are over as they were, the others as early as the periods allow."""
    found = []
    ended: dict[Kind, date] = {}
    for rule in RULES:
        facts = steps[rule.kind]
        before = max((ended[kind] for kind in COMES_AFTER[rule.kind]), default=starts_on)
        earliest, latest = max(before, facts.began_on or before), None
        if rule.period is Period.AT_LEAST:
            earliest = may_end(earliest, facts.period_days, overrides)
        elif rule.period is Period.WITHIN:
            latest = last_day(before, facts.period_days, overrides)
        found.append(StepPlan(rule.kind, earliest, latest))
        ended[rule.kind] = facts.ended_on or earliest
    return tuple(found)


def may_end(posted_on: date, days: int, overrides: Mapping[date, bool]) -> date:
    """The first day after a notice has run its days in full."""
    return last_day(posted_on, days, overrides) + timedelta(days=1)


class Share(StrEnum):
    """The four shares of an owners' decision."""

    TOOK_PART_HEADS = "took_part_heads"
    TOOK_PART_AREA = "took_part_area"
    AGREED_HEADS = "agreed_heads"
    AGREED_AREA = "agreed_area"


@dataclass(frozen=True, slots=True)
class OwnersCount:
    """What was counted when the owners voted: heads and square metres."""

    owners: int
    area: Decimal
    took_part: int
    area_part: Decimal
    agreed: int
    area_agreed: Decimal


@dataclass(frozen=True, slots=True)
class OwnersDecision:
    """Whether the owners decided, with each share; `missing` are those that were not reached."""

    shares: Mapping[Share, Fraction]
    missing: tuple[Share, ...]

    @property
    def valid(self) -> bool:
        """Enough took part: two thirds of heads and of area."""
        return Share.TOOK_PART_HEADS not in self.missing and Share.TOOK_PART_AREA not in self.missing

    @property
    def passed(self) -> bool:
        return not self.missing


TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)


def _share(part: Decimal | int, whole: Decimal | int) -> Fraction:
    return Fraction(part) / Fraction(whole) if whole else Fraction(0)


def owners_decide(count: OwnersCount) -> OwnersDecision:
    """一般事项 of 民法典 278: two thirds take part, more than half of those agree, by heads and by area alike."""
    shares = {
        Share.TOOK_PART_HEADS: _share(count.took_part, count.owners),
        Share.TOOK_PART_AREA: _share(count.area_part, count.area),
        Share.AGREED_HEADS: _share(count.agreed, count.took_part),
        Share.AGREED_AREA: _share(count.area_agreed, count.area_part),
    }
    missing = [
        share
        for share, reached in shares.items()
        if (reached < TWO_THIRDS if share in (Share.TOOK_PART_HEADS, Share.TOOK_PART_AREA) else reached <= HALF)
    ]
    return OwnersDecision(shares, tuple(missing))

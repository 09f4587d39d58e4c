"""Second opinions on a tally: two libraries, and each method once more by its definition, slowly, in fractions.

The definitions follow every way through every tie without a limit and without a short cut, ballot by ballot.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import chain
from types import ModuleType

import pyrankvote

# abcvoting imports its solvers at the top; the rules compared with here use none of them, and none is installed.
for solver in ("gurobipy", "pulp"):
    sys.modules.setdefault(solver, ModuleType(solver))

from abcvoting import abcrules as abcrules  # noqa: E402
from abcvoting.preferences import Profile as Profile  # noqa: E402

Ranking = tuple[int, ...]
Approval = frozenset[int]
Outcomes = set[frozenset[int]]


# --- libraries ----------------------------------------------------------------------------------------


def _committees(rule: str, approvals: Iterable[Approval], options: int, seats: int, **more: object) -> Outcomes:
    profile = Profile(options)
    profile.add_voters([{number - 1 for number in approval} for approval in approvals])
    found = abcrules.compute(rule, profile, seats, resolute=False, **more)
    return {frozenset(number + 1 for number in committee) for committee in found}


def abcvoting_most_votes(approvals: Iterable[Approval], options: int, seats: int) -> Outcomes:
    """Every committee of the most approvals."""
    return _committees("av", approvals, options, seats)


def abcvoting_equal_shares(approvals: Iterable[Approval], options: int, budget: int) -> Outcomes:
    """Every outcome of equal shares without completion, in fractions; every project costs 1."""
    rule = "equal-shares-without-completion"
    return _committees(rule, approvals, options, budget, algorithm="standard-fractions")


def pyrankvote_winners(rankings: Iterable[Ranking], options: Iterable[int], seats: int) -> frozenset[int] | None:
    """Winners of instant run-off or of the single transferable vote; at a tie it draws lots.

    None where it gives up ("Illegal state"): when no more options are left than places, and none reaches the quota.
    """
    people = {number: pyrankvote.Candidate(str(number)) for number in options}
    ballots = [pyrankvote.Ballot([people[number] for number in ranking]) for ranking in rankings]
    try:
        if seats == 1:
            result = pyrankvote.instant_runoff_voting(list(people.values()), ballots)
        else:
            result = pyrankvote.single_transferable_vote(list(people.values()), ballots, seats)
    except RuntimeError:
        return None
    return frozenset(int(winner.name) for winner in result.get_winners())


# --- by definition ------------------------------------------------------------------------------------


def certain_and_open(outcomes: Outcomes) -> tuple[set[int], set[int]]:
    """Who wins in every outcome, and who wins in some but not in all."""
    sure = set(frozenset.intersection(*outcomes))
    return sure, set(chain.from_iterable(outcomes)) - sure


@dataclass
class RankingCount:
    """The single transferable vote by its definition: every ballot by itself, with its own value."""

    ballots: list[tuple[Ranking, Fraction]]
    seats: int
    votes: int = 0
    out: set[int] = field(default_factory=set)
    elected: list[int] = field(default_factory=list)
    kept: Fraction = Fraction(0)
    rounds: list[dict[int, Fraction]] = field(default_factory=list)
    mixed: bool = False
    """Whether a pile of ballots of unequal value was ever handed on; pyrankvote then spreads their sum evenly."""
    level: bool = False
    """Whether two things that are compared were ever equal: what two options hold, a quota, a sum of the lowest.
    pyrankvote then draws an unequal lot (it does so inside a sort), or takes a quota as reached."""

    @classmethod
    def of(cls, ballots: Mapping[Ranking, int], seats: int) -> "RankingCount":
        single = [(ranking, Fraction(1)) for ranking, count in ballots.items() for _ in range(count)]
        named = set(chain.from_iterable(ballots))
        return cls(single, seats, votes=len(single), out=set(range(60)) - named)

    @property
    def running(self) -> list[int]:
        return sorted(set(range(1, 60)) - self.out - set(self.elected))

    def held(self) -> dict[int, Fraction]:
        held = dict.fromkeys(self.running, Fraction(0))
        for ranking, value in self.ballots:
            first = self.first(ranking)
            if first:
                held[first] += value
        return held

    def first(self, ranking: Ranking) -> int | None:
        return next((number for number in ranking if number not in self.out and number not in self.elected), None)

    def values(self, number: int) -> set[Fraction]:
        return {value for ranking, value in self.ballots if self.first(ranking) == number}

    def without(self, numbers: Iterable[int]) -> "RankingCount":
        numbers = list(numbers)
        mixed = self.mixed or any(len(self.values(number)) > 1 for number in numbers)
        return RankingCount(
            self.ballots, self.seats, self.votes, self.out | set(numbers), list(self.elected), self.kept,
            list(self.rounds), mixed, self.level,
        )  # fmt: skip

    def run(self) -> list["RankingCount"]:
        """All ends that the ties allow."""
        quota = Fraction(self.votes, self.seats + 1)
        while len(self.elected) < self.seats and self.running:
            held = self.held()
            self.rounds.append({**held, **dict.fromkeys(self.elected, quota)})
            left = self.seats - len(self.elected)
            if len(held) <= left:
                self.elected += list(held)
                break
            self.level |= quota in held.values() or len(set(held.values())) < len(held)
            over = [number for number in held if held[number] > quota]
            if over:
                self.hand_on(over, held, quota)
                continue
            order = sorted(held, key=lambda number: held[number])
            sizes = [
                size
                for size in range(1, len(order) - left + 1)
                if sum(held[number] for number in order[:size]) < held[order[size]]
            ]
            self.level |= any(
                sum(held[number] for number in order[:size]) == held[order[size]] for size in range(1, len(order))
            )
            if sizes and len(order) - max(sizes) == left:
                self.elected += order[max(sizes) :]
                break
            if sizes:
                following = self.without(order[: max(sizes)])
                self.__dict__.update(following.__dict__)
                continue
            fewest = [number for number in held if held[number] == min(held.values())]
            return [end for number in fewest for end in self.without([number]).run()]
        return [self]

    def hand_on(self, over: list[int], held: dict[int, Fraction], quota: Fraction) -> None:
        self.mixed |= any(len(self.values(number)) > 1 for number in over)
        self.ballots = [
            (ranking, value * (held[first] - quota) / held[first] if (first := self.first(ranking)) in over else value)
            for ranking, value in self.ballots
        ]
        self.elected += over


@dataclass
class ScottishCount:
    """The rules 46 to 52 of the Scottish order of 2007, ballot by ballot in decimal numbers, as they are written there.

    Written for itself: it shares nothing with the count that it is compared with. `pref_voting.stv_scottish` elects the
    same; it is no dependency of the tests because it brings 800 MB of solvers along.
    """

    ballots: list[tuple[Ranking, Decimal]]
    seats: int
    quota: int
    continuing: set[int]
    elected: list[int] = field(default_factory=list)
    owner: list[int | None] = field(default_factory=list)
    surpluses: set[int] = field(default_factory=set)
    credited: dict[int, Decimal] = field(default_factory=dict)
    stages: list[dict[int, Decimal]] = field(default_factory=list)
    lots: bool = False
    """Whether a lot was drawn: then the first one in the list was taken."""

    @classmethod
    def of(cls, ballots: Mapping[Ranking, int], seats: int) -> "ScottishCount":
        single = [(ranking, Decimal(1)) for ranking, count in ballots.items() for _ in range(count)]
        count = cls(single, seats, len(single) // (seats + 1) + 1, set(chain.from_iterable(ballots)))
        count.owner = [ranking[0] for ranking, _value in single]
        count.credited = {number: Decimal(count.owner.count(number)) for number in count.continuing}
        count.stages.append(dict(count.credited))
        return count

    def run(self) -> "ScottishCount":
        while len(self.elected) < self.seats and self.continuing:
            for number in sorted(self.continuing, key=lambda one: -self.credited[one]):
                if self.credited[number] >= self.quota:  # rule 47
                    self.deem_elected(number)
            if len(self.continuing) <= self.seats - len(self.elected):  # rule 52
                for number in sorted(self.continuing, key=lambda one: -self.credited[one]):
                    self.deem_elected(number)
            if len(self.elected) >= self.seats or not self.continuing:
                break
            if self.surpluses:  # rules 48 and 49
                self.transfer(self.one_of(self.surpluses, highest=True))
            else:  # rules 50 and 51
                self.exclude(self.one_of(self.continuing, highest=False))
            self.stages.append(dict(self.credited))
        return self

    def deem_elected(self, number: int) -> None:
        self.elected.append(number)
        self.continuing.discard(number)
        if self.credited[number] > self.quota:
            self.surpluses.add(number)

    def one_of(self, several: set[int], *, highest: bool) -> int:
        left = sorted(several)
        for stage in reversed(self.stages):
            wanted = (max if highest else min)(stage[number] for number in left)
            left = [number for number in left if stage[number] == wanted]
        self.lots |= len(left) > 1
        return left[0]

    def transfer(self, number: int) -> None:
        self.surpluses.discard(number)
        surplus, total = self.credited[number] - self.quota, self.credited[number]
        for index, (ranking, value) in enumerate(self.ballots):
            if self.owner[index] == number:
                worth = (surplus * value / total).quantize(Decimal("0.00001"), ROUND_DOWN)
                self.ballots[index] = ranking, worth
                self.pass_on(index)
        self.credited[number] = Decimal(self.quota)

    def exclude(self, number: int) -> None:
        self.continuing.discard(number)
        for index in range(len(self.ballots)):
            if self.owner[index] == number:
                self.pass_on(index)
        self.credited[number] = Decimal(0)

    def pass_on(self, index: int) -> None:
        ranking, value = self.ballots[index]
        following = next((one for one in ranking if one in self.continuing), None)
        self.owner[index] = following
        if following is not None:
            self.credited[following] += value


def by_votes(votes: Mapping[int, int], costs: Mapping[int, int], budget: int) -> Outcomes:
    """Every outcome of taking projects from the most votes to the fewest, passing over what does not fit."""
    fits = [number for number in votes if votes[number] and costs[number] <= budget]
    if not fits:
        return {frozenset()}
    most = max(votes[number] for number in fits)
    found: Outcomes = set()
    for number in (number for number in fits if votes[number] == most):
        others = {other: votes[other] for other in votes if other != number}
        found |= {outcome | {number} for outcome in by_votes(others, costs, budget - costs[number])}
    return found


def equal_shares(approvals: Sequence[Approval], costs: Mapping[int, int], budget: int, raised: int = 0) -> Outcomes:
    """Every outcome of the method of equal shares, one project at a time; each share raised by so many yuan."""

    def price(number: int, purses: Sequence[Fraction]) -> Fraction | None:
        owners = sorted(purse for purse, approval in zip(purses, approvals, strict=True) if number in approval)
        missing = Fraction(costs[number])
        for index, purse in enumerate(owners):
            if missing <= purse * (len(owners) - index):
                return missing / (len(owners) - index)
            missing -= purse
        return None

    def buy(bought: frozenset[int], purses: tuple[Fraction, ...]) -> Outcomes:
        prices = {number: found for number in costs if number not in bought and (found := price(number, purses))}
        if not prices:
            return {bought}
        ways: Outcomes = set()
        lowest = min(prices.values())
        for number in (number for number in prices if prices[number] == lowest):
            left = tuple(
                purse - min(purse, lowest) if number in approval else purse
                for purse, approval in zip(purses, approvals, strict=True)
            )
            ways |= buy(bought | {number}, left)
        return ways

    voters = sum(1 for approval in approvals if approval)
    share = Fraction(budget, voters) + raised if voters else Fraction(0)
    return buy(frozenset(), tuple(share for _ in approvals)) if voters else {frozenset()}


def raised_shares(approvals: Sequence[Approval], costs: Mapping[int, int], budget: int) -> Outcomes:
    """Every outcome of raising every share by one yuan after another, each raise counted anew (Add1)."""
    wanted = frozenset().union(*approvals)
    fitting = {number: cost for number, cost in costs.items() if number in wanted and cost <= budget}
    before: Outcomes = {frozenset()}
    final: Outcomes = set()
    for raised in range(sum(fitting.values()) + 1):
        spent = {
            outcome: sum(fitting[number] for number in outcome)
            for outcome in equal_shares([one & set(fitting) for one in approvals], fitting, budget, raised)
        } if fitting else {frozenset(): 0}  # fmt: skip
        if any(cost > budget for cost in spent.values()):
            final |= before
        within = {outcome for outcome, cost in spent.items() if cost <= budget}
        before = {one for one in within if any(fitting[n] + spent[one] <= budget for n in fitting.keys() - one)}
        final |= within - before
        if not before:
            return final
    raise AssertionError("it never ends")


def filled_up(outcomes: Outcomes, votes: Mapping[int, int], costs: Mapping[int, int], budget: int) -> Outcomes:
    """Every outcome of spending what is left by votes (U)."""
    found: Outcomes = set()
    for outcome in outcomes:
        left = budget - sum(costs[number] for number in outcome)
        others = {number: count for number, count in votes.items() if number not in outcome}
        found |= {outcome | more for more in by_votes(others, costs, left)}
    return found

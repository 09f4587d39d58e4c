"""The roster as a mixed-integer model for HiGHS: who serves where is 0 or 1, everything else follows.

What makes it small: slots of one time with the same candidates are one group with their places together; only who can
serve gets a column; what excludes one another is written once for each moment (the turns that meet there, of which one
may be served) and not for each two turns; fairness is a price that rises with each further turn, so that it stays
linear.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import highspy
import numpy as np

from db.rules.rota.greedy import evened, most_a_week
from db.rules.rota.proposal_input import (
    FAIR,
    LIKED,
    TOGETHER,
    Asked,
    Filling,
    Need,
    Pair,
    Span,
    by_id,
    day_of,
    week_of,
)

THREADS = 2
"""HiGHS keeps the first number of threads of a process: there is one number for all runs."""
HALF = 0.5
"""Binaries come back as 0.9999999: what is above is 1."""


@dataclass(frozen=True, slots=True)
class Group:
    """Slots that nobody can tell apart: one time, so many places, one set of people, liked by the same ones."""

    slots: tuple[Need, ...]
    able: tuple[int, ...]
    likers: frozenset[int]

    @property
    def span(self) -> Span:
        """The time of all its slots."""
        return self.slots[0].span

    @property
    def places(self) -> int:
        """The places of all its slots."""
        return sum(slot.places for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found: a filling, whether nothing better exists, and how far from the best it can be at most."""

    filling: Filling
    proven: bool
    gap: float


def groups_of(asked: Asked, candidates: dict[int, tuple[int, ...]]) -> list[Group]:
    """Slots put together; those that nobody can fill are left out."""
    likers = defaultdict(set)
    for helper in asked.helpers:
        for post in helper.likes:
            likers[post].add(helper.id)
    found: dict[tuple[Span, int, tuple[int, ...], frozenset[int]], list[Need]] = defaultdict(list)
    for need in sorted(asked.needs, key=lambda one: (one.starts_at, one.id)):
        able = candidates[need.id]
        if able:
            found[need.span, need.places, able, frozenset(likers[need.post_id].intersection(able))].append(need)
    return [Group(tuple(slots), able, liked) for (_span, _places, able, liked), slots in found.items()]


class Rows:
    """Constraints as HiGHS takes them, row by row."""

    def __init__(self) -> None:
        self.starts, self.columns, self.values = [0], list[int](), list[float]()
        self.least, self.most = list[float](), list[float]()

    def add(self, terms: Sequence[tuple[int, float]], least: float, most: float) -> None:
        """least ≤ sum of value × column ≤ most."""
        self.columns += [column for column, _value in terms]
        self.values += [value for _column, value in terms]
        self.starts.append(len(self.columns))
        self.least.append(least)
        self.most.append(most)


class RosterModel:
    """One question as a model. Columns: person in group, then steps of each load, then pairs in a group."""

    def __init__(self, asked: Asked, candidates: dict[int, tuple[int, ...]], *, highs: highspy.Highs) -> None:
        self.asked, self.highs = asked, highs
        self.helpers, self.needs = by_id(asked)
        self.groups = groups_of(asked, candidates)
        self.at = {
            (person, number): column
            for column, (number, person) in enumerate(
                (number, person) for number, group in enumerate(self.groups) for person in group.able
            )
        }
        self.mine: dict[int, list[int]] = defaultdict(list)
        """Person → numbers of the groups, by their start."""
        for person, number in self.at:
            self.mine[person].append(number)
        self.rows = Rows()
        self.seconds = 0.0
        """What its runs took."""
        self.costs = [-LIKED * (person in self.groups[number].likers) for person, number in self.at]
        self.steps: dict[int, range] = {}
        self._places()
        for person in sorted(self.mine):
            self._person(person)
        self.pairs = self._pairs()

    # --- rows ----------------------------------------------------------------------------------------------

    def _places(self) -> None:
        for number, group in enumerate(self.groups):
            self.rows.add([(self.at[person, number], 1) for person in group.able], 0, group.places)

    def _person(self, person: int) -> None:
        helper, limits, mine = self.helpers[person], self.asked.limits, self.mine[person]
        for clique in cliques([(number, self.groups[number].span) for number in mine], self.asked):
            self.rows.add([(self.at[person, number], 1) for number in clique], 0, 1)
        days, weeks = defaultdict(list), defaultdict(list)
        for number in mine:
            day = self.groups[number].slots[0].on
            days[day].append(number)
            weeks[week_of(day)].append(number)
        held = [day_of(start) for start, _end in helper.held]
        possible = 0
        for day, numbers in days.items():
            self._limit(person, numbers, limits.per_day - held.count(day))
        for week, numbers in weeks.items():
            left = most_a_week(helper, limits) - sum(week_of(day) == week for day in held)
            possible += self._limit(person, numbers, left)
        first = len(self.costs)
        self.steps[person] = range(first, first + possible)
        # One more turn makes (n+1)² out of n²: each step costs more than the one before, so they fill from below.
        self.costs += [FAIR * (2 * (len(held) + step) + 1) for step in range(possible)]
        load = [(self.at[person, number], 1.0) for number in mine]
        self.rows.add(load + [(step, -1.0) for step in self.steps[person]], 0, 0)

    def _limit(self, person: int, numbers: Sequence[int], most: int) -> int:
        """At most so many of the groups; how many are possible."""
        if len(numbers) > most:
            self.rows.add([(self.at[person, number], 1) for number in numbers], 0, max(0, most))
        return min(len(numbers), max(0, most))

    def _pairs(self) -> dict[tuple[int, int, int], int]:
        """(person, person, group) → column that is 1 only when both are there."""
        columns = {}
        for one, other in sorted(set(self.asked.together)):
            for number in self.mine.get(one, ()):
                if (other, number) in self.at and max(slot.places for slot in self.groups[number].slots) > 1:
                    column = columns[one, other, number] = len(self.costs)
                    self.costs.append(-TOGETHER)
                    self.rows.add([(column, 1), (self.at[one, number], -1)], -highspy.kHighsInf, 0)
                    self.rows.add([(column, 1), (self.at[other, number], -1)], -highspy.kHighsInf, 0)
        return columns

    # --- running -------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Hand the model over."""
        model, total = highspy.HighsLp(), len(self.costs)
        model.num_col_, model.num_row_ = total, len(self.rows.most)
        model.col_cost_ = np.array(self.costs, dtype=float)
        model.col_lower_, model.col_upper_ = np.zeros(total), np.ones(total)
        model.row_lower_, model.row_upper_ = np.array(self.rows.least), np.array(self.rows.most)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self.rows.starts)
        model.a_matrix_.index_ = np.array(self.rows.columns)
        model.a_matrix_.value_ = np.array(self.rows.values, dtype=float)
        whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [whole] * len(self.at) + [part] * (total - len(self.at))
        self.highs.passModel(model)

    def most_filled(self, start: Filling, seconds: float) -> Answer | None:
        """As many places as can be filled, whoever serves."""
        costs = np.zeros(len(self.costs))
        costs[: len(self.at)] = -1
        return self._run(costs, start, seconds)

    def fairest(self, start: Filling, least: int, seconds: float) -> Answer | None:
        """The cheapest filling of at least so many places."""
        columns = np.arange(len(self.at), dtype=np.int32)
        self.highs.addRow(least, highspy.kHighsInf, len(columns), columns, np.ones(len(columns)))
        return self._run(np.array(self.costs, dtype=float), start, seconds)

    def _run(self, costs: "np.typing.NDArray[np.float64]", start: Filling, seconds: float) -> Answer | None:
        """Objective, then start, then run: a start that comes before the objective is dropped without a word."""
        everything = np.arange(len(costs), dtype=np.int32)
        self.highs.changeColsCost(len(costs), everything, costs)
        self.highs.setOptionValue("time_limit", seconds)  # of this run
        solution = highspy.HighsSolution()
        solution.col_value = self._values(start)
        self.highs.setSolution(solution)
        before = self.highs.getRunTime()
        state = self.highs.run()
        self.seconds += self.highs.getRunTime() - before
        ended = self.highs.getModelStatus()
        info = self.highs.getInfo()
        usable = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        # kWarning is what a time limit says; the values count only behind the status: an infeasible model has zeros.
        if state == highspy.HighsStatus.kError or not usable:
            return None
        values = self.highs.getSolution().col_value
        filling = self._spread({key for key, column in self.at.items() if values[column] > HALF})
        # A group may promise more pairs than its slots can seat: then the best is not proven.
        promised = sum(values[column] > HALF for column in self.pairs.values())
        proven = ended == highspy.HighsModelStatus.kOptimal and promised <= self._seated(filling)
        return Answer(filling, proven, float(info.mip_gap))

    def _seated(self, filling: Filling) -> int:
        """Pairs in one slot."""
        return sum(
            (other, slot) in filling for one, other in self._friends for person, slot in filling if person == one
        )

    def _values(self, filling: Filling) -> list[float]:
        """A filling as values of all columns."""
        values = [0.0] * len(self.costs)
        group_of = {slot.id: number for number, group in enumerate(self.groups) for slot in group.slots}
        loads: dict[int, int] = defaultdict(int)
        for person, slot in filling:
            values[self.at[person, group_of[slot]]] = 1.0
            loads[person] += 1
        for person, load in loads.items():
            for step in self.steps[person][:load]:
                values[step] = 1.0
        for (one, other, number), column in self.pairs.items():
            values[column] = min(values[self.at[one, number]], values[self.at[other, number]])
        return values

    # --- from groups back to slots ---------------------------------------------------------------------------

    @cached_property
    def _friends(self) -> list[Pair]:
        return sorted(set(self.asked.together))

    def _spread(self, chosen: Iterable[tuple[int, int]]) -> Filling:
        """Put the people of each group into its slots; who would like to serve together comes first, into one slot."""
        filling = set()
        ordered = sorted(chosen, key=lambda one: (one[1], one[0]))
        for number, members in groupby(ordered, key=lambda one: one[1]):
            people = [person for person, _number in members]
            left = {slot.id: slot.places for slot in self.groups[number].slots}
            for party in parties(people, self._friends):
                while party:
                    slot = max(left, key=lambda one: (left[one] >= len(party), left[one], -one))
                    seated, party = party[: left[slot]], party[left[slot] :]
                    left[slot] -= len(seated)
                    filling |= {(person, slot) for person in seated}
        return frozenset(filling)


def parties(people: Sequence[int], friends: Iterable[Pair]) -> list[list[int]]:
    """People in the parties in which they would like to come, the largest first."""
    party = {person: [person] for person in people}
    for one, other in friends:
        if one in party and other in party and party[one] is not party[other]:
            party[one] += party[other]
            for person in party[other]:
                party[person] = party[one]
    distinct = {id(members): members for members in party.values()}
    return sorted(distinct.values(), key=lambda members: (-len(members), members))


def cliques(spans: Sequence[tuple[int, Span]], asked: Asked) -> list[tuple[int, ...]]:
    """Sets of groups of which one person can serve one only: those under way, or not long over, as each begins.

    Intervals meet two by two exactly when all of them share a moment, so a row for each beginning says it all.
    """
    found = list[tuple[int, ...]]()
    between, running = asked.limits.between, list[tuple[int, Span]]()
    for number, span in sorted(spans, key=lambda one: (one[1], one[0])):
        still = [(other, when) for other, when in running if when[1] + between > span[0]]
        if len(still) < len(running) and len(running) > 1:
            found.append(tuple(other for other, _when in running))
        running = [*still, (number, span)]
    if len(running) > 1:
        found.append(tuple(other for other, _when in running))
    return found


def solver() -> highspy.Highs:
    """A fresh HiGHS with the process's number of threads, silent, and with the same answer every time."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", THREADS)
    highs.setOptionValue("random_seed", 0)
    # Presolve looks long at 40,000 columns and takes away few.
    highs.setOptionValue("presolve", "off")
    # All prices are whole numbers: less than one apart is the same.
    highs.setOptionValue("mip_abs_gap", 0.99)
    highs.setOptionValue("mip_rel_gap", 0.0)
    return highs


def solved(
    asked: Asked, candidates: dict[int, tuple[int, ...]], start: Filling, seconds: float
) -> tuple[Answer | None, bool, float]:
    """The best filling found from a valid start, whether it is proven that no more places can be filled, and seconds.

    Places first, in a run of its own unless the start has filled all that anybody can; fairness and wishes after.
    """
    model = RosterModel(asked, candidates, highs=solver())
    if not model.at:
        return None, True, 0.0
    model.load()
    most = sum(min(group.places, len(group.able) * len(group.slots)) for group in model.groups)
    full = len(start) >= most
    best = start
    if not full:
        filled = model.most_filled(start, seconds / 2)
        if filled is not None:
            full = filled.proven
            # Whoever fills most has not looked at loads: evened out it is a far better start.
            fuller = filled.filling if len(filled.filling) > len(start) else start
            best = evened(asked, candidates, fuller)
    answer = model.fairest(best, len(best), max(0.1, seconds - model.seconds))
    return answer, full, model.seconds

"""Ranking by the arithmetic of Scotland's council elections (Local Government Elections Order 2007, rules 46–52).

The quota is the whole number floor(ballots that rank something / (places + 1)) + 1; whoever holds it is elected. What
an elected option holds beyond it is handed on one option after another, the largest surplus first: each ballot that
names another option still in the count goes there at surplus × its value / what the option held, cut to five decimals;
the option keeps the quota. When no surplus waits, the one with the fewest is out, alone, and its ballots go on at the
value that they have. As many options as places that are left are elected at once, and nothing is handed on any more.

Of equals that one is taken who had more (for a surplus) or fewer (to be out) in the latest earlier stage in which they
differed. The order of 2007 draws lots where they never did; here `tally_ways` follows every lot, and what depends on
one is a tie. As in the rule of our own, an option that no ballot names is out from the start.

Every value is a whole number of hundred-thousandths of a vote.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from db.rules.voting.tally_parts import Round, Table

WHOLE = 100_000
"""Parts of a vote: five decimals."""

_Paper = tuple[int, int]
"""Where in `flat` a pattern stands now, and what each of its ballots is worth, in parts."""


class Scottish:
    """One way through the stages. Ballots of one pattern and one value move together."""

    def __init__(self, table: Table, options: int, seats: int) -> None:
        self._flat = [int(number) for number in table.flat]
        self._votes = int(table.counts.sum())
        self.seats = seats
        self.quota = (self._votes // (seats + 1) + 1) * WHOLE
        self.running = sorted({number for number in self._flat if number})
        self._stays = [number in self.running for number in range(options + 1)]
        self.held = [0] * (options + 1)
        """What each option holds, in parts."""
        self._papers: list[dict[_Paper, int]] = [{} for _ in range(options + 1)]
        """Of each option, its ballots: how many stand where at what value."""
        self._waiting: list[int] = []
        """Elected with a surplus that is not yet handed on."""
        self._before: list[list[int]] = []
        """What was held at the end of each stage so far."""
        self._newly: list[int] = []
        """Elected at the end of the stage that is being left."""
        self._surplus_next = False
        """Whether it is left by handing on a surplus; otherwise by taking somebody out."""
        self.winners: list[int] = []
        self.rounds: list[Round] = []
        for start, count in zip(table.starts.tolist(), table.counts.tolist(), strict=True):
            self._put(start, WHOLE, count)
        self._before.append(list(self.held))

    @property
    def contenders(self) -> list[int]:
        """Everybody still in the count."""
        return self.running

    def first_preferences(self) -> list[int]:
        """How many ballots stand with each option before anybody is out."""
        return [held // WHOLE for held in self._before[0]]

    def copy(self) -> "Scottish":
        """The same count, to go another way."""
        other = object.__new__(Scottish)
        other.__dict__.update(self.__dict__)
        other._stays = list(self._stays)
        other.running, other.held, other._waiting = list(self.running), list(self.held), list(self._waiting)
        other._papers, other._before = [dict(papers) for papers in self._papers], list(self._before)
        other.winners, other.rounds = list(self.winners), list(self.rounds)
        return other

    def run(self) -> list[int]:
        """Count to the end, which gives nobody, or to a lot, which gives those among whom it would be drawn."""
        while len(self.winners) < self.seats and self.running:
            elected = self._elect()
            if len(self.winners) == self.seats or not self.running:
                self.rounds.append(self._round(elected))
                break
            self._newly, self._surplus_next = elected, bool(self._waiting)
            best = self._first(self._waiting, max) if self._surplus_next else self._first(self.running, min)
            if len(best) > 1:
                return best
            self.settle(best[0])
        return []

    def settle(self, number: int) -> None:
        """Hand on the surplus of this one, or take it out."""
        if self._surplus_next:
            self.rounds.append(self._round(self._newly, handed_on=number))
            self._hand_on(number)
        else:
            self.rounds.append(self._round(self._newly, excluded=[number]))
            self._exclude(number)
        self._before.append(list(self.held))

    def after(self, number: int) -> None:
        """Which lot came first is part of the state: it stays in what was held before."""

    def round(self) -> Round:
        """What is held now, and who was elected by it."""
        return self._round(self._newly)

    def _round(self, elected: Sequence[int], *, excluded: Sequence[int] = (), handed_on: int = 0) -> Round:
        """The stage that is being left, and how."""
        lost, shown = self._votes * WHOLE - sum(self.held), sorted([*self.winners, *self.running])
        return Round(
            held=tuple((number, *Fraction(self.held[number], WHOLE).as_integer_ratio()) for number in shown),
            elected=tuple(elected),
            excluded=tuple(excluded),
            exhausted=Fraction(lost, WHOLE).as_integer_ratio(),
            handed_on=handed_on,
        )

    def _elect(self) -> list[int]:
        """Whoever holds the quota now; then everybody, when no more are left than places."""
        over = self._by_held(number for number in self.running if self.held[number] >= self.quota)
        # No more than the places can hold it: so many quotas are more than all the votes.
        for number in over:
            self._win(number)
        left = self.seats - len(self.winners)
        rest = (
            sorted(self.running, key=lambda number: (-self.held[number], number)) if len(self.running) <= left else []
        )
        for number in rest:
            self._win(number)
        return [*over, *rest]

    def _by_held(self, options: Iterable[int]) -> list[int]:
        return sorted(options, key=lambda number: (-self.held[number], number))

    def _win(self, number: int) -> None:
        self.winners.append(number)
        self._leave(number)
        if self.held[number] > self.quota:
            self._waiting.append(number)

    def _first(self, among: Iterable[int], which: Callable[..., int]) -> list[int]:
        """Those with the most or the fewest, now and then backwards from stage to stage."""
        best = list(among)
        for held in [self.held, *reversed(self._before)]:
            wanted = which(held[number] for number in best)
            best = [number for number in best if held[number] == wanted]
            if len(best) == 1:
                break
        return sorted(best)

    def _hand_on(self, number: int) -> None:
        surplus, held = self.held[number] - self.quota, self.held[number]
        self._waiting.remove(number)
        for (at, value), count in self._papers[number].items():
            self._put(at, surplus * value // held, count)
        self._papers[number] = {}
        self.held[number] = self.quota

    def _exclude(self, number: int) -> None:
        self._leave(number)
        self.held[number] = 0
        for (at, value), count in self._papers[number].items():
            self._put(at, value, count)
        self._papers[number] = {}

    def _leave(self, number: int) -> None:
        self.running.remove(number)
        self._stays[number] = False

    def _put(self, at: int, value: int, count: int) -> None:
        """Ballots to the first of their options still in the count; those without one are worth nothing any more."""
        while (number := self._flat[at]) and not self._stays[number]:
            at += 1
        if number and value:
            papers = self._papers[number]
            papers[at, value] = papers.get((at, value), 0) + count
            self.held[number] += value * count

"""A filling by hand's rule: the hardest slot first, to whoever has least. In no time, valid, and seldom the best.

It is where the solver starts and what stands when the solver finds nothing better (`db.rules.rota.proposal`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from db.rules.orders.dispatch import has_skill
from db.rules.rota.proposal_input import (
    Asked,
    Filling,
    Helper,
    Limits,
    Need,
    NotHere,
    Pair,
    Span,
    by_id,
    day_of,
    halves_of,
    overlap,
    week_of,
)


def speaks_against(helper: Helper, need: Need, limits: Limits, halves: frozenset[str] | None = None) -> NotHere | None:
    """Why somebody cannot serve in a slot whatever else is proposed; None when they can."""
    if not has_skill(helper.skills, need.skill):
        return NotHere.SKILL
    if any(first <= need.on <= last for first, last in helper.pauses):
        return NotHere.PAUSE
    touched = halves_of(need.span) if halves is None else halves
    if not (helper.free.issuperset(touched) if helper.free else limits.unknown_free):
        return NotHere.NOT_FREE
    if any(overlap(need.span, span) for span in helper.busy):
        return NotHere.BUSY
    return None


class Loads:
    """Who has which turns while a roster is put together: says at once what one more would break."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.limits = asked, asked.limits
        self.helpers, self.needs = by_id(asked)
        self.taken: set[Pair] = set()
        self.open = {need.id: need.places for need in asked.needs}
        self.spans: dict[int, list[Span]] = {one.id: list(one.held) for one in asked.helpers}
        self._days: Counter[tuple[int, date]] = Counter()
        self._weeks: Counter[tuple[int, date]] = Counter()
        for one in asked.helpers:
            for start, _end in one.held:
                self._days[one.id, day_of(start)] += 1
                self._weeks[one.id, week_of(day_of(start))] += 1

    def against(self, person: int, slot: int) -> NotHere | None:
        """What speaks against one more turn besides skill and half days: another turn, the day, the week, the gap."""
        need, helper = self.needs[slot], self.helpers[person]
        spans = self.spans[person]
        if any(overlap(need.span, span) for span in spans):
            return NotHere.BUSY
        if self._weeks[person, week_of(need.on)] >= most_a_week(helper, self.limits):
            return NotHere.WEEK
        if self._days[person, need.on] >= self.limits.per_day:
            return NotHere.DAY
        if any(overlap(need.span, span, self.limits.between) for span in spans):
            return NotHere.GAP
        return None

    def take(self, person: int, slot: int) -> None:
        """One more turn."""
        self._count(person, slot, 1)
        self.taken.add((person, slot))
        self.spans[person].append(self.needs[slot].span)

    def give_back(self, person: int, slot: int) -> None:
        """One turn less."""
        self._count(person, slot, -1)
        self.taken.remove((person, slot))
        self.spans[person].remove(self.needs[slot].span)

    def _count(self, person: int, slot: int, one: int) -> None:
        on = self.needs[slot].on
        self.open[slot] -= one
        self._days[person, on] += one
        self._weeks[person, week_of(on)] += one


def most_a_week(helper: Helper, limits: Limits) -> int:
    """The smaller of the own and the common limit."""
    return limits.per_week if helper.per_week is None else min(helper.per_week, limits.per_week)


def candidates_of(asked: Asked, only: Collection[int] | None = None) -> dict[int, tuple[int, ...]]:
    """Slot (each, or those in `only`) → whoever could serve there if it were the only one, in the order of ids."""
    alone = Loads(asked)
    found = {}
    halves: dict[Span, frozenset[str]] = {}
    people = sorted(asked.helpers, key=lambda one: one.id)
    for need in asked.needs:
        if only is not None and need.id not in only:
            continue
        touched = halves.setdefault(need.span, halves_of(need.span))
        found[need.id] = tuple(
            one.id
            for one in people
            if speaks_against(one, need, asked.limits, touched) is None and alone.against(one.id, need.id) is None
        )
    return found


def greedy(asked: Asked, candidates: dict[int, tuple[int, ...]], given: Iterable[Pair] = ()) -> Filling:
    """Fill slots with the fewest candidates a place first, each place with whoever has the fewest turns.

    `given` is a valid filling that is kept and completed. Equal cases go by liking, by how few other slots somebody
    could fill, then by id: the same question has the same answer.
    """
    loads = Loads(asked)
    for person, slot in sorted(given):
        loads.take(person, slot)
    choices = Counter(person for able in candidates.values() for person in able)
    friends = friends_of(asked.together)
    for need in in_order(asked.needs, candidates):
        able = [person for person in candidates[need.id] if (person, need.id) not in loads.taken]
        while loads.open[need.id] > 0:
            free = [person for person in able if loads.against(person, need.id) is None]
            if not free:
                break

            def wish(person: int, need: Need = need) -> tuple[int, int, int, int]:
                beside = any((friend, need.id) in loads.taken for friend in friends[person])
                liked = need.post_id in loads.helpers[person].likes
                return len(loads.spans[person]), -2 * beside - liked, choices[person], person

            chosen = min(free, key=wish)
            loads.take(chosen, need.id)
            able.remove(chosen)
    return frozenset(loads.taken)


def evened(asked: Asked, candidates: dict[int, tuple[int, ...]], filling: Iterable[Pair]) -> Filling:
    """Give turns of those who have most to those who have at least two less, as long as that is possible.

    Each step makes the squares of the loads smaller, so it ends.
    """
    loads = Loads(asked)
    for person, slot in sorted(filling):
        loads.take(person, slot)
    moved = True
    while moved:
        moved = False
        for person, slot in sorted(loads.taken, key=lambda one: (-len(loads.spans[one[0]]), one)):
            loads.give_back(person, slot)
            left = len(loads.spans[person])
            others = [
                (len(loads.spans[other]), other)
                for other in candidates[slot]
                if len(loads.spans[other]) < left and (other, slot) not in loads.taken
            ]
            taker = next((other for _load, other in sorted(others) if loads.against(other, slot) is None), person)
            loads.take(taker, slot)
            moved = moved or taker != person
    return frozenset(loads.taken)


def in_order(needs: Sequence[Need], candidates: dict[int, tuple[int, ...]]) -> list[Need]:
    """Slots, the hardest to fill first."""
    return sorted(needs, key=lambda one: (len(candidates[one.id]) / one.places, one.starts_at, one.id))


def friends_of(together: Iterable[Pair]) -> dict[int, set[int]]:
    """Person → those who would like to serve beside them."""
    friends: dict[int, set[int]] = defaultdict(set)
    for one, other in together:
        friends[one].add(other)
        friends[other].add(one)
    return friends


def breaks(asked: Asked, filling: Iterable[Pair]) -> list[tuple[Pair, NotHere]]:
    """What a filling does that it must not, each with the pair; empty for a valid one. A place too many is FULL."""
    loads, found = Loads(asked), []
    for person, slot in sorted(filling, key=lambda one: (loads.needs[one[1]].starts_at, one)):
        why = speaks_against(loads.helpers[person], loads.needs[slot], asked.limits) or loads.against(person, slot)
        if why is None and loads.open[slot] <= 0:
            why = NotHere.FULL
        if why is None:
            loads.take(person, slot)
        else:
            found.append(((person, slot), why))
    return found

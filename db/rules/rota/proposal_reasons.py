"""Why a proposal is as it is: for each place left open who could not come and why, for each turn why this person.

Everything is counted from the filling itself, so that it also holds after somebody changed it by hand.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from db.rules.rota.greedy import Loads, candidates_of, friends_of, speaks_against
from db.rules.rota.proposal_input import Asked, NotHere, Pair, WhyHere, halves_of


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """Places of a slot that nobody takes, and how many people are kept from it by what."""

    slot: int
    open: int
    people: int
    """Everybody who was looked at and is not in the slot."""
    against: Mapping[NotHere, int]

    @property
    def nobody_able(self) -> bool:
        """Whether nobody at all has the skill."""
        return self.people > 0 and self.against.get(NotHere.SKILL, 0) == self.people


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part: turns proposed and turns that stand, and what speaks against each other slot."""

    person: int
    proposed: int
    held: int
    against: Mapping[NotHere, int]


def filled(asked: Asked, filling: Iterable[Pair]) -> Loads:
    """The filling taken turn by turn, as it is: also one that breaks a limit, which somebody decided by hand."""
    loads = Loads(asked)
    for person, slot in sorted(filling):
        loads.take(person, slot)
    return loads


def why_open(asked: Asked, filling: Iterable[Pair]) -> tuple[OpenSlot, ...]:
    """The slots that are not full, by time, each with its reasons."""
    loads = filled(asked, filling)
    found = []
    for need in sorted(asked.needs, key=lambda one: (one.starts_at, one.id)):
        if loads.open[need.id] > 0:
            halves = halves_of(need.span)
            against = Counter(
                speaks_against(one, need, asked.limits, halves) or loads.against(one.id, need.id) or NotHere.COULD
                for one in asked.helpers
                if (one.id, need.id) not in loads.taken
            )
            found.append(OpenSlot(need.id, loads.open[need.id], against.total(), dict(against)))
    return tuple(found)


def why_here(
    asked: Asked, filling: Iterable[Pair], only: Collection[int] | None = None
) -> dict[Pair, tuple[WhyHere, ...]]:
    """For each turn, or those in the slots `only`, what speaks for it; BY_HAND when only somebody's decision does."""
    loads, candidates = filled(asked, filling), candidates_of(asked, only)
    friends = friends_of(asked.together)
    fewest = {
        slot: min((len(loads.spans[one]) for one in able), default=0) for slot, able in candidates.items()
    }  # fmt: skip
    found = {}
    for person, slot in sorted(pair for pair in loads.taken if pair[1] in candidates):
        helper, need, able = loads.helpers[person], loads.needs[slot], candidates[slot]
        reasons = (
            WhyHere.ONLY if len(able) <= need.places else None,
            WhyHere.SKILL if need.skill.strip() else None,
            WhyHere.FREE if helper.free else WhyHere.TIME_UNKNOWN,
            WhyHere.KNOWS if need.post_id in helper.likes else None,
            WhyHere.TOGETHER if any((friend, slot) in loads.taken for friend in friends[person]) else None,
            WhyHere.FEW_TURNS if len(loads.spans[person]) <= fewest[slot] else None,
        )
        by_hand = (WhyHere.BY_HAND,)
        found[person, slot] = tuple(one for one in reasons if one) if person in able else by_hand
    return found


def shares(asked: Asked, filling: Iterable[Pair], only: Collection[int] | None = None) -> tuple[Share, ...]:
    """Each person's part, or that of the people `only`, and why it is not more.

    A slot that is full says so only when nothing else is against it.
    """
    loads = filled(asked, filling)
    halves = {need.id: halves_of(need.span) for need in asked.needs}
    found = []
    for helper in sorted(asked.helpers, key=lambda one: one.id):
        if only is not None and helper.id not in only:
            continue
        others = [need for need in asked.needs if (helper.id, need.id) not in loads.taken]
        against = Counter(
            speaks_against(helper, need, asked.limits, halves[need.id])
            or loads.against(helper.id, need.id)
            or (NotHere.COULD if loads.open[need.id] > 0 else NotHere.FULL)
            for need in others
        )
        proposed = len(asked.needs) - len(others)
        found.append(Share(helper.id, proposed, len(helper.held), dict(against)))
    return tuple(found)

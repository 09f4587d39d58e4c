"""排班建议: who could serve in which slot, as many places filled as can be, then evenly, then as people like it.

The solver HiGHS improves a greedy filling and never replaces it by a worse or an invalid one. The answer says how good
it is: `proven` when nothing better exists, else how far from the best it can be at most.
"""

from dataclasses import dataclass

from db.rules.rota.greedy import breaks, candidates_of, evened, greedy
from db.rules.rota.proposal_input import Asked, Filling, Score, loads_of, score
from db.rules.rota.proposal_model import solved

SECONDS = 8.0
"""How long the solver may take; with building the model and checking the answer it comes to ten."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A valid filling, and what is known about it."""

    filling: Filling
    score: Score
    greedy_score: Score
    by_solver: bool
    """Whether the solver's filling is the better one."""
    full: bool
    """Proven that no more places can be filled."""
    proven: bool
    """Proven that nothing is better, fairness and wishes included."""
    gap: float
    """How far the cost can be from the best, as a part of it; 0 when proven."""
    seconds: float
    """Of the solver."""
    without_anybody: tuple[int, ...]
    """Slots for which there is nobody at all."""
    least_load: int
    most_load: int


def propose(asked: Asked, *, seconds: float = SECONDS) -> Proposal:
    """A roster within `seconds`, the same for the same question as long as the time does not run out."""
    candidates = candidates_of(asked)
    without = tuple(slot for slot, able in candidates.items() if not able)
    start = greedy(asked, candidates)
    answer, full, spent = None, not any(candidates.values()), 0.0
    if not full:
        answer, full, spent = solved(asked, candidates, start, seconds)
    best, by_solver = start, False
    if answer is not None and not breaks(asked, answer.filling):
        # What the solver left open when its time ran out may still be filled by hand's rule.
        completed = answer.filling
        if not answer.proven:
            completed = evened(asked, candidates, greedy(asked, candidates, answer.filling))
        if score(asked, completed) < score(asked, start):
            best, by_solver = completed, True
    proven = full and (answer is None or answer.proven)
    loads = loads_of(asked, best).values()
    return Proposal(
        filling=best,
        score=score(asked, best),
        greedy_score=score(asked, start),
        by_solver=by_solver,
        full=full,
        proven=proven,
        gap=0.0 if proven or answer is None else answer.gap,
        seconds=spent,
        without_anybody=without,
        least_load=min(loads, default=0),
        most_load=max(loads, default=0),
    )

"""The life of a complaint (诉求单) as plain values: what may follow, what must be there before it may be closed.

docs/domain.md 8.2: 受理 → 交办 → 答复 → 回访 → 办结; what was closed and comes back is a relapse (反弹), every time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.terms import ComplaintState, ResponsibleBody

COMPLAINT: Mapping[ComplaintState, frozenset[ComplaintState]] = {
    ComplaintState.REGISTERED: frozenset({ComplaintState.HANDED_OVER, ComplaintState.VOID}),
    # Handed on to another body it stays in hand.
    ComplaintState.HANDED_OVER: frozenset({ComplaintState.HANDED_OVER, ComplaintState.REPLIED, ComplaintState.VOID}),
    # Handed over again when the revisit found it unsolved.
    ComplaintState.REPLIED: frozenset({ComplaintState.CLOSED, ComplaintState.HANDED_OVER}),
    ComplaintState.CLOSED: frozenset({ComplaintState.REOPENED}),
    ComplaintState.REOPENED: frozenset({ComplaintState.HANDED_OVER}),
    ComplaintState.VOID: frozenset(),
}
"""The life of a complaint; `may_follow` asks it. (It is no stage of a permission, so it is not in `lifecycle`.)"""

WAITS_FOR_HANDS = (ComplaintState.REGISTERED, ComplaintState.REOPENED)
IN_HAND = (*WAITS_FOR_HANDS, ComplaintState.HANDED_OVER)
"""A body has to act on it: it can be late."""
OPEN = (*IN_HAND, ComplaintState.REPLIED)
NOT_REACHED_TRIES = 3
"""So many tries in vain since the last reply stand for a revisit. [D: the hotlines try two or three times]"""


def may_follow(current: ComplaintState, following: ComplaintState) -> bool:
    """Whether a complaint may go from one state to the other."""
    return following in COMPLAINT[current]


def way_to(current: ComplaintState, wanted: ComplaintState) -> tuple[ComplaintState, ...]:
    """The states to go through, `wanted` last; () when it stands there already or no way of at most two leads there."""
    if current is wanted:
        return ()
    if may_follow(current, wanted):
        return (wanted,)
    through = sorted(one for one in COMPLAINT[current] if may_follow(one, wanted))
    return (through[0], wanted) if through else ()


class Lacks(StrEnum):
    """Why a complaint cannot be closed yet."""

    REPLY = "reply"
    REVISIT = "revisit"
    REASON = "reason"
    """It was not solved: then it says why it ends all the same."""


def lacks_to_close(*, reply: str, solved: bool | None, tries: int, words: str) -> Lacks | None:
    """What is missing before it may be closed: a reply, then a revisit or enough tries, then words if unsolved."""
    if not reply:
        return Lacks.REPLY
    if solved is None and tries < NOT_REACHED_TRIES:
        return Lacks.REVISIT
    if solved is False and not words:
        return Lacks.REASON
    return None


class Part(StrEnum):
    """Where a body stands (谁在台上)."""

    LEADS = "leads"  # 台上·主办
    ASSISTS = "assists"  # 台上·协办
    BESIDE = "beside"  # 舞台旁
    AWAY = "away"  # 不在台上


@dataclass(frozen=True, slots=True)
class Role:
    """One body in the matrix, and how often it had the matter in hand."""

    body: ResponsibleBody
    part: Part
    times: int


def who_is_on_stage(
    responsible: ResponsibleBody | None, assists: Sequence[ResponsibleBody], before: Sequence[ResponsibleBody]
) -> tuple[Role, ...]:
    """Every body with its part; the community stands beside the stage in another's matter (docs/domain.md A1-07).

    `before`: each body the matter was handed to, in order, the present one among them.
    """
    roles = []
    for body in ResponsibleBody:
        if body is responsible:
            part = Part.LEADS
        elif body in assists:
            part = Part.ASSISTS
        elif body is ResponsibleBody.COMMUNITY and responsible is not None:
            part = Part.BESIDE
        else:
            part = Part.AWAY
        roles.append(Role(body, part, sum(one is body for one in before)))
    return tuple(roles)


def root_of(row_id: int, first: int, first_points_to: int | None) -> int | None:
    """The first complaint of its kind that `row_id` is to point to; None when that would be itself: a circle."""
    root = first if first_points_to is None else first_points_to
    return None if root == row_id else root


def is_late(state: ComplaintState, due_on: date | None, today: date) -> bool:
    """Whether a reply was due before today."""
    return state in IN_HAND and due_on is not None and due_on < today

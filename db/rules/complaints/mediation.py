"""The life of a dispute that goes to a 协调会（沟通会）: which state may follow which (docs/domain.md 11.2)."""

from collections.abc import Mapping
from datetime import timedelta

from db.terms import MediationState

MEDIATION: Mapping[MediationState, frozenset[MediationState]] = {
    MediationState.REGISTERED: frozenset({MediationState.CONVENED}),
    MediationState.CONVENED: frozenset({MediationState.OPEN, MediationState.CONVENED}),
    MediationState.OPEN: frozenset({MediationState.AGREED, MediationState.NOT_AGREED}),
    # Not agreed: the parties meet again, or the matter goes up.
    MediationState.NOT_AGREED: frozenset({MediationState.CONVENED, MediationState.ESCALATED}),
    MediationState.AGREED: frozenset({MediationState.SETTLED, MediationState.RELAPSED}),
    # 反弹: what was settled came back, sometimes more than once.
    MediationState.SETTLED: frozenset({MediationState.RELAPSED}),
    MediationState.RELAPSED: frozenset({MediationState.CONVENED, MediationState.ESCALATED}),
    # The answer from above ends it, or the parties meet again.
    MediationState.ESCALATED: frozenset({MediationState.SETTLED, MediationState.NOT_AGREED}),
}
"""The life of a dispute; `may_follow` asks it. (It is no stage of a permission, so it is not in `lifecycle`.)"""


ANSWER_WITHIN = timedelta(days=15)
"""When an answer from above is due if nobody says another day. Our own rule; no source fixes it."""


def may_follow(current: MediationState, following: MediationState) -> bool:
    """Whether a dispute may go from one state to the other."""
    return following in MEDIATION[current]

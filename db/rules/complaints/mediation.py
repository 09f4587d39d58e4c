"""协调会（沟通会） as values: parties, issues, what was agreed, what the re-checks found (docs/domain.md 11.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.terms import MediationState, PartyKind, TaskState

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
    MediationState.ESCALATED: frozenset(),
}
"""The life of a dispute; `may_follow` asks it. (It is no stage of a permission, so it is not in `lifecycle`.)"""


def may_follow(current: MediationState, following: MediationState) -> bool:
    """Whether a dispute may go from one state to the other."""
    return following in MEDIATION[current]


@dataclass(frozen=True, slots=True)
class MediationRow:
    """A dispute in a list."""

    id: int
    number: str
    title: str
    state: MediationState
    at: datetime | None
    meetings: int
    open_actions: int


@dataclass(frozen=True, slots=True)
class Party:
    """Who sits at the table; the representative's name and telephone are masked."""

    id: int
    version: int
    kind: PartyKind
    name: str
    representative: str
    contact: str
    claim: str
    present: bool


@dataclass(frozen=True, slots=True)
class Check:
    """复查 of one agreed action."""

    action_id: int
    on: date
    passed: bool
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """整改清单: what, who, until when, who checks, and what the checks found."""

    id: int
    version: int
    title: str
    owner: str
    due_on: date
    checker: str
    state: TaskState
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class DueCheck:
    """An agreed action whose day has come and that nobody has seen passed yet; `id` is the dispute's."""

    id: int
    dispute: str
    title: str
    owner: str
    checker: str
    due_on: date


@dataclass(frozen=True, slots=True)
class MediationFacts:
    """One dispute with all its parts."""

    id: int
    version: int
    number: str
    title: str
    matter: str
    state: MediationState
    at: datetime | None
    place: str
    host: str
    recorder: str
    issues: str
    basis: str
    agreed: str
    not_agreed: str
    meetings: int
    community: str
    parties: tuple[Party, ...] = ()
    actions: tuple[AgreedAction, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether every agreed action passed its last check."""
        return bool(self.actions) and all(one.checks and one.checks[-1].passed for one in self.actions)

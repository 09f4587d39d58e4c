"""议题征集与审核 as plain values, and what a resolution leaves to do."""

from dataclasses import dataclass
from datetime import date, datetime

from db.terms import CorrectionField, CorrectionState, ItemState, TaskState, TopicGround, TopicSource, TopicState


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in a list, with what became of it at the last meeting that had it on its agenda."""

    id: int
    number: str
    title: str
    source: TopicSource
    proposer: str
    state: TopicState
    made_at: datetime
    outcome: ItemState | None


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """One topic with its form (docs/domain.md 5.7) and its review."""

    id: int
    version: int
    community_id: int
    number: str
    title: str
    source: TopicSource
    proposer: str
    signed_at: datetime | None
    signed_on_paper: bool
    category: str
    background: str
    scope: str
    proposal: str
    budget_yuan: int | None
    stakeholders: str
    state: TopicState
    ground: TopicGround | None
    review_reason: str
    merged_into: str
    referred_to: str
    reviewer: str
    made_at: datetime
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """决议事项: what, by whom, until when."""

    id: int
    version: int
    item_id: int
    item: str
    meeting: str
    title: str
    owner: str
    due_on: date
    state: TaskState
    result: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A passed item of a meeting with the tasks that came of it."""

    item_id: int
    title: str
    motion: str
    need_number: str
    tasks: tuple[TaskRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """更正: both texts, who asked and who confirmed."""

    id: int
    version: int
    item: str
    field: CorrectionField
    before: str
    after: str
    reason: str
    state: CorrectionState
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    settled_by: str
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Correctable:
    """A place in a meeting's record where a clerical error may stand, with its present text."""

    item_id: int
    item: str
    field: CorrectionField
    target_id: int | None
    text: str

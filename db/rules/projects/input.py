"""What a form says of a project, unchecked; the names are those of the form's fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.terms import ProjectKind


@dataclass(frozen=True, slots=True)
class ProjectInput:
    """A project to set up, from passed needs or without a source."""

    title: str
    kind: ProjectKind | None
    leader_id: int | None
    problem: str
    measures: str
    beneficiaries: str
    beneficiary_count: int | None
    starts_on: date | None
    due_on: date | None
    need_ids: Sequence[int] = ()
    community_id: int | None = None
    budget_yuan: int | None = 0
    funding: str = ""


@dataclass(frozen=True, slots=True)
class ScoreInput:
    """One judge's points, part by part (`db.rules.projects.acceptance`), and why."""

    goals: int | None
    benefit: int | None
    procedure: int | None
    members: int | None
    lasting: int | None
    files: int | None
    bonus: int | None
    reason: str

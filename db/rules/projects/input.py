"""What a form says of a project, unchecked; the names are those of the form's fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.terms import ProjectDirection, ProjectKind, StageBody, StagePart


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
    direction: ProjectDirection | None = None
    """Of a secretary-led project."""
    year: int | None = None
    """The round of which a secretary-led project is one; that of its first day when it is not said."""


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


@dataclass(frozen=True, slots=True)
class RoleInput:
    """A body's part on the stage of a project or of one of its steps."""

    body: StageBody | None
    part: StagePart | None
    since: date | None
    milestone_id: int | None = None
    name: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class OwnersVoteInput:
    """What was counted when the owners voted."""

    voted_on: date | None
    took_part: int | None
    area_part: Decimal | None
    agreed: int | None
    area_agreed: Decimal | None


@dataclass(frozen=True, slots=True)
class DefenceSheetInput:
    """One judge's points on a project at the yearly defence (`db.rules.projects.defence`)."""

    background: int | None
    course: int | None
    results: int | None
    delivery: int | None
    remark: str = ""

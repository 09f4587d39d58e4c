"""导入: what has come in by file, how the columns of a file were understood before, and what names stand for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import Account, Body, Branch, Category, ColumnMapping, ImportBatch, Opening, Place, Project, Unit
from db.queries.paging import ROWS, Page
from db.rules.imports.cells import Book
from db.rules.masking import redact
from db.terms import ImportKind, ProjectState, Role

NAMES_MOST = 500


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in the list; the file's name is what a person typed and is shown redacted."""

    id: int
    version: int
    kind: ImportKind
    file_name: str
    rows: int
    made_by: str
    made_at: datetime
    undone_at: datetime | None
    undone_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """How headings were understood last time: field → column, field → what stands in rows without one."""

    columns: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """A body or a post to choose."""

    id: int
    name: str


def batches(session: Session, *, before: int | None = None) -> Page[BatchRow]:
    """Past batches, the newest first; one statement."""
    undoer = select(Account.name).where(Account.id == ImportBatch.undone_by).correlate(ImportBatch).scalar_subquery()
    query = (
        select(
            ImportBatch.id,
            ImportBatch.version,
            ImportBatch.kind,
            ImportBatch.file_name,
            ImportBatch.rows,
            Account.name,
            ImportBatch.made_at,
            ImportBatch.undone_at,
            func.coalesce(undoer, ""),
            ImportBatch.undone_reason,
        )
        .join(Account, Account.id == ImportBatch.made_by)
        .order_by(ImportBatch.id.desc())
        .limit(ROWS + 1)
    )
    if before is not None:
        query = query.where(ImportBatch.id < before)
    found = session.execute(query).all()
    rows = [
        BatchRow(number, version, kind, redact(name), count, made_by, made_at, undone_at, undone_by, redact(reason))
        for number, version, kind, name, count, made_by, made_at, undone_at, undone_by, reason in found[:ROWS]
    ]
    return Page(tuple(rows), len(found) > ROWS)


def book_of(session: Session, *, today: date) -> Book:
    """Places, categories, staff, branches and partner units of the actor's community by name; five statements."""
    actor = session.info["actor"]
    places = select(Place.name, Place.id).where(Place.community_id == actor.community_id).order_by(Place.id)
    categories = (
        select(Category.name, Category.id).where(Category.active.is_(True)).order_by(Category.position, Category.id)
    )
    staff = (
        select(Account.name, Account.id)
        .where(
            Account.community_id == actor.community_id,
            Account.role.in_((Role.SECRETARY, Role.AREA_WORKER)),
        )
        .order_by(Account.id.desc())
    )
    branches = (
        select(Branch.name, Branch.id)
        .where(Branch.community_id == actor.community_id, Branch.closed_on.is_(None))
        .order_by(Branch.name)
    )
    units = select(Unit.name, Unit.id).where(or_(Unit.ended_on.is_(None), Unit.ended_on >= today)).order_by(Unit.name)
    lists = (places, categories, staff, branches, units)
    read = [dict(session.execute(query.limit(NAMES_MOST)).all()) for query in lists]
    return Book(today, *read)


def remembered(session: Session, *, kind: ImportKind, headings_hash: str) -> Remembered | None:
    """How these headings were understood last time, or None for headings that are new."""
    query = select(ColumnMapping.columns).where(ColumnMapping.kind == kind, ColumnMapping.headers_hash == headings_hash)
    found = session.scalars(query).first()
    return Remembered(found["columns"], found["fixed"]) if found else None


def bodies_to_choose(session: Session) -> tuple[Choice, ...]:
    """The bodies whose seats a list can fill."""
    rows = session.execute(select(Body.id, Body.name).order_by(Body.id).limit(ROWS))
    return tuple(Choice(*row) for row in rows)


def openings_to_fill(session: Session) -> tuple[Choice, ...]:
    """Open posts of living projects, the newest first: for whom a sign-up list may be meant."""
    rows = session.execute(
        select(Opening.id, Opening.title, Project.title)
        .join(Project, Project.id == Opening.project_id)
        .where(Opening.closed.is_(False), Project.state.in_((ProjectState.SET_UP, ProjectState.RUNNING)))
        .order_by(Opening.id.desc())
        .limit(ROWS)
    )
    return tuple(Choice(number, f"{title} · {project}") for number, title, project in rows)

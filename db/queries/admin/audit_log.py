"""The audit log, newest first; values are masked in the log itself, words and names of people once more here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, Enum, and_, func, or_, select
from sqlalchemy.orm import Session

from db import audit
from db.models import Account, AuditEntry, AuditHead, Community, Meeting, Subdistrict
from db.models.types import TextMark, UtcDateTime
from db.queries.admin.audit_names import logged, names_of, refers_to
from db.queries.paging import ROWS, Page
from db.rules.accounts.device import device_of
from db.rules.masking import redact
from db.rules.permissions import Actor
from db.rules.zone import CHINA
from db.scope import UNSCOPED

MOST_SHOWN = 60
"""Characters of one value; the rest is in the row itself."""


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """The head of the log that the minutes of a closed meeting print, and whether the log still has it."""

    meeting: str
    community: str
    closed_at: datetime | None
    entries: int
    hash: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Several:
    """A list or a table of words, too long for a line: how many entries it has."""

    entries: int


@dataclass(frozen=True, slots=True)
class Covered:
    """What the log itself does not hold in clear; `proof` is the sum that stands for it, empty behind a mask."""

    proof: str


Value = str | bool | StrEnum | date | datetime | Several | Covered
"""A value as its column means it; "" for none."""


@dataclass(frozen=True, slots=True)
class Change:
    column: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the chain; `reason` is a permission, or the words of an unmasking or a system session."""

    id: int
    at: datetime
    actor: str
    reason: str
    community: str
    table: str
    row_id: int | None
    operation: str
    changes: tuple[Change, ...]
    called: str = ""
    """Number or name of the row, or of what it belongs to."""


@dataclass(frozen=True, slots=True)
class Filters:
    actor_id: int | None = None
    table: str = ""
    community_id: int | None = None
    day: date | None = None


def _wanted(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """The scope of the log, as conditions: the one of the session would hide what belongs to no subdistrict."""
    communities = select(Community.id).where(Community.subdistrict_id == actor.subdistrict_id)
    # What the system did to the whole installation (a backup was restored) concerns everybody who audits; that another
    # subdistrict was founded here does not.
    nobodys = and_(AuditEntry.subdistrict_id.is_(None), AuditEntry.community_id.is_(None))
    about_us = or_(AuditEntry.table_name != Subdistrict.__tablename__, AuditEntry.row_id == actor.subdistrict_id)
    wanted = [
        or_(
            AuditEntry.subdistrict_id == actor.subdistrict_id,
            AuditEntry.community_id.in_(communities),
            and_(nobodys, about_us),
        )
    ]
    if filters.actor_id is not None:
        wanted.append(AuditEntry.actor_id == filters.actor_id)
    if filters.table:
        wanted.append(AuditEntry.table_name == filters.table)
    if filters.community_id is not None:
        wanted.append(AuditEntry.community_id == filters.community_id)
    if filters.day is not None:
        begin = datetime.combine(filters.day, time(), CHINA)
        wanted += [AuditEntry.at >= begin, AuditEntry.at < begin + timedelta(days=1)]
    return wanted


def changes_by_table(session: Session, actor: Actor, day: date) -> tuple[tuple[str, int], ...]:
    """How many entries of each kind a day wrote into the log, the most first; one statement along the index by time."""
    number = func.count()
    query = (
        select(AuditEntry.table_name, number)
        .where(*_wanted(actor, Filters(day=day)))
        .group_by(AuditEntry.table_name)
        .order_by(number.desc(), AuditEntry.table_name)
    )
    return tuple((table, int(n)) for table, n in session.execute(query, execution_options=UNSCOPED))


def audit_rows(session: Session, actor: Actor, filters: Filters, *, before: int | None = None) -> Page[AuditRow]:
    """A page of the log of the actor's subdistrict, in one statement along an index."""
    query = (
        select(
            *(AuditEntry.id, AuditEntry.at, AuditEntry.actor_name, AuditEntry.reason, AuditEntry.table_name),
            *(AuditEntry.row_id, AuditEntry.operation, AuditEntry.changes, Community.name.label("community")),
        )
        .outerjoin(Community, Community.id == AuditEntry.community_id)
        .where(*_wanted(actor, filters))
        .order_by(AuditEntry.id.desc())
        .limit(ROWS + 1)
    )
    if before is not None:
        query = query.where(AuditEntry.id < before)
    rows = session.execute(query, execution_options=UNSCOPED).all()
    names = names_of(session, _mentioned(rows[:ROWS]))
    return Page(
        tuple(
            AuditRow(
                id=row.id,
                at=row.at,
                actor=row.actor_name,
                reason=redact(row.reason),
                community=row.community or "",
                table=row.table_name,
                row_id=row.row_id,
                operation=row.operation,
                changes=_changes(row.table_name, row.changes, names),
                called=names.get((row.table_name, row.row_id), ""),
            )
            for row in rows[:ROWS]
        ),
        more=len(rows) > ROWS,
    )


def _pairs(changes: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What an entry changed, without columns that went from nothing to nothing."""
    for column, pair in changes.items():
        if isinstance(pair, list) and len(pair) == 2 and pair[0] != pair[1]:
            yield column, *pair


def _mentioned(rows: Sequence[Any]) -> dict[str, set[int]]:
    """The rows that entries are about and refer to, by their tables."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.row_id is not None:
            wanted[row.table_name].add(row.row_id)
        refers = refers_to(row.table_name)
        for column, *values in _pairs(row.changes):
            if column in refers:
                wanted[refers[column]].update(one for one in values if type(one) is int)
    return wanted


def _changes(table: str, changes: dict[str, Any], names: Mapping[tuple[str, int], str]) -> tuple[Change, ...]:
    return tuple(
        Change(column, _shown(table, column, before, names), _shown(table, column, after, names))
        for column, before, after in _pairs(changes)
        if "copies" not in _info(table, column)  # the account beside it says who
    )


def _info(table: str, column: str) -> Mapping[str, Any]:
    known = logged()[table].columns if table in logged() else None
    return known[column].info if known is not None and column in known else {}


def _shown(table: str, column: str, value: Any, names: Mapping[tuple[str, int], str]) -> Value:
    """A value as its column means it; what looks like personal data in free words is masked, long ones are cut."""
    if value is None or value == "":
        return ""
    info = _info(table, column)
    if value == audit.MASK or info.get("text") is TextMark.SAID:
        return Covered(str(value).lstrip(audit.MASK))
    if other := refers_to(table).get(column):
        return names.get((other, value), f"#{value}")
    if isinstance(value, str) and (meant := _meant(table, column, value)) is not None:
        return meant
    if isinstance(value, bool):
        return value
    if isinstance(value, dict | list) and value:
        return Several(len(value))
    if column == "device" and (device := device_of(str(value))):
        return device
    text = redact(" ".join(str(value).split()))
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


def _meant(table: str, column: str, value: str) -> Value | None:
    """A word of the trade, a day or a moment, where the column holds such; None for any other text."""
    known = logged()[table].columns if table in logged() else None
    kind = known[column].type if known is not None and column in known else None
    try:
        if isinstance(kind, Enum) and kind.enum_class:
            word: StrEnum = kind.enum_class(value)  # type: ignore[assignment]
            return word
        if isinstance(kind, Date):
            return date.fromisoformat(value)
        return datetime.fromisoformat(value) if isinstance(kind, UtcDateTime) else None
    except ValueError:  # a word that an older release knew
        return None


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by."""

    actors: tuple[tuple[int, str], ...]
    communities: tuple[tuple[int, str], ...]
    tables: tuple[str, ...]


def choices(session: Session, actor: Actor) -> Choices:
    """Accounts, communities and the tables that the log follows; two statements."""
    people = session.execute(
        select(Account.id, Account.name).where(Account.subdistrict_id == actor.subdistrict_id).order_by(Account.id)
    )
    places = session.execute(
        select(Community.id, Community.name)
        .where(Community.subdistrict_id == actor.subdistrict_id)
        .order_by(Community.id)
    )
    return Choices(
        actors=tuple((row.id, row.name) for row in people),
        communities=tuple((row.id, row.name) for row in places),
        tables=tuple(sorted(audit.audited_tables())),
    )


@dataclass(frozen=True, slots=True)
class ChainHead:
    """How many entries there are, and the last hash: to compare with one that was published."""

    entries: int
    hash: str


def chain_head(session: Session) -> ChainHead:
    return ChainHead(*session.execute(select(AuditHead.entries, AuditHead.hash)).one())


def printed_heads(session: Session, *, most: int = 10) -> tuple[PrintedHead, ...]:
    """The last closed meetings with the heads their minutes print, each compared with the entry as it is now."""
    meetings = session.execute(
        select(
            *(Meeting.title, Community.name.label("community"), Meeting.closed_at, Meeting.log_entries),
            Meeting.log_hash,
        )
        .join(Community, Community.id == Meeting.community_id)
        .where(Meeting.log_hash != "")
        .order_by(Meeting.closed_at.desc(), Meeting.id.desc())
        .limit(most)
    ).all()
    kept = _hashes(session, [one.log_entries for one in meetings])
    return tuple(
        PrintedHead(
            *(one.title, one.community, one.closed_at, one.log_entries, one.log_hash),
            holds=kept.get(one.log_entries) == one.log_hash,
        )
        for one in meetings
    )


def log_has(session: Session, entries: int, code: str) -> bool | None:
    """Whether that entry of the log has the code that a paper prints; None when there is no such entry (any more)."""
    kept = _hashes(session, [entries]).get(entries)
    return None if kept is None else kept == code


def _hashes(session: Session, entries: list[int]) -> dict[int, str]:
    """Codes of entries, whosever they are: the head of the log may have been another subdistrict's. Compared only."""
    query = select(AuditEntry.id, AuditEntry.hash).where(AuditEntry.id.in_(entries))
    return {row.id: row.hash for row in session.execute(query, execution_options=UNSCOPED)}


def first_broken(session: Session) -> int | None:
    """Walk the whole chain (seconds for a million entries): the first entry that does not fit, or None."""
    return audit.broken_at(session)

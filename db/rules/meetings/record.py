"""What the papers of a meeting print beside the sitting itself: books, counters, hashes, tasks, corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from db.rules.council.topics import CorrectionRow, TaskRow
from db.rules.voting.books import WayBooks


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """Everything by the id of its item; what is missing is left out of the paper, never made up."""

    books: Mapping[int, Sequence[WayBooks]] = field(default_factory=dict)
    """Of the ballot that decided the item: each way of voting with its books."""
    counters: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """计票人 and 监票人 of a paper count."""
    hashes: Mapping[int, str] = field(default_factory=dict)
    """SHA-256 of the exported ballot file."""
    tasks: tuple[TaskRow, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    log_entries: int = 0
    audit_head: str = ""
    """How many entries the audit log had when the meeting was declared closed, and the hash of the last; before
    that empty, and not printed."""


NOTHING_MORE = MeetingRecord()


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """The head of the log that the minutes of a closed meeting print, and whether the log still has it."""

    meeting: str
    community: str
    closed_at: datetime | None
    entries: int
    hash: str
    holds: bool

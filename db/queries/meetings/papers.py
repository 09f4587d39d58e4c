"""What the result sheet and the minutes of a meeting print beside the sitting itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import AgendaItem, Meeting, Notice, Task
from db.queries.council.notices import NoticeFacts, notice, settles_item
from db.queries.council.topics import CorrectionRow, TaskRow, corrections
from db.queries.voting.ballots import BallotAccounts, ballot_accounts
from db.rules.meetings.sitting import Sitting
from db.rules.voting.ballot_account import BallotAccount
from db.terms import MeetingState, VoteMethod


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """Everything by the id of its item; what is missing is left out of the paper, never made up."""

    accounts: Mapping[int, Sequence[BallotAccount]] = field(default_factory=dict)
    """Of the ballot that decided the item: each way of voting with its accounts."""
    counters: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """计票人 and 监票人 of a paper count."""
    earlier: Mapping[int, Sequence[BallotAccounts]] = field(default_factory=dict)
    """Ballots with options before the one that decided: what each left open was voted on again."""
    changes: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """How often a vote by slip was replaced, and how often from a phone that had not cast it."""
    hashes: Mapping[int, str] = field(default_factory=dict)
    """SHA-256 of the exported ballot file."""
    tasks: tuple[TaskRow, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    log_entries: int = 0
    audit_head: str = ""
    """How many entries the audit log had when the meeting was declared closed, and the hash of the last; before
    that empty, and not printed."""
    notices: tuple[NoticeFacts, ...] = ()
    """公示 of the meeting's items, for the full set alone."""


NOTHING_MORE = MeetingRecord()
MOST_NOTICES = 30
SET = "set"
"""Every paper of a meeting at once."""
WITH_RECORD = ("results", "minutes")
"""Papers that print accounts, tasks and corrections beside the sitting."""


def record_for(session: Session, sitting: Sitting, what: str, today: date) -> MeetingRecord:
    """What a kind of paper prints beside the sitting; the `SET` of a closed meeting prints its notices, too."""
    if what == SET and sitting.state is MeetingState.CLOSED:
        return replace(paper_record(session, sitting.id), notices=_notices(session, sitting.id, today))
    return paper_record(session, sitting.id) if what in WITH_RECORD else NOTHING_MORE


def _notices(session: Session, meeting_id: int, today: date) -> tuple[NoticeFacts, ...]:
    """The notice of each item that settles it, in the order of the agenda."""
    ids = session.scalars(
        select(Notice.id)
        .join(AgendaItem, AgendaItem.id == Notice.item_id)
        .where(AgendaItem.meeting_id == meeting_id, settles_item())
        .order_by(AgendaItem.position, Notice.id)
        .limit(MOST_NOTICES)
    )
    return tuple(notice(session, one, today=today) for one in ids.all())


def paper_record(session: Session, meeting_id: int) -> MeetingRecord:
    """Books, counters and hashes of the ballots that decided, with tasks and corrections."""
    # In the order in which they were held: of several rounds the last one decided.
    held = ballot_accounts(session, meeting_id)
    decided = {accounts.item_id: accounts for accounts in held}
    earlier: dict[int, list[BallotAccounts]] = {}
    for accounts in held:
        if accounts.verdict is not None and accounts is not decided[accounts.item_id]:
            earlier.setdefault(accounts.item_id, []).append(accounts)
    counters: dict[int, tuple[str, str]] = {}
    for item_id, accounts in decided.items():
        names = tuple(name for way, _person, name in accounts.counted_by if way is VoteMethod.PAPER)
        if len(names) == 2:
            counters[item_id] = (names[0], names[1])
    head = session.execute(select(Meeting.log_entries, Meeting.log_hash).where(Meeting.id == meeting_id)).first()
    return MeetingRecord(
        accounts={item_id: accounts.ways for item_id, accounts in decided.items()},
        counters=counters,
        earlier=earlier,
        changes={item_id: (accounts.changed, accounts.elsewhere) for item_id, accounts in decided.items()},
        hashes={item_id: accounts.file_hash for item_id, accounts in decided.items()},
        tasks=_tasks(session, meeting_id),
        corrections=corrections(session, meeting_id),
        log_entries=head.log_entries if head else 0,
        audit_head=head.log_hash if head else "",
    )


def _tasks(session: Session, meeting_id: int) -> tuple[TaskRow, ...]:
    rows = session.execute(
        select(
            *(Task.id, Task.version, Task.item_id, AgendaItem.title.label("item"), Meeting.title.label("meeting")),
            *(Task.title, Task.owner, Task.due_on, Task.state, Task.result),
        )
        .join(AgendaItem, AgendaItem.id == Task.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(Task.id)
    )
    return tuple(TaskRow(**row._mapping) for row in rows)

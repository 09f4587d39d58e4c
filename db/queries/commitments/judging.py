"""评诺 as it is read: what each side said of a promise, and the bad words that somebody still has to speak about."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Branch, Commitment, CommitmentVerdict, Member
from db.queries.paging import ROWS
from db.rules.commitments.judging import SideCount, by_side
from db.rules.masking import masked_name, redact
from db.terms import JudgeSide, JudgeWay, Verdict


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One entry; words that may not be quoted are empty for the member."""

    id: int
    version: int
    side: JudgeSide
    way: JudgeWay
    verdict: Verdict | None
    number: int
    words: str
    quotable: bool
    at: datetime
    by: str
    follow_until: date | None
    followed_word: str
    struck_reason: str

    @property
    def open(self) -> bool:
        """Whether somebody still has to speak about it."""
        return self.follow_until is not None and not self.followed_word and not self.struck_reason


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of a promise, and what the organisation chose."""

    sides: tuple[SideCount, ...]
    entries: tuple[VerdictRow, ...]
    verdict: Verdict | None
    word: str
    cause: str
    by: str


@dataclass(frozen=True, slots=True)
class FollowRow:
    """A bad word that waits for somebody."""

    id: int
    """Of the promise."""
    number: str
    what: str
    member: str
    side: JudgeSide
    until: date
    late: bool


def judged(session: Session, commitment_id: int, *, staff: bool) -> Judged:
    """What was said of a promise that the reader may see; the member reads words with a consent only."""
    query = (
        select(CommitmentVerdict, Account.name)
        .outerjoin(Account, Account.id == CommitmentVerdict.by)
        .where(CommitmentVerdict.commitment_id == commitment_id)
        .order_by(CommitmentVerdict.id.desc())
        .limit(500)
    )
    found = [
        VerdictRow(
            one.id, one.version, one.side, one.way, one.verdict, one.number,
            redact(one.words) if staff or one.quotable else "", one.quotable, one.at, (by or "") if staff else "",
            one.follow_until, redact(one.followed_word), redact(one.struck_reason),
        )
        for one, by in session.execute(query)
    ]  # fmt: skip
    sides = by_side((one.side, one.verdict, one.number) for one in found if not one.struck_reason)
    chosen = session.execute(
        select(Commitment.verdict, Commitment.judged_word, Commitment.cause, Commitment.judged_name).where(
            Commitment.id == commitment_id
        )
    ).one()
    return Judged(
        sides, tuple(found), chosen.verdict, redact(chosen.judged_word), redact(chosen.cause), chosen.judged_name
    )


def open_follow_ups(session: Session, *, today: date, branch_id: int | None = None) -> tuple[FollowRow, ...]:
    """Bad words that wait, the one due first at the top."""
    query = (
        select(
            Commitment.id, Commitment.number, Commitment.what, Member.name.label("member"), Branch.name.label("branch"),
            CommitmentVerdict.side, CommitmentVerdict.follow_until,
        )
        .join(Commitment, Commitment.id == CommitmentVerdict.commitment_id)
        .join(Member, Member.id == Commitment.member_id)
        .join(Branch, Branch.id == Member.branch_id)
        .where(CommitmentVerdict.follow_until.is_not(None), CommitmentVerdict.followed_at.is_(None))
        .where(CommitmentVerdict.struck_at.is_(None))
        .order_by(CommitmentVerdict.follow_until, CommitmentVerdict.id)
        .limit(ROWS)
    )  # fmt: skip
    if branch_id is not None:
        query = query.where(Member.branch_id == branch_id)
    return tuple(
        FollowRow(
            row.id, row.number, redact(row.what), f"{masked_name(row.member)} · {row.branch}", row.side,
            row.follow_until, row.follow_until < today,
        )
        for row in session.execute(query)
    )  # fmt: skip

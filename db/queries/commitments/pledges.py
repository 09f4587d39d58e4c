"""承诺书: what one member promises in a year, as the paper that the member signs and the branch adds its word to."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Branch, Commitment, Community, Member
from db.queries.commitments.wall import MOST, consented, wall_name
from db.rules.masking import redact
from db.terms import CommitmentState, PromiseRhythm

PLEDGED = tuple(one for one in CommitmentState if one not in (CommitmentState.DRAFT, CommitmentState.ENDED))
"""What was handed in; a draft binds nobody, and what was ended is promised no longer."""


@dataclass(frozen=True, slots=True)
class PledgedItem:
    """One promise as it is signed."""

    whom: str
    what: str
    rhythm: PromiseRhythm | None
    times: int
    measure: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Pledge:
    """One member's paper; `name` is whole with the consent for the wall, else the surname."""

    member_id: int
    name: str
    number: str
    branch: str
    community: str
    items: tuple[PledgedItem, ...]
    words: tuple[tuple[str, str, datetime], ...]
    """What the branch said at its reviews: word, who, when; a word that came with several promises stands once."""


def pledges(
    session: Session, *, year: int, branch_id: int | None = None, account_id: int | None = None
) -> tuple[Pledge, ...]:
    """The pledges of a year, by branch and number of the roll; with `account_id`, this member's own alone.

    Who has left the branch or was erased signs nothing any more.
    """
    query = (
        select(
            *(Commitment.whom, Commitment.what, Commitment.rhythm, Commitment.times, Commitment.measure),
            *(Commitment.until, Commitment.review_word, Commitment.reviewed_name, Commitment.reviewed_at),
            *(Member.id, Member.name, Member.number),
            *(Branch.name.label("branch"), Community.name.label("community")),
        )
        .join(Member, Member.id == Commitment.member_id)
        .join(Branch, Branch.id == Member.branch_id)
        .join(Community, Community.id == Member.community_id)
        .where(Commitment.year == year, Commitment.instant.is_(False), Commitment.state.in_(PLEDGED))
        .where(Member.ended_on.is_(None), Member.merged_into_id.is_(None), Member.erased_at.is_(None))
        .order_by(Branch.name, Member.number, Commitment.id)
        .limit(MOST)
    )
    if branch_id is not None:
        query = query.where(Member.branch_id == branch_id)
    if account_id is not None:
        query = query.where(Member.account_id == account_id)
    held: dict[int, list[PledgedItem]] = {}
    words: dict[int, dict[tuple[str, str], datetime]] = {}
    heads = {}
    for row in session.execute(query):
        heads[row.id] = row
        item = PledgedItem(redact(row.whom), redact(row.what), row.rhythm, row.times, row.measure, row.until)
        held.setdefault(row.id, []).append(item)
        if row.reviewed_at is not None:
            words.setdefault(row.id, {}).setdefault((redact(row.review_word), row.reviewed_name), row.reviewed_at)
    whole = consented(list(heads), session)
    return tuple(
        Pledge(
            row.id, wall_name(row.name, account_id is not None or row.id in whole), row.number, row.branch,
            row.community, tuple(held[row.id]),
            tuple((word, by, at) for (word, by), at in words.get(row.id, {}).items()),
        )
        for row in heads.values()
    )  # fmt: skip

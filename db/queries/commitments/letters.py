"""跟踪问效: what a letter tells each member who is behind: due now, missed, waiting for a second person."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Branch, Community, Member
from db.queries.commitments.commitments import Late, followed
from db.queries.commitments.wall import consented, wall_name


@dataclass(frozen=True, slots=True)
class Letter:
    """One member's letter; the whole name with consent, else the surname and the number of the roll."""

    member_id: int
    name: str
    number: str
    branch: str
    community: str
    promises: tuple[Late, ...]


def letters(session: Session, *, account_id: int, today: date, branch_id: int | None = None) -> tuple[Letter, ...]:
    """A letter for every member with something missed or waiting, by branch and number of the roll."""
    held: dict[int, list[Late]] = {}
    for one in followed(session, account_id=account_id, today=today, branch_id=branch_id):
        held.setdefault(one.row.member_id, []).append(one)
    behind = {number: found for number, found in held.items() if any(one.missed or one.waiting for one in found)}
    whole = consented(list(behind), session)
    query = (
        select(
            *(Member.id, Member.name, Member.number),
            *(Branch.name.label("branch"), Community.name.label("community")),
        )
        .join(Branch, Branch.id == Member.branch_id)
        .join(Community, Community.id == Member.community_id)
        .where(Member.id.in_(behind))
        .order_by(Branch.name, Member.number)
    )
    return tuple(
        Letter(
            row.id, wall_name(row.name, row.id in whole), row.number, row.branch, row.community, tuple(behind[row.id])
        )
        for row in session.execute(query)
    )

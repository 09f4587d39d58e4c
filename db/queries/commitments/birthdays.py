"""政治生日: this month's list by the day that the subdistrict chose, with the promises to go through again."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import BirthdayRule, Branch, Community, Member
from db.queries.commitments.wall import WallPromise, consented, promises_of, wall_name
from db.rules.commitments.birthday import Birthday, birthdays, day_that_counts
from db.rules.masking import masked_name
from db.terms import PoliticalDay

MOST = 5_000


@dataclass(frozen=True, slots=True)
class BirthdayRow:
    """Somebody whose day is in the month."""

    member_id: int
    number: str
    member: str
    """Masked; on paper `printed`."""
    printed: str
    branch: str
    community: str
    day: Birthday
    promises: tuple[WallPromise, ...]
    """Empty on the list of the screen."""


@dataclass(frozen=True, slots=True)
class BirthdayList:
    """The month, and the members whose day is not known or not there yet, by number of the roll and branch."""

    rows: tuple[BirthdayRow, ...]
    unknown: tuple[str, ...]


def birthday_kind(session: Session) -> PoliticalDay:
    """Which day counts; the day of joining until the subdistrict chooses."""
    return session.scalars(select(BirthdayRule.day).limit(1)).first() or PoliticalDay.JOINED


def birthdays_of(
    session: Session, kind: PoliticalDay, year: int, month: int, *, branch_id: int | None = None,
    account_id: int | None = None, today: date | None = None,
) -> BirthdayList:  # fmt: skip
    """The list of a month, of a branch or of the holder of an account; with `today` also what each one promised."""
    query = (
        select(
            *(Member.id, Member.number, Member.name, Member.joined_on, Member.full_on),
            *(Branch.name.label("branch"), Community.name.label("community")),
        )
        .join(Branch, Branch.id == Member.branch_id)
        .join(Community, Community.id == Member.community_id)
        .where(Member.ended_on.is_(None), Member.merged_into_id.is_(None), Member.erased_at.is_(None))
        .order_by(Branch.name, Member.number)
        .limit(MOST)
    )
    if branch_id is not None:
        query = query.where(Member.branch_id == branch_id)
    if account_id is not None:
        query = query.where(Member.account_id == account_id)
    people = {row.id: row for row in session.execute(query)}
    days = {number: day_that_counts(row.joined_on, row.full_on, kind) for number, row in people.items()}
    found = birthdays(days.items(), year, month)
    ids = [one.member_id for one in found]
    whole = consented(ids, session)
    promises = promises_of(session, ids, today) if today and ids else {}
    return BirthdayList(
        tuple(
            BirthdayRow(
                one.member_id, row.number, masked_name(row.name), wall_name(row.name, one.member_id in whole),
                row.branch, row.community, one, tuple(promises.get(one.member_id, ())),
            )
            for one in found
            if (row := people[one.member_id])
        ),
        tuple(f"{people[number].number} {people[number].branch}" for number, day in days.items() if day is None),
    )  # fmt: skip

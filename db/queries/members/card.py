"""One member as the staff sees it: standing, links, consents and what happened to the entry; the one look in clear."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Branch, Community, Member, MemberEvent, Person, Unit, Volunteer
from db.queries.members.found_by import matches
from db.queries.paging import ROWS
from db.queries.people.consents import ConsentRow, consents_of_member
from db.queries.people.people import left_a_moment_ago
from db.rules.masking import masked_name, masked_phone, redact
from db.rules.members.standing import age_band, is_probationary
from db.scope import UNSCOPED
from db.terms import AgeBand, MemberChange, MemberKind, MemberLeave, MemberLink


@dataclass(frozen=True, slots=True)
class MemberEventRow:
    """One line of an entry's history; names and telephones are masked."""

    at: datetime
    on: date
    kind: MemberChange
    before: str
    after: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class MemberCard:
    """One member, masked; `band` instead of a year of birth."""

    id: int
    version: int
    community_id: int
    number: str
    name: str
    phone: str
    branch_id: int
    branch: str
    kind: MemberKind
    joined_on: date
    full_on: date | None
    probationary: bool
    band: AgeBand | None
    unit_id: int | None
    unit: str
    unit_ended: bool
    skills: tuple[str, ...]
    free_slots: tuple[str, ...]
    person_id: int | None
    volunteer_id: int | None
    links: dict[MemberLink, str]
    """What the entry is linked with: numbers and working names, no name of a resident in full."""
    keep_until: date | None
    ended_on: date | None
    ended_as: MemberLeave | None
    offered_to: str
    erased_at: datetime | None
    consents: tuple[ConsentRow, ...]
    history: tuple[MemberEventRow, ...]


@dataclass(frozen=True, slots=True)
class ClearMember:
    """Name and telephone in clear, for one look."""

    name: str
    phone: str


def leads_to(session: Session, member_id: int) -> int | None:
    """The entry that this one was merged into, if it was."""
    return session.scalar(select(Member.merged_into_id).where(Member.id == member_id))


def member_card(session: Session, member_id: int, *, today: date) -> MemberCard | None:
    """One member, or None outside the scope; five statements at most."""
    row: Any = session.execute(
        select(
            Member,
            *(Branch.name.label("branch"), Unit.name.label("unit"), Unit.ended_on.label("unit_ended")),
            *(Person.name.label("person"), Volunteer.number.label("volunteer"), Account.name.label("account")),
        )
        .join(Branch, Branch.id == Member.branch_id)
        .outerjoin(Unit, Unit.id == Member.unit_id)
        .outerjoin(Person, Person.id == Member.person_id)
        .outerjoin(Volunteer, Volunteer.id == Member.volunteer_id)
        .outerjoin(Account, Account.id == Member.account_id)
        .where(Member.id == member_id)
    ).first()
    if row is None:
        return None
    member: Member = row.Member
    ids = [member.id, *session.scalars(select(Member.id).where(Member.merged_into_id == member.id))]
    links = {
        MemberLink.PERSON: masked_name(row.person or "") or "—" if member.person_id else "",
        MemberLink.VOLUNTEER: row.volunteer or "",
        MemberLink.ACCOUNT: row.account or "",
    }
    return MemberCard(
        id=member.id,
        version=member.version,
        community_id=member.community_id,
        number=member.number,
        name=masked_name(member.name),
        phone=masked_phone(member.phone or ""),
        branch_id=member.branch_id,
        branch=row.branch,
        kind=member.kind,
        joined_on=member.joined_on,
        full_on=member.full_on,
        probationary=is_probationary(member.joined_on, member.full_on, today),
        band=age_band(int(member.birth_year), today) if member.birth_year else None,
        unit_id=member.unit_id,
        unit=row.unit or "",
        unit_ended=row.unit_ended is not None and row.unit_ended < today,
        skills=tuple(member.skills),
        free_slots=tuple(member.free_slots),
        person_id=member.person_id,
        volunteer_id=member.volunteer_id,
        links={what: name for what, name in links.items() if name},
        keep_until=member.keep_until,
        ended_on=member.ended_on,
        ended_as=member.ended_as,
        offered_to=_branch_elsewhere(session, member.offered_branch_id),
        erased_at=member.erased_at,
        consents=consents_of_member(session, ids),
        history=_history(session, ids),
    )


def _branch_elsewhere(session: Session, branch_id: int | None) -> str:
    """A branch of another community by its public name; "" for none."""
    if branch_id is None:
        return ""
    query = (
        select(Community.name, Branch.name)
        .join(Community, Community.id == Branch.community_id)
        .where(Branch.id == branch_id)
    )
    return " · ".join(session.execute(query, execution_options=UNSCOPED).one())


def _history(session: Session, ids: list[int]) -> tuple[MemberEventRow, ...]:
    """Past the scope: what happened while the member stood in another community goes along with them."""
    query = (
        select(
            *(MemberEvent.at, MemberEvent.on, MemberEvent.kind, MemberEvent.before, MemberEvent.after),
            *(MemberEvent.reason, Account.name.label("by")),
        )
        .join(Account, Account.id == MemberEvent.by)
        .where(MemberEvent.member_id.in_(ids))
        .order_by(MemberEvent.id.desc())
        .limit(ROWS)
    )
    return tuple(
        MemberEventRow(
            row.at, row.on, row.kind, masked_part(row.kind, row.before), masked_part(row.kind, row.after),
            redact(row.reason), row.by,
        )
        for row in session.execute(query, execution_options=UNSCOPED)
        # What an entry gave when it was merged is for the way back, not for reading.
        if not (row.kind is MemberChange.MERGED and (row.after or "").startswith("{"))
    )  # fmt: skip


def masked_part(kind: MemberChange, value: str | None) -> str:
    """One side of a change as it may be shown."""
    if not value:
        return ""
    if kind is MemberChange.RENAMED:
        return masked_name(value)
    return masked_phone(value) if kind is MemberChange.PHONE_CHANGED else value


def member_originals(session: Session, member_id: int, trace: str, *, now: datetime) -> ClearMember | None:
    """Name and telephone for the user who just left this trace; None without a fresh one of their own."""
    if not left_a_moment_ago(session, "member", member_id, trace, now):
        return None
    row = session.execute(
        select(Member.name, Member.phone).where(Member.id == member_id, Member.erased_at.is_(None))
    ).first()
    return None if row is None else ClearMember(row.name, row.phone or "")


@dataclass(frozen=True, slots=True)
class MergedEntry:
    """An entry that leads to the one on the screen."""

    id: int
    name: str


def merged_entries(session: Session, member_id: int) -> tuple[MergedEntry, ...]:
    """The entries that were merged into this one and can be taken apart again."""
    query = select(Member.id, Member.number, Member.name).where(Member.merged_into_id == member_id).limit(ROWS)
    return tuple(MergedEntry(row.id, f"{row.number} {masked_name(row.name)}") for row in session.execute(query))


def members_to_merge(session: Session, member_id: int, words: str) -> dict[int, str]:
    """Other entries of the same community that are meant by these words: number and masked name."""
    if not words.strip():
        return {}
    home = select(Member.community_id).where(Member.id == member_id).scalar_subquery()
    query = (
        select(Member.id, Member.number, Member.name)
        .where(
            matches(words),
            Member.community_id == home,
            Member.id != member_id,
            Member.merged_into_id.is_(None),
            Member.erased_at.is_(None),
        )
        .order_by(Member.id.desc())
        .limit(ROWS)
    )
    return {row.id: f"{row.number} {masked_name(row.name)}" for row in session.execute(query)}

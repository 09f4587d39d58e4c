"""Of which person, volunteer and account a member may be: proposed by name and telephone, linked by hand."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, Household, Member, Person, Place, Volunteer
from db.rules.masking import masked_name
from db.rules.people.doubles import digits_of, tidy_name
from db.terms import MemberLink, Role

VOLUNTEERS_MOST = 10_000
"""Entries of the volunteers' registry that are opened to compare names, newest first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another record that may be this member: what it is, its id, how it is called on the screen."""

    what: MemberLink
    id: int
    name: str


def proposals(session: Session, member_id: int) -> tuple[Proposal, ...]:
    """What the entry may be linked with and is not yet; four statements.

    A person and a volunteer need the same name and the same telephone. An account has none: it is proposed when the
    linked volunteer has it, or when its working name is the member's.
    """
    member = session.execute(
        select(
            *(Member.id, Member.community_id, Member.name, Member.phone, Member.phone_index),
            *(Member.person_id, Member.volunteer_id, Member.account_id),
        ).where(Member.id == member_id)
    ).first()
    if member is None:
        return ()
    tidy, digits = tidy_name(member.name), digits_of(member.phone or "")
    found: list[Proposal] = []
    if member.person_id is None and digits:
        found += _persons(session, member.community_id, tidy, member.phone_index)
    if member.volunteer_id is None and digits:
        found += _volunteers(session, member.community_id, tidy, digits)
    if member.account_id is None:
        found += _accounts(session, member.community_id, tidy, member.volunteer_id)
    return tuple(found)


def _persons(session: Session, community_id: int, tidy: str, phone_index: str) -> list[Proposal]:
    """Nobody behind a restricted door: who sees an alias must not learn whose it is."""
    taken = select(Member.id).where(Member.person_id == Person.id).exists()
    query = (
        select(Person.id, Person.name, Place.name.label("place"), Household.building)
        .join(Household, Household.id == Person.household_id)
        .join(Place, Place.id == Household.place_id)
        .where(
            Person.community_id == community_id,
            Person.phone_index == phone_index,
            Person.merged_into_id.is_(None),
            Person.erased_at.is_(None),
            Person.restricted.is_(False),
            ~taken,
        )
        .order_by(Person.id)
        .limit(20)
    )
    return [
        Proposal(MemberLink.PERSON, row.id, f"{masked_name(row.name)} {row.place}{row.building}")
        for row in session.execute(query)
        if tidy_name(row.name) == tidy
    ]


def _volunteers(session: Session, community_id: int, tidy: str, digits: str) -> list[Proposal]:
    taken = select(Member.id).where(Member.volunteer_id == Volunteer.id).exists()
    query = (
        select(Volunteer.id, Volunteer.number, Volunteer.name, Volunteer.phone)
        .where(Volunteer.community_id == community_id, Volunteer.merged_into_id.is_(None), ~taken)
        .order_by(Volunteer.id.desc())
        .limit(VOLUNTEERS_MOST)
    )
    return [
        Proposal(MemberLink.VOLUNTEER, row.id, f"{row.number} {masked_name(row.name)}")
        for row in session.execute(query)
        if digits_of(row.phone or "") == digits and tidy_name(row.name) == tidy
    ]


def _accounts(session: Session, community_id: int, tidy: str, volunteer_id: int | None) -> list[Proposal]:
    taken = select(Member.id).where(Member.account_id == Account.id).exists()
    own = select(Volunteer.account_id).where(Volunteer.id == volunteer_id).scalar_subquery()
    query = (
        select(Account.id, Account.name, (Account.id == func.coalesce(own, 0)).label("own"))
        .where(
            Account.community_id == community_id,
            Account.disabled_at.is_(None),
            Account.role != Role.DISPLAY,
            ~taken,
        )
        .order_by(Account.id)
        .limit(1000)
    )
    return [
        Proposal(MemberLink.ACCOUNT, row.id, row.name)
        for row in session.execute(query)
        if row.own or tidy_name(row.name) == tidy
    ]

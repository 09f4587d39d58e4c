"""专项帮扶: alias and a count of five or more for everybody, the name and the list for named staff only."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Account, Consent, Household, Person, Programme, ProgrammeMember, ProgrammeStaff
from db.queries.paging import ROWS
from db.rules.masking import masked_name
from db.rules.people.consents import at_least_five
from db.rules.permissions import GRANTS, Permission
from db.scope import UNSCOPED
from db.terms import ConsentScope


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as everybody who may know of it at all sees it."""

    id: int
    alias: str
    members: str
    """"<5" below five."""
    staff: str
    ended_at: datetime | None
    mine: bool


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A colleague in charge of the programme."""

    id: int
    account_id: int
    name: str
    named_at: datetime


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of the programme: an alias, never a name."""

    id: int
    version: int
    person_id: int
    alias: str
    wish: str
    joined_on: date
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Inside:
    """What named staff see."""

    id: int
    version: int
    alias: str
    name: str
    purpose: str
    keep_until: date
    ended_at: datetime | None
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A colleague who can be named."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Joiner:
    """A person who consented and can be added, masked."""

    consent_id: int
    person_id: int
    name: str


def programmes(session: Session) -> tuple[ProgrammeRow, ...]:
    """Programmes in reach, running ones first, then the newest; the number of members shows from five on."""
    me = session.info["actor"].id
    rows = session.execute(
        select(Programme.id, Programme.alias, Programme.ended_at)
        .order_by(Programme.ended_at.is_not(None), Programme.id.desc())
        .limit(ROWS)
    ).all()
    ids = [row.id for row in rows]
    named: dict[int, list[tuple[int, str]]] = {}
    for one in session.execute(
        select(ProgrammeStaff.programme_id, ProgrammeStaff.account_id, Account.name)
        .join(Account, Account.id == ProgrammeStaff.account_id)
        .where(ProgrammeStaff.programme_id.in_(ids), ProgrammeStaff.until.is_(None))
        .order_by(ProgrammeStaff.id)
    ):
        named.setdefault(one.programme_id, []).append((one.account_id, one.name))
    # The only number that leaves a programme without its staff: of programmes that are in reach, and suppressed here.
    counts = dict(
        session.execute(
            select(ProgrammeMember.programme_id, func.count())
            .where(ProgrammeMember.programme_id.in_(ids), ProgrammeMember.left_on.is_(None))
            .group_by(ProgrammeMember.programme_id),
            execution_options=UNSCOPED,
        ).all()
    )
    return tuple(
        ProgrammeRow(
            row.id,
            row.alias,
            at_least_five(counts.get(row.id, 0)),
            "、".join(name for _account, name in named.get(row.id, [])),
            row.ended_at,
            me in {account for account, _name in named.get(row.id, [])},
        )
        for row in rows
    )


def inside(session: Session, programme_id: int) -> Inside | None:
    """Name, purpose and members for a user who is named staff of it now, else None."""
    row = session.execute(
        select(
            *(Programme.id, Programme.version, Programme.alias, Programme.name, Programme.purpose),
            *(Programme.keep_until, Programme.ended_at),
        )
        .join(ProgrammeStaff, ProgrammeStaff.programme_id == Programme.id)
        .where(
            Programme.id == programme_id,
            ProgrammeStaff.account_id == session.info["actor"].id,
            ProgrammeStaff.until.is_(None),
        )
    ).first()
    if row is None:
        return None
    members = session.execute(
        select(
            *(ProgrammeMember.id, ProgrammeMember.version, ProgrammeMember.person_id, ProgrammeMember.alias),
            *(ProgrammeMember.wish, ProgrammeMember.joined_on, ProgrammeMember.left_on),
        )
        .where(ProgrammeMember.programme_id == programme_id)
        .order_by(ProgrammeMember.alias)
        .limit(4 * ROWS)
    )
    return Inside(**row._mapping, members=tuple(MemberRow(**one._mapping) for one in members))


def staff_of(session: Session, programme_id: int) -> tuple[StaffRow, ...]:
    """Who is in charge now; everybody who sees the programme at all may know whom to turn to."""
    query = (
        select(ProgrammeStaff.id, ProgrammeStaff.account_id, Account.name, ProgrammeStaff.named_at)
        .join(Account, Account.id == ProgrammeStaff.account_id)
        .where(ProgrammeStaff.programme_id == programme_id, ProgrammeStaff.until.is_(None))
        .order_by(ProgrammeStaff.id)
    )
    return tuple(StaffRow(**row._mapping) for row in session.execute(query))


def cleared_colleagues(session: Session) -> tuple[Candidate, ...]:
    """Colleagues whom the subdistrict has cleared for restricted households: those who can be named."""
    query = (
        select(Account.id, Account.name)
        .where(
            Account.role.in_(GRANTS[Permission.RUN_PROGRAMME].roles),
            Account.community_id == session.info["actor"].community_id,
            Account.sees_restricted.is_(True),
            Account.disabled_at.is_(None),
        )
        .order_by(Account.id)
        .limit(ROWS)
    )
    return tuple(Candidate(row.id, row.name) for row in session.execute(query))


def join_candidates(session: Session, programme_id: int) -> tuple[Joiner, ...]:
    """Consents to a programme that hold and are not used in this one: consent, person, and where they live (masked)."""
    used = select(ProgrammeMember.consent_id).where(
        ProgrammeMember.programme_id == programme_id, ProgrammeMember.left_on.is_(None)
    )
    query = (
        select(Consent.id, Person.id, Person.name, Household.building)
        .join(Person, Person.id == Consent.person_id)
        .join(Household, Household.id == Person.household_id)
        .where(
            Consent.scope == ConsentScope.PROGRAMME,
            Consent.withdrawn_on.is_(None),
            Person.erased_at.is_(None),
            Consent.id.not_in(used),
        )
        .order_by(Consent.id.desc())
        .limit(ROWS)
    )
    return tuple(
        Joiner(consent, person, f"{masked_name(name)} {building}")
        for consent, person, name, building in session.execute(query)
    )

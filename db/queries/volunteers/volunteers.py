"""志愿者名册: numbers and masked names, skills, hours, standing teams."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import Account, Squad, SquadMember, Volunteer
from db.queries.paging import ROWS, Page
from db.queries.volunteers.openings import skill_matches, who_serve
from db.rules.masking import masked_name
from db.rules.permissions import GRANTS, Permission
from db.rules.search import LIKE_ESCAPE, like_pattern
from db.terms import VolunteerKind


@dataclass(frozen=True, slots=True)
class VolunteerRow:
    """One line of the registry; the name is masked."""

    id: int
    number: str
    name: str
    kind: VolunteerKind
    skills: tuple[str, ...]
    squads: str
    minutes: int
    linked: bool


@dataclass(frozen=True, slots=True)
class RegistrySums:
    """How many there are, by kind, and their hours."""

    party_members: int
    residents: int
    squads: int
    minutes: int


def registry(
    session: Session,
    *,
    words: str = "",
    kind: VolunteerKind | None = None,
    squad_id: int | None = None,
    ended: bool = False,
    before: int | None = None,
) -> Page[VolunteerRow]:
    """A page of the registry in two statements, newest first; `words` is looked for in number and skills.

    Who serves, or with `ended` who does not any more; an entry that leads to another is in no list.
    """
    query = select(
        Volunteer.id,
        Volunteer.number,
        Volunteer.name,
        Volunteer.kind,
        Volunteer.skills,
        Volunteer.minutes,
        Volunteer.account_id,
    ).where(
        Volunteer.merged_into_id.is_(None), Volunteer.ended_on.is_not(None) if ended else Volunteer.ended_on.is_(None)
    )
    if words.strip():
        number = Volunteer.number.like(like_pattern(words.upper()), escape=LIKE_ESCAPE)
        query = query.where(or_(number, skill_matches(words)))
    if kind is not None:
        query = query.where(Volunteer.kind == kind)
    if squad_id is not None:
        query = query.where(
            Volunteer.id.in_(
                select(SquadMember.volunteer_id).where(SquadMember.squad_id == squad_id, SquadMember.left_on.is_(None))
            )
        )
    if before is not None:
        query = query.where(Volunteer.id < before)
    found = session.execute(query.order_by(Volunteer.id.desc()).limit(ROWS + 1)).all()
    squads = _squads_of(session, [row.id for row in found[:ROWS]])
    rows = (
        VolunteerRow(
            id=row.id,
            number=row.number,
            name=masked_name(row.name),
            kind=row.kind,
            skills=tuple(row.skills),
            squads="、".join(squads.get(row.id, ())),
            minutes=row.minutes,
            linked=row.account_id is not None,
        )
        for row in found[:ROWS]
    )
    return Page(tuple(rows), len(found) > ROWS)


def _squads_of(session: Session, volunteer_ids: list[int]) -> dict[int, list[str]]:
    if not volunteer_ids:
        return {}
    query = (
        select(SquadMember.volunteer_id, Squad.name)
        .join(Squad, Squad.id == SquadMember.squad_id)
        .where(SquadMember.volunteer_id.in_(volunteer_ids), SquadMember.left_on.is_(None))
        .order_by(Squad.name)
    )
    squads: dict[int, list[str]] = {}
    for volunteer_id, name in session.execute(query):
        squads.setdefault(volunteer_id, []).append(name)
    return squads


def registry_sums(session: Session) -> RegistrySums:
    """The figures above the registry, in one statement: who serves now, and the hours of everybody."""
    of_kind = func.count().filter
    squads = select(func.count()).select_from(Squad).where(Squad.dissolved_on.is_(None)).scalar_subquery()
    row = session.execute(
        select(
            of_kind(Volunteer.kind == VolunteerKind.PARTY_MEMBER, *who_serve()).label("party_members"),
            of_kind(Volunteer.kind == VolunteerKind.RESIDENT, *who_serve()).label("residents"),
            func.coalesce(func.sum(Volunteer.minutes), 0).label("minutes"),
            squads.label("squads"),
        )
    ).one()
    return RegistrySums(row.party_members, row.residents, row.squads, int(row.minutes))


def accounts_to_link(session: Session, volunteer_id: int) -> list[tuple[int, str]]:
    """Accounts of the volunteer's community that may join and belong to nobody yet: id and working name."""
    query = (
        select(Account.id, Account.name)
        .where(
            Account.role.in_(GRANTS[Permission.JOIN_TEAM].roles),
            Account.disabled_at.is_(None),
            Account.community_id
            == select(Volunteer.community_id).where(Volunteer.id == volunteer_id).scalar_subquery(),
            ~select(Volunteer.id).where(Volunteer.account_id == Account.id).exists(),
        )
        .order_by(Account.name)
        .limit(200)
    )
    return [(row.id, row.name) for row in session.execute(query)]

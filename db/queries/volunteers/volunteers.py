"""志愿者名册: numbers and masked names, skills, hours, standing teams."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.counters import day_of
from db.models import Account, Activity, Order, OrderOffer, Service, ServiceRecord, Squad, SquadMember, Volunteer
from db.queries.paging import ROWS, Page
from db.queries.volunteers.openings import skill_matches
from db.rules.masking import masked_name, masked_phone
from db.rules.orders.life import WITH_MINUTES
from db.rules.permissions import GRANTS, Permission
from db.rules.search import LIKE_ESCAPE, like_pattern
from db.terms import AssignmentState, TeamTheme, VolunteerKind


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
    before: int | None = None,
) -> Page[VolunteerRow]:
    """A page of the registry in two statements, newest first; `words` is looked for in number and skills."""
    query = select(
        Volunteer.id,
        Volunteer.number,
        Volunteer.name,
        Volunteer.kind,
        Volunteer.skills,
        Volunteer.minutes,
        Volunteer.account_id,
    )
    if words.strip():
        number = Volunteer.number.like(like_pattern(words.upper()), escape=LIKE_ESCAPE)
        query = query.where(or_(number, skill_matches(words)))
    if kind is not None:
        query = query.where(Volunteer.kind == kind)
    if squad_id is not None:
        query = query.where(Volunteer.id.in_(select(SquadMember.volunteer_id).where(SquadMember.squad_id == squad_id)))
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
        .where(SquadMember.volunteer_id.in_(volunteer_ids))
        .order_by(Squad.name)
    )
    squads: dict[int, list[str]] = {}
    for volunteer_id, name in session.execute(query):
        squads.setdefault(volunteer_id, []).append(name)
    return squads


def registry_sums(session: Session) -> RegistrySums:
    """The figures above the registry, in one statement."""
    of_kind = func.count().filter
    squads = select(func.count()).select_from(Squad).scalar_subquery()
    row = session.execute(
        select(
            of_kind(Volunteer.kind == VolunteerKind.PARTY_MEMBER).label("party_members"),
            of_kind(Volunteer.kind == VolunteerKind.RESIDENT).label("residents"),
            func.coalesce(func.sum(Volunteer.minutes), 0).label("minutes"),
            squads.label("squads"),
        )
    ).one()
    return RegistrySums(row.party_members, row.residents, row.squads, int(row.minutes))


@dataclass(frozen=True, slots=True)
class SquadRow:
    """A standing team with its theme and how many are in it."""

    id: int
    name: str
    theme: TeamTheme
    members: int
    founded_on: date


def squads(session: Session) -> list[SquadRow]:
    """The standing teams by theme and name."""
    members = (
        select(func.count())
        .select_from(SquadMember)
        .where(SquadMember.squad_id == Squad.id)
        .correlate(Squad)
        .scalar_subquery()
    )
    query = (
        select(Squad.id, Squad.name, Squad.theme, members, Squad.founded_on)
        .order_by(Squad.theme, Squad.name)
        .limit(200)
    )
    return [SquadRow(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service of a volunteer; `first_minutes` and `correction` tell of a corrected one."""

    id: int
    on: date
    activity: str
    minutes: int
    first_minutes: int | None
    note: str
    correction: str


@dataclass(frozen=True, slots=True)
class ServedOrder:
    """An order that the resident confirmed: its minutes are in the same sum."""

    on: date
    number: str
    service: str
    service_en: str
    minutes: int


@dataclass(frozen=True, slots=True)
class VolunteerCard:
    """One volunteer as the staff sees it: name and telephone masked."""

    id: int
    version: int
    number: str
    name: str
    phone: str
    kind: VolunteerKind
    skills: tuple[str, ...]
    free_times: str
    since: date
    minutes: int
    account: str
    """Working name of the own account, empty without one."""
    services: tuple[ServiceRow, ...]
    orders: tuple[ServedOrder, ...]


def volunteer_card(session: Session, volunteer_id: int) -> VolunteerCard | None:
    """One volunteer with the last services, or None outside the scope."""
    row = session.execute(
        select(Volunteer, func.coalesce(Account.name, ""))
        .outerjoin(Account, Account.id == Volunteer.account_id)
        .where(Volunteer.id == volunteer_id)
    ).first()
    if row is None:
        return None
    volunteer, account = row
    query = (
        select(
            ServiceRecord.id,
            ServiceRecord.on,
            Activity.title,
            ServiceRecord.minutes,
            ServiceRecord.first_minutes,
            ServiceRecord.note,
            ServiceRecord.correction,
        )
        .join(Activity, Activity.id == ServiceRecord.activity_id)
        .where(ServiceRecord.volunteer_id == volunteer_id)
        .order_by(ServiceRecord.on.desc(), ServiceRecord.id.desc())
        .limit(ROWS)
    )
    return VolunteerCard(
        id=volunteer.id,
        version=volunteer.version,
        number=volunteer.number,
        name=masked_name(volunteer.name),
        phone=masked_phone(volunteer.phone) if volunteer.phone else "",
        kind=volunteer.kind,
        skills=tuple(volunteer.skills),
        free_times=volunteer.free_times,
        since=volunteer.since,
        minutes=volunteer.minutes,
        account=account,
        services=tuple(ServiceRow(*found) for found in session.execute(query)),
        orders=_served_orders(session, volunteer_id),
    )


def _served_orders(session: Session, volunteer_id: int) -> tuple[ServedOrder, ...]:
    query = (
        select(Order.ended_at, Order.number, Service.name, Service.name_en, func.coalesce(Order.minutes, 0))
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .join(Service, Service.id == Order.service_id)
        .where(
            OrderOffer.volunteer_id == volunteer_id,
            OrderOffer.state == AssignmentState.ACCEPTED,
            Order.state.in_(WITH_MINUTES),
            Order.ended_at.is_not(None),
        )
        .order_by(Order.ended_at.desc(), Order.id.desc())
        .limit(ROWS)
    )
    return tuple(
        ServedOrder(day_of(ended), number, service, english, minutes)
        for ended, number, service, english, minutes in session.execute(query)
        if ended is not None
    )


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

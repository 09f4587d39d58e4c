"""Bodies, their members and their dated rules."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Label, and_, func, select
from sqlalchemy.orm import Session

from db.errors import NotFound
from db.models import Account, Attendance, Body, BodyMember, Community, HousePreset, HouseRules
from db.queries.named import Named
from db.queries.paging import ROWS
from db.rules.council.council import DatedPreset, DatedRule
from db.rules.permissions import GRANTS, Permission
from db.rules.voting.decision import HouseRule
from db.terms import BodyKind

MOST_MEMBERS = 500
MOST_PRESETS = 500
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BodyInList:
    """A body with its size, in a list."""

    id: int
    name: str
    kind: BodyKind
    term: int
    community: str
    members: int


@dataclass(frozen=True, slots=True)
class Member:
    """Who holds, or held, a seat."""

    id: int
    version: int
    seat: int
    name: str
    capacity: str
    account_id: int | None
    account_name: str
    since: date
    until: date | None
    floor_area: int | None = None
    """Of an owner: exclusive floor area in 0.01 m², where it is known."""
    former: str = ""
    """Other names under which the member stands on sheets of meetings."""


@dataclass(frozen=True, slots=True)
class CouncilBody:
    """One body with its members and rules, newest rule first."""

    id: int
    version: int
    community_id: int
    name: str
    kind: BodyKind
    term: int
    members: tuple[Member, ...]
    rules: tuple[DatedRule, ...]

    def in_office(self, day: date) -> tuple[Member, ...]:
        """The members who hold a seat on a day."""
        return tuple(m for m in self.members if m.since <= day and (m.until is None or m.until >= day))

    @property
    def free_seat(self) -> int:
        """The smallest number that nobody holds for good."""
        taken = {member.seat for member in self.members if member.until is None}
        return next(seat for seat in range(1, len(taken) + 2) if seat not in taken)

    def free_from(self, seat: int, today: date) -> date:
        """The first day from today on when nobody sits there any more; today for a seat that is held for good."""
        ends = [member.until + ONE_DAY for member in self.members if member.seat == seat and member.until]
        return max([today, *ends])


def in_office(day: date) -> ColumnElement[bool]:
    """Whether a member holds the seat on a day, the last one included."""
    return and_(BodyMember.since <= day, func.coalesce(BodyMember.until, date.max) >= day)


def bodies(session: Session, *, today: date) -> tuple[BodyInList, ...]:
    """The bodies in the actor's scope with the number of members in office."""
    seated = select(func.count()).where(BodyMember.body_id == Body.id, in_office(today)).scalar_subquery()
    rows = session.execute(
        select(Body.id, Body.name, Body.kind, Body.term, Community.name.label("community"), seated.label("members"))
        .join(Community, Community.id == Body.community_id)
        .order_by(Community.id, Body.id)
        .limit(ROWS)
    )
    return tuple(BodyInList(r.id, r.name, r.kind, r.term, r.community, r.members) for r in rows)


def council_body(session: Session, body_id: int) -> CouncilBody:
    """One body with its members, former ones too, and all rules it ever had; raises NotFound."""
    body = session.execute(
        select(Body.id, Body.version, Body.community_id, Body.name, Body.kind, Body.term).where(Body.id == body_id)
    ).first()
    if body is None:
        raise NotFound(what="body", id=body_id)
    members = session.execute(
        select(
            BodyMember.id,
            BodyMember.version,
            BodyMember.seat,
            BodyMember.name,
            BodyMember.capacity,
            BodyMember.account_id,
            func.coalesce(Account.username, "").label("account_name"),
            BodyMember.since,
            BodyMember.until,
            BodyMember.floor_area,
        )
        .outerjoin(Account, Account.id == BodyMember.account_id)
        .where(BodyMember.body_id == body_id)
        .order_by(BodyMember.seat, BodyMember.since.desc())
        .limit(MOST_MEMBERS)
    )
    signed: dict[int, list[str]] = {}
    for member_id, name in session.execute(
        select(Attendance.member_id, Attendance.name)
        .join(BodyMember, BodyMember.id == Attendance.member_id)
        .where(BodyMember.body_id == body_id, Attendance.name != BodyMember.name, Attendance.name != "")
        .distinct()
        .order_by(Attendance.name)
    ):
        signed.setdefault(member_id, []).append(name)
    rules = session.execute(
        select(
            HouseRules.id,
            HouseRules.valid_from,
            HouseRules.rule,
            HouseRules.basis,
            HouseRules.set_name.label("set_by"),
            HouseRules.set_at,
            _preset_name(),
        )
        .where(HouseRules.body_id == body_id)
        .order_by(HouseRules.valid_from.desc(), HouseRules.id.desc())
        .limit(ROWS)
    )
    return CouncilBody(
        id=body.id,
        version=body.version,
        community_id=body.community_id,
        name=body.name,
        kind=body.kind,
        term=body.term,
        members=tuple(Member(**row._mapping, former="、".join(signed.get(row.id, ()))) for row in members),
        rules=tuple(
            DatedRule(r.id, r.valid_from, HouseRule.from_json(r.rule), r.basis, r.set_by, r.set_at, r.name or "")
            for r in rules
        ),
    )


def _preset_name() -> Label[str | None]:
    """The name that a preset of the subdistrict had when a body adopted its rule."""
    named = (
        select(HousePreset.name)
        .where(HousePreset.key == HouseRules.preset, HousePreset.set_at <= HouseRules.set_at)
        .order_by(HousePreset.id.desc())
        .limit(1)
        .correlate(HouseRules)
    )
    return named.scalar_subquery().label("name")


def presets(session: Session) -> tuple[DatedPreset, ...]:
    """All rules that the actor's subdistrict offers or offered, newest first."""
    rows = session.execute(
        select(
            *(HousePreset.id, HousePreset.key, HousePreset.name, HousePreset.kind, HousePreset.rule, HousePreset.basis),
            *(HousePreset.in_force_since, HousePreset.valid_from, HousePreset.set_at),
            HousePreset.set_name.label("set_by"),
        )
        .order_by(HousePreset.valid_from.desc(), HousePreset.id.desc())
        .limit(MOST_PRESETS)
    )
    return tuple(
        DatedPreset(
            id=r.id,
            key=r.key,
            name=r.name,
            kind=r.kind,
            rule=HouseRule.from_json(r.rule),
            basis=r.basis,
            in_force_since=r.in_force_since,
            valid_from=r.valid_from,
            set_by=r.set_by,
            set_at=r.set_at,
        )
        for r in rows
    )


def accounts_that_may_vote(session: Session, community_id: int) -> tuple[Named, ...]:
    """Accounts of a community that a seat can be tied to."""
    roles = sorted(GRANTS[Permission.CAST_BALLOT].roles)
    rows = session.execute(
        select(Account.id, Account.name, Account.username)
        .where(Account.community_id == community_id, Account.disabled_at.is_(None), Account.role.in_(roles))
        .order_by(Account.name, Account.id)
        .limit(MOST_MEMBERS)
    )
    return tuple(Named(row.id, f"{row.name}（{row.username}）") for row in rows)


def communities(session: Session) -> tuple[Named, ...]:
    """The communities in the actor's scope, for those who set up a body in one of them."""
    rows = session.execute(select(Community.id, Community.name).order_by(Community.id).limit(MOST_MEMBERS))
    return tuple(Named(row.id, row.name) for row in rows)

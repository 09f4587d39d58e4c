"""A small invented subdistrict, and how its people act in it."""

import inspect
import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from db.engine import as_system, carry_out, reading
from db.models import Account, Body, BodyMember, Category, Community, HouseRules, Place, Subdistrict
from db.rules.permissions import Actor
from db.rules.voting.decision import PRESETS
from db.terms import BodyKind, PlaceKind, Role
from tests.builders.inputs import bundled

NOW = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
"""Thursday 5 March 2026, 10:30 in China."""

TODAY = date(2026, 3, 5)

CATEGORIES = ("助老扶幼", "环境整治", "技能帮扶", "医疗健康", "矛盾调解·法律服务", "设施维修·安全")


@dataclass
class World:
    """Ids of a small invented subdistrict: community `here` has everything, `there` shows that scope holds."""

    subdistrict: int
    here: int
    there: int
    place: int
    place_there: int
    categories: list[int]
    actors: dict[Role, Actor] = field(default_factory=dict)
    other_secretary: Actor = field(init=False)
    """The secretary of `there`."""
    body: int = 0
    members: list[int] = field(default_factory=list)
    """Sixteen seats; the first belongs to the council member's account."""

    def __getitem__(self, role: Role) -> Actor:
        return self.actors[role]

    @property
    def secretary(self) -> Actor:
        return self.actors[Role.SECRETARY]

    @property
    def worker(self) -> Actor:
        return self.actors[Role.AREA_WORKER]


def an_account(
    session: Any, subdistrict_id: int, role: Role, community_id: int | None, username: str, **more: Any
) -> Account:
    account = Account(
        subdistrict_id=subdistrict_id,
        community_id=community_id,
        role=role,
        username=username,
        name=more.pop("name", f"测试{username}"),
        password_hash="!",
        created_at=NOW,
        **more,
    )
    session.add(account)
    session.flush()
    return account


def actor_for(account: Account) -> Actor:
    return Actor(
        id=account.id,
        name=account.name,
        role=account.role,
        subdistrict_id=account.subdistrict_id,
        community_id=account.community_id,
        sees_restricted=account.sees_restricted,
    )


def another_actor(world: World, role: Role, username: str, **more: Any) -> Actor:
    """One more person of a role in `here`."""
    with as_system("test") as session:
        return actor_for(
            an_account(session, world.subdistrict, role, more.pop("community_id", world.here), username, **more)
        )


def build_world() -> World:
    with as_system("test") as session:
        subdistrict = Subdistrict(name="澄湖街道", district="虚拟区")
        session.add(subdistrict)
        session.flush()
        here = Community(subdistrict_id=subdistrict.id, name="柳林社区", code="LL", households=3000, residents=9000)
        there = Community(subdistrict_id=subdistrict.id, name="荷塘社区", code="HT", households=2500, residents=7500)
        session.add_all([here, there])
        session.flush()
        place = Place(community_id=here.id, name="柳林小区", kind=PlaceKind.ESTATE, households=600)
        place_there = Place(community_id=there.id, name="荷塘新村", kind=PlaceKind.ESTATE, households=500)
        categories = [
            Category(subdistrict_id=subdistrict.id, name=name, name_en=f"Category {i}", position=i)
            for i, name in enumerate(CATEGORIES, 1)
        ]
        session.add_all([place, place_there, *categories])
        session.flush()
        world = World(subdistrict.id, here.id, there.id, place.id, place_there.id, [c.id for c in categories])
        for role in Role:
            wide = role in (Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.DISTRICT_VIEWER)
            account = an_account(session, subdistrict.id, role, None if wide else here.id, role.value)
            world.actors[role] = actor_for(account)
        other = an_account(session, subdistrict.id, Role.SECRETARY, there.id, "secretary_there")
        world.other_secretary = actor_for(other)
        body = Body(community_id=here.id, name="柳林社区居民议事会", kind=BodyKind.COUNCIL, term=3)
        session.add(body)
        session.flush()
        preset = next(iter(PRESETS))
        session.add(
            HouseRules(
                community_id=here.id,
                body_id=body.id,
                valid_from=date(2025, 1, 1),
                preset=preset,
                rule=PRESETS[preset].to_json(),
                basis="议事规则",
                set_by=world.secretary.id,
                set_at=NOW,
            )
        )
        seats = [
            BodyMember(
                community_id=here.id,
                body_id=body.id,
                seat=seat,
                name=f"议事员{seat:02d}",
                capacity="居民代表",
                account_id=world.actors[Role.COUNCIL_MEMBER].id if seat == 1 else None,
                since=date(2025, 1, 1),
            )
            for seat in range(1, 17)
        ]
        session.add_all(seats)
        session.flush()
        world.body, world.members = body.id, [seat.id for seat in seats]
        return world


def do(actor: Actor, act: Any, **values: Any) -> Any:
    """Carry out an action at NOW (or the `now` given), each time as a new submit."""
    if "now" in inspect.signature(act).parameters:
        values.setdefault("now", NOW)
    return carry_out(actor, secrets.token_hex(8), act, **bundled(act, values))


def row(world: World, model: Any, row_id: int) -> Any:
    """A row as the secretary reads it."""
    with reading(world.secretary) as session:
        return session.get(model, row_id)

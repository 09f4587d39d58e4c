"""Builders that take only what matters to the test; everything else is plausible and invented."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import event

from db.actions.numbering import next_number
from db.engine import as_system, engine
from db.models import (
    Account,
    Body,
    BodyMember,
    Category,
    Community,
    Household,
    HouseRules,
    Need,
    Opening,
    Place,
    Project,
    Subdistrict,
    Volunteer,
    blind_index,
)
from db.rules.permissions import Actor
from db.rules.search import search_keys
from db.rules.voting.decision import PRESETS
from db.rules.workdays import week_of
from db.terms import (
    BodyKind,
    NeedSource,
    NeedStage,
    PlaceKind,
    ProjectKind,
    Reach,
    Role,
    VolunteerKind,
)

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
    other_secretary: Actor | None = None
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


def a_household(world: World, room: str = "101", *, community_id: int | None = None, **more: Any) -> int:
    """A door in 1 幢 1 单元; the id."""
    with as_system("test") as session:
        place = world.place if community_id in (None, world.here) else world.place_there
        household = Household(
            community_id=community_id or world.here,
            place_id=place,
            building="1幢",
            stairwell="1单元",
            room=room,
            door_index=blind_index(f"{place}|1幢|1单元|{room}"),
            **more,
        )
        session.add(household)
        session.flush()
        return household.id


def a_need(world: World, description: str = "楼道灯坏了半个月，老人晚上下楼看不见", **more: Any) -> int:
    """A need of `here`, logged by the area worker; the id."""
    community_id = more.pop("community_id", world.here)
    when = more.pop("logged_at", NOW)
    keys = search_keys(description)
    with as_system("test") as session:
        values: dict[str, Any] = {
            "community_id": community_id,
            "number": next_number(session, community_id, "", when.year),
            "title": description[:20],
            "description": description,
            "category_id": world.categories[5],
            "place_id": world.place if community_id == world.here else world.place_there,
            "building": "1幢",
            "source": NeedSource.VISIT,
            "reach": Reach.BUILDING,
            "people": 30,
            "worker_id": world.worker.id,
            "logged_at": when,
            "week": week_of(when.date()),
            "stage": NeedStage.LOGGED,
            "stage_since": when,
            "pinyin": keys.pinyin,
            "initials": keys.initials,
        }
        need = Need(**(values | more))
        session.add(need)
        session.flush()
        return need.id


def a_project(world: World, title: str = "楼道照明改造", **more: Any) -> int:
    """A running project led by the team leader; the id."""
    with as_system("test") as session:
        values: dict[str, Any] = {
            "community_id": world.here,
            "number": next_number(session, world.here, "P", 2026),
            "title": title,
            "kind": ProjectKind.COUNCIL,
            "leader_id": world.actors[Role.TEAM_LEADER].id,
            "problem": "楼道灯坏",
            "measures": "更换感应灯",
            "beneficiaries": "1幢居民",
            "beneficiary_count": 60,
            "starts_on": TODAY,
            "due_on": TODAY + timedelta(days=90),
            "set_up_at": NOW,
            "set_up_by": world.secretary.id,
        }
        project = Project(**(values | more))
        session.add(project)
        session.flush()
        return project.id


def an_opening(world: World, project_id: int, *, places: int = 3, **more: Any) -> int:
    with as_system("test") as session:
        opening = Opening(community_id=world.here, project_id=project_id, title="电工助手", places=places, **more)
        session.add(opening)
        session.flush()
        return opening.id


def a_volunteer(world: World, number: str = "V001", *, account_id: int | None = None, **more: Any) -> int:
    with as_system("test") as session:
        volunteer = Volunteer(
            community_id=world.here,
            number=number,
            name=f"志愿者{number}",
            kind=VolunteerKind.RESIDENT,
            skills=["电工"],
            since=date(2025, 1, 1),
            account_id=account_id,
            **more,
        )
        session.add(volunteer)
        session.flush()
        return volunteer.id


class Statements:
    """Counts SQL statements: `with Statements() as counted: ...; assert counted.n <= 15`."""

    def __enter__(self) -> "Statements":
        self.n, self.texts = 0, []
        event.listen(engine(), "before_cursor_execute", self._count)
        return self

    def _count(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.n += 1
        self.texts.append(statement)

    def __exit__(self, *_: object) -> None:
        event.remove(engine(), "before_cursor_execute", self._count)

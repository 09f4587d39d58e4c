"""The subdistrict says how names are read: needs are found by it at once, also those that were there, and no longer."""

import secrets
from typing import Any

import pytest
from sqlalchemy import select, update

from db.actions.admin import readings
from db.actions.needs.needs import log_need
from db.audit import UNAUDITED
from db.engine import as_system, carry_out, reading, reading_as_system
from db.errors import BadInput, NotFound, NotPermitted, Problem, Refused
from db.models import AuditEntry, NameReading, Need, Subdistrict
from db.queries.admin.readings import name_readings
from db.queries.needs.needs import NeedFilters, ledger
from db.terms import Reach, ReadingKind, Role, Urgency
from db.upkeep.finding import renew
from tests.builders.doors import a_household
from tests.builders.inputs import carry_out as carry_named
from tests.builders.needs import a_need
from tests.builders.world import World

ADMIN = Role.SUBDISTRICT_ADMIN


def act(world: World, what: Any, role: Role = ADMIN, **values: Any) -> Any:
    return carry_out(world[role], secrets.token_urlsafe(24), what, **values)


def add(world: World, written: str = "十里堡", sounds: str = "shi li bao", **more: Any) -> int:
    values = {"kind": ReadingKind.PLACE, "written": written, "sounds": sounds} | more
    return int(act(world, readings.add_reading, **values))


def found(world: World, words: str) -> list[int]:
    with reading(world.secretary) as session:
        return [row.id for row in ledger(session, world.here, NeedFilters(words=words)).rows]


def described(world: World, text: str) -> dict[str, Any]:
    return {"description": text, "title": "", "category_id": world.categories[5], "reach": Reach.BUILDING, "people": 3,
            "urgency": Urgency.NORMAL}  # fmt: skip


def log(world: World) -> list[AuditEntry]:
    with reading(world[Role.AUDITOR]) as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.table_name == "name_reading").order_by("id")))


def test_needs_that_were_there_are_found_by_a_new_reading_and_so_are_new_ones(world: World) -> None:
    before = a_need(world, "十里堡路口没有灯")
    a_need(world, "电梯经常停运")
    assert found(world, "shilibao") == []

    add(world)
    after = carry_named(
        world.worker, "", log_need, **described(world, "十里堡桥栏杆断了"), building="1幢", place_id=world.place
    )["id"]

    assert found(world, "shilibao") == [after, before]
    assert found(world, "slbl") == [before]
    assert found(world, "shilipu") == [after, before]


def test_a_reading_that_is_taken_away_finds_nothing_more(world: World) -> None:
    need_id = a_need(world, "十里堡路口没有灯")
    reading_id = add(world)

    act(world, readings.drop_reading, reading_id=reading_id)

    assert found(world, "shilibao") == []
    assert found(world, "shilipu") == [need_id]
    with reading(world[ADMIN]) as session:
        assert name_readings(session) == ()
    with pytest.raises(NotFound):
        act(world, readings.drop_reading, reading_id=reading_id)


def test_a_surname_is_read_so_in_the_name_of_a_lane_only(world: World) -> None:
    lane, thing = a_need(world, "佴家弄堂口积水"), a_need(world, "佴先生反映积水")

    add(world, "佴", "mi", kind=ReadingKind.SURNAME)

    assert found(world, "mijia") == [lane]
    assert thing not in found(world, "mi")


def test_needs_of_restricted_doors_and_of_every_community_follow_too(world: World) -> None:
    home = a_household(world, "707", restricted=True)
    hidden = a_need(world, "十里堡路口没有灯", household_id=home, restricted=True)
    there = a_need(world, "十里堡路口没有灯", community_id=world.there)

    add(world)

    with reading_as_system("test") as session:
        keys = dict(session.execute(select(Need.id, Need.pinyin)).all())
    assert "shilibao" in keys[hidden]
    assert "shilibao" in keys[there]


def test_another_subdistrict_reads_as_before(world: World) -> None:
    need_id = a_need(world, "十里堡路口没有灯")
    with as_system("test") as session:
        other = Subdistrict(name="别处街道", district="虚拟区")
        session.add(other)
        session.flush()
        session.add(NameReading(subdistrict_id=other.id, written="十里堡", sounds="shi li bao", kind=ReadingKind.PLACE))

    assert renew() == 0
    with reading(world[ADMIN]) as session:
        assert name_readings(session) == ()
    assert found(world, "shilibao") == []
    assert found(world, "shilipu") == [need_id]


def test_nobody_who_has_a_need_open_is_told_that_it_changed_and_the_log_says_how_many_did(world: World) -> None:
    need_id = a_need(world, "十里堡路口没有灯")
    with reading_as_system("test") as session:
        version = session.scalar(select(Need.version).where(Need.id == need_id))

    reading_id = add(world)

    with reading_as_system("test") as session:
        assert session.scalar(select(Need.version).where(Need.id == need_id)) == version
    made, renewed = log(world)
    assert (made.operation, made.row_id, made.changes["written"]) == ("insert", reading_id, [None, "十里堡"])
    assert (renewed.operation, renewed.changes) == ("update", {"needs": [0, 1]})


@pytest.mark.parametrize(
    ("written", "sounds", "kind"),
    [
        ("朝阳", "chao yang", ReadingKind.PLACE),
        ("仇", "qiu", ReadingKind.SURNAME),
        ("十里堡", "Shí Lǐ bao", ReadingKind.PLACE),
    ],
)
def test_a_reading_that_holds_already_is_told(world: World, written: str, sounds: str, kind: ReadingKind) -> None:
    add(world)

    with pytest.raises(BadInput) as told:
        add(world, written, sounds, kind=kind)

    assert (told.value.field, told.value.problem) == ("sounds", Problem.TAKEN)


def test_there_is_an_end_to_readings(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST_READINGS", 1)
    add(world)

    with pytest.raises(Refused, match="readings_full"):
        add(world, "九里堡", "jiu li bao")


@pytest.mark.parametrize("role", [role for role in Role if role is not ADMIN])
def test_only_the_administrator_says_how_names_are_read(small_world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        act(small_world, readings.add_reading, role, kind=ReadingKind.PLACE, written="十里堡", sounds="shi li bao")


def test_a_database_of_before_is_found_by_what_is_built_in(world: World) -> None:
    need_id = a_need(world, "江厦桥边的仇家弄没有灯")
    a_need(world, "电梯经常停运")
    with as_system("test") as session:
        session.execute(
            update(Need).where(Need.id == need_id).values(pinyin="jiangshaqiao", initials="jsq"),
            execution_options=UNAUDITED | {"synchronize_session": False},
        )
    assert found(world, "jiangxia") == []

    assert renew() == 1

    assert [found(world, words) for words in ("jiangxia", "jiangsha", "qiujialong", "qjl")] == [[need_id]] * 4
    assert renew() == 0

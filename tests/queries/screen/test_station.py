from datetime import timedelta

from db.engine import as_system, reading
from db.models import Rota, Slot
from db.queries.screen.station import SLOTS_ON_SCREEN, StationDay, station_days
from db.terms import Role, RotaState
from tests.builders.rota import a_plain_rota, a_plain_turn, a_post, a_slot, china
from tests.builders.volunteers import a_volunteer
from tests.builders.world import TODAY, World
from tests.support.statements import Statements

NOON, TOMORROW = china(TODAY, 12), TODAY + timedelta(days=1)


def shown(world: World, role: Role = Role.DISPLAY) -> tuple[StationDay, ...]:
    with reading(world[role]) as session:
        return station_days(session, world.here, now=NOON)


def test_today_and_tomorrow_are_shown_with_who_is_missing(world: World) -> None:
    rota = a_plain_rota(world)
    gate, exit_ = a_post(world, rota, "进站口", position=1), a_post(world, rota, "出站口", position=2)
    a_slot(world, rota, gate, TODAY, 8)
    full = a_slot(world, rota, gate, TODAY, 13)
    a_slot(world, rota, exit_, TODAY, 13, places=3)
    a_slot(world, rota, gate, TOMORROW, 8)
    a_slot(world, rota, gate, TODAY + timedelta(days=2), 8)
    a_plain_turn(world, full, a_volunteer(world))

    today, tomorrow = shown(world)

    assert [(one.post, one.filled, one.places, one.lacks) for one in today.slots] == [
        ("进站口", 1, 1, 0), ("出站口", 0, 3, 3),
    ]  # fmt: skip
    assert (today.on, today.count, today.lacks) == (TODAY, 2, 3)
    assert (tomorrow.on, tomorrow.count, tomorrow.lacks) == (TOMORROW, 1, 1)


def test_what_is_called_off_closed_or_elsewhere_is_not_shown(world: World) -> None:
    rota, closed = a_plain_rota(world), a_plain_rota(world, "旧的", state=RotaState.CLOSED)
    off = a_slot(world, rota, a_post(world, rota), TODAY, 14)
    a_slot(world, closed, a_post(world, closed), TODAY, 14)
    with as_system("test") as session:
        session.get_one(Slot, off).called_off_at = NOON

    assert shown(world) == ()
    with reading(world.secretary) as session:
        assert station_days(session, world.there, now=NOON) == ()


def test_the_largest_rotas_and_their_gaps_come_first_in_one_statement(world: World) -> None:
    for title, places in (("小", 1), ("车站", 9), ("路口", 4)):
        rota = a_plain_rota(world, title)
        a_slot(world, rota, a_post(world, rota), TODAY, 14, places=places)
    station = a_plain_rota(world, "春运")
    post, helper = a_post(world, station), a_volunteer(world)
    for number in range(SLOTS_ON_SCREEN + 2):
        slot = a_slot(world, station, a_post(world, station, f"点位{number}"), TOMORROW, 8, places=1)
        if number < 3:
            a_plain_turn(world, slot, helper)
    a_slot(world, station, post, TODAY, 8, hours=2, places=20)

    with Statements() as counted:
        found = shown(world)

    assert [(one.rota, len(one.slots), one.count, one.lacks) for one in found] == [
        ("春运", SLOTS_ON_SCREEN, SLOTS_ON_SCREEN + 2, SLOTS_ON_SCREEN - 1), ("车站", 1, 1, 9),
    ]  # fmt: skip
    assert [one.post for one in found[0].slots if not one.lacks] == ["点位0"]
    assert len([one for one in counted.texts if "FROM slot" in one]) == 1


def test_the_chosen_rotas_alone_are_shown_as_long_as_one_of_them_is_open(world: World) -> None:
    ids = {}
    for title, places in (("小", 1), ("车站", 9), ("路口", 4)):
        ids[title] = a_plain_rota(world, title)
        a_slot(world, ids[title], a_post(world, ids[title]), TODAY, 14, places=places)
    quiet = a_plain_rota(world, "这两天没有班")

    def told(*chosen: int) -> list[str]:
        with reading(world.secretary) as session:
            return [one.rota for one in station_days(session, world.here, now=NOON, chosen=chosen)]

    assert told(ids["小"]) == ["小"]
    assert told(*ids.values()) == ["车站", "路口", "小"]
    assert told(quiet) == []
    with as_system("test") as session:
        session.get_one(Rota, ids["小"]).state = RotaState.CLOSED
    assert told(ids["小"], ids["路口"]) == ["路口"]
    assert told(ids["小"]) == ["车站", "路口"]

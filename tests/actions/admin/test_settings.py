import secrets
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.admin import settings
from db.engine import as_system, carry_out, reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused
from db.models import AuditEntry, Category, HolidayOverride, Place, Subdistrict
from db.queries.admin import settings as seen
from db.terms import PlaceKind, Role
from tests.builders.needs import a_need
from tests.builders.world import TODAY, World


def act(world: World, what: Any, role: Role = Role.SUBDISTRICT_ADMIN, **values: Any) -> Any:
    return carry_out(world[role], secrets.token_urlsafe(24), what, **values)


def categories(world: World) -> tuple[seen.CategoryRow, ...]:
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        return seen.categories(session)


def test_a_new_category_stands_last_and_is_in_the_log(world: World) -> None:
    act(world, settings.add_category, name="便民服务", name_en="Convenience")

    last = categories(world)[-1]
    assert (last.name, last.name_en, last.position, last.active) == ("便民服务", "Convenience", 7, True)
    with reading(world[Role.AUDITOR]) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.table_name, entry.reason) == ("category", "manage_settings")


@pytest.mark.parametrize(
    ("name", "problem"), [("", Problem.EMPTY), ("环境整治", Problem.TAKEN), ("长" * 21, Problem.TOO_LONG)]
)
def test_a_name_that_cannot_be_kept_is_told_at_its_field(world: World, name: str, problem: Problem) -> None:
    with pytest.raises(BadInput) as told:
        act(world, settings.add_category, name=name, name_en="Anything")

    assert (told.value.field, told.value.problem) == ("name", problem)


def test_a_renamed_category_keeps_its_needs(world: World) -> None:
    a_need(world, category_id=world.categories[0])
    first = categories(world)[0]

    act(world, settings.rename_category, category_id=first.id, version=first.version, name="敬老爱幼", name_en="Care")

    renamed = categories(world)[0]
    assert (renamed.id, renamed.name, renamed.needs) == (first.id, "敬老爱幼", 1)


def test_a_category_that_somebody_else_renamed_meanwhile_is_not_overwritten(world: World) -> None:
    first = categories(world)[0]
    act(world, settings.rename_category, category_id=first.id, version=first.version, name="甲", name_en="A")

    with pytest.raises(Conflict):
        act(world, settings.rename_category, category_id=first.id, version=first.version, name="乙", name_en="B")


def test_moving_a_category_swaps_it_with_its_neighbour_and_stops_at_the_ends(world: World) -> None:
    names = [row.name for row in categories(world)]

    act(world, settings.move_category, category_id=world.categories[2], up=True)
    act(world, settings.move_category, category_id=world.categories[0], up=True)
    act(world, settings.move_category, category_id=world.categories[5], up=False)

    assert [row.name for row in categories(world)] == [names[0], names[2], names[1], *names[3:]]


def test_a_category_is_switched_off_and_on_but_never_the_last_one(world: World) -> None:
    for category in world.categories[:-1]:
        act(world, settings.switch_category, category_id=category, active=False)

    with pytest.raises(Refused) as refused:
        act(world, settings.switch_category, category_id=world.categories[-1], active=False)

    assert refused.value.rule == "last_category"
    assert [row.active for row in categories(world)] == [False] * 5 + [True]


def test_a_place_brings_the_households_that_demand_is_measured_by(world: World) -> None:
    act(world, settings.add_place, community_id=world.here, name="东园", kind=PlaceKind.ESTATE, households=320)
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        before = seen.places(session, world.here)

    east = before.places[-1]
    act(
        world,
        settings.change_place,
        place_id=east.id,
        version=east.version,
        name="东园",
        kind=PlaceKind.ESTATE,
        households=340,
    )

    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        after = seen.places(session, world.here)
    assert (before.listed, after.listed, after.community_households) == (920, 940, 3000)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "柳林小区"}, "name"),
        ({"name": ""}, "name"),
        ({"kind": None}, "kind"),
        ({"households": -1}, "households"),
        ({"households": None}, "households"),
    ],
)
def test_a_place_with_bad_values_is_told_at_the_field_and_not_stored(
    world: World, values: dict[str, Any], field: str
) -> None:
    good: dict[str, Any] = {"community_id": world.here, "name": "东园", "kind": PlaceKind.ESTATE, "households": 9}

    with pytest.raises(BadInput) as told:
        act(world, settings.add_place, **(good | values))

    assert told.value.field == field
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        assert len(session.scalars(select(Place.id).where(Place.community_id == world.here)).all()) == 1


def test_a_second_word_about_a_day_replaces_the_first_and_can_be_taken_back(world: World) -> None:
    act(world, settings.set_day, on=date(2026, 10, 10), workday=True, note="调休上班")
    act(world, settings.set_day, on=date(2026, 10, 10), workday=False, note="街道放假")
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        rows = seen.holidays(session, since=TODAY)

    assert [(row.day, row.workday, row.note) for row in rows] == [(date(2026, 10, 10), False, "街道放假")]
    assert seen.overrides(rows) == {date(2026, 10, 10): False}
    act(world, settings.forget_day, override_id=rows[0].id, version=rows[0].version)
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        assert session.scalars(select(HolidayOverride.id)).all() == []


@pytest.mark.parametrize(
    ("values", "field"), [({"on": None}, "on"), ({"on": date(1999, 1, 1)}, "on"), ({"workday": None}, "workday")]
)
def test_a_day_without_its_date_or_its_meaning_is_not_kept(world: World, values: dict[str, Any], field: str) -> None:
    given: dict[str, Any] = {"on": date(2026, 10, 10), "workday": True, "note": ""} | values

    with pytest.raises(BadInput) as told:
        act(world, settings.set_day, **given)

    assert told.value.field == field


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUBDISTRICT_ADMIN])
def test_only_the_subdistrict_sets(world: World, role: Role) -> None:
    with pytest.raises(NotPermitted):
        act(world, settings.add_category, role, name="便民服务", name_en="Convenience")


def test_the_dictionary_of_another_subdistrict_is_out_of_reach(world: World) -> None:
    with as_system("test") as session:
        other = Subdistrict(name="远山街道", district="虚拟区")
        session.add(other)
        session.flush()
        theirs = Category(subdistrict_id=other.id, name="他处", name_en="Elsewhere", position=1)
        session.add(theirs)
        session.flush()
        theirs_id = theirs.id

    with pytest.raises(NotFound):
        act(world, settings.rename_category, category_id=theirs_id, version=1, name="改", name_en="Changed")
    with pytest.raises(NotFound):
        act(world, settings.move_category, category_id=theirs_id, up=True)

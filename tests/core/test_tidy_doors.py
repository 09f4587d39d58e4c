"""A database whose doors stand in older forms is brought into the one form after the revisions, once, and says so."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db import engine as db_engine
from db.__main__ import main
from db.actions.people.differing import ask_again, decide_different
from db.actions.people.households import undo_household_merge
from db.audit import broken_at
from db.engine import as_system, reading, reading_as_system
from db.models import AuditEntry, Household, HouseholdMerge, Need, Patch, Person, Visit, Volunteer, blind_index
from db.queries.people.households import household_doubles
from db.queries.people.pairs import last_decided
from db.rules.doors.door import Door
from db.terms import DoubleKind
from db.upkeep.doors import lines, tidy_doors
from db.upkeep.schema import migrate
from tests.builders.doors import a_door, a_patch, knock
from tests.builders.needs import a_need
from tests.builders.people import a_person
from tests.builders.world import NOW, World, build_world, do

OLD = [
    ("7栋", "1单元", "401"),
    ("7幢", "1单元", "401"),
    ("7号楼", "一单元", "0401"),
    ("一期3幢", "", "502室"),
    ("综合楼", "", "1"),
]


@pytest.fixture
def old_doors(world: World) -> list[int]:
    """Doors as former rules kept them: three times one flat, a phase, and a name that stays."""
    return [a_door(world, *door) for door in OLD]


def doors() -> dict[int, tuple[str, str, str]]:
    """Households that stand for themselves."""
    with reading_as_system("test") as session:
        query = select(Household).where(Household.merged_into_id.is_(None))
        return {one.id: (one.building, one.stairwell, one.room) for one in session.scalars(query)}


def values(column: Any) -> set[Any]:
    with reading_as_system("test") as session:
        return set(session.scalars(select(column)))


def test_doors_in_old_forms_are_brought_into_one_and_the_same_flat_is_joined(
    world: World, old_doors: list[int]
) -> None:
    first, kept, third, phase, named = old_doors
    visit, need = knock(world, first), a_need(world, household_id=third, building="7号楼")
    a_patch(world, world.worker.id, "7栋", "7幢")

    done = tidy_doors(now=NOW)

    assert doors() == {kept: ("7幢", "1单元", "401"), phase: ("1期3幢", "", "502"), named: ("综合楼", "", "1")}
    assert values(Visit.household_id) == values(Need.household_id) == {kept}
    assert values(Visit.building) | values(Need.building) == {"7幢"}
    assert values(Patch.building) == {"7幢"}
    with reading_as_system("test") as session:
        assert session.get_one(Visit, visit).household_id == session.get_one(Need, need).household_id == kept
        index = session.get_one(Household, phase).door_index
        assert index == blind_index(Door("1期3幢", "", "502").key(world.place))
        assert broken_at(session) is None
        told = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert told is not None
        assert told.reason == "doors in one form"
        assert told.changes["doors_joined"] == [None, {str(first): kept, str(third): kept}]
    assert (done.changed, len(done.joined), len(done.unsure), done.waiting) == (1, 2, 0, 0)
    said = "\n".join(lines(done))
    assert "2" in said
    assert "7幢1单元" in said
    assert "401" not in said

    assert tidy_doors(now=NOW).anything is False
    assert lines(tidy_doors(now=NOW)) == []


def test_all_of_it_is_one_entry_in_the_log(world: World, old_doors: list[int]) -> None:
    knock(world, old_doors[0])
    before = len(values(AuditEntry.id))

    tidy_doors(now=NOW)

    assert len(values(AuditEntry.id)) == before + 1


def test_a_pair_that_is_unsure_waits_for_a_person_and_is_never_joined_again_after_their_no(world: World) -> None:
    """Other people live behind the two, or a person took them apart: nobody joins them for the staff."""
    one, other = a_door(world, "7幢", "1单元", "401"), a_door(world, "7栋", "1单元", "401")
    a_person(world, "王桂英", household_id=one)
    a_person(world, "赵大勇", household_id=other)
    hidden, open_one = a_door(world, "8栋", "", "101", restricted=True), a_door(world, "8幢", "", "101")

    done = tidy_doors(now=NOW)

    assert (len(done.joined), len(done.unsure)) == (0, 2)
    assert set(doors()) == {one, other, hidden, open_one}
    with reading(world.secretary) as session:
        assert [(pair.first.id, pair.second.id) for pair in household_doubles(session).rows] == [(one, other)]
    assert len(tidy_doors(now=NOW).unsure) == 2


def test_a_pair_that_a_person_found_to_be_two_is_neither_joined_nor_asked_about(world: World) -> None:
    one, other = a_door(world, "7幢", "1单元", "401"), a_door(world, "7栋", "1单元", "401")
    do(world.secretary, decide_different, kind=DoubleKind.HOUSEHOLD, pairs=[(one, other)])

    done = tidy_doors(now=NOW)

    assert (done.joined, done.unsure, done.waiting) == ([], [], 0)
    with reading_as_system("test") as session:
        (decided,) = last_decided(session, DoubleKind.HOUSEHOLD)
    do(world.secretary, ask_again, pair_id=decided.id)
    assert len(tidy_doors(now=NOW).joined) == 1


def test_alike_names_behind_both_doors_are_no_doubt(world: World) -> None:
    one, other = a_door(world, "7幢", "1单元", "401"), a_door(world, "7栋", "1单元", "401")
    a_person(world, "王桂英", household_id=one)
    a_person(world, "王贵英", household_id=other)

    assert len(tidy_doors(now=NOW).joined) == 1
    assert values(Person.household_id) == {one}


def test_what_was_joined_by_the_update_can_be_taken_apart_and_stays_apart(world: World, old_doors: list[int]) -> None:
    visit = knock(world, old_doors[0])
    tidy_doors(now=NOW)
    with reading_as_system("test") as session:
        merge = session.scalars(select(HouseholdMerge).where(HouseholdMerge.other_id == old_doors[0])).one()
        assert merge.merged_by is None

    do(world.secretary, undo_household_merge, merge_id=merge.id)
    again = tidy_doors(now=NOW)

    with reading_as_system("test") as session:
        assert session.get_one(Visit, visit).household_id == old_doors[0]
    assert (len(again.joined), len(again.unsure)) == (0, 0)


def test_buildings_of_other_tables_follow_but_lose_nothing(world: World) -> None:
    with as_system("test") as session:
        for number, building in (("V-1", "七号楼"), ("V-2", "3幢401")):
            person = {"name": "李福根", "kind": "resident", "skills": [], "free_times": "", "free_slots": []}
            place = {"community_id": world.here, "place_id": world.place, "building": building}
            session.add(Volunteer(number=number, since=NOW.date(), **person, **place))

    tidy_doors(now=NOW)

    assert values(Volunteer.building) >= {"7幢", "3幢401"}


def test_migrate_runs_it_on_a_database_of_the_release_before_and_prints_what_it_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{tmp_path}/old.db")
    db_engine.forget_engines()
    migrate()
    world = build_world()
    ids = [a_door(world, *door) for door in OLD]
    db_engine.forget_engines()
    migrate(down="0001")

    assert main(["migrate"]) == 0
    first = capsys.readouterr().out
    assert main(["migrate"]) == 0

    assert doors() == {ids[1]: ("7幢", "1单元", "401"), ids[3]: ("1期3幢", "", "502"), ids[4]: ("综合楼", "", "1")}
    assert "Joined as one household: 2." in first
    assert "7幢1单元" in first
    assert "401" not in first
    assert len(capsys.readouterr().out.splitlines()) == 1
    db_engine.forget_engines()

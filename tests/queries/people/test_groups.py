"""Telephones and households that several persons have: what is kept is what a new look would find."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.actions.imports.imports import undo_import
from db.actions.people.erasure import erase_person
from db.actions.people.households import merge_households, undo_household_merge
from db.actions.people.merges import merge_persons, undo_person_merge
from db.actions.people.people import amend_person, see_person
from db.engine import as_system, reading
from db.models import Person
from db.queries.people import groups
from db.queries.people.groups import Suspects, suspects
from db.rules.permissions import Actor
from db.terms import ImportKind
from tests.builders.imports import brought, door_row
from tests.builders.people import a_person, cleared, household_of
from tests.builders.world import World, do

PHONES = ("13800001111", "13800002222", "13800003333")


def look(actor: Actor) -> Suspects:
    with reading(actor) as session:
        return suspects(session)


def plain(found: Suspects) -> tuple[Any, ...]:
    return found.numbers.keys, found.homes.keys, found.households


def fresh(actor: Actor) -> tuple[Any, ...]:
    with reading(actor) as session:
        return plain(groups._all(session))


def hide(person: int) -> None:
    with as_system("test") as session:
        session.get_one(Person, person).restricted = True


def writes(world: World) -> Iterator[Callable[[], Any]]:
    """Everything that adds to a group, takes from it, or makes it newer, one step at a time."""
    first, second, third = (a_person(world, f"王{at}", phone=phone, room=f"10{at}") for at, phone in enumerate(PHONES))
    yield lambda: a_person(world, "李一", phone=PHONES[0], room="201")
    yield lambda: a_person(world, "王2", phone=PHONES[1], household_id=household_of(third))
    yield lambda: a_person(world, "李三", phone=PHONES[2], household_id=household_of(first))
    yield lambda: a_person(world, "王0", phone=PHONES[0], household_id=household_of(first))
    yield lambda: do(world.worker, amend_person, person_id=second, version=1, phone=PHONES[0])
    yield lambda: do(world.worker, amend_person, person_id=third, version=1, no_phone=True)
    made: dict[str, Any] = {}
    yield lambda: made.update(merge=do(world.secretary, merge_persons, kept_id=first, other_id=second))
    yield lambda: do(world.secretary, undo_person_merge, merge_id=made["merge"])
    two = [household_of(one) for one in (first, second)]
    yield lambda: made.update(merge=do(world.secretary, merge_households, kept_id=two[0], other_id=two[1]))
    yield lambda: do(world.secretary, undo_household_merge, merge_id=made["merge"])
    rows = [door_row(number, phone=PHONES[number % 2]) for number in range(4)]
    yield lambda: made.update(brought(world.worker, ImportKind.HOUSEHOLDS, rows))
    yield lambda: do(world.secretary, undo_import, batch_id=made["batch"], version=1, reason="传错了")
    yield lambda: hide(first)
    yield lambda: do(world.secretary, erase_person, person_id=third, reason="本人要求")
    yield lambda: a_person(world, "赵五", phone=PHONES[1], room="305")


@pytest.mark.parametrize("most", [1, 2, 1000])
def test_what_is_kept_is_what_all_persons_say_after_every_write(
    world: World, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(groups, "GROUPS_MOST", most)
    monkeypatch.setattr(groups, "HOUSEHOLDS_MOST", most)
    readers = [world.secretary, world.other_secretary, cleared(world)]
    seen = []

    for number, write in enumerate(writes(world)):
        for reader in readers:
            look(reader)
        write()
        for reader in readers:
            assert plain(look(reader)) == fresh(reader), f"step {number}"
        seen.append(plain(look(world.secretary)))

    assert len(set(seen)) > 3, "nothing changed"


def test_nobody_is_passed_again_for_one_person_but_all_are_for_an_import(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_person(world, phone=PHONES[0])
    whole = groups._all
    passed: list[Session] = []

    def counted(session: Session) -> Suspects:
        passed.append(session)
        return whole(session)

    monkeypatch.setattr(groups, "_all", counted)
    before = look(world.secretary)

    do(world.worker, see_person, person_id=first, reason="核对电话")
    assert look(world.secretary) is before
    a_person(world, phone=PHONES[0], room="102")
    assert len(look(world.secretary).numbers.keys) == 1
    assert len(passed) == 1
    brought(world.worker, ImportKind.HOUSEHOLDS, [door_row(80)])
    look(world.secretary)

    assert len(passed) == 2

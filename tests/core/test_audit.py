"""The log: every change has its entry, personal values are masked, the chain breaks where somebody touched it."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import inspect, select, text, update
from sqlalchemy.orm import Session

from db import audit, counters
from db.audit import UNAUDITED, guarded
from db.engine import as_system, engine, reading_as_system, writing
from db.models import Account, AuditEntry, AuditHead, Model, Need, Opening, Person, Place, Subdistrict
from db.terms import NeedStage, PlaceKind
from tests.builders.doors import a_household
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.volunteers import a_volunteer, an_opening
from tests.builders.world import World


def entries(*, table: str = "", operation: str = "") -> list[AuditEntry]:
    with reading_as_system("test") as session:
        found = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    return [
        entry
        for entry in found
        if entry.table_name == (table or entry.table_name) and operation in ("", entry.operation)
    ]


def broken_at() -> int | None:
    with reading_as_system("test") as session:
        return audit.broken_at(session, batch=7)


# --- what is written ---------------------------------------------------------------------------------------


def test_rows_that_are_kept_are_not_written_in_bulk_unless_the_log_tells_of_it(world: World) -> None:
    renamed = update(Place).values(name=Place.name + "里")

    def write(*, told: bool) -> None:
        with as_system("test") as session:
            session.execute(renamed, execution_options=UNAUDITED)
            place = session.scalars(select(Place).order_by(Place.id).limit(1)).one()
            audit.note(session, place, "update", {"name": (None, "里")})
            if told:
                audit.as_one(session, session.scalars(select(Subdistrict)).one(), "update", {"places": (None, 2)})

    with pytest.raises(RuntimeError, match="rows of place are written in bulk"):
        write(told=False)
    write(told=True)

    with reading_as_system("test") as session:
        assert {name.count("里里") for name in session.scalars(select(Place.name))} == {0}
    assert entries(table="subdistrict", operation="update") != []


def test_every_insert_update_and_delete_has_its_entry(world: World) -> None:
    with writing(world.secretary) as session:
        session.add(Place(community_id=world.here, name="东里", kind=PlaceKind.STREET))
    with writing(world.secretary) as session:
        place = session.scalars(select(Place).where(Place.name == "东里")).one()
        place.name, place.households = "西里", 12
    with writing(world.secretary) as session:
        session.delete(session.scalars(select(Place).where(Place.name == "西里")).one())

    added, changed, removed = entries(table="place")[-3:]
    assert (added.operation, changed.operation, removed.operation) == ("insert", "update", "delete")
    assert changed.changes == {"name": ["东里", "西里"], "households": [0, 12]}
    assert added.changes["name"] == [None, "东里"]
    assert removed.changes["name"] == ["西里", None]
    assert {entry.actor_id for entry in (added, changed, removed)} == {world.secretary.id}
    assert {entry.community_id for entry in (added, changed, removed)} == {world.here}


def test_every_table_is_followed_unless_it_says_why_not(world: World) -> None:
    unfollowed = {m.class_.__tablename__ for m in Model.registry.mappers if not getattr(m.class_, "__audit__", True)}

    assert unfollowed == {
        "audit_entry", "audit_head", "request_key",  # the log itself
        "auth_session", "sign_in_ticket", "sign_in_failure", "draft",  # signing in has its own entries
        "thread_entry",  # a log of its own
        "complaint_step", "unit_event", "market_tally",  # so are these
        "door_ticket", "door_entry",  # a key of some minutes; what came of an entry is followed in its own table
        "imported_row", "column_mapping",  # the batch is followed, with the hash of its file
        "installation",  # written by upkeep, which says so itself
        "secret_vote", "assisted_entry", "slip_change",  # an entry would tell when somebody voted
        "need_standing", "need_flow", "place_demand", "service_day", "building_doors",  # derived
        "recorded_hours", "hours_to_ask",  # derived
        "running_number", "screen_state",
    }  # fmt: skip


def test_the_old_value_is_known_although_the_row_had_to_be_loaded_again(world: World) -> None:
    opening = an_opening(world, a_project(world), places=3)

    with writing(world.secretary) as session:
        row = session.get_one(Opening, opening)
        guarded(session, update(Opening).where(Opening.id == opening).values(filled=1), row, {"filled": (0, 1)})
        row.title = "水工"  # the guarded update expired the row: nothing of it is loaded

    assert entries(table="opening")[-1].changes == {"title": ["电工助手", "水工"]}
    assert entries(table="opening")[-2].changes == {"filled": [0, 1]}


def test_counters_know_where_a_need_stood_although_it_had_to_be_loaded_again(world: World) -> None:
    need = a_need(world)

    with writing(world.secretary) as session:
        row = session.get_one(Need, need)
        session.expire(row)
        row.stage = NeedStage.REGISTERED

    with reading_as_system("test") as session:
        assert counters.wrong(session) == []


def test_what_was_rolled_back_is_not_in_the_log(world: World) -> None:
    before = len(entries())

    with suppress(ZeroDivisionError), writing(world.secretary) as session:
        session.add(Place(community_id=world.here, name="东里", kind=PlaceKind.STREET))
        session.flush()
        raise ZeroDivisionError

    assert len(entries()) == before
    assert broken_at() is None


def test_what_a_savepoint_took_back_is_neither_in_the_log_nor_in_the_counters(world: World) -> None:
    need = a_need(world)
    before = len(entries())

    with writing(world.secretary) as session:
        session.add(Place(community_id=world.here, name="东里", kind=PlaceKind.STREET))
        session.flush()
        savepoint = session.begin_nested()
        session.get_one(Need, need).stage = NeedStage.REGISTERED
        session.add(Place(community_id=world.here, name="西里", kind=PlaceKind.STREET))
        session.flush()
        savepoint.rollback()
        with session.begin_nested():
            session.add(Place(community_id=world.here, name="南里", kind=PlaceKind.STREET))

    assert [entry.changes["name"][1] for entry in entries()[before:]] == ["东里", "南里"]
    with reading_as_system("test") as session:
        assert counters.wrong(session) == []


# --- what must not be readable in it -----------------------------------------------------------------------


def test_no_personal_and_no_secret_value_is_in_the_log(world: World) -> None:
    marks = ("欧阳青岚", "13800008888", "7栋暗号", "$2b$marker")
    household = a_household(world, room=marks[2])
    a_need(world, household_id=household, asker_name=marks[0], asker_phone=marks[1])
    volunteer = a_volunteer(world, phone=marks[1])
    with as_system("test") as session:
        person = Person(community_id=world.here, household_id=household, name=marks[0], phone=marks[1])
        session.add(person)
        session.flush()
        person.name, person.phone = marks[1], None
        session.get_one(Account, world.worker.id).password_hash = marks[3]
        audit.note(session, person, "read", {"name": (marks[0], marks[0])}, reason="核对")
        session.flush()
        session.delete(person)
    with writing(world.secretary) as session:
        session.get_one(type_of("volunteer"), volunteer).name = marks[0] * 2

    with engine().connect() as connection:
        log = str(connection.execute(text("SELECT * FROM audit_entry")).all())
    assert not [mark for mark in marks if mark in log or json.dumps(mark)[1:-1] in log]
    assert entries(table="person", operation="update")[-1].changes == {
        "name": ["•••"] * 2,
        "name_index": ["•••"] * 2,
        "phone": ["•••", None],
    }


def type_of(table: str) -> Any:
    return next(m.class_ for m in Model.registry.mappers if m.class_.__tablename__ == table)


def test_every_encrypted_column_is_marked_personal() -> None:
    from db.models.types import Encrypted

    columns = [
        column for mapper in Model.registry.mappers for column in inspect(mapper.class_).columns.values()
        if isinstance(column.type, Encrypted)
    ]  # fmt: skip

    assert len(columns) >= 8
    assert all(column.info.get("personal") for column in columns)


# --- the chain ---------------------------------------------------------------------------------------------

TAMPERING = {
    "an edited value": ("UPDATE audit_entry SET actor_name = 'x' WHERE id = 20", 20),
    "edited changes": ("UPDATE audit_entry SET changes = '{}' WHERE id = 20", 20),
    "an entry with its own hash anew": ("UPDATE audit_entry SET hash = repeat_x WHERE id = 20", 20),
    "a removed entry": ("DELETE FROM audit_entry WHERE id = 20", 20),
    "the first entry removed": ("DELETE FROM audit_entry WHERE id = 1", 1),
    "the last entry removed": ("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)", None),
    "two entries changed places": (
        "UPDATE audit_entry SET id = CASE id WHEN 20 THEN -21 WHEN 21 THEN -20 END WHERE id IN (20, 21)", 20
    ),
    "the head edited": ("UPDATE audit_head SET hash = repeat_x", None),
    "the head removed": ("DELETE FROM audit_head", None),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_found_where_it_happened(world: World, how: str) -> None:
    statement, expected = TAMPERING[how]
    last = entries()[-1].id
    assert broken_at() is None

    with engine().execution_options(writer=True).begin() as connection:
        connection.execute(text(statement.replace("repeat_x", f"'{'x' * 64}'")))
        connection.execute(text("UPDATE audit_entry SET id = -id WHERE id < 0"))

    if expected is None:
        expected = last if how == "the last entry removed" else last + 1
    assert broken_at() == expected


def test_eight_writers_keep_one_chain_without_a_gap(world: World) -> None:
    def write(worker: int) -> None:
        for number in range(50):
            with writing(world.secretary) as session:
                session.add(Place(community_id=world.here, name=f"{worker}-{number}", kind=PlaceKind.STREET))

    before = len(entries())
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    assert [entry.id for entry in entries()] == list(range(1, before + 401))
    assert broken_at() is None


def test_the_chain_can_be_walked_while_others_write(world: World) -> None:
    found: list[int | None] = []

    def write(worker: int) -> None:
        number = 0
        while number < 25 or len(found) < 3:
            with writing(world.secretary) as session:
                session.add(Place(community_id=world.here, name=f"{worker}-{number}", kind=PlaceKind.STREET))
            number += 1

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(write, worker) for worker in range(2)]
        while not all(writer.done() for writer in writers):
            found.append(broken_at())
        for writer in writers:
            writer.result()

    assert set(found) == {None}


def test_keys_that_are_numbers_do_not_break_the_chain(world: World) -> None:
    """JSON knows no such keys: what comes back from the database is text."""
    with as_system("test") as session:
        place = session.get_one(Place, world.place)
        audit.note(session, place, "update", {"counts": (None, {10: "a", 9: ["𠮷", {"b": 1.5}]})})

    assert broken_at() is None


def test_the_head_is_one_row(world: World) -> None:
    with reading_as_system("test") as session:
        head = session.scalars(select(AuditHead)).one()

    assert (head.entries, head.hash) == (entries()[-1].id, entries()[-1].hash)


def test_an_entry_tells_under_which_permission_or_for_what_reason(world: World) -> None:
    with as_system("夜间整理") as session:
        session.get_one(Place, world.place).households = 601

    last = entries()[-1]
    assert (last.actor_id, last.actor_name, last.reason) == (None, "system", "夜间整理")


def test_sessions_do_not_share_what_they_collect(world: World) -> None:
    with as_system("one") as outer:
        outer.get_one(Place, world.place).households = 602
        outer.flush()
        other = Session(engine())
        assert "audit" not in other.info
        other.close()

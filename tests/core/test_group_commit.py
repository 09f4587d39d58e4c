"""Writes of one moment are stored together, and exactly those are there that were acknowledged."""

import os
import secrets
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from db import audit
from db import engine as db_engine
from db.engine import action, carry_out, engine, reading_as_system
from db.errors import Refused, StorageFull
from db.group_commit import Groups
from db.models import AuditEntry, Place, RequestKey
from db.rules.permissions import Permission
from db.terms import PlaceKind
from tests.builders.world import World, build_world
from tests.support.an_action import name_place
from tests.support.waiting import wait_until

ROOT = Path(__file__).parent.parent.parent
WAYS = ("well", "twin", "refused", "fault", "doubled", "breaking")


@action(Permission.SIGN_WEEK, grouped=True)
def name_somehow(session: Session, *, name: str, way: str) -> dict[str, Any]:
    """Name a place; or write, and then fail in one of the ways in which an action fails."""
    stored = name_place(session, name=name)
    if way == "refused":
        raise Refused("closed")
    if way == "fault":
        raise ZeroDivisionError
    if way == "doubled":
        session.add(Place(id=stored["id"] - 1, community_id=session.info["actor"].community_id, name=name,
                          kind=PlaceKind.STREET))  # fmt: skip
        session.flush()
    if way == "breaking":
        session.connection().exec_driver_sql("ROLLBACK")  # as SQLite does by itself when it finds no room
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    return stored


@contextmanager
def all_in_one_moment(pieces: int) -> Iterator[None]:
    """The database is held until the first writer stands before it and the others stand behind that one."""
    with engine().execution_options(writer=True).connect() as held, held.begin():
        yield
        wait_until(lambda: len(db_engine._GROUPS._waiting) == pieces - 1, "everybody in line")


def commits() -> list[Connection]:
    """The commits of this process from now on."""
    seen: list[Connection] = []
    event.listen(engine(), "commit", seen.append)
    return seen


@pytest.mark.parametrize("seed", range(3))
def test_of_thirty_writes_in_one_moment_exactly_the_acknowledged_are_stored(small_world: World, seed: int) -> None:
    ways = [*WAYS, *Random(seed).choices(WAYS, k=24)]
    Random(seed).shuffle(ways)
    before = audit_entries()

    def send(number: int) -> Future[dict[str, Any]]:
        key = "the same" if ways[number] == "twin" else secrets.token_hex(8)
        return pool.submit(
            carry_out, small_world.secretary, key, name_somehow, name=f"{ways[number]}{number}", way=ways[number]
        )

    with ThreadPoolExecutor(len(ways)) as pool, all_in_one_moment(len(ways)):
        sent = [send(number) for number in range(len(ways))]
    told = {number: future.result() for number, future in enumerate(sent) if future.exception() is None}
    failed = {number: type(future.exception()) for number, future in enumerate(sent) if future.exception()}

    with reading_as_system("test") as session:
        stored = dict(session.execute(select(Place.id, Place.name).where(Place.name.op("GLOB")("[a-z]*[0-9]"))).all())
        keys = session.scalar(select(func.count()).select_from(RequestKey))
        assert audit.broken_at(session) is None
    assert {ways[number] for number in told} == {"well", "twin"}
    assert stored == {place["id"]: place["name"] for place in told.values()}
    assert len(stored) == keys == ways.count("well") + 1 == audit_entries() - before
    expected = {"refused": Refused, "fault": ZeroDivisionError, "doubled": IntegrityError, "breaking": StorageFull}
    assert failed == {number: expected[way] for number, way in enumerate(ways) if way in expected}


def audit_entries() -> int:
    with reading_as_system("test") as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_they_wait_for_the_disk_twice_and_not_thirty_times(small_world: World) -> None:
    ways = ["well", "refused"] * 15
    with ThreadPoolExecutor(30) as pool, all_in_one_moment(30):
        sent = [
            pool.submit(carry_out, small_world.secretary, f"k{number}", name_somehow, name=f"路{number}", way=way)
            for number, way in enumerate(ways)
        ]
        seen = commits()

    assert [future.exception() is None for future in sent].count(True) == 15
    # The one that held them up, the first in line (which may have been refused), and all others together.
    assert len(seen) <= 3


@pytest.mark.parametrize("begins", [True, False])
@pytest.mark.parametrize("broken", [OperationalError("COMMIT", {}, Exception("disk I/O error")), OSError("no disk")])
def test_when_the_commit_itself_fails_or_none_begins_all_are_told_and_nobody_tries_alone(
    broken: Exception, begins: bool
) -> None:
    held: Future[int] = Future()

    @contextmanager
    def begin() -> Iterator[Any]:
        if begins:
            yield "the group's connection"
        raise broken

    groups = Groups(begin)
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(groups.join, lambda _within: held.result())
        wait_until(lambda: groups._led, "the first one")
        others = [pool.submit(groups.join, lambda within: within) for _ in range(8)]
        wait_until(lambda: len(groups._waiting) == 8, "the others")
        held.set_result(1)

    assert first.result() == 1
    assert {future.exception() for future in others} == {broken}


def test_a_piece_that_asks_for_another_one_is_told_so_and_holds_nobody_up() -> None:
    groups = Groups(lambda: pytest.fail("alone"))
    with ThreadPoolExecutor(1) as pool:
        nested = pool.submit(groups.join, lambda _within: groups.join(lambda _inner: 1))
        with pytest.raises(RuntimeError, match="wait for itself"):
            nested.result(timeout=10)
        assert pool.submit(groups.join, lambda _within: 2).result(timeout=10) == 2


WRITERS = """
import sys, threading
from itertools import count
from sqlalchemy import select
from db.engine import carry_out, reading_as_system
from db.models import Account
from db.rules.permissions import Actor
from tests.core.test_group_commit import name_somehow

with reading_as_system("test") as session:
    row = session.get_one(Account, int(sys.argv[1]))
    actor = Actor(id=row.id, name=row.name, role=row.role, subdistrict_id=row.subdistrict_id,
                  community_id=row.community_id)

def write(thread):
    for number in count():
        name = f"{sys.argv[2]}-{thread}-{number}"
        carry_out(actor, name, name_somehow, name=name, way="well")
        sys.stdout.write(name + "\\n")
        sys.stdout.flush()

for thread in range(6):
    threading.Thread(target=write, args=(thread,)).start()
"""


def test_a_kill_in_mid_group_of_one_of_two_processes_loses_only_what_nobody_was_told(
    sqlite_database: str, tmp_path: Path
) -> None:
    world = build_world()
    acknowledged: list[str] = []

    def writer(name: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WRITERS, str(world.secretary.id), name]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))

    with writer("a") as one, writer("b") as other:
        for process in (one, other):
            assert process.stdout
            acknowledged += [process.stdout.readline().strip() for _ in range(60)]
            process.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]

    with reading_as_system("test") as session:
        stored = set(session.scalars(select(Place.name)))
        assert audit.broken_at(session) is None
    assert len(acknowledged) >= 120
    assert set(acknowledged) <= stored
    with sqlite3.connect(tmp_path / "test.db") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()

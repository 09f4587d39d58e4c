"""Writing: who still may, who came second, and what survives a crash of the database or of the app."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db import audit
from db import engine as db_engine
from db.actions.loading import load
from db.actions.numbering import next_number
from db.audit import UNAUDITED
from db.engine import action, as_system, carry_out, engine, reading_as_system, utc_now, writing
from db.errors import Busy, Conflict, NotFound, NotPermitted, NotSignedIn, WrongStage
from db.models import Account, AuditEntry, AuditHead, AuthSession, Model, Need, Opening, Place
from db.rules.permissions import Actor, Permission
from db.terms import NeedStage, PlaceKind, Role
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.volunteers import an_opening
from tests.builders.world import NOW, World, build_world
from tests.support.servers import PostgresServer
from tests.support.waiting import DEADLINE, wait_until

ROOT = Path(__file__).parent.parent.parent


# --- who still may -----------------------------------------------------------------------------------------


def signed_in(actor: Actor, *, hours: int = 1) -> Actor:
    """The actor with a sign-in of its own."""
    with as_system("test") as session:
        row = AuthSession(
            token_hash=f"{actor.id}", account_id=actor.id, created_at=NOW, last_seen_at=NOW,
            expires_at=utc_now() + timedelta(hours=hours),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return Actor(
            id=actor.id, name=actor.name, role=actor.role, subdistrict_id=actor.subdistrict_id,
            community_id=actor.community_id, sign_in_id=row.id,
        )  # fmt: skip


def _account(**values: Any) -> Callable[[Session, Actor], None]:
    def change(session: Session, actor: Actor) -> None:
        row = session.get_one(Account, actor.id)
        for name, value in values.items():
            setattr(row, name, value)

    return change


def _revoke(session: Session, actor: Actor) -> None:
    session.get_one(AuthSession, actor.sign_in_id).revoked_at = utc_now()


def _remove(session: Session, actor: Actor) -> None:
    session.delete(session.get_one(AuthSession, actor.sign_in_id))


def _expire(session: Session, actor: Actor) -> None:
    session.get_one(AuthSession, actor.sign_in_id).expires_at = utc_now() - timedelta(seconds=1)


def _move_away(session: Session, actor: Actor) -> None:
    session.get_one(Account, actor.id).community_id = session.scalar(
        select(Place.community_id).where(Place.name == "荷塘新村")
    )


ENDS: dict[str, Callable[[Session, Actor], None]] = {
    "the sign-in was revoked": _revoke,
    "the sign-in is not there any more": _remove,
    "the sign-in has expired": _expire,
    "the account was disabled": _account(disabled_at=NOW),
    "the role changed": _account(role=Role.AREA_WORKER),
    "the account moved to another community": _move_away,
}


@pytest.mark.parametrize("how", ENDS)
def test_nobody_writes_after(world: World, how: str) -> None:
    actor = signed_in(world.secretary)
    with writing(actor):
        pass

    with as_system("test") as session:
        ENDS[how](session, actor)

    with pytest.raises(NotSignedIn), writing(actor) as session:
        session.add(Place(community_id=world.here, name="东里", kind=PlaceKind.STREET))


def test_access_to_restricted_rows_ends_at_once(world: World) -> None:
    with as_system("test") as session:
        session.get_one(Account, world.secretary.id).sees_restricted = True
    trusted = Actor(
        id=world.secretary.id, name="", role=Role.SECRETARY, subdistrict_id=world.subdistrict, community_id=world.here,
        sees_restricted=True,
    )  # fmt: skip
    with writing(trusted):
        pass

    with as_system("test") as session:
        session.get_one(Account, world.secretary.id).sees_restricted = False

    with pytest.raises(NotSignedIn), writing(trusted):
        pass


def test_somebody_elses_sign_in_is_no_sign_in(world: World) -> None:
    other = signed_in(world.worker)
    borrowed = Actor(
        id=world.secretary.id, name="", role=Role.SECRETARY, subdistrict_id=world.subdistrict, community_id=world.here,
        sign_in_id=other.sign_in_id,
    )  # fmt: skip

    with pytest.raises(NotSignedIn), writing(borrowed):
        pass


# --- who came second ---------------------------------------------------------------------------------------


def test_a_stale_version_is_a_conflict(world: World) -> None:
    need = a_need(world)
    with writing(world.secretary) as session:
        seen = session.get_one(Need, need).version
        session.get_one(Need, need).title = "先到"

    with pytest.raises(Conflict), writing(world.worker) as session:
        load(session, Need, need, version=seen).title = "后到"

    with reading_as_system("test") as session:
        assert session.get_one(Need, need).title == "先到"


def test_of_two_editors_at_once_exactly_one_wins(world: World) -> None:
    need = a_need(world)
    both_have_loaded = threading.Barrier(2, timeout=DEADLINE)

    def edit(actor: Actor) -> str:
        # Read first, write then: as two people with the same form open do.
        with reading_as_system("test") as session:
            version = session.get_one(Need, need).version
        both_have_loaded.wait()
        try:
            with writing(actor) as session:
                load(session, Need, need, version=version).title = actor.name
        except Conflict:
            return "conflict"
        return "won"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(edit, [world.secretary, world.worker]))

    assert outcomes == ["conflict", "won"]


def test_two_transactions_that_both_loaded_cannot_both_write(world: World) -> None:
    """The version is also in the WHERE of the UPDATE: on PostgreSQL both may have read the same one."""
    need = a_need(world)

    def come_second() -> None:
        with writing(world.secretary) as session:
            row = session.get_one(Need, need)
            meanwhile = update(Need).where(Need.id == need).values(version=Need.version + 1)
            session.execute(meanwhile, execution_options=UNAUDITED | {"synchronize_session": False})
            row.title = "后到"

    with pytest.raises(Conflict):
        come_second()


@action(Permission.SCORE_NEED)
def score(session: Session, *, need_id: int) -> None:
    load(session, Need, need_id)


def test_loading_tells_what_is_missing_and_at_which_stage_it_cannot_be_done(world: World) -> None:
    need, theirs = a_need(world, stage=NeedStage.RESERVE), a_need(world, community_id=world.there)

    with pytest.raises(NotFound), writing(world.secretary) as session:
        load(session, Need, theirs)
    with pytest.raises(WrongStage):
        carry_out(world.secretary, "", score, need_id=need)


def test_numbers_are_given_without_gap_or_double_under_sixteen_writers(world: World) -> None:
    def take(worker: int) -> list[str]:
        taken = []
        for turn in range(6):
            try:
                with writing(world.secretary) as session:
                    number = next_number(session, world.here, "", 2026)
                    if (worker + turn) % 5 == 0:
                        raise ZeroDivisionError  # a failed submit gives its number back
                taken.append(number)
            except ZeroDivisionError:
                pass
        return taken

    with ThreadPoolExecutor(16) as pool:
        taken = [number for numbers in pool.map(take, range(16)) for number in numbers]

    assert len(taken) > 70
    assert sorted(taken) == [f"LL-2026-{number:04d}" for number in range(1, len(taken) + 1)]


def test_series_and_years_count_for_themselves(world: World) -> None:
    with as_system("test") as session:
        given = [
            next_number(session, world.here, series, year) for series, year in (("", 2026), ("P", 2026), ("", 2027))
        ]

    assert given == ["LL-2026-0001", "LL-P2026-0001", "LL-2027-0001"]


# --- what is tried again -----------------------------------------------------------------------------------


@action(Permission.SIGN_WEEK)
def overfill(session: Session, *, opening_id: int) -> None:
    row = session.get_one(Opening, opening_id)
    row.filled, row.closed = 99, True
    session.flush()


def test_a_broken_rule_of_a_table_is_not_tried_again_whatever_its_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statement names a column `closed`, which is also what a driver says of a lost connection."""
    opening = an_opening(world, a_project(world))
    tried_again: list[float] = []
    monkeypatch.setattr(time, "sleep", tried_again.append)

    with pytest.raises(IntegrityError):
        carry_out(world.secretary, "k1", overfill, opening_id=opening)

    assert tried_again == []


def test_a_database_that_is_gone_is_said_to_be_busy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YIQILAI_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    monkeypatch.setattr(time, "sleep", lambda _: None)
    db_engine.forget_engines()
    actor = Actor(id=1, name="", role=Role.SECRETARY, subdistrict_id=1, community_id=1)

    with pytest.raises(Busy):
        carry_out(actor, "k1", overfill, opening_id=1)
    db_engine.forget_engines()


@action(Permission.SIGN_WEEK)
def mark(session: Session, *, name: str) -> str:
    session.add(Place(community_id=session.info["actor"].community_id, name=name, kind=PlaceKind.STREET))
    return name


@pytest.fixture
def own_postgres(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL that this test may crash; unlike the shared one it acknowledges only what it has written."""
    with PostgresServer() as server:
        url = server.create_database("crash")
        monkeypatch.setenv("YIQILAI_DATABASE_URL", url)
        monkeypatch.setenv("YIQILAI_DATA_DIR", str(tmp_path))
        db_engine.forget_engines()
        with engine().begin() as connection:
            connection.execute(text("ALTER DATABASE crash SET synchronous_commit = on"))
        engine().dispose()
        Model.metadata.create_all(engine())
        with engine().begin() as connection:
            connection.execute(insert(AuditHead).values(id=1, entries=0, hash=audit.FIRST_HASH))
        yield server
        db_engine.forget_engines()


def test_a_crash_of_postgresql_in_mid_write_loses_and_doubles_nothing(own_postgres: PostgresServer) -> None:
    world = build_world()
    acknowledged: list[str] = []
    busy: list[str] = []
    stop = threading.Event()

    def submit(worker: int) -> None:
        number = 0
        while not stop.is_set():
            name = f"{worker}-{number}"
            try:
                acknowledged.append(carry_out(world.secretary, f"key-{name}", mark, name=name))
                number += 1
            except Busy:
                busy.append(name)  # a person presses again: the same key

    with ThreadPoolExecutor(6) as pool:
        workers = [pool.submit(submit, worker) for worker in range(6)]
        try:
            for crash in (True, True, False):
                wanted = len(acknowledged) + 8
                wait_until(lambda: len(acknowledged) >= wanted, "eight more places", working=workers)  # noqa: B023
                if crash:
                    own_postgres.restart()
        finally:
            stop.set()
        for worker in workers:
            worker.result()

    with reading_as_system("test") as session:
        stored = list(session.scalars(select(Place.name).where(Place.name.like("%-%"))))
        whole = audit.broken_at(session)
    assert len(acknowledged) > 20
    assert set(acknowledged) <= set(stored), "lost"
    assert len(stored) == len(set(stored)), "doubled"
    assert len(set(stored) - set(acknowledged)) <= 6, "only what was in the air when the test ended"
    assert whole is None


WRITER = """
import sys
from db.engine import writing
from db.models import Place
from db.rules.permissions import Actor
from db.terms import PlaceKind, Role

actor = Actor(id=int(sys.argv[1]), name="", role=Role.SECRETARY, subdistrict_id=1, community_id=1)
for number in range(100_000):
    name = f"{sys.argv[2]}-{number}"
    with writing(actor, name) as session:
        session.add(Place(community_id=1, name=name, kind=PlaceKind.STREET))
    print(name, flush=True)
"""


def test_a_killed_app_loses_nothing_that_it_acknowledged(sqlite_database: str, tmp_path: Path) -> None:
    world = build_world()
    acknowledged: list[str] = []

    for turn in range(5):
        command = [sys.executable, "-c", WRITER, str(world.secretary.id), f"t{turn}"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as writer:
            assert writer.stdout
            acknowledged += [writer.stdout.readline().strip() for _ in range(20)]
            writer.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]

    with reading_as_system("test") as session:
        stored = set(session.scalars(select(Place.name)))
        logged = session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.table_name == "place"))
        assert audit.broken_at(session) is None
        assert logged == session.scalar(select(func.count(Place.id)))
    assert len(acknowledged) >= 100
    assert set(acknowledged) <= stored
    with sqlite3.connect(tmp_path / "test.db") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()


def test_sqlite_is_set_up_to_survive_a_power_cut(tmp_path: Path) -> None:
    made = db_engine.make_engine(f"sqlite:///{tmp_path}/in-use.db")  # the suite's own databases do without the disk
    with made.connect() as connection:
        settings = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    made.dispose()

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_an_action_refuses_a_session_of_nobody(world: World) -> None:
    with pytest.raises(NotPermitted), as_system("test") as session:
        mark(session, name="x")

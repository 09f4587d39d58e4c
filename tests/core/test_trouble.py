"""A full disk and a database that is away: what people are told, what health says, and that nothing is half stored."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from structlog.testing import capture_logs

from components.refusals.shown import sentence
from db import trouble
from db.actions.accounts.sign_in import open_attempt
from db.engine import as_system, carry_out, engine, reading_as_system, utc_now
from db.errors import Busy, StorageFull
from db.models import Place
from db.queries.accounts.health import LEAST_FREE, State, health
from db.terms import PlaceKind
from db.trouble import again, told
from pages.public import slip
from tests.builders.world import World
from tests.load.measure_slips import a_hall, cast_votes
from tests.support.an_action import name_place
from tests.support.phone import Phone

FULL, VOTERS = "存储空间已满", 40


@contextmanager
def no_room() -> Iterator[None]:
    """Within it no room is left: SQLite may take no further page, PostgreSQL says what it says of a full disk."""
    if engine().dialect.name == "sqlite":

        def limit(connection: object, _record: object) -> None:
            connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]  # no less than there are

        engine().dispose()
        event.listen(engine(), "connect", limit)
        yield
        event.remove(engine(), "connect", limit)
        engine().dispose()
        return
    with engine().begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
                " 'could not extend file \"base/5/16384\": No space left on device' USING ERRCODE = '53100'; END $$"
            )
        )
        for table in ("place", "sign_in_failure", "secret_vote"):
            connection.execute(text(f"CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()"))
    yield
    with engine().begin() as connection:
        connection.execute(text("DROP FUNCTION no_room CASCADE"))


@pytest.fixture
def full(world: World) -> Iterator[World]:
    with no_room():
        yield world


def places() -> int:
    with reading_as_system("test") as session:
        return session.scalar(select(func.count()).select_from(Place)) or 0


def fill_up(world: World) -> int:
    """Name places until there is no room; how many were acknowledged."""
    for number in range(500):
        try:
            carry_out(world.secretary, f"k{number}", name_place, name="长" * 40 + str(number))
        except StorageFull:
            return number
    raise AssertionError("the disk was never full")


def test_an_action_on_a_full_disk_says_so_and_stores_nothing_of_it(full: World) -> None:
    before = places()

    with capture_logs() as logs:
        stored = fill_up(full)

    assert places() == before + stored
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["storage.full"]
    assert FULL in sentence(StorageFull())


def test_voters_on_a_full_disk_read_a_sentence_and_vote_once_there_is_room(world: World) -> None:
    hall = a_hall(world.secretary.id, VOTERS)

    def vote(number: int) -> str:
        form: dict[str, Any] = {"ballot": str(hall.ballot), "choice": "for", "asks": hall.asks}
        return Phone(slip.routes).send(f"/v/{hall.codes[number]}", **form).text

    with no_room():
        fill_up(world)
        answers = [vote(number) for number in range(VOTERS)]
        received = ["已收到" in answer for answer in answers]
        assert {FULL in answer for answer, got in zip(answers, received, strict=True) if not got} == {True}
        assert cast_votes(hall.ballot) == sum(received), "no more and no less than was acknowledged"
        assert "感应灯" in Phone(slip.routes).get(f"/v/{hall.codes[0]}").text, "reading goes on"

    assert ["已收到" in vote(number) for number in range(VOTERS)] == [True] * VOTERS
    assert cast_votes(hall.ballot) == VOTERS


def test_health_is_not_well_when_a_write_found_no_room(full: World) -> None:
    assert health().well

    fill_up(full)

    assert (health().reading, health().writing) == (State.OK, State.FULL)
    trouble.FULL.last -= trouble.REMEMBERED
    assert health().well, "what was a minute ago is no news"


def test_whoever_signs_in_on_a_full_disk_is_told_so(full: World) -> None:
    """Signing in runs outside `carry_out`: whoever draws the page asks `told`."""
    fill_up(full)

    def try_on() -> None:
        for number in range(5000):
            open_attempt(f"n{number}", "10.0.0.1", now=utc_now())

    with pytest.raises(DBAPIError) as failed:
        try_on()

    assert isinstance(told(failed.value), StorageFull)


def test_little_room_is_told_before_it_is_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = os.statvfs(".")
    monkeypatch.setattr("db.queries.accounts.health.LEAST_FREE", usage.f_frsize * usage.f_blocks + LEAST_FREE)

    assert health().writing is State.FULL


def test_a_file_that_finds_no_room_is_a_full_disk_too() -> None:
    assert isinstance(told(OSError(errno.ENOSPC, "No space left on device")), StorageFull)
    assert isinstance(told(OSError(errno.EDQUOT, "Disk quota exceeded")), StorageFull)
    assert told(OSError(errno.EACCES, "Permission denied")) is None


def test_a_photo_that_finds_no_room_stops_the_action_with_that_sentence(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(session: object, *, name: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageFull):
        carry_out(world.secretary, "k", no_room, name="x")


def test_the_driver_s_own_errors_are_known() -> None:
    """PostgreSQL's classes as psycopg raises them."""

    def wrapped(kind: type[psycopg.Error], said: str) -> DBAPIError:
        return DBAPIError.instance("INSERT", {}, kind(said), psycopg.Error)  # type: ignore[return-value]

    assert isinstance(told(wrapped(psycopg.errors.DiskFull, "could not extend file")), StorageFull)
    assert type(told(wrapped(psycopg.errors.AdminShutdown, "terminating connection"))) is Busy
    assert (
        type(told(wrapped(psycopg.errors.ReadOnlySqlTransaction, "cannot execute INSERT in a read-only transaction")))
        is Busy
    )
    assert told(wrapped(psycopg.errors.SyntaxError, "syntax error")) is None


def test_what_may_be_done_twice_is_tried_again_and_no_fault_of_ours_is_hidden() -> None:
    tries: list[str] = []

    def late() -> str:
        tries.append("x")
        if len(tries) < 3:
            raise IntegrityError("INSERT", {}, Exception("twin"))
        return "done"

    assert again(late, IntegrityError) == "done"
    with pytest.raises(ZeroDivisionError):
        again(lambda: 1 // 0)
    tries.clear()

    def no_room() -> None:
        tries.append("x")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageFull):
        again(no_room)
    assert len(tries) == 1, "waiting makes no room"


def test_an_sqlite_file_that_may_not_be_written_is_read_only(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, how: not str(path).endswith(".db"))

    assert (health().reading, health().writing) == (State.OK, State.READ_ONLY)


def test_a_commit_that_finds_no_room_is_rolled_back_whole(tmp_path: Path, full: World) -> None:
    before = places()

    def add_many() -> None:
        with as_system("test") as session:
            for number in range(5000):
                session.add(Place(community_id=full.here, name=f"长{number}" * 20, kind=PlaceKind.STREET))
                session.flush()

    with pytest.raises(DBAPIError):
        add_many()

    assert places() == before

"""Backup, restore, verify and create-admin: from the command line, while others write."""

import json
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Interval, delete, func, select, text, update

from db import engine as db_engine
from db import hours_to_ask
from db.__main__ import main
from db.audit import UNAUDITED
from db.engine import as_system, carry_out, engine, reading_as_system, utc_now
from db.models import (
    Account,
    AuditEntry,
    AuthSession,
    Ballot,
    Need,
    NeedStanding,
    Opening,
    Place,
    SecretVote,
    Subdistrict,
)
from db.passwords import matches
from db.settings import secret_key, settings
from db.terms import NeedStage, PlaceKind, Role
from db.trouble import again
from db.upkeep import CannotDo
from db.upkeep.archive import LEFT_OUT, reader, tables
from db.upkeep.backup import backup
from db.upkeep.restore import restore
from db.upkeep.verify import CHECKS, verify
from tests.builders.needs import a_need
from tests.builders.world import World, build_world
from tests.support.an_action import name_place
from tests.support.every_table import columns_never_filled, fill_every_column
from tests.support.installed import empty_database, stamp
from tests.support.lived_in import live_in
from tests.support.waiting import wait_until


@pytest.fixture(autouse=True)
def _stamped(database: str, request: pytest.FixtureRequest) -> None:
    """The fixtures make tables without migrations; a real database also holds its revision."""
    if "world" in request.fixturenames:
        request.getfixturevalue("world")  # first: it comes as a whole database
    stamp()


def contents() -> dict[str, list[Any]]:
    """Every row of every table that a backup holds, as the application sees them."""
    with engine().connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables()
        }


def wrong() -> dict[str, str]:
    return {finding.check: finding.wrong for finding in verify() if not finding.well}


@pytest.fixture
def lived_in(world: World) -> World:
    """Needs, people, votes and a sign-in, made by the actions themselves."""
    live_in(world)
    return world


@pytest.fixture
def full(lived_in: World) -> World:
    """The same with a row in every table and a value in every column."""
    with engine().execution_options(writer=True).begin() as connection:
        fill_every_column(connection)
    with as_system("test") as session:
        hours_to_ask.renew(session)  # no flush saw the hours that were filled in
    return lived_in


# --- there and back ----------------------------------------------------------------------------------------


def test_a_restored_backup_is_the_same_row_by_row(full: World, tmp_path: Path) -> None:
    before = contents()
    assert [name for name, rows in before.items() if not rows] == []
    with engine().connect() as connection:
        assert list(columns_never_filled(connection)) == []
    backup(tmp_path / "b.zip")
    empty_database()

    _, safety = restore(tmp_path / "b.zip")

    after = contents()
    log, heads = after.pop("audit_entry"), after.pop("audit_head")
    assert log[:-1] == before.pop("audit_entry")
    assert heads != before.pop("audit_head")
    assert after == before
    assert sum(map(len, after.values())) > 50
    assert safety is None
    assert wrong() == {}


def test_the_log_tells_of_the_restore(lived_in: World, tmp_path: Path) -> None:
    backup(tmp_path / "b.zip")
    empty_database()
    manifest, _ = restore(tmp_path / "b.zip")

    with reading_as_system("test") as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.operation, last.reason) == ("restore", f"restored the backup of {manifest['made_at']}")


def test_after_a_restore_new_rows_get_new_numbers(lived_in: World, tmp_path: Path) -> None:
    backup(tmp_path / "b.zip")
    empty_database()
    restore(tmp_path / "b.zip")

    a_need(lived_in)
    again = carry_out(lived_in.secretary, "k1", name_place, name="西里")

    assert again["name"] == "东里", "a submit from before the backup is still known"
    assert wrong() == {}


def test_a_restore_revives_no_sign_in(lived_in: World, tmp_path: Path) -> None:
    backup(tmp_path / "b.zip")
    restore(tmp_path / "b.zip", replace=True)

    with reading_as_system("test") as session:
        assert session.scalars(select(AuthSession)).all() == []
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert not [name for name in archive.namelist() if Path(name).stem in LEFT_OUT]


def test_personal_data_is_not_readable_in_a_backup(lived_in: World, tmp_path: Path) -> None:
    backup(tmp_path / "b.zip")

    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        text_of_all = b"".join(archive.read(name) for name in archive.namelist())
    assert "楼道灯".encode() in text_of_all
    assert "欧阳青岚".encode() not in text_of_all
    assert b"13800008888" not in text_of_all
    assert secret_key().hex().encode() not in text_of_all
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0


def test_a_backup_moves_an_installation_to_the_other_engine(
    database: str, sqlite_template: Path, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = postgres_url
    if database.startswith("postgres"):
        shutil.copy(sqlite_template, tmp_path / "other.db")
        other = f"sqlite:///{tmp_path}/other.db"
    world = build_world()
    a_need(world, asker_name="欧阳青岚")
    before = contents()
    backup(tmp_path / "b.zip")

    monkeypatch.setenv("YIQILAI_DATABASE_URL", other)
    db_engine.forget_engines()
    stamp()
    restore(tmp_path / "b.zip", replace=True)

    after = contents()
    assert {name for name in before if before[name] != after[name]} == {"audit_entry", "audit_head"}
    assert wrong() == {}


def test_a_backup_that_cannot_be_read_back_is_none(lived_in: World, tmp_path: Path, monkeypatch: Any) -> None:
    """What a disk or a mistake of ours made of it shows at once, and not when it is needed."""
    monkeypatch.setattr("db.upkeep.backup.line", lambda row: json.dumps(["?" for _ in row]) + "\n")

    with pytest.raises(CannotDo, match="could not be read back"):
        backup(tmp_path / "sub" / "b.zip")

    assert list((tmp_path / "sub").iterdir()) == []


def test_a_column_of_a_kind_that_no_backup_knows_stops_it() -> None:
    with pytest.raises(TypeError, match="does not know"):
        reader(Column("x", Interval()))


# --- while others write ------------------------------------------------------------------------------------


@dataclass
class Writers:
    """People who work on."""

    count: int
    acknowledged: list[str] = field(default_factory=list)
    working: list[Future[None]] = field(default_factory=list)

    def go_on(self, least: int) -> None:
        """Wait until each has written, and all together at least so many more."""
        wanted, firsts = len(self.acknowledged) + least, {f"{worker}-0" for worker in range(self.count)}
        wait_until(
            lambda: len(self.acknowledged) >= wanted and firsts <= set(self.acknowledged),
            f"{least} more places from {self.count} writers",
            working=self.working,
        )


@contextmanager
def writers(world: World, count: int = 4) -> Iterator[Writers]:
    """People who work on while the block runs."""
    people = Writers(count)
    stop = threading.Event()

    def work(worker: int) -> None:
        number = 0
        while not stop.is_set():
            name = f"{worker}-{number}"
            carry_out(world.secretary, f"w-{name}", name_place, name=name)
            people.acknowledged.append(name)
            again(lambda: a_need(world))  # a restore may take longer than a lock is waited for, on a busy machine
            number += 1

    with ThreadPoolExecutor(count) as pool:
        people.working = [pool.submit(work, worker) for worker in range(count)]
        try:
            yield people
        finally:
            stop.set()
        for worker in people.working:
            worker.result()


def test_a_backup_is_one_moment_although_others_write(lived_in: World, tmp_path: Path) -> None:
    with writers(lived_in) as people:
        people.go_on(8)
        sure = list(people.acknowledged)
        for number in range(3):
            backup(tmp_path / f"{number}.zip")

    for number in range(3):
        empty_database()
        restore(tmp_path / f"{number}.zip")
        with reading_as_system("test") as session:
            names = set(session.scalars(select(Place.name)))
        assert set(sure) <= names
        assert wrong() == {}


def test_a_restore_replaces_everything_although_others_write(lived_in: World, tmp_path: Path) -> None:
    backup(tmp_path / "b.zip")

    with writers(lived_in, 2) as people:
        people.go_on(6)
        _, safety = restore(tmp_path / "b.zip", replace=True)
        people.go_on(4)
    assert wrong() == {}

    assert safety is not None
    restore(safety, replace=True)
    with reading_as_system("test") as session:
        assert {"0-0", "1-0"} <= set(session.scalars(select(Place.name)))
    assert wrong() == {}


def test_everything_can_be_verified_while_others_write(lived_in: World) -> None:
    found = []
    with writers(lived_in) as people:
        for _ in range(3):
            people.go_on(1)
            found.append(wrong())

    assert found == [{}, {}, {}]


# --- what is refused ---------------------------------------------------------------------------------------


def edited(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    target = path.with_name(f"edited-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            new.writestr(member, change(data) if member == name else data)
    return target


def manifest_with(**values: Any) -> Callable[[bytes], bytes]:
    return lambda data: json.dumps(json.loads(data) | values).encode()


REFUSED: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "another schema": (
        "manifest.json",
        manifest_with(revision="0999"),
        "0999, which this version .* does not know",
    ),
    "another key": ("manifest.json", manifest_with(key="0" * 16), "another secret key"),
    "another product": ("manifest.json", manifest_with(product="x"), "another program"),
    "a later format": ("manifest.json", manifest_with(format=99), "later version"),
    "no tables": ("manifest.json", manifest_with(tables={}), "damaged"),
    "not JSON": ("manifest.json", lambda _: b"{", "damaged"),
    "an edited row": ("tables/place.jsonl", lambda data: data.replace("柳林".encode(), "木木".encode()), "damaged"),
    "a lost row": ("tables/need.jsonl", lambda data: data.split(b"\n", 1)[1], "damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_backup_that_does_not_fit_changes_nothing(lived_in: World, tmp_path: Path, what: str) -> None:
    member, change, words = REFUSED[what]
    backup(tmp_path / "b.zip")
    bad = edited(tmp_path / "b.zip", member, change)
    before = contents()

    with pytest.raises(CannotDo, match=words):
        restore(bad, replace=True)

    assert contents() == before
    assert not list(tmp_path.glob("before-restore-*"))


def test_a_file_that_is_no_backup_is_said_to_be_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.zip").write_bytes(b"PK not really")

    assert main(["restore", str(tmp_path / "photo.zip")]) == 1
    assert main(["restore", str(tmp_path / "nothing.zip")]) == 1
    assert "is not a backup" in (said := capsys.readouterr().err)
    assert "There is no file" in said


def test_a_database_in_use_is_not_overwritten_by_mistake(lived_in: World, tmp_path: Path) -> None:
    backup(tmp_path / "b.zip")

    with pytest.raises(CannotDo, match="--replace"):
        restore(tmp_path / "b.zip")
    with pytest.raises(CannotDo, match="exists already"):
        backup(tmp_path / "b.zip")


def test_a_backup_that_fails_leaves_no_half_a_file(lived_in: World, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("db.upkeep.backup.line", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        backup(tmp_path / "sub" / "b.zip")

    assert list((tmp_path / "sub").iterdir()) == []


# --- verify ------------------------------------------------------------------------------------------------


def _miscounted_ballot(session: Any, _: World) -> None:
    session.execute(update(Ballot).values(votes_for=9), execution_options=UNAUDITED)


def _vanished_slip(session: Any, _: World) -> None:
    one = select(func.min(SecretVote.id)).where(SecretVote.choice.is_not(None)).scalar_subquery()
    session.execute(delete(SecretVote).where(SecretVote.id == one), execution_options=UNAUDITED)


def _statement(statement: Any) -> Callable[[Any, World], None]:
    return lambda session, _: session.execute(statement, execution_options=UNAUDITED)


DAMAGE: dict[str, Callable[[Any, World], None]] = {
    "the audit log is unbroken": _statement(update(AuditEntry).where(AuditEntry.id == 5).values(actor_name="x")),
    "counters agree with the needs": _statement(update(NeedStanding).values(needs=9)),
    "places taken in openings agree with the teams": _statement(update(Opening).values(filled=1)),
    "voices of a need agree with the households that asked": _statement(
        update(Need).where(Need.stage != NeedStage.MERGED).values(voices=9)
    ),
    "merged needs point at a need that stands for itself": _statement(
        update(Need).where(Need.id == 1).values(merged_into_id=2)
    ),
    "the books of every closed ballot balance": _vanished_slip,
    "closed ballots were counted right": _miscounted_ballot,
    "personal data opens with the secret key": _statement(
        text("UPDATE need SET asker_name = :nonsense WHERE asker_name IS NOT NULL").bindparams(nonsense=b"0" * 40)
    ),
}


@pytest.mark.parametrize("check", DAMAGE)
def test_verify_finds(lived_in: World, check: str) -> None:
    assert wrong() == {}

    with as_system("test") as session:
        DAMAGE[check](session, lived_in)

    assert check in wrong()


def test_verify_finds_references_that_lead_nowhere(lived_in: World) -> None:
    with engine().execution_options(writer=True).connect() as connection:
        if connection.dialect.name == "postgresql":
            with connection.begin():
                connection.execute(text("ALTER TABLE need DROP CONSTRAINT fk_need_place_id"))
        else:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
            with connection.begin():
                connection.execute(text("UPDATE need SET place_id = 999"))

    found = wrong()
    if engine().dialect.name == "postgresql":
        with engine().begin() as connection:
            connection.execute(
                text("ALTER TABLE need ADD CONSTRAINT fk_need_place_id FOREIGN KEY (place_id) REFERENCES place (id)")
            )

    assert "need" in found["every reference leads to a row"]


def test_every_check_but_that_of_the_file_is_proven_to_bite() -> None:
    elsewhere = {"every photo is there and opens"}  # tests/core/test_photo_upkeep.py
    proven = set(DAMAGE) | {"every reference leads to a row"} | elsewhere

    assert set(CHECKS) - proven == {"the database file is sound"}


def test_verify_prints_a_line_a_check_and_says_it_with_the_exit_code(
    lived_in: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify"]) == 0
    assert capsys.readouterr().out.count("✓") == len(CHECKS)

    with as_system("test") as session:
        session.execute(update(Opening).values(filled=1), execution_options=UNAUDITED)

    assert main(["verify"]) == 1
    assert "✗ places taken in openings agree with the teams: opening 1" in capsys.readouterr().out


# --- the commands ------------------------------------------------------------------------------------------


def test_backup_and_restore_on_the_command_line(
    lived_in: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "b.zip")]) == 0
    assert "Keep the secret key" in capsys.readouterr().out
    assert main(["backup", str(tmp_path / "b.zip")]) == 1
    assert main(["restore", str(tmp_path / "b.zip")]) == 1
    assert main(["restore", str(tmp_path / "b.zip"), "--replace"]) == 0
    assert str(settings().data_dir / "before-restore-") in capsys.readouterr().out


def test_create_admin_prints_a_password_that_must_be_changed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["create-admin", "--username", "Chen.Admin", "--name", "陈晓", "--subdistrict", "澄湖街道"]

    assert main(arguments) == 0
    password = capsys.readouterr().out.split("One-time password: ")[1].split("\n")[0]
    assert main(arguments) == 1
    assert "already" in capsys.readouterr().err

    with reading_as_system("test") as session:
        account = session.scalars(select(Account).where(Account.username == "chen.admin")).one()
    assert (account.role, account.subdistrict_id) == (Role.SUBDISTRICT_ADMIN, world.subdistrict)
    assert account.must_change_password
    assert matches(password, account.password_hash)
    assert utc_now() - account.created_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("option", "value"), [("--username", "x"), ("--username", "a b"), ("--name", "长" * 61), ("--subdistrict", "没有")]
)
def test_create_admin_says_what_is_wrong(
    world: World, option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = {"--username": "chen", "--name": "陈晓", "--subdistrict": "澄湖街道"} | {option: value}

    assert main(["create-admin", *(word for pair in arguments.items() for word in pair)]) == 1

    assert capsys.readouterr().err.count("\n") == 1


def test_create_admin_makes_the_first_subdistrict(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["chen", "陈晓", "新街道"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))

    assert main(["create-admin"]) == 0

    with reading_as_system("test") as session:
        assert session.scalars(select(Subdistrict.name)).all() == ["新街道"]


def test_an_old_schema_is_told_and_not_touched(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with engine().execution_options(writer=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    assert main(["backup", str(tmp_path / "b.zip")]) == 1
    assert main(["verify"]) == 1
    assert capsys.readouterr().err.count("python -m db migrate") == 2


def test_files_that_cannot_be_written_are_named(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "/proc/nowhere/b.zip"]) == 1

    assert "/proc/nowhere" in capsys.readouterr().err


def test_what_people_enter_keeps_its_kind(lived_in: World) -> None:
    """The comparison row by row would not see a place whose kind became a word."""
    with reading_as_system("test") as session:
        assert session.scalars(select(Place.kind)).first() is PlaceKind.ESTATE


def test_a_start_teaches_sqlite_the_sizes_of_its_tables(world: World) -> None:
    assert main(["migrate"]) == 0

    if engine().dialect.name == "sqlite":
        with engine().connect() as connection:
            known = {row.tbl for row in connection.execute(text("SELECT tbl FROM sqlite_stat1"))}
        assert {"account", "place", "community"} <= known

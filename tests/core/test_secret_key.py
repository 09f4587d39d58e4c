"""The secret key and the data belong together: another key, or none where data exists, stops every command."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, func, select, type_coerce, update

from db import engine as db_engine
from db.__main__ import main
from db.engine import as_system, engine, reading_as_system
from db.models import Household, Installation, Model, Person, Place, SignInFailure
from db.models.types import Encrypted, encrypt_all
from db.settings import KeyTrouble, key_fingerprint, secret_key, settings
from db.upkeep.backup import backup
from db.upkeep.indexes import INDEX_OF
from db.upkeep.schema import migrate
from db.upkeep.verify import verify
from tests.builders.world import build_world
from tests.support.demo import KEY
from tests.support.every_model import BENEATH_THE_LOG
from tests.support.every_table import fill_every_column
from tests.support.lived_in import live_in
from tests.support.servers import AppServer, PostgresServer, ServerNotStarted

OTHER = "22" * 32
FITS = "personal data opens with the secret key"


def use_key(patch: pytest.MonkeyPatch, key: str) -> None:
    """The next start has this key; "" is the one of the file."""
    patch.setenv("YIQILAI_SECRET_KEY", key)
    db_engine.forget_engines()
    forget_key()


def forget_key() -> None:
    from db.models import slip, types

    secret_key.cache_clear()
    for cached in (types._cipher, types._index_key):
        cached.cache_clear()
    for cached in vars(slip).values():
        if hasattr(cached, "cache_clear") and cached.__module__ == slip.__name__:
            cached.cache_clear()


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> object:
    yield
    monkeypatch.setenv("YIQILAI_SECRET_KEY", KEY)
    db_engine.forget_engines()
    forget_key()


class Kept:
    """A migrated database with people in it, made once on each engine and copied from then on."""

    def __init__(self, folder: Path, root: Path, name: str) -> None:
        self.file, self.root, self.name = folder / "kept.db", root, name
        self.server: PostgresServer | None = None

    def lay(self, url: str) -> None:
        if url.startswith("sqlite"):
            target = Path(url.removeprefix("sqlite:///"))
            if not self.file.exists():
                self._make(url)
                shutil.copy(target, self.file)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.file, target)
            return
        used = url.rsplit("/", 1)[1]
        if self.server is None:
            self.server = PostgresServer.shared(self.root)
            self._make(url)
            self.server.drop_database(self.name)
            self.server.create_database(self.name, template=used)
        else:
            self.server.drop_database(used)
            self.server.create_database(used, template=self.name)

    def _make(self, url: str) -> None:
        migrate(url)
        live_in(build_world())
        db_engine.forget_engines()

    def end(self) -> None:
        if self.server:
            self.server.drop_database(self.name)
            self.server.stop()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Kept]:
    root = tmp_path_factory.getbasetemp()
    kept = Kept(tmp_path_factory.mktemp("kept"), root if worker_id == "master" else root.parent, f"kept_{worker_id}")
    yield kept
    kept.end()


@pytest.fixture
def lived_in(url: str, kept: Kept) -> str:
    """A migrated database with people in it, written with the suite's key."""
    kept.lay(url)
    return url


COMMANDS = (["migrate"], ["verify"], ["backup", "b.zip"], ["demo"], ["create-admin", "--username", "li", "--name", "李",
            "--subdistrict", "澄湖街道"])  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_command_goes_on_with_another_key(
    lived_in: str,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use_key(monkeypatch, OTHER)
    monkeypatch.chdir(tmp_path)

    assert main(command) == 1

    told = capsys.readouterr().err
    assert "written with another secret key" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_command_makes_a_key_where_data_exists(
    lived_in: str,
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use_key(monkeypatch, "")
    monkeypatch.chdir(tmp_path)

    assert main(command) == 1

    told = capsys.readouterr().err
    assert "There is no secret key" in told
    assert told.count("\n") == 1
    assert not (settings().data_dir / "secret.key").exists()


def test_a_restore_needs_the_key_of_the_backup_and_makes_none(
    lived_in: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup(tmp_path / "b.zip")
    monkeypatch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{tmp_path}/fresh/new.db")
    for key, said in (("", "no secret key"), (OTHER, "made with another secret key")):
        use_key(monkeypatch, key)

        assert main(["restore", str(tmp_path / "b.zip")]) == 1
        assert said in capsys.readouterr().err
    assert not (settings().data_dir / "secret.key").exists()


def test_a_restore_does_not_replace_data_that_the_key_cannot_open(
    lived_in: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was there before would be kept in a backup that says it has this key."""
    use_key(monkeypatch, OTHER)
    monkeypatch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{tmp_path}/other/other.db")
    db_engine.forget_engines()
    migrate()
    backup(tmp_path / "other.zip")
    monkeypatch.setenv("YIQILAI_DATABASE_URL", lived_in)
    db_engine.forget_engines()

    assert main(["restore", str(tmp_path / "other.zip"), "--replace"]) == 1

    assert "written with another secret key" in capsys.readouterr().err
    assert not list(tmp_path.glob("before-restore-*"))


@pytest.mark.parametrize(("key", "said"), [(OTHER, "another secret key"), ("", "There is no secret key")])
def test_a_database_of_before_the_fingerprint_shows_its_key_by_its_data(
    lived_in: str, key: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    migrate(lived_in, down="0001")
    use_key(monkeypatch, key)

    assert main(["migrate"]) == 1
    assert said in capsys.readouterr().err

    use_key(monkeypatch, KEY)
    assert main(["migrate"]) == 0
    with reading_as_system("test") as session:
        assert session.scalars(select(Installation.key_fingerprint)).all() == [key_fingerprint()]


def test_an_empty_installation_makes_its_key_once(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_key(monkeypatch, "")
    migrate(url)
    made = (tmp_path / "secret.key").read_text()

    migrate(url)

    assert (tmp_path / "secret.key").read_text() == made
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    assert made not in json.dumps(contents_of_installation())


def contents_of_installation() -> list[list[object]]:
    with engine().connect() as connection:
        return [list(row) for row in connection.execute(select(Installation.__table__))]


@pytest.mark.parametrize("key", ["nonsense", "11" * 31, "zz" * 32])
def test_what_is_no_key_is_told(
    url: str, key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_key(monkeypatch, key)

    assert main(["migrate"]) == 1

    assert "YIQILAI_SECRET_KEY is not a secret key: it must hold 64 hex digits" in (told := capsys.readouterr().err)
    assert key not in told


def test_a_process_that_started_before_the_database_writes_nothing_with_another_key(
    lived_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second host, or one whose database was away when it started: every connection is checked."""
    use_key(monkeypatch, OTHER)

    with pytest.raises(KeyTrouble, match="another secret key"), as_system("test") as session:
        session.add(SignInFailure(username_index="x", address_index="x", at=db_engine.utc_now()))
    with pytest.raises(KeyTrouble), reading_as_system("test") as session:
        session.scalars(select(Place.name)).all()

    use_key(monkeypatch, KEY)
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(SignInFailure)) == 0


@pytest.mark.parametrize(("key", "said"), [(OTHER, "another secret key"), ("", "There is no secret key")])
def test_the_app_does_not_start(lived_in: str, key: str, said: str, tmp_path: Path) -> None:
    app = AppServer(tmp_path / "run", {"YIQILAI_DATABASE_URL": lived_in, "YIQILAI_SECRET_KEY": key})

    with pytest.raises(ServerNotStarted):
        app.start()

    assert said in app.output()
    assert "Traceback" not in app.output()
    assert not list(tmp_path.rglob("secret.key"))


# --- verify ------------------------------------------------------------------------------------------------


def _wrong() -> str:
    return {finding.check: finding.wrong for finding in verify()}[FITS]


def _named() -> set[str]:
    """The columns that it complains about."""
    return set(_wrong().removeprefix("written with another key, or damaged: ").split(", "))


COLUMNS = [
    (table.name, column.name)
    for table in Model.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Encrypted)
]


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with rows in every table, to copy."""
    path = tmp_path_factory.mktemp("full") / "full.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{path}")
        patch.setenv("YIQILAI_DATA_DIR", str(path.parent))
        db_engine.forget_engines()
        migrate()
        live_in(build_world())
        with engine().execution_options(writer=True).begin() as connection:
            fill_every_column(connection)
        db_engine.forget_engines()
    return path


@pytest.fixture
def full(full_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in full_file.parent.glob("full.db*"):
        shutil.copy(file, tmp_path)
    monkeypatch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{tmp_path}/full.db")
    monkeypatch.setenv("YIQILAI_DATA_DIR", str(tmp_path))
    db_engine.forget_engines()


@pytest.mark.parametrize("end", ["min", "max"])
@pytest.mark.parametrize("half", [0, 1])
def test_verify_opens_the_oldest_and_the_newest_value_of_every_column(
    full: None, half: int, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every second column is spoilt: these are named, and none of those between."""
    assert _wrong() == ""
    with monkeypatch.context() as patch:
        use_key(patch, OTHER)
        foreign = encrypt_all(["某人"])[0]
    use_key(monkeypatch, KEY)

    with engine().execution_options(writer=True).begin() as connection:
        for table, column in COLUMNS[half::2]:
            of = Model.metadata.tables[table]
            at = select(getattr(func, end)(of.c.id)).where(of.c[column].is_not(None)).scalar_subquery()
            connection.execute(update(of).where(of.c.id == at).values({column: type_coerce(foreign, LargeBinary)}))

    assert _named() & {f"{table}.{column}" for table, column in COLUMNS} == {
        f"{table}.{column}" for table, column in COLUMNS[half::2]
    }


@pytest.mark.parametrize("left", [b"", b"cut", b"0123456789ab"])
def test_verify_names_the_column_of_a_value_that_was_cut_short(full: None, left: bytes) -> None:
    with engine().execution_options(writer=True).begin() as connection:
        person = Model.metadata.tables["person"]
        connection.execute(update(person).values({"name": type_coerce(left, LargeBinary)}))

    assert "person.name" in _wrong()


@pytest.mark.parametrize("end", [func.min, func.max])
@pytest.mark.parametrize("half", [0, 1])
def test_verify_compares_the_oldest_and_the_newest_blind_index(full: None, half: int, end: Any) -> None:
    spoilt = list(INDEX_OF)[half::2]
    for column in spoilt:
        model = column.class_
        at = select(end(model.id)).where(column.is_not(None)).scalar_subquery()
        with as_system("test") as session:
            session.execute(
                update(model).where(model.id == at).values({column.key: "0" * 32}), execution_options=BENEATH_THE_LOG
            )

    assert _named() == {str(column) for column in spoilt}


def test_every_blind_index_is_compared_or_says_why_not() -> None:
    indexes = {
        f"{table.name}.{column.name}"
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_index")
    }
    compared = {f"{column.class_.__tablename__}.{column.key}" for column in INDEX_OF}

    assert indexes - compared == {
        "sign_in_failure.username_index",
        "sign_in_failure.address_index",
        "recovery_code.code_index",
    }, "what was typed is kept nowhere: there is nothing to compare with"
    assert {Household.door_index.key, Person.phone_index.key, Person.name_index.key} <= {c.key for c in INDEX_OF}

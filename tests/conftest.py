"""Fixtures of the whole suite: a fresh database on both engines, and people to act in it."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, insert, text
from streamlit.components.v2 import manifest_scanner

os.environ["YIQILAI_SECRET_KEY"] = "11" * 32  # the same key in every worker and every server a test starts

from db import audit
from db import engine as db_engine
from db.demo import build
from db.models import AuditHead, Model
from db.settings import secret_key, settings
from db.upkeep.schema import migrate
from tests.builders import World, build_world
from tests.demo import Demo, find_demo
from tests.servers import PostgresServer

# Every AppTest looks through all installed packages for components of theirs: half of the time of a page test, for the
# same answer each time.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

hypothesis_settings.register_profile(
    "suite", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
hypothesis_settings.load_profile("suite")


def _fill(engine) -> None:  # type: ignore[no-untyped-def]
    Model.metadata.create_all(engine)
    with engine.execution_options(writer=True).begin() as connection:
        connection.execute(insert(AuditHead).values(id=1, entries=0, hash=audit.FIRST_HASH))


def _point_at(monkeypatch: pytest.MonkeyPatch, url: str, folder: Path) -> None:
    monkeypatch.setenv("YIQILAI_DATABASE_URL", url)
    monkeypatch.setenv("YIQILAI_DATA_DIR", str(folder))
    db_engine.forget_engines()
    settings.cache_clear()
    secret_key.cache_clear()


def _empty(connection: Connection) -> None:
    """Delete from the tables that hold rows and start their numbers anew: a tenth of the time of a TRUNCATE of all."""
    names = [table.name for table in Model.metadata.sorted_tables]
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)  # noqa: S608 - our own table names
    connection.execute(text("SET LOCAL session_replication_role = replica"))  # no foreign-key checks meanwhile
    for name in connection.execute(text(asked)).scalars().all():
        connection.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608 - our own table names
    used = text("SELECT quote_ident(sequencename) FROM pg_sequences WHERE last_value IS NOT NULL")
    for sequence in connection.execute(used).scalars().all():
        connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database file to copy, so that a test pays for a copy and not for sixty CREATE TABLEs."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = db_engine.make_engine(f"sqlite:///{path}")
    _fill(engine)
    engine.dispose()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return path


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A database of this worker on the one real PostgreSQL server that all workers share."""
    root = tmp_path_factory.getbasetemp()
    server = PostgresServer.shared(root if worker_id == "master" else root.parent)
    url = server.create_database(f"suite_{worker_id}")
    engine = db_engine.make_engine(url)
    _fill(engine)
    engine.dispose()
    yield url
    server.stop()


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A fresh SQLite database that `db.engine` points at."""
    path = tmp_path / "test.db"
    shutil.copy(sqlite_template, path)
    _point_at(monkeypatch, f"sqlite:///{path}", tmp_path)
    yield f"sqlite:///{path}"
    db_engine.forget_engines()


@pytest.fixture
def postgres_database(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The worker's PostgreSQL database, emptied, that `db.engine` points at."""
    _point_at(monkeypatch, postgres_url, tmp_path)
    with db_engine.engine().begin() as connection:
        _empty(connection)
        connection.execute(insert(AuditHead).values(id=1, entries=0, hash=audit.FIRST_HASH))
    yield postgres_url
    db_engine.forget_engines()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """A fresh database on each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented subdistrict as an SQLite file to copy; built once a worker."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        _point_at(patch, f"sqlite:///{folder / 'demo.db'}", folder)
        migrate()
        build(progress=False)
        db_engine.forget_engines()
    settings.cache_clear()
    secret_key.cache_clear()
    with sqlite3.connect(folder / "demo.db") as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "demo.db"


@pytest.fixture(scope="session")
def demo_found(demo_template: Path) -> Demo:
    """Who and what is in the invented subdistrict: looked up once a worker."""
    with pytest.MonkeyPatch.context() as patch:
        _point_at(patch, f"sqlite:///{demo_template}", demo_template.parent)
        found = find_demo(f"sqlite:///{demo_template}")
        db_engine.forget_engines()
    settings.cache_clear()
    secret_key.cache_clear()
    return found


@pytest.fixture
def demo_database(
    demo_template: Path, demo_found: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Demo]:
    """A fresh copy of the invented subdistrict that `db.engine` points at."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_template, path)
    _point_at(monkeypatch, f"sqlite:///{path}", tmp_path)
    yield replace(
        demo_found, url=f"sqlite:///{path}", accounts=dict(demo_found.accounts), object_of=dict(demo_found.object_of)
    )
    db_engine.forget_engines()


@pytest.fixture
def world(database: str) -> World:
    """A subdistrict with two communities and one person for every role, on each engine in turn."""
    return build_world()


@pytest.fixture
def small_world(sqlite_database: str) -> World:
    """The same, on SQLite only: for pages, where the engine makes no difference."""
    return build_world()

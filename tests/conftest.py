"""Fixtures of the whole suite: a fresh database on both engines, and people to act in it."""

import gc
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine, event, insert
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.state import session_state_proxy

from tests.support.demo import KEY, Demo, demo_file, find_demo, run_folder

os.environ["YIQILAI_SECRET_KEY"] = KEY

from components.screen import shared
from db import audit, trouble
from db import engine as db_engine
from db.models import AuditHead, Model
from db.queries.people import groups
from db.queries.results import circle
from db.settings import secret_key, settings
from db.upkeep import schema
from tests.builders.world import World, build_world
from tests.support.servers import PostgresServer

# Every AppTest looks through all installed packages for components of theirs: half of the time of a page test, for the
# same answer each time.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

gc.disable()  # millions of objects come with the modules and the tests, and stay: on again when all are there


LONG = ("load", "journeys", "core", "pages", "canary", "public")
"""Folders with files that take minutes, also with a single test in them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first: at the end no worker waits for another that has just begun one (`make test`)."""
    turn = [f"tests/{folder}/" for folder in LONG]
    items.sort(key=lambda item: next((n for n, top in enumerate(turn) if item.nodeid.startswith(top)), len(turn)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """What is loaded by now is never looked through again, as in the app (`pages/public/startup.py`)."""
    gc.freeze()
    gc.enable()


hypothesis_settings.register_profile(
    "suite", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
hypothesis_settings.load_profile("suite")


@pytest.fixture(autouse=True, scope="module")
def no_thread_outlives_its_file() -> Iterator[None]:
    """A thread that nobody ends works on beside every later test: four of them took two thirds of a worker's time."""
    before = set(threading.enumerate())
    yield
    left = [one for one in threading.enumerate() if one not in before]
    for one in left:
        one.join(timeout=10)
    assert [one.name for one in left if one.is_alive()] == []


@pytest.fixture(autouse=True)
def own_bare_session() -> None:
    """Outside a server Streamlit keeps one session for the whole process: what a test says in it stays its own."""
    assert hasattr(session_state_proxy, "_mock_session_state"), "Streamlit keeps its bare session elsewhere now"
    session_state_proxy._mock_session_state = None


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """A process remembers for a minute that the disk was full, for ten what its screens show: each test begins anew."""
    trouble.FULL.last = float("-inf")
    for kept in (shared.PULSES, shared.SLIDES, shared.FIGURES):
        kept._kept.clear()
    for looks in (circle._KEPT, groups._KEPT):
        looks._of.clear()  # the engine outlives its tests, and two of their databases may have the same log


def _fill(engine) -> None:
    Model.metadata.create_all(engine)
    with engine.execution_options(writer=True).begin() as connection:
        connection.execute(insert(AuditHead).values(id=1, entries=0, hash=audit.FIRST_HASH))


_KEPT: dict[tuple[Any, ...], Engine] = {}
_make_engine = db_engine.make_engine
assert vars(schema)["make_engine"] is _make_engine, "upkeep keeps an engine of its own, which it closes"


def _kept_engine(url: str, **options: Any) -> Engine:
    """One engine for each of the worker's own databases: SQLAlchemy keeps compiled statements with the engine, and to
    compile them anew for every test was a quarter of the suite.
    """
    if options or not url.endswith(OWN):
        return _make_engine(url, **options)
    key = (url, settings().statement_timeout_ms, settings().lock_timeout_ms)
    if key not in _KEPT:
        _KEPT[key] = _make_engine(url)
        if url.startswith("sqlite"):
            event.listen(_KEPT[key], "connect", _without_the_disk)
    return _KEPT[key]


def _without_the_disk(connection: Any, _record: Any) -> None:
    """Nothing here must survive a power cut, as on PostgreSQL: no commit waits for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


OWN = ("/now/test.db", "/now/demo.db", "_own_suite")
db_engine.make_engine = _kept_engine


def _point_at(monkeypatch: pytest.MonkeyPatch, url: str, folder: Path) -> None:
    monkeypatch.setenv("YIQILAI_DATABASE_URL", url)
    monkeypatch.setenv("YIQILAI_DATA_DIR", str(folder))
    _forget()


def _forget() -> None:
    """Files and connections are closed; what was compiled is kept."""
    db_engine.forget_engines()
    for engine in _KEPT.values():
        engine.dispose()
    secret_key.cache_clear()


@pytest.fixture(scope="session")
def now_here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A link that always points at the folder of the test that runs, so that its database has a constant address."""
    return tmp_path_factory.mktemp("worker") / "now"


@pytest.fixture
def here(now_here: Path, tmp_path: Path) -> Path:
    """The folder of this test, under its constant name."""
    now_here.unlink(missing_ok=True)
    now_here.symlink_to(tmp_path)
    return now_here


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database file to copy, so that a test pays for a copy and not for a hundred CREATE TABLEs."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = db_engine.make_engine(f"sqlite:///{path}")
    _fill(engine)
    engine.dispose()
    _into_one_file(path)
    return path


def _into_one_file(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


@pytest.fixture(scope="session")
def world_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """The small world as an SQLite file to copy, and who and what is in it."""
    path = tmp_path_factory.mktemp("world") / "world.db"
    shutil.copy(sqlite_template, path)
    with pytest.MonkeyPatch.context() as patch:
        _point_at(patch, f"sqlite:///{path}", path.parent)
        world = build_world()
        _forget()
    _into_one_file(path)
    return path, world


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A database of this worker on the one real PostgreSQL server that all workers share."""
    root = tmp_path_factory.getbasetemp()
    server = PostgresServer.shared(root if worker_id == "master" else root.parent)
    url = server.create_database(f"{worker_id}_own_suite")
    engine = db_engine.make_engine(url)
    _fill(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(_RESET.replace("%", "%%"))
    yield url
    for one in (engine, *_RESETS.values()):
        one.dispose()
    server.stop()


@pytest.fixture(scope="session")
def postgres_world(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The small world in a schema of its own, to copy from, and who and what is in it."""
    with pytest.MonkeyPatch.context() as patch:
        _point_at(patch, postgres_url, tmp_path_factory.mktemp("postgres"))
        _reset("empty")
        world = build_world()
        with db_engine.engine().begin() as connection:
            connection.exec_driver_sql("SELECT suite_keep()")
        _forget()
    return world


_RESET = """
CREATE SCHEMA kept;
CREATE FUNCTION suite_keep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text; found boolean;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO found;
    IF found THEN EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', name, name); END IF;
  END LOOP;
  CREATE TABLE kept.numbers_used AS
    SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$;
CREATE FUNCTION suite_reset(restore boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text; found boolean; used record; listed text;
BEGIN
  SET LOCAL session_replication_role = replica;  -- no foreign-key checks meanwhile
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO found;
    IF found THEN EXECUTE format('DELETE FROM public.%I', name); END IF;
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE public.%I RESTART', name);
  END LOOP;
  IF restore THEN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' AND tablename <> 'numbers_used' LOOP
      -- By their names: a restore makes the tables as the revisions do, with added columns last.
      SELECT string_agg(quote_ident(column_name), ', ') INTO listed
        FROM information_schema.columns WHERE table_schema = 'kept' AND table_name = name;
      EXECUTE format('INSERT INTO public.%I (%s) SELECT %s FROM kept.%I', name, listed, listed, name);
    END LOOP;
    FOR used IN SELECT sequencename, last_value FROM kept.numbers_used LOOP
      PERFORM setval(format('public.%I', used.sequencename)::regclass, used.last_value);
    END LOOP;
  END IF;
END $$;
"""


_RESETS: dict[str, Engine] = {}


def _reset(to: Literal["empty", "world"]) -> None:
    """Empty the tables that hold rows and start their numbers anew: a tenth of the time of a TRUNCATE of all.

    By a connection that stays open and that no test sees: a new one would learn all tables anew each time.
    """
    url = settings().url
    if url not in _RESETS:
        _RESETS[url] = _make_engine(url, pool_size=1, max_overflow=0)
    with _RESETS[url].begin() as connection:
        connection.exec_driver_sql(f"SELECT suite_reset({to == 'world'})")
        if to == "empty":
            connection.execute(insert(AuditHead).values(id=1, entries=0, hash=audit.FIRST_HASH))


@pytest.fixture
def sqlite_database(
    request: pytest.FixtureRequest, sqlite_template: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A fresh SQLite database that `db.engine` points at."""
    if not {"world", "small_world"} & set(request.fixturenames):  # which copy a file of their own
        shutil.copy(sqlite_template, here / "test.db")
    _point_at(monkeypatch, f"sqlite:///{here / 'test.db'}", here.resolve())
    yield f"sqlite:///{here / 'test.db'}"
    _forget()


@pytest.fixture
def postgres_database(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The worker's PostgreSQL database, emptied, that `db.engine` points at."""
    _point_at(monkeypatch, postgres_url, tmp_path)
    _reset("empty")
    yield postgres_url
    _forget()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """A fresh database on each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented subdistrict as an SQLite file to copy."""
    return demo_file(run_folder(tmp_path_factory.mktemp("demo")))


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
def laid(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path, Demo], Demo]]:
    """Lays out a copy of a filled file that `db.engine` points at, and says who and what is in it.

    Always at one address, so that what was compiled for the test before is used again.
    """

    def lay(template: Path, found: Demo) -> Demo:
        shutil.copy(template, here / "demo.db")
        url = f"sqlite:///{here / 'demo.db'}"
        _point_at(monkeypatch, url, here.resolve())
        return replace(found, url=url, accounts=dict(found.accounts), object_of=dict(found.object_of))

    yield lay
    _forget()


@pytest.fixture
def demo_database(demo_template: Path, demo_found: Demo, laid: Callable[[Path, Demo], Demo]) -> Demo:
    """A fresh copy of the invented subdistrict that `db.engine` points at."""
    return laid(demo_template, demo_found)


@pytest.fixture
def world(request: pytest.FixtureRequest, database: str) -> World:
    """A subdistrict with two communities and one person for every role, on each engine in turn."""
    if database.startswith("sqlite"):
        small: World = request.getfixturevalue("small_world")
        return small
    served: World = request.getfixturevalue("postgres_world")
    _reset("world")
    return deepcopy(served)


@pytest.fixture
def small_world(world_template: tuple[Path, World], sqlite_database: str, here: Path) -> World:
    """The same, on SQLite only: for pages, where the engine makes no difference."""
    shutil.copy(world_template[0], here / "test.db")
    return deepcopy(world_template[1])

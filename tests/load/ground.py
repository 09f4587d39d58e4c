"""Where the bench stands: the invented subdistrict at a scale, the real server on it, people who are signed in."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db import engine as db_engine
from db.engine import reading_as_system
from db.models import Need
from db.settings import secret_key, settings
from db.terms import Role
from tests.support.demo import FILLED, KEY, find_demo, lay_demo, run_folder
from tests.support.servers import ROOT, AppServer
from tests.support.signed_in import new_sign_in

METRICS_TOKEN = "bench"


@dataclass
class Ground:
    """A running server, tokens per role, and ids of rich objects of the community that has most."""

    server: AppServer
    needs: int
    community: int
    accounts: dict[Role, int]
    object_of: dict[str, int]
    """Page of one object -> the id with most to show."""
    env: dict[str, str]
    """What leads a server to this database."""
    before: AppServer | None = None
    """An earlier build on the same database."""

    def token(self, role: Role) -> str:
        return new_sign_in(self.accounts[role])

    def counters(self) -> dict[str, float]:
        """The process's own counters, from /metrics."""
        connection = HTTPConnection("127.0.0.1", self.server.port)
        connection.request("GET", "/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
        lines = connection.getresponse().read().decode().splitlines()
        connection.close()
        found = (line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
        return {name: float(value) for name, value in found}

    def statements(self) -> float:
        return self.counters()["yiqilai_sql_statements_total"]

    def collector_seconds(self) -> float:
        return self.counters()["yiqilai_gc_seconds_total"]


def point_at(folder: Path) -> dict[str, str]:
    """Let this process, and the servers it starts, use the database in a folder."""
    env = {"YIQILAI_DATA_DIR": str(folder), "YIQILAI_SECRET_KEY": KEY, "YIQILAI_METRICS_TOKEN": METRICS_TOKEN}
    os.environ.update(env)
    os.environ.pop("YIQILAI_DATABASE_URL", None)
    db_engine.forget_engines()
    secret_key.cache_clear()
    return env


def fill(folder: Path, scale: int) -> None:
    """Build the invented subdistrict, unless an earlier bench left it there."""
    point_at(folder)
    if (folder / FILLED).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for command in (["migrate"], ["demo", "--scale", str(scale)]):
        subprocess.run([sys.executable, "-m", "db", *command], check=True, cwd=ROOT)
    (folder / FILLED).touch()


@contextmanager
def ground(folder: Path, scale: int, before: Path | None = None) -> Iterator[Ground]:
    """The server on the invented subdistrict at a scale; beside it an earlier build of the same schema."""
    fill(folder, scale)
    env = point_at(folder)
    with ExitStack() as stack:
        server = stack.enter_context(AppServer(folder / "server", env, root=ROOT))
        earlier = stack.enter_context(AppServer(folder / "before", env, root=before)) if before else None
        session = stack.enter_context(reading_as_system("bench"))
        found = find_demo("")
        yield Ground(
            server=server,
            needs=session.execute(select(func.count()).select_from(Need)).scalar_one(),
            community=found.rich,
            accounts=found.accounts,
            object_of=found.object_of,
            env=env,
            before=earlier,
        )


def bare_app(folder: Path, env: Mapping[str, str] | None = None) -> AppServer:
    """A bare Streamlit app with the app's navigation and theme (`tests/load/bare`), to be started."""
    return AppServer(folder, {"PYTHONPATH": str(ROOT)} | dict(env or {}), root=ROOT / "tests/load/bare")


@contextmanager
def ground_for_tests(folder: Path) -> Iterator[Ground]:
    """The same on the run's own copy of the subdistrict; the other tests get their surroundings back."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("YIQILAI_DATA_DIR", "YIQILAI_SECRET_KEY", "YIQILAI_METRICS_TOKEN"):
            patch.setenv(name, "")  # `ground` sets them for the server
        lay_demo(run_folder(folder), folder)
        with ground(folder, 1) as running:
            yield running
    db_engine.forget_engines()
    settings.cache_clear()
    secret_key.cache_clear()

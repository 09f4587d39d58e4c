"""A district on one machine: PostgreSQL with two standbys, processes of the app, and nginx before them.

    make district                       # starts everything, says where, and takes it down at Ctrl-C
    make district ARGS="--scale 1"      # the invented subdistrict once instead of ten times
    make district ARGS=--check          # a journey: processes killed, a full disk, a wrong clock, the primary promoted
    make district ARGS="--scale 1 --measure"            # a table of figures, an evening of 300 meetings with it
    make district ARGS="--scale 1 --measure --evening 1" # 30 meetings in one minute instead of 300 in ten
    make district ARGS="--scale 1 --measure --small"     # the same program in little: does it run?

Everything lies in one scratch folder and the servers' own ones, and goes with the end of the command.
"""

import argparse
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from db import engine as db_engine
from db.settings import secret_key
from tests.support.proxy import Proxy
from tests.support.servers import ROOT, AppServer, PostgresServer
from tests.support.waiting import wait_until

OURS = {"max_connections", "synchronous_commit", "max_wal_senders", "hot_standby_feedback", "wal_keep_size"}
"""Of deploy/postgresql/primary.conf; sizes of memory are those of a larger machine."""
NAMES = ("standby1", "standby2")
IS_PRIMARY = "SELECT NOT pg_is_in_recovery()"
METRICS_TOKEN = "district"


def documented() -> dict[str, str]:
    """The settings of deploy/postgresql/primary.conf, by name."""
    conf = (ROOT / "deploy" / "postgresql" / "primary.conf").read_text()
    return dict(re.findall(r"^(\w+) = (.+?)\s*$", conf, re.M))


@dataclass
class District:
    """What runs."""

    folder: Path
    databases: list[PostgresServer]
    """The primary first; after a promotion the order stays."""
    apps: list[AppServer]
    proxy: Proxy
    env: dict[str, str]
    release: Path
    """A link to the program that the processes run, as /opt/yiqilai is one."""
    gone: PostgresServer | None = None
    """The primary that was stopped for good."""

    @property
    def primary(self) -> PostgresServer:
        """Which of the databases takes writes."""
        return next(one for one in self.databases if one is not self.gone and told(one, IS_PRIMARY))

    def serving(self, path: str) -> AppServer:
        """The process that answered the last request for a page."""
        found = re.findall(
            rf" GET {path} .* 127\.0\.0\.1:(\d+)$", (self.folder / "nginx/yiqilai.access").read_text(), re.M
        )
        return next(app for app in self.apps if str(app.port) == found[-1])

    @contextmanager
    def killed(self, app: AppServer) -> Iterator[None]:
        """A process is gone for as long as the block."""
        app.kill()
        yield
        app.start()

    def switch_to(self, tree: Path) -> None:
        """From its next start on a process runs another release; those that run keep theirs."""
        beside = self.release.with_name("beside")
        beside.symlink_to(tree)
        beside.replace(self.release)

    def environment(self) -> dict[str, str]:
        """Of a command of ours on the district's database."""
        return os.environ | self.env

    def lose_primary(self) -> None:
        """The primary is gone for good."""
        self.gone = self.databases[0]
        self.gone.cluster.stop("immediate")

    def promote(self) -> PostgresServer:
        """The standby that is ahead takes the place of the lost primary, the other one follows it."""
        standbys = [one for one in self.databases if one is not self.gone]
        received = {one: told(one, "SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')") for one in standbys}
        ahead, other = sorted(standbys, key=lambda one: int(str(received[one])), reverse=True)
        told(ahead, "SELECT pg_promote()")
        name = NAMES[standbys.index(other)]
        source = f"host=127.0.0.1 port={ahead.cluster.port} user=tests password={ahead.cluster.password}"
        told(other, f"ALTER SYSTEM SET primary_conninfo = '{source} application_name={name}'")
        told(other, "SELECT pg_reload_conf()")
        return ahead

    def point_here(self) -> None:
        """Let actions and queries of this very process use the district's database."""
        os.environ.update(self.env)
        db_engine.forget_engines()
        secret_key.cache_clear()


def told(server: PostgresServer, statement: str, database: str = "postgres") -> object:
    """What a server answers to one statement."""
    engine = create_engine(server.url(database), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            found = connection.execute(text(statement))
            return found.scalar() if found.returns_rows else None
    finally:
        engine.dispose()


def address(databases: list[PostgresServer], wants: str) -> str:
    """One address with every host of the cluster, as deploy/yiqilai.env.example has it."""
    password = databases[0].cluster.password
    hosts, ports = ",".join("127.0.0.1" for _ in databases), ",".join(str(one.cluster.port) for one in databases)
    return f"postgresql+psycopg://tests:{password}@/district?host={hosts}&port={ports}&target_session_attrs={wants}"


@contextmanager
def district(scale: int, processes: int = 2) -> Iterator[District]:
    """Everything started, and taken down with the block."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yiqilai-district-")))
        ours = {name: value for name, value in documented().items() if name in OURS}
        primary = stack.enter_context(PostgresServer(durable=True, settings=ours))
        env = {
            "YIQILAI_DATA_DIR": str(folder / "data"),
            "YIQILAI_DATABASE_URL": primary.create_database("district"),
            "YIQILAI_REPLICA_URL": "",
            "YIQILAI_SECRET_KEY": secrets.token_hex(32),
            "YIQILAI_METRICS_TOKEN": METRICS_TOKEN,
            "YIQILAI_TRUSTED_PROXIES": "127.0.0.1",
            "FORWARDED_ALLOW_IPS": "127.0.0.1",
        }
        for command in (["migrate"], ["demo", "--scale", str(scale), "--quiet"]):
            subprocess.run([sys.executable, "-m", "db", *command], check=True, cwd=ROOT, env=os.environ | env)
        standbys = [stack.enter_context(PostgresServer(replica_of=primary, name=name)) for name in NAMES]
        servers = [primary, *standbys]
        for server in servers:  # whichever is promoted is set up already
            told(server, f"ALTER SYSTEM SET synchronous_standby_names = {documented()['synchronous_standby_names']}")
            told(server, "SELECT pg_reload_conf()")
        both = "SELECT count(*) = 2 FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'quorum'"
        wait_until(lambda: told(primary, both), "both standbys stream")
        env |= {
            "YIQILAI_DATABASE_URL": address(servers, "read-write"),
            "YIQILAI_REPLICA_URL": address(servers, "prefer-standby"),
        }
        release = folder / "current"
        release.symlink_to(ROOT)
        apps = [
            stack.enter_context(AppServer(folder / f"app{at}", env, root=release, timeout=180))
            for at in range(processes)
        ]
        (folder / "nginx").mkdir()
        proxy = stack.enter_context(Proxy(folder / "nginx", [app.port for app in apps]))
        yield District(folder, servers, apps, proxy, env, release)


def main() -> None:
    reader = argparse.ArgumentParser(description="A district on one machine")
    reader.add_argument("--scale", type=int, default=10, help="how often the invented subdistrict is there")
    reader.add_argument("--processes", type=int, default=2)
    reader.add_argument("--check", action="store_true", help="a journey through it")
    reader.add_argument("--measure", action="store_true", help="figures for 1, 2 and 4 processes")
    reader.add_argument("--evening", type=float, help="with --measure: minutes that the meetings vote, instead of ten")
    reader.add_argument("--small", action="store_true", help="with --measure: seconds of each, to see that it runs")
    chosen = reader.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the servers go, too
    with district(chosen.scale, 4 if chosen.measure else chosen.processes) as here:
        here.point_here()
        if chosen.measure:
            from tests.load.district_figures import figures, size_of

            figures(here, size_of(chosen.small, chosen.evening))
        if chosen.check or chosen.measure:
            from tests.load.district_walk import walk

            walk(here, whole=chosen.check)
        else:
            print(f"议起来 Yiqilai → {here.proxy.base_url}   (Ctrl-C ends it)")
            for app in here.apps:
                print(f"  process {app.base_url}")
            for server in here.databases:
                print(f"  database on port {server.cluster.port}")
            subprocess.run([sys.executable, "-m", "db", "demo", "--sign-ins"], cwd=ROOT, env=os.environ, check=False)
            with suppress(KeyboardInterrupt):
                signal.pause()


if __name__ == "__main__":
    main()

"""Real servers for tests: a throwaway PostgreSQL and the app itself, as processes that never outlive the run.

with PostgresServer() as postgres:          # private to this test: may be killed and restarted
    url = postgres.create_database("need")

postgres = PostgresServer.shared(folder)    # one for all workers of a run; each makes its own databases

with AppServer(folder, env={...}) as app:
    page.goto(app.base_url)
"""

import atexit
import contextlib
import fcntl
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Literal, Self

import psutil
import psycopg
from psycopg import sql

from tests.support.surroundings import surroundings
from tests.support.warm import Fork, fork

ROOT = Path(__file__).resolve().parents[2]
SLOWEST = 240
"""Seconds that a start or an end may take where others fill the cores: after them it hangs. What ended is noticed at
once."""

# Nothing here must survive a power cut, so nothing waits for the disk.
POSTGRES_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
}


class ServerNotStarted(Exception):
    """A server is missing or did not come up; the message holds the end of its log."""


def free_port() -> int:
    """A port that nobody else gets until this process ends: minutes may pass before a server of ours listens on it.

    The socket that was bound stays open. The kernel gives its port neither to another who asks for a free one nor to a
    connection that begins here; a server binds beside it as long as nobody listens, since both allow reuse.
    """
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    port = int(probe.getsockname()[1])
    probe.detach()  # left open on purpose, and without an object that complains of it
    return port


def end_of(log: Path, lines: int = 30) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else "(no log)"


# --- PostgreSQL --------------------------------------------------------------------------------------------


def postgres_binaries() -> Path:
    """The folder with initdb and pg_ctl: the newest of Debian's versions, otherwise what is on PATH."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0])
    )
    on_path = shutil.which("initdb")
    if debian:
        return debian[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    raise ServerNotStarted("PostgreSQL is not installed; `make test` installs it, or: apt-get install postgresql")


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to run PostgreSQL as: it refuses to run as root. None means: as we are."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ServerNotStarted("PostgreSQL does not run as root and there is no user postgres or nobody")


@dataclass(frozen=True)
class Cluster:
    """Where one running PostgreSQL lives; what workers of one run tell each other."""

    folder: str
    binaries: str
    port: int
    password: str

    def run(self, program: str, *arguments: str, timeout: float = SLOWEST) -> None:
        """Run a PostgreSQL program as the unprivileged user; raises ServerNotStarted with its words."""
        user = unprivileged_user()
        command = [str(Path(self.binaries) / program), "-D", f"{self.folder}/data", *arguments]
        # Output goes to a file: the server inherits it, and a pipe would stay open as long as it runs.
        with Path(self.folder, "output.log").open("ab") as output:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env={"PATH": os.environ.get("PATH", ""), "HOME": self.folder, "LC_ALL": "C.UTF-8"},
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=timeout,
                check=False,
            )
        if done.returncode:
            log = end_of(Path(self.folder, "output.log")) + "\n" + end_of(Path(self.folder, "server.log"))
            raise ServerNotStarted(f"{program} failed:\n{log}")

    def start(self) -> None:
        self.run("pg_ctl", "start", "-w", "-t", str(SLOWEST - 10), "-l", f"{self.folder}/server.log")

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "stop", "-w", "-t", str(SLOWEST - 10), "-m", mode)

    def remove(self) -> None:
        """Stop the server if it runs and delete everything."""
        with contextlib.suppress(ServerNotStarted, subprocess.TimeoutExpired, FileNotFoundError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def new_cluster(settings: Mapping[str, str]) -> Cluster:
    """Create and start a cluster, in a folder of its own: pytest's can be entered by root only."""
    binaries, user = postgres_binaries(), unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="yiqilai-postgres-"))
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    if user:
        for path in (folder, folder / "password"):
            os.chown(path, user.pw_uid, user.pw_gid)
    cluster = Cluster(str(folder), str(binaries), free_port(), password)
    try:
        cluster.run(
            "initdb", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--username=tests",
            "--auth=scram-sha-256", f"--pwfile={folder}/password",
        )  # fmt: skip
        for attempt in range(3):
            lines = {**POSTGRES_SETTINGS, **settings, "port": str(cluster.port)}
            conf = "".join(f"{name} = {value}\n" for name, value in lines.items())
            (folder / "data" / "postgresql.auto.conf").write_text(conf)
            try:
                cluster.start()
            except ServerNotStarted:
                if attempt == 2:
                    raise
                # Most likely somebody took the free port between the asking and the start.
                cluster = replace(cluster, port=free_port())
            else:
                break
    except BaseException:
        cluster.remove()
        raise
    return cluster


def new_replica(primary: Cluster, name: str = "replica") -> Cluster:
    """A running streaming replica of a running cluster, in a folder of its own; the primary knows it by its name."""
    folder, user = Path(tempfile.mkdtemp(prefix="yiqilai-postgres-")), unprivileged_user()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    cluster = replace(primary, folder=str(folder), port=free_port())
    source = f"host=127.0.0.1 port={primary.port} user=tests password={primary.password} application_name={name}"
    try:
        cluster.run("pg_basebackup", "-R", "-X", "stream", "-c", "fast", "-d", source)
        with Path(folder, "data", "postgresql.auto.conf").open("a") as conf:
            conf.write(f"port = {cluster.port}\n")
        cluster.start()
    except BaseException:
        cluster.remove()
        raise
    return cluster


class PostgresServer:
    """A throwaway PostgreSQL on 127.0.0.1, gone when the last process that uses it has ended in any way.

    Every user holds a shared lock on a file. A guard process waits for the exclusive lock, which the kernel
    grants when the last holder has let go or died; then it stops the server and deletes its folder.

    With `durable=True` a commit that was acknowledged survives `restart("immediate")`, as in real use;
    otherwise the newest commits may be lost in such a crash, and everything else is quicker.
    """

    def __init__(
        self,
        *,
        durable: bool = False,
        replica_of: "PostgresServer | None" = None,
        name: str = "replica",
        settings: Mapping[str, str] | None = None,
        _join: Cluster | None = None,
        _lease: IO[str] | None = None,
    ) -> None:
        self._guard: subprocess.Popen[bytes] | None = None
        if _join and _lease:
            self.cluster, self._lease = _join, _lease
        else:
            chosen = ({"synchronous_commit": "on"} if durable else {}) | dict(settings or {})
            self.cluster = new_replica(replica_of.cluster, name) if replica_of else new_cluster(chosen)
            self._lease = Path(self.cluster.folder, "in-use").open("w")  # noqa: SIM115  (kept open)
            fcntl.flock(self._lease, fcntl.LOCK_SH)
            self._guard = subprocess.Popen(
                [sys.executable, "-m", "tests.support.servers", "guard", json.dumps(asdict(self.cluster))],
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the terminal must not kill the one who cleans up
                cwd="/",
            )
        atexit.register(self.stop)

    @classmethod
    def shared(cls, folder: Path) -> Self:
        """The one server of this run: started by the first worker that asks, joined by the others.

        `folder` is the same for all workers, e.g. `tmp_path_factory.getbasetemp().parent`. Nobody may restart
        it: a test that needs a crash takes a server of its own.
        """
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / "postgres.json"
        with (folder / "postgres.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if note.exists():
                cluster = Cluster(**json.loads(note.read_text()))
                if lease := cls._join(cluster):
                    return cls(_join=cluster, _lease=lease)
            server = cls()
            note.write_text(json.dumps(asdict(server.cluster)))
            return server

    @staticmethod
    def _join(cluster: Cluster) -> IO[str] | None:
        """A lease on a running server; None when its guard is already ending it."""
        try:
            lease = Path(cluster.folder, "in-use").open()  # noqa: SIM115  (kept open)
        except FileNotFoundError:
            return None
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lease, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if not Path(cluster.folder, "ending").exists():
                return lease
        lease.close()
        return None

    def url(self, database: str = "postgres") -> str:
        """SQLAlchemy's form of the address of a database."""
        return f"postgresql+psycopg://tests:{self.cluster.password}@127.0.0.1:{self.cluster.port}/{database}"

    def _administer(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url().replace("+psycopg", ""), autocommit=True, connect_timeout=20) as connection:
            connection.execute(statement)

    def create_database(self, name: str, template: str | None = None) -> str:
        """Make a database, empty or as a copy of another that nobody uses at the moment; returns its URL."""
        parts = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._administer(parts.format(sql.Identifier(name), sql.Identifier(template or "template0")))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Delete a database, also when somebody is still connected to it."""
        self._administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def restart(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """Stop and start on the same port: "fast" breaks off transactions, "immediate" is a crash."""
        self.cluster.stop(mode)
        self.cluster.start()

    def stop(self) -> None:
        """Let go; the last one to do so ends the server, and waits for its end when it started it."""
        atexit.unregister(self.stop)
        if self._lease.closed:
            return
        is_last = self._is_last()
        self._lease.close()
        if self._guard and is_last:
            self._guard.wait(timeout=SLOWEST)
        elif self._guard:
            self._guard.returncode = 0  # it works on for the others; Python need not warn of a child left running

    def _is_last(self) -> bool:
        """True when nobody else holds a lease. Gives up the own one."""
        try:
            fcntl.flock(self._lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return Path(self.cluster.folder, "ending").exists()
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def guard(cluster: Cluster) -> None:
    """Wait until nobody uses the cluster any more, then remove it. Runs as a process of its own."""
    with Path(cluster.folder, "in-use").open() as lease:
        fcntl.flock(lease, fcntl.LOCK_EX)
        Path(cluster.folder, "ending").touch()  # whoever opened the lock file just now must not join
        cluster.remove()


# --- the app -----------------------------------------------------------------------------------------------


class AppServer:
    """The real app, `streamlit run app.py`, on a free port; `folder` takes its data and its output.

    With `warm` it is a fork of a process that has imported the app already (`tests/support/warm.py`), for whoever wants
    a server and not a start. `env` is added to the environment; without YIQILAI_DATA_DIR in it the data goes to
    `folder`/data. The developer's own YIQILAI_* settings, also those of a `.env` file, must never lead a test to real
    data.
    """

    def __init__(
        self,
        folder: Path,
        env: Mapping[str, str] | None = None,
        *,
        options: Sequence[str] = (),
        root: Path = ROOT,
        timeout: float = SLOWEST,
        warm: bool = False,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "app.log"
        self.folder, self.options, self.root, self.timeout, self.warm = folder, tuple(options), root, timeout, warm
        own = ("YIQILAI_DATABASE_URL", "YIQILAI_REPLICA_URL", "YIQILAI_SECRET_KEY")
        self.env = (
            surroundings() | dict.fromkeys(own, "") | {"YIQILAI_DATA_DIR": str(folder / "data")} | dict(env or {})
        )
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | Fork | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Start and wait until /healthz answers; raises ServerNotStarted with the end of the output."""
        command = ["streamlit", "run", "app.py", *self.options]
        command += ["--server.address=127.0.0.1", f"--server.port={self.port}"]
        self._process = fork(command, self.env, self.log) if self.warm else self._cold(command)
        atexit.register(self.stop)
        deadline = time.monotonic() + self.timeout
        while not self._is_healthy():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise ServerNotStarted(f"the app did not come up:\n{self.output()[-4000:]}")
            time.sleep(0.05)
        return self

    def _cold(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as output:
            # In our own process group on purpose: Ctrl-C and a time-out of the whole run reach it too.
            return subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=self.root,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _is_healthy(self) -> bool:
        try:
            # Never through a proxy of the environment.
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"{self.base_url}/healthz", timeout=5) as answer:
                # Streamlit answers every unknown path with its own page and 200.
                return "text/html" not in answer.headers.get("Content-Type", "")
        except (OSError, urllib.error.URLError):
            return False

    def _running(self) -> psutil.Process:
        if self._process is None:
            raise ServerNotStarted("the app has not been started")
        return psutil.Process(self._process.pid)

    def cpu_seconds(self) -> float:
        """Processor time of the server so far, user and system."""
        times = self._running().cpu_times()
        return float(times.user + times.system)

    def rss(self) -> int:
        """Resident memory in bytes."""
        return int(self._running().memory_info().rss)

    def output(self) -> str:
        """Everything the app has written to its terminal."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """End it as an administrator would; after ten seconds as a power cut would."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
        atexit.unregister(self.stop)

    def restart(self) -> Self:
        """Stop and start on the same port with the same data."""
        self.stop()
        return self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


if __name__ == "__main__" and sys.argv[1:2] == ["guard"]:
    guard(Cluster(**json.loads(sys.argv[2])))

"""What `deploy/` holds is read by the tools that will read it, and does what docs/running.md says."""

import fnmatch
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.builders.world import World
from tests.support.installed import stamp
from tests.support.optional import needs
from tests.support.proxy import Proxy
from tests.support.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CODE = "7K3M9QXA"


def ran(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=os.environ | environment, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600,
    )  # fmt: skip


# --- the proxy -------------------------------------------------------------------------------------------------


class Process(BaseHTTPRequestHandler):
    """Stands for a process of the app: says which one it is, or under which name it was asked."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        told = (self.headers["host"] if self.path == "/host" else str(self.connection.getsockname()[1])).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Keep the test quiet."""


class TwoProcesses:
    """They stand before nothing but themselves, behind a real nginx with our files."""

    def __init__(self, folder: Path) -> None:
        self.processes = [ThreadingHTTPServer(("127.0.0.1", 0), Process) for _ in range(2)]
        for one in self.processes:
            threading.Thread(target=one.serve_forever, daemon=True).start()
        self.proxy = Proxy(folder, [one.server_port for one in self.processes])
        self.visitor, self.logged = self.proxy.visitor, self.proxy.logged

    def end(self, *, which: str) -> None:
        """One process dies in the middle: its port is closed."""
        for one in list(self.processes):
            if str(one.server_port) == which:
                self.processes.remove(one)
                self.close(one)

    @staticmethod
    def close(one: ThreadingHTTPServer) -> None:
        """Its thread ends first: one whose socket is closed under it asks for the next visitor without a pause."""
        one.shutdown()
        one.server_close()


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[TwoProcesses]:
    made = TwoProcesses(tmp_path)
    with made.proxy:
        yield made
    for one in made.processes:
        made.close(one)


@needs("deploy")
def test_a_visitor_stays_with_one_process_and_a_hall_spreads_over_both(proxy: TwoProcesses) -> None:
    hall = [proxy.visitor() for _ in range(24)]
    first = [ask("/")[1] for ask in hall]

    assert [ask(f"/v/{CODE}")[1] for ask in hall] == first
    assert len(set(first)) == 2
    assert proxy.visitor()("/_stcore/metrics")[0] == 404


@needs("deploy")
def test_a_process_learns_the_port_of_the_proxy_too_or_nobody_could_sign_in_there(proxy: TwoProcesses) -> None:
    """Signing in takes a script of this very site only, and a site is its name with its port."""
    assert proxy.visitor()("/host")[1] == f"127.0.0.1:{proxy.proxy.port}"


@needs("deploy")
def test_when_a_process_dies_its_voters_go_on_and_no_log_holds_a_code(proxy: TwoProcesses) -> None:
    voter = proxy.visitor()
    died = voter("/")[1]

    proxy.end(which=died)
    status, other = voter(f"/v/{CODE}", b"choice=yes")
    proxy.end(which=other)
    nobody, words = voter(f"/v/{CODE}", b"choice=yes")

    assert (status, other != died) == (200, True)
    assert (nobody, "请稍候" in words, 'http-equiv="refresh"' in words) == (502, True, True)
    # Its icon would be asked for with this address, code and all, as where it came from: for the error log.
    assert ('name="referrer" content="no-referrer"' in words, 'rel="icon" href="data:,"' in words) == (True, True)
    wait_until(lambda: "/v/* " in proxy.logged(), "the log is written")
    assert CODE not in proxy.logged()


TYPED = (f"/V/{CODE}", f"/v%2F{CODE}", f"//v/{CODE}", f"/D/{CODE}/now", f"/Door/pair/{CODE}", f"/JOIN/{CODE}")
"""A phone begins with a capital, a reader of codes doubles a stroke."""


@needs("deploy")
def test_a_code_stays_out_of_the_logs_however_it_was_typed(proxy: TwoProcesses) -> None:
    voter = proxy.visitor()
    for path in TYPED:
        voter(path)
    for one in list(proxy.processes):
        proxy.end(which=str(one.server_port))
    for path in TYPED:
        assert voter(path)[0] == 502

    wait_until(lambda: proxy.logged().count("GET /busy.html 502") == len(TYPED), "the log is written")
    assert CODE not in proxy.logged()


# --- units, rules, files ------------------------------------------------------------------------------------------


@needs("deploy")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in (DEPLOY / "systemd").iterdir():
        words = (
            unit.read_text().replace("/opt/yiqilai/.venv/bin/python", sys.executable).replace("/opt/yiqilai", str(ROOT))
        )
        (tmp_path / unit.name.replace("@.", "@8501.")).write_text(words)

    read = ran("systemd-analyze", "verify", *sorted(tmp_path.iterdir()))

    assert (read.returncode, [line for line in read.stdout.splitlines() if str(tmp_path) in line]) == (0, [])


@needs("deploy")
def test_where_a_process_listens_is_a_setting_and_no_process_dies_of_a_schema_that_came_late(tmp_path: Path) -> None:
    """The others fetch files at this address; a unit that must have run takes those along that ask for it."""
    unit = (DEPLOY / "systemd/yiqilai@.service").read_text()

    assert unit.index("Environment=YIQILAI_LISTEN=127.0.0.1") < unit.index("EnvironmentFile=")
    assert "--server.address=${YIQILAI_LISTEN} " in unit
    assert "Wants=yiqilai-migrate.service" in unit
    assert "Restart=on-failure" in (DEPLOY / "systemd/yiqilai-migrate.service").read_text()


def _log_files(words: str) -> list[str]:
    return re.findall(r"/var/log/nginx/[\w.]+", words)


def test_our_logs_are_turned_by_one_rule_only() -> None:
    """Debian's own takes /var/log/nginx/*.log, and of two rules for a file logrotate drops the second."""
    ours = _log_files((DEPLOY / "logrotate").read_text())

    assert set(ours) == set(_log_files((DEPLOY / "nginx/yiqilai.conf").read_text()))
    assert fnmatch.filter(ours, "/var/log/nginx/*.log") == []
    assert all(one in (DEPLOY / "compose.yml").read_text() for one in ours)


@needs("rotation")
def test_logrotate_takes_its_rule(tmp_path: Path) -> None:
    rule = tmp_path / "yiqilai"
    rule.write_text((DEPLOY / "logrotate").read_text().replace("/var/log/nginx", str(tmp_path)))
    rule.chmod(0o644)
    for one in _log_files((DEPLOY / "logrotate").read_text()):
        (tmp_path / Path(one).name).write_text("one line\n")

    read = ran(shutil.which("logrotate", path="/usr/sbin:/sbin") or "", "-d", "-s", tmp_path / "state", rule)

    assert (read.returncode, "error" in read.stdout.replace("yiqilai.errors", "")) == (0, False), read.stdout
    assert "Handling 1 logs" in read.stdout


@needs("alerts")
def test_promtool_takes_the_rules_and_they_call_when_they_should(tmp_path: Path) -> None:
    for name in ("rules.yml", "rules.test.yml", "scrape.yml"):
        (tmp_path / name).write_text(
            (DEPLOY / "prometheus" / name).read_text().replace("/etc/prometheus", str(tmp_path))
        )
    (tmp_path / "yiqilai.token").write_text("a token")

    for check in (("check", "config", "scrape.yml"), ("test", "rules", "rules.test.yml")):
        read = ran("promtool", *check[:2], tmp_path / check[2])
        assert read.returncode == 0, read.stdout


def test_no_data_no_key_and_no_settings_get_into_an_image() -> None:
    kept_out = (ROOT / ".dockerignore").read_text().split()

    assert "COPY . ." in (DEPLOY / "Dockerfile").read_text()
    assert {".git", ".env", ".venv", "data"} <= set(kept_out)


def test_every_process_that_the_documentation_starts_is_known_to_proxy_and_alerts() -> None:
    enabled = re.search(r"systemctl enable --now yiqilai\.target .*", (ROOT / "docs/running.md").read_text())
    assert enabled is not None
    started = set(re.findall(r"yiqilai@(\d+)", enabled[0]))
    proxied = set(re.findall(r"127\.0\.0\.1:(\d+)", (DEPLOY / "nginx/processes.conf").read_text()))
    watched = set(re.findall(r"127\.0\.0\.1:(85\d\d)", (DEPLOY / "prometheus/scrape.yml").read_text()))

    assert started == proxied == watched


def test_files_that_are_named_exist() -> None:
    compose = (DEPLOY / "compose.yml").read_text()
    mounted = re.findall(r"- \./(\S+?):/", compose)
    named = re.findall(r"deploy/[\w./@-]*\w", (ROOT / "docs" / "running.md").read_text())

    assert len(mounted) == 3
    assert [one for one in mounted if not (DEPLOY / one).exists()] == []
    assert [one for one in {*named, "deploy/Dockerfile"} if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("file", ["deploy/Dockerfile", "Makefile"])
def test_what_the_app_is_made_of_is_compiled_where_it_is_installed(file: str) -> None:
    """The user that it runs as may not write there, so each process would compile all of it at every start."""
    folders = {one.name for one in ROOT.glob("[a-z]*/") if any(one.glob("**/*.py"))}
    made_of = folders - {"tests", "tools"} | {"app.py"}

    compiled = re.search(r"-m compileall -q (.+)", (ROOT / file).read_text(encoding="utf-8"))

    assert compiled
    assert set(compiled[1].split()) == made_of


def test_every_metric_of_ours_that_an_alert_asks_for_exists() -> None:
    asked = set(re.findall(r"yiqilai_\w+", (DEPLOY / "prometheus" / "rules.yml").read_text()))
    told = "".join(
        (ROOT / name).read_text()
        for name in ("components/metrics.py", "db/measures.py", "db/replica.py", "deploy/bin/backup")
    )

    assert [name for name in asked if f'{name.removesuffix("_total")}"' not in told and f"{name} %s" not in told] == []


def test_without_a_replica_nobody_is_called_because_of_one() -> None:
    """0 would say that it is left out; of NaN no comparison holds."""
    program = "import db.replica, prometheus_client as p; print(p.generate_latest().decode())"

    assert "\nyiqilai_replica_usable NaN\n" in ran(sys.executable, "-c", program).stdout


# --- backups ------------------------------------------------------------------------------------------------------


def test_a_command_by_hand_has_the_settings_of_the_installation(tmp_path: Path) -> None:
    """An address of several hosts holds what a shell would read as something else."""
    given = tmp_path / "yiqilai.env"
    given.write_text(
        f"# a word\nYIQILAI_DATA_DIR={tmp_path / 'data'}\nYIQILAI_DATABASE_URL=sqlite:///{tmp_path}/a&b.db\n"
    )

    said = ran(DEPLOY / "bin" / "db", "migrate", YIQILAI_SETTINGS=str(given), YIQILAI_DATABASE_URL="")

    assert said.returncode == 0, said.stdout
    assert (tmp_path / "a&b.db").exists()
    assert ran(DEPLOY / "bin" / "db", "verify", YIQILAI_SETTINGS=str(tmp_path / "none")).returncode == 1


def test_the_moment_of_the_backup_can_be_read_by_another_user(small_world: World, tmp_path: Path) -> None:
    """The unit writes for its own user alone, and the reader of figures is another one."""
    stamp()
    figures = tmp_path / "figures"
    figures.mkdir()

    made = ran("bash", "-c", f"umask 077; {DEPLOY}/bin/backup {tmp_path}/backups", YIQILAI_FIGURES=str(figures))

    assert made.returncode == 0, made.stdout
    (told,) = figures.iterdir()
    assert (told.name, stat.S_IMODE(told.stat().st_mode)) == ("yiqilai.prom", 0o644)
    assert re.fullmatch(r"# TYPE \S+ gauge\nyiqilai_backup_seconds \d+\n", told.read_text())


def test_the_backup_of_tonight_is_kept_and_restored_in_a_drill(small_world: World, tmp_path: Path) -> None:
    stamp()
    folder = tmp_path / "backups"
    (folder / "daily").mkdir(parents=True)
    for day in range(1, 21):
        (folder / "daily" / f"yiqilai-2020-01-{day:02d}.zip").write_bytes(b"old")

    with_python = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    made = ran(DEPLOY / "bin" / "backup", folder, **with_python)
    drilled = ran(DEPLOY / "bin" / "restore-drill", folder, **with_python)

    assert made.returncode == 0, made.stdout
    kept = sorted(one.name for one in (folder / "daily").iterdir())
    assert (len(kept), kept[0]) == (14, "yiqilai-2020-01-08.zip")
    assert len(list((folder / "monthly").iterdir())) == 1
    assert (drilled.returncode, "can be restored" in drilled.stdout) == (0, True), drilled.stdout

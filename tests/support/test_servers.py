"""The throwaway servers: they come up, they come back after a crash, and they leave nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.support.servers import AppServer, PostgresServer, ServerNotStarted, free_port
from tests.support.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


def test_a_free_port_stays_free_for_a_server_of_ours_and_goes_to_nobody_else() -> None:
    port = free_port()

    with pytest.raises(OSError, match="in use"), socket.socket() as stranger:
        stranger.bind(("127.0.0.1", port))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
    for _start_and_restart in range(2):
        with socket.create_server(("127.0.0.1", port)) as ours, socket.create_connection(("127.0.0.1", port)):
            ours.accept()[0].close()


def ask(url: str, query: str) -> object:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def tell(url: str, statement: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement.encode())


def wait_until_gone(folder: str) -> bool:
    return wait_until(lambda: not Path(folder).exists(), f"the end of {folder}")


def test_it_is_a_real_postgresql_that_keeps_rare_characters(postgres: PostgresServer) -> None:
    url = postgres.create_database("rare")

    tell(url, "create table word (said text)")
    tell(url, "insert into word values ('𠮷喆 电梯')")

    assert ask(url, "select said from word") == "𠮷喆 电梯"
    assert ask(url, "show fsync") == "off"
    assert ask(url, "show max_connections") == "200"
    assert str(ask(url, "select version()")).startswith("PostgreSQL")


def test_a_database_can_be_copied_and_dropped(postgres: PostgresServer) -> None:
    tell(postgres.create_database("original"), "create table word (said text)")

    copy = postgres.create_database("copy", template="original")

    assert ask(copy, "select count(*) from word") == 0
    postgres.drop_database("copy")
    with pytest.raises(psycopg.OperationalError):
        ask(copy, "select 1")


def test_what_was_committed_before_a_crash_is_there_after_it_at_the_same_address() -> None:
    with PostgresServer(durable=True) as server:
        url = server.create_database("crash")
        tell(url, "create table word (said text)")

        server.restart("immediate")

        assert ask(url, "select count(*) from word") == 0


def test_the_workers_of_a_run_share_one_and_the_last_one_out_ends_it(tmp_path: Path) -> None:
    first = PostgresServer.shared(tmp_path)
    second = PostgresServer.shared(tmp_path)

    assert first.url() == second.url()
    first.stop()
    assert ask(second.url(), "select 1") == 1
    second.stop()
    assert wait_until_gone(second.cluster.folder)


def test_after_the_end_a_new_one_is_started(tmp_path: Path) -> None:
    ended = PostgresServer.shared(tmp_path)
    ended.stop()

    with PostgresServer.shared(tmp_path) as fresh:
        assert ask(fresh.url(), "select 1") == 1


def test_it_ends_even_when_its_user_is_killed() -> None:
    code = (
        "from tests.support.servers import PostgresServer; import time\n"
        "print(PostgresServer().cluster.folder, flush=True); time.sleep(60)"
    )
    user = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert user.stdout is not None
    folder = user.stdout.readline().strip()
    postmaster = int((Path(folder) / "data" / "postmaster.pid").read_text().splitlines()[0])

    os.kill(user.pid, signal.SIGKILL)
    user.wait()
    user.stdout.close()

    assert wait_until_gone(folder)
    assert not psutil.pid_exists(postmaster) or psutil.Process(postmaster).status() == psutil.STATUS_ZOMBIE


SMALL_APP = """
from starlette.responses import PlainTextResponse
from starlette.routing import Route
import os, streamlit as st
async def health(request):
    return PlainTextResponse(os.environ["GREETING"])
app = st.App("main.py", routes=[Route("/healthz", health)])
"""


def test_the_app_server_starts_a_streamlit_app_measures_it_and_ends_it(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(SMALL_APP)
    (tmp_path / "main.py").write_text("import streamlit as st\nst.write('ok')\n")

    with AppServer(tmp_path / "run", {"GREETING": "come together"}, root=tmp_path) as app:
        assert app.cpu_seconds() > 0
        assert app.rss() > 10_000_000
        assert app.base_url in app.output()
        process = app._running()

    assert not process.is_running()


def test_an_app_that_does_not_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import streamlit as st\nprint('the roof is missing')\nst.stop()\n")

    with pytest.raises(ServerNotStarted, match="did not come up"):
        AppServer(tmp_path / "run", root=tmp_path, timeout=3).start()

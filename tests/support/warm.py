"""Forks of one process that has imported the app: a server of a test starts without three seconds of imports.

A fork does what a start does: settings, key, schema, routes and threads are its own. Only the modules were there
before, so whoever measures or tests the start itself takes a process of its own (`AppServer` without `warm`).

    child = fork(command=["streamlit", "run", "app.py"], env={...}, log=folder / "app.log")
"""

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import psutil

from tests.support.surroundings import surroundings

ROOT = Path(__file__).resolve().parents[2]
_template: list[subprocess.Popen[str]] = []


class Fork:
    """A child of the template, with what a server's owner asks of `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        self.pid, self._process = pid, psutil.Process(pid)

    def poll(self) -> int | None:
        """None while it runs. Nobody learns what it ended with."""
        return None if self._process.is_running() else -1

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end; raises subprocess.TimeoutExpired as Popen does."""
        try:
            self._process.wait(timeout)
        except psutil.TimeoutExpired as late:
            raise subprocess.TimeoutExpired("a fork", late.seconds) from late
        return self.poll()

    def terminate(self) -> None:
        """Nothing happens when it has ended already."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self._process.terminate()

    def kill(self) -> None:
        """Nothing happens when it has ended already."""
        with contextlib.suppress(psutil.NoSuchProcess):
            self._process.kill()


def fork(command: Sequence[str], env: Mapping[str, str], log: Path) -> Fork:
    """Run a command of Streamlit in the project's folder; its output is added to `log`."""
    if not _template or _template[0].poll() is not None:
        _template[:] = [_new_template()]
    order, answer = _template[0].stdin, _template[0].stdout
    assert order, "the pipe is asked for below"
    assert answer, "the pipe is asked for below"
    order.write(json.dumps({"command": list(command), "env": dict(env), "log": str(log)}) + "\n")
    order.flush()
    return Fork(int(answer.readline()))


def _new_template() -> subprocess.Popen[str]:
    """It ends by itself when the process that asked for it has ended, for then nobody holds its orders open."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.warm"],
        cwd=ROOT,
        env=surroundings()
        | {"OPENBLAS_NUM_THREADS": "1"},  # a fork has none of the threads that numpy starts for itself
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _become(order: dict[str, object]) -> NoReturn:
    """The child: with the given surroundings, what `python -m streamlit ...` does."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(str(order["log"]), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for ours, theirs in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(ours, theirs)
    os.environ.clear()
    os.environ.update(order["env"])  # type: ignore[call-overload]
    sys.argv = list(order["command"])  # type: ignore[call-overload]

    from streamlit.web.cli import main

    try:
        main()
    finally:
        sys.stdout.flush()
        os._exit(0)
    raise AssertionError


def _serve() -> None:
    gc.disable()
    import app  # noqa: F401
    from db.settings import settings

    assert settings.cache_info().currsize == 0, "somebody asks for the settings while modules are imported"
    assert psutil.Process().num_threads() == 1, "somebody starts a thread while modules are imported"
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks: the kernel takes them away
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(json.loads(line))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()

"""The stage of a journey: the invented subdistrict, a server whose clock can be put forward, people at browsers."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from db.rules.zone import CHINA
from tests.journeys.person import Person
from tests.support.browser import DESKTOP, PHONE, ROOM, chromium
from tests.support.demo import KEY, lay_demo, run_folder
from tests.support.optional import leave_out_after
from tests.support.servers import ROOT, AppServer

DEVICES = {"shegong1": PHONE, "yishi1": PHONE, "zhiyuan1": PHONE, "zhiyuan2": PHONE, "pingmu": ROOM}
"""Who holds what; everybody else sits at a desk."""
PICTURES = os.environ.get("YIQILAI_PICTURES", "")


class Stage:
    """One story: everybody in it, and what time it is."""

    def __init__(self, folder: Path, browser: Browser) -> None:
        self.browser, self.folder = browser, folder
        self.server = AppServer(folder, {"YIQILAI_SIGN_IN_HOURS": "720", "YIQILAI_SECRET_KEY": KEY}, warm=True)
        # Papers with a QR ask for an address that phones can open; on the stage all devices are this machine.
        self.server.env["YIQILAI_PUBLIC_ADDRESS"] = self.server.base_url
        self.pictures = Path(PICTURES) if PICTURES else None
        self.people: dict[str, Person] = {}
        self.noted: dict[str, str] = {}
        """What somebody wrote down for later: numbers of needs, titles."""
        self.days = 0

    def run(self, *command: str) -> str:
        """One of the commands of `python -m db` on the stage's database."""
        done = subprocess.run(
            [sys.executable, "-m", "db", *command], cwd=ROOT, env=self.server.env, check=True, capture_output=True
        )
        return done.stdout.decode()

    def person(self, username: str) -> Person:
        """Somebody who signs in on their device the first time, and is still signed in later."""
        if username not in self.people:
            size = DEVICES.get(username, DESKTOP)
            self.people[username] = Person(self.browser, self.server.base_url, size, self.pictures).sign_in(username)
        return self.people[username]

    def wait_until(self, day: date) -> None:
        """Let days pass: the server is restarted with its clock put forward."""
        self.days = max(self.days, (day - datetime.now(CHINA).date()).days)
        self.server.env["YIQILAI_CLOCK_SHIFT_DAYS"] = str(self.days)
        self.server.restart()

    def today(self) -> date:
        """The day on the stage."""
        return datetime.now(CHINA).date() + timedelta(days=self.days)

    def ask(self, statement: str, *values: Any) -> list[Any]:
        """Read the database without touching it."""
        path = f"file:{self.server.env['YIQILAI_DATA_DIR']}/yiqilai.db?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as raw:
            return raw.execute(statement, values).fetchall()


@contextmanager
def stage_in(folder: Path) -> Iterator[Stage]:
    """The stage set up in an empty folder; everything ends with the block."""
    with chromium() as browser:
        stage = Stage(folder, browser)
        lay_demo(run_folder(folder), Path(stage.server.env["YIQILAI_DATA_DIR"]))
        with stage.server:
            yield stage


@contextmanager
def chapter(request: pytest.FixtureRequest, stopped: list[str]) -> Iterator[None]:
    """One chapter of a story. A story that broke off is not told on: the chapter that failed says why."""
    leave_out_after(stopped)
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed:
        stopped.append(request.node.name)

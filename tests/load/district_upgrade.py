"""An upgrade with a change of the schema while a meeting votes, by the steps of docs/running.md."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from playwright.sync_api import Browser, expect

from db.upkeep.schema import head
from tests.journeys.person import Person
from tests.load.district import District, told
from tests.load.district_votes import Voter, a_meeting, latin
from tests.load.measure_slips import cast_votes
from tests.support.browser import DESKTOP
from tests.support.servers import ROOT
from tests.support.waiting import wait_until

VOTERS = 120
PACE = 0.25
"""Seconds between two voters: some vote before, some in the middle, some afterwards."""
NOT_RUN = shutil.ignore_patterns(".*", "data", "docs", "tests", "__pycache__")
WHERE = "    due: Mapped[int]\n    present: Mapped[int]\n"
REVISION = '''"""A column that only the next release knows."""

from db.migrations.steps import run

revision = "{next}"
down_revision = "{last}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("ALTER TABLE ballot ADD COLUMN remarks INTEGER")
'''


def the_next_release(folder: Path) -> tuple[Path, str]:
    """This program with one more revision, in a folder of its own, and the revision."""
    last, tree = head(), folder / "next"
    number = f"{int(last) + 1:04d}"
    shutil.copytree(ROOT, tree, ignore=NOT_RUN)
    shutil.copytree(ROOT / ".streamlit", tree / ".streamlit")
    (tree / f"db/migrations/versions/next_{number}.py").write_text(REVISION.format(next=number, last=last))
    model = tree / "db/models/meeting.py"
    words = model.read_text()
    assert words.count(WHERE) == 1, "the table of ballots looks otherwise now"
    model.write_text(words.replace(WHERE, f"{WHERE}    remarks: Mapped[int | None]\n"))
    return tree, number


def migrated(here: District) -> str:
    """The schema after `db migrate` of the release that the link names."""
    command = [sys.executable, "-m", "db", "migrate"]
    done = subprocess.run(
        command, cwd=here.release, env=here.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return str(told(here.primary, "SELECT version_num FROM alembic_version", "district"))


def an_upgrade_while_a_meeting_votes(here: District, browser: Browser) -> str:
    """Once with the processes restarted one after the other, once with all of them stopped, as for a greater change."""
    hall, _screen = a_meeting(VOTERS)
    voters = [Voter(here, hall, number) for number in range(VOTERS)]
    staff = Person(browser, here.proxy.base_url, DESKTOP).sign_in("shuji").go("needs")
    before = latin(staff.page)
    tree, number = the_next_release(here.folder)

    def in_turn() -> None:
        here.switch_to(tree)
        assert migrated(here) == number
        for app in here.apps:
            app.restart()  # of the release before none would start on these tables

    def together() -> None:
        for app in here.apps:
            app.stop()
        assert migrated(here) == number
        for app in here.apps:
            app.start()

    half = VOTERS // 2
    one_by_one = _votes_while(voters[:half], in_turn)
    all_stopped = _votes_while(voters[half:], together)

    expect(staff.page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-connection-state", "CONNECTED", timeout=60_000
    )
    staff.go("needs")
    expect(staff.page.get_by_label("用户名")).to_have_count(0)
    assert latin(staff.page) <= before, latin(staff.page) - before
    staff.context.close()
    assert cast_votes(hall.ballot) == VOTERS
    assert [strange for voter in voters for strange in voter.strange] == []
    hall.end()
    return (
        f"an upgrade to schema {number} while {VOTERS} people vote: all stored once, staff stay signed in. Longest wait"
        f" {one_by_one:.1f} s with one process after the other, {all_stopped:.1f} s with all of them stopped"
    )


def _votes_while(voters: list[Voter], upgrade: Callable[[], None]) -> float:
    """One votes after the other while it happens, the rest afterwards. The longest wait in seconds."""
    done, took = Event(), list[float]()

    def vote_on() -> None:
        for voter in voters:
            took.append(voter.vote())
            done.wait(PACE)

    with ThreadPoolExecutor(1) as hand:
        voting = hand.submit(vote_on)
        wait_until(lambda: took, "the first receipt", working=[voting])
        try:
            upgrade()
        finally:
            done.set()
        voting.result()
    return max(took)

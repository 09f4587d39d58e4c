"""Votes of a hall while a process is killed and the primary lost: every page is Chinese, every receipt is counted."""

import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from html import unescape
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from db.actions.screen.displays import make_display, new_display_code
from db.engine import reading_as_system
from db.models import Account, Ballot
from tests.builders.inputs import carry_out
from tests.journeys.person import Person
from tests.load.district import District
from tests.load.measure_slips import CHOICES, Hall, a_hall, cast_votes
from tests.support.browser import DESKTOP, ROOM
from tests.support.waiting import wait_until

VOTERS = 60
CHINESE = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3,}")
CHECK_CODE = re.compile(r'<p class="k">.*?</p>', re.S)
NOT_READ = re.compile(r"<(style|script|title).*?</\1>|<[^>]*>", re.S)


WITHOUT_ICONS = """() => {
  const drawn = (one) => getComputedStyle(one).fontFamily.includes("Material")
  const icons = [...document.querySelectorAll("span")].filter(drawn)
  const were = icons.map((one) => one.style.display)
  icons.forEach((one) => { one.style.display = "none" })
  const said = document.body.innerText
  icons.forEach((one, at) => { one.style.display = were[at] })
  return said
}"""
"""An icon is its English name in the document, and a picture on the screen."""


def latin(page: Page) -> set[str]:
    """Words in Latin letters that can be read now: names such as Excel, or English."""
    return set(LATIN.findall(page.evaluate(WITHOUT_ICONS)))


def read(html: str) -> str:
    """What a plain page says to its reader, without the check code of a receipt, which is letters."""
    return unescape(NOT_READ.sub(" ", CHECK_CODE.sub(" ", html)))


def a_meeting(voters: int, by_name: str = "") -> tuple[Hall, str]:
    """A council that votes by slip, and the code of the hall's screen; one more member with an account, by name."""
    with reading_as_system("walk") as session:
        ids = {row.username: row.id for row in session.execute(select(Account.username, Account.id))}
    hall, code = a_hall(ids["shuji"], voters, ids.get(by_name)), new_display_code()
    carry_out(hall.chair, secrets.token_hex(8), make_display, name="礼堂", code=code)
    return hall, code


class Voter:
    """A phone at the proxy: votes until it reads a receipt, and remembers every page that was not for it."""

    def __init__(self, here: District, hall: Hall, number: int) -> None:
        self.ask, self.strange = here.proxy.visitor(), list[str]()
        self.path = f"/v/{hall.codes[number]}"
        self.form = urlencode({"ballot": hall.ballot, "asks": hall.asks, "choice": CHOICES[number % 3]}).encode()

    def vote(self, within: float = 90) -> float:
        """How long it took until the vote was acknowledged; raises when it never was."""
        began, status, said = time.monotonic(), 0, ""
        while time.monotonic() - began < within:
            try:
                status, page = self.ask(self.path, self.form)
            except OSError:
                continue  # the proxy itself was busy
            said = read(page)
            if not CHINESE.search(said) or LATIN.search(said):
                self.strange.append(f"{status} {said[:300]}")
            if status == 200 and "已收到" in said:
                return time.monotonic() - began
            time.sleep(0.2)
        raise AssertionError(f"no receipt within {within:.0f} s, at last: {status} {said[-600:]}")


def votes_through_mishaps(here: District, browser: Browser) -> str:
    """Sixty voters in three waves, the hall's screen and a page of staff open all the while."""
    hall, screen = a_meeting(VOTERS)
    voters = [Voter(here, hall, number) for number in range(VOTERS)]
    third = VOTERS // 3
    room = Person(browser, here.proxy.base_url, ROOM)
    room.page.goto(f"{here.proxy.base_url}/d/{screen}")
    room.sees(f"已投 0 / {VOTERS}")
    staff = Person(browser, here.proxy.base_url, DESKTOP).sign_in("shuji").go("needs")
    names = latin(staff.page) | latin(room.page)

    calm = _wave(voters[:third], None)
    room.sees(f"已投 {third} / {VOTERS}")
    victim = here.apps[1]
    killed = _wave(voters[third : 2 * third], victim.kill)
    room.sees(f"已投 {2 * third} / {VOTERS}")
    victim.start()

    def lost() -> None:
        here.lose_primary()
        staff.page.goto(f"{here.proxy.base_url}/register")
        staff.settle()
        assert CHINESE.search(staff.page.locator("body").inner_text())
        for page in (staff.page, room.page):
            assert latin(page) <= names, latin(page) - names
        here.promote()

    promoted = _wave(voters[2 * third :], lost)
    room.sees(f"已投 {VOTERS} / {VOTERS}")
    staff.go("register")
    expect(staff.page.get_by_label("用户名")).to_have_count(0)
    assert latin(staff.page) <= names, latin(staff.page) - names
    for person in (room, staff):
        person.context.close()

    assert cast_votes(hall.ballot) == VOTERS
    for voter in voters:  # who sends it again reads the receipt and counts once
        voter.vote()
    assert cast_votes(hall.ballot) == VOTERS
    assert [strange for voter in voters for strange in voter.strange] == []
    hall.end()
    with reading_as_system("walk") as session:
        ballot = session.get_one(Ballot, hall.ballot)
        counted = [ballot.votes_for, ballot.votes_against, ballot.votes_abstain]
    assert counted == [VOTERS // 3] * 3, counted
    wait_until(lambda: '"replica":"ok"' in here.proxy.visitor()("/healthz")[1], "the other standby follows")
    known = [code for code in hall.codes if code in here.proxy.logged() + "".join(app.output() for app in here.apps)]
    assert known == []
    return (
        f"{VOTERS} votes acknowledged, stored and counted, once each; no code in a log. Longest wait {calm:.1f} s,"
        f" with a process killed {killed:.1f} s, with the primary lost and a standby promoted {promoted:.1f} s"
    )


def _wave(group: list[Voter], mishap: Callable[[], object] | None) -> float:
    """All of a group at once; the mishap comes with the first receipt. The longest wait in seconds."""
    with ThreadPoolExecutor(len(group)) as hands:
        running: list[Future[float]] = [hands.submit(voter.vote) for voter in group]
        if mishap is not None:
            wait_until(lambda: any(one.done() for one in running), "the first receipt", working=running)
            mishap()
        return max(one.result() for one in running)


def whole_books(here: District, _browser: Browser) -> str:
    """What an operator would ask after such an evening."""
    command = [sys.executable, "-m", "db", "verify"]
    done = subprocess.run(
        command, cwd=here.release, env=here.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return (
        "db verify on the promoted primary: references, key, audit chain, counters, every closed ballot counted again"
    )

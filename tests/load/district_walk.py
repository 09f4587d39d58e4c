"""A journey through a district: what one process began another goes on with, and nothing acknowledged is lost."""

import re
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import urlencode

from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import select

from db.actions.screen.displays import make_display, new_display_code
from db.engine import reading_as_system
from db.models import Account, Draft
from db.rules.accounts.slowing import FREE
from tests.builders.inputs import carry_out
from tests.journeys.person import Person
from tests.load.district import District
from tests.load.district_mishaps import (
    a_full_disk_is_told,
    a_wrong_clock_is_told,
    staff_read_chinese_while_all_processes_are_gone,
    wrong_codes_count_once,
)
from tests.load.measure_slips import CHOICES, Hall, a_hall, cast_votes
from tests.support.browser import CHROMIUM, CHROMIUM_FLAGS, DESKTOP, PHONE
from tests.support.waiting import wait_until

WORDS = "三单元门口的台阶缺了一角，老人晚上看不清"
VOTERS = 60
CHINESE = re.compile("[\u4e00-\u9fff]")


def step(words: str) -> None:
    print(f"  {words}", flush=True)


def walk(here: District) -> None:
    """Raises at the first thing that is not as it must be."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        _one_sign_in_for_both(here, browser)
        _a_file_through_either(here, browser)
        _limits_are_counted_once(here, browser)
        step(wrong_codes_count_once(here))
        _words_on_both(here, browser)
        step(staff_read_chinese_while_all_processes_are_gone(here, browser))
        hall, _ = _a_meeting(here, 2)
        step(a_full_disk_is_told(here, hall, 0))
        step(a_wrong_clock_is_told(here, browser, hall, 1))
        hall, screen = _a_meeting(here, VOTERS)
        _votes(here, hall, screen)
        browser.close()
    print("Everything held.")


def _one_sign_in_for_both(here: District, browser: Browser) -> None:
    one, other = here.apps
    person = Person(browser, one.base_url, DESKTOP).sign_in("shuji")
    person.page.goto(other.base_url)
    person.settle()
    expect(person.page.get_by_label("用户名")).to_have_count(0)
    person.context.close()
    step("a sign-in on one process holds on the other")


def _a_file_through_either(here: District, browser: Browser) -> None:
    one, other = here.apps
    person = Person(browser, one.base_url, DESKTOP).sign_in("shuji")
    asked: list[str] = []
    person.page.route("**/file/*", lambda route: (asked.append(route.request.url), route.abort()))  # type: ignore[func-returns-value]
    person.go("needs").click("导出筛选结果（Excel，脱敏）")
    wait_until(lambda: asked, "the page asks for the file", pause=lambda: person.page.wait_for_timeout(50))
    answer = person.context.request.get(asked[0].replace(one.base_url, other.base_url))
    assert answer.status == 200, answer.text()
    assert answer.body()[:2] == b"PK"
    assert person.context.request.get(asked[0]).status == 404  # once, whichever process was asked
    person.context.close()
    step("a file that one process offers is fetched through the other, once")


def _limits_are_counted_once(here: District, browser: Browser) -> None:
    people = [Person(browser, app.base_url, DESKTOP) for app in here.apps]
    for person in people:
        person.page.goto(person.base_url)
    for tries in range(2 * FREE):
        page = people[tries % 2].settle().page
        if page.get_by_text("尝试次数太多").count():
            break
        page.get_by_label("用户名").fill("jiedao")
        page.get_by_label("密码", exact=True).fill(f"wrong-{tries}-wrong")
        with people[tries % 2].answered():
            page.get_by_role("button", name="进入").click()
    assert FREE <= tries <= FREE + 2, tries  # each process alone would have taken twice as many
    for person in people:
        person.context.close()
    step(f"wrong passwords are counted once: after {tries} on both together, wait")


def _words_on_both(here: District, browser: Browser) -> None:
    one, other = here.apps
    person = Person(browser, one.base_url, PHONE).sign_in("shegong1")
    person.go("visit").pick("来访、来电等")
    field = person.page.get_by_label("居民原话")
    field.press_sequentially(WORDS)
    wait_until(_held, "the words are held", pause=lambda: person.page.wait_for_timeout(100))
    one.kill()
    person.page.goto(f"{other.base_url}/visit")
    person.settle().pick("来访、来电等")
    expect(person.page.get_by_label("居民原话")).to_have_value(WORDS)
    person.context.close()
    one.start()
    step("the process is killed while somebody types; the other one has the words")


def _held() -> bool:
    with reading_as_system("walk") as session:
        return any(WORDS in typed for typed in session.scalars(select(Draft.typed)))


def _a_meeting(here: District, voters: int) -> tuple[Hall, str]:
    with reading_as_system("walk") as session:
        secretary = session.scalars(select(Account.id).where(Account.username == "shuji")).one()
    hall, code = a_hall(secretary, voters), new_display_code()
    carry_out(hall.chair, secrets.token_hex(8), make_display, name="礼堂", code=code)
    return hall, code


class Voter:
    """A phone at the proxy: votes until it reads a receipt, and remembers every page that was no page."""

    def __init__(self, here: District, hall: Hall, number: int) -> None:
        self.ask, self.strange = here.proxy.visitor(), list[str]()
        self.path = f"/v/{hall.codes[number]}"
        self.form = urlencode({"ballot": hall.ballot, "choice": CHOICES[number % 3]}).encode()

    def vote(self, within: float = 90) -> float:
        """How long it took until the vote was acknowledged; raises when it never was."""
        began, status, page = time.monotonic(), 0, ""
        while time.monotonic() - began < within:
            try:
                status, page = self.ask(self.path, self.form)
            except OSError:
                continue  # the proxy itself was busy
            if status == 200 and "已收到" in page:
                return time.monotonic() - began
            if not CHINESE.search(page):
                self.strange.append(f"{status} {page[:200]}")
            time.sleep(0.2)
        raise AssertionError(f"no receipt within {within:.0f} s, at last: {status} {page[-600:]}")


def _votes(here: District, hall: Hall, screen: str) -> None:
    voters = [Voter(here, hall, number) for number in range(VOTERS)]
    wall = here.proxy.visitor()
    third = VOTERS // 3

    def wave(group: list[Voter], mishap: Callable[[], object] | None) -> float:
        with ThreadPoolExecutor(len(group)) as hands:
            running: list[Future[float]] = [hands.submit(voter.vote) for voter in group]
            if mishap is not None:
                wait_until(lambda: any(one.done() for one in running), "the first receipt", working=running)
                mishap()
            longest = max(one.result() for one in running)
        assert [strange for voter in group for strange in voter.strange] == []
        return longest

    step(f"{third} votes, longest wait {wave(voters[:third], None):.1f} s")
    status, page = wall(f"/d/{screen}")
    assert status == 200
    assert CHINESE.search(page)
    step("the hall's screen shows on a third connection")
    longest = wave(voters[third : 2 * third], here.apps[1].kill)
    step(f"{third} votes while a process is killed, longest wait {longest:.1f} s")
    here.apps[1].start()
    longest = wave(voters[2 * third :], here.promote)
    step(f"{third} votes while the primary is stopped and a standby promoted, longest wait {longest:.1f} s")
    wait_until(lambda: _stored(hall) == VOTERS, "every vote that was acknowledged is there", seconds=60)
    again = [voter.vote() for voter in voters]
    assert len(again) == VOTERS
    assert _stored(hall) == VOTERS
    step(f"{VOTERS} acknowledged, {_stored(hall)} stored; who votes again reads the receipt and counts once")
    health = here.proxy.visitor()
    wait_until(lambda: '"replica":"ok"' in health("/healthz")[1], "the other standby follows", seconds=60)
    step("the other standby follows the new primary, and answers ledgers")


def _stored(hall: Hall) -> int:
    return cast_votes(hall.ballot)

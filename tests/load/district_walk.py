"""A journey through a district: what one process began another goes on with, and nothing acknowledged is lost."""

import os
import time
from collections.abc import Callable

from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import select

from db.engine import reading_as_system
from db.models import Draft
from db.rules.accounts.slowing import FREE
from tests.journeys.person import Person
from tests.load.district import District
from tests.load.district_mishaps import (
    a_full_disk_is_told,
    a_wrong_clock_is_told,
    staff_read_chinese_while_all_processes_are_gone,
    wrong_codes_count_once,
)
from tests.load.district_upgrade import an_upgrade_while_a_meeting_votes
from tests.load.district_votes import a_meeting, votes_through_mishaps, whole_books
from tests.support.browser import CHROMIUM, CHROMIUM_FLAGS, DESKTOP, PHONE, ROOM
from tests.support.waiting import wait_until

WORDS = "三单元门口的台阶缺了一角，老人晚上看不清"


def walk(here: District, *, whole: bool = True) -> None:
    """The journey, or only its last steps: votes while a process and the primary are lost.

    Every step says what held, how long it took, and the load; raises at the first that does not hold.
    """
    steps: tuple[Callable[[District, Browser], str], ...] = (
        a_sign_in_here_and_a_vote_there,
        a_file_through_either,
        wrong_passwords_count_once,
        wrong_codes_count_once,
        words_on_both,
        staff_read_chinese_while_all_processes_are_gone,
        a_full_disk_is_told,
        a_wrong_clock_is_told,
        an_upgrade_while_a_meeting_votes,
        votes_through_mishaps,
        whole_books,
    )
    began = time.monotonic()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for one in steps if whole else steps[-2:]:
            started = time.monotonic()
            held = one(here, browser)
            print(f"  {time.monotonic() - started:4.0f} s, load {os.getloadavg()[0]:4.1f}: {held}", flush=True)
        browser.close()
    print(f"Everything held, in {time.monotonic() - began:.0f} s.", flush=True)


def a_sign_in_here_and_a_vote_there(here: District, browser: Browser) -> str:
    """A member signs in on one process and votes by name on the other; the hall's screen asks through the proxy."""
    one, other = here.apps[:2]
    hall, screen = a_meeting(3, by_name="yishi1")
    room = Person(browser, here.proxy.base_url, ROOM)
    room.page.goto(f"{here.proxy.base_url}/d/{screen}")
    room.sees("已投 0 / 4")
    member = Person(browser, one.base_url, PHONE).sign_in("yishi1")
    member.page.goto(f"{other.base_url}/vote")
    expect(member.settle().page.get_by_label("用户名")).to_have_count(0)
    member.click("赞成").click("确认赞成").sees("您已表决：赞成")
    room.sees("已投 1 / 4")
    member.page.goto(f"{one.base_url}/vote")
    member.settle().sees("您已表决：赞成")
    for person in (room, member):
        person.context.close()
    hall.end()
    return "signed in on one process, voted on the other, seen on the hall's screen and on the first"


def a_file_through_either(here: District, browser: Browser) -> str:
    one, other = here.apps[:2]
    person = Person(browser, one.base_url, DESKTOP).sign_in("shuji").go("needs")
    asked: list[str] = []

    def keep(address: str) -> int:
        asked.append(address)
        return 204  # the browser stays where it is

    person.page.route("**/file/*", lambda route: route.fulfill(status=keep(route.request.url)))
    for turn, through in enumerate((other, one), 1):
        person.click("导出筛选结果（Excel，脱敏）")
        wait_until(lambda: len(asked) == turn, "the page asks", pause=lambda: person.page.wait_for_timeout(50))  # noqa: B023
        answer = person.context.request.get(asked[-1].replace(one.base_url, through.base_url))
        assert answer.status == 200, answer.text()
        assert answer.body()[:2] == b"PK"
        for app in here.apps:  # once, whichever process was asked
            assert person.context.request.get(asked[-1].replace(one.base_url, app.base_url)).status == 404
    person.context.close()
    return "a file that one process offers is fetched through the other and through itself, once"


def wrong_passwords_count_once(here: District, browser: Browser) -> str:
    people = [Person(browser, app.base_url, DESKTOP) for app in here.apps]
    for person in people:
        person.page.goto(person.base_url)
    for tries in range(2 * FREE):
        person = people[tries % len(people)]
        page = person.settle().page
        if page.get_by_text("尝试次数太多").count():
            break
        page.get_by_label("用户名").fill("jiedao")
        page.get_by_label("密码", exact=True).fill(f"wrong-{tries}-wrong")
        with person.answered():
            page.get_by_role("button", name="进入").click()
    assert FREE <= tries <= FREE + len(people), tries  # each process alone would have let as many pass
    for person in people:
        person.context.close()
    return f"wrong passwords are counted once: after {tries} on all processes together, wait"


def words_on_both(here: District, browser: Browser) -> str:
    """The process dies while somebody types; the page comes back by itself on another one, and so does a fresh page."""
    person = Person(browser, here.proxy.base_url, PHONE).sign_in("shegong1").go("visit").pick("来访、来电等")
    field = person.page.get_by_label("居民原话")
    field.press_sequentially(WORDS)
    wait_until(_held, "the words are held", pause=lambda: person.page.wait_for_timeout(100))
    app = person.page.get_by_test_id("stApp")
    with here.killed(here.serving("/visit")):
        expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
        expect(person.settle().page.get_by_label("居民原话")).to_have_value(WORDS)
        person.go("visit").pick("来访、来电等")
        expect(person.page.get_by_label("居民原话")).to_have_value(WORDS)
    person.context.close()
    return "the process is killed while somebody types; page and words come back on the other one"


def _held() -> bool:
    with reading_as_system("walk") as session:
        return any(WORDS in typed for typed in session.scalars(select(Draft.typed)))

"""The count of a stall in a real browser: offline, reloaded, on two phones; every press once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from db import engine as db_engine
from db.actions.activities.market_tally import close_market
from db.counters import day_of
from db.engine import reading_as_system, utc_now
from db.queries.activities.market_stall import stall_at_hand
from db.settings import settings
from db.upkeep.schema import migrate
from tests.builders.activities import a_market, a_stall, a_tally
from tests.builders.world import World, build_world, do
from tests.journeys.person import DRAWN
from tests.support.browser import PHONE
from tests.support.flaky_proxy import FlakyProxy, Weather
from tests.support.servers import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
SHARED = ("YIQILAI_DATABASE_URL", "YIQILAI_DATA_DIR", "YIQILAI_SECRET_KEY")


def total(code: str) -> int:
    with reading_as_system("test") as session:
        stall = stall_at_hand(session, code, now=utc_now())
    assert stall is not None
    return stall.total


def press(page: Page, amount: int, times: int = 1) -> None:
    for _ in range(times):
        page.locator(f"[data-amount='{amount}']").click()


def shown(page: Page, served: int) -> None:
    expect(page.locator("#total")).to_have_text(str(served), timeout=30_000)


def sent(page: Page) -> None:
    expect(page.locator("[data-waiting='0']")).to_be_visible(timeout=60_000)


class Square:
    """A market day with one stall, the real server, and a line to it."""

    def __init__(self, world: World, line: FlakyProxy, browser: Browser) -> None:
        self.world, self.line, self.browser = world, line, browser
        self.market = a_market(world, day_of(utc_now()))
        self.code = a_tally(world, a_stall(world, self.market), now=utc_now())

    def phone(self) -> Page:
        """A phone that has scanned the helper's slip."""
        context = self.browser.new_context(
            viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True, locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{self.line.base_url}/m/{self.code}")
        page.wait_for_selector("#total")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return page


@pytest.fixture
def square(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, running_browser: Browser) -> Iterator[Square]:
    monkeypatch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{tmp_path}/market.db")
    monkeypatch.setenv("YIQILAI_DATA_DIR", str(tmp_path))
    db_engine.forget_engines()
    settings.cache_clear()
    migrate()
    world = build_world()
    with (
        AppServer(tmp_path, {name: os.environ[name] for name in SHARED}, warm=True) as server,
        FlakyProxy(server.port) as line,
    ):
        yield Square(world, line, running_browser)
        for context in running_browser.contexts:
            context.close()
    db_engine.forget_engines()


def test_no_press_is_lost_or_doubled_without_a_network_over_reloads_and_on_two_phones(square: Square) -> None:
    one, two = square.phone(), square.phone()

    # The network goes: both go on, one is reloaded in between and opens from what the phone keeps.
    square.line.weather = Weather(cut=True)
    square.line.break_all()
    press(one, 1, 4)
    press(two, 5, 2)
    one.reload()
    shown(one, 4)
    press(one, -1)
    shown(one, 3)
    assert total(square.code) == 0

    # It comes back badly: answers are lost on the way, and the presses are sent again.
    square.line.weather = Weather(drop=0.3, delay=0.1)
    press(two, 1)
    one.locator("[data-queue=long]").click()
    sent(one)
    sent(two)
    square.line.weather = Weather()

    assert total(square.code) == 14
    for page in (one, two):
        shown(page, 14)
    # The queue was told after the presses: the other phone may learn of it with a later answer.
    expect(two.locator("[data-queue=long]")).to_have_attribute("aria-pressed", "true")


def test_a_press_of_the_mouse_counts_though_an_answer_comes_while_it_is_held(square: Square) -> None:
    page = square.phone()
    sent(page)
    page.locator("[data-amount='1']").hover()
    page.mouse.down()

    with page.expect_response(lambda answer: answer.url.endswith("/now")) as answered:
        page.evaluate("dispatchEvent(new Event('online'))")
    answered.value.finished()
    page.evaluate(DRAWN)
    page.mouse.up()

    shown(page, 1)
    do(square.world.worker, close_market, activity_id=square.market, now=utc_now())
    expect(page.get_by_text("社区已经关账")).to_be_visible()  # it is drawn again


def test_a_closed_day_is_told_and_the_page_can_be_used_by_everybody(square: Square) -> None:
    page = square.phone()
    press(page, 1)
    sent(page)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert Axe().run(page).response["violations"] == []
    small = page.locator("button").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).filter((box) => box.width && box.height < 44).length"
    )
    assert small == 0

    do(square.world.worker, close_market, activity_id=square.market, now=utc_now())

    expect(page.get_by_text("社区已经关账")).to_be_visible(timeout=30_000)
    shown(page, 1)

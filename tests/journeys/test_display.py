"""The room's screen in a real browser: two screens follow the console, survive a restart, and stop when revoked."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from db import engine as db_engine
from db.actions.screen.displays import make_display, new_display_code, revoke_display
from db.actions.screen.screen import follow_meeting, reveal_result, show_rotation
from db.engine import utc_now
from db.settings import settings
from db.upkeep.schema import migrate
from tests.builders.world import World, build_world, do
from tests.support.browser import PATIENCE, ROOM, chromium
from tests.support.screen_scenes import Scenes
from tests.support.servers import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SHARED = ("YIQILAI_DATABASE_URL", "YIQILAI_DATA_DIR", "YIQILAI_SECRET_KEY")
"""What the server must have in common with the test that plays the console."""
MOST_ASKS = 3
"""A screen asks twice a second: so often at most until it shows what the console did, however slow the machine is."""
NOTE_SEEN = """words => {
  const look = () => {
    const seen = words ? document.body.innerText.includes(words) : document.querySelector(".dots span")
    if (seen) window.seenAt = performance.now()
    else requestAnimationFrame(look)
  }
  window.seenAt = 0
  look()
}"""
"""From now on the page itself looks for the words; without words, for its rotation: a look from outside comes late."""
ASKS_UNTIL_SEEN = """since => {
  if (!window.seenAt) return 0
  const asks = performance.getEntriesByType("resource").filter(one => one.name.includes("/now"))
  return Math.max(1, asks.filter(one => one.startTime > since && one.startTime <= window.seenAt).length)
}"""
"""How often the page asked after the moment `since` until it showed the words, once it shows them."""
SIZES = {"hall": ROOM, "notebook": (1366, 768), "4k": (3840, 2160)}
CUT_OFF = """() => {
  const stage = document.querySelector(".stage"), box = stage.getBoundingClientRect()
  const found = []
  for (const part of stage.querySelectorAll("header *, h1, .words > *, .words li, .words span, .code *, footer *")) {
    const at = part.getBoundingClientRect()
    if (at.width && (at.right > box.right + 1 || at.bottom > box.bottom + 1 || at.left < -1 || at.top < -1))
      found.push(part.className + ": " + part.textContent.slice(0, 40))
  }
  const words = document.querySelector(".words"), body = document.querySelector(".body")
  if (words.offsetHeight > body.clientHeight + 1) found.push("words are higher than their place")
  return found
}"""

RESIZED = """([width, height]) => innerWidth === width && innerHeight === height && document.fonts.ready
  .then(() => new Promise((on) => requestAnimationFrame(() => requestAnimationFrame(() => on(true)))))"""
"""The page knows its new size and was drawn with it; the words are fitted before a drawing."""

NOTE_CLOCK = """() => {
  window.shown = []
  new MutationObserver(() => {
    const clock = document.querySelector(".clock")
    const words = clock && clock.textContent + " " + clock.className
    if (words && !window.shown.includes(words)) window.shown.push(words)
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
}"""
"""Everything the clock shows from now on: a look from outside could miss a second."""


class Room:
    """A community with a meeting, its secretary, and browsers that show its screen."""

    def __init__(self, world: World, server: AppServer, browser: Browser) -> None:
        self.world, self.server, self.browser = world, server, browser
        self.scenes = Scenes(world)
        self.code = new_display_code()
        self.link = do(world.secretary, make_display, name="一楼议事厅", code=self.code, now=utc_now())

    def screen(self, query: str = "", size: tuple[int, int] = ROOM) -> Page:
        page = self.browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.goto(f"{self.server.base_url}/d/{self.code}{query}")
        return page


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder: Path = tmp_path_factory.mktemp("room")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIQILAI_DATABASE_URL", f"sqlite:///{folder}/room.db")
        patch.setenv("YIQILAI_DATA_DIR", str(folder))
        db_engine.forget_engines()
        settings.cache_clear()
        migrate()
        world = build_world()
        with (
            AppServer(folder, {name: os.environ[name] for name in SHARED}, warm=True) as server,
            chromium() as browser,
        ):
            yield Room(world, server, browser)
        db_engine.forget_engines()


def asks_until(page: Page, since: float) -> int:
    seen = page.wait_for_function(ASKS_UNTIL_SEEN, arg=since, timeout=PATIENCE)
    return int(seen.json_value())


def test_two_screens_follow_the_console_with_their_next_asks(room: Room) -> None:
    item, meeting = room.scenes.items[0], room.scenes.meeting
    room.scenes.result_passed()
    decided = room.scenes.items[1]
    do(room.world.secretary, show_rotation, now=utc_now())
    pages = [room.screen(), room.screen("?theme=dark")]
    for page in pages:
        page.locator(".dots span").first.wait_for()
    taken, seconds = [], []

    for act, values, words in (
        (follow_meeting, {"meeting_id": meeting}, "扫码签到"),
        (follow_meeting, {"meeting_id": meeting, "item_id": item}, "楼道照明改造"),
        (follow_meeting, {"meeting_id": meeting, "item_id": decided}, "等待主持人宣布结果"),
        (reveal_result, {"item_id": decided}, "9 票超过实到 14 人的半数"),
        (show_rotation, {}, ""),
    ):
        for page in pages:
            page.evaluate(NOTE_SEEN, words)
        do(room.world.secretary, act, now=utc_now(), **values)
        began = time.perf_counter()
        since = [page.evaluate("performance.now()") for page in pages]
        taken += [asks_until(page, moment) for page, moment in zip(pages, since, strict=True)]
        seconds.append(time.perf_counter() - began)

    sys.stdout.write(f"click to both screens: {' '.join(f'{one:.2f} s' for one in seconds)}, asks {taken}\n")
    assert max(taken) <= MOST_ASKS
    for page in pages:
        page.close()


def test_the_countdown_runs_turns_orange_and_ends(room: Room) -> None:
    room.scenes.agenda()
    page = room.screen()
    page.locator(".words").wait_for()
    page.evaluate(NOTE_CLOCK)
    item = room.scenes.fresh_item()
    room.scenes.speak(item, 3, ends_in=32)  # far enough from the last seconds for a machine that is busy
    room.scenes.steer(item)
    clock = page.locator(".clock")

    expect(clock).to_have_class("clock last")
    looks = [look.split(" ", 1) for look in page.evaluate("window.shown")]
    left = [int(words.removeprefix("0:")) for words, _class in looks]
    assert len(left) > 3
    assert left == sorted(left, reverse=True)  # down without a step back; a busy machine may skip a second
    assert all(
        name == ("clock last" if seconds <= 15 else "clock")
        for seconds, (_words, name) in zip(left, looks, strict=True)
    )
    room.scenes.time_is_up()
    expect(clock).to_have_text("时间到")
    expect(clock).to_have_class("clock over")
    page.close()


def test_a_screen_says_that_it_is_cut_off_and_comes_again_by_itself(room: Room) -> None:
    room.scenes.agenda()
    page = room.screen()
    page.get_by_text("扫码签到").wait_for()
    lost = page.locator(".lost")

    page.context.set_offline(True)
    expect(lost).to_have_text("连接中断，正在重连")
    expect(page.get_by_text("扫码签到")).to_be_visible()
    page.context.set_offline(False)
    expect(lost).to_have_count(0)

    room.server.stop()
    expect(lost).to_be_visible()
    room.scenes.speaker()
    room.server.start()
    expect(page.get_by_text("3号席").first).to_be_visible()
    expect(lost).to_have_count(0)
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_scene_cuts_a_word_off_or_is_hard_to_read(room: Room, theme: str) -> None:
    page = room.screen(f"?theme={theme}")
    cut, hard = {}, {}

    for name, scene in room.scenes.all().items():
        scene()
        page.reload()
        page.locator(".words").wait_for()
        for size in SIZES.values():
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.wait_for_function(RESIZED, arg=list(size))
            if found := page.evaluate(CUT_OFF):
                cut[name, size] = found
        page.set_viewport_size({"width": ROOM[0], "height": ROOM[1]})
        page.wait_for_function(RESIZED, arg=list(ROOM))
        broken = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        if broken:
            hard[name] = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in broken]

    assert (cut, hard) == ({}, {})
    page.close()


def test_the_qr_is_a_quarter_of_the_height_and_a_sentence_is_read_from_ten_metres(room: Room) -> None:
    page = room.screen()
    room.scenes.ballot_twelve()
    page.locator(".code svg").wait_for()
    code = page.locator(".code svg").bounding_box()
    room.scenes.result_choose()
    page.locator(".sentence").wait_for()
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.sentence')).fontSize)")

    assert code is not None
    assert code["height"] >= ROOM[1] / 4
    assert size >= ROOM[0] * 0.022 - 0.5
    page.close()


def test_an_open_screen_does_not_grow(room: Room) -> None:
    page = room.screen()
    count = "document.getElementsByTagName('*').length"
    room.scenes.speaker()
    page.get_by_text("3号席").first.wait_for()
    before = page.evaluate(count)

    for _ in range(4):
        room.scenes.agenda()
        page.get_by_text("扫码签到").wait_for()
        room.scenes.speaker()
        page.get_by_text("3号席").first.wait_for()

    assert page.evaluate(count) == before
    page.close()


def test_a_revoked_screen_says_so_and_asks_no_more(room: Room) -> None:
    page = room.browser.new_page(viewport={"width": ROOM[0], "height": ROOM[1]})
    page.clock.install()
    page.goto(f"{room.server.base_url}/d/{room.code}")
    page.locator(".words").wait_for()
    asked: list[str] = []

    do(room.world.secretary, revoke_display, link_id=room.link, now=utc_now())
    expect(page.get_by_text("链接已停用")).to_be_visible()
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(60_000)
    page.evaluate("fetch('/healthz')")  # whatever was asked before it has been told of, too

    assert [url for url in asked if not url.endswith("/healthz")] == []
    assert len(asked) == 1
    expect(page.locator(".lost")).to_have_count(0)
    page.close()

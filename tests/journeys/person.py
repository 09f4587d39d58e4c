"""A person at a browser: finds what a person sees (labels, words), never ids; waits until the app has answered."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Self

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, WebSocket, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.browser import PATIENCE
from tests.support.waiting import wait_until

DRAWN = """() => new Promise(on =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(on, 100, true))))"""
"""Whatever was pressed before has been heard by the page and sent on: timers and frames wait for it in their queue."""
PASSWORD = "liushu-xia-he-cha"  # of the invented subdistrict
OUTSIDE = re.compile(r"^(?!data:|blob:|about:|(?:https?|wss?)://127\.0\.0\.1[:/]).*")


def own_words(words: str) -> "re.Pattern[str]":
    """A label that consists of these words, with at most Streamlit's icon name before and a unit behind."""
    return re.compile(rf"^(?:[a-z_0-9]+ ?)?{re.escape(words)}(?:\s.*)?$", re.DOTALL)


class Person:
    """One signed-in browser, on a phone when the screen is narrow."""

    def __init__(self, browser: Browser, base_url: str, size: tuple[int, int], pictures: Path | None = None) -> None:
        self.phone = size[0] < 500
        self.base_url, self.pictures, self.username = base_url, pictures, ""
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, has_touch=self.phone, is_mobile=self.phone,
            locale="zh-CN", timezone_id="Asia/Shanghai", device_scale_factor=1, reduced_motion="reduce",
        )  # fmt: skip
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.foreign: list[str] = []
        self.context.on("request", self._note_foreign)
        self._asked, self._waits = 0, False
        self._line: WebSocket | None = None
        self.page.on("websocket", self._listen)

    def _listen(self, line: WebSocket) -> None:
        """Note on the app's line what was asked of it and whether it has answered."""
        if not line.url.endswith("/_stcore/stream"):
            return
        self._line = line

        def sent(frame: str | bytes) -> None:
            message = BackMsg.FromString(frame) if isinstance(frame, bytes) else BackMsg()
            if message.WhichOneof("type") == "rerun_script":
                self._asked += 1
                # What asks for a part of the page that is gone by then gets no answer at all.
                self._waits = self._waits or not message.rerun_script.fragment_id

        def received(frame: str | bytes) -> None:
            message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
            if message.WhichOneof("type") == "script_finished":
                self._waits = self._waits and message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

        def ended(line: WebSocket) -> None:
            # The end of the page before may be told after the first question of the new one.
            self._waits = self._waits and line is not self._line

        line.on("framesent", sent)
        line.on("framereceived", received)
        line.on("close", ended)

    def _note_foreign(self, request: Request) -> None:
        if OUTSIDE.match(request.url):
            self.foreign.append(request.url)

    def sign_in(self, username: str) -> Self:
        self.username = username
        self.page.goto(self.base_url)
        return self._enter()

    def _enter(self) -> Self:
        self.page.get_by_label("用户名").fill(self.username)
        self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="进入").click()
        self.page.get_by_label("用户名").wait_for(state="detached")
        return self.settle()

    def go(self, path: str) -> Self:
        """Open an address, as from a bookmark."""
        with self.answered():  # a page that is slow to begin looks like one that has nothing to do
            self.page.goto(f"{self.base_url}/{path.lstrip('/')}")
        return self

    def settle(self) -> Self:
        """Wait until the script has run and nothing is stale."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        self.page.wait_for_function(DRAWN)
        self._until(lambda: not self._waits, "the app's answer")
        expect(app).to_have_attribute("data-test-script-state", re.compile("notRunning|stopped"))
        expect(self.page.locator("[data-testid=stSkeleton]")).to_have_count(0)
        return self

    def _until(self, is_so: Callable[[], bool], what: str) -> None:
        wait_until(is_so, what, pause=lambda: self.page.wait_for_timeout(20))

    @contextmanager
    def answered(self) -> Iterator[None]:
        """What is done inside reaches the app by itself after a moment: wait until it was sent and the app has run."""
        before = self._asked
        yield
        self._until(lambda: self._asked > before, "what the app is asked")
        self.settle()

    def click(self, name: str, *, nth: int = 0) -> Self:
        """Press a button or a link by its words."""
        main = self.page
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).nth(nth).click()
        return self.settle()

    def submit(self, name: str, said: str = "") -> Self:
        """Press a button and read what the app says to it; the words leave by themselves.

        On a machine that is busy, what is pressed may be drawn anew under the finger. Nothing happens then, and a
        person presses once more; whatever was sent twice is stored once.
        """
        button = self.page.get_by_role("button", name=name).last
        button.click()
        self.settle()
        if said:
            toast = self.page.get_by_test_id("stToast").filter(has_text=said).first
            with suppress(PlaywrightTimeout):
                toast.wait_for(timeout=8_000)
                return self
            if button.is_visible():
                with suppress(PlaywrightTimeout):  # it may leave just now, with what it does
                    button.click(timeout=2_000)
                self.settle()
            self.is_told(said)
        return self

    def is_told(self, said: str) -> Self:
        """Read a passing message and take it away, so that the next one is not taken for it."""
        toast = self.page.get_by_test_id("stToast").filter(has_text=said).first
        expect(toast).to_be_visible()
        return self

    def fill(self, label: str, text: str) -> Self:
        """Type into the field with this label."""
        field = self.page.get_by_label(label).and_(self.page.locator("input, textarea")).first
        field.fill(text)
        field.blur()
        return self.settle()

    def number(self, label: str, value: int) -> Self:
        """Type a whole number."""
        field = self.page.get_by_role("spinbutton", name=label).first
        field.fill(str(value))
        field.blur()
        return self.settle()

    def pick(self, name: str, *, nth: int = 0) -> Self:
        """Press one of several buttons that stand side by side, unless it is pressed already."""
        words = own_words(name)
        one = self.page.get_by_role("radio", name=words).or_(self.page.get_by_role("button", name=words)).nth(nth)
        if one.get_attribute("aria-checked") != "true":
            one.click()
        return self.settle()

    def tick(self, names: Iterable[str]) -> Self:
        """Press many of a sheet that takes several."""
        for name in names:
            self.page.get_by_role("button", name=name).or_(self.page.get_by_role("checkbox", name=name)).first.click()
        return self.settle()

    def check(self, label: str) -> Self:
        self.page.get_by_role("checkbox", name=label).first.check(force=True)
        return self.settle()

    def choose(self, label: str, option: str = "") -> Self:
        """Choose from a list; without words the first that is offered."""
        self.page.get_by_role("combobox", name=label).first.click()
        offered = self.page.get_by_role("option")
        (offered.filter(has_text=option) if option else offered).first.click()
        return self.settle()

    def choose_several(self, label: str, options: Iterable[str]) -> Self:
        for option in options:
            box = self.page.get_by_role("combobox", name=label).first
            box.fill(option)
            self.page.get_by_role("option").filter(has_text=option).first.click()
        self.page.keyboard.press("Escape")
        return self.settle()

    def unfold(self, words: str) -> Self:
        """Open what is folded away; whoever presses as it is drawn anew presses once more."""
        fold = self.page.locator("details").filter(has=self.page.locator("summary").filter(has_text=words)).first

        def opened() -> bool:
            self.settle()
            if fold.get_attribute("open") is None:
                fold.locator("summary").first.click()
            self.settle()
            return fold.get_attribute("open") is not None

        self._until(opened, f"{words} unfolds")
        return self

    def open_row(self, words: str) -> Self:
        """Open the row of a list that holds these words, by its link; on a phone ask for more until it is there."""
        link = self.page.get_by_role("row").filter(has_text=words).get_by_role("link").first
        more = self.page.get_by_role("button", name=re.compile(r"^再看 \d+ 条$"))
        expect(link.or_(more).first).to_be_visible()
        while not link.is_visible() and more.count():
            more.first.click()
            self.settle()  # whether there is still more to ask for is seen in what was drawn
        link.click()
        return self.settle()

    def sees(self, *texts: str) -> Self:
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()
        return self

    def sees_no(self, text: str) -> Self:
        expect(self.page.get_by_text(text)).to_have_count(0)
        return self

    def whole(self) -> Locator:
        return self.page.locator("body")

    def picture(self, name: str, *, at: str = "", height: int = 0) -> Self:
        """Keep a picture for the README when somebody asked for pictures.

        `at` is scrolled below the bar on top; `height` makes the screen as tall as what is to be seen.
        """
        if self.pictures:
            self.settle()
            expect(self.page.get_by_test_id("stToast")).to_have_count(0)
            size = self.page.viewport_size
            if size and height:
                self.page.set_viewport_size({"width": size["width"], "height": height})
                self.page.wait_for_timeout(500)
            if at:
                place = self.page.get_by_text(at).first
                place.evaluate("element => { element.style.scrollMarginTop = '72px'; element.scrollIntoView() }")
            self.page.mouse.move(2, 2)
            with Image.open(BytesIO(self.page.screenshot())) as seen:
                # 256 colours hold every screen of ours and a third of the bytes.
                seen.convert("RGB").quantize(256).save(self.pictures / f"{name}.png", optimize=True)
            if size:
                self.page.set_viewport_size(size)
        return self

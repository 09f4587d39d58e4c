"""The one browser of the suite: Debian's Chromium, headless, with nothing that calls home."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

T = TypeVar("T")

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
DESKTOP, PHONE, ROOM = (1440, 900), (390, 844), (1920, 1080)
PATIENCE = 30_000
"""Milliseconds until something that a page should show counts as missing."""
expect.set_options(timeout=PATIENCE)
SEEN_SMALL = """() => [...document.querySelectorAll("button, a, label.o, select, input.t, summary")]
  .filter(one => one.getClientRects().length)
  .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
  .filter(([_html, height]) => height < 48)"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("main *")]
  .filter(one => one.innerText && one.getClientRects().length)
  .map(one => parseFloat(getComputedStyle(one).fontSize)))"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, running; it ends with the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def in_own_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: an open browser leaves a running loop in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def check(page: Page, what: str) -> None:
    """Usable without eyes, wide enough for nobody to scroll sideways, large enough to hit and to read."""
    found = [
        f"{what}: {one['id']}: {[node['html'][:200] for node in one['nodes'][:3]]}"
        for one in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    ]
    width = page.viewport_size["width"] if page.viewport_size else 0

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, what
    assert page.evaluate(SEEN_SMALL) == [], what
    assert page.evaluate(SMALLEST) >= 19, what

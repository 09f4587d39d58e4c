"""The first load over the wire, as Chromium receives it: bytes and requests, cache empty."""

import asyncio
from dataclasses import dataclass

from playwright.async_api import async_playwright

from tests.load.ground import Ground
from tests.load.report import Report
from tests.support.browser import CHROMIUM, CHROMIUM_FLAGS


@dataclass(frozen=True, slots=True)
class Size:
    """Seconds in which whatever the page still asks for after its form is shown arrives."""

    seconds_after: float = 3


FULL, SMALLEST = Size(), Size(seconds_after=0)


async def measure(here: Ground, _scale: int, report: Report, size: Size = FULL) -> None:
    """Open the sign-in form with an empty cache and add up what the network delivered."""
    received, requests = 0, 0
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = await browser.new_page()
        network = await page.context.new_cdp_session(page)
        await network.send("Network.enable")

        def count(event: dict[str, float]) -> None:
            nonlocal received, requests
            received, requests = received + int(event["encodedDataLength"]), requests + 1

        network.on("Network.loadingFinished", count)
        await page.goto(here.server.base_url)
        await page.get_by_role("textbox").first.wait_for()
        await asyncio.sleep(size.seconds_after)
        await browser.close()
    report.say(f"\nFirst load over the wire, empty cache: {received / 1e6:.2f} MB in {requests} requests.")
    report.target("first load over the wire", "≤ 0.8 MB", f"{received / 1e6:.2f} MB", received <= 800_000)

"""Two hundred meeting-room screens: plain display pages that ask, next to sessions of the app that refresh."""

import asyncio
import time
from contextlib import AsyncExitStack

import aiohttp

from db.actions.screen.screen import follow_meeting, show_rotation
from db.engine import carry_out
from db.rules.permissions import Actor
from db.terms import Role
from tests.load.displays import Display, a_display, ages, chair_of, share
from tests.load.ground import Ground
from tests.load.report import Report
from tests.load.tab import Tab

SCREENS, SECONDS, STEERS = 200, 24, 6
SESSIONS = 50
"""Sessions of the app, for comparison; a session costs so much more that fewer are enough to tell."""


async def steer(chair: Actor, meeting_id: int, until: float, moments: list[float]) -> None:
    """The chair switches between the meeting and the rotation."""
    gap = (until - time.perf_counter()) / (STEERS + 1)
    for turn in range(STEERS):
        await asyncio.sleep(gap)
        key = f"bench-{time.time_ns()}"
        if turn % 2:
            await asyncio.to_thread(carry_out, chair, key, show_rotation)
        else:
            await asyncio.to_thread(carry_out, chair, key, follow_meeting, meeting_id=meeting_id)
        moments.append(time.perf_counter())


async def _plain(here: Ground, chair: Actor, report: Report) -> float:
    """Plain display pages; the share of a core they cost the server."""
    address = f"{here.server.base_url}/d/{a_display(chair)}/now"
    displays = [Display() for _ in range(SCREENS)]
    moments: list[float] = []
    connector = aiohttp.TCPConnector(limit=SCREENS)
    async with aiohttp.ClientSession(connector=connector) as http:
        began, start = here.server.cpu_seconds(), time.perf_counter()
        until = start + SECONDS
        await asyncio.gather(
            steer(chair, here.object_of["meeting"], until, moments),
            *(one.watch(http, address, until, 0.5 * n / SCREENS) for n, one in enumerate(displays)),
        )
        cores = (here.server.cpu_seconds() - began) / (time.perf_counter() - start)
    answers = [seconds for one in displays for seconds in one.answers]
    stale = ages(displays, moments, float(SECONDS))
    failures = sum(one.failures for one in displays)
    report.row(
        f"{SCREENS} display links", f"{cores:.2f}", f"{cores / SCREENS * 1000:.1f}", len(answers),
        f"{share(answers, 0.5) * 1000:.0f}", f"{share(answers, 0.95) * 1000:.0f}",
        f"{share(stale, 0.5):.2f}", f"{share(stale, 0.95):.2f}",
    )  # fmt: skip
    report.target("200 display links", "≤ 0.5 core", f"{cores:.2f} core", cores <= 0.5)
    report.target("200 display links", "no failed answer", f"{failures} of {len(answers)}", failures == 0)
    report.target("display links' staleness p95", "≤ 1 s", f"{share(stale, 0.95):.2f} s", share(stale, 0.95) <= 1)
    return cores


def _shown(tab: Tab) -> bytes:
    """What the tab shows, as bytes to compare."""
    return b"".join(element.SerializeToString() for element in tab.drawn.values() if element is not None)


async def _watch(tab: Tab, until: float, seen: Display) -> None:
    """Tick as an open page does and note when the picture changed."""
    fragment, pause = next(iter(tab.clocks.items()))
    due, before = time.perf_counter() + pause, _shown(tab)
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        began = time.perf_counter()
        await tab.rerun(fragment, by_clock=True)
        seen.answers.append(time.perf_counter() - began)
        after = _shown(tab)
        if after != before:
            seen.changes.append(time.perf_counter())
        before = after
        due = max(due + pause, time.perf_counter())


async def _sessions(here: Ground, chair: Actor, report: Report) -> float:
    """Sessions of the app on the display account's page; the share of a core they cost the server."""
    token = here.token(Role.DISPLAY)
    seen = [Display() for _ in range(SESSIONS)]
    moments: list[float] = []
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(Tab.open(here.server.base_url, "/screen", cookie=token))
            for _ in range(SESSIONS)
        ]
        began, start = here.server.cpu_seconds(), time.perf_counter()
        until = start + SECONDS
        await asyncio.gather(
            steer(chair, here.object_of["meeting"], until, moments),
            *(_watch(tab, until, one) for tab, one in zip(tabs, seen, strict=True)),
        )
        cores = (here.server.cpu_seconds() - began) / (time.perf_counter() - start)
    answers = [seconds for one in seen for seconds in one.answers]
    stale = ages(seen, moments, float(SECONDS))
    report.row(
        f"{SESSIONS} sessions of the app", f"{cores:.2f}", f"{cores / SESSIONS * 1000:.1f}", len(answers),
        f"{share(answers, 0.5) * 1000:.0f}", f"{share(answers, 0.95) * 1000:.0f}",
        f"{share(stale, 0.5):.2f}", f"{share(stale, 0.95):.2f}",
    )  # fmt: skip
    return cores


async def measure(here: Ground, _scale: int, report: Report) -> None:
    """Both kinds of screen, steered by the chair, in one table."""
    chair = chair_of(here)
    report.say(f"\nScreens for {SECONDS} s while the chair steers {STEERS} times:\n")
    report.table(["Screens", "core", "‰ of a core each", "answers", "p50 ms", "p95 ms", "change p50 s", "change p95 s"])
    plain = await _plain(here, chair, report)
    sessions = await _sessions(here, chair, report)
    ratio = (sessions / SESSIONS) / (plain / SCREENS)
    report.say(f"\nA session of the app costs {ratio:.1f} times a display link.")

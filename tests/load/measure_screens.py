"""Two hundred meeting-room screens: plain display pages that ask, next to sessions of the app that refresh."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp

from db.actions.screen.screen import follow_meeting, show_rotation
from db.engine import carry_out
from db.rules.permissions import Actor
from db.terms import Role
from tests.load.displays import Display, a_display, ages, chair_of, share
from tests.load.ground import Ground
from tests.load.report import Report
from tests.load.tab import Tab


@dataclass(frozen=True, slots=True)
class Size:
    """How many watch, for how long, and how often the chair steers meanwhile."""

    screens: int = 200
    seconds: float = 24
    steers: int = 6
    sessions: int = 50
    """Sessions of the app, for comparison; a session costs so much more that fewer are enough to tell."""


FULL, SMALLEST = Size(), Size(screens=2, seconds=3, steers=1, sessions=2)


async def steer(chair: Actor, meeting_id: int, until: float, moments: list[float], steers: int) -> None:
    """The chair switches between the meeting and the rotation."""
    gap = (until - time.perf_counter()) / (steers + 1)
    for turn in range(steers):
        await asyncio.sleep(gap)
        key = f"bench-{time.time_ns()}"
        if turn % 2:
            await asyncio.to_thread(carry_out, chair, key, show_rotation)
        else:
            await asyncio.to_thread(carry_out, chair, key, follow_meeting, meeting_id=meeting_id)
        moments.append(time.perf_counter())


async def _plain(here: Ground, chair: Actor, report: Report, size: Size) -> float:
    """Plain display pages; the share of a core they cost the server."""
    address = f"{here.server.base_url}/d/{a_display(chair)}/now"
    displays = [Display() for _ in range(size.screens)]
    moments: list[float] = []
    connector = aiohttp.TCPConnector(limit=size.screens)
    async with aiohttp.ClientSession(connector=connector) as http:
        began, start = here.server.cpu_seconds(), time.perf_counter()
        until = start + size.seconds
        await asyncio.gather(
            steer(chair, here.object_of["meeting"], until, moments, size.steers),
            *(one.watch(http, address, until, 0.5 * n / size.screens) for n, one in enumerate(displays)),
        )
        cores = (here.server.cpu_seconds() - began) / (time.perf_counter() - start)
    answers = [seconds for one in displays for seconds in one.answers]
    stale = ages(displays, moments, float(size.seconds))
    failures = sum(one.failures for one in displays)
    report.row(
        f"{size.screens} display links", f"{cores:.2f}", f"{cores / size.screens * 1000:.1f}", len(answers),
        f"{share(answers, 0.5) * 1000:.0f}", f"{share(answers, 0.95) * 1000:.0f}",
        f"{share(stale, 0.5):.2f}", f"{share(stale, 0.95):.2f}",
    )  # fmt: skip
    report.target(f"{size.screens} display links", "≤ 0.5 core", f"{cores:.2f} core", cores <= 0.5)
    report.target(
        f"{size.screens} display links",
        "no failed answer",
        f"{failures} of {len(answers)}",
        failures == 0,
        counted=True,
    )
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


async def _sessions(here: Ground, chair: Actor, report: Report, size: Size) -> float:
    """Sessions of the app on the display account's page; the share of a core they cost the server."""
    token = here.token(Role.DISPLAY)
    seen = [Display() for _ in range(size.sessions)]
    moments: list[float] = []
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(Tab.open(here.server.base_url, "/screen", cookie=token))
            for _ in range(size.sessions)
        ]
        began, start = here.server.cpu_seconds(), time.perf_counter()
        until = start + size.seconds
        await asyncio.gather(
            steer(chair, here.object_of["meeting"], until, moments, size.steers),
            *(_watch(tab, until, one) for tab, one in zip(tabs, seen, strict=True)),
        )
        cores = (here.server.cpu_seconds() - began) / (time.perf_counter() - start)
    answers = [seconds for one in seen for seconds in one.answers]
    stale = ages(seen, moments, float(size.seconds))
    report.row(
        f"{size.sessions} sessions of the app", f"{cores:.2f}", f"{cores / size.sessions * 1000:.1f}", len(answers),
        f"{share(answers, 0.5) * 1000:.0f}", f"{share(answers, 0.95) * 1000:.0f}",
        f"{share(stale, 0.5):.2f}", f"{share(stale, 0.95):.2f}",
    )  # fmt: skip
    return cores


async def measure(here: Ground, _scale: int, report: Report, size: Size = FULL) -> None:
    """Both kinds of screen, steered by the chair, in one table."""
    chair = chair_of(here)
    report.say(f"\nScreens for {size.seconds} s while the chair steers {size.steers} times:\n")
    report.table(["Screens", "core", "‰ of a core each", "answers", "p50 ms", "p95 ms", "change p50 s", "change p95 s"])
    plain = await _plain(here, chair, report, size)
    sessions = await _sessions(here, chair, report, size)
    ratio = (sessions / size.sessions) / (plain / size.screens)
    report.say(f"\nA session of the app costs {ratio:.1f} times a display link.")

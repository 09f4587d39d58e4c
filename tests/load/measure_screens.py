"""Two hundred meeting-room screens that refresh each second: server CPU, lost ticks, and how old what they show is."""

import asyncio
import time
from contextlib import AsyncExitStack

from db.actions.screen import follow_meeting, show_rotation
from db.engine import carry_out, reading_as_system
from db.models import Account
from db.rules.permissions import Actor
from db.terms import Role
from tests.load.ground import Ground
from tests.load.report import Report
from tests.load.tab import Tab

SCREENS, SECONDS, STEERS = 200, 24, 6


def _chair(here: Ground) -> Actor:
    with reading_as_system("bench") as session:
        account = session.get_one(Account, here.accounts[Role.SECRETARY])
        return Actor(
            id=account.id, name=account.name, role=account.role,
            subdistrict_id=account.subdistrict_id, community_id=account.community_id,
        )  # fmt: skip


def _shown(tab: Tab) -> bytes:
    """What the tab shows, as bytes to compare."""
    return b"".join(element.SerializeToString() for element in tab.drawn.values() if element is not None)


async def _watch(tab: Tab, until: float, changes: list[float], ticks: list[int]) -> None:
    """Tick as an open page does and note when the picture changed."""
    fragment, pause = next(iter(tab.clocks.items()))
    due, before = time.perf_counter() + pause, _shown(tab)
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await tab.rerun(fragment, by_clock=True)
        ticks[0] += 1
        after = _shown(tab)
        if after != before:
            changes.append(time.perf_counter())
        before = after
        due += pause
        if due < time.perf_counter():
            ticks[1] += 1  # the answer took longer than the interval: a tick is lost
            due = time.perf_counter()


async def _steer(chair: Actor, meeting_id: int, until: float, moments: list[float]) -> None:
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


async def measure(here: Ground, _scale: int, report: Report) -> None:
    """Open the screens, steer them, and compare with what was wanted."""
    token, chair = here.token(Role.DISPLAY), _chair(here)
    changes: list[list[float]] = [[] for _ in range(SCREENS)]
    moments: list[float] = []
    ticks = [0, 0]
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(Tab.open(here.server.base_url, "/screen", cookie=token))
            for _ in range(SCREENS)
        ]
        interval = next(iter(tabs[0].clocks.values()))
        began, start = here.server.cpu_seconds(), time.perf_counter()
        until = start + SECONDS
        await asyncio.gather(
            _steer(chair, here.object_of["meeting"], until, moments),
            *(_watch(tab, until, seen, ticks) for tab, seen in zip(tabs, changes, strict=True)),
        )
        cores = (here.server.cpu_seconds() - began) / (time.perf_counter() - start)
    ages = sorted(
        next((at - moment for at in seen if at >= moment), float(SECONDS)) for moment in moments for seen in changes
    )
    p95 = ages[int(len(ages) * 0.95)]
    report.say(
        f"\n{SCREENS} screens, {interval:g} s apart for {SECONDS} s: {cores:.2f} core, {ticks[0]} ticks,"
        f" {ticks[1]} late;"
        f" picture changed after the chair's click: p50 {ages[len(ages) // 2]:.2f} s, p95 {p95:.2f} s."
    )
    report.target("200 screens", "≤ 0.5 core", f"{cores:.2f} core", cores <= 0.5)
    report.target("200 screens", "no lost tick", f"{ticks[1]} of {ticks[0]}", ticks[1] == 0)
    report.target("screens' staleness p95", "≤ interval + 0.3 s", f"{p95:.2f} s", p95 <= interval + 0.3)

"""Fifty workers submit a need at once, against the same form on the same server software without a database."""

import asyncio
import time
from contextlib import AsyncExitStack

from db.terms import Role
from tests.load.ground import Ground
from tests.load.report import Report
from tests.load.tab import Tab
from tests.servers import ROOT, AppServer

SESSIONS, EACH = 50, 6


async def _throughput(base_url: str, path: str, query: str, cookie: str, form: str) -> float:
    """Needs stored (or pretended) a second by all sessions together."""

    async def work(tab: Tab, number: int) -> None:
        for turn in range(EACH):
            tab.fill(f"{form}.description", f"{number}号楼的灯坏了,第{turn}次反映,晚上看不见路")
            run = await tab.press(f"{form}.submit")
            if run.problems:
                raise RuntimeError(run.problems[0])

    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(Tab.open(base_url, path, query, cookie=cookie)) for _ in range(SESSIONS)
        ]
        for tab in tabs:
            prepare(tab, form)
        start = time.perf_counter()
        await asyncio.gather(*(work(tab, number) for number, tab in enumerate(tabs)))
        return SESSIONS * EACH / (time.perf_counter() - start)


def prepare(tab: Tab, form: str) -> None:
    """Choose what a worker chooses once: the kind of need, its reach and place."""
    for field in ("category", "reach", "place", "urgency"):
        key = f"{form}.{field}"
        if key in tab.ids:
            tab.choose_first(key)


async def measure(here: Ground, _scale: int, report: Report) -> None:
    """The ratio of the two throughputs."""
    with AppServer(here.server.folder / "bare", root=ROOT, script="tests/load/bare_form.py") as bare:
        without = await _throughput(bare.base_url, "/", "", "", "bare")
    needs_before = here.count_needs()
    with_database = await _throughput(
        here.server.base_url, "/visit", "", here.token(Role.AREA_WORKER), "log_need.other"
    )
    stored = here.count_needs() - needs_before
    ratio = with_database / without
    report.say(
        f"\n{SESSIONS} sessions submit {EACH} needs each: {with_database:.1f} a second with the database, {without:.1f}"
        f" without; {stored} of {SESSIONS * EACH} stored."
    )
    report.target("a need submitted, 50 sessions", "≥ 0.75 × of the form without a database", f"{ratio:.2f} ×", ratio >= 0.75)
    report.target("needs stored by them", f"{SESSIONS * EACH}", f"{stored}", stored == SESSIONS * EACH)

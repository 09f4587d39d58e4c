"""Each page for the role that uses it most: time, server CPU, statements, elements, bytes; memory of a session."""

import statistics
from contextlib import AsyncExitStack
from dataclasses import dataclass

from components.menu import PageEntry, entries
from db.rules.permissions import GRANTS
from db.terms import Role
from tests.load.ground import Ground
from tests.load.report import Report
from tests.load.tab import Tab

EMPTY = "about"
CHARTS = ("funnel", "project-progress", "demand", "communities")
_FIRST = (Role.SECRETARY, Role.AREA_WORKER, Role.SUBDISTRICT_ADMIN, Role.DISPLAY, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class Size:
    """Reruns of a page that are measured and that go before, of the emptiest page, and sessions for their memory."""

    runs: int = 30
    warm: int = 3
    empty_runs: int = 200
    tabs: int = 50
    tabs_before: int = 5
    pages: tuple[str, ...] = ()
    """Only these; all of them when there are none. `test_budgets.py` opens every page anyway."""


FULL = Size()
SMALLEST = Size(runs=1, warm=0, empty_runs=10, tabs=1, tabs_before=1, pages=("needs", "meeting", *CHARTS))


def usual_role(entry: PageEntry) -> Role:
    """Who opens this page most."""
    if entry.url_path == "screen":
        return Role.DISPLAY
    return next(role for role in (*_FIRST, *Role) if role in GRANTS[entry.permission].roles)


async def one_page(here: Ground, entry: PageEntry, runs: int, warm: int) -> dict[str, float]:
    """Figures of one page: p50 and CPU in milliseconds per rerun, the rest of its first load."""
    query = f"id={here.object_of[entry.url_path]}" if entry.url_path in here.object_of else ""
    token = here.token(usual_role(entry))
    before = here.statements()
    async with Tab.open(here.server.base_url, f"/{entry.url_path}", query, cookie=token) as tab:
        first, statements = tab.first, here.statements() - before
        for _ in range(warm):
            await tab.rerun()
        began, collected = here.server.cpu_seconds(), here.collector_seconds()
        seconds = [(await tab.rerun()).seconds for _ in range(runs)]
        cpu = here.server.cpu_seconds() - began
        collector = here.collector_seconds() - collected
    return {
        "p50": statistics.median(seconds) * 1000,
        "cpu": cpu / runs * 1000,
        "collector": collector / cpu if cpu else 0.0,
        "elements": first.elements,
        "widgets": first.widgets,
        "statements": statements,
        "kib": first.bytes / 1024,
    }


async def measure(here: Ground, scale: int, report: Report, size: Size = FULL) -> None:
    """All pages, as ratios to the emptiest one."""
    by_path = {entry.url_path: entry for entry in entries()}
    empty = await one_page(here, by_path[EMPTY], size.empty_runs, size.warm)
    share = empty["collector"]
    report.say(
        f"Emptiest page: p50 {empty['p50']:.1f} ms, {empty['cpu']:.1f} ms CPU a rerun,"
        f" garbage collector {share:.1%} of it.\n"
    )
    report.table(["page", "role", "× p50", "× CPU", "elements", "widgets", "statements", "KiB at first load"])
    for entry in (by_path[path] for path in size.pages or by_path):
        found = await one_page(here, entry, size.runs, size.warm)
        path = entry.url_path or "home"
        report.figures[f"{path}@{scale}.p50"] = found["p50"] / empty["p50"]
        report.figures[f"{path}@{scale}.cpu"] = found["cpu"] / empty["cpu"]
        report.row(
            f"/{entry.url_path}", usual_role(entry).value, found["p50"] / empty["p50"], found["cpu"] / empty["cpu"],
            int(found["elements"]), int(found["widgets"]), int(found["statements"]), f"{found['kib']:.0f}",
        )  # fmt: skip
        _budget(report, path, scale, found)
    _judge(report, scale, empty)
    await _memory(here, report, by_path["needs"], size)


def _budget(report: Report, path: str, scale: int, found: dict[str, float]) -> None:
    within = found["elements"] <= 60 and found["statements"] <= 15 and found["kib"] <= 100
    if not within:
        report.target(
            f"/{path} within its budget, demo × {scale}", "60 elements, 15 statements, 100 KiB", "over", False
        )


def _judge(report: Report, scale: int, empty: dict[str, float]) -> None:
    cpu, share = empty["cpu"], empty["collector"]
    report.target(f"empty page, demo × {scale}", "≤ 4 ms CPU", f"{cpu:.1f} ms", cpu <= 4)
    report.target(f"garbage collector, demo × {scale}", "≤ 5 % of it", f"{share:.1%}", share <= 0.05)
    figures = report.figures
    if scale == 1:
        return
    ledger, processor = figures[f"needs@{scale}.p50"], figures[f"needs@{scale}.cpu"]
    growth = ledger / figures["needs@1.p50"]
    report.target("ledger at 100,000 needs", "≤ 1.5 × p50", f"{ledger:.2f} ×", ledger <= 1.5)
    report.target("ledger at 100,000 needs", "≤ 2 × CPU", f"{processor:.2f} ×", processor <= 2)
    report.target("ledger at 100,000 needs against 1,000", "≤ 1.2 × p50", f"{growth:.2f} ×", growth <= 1.2)
    for path in CHARTS:
        found = figures.get(f"{path}@{scale}.cpu", 0.0)
        report.target(f"chart page /{path}", "≤ 1.3 × CPU + its SQL", f"{found:.2f} × with its SQL", found <= 1.3)


async def _memory(here: Ground, report: Report, entry: PageEntry, size: Size) -> None:
    """Memory that one more session on the ledger takes, of many opened together."""
    token = here.token(Role.SECRETARY)
    async with AsyncExitStack() as stack:
        for _ in range(size.tabs_before):
            await stack.enter_async_context(Tab.open(here.server.base_url, f"/{entry.url_path}", cookie=token))
        before = here.server.rss()
        for _ in range(size.tabs):
            await stack.enter_async_context(Tab.open(here.server.base_url, f"/{entry.url_path}", cookie=token))
        each = (here.server.rss() - before) / size.tabs / 1024
    report.say(f"\nMemory of one more session on the ledger: {each:.0f} KiB.")
    report.target("memory of a session", "≤ 150 KiB", f"{each:.0f} KiB", each <= 150)

"""Each page for the role that uses it most: CPU beside a bare app, statements, elements, bytes; memory of a session.

The machine may be busy, so it is processor time that counts: some reruns of the page, as many of the bare app, and
again, of which the medians are compared.
"""

import statistics
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from components.menu import PageEntry, entries
from db.rules.permissions import GRANTS
from db.terms import Role
from tests.load.ground import Ground, bare_app
from tests.load.report import Report
from tests.load.tab import Tab
from tests.support.servers import AppServer

EMPTY = "about"
CHARTS = ("funnel", "project-progress", "demand", "communities")
TICK = 1.0
"""Milliseconds that a rerun costs at least."""
BARE, KEEPS, BEFORE = "bare", "bare that keeps its pages", "before"
_FIRST = (Role.SECRETARY, Role.AREA_WORKER, Role.SUBDISTRICT_ADMIN, Role.DISPLAY, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class Size:
    """Reruns of a page in a round, rounds, rounds of the emptiest page, reruns that go before, sessions for memory."""

    runs: int = 20
    rounds: int = 3
    empty_rounds: int = 9
    warm: int = 3
    tabs: int = 50
    tabs_before: int = 5
    pages: tuple[str, ...] = ()
    """Only these; all of them when there are none. `test_budgets.py` opens every page anyway."""


FULL = Size()
SMALLEST = Size(runs=1, rounds=1, empty_rounds=2, warm=0, tabs=1, tabs_before=1, pages=("needs", "meeting", *CHARTS))


def usual_role(entry: PageEntry) -> Role:
    """Who opens this page most."""
    if entry.url_path == "screen":
        return Role.DISPLAY
    return next(role for role in (*_FIRST, *Role) if role in GRANTS[entry.permission].roles)


@dataclass
class Beside:
    """What the pages are measured beside, each with a tab that stands on its emptiest page: name -> server and tab."""

    tabs: dict[str, tuple[AppServer, Tab]]

    async def cost(self, name: str, runs: int) -> float:
        server, tab = self.tabs[name]
        return await cpu_of(server, tab, runs)


async def cpu_of(server: AppServer, tab: Tab, runs: int) -> float:
    """Processor time of the server for a rerun, in milliseconds."""
    began = server.cpu_seconds()
    for _ in range(runs):
        await tab.rerun()
    return (server.cpu_seconds() - began) / runs * 1000


@asynccontextmanager
async def beside(here: Ground, warm: int) -> AsyncIterator[Beside]:
    """The bare app, and the bare app that keeps its pages."""
    async with AsyncExitStack() as stack:
        tabs = {}
        for name, env in ((BARE, {}), (KEEPS, {"BARE_KEEPS_PAGES": "1"})):
            server = stack.enter_context(bare_app(here.server.folder / name, env))
            tab = await stack.enter_async_context(Tab.open(server.base_url, f"/{EMPTY}"))
            for _ in range(warm):
                await tab.rerun()
            tabs[name] = (server, tab)
        yield Beside(tabs)


async def one_page(
    here: Ground, entry: PageEntry, size: Size, other: Beside, names: tuple[str, ...] = (BARE,)
) -> dict[str, float]:
    """Figures of one page: CPU a rerun, alternating with the others, medians; the rest of its first load."""
    query = f"id={here.object_of[entry.url_path]}" if entry.url_path in here.object_of else ""
    token = here.token(usual_role(entry))
    before = here.statements()
    own: list[float] = []
    others: dict[str, list[float]] = {name: [] for name in names}
    async with AsyncExitStack() as stack:
        tab = await stack.enter_async_context(Tab.open(here.server.base_url, f"/{entry.url_path}", query, cookie=token))
        first, statements = tab.first, here.statements() - before
        earlier = None
        if here.before is not None:
            opened = Tab.open(here.before.base_url, f"/{entry.url_path}", query, cookie=token)
            earlier = await stack.enter_async_context(opened)
            others[BEFORE] = []
        for _ in range(size.warm):
            await tab.rerun()
            if earlier is not None:
                await earlier.rerun()
        collected, began = here.collector_seconds(), here.server.cpu_seconds()
        for _ in range(size.rounds):
            own.append(await cpu_of(here.server, tab, size.runs))
            for name in names:
                others[name].append(await other.cost(name, size.runs))
            if earlier is not None and here.before is not None:
                others[BEFORE].append(await cpu_of(here.before, earlier, size.runs))
        cpu, collector = here.server.cpu_seconds() - began, here.collector_seconds() - collected
    found = {name: _ratio(own, costs) for name, costs in others.items()}
    return found | {
        "cpu": statistics.median(own),
        "collector": collector / cpu if cpu else 0.0,
        "elements": first.elements,
        "widgets": first.widgets,
        "statements": statements,
        "kib": first.bytes / 1024,
    }


def _ratio(own: list[float], costs: list[float]) -> float:
    """The clock of a process ticks a hundred times a second: what few reruns cost may be less than it can tell."""
    return max(statistics.median(own), TICK) / max(statistics.median(costs), TICK)


async def measure(here: Ground, scale: int, report: Report, size: Size = FULL) -> None:
    """All pages, as ratios to the emptiest page of the bare app on the same machine in the same minutes."""
    by_path = {entry.url_path: entry for entry in entries()}
    async with beside(here, size.warm) as other:
        empty = await one_page(here, by_path[EMPTY], replace(size, rounds=size.empty_rounds), other, (BARE, KEEPS))
        share = empty["collector"]
        report.say(
            f"Emptiest page: {empty[BARE]:.2f} × the bare app, {empty[KEEPS]:.2f} × one that makes its pages once;"
            f" {empty['cpu']:.1f} ms CPU a rerun, garbage collector {share:.1%} of it.\n"
        )
        columns = ["page", "role", "× bare", "× emptiest", "elements", "widgets", "statements", "KiB at first load"]
        report.table([*columns, "× before"] if here.before else columns)
        pages = [by_path[path] for path in size.pages or by_path]
        found = {entry: await one_page(here, entry, size, other) for entry in pages}
    for entry, one in found.items():
        path = entry.url_path or "home"
        report.figures[f"{path}@{scale}.bare"] = one[BARE]
        report.row(
            f"/{entry.url_path}", usual_role(entry).value, one[BARE], one["cpu"] / max(empty["cpu"], 0.1),
            int(one["elements"]), int(one["widgets"]), int(one["statements"]), f"{one['kib']:.0f}",
            *((one[BEFORE],) if here.before else ()),
        )  # fmt: skip
        _budget(report, path, scale, one)
    _judge(report, scale, empty, found)
    await _memory(here, report, by_path["needs"], size)


def _budget(report: Report, path: str, scale: int, found: dict[str, float]) -> None:
    within = found["elements"] <= 60 and found["statements"] <= 15 and found["kib"] <= 100
    if not within:
        report.target(
            f"/{path} within its budget, demo × {scale}", "60 elements, 15 statements, 100 KiB", "over", False
        )


def _judge(report: Report, scale: int, empty: dict[str, float], found: dict[PageEntry, dict[str, float]]) -> None:
    """The targets for pages; those of a larger database are about growth alone."""
    ratios = {f"/{entry.url_path}": one[BARE] for entry, one in found.items()}
    worst = max(ratios, key=ratios.__getitem__)
    middle, share = statistics.geometric_mean(ratios.values()), empty["collector"]
    of = f"demo × {scale}"
    report.target(f"emptiest page ÷ bare, {of}", "≤ 1.3", f"{empty[BARE]:.2f}", empty[BARE] <= 1.3)
    report.target(f"all pages ÷ bare, geometric mean, {of}", "≤ 2.5", f"{middle:.2f}", middle <= 2.5)
    report.target(f"worst page ÷ bare, {of}", "≤ 4", f"{ratios[worst]:.2f} ({worst})", ratios[worst] <= 4)
    report.target(f"garbage collector, {of}", "≤ 5 % of the emptiest page", f"{share:.1%}", share <= 0.05)
    if all(BEFORE in one for one in found.values()):
        less = statistics.geometric_mean(one[BEFORE] for one in found.values())
        report.target(f"all pages ÷ build before, geometric mean, {of}", "≤ 0.5", f"{less:.2f}", less <= 0.5)
    if scale == 1:
        return
    growth = {page: ratio / report.figures[f"{page[1:] or 'home'}@1.bare"] for page, ratio in ratios.items()}
    grown = max(growth, key=growth.__getitem__)
    report.target(f"page that grows most, {of} ÷ × 1", "≤ 1.3", f"{growth[grown]:.2f} ({grown})", growth[grown] <= 1.3)


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
    report.target("memory of a session", "≤ 120 KiB", f"{each:.0f} KiB", each <= 120)

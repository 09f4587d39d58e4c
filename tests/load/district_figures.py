"""Figures of a district: reruns a second for 1, 2 and 4 processes, sign-ins, an evening's votes, scans of the wall.

Absolute figures are those of the machine, and of what else it does meanwhile: the load is printed beside them.
"""

import asyncio
import itertools
import os
import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import aiohttp
from sqlalchemy import select

from db.engine import reading_as_system, utc_now
from db.models import Account, WallCode
from db.terms import Role
from tests.load.district import District
from tests.load.measure_slips import CHOICES, a_hall, cast_votes
from tests.load.tab import Tab
from tests.support.signed_in import new_sign_in

PAGES = ("/", "/needs", "/register", "/funnel")
"""What a Monday morning opens: today, a ledger, the week's register, a chart."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each."""

    tabs: int = 16
    seconds: float = 20
    signed_in: int = 400
    meetings: int = 300
    voters: int = 19
    evening: float = 600
    """Seconds within which the meetings vote."""
    scans: int = 125
    """Of the wall, a second."""
    scanned: float = 60
    """For so many seconds."""


FULL = Size()
SMALL = Size(tabs=4, seconds=3, signed_in=20, meetings=3, voters=5, evening=5, scans=20, scanned=3)
DOUBLING = 1.6
"""By how much twice the processes should serve more, until the cores are full."""


def size_of(small: bool, minutes: float | None) -> Size:
    """How much is measured; a shorter evening has fewer meetings, so that as many vote at the same time."""
    if small or minutes is None:
        return SMALL if small else FULL
    return replace(FULL, evening=60 * minutes, meetings=max(1, round(FULL.meetings * 60 * minutes / FULL.evening)))


def row(what: str, figure: str) -> None:
    """A line of the table, at once: whoever looks at a run that was broken off has what was there till then."""
    print(f"| {what} | {figure} | {os.getloadavg()[0]:.1f} |", flush=True)


def figures(here: District, size: Size) -> None:
    """Print them as a table in Markdown, with the load on the machine at each."""
    print(f"\n{utc_now():%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores; the measuring program runs on them, too.\n")
    print("| What | Figure | Load |\n|---|---|---|", flush=True)
    with reading_as_system("figures") as session:
        people = session.scalars(select(Account.id).where(Account.role == Role.SECRETARY).order_by(Account.id)).all()
        codes = session.scalars(select(WallCode.code).where(WallCode.revoked_at.is_(None)).limit(200)).all()
    tokens = [new_sign_in(account) for account in people]
    before = 0.0
    for processes in (1, 2, 4):
        rate, middle = asyncio.run(_reruns(here, tokens, processes, size))
        times = f", × {rate / before:.2f} (wanted {DOUBLING} while there are cores)" if before else ""
        row(
            f"reruns a second, {size.tabs} tabs, {processes} processes",
            f"{rate:.1f}, p50 {middle * 1000:.0f} ms{times}",
        )
        before = rate
    took = asyncio.run(_signed_in(here, tokens, size.signed_in))
    memory = sum(app.rss() for app in here.apps) / 2**20
    row(
        f"{size.signed_in} people signed in on {len(here.apps)} processes",
        f"within {took:.0f} s, {memory:.0f} MB together",
    )
    began = time.monotonic()
    halls = [a_hall(people[number % len(people)], size.voters) for number in range(size.meetings)]
    row(f"{size.meetings} meetings prepared, one after the other", f"{time.monotonic() - began:.0f} s")
    forms = [
        (f"/v/{code}", {"ballot": str(hall.ballot), "asks": hall.asks, "choice": CHOICES[number % 3]})
        for number in range(size.voters)
        for hall in halls
        for code in [hall.codes[number]]
    ]
    voted = asyncio.run(_requests([here.proxy.base_url], forms, size.evening))
    stored = sum(cast_votes(hall.ballot) for hall in halls)
    row(f"votes of {size.meetings} meetings at once, through the proxy", f"{voted}; {stored} of {len(forms)} stored")
    assert stored == len(forms), "an acknowledged vote is missing, or counted twice"
    scans = [(f"/w/{code}", None) for code in itertools.islice(itertools.cycle(codes), int(size.scans * size.scanned))]
    # The proxy lets one address scan 30 times a second, and here all are one: the processes are asked.
    row("scans of the wall", str(asyncio.run(_requests([app.base_url for app in here.apps], scans, size.scanned))))


async def _reruns(here: District, tokens: list[str], processes: int, size: Size) -> tuple[float, float]:
    """Tabs spread over the first processes rerun their page as soon as it was drawn."""
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(
                Tab.open(
                    here.apps[at % processes].base_url, PAGES[at // processes % len(PAGES)],
                    cookie=tokens[at % len(tokens)],
                )
            )
            for at in range(size.tabs)
        ]  # fmt: skip
        until, took = time.monotonic() + size.seconds, list[float]()

        async def again(tab: Tab) -> None:
            while time.monotonic() < until:
                took.append((await tab.rerun()).seconds)

        began = time.monotonic()
        await asyncio.gather(*(again(tab) for tab in tabs))
        return len(took) / (time.monotonic() - began), statistics.median(took)


async def _signed_in(here: District, tokens: list[str], people: int) -> float:
    """So many tabs, open at the same time, sixteen of them being opened at once."""
    turns, began = asyncio.Semaphore(16), time.monotonic()
    async with AsyncExitStack() as stack:

        async def opened(at: int) -> None:
            async with turns:
                app = here.apps[at % len(here.apps)]
                await stack.enter_async_context(Tab.open(app.base_url, "/about", cookie=tokens[at % len(tokens)]))

        await asyncio.gather(*(opened(at) for at in range(people)))
        return time.monotonic() - began


@dataclass(frozen=True, slots=True)
class Pace:
    """How requests went that were due at even distances."""

    requests: int
    wanted: float
    """Seconds within which all were due."""
    took: float
    p95: float
    """Milliseconds from when a request was due until it was answered."""

    def __str__(self) -> str:
        return (
            f"{self.requests} in {self.took:.1f} s where {self.wanted:.0f} s were meant,"
            f" {self.requests / self.took:.1f} a second, p95 {self.p95:.0f} ms"
        )


async def _requests(bases: Sequence[str], forms: Sequence[tuple[str, dict[str, str] | None]], within: float) -> Pace:
    """Every request once, at even distances, forty phones at a time at most, each with a cookie of its own.

    Who has to wait for a turn has waited: times count from when a request was due.
    """
    took, turns, began = list[float](), asyncio.Semaphore(40), time.perf_counter()

    async def one(at: int, path: str, form: dict[str, str] | None) -> None:
        due = began + within * at / len(forms)
        await asyncio.sleep(due - time.perf_counter())
        async with turns, aiohttp.ClientSession(bases[at % len(bases)]) as phone:
            async with phone.request("POST" if form else "GET", path, data=form, allow_redirects=False) as answer:
                await answer.read()
            if answer.status != (303 if form else 200):
                raise RuntimeError(f"{answer.status} for {path.split('/')[1]}")
        took.append(time.perf_counter() - due)

    await asyncio.gather(*(one(at, path, form) for at, (path, form) in enumerate(forms)))
    return Pace(len(forms), within, time.perf_counter() - began, sorted(took)[int(len(took) * 0.95)] * 1000)

"""Figures of a district: reruns a second for 1, 2 and 4 processes, many sign-ins, votes, scans of the wall.

Absolute figures are those of the machine, and of what else it does meanwhile: the load is printed beside them.
"""

import asyncio
import itertools
import os
import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp
from sqlalchemy import select

from db.engine import reading_as_system
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
    meetings: int = 30
    voters: int = 19
    scans: int = 1250


FULL = Size()


def say(words: str) -> None:
    print(f"{words}   (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)", flush=True)


def figures(here: District, size: Size = FULL) -> None:
    """Print them."""
    with reading_as_system("figures") as session:
        people = session.scalars(select(Account.id).where(Account.role == Role.SECRETARY).order_by(Account.id)).all()
        codes = session.scalars(select(WallCode.code).where(WallCode.revoked_at.is_(None)).limit(200)).all()
    tokens = [new_sign_in(account) for account in people]
    for processes in (1, 2, 4):
        rate, middle = asyncio.run(_reruns(here, tokens, processes, size))
        say(f"{processes} processes: {rate:.1f} reruns a second, p50 {middle * 1000:.0f} ms, {size.tabs} tabs at once")
    took = asyncio.run(_signed_in(here, tokens, size.signed_in))
    memory = sum(app.rss() for app in here.apps) / 2**20
    say(
        f"{size.signed_in} people signed in on {len(here.apps)} processes within {took:.0f} s, {memory:.0f} MB together"
    )
    halls = [a_hall(people[number % len(people)], size.voters) for number in range(size.meetings)]
    forms = [
        (f"/v/{code}", {"ballot": str(hall.ballot), "choice": CHOICES[number % 3]})
        for hall in halls
        for number, code in enumerate(hall.codes)
    ]
    took, slowest = asyncio.run(_requests([here.proxy.base_url], forms))
    stored = sum(cast_votes(hall.ballot) for hall in halls)
    say(
        f"{size.meetings} meetings, {len(forms)} votes through the proxy in {took:.1f} s:"
        f" {len(forms) / took:.0f} a second, p95 {slowest * 1000:.0f} ms, {stored} stored"
    )
    scans = [(f"/w/{code}", None) for code in itertools.islice(itertools.cycle(codes), size.scans)]
    # The proxy lets one address scan 30 times a second, and here all are one: the processes are asked.
    took, slowest = asyncio.run(_requests([app.base_url for app in here.apps], scans))
    say(f"{size.scans} scans of the wall: {size.scans / took:.0f} a second, p95 {slowest * 1000:.0f} ms")


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


async def _requests(bases: Sequence[str], forms: Sequence[tuple[str, dict[str, str] | None]]) -> tuple[float, float]:
    """Every request once, forty phones at a time, each with a cookie of its own: how long it took, and the p95."""
    took, turns = list[float](), asyncio.Semaphore(40)

    async def one(at: int, path: str, form: dict[str, str] | None) -> None:
        async with turns:
            began = time.perf_counter()
            async with aiohttp.ClientSession(bases[at % len(bases)]) as phone:
                async with phone.request("POST" if form else "GET", path, data=form, allow_redirects=False) as answer:
                    await answer.read()
                if answer.status != (303 if form else 200):
                    raise RuntimeError(f"{answer.status} for {path.split('/')[1]}")
            took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one(at, path, form) for at, (path, form) in enumerate(forms)))
    return time.perf_counter() - began, sorted(took)[int(len(took) * 0.95)]

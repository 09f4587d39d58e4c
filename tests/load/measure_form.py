"""Fifty workers submit a need at once, against the same form on the same server software without a database."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

from sqlalchemy import func, select

from db.engine import reading_as_system
from db.models import Need, Visit
from db.terms import Role, VisitOutcome
from tests.load.ground import Ground, bare_app
from tests.load.report import Report
from tests.load.tab import Tab
from tests.support.servers import AppServer


@dataclass(frozen=True, slots=True)
class Size:
    """Sessions at once, and needs that each of them submits."""

    sessions: int = 50
    each: int = 6


FULL, SMALLEST = Size(), Size(sessions=2, each=1)


async def _throughput(
    server: AppServer, path: str, query: str, cookie: str, form: str, size: Size
) -> tuple[float, float]:
    """Needs stored (or pretended) a second by all sessions together; milliseconds of processor time for each."""

    async def work(tab: Tab, number: int) -> None:
        for turn in range(size.each):
            tab.fill(f"{form}.description", f"{number}号楼的灯坏了，第{turn}次反映，晚上看不见路")
            tab.fill(f"{form}.people", 20)
            for field in ("category_id", "reach"):
                tab.choose_first(f"{form}.{field}")
            run = await tab.press(f"{form}.submit")
            if run.problems:
                raise RuntimeError(run.problems[0])

    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(Tab.open(server.base_url, path, query, cookie=cookie))
            for _ in range(size.sessions)
        ]
        start, busy, needs = time.perf_counter(), server.cpu_seconds(), size.sessions * size.each
        await asyncio.gather(*(work(tab, number) for number, tab in enumerate(tabs)))
        return needs / (time.perf_counter() - start), (server.cpu_seconds() - busy) / needs * 1000


def _a_visit(worker_id: int) -> int:
    """A visit of this worker whose needs are now written down."""
    with reading_as_system("bench") as session:
        latest = select(func.max(Visit.id)).where(Visit.worker_id == worker_id, Visit.outcome == VisitOutcome.MET)
        return session.execute(latest).scalar_one()


def _needs() -> int:
    with reading_as_system("bench") as session:
        return session.execute(select(func.count()).select_from(Need)).scalar_one()


async def measure(here: Ground, _scale: int, report: Report, size: Size = FULL) -> None:
    """The ratio of the two throughputs."""
    with bare_app(here.server.folder / "bare") as bare:
        without, bare_cpu = await _throughput(bare, "/visit", "", "", "bare", size)
    visit, before = _a_visit(here.accounts[Role.AREA_WORKER]), _needs()
    token = here.token(Role.AREA_WORKER)
    query, form = f"visit={visit}", f"log_need.{visit}"
    stored_a_second, cpu = await _throughput(here.server, "/visit", query, token, form, size)
    stored, ratio, submitted = _needs() - before, stored_a_second / without, size.sessions * size.each
    report.say(
        f"\n{size.sessions} sessions submit {size.each} needs each: {stored_a_second:.1f} a second with the database,"
        f" {without:.1f} without; {stored} of {submitted} stored. Processor time of one: {cpu:.0f} ms, without"
        f" {bare_cpu:.0f} ms: {bare_cpu / cpu:.2f} ×."
    )
    report.target(
        f"needs a second, {size.sessions} sessions", "≥ 0.6 × of the bare form", f"{ratio:.2f} ×", ratio >= 0.6
    )
    report.target("needs stored by them", f"{submitted}", f"{stored}", stored == submitted, counted=True)

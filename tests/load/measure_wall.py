"""Scans of a member's code a second, next to a static file from the same server.

python -m tests.load.measure_wall
"""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import aiohttp
from sqlalchemy import select

from db.engine import reading_as_system
from db.models import WallCode
from tests.load.ground import Ground, ground
from tests.load.report import Report

FILE = "/own/mark.svg"
WANTED = 0.7


@dataclass(frozen=True, slots=True)
class Size:
    """Phones at once, requests of each, and rounds in which file and page take turns."""

    phones: int = 16
    requests: int = 60
    rounds: int = 7


FULL, SMALLEST = Size(), Size(phones=2, requests=2, rounds=1)


def codes_of(community: int) -> list[str]:
    """Codes of the wall that hold."""
    with reading_as_system("bench") as session:
        query = select(WallCode.code).where(WallCode.community_id == community, WallCode.revoked_at.is_(None))
        return list(session.scalars(query.order_by(WallCode.id)))


async def _rate(phones: aiohttp.ClientSession, paths: list[str], size: Size) -> float:
    """Answers a second; every phone asks anew as soon as it was answered."""

    async def one(number: int) -> None:
        for turn in range(size.requests):
            async with phones.get(paths[(number + turn) % len(paths)]) as answer:
                await answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{answer.status} instead of a page")

    began = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(size.phones)))
    return size.phones * size.requests / (time.perf_counter() - began)


async def measure(here: Ground, _scale: int, report: Report, size: Size = FULL) -> None:
    """Both rates in turns, so that what else the machine does meets both; the middle ratio of the rounds counts."""
    codes = await asyncio.to_thread(codes_of, here.community)
    pages = [f"/w/{code}" for code in codes]
    report.say(f"\nScans of the wall's codes, {size.phones} phones at once; beside them a static file of the server.\n")
    report.table(["round", "scans a second", "file a second", "× rate"])
    ratios = []
    async with aiohttp.ClientSession(here.server.base_url, connector=aiohttp.TCPConnector(limit=0)) as phones:
        await _rate(phones, [*pages, FILE], Size(size.phones, 2 * len(pages), 1))  # every page is drawn once
        for number in range(1, size.rounds + 1):
            file, page = await _rate(phones, [FILE], size), await _rate(phones, pages, size)
            ratios.append(page / file)
            report.row(number, f"{page:.0f}", f"{file:.0f}", page / file)
    middle = sorted(ratios)[len(ratios) // 2]
    report.figures["wall.rate"] = middle
    report.target("scans of the wall, × a static file", f"≥ {WANTED}", f"{middle:.2f}", middle >= WANTED)


def main() -> None:
    report = Report(date.today())  # noqa: DTZ011 - the day on which somebody sits here and measures
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch, ground(Path(scratch), 1) as here:
        asyncio.run(measure(here, 1, report))
    report.targets()


if __name__ == "__main__":
    main()

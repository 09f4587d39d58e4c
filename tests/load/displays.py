"""Plain display pages without a browser: they ask as `components/screen/stage.js` does, note when it changed."""

import asyncio
import time
from dataclasses import dataclass, field

import aiohttp

from db.actions.screen.displays import make_display, new_display_code
from db.engine import carry_out, reading_as_system
from db.models import Account
from db.rules.permissions import Actor
from db.terms import Role
from tests.load.ground import Ground

EVERY = 0.5
"""Seconds between two questions, as in stage.js."""


def chair_of(here: Ground) -> Actor:
    """The secretary of the rich community."""
    with reading_as_system("bench") as session:
        account = session.get_one(Account, here.accounts[Role.SECRETARY])
        return Actor(
            id=account.id, name=account.name, role=account.role,
            subdistrict_id=account.subdistrict_id, community_id=account.community_id,
        )  # fmt: skip


def a_display(chair: Actor) -> str:
    """A fresh display link; its code."""
    code = new_display_code()
    carry_out(chair, f"bench-{time.time_ns()}", make_display, name="bench", code=code)
    return code


@dataclass
class Display:
    """One open page."""

    answers: list[float] = field(default_factory=list)
    """Seconds that each question took."""
    changes: list[float] = field(default_factory=list)
    """When, on time.perf_counter, something new was there."""
    bytes: int = 0
    failures: int = 0

    async def watch(self, http: aiohttp.ClientSession, address: str, until: float, offset: float) -> None:
        """Ask until the moment `until`, beginning `offset` seconds from now."""
        turn, qr = "", ""
        await asyncio.sleep(offset)
        while time.perf_counter() < until:
            began = time.perf_counter()
            async with http.get(address, params={"turn": turn, "qr": qr}) as answer:
                body = await answer.read()
                self.bytes += len(body)
                if answer.status == 200:
                    said = await answer.json()
                    if turn:
                        self.changes.append(time.perf_counter())
                    turn, qr = said["turn"], said.get("qr", {}).get("id", qr)
                elif answer.status != 204:
                    self.failures += 1
            self.answers.append(time.perf_counter() - began)
            await asyncio.sleep(EVERY)


def share(values: list[float], part: float) -> float:
    """The value below which that part of all lies; values need not be sorted."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def ages(displays: list[Display], moments: list[float], never: float) -> list[float]:
    """Seconds from every moment until each display showed something new; `never` when it did not."""
    return [next((at - moment for at in one.changes if at >= moment), never) for moment in moments for one in displays]

"""From the chair's click to the room: how long until ten display pages show what the console did."""

import asyncio
import time
from dataclasses import dataclass

import aiohttp
from sqlalchemy import select

from db.actions.meetings.attendance import take_attendance
from db.actions.meetings.opening import open_meeting
from db.actions.screen.screen import follow_meeting, show_rotation
from db.engine import carry_out, reading_as_system
from db.models import Attendance, Meeting
from db.terms import MeetingState, Role
from tests.load.displays import Display, a_display, ages, chair_of, share
from tests.load.ground import Ground
from tests.load.report import Report
from tests.load.tab import Tab


@dataclass(frozen=True, slots=True)
class Size:
    """How many screens watch how many clicks."""

    screens: int = 10
    clicks: int = 24
    pause: float = 1.7
    """Seconds after a click; no multiple of the screens' interval, so clicks fall anywhere in it."""


FULL, SMALLEST = Size(), Size(screens=1, clicks=2, pause=0.7)


def a_running_meeting(here: Ground) -> int:
    """The id of a meeting in session of the rich community; a convened one is opened when there is none."""
    live = (MeetingState.OPEN, MeetingState.CONVENED)
    with reading_as_system("bench") as session:
        found = session.execute(
            select(Meeting.id, Meeting.state)
            .where(Meeting.community_id == here.community, Meeting.state.in_(live))
            .order_by(Meeting.state.desc())  # "open" before "convened"
        ).all()
        meeting_id = found[0].id
        sheet = select(Attendance.member_id).where(Attendance.meeting_id == meeting_id)
        members = session.scalars(sheet).all()
    if found[0].state is MeetingState.CONVENED:
        chair = chair_of(here)
        carry_out(chair, f"bench-{time.time_ns()}", open_meeting, meeting_id=meeting_id)
        # Its next step is then an item, and the console begins with what steers the screen.
        carry_out(chair, f"bench-{time.time_ns()}", take_attendance, meeting_id=meeting_id, present=members)
    return int(meeting_id)


async def _by_session(here: Ground, moments: list[float], size: Size) -> None:
    """A secretary's session presses the console's buttons; the moment is that of the click."""
    query = f"id={a_running_meeting(here)}"
    async with Tab.open(here.server.base_url, "/meeting", query, cookie=here.token(Role.SECRETARY)) as tab:
        for turn in range(size.clicks):
            moments.append(time.perf_counter())
            await tab.press("screen_rotate" if turn % 2 else "screen_agenda")
            await asyncio.sleep(size.pause)


async def _by_action(here: Ground, moments: list[float], size: Size) -> None:
    """The same without a page: the action alone, from another process."""
    chair = chair_of(here)
    for turn in range(size.clicks):
        moments.append(time.perf_counter())
        key = f"bench-{time.time_ns()}"
        if turn % 2:
            await asyncio.to_thread(carry_out, chair, key, show_rotation)
        else:
            await asyncio.to_thread(carry_out, chair, key, follow_meeting, meeting_id=here.object_of["meeting"])
        await asyncio.sleep(size.pause)


async def measure(here: Ground, _scale: int, report: Report, size: Size = FULL) -> None:
    """Ten screens, a click each 1.7 seconds, once by the action alone and once by a session at the console."""
    address = f"{here.server.base_url}/d/{a_display(chair_of(here))}/now"
    report.say(f"\nConsole to {size.screens} display pages, {size.clicks} clicks:\n")
    report.table(["Who clicks", "p50 s", "p95 s", "slowest s"])
    for name, click in (("the action alone", _by_action), ("a session at the console", _by_session)):
        displays, moments = [Display() for _ in range(size.screens)], list[float]()
        async with aiohttp.ClientSession() as http:
            watching = [
                asyncio.create_task(one.watch(http, address, time.perf_counter() + 600.0, 0.05 * n))
                for n, one in enumerate(displays)
            ]
            await asyncio.sleep(size.pause)
            await click(here, moments, size)
            await asyncio.sleep(size.pause)
            for one in watching:
                one.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
        taken = ages(displays, moments, 600.0)
        report.row(name, share(taken, 0.5), share(taken, 0.95), max(taken))
        report.target(
            f"click to {size.screens} screens, {name}, p95", "≤ 1 s", f"{share(taken, 0.95):.2f} s",
            share(taken, 0.95) <= 1,
        )  # fmt: skip

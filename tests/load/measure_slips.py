"""Voters who press "vote" on the slip page at the same moment, against a bare route that inserts one row into SQLite.

    python -m tests.load.measure_slips          # alone, on a fresh demo

One, fifty and two hundred phones, each on a connection of its own; a wave begins when every phone is connected. The
bare route runs on the same server software with the same settings of SQLite, and knows no ballot, no code, no rule.
"""

import asyncio
import secrets
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import aiohttp
from sqlalchemy import func, select

from components.voting.slip_form import shape
from db.actions.meetings.attendance import take_attendance
from db.actions.meetings.meetings import add_item, close_meeting, prepare_meeting, send_notice
from db.actions.meetings.opening import open_meeting
from db.actions.voting.slips import print_slips
from db.actions.voting.voting import close_ballot, open_ballot, stop_ballot
from db.engine import as_system, reading_as_system, utc_now
from db.models import Account, Body, BodyMember, HouseRules, Meeting, SecretVote
from db.queries.voting.slips import slip_view
from db.rules.permissions import Actor
from db.rules.voting.decision import PRESETS, Preset
from db.rules.voting.slip_code import new_code
from db.terms import BodyKind, Role, VoteMethod
from pages.public.slip import COOKIE
from tests.builders.inputs import carry_out
from tests.load.ground import Ground, bare_app, ground
from tests.load.report import Report
from tests.support.servers import AppServer

CHOICES = ("for", "against", "abstain")


@dataclass(frozen=True, slots=True)
class Size:
    """Phones at once -> waves of them."""

    waves: dict[int, int]


FULL, SMALLEST = Size({1: 60, 50: 9, 200: 9}), Size({1: 1, 2: 1})


@dataclass(frozen=True)
class Wave:
    """Answers of one wave: how many a second, the middle one, the slowest but one in twenty, the server's work."""

    a_second: float
    p50: float
    p95: float
    cpu: float
    """Milliseconds of processor time an answer."""


@dataclass(frozen=True)
class Hall:
    """An open ballot with as many slips as the largest wave has phones."""

    chair: Actor
    meeting: int
    ballot: int
    codes: list[str]
    asks: str
    """What the page of a slip sends along with the vote."""

    def end(self) -> None:
        """The ballot is closed and counted, the meeting over."""
        _do(self.chair, stop_ballot, ballot_id=self.ballot)
        _do(self.chair, close_ballot, ballot_id=self.ballot)
        _do(self.chair, close_meeting, meeting_id=self.meeting, version=_version(self.meeting))


def _do(chair: Actor, act: object, **values: object) -> object:
    return carry_out(chair, secrets.token_hex(8), act, **values)  # type: ignore[arg-type]


def a_hall(secretary_id: int, voters: int, by_name: int | None = None) -> Hall:
    """A council of its own size, in session, voting by slip; through the same actions as the console.

    The account `by_name` has one more seat, and votes there by name.
    """
    with as_system("bench") as session:
        account = session.get_one(Account, secretary_id)
        chair = Actor(
            id=account.id, name=account.name, role=account.role,
            subdistrict_id=account.subdistrict_id, community_id=account.community_id,
        )  # fmt: skip
        assert account.community_id is not None
        home, today = account.community_id, date(2025, 1, 1)
        body = Body(community_id=home, name=f"压测{secrets.token_hex(3)}", kind=BodyKind.COUNCIL, term=1)
        session.add(body)
        session.flush()
        seats = [
            BodyMember(
                community_id=home, body_id=body.id, seat=seat, name=f"{seat:03d}", capacity="居民代表", since=today
            )
            for seat in range(1, voters + 1)
        ]
        if by_name is not None:
            seats.append(BodyMember(
                community_id=home, body_id=body.id, seat=voters + 1, name="记名", capacity="居民代表", since=today,
                account_id=by_name,
            ))  # fmt: skip
        rule = HouseRules(
            community_id=home, body_id=body.id, valid_from=today, preset=Preset.COUNCIL,
            rule=PRESETS[Preset.COUNCIL].to_json(), basis="压测", set_by=chair.id, set_at=utc_now(),
        )  # fmt: skip
        session.add_all([*seats, rule])
        session.flush()
        body_id, members = body.id, [seat.id for seat in seats]
    at = utc_now() + timedelta(days=5)
    meeting = _do(chair, prepare_meeting, body_id=body_id, title="压测会议", number=1, at=at, place="礼堂")
    item = _do(chair, add_item, meeting_id=meeting, title="感应灯", motion="在1幢楼道加装感应灯", proposer="压测")
    _do(chair, send_notice, meeting_id=meeting, version=_version(meeting))
    _do(chair, open_meeting, meeting_id=meeting)
    _do(chair, take_attendance, meeting_id=meeting, present=members)
    codes = [new_code() for _ in range(voters)]
    _do(chair, print_slips, meeting_id=meeting, codes=codes)
    apart = {VoteMethod.NAMED.value: members[voters:]} if by_name is not None else None
    ballot = _do(chair, open_ballot, item_id=item, method=VoteMethod.SLIP, apart=apart)
    assert isinstance(meeting, int)
    assert isinstance(ballot, int)
    view = slip_view(codes[0])
    assert view is not None
    assert view.ballot is not None
    return Hall(chair, meeting, ballot, codes, shape(view.ballot.question))


def _version(meeting: object) -> int:
    with reading_as_system("bench") as session:
        return session.get_one(Meeting, meeting).version


def cast_votes(ballot: int) -> int:
    with reading_as_system("bench") as session:
        return session.scalar(select(func.count()).where(SecretVote.ballot_id == ballot)) or 0


async def _wave(server: AppServer, votes: list[tuple[str, dict[str, str]]]) -> Wave:
    """Every phone sends its form at the same moment."""
    took: list[float] = []
    connector = aiohttp.TCPConnector(limit=0, limit_per_host=0)
    async with aiohttp.ClientSession(server.base_url, connector=connector) as phones:

        async def ready(_vote: object) -> None:
            async with phones.get("/healthz") as answer:
                await answer.read()

        async def press(number: int, path: str, fields: dict[str, str]) -> None:
            known = {"Cookie": f"{COOKIE}=phone-{number}"}  # every phone has its key since it saw the form
            began = time.perf_counter()
            async with phones.post(path, data=fields, headers=known, allow_redirects=False) as answer:
                await answer.read()
                if answer.status != 303:
                    raise RuntimeError(f"{answer.status} instead of a receipt")
            took.append(time.perf_counter() - began)

        await asyncio.gather(*(ready(vote) for vote in votes))
        began, worked = time.perf_counter(), server.cpu_seconds()
        await asyncio.gather(*(press(number, *vote) for number, vote in enumerate(votes)))
        whole, worked = time.perf_counter() - began, server.cpu_seconds() - worked
    took.sort()
    each = worked / len(took) * 1000
    return Wave(len(took) / whole, took[len(took) // 2] * 1000, took[int(len(took) * 0.95)] * 1000, each)


def _middle(waves: list[Wave], what: str) -> float:
    return median(getattr(wave, what) for wave in waves)


async def measure(here: Ground, _scale: int, report: Report, size: Size = FULL) -> None:
    """Ballots a second and p95 of each size beside the bare route: wave by wave in turn, so that both meet the same
    machine; the ratios are the middle one of those of two neighbouring waves.
    """
    everybody = max(size.waves)
    hall = await asyncio.to_thread(a_hall, here.accounts[Role.SECRETARY], everybody)
    folder = here.server.folder / "bare-slips"
    report.say("\nVotes by slip at the same moment, on SQLite; in turn with a bare route that inserts one row.\n")
    report.table(["phones", "ballots a second", "p50 ms", "p95 ms", "CPU ms", "bare a second", "bare p95 ms",
                  "bare CPU ms", "× rate", "× p95", "× CPU"])  # fmt: skip
    with bare_app(folder, {"BARE_DATABASE": str(folder / "bare.db")}) as bare:
        for voters, waves in size.waves.items():
            sent = {"ballot": str(hall.ballot), "asks": hall.asks}
            forms = [sent | {"choice": CHOICES[number % 3]} for number in range(voters)]
            plain = [("/vote", form) for form in forms]
            slips = [(f"/v/{code}", form) for code, form in zip(hall.codes, forms, strict=False)]
            await _wave(here.server, slips[:1])  # the first one fills caches
            await _wave(bare, plain[:1])
            pairs = [(await _wave(here.server, slips), await _wave(bare, plain)) for _ in range(waves)]
            ours, theirs = [own for own, _ in pairs], [other for _, other in pairs]
            rate = median(own.a_second / other.a_second for own, other in pairs)
            slower = median(own.p95 / other.p95 for own, other in pairs)
            work = _middle(ours, "cpu") / max(0.01, _middle(theirs, "cpu"))  # the clock of one vote is coarse
            report.row(
                voters, f"{_middle(ours, 'a_second'):.0f}", _middle(ours, "p50"), _middle(ours, "p95"),
                _middle(ours, "cpu"), f"{_middle(theirs, 'a_second'):.0f}", _middle(theirs, "p95"),
                _middle(theirs, "cpu"), rate, slower, work,
            )  # fmt: skip
            if voters == everybody:
                report.target(
                    f"{voters} votes in one instant", "≥ 0.9 × of a bare insert", f"{rate:.2f} ×", rate >= 0.9
                )
                report.target(f"p95 of {voters} votes", "≤ 1.5 × of a bare insert", f"{slower:.2f} ×", slower <= 1.5)
            report.figures[f"slips@{voters}.rate"], report.figures[f"slips@{voters}.p95"] = rate, slower
    stored = await asyncio.to_thread(cast_votes, hall.ballot)
    report.target(
        "ballots stored, each phone several times", f"{everybody}", f"{stored}", stored == everybody, counted=True
    )
    await asyncio.to_thread(hall.end)


def main() -> None:
    report = Report(utc_now().date())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch, ground(Path(scratch), 1) as here:
        asyncio.run(measure(here, 1, report))
    report.targets()


if __name__ == "__main__":
    main()

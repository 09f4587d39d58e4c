"""Bodies without an account behind them: the code first, then reading in bounded time, size and memory, then a turn."""

import asyncio
import tomllib
from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from components.access import cookie_name
from db.actions.admin.leaving import disable_account
from db.engine import carry_out
from db.terms import Role
from pages.public import message, quick_report, uploads
from pages.public.body import NoRoom, Room, TooLarge, TooSlow, body_of
from pages.public.limits import Limit
from pages.public.middleware import middleware
from pages.public.uploads import UploadGate
from tests.builders.intake import REPORT_FORM, a_picture, a_rider, code_of, report_body
from tests.builders.world import NOW, World
from tests.support.browser import in_own_loop
from tests.support.phone import Phone
from tests.support.servers import ROOT
from tests.support.signed_in import new_sign_in

LIMITS = ("BY_CODE", "BY_ADDRESS", "BY_BOTH", "UNKNOWN")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(message, "utc_now", lambda: NOW)
    for name in LIMITS:
        getattr(message, name).forget()
    yield
    for name in LIMITS:
        getattr(message, name).forget()


@pytest.fixture
def phone() -> Phone:
    return Phone(quick_report.routes)


class Stalled:
    """A request of which nothing but the first pieces arrive; `asked` says that the server waits for more."""

    def __init__(self, phone: Phone, path: str, *pieces: bytes, length: int = 8_000_000) -> None:
        self.app, self.scope = phone.app, phone.scope("POST", path, length, REPORT_FORM)
        self.pieces = list(pieces)
        self.asked = asyncio.Event()
        self.status = 0

    async def receive(self) -> dict[str, Any]:
        if self.pieces:
            return {"type": "http.request", "body": self.pieces.pop(0), "more_body": True}
        self.asked.set()
        await asyncio.Event().wait()
        raise AssertionError("nothing more comes")

    async def send(self, said: MutableMapping[str, Any]) -> None:
        if said["type"] == "http.response.start":
            self.status = said["status"]

    async def go(self) -> int:
        await self.app(self.scope, self.receive, self.send)
        return self.status


def test_stalled_uploads_hold_up_no_other_report(world: World, phone: Phone) -> None:
    code = code_of(a_rider(world))
    body = report_body(a_picture())

    async def all_at_once() -> int:
        stalled = [Stalled(phone, f"/r/{code}") for _ in range(12)]
        waiting = [asyncio.ensure_future(one.go()) for one in stalled]
        await asyncio.gather(*(one.asked.wait() for one in stalled))
        phone.address = "10.0.0.6"
        answer = await phone.spoken(phone.scope("POST", f"/r/{code}", len(body), REPORT_FORM), body)
        for task in waiting:
            task.cancel()
        return answer.status

    assert in_own_loop(asyncio.wait_for(all_at_once(), 60)) == 303


@pytest.mark.parametrize("why", ["unknown code", "too many by this code"])
def test_who_may_not_report_is_told_before_anything_is_read(
    small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    code = code_of(a_rider(small_world))
    if why == "unknown code":
        code = "0000000000000"
    else:
        monkeypatch.setattr(message, "BY_CODE", Limit(1))
        message.BY_CODE.count(code)
    request = Stalled(phone, f"/r/{code}")

    status = in_own_loop(asyncio.wait_for(request.go(), 60))

    assert status == (404 if why == "unknown code" else 429)
    assert not request.asked.is_set()


def test_a_report_that_does_not_arrive_in_its_time_is_given_up_in_words(
    small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.public.multipart.SECONDS_PHOTO", 0.05)
    request = Stalled(phone, f"/r/{code_of(a_rider(small_world))}", b"--" + b"x" * 100)

    assert in_own_loop(asyncio.wait_for(request.go(), 60)) == 408
    assert request.asked.is_set()


def test_what_is_being_read_fills_no_more_memory_than_there_is_for_it(
    small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.public.multipart.ROOM", Room(each=300_000, together=500_000, small=1_000))
    code = code_of(a_rider(small_world))
    piece = b"x" * 200_000

    async def several() -> tuple[int, int, int]:
        first = Stalled(phone, f"/r/{code}", piece)
        task = asyncio.ensure_future(first.go())
        await first.asked.wait()
        same = await Stalled(phone, f"/r/{code}", piece).go()
        phone.address = "10.0.0.6"
        second = Stalled(phone, f"/r/{code}", piece)
        other = asyncio.ensure_future(second.go())
        await second.asked.wait()
        phone.address = "10.0.0.7"
        third = await Stalled(phone, f"/r/{code}", piece).go()
        body = report_body()  # without a photo it is small, and there is always room for it
        small = await phone.spoken(phone.scope("POST", f"/r/{code}", len(body), REPORT_FORM), body)
        for one in (task, other):
            one.cancel()
        return same, third, small.status

    assert in_own_loop(asyncio.wait_for(several(), 60)) == (503, 503, 303)


def test_a_place_is_free_again_however_the_reading_ended() -> None:
    room = Room(each=10, together=20, small=0)
    with room.place("a") as place:
        place.grow(10)
        with pytest.raises(NoRoom):
            place.grow(11)
    with room.place("a") as place:
        place.grow(10)
        with room.place("b") as other:
            other.grow(10)
            with room.place("c") as third, pytest.raises(NoRoom):
                third.grow(1)

    assert not room.taken


def asked_with(pieces: list[bytes], **headers: str) -> Request:
    async def receive() -> dict[str, Any]:
        if not pieces:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "headers": pairs}, receive)


@pytest.mark.parametrize("headers", [{}, {"content_length": "900"}, {"content_length": "x"}])
def test_a_body_is_read_whole_or_not_at_all(headers: dict[str, str]) -> None:
    if headers.get("content_length") == "900":
        with pytest.raises(TooLarge):
            in_own_loop(body_of(asked_with([b"abc"], **headers), 10))
    else:
        assert in_own_loop(body_of(asked_with([b"abc", b"de"], **headers), 10)) == b"abcde"
    with pytest.raises(TooLarge):
        in_own_loop(body_of(asked_with([b"abc"] * 4), 10))
    with pytest.raises(TooSlow):
        in_own_loop(body_of(asked_with([]), 10, seconds=0.01))


# --- the uploaders of the app ----------------------------------------------------------------------------------


class Taken:
    """Stands for Streamlit's route: it reads what comes and notes how much."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.sizes.append(len(await Request(scope, receive).body()))
        await Response(status_code=204)(scope, receive, send)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> tuple[Phone, Taken]:
    phone, taken = Phone([]), Taken()
    phone.app = UploadGate(taken, most=1_000)  # type: ignore[assignment]
    return phone, taken


UPLOAD = "/_stcore/upload_file/3f6c/9a1b"


def test_a_file_of_somebody_who_is_not_signed_in_is_refused_unread(
    world: World, gate: tuple[Phone, Taken], monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, taken = gate
    token = new_sign_in(world.worker.id)
    answers = []
    for cookie in ("", "x" * 40, "y" * 100_000, token):
        phone.jar = {cookie_name(): cookie} if cookie else {}
        answers.append(phone.ask("PUT", UPLOAD, b"z" * 100).status)
    carry_out(world[Role.SUBDISTRICT_ADMIN], "", disable_account, account_id=world.worker.id)
    answers.append(phone.ask("PUT", UPLOAD, b"z" * 100).status)

    assert answers == [401, 401, 401, 204, 401]
    assert taken.sizes == [100]


def test_one_session_keeps_no_more_than_it_may_and_says_so_before_reading(
    small_world: World, gate: tuple[Phone, Taken], monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, taken = gate
    phone.jar = {cookie_name(): new_sign_in(small_world.worker.id)}
    held = {"3f6c": 700}
    monkeypatch.setattr(uploads, "kept", lambda session: held.get(session, 0))

    full = phone.ask("PUT", UPLOAD, b"z" * 400)
    fits = phone.ask("PUT", UPLOAD, b"z" * 300)
    other = phone.ask("PUT", UPLOAD.replace("3f6c", "77aa"), b"z" * 400)
    unsaid = phone.ask("PUT", UPLOAD, b"z", {"content-length": ""})

    assert [answer.status for answer in (full, fits, other, unsaid)] == [413, 204, 204, 411]
    assert taken.sizes == [300, 400]


def test_files_that_arrive_at_once_count_together(small_world: World, gate: tuple[Phone, Taken]) -> None:
    phone, _taken = gate
    phone.jar = {cookie_name(): new_sign_in(small_world.worker.id)}

    async def two() -> tuple[int, int]:
        first = Stalled(phone, UPLOAD, length=700)
        first.scope["method"] = "PUT"
        task = asyncio.ensure_future(first.go())
        await first.asked.wait()
        second = await phone.spoken(phone.scope("PUT", UPLOAD, 400), b"z" * 400)
        task.cancel()
        await asyncio.wait([task])
        third = await phone.spoken(phone.scope("PUT", UPLOAD, 400), b"z" * 400)
        return second.status, third.status

    assert in_own_loop(asyncio.wait_for(two(), 60)) == (413, 204)


def test_the_app_itself_asks_for_a_sign_in_before_a_file() -> None:
    assert any(one.cls is UploadGate for one in middleware)
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] * 1_000_000 * 4 <= uploads.MOST_KEPT
    assert config["server"]["maxMessageSize"] <= 10

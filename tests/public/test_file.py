"""A file with personal data leaves once, within two minutes, to the account that asked for it and to nobody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from socket import create_server
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from starlette.applications import Starlette

from components import file_tickets
from components.access import cookie_name
from components.file_tickets import LIVES, MOST, MOST_EACH, TICKETS, XLSX, Offer, Tickets, maker_of
from db.engine import as_system, utc_now
from db.errors import Refused
from db.models import Account
from db.passwords import sealed
from db.rules.permissions import Actor
from db.terms import Role
from pages.public import file as file_page
from tests.builders.world import World
from tests.support.phone import Answer, Phone
from tests.support.servers import free_port
from tests.support.signed_in import new_sign_in
from tests.support.waiting import wait_until

NAME = "柳林社区-走访台账-20260301.xlsx"


def make(actor: Actor) -> bytes:
    return f"file of {actor.id}".encode()


def ticket_of(account_id: int, *, made: Any = make, age: timedelta = timedelta()) -> str:
    now = utc_now() - age
    return TICKETS.issue(Offer(account_id, NAME, XLSX, made, now + LIVES), now)


def fetch(ticket: str, account_id: int | None, **headers: str) -> Answer:
    phone = Phone(file_page.routes)
    if account_id is not None:
        phone.jar[cookie_name()] = new_sign_in(account_id)
    return phone.ask("GET", f"/file/{ticket}", more=headers)


def test_the_account_that_asked_gets_it_once(small_world: World) -> None:
    me = small_world.worker.id
    ticket = ticket_of(me)

    answer = fetch(ticket, me)

    assert answer.status == 200
    assert answer.html == f"file of {me}"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == XLSX
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote(NAME)}"
    assert fetch(ticket, me).status == 404


def test_without_a_sign_in_nothing_comes_and_the_ticket_still_holds(small_world: World) -> None:
    me = small_world.worker.id
    ticket = ticket_of(me)

    assert fetch(ticket, None).status == 401
    assert fetch(ticket, None, cookie=f"{cookie_name()}=made-up").status == 401
    assert fetch(ticket, me).status == 200


def test_another_account_gets_nothing_and_takes_nothing_away(small_world: World) -> None:
    me = small_world.worker.id
    ticket = ticket_of(me)

    assert fetch(ticket, small_world.secretary.id).status == 404
    assert fetch(ticket, me).status == 200


def test_after_two_minutes_it_is_over(small_world: World) -> None:
    ticket = ticket_of(small_world.worker.id, age=LIVES + timedelta(seconds=1))

    assert fetch(ticket, small_world.worker.id).status == 404


def test_another_process_fetches_it_from_the_one_that_issued_it(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both processes are this one here; `make district` has two. The second one reaches the first by its address."""
    port = free_port()
    issuer = uvicorn.Server(uvicorn.Config(Starlette(routes=file_page.routes), port=port, log_level="warning"))
    running = Thread(target=issuer.run)
    running.start()
    wait_until(lambda: issuer.started, "the first process answers")
    me = small_world.worker.id
    monkeypatch.setattr(file_tickets, "own_address", lambda: f"127.0.0.1:{port}")
    ticket, late = ticket_of(me), ticket_of(me)
    monkeypatch.setattr(file_page, "own_address", lambda: "127.0.0.1:1")

    nobody, answer, again = fetch(ticket, None), fetch(ticket, me), fetch(ticket, me)
    issuer.should_exit = True
    running.join()

    assert [one.status for one in (nobody, answer, again, fetch(late, me))] == [401, 200, 404, 404]
    assert answer.html == f"file of {me}"
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote(NAME)}"
    assert "链接已失效" in again.text


@pytest.mark.parametrize("sent", [b"", b"\x15\x03\x03", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"])
def test_a_process_that_breaks_off_or_is_another_program_has_lost_its_tickets(small_world: World, sent: bytes) -> None:
    with create_server(("127.0.0.1", 0)) as other, ThreadPoolExecutor(1) as pool:
        ticket = f"a~{sealed(f'127.0.0.1:{other.getsockname()[1]}')}"
        asked = pool.submit(fetch, ticket, small_world.worker.id)
        with other.accept()[0] as come:
            come.recv(65536)
            come.sendall(sent)
        answer = asked.result()

    assert (answer.status, "链接已失效" in answer.text) == (404, True)


def test_nothing_but_a_ticket_is_sent_on(small_world: World) -> None:
    """The port answers to nobody: what is sent on comes back as over, never as a fault of ours."""
    gone = f"~{sealed(f'127.0.0.1:{free_port()}')}"

    assert maker_of(f"a{gone}")
    assert not any(maker_of(f"{odd}{gone}") for odd in ("a\r\nX: 1", "票", "a b", "a?b", "../a", ""))
    assert fetch(f"a{gone}", None, cookie=f'{cookie_name()}="a\\012b"').status == 404


def test_a_disabled_account_and_one_that_must_change_its_password_get_nothing(small_world: World) -> None:
    me = small_world.worker.id
    for change in ({"must_change_password": True}, {"disabled_at": utc_now()}):
        ticket = ticket_of(me)
        with as_system("test") as session:
            for name, value in change.items():
                setattr(session.get_one(Account, me), name, value)
        assert fetch(ticket, me).status == 401


def test_another_site_cannot_lead_to_it(small_world: World) -> None:
    ticket = ticket_of(small_world.worker.id)

    assert fetch(ticket, small_world.worker.id, **{"sec-fetch-site": "cross-site"}).status == 403


def test_a_refusal_while_it_is_made_is_told_and_nothing_comes(small_world: World) -> None:
    def refused(_actor: Actor) -> bytes:
        raise Refused("household_restricted")

    def broken(_actor: Actor) -> bytes:
        raise RuntimeError("13800138000")

    came_from = {"referer": "https://elsewhere.example//activity?id=7&part=papers"}
    told = fetch(ticket_of(small_world.worker.id, made=refused), small_world.worker.id, **came_from)
    failed = fetch(ticket_of(small_world.worker.id, made=broken), small_world.worker.id)

    assert (told.status, failed.status) == (403, 503)
    assert "专人" in told.text
    assert 'href="/activity?id=7&amp;part=papers"' in told.html
    assert "13800138000" not in failed.html


@pytest.mark.parametrize("nonsense", ["x", "a" * 64, "a" * 5000, "%00", "-"])
def test_made_up_tickets_are_told_in_words(small_world: World, nonsense: str) -> None:
    answer = fetch(nonsense, small_world.worker.id)

    assert answer.status == 404
    assert "链接已失效" in answer.text


def test_no_more_tickets_are_held_than_allowed() -> None:
    tickets, now = Tickets(), utc_now()

    for account in range(MOST + 50):
        for _ in range(2):
            tickets.issue(Offer(account, NAME, XLSX, make, now + LIVES), now)
    own = [tickets.issue(Offer(-1, NAME, XLSX, make, now + LIVES), now) for _ in range(MOST_EACH + 3)]

    assert len(tickets) <= MOST
    assert [tickets.take(ticket, -1, now) is not None for ticket in own] == [False] * 3 + [True] * MOST_EACH
    assert tickets.take(own[0], -1, now) is None


def test_what_is_over_is_forgotten_when_the_next_one_comes() -> None:
    tickets, now = Tickets(), utc_now()
    tickets.issue(Offer(1, NAME, XLSX, make, now + LIVES), now)

    tickets.issue(Offer(2, NAME, XLSX, make, now + 2 * LIVES), now + LIVES)

    assert len(tickets) == 1


def test_the_role_of_the_moment_makes_the_file(small_world: World) -> None:
    seen: list[Role] = []

    def look(actor: Actor) -> bytes:
        seen.append(actor.role)
        return b"x"

    ticket = ticket_of(small_world.worker.id, made=look)
    with as_system("test") as session:
        session.get_one(Account, small_world.worker.id).role = Role.COUNCIL_MEMBER

    assert fetch(ticket, small_world.worker.id).status == 200
    assert seen == [Role.COUNCIL_MEMBER]

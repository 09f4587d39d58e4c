"""The page of a stall over HTTP: small, strict, without names; it counts for an address that holds and for no other."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from db.actions.activities.market import revoke_tally
from db.actions.activities.market_tally import close_market
from db.counters import day_of
from db.engine import utc_now
from db.rules.screen.display_code import display_code
from pages.public import market
from tests.builders.activities import a_market, a_stall, a_stall_helper, a_tally
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World, do
from tests.support.phone import HOST, Answer, Phone

MOST = 40_000
JSON = {"content-type": "application/json", "origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def nobody_guessed_before() -> Iterator[None]:
    market.GUESSES.forget()
    yield
    market.GUESSES.forget()


def a_code(world: World) -> tuple[int, int, str]:
    """A market day of today with a stall, and the code of its address."""
    day = a_market(world, day_of(utc_now()))
    stall = a_stall(world, day)
    return day, stall, a_tally(world, stall, now=utc_now())


def send(phone: Phone, code: str, *entries: dict[str, Any], **headers: str) -> Answer:
    now = round(utc_now().timestamp() * 1000)
    given = [{"key": f"{n:032}", "kind": "count", "amount": 1, "made": now, **entry} for n, entry in enumerate(entries)]
    body = json.dumps({"sent": now, "entries": given}).encode()
    return phone.ask("POST", f"/m/{code}/entries", body, JSON | {n.replace("_", "-"): v for n, v in headers.items()})


def test_the_page_and_all_its_files_are_small_and_run_nothing_inline(small_world: World) -> None:
    phone = Phone(market.routes)
    page = phone.get("/m/0000000000")
    kept = json.loads(re.search(r"FILES = (\[.*?\])", phone.get("/m/sw.js").html)[1])  # type: ignore[index]

    answers = [phone.get(path) for path in kept]

    assert {answer.status for answer in answers} == {200}
    assert sum(answer.raw for answer in answers) < MOST
    assert "unsafe" not in page.headers["content-security-policy"]
    assert not re.search(r"<style|\son\w+=|https?://", page.html)


def test_the_page_is_the_same_for_every_stall(small_world: World) -> None:
    _day, _stall, code = a_code(small_world)
    phone = Phone(market.routes)

    assert phone.get(f"/m/{code}").html == phone.get("/m/").html == phone.get("/m/zzzzzzzzzz").html


def test_every_word_of_the_script_stands_in_the_page(small_world: World) -> None:
    asked = set(re.findall(r'\bt\("(\w+)"', market.PAGE.script()))
    words = json.loads(re.search(r'id="words">(.*?)</script>', Phone(market.routes).get("/m/").html, re.S)[1])  # type: ignore[index]

    assert asked <= set(words)
    assert not re.search(r"[\u4e00-\u9fff]", Phone(market.routes, language="en-GB").get("/m/").html)


def test_a_stall_is_told_its_own_number_and_no_names(small_world: World) -> None:
    _day, stall, code = a_code(small_world)
    a_stall_helper(small_world, stall, a_volunteer(small_world), now=utc_now())

    now = json.loads(Phone(market.routes).get(f"/m/{code}/now").html)["now"]

    assert (now["number"], now["item"], now["total"], now["closed"], now["ahead"]) == (1, "磨刀", 0, False, False)
    assert "志愿者V001" not in json.dumps(now, ensure_ascii=False)


def test_presses_are_answered_one_by_one_and_a_repeat_counts_nothing(small_world: World) -> None:
    _day, _stall, code = a_code(small_world)
    phone = Phone(market.routes)

    first = send(phone, code, {}, {"amount": 5}, {"kind": "queue", "queue": "long"}, {"amount": 99})
    again = send(phone, code.upper(), {}, {"amount": 5})

    told = json.loads(first.html)
    assert [one["state"] for one in told["answers"]] == ["stored", "stored", "stored", "refused"]
    assert (told["now"]["total"], told["now"]["queue"]) == (6, "long")
    assert json.loads(again.html)["now"]["total"] == 6


def test_an_address_that_was_revoked_says_that_it_is_over(small_world: World) -> None:
    _day, stall, code = a_code(small_world)
    do(small_world.worker, revoke_tally, stall_id=stall, now=utc_now())
    phone = Phone(market.routes)

    assert (phone.get(f"/m/{code}/now").status, send(phone, code, {}).status) == (410, 410)


def test_after_the_close_a_late_press_is_kept_and_not_counted(small_world: World) -> None:
    day, _stall, code = a_code(small_world)
    do(small_world.worker, close_market, activity_id=day, now=utc_now())

    told = json.loads(send(Phone(market.routes), code, {}).html)

    assert (told["answers"][0]["state"], told["now"]["total"], told["now"]["closed"]) == ("late", 0, True)


def test_another_site_and_nonsense_count_nothing(small_world: World) -> None:
    _day, _stall, code = a_code(small_world)
    phone = Phone(market.routes)

    wrong = [
        send(phone, code, {}, sec_fetch_site="cross-site"),
        send(phone, code, {}, content_type="text/plain"),
        send(phone, code),
        send(phone, code, *[{}] * 21),
        phone.ask("POST", f"/m/{code}/entries", b"{", JSON),
        phone.ask("POST", f"/m/{code}/entries", b"[" * 9_000, JSON),
    ]

    assert [answer.status for answer in wrong] == [400] * 6
    assert json.loads(phone.get(f"/m/{code}/now").html)["now"]["total"] == 0


def test_who_guesses_addresses_is_slowed_down(small_world: World) -> None:
    _day, _stall, code = a_code(small_world)
    phone = Phone(market.routes)
    for n in range(30):
        assert phone.get(f"/m/{display_code(n)}/now").status == 410

    assert phone.get(f"/m/{code}/now").status == 429

"""What no phone of ours sends: every plain page answers it with words, on both engines, and stores nothing of it."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from db.counters import day_of
from db.engine import reading_as_system, utc_now
from db.models import MarketTally
from pages.public import activity, calendar, join, market, progress, verdict, wall
from pages.public.message import UNKNOWN
from tests.builders.activities import a_market, a_stall, a_tally
from tests.builders.world import World
from tests.support.phone import HOST, Phone

CODES = ("\x00", "A\x00B", "\ud800", "9" * 4000, "LL\x00", "\u202e", "%", "é́", "null", "-1", " ", "L" * 43)
PATHS = ("/join/{}", "/join/LL/r/{}", "/a/{}", "/a/{}/r/{}", "/w/{}", "/k/{}", "/p/{}", "/m/{}/now", "/c/{}.ics")
JSON = {"content-type": "application/json", "origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def nobody_guessed_before() -> Iterator[None]:
    limits = (
        UNKNOWN,
        activity.UNKNOWN,
        wall.UNKNOWN,
        progress.UNKNOWN,
        progress.BY_ADDRESS,
        verdict.UNKNOWN,
        market.GUESSES,
        calendar.UNKNOWN,
    )
    for one in limits:
        one.forget()
    yield
    for one in limits:
        one.forget()


def test_a_code_that_is_none_is_answered_on_every_page(world: World) -> None:
    phone = Phone(
        [
            *join.routes,
            *activity.routes,
            *wall.routes,
            *progress.routes,
            *verdict.routes,
            *market.routes,
            *calendar.routes,
        ]
    )
    seen = {}
    for path in PATHS:
        for code in CODES:
            typed = quote(code, safe="", errors="surrogatepass")
            seen[path, code] = phone.get(path.format(typed, typed)).status
    assert {pair: status for pair, status in seen.items() if status not in (400, 404, 410, 429)} == {}


@pytest.mark.parametrize("key", ["\x00" * 20, "k" * 20 + "\x00", "\ud800" * 20, "k" * 9000, "", "键" * 20])
def test_a_key_that_no_phone_makes_keeps_the_others_from_nothing(key: str, world: World) -> None:
    day = a_market(world, day_of(utc_now()))
    code = a_tally(world, a_stall(world, day), now=utc_now())
    now = round(utc_now().timestamp() * 1000)
    good = {"key": "g" * 32, "kind": "count", "amount": 1, "made": now}
    body = json.dumps({"sent": now, "entries": [good | {"key": key}, good]}).encode()

    answer = Phone(market.routes).ask("POST", f"/m/{code}/entries", body, JSON)

    assert answer.status == 200
    assert [one["state"] for one in json.loads(answer.html)["answers"]] == ["refused", "stored"]
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(MarketTally)) == 1

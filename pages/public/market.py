"""Let a helper at a stall count with one thumb, also without a network: one press a visitor, nothing lost or doubled.

`/m/<code>` is printed on the helper's slip. The page is the same for every stall and is kept by the browser; the stall,
its count and its queue come by the address, which opens this one stall and nothing else. No names, no account.
"""

from datetime import datetime
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.activities.market_words import page_words, queue_words
from components.wording import _
from components.wording.dates import day
from db.actions.activities.market_tally import Entry, take_tally
from db.engine import reading_as_system, utc_now
from db.errors import Refused
from db.queries.activities.market_stall import StallAtHand, stall_at_hand
from db.rules.activities.market import spoken
from db.rules.offline.sync import moment_of
from pages.public.kept import NOT_STORED, KeptPage, answered, entries_of
from pages.public.limits import WrongCodes, address_of

MOST_BODY, MOST_ENTRIES = 12_000, 20
GUESSES = WrongCodes("stall", 30)


PAGE = KeptPage("market", "/m", "/m/", lambda: _("摊位计数"), page_words)


# --- what goes to the phone, and what comes from it ---------------------------------------------------


async def now(request: Request) -> Response:
    """The stall as it stands: 200, or 410 for an address that does not hold."""
    code, whence = request.path_params["code"], address_of(request)
    return await answered(request, partial(_now, code, whence), "market.failed")


async def entries(request: Request) -> Response:
    """What was pressed, in its order, each stored once; then the stall as it stands."""
    body = await entries_of(request, most=MOST_ENTRIES, size=MOST_BODY)
    if body is None:
        return JSONResponse({"error": "bad_request"}, 400, headers=NOT_STORED)
    code, whence = request.path_params["code"], address_of(request)
    return await answered(request, partial(_take, code, whence, body), "market.failed")


def _stall(code: str) -> StallAtHand | None:
    with reading_as_system("a stall of a market day asks") as session:
        return stall_at_hand(session, code, now=utc_now())


def _now(code: str, whence: str) -> Response:
    if GUESSES.reached(whence):
        return JSONResponse({"error": "wait"}, 429, headers=NOT_STORED)
    stall = _stall(code)
    return _over(whence) if stall is None else JSONResponse({"now": _shown(stall)}, headers=NOT_STORED)


def _over(whence: str) -> Response:
    GUESSES.count(whence)
    return JSONResponse({"ended": True}, 410, headers=NOT_STORED)


def _shown(stall: StallAtHand) -> dict[str, object]:
    return {
        "number": stall.number,
        "item": stall.item,
        "title": stall.title,
        "day": day(stall.on),
        "opens": spoken(stall.opens),
        "closes": spoken(stall.closes),
        "total": stall.total,
        "queue": stall.queue.value if stall.queue else "",
        "queues": queue_words(),
        "ahead": stall.ahead,
        "closed": stall.closed,
    }


def _take(code: str, whence: str, body: dict[str, Any]) -> Response:
    if GUESSES.reached(whence):
        return JSONResponse({"error": "wait"}, 429, headers=NOT_STORED)
    moment = utc_now()
    sent = moment_of(body.get("sent")) or moment
    given = [_entry(one, sent) for one in body["entries"]]
    try:
        answers = take_tally(code, given, sent=sent, now=moment)
    except Refused:  # before the day: nothing is stored, and the phone keeps it
        answers = []
    stall = _stall(code)
    if answers is None or stall is None:
        return _over(whence)
    return JSONResponse({"answers": answers, "now": _shown(stall)}, headers=NOT_STORED)


def _entry(one: dict[str, Any], sent: datetime) -> Entry:
    return Entry(
        key=one["key"].encode(errors="replace").decode(),  # Half a character would break the answer that names it.
        kind=one.get("kind", ""),
        made=moment_of(one.get("made")) or sent,
        amount=one.get("amount"),
        queue=one.get("queue"),
        words=one.get("words"),
    )


routes = [
    *PAGE.routes(),
    Route("/m/{code}/now", now),
    Route("/m/{code}/entries", entries, methods=["POST"]),
    Route("/m/{code}", PAGE.shown),
]

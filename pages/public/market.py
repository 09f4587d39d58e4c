"""Let a helper at a stall count with one thumb, also without a network: one press a visitor, nothing lost or doubled.

`/m/<code>` is printed on the helper's slip. The page is the same for every stall and is kept by the browser; the stall,
its count and its queue come by the address, which opens this one stall and nothing else. No names, no account.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.activities.market_words import page_words, queue_words
from components.wording import _, speaking
from components.wording.dates import day
from db.actions.activities.market_tally import Entry, take_tally
from db.engine import reading_as_system, utc_now
from db.errors import Busy, Conflict, Refused
from db.queries.activities.market_stall import StallAtHand, stall_at_hand
from db.rules.activities.market import spoken
from db.rules.offline.sync import moment_of
from db.terms import Language
from db.trouble import told
from pages.public.body import TooLarge, TooSlow, body_of
from pages.public.limits import WrongCodes, address_of
from pages.public.plain import answer, is_own_script, logged_mishap, page, reads

FILES = Path(__file__).resolve().parent / "market_files"
MOST_BODY, MOST_ENTRIES = 12_000, 20
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SHELL = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY, "X-Robots-Tag": "noindex"}
NOT_STORED = {"Cache-Control": "no-store"}
FOR_EVER = {"Cache-Control": "public, immutable, max-age=31536000"}
GUESSES = WrongCodes("stall", 30)
Work = Callable[[], Response]


# --- the page and its files ---------------------------------------------------------------------------


@cache
def script() -> str:
    """The one script of the page: what it holds, how it sends, what it shows."""
    return "\n".join((FILES / f"{part}.js").read_text(encoding="utf-8") for part in ("store", "sync", "screen"))


@cache
def style() -> str:
    return (FILES / "market.css").read_text(encoding="utf-8")


@cache
def version() -> str:
    """Changes with every change of what the browser keeps."""
    template = (Path(__file__).parent / "templates" / "market.html.j2").read_text(encoding="utf-8")
    with speaking(Language.CHINESE):
        words = json.dumps(page_words())
    kept = (script(), style(), template, (FILES / "sw.js").read_text(encoding="utf-8"), words)
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()[:12]


async def market(request: Request) -> Response:
    """The page: the same for every stall."""

    def draw() -> Response:
        words = json.dumps(page_words(), ensure_ascii=False).replace("<", "\\u003c")
        shown = page(
            "market.html.j2",
            title=_("摊位计数"),
            words=words,
            style=f"/m/app-{version()}.css",
            script=f"/m/app-{version()}.js",
            no_script=_("请允许浏览器运行 JavaScript。"),
        )
        for name, value in SHELL.items():
            shown.headers[name] = value
        return shown

    return await answer(request, draw)


async def script_file(_request: Request) -> Response:
    return Response(script(), media_type="text/javascript", headers=FOR_EVER)


async def style_file(_request: Request) -> Response:
    return Response(style(), media_type="text/css", headers=FOR_EVER)


async def icon(_request: Request) -> Response:
    return Response((FILES / "icon.svg").read_bytes(), media_type="image/svg+xml", headers=SHELL)


async def worker(_request: Request) -> Response:
    """The service worker, which keeps the page and its files and never sees what is counted."""
    kept = ["/m/", f"/m/app-{version()}.js", f"/m/app-{version()}.css", "/m/icon.svg"]
    text = (FILES / "sw.js").read_text(encoding="utf-8")
    text = text.replace("__VERSION__", version()).replace("__FILES__", json.dumps(kept))
    return Response(text, media_type="text/javascript", headers=SHELL)


# --- what goes to the phone, and what comes from it ---------------------------------------------------


async def now(request: Request) -> Response:
    """The stall as it stands: 200, or 410 for an address that does not hold."""
    code, whence = request.path_params["code"], address_of(request)
    return await _answered(request, partial(_now, code, whence))


async def entries(request: Request) -> Response:
    """What was pressed, in its order, each stored once; then the stall as it stands."""
    body = await _body(request)
    if body is None:
        return JSONResponse({"error": "bad_request"}, 400, headers=NOT_STORED)
    code, whence = request.path_params["code"], address_of(request)
    return await _answered(request, partial(_take, code, whence, body))


async def _answered(request: Request, work: Work) -> Response:
    """Run it in a thread and in the reader's language; the phone keeps what it has, whatever breaks here."""

    def run() -> Response:
        with speaking(reads(request.headers.get("accept-language", ""))):
            try:
                return work()
            except (Busy, Conflict):
                return JSONResponse({"error": "busy"}, 503, headers=NOT_STORED)
            except Exception as error:  # noqa: BLE001 - the log says where it broke, and the phone sends again
                if told(error) is not None:
                    return JSONResponse({"error": "busy"}, 503, headers=NOT_STORED)
                number = logged_mishap(error, "market.failed")
                return JSONResponse({"error": "mishap", "number": number}, 500, headers=NOT_STORED)

    return await run_in_threadpool(run)


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


async def _body(request: Request) -> dict[str, Any] | None:
    """What a phone sent: an object with up to twenty entries that have a key each; None for anything else."""
    if not is_own_script(request):
        return None
    try:
        body = json.loads(await body_of(request, MOST_BODY))
    except (TooLarge, TooSlow, ValueError, RecursionError):
        return None
    sent = body.get("entries") if isinstance(body, dict) else None
    if not isinstance(sent, list) or not 0 < len(sent) <= MOST_ENTRIES:
        return None
    good = all(isinstance(entry, dict) and isinstance(entry.get("key"), str) for entry in sent)
    return body if good else None


routes = [
    Route("/m/", market),
    Route("/m/sw.js", worker),
    Route("/m/icon.svg", icon),
    Route(f"/m/app-{version()}.js", script_file),
    Route(f"/m/app-{version()}.css", style_file),
    Route("/m/{code}/now", now),
    Route("/m/{code}/entries", entries, methods=["POST"]),
    Route("/m/{code}", market),
]

"""日历订阅: `/c/<token>.ics` gives a phone's calendar the own service of whoever made the address; no account is asked.

The token is the whole secret: it is never logged, and nothing in the answer names anybody. What never was is 404, what
was revoked, or whose account does not serve any more, is 410, so that a calendar stops asking.
"""

import hashlib
from datetime import date

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.today.feed_words import calendar_name, entries
from components.wording import speaking
from db.actions.rota.feeds import TOKEN_LENGTH, feed_hash, note_fetched
from db.counters import day_of
from db.engine import reading_as_system, utc_now
from db.queries.rota.feed import FeedOwner, feed_owner
from db.queries.today.my_service import ServiceDate, calendar
from db.rules.rota.feed import calendar_file
from db.trouble import told
from pages.public.limits import Limit, WrongCodes, address_of

log = structlog.get_logger()
KEPT_CLOSE = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
UNKNOWN = WrongCodes("calendar", 20)
"""Wrong addresses from one place."""
BY_TOKEN = Limit(60)
"""Readings of one calendar: phones ask a few times a day, several devices share an address."""
LATER = {"Retry-After": "600"}


async def feed(request: Request) -> Response:
    """The calendar; 304 when the phone has it already, 429 when one asks too often, 503 when the database cannot."""
    known = request.headers.get("if-none-match", "")
    return await run_in_threadpool(_feed, request.path_params["token"], address_of(request), known)


def _feed(token: str, where: str, known: str) -> Response:
    if UNKNOWN.reached(where):
        return _bare(429, LATER)
    if len(token) != TOKEN_LENGTH:
        UNKNOWN.count(where)
        return _bare(404)
    named = feed_hash(token)
    if not BY_TOKEN.take(named):
        return _bare(429, LATER)
    response = _answer(named, known)
    if response.status_code == 404:
        UNKNOWN.count(where)
    return response


def _answer(named: str, known: str) -> Response:
    now = utc_now()
    try:
        with reading_as_system("a calendar") as session:
            owner = feed_owner(session, named)
            dates: tuple[ServiceDate, ...] = ()
            if owner is not None and owner.holds:
                dates = calendar(session, owner.account_id, now=now)
    except Exception as error:  # noqa: BLE001 - a calendar that gets an error keeps what it has and asks again
        return _mishap(error)
    if owner is None:
        return _bare(404)
    if not owner.holds:
        return _bare(410)
    with speaking(owner.language):
        body = calendar_file(calendar_name(), entries(dates))
    _note(owner, day_of(now))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if tag in (part.strip().removeprefix("W/") for part in known.split(",")):
        return _bare(304, {"ETag": tag})
    headers = KEPT_CLOSE | {"ETag": tag, "Content-Disposition": 'inline; filename="service.ics"'}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def _note(owner: FeedOwner, today: date) -> None:
    """Once a day; a full disk or a database that only reads keeps nobody from the own calendar."""
    if owner.fetched_on == today:
        return
    try:
        note_fetched(owner.feed_id, today)
    except Exception as trouble:  # noqa: BLE001 - what is remembered here is of no account to whoever reads
        told(trouble)
        log.warning("feed.not_noted", kind=type(trouble).__name__)


def _mishap(error: Exception) -> Response:
    known = told(error)
    level = log.warning if known is not None else log.error
    level("feed.unanswered", kind=type(error).__name__)
    return _bare(503, LATER)


def _bare(status: int, more: dict[str, str] | None = None) -> Response:
    return Response(status_code=status, headers=KEPT_CLOSE | (more or {}))


routes = [Route("/c/{token}.ics", feed, methods=["GET", "HEAD"])]

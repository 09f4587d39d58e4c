"""Routes beside the Streamlit app: health, metrics, the two of the sign-in cookie, and the plain pages for phones."""

import json
import re
import secrets

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.access import cookie_name, mark_cookie_name
from components.accounts.handover import trade
from db.actions.accounts.sign_in import LONGEST
from db.queries.accounts.health import clock_ahead, health, replica_stands
from db.rules.accounts.origin import is_inside
from db.settings import settings
from pages.public import (
    activity,
    calendar,
    display,
    door,
    file,
    frame,
    icons,
    join,
    market,
    order_poster,
    photo,
    progress,
    quick_report,
    sign_in_card,
    slip,
    verdict,
    wall,
)
from pages.public.body import TooLarge, TooSlow, body_of
from pages.public.limits import where
from pages.public.plain import is_own_script

log = structlog.get_logger()

MOST_BODY = 1000
MARK_DAYS = 400
_MARK = re.compile(r"[A-Za-z0-9_-]{43}")
NOT_STORED = {"Cache-Control": "no-store"}


async def healthz(_request: Request) -> Response:
    """200 when the database can be read and written, else 503; what can and what cannot, and why."""
    found = await run_in_threadpool(health)
    return JSONResponse(found.states, 200 if found.well else 503, headers=NOT_STORED)


async def metrics(request: Request) -> Response:
    """Counters in Prometheus's text form; without a configured token the page does not exist."""
    token = settings().metrics_token
    if not token:
        return JSONResponse({"error": "not_found"}, 404)
    given = request.headers.get("authorization", "")
    if not secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return JSONResponse({"error": "unauthorized"}, 401, headers={"WWW-Authenticate": "Bearer"})
    await run_in_threadpool(replica_stands)
    await run_in_threadpool(clock_ahead)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST, headers=NOT_STORED)


async def auth_enter(request: Request) -> Response:
    """Trade a ticket for the cookie; a ticket works once, for a minute."""
    if not is_own_script(request):
        return JSONResponse({"error": "forbidden"}, 403, headers=NOT_STORED)
    ticket = await _ticket(request)
    if ticket is None:
        return JSONResponse({"error": "bad_request"}, 400, headers=NOT_STORED)
    device, mark = request.headers.get("user-agent", "")[:200], _mark(request)
    token = await run_in_threadpool(trade, ticket, device, mark, is_inside(where(request)))
    if token is None:
        return JSONResponse({"error": "expired"}, 401, headers=NOT_STORED)
    response = JSONResponse({"ok": True}, headers=NOT_STORED)
    # How long the sign-in really lasts is decided by the database at every run; the cookie only has to outlive it.
    response.set_cookie(
        cookie_name(), token, max_age=int(LONGEST.total_seconds()), path="/",
        secure=settings().https, httponly=True, samesite="lax",
    )  # fmt: skip
    response.set_cookie(
        mark_cookie_name(), mark, max_age=MARK_DAYS * 86_400, path="/",
        secure=settings().https, httponly=True, samesite="lax",
    )  # fmt: skip
    return response


def _mark(request: Request) -> str:
    """The browser's mark, which it keeps when somebody else signs in with it; a new one without."""
    mark = request.cookies.get(mark_cookie_name(), "")
    return mark if _MARK.fullmatch(mark) else secrets.token_urlsafe(32)


async def auth_leave(request: Request) -> Response:
    """Clear the cookie; the sign-in itself is ended by the page."""
    if not is_own_script(request):
        return JSONResponse({"error": "forbidden"}, 403, headers=NOT_STORED)
    response = JSONResponse({"ok": True}, headers=NOT_STORED)
    response.delete_cookie(cookie_name(), path="/", secure=settings().https, httponly=True, samesite="lax")
    return response


async def _ticket(request: Request) -> str | None:
    try:
        ticket = json.loads(await body_of(request, MOST_BODY))["ticket"]
    except (TooLarge, TooSlow, ValueError, KeyError, TypeError, RecursionError):
        return None
    return ticket if isinstance(ticket, str) and 20 <= len(ticket) <= 100 else None


routes = [
    Route("/healthz", healthz, methods=["GET", "HEAD"]),
    Route("/metrics", metrics, methods=["GET"]),
    Route("/auth/enter", auth_enter, methods=["POST"]),
    Route("/auth/leave", auth_leave, methods=["POST"]),
    *display.routes,
    *slip.routes,
    *sign_in_card.routes,
    *order_poster.routes,
    *quick_report.routes,
    *join.routes,
    *activity.routes,
    *photo.routes,
    *door.routes,
    *market.routes,
    *file.routes,
    *verdict.routes,
    *icons.routes,
    *frame.routes,
    *wall.routes,
    *progress.routes,
    *calendar.routes,
]

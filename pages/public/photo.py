"""A photo, only to somebody signed in who may see what it shows: `/photo/<id>`, with `?w=320` a small one.

It is no plain page for everybody: it stands beside them because a picture needs an address of its own. The answer is
never stored by browser or proxy, and says nothing about what exists: out of reach and not there look the same.
"""

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.access import cookie_name
from db.engine import reading, utc_now
from db.photos import read, thumbnail
from db.queries.accounts.accounts import signed_in_by
from db.queries.photos import photo_file
from db.rules.limits import LONGEST_TOKEN
from db.rules.permissions import Permission
from db.rules.photo import THUMBNAIL

log = structlog.get_logger()
KEPT_CLOSE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
MOST_ID = 2**62


async def photo(request: Request) -> Response:
    """401 without a sign-in, 403 without the permission, 404 for everything out of reach."""
    number, small = request.path_params["number"], request.query_params.get("w") == str(THUMBNAIL)
    token = request.cookies.get(cookie_name(), "")
    return await run_in_threadpool(_answer, token, number, small)


def _answer(token: str, number: int, small: bool) -> Response:
    found = signed_in_by(token, now=utc_now()) if 0 < len(token) <= LONGEST_TOKEN else None
    if found is None or found.actor.must_change_password:
        return _nothing(401)
    if not found.actor.may(Permission.SEE_PHOTO):
        return _nothing(403)
    name = None
    if 0 < number < MOST_ID:
        with reading(found.actor) as session:
            name = photo_file(session, number)
    jpeg = read(name) if name else None
    if jpeg is None:
        return _nothing(404)
    body = thumbnail(jpeg, THUMBNAIL) if small else jpeg
    return Response(body, media_type="image/jpeg", headers=KEPT_CLOSE | {"Content-Disposition": "inline"})


def _nothing(status: int) -> Response:
    return Response(status_code=status, headers=KEPT_CLOSE)


routes = [Route("/photo/{number:int}", photo, methods=["GET", "HEAD"])]

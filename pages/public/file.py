"""Hand a file over to the user who pressed for it: with the sign-in of the same account, once, within two minutes.

`GET /file/<ticket>`. The ticket alone opens nothing, nothing is stored on the way, and the address is not logged. Where
several processes run, any of them fetches the file from the one that issued the ticket.
"""

import secrets
from contextlib import closing
from functools import partial
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlsplit

import anyio
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.access import cookie_name
from components.file_tickets import TICKETS, maker_of, own_address
from components.papers.own import own_templates
from components.refusals.shown import sentence
from components.wording import _, speaking
from db.engine import reading, utc_now
from db.errors import YiqilaiError
from db.queries.accounts.accounts import signed_in_by
from db.queries.admin.templates import template_for
from db.rules.limits import LONGEST_TOKEN
from db.rules.permissions import Actor
from pages.public.plain import KEPT_PRIVATE, notice, reads

log = structlog.get_logger()
AT_ONCE = anyio.CapacityLimiter(2)
"""Two files are made at a time: each may take a second of a core and a hundred megabytes."""
PASSED_ON = anyio.CapacityLimiter(8)
"""What others make waits in a line of its own: two processes must not wait for each other."""
RELAYED = "X-Yiqilai-Relayed"
LONGEST_TICKET = 300
CONNECTS, ANSWERS = 3, 60
"""Seconds: a machine that is gone keeps nobody waiting for long, a large file may take its time."""


async def file(request: Request) -> Response:
    """The file, or a page that says why not."""
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return Response(status_code=403, headers=KEPT_PRIVATE)
    ticket, token = request.path_params["ticket"], request.cookies.get(cookie_name(), "")
    accepted, referer = request.headers.get("accept-language", ""), request.headers.get("referer", "")
    came_from = urlsplit(referer)
    # Only a path of this house, whoever wrote the header; the browser names it for pages of the same origin.
    back = "/" + came_from.path.lstrip("/\\") + f"?{came_from.query}" if came_from.path else "/"
    maker = maker_of(ticket) if token and len(ticket) <= LONGEST_TICKET and RELAYED not in request.headers else None
    if maker is not None and maker != own_address():
        headers = {"Cookie": f"{cookie_name()}={token}", "Accept-Language": accepted, "Referer": referer, RELAYED: "1"}
        return await anyio.to_thread.run_sync(partial(_fetch, maker, ticket, headers, back), limiter=PASSED_ON)
    return await anyio.to_thread.run_sync(partial(_give, ticket, token, accepted, back), limiter=AT_ONCE)


def _fetch(maker: str, ticket: str, headers: dict[str, str], back: str) -> Response:
    """What the process that issued the ticket answers; when it is gone or breaks off, its tickets are over."""
    try:
        # The address is sealed with our own key: nobody can lead this request elsewhere, and no answer leads it on.
        with closing(HTTPConnection(maker, timeout=CONNECTS)) as other:
            other.connect()
            other.sock.settimeout(ANSWERS)
            other.request("GET", f"/file/{ticket}", headers=headers)
            answer = other.getresponse()
            kept = {name: value for name in ("Content-Disposition",) if (value := answer.headers.get(name))}
            content = answer.read()
    except (OSError, HTTPException, ValueError):  # ValueError: a cookie that no header can hold
        with speaking(reads(headers["Accept-Language"])):
            return _over(back)
    return Response(content, answer.status, KEPT_PRIVATE | kept, media_type=answer.headers.get("Content-Type"))


def _give(ticket: str, token: str, accepted: str, back: str) -> Response:
    with speaking(reads(accepted)):
        found = signed_in_by(token, now=utc_now()) if token and len(token) <= LONGEST_TOKEN else None
        if found is None or found.actor.must_change_password:
            return notice(
                _("请先登录"), _("这个文件只交给点了下载的人。请登录后回到原来的页面，再点一次下载。"), 401, back=back
            )
        offer = TICKETS.take(ticket, found.actor.id, utc_now()) if len(ticket) <= LONGEST_TICKET else None
        if offer is None:
            return _over(back)
    with speaking(offer.language):
        try:
            with own_templates(partial(_own_template, found.actor)):
                content = offer.make(found.actor)
        except YiqilaiError as refused:
            return notice(_("没有生成文件"), sentence(refused), 403, back=back)
        except Exception as error:  # noqa: BLE001 - the user who waits for the file gets a number to pass on
            number = secrets.token_hex(4)
            log.error("file.failed", number=number, kind=type(error).__name__)
            text = _("刚才没有成功。请再试一次；仍不行，请把编号 {number} 告诉工作人员。", number=number)
            return notice(_("请再试一次"), text, 503, back=back)
    kind = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(offer.name, safe='')}"}
    return Response(content, media_type=offer.mime, headers=KEPT_PRIVATE | kind)


def _over(back: str) -> Response:
    return notice(
        _("链接已失效"), _("文件链接两分钟内有效，只能用一次。请回到原来的页面，再点一次下载。"), 404, back=back
    )


def _own_template(actor: Actor, kind: str) -> bytes | None:
    """The template of the actor's subdistrict, which a paper asks for while it is made."""
    with reading(actor) as session:
        return template_for(session, kind)


routes = [Route("/file/{ticket}", file, methods=["GET"])]

"""What the plain pages share: for any phone, without an account, script, image or font; one document of a few KB.

Nothing is stored by the browser, no address leaves the page, and nothing that stands in an address is logged: whoever
holds a code holds a vote.
"""

import secrets
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from components.refusals.shown import sentence
from components.wording import _, language, speaking
from db.settings import settings
from db.terms import Language
from db.trouble import told
from pages.public.body import TooLarge, TooSlow, body_of

log = structlog.get_logger()
R = TypeVar("R")
ROOT = f"{Path(__file__).resolve().parent.parent.parent}/"

MOST_BODY = 8_000
MOST_FIELDS = 120
"""Fifty options, each with one field, and the few of the page itself."""
Fields = dict[str, list[str]]

KEPT_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def page(template: str, *, status: int = 200, again_in: int = 0, again_at: str = "", **words: Any) -> Response:
    """A template filled in; `again_in` lets the browser ask again after so many seconds, `again_at` another address.

    As a header and not as an element: it stays out of the document that a screen reader reads.
    """
    lang, product = ("zh-CN", "议起来") if language() is Language.CHINESE else ("en", "Yiqilai")
    html = TEMPLATES.get_template(template).render(lang=lang, product=product, **words)
    headers = KEPT_PRIVATE | ({"Refresh": f"{again_in}{f'; url={again_at}' if again_at else ''}"} if again_in else {})
    return HTMLResponse(html, status, headers)


def go_to(address: str) -> Response:
    """After a form: a reload asks for the page and does not send the form again."""
    return RedirectResponse(address, 303, KEPT_PRIVATE)


async def answer(request: Request, work: Callable[..., R], **values: Any) -> R | Response:
    """Let `work` ask the database and draw, in a thread and in the reader's language; it never fails without words."""

    def draw() -> R | Response:
        with speaking(reads(request.headers.get("accept-language", ""))):
            try:
                return work(**values)
            except Exception as error:  # noqa: BLE001 - whatever it is, the holder of a slip must learn what to do
                return mishap(error)

    return await run_in_threadpool(draw)


def mishap(error: Exception) -> Response:
    """Logged under a number, without the address: it holds a code."""
    if (known := told(error)) is not None:
        log.warning("page.unanswered", kind=type(error).__name__, code=known.code)
        return notice(_("请再试一次"), sentence(known), 503)
    number = logged_mishap(error, "page.failed")
    text = _("刚才没有成功。请再试一次；仍不行，请把编号 {number} 告诉工作人员。", number=number)
    return notice(_("请再试一次"), text, 503)


def logged_mishap(error: Exception, event: str) -> str:
    """What broke, logged under a number that is told; without values: they hold what somebody said."""
    number = secrets.token_hex(4)
    frames = [
        f"{frame.filename.removeprefix(ROOT)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-12:]
    ]
    log.error(event, number=number, kind=type(error).__name__, frames=frames)
    return number


def notice(title: str, text: str, status: int = 200, *, again_in: int = 0, back: str = "") -> Response:
    """A page that only says something; its link asks again, or leads to `back` where asking again cannot help."""
    again = _("回到原来的页面") if back else _("刷新")
    return page("notice.html.j2", status=status, again_in=again_in, title=title, text=text, again=again, to=back)


def reads(accepted: str) -> Language:
    """Chinese or English, whichever the browser names first; Chinese when it names neither."""
    wanted = []
    for place, part in enumerate(accepted[:200].split(",")):
        name, _semicolon, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), place, name.lower().split("-")[0]))
        except ValueError:
            continue
    named = [name for quality, _place, name in sorted(wanted) if quality < 0 and name in ("zh", "en")]
    return Language.ENGLISH if named[:1] == ["en"] else Language.CHINESE


async def fields_of(request: Request) -> Fields | None:
    """The fields of a form; None when this is no form, too much, too slow, or sent by another site's page."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or is_foreign(request):
        return None
    try:
        body = await body_of(request, MOST_BODY)
        return parse_qs(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except (TooLarge, TooSlow, ValueError):
        return None


def is_foreign(request: Request) -> bool:
    """Whether another site sent this form. Some in-chat browsers say nothing about it, and are let in."""
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site not in ("same-origin", "none")
    origin = request.headers.get("origin", "null")  # "null" is also what no-referrer makes of our own
    if origin == "null":
        return False
    own = {request.headers.get("host", ""), urlsplit(settings().public_address).netloc} - {""}
    return urlsplit(origin).netloc not in own


def is_own_script(request: Request) -> bool:
    """A script of this very site: a form of another one cannot send JSON, a script of another one says where from."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return False
    fetch_site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if fetch_site is not None and fetch_site != "same-origin":
        return False
    if origin is None:
        return fetch_site == "same-origin"
    own = {request.headers.get("host", ""), urlsplit(settings().public_address).netloc} - {""}
    return urlsplit(origin).netloc in own


def refused_form() -> Response:
    """What a form gets that cannot have come from our page."""
    return notice(_("请再试一次"), _("这个页面没有提交成功。请重新扫描票上或大屏上的二维码。"), 400)


def first(fields: Fields, name: str) -> str:
    """The first value of a field; empty without one."""
    return fields.get(name, [""])[0]

"""随手报: let a rider report what stands in the way, one hand, at the kerb, in twenty seconds, without an account.

`/r/<code>` is what a rider's personal card holds; the page names the card's number and nobody. A tap says what, a tap
or three words say where; a photo is welcome, never asked for. It goes without script and stores nothing on the phone.
"""

import asyncio
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.intake.words import hazard_text, report_words
from components.refusals.shown import sentence
from components.wording import _
from db.actions.intake.receiving import Message
from db.errors import Refused, YiqilaiError
from db.queries.intake.posters import PosterView
from db.rules.printed_code import understood
from db.terms import PosterKind
from pages.public.body import NoRoom, TooLarge, TooSlow
from pages.public.limits import address_of
from pages.public.message import keep, known, new_key, receipt, refused_unread, row_id
from pages.public.multipart import form_of
from pages.public.plain import Fields, answer, first, notice, page, refused_form

REPORT = PosterKind.REPORT
TURNS = asyncio.Semaphore(4)
"""So many photos are decoded at a time; the others wait, they are not refused."""


async def report(request: Request) -> Response:
    """The form; sent, the receipt."""
    code, address = request.path_params["code"], address_of(request)
    if request.method != "POST":
        return await answer(request, partial(_ask, code, address))
    return await _sent(request, code, address)


async def _sent(request: Request, code: str, address: str) -> Response:
    """The code first, then the body, which holds nobody up; then a turn to decode the photo."""
    instead = await answer(request, partial(refused_unread, code, REPORT, address))
    if instead is not None:
        return instead
    try:
        form = await form_of(request, address)
    except TooLarge:
        return await answer(request, _too_large)
    except TooSlow:
        return await answer(request, _too_slow)
    except NoRoom:
        return await answer(request, _no_room)
    if form is None:
        return await answer(request, refused_form)
    async with TURNS:
        return await answer(request, partial(_take, code, *form, address))


def _too_large() -> Response:
    return notice(_("照片太大"), sentence(Refused("photo_too_big")), 413)


def _too_slow() -> Response:
    return notice(_("没有收全"), _("网络太慢，照片没有传完。请到信号好的地方再试，或不带照片上报。"), 408)


def _no_room() -> Response:
    return notice(_("请再试一次"), _("现在同时上传的照片太多。请过一分钟再试，或不带照片上报。"), 503)


def _ask(typed: str, address: str) -> Response:
    view, instead = known(typed, REPORT, address)
    if view is None or instead is not None:
        return instead or refused_form()
    return _draw(view, understood(typed) or "", new_key(), {}, None)


def _draw(view: PosterView, code: str, key: str, typed: dict[str, str], failed: YiqilaiError | None) -> Response:
    return page("quick_report.html.j2", status=422 if failed else 200, **report_words(view, code, key, typed, failed))


def _take(code: str, fields: Fields, files: dict[str, bytes], address: str) -> Response:
    def message(key: str) -> Message:
        return Message(
            kind=REPORT,
            key=key,
            what=hazard_text(first(fields, "kind"), first(fields, "words")),
            place_id=row_id(first(fields, "place_id")),
            where=first(fields, "where"),
            urgent=bool(first(fields, "urgent")),
            photo=files.get("photo", b""),
        )

    return keep(code, REPORT, fields, address, message=message, draw=_draw)


routes = [
    Route("/r/{code}", report, methods=["GET", "POST"]),
    Route("/r/{code}/r/{receipt}", receipt, methods=["GET"]),
]

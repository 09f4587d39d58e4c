"""Let a resident order a service from a poster in the stairwell: any phone, no account, large type, one minute.

`/o/<code>` is what the poster's QR holds. Choices come before typing; a telephone or a door is all that is needed. What
is sent waits until a worker confirms it, and `/o/<code>/r/<receipt>` says what became of it without a word of who.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.intake.words import TIMES, order_words
from components.wording.dates import today
from db.actions.intake.receiving import Message
from db.engine import utc_now
from db.errors import YiqilaiError
from db.queries.intake.posters import PosterView
from db.rules.printed_code import understood
from db.terms import PosterKind
from pages.public.limits import address_of
from pages.public.message import a_day, keep, known, new_key, receipt, row_id
from pages.public.plain import Fields, answer, fields_of, first, page, refused_form

ORDER = PosterKind.ORDER


async def order(request: Request) -> Response:
    """The form; sent, the receipt."""
    code, address = request.path_params["code"], address_of(request)
    if request.method != "POST":
        return await answer(request, partial(_ask, code, address))
    fields = await fields_of(request)
    return await answer(request, refused_form if fields is None else partial(_take, code, fields, address))


def _ask(typed: str, address: str) -> Response:
    view, instead = known(typed, ORDER, address)
    if view is None or instead is not None:
        return instead or refused_form()
    return _draw(view, understood(typed) or "", new_key(), {}, None)


def _draw(view: PosterView, code: str, key: str, typed: dict[str, str], failed: YiqilaiError | None) -> Response:
    words = order_words(view, code, key, today(utc_now()), typed, failed)
    return page("order_poster.html.j2", status=422 if failed else 200, **words)


def _take(code: str, fields: Fields, address: str) -> Response:
    def message(key: str) -> Message:
        return Message(
            kind=ORDER,
            key=key,
            what=first(fields, "words"),
            place_id=row_id(first(fields, "place_id")),
            building=first(fields, "building"),
            stairwell=first(fields, "stairwell"),
            room=first(fields, "room"),
            service_id=row_id(first(fields, "service_id")),
            wanted_on=a_day(first(fields, "wanted_on")),
            wanted_time=TIMES.get(first(fields, "wanted_time"), ""),
            name=first(fields, "name"),
            phone=first(fields, "phone"),
        )

    return keep(code, ORDER, fields, address, message=message, draw=_draw)


routes = [
    Route("/o/{code}", order, methods=["GET", "POST"]),
    Route("/o/{code}/r/{receipt}", receipt, methods=["GET"]),
]

"""Let whoever was served judge the keeping of a promise on any phone: no account, no script, one code, one word.

`/k` asks for the code, `/k/<code>` is what its QR holds. The page names the promise and the visit and nobody else; what
was said is never shown again.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.commitments.verdict_words import (
    enter_words,
    given_words,
    over_words,
    unknown_sentence,
    verdict_words,
)
from components.wording.dates import today
from db.actions.commitments.verdict_codes import PageWord, give_word
from db.engine import utc_now
from db.errors import BadInput, Busy, Refused, YiqilaiError
from db.queries.commitments.verdict_page import VerdictView, verdict_view
from db.rules.commitments.verdict_code import LENGTH, CodeStand
from db.rules.printed_code import understood
from pages.public.limits import Limit, WrongCodes, address_of
from pages.public.message import too_many
from pages.public.plain import Fields, answer, fields_of, first, go_to, notice, page, refused_form

BY_ADDRESS, UNKNOWN = Limit(30, pause=30), WrongCodes("verdict", 60)


async def enter(request: Request) -> Response:
    """The field for a code that was read out; one that was handed out leads on to its page."""
    here = "../k" if request.url.path.endswith("/") else "k"
    if request.method != "POST":
        return await answer(request, partial(_enter, "", "", here))
    fields, address = await fields_of(request), address_of(request)
    return await answer(
        request, refused_form if fields is None else partial(_find, first(fields, "code"), here, address)
    )


async def verdict(request: Request) -> Response:
    """The form; sent, the thanks."""
    code, address = request.path_params["code"], address_of(request)
    if request.method != "POST":
        return await answer(request, partial(_show, code, address))
    fields = await fields_of(request)
    return await answer(request, refused_form if fields is None else partial(_take, code, fields, address))


def _enter(typed: str, problem: str, action: str) -> Response:
    return page("slip_enter.html.j2", status=404 if problem else 200, action=action, **enter_words(typed, problem))


def _unknown(typed: str, action: str, address: str) -> Response:
    return _enter(typed, unknown_sentence(), action) if UNKNOWN.take(address) else too_many()


def _find(typed: str, here: str, address: str) -> Response:
    if verdict_view(typed, today=today(utc_now())) is None:
        return _unknown(typed, here, address)
    return go_to(f"{here}/{understood(typed, LENGTH)}")


def _show(typed: str, address: str, said: dict[str, str] | None = None, failed: YiqilaiError | None = None) -> Response:
    view = verdict_view(typed, today=today(utc_now()))
    if view is None:
        return _unknown(typed, "../k", address)
    if view.stand is not CodeStand.OPEN:
        return _closed(view)
    words = verdict_words(view, understood(typed, LENGTH) or "", said or {}, failed)
    return page("verdict.html.j2", status=422 if failed else 200, **words)


def _closed(view: VerdictView) -> Response:
    if view.stand is CodeStand.GIVEN:
        return notice(*given_words())
    return notice(*over_words(view), 410)


def _take(typed: str, fields: Fields, address: str) -> Response:
    if verdict_view(typed, today=today(utc_now())) is None:
        return _unknown(typed, "../k", address)
    if not BY_ADDRESS.take(address):
        return too_many()
    said = {name: values[0] for name, values in fields.items() if values}
    given = PageWord(said.get("verdict", ""), said.get("words", ""), bool(said.get("quotable")))
    try:
        give_word(typed, given, now=utc_now())
    except Refused:
        return _show(typed, address)
    except (BadInput, Busy) as failed:
        return _show(typed, address, said, failed)
    return go_to(understood(typed, LENGTH) or "")


routes = [
    Route("/k", enter, methods=["GET", "POST"]),
    Route("/k/", enter, methods=["GET", "POST"]),
    Route("/k/{code}", verdict, methods=["GET", "POST"]),
]

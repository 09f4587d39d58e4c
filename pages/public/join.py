"""志愿者登记: let somebody register as a volunteer on any phone, without an account or script, in two minutes.

`/join/<letters of the community>` is what the QR on the page of volunteers holds. What is sent waits until a worker has
called; `/join/<letters>/r/<receipt>` says what became of it without a word of who.
"""

import re
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.intake.words import many_words, unknown_words
from components.volunteers.join_words import join_receipt_words, join_words
from db.actions.volunteers.applications import receive_application
from db.engine import utc_now
from db.errors import BadInput, Busy, Refused, YiqilaiError
from db.queries.volunteers.applications import JoinView, code_typed, join_receipt, join_view
from db.rules.volunteers.application import ApplicationInput
from pages.public.limits import Limit, address_of
from pages.public.message import TRAP, UNKNOWN, new_key, too_many
from pages.public.plain import Fields, answer, fields_of, first, go_to, notice, page, refused_form

BY_ADDRESS, BY_CODE = Limit(12, pause=60), Limit(40, pause=60)
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


async def join(request: Request) -> Response:
    """The form; sent, the receipt."""
    code, address = request.path_params["code"], address_of(request)
    if request.method != "POST":
        return await answer(request, partial(_ask, code, address))
    fields = await fields_of(request)
    return await answer(request, refused_form if fields is None else partial(_take, code, fields, address))


def _known(typed: str, address: str) -> tuple[JoinView | None, Response]:
    """The community of a code, or the page that says why there is none: 404, 429."""
    view = join_view(typed)
    if view is None and not UNKNOWN.take(address):
        return None, too_many()
    return view, notice(*unknown_words(), 404)


def _ask(typed: str, address: str) -> Response:
    view, instead = _known(typed, address)
    return instead if view is None else _draw(view, new_key(), {}, None)


def _draw(view: JoinView, key: str, fields: Fields, failed: YiqilaiError | None) -> Response:
    return page("join.html.j2", status=422 if failed else 200, **join_words(view, key, fields, failed))


def _take(typed: str, fields: Fields, address: str) -> Response:
    view, instead = _known(typed, address)
    if view is None:
        return instead
    key = first(fields, "key")
    if not _KEY.fullmatch(key) or first(fields, TRAP):
        return refused_form()
    if not (BY_ADDRESS.take(address) and BY_CODE.take(code_typed(typed))):
        return too_many()
    try:
        receipt = receive_application(view.code, key, _said(fields), now=utc_now())
    except Refused as refused:
        return notice(*many_words(), 429) if refused.rule == "join_too_many" else _draw(view, key, fields, refused)
    except (BadInput, Busy) as failed:
        return _draw(view, key, fields, failed)
    return go_to(f"{view.code}/r/{receipt}")


def _said(fields: Fields) -> ApplicationInput:
    return ApplicationInput(
        name=first(fields, "name"),
        phone=first(fields, "phone"),
        birth_year=first(fields, "birth_year"),
        skills=tuple(fields.get("skills", ())),
        other_skills=first(fields, "other_skills"),
        interests=tuple(fields.get("interests", ())),
        free_slots=tuple(fields.get("free_slots", ())),
        guardian=first(fields, "guardian"),
        guardian_phone=first(fields, "guardian_phone"),
        guardian_agrees=bool(first(fields, "guardian_agrees")),
        promise=bool(first(fields, "promise")),
    )


async def joined(request: Request) -> Response:
    """What became of a registration; nothing of who sent it."""
    code, number, address = request.path_params["code"], request.path_params["receipt"], address_of(request)
    return await answer(request, partial(_receipt, code, number, address))


def _receipt(code: str, number: str, address: str) -> Response:
    view = join_receipt(code, number)
    if view is None:
        return notice(*unknown_words(), 404) if UNKNOWN.take(address) else too_many()
    return page("receipt.html.j2", **join_receipt_words(view))


routes = [
    Route("/join/{code}", join, methods=["GET", "POST"]),
    Route("/join/{code}/r/{receipt}", joined, methods=["GET"]),
]

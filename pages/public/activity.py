"""扫码报名: let a resident sign up for an activity in half a minute on any phone, without account, script or app.

`/a/<code>` stands on the notice; `/a/<code>/r/<receipt>` says where the own sign-up stands and cancels it. No page says
who else comes.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.activities.words import seat_words, sign_up_words, unknown_words
from components.refusals.shown import sentence
from components.wording import _
from db.actions.activities.page import PageSignUp, cancel_alone, sign_up_alone
from db.engine import utc_now
from db.errors import BadInput, Busy, NotFound, Refused, YiqilaiError
from db.queries.activities.public import SignUpView, seat_view, sign_up_view
from db.rules.printed_code import understood
from pages.public.limits import Limit, WrongCodes, address_of
from pages.public.message import KEY, TRAP, new_key, too_many
from pages.public.plain import Fields, answer, fields_of, first, go_to, notice, page, refused_form

BY_CODE, BY_ADDRESS, UNKNOWN = Limit(200, pause=5), Limit(12, pause=60), WrongCodes("activity", 60)
"""A class signs up from one school's network within minutes; one address alone sends a dozen."""


async def sign_up(request: Request) -> Response:
    """The form; sent, the receipt."""
    code, address = request.path_params["code"], address_of(request)
    if request.method != "POST":
        return await answer(request, partial(_ask, code, address))
    fields = await fields_of(request)
    return await answer(request, refused_form if fields is None else partial(_take, code, fields, address))


def _known(typed: str, address: str) -> tuple[SignUpView | None, Response]:
    view = sign_up_view(typed)
    if view is not None:
        return view, refused_form()
    return None, (notice(*unknown_words(), 404) if UNKNOWN.take(address) else too_many())


def _ask(typed: str, address: str) -> Response:
    view, instead = _known(typed, address)
    return instead if view is None else _draw(view, understood(typed) or "", new_key(), {}, None)


def _draw(view: SignUpView, code: str, key: str, typed: dict[str, str], failed: YiqilaiError | None) -> Response:
    return page("activity.html.j2", status=422 if failed else 200, **sign_up_words(view, code, key, typed, failed))


def _take(typed: str, fields: Fields, address: str) -> Response:
    view, instead = _known(typed, address)
    if view is None:
        return instead
    key, code = first(fields, "key"), understood(typed) or ""
    if not KEY.fullmatch(key) or first(fields, TRAP):
        return refused_form()
    if not (BY_ADDRESS.take(address) and BY_CODE.take(code)):
        return too_many()
    said = {name: values[0] for name, values in fields.items() if values}
    count = first(fields, "children") or "0"
    children = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else -1
    try:
        given = PageSignUp(key, first(fields, "name"), first(fields, "phone"), children)
        receipt = sign_up_alone(code, given, now=utc_now())
    except Refused as refused:
        if refused.rule == "signed_up_already":
            return _draw(view, code, key, said, refused)
        return notice(_("不能报名"), sentence(refused), 410)
    except (BadInput, Busy) as failed:
        return _draw(view, code, key, said, failed)
    return go_to(f"{code}/r/{receipt}")


async def receipt(request: Request) -> Response:
    """Where the own sign-up stands; sent with the tick, it is cancelled."""
    number, address = request.path_params["receipt"], address_of(request)
    if request.method != "POST":
        return await answer(request, partial(_seat, number, address))
    fields = await fields_of(request)
    return await answer(request, refused_form if fields is None else partial(_cancel, number, fields, address))


def _seat(number: str, address: str) -> Response:
    view = seat_view(number)
    if view is None:
        return notice(*unknown_words(), 404) if UNKNOWN.take(address) else too_many()
    return page("activity_seat.html.j2", **seat_words(view))


def _cancel(number: str, fields: Fields, address: str) -> Response:
    if first(fields, "sure"):
        if not BY_ADDRESS.take(address):
            return too_many()
        try:
            cancel_alone(number, now=utc_now())
        except NotFound:
            return _seat(number, address)
        except (Refused, Busy) as failed:
            return notice(_("没有取消"), sentence(failed), 409)
    return go_to(number)


routes = [
    Route("/a/{code}", sign_up, methods=["GET", "POST"]),
    Route("/a/{code}/r/{receipt}", receipt, methods=["GET", "POST"]),
]

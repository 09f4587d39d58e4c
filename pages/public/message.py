"""What order posters and quick reports do alike: the limits, keeping the message once, the receipt."""

import re
import secrets
from collections.abc import Callable
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from components.intake.words import many_words, receipt_words, revoked_words, unknown_words
from db.actions.intake.receiving import Message, receive
from db.engine import utc_now
from db.errors import BadInput, Busy, Refused, YiqilaiError
from db.queries.intake.posters import PosterView, poster_view, receipt_view
from db.rules.printed_code import understood
from db.terms import PosterKind
from pages.public.limits import Limit, WrongCodes, address_of
from pages.public.plain import Fields, answer, first, go_to, notice, page, refused_form

BY_CODE, BY_ADDRESS, UNKNOWN = Limit(30, pause=60), Limit(12, pause=60), WrongCodes("poster", 60)
BY_BOTH = Limit(15, seconds=3600, pause=600)
"""One address alone never fills what a code takes in an hour."""
TRAP = "website"
"""A field that no person sees; a program that fills in every field betrays itself."""
KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
Draw = Callable[[PosterView, str, str, dict[str, str], YiqilaiError | None], Response]


def new_key() -> str:
    """What makes two taps one message."""
    return secrets.token_urlsafe(18)


def known(typed: str, kind: PosterKind, address: str) -> tuple[PosterView | None, Response | None]:
    """The poster of a code, or the page that says why there is none: 404, 410, 429."""
    view = poster_view(typed, kind)
    if view is None:
        if not UNKNOWN.take(address):
            return None, too_many()
        return None, notice(*unknown_words(), 404)
    if view.revoked_at is not None:
        return None, notice(*revoked_words(view), 410)
    return view, None


def too_many() -> Response:
    """429, with the time after which it goes on."""
    response = notice(*many_words(), 429)
    response.headers["Retry-After"] = "600"
    return response


def refused_unread(typed: str, kind: PosterKind, address: str) -> Response | None:
    """The page for somebody whose message would not be taken anyway, before anything of it is read."""
    _view, instead = known(typed, kind, address)
    full = any(limit.reached(name) for limit, name in _limits(understood(typed) or "", address))
    return instead or (too_many() if full else None)


def _limits(code: str, address: str) -> tuple[tuple[Limit, str], ...]:
    return (BY_ADDRESS, address), (BY_CODE, code), (BY_BOTH, f"{code} {address}")


def keep(
    typed_code: str, kind: PosterKind, fields: Fields, address: str, *, message: Callable[[str], Message], draw: Draw
) -> Response:
    """Store the message and lead to its receipt; whatever is wrong, the form again with everything in it."""
    view, instead = known(typed_code, kind, address)
    if view is None or instead is not None:
        return instead or notice(*unknown_words(), 404)
    key, code = first(fields, "key"), understood(typed_code) or ""
    if not KEY.fullmatch(key) or first(fields, TRAP):
        return refused_form()
    if not all(limit.take(name) for limit, name in _limits(code, address)):
        return too_many()
    typed = {name: values[0] for name, values in fields.items() if values}
    try:
        receipt = receive(code, message(key), now=utc_now())
    except Refused as refused:
        if refused.rule == "intake_too_many":
            return too_many()
        if refused.rule in ("poster_revoked", "poster_unknown"):
            return notice(*revoked_words(view), 410)
        return draw(view, code, key, typed, refused)
    except (BadInput, Busy) as failed:
        return draw(view, code, key, typed, failed)
    return go_to(f"{code}/r/{receipt}")


async def receipt(request: Request) -> Response:
    """What became of a message; nothing of who sent it."""
    code, number, address = request.path_params["code"], request.path_params["receipt"], address_of(request)
    return await answer(request, _receipt, code=code, number=number, address=address)


def _receipt(code: str, number: str, address: str) -> Response:
    view = receipt_view(code, number)
    if view is None:
        return notice(*unknown_words(), 404) if UNKNOWN.take(address) else too_many()
    return page("receipt.html.j2", **receipt_words(view))


def row_id(text: str) -> int | None:
    """A number of a list; 0 is none of any list."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def a_day(text: str) -> date | None:
    """A day of a list; BadInput for what no list offered."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return date.min

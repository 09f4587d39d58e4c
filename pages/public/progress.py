"""晒承诺、亮作为: `/p/<code>` shows everybody with a phone what a community was asked, decided and did this quarter.

Numbers alone, without account or script. A page is kept as long as nothing that it shows has changed; a code that was
taken back and a community that was renamed show at the next scan.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from components.results.public import gone_words, public_words
from components.wording import language
from components.wording.dates import today
from db.engine import utc_now
from db.queries.results.public import mark_of, public_progress
from pages.public.limits import Limit, WrongCodes, address_of
from pages.public.message import too_many
from pages.public.plain import KEPT_PRIVATE, answer, notice, page
from pages.public.wall import Kept

UNKNOWN, BY_ADDRESS = WrongCodes("progress", 60), Limit(240)
"""Wrong codes, and pages, of one address: a whole estate may stand behind it."""
PAGES = Kept()


async def progress(request: Request) -> Response:
    """The numbers behind a code."""
    return await answer(request, partial(_show, request.path_params["code"], address_of(request)))


def _show(code: str, address: str) -> Response:
    if not BY_ADDRESS.take(address):
        return too_many()
    day = today(utc_now())
    mark = mark_of(code, today=day)
    if mark is None:
        return notice(*gone_words(), 404) if UNKNOWN.take(address) else too_many()
    name = (code, language().value)
    held = PAGES.find(name, mark, day)
    if held is not None:
        return HTMLResponse(held[1], headers=KEPT_PRIVATE)
    view = public_progress(code, today=day)
    if view is None:
        return notice(*gone_words(), 410)
    drawn = page("progress.html.j2", **public_words(view))
    PAGES.keep(name, mark, day, 0, bytes(drawn.body))
    return drawn


routes = [Route("/p/{code}", progress, methods=["GET"])]

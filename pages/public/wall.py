"""Let anybody who scans a member's code read what is promised and when it was last kept: no account, no script.

`/w/<code>` is what the code on the wall holds. A page is drawn once and kept in memory until something that it shows
changes; one small statement a scan tells whether it did, so a withdrawn consent shows at the next scan.
"""

import time
from collections import Counter, OrderedDict
from datetime import date
from functools import partial
from threading import Lock

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from components.commitments.wall_words import gone_words, wall_words
from components.wording import language
from components.wording.dates import today
from db.actions.commitments.wall import count_scans
from db.engine import utc_now
from db.queries.commitments.wall import Mark, mark_of, wall_view
from db.trouble import told
from pages.public.limits import WrongCodes, address_of
from pages.public.plain import KEPT_PRIVATE, answer, notice, page

log = structlog.get_logger()

KEPT_MOST = 2000
"""Pages in memory, about 4 KB each."""
COUNTED_FOR = 5.0
"""Seconds for which scans are counted in memory before they are written together."""
UNKNOWN = WrongCodes("wall", 60)


class Kept:
    """Pages by code and language, each with what it depended on when it was drawn."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, str], tuple[Mark, date, int, bytes]] = OrderedDict()
        self._turn = Lock()

    def find(self, name: tuple[str, str], mark: Mark, day: date) -> tuple[int, bytes] | None:
        """The community and the page, when nothing changed since it was drawn."""
        with self._turn:
            held = self._pages.get(name)
            return (held[2], held[3]) if held is not None and held[:2] == (mark, day) else None

    def keep(self, name: tuple[str, str], mark: Mark, day: date, home: int, body: bytes) -> None:
        """Keep a page; the oldest goes when there are too many."""
        with self._turn:
            self._pages[name] = (mark, day, home, body)
            self._pages.move_to_end(name)
            while len(self._pages) > KEPT_MOST:
                self._pages.popitem(last=False)


class Scans:
    """Scans that are not written yet. A process that is killed loses those of its last seconds."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[int, date]] = Counter()
        self._since = time.monotonic()
        self._turn = Lock()

    def count(self, home: int, day: date) -> None:
        """One more; now and then all of them are written."""
        with self._turn:
            self._seen[home, day] += 1
            if time.monotonic() - self._since < COUNTED_FOR:
                return
            due, self._seen, self._since = dict(self._seen), Counter(), time.monotonic()
        self._write(due)

    def write(self) -> None:
        """Write what is left."""
        with self._turn:
            due, self._seen, self._since = dict(self._seen), Counter(), time.monotonic()
        self._write(due)

    def _write(self, due: dict[tuple[int, date], int]) -> None:
        """A database that takes nothing now keeps nobody from reading a promise: the scans wait for the next time."""
        try:
            if due:
                count_scans(due)
        except Exception as error:
            if told(error) is None:
                raise
            log.warning("wall.scans_not_written", kind=type(error).__name__)
            with self._turn:
                self._seen.update(due)


PAGES, SCANS = Kept(), Scans()


async def wall(request: Request) -> Response:
    """The promises behind a code."""
    return await answer(request, partial(_show, request.path_params["code"], address_of(request)))


def _show(code: str, address: str) -> Response:
    mark, day = mark_of(code), today(utc_now())
    if mark is None:
        return notice(*gone_words(), 404 if UNKNOWN.take(address) else 429)
    name = (code, language().value)
    held = PAGES.find(name, mark, day)
    if held is not None:
        SCANS.count(held[0], day)
        return HTMLResponse(held[1], headers=KEPT_PRIVATE)
    view = wall_view(code, today=day)
    if view is None:
        return notice(*gone_words(), 410)
    drawn = page("wall.html.j2", **wall_words(view, day))
    PAGES.keep(name, mark, day, view.community_id, bytes(drawn.body))
    SCANS.count(view.community_id, day)
    return drawn


routes = [Route("/w/{code}", wall, methods=["GET"])]

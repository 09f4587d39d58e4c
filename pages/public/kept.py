"""A page that the browser keeps, so that it opens without a network: its files, its worker, its script's answers.

The page is the same for everybody and holds nobody's data. What its script sends is a list of entries with a key each,
stored one by one and answered one by one; whatever breaks here, the phone keeps what it has and sends again.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.wording import _, speaking
from db.errors import Busy, Conflict
from db.terms import Language
from db.trouble import told
from pages.public.body import TooLarge, TooSlow, body_of
from pages.public.plain import answer, is_own_script, logged_mishap, page, reads

HERE = Path(__file__).resolve().parent
NOT_STORED = {"Cache-Control": "no-store"}
ASKED_AGAIN = {"Cache-Control": "no-cache"}
FOR_EVER = {"Cache-Control": "public, immutable, max-age=31536000"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self';"
    " worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SHELL = {**ASKED_AGAIN, "Content-Security-Policy": POLICY, "X-Robots-Tag": "noindex"}
Work = Callable[[], Response]


@dataclass(frozen=True)
class KeptPage:
    """Its name names the folder of its files, `<name>_files`, and its style; the browser asks for them `below`."""

    name: str
    below: str
    opens: str
    title: Callable[[], str]
    words: Callable[[], dict[str, Any]]
    manifest: str = ""
    """The address of what a phone needs to put the page among its apps; empty: it is opened by a code each time."""

    def file(self, name: str) -> str:
        return (HERE / f"{self.name}_files" / name).read_text(encoding="utf-8")

    @cache  # noqa: B019 - the two pages live as long as the process
    def script(self) -> str:
        """The one script of the page: what it holds, how it sends, what it shows."""
        return "\n".join(self.file(f"{part}.js") for part in ("store", "sync", "screen"))

    @cache  # noqa: B019 - as above
    def version(self) -> str:
        """Changes with every change of what the browser keeps."""
        template = (HERE / "templates" / "kept.html.j2").read_text(encoding="utf-8")
        with speaking(Language.CHINESE):
            words = json.dumps(self.words())
        held = (self.script(), self.file(f"{self.name}.css"), template, self.file("sw.js"), words)
        return hashlib.sha256("\n".join(held).encode()).hexdigest()[:12]

    def address(self, ending: str) -> str:
        """Of the script (js) or the style (css): another one with every version."""
        return f"{self.below}/app-{self.version()}.{ending}"

    async def shown(self, request: Request) -> Response:
        """The page: the same for everybody, without anybody's data."""

        def draw() -> Response:
            words = json.dumps(self.words(), ensure_ascii=False).replace("<", "\\u003c")
            drawn = page(
                "kept.html.j2",
                title=self.title(),
                words=words,
                icon=f"{self.below}/icon.svg",
                manifest=self.manifest,
                style=self.address("css"),
                script=self.address("js"),
                no_script=_("请允许浏览器运行 JavaScript。"),
            )
            for name, value in SHELL.items():
                drawn.headers[name] = value
            return drawn

        return await answer(request, draw)

    def routes(self) -> list[Route]:
        """The page and its files."""

        async def script(_request: Request) -> Response:
            return Response(self.script(), media_type="text/javascript", headers=FOR_EVER)

        async def style(_request: Request) -> Response:
            return Response(self.file(f"{self.name}.css"), media_type="text/css", headers=FOR_EVER)

        async def icon(_request: Request) -> Response:
            return Response(self.file("icon.svg"), media_type="image/svg+xml", headers=ASKED_AGAIN)

        return [
            Route(self.opens, self.shown),
            Route(f"{self.below}/sw.js", self.worker),
            Route(f"{self.below}/icon.svg", icon),
            Route(self.address("js"), script),
            Route(self.address("css"), style),
        ]

    async def worker(self, _request: Request) -> Response:
        """The service worker, which keeps the page and its files and never sees data."""
        held = [self.opens, self.address("js"), self.address("css"), f"{self.below}/icon.svg"]
        held += [self.manifest] if self.manifest else []
        text = self.file("sw.js").replace("__VERSION__", self.version()).replace("__FILES__", json.dumps(held))
        return Response(text, media_type="text/javascript", headers={**SHELL, "Service-Worker-Allowed": self.opens})


async def answered(request: Request, work: Work, event: str) -> Response:
    """Run it in a thread and in the reader's language; what breaks is logged as `event` and told by a number."""

    def run() -> Response:
        with speaking(reads(request.headers.get("accept-language", ""))):
            try:
                return work()
            except (Busy, Conflict):
                return JSONResponse({"error": "busy"}, 503, headers=NOT_STORED)
            except Exception as error:  # noqa: BLE001 - the phone keeps what it has, and the log says where it broke
                if told(error) is not None:
                    return JSONResponse({"error": "busy"}, 503, headers=NOT_STORED)
                number = logged_mishap(error, event)
                return JSONResponse({"error": "mishap", "number": number}, 500, headers=NOT_STORED)

    return await run_in_threadpool(run)


async def entries_of(request: Request, *, most: int, size: int) -> dict[str, Any] | None:
    """What a phone sent in `size` bytes: an object with up to `most` entries that have a key each; else None."""
    if not is_own_script(request):
        return None
    try:
        body = json.loads(await body_of(request, size))
    except (TooLarge, TooSlow, ValueError, RecursionError):
        return None
    sent = body.get("entries") if isinstance(body, dict) else None
    if not isinstance(sent, list) or not 0 < len(sent) <= most:
        return None
    good = all(isinstance(entry, dict) and isinstance(entry.get("key"), str) for entry in sent)
    return body if good else None

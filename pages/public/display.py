"""The meeting-room screen behind a display link: a plain page without an account, which keeps itself up to date.

Every half second a page asks whether anything changed. Links and pulse are read from the database four times a second
at most, whatever the number of screens, and what they show is made once a change, so a screen costs a look into memory.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from components.public_address import own_address
from components.screen.meeting_words import Slide
from components.screen.shared import FIGURES, PULSES, SLIDES, Shared
from components.screen.stage_files import SCRIPT, SECONDS, STYLE, milliseconds, script_version
from components.screen.words import slides
from components.wording import _, speaking
from db.actions.screen.displays import display_hash
from db.engine import reading, reading_as_system, utc_now
from db.queries.screen.displays import communities_on_display
from db.queries.screen.screen import Pulse, pulse, scene
from db.rules.screen.display_code import understood_display
from db.settings import settings
from db.terms import Language

Value = TypeVar("Value")
WHY = "a display link"
ROOT = Path(__file__).resolve().parents[2]
PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'"
)
NOT_STORED = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
BARE = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}
FOR_EVER = {"Cache-Control": "public, immutable, max-age=31536000"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a screen shows, ready to send; `lean` is for a screen that knows the QR named `qr` already."""

    turn: str
    qr: str
    whole: bytes
    lean: bytes


async def _young(shared: Shared, key: Hashable, make: Callable[[], Value]) -> Value:
    """The shared value; only when it grew old does a thread make it."""
    value: Value | None = shared.fresh(key)
    return value if value is not None else await run_in_threadpool(shared.get, key, make)


async def _community(request: Request) -> int | None:
    """Whose screen this is; None for a link that is revoked or was never made."""
    code = understood_display(request.path_params["code"])
    if code is None:
        return None

    def read() -> dict[str, int]:
        with reading_as_system(WHY) as session:
            return communities_on_display(session)

    held = await _young(PULSES, (settings().url, "links"), read)
    return held.get(display_hash(code))


async def _answer(community_id: int, address: str) -> Answer:
    here = (settings().url, community_id)

    def read() -> Pulse:
        with reading(None, reason=WHY) as session:
            return pulse(session, community_id)

    def made() -> Answer:
        with reading(None, reason=WHY) as session:
            found = scene(
                session, community_id, now=utc_now(), keep=lambda one, make: FIGURES.get((settings().url, one), make)
            )
        with speaking(Language.CHINESE):
            return _packed(found.community, slides(found, address))

    now = await _young(PULSES, here, read)
    return await _young(SLIDES, (*here, now, "plain", address), made)


def _packed(place: str, shown: list[Slide]) -> Answer:
    """Slides as JSON without its opening brace: the moment is put before it when it is sent."""
    content = {"place": place, "slides": shown, "script": script_version(), "seconds": SECONDS}
    turn = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
    drawn = next((slide["qr"] for slide in shown if "qr" in slide), None)
    if drawn is not None:
        named = {name: value for name, value in drawn.items() if name not in ("path", "size")}
        shown = [slide | {"qr": named} if "qr" in slide else slide for slide in shown]
    lean = content | {"slides": shown, "turn": turn}
    whole = lean | {"qr": {name: drawn[name] for name in ("id", "path", "size")}} if drawn else lean

    def text(values: dict[str, object]) -> bytes:
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()[1:]

    return Answer(turn, drawn["id"] if drawn else "", text(whole), text(lean))


async def now(request: Request) -> Response:
    """What to show: 200 with slides, 204 when the screen knows them (`turn`), 410 when the link does not hold."""
    community_id = await _community(request)
    if community_id is None:
        return Response(b'{"ended":true}', 410, headers=BARE, media_type="application/json")
    answer = await _answer(community_id, own_address(str(request.base_url)))
    if request.query_params.get("turn") == answer.turn:
        return Response(status_code=204, headers=BARE)
    knows = answer.qr and request.query_params.get("qr") == answer.qr
    body = b'{"at":%d,' % milliseconds(utc_now()) + (answer.lean if knows else answer.whole)
    return Response(body, headers=BARE, media_type="application/json")


async def display(request: Request) -> Response:
    """The page itself; a link that does not hold says so and nothing else."""
    community_id = await _community(request)
    theme = request.query_params.get("theme", "")
    code = request.path_params["code"]
    with speaking(Language.CHINESE):
        html = PAGES.get_template("display.html.j2").render(
            title=_("会议室大屏"),
            theme=theme if theme in ("dark", "light") else "",
            now="" if community_id is None else f"/d/{code}/now",
            version=script_version(),
            style=f"/own/stage-{script_version()}.css",
            script=f"/own/stage-{script_version()}.js",
            lost=_("连接中断，正在重连"),
            ended=_("链接已停用"),
            no_script=_("请允许浏览器运行 JavaScript。"),
        )
    return HTMLResponse(html, 410 if community_id is None else 200, headers=NOT_STORED)


@cache
def style() -> str:
    """The stage's style after the app's own colours, light and dark, as the theme of the app names them."""
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]

    def colours(of: dict[str, object]) -> str:
        named = {name: value for name, value in of.items() if isinstance(value, str) and value.startswith("#")}
        return "".join(f"--st-{_kebab(name)}:{value};" for name, value in named.items())

    light, dark = colours(theme["light"]), colours(theme["dark"])
    return (
        f":root{{--st-font:{theme['font']};color-scheme:light;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}"
        f"html,body{{margin:0;height:100%;overflow:hidden;background:var(--st-background-color)}}\n{STYLE}"
    )


def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)


async def script_file(_request: Request) -> Response:
    return Response(SCRIPT, media_type="text/javascript", headers=FOR_EVER)


async def style_file(_request: Request) -> Response:
    return Response(style(), media_type="text/css", headers=FOR_EVER)


routes = [
    Route(f"/own/stage-{script_version()}.js", script_file),
    Route(f"/own/stage-{script_version()}.css", style_file),
    Route("/d/{code}/now", now),
    Route("/d/{code}", display),
]

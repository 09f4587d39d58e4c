"""The icon font, cut down to what can be drawn: Streamlit's own holds 4,000 icons in 375 KB, the most of a first load.

The names in `icon_files/names.txt` are those that our code or Streamlit's scripts could mean; `tools.icon_font` makes
list and font anew. Our page names Streamlit's style sheet with this font in it. (A face of the same name that comes
later does not help: Streamlit asks the browser to load every face of that name.) With another Streamlit, which brings
another font, everything stays its own, and `tests/public/test_icons.py` says so.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from streamlit.file_util import get_static_dir

FOR_EVER = {"Cache-Control": "public, immutable, max-age=31536000"}
ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).with_name("icon_files")
FONT, NAMES = FOLDER / "icons.woff2", FOLDER / "names.txt"
_WORD = re.compile(r"""["'`:/]([a-z0-9_]+)["'`:]""")


def listed() -> tuple[str, frozenset[str]]:
    """The name of the file that the font was cut from, and the icons in it."""
    source, *names = NAMES.read_text(encoding="utf-8").split()
    return source, frozenset(names)


def _theirs(folder: str, name: str) -> Path | None:
    return next(Path(get_static_dir(), "static", folder).glob(name), None)


def their_font() -> Path | None:
    """Streamlit's own icon font; None where another Streamlit has none of that name."""
    return _theirs("media", "MaterialSymbols-Rounded.*.woff2")


def their_style() -> Path | None:
    """Streamlit's own style sheet, which its page names; None likewise."""
    return _theirs("css", "index.*.css")


def icons_meant(known: Iterable[str]) -> set[str]:
    """Of the icons known to Streamlit, those whose name stands in quotes in our code or in its own: rather too many."""
    static, own = Path(get_static_dir()), Path(streamlit.__file__).parent
    listing = own / "material_icon_names.py"
    files = [*static.rglob("*.js"), *(path for path in own.rglob("*.py") if path != listing)]
    files += [path for folder in ("components", "pages") for path in (ROOT / folder).rglob("*.py")]
    return {name for path in files for name in _WORD.findall(path.read_text("utf-8"))} & set(known)


def _address(data: bytes, ending: str) -> str:
    """Other data has another address, so that it may be kept for ever."""
    return f"own/icons.{hashlib.sha256(data).hexdigest()[:12]}.{ending}"


@cache
def font_address() -> str:
    return _address(FONT.read_bytes(), "woff2")


@cache
def own_style() -> str:
    """Streamlit's style sheet as it is, but with our icon font; lies one folder higher. Empty where there is none."""
    theirs = their_style()
    style = theirs.read_text(encoding="utf-8").replace("url(../media/", "url(../static/media/") if theirs else ""
    return style.replace(f"url(../static/media/{listed()[0]})", f"url(../{font_address()})")


@cache
def style_address() -> str:
    return _address(own_style().encode(), "css")


def with_our_icons(html: str) -> str:
    """Streamlit's page with our style sheet for its own; as it is when Streamlit brings another icon font."""
    font, style = their_font(), their_style()
    if font is None or style is None or font.name != listed()[0]:
        return html
    return html.replace(f'href="./static/css/{style.name}"', f'href="./{style_address()}"')


async def font(_request: Request) -> Response:
    return FileResponse(FONT, media_type="font/woff2", headers=FOR_EVER)


async def style(_request: Request) -> Response:
    return Response(own_style(), media_type="text/css", headers=FOR_EVER)


routes = [Route(f"/{font_address()}", font), Route(f"/{style_address()}", style)]

"""The first bytes that a browser gets: Streamlit's page as ours, and the few files that belong to it."""

import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from streamlit.file_util import get_static_dir

from components.language import SCRIPT, script_address
from components.wording import N_, translate
from db.terms import Language

MARK = Path(__file__).resolve().parents[2] / "components" / "mark.svg"
_NO_SCRIPT = N_("请允许浏览器运行 JavaScript。")
FOR_EVER = {"Cache-Control": "public, immutable, max-age=31536000"}

# Streamlit fetches a Latin font of 170 KB for the first moment, before our theme names the fonts of the machine itself.
# A face of the same name that comes later wins; only a machine with none of these fonts still fetches it.
_FONTS = (
    *("Noto Sans CJK SC", "NotoSansCJKsc-Regular", "Noto Sans SC", "PingFang SC", "PingFangSC-Regular"),
    *("Microsoft YaHei", "MicrosoftYaHei", "Hiragino Sans GB", "Roboto", "Arial", "Helvetica", "Liberation Sans"),
)
_OWN_FONT = (
    '@font-face{font-family:"Source Sans";font-weight:100 900;font-style:normal;'
    f"src:{','.join(f'local({name!r})' for name in _FONTS)}}}"
)
# The keys of a shortcut stand on a button at 60 % of its colour, too faint to read.
_KEYS = "kbd{color:inherit!important;opacity:1!important}"

# Where a thumb taps, nothing to tap is lower than 44 px, whatever Streamlit draws; small marks keep their size and get
# room around them. On a phone the title stands right below the bar: the first button is higher up by a line. The page's
# own styles come later, so each rule begins with `body` to outweigh them.
_TOUCH = (
    "@media (pointer:coarse),(max-width:640px){"
    "body :is([data-testid=stButtonGroup] button,[data-testid=stTab],[data-testid=stPopover] button,"
    "[data-testid=stExpandSidebarButton],[data-testid=stSidebarCollapseButton] button,"
    "[data-testid=stDateInputCalendarButton],[data-testid=stNumberInput] button,[data-testid=stLogoLink],"
    "[role=dialog] button[aria-label],[data-testid=stToast] button){min-width:44px;min-height:44px}"
    "body :is([data-testid=stSidebarNavLink],[data-testid=stPageLink-NavLink],[data-testid=stCheckbox] label,"
    "[data-testid=stRadio] label,[role=option],[role=menuitem],summary){min-height:44px}"
    "body :is([data-testid=stCheckbox] label,[data-testid=stRadio] label){align-items:center}"
    "body [data-testid=stTooltipHoverTarget]>button{position:relative}"
    'body [data-testid=stTooltipHoverTarget]>button::after{content:"";position:absolute;inset:-13px}'
    "body [data-testid=stTooltipContent]{width:max-content;max-width:min(20rem,80vw)}"
    "}"
    "@media (max-width:640px){body [data-testid=stMainBlockContainer]{padding-top:76px}"
    "body [data-testid=stHeading] h1{padding-top:.25rem}}"
)


class _ScreenName(StringConvertor):
    """Address of a screen: one word, so that Streamlit's own paths and files are never taken for one."""

    regex = "[a-z0-9-]*"


@cache
def page() -> tuple[str, str]:
    """Streamlit's index.html with our name, mark, language and script, without an unused font; and its tag."""
    html = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    html = html.replace('<html lang="en">', '<html lang="zh-CN">')
    html = html.replace("<title>Streamlit</title>", "<title>议起来</title>")
    html = html.replace('href="./favicon.png"', 'href="./own/mark.svg"')
    html = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*/?>', "", html)
    html = re.sub(r'<link rel="service-desc"[^>]*/?>', "", html)
    html = re.sub(r"<!--.*?-->", "", html, flags=re.S)
    lines = "<br>".join(translate(_NO_SCRIPT, language) for language in Language)
    noscript = f"<noscript><p>{lines}</p></noscript>"
    html = re.sub(r"<noscript>.*?</noscript>", noscript, html, flags=re.S)
    script = f'<script type="module" src="./{script_address()}"></script>'
    html = html.replace("</head>", f"{script}\n<style>{_OWN_FONT}{_KEYS}{_TOUCH}</style>\n</head>")
    html = re.sub(r"\n\s*\n+", "\n", html)
    return html, f'"{hashlib.sha256(html.encode()).hexdigest()[:16]}"'


async def screen(request: Request) -> Response:
    """The page of every screen; which one it is decides the script in it."""
    html, tag = page()
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(html, headers=headers)


async def leftovers(_request: Request) -> Response:
    return FileResponse(SCRIPT, media_type="text/javascript", headers=FOR_EVER)


async def mark(_request: Request) -> Response:
    return FileResponse(MARK, media_type="image/svg+xml", headers=FOR_EVER)


register_url_convertor("screen", _ScreenName())
routes = [
    Route("/own/mark.svg", mark),
    Route(f"/{script_address()}", leftovers),
    Route("/{name:screen}", screen),  # last: it takes every address of one word
]

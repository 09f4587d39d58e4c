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
from components.menu import START, leading
from components.wording import N_, translate
from db.terms import Language
from pages.public.icons import FOR_EVER, with_our_icons

MARK = Path(__file__).resolve().parents[2] / "components" / "mark.svg"
_NO_SCRIPT = N_("请允许浏览器运行 JavaScript。")

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
# Whoever goes by keyboard sees where: Streamlit marks the links of its menu and of pages by a shade that few can see.
_FOCUS = (
    "body :is([data-testid=stTopNavLink],[data-testid=stSidebarNavLink],[data-testid=stPageLink] a,summary,a)"
    ":focus-visible{outline:3px solid currentColor;outline-offset:2px}"
    # What scrolls is a stop of its own.
    "body [data-testid=stMain]:focus-visible{outline:3px solid currentColor;outline-offset:-3px}"
    # The address of a heading is nobody's errand, and a stop on the way of everybody's.
    "body [data-testid=stHeadingWithActionElements] a[href^='#']{display:none}"
)
# What is chosen of a few is written in the primary colour on a tint of it: at night that reaches 3.3, the ink 13.
_CHOSEN = (
    "body [data-testid=stButtonGroup] :is(button[aria-checked=true],button[aria-pressed=true]),"
    "body [data-testid=stTab][aria-selected=true]{color:inherit!important}"
    # What has no room in one row goes to the next: Streamlit pushes some groups out of sight instead, without a sign.
    "body [data-testid=stButtonGroup]>:is([role=radiogroup],[role=toolbar]){flex-wrap:wrap;overflow:visible}"
)

# A title that takes two lines takes two of one length: no single character of it stands alone below the rest.
_TITLES = "body :is(h1,h2,h3){text-wrap:balance}"
# A passing message stands where the head, a title with its buttons and the bar of a phone are not: at the foot.
_PASSING = (
    "body [data-testid=stToastContainer]{top:auto;bottom:1rem}"
    "@media (max-width:640px){body [data-testid=stToastContainer]"
    "{bottom:calc(68px + env(safe-area-inset-bottom,0px))}}"
)
# What a field asks for and which files it takes is read to its end, or it says that it goes on.
_HINT = (
    "body input:placeholder-shown{text-overflow:ellipsis}"
    "body [data-testid=stFileUploaderDropzoneInstructions] *{white-space:normal;overflow:visible}"
)

# Where a thumb taps, nothing to tap is lower than 44 px, whatever Streamlit draws; small marks keep their size and get
# room around them. On a phone the title stands right below the bar: the first button is higher up by a line; today's
# acts do without their signs, which would push the third one to a line of its own; choices that wrap keep the edge that
# Streamlit takes from the neighbour of the chosen one. The page's own styles come later, so each rule begins with
# `body` to outweigh them. A phone has no keys for a shortcut.
_TOUCH = (
    "@media (pointer:coarse),(max-width:640px){"
    "body :is([data-testid=stButtonGroup] button,[data-testid=stTab],[data-testid=stPopover] button,"
    "[data-testid=stExpandSidebarButton],[data-testid=stSidebarCollapseButton] button,"
    "[data-testid=stDateInputCalendarButton],[data-testid=stTextInput] button,[data-testid=stFileChips]>button,"
    "[data-testid=stNumberInput] button,[data-testid=stLogoLink],"
    "[role=dialog] button[aria-label],[data-testid=stToast] button){min-width:44px;min-height:44px}"
    "body :is([data-testid=stSidebarNavLink],[data-testid=stPageLink-NavLink],[data-testid=stCheckbox] label,"
    "[data-testid=stRadio] label,[role=option],[role=menuitem],summary){min-height:44px}"
    "body :is([data-testid=stCheckbox] label,[data-testid=stRadio] label){align-items:center}"
    "body kbd{display:none!important}"
    "body :is([data-testid=stTooltipHoverTarget],[data-testid=stFileChipDeleteBtn])>button{position:relative}"
    "body :is([data-testid=stTooltipHoverTarget],[data-testid=stFileChipDeleteBtn])>button::after"
    '{content:"";position:absolute;inset:-13px}'
    "body [data-testid=stTooltipContent]{width:max-content;max-width:min(20rem,80vw)}"
    "}"
    "@media (max-width:640px){body [data-testid=stHeading] h1{padding-top:.25rem}"
    "body [class*=st-key-today-act] :has(>[data-testid=stIconMaterial]){display:none}"
    "body [data-testid=stToast]{width:calc(100vw - 38px);max-width:calc(100vw - 38px);box-sizing:border-box}"
    "body [data-testid=stButtonGroup] button[aria-checked=false]{border-color:rgba(127,127,120,.4)!important}}"
)
_PRINT = re.sub(r"/\*.*?\*/|\n\s*", " ", Path(__file__).with_name("print.css").read_text(encoding="utf-8"), flags=re.S)

# The menu names nouns. Streamlit marks a page only while it is open itself; above every other part of a noun, and above
# what is opened from it, the line of who is here says by its key which entry is present (`pages/shell.py`). Icons are
# for the drawer of a phone: side by side they would take a third of the menu. There the line stands in the bar on top,
# beside the mark, and the page leaves room at its end for the bar at the foot.
_LINK = ":is([data-testid=stTopNavLink],[data-testid=stSidebarNavLink])"
_LINE = "body [class*=st-key-at-]"
_FILTERS = "body .st-key-filters"
# A page about one thing (`components/detail.py`): its acts and facts come first, at a desk they stand to the right of
# its story. A list's title gives the rest of its row to what makes a new one. Forms behind a press are wide enough.
_DETAIL = "body [class*=st-key-detail]>*>[data-testid=stHorizontalBlock]"
_ACTS_FIRST = "body .st-key-detail>*>[data-testid=stHorizontalBlock]"
_SHAPES = (
    f"@media (min-width:1001px){{{_ACTS_FIRST}{{flex-direction:row-reverse}}}}"
    f"@media (max-width:1000px){{{_DETAIL}{{flex-wrap:wrap}}{_DETAIL}>[data-testid=stColumn]{{min-width:100%}}}}"
    "@media (min-width:641px){body [class*=st-key-back]{margin-bottom:-1.25rem}}"
    # What another choice hides keeps what was typed in it (`components/asking.py`).
    "body :is([class*=st-key-unseen-],:has(>[class*=st-key-unseen-])){display:none}"
    "body .st-key-title-row{padding-top:.75rem}body .st-key-title-row>:first-child{margin-right:auto}"
    "body .st-key-title-row [data-testid=stPageLink-NavLink]{background:light-dark(#1F6F78,#2B7C86);"
    "border-radius:.4rem;min-height:48px;padding:0 1rem}"
    "body .st-key-title-row [data-testid=stPageLink-NavLink] *{color:#fff!important}"
    # The next step of a meeting is in sight wherever its page is pushed to; no focus hides behind it.
    "@media screen and (min-width:641px) and (min-height:600px){"
    "body [data-testid=stLayoutWrapper]:has(>.st-key-next-step-stays){position:sticky;top:3.75rem;z-index:5}"
    "body .st-key-next-step-stays{background:light-dark(#FBFAF7,#15191C)}"
    "body [data-testid=stMain]:has(.st-key-next-step-stays){scroll-padding-top:11rem}}"
    "@media (min-width:641px){body [class*=st-key-wide-form]{min-width:33rem}}"
    # What is copied to be sent to people is read like all other text.
    "body [class*=st-key-to-copy] [data-testid=stCode] :is(pre,code,code *)"
    "{font-family:inherit;font-size:1rem;line-height:1.7}"
)
# On a wide screen nobody reads lines of a hundred characters, nor follows a field or a button from wall to wall:
# running text, fields, forms and what folds end at a measure; tables, filters and columns have a width of their own.
_FIELD = (
    ":is([data-testid=stTextInput],[data-testid=stTextArea],[data-testid=stSelectbox],[data-testid=stMultiSelect],"
    "[data-testid=stNumberInput],[data-testid=stDateInput],[data-testid=stTimeInput])"
)
_PAIR = f"[data-testid=stColumn]>[data-testid=stVerticalBlock]>[data-testid=stElementContainer]>{_FIELD}"
# The line that says what a form lacks (`components/gaps.py`) is no table: the form keeps its width.
_TABLES = ":is([data-testid=stDataFrame],[data-testid^=stBidi]:not([class*=st-key-gaps] *))"
_MEASURE = (
    "@media screen and (min-width:1001px){"
    "body [data-testid=stMain] :is([data-testid=stText],"
    ":is([data-testid=stMarkdownContainer],[data-testid=stCaptionContainer]) :is(p,ul,ol)){max-width:46em}"
    f"body [data-testid=stMain] :is({_FIELD},[data-testid=stFileUploader],[data-testid=stAlert],[data-testid=stButton],"
    f"[data-testid=stForm]:not(:has({_TABLES})),[data-testid=stExpander]:not(:has({_TABLES})),"
    f"[data-testid=stHorizontalBlock]:not({_FILTERS} *):has(>[data-testid=stElementContainer]>{_FIELD}),"
    f"[data-testid=stHorizontalBlock]:not({_FILTERS} *,{_DETAIL},:has(>:nth-child(3))):has(>{_PAIR}),"
    f".st-key-filters [data-testid=stHorizontalBlock]>[data-testid=stElementContainer]:has(>{_FIELD}),"
    "[data-testid=stCode],[class*=st-key-narrow]){max-width:var(--measure,48rem)}"
    "body [class*=st-key-detail]{--measure:none}}"
)
_WHO = (
    f"@media (min-width:641px){{{_FILTERS} .st-key-filters-open{{display:none}}}}"
    "body [data-testid=stTopNavLink]>:first-child:not(:only-child){display:none}"
    "body [data-testid=stMainBlockContainer]{padding-top:82px}"
    "body:has([class*=st-key-at-]) [data-testid=stToolbar]{padding-right:15rem}"
    # English nouns are longer: nearer to each other all of them stand side by side on a wide screen.
    "html[lang=en] [data-testid=stTopNavLink]{padding:0 .3rem}"
    "@media (max-width:1280px){body:has([class*=st-key-at-]) [data-testid=stToolbar]{padding-right:4rem}}"
    f"{_LINE}{{flex-wrap:nowrap;margin-bottom:-.75rem;border-bottom:1px solid rgba(127,127,120,.35)}}"
    f"{_LINE}>[data-testid=stElementContainer]{{flex:1 1 0;min-width:0}}"
    f"{_LINE}>.st-key-foot-leave{{flex:0 0 auto}}"
    "@media (max-width:640px){"
    "body [data-testid=stMainBlockContainer]{padding-top:72px;padding-bottom:calc(76px + 4rem)}"
    "body .st-key-foot-leave{position:fixed;top:0;right:4.2rem;height:71px;z-index:999990;display:flex;"
    "align-items:center;width:auto}"
    "body .st-key-foot-leave button p{font-size:.9rem}"
    f"{_LINE}{{border:0}}"
    f"{_FILTERS}:not(:has(.st-key-filters-open input:checked)) :is([data-testid=stSelectbox],.st-key-filters-more,"
    "[data-testid=stElementContainer]:has([data-testid=stCheckbox]):not(.st-key-filters-open),"
    "[data-testid=stElementContainer]:has([data-testid=stSelectbox]),"
    "[data-testid=stLayoutWrapper]:not(:has([data-testid=stTextInput],[data-testid=stFormSubmitButton])),"
    "[data-testid=stColumn]:not(:has([data-testid=stTextInput]))){display:none}"
    "}"
)


def _way() -> str:
    """The present noun of the menu, and the line of who is here."""
    present = ",".join(f"body:has(.st-key-at-{path or START}) {_LINK}[href$='/{path}']" for path in sorted(leading()))
    mark = "box-shadow:inset 0 -3px 0 #2B7F8A;font-weight:600;background:rgba(127,127,120,.16)"
    return f"{_WHO}{present}{{{mark}}}"


class _ScreenName(StringConvertor):
    """Address of a screen: one word, so that Streamlit's own paths and files are never taken for one."""

    regex = "[a-z0-9-]*"


@cache
def page() -> tuple[str, str]:
    """Streamlit's index.html with our name, mark, language and script, without an unused font; and its tag."""
    html = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    html = with_our_icons(html)
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
    html = html.replace(
        "</head>",
        f"{script}\n<style>{_OWN_FONT}{_KEYS}{_FOCUS}{_CHOSEN}{_TITLES}{_HINT}{_PASSING}{_TOUCH}{_SHAPES}{_MEASURE}{_way()}{_PRINT}</style>\n</head>",
    )
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

"""评诺小票: the code of one visit on paper, for a resident who scans it at home or types it on a plain page."""

from datetime import date

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm

from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    HEAD,
    Paper,
    Sheet,
    blank,
    built_in,
    cell,
    drawn,
    grid,
    line,
    paper,
    qr_picture,
)
from components.public_address import letters
from components.wording import _
from components.wording.dates import day
from db.rules.printed_code import printed

WHAT_MOST = 60
"""So much of a promise is enough to know which visit is meant, and leaves the slip one hand high."""


@built_in
def _template() -> Sheet:
    """One slip at the head of a sheet, to be cut off; nothing on it is smaller than 12 points."""
    document = blank(size=13, line=20, margin=1.6, top=1.4, pages=False)
    made = grid(document, 1, [5.4, 12.0])
    made.rows[0].height, made.rows[0].height_rule = Cm(6.4), WD_ROW_HEIGHT_RULE.AT_LEAST
    drawn(made.cell(0, 0), "{{ qr }}")
    cell(made.cell(0, 1), "{{ title }}", size=18, font=HEAD)
    words = made.cell(0, 1)
    line(words, "{{ visit }}", size=13, spacing=19, before=4)
    line(words, "{{ code }}", size=24, font=HEAD, spacing=34, before=6)
    line(words, "{{ how }}", size=13, spacing=19, before=4)
    line(words, "{{ until }}", size=13, bold=True, spacing=19, before=4)
    line(words, "{{ free }}", size=12, spacing=18, before=4)
    line(document, "{{ cut }}", size=12, align=CENTRE, before=8)
    return document


@replaceable("visit_code")
def receipt(code: str, address: str, *, what: str, on: date, until: date) -> Paper:
    """`code` as it was drawn, `address` of this installation; of the promise the words, of nobody the name."""
    short = what if len(what) <= WHAT_MOST else f"{what[: WHAT_MOST - 1]}…"
    values = {
        "qr": qr_picture(f"{address}/k/{code}", width=46),
        "title": _("请您评一评这次服务"),
        "visit": f"{day(on)}  {short}",
        "code": printed(code),
        "how": _("手机扫码，或打开 {address}，输入上面的码。不用账号，不用下载。", address=letters(f"{address}/k")),
        "until": _("只能用一次，到{day}为止。", day=day(until)),
        "free": _("评不评、怎么评由您自己定。没有手机的，可以请家人代填。"),
        "cut": _("沿框剪下，交给服务过的居民"),
    }
    return paper(_template(), values)

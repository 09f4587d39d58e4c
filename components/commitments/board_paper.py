"""承诺墙 on paper, A3 or A4: who promises what, how often, until when, with the code of each member."""

from collections.abc import Sequence
from datetime import date

from docx.enum.section import WD_ORIENT
from docx.shared import Cm

from components.commitments.words import how_often
from components.papers.word import (
    CENTRE,
    TITLE,
    Column,
    Paper,
    Sheet,
    blank,
    built_in,
    drawn,
    line,
    look,
    paper,
    qr_picture,
    table,
)
from components.public_address import letters
from components.wording import _, noted
from components.wording.dates import day
from db.queries.commitments.wall import WallMember, WallPromise


@built_in
def _a3_template() -> Sheet:
    """A3 across, read from two metres."""
    return _board(42.0, 29.7, size=20, widths=(7.0, 17.0, 8.4, 5.0))


@built_in
def _a4_template() -> Sheet:
    """A4 upright, for the board of a stairwell."""
    return _board(21.0, 29.7, size=14, widths=(3.0, 6.0, 5.4, 3.2))


def _board(width: float, height: float, *, size: int, widths: tuple[float, float, float, float]) -> Sheet:
    document = blank(size=size, line=size * 1.4, margin=1.6, top=1.5)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    line(document, "{{ community }}", size=size + 2, align=CENTRE, spacing=(size + 2) * 1.4)
    line(document, _("党员承诺墙"), size=size * 2, font=TITLE, align=CENTRE, spacing=size * 2.8)
    line(document, "{{ on }}", size=max(12, size - 4), align=CENTRE, spacing=size * 1.3)
    columns = [
        Column(_("承诺人"), "{{ row.who }}", widths[0]),
        Column(_("承诺"), "{{ row.what }}", widths[1], centred=False),
        Column(_("频次与期限"), "{{ row.often }}", widths[2]),
        Column(_("扫码看践诺"), "", widths[3]),
    ]
    made = table(document, "rows", columns, size=size)
    drawn(made.cell(2, 3), "{{ row.qr }}")
    for run in made.cell(2, 2).paragraphs[0].runs:
        look(run, size=max(12, size - 2))
    line(document, "{{ foot }}", size=max(12, size - 4), align=CENTRE, spacing=size * 1.3)
    return document


def board_document(members: Sequence[WallMember], community: str, address: str, *, on: date, large: bool) -> Paper:
    """The board of these members in the order given as it was on a day; `address` is the public address of the app."""
    base, width = address.rstrip("/"), 34 if large else 26
    rows = [
        {
            "who": f"{one.name}\n{one.branch}",
            "what": "\n".join(_what(promise, len(one.promises) > 1, at) for at, promise in enumerate(one.promises, 1)),
            "often": "\n".join(
                _often(promise, len(one.promises) > 1, at) for at, promise in enumerate(one.promises, 1)
            ),
            "qr": qr_picture(f"{base}/w/{one.code}", width=width) if one.code else "",
        }
        for one in members
    ]
    values = {
        "community": community,
        "rows": rows,
        "on": _("更新到 {day}", day=day(on)),
        "foot": _("扫码看下一次是哪天、最近一次做了没有，不用下载，不用注册。网址：{address}", address=letters(base)),
    }
    own = _a3_template() if large else _a4_template()
    return paper(own, values, kind="wall_a3" if large else "wall_a4")


def _what(promise: WallPromise, several: bool, at: int) -> str:
    words = noted(promise.what, promise.whom)
    return f"{at}. {words}" if several else words


def _often(promise: WallPromise, several: bool, at: int) -> str:
    words = how_often(promise.rhythm, promise.times, promise.measure)
    until = _("到 {day}", day=day(promise.until)) if promise.until else ""
    return "\n".join(part for part in (f"{at}. {words}" if several else words, until) if part)

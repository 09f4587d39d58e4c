"""海报 and 专属码 on paper: the QR, the address to type, what can be ordered; of a rider only the number."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.shared import Cm, Pt

from components.intake.words import by_group
from components.needs.words import entry_name
from components.papers.word import (
    CENTRE,
    HEAD,
    TITLE,
    Paper,
    blank,
    built_in,
    grid,
    line,
    lines,
    mark,
    paper,
    qr_picture,
    when,
)
from components.public_address import letters
from components.wording import _, side_by_side
from components.wording.terms import term
from db.queries.intake.posters import PosterPaper, ServiceChoice
from db.rules.printed_code import printed
from db.terms import FeeKind, PosterKind

MOST_LINES, MOST_NAMES = 12, 6
"""Groups of services, and services of one group, on a poster that is read standing."""
LETTERS = 14
"""Letters that fit about one line of a column."""


@built_in
def _poster_template() -> Document:
    """点单海报, one sheet of A4, read from two metres: the code, the telephone, what can be ordered."""
    document: Document = blank(size=18, line=26, margin=1.6, top=1.2, pages=False)
    line(document, "{{ community }}", size=22, align=CENTRE, spacing=30)
    line(document, _("家里有事，扫码点单"), size=50, font=TITLE, align=CENTRE, spacing=66)
    line(document, _("不用下载，不用注册"), size=20, align=CENTRE, spacing=28)
    line(document, "{{ qr }}", align=CENTRE, before=2).paragraph_format.line_spacing = 1.0
    line(document, "{{ address }}", size=13, align=CENTRE, spacing=18)
    line(document, "{{ or_call }}", size=22, font=HEAD, align=CENTRE, spacing=30, before=4)
    when(document, "desk_phone", "{{ desk_phone }}", size=50, bold=True, align=CENTRE, spacing=60)
    made = grid(document, 1, [8.9, 8.9], style="Normal Table")
    for holder, half in zip(made.rows[0].cells, ("left", "right"), strict=True):
        holder.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
        holder.paragraphs[0].paragraph_format.line_spacing = Pt(2)  # a cell needs one, also when nothing follows
        lines(holder, half, size=17, spacing=24)
    line(document, "{{ foot }}", size=13, before=6, spacing=19)
    return document


@built_in
def _card_template() -> Document:
    """随手报专属码, a card of A6 that goes behind a phone's case or on a dashboard."""
    document: Document = blank(size=13, line=19, margin=0.8, top=0.7, pages=False)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(10.5), Cm(14.8)
    line(document, "{{ community }}", size=13, align=CENTRE, spacing=18)
    line(document, _("随手报"), size=32, font=TITLE, align=CENTRE, spacing=42)
    line(document, _("专属码 {{ name }}"), size=15, font=HEAD, align=CENTRE, spacing=21)
    line(document, "{{ qr }}", align=CENTRE, before=2).paragraph_format.line_spacing = 1.0
    line(document, "{{ address }}", size=12, align=CENTRE, spacing=16)
    mark(document, "for words in rules")
    line(document, "{{ words }}", size=12, spacing=16, before=2)
    mark(document, "endfor")
    when(document, "desk_phone", _("服务台 {{ desk_phone }}"), size=15, bold=True, align=CENTRE, spacing=21, before=3)
    return document


def poster_document(facts: PosterPaper, address: str) -> Paper:
    """The paper of a poster or of a personal code; `address` is the public address of the app."""
    base = address.rstrip("/")
    values: dict[str, object] = {"community": facts.community, "name": facts.name, "desk_phone": facts.desk_phone}
    if facts.kind is PosterKind.ORDER:
        link = f"{base}/o/{facts.code}"
        offered = service_lines(facts.services)
        left = _half(offered)
        values |= {
            "qr": qr_picture(link, width=80),
            "address": letters(f"{base}/o/{printed(facts.code)}"),
            "or_call": _("不会扫码，打电话也一样") if facts.desk_phone else _("不会扫码，请到社区窗口说一声"),
            "left": offered[:left],
            "right": offered[left:],
            "foot": _foot(facts),
        }
        return paper(_poster_template(), values, kind="order_poster")
    link = f"{base}/r/{facts.code}"
    values |= {
        "qr": qr_picture(link, width=50),
        "address": letters(f"{base}/r/{printed(facts.code)}"),
        "rules": [
            _("1. 扫码，选看到了什么、在哪里，提交。照片可加可不加。"),
            _("2. 火情、燃气泄漏、有人受伤，先打 119、110、120。"),
            _("3. 只有编号，不登记您的姓名。卡丢了请告诉社区，马上停用。"),
        ],
    }
    return paper(_card_template(), values, kind="report_card")


def _foot(facts: PosterPaper) -> str:
    sentences = [_("提交后有受理编号，可以查办到哪一步。")]
    if any(one.fee is not FeeKind.FREE for one in facts.services):
        sentences.append(_("带 * 的要收费，上门前先说清价钱。"))
    sentences.append(_("张贴处：{name}", name=facts.name))
    return "".join(sentences)


def service_lines(services: Sequence[ServiceChoice]) -> list[str]:
    """The catalogue in a few lines: one for each group, with a star at what costs money."""
    found = []
    for group, offered in by_group(services):
        names = [entry_name(one) if one.fee is FeeKind.FREE else f"{entry_name(one)}*" for one in offered]
        more = _("等 {n} 项", n=len(names)) if len(names) > MOST_NAMES else ""
        listed = side_by_side(names[:MOST_NAMES])
        found.append(_("{group}：{names}", group=term(group), names=f"{listed}{more}"))
    return found[:MOST_LINES]


def _half(offered: Sequence[str]) -> int:
    """The number of lines for the left column that makes both columns about as long."""
    heights = [1 + len(one) // LETTERS for one in offered]
    return next((n for n in range(len(offered)) if sum(heights[:n]) * 2 >= sum(heights)), len(offered))

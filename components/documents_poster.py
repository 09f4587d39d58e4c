"""海报 and 专属码 on paper: the QR, the address to type, what can be ordered; of a rider only the number."""

from collections.abc import Sequence
from typing import Any

from docx.shared import Cm

from components.documents import (
    CENTRE,
    HEAD,
    TITLE,
    Paper,
    blank,
    built_in,
    line,
    lines,
    mark,
    paper,
    qr_picture,
)
from components.intake_words import by_group
from components.need_words import entry_name
from components.screen_links import letters
from components.wording import _
from components.wording.terms import term
from db.rules.intake_code import printed
from db.terms_service import FeeKind, PosterKind

MOST_LINES = 12
"""Groups of services on a poster that is read standing."""


@built_in
def _poster_template() -> Any:
    """点单海报, one sheet of A4, read from two metres."""
    document = blank(size=20, line=32, margin=2.0, top=1.8, pages=False)
    line(document, "{{ community }}", size=24, align=CENTRE, spacing=34)
    line(document, _("家里有事,扫码点单"), size=48, font=TITLE, align=CENTRE, spacing=66)
    line(document, _("不用下载、不用注册;不会扫码的请打电话或到社区窗口"), size=18, align=CENTRE, spacing=28)
    line(document, "{{ qr }}", align=CENTRE, before=6).paragraph_format.line_spacing = 1.0
    line(document, "{{ address }}", size=14, align=CENTRE, spacing=22)
    line(document, _("可以点"), size=22, font=HEAD, before=8)
    lines(document, "services", size=20, spacing=31)
    line(document, _("提交后有受理编号,可以查办到哪一步。张贴处:{{ name }}"), size=13, before=10, spacing=20)
    return document


@built_in
def _card_template() -> Any:
    """随手报专属码, a card of A6 that goes behind a phone's case or on a dashboard."""
    document = blank(size=13, line=19, margin=0.9, top=0.8, pages=False)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(10.5), Cm(14.8)
    line(document, "{{ community }}", size=13, align=CENTRE, spacing=19)
    line(document, _("随手报"), size=30, font=TITLE, align=CENTRE, spacing=42)
    line(document, _("专属码 {{ name }}"), size=15, font=HEAD, align=CENTRE, spacing=22)
    line(document, "{{ qr }}", align=CENTRE, before=4).paragraph_format.line_spacing = 1.0
    line(document, "{{ address }}", size=8, align=CENTRE, spacing=12)
    mark(document, "for words in rules")
    line(document, "{{ words }}", size=10, spacing=15)
    mark(document, "endfor")
    return document


def poster_document(facts: Any, address: str) -> Paper:
    """The paper of a poster or of a personal code; `address` is the public address of the app."""
    base = address.rstrip("/")
    if facts.kind is PosterKind.ORDER:
        link = f"{base}/o/{facts.code}"
        values = {
            "community": facts.community,
            "name": facts.name,
            "qr": qr_picture(link, width=88),
            "address": letters(f"{base}/o/{printed(facts.code)}"),
            "services": service_lines(facts.services),
        }
        return paper(None, _poster_template(), values)
    link = f"{base}/r/{facts.code}"
    rules = [
        _("1. 扫码,选看到了什么、在哪里,提交。照片可加可不加。"),
        _("2. 火情、燃气泄漏、有人受伤,先打 119、110、120。"),
        _("3. 只有编号,不登记您的姓名。卡丢了请告诉社区,马上停用。"),
    ]
    values = {
        "community": facts.community,
        "name": facts.name,
        "qr": qr_picture(link, width=58),
        "address": letters(f"{base}/r/{printed(facts.code)}"),
        "rules": rules,
    }
    return paper(None, _card_template(), values)


def service_lines(services: Sequence[Any]) -> list[str]:
    """The catalogue in a few lines: one a group, what costs money marked."""
    found = []
    for group, offered in by_group(services):
        names = [
            entry_name(one) if one.fee is FeeKind.FREE else f"{entry_name(one)}({term(one.fee)})" for one in offered
        ]
        found.append(_("{group}:{names}", group=term(group), names="、".join(names)))
    return found[:MOST_LINES]

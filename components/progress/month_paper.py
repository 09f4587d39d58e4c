"""办事月报: one page with the month's figures beside the month before, a chart of six months, and room for the seal."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    Column,
    Paper,
    Picture,
    Sheet,
    blank,
    built_in,
    form,
    headline,
    line,
    paper,
    table,
)
from components.wording import _
from components.wording.dates import day, hours, month
from db.queries.progress.month import MonthFigures

WIDE, HIGH, BELOW, ABOVE = 1500, 600, 75, 65
DARK, LIGHT, INK = (31, 78, 121), (157, 195, 230), (0, 0, 0)
"""Told apart in black and white, too."""


@built_in
def month_template() -> Sheet:
    """办事月报 on one page of A4."""
    document = blank(size=12, line=22, top=2.2, pages=False)
    headline(document, "{{ title }}")
    facts = [
        (_("社区"), "{{ community }}"),
        (_("期间"), "{{ period }}"),
        (_("制表日期"), "{{ made }}"),
    ]
    form(document, facts, label=3, size=12)
    columns = [
        Column(_("指标"), "{{ row.name }}", 7.8, centred=False),
        Column(_("本月"), "{{ row.now }}", 4),
        Column(_("上月"), "{{ row.before }}", 4),
    ]
    table(document, "rows", columns, size=12)
    line(
        document, _("近六个月新登记和已回音的需求（件）"), align=CENTRE, before=8
    ).paragraph_format.keep_with_next = True
    picture = line(document, "{{ chart }}", align=CENTRE)
    picture.paragraph_format.line_spacing = 1.0
    picture.paragraph_format.keep_with_next = True
    line(document, _("深色：新登记；浅色：已回音。下面是年和月。"), spacing=18, align=CENTRE)
    line(
        document,
        _("口径：按发生当天计数；含后来归并、作废的需求。数字取自本系统的台账，不含个人信息。"),
        spacing=18,
    )
    line(document, _("填报人：____________    审核人：____________"), before=16)
    line(document, _("{{ signed }}（盖章）：____________    ____年__月__日"), before=10)
    return document


@replaceable("month")
def month_report(months: Sequence[MonthFigures], *, community: str, today: date) -> Paper:
    """The report of the last month given; `today` says how far a running month is counted."""
    now, before = months[-1], months[-2]
    running = (today.year, today.month) == (now.first.year, now.first.month)
    period = month(now.first)
    values = {
        "title": _("{period}办事月报", period=period),
        "community": community,
        "period": _("{period}（截至{day}）", period=period, day=day(today)) if running else period,
        "made": day(today),
        "rows": [{"name": name, "now": told(now), "before": told(before)} for name, told in _figures()],
        "chart": Picture(chart(months), 150),
        "signed": community,
    }
    return paper(month_template(), values)


def _figures() -> Sequence[tuple[str, Callable[[MonthFigures], str]]]:
    return [
        (_("新登记的需求（件）"), lambda one: str(one.logged)),
        (_("已回音的需求（件）"), lambda one: str(one.closed)),
        (_("列入议程的需求（件）"), lambda one: str(one.on_agenda)),
        (_("召开议事会（次）"), lambda one: str(one.meetings)),
        (_("表决通过的议题（项）"), lambda one: str(one.passed)),
        (_("进入公示的需求（件）"), lambda one: str(one.noticed)),
        (_("转入项目的需求（件）"), lambda one: str(one.in_project)),
        (_("志愿服务时长"), lambda one: hours(one.minutes)),
    ]


def chart(months: Sequence[MonthFigures]) -> bytes:
    """Two bars a month with their numbers, as PNG; figures only, so that no Chinese font is needed."""
    image = Image.new("RGB", (WIDE, HIGH), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(42)
    room, most = HIGH - BELOW - ABOVE, max(1, *(max(one.logged, one.closed) for one in months))
    step, floor = WIDE / len(months), HIGH - BELOW
    for place, one in enumerate(months):
        middle = step * (place + 0.5)
        for value, colour, left in ((one.logged, DARK, middle - 72), (one.closed, LIGHT, middle + 4)):
            top = floor - room * value / most
            draw.rectangle((left, top, left + 68, floor), fill=colour, outline=INK)
            draw.text((left + 34, top - 6), str(value), fill=INK, font=font, anchor="mb")
        draw.text((middle, floor + 12), f"{one.first:%Y-%m}", fill=INK, font=font, anchor="mt")
    draw.line((0, floor, WIDE, floor), fill=INK, width=3)
    kept = BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()

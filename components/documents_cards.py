"""Papers for one household: 便民联系卡, eight to a sheet or one in large print, and 回音单 in plain words.

No room and no resident's name stand on them: a lost card tells nobody who lives where.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm

from components.documents import CENTRE, HEAD, blank, cell, grid, headline, line
from components.form_fill import tidy_cell
from components.ledger_words import period_words
from components.wording import N_, _
from components.wording.dates import day
from components.wording.terms import term
from db.rules.ledger_fields import Period

ON_A_SMALL_CARD = 3
ROWS, ACROSS = 4, 2
MATTERS = {"need": N_("您反映的事"), "order": N_("您点的服务"), "complaint": N_("您投诉的事")}


def contact_card(home: Any, helpers: Sequence[Any], *, large: bool) -> bytes:
    """便民联系卡 in Word; a helper without consent is a role with the desk's telephone."""
    document = _large_card(home, helpers) if large else _small_cards(home, helpers)
    return _saved(document)


def _who(helper: Any) -> str:
    return tidy_cell(helper.name) if helper.name else term(helper.kind)


def _call(home: Any, helper: Any) -> str:
    """The helper's own number by consent, else the desk's."""
    if helper.name and helper.phone:
        return tidy_cell(helper.phone)
    return _("请打服务台 {phone}", phone=home.desk_phone) if home.desk_phone else _("请联系社区服务台")


def _does(helper: Any) -> str:
    return tidy_cell(" · ".join(part for part in (helper.helps_with, helper.rhythm) if part))


def _small_cards(home: Any, helpers: Sequence[Any]) -> Any:
    document = blank(size=10.5, line=15, margin=1.2, top=1.0, pages=False)
    made = grid(document, ROWS, [9.2] * ACROSS)
    for row in made.rows:
        row.height, row.height_rule = Cm(6.6), WD_ROW_HEIGHT_RULE.EXACTLY
        for holder in row.cells:
            cell(holder, _("便民联系卡"), size=14, font=HEAD, align=CENTRE)
            line(holder, f"{home.community}  {home.label}", size=9.5, align=CENTRE, spacing=13)
            for helper in helpers[:ON_A_SMALL_CARD]:
                line(holder, f"{_who(helper)}  {_call(home, helper)}", size=12, font=HEAD, spacing=17, before=2)
                line(holder, _does(helper), size=9.5, spacing=12)
            if len(helpers) > ON_A_SMALL_CARD:
                more = len(helpers) - ON_A_SMALL_CARD
                line(holder, _("还有 {n} 位联系人,见大字卡。", n=more), size=8.5, spacing=11)
            if home.desk_phone:
                line(holder, _("社区服务台:{phone}", phone=home.desk_phone), size=11, spacing=15, before=3)
    return document


def _large_card(home: Any, helpers: Sequence[Any]) -> Any:
    document = blank(size=22, line=34, margin=2.0, top=2.0, pages=False)
    headline(document, _("便民联系卡"))
    line(document, f"{home.community}  {home.label}", size=20, align=CENTRE, spacing=30)
    for helper in helpers:
        line(document, _who(helper), size=26, font=HEAD, spacing=38, before=14)
        line(document, _call(home, helper), size=32, font=HEAD, spacing=44)
        line(document, _does(helper), size=18, spacing=27)
    if home.desk_phone:
        line(document, _("社区服务台"), size=22, font=HEAD, spacing=32, before=18)
        line(document, home.desk_phone, size=32, font=HEAD, spacing=44)
    line(document, _("有急事请先打 110、119 或 120。"), size=16, spacing=24, before=16)
    return document


def answer_slip(home: Any, matters: Sequence[Any], period: Period, signed_on: Any, *, large: bool) -> bytes:
    """回音单: each matter with what was said, where it stands and what came of it."""
    size = 20.0 if large else 13.0
    step = size * 1.7
    document = blank(size=size, line=step, margin=2.2, top=2.2)
    headline(document, _("回音单"))
    line(document, _("{home}的居民:", home=home.label), size=size, spacing=step)
    opening = _("您家在{period}说的事,办到哪一步、结果怎样,逐件告诉您。", period=period_words(period))
    line(document, opening, size=size, spacing=step, indent=True)
    for number, matter in enumerate(matters, start=1):
        said = tidy_cell(matter.title)
        line(document, f"{number}. {_(MATTERS[matter.matter])}:{said}", size=size, font=HEAD, spacing=step, before=8)
        line(
            document, _("{day} 登记,编号 {number}。", day=day(matter.on), number=matter.number), size=size, spacing=step
        )
        line(document, _("现在:{state}。", state=term(matter.state)), size=size, spacing=step)
        result = tidy_cell(matter.result) or _("还没有结果,办好后再告诉您。")
        line(document, _("结果:{words}", words=result), size=size, spacing=step)
    if not matters:
        line(document, _("这段时间没有登记您家的事。有事请打服务台电话或告诉上门的社工。"), size=size, spacing=step)
    if home.desk_phone:
        line(document, _("社区服务台:{phone}", phone=home.desk_phone), size=size, spacing=step, before=12)
    line(document, f"{home.community}    {day(signed_on)}", size=size, spacing=step, before=8)
    return _saved(document)


def _saved(document: Any) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()

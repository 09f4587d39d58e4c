"""Papers for one household: 便民联系卡, eight to a sheet or one in large print, and 回音单 in plain words.

They show no room and no resident's name: who finds a lost card does not learn who lives where.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from io import BytesIO

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm
from docx.table import _Cell

from components.orders.card_templates import card_values, slip_values
from components.papers.replaceable import in_own_template
from components.papers.word import CENTRE, HEAD, TITLE, blank, cell, grid, headline, line
from components.reports.fill import tidy_cell
from components.reports.words import period_words
from components.wording import N_, _, labelled
from components.wording.dates import day
from components.wording.terms import term
from db.queries.needs.answer_slip import Matter, SlipLine
from db.queries.orders.pairings import CardHome, CardLine
from db.rules.reports.fields import Period
from db.terms import ComplaintState, NeedStage, OrderState

ON_A_SMALL_CARD = 3
SMALL_UNITS, LARGE_UNITS = 2, 4
"""Partner units that a card names; more would push a telephone number from the sheet."""
ROWS, ACROSS = 4, 2
ENDED = (NeedStage.CLOSED, OrderState.CLOSED, ComplaintState.CLOSED)
MATTERS = {Matter.NEED: N_("您反映的事"), Matter.ORDER: N_("您点的服务"), Matter.COMPLAINT: N_("您投诉的事")}


def contact_card(home: CardHome, helpers: Sequence[CardLine], *, large: bool) -> bytes:
    """便民联系卡 in Word; for a helper without consent it prints the kind of helper and the desk's telephone."""
    told = [(_who(one), _does(one), _call(home, one)) for one in helpers]
    values = card_values(home, _home(home), told)
    if (own := in_own_template("contact_large" if large else "contact", values)) is not None:
        return own
    document = _large_card(home, helpers) if large else _small_cards(home, helpers)
    return _saved(document)


def _who(helper: CardLine) -> str:
    return tidy_cell(helper.name) if helper.name else term(helper.kind)


def _call(home: CardHome, helper: CardLine) -> str:
    """The helper's own number by consent; without it the desk's, which stands at the foot of the card."""
    if helper.name and helper.phone:
        return tidy_cell(helper.phone)
    return _("请打下面的服务台电话") if home.desk_phone else _("请联系社区服务台")


def _does(helper: CardLine) -> str:
    return tidy_cell(" · ".join(part for part in (helper.helps_with, helper.rhythm) if part))


def _home(home: CardHome) -> str:
    """The house without the stars that hide the room: the household knows its own room."""
    return home.label.removesuffix("***").strip() or home.label


def _small_cards(home: CardHome, helpers: Sequence[CardLine]) -> Document:
    document: Document = blank(size=10.5, line=15, margin=1.2, top=1.0, pages=False)
    made = grid(document, ROWS, [9.2] * ACROSS)
    for row in made.rows:
        row.height, row.height_rule = Cm(6.6), WD_ROW_HEIGHT_RULE.EXACTLY
        for holder in row.cells:
            _small_card(holder, home, helpers)
    return document


def _small_card(holder: _Cell, home: CardHome, helpers: Sequence[CardLine]) -> None:
    """One card of 9 × 6½ cm, the numbers as large as three helpers allow."""
    few = len(helpers) < ON_A_SMALL_CARD
    name, number = (15, 24) if few else (12, 18)
    title = _("便民联系卡")
    cell(holder, f"{title}  {home.community} {_home(home)}", size=9.5, font=HEAD, align=CENTRE)
    for helper in helpers[:ON_A_SMALL_CARD]:
        own = bool(helper.name and helper.phone)
        line(holder, f"{_who(helper)}  {_does(helper)}", size=name, font=HEAD, spacing=name + 4, before=2)
        line(holder, _call(home, helper), size=number if own else name, bold=own, spacing=(number if own else name) + 4)
    if len(helpers) > ON_A_SMALL_CARD:
        more = len(helpers) - ON_A_SMALL_CARD
        line(holder, _("还有 {n} 位联系人，见大字卡。", n=more), size=9, spacing=11)
    if home.partners and few:
        line(holder, labelled(_("共建单位"), "；".join(home.partners[:SMALL_UNITS])), size=9, spacing=11)
    if home.desk_phone:
        line(holder, _("社区服务台"), size=name, font=HEAD, spacing=name + 4, before=3)
        line(holder, home.desk_phone, size=number, bold=True, spacing=number + 4)


def _large_card(home: CardHome, helpers: Sequence[CardLine]) -> Document:
    document: Document = blank(size=22, line=34, margin=2.0, top=1.6, pages=False)
    number, name = (48, 28) if len(helpers) <= ON_A_SMALL_CARD else (34, 22)
    line(document, _("便民联系卡"), size=40, font=TITLE, align=CENTRE, spacing=52)
    line(document, f"{home.community}  {_home(home)}", size=20, align=CENTRE, spacing=28)
    for helper in helpers:
        own = bool(helper.name and helper.phone)
        who = line(document, f"{_who(helper)}  {_does(helper)}", size=name, font=HEAD, spacing=name * 1.4, before=12)
        who.paragraph_format.keep_with_next = True
        size = number if own else name
        line(document, _call(home, helper), size=size, bold=own, spacing=size * 1.3)
    if home.partners:
        units = "；".join(home.partners[:LARGE_UNITS])
        line(document, labelled(_("共建单位"), units), size=18, spacing=27, before=12)
    if home.desk_phone:
        desk = line(document, _("社区服务台"), size=name, font=HEAD, spacing=name * 1.4, before=14)
        desk.paragraph_format.keep_with_next = True
        line(document, home.desk_phone, size=number, bold=True, spacing=number * 1.3)
    line(document, _("有急事请先打 110、119 或 120。"), size=22, font=HEAD, spacing=32, before=14)
    return document


def _stands(state: StrEnum) -> str:
    """The state of a matter in everyday words."""
    return _("已办结") if state in ENDED else term(state)


def _told(one: SlipLine) -> tuple[str, str, str, str]:
    """A matter for a template of the subdistrict."""
    what = labelled(_(MATTERS[one.matter]), tidy_cell(one.title))
    registered = _("{day} 登记，编号 {number}。", day=day(one.on), number=one.number)
    return what, _stands(one.state), tidy_cell(one.result) or _("还没有结果，办好后再告诉您。"), registered


def answer_slip(home: CardHome, matters: Sequence[SlipLine], period: Period, signed_on: date, *, large: bool) -> bytes:
    """回音单 in Word: each matter with its title, its state and its result."""
    opening = _("您家在{period}说的事，办到哪一步、结果怎样，逐件告诉您。", period=period_words(period))
    values = slip_values(home, _home(home), opening, [_told(one) for one in matters], signed_on)
    if (own := in_own_template("answer", values)) is not None:
        return own
    size = 20.0 if large else 14.0
    step = size * 1.6
    document: Document = blank(size=size, line=step, margin=2.0, top=1.8)
    headline(document, _("回音单"))
    line(document, _("{home}的居民：", home=_home(home)), size=size, spacing=step)
    line(document, opening, size=size, spacing=step, indent=True)
    for number, matter in enumerate(matters, start=1):
        what = f"{number}. " + labelled(_(MATTERS[matter.matter]), tidy_cell(matter.title))
        head = line(document, what, size=size, font=HEAD, spacing=step, before=size * 0.6)
        head.paragraph_format.keep_with_next = True
        result = tidy_cell(matter.result) or _("还没有结果，办好后再告诉您。")
        outcome = line(document, labelled(_stands(matter.state), result), size=size, spacing=step)
        outcome.paragraph_format.keep_with_next = True
        registered = _("{day} 登记，编号 {number}。", day=day(matter.on), number=matter.number)
        line(document, registered, size=size * 0.7, spacing=step * 0.75)
    if not matters:
        line(document, _("这段时间没有登记您家的事。有事请打服务台电话或告诉上门的社工。"), size=size, spacing=step)
    if home.desk_phone:
        call = line(document, _("还有事，请打社区服务台："), size=size, font=HEAD, spacing=step, before=size)
        call.paragraph_format.keep_with_next = True
        line(document, home.desk_phone, size=size * 1.8, bold=True, spacing=size * 2.3)
    line(document, f"{home.community}    {day(signed_on)}", size=size, spacing=step, before=8)
    return _saved(document)


def _saved(document: Document) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()

"""回音单 of one household: every matter in everyday words, who can be asked, and a strip to tear off."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from io import BytesIO

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from components.orders.card_papers import plain_home
from components.orders.card_templates import slip_values
from components.papers.replaceable import in_own_template
from components.papers.word import CENTRE, HEAD, blank, cell, grid, headline, line, whole
from components.reports.fill import tidy_cell
from components.reports.words import period_words
from components.text_height import LEAST
from components.wording import N_, _, labelled
from components.wording.dates import day
from components.wording.telephones import telephone
from components.wording.terms import term
from db.queries.needs.answer_slip import Matter, SlipLine
from db.queries.orders.pairings import CardHome
from db.rules.reports.fields import Period
from db.terms import ComplaintState, NeedStage, OrderState, Satisfaction

SHORT = 200
"""Characters of a result that is kept on one page."""
MATTERS = {Matter.NEED: N_("您反映的事"), Matter.ORDER: N_("您点的服务"), Matter.COMPLAINT: N_("您投诉的事")}
NEEDS: dict[StrEnum, str] = {
    NeedStage.LOGGED: N_("已记下，社区正在核对"),
    NeedStage.HANDLING: N_("涉及安全，正在马上处理"),
    NeedStage.REGISTERED: N_("已登记，正在排先后"),
    NeedStage.SCREENING: N_("已登记，正在排先后"),
    NeedStage.SCREENED: N_("先后排好了，正在定由谁来办"),
    NeedStage.RESERVE: N_("还在排队，下次开会定"),
    NeedStage.FOR_COUNCIL: N_("等居民议事会开会商量"),
    NeedStage.ON_AGENDA: N_("已排进居民议事会，开会商量"),
    NeedStage.NOTICE: N_("议事会商量好了，正在公示"),
    NeedStage.TO_PROJECT: N_("公示过了，正在安排怎么做"),
    NeedStage.IN_PROJECT: N_("正在办"),
    NeedStage.ORDERED: N_("正在安排人上门服务"),
    NeedStage.ANSWERING: N_("有结果了"),
    NeedStage.CLOSED: N_("已办结"),
    NeedStage.MERGED: N_("和邻居说的同一件事一起办"),
    NeedStage.VOID: N_("不办了"),
}
ORDERS: dict[StrEnum, str] = {
    OrderState.WAITING: N_("已收到，正在安排"),
    OrderState.TAKEN: N_("已受理，正在找人上门"),
    OrderState.OFFERED: N_("已请了志愿者，在等答复"),
    OrderState.ACCEPTED: N_("志愿者已答应，会按约上门"),
    OrderState.IN_SERVICE: N_("志愿者正在服务"),
    OrderState.DONE: N_("做完了，等您确认"),
    OrderState.CONFIRMED: N_("做完了，会再问您满意不满意"),
    OrderState.REVISITED: N_("做完了，您的意见已记下"),
    OrderState.CLOSED: N_("已办结"),
    OrderState.CANCELLED: N_("已取消"),
}
COMPLAINTS: dict[StrEnum, str] = {
    ComplaintState.REGISTERED: N_("已登记，正在交给人办"),
    ComplaintState.HANDED_OVER: N_("正在办"),
    ComplaintState.REPLIED: N_("已有答复，会再问您满意不满意"),
    ComplaintState.CLOSED: N_("已办结"),
    ComplaintState.REOPENED: N_("您说没有解决，正在重新办"),
    ComplaintState.VOID: N_("不办了"),
}
PLAIN = {Matter.NEED: NEEDS, Matter.ORDER: ORDERS, Matter.COMPLAINT: COMPLAINTS}
"""A stage as one tells it at the door, for every kind of matter; the same value means another thing in another kind."""
RATINGS = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.FAIR, Satisfaction.DISSATISFIED)
ENDED = {
    Matter.NEED: (NeedStage.ANSWERING, NeedStage.CLOSED),
    Matter.ORDER: (OrderState.DONE, OrderState.CONFIRMED, OrderState.REVISITED, OrderState.CLOSED),
    Matter.COMPLAINT: (ComplaintState.REPLIED, ComplaintState.CLOSED),
}
"""What a resident can be asked about: something was done or answered."""
OVER = {
    Matter.NEED: (*ENDED[Matter.NEED], NeedStage.VOID),
    Matter.ORDER: (*ENDED[Matter.ORDER], OrderState.CANCELLED),
    Matter.COMPLAINT: (*ENDED[Matter.COMPLAINT], ComplaintState.VOID),
}
"""What nothing more is to come of: without a result on file nothing is promised."""


def stands(matter: SlipLine) -> str:
    """Where a matter stands, in everyday words."""
    return _(PLAIN[matter.matter][matter.state])


def _told(one: SlipLine) -> tuple[str, str, str, str]:
    """A matter for a template of the subdistrict."""
    what = labelled(_(MATTERS[one.matter]), tidy_cell(one.title))
    registered = _("{day} 登记，编号 {number}。", day=day(one.on), number=one.number)
    return what, stands(one), tidy_cell(one.result) or _("还没有结果，办好后再告诉您。"), registered


def answer_slip(
    home: CardHome, matters: Sequence[SlipLine], period: Period, signed_on: date, *, large: bool, worker: str = ""
) -> bytes:
    """回音单 in Word: each matter with its title, its state and its result; `worker` brings it to the door."""
    home = replace(home, desk_phone=telephone(home.desk_phone))
    opening = _("您家在{period}说的事，办到哪一步、结果怎样，逐件告诉您。", period=period_words(period))
    values = slip_values(home, plain_home(home), opening, [_told(one) for one in matters], signed_on)
    if (own := in_own_template("answer", values)) is not None:
        return own
    size = 20.0 if large else 14.0
    step = size * 1.6
    document: Document = blank(size=size, line=step, margin=2.0, top=1.5)
    headline(document, _("回音单"))
    line(document, _("{home}的居民：", home=plain_home(home)), size=size, spacing=step)
    line(document, opening, size=size, spacing=step, indent=True)
    for number, matter in enumerate(matters, start=1):
        _matter(document, number, matter, size)
    if not matters:
        line(document, _("这段时间没有登记您家的事。有事请打服务台电话或告诉上门的社工。"), size=size, spacing=step)
    if home.desk_phone:
        call = line(document, _("还有事，请打社区服务台："), size=size, font=HEAD, spacing=step, before=size)
        call.paragraph_format.keep_with_next = True
        line(document, home.desk_phone, size=size * 1.8, bold=True, spacing=size * 2.3)
    signed = "    ".join(part for part in (home.community, _told_by(worker), day(signed_on)) if part)
    line(document, signed, size=size, spacing=step, before=8)
    done = [(number, one) for number, one in enumerate(matters, start=1) if one.state in ENDED[one.matter]]
    if done:
        _strip(document, done, home, worker, small=15 if large else LEAST)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _told_by(worker: str) -> str:
    return _("社工：{name}", name=tidy_cell(worker)) if worker else ""


def _outcome(matter: SlipLine) -> str:
    result = tidy_cell(matter.result)
    if not result and matter.state in OVER[matter.matter]:
        return stands(matter)
    return labelled(stands(matter), result or _("还没有结果，办好后再告诉您。"))


def _matter(document: Document, number: int, matter: SlipLine, size: float) -> None:
    step = size * 1.6
    what = f"{number}. " + labelled(_(MATTERS[matter.matter]), tidy_cell(matter.title))
    head = line(document, what, size=size, font=HEAD, spacing=step, before=size * 0.6)
    head.paragraph_format.keep_with_next = True
    told = _outcome(matter)
    # A long one may go over to the next page; a short one stays with what follows.
    line(document, told, size=size, spacing=step).paragraph_format.keep_with_next = len(told) < SHORT
    registered = _("{day} 登记，编号 {number}。", day=day(matter.on), number=matter.number)
    line(document, registered, size=max(LEAST, size * 0.7), spacing=max(LEAST * 1.5, step * 0.75))


def _strip(
    document: Document, done: Sequence[tuple[int, SlipLine]], home: CardHome, worker: str, *, small: float
) -> None:
    """What comes back to the desk: a row for each matter that has an end, without name and room."""
    cut = line(document, _("✂ 沿虚线撕下，交给社工或社区服务台"), size=small, align=CENTRE, spacing=22, before=14)
    border = OxmlElement("w:pBdr")
    edge = OxmlElement("w:top")
    for name, value in (("val", "dashed"), ("sz", "8"), ("space", "4"), ("color", "808080")):
        edge.set(qn(f"w:{name}"), value)
    border.append(edge)
    # Word is strict about the order of these: what keeps lines together stands before the border, spacing after it.
    cut.paragraph_format.keep_with_next = True
    cut._p.get_or_add_pPr().find(qn("w:keepNext")).addnext(border)
    asked = line(document, _("您对结果满意吗？请打√。"), size=small + 2, font=HEAD, spacing=small * 2)
    asked.paragraph_format.keep_with_next = True
    # The last lines are a row, too: rows stay together, and no part of the strip is left on a page that is kept.
    made = grid(document, len(done) + 1, [4.6, 12.4])
    boxes = "　".join(f"□{term(one)}" for one in RATINGS)
    for (number, matter), row in zip(done, made.rows[:-1], strict=True):
        whole(row)
        told = cell(row.cells[0], f"{number}. {matter.number}", size=LEAST)
        told.paragraph_format.keep_with_next = True
        cell(row.cells[1], boxes, size=small + 2).paragraph_format.keep_with_next = True
    last = made.rows[-1].cells[0].merge(made.rows[-1].cells[1])
    whole(made.rows[-1])
    cell(last, _("想说的话：") + "_" * 26, size=small + 2).paragraph_format.space_before = Pt(4)
    back = "　".join(part for part in (home.community, _told_by(worker), home.desk_phone) if part)
    line(last, back, size=small, spacing=small * 1.6)

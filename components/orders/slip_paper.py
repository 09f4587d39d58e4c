"""志愿服务派遣受理回复单 (docs/domain.md 9.2): goes with the helper, both sides sign it.

Door and names are masked, but for the helper who goes: the sheet that is carried to the door says where that is.
"""

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm

from components.orders.words import reason_words, service_name
from components.orders.words import when as wanted
from components.papers.replaceable import replaceable
from components.papers.word import HEAD, Paper, blank, built_in, cell, grid, headline, line, paper, when
from components.wording import N_, _, noted
from components.wording.dates import moment
from components.wording.terms import term
from db.queries.orders.page import OrderFacts
from db.queries.orders.slip import SlipNames
from db.rules.orders.address_form import Addressed

ASKED = (
    ("number", N_("编号"), 0.9), ("service", N_("服务项目"), 0.9), ("for_whom", N_("服务对象"), 0.9),
    ("wanted", N_("什么时候"), 0.9), ("note", N_("要求"), 1.3), ("caution", N_("特别提醒"), 1.3),
    ("helper", N_("志愿者"), 0.9), ("why", N_("派单理由"), 0.9), ("taken", N_("受理"), 0.9),
)  # fmt: skip
"""Printed before the service: field, heading, least height in centimetres."""
ANSWERED = (
    ("done", N_("做了什么"), 2.0), ("minutes", N_("时长"), 1.0), ("rating", N_("居民评价"), 1.1),
    ("words", N_("居民意见"), 1.8),
)  # fmt: skip
"""Written by hand after it: field, heading, least height in centimetres."""
LONGEST_SURNAME = 2
"""Characters; what is longer is no surname."""
SIGNED = (N_("居民或家属签字"), N_("志愿者签字"), N_("社区经办人签字"))


@built_in
def _slip_template() -> Document:
    document: Document = blank(size=13, line=20, margin=2.0, top=1.6, pages=False)
    headline(document, _("志愿服务派遣受理回复单"))
    line(document, "{{ community }}", size=13)
    _table(document, ASKED)
    line(document, _("服务之后填写"), size=14, font=HEAD, before=8, spacing=24)
    _table(document, ANSWERED)
    line(document, _("志愿服务不收取报酬；低偿、有偿项目的费用按服务目录公示。"), size=12, before=4)
    signs = grid(document, 2, [5.6] * len(SIGNED))
    signs.rows[1].height, signs.rows[1].height_rule = Cm(1.7), WD_ROW_HEIGHT_RULE.AT_LEAST
    for place, said in enumerate(SIGNED):
        cell(signs.cell(0, place), _(said), size=12, font=HEAD)
    when(document, "desk_phone", _("有事打社区服务台 {{ desk_phone }}"), size=18, bold=True, before=8, spacing=26)
    return document


def _table(document: Document, fields: tuple[tuple[str, str, float], ...]) -> None:
    made = grid(document, len(fields), [3.4, 13.4])
    for place, (name, asked, height) in enumerate(fields):
        made.rows[place].height, made.rows[place].height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        cell(made.cell(place, 0), _(asked), size=12, font=HEAD)
        cell(made.cell(place, 1), f"{{{{ {name} }}}}", size=14)


def addressed_words(who: Addressed) -> str:
    """张奶奶, or 张姓居民 where nobody has told how to address them."""
    if who.form:
        return f"{who.surname}{who.form}"
    if len(who.surname) > LONGEST_SURNAME:
        return _("居民 {name}", name=who.surname)
    return _("{surname}姓居民", surname=who.surname) if who.surname else _("居民")


@replaceable("dispatch")
def order_slip(facts: OrderFacts, names: SlipNames | None = None) -> Paper:
    """The slip of an order: what was ordered, who goes and why, what was done, the rating, the signatures.

    `names` is for the helper who goes (`slip_names`); without it door and names are masked.
    """
    live = facts.live
    helper = (names.helper if names else "") or (live.name if live else "")
    whom = f"{addressed_words(names.resident)} {names.door or facts.door}" if names else f"{facts.asker} {facts.door}"
    values = {
        "community": _("社区：{name}", name=facts.community),
        "number": facts.number,
        "service": service_name(facts),
        "for_whom": whom.strip(),
        "wanted": wanted(facts.wanted_on, facts.wanted_time),
        "note": facts.note,
        "caution": facts.caution,
        "helper": noted(f"{live.number} {helper}", term(live.kind)) if live else "",
        "why": reason_words(live.reasons) if live else "",
        "taken": f"{facts.made_by} {moment(facts.made_at)}",
        "done": facts.done_words,
        "minutes": _("{n} 分钟", n=facts.minutes) if facts.minutes else "",
        "rating": term(facts.rating) if facts.rating else _("□很满意  □满意  □基本满意  □不满意"),
        "words": facts.rating_words,
        "desk_phone": facts.desk_phone,
    }
    return paper(_slip_template(), values)

"""便民联系卡 and 回音单 in a template of the subdistrict: their values, and a template to begin one's own from.

Our own ones are drawn to fit: letters shrink so that no number is cut. A template has its letters where its maker put
them.
"""

from collections.abc import Sequence
from datetime import date

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm

from components.papers.word import CENTRE, HEAD, TITLE, blank, built_in, cell, grid, headline, line, lines, mark, when
from components.text_height import LEAST
from components.wording import N_, _
from components.wording.dates import day
from db.queries.orders.pairings import CardHome

URGENT = N_("报警 110　火警 119　急救 120")
ROWS, ACROSS = 4, 2
SMALL_HEIGHT = 6.7
"""Centimetres of a small card, eight to a sheet."""
Told = tuple[str, str, str]
"""Who helps, with what and when, which number to call."""
Matter = tuple[str, str, str, str]
"""What a resident said, where it stands, the result, when and under which number it was registered."""


def card_values(home: CardHome, house: str, helpers: Sequence[Told]) -> dict[str, object]:
    """The fields of a contact card; `house` without the room."""
    return {
        "community": home.community,
        "home": house,
        "helpers": [{"who": who, "does": does, "call": call} for who, does, call in helpers],
        "partners": list(home.partners),
        "desk_phone": home.desk_phone,
    }


def slip_values(home: CardHome, house: str, opening: str, matters: Sequence[Matter], on: date) -> dict[str, object]:
    """The fields of an answer slip; `house` without the room."""
    return {
        "community": home.community,
        "home": house,
        "opening": opening,
        "matters": [
            {"what": what, "state": state, "result": result, "registered": registered}
            for what, state, result, registered in matters
        ],
        "desk_phone": home.desk_phone,
        "on": day(on),
    }


@built_in
def small_card_template() -> Document:
    """Eight cards of one household on a sheet, to be cut apart: all say the same, as our drawn ones do."""
    document: Document = blank(size=LEAST, line=16, margin=1.2, top=1.0, pages=False)
    made = grid(document, ROWS, [9.2] * ACROSS)
    for row in made.rows:
        row.height, row.height_rule = Cm(SMALL_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
        for holder in row.cells:
            cell(holder, f"{_('便民联系卡')}  {{{{ community }}}} {{{{ home }}}}", size=LEAST, font=HEAD, align=CENTRE)
            when(holder, "desk_phone", _("社区服务台 {{ desk_phone }}"), font=HEAD)
            line(holder, _(URGENT), font=HEAD)
            mark(holder, "for helper in helpers")
            line(holder, "{{ helper.who }}  {{ helper.does }}", font=HEAD, before=3)
            line(holder, "{{ helper.call }}", size=16, bold=True, spacing=20)
            mark(holder, "endfor")
            lines(holder, "partners")
    return document


@built_in
def card_template() -> Document:
    """One card on a sheet, the numbers large."""
    document: Document = blank(size=22, line=34, margin=2.0, top=1.6, pages=False)
    line(document, _("便民联系卡"), size=36, font=TITLE, align=CENTRE, spacing=52)
    line(document, "{{ community }}  {{ home }}", size=20, align=CENTRE, spacing=28)
    when(document, "desk_phone", _("社区服务台 {{ desk_phone }}"), font=HEAD, before=10)
    line(document, _("有急事请先打 110、119 或 120。"), font=HEAD)
    mark(document, "for helper in helpers")
    line(document, "{{ helper.who }}  {{ helper.does }}", font=HEAD, before=12).paragraph_format.keep_with_next = True
    line(document, "{{ helper.call }}", size=32, bold=True, spacing=42)
    mark(document, "endfor")
    lines(document, "partners", size=18, spacing=27)
    return document


@built_in
def slip_template() -> Document:
    """The slip in large print."""
    document: Document = blank(size=16, line=26, margin=2.0, top=1.8, pages=False)
    headline(document, _("回音单"))
    line(document, _("{{ home }}的居民："))
    line(document, "{{ opening }}", indent=True)
    mark(document, "for matter in matters")
    line(document, "{{ matter.what }}", font=HEAD, before=10).paragraph_format.keep_with_next = True
    line(document, "{{ matter.state }}：{{ matter.result }}")
    line(document, "{{ matter.registered }}", size=12, spacing=20)
    mark(document, "endfor")
    when(document, "desk_phone", _("还有事，请打社区服务台：{{ desk_phone }}"), font=HEAD, before=14)
    line(document, "{{ community }}    {{ on }}", before=8)
    return document

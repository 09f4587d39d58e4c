"""席位卡: a name for every place at the table, three to a sheet, to be cut."""

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm

from components.papers.replaceable import replaceable
from components.papers.word import CENTRE, HEAD, Paper, Sheet, blank, built_in, cell, grid, line, mark, paper
from components.voting.quorum import with_proxy
from components.wording import _
from db.rules.meetings.sitting import Sitting

SIZES = {"short": 72, "middle": 54, "long": 36}
"""Points of the name: up to four characters, up to seven, longer ones."""


def _length(name: str) -> str:
    return "short" if len(name) <= 4 else "middle" if len(name) <= 7 else "long"


@built_in
def seat_template() -> Sheet:
    """Cards of 18 by 8.6 cm."""
    document = blank(size=12, line=18, margin=1.5, top=1.2, pages=False)
    made = grid(document, 3, [18])
    made.cell(0, 0).text, made.cell(2, 0).text = "{%tr for row in rows %}", "{%tr endfor %}"
    made.rows[1].height, made.rows[1].height_rule = Cm(8.6), WD_ROW_HEIGHT_RULE.EXACTLY
    holder = made.cell(1, 0)
    cell(holder, "{{ body }}", size=16, align=CENTRE)
    for kind, size in SIZES.items():
        mark(holder, f"if row.{kind}")
        line(holder, "{{ row.name }}", size=size, font=HEAD, align=CENTRE, spacing=size * 1.5)
        mark(holder, "endif")
    line(holder, _("席位 {{ row.seat }}    {{ row.capacity }}"), size=18, align=CENTRE, spacing=30)
    line(document, "", size=1, spacing=1)
    return document


@replaceable("seat_cards")
def seat_cards(sitting: Sitting) -> Paper:
    """席位卡 of everybody who is due."""
    rows = [
        {
            "name": with_proxy(seat),
            "seat": f"{seat.seat:02d}",
            "capacity": seat.capacity,
            **{kind: kind == _length(with_proxy(seat)) for kind in SIZES},
        }
        for seat in sitting.seats
    ]
    return paper(seat_template(), {"body": sitting.body_name, "rows": rows})

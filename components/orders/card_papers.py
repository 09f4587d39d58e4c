"""便民联系卡 of one household, eight to a sheet or one in large print.

It shows no room and no resident's name: who finds a lost card does not learn who lives where.
"""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm, Pt
from docx.table import _Cell

from components.orders.card_fit import Area, Block, Fitted, Sizes, fitted
from components.orders.card_templates import ACROSS, ROWS, SMALL_HEIGHT, URGENT, card_values
from components.papers.replaceable import in_own_template
from components.papers.word import CENTRE, HEAD, TITLE, Holder, blank, cell, grid, line, look
from components.reports.fill import tidy_cell
from components.text_height import LEAST, shortened, step, width_of
from components.wording import _, in_a_row, labelled
from components.wording.telephones import telephone
from components.wording.terms import term
from db.errors import Refused
from db.queries.orders.pairings import CardHome, CardLine

SMALL_UNITS, LARGE_UNITS = 2, 4
"""Partner units that a card names; more would push a telephone number from the sheet."""
SMALL_AREA = Area(248, SMALL_HEIGHT * 28.35 - 2 - 3 * step(LEAST))
"""Room for numbers and helpers on a card of 9.2 × 6.7 cm, without its title, the name of the desk and 110, 119, 120."""
SMALL_WAYS = (
    Sizes(15, 24, 2), Sizes(15, 24, 1), Sizes(LEAST, 18, 2), Sizes(LEAST, 18, 1),
    Sizes(LEAST, 18, 1, beside=True), Sizes(LEAST, 15, 1, beside=True), Sizes(LEAST, LEAST, 1, beside=True),
)  # fmt: skip
GAP = 10
LARGE_AREA = Area(480, 750 - 52 - 28 - 32 - 40 - GAP * 9)
"""Room on A4 without the title, the house, the sentence of emergency, the name of the desk and the gaps."""
LARGE_WAYS = (Sizes(28, 48, 2), Sizes(28, 48, 1), Sizes(24, 36, 2), Sizes(22, 34, 1), Sizes(18, 28, 1))


def contact_card(home: CardHome, helpers: Sequence[CardLine], *, large: bool) -> bytes:
    """便民联系卡 in Word; for a helper without consent it prints the kind of helper and the desk's telephone.

    Raises Refused where the card would be empty or cut a number (`must_fit`).
    """
    home = replace(home, desk_phone=telephone(home.desk_phone))
    told = [(_who(one), _does(one), _call(home, one)) for one in helpers]
    values = card_values(home, plain_home(home), told)
    if (own := in_own_template("contact_large" if large else "contact", values)) is not None:
        return own
    must_fit(home, helpers, large=large)
    document = _large_card(home, helpers) if large else _small_cards(home, helpers)
    return _saved(document)


def _who(helper: CardLine) -> str:
    return tidy_cell(helper.name) if helper.name else term(helper.kind)


def _call(home: CardHome, helper: CardLine) -> str:
    """The helper's own number by consent; without it the desk's, which stands at the top of the card."""
    if helper.name and helper.phone:
        return telephone(tidy_cell(helper.phone))
    return _("请打上面的服务台电话") if home.desk_phone else _("请联系社区服务台")


def _does(helper: CardLine) -> str:
    return tidy_cell(" · ".join(part for part in (helper.helps_with, helper.rhythm) if part))


def plain_home(home: CardHome) -> str:
    """The house without the stars that hide the room: the household knows its own room."""
    return home.label.removesuffix("***").strip() or home.label


def _blocks(home: CardHome, helpers: Sequence[CardLine]) -> list[Block]:
    return [Block(_who(one), _does(one), _call(home, one), bool(one.name and one.phone)) for one in helpers]


def must_fit(home: CardHome, helpers: Sequence[CardLine], *, large: bool) -> None:
    """Raises Refused("card_empty") for a card without a number, Refused("card_too_full") where one would be cut."""
    if not helpers and not home.desk_phone:
        raise Refused("card_empty")
    if not large and fitted(_blocks(home, helpers), SMALL_AREA, home.desk_phone, SMALL_WAYS).left < 0:
        raise Refused("card_too_full")


def _small_cards(home: CardHome, helpers: Sequence[CardLine]) -> Document:
    document: Document = blank(size=LEAST, line=15, margin=1.2, top=1.0, pages=False)
    made = grid(document, ROWS, [9.2] * ACROSS)
    found = fitted(_blocks(home, helpers), SMALL_AREA, home.desk_phone, SMALL_WAYS)
    for row in made.rows:
        row.height, row.height_rule = Cm(SMALL_HEIGHT), WD_ROW_HEIGHT_RULE.AT_LEAST
        for holder in row.cells:
            _small_card(holder, home, found)
    return document


def _small_card(holder: _Cell, home: CardHome, found: Fitted) -> None:
    """One card of 9 × 6½ cm: the desk and the three emergency numbers on top, then the helpers."""
    title = shortened(f"{_('便民联系卡')}  {home.community} {plain_home(home)}", LEAST, SMALL_AREA.width)
    cell(holder, title, size=LEAST, font=HEAD, align=CENTRE).paragraph_format.line_spacing = Pt(step(LEAST))
    if home.desk_phone:
        line(holder, _("社区服务台"), size=LEAST, font=HEAD, spacing=step(LEAST))
        line(holder, home.desk_phone, size=found.sizes.number, bold=True, spacing=step(found.sizes.number))
    line(holder, _(URGENT), size=LEAST, font=HEAD, spacing=step(LEAST))
    for block in found.blocks:
        _helper(holder, block, found.sizes)
    units = in_a_row(home.partners[:SMALL_UNITS])
    if units and found.left >= step(LEAST):
        words = shortened(labelled(_("共建单位"), units), LEAST, SMALL_AREA.width)
        line(holder, words, size=LEAST, spacing=step(LEAST))


def _helper(holder: Holder, block: Block, sizes: Sizes) -> None:
    """Name, description and number of one helper: on one line, or the number below."""
    size = sizes.number if block.own else sizes.name
    if sizes.beside:
        together = width_of(f"{block.who}  ", sizes.name) + width_of(block.call, size) <= SMALL_AREA.width
        who = line(holder, block.who + ("  " if together else ""), size=sizes.name, font=HEAD,
                   spacing=step(size if together else sizes.name))  # fmt: skip
        if together:
            look(who.add_run(block.call), size=size, bold=block.own)
            if block.does:
                look(who.add_run(f"  {block.does}"), size=LEAST)
            return
    else:
        words = f"{block.who}  {block.does}" if block.does else block.who
        who = line(holder, words, size=sizes.name, font=HEAD, spacing=step(sizes.name))
        who.paragraph_format.keep_with_next = True
    line(holder, block.call, size=size, bold=block.own, spacing=step(size))


def _large_card(home: CardHome, helpers: Sequence[CardLine]) -> Document:
    document: Document = blank(size=22, line=34, margin=2.0, top=1.6, pages=False)
    found = fitted(_blocks(home, helpers), LARGE_AREA, home.desk_phone, LARGE_WAYS)
    sizes = found.sizes
    line(document, _("便民联系卡"), size=40, font=TITLE, align=CENTRE, spacing=52)
    house = shortened(f"{home.community}  {plain_home(home)}", 20, LARGE_AREA.width)
    line(document, house, size=20, align=CENTRE, spacing=28)
    if home.desk_phone:
        desk = line(document, _("社区服务台"), size=sizes.name, font=HEAD, spacing=step(sizes.name), before=GAP)
        desk.paragraph_format.keep_with_next = True
        line(document, home.desk_phone, size=sizes.number, bold=True, spacing=step(sizes.number))
    line(document, _("有急事请先打 110、119 或 120。"), size=22, font=HEAD, spacing=32, before=GAP)
    for block in found.blocks:
        line(document, "", size=GAP, spacing=GAP)
        _helper(document, block, sizes)
    if home.partners and found.left >= 2 * step(18):
        units = shortened(in_a_row(home.partners[:LARGE_UNITS]), 18, LARGE_AREA.width * 1.5)
        line(document, labelled(_("共建单位"), units), size=18, spacing=27, before=GAP)
    return document


def _saved(document: Document) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()

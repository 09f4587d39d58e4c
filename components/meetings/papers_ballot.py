"""Papers to cut or hand out: 表决票, 票码单, 成员卡, 核对码清单. Nothing on a ballot paper tells whose it is."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from components.meetings.papers_notice import advisory_words, meeting_fields
from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    HEAD,
    Column,
    Paper,
    Sheet,
    blank,
    built_in,
    cell,
    grid,
    headline,
    line,
    mark,
    paper,
    qr_picture,
    table,
    when,
)
from components.public_address import letters
from components.text_height import LEAST, lines_of
from components.voting.question_words import option_words, question_words, yuan
from components.voting.slip_form import order_for
from components.wording import _
from components.wording.terms import term
from db.rules.meetings.sitting import Item, Sitting
from db.rules.voting.question import BEST_SCORE, Question
from db.terms import Choice, QuestionKind

TO_A_SHEET = 8
"""Ballot papers on a sheet of A4 at most; long motions and lists of options take more room (`papers_on_a_sheet`)."""
ACROSS, SHEET = 2, 26.8
"""Ballot papers beside each other; height of a sheet that is cut, in centimetres."""
BALLOT_WIDTH = 245
"""Points of a line on a ballot paper."""
ALIKE = 4
"""So many voters at least have papers with the same order of options."""
LONGEST_MOTION = 90
"""Characters of a motion on a ballot paper; the whole of it stands in the notice."""
STEP, OPTION_STEP, POINTS = 15, 20, 28.35
"""From line to line, in points; points of a centimetre."""
BOX, BLANK = "□", "____"


# --- 表决票 -------------------------------------------------------------------------------------------


def _ballots(down: int) -> Sheet:
    """表决票, two beside each other, to be cut along the broken lines; `down` of them below each other."""
    document = _sheet_to_cut()
    made = _cut_grid(document, [9.4] * ACROSS, height=SHEET / down)
    for place in range(ACROSS):
        holder = made.cell(1, place)
        cell(holder, _("表决票"), size=15, font=HEAD, align=CENTRE)
        line(holder, "{{ meeting }}", size=LEAST, align=CENTRE, spacing=STEP)
        line(holder, _("议题{{ number }}：{{ title }}"), size=LEAST, font=HEAD, spacing=STEP, before=2)
        when(holder, "motion", _("表决事项：{{ motion }}"), size=LEAST, spacing=STEP)
        when(holder, "advisory", "{{ advisory }}", size=LEAST, font="KaiTi", spacing=STEP)
        line(holder, "{{ instruction }}", size=LEAST, font="KaiTi", spacing=STEP)
        mark(holder, f"for option in row.{('left', 'right')[place]}.options")
        line(holder, "{{ option }}", size=13, spacing=OPTION_STEP)
        mark(holder, "endfor")
        line(holder, _("请勿署名，请勿作其他记号。"), size=LEAST, align=CENTRE, spacing=STEP)
    return document


BALLOTS = {down: built_in(partial(_ballots, down)) for down in (4, 3, 2, 1)}
"""The template by how many papers stand below each other; the tallest last."""
ballot_template = BALLOTS[TO_A_SHEET // ACROSS]


def papers_on_a_sheet(sitting: Sitting, item: Item) -> int:
    """How many ballot papers of an item our own template has on a sheet: as many as nothing is cut from."""
    orders = _orders(sitting, item, len(sitting.seats))
    return ACROSS * _down(_ballot_values(sitting, item, shuffled=len(orders) > 1))


def _down(values: Mapping[str, Any]) -> int:
    """How many papers fit below each other: their lines are counted at the size in which they are printed."""
    said = [values["meeting"], values["instruction"], _("请勿署名，请勿作其他记号。")]
    for heading, names in ((_("议题{{ number }}：{{ title }}"), ("number", "title")),
                           (_("表决事项：{{ motion }}"), ("motion",))):  # fmt: skip
        for name in names:
            heading = heading.replace(f"{{{{ {name} }}}}", str(values[name]))
        said += [heading] if values[names[0]] else []
    said += [values["advisory"]] if values["advisory"] else []
    height = 21 + 2 + STEP * sum(lines_of(one, LEAST, BALLOT_WIDTH) for one in said)
    height += OPTION_STEP * sum(lines_of(one, 13, BALLOT_WIDTH) for one in values["options"])
    return next((down for down in BALLOTS if height <= SHEET / down * POINTS), 1)


@replaceable("ballot")
def ballot_papers(sitting: Sitting, item: Item, *, copies: int | None = None) -> Paper:
    """表决票 for one item, up to eight to a sheet: as many as are due, in whole sheets, or `copies` of them.

    No number, no name, nothing that tells one voter from another. Where the house rules ask for options in another
    order before every voter, papers begin with different options, each order on several papers (`paper_orders`); an
    option keeps its number, by which it is counted.
    """
    wanted = len(sitting.seats) if copies is None else copies
    question, orders = item.to_vote, _orders(sitting, item, wanted)
    values = _ballot_values(sitting, item, shuffled=len(orders) > 1)
    down = _down(values)
    whole = max(1, -(-wanted // (down * ACROSS))) * down * ACROSS
    papers = [{"options": ballot_options(question, orders[place % len(orders)])} for place in range(whole)]
    values["rows"] = [
        {"number": n // 2 + 1, "left": papers[n], "right": papers[n + 1]} for n in range(0, len(papers), 2)
    ]
    return paper(BALLOTS[down](), values)


def _orders(sitting: Sitting, item: Item, voters: int) -> list[list[int]]:
    shuffled = sitting.rule is not None and sitting.rule.shuffle_options
    return paper_orders(item.to_vote, item.id, voters, shuffled=shuffled)


def _ballot_values(sitting: Sitting, item: Item, *, shuffled: bool) -> dict[str, Any]:
    """What stands on every paper of an item."""
    question = item.to_vote
    return meeting_fields(sitting) | {
        "number": item.position,
        "title": item.title,
        "motion": _clipped(item.motion) if question.kind is QuestionKind.MOTION else "",
        "method": question_words(question),
        "instruction": instruction(question) + (_("各张选项先后不同，编号不变。") if shuffled else ""),
        "options": ballot_options(question),
        "advisory": advisory_words(item),
    }


def paper_orders(question: Question, item_id: int, voters: int, *, shuffled: bool) -> list[list[int]]:
    """The orders of options that the papers of an item take in turn; one, by number, where nothing is shuffled.

    One shuffled circle, begun at places equally far apart, so that every option is near the top about equally often.
    Each order is on at least `ALIKE` voters' papers: an order of one's own would tell whose paper it was. The same
    papers come out whenever they are printed.
    """
    circle = order_for(question, f"paper.{item_id}", shuffled=shuffled)
    many = min(len(circle), voters // ALIKE) if shuffled else 1
    starts = [turn * len(circle) // many for turn in range(many)] or [0]
    return [[*circle[start:], *circle[:start]] for start in starts]


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST_MOTION else _("{start}……（全文见会议通知）", start=text[: LONGEST_MOTION - 10])


def instruction(question: Question) -> str:
    """How to fill in the paper, in one line."""
    if question.kind is QuestionKind.CHOOSE:
        return _("请在□内打“√”，最多选 {most} 项，多选无效。", most=question.most)
    if question.kind is QuestionKind.SCORE:
        return _("请在横线上打分：0 到 {best} 的整数，{best} 分最好；可以留空。", best=BEST_SCORE)
    if question.kind is QuestionKind.RANK:
        return _("请在横线上写 1、2、3……排先后，1 为最想要，可不排完。")
    if question.kind is QuestionKind.BUDGET:
        return _("请在赞成的方案□内打“√”，项数不限；预算共 {budget}。", budget=yuan(question.budget))
    return _("请在一个□内打“√”，多选无效。")


def ballot_options(question: Question, order: Sequence[int] = ()) -> list[str]:
    """The lines that are filled in: boxes to tick, or room for a number; by number or in the order given."""
    if question.kind is QuestionKind.MOTION:
        return [f"{BOX} {term(choice)}" for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)]
    sign = BLANK if question.kind in (QuestionKind.SCORE, QuestionKind.RANK) else BOX
    options = [f"{sign} {option_words(question, number)}" for number in order or question.numbers]
    return [*options, f"{BOX} {term(Choice.ABSTAIN)}"]


# --- 票码单 -------------------------------------------------------------------------------------------


@built_in
def slip_template() -> Sheet:
    """票码单: eight slips to a sheet, picture and code side by side."""
    document = _sheet_to_cut()
    made = _cut_grid(document, [3.7, 5.7, 3.7, 5.7], height=6.7)
    for place, side in ((0, "left"), (2, "right")):
        mark_of = made.cell(1, place)
        cell(mark_of, f"{{{{ row.{side}.qr }}}}", align=CENTRE, size=LEAST).paragraph_format.line_spacing = 1.0
        holder = made.cell(1, place + 1)
        cell(
            holder, f"{{% if row.{side} %}}{{{{ meeting }}}}{{% endif %}}", size=LEAST
        ).paragraph_format.line_spacing = Pt(STEP)
        mark(holder, f"if row.{side}")
        line(holder, _("票号 {{ row.SIDE.serial }}").replace("SIDE", side), size=LEAST, font=HEAD, spacing=16)
        line(holder, f"{{{{ row.{side}.code }}}}", size=18, bold=True, font="Consolas", spacing=24)
        for words in (
            _("1. 扫码，或打开网址输入票码："),
            "{{ address }}",
            _("2. 截止前可改投，以最后一次为准。"),
            _("3. 一人一票，不拍照，不转借。"),
        ):
            line(holder, words, size=LEAST, spacing=STEP)
        mark(holder, "endif")
    return document


@replaceable("slips")
def slip_sheet(sitting: Sitting, slips: Sequence[tuple[int, str]], address: str) -> Paper:
    """票码单: each (serial, code) with a QR of `<address>/v/<code>`, eight to a sheet, in the order given.

    `address` is the public address of the app, without a slash at its end. The codes exist on this paper only.
    """
    base = address.rstrip("/")
    cells = [
        {"serial": f"{serial:03d}", "code": spaced(code), "qr": qr_picture(f"{base}/v/{code}", width=30)}
        for serial, code in slips
    ]
    values = meeting_fields(sitting) | {"address": letters(f"{base}/v"), "rows": _pairs(cells)}
    return paper(slip_template(), values)


def spaced(code: str) -> str:
    """A code in two groups, as it is read aloud: XXXXX-XXXXX. One that has its hyphen stays as it is."""
    half = len(code) // 2
    return code if "-" in code else f"{code[:half]}-{code[half:]}"


# --- 成员卡 -------------------------------------------------------------------------------------------


@built_in
def card_template() -> Sheet:
    """成员卡: ten cards of the size of a bank card to a sheet; a long name makes its row higher, nothing is cut."""
    document = _sheet_to_cut()
    made = _cut_grid(document, [5.7, 3.7, 5.7, 3.7], height=5.3)
    for place, side in ((0, "left"), (2, "right")):
        holder = made.cell(1, place)
        cell(
            holder, f"{{% if row.{side} %}}{{{{ body }}}}{{% endif %}}", size=LEAST
        ).paragraph_format.line_spacing = Pt(STEP)
        mark(holder, f"if row.{side}")
        line(holder, _("成员卡"), size=LEAST, spacing=STEP)
        line(holder, f"{{{{ row.{side}.name }}}}", size=18, font=HEAD, spacing=23, before=2)
        line(holder, _("席位 {{ row.SIDE.seat }}").replace("SIDE", side), size=LEAST, spacing=16)
        line(holder, _("卡号 {{ row.SIDE.code }}").replace("SIDE", side), size=LEAST, bold=True, spacing=16)
        line(holder, _("开会扫大屏，凭卡号签到。"), size=LEAST, spacing=STEP)
        mark(holder, "endif")
        beside = made.cell(1, place + 1)
        cell(beside, f"{{{{ row.{side}.qr }}}}", align=CENTRE, size=LEAST).paragraph_format.line_spacing = 1.0
    return document


@replaceable("cards")
def member_cards(body_name: str, cards: Sequence[tuple[int, str, str]]) -> Paper:
    """成员卡: each (seat, name, code) with a QR of the code, ten to a sheet."""
    cells = [
        {"seat": f"{seat:02d}", "name": name, "code": spaced(code), "qr": qr_picture(code, width=30)}
        for seat, name, code in cards
    ]
    return paper(card_template(), {"body": body_name, "rows": _pairs(cells)})


# --- 核对码清单 ---------------------------------------------------------------------------------------


@built_in
def check_template() -> Sheet:
    """核对码清单, put up after the result was announced."""
    document = blank(size=12, line=20, margin=2.4, top=2.2)
    headline(document, _("核对码清单"))
    line(document, "{{ meeting }}", align=CENTRE)
    line(document, _("议题{{ number }}：{{ title }}"), font=HEAD, before=6)
    when(document, "advisory", "{{ advisory }}", font="KaiTi")
    line(document, _("共 {{ count }} 张票码票。投票时手机上显示过核对码，请找到自己的一行，核对选择是否一致；"
                     "不一致请当场向监票人提出。"))  # fmt: skip
    columns = [
        Column(_("序号"), "{{ row.number }}", 1.6),
        Column(_("核对码"), "{{ row.code }}", 4.6),
        Column(_("选择"), "{{ row.choice }}", 10),
    ]
    table(document, "codes", columns, size=LEAST)
    return document


@replaceable("checks")
def check_list(sitting: Sitting, item: Item, codes: Sequence[tuple[str, str]]) -> Paper:
    """核对码清单: each (check code, choice in words), in the order given."""
    rows = [{"number": place, "code": code, "choice": choice} for place, (code, choice) in enumerate(codes, 1)]
    values = meeting_fields(sitting) | {
        "number": item.position,
        "title": item.title,
        "advisory": advisory_words(item),
        "count": len(rows),
        "codes": rows,
    }
    return paper(check_template(), values)


# --- sheets to cut ------------------------------------------------------------------------------------


def _sheet_to_cut() -> Sheet:
    document = blank(size=LEAST, line=STEP, margin=1.1, top=1.2, pages=False)
    # Word wants a paragraph after a table; an invisible one must not begin a page of its own.
    document.sections[0].footer_distance = document.sections[0].header_distance = Cm(0.5)
    return document


def _cut_grid(document: Sheet, widths: Sequence[float], *, height: float) -> Table:
    """A table of three rows that docxtpl turns into one row per entry of `rows`, with broken lines to cut along.

    A row is as high as `height` at least and grows with its text: nothing that is handed out is cut.
    """
    made = grid(document, 3, widths)
    made.cell(0, 0).text, made.cell(2, 0).text = "{%tr for row in rows %}", "{%tr endfor %}"
    row = made.rows[1]
    row.height = Cm(height)
    row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    half = len(widths) // 2
    for place, one in enumerate(row.cells):
        inner = half > 1
        hidden = ("right" if place % 2 == 0 else "left") if inner else ""
        _broken_lines(one, hidden)
    line(document, "", size=1, spacing=1)
    return made


def _broken_lines(one: _Cell, hidden: str) -> None:
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), "nil" if side == hidden else "dashed")
        if side != hidden:
            edge.set(qn("w:sz"), "6")
            edge.set(qn("w:color"), "808080")
        borders.append(edge)
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "170")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    # Word is strict about the order of these: width, borders, margins, vertical alignment.
    properties = one._tc.get_or_add_tcPr()
    properties.find(qn("w:vAlign")).addprevious(borders)
    properties.find(qn("w:vAlign")).addprevious(margins)


def _pairs(cells: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Two to a row; the last row may have nothing on its right."""
    padded: list[dict[str, object] | None] = [*cells, None] if len(cells) % 2 else list(cells)
    return [{"left": padded[n], "right": padded[n + 1]} for n in range(0, len(padded), 2)]

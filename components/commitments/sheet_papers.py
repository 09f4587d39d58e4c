"""Papers of promises: the quarter's board, a card for a political birthday, a letter to members who are behind."""

from collections.abc import Mapping, Sequence
from datetime import date

from docx.document import Document
from docx.enum.text import WD_BREAK

from components.commitments.birthday_list import years_words
from components.commitments.sheets import figure_words, quarter_words
from components.commitments.words import how_often, next_words, window_words
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    TITLE,
    Paper,
    addressee,
    blank,
    built_in,
    headline,
    line,
    mark,
    official,
    paper,
    signed,
)
from components.wording import _, in_a_row, noted
from components.wording.dates import day, short_day
from db.queries.commitments.birthdays import BirthdayList
from db.queries.commitments.commitments import Late
from db.queries.commitments.letters import Letter
from db.queries.commitments.quarter import SheetRow
from db.queries.commitments.wall import WallPromise
from db.terms import PoliticalDay, SheetState

PRINTED = (SheetState.REVIEWED, SheetState.POSTED)


@replaceable("quarter")
def sheets_document(found: Sequence[SheetRow], community: str, first: date) -> Paper:
    """The board of a quarter: what was reviewed, by branch and number of the roll, never by figures."""
    table = [
        [one.branch, one.printed, figure_words(one.figures), "\n".join(_told(one)) or "—"]
        for one in found
        if one.state in PRINTED
    ]
    return plain_paper(
        _("{quarter}党员亮绩", quarter=quarter_words(first)),
        [_("{community}　{n} 人　按支部和党员编号排列，不分先后", community=community, n=len(table))],
        [_("数字来自践诺记录，经本人确认、支部审核。群众的话经本人同意引用。")],
        [],
        Layout({"sheets": (3.4, 2.4, 5.0, 5.0)}),
        sheets=([_("支部"), _("党员"), _("本季度"), _("事例和群众的话")], table),
    )


def _told(one: SheetRow) -> list[str]:
    return [*([one.example] if one.example else []), *(f"“{quote}”" for quote in one.quotes)]


@built_in
def _pages_template() -> Document:
    """One page for each member: title, facts, text, and a line to sign."""
    document: Document = blank(size=15, line=28, pages=False)
    mark(document, "for page in pages")
    line(document, "{{ page.title }}", size=26, font=TITLE, align=CENTRE, spacing=44)
    line(document, "{{ page.opening }}", before=10)
    mark(document, "for text in page.lines")
    line(document, "{{ text }}")
    mark(document, "endfor")
    line(document, "{{ page.foot }}", before=16)
    mark(document, "if not loop.last")
    line(document, "").runs[0].add_break(WD_BREAK.PAGE)
    mark(document, "endif")
    mark(document, "endfor")
    return document


@built_in
def _letters_template() -> Document:
    """A letter of the branch to each member: an official paper with its addressee, its text, who signs and the day."""
    document: Document = official(plain=15)
    mark(document, "for page in pages")
    headline(document, "{{ page.title }}")
    addressee(document, "{{ page.opening }}")
    mark(document, "for text in page.lines")
    line(document, "{{ text }}", indent=True)
    mark(document, "endfor")
    signed(document, "{{ page.foot }}", "{{ page.on }}")
    mark(document, "if not loop.last")
    line(document, "").runs[0].add_break(WD_BREAK.PAGE)
    mark(document, "endif")
    mark(document, "endfor")
    return document


def pages_paper(pages: Sequence[Mapping[str, object]], *, letters: bool = False) -> Paper:
    """A page for each: `title`, `opening`, `lines`, `foot`; letters name in `on` the day, in words, below who signs."""
    return paper(_letters_template() if letters else _pages_template(), {"pages": pages})


@replaceable("birthday")
def birthday_cards(found: BirthdayList, kind: PoliticalDay) -> Paper:
    """A card for each member of the month: the day, the years, the own promises to go through again."""
    pages = []
    for one in found.rows:
        told = [_promise(promise, at) for at, promise in enumerate(one.promises, 1)]
        pages.append(
            {
                "title": _("政治生日"),
                "opening": _("{name}（{number}，{branch}）：", name=one.printed, number=one.number, branch=one.branch),
                "lines": [
                    _("{begun}至{on}，{years}。", begun=day(one.day.begun), on=day(one.day.on),
                      years=years_words(one, kind)),
                    *([_("重温自己的承诺："), *told] if told else [_("还没有公示的承诺，今天可以写下一项。")]),
                    _("这一年做到的：____________________"),
                    _("下一年想做的：____________________"),
                ],
                "foot": f"{one.community} {one.branch}",
            }
        )  # fmt: skip
    return pages_paper(pages)


def _promise(one: WallPromise, at: int) -> str:
    last = _("最近一次 {day}", day=short_day(one.last_kept)) if one.last_kept else _("还没有记录")
    often = how_often(one.rhythm, one.times, one.measure)
    return f"{at}. " + _("，").join((noted(one.what, one.whom), often, last))


@replaceable("reminder")
def letters_document(found: Sequence[Letter], today: date) -> Paper:
    """跟踪问效: a page for each member with what is due now, what was missed, what waits for a second person."""
    pages = [
        {
            "title": _("承诺提醒"),
            "opening": _("{name}（{number}，{branch}）：", name=one.name, number=one.number, branch=one.branch),
            "lines": [
                _("截至 {day}，您的承诺有下面几件事请看一看：", day=day(today)),
                *(text for at, late in enumerate(one.promises, 1) for text in _late(late, at, today)),
                _("做了没有记的，请补记并请一位同志证明；没有做到的，说明原因就行。身体不便或外出，可以登记暂停。"),
            ],
            "foot": f"{one.community}{one.branch}",
            "on": day(today),
        }
        for one in found
    ]
    return pages_paper(pages, letters=True)


def _late(one: Late, at: int, today: date) -> list[str]:
    told = [f"{at}. {noted(one.row.what, one.row.whom)}"]
    if one.row.standing is not None and one.row.standing.current is not None:
        told.append(_("　现在该做：{next}", next=next_words(one.row.standing, today)))
    if one.missed:
        told.append(_("　没有做到也没有说明：{periods}", periods=in_a_row(window_words(part) for part in one.missed)))
    if one.waiting:
        told.append(_("　补记待第二人确认：{n} 次", n=one.waiting))
    return told

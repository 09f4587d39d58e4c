"""《党员公开承诺书》: a page for each member to sign, with the branch's word below (docs/domain.md 10)."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_BREAK

from components.commitments.words import how_often
from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    HEAD,
    SIGN,
    Paper,
    built_in,
    cell,
    grid,
    headline,
    line,
    mark,
    official,
    paper,
    repeated,
)
from components.wording import _, noted
from components.wording.dates import day, today
from db.queries.commitments.pledges import Pledge

WIDTHS = (0.9, 2.7, 4.6, 2.6, 4.8)


@built_in
def _template() -> Document:
    document: Document = official(plain=14)
    mark(document, "for page in pages")
    headline(document, _("党员公开承诺书"))
    line(document, _("党员姓名：{{ page.name }}　　所在支部：{{ page.branch }}"))
    line(document, "{{ page.opening }}", indent=True)
    made = grid(document, 4, WIDTHS)
    heads = ("", _("服务对象"), _("承诺内容"), _("频次"), _("完成时限"))
    fields = ("{{ row.number }}", "{{ row.whom }}", "{{ row.what }}", "{{ row.often }}", "{{ row.until }}")
    for place, (head, field) in enumerate(zip(heads, fields, strict=True)):
        cell(made.cell(0, place), head, size=14, font=HEAD, align=CENTRE)
        cell(made.cell(2, place), field, size=14, align=None if place in (1, 2) else CENTRE)
    made.cell(1, 0).text = "{%tr for row in page.rows %}"
    made.cell(3, 0).text = "{%tr endfor %}"
    repeated(made.rows[0])
    line(document, _("联系方式（可不填）：{sign}", sign=SIGN), before=10)
    line(document, _("承诺人签字：{sign}    ____年__月__日", sign=SIGN))
    line(document, _("支部审核意见："), font=HEAD, before=10)
    mark(document, "for text in page.words")
    line(document, "{{ text }}", indent=True)
    mark(document, "endfor")
    line(document, _("支部书记签字：{sign}    ____年__月__日", sign=SIGN), before=10)
    mark(document, "if not loop.last")
    line(document, "").runs[0].add_break(WD_BREAK.PAGE)
    mark(document, "endif")
    mark(document, "endfor")
    return document


@replaceable("pledge")
def pledges_document(found: Sequence[Pledge], year: int) -> Paper:
    """A page for each member, in the order given; a pledge that nobody reviewed leaves room for the branch's word."""
    pages = [
        {
            "name": noted(one.name, one.number),
            "branch": one.branch,
            "community": one.community,
            "opening": _("{year} 年我向群众公开承诺下列事项，请群众监督。", year=year),
            "rows": [
                {
                    "number": at,
                    "whom": item.whom,
                    "what": item.what,
                    "often": how_often(item.rhythm, item.times, item.measure),
                    "until": day(item.until) if item.until else "—",
                }
                for at, item in enumerate(one.items, 1)
            ],
            "words": [
                _("{word}（{by}，{day}）", word=word or _("同意"), by=by, day=day(today(at)))
                for word, by, at in one.words
            ]
            or [""],
        }
        for one in found
    ]
    return paper(_template(), {"pages": pages})

"""Papers of the yearly defence: a sheet for each judge with every project, and the results in order of appearance."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_BREAK

from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import CENTRE, TITLE, Column, Paper, blank, built_in, lay_across, line, mark, paper, table
from components.projects.defence import CRITERIA, criteria_words
from components.wording import _, noted, side_by_side
from components.wording.dates import day, number
from db.queries.projects.defence import DefenceFacts, JudgeRow

BLANK = "____________"


@built_in
def _sheets_template() -> Document:
    """A page for each judge."""
    document: Document = blank(size=12, line=22, margin=1.6, top=1.4, pages=False)
    lay_across(document)
    mark(document, "for page in pages")
    line(document, "{{ page.title }}", size=22, font=TITLE, align=CENTRE, spacing=34)
    line(document, "{{ page.facts }}")
    heads = ("position", "title", "community", *CRITERIA, "total")
    widths = (1.4, 7.9, 3.6, 2.5, 2.5, 2.5, 2.5, 3.1)
    table(
        document,
        "page.projects",
        [
            Column(f"{{{{ heads.{name} }}}}", f"{{{{ row.{name} }}}}", width)
            for name, width in zip(heads, widths, strict=True)
        ],
        size=12,
    )
    line(document, "{{ page.foot }}", before=12)
    mark(document, "if not loop.last")
    line(document, "").runs[0].add_break(WD_BREAK.PAGE)
    mark(document, "endif")
    mark(document, "endfor")
    return document


@replaceable("judges")
def judges_sheets(found: DefenceFacts, judges: Sequence[JudgeRow]) -> Paper:
    """评委评分表: every judge writes the points of every project, in order of appearance."""
    heads = {
        "position": _("出场"),
        "title": _("项目"),
        "community": _("单位"),
        **{name: noted(_(label), getattr(found.criteria, name)) for name, label in CRITERIA.items()},
        "total": _("合计（100）"),
    }
    empty = dict.fromkeys((*CRITERIA, "total"), "")
    projects = [
        {"position": entry.position, "title": entry.title, "community": entry.community, **empty}
        for entry in found.entries
    ]
    pages = [
        {
            "title": _("{year} 年书记项目答辩评委评分表", year=found.year),
            "facts": _("{on} · {place} · 每个项目汇报 {n} 分钟", on=day(found.on), place=found.place, n=found.minutes),
            "projects": projects,
            "foot": _("评委：{name}（{office}）    签字：____________    ____年__月__日", name=judge.name,
                      office=judge.office or "—"),
        }
        for judge in judges
    ]  # fmt: skip
    return paper(_sheets_template(), {"pages": pages, "heads": heads})


@replaceable("defence")
def result_sheet(found: DefenceFacts) -> Paper:
    """答辩结果表, in order of appearance: totals and what was dropped, no rank; awards as the subdistrict decided."""
    table_rows = []
    for entry in found.entries:
        outcome = entry.outcome
        dropped = "—" if outcome.dropped_high is None else f"{outcome.dropped_high} / {outcome.dropped_low}"
        total = number(outcome.total) if outcome.total is not None else _("不足 3 位")
        told = [str(entry.position), entry.title, entry.community, entry.leader]
        table_rows.append([*told, str(outcome.judges), dropped, total, entry.award or "—"])
    judges = side_by_side(judge.name for judge in found.judges) or "—"
    text = [_("按出场顺序，不排名。至少 3 位评委；5 位以上去掉一个最高分和一个最低分后平均。表彰由街道决定。")]
    if any(entry.outcome.mixed for entry in found.entries):
        text.append(_("评分标准中途调整过：已交的评分按交表时的标准，不受影响。"))
    return plain_paper(
        _("{year} 年书记项目答辩结果", year=found.year),
        [
            _("{on} · {place} · 每个项目汇报 {n} 分钟", on=day(found.on), place=found.place, n=found.minutes),
            _("评分标准（满分 100）：{criteria}。", criteria=criteria_words(found)),
            _("评委：{names}", names=judges),
        ],
        text,
        [_("记录人签字：____________    街道（盖章）：____________    ____年__月__日")],
        Layout(widths={"results": (1.4, 8.0, 3.4, 2.6, 1.8, 3.2, 2.4, 3.4)}, across=True),
        results=(
            [
                *(_("出场"), _("项目"), _("单位"), _("领办书记"), _("评委数"), _("去掉最高/最低"), _("平均分")),
                _("表彰"),
            ],
            table_rows,
        ),
    )

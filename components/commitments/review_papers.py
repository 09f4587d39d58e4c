"""Papers of the yearly review: ballots to cut, 登记表 of each member, 汇总表 of the branch, 反馈通知."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from math import ceil

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_BREAK
from docx.shared import Cm

from components.commitments.review_words import (
    evidence_lines,
    grade_counts,
    review_title,
    standing_words,
    tally_words,
)
from components.commitments.sheet_papers import pages_paper
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    HEAD,
    RIGHT,
    SIGN,
    Paper,
    built_in,
    cell,
    grid,
    headline,
    line,
    mark,
    paper,
    repeated,
)
from components.papers.word import blank as blank_sheet
from components.wording import _, in_a_row
from components.wording.dates import day, today
from components.wording.terms import term
from db.queries.commitments.review import ReviewCard, ReviewedRow
from db.rules.commitments.review import Evidence
from db.terms import ReviewGrade, ReviewStanding

DOWN, ACROSS = 4, 2
BOX = "□"


def due_rows(card: ReviewCard) -> tuple[ReviewedRow, ...]:
    """Those on whom ballots are cast."""
    return tuple(one for one in card.members if one.standing is ReviewStanding.DUE)


def ballots(card: ReviewCard) -> Callable[[], bytes]:
    """A page of eight ballots on each member due, to be copied as often as voters need; no voter stands on any."""

    def made() -> bytes:
        document: Document = blank_sheet(size=12, line=16, margin=1.2, top=1.2, pages=False)
        copies = ceil(card.may_vote / (DOWN * ACROSS))
        for at, one in enumerate(due_rows(card)):
            if at:
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            told = _("本页 8 张同一人的票，名单共 {n} 人，复印 {k} 份后裁开。", n=card.may_vote, k=copies)
            line(document, told, size=12, spacing=16)
            table = grid(document, DOWN, [9.2] * ACROSS)
            for row in table.rows:
                row.height, row.height_rule = Cm(6.2), WD_ROW_HEIGHT_RULE.AT_LEAST
                for holder in row.cells:
                    cell(holder, _("民主测评票（无记名）"), size=12, font=HEAD, align=CENTRE)
                    line(holder, review_title(card.branch, card.year), size=12, align=CENTRE)
                    line(holder, _("被测评人：{name}", name=one.printed), size=13, before=6)
                    for grade in ReviewGrade:
                        line(holder, f"{BOX} {term(grade)}", size=13, spacing=20)
                    line(holder, _("只在一格里打√，不写自己的姓名。"), size=12)
        kept = BytesIO()
        document.save(kept)
        return kept.getvalue()

    return made


@built_in
def _register_template() -> Document:
    """A framed form for each member, on a new page; a long answer makes its row grow, onto the next one if need be."""
    document: Document = blank_sheet(size=12, line=20, margin=2.2, top=1.8, pages=False)
    mark(document, "for page in pages")
    mark(document, "if loop.first")
    headline(document, _("民主评议党员登记表"))
    mark(document, "else")
    headline(document, _("民主评议党员登记表"))
    document.paragraphs[-1].paragraph_format.page_break_before = True
    mark(document, "endif")
    basic = (
        (_("姓名"), "{{ page.name }}", _("党员编号"), "{{ page.number }}"),
        (_("所在支部"), "{{ page.branch }}", _("入党日期"), "{{ page.joined }}"),
        (_("评议年度"), "{{ page.year }}", _("名单情况"), "{{ page.standing }}"),
    )
    own = _("本人签字：{sign}    ____年__月__日", sign=SIGN)
    branch = _("支部书记签字：{sign}    {day}", sign=SIGN, day="{{ page.on }}")
    above = _("负责人签字：____________    （盖章）    ____年__月__日")
    parts = (
        (_("承诺和践诺"), "{{ page.record }}", "", 2.6),
        (_("个人自评"), "{{ page.self }}", own, 4.6),
        (_("党员互评"), "{{ page.peers }}", "", 3.0),
        (_("民主测评"), "{{ page.tally }}", "", 1.6),
        (_("支部评定意见"), "{{ page.graded }}", branch, 3.6),
        (_("上级党组织意见"), "", above, 3.2),
        (_("备注"), "{{ page.notes }}", "", 1.6),
    )
    made = grid(document, len(basic) + len(parts), (3.4, 4.9, 3.4, 4.9))
    for at, asked in enumerate(basic):
        made.rows[at].height, made.rows[at].height_rule = Cm(0.95), WD_ROW_HEIGHT_RULE.AT_LEAST
        for place, text in enumerate(asked):
            cell(made.cell(at, place), text, font=HEAD if place % 2 == 0 else "", align=CENTRE)
    for at, (label, answer, sign, height) in enumerate(parts, len(basic)):
        made.rows[at].height, made.rows[at].height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        cell(made.cell(at, 0), label, font=HEAD, align=CENTRE)
        wide = made.cell(at, 1).merge(made.cell(at, 3))
        cell(wide, answer)
        if sign:
            line(wide, sign, size=12, align=RIGHT, spacing=18, before=6).paragraph_format.keep_together = True
    repeated(made.rows[0])
    line(document, "", size=1, spacing=1)
    mark(document, "endfor")
    return document


@replaceable("review_register")
def registers(card: ReviewCard, rows: Sequence[ReviewedRow], facts: Mapping[int, Evidence]) -> Paper:
    """民主评议党员登记表, a form for each member, in the order of names; what is not there yet is room to write in."""
    pages = [
        {
            "name": one.printed or "—",
            "number": one.number,
            "branch": card.branch,
            "joined": day(one.joined_on),
            "year": _("{year} 年", year=card.year),
            "standing": standing_words(one) or term(one.standing),
            "record": "\n".join(evidence_lines(one.evidence or facts.get(one.member_id, Evidence()))),
            "self": one.self_words,
            "peers": one.peer_words,
            "tally": tally_words(one.tally) if one.tally else "",
            "graded": _graded(one),
            "notes": "\n".join(_corrected(one)),
            "on": day(today(card.closed_at)) if card.closed_at else _("____年__月__日"),
        }
        for one in rows
    ]
    return paper(_register_template(), {"pages": pages})


def _graded(one: ReviewedRow) -> str:
    if one.grade is None:
        return _("不评定等次") if one.standing is not ReviewStanding.DUE else ""
    return f"{term(one.grade)}{_('（{reason}）', reason=one.grade_reason) if one.grade_reason else ''}"


def _corrected(one: ReviewedRow) -> list[str]:
    return [
        _("更正：{grade}，{reason}（{asked}、{settled}）", grade=term(line.grade), reason=line.reason,
          asked=line.asked_by, settled=line.settled_by)
        for line in one.corrections
        if line.accepted
    ]  # fmt: skip


@replaceable("review_summary")
def summary(card: ReviewCard) -> Paper:
    """民主评议汇总表 of the branch, in the order of names, never of grades."""
    table = [
        [
            str(at),
            one.printed or "—",
            _("已自评") if one.self_words else "—",
            tally_words(one.tally) if one.tally else "—",
            term(one.holds) if one.holds else "—",
            in_a_row([*([words] if (words := standing_words(one)) else []), *_corrected(one)]) or "—",
        ]
        for at, one in enumerate(card.members, 1)
    ]
    text = [_("按姓名排列，不分先后。等次由支部评定，不由数字算出。")]
    if card.many_reason:
        text.append(_("优秀超过三分之一的说明：{word}", word=card.many_reason))
    head = [_("序号"), _("姓名"), _("自评"), _("民主测评"), _("等次"), _("备注")]
    return plain_paper(
        _("民主评议党员汇总表"),
        [f"{review_title(card.branch, card.year)}　{grade_counts(card.grades)}"],
        text,
        [_("提请：{name}　确认：{other}", name=card.proposed_by or SIGN, other=card.closed_by or SIGN)],
        Layout(widths={"members": (1.5, 2.6, 2.0, 8.4, 2.4, 9.6)}, across=True),
        members=(head, table),
    )


@replaceable("review_notice")
def notices(card: ReviewCard, rows: Sequence[ReviewedRow]) -> Paper:
    """反馈通知, a page for each member who was graded: the own result only."""
    pages = [
        {
            "title": _("民主评议结果反馈通知"),
            "opening": _("{name}同志：", name=one.printed),
            "lines": [
                _("在{review}中，您的评定等次为：{grade}。", review=review_title(card.branch, card.year),
                  grade=term(one.holds)),
                *([_("支部意见：{words}", words=words)] if (words := _reason(one)) else []),
                _("如有不同意见，请向党支部提出。"),
                _("本人签字：{sign}    ____年__月__日", sign=SIGN),
            ],
            "foot": card.branch,
            "on": day(today(card.closed_at)) if card.closed_at else "",
        }
        for one in rows
        if one.holds is not None
    ]  # fmt: skip
    return pages_paper(pages, letters=True)


def _reason(one: ReviewedRow) -> str:
    """The reason of the grade that holds."""
    return next((line.reason for line in reversed(one.corrections) if line.accepted), one.grade_reason)

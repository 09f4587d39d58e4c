"""Word documents of a meeting from its record: notice, sign-in sheet, result sheet, minutes, public notice.

The templates are built here once and filled by docxtpl; names of members stand in the minutes, never on the screen.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docxtpl import DocxTemplate

from components.council_rules import rule_sentence
from components.decision_sentence import decision_sentence
from components.meeting_notice_text import meeting_name, notice_text
from components.quorum_light import presence_line
from components.wording import _
from components.wording.dates import day, moment, today
from components.wording.terms import term
from db.rules.council import NoticeFacts
from db.rules.sitting import Item, Sitting
from db.terms import ItemState, MemberPresence, VoteMethod

Paper = Callable[[], bytes]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY, _HEAD = "FangSong", "SimHei"


# --- templates ----------------------------------------------------------------------------------------


def _blank() -> Any:
    """An A4 sheet in the fonts that offices here use; a machine without them takes its own."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _BODY, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
    style.paragraph_format.line_spacing = Pt(26)
    return document


def _headline(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(20), True
    run.font.name = _HEAD
    run._element.rPr.rFonts.set(qn("w:eastAsia"), _HEAD)


def _lines(document: Any, name: str) -> None:
    """A list of paragraphs, one per string."""
    for text in (f"{{%p for line in {name} %}}", "{{ line }}", "{%p endfor %}"):
        document.add_paragraph(text)


def _table(document: Any, name: str, columns: int) -> None:
    """A table with a heading row and one row per record of strings."""
    table = document.add_table(rows=4, cols=columns)
    table.style = "Table Grid"
    for place in range(columns):
        table.cell(0, place).text = f"{{{{ {name}_head[{place}] }}}}"
        table.cell(2, place).text = f"{{{{ row[{place}] }}}}"
    table.cell(1, 0).text = f"{{%tr for row in {name} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    document.add_paragraph("")


@cache
def _template(tables: tuple[tuple[str, int], ...]) -> bytes:
    document = _blank()
    _headline(document, "{{ title }}")
    _lines(document, "facts")
    for name, columns in tables:
        _table(document, name, columns)
    _lines(document, "text")
    _lines(document, "signatures")
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _paper(title: str, facts: Sequence[str], text: Sequence[str], signatures: Sequence[str], **tables: Any) -> Paper:
    """A document whose words are chosen now and whose file is made later, in a thread that knows no reader."""
    return partial(_filled, title, facts, text, signatures, tables)


def _filled(
    title: str, facts: Sequence[str], text: Sequence[str], signatures: Sequence[str], tables: dict[str, Any]
) -> bytes:
    shapes = tuple((name, len(head)) for name, (head, _rows) in tables.items())
    template = DocxTemplate(BytesIO(_template(shapes)))
    values: dict[str, Any] = {"title": title, "facts": facts, "text": text, "signatures": signatures}
    for name, (head, filled) in tables.items():
        values |= {f"{name}_head": head, name: filled}
    # Escaped: what people typed is text in the document, never markup of it.
    template.render(values, autoescape=True)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


# --- documents ----------------------------------------------------------------------------------------


def notice_document(sitting: Sitting) -> Paper:
    """会议通知 with its agenda."""
    return _paper(_("会议通知"), [], notice_text(sitting).splitlines(), [sitting.body_name, ""])


def sign_in_sheet(sitting: Sitting) -> Paper:
    """签到表: seats with room for a signature."""
    head = [_("席位"), _("姓名"), _("身份"), _("到会"), _("签名")]
    seats = [[str(s.seat), s.name, s.capacity, term(s.presence), ""] for s in sitting.seats]
    return _paper(_("签到表"), _facts(sitting), [], [], seats=(head, seats))


def result_sheet(sitting: Sitting) -> Paper:
    """表决结果报告单: every item with its numbers, its sentence, its tellers."""
    head = [_("议题"), _("方式"), _("赞成"), _("反对"), _("弃权"), _("结论")]
    voted = [item for item in sitting.items if item.decision is not None]
    numbers = [
        [
            f"{item.position}. {item.title}",
            _way(sitting, item),
            *_votes(item),
            term(item.outcome),
        ]
        for item in voted
    ]
    text = [line for item in voted for line in _result_lines(sitting, item)]
    signs = [_("计票人签字:____________    监票人签字:____________"), _("主持人签字:____________    日期:____________")]
    return _paper(_("表决结果报告单"), _facts(sitting), text, signs, votes=(head, numbers))


def minutes(sitting: Sitting) -> Paper:
    """会议纪要: attendance by name, points, amendments, votes, and a line for every member's signature."""
    text = [_names(sitting, kind) for kind in (MemberPresence.PRESENT, MemberPresence.LEAVE, MemberPresence.ABSENT,
                                               MemberPresence.LEFT_EARLY)]  # fmt: skip
    for item in sitting.items:
        text += _item_minutes(sitting, item)
    signs = [_("成员签字:")]
    signs += [f"{s.seat:02d} {s.name} ____________" for s in sitting.seats if s.came_at is not None]
    signs += [_("主持人:{name} ____________    记录人:____________", name=sitting.chair_name)]
    head = [_("序号"), _("议题"), _("结论"), _("下一步")]
    agenda = [[str(i.position), i.title, term(i.state), _next(i)] for i in sitting.items]
    return _paper(_("会议纪要"), _facts(sitting), [line for line in text if line], signs, agenda=(head, agenda))


def public_notice(notice: NoticeFacts) -> Paper:
    """公示, ready to be stamped and put up."""
    text = [*notice.body.splitlines(), *notice_foot(notice)]
    signed = [_("{community}居民委员会", community=notice.community), day(notice.posted_on)]
    return _paper(notice.title, [], text, signed)


def notice_foot(notice: NoticeFacts) -> list[str]:
    """Period and where to object, as they stand under the text."""
    period = _(
        "公示期:{start}至{end}({days}个工作日)。",
        start=day(notice.posted_on),
        end=day(notice.ends_on),
        days=notice.working_days,
    )
    lines = [period, _("如有异议,请在公示期内实名提出:{contact}。", contact=notice.objection_contact)]
    if notice.owners_matter:
        lines.insert(0, _("本事项依法由业主共同决定,议事会表决仅供业主大会参考。"))
    return lines


# --- parts --------------------------------------------------------------------------------------------


def _facts(sitting: Sitting) -> list[str]:
    facts = [
        meeting_name(sitting),
        _("时间:{at}    地点:{place}", at=moment(sitting.opened_at or sitting.at), place=sitting.place),
        _("主持人:{name}", name=sitting.chair_name or "____________"),
        presence_line(sitting.presence, sitting.observers),
    ]
    if sitting.rule is not None:
        facts.append(_("议事规则:{rule}", rule=rule_sentence(sitting.rule)))
    if sitting.short_notice_reason:
        facts.append(_("通知时间短于议事规则,原因:{reason}", reason=sitting.short_notice_reason))
    return facts


def _way(sitting: Sitting, item: Item) -> str:
    last = [count for count in sitting.counts if count.item_id == item.id]
    return term(last[-1].method) if last else ""


def _votes(item: Item) -> list[str]:
    decision = item.decision
    if decision is None:
        return ["", "", ""]
    return [str(decision.votes_for), str(decision.votes_against), str(decision.votes_abstain)]


def _result_lines(sitting: Sitting, item: Item) -> list[str]:
    if item.decision is None or sitting.rule is None:
        return []
    lines = [f"{item.position}. {item.title}", decision_sentence(item.decision, sitting.rule)]
    out = [recused for recused in sitting.recusals if recused.item_id == item.id]
    if out:
        names = "、".join(_("{name}({reason})", name=r.name, reason=r.reason) for r in out)
        lines.append(_("回避 {count} 人:{names}", count=len(out), names=names))
    lines += [
        _(
            "第{round}轮 计票人:{teller};监票人:{scrutineer};重新清点 {recounts} 次",
            round=count.round,
            teller=count.teller,
            scrutineer=count.scrutineer,
            recounts=count.recounts,
        )
        for count in sitting.counts
        if count.item_id == item.id and count.method is VoteMethod.HANDS
    ]
    return lines


def _names(sitting: Sitting, kind: MemberPresence) -> str:
    names = [seat.name for seat in sitting.seats if seat.presence is kind]
    if not names:
        return ""
    return _("{presence}({count}):{names}", presence=term(kind), count=len(names), names="、".join(names))


def _item_minutes(sitting: Sitting, item: Item) -> list[str]:
    lines = [
        _("议题{position}:{title}", position=item.position, title=item.title),
        _("动议:{motion}", motion=item.motion),
    ]
    if item.owners_matter:
        lines.append(_("依法由业主共同决定,表决仅供业主大会参考。"))
    for point in sitting.points:
        if point.item_id != item.id:
            continue
        who = point.name or _("与会成员")
        if point.amendment:
            verdict = _("采纳") if point.carried else _("未采纳")
            lines.append(_("{who}提出修正({verdict}):{motion}", who=who, verdict=verdict, motion=point.new_motion))
            lines.append(_("修正前:{motion}", motion=point.motion_before))
        else:
            lines.append(_("{who}:{words}", who=who, words=point.words))
    return lines + _result_lines(sitting, item)[1:]


def _next(item: Item) -> str:
    return {
        ItemState.PASSED: _("公示"),
        ItemState.NOT_PASSED: _("回音提出人"),
        ItemState.POSTPONED: _("下次会议"),
    }.get(item.state, "")


DOCUMENTS: dict[str, Callable[[Sitting], Paper]] = {
    "notice": notice_document,
    "sheet": sign_in_sheet,
    "results": result_sheet,
    "minutes": minutes,
}


def paper_name(what: str) -> str:
    """The name of a document in the reader's language."""
    names = {
        "notice": _("会议通知"),
        "sheet": _("签到表"),
        "results": _("表决结果报告单"),
        "minutes": _("会议纪要"),
    }
    return names[what]


def file_name(sitting: Sitting, what: str) -> str:
    """第3届第1次-表决结果报告单-2026-03-10.docx."""
    place = _("第{term}届第{number}次", term=sitting.term, number=sitting.number)
    return f"{place}-{paper_name(what)}-{today(sitting.at).isoformat()}.docx"

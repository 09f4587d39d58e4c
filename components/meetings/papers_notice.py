"""Papers around a meeting: 会议通知, 签到表. Their templates are built here and filled by `papers.word.paper`."""

from docx.shared import Cm

from components.council.rule_words import rule_sentence
from components.meetings.changes import change_lines, moved_words
from components.meetings.notice_text import leave_words, meeting_name
from components.papers.replaceable import replaceable
from components.papers.word import (
    SIGN,
    Column,
    Paper,
    Sheet,
    addressee,
    blank,
    built_in,
    form,
    heading,
    headline,
    line,
    lines,
    mark,
    official,
    paper,
    signed,
    table,
    when,
)
from components.voting.question_words import option_lines, question_words
from components.voting.quorum import presence_line, with_proxy
from components.wording import _
from components.wording.dates import day, moment, today
from components.wording.terms import term
from db.rules.meetings.sitting import Item, Sitting
from db.terms import MemberPresence, QuestionKind


def meeting_fields(sitting: Sitting) -> dict[str, object]:
    """What every paper of a meeting may say of it; texts and numbers only."""
    there = sitting.presence
    return {
        "meeting": meeting_name(sitting),
        "body": sitting.body_name,
        "session": _("第{term}届第{number}次", term=sitting.term, number=sitting.number),
        "name": sitting.title,
        "at": moment(sitting.opened_at or sitting.at),
        "day": day(today(sitting.at)),
        "place": sitting.place,
        "chair": sitting.chair_name or SIGN,
        "attendance": presence_line(there, sitting.observers),
        "due": there.due,
        "present": there.present,
        "leave": there.leave,
        "absent": there.absent,
        "observers": sitting.observers,
        "rule": rule_sentence(sitting.rule) if sitting.rule is not None else "",
        "short_notice": sitting.short_notice_reason,
        "changes": change_lines(sitting),
    }


def meeting_form(document: Sheet, *more: tuple[str, str]) -> None:
    """Which meeting, when, where and under whom, as every paper of a meeting begins, and what this one adds."""
    facts = [
        (_("会议"), "{{ meeting }}"),
        (_("时间"), "{{ at }}"),
        (_("地点"), "{{ place }}"),
        (_("主持"), "{{ chair }}"),
    ]
    form(document, [*facts, *more], label=2.2)


def advisory_words(item: Item) -> str:
    """What must stand beside an owners' matter wherever it is printed; empty for any other item."""
    return _("依法由业主共同决定，表决仅供业主大会参考。") if item.owners_matter else ""


# --- 会议通知 -----------------------------------------------------------------------------------------


@built_in
def notice_template() -> Sheet:
    """会议通知 as it leaves the office."""
    document = official()
    headline(document, _("会议通知"))
    addressee(document, _("各位成员："))
    line(document, _("兹定于{{ at }}在{{ place }}召开{{ meeting }}，请准时参加。"), indent=True)
    when(document, "moved", "{{ moved }}", indent=True)
    line(document, _("会议议题如下："), indent=True).paragraph_format.keep_with_next = True
    mark(document, "for item in items")
    heading(document, "{{ item.number }}. {{ item.title }}")
    line(document, _("动议：{{ item.motion }}"), indent=True)
    when(document, "item.method", _("表决方法：{{ item.method }}"), indent=True)
    mark(document, "for option in item.options")
    line(document, "{{ option }}", indent=True)
    mark(document, "endfor")
    when(document, "item.advisory", "{{ item.advisory }}", indent=True, font="KaiTi")
    mark(document, "endfor")
    when(document, "rule", _("议事规则：{{ rule }}"), indent=True, before=6)
    line(document, "{{ leave_words }}", indent=True)
    signed(document, _("{{ body }}（盖章）"), "{{ sent }}")
    line(document, _("签发：____________"), size=12, spacing=20, before=10)
    return document


@replaceable("notice")
def notice_document(sitting: Sitting) -> Paper:
    """会议通知 with its agenda."""
    values = meeting_fields(sitting) | {
        "at": moment(sitting.at),
        "moved": moved_words(sitting),
        "leave_words": leave_words(sitting),
        "sent": day(today(sitting.notice_sent_at)) if sitting.notice_sent_at else "",
        "items": [
            {
                "number": item.position,
                "title": item.title,
                "motion": item.motion,
                "method": "" if item.question.kind is QuestionKind.MOTION else question_words(item.question),
                "options": option_lines(item.question),
                "advisory": advisory_words(item),
            }
            for item in sitting.items
        ],
    }
    return paper(notice_template(), values)


# --- 签到表 -------------------------------------------------------------------------------------------


@built_in
def sign_in_template() -> Sheet:
    """签到表 with room for a signature."""
    document = blank(size=12, line=20, margin=2.2, top=2)
    headline(document, _("签到表"))
    meeting_form(document, (_("人数"), "{{ attendance }}"))
    columns = [
        Column(_("席位"), "{{ row.seat }}", 1.4),
        Column(_("姓名"), "{{ row.name }}", 3.4),
        Column(_("身份"), "{{ row.capacity }}", 3.4),
        Column(_("到会"), "{{ row.presence }}", 2),
        Column(_("签到时间"), "{{ row.came }}", 2.2),
        Column(_("签名"), "", 3.4),
    ]
    made = table(document, "seats", columns)
    made.rows[2].height = Cm(0.95)
    lines(document, "changes")
    line(document, _("列席人员签名：________________________    记录人：____________"), before=4)
    return document


@replaceable("sheet")
def sign_in_sheet(sitting: Sitting) -> Paper:
    """签到表: seats with room for a signature."""
    seats = [
        {
            "seat": seat.seat,
            "name": with_proxy(seat),
            "capacity": seat.capacity,
            "presence": "" if seat.presence is MemberPresence.DUE else term(seat.presence),
            "came": moment(seat.came_at)[-5:] if seat.came_at else "",
        }
        for seat in sitting.seats
    ]
    values = meeting_fields(sitting) | {"seats": seats}
    if sitting.before:
        values["attendance"] = _due_line(sitting)
    return paper(sign_in_template(), values)


def _due_line(sitting: Sitting) -> str:
    """Before the meeting: who is due, and who has asked for leave already."""
    due, leave = sitting.presence.due, sitting.presence.leave
    if leave:
        return _("应到 {due} 人，已请假 {leave} 人；实到 ____ 人，列席 ____ 人", due=due, leave=leave)
    return _("应到 {due} 人；实到 ____ 人，请假 ____ 人，列席 ____ 人", due=due)

"""会议纪要: who was there, what was said and amended, how each item was decided, who does what, who signs."""

from components.meetings.papers_notice import meeting_fields
from components.meetings.papers_result import correction_lines, vote_fields, vote_part
from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    HEAD,
    SIGN,
    Column,
    Paper,
    Sheet,
    blank,
    built_in,
    form,
    heading,
    headline,
    line,
    lines,
    mark,
    paper,
    table,
    when,
)
from components.voting.quorum import with_proxy
from components.wording import _
from components.wording.dates import day
from components.wording.terms import term
from db.queries.meetings.papers import NOTHING_MORE, MeetingRecord
from db.rules.meetings.sitting import Item, Point, Sitting
from db.terms import ItemState, MemberPresence

_ASKED = (MemberPresence.PRESENT, MemberPresence.LEAVE, MemberPresence.ABSENT, MemberPresence.LEFT_EARLY)


@replaceable("minutes")
def minutes(sitting: Sitting, record: MeetingRecord = NOTHING_MORE, template: bytes | None = None) -> Paper:
    """会议纪要 with a line for every member's signature. Raises Refused("books_…") as the result sheet does."""
    values = meeting_fields(sitting) | {
        "people": [line for line in (_names(sitting, kind) for kind in _ASKED) if line],
        "agenda": [
            {"number": item.position, "title": item.title, "state": term(item.state), "next": _next(item)}
            for item in sitting.items
        ],
        "items": [
            vote_fields(sitting, item, record) | {"points": _points(sitting, item), "state": term(item.state)}
            for item in sitting.items
        ],
        "tasks": [
            {"item": task.item, "title": task.title, "owner": task.owner, "due": day(task.due_on)}
            for task in record.tasks
        ],
        "corrections": correction_lines(record),
        "signatures": [f"{s.seat:02d} {with_proxy(s)} {SIGN}" for s in sitting.seats if s.came_at is not None],
        "audit_head": _head(record),
    }
    return paper(template, minutes_template(), values)


def _head(record: MeetingRecord) -> str:
    """The head of the log as the auditor's page asks for it; empty until the meeting is closed."""
    if not record.audit_head:
        return ""
    return _("第 {n} 条，校验码 {hash}", n=record.log_entries, hash=record.audit_head)


def _names(sitting: Sitting, kind: MemberPresence) -> str:
    names = [with_proxy(seat) for seat in sitting.seats if seat.presence is kind]
    if not names:
        return ""
    return _("{presence}（{count}）：{names}", presence=term(kind), count=len(names), names="、".join(names))


def _points(sitting: Sitting, item: Item) -> list[str]:
    return [text for point in sitting.points if point.item_id == item.id for text in _point(point)]


def _point(point: Point) -> list[str]:
    who = point.name or _("与会成员")
    if not point.amendment:
        return [_("{who}：{words}", who=who, words=point.words)]
    verdict = _("采纳") if point.carried else _("未采纳")
    moved = _("{who}提出修正（{verdict}）：{motion}", who=who, verdict=verdict, motion=point.new_motion)
    return [moved, _("修正前：{motion}", motion=point.motion_before)]


def _next(item: Item) -> str:
    return {
        ItemState.PASSED: _("公示"),
        ItemState.NOT_PASSED: _("回音提出人"),
        ItemState.POSTPONED: _("下次会议"),
    }.get(item.state, "")


@built_in
def minutes_template() -> Sheet:
    """会议纪要 with its signature page."""
    document = blank(size=14, line=25)
    headline(document, _("会议纪要"))
    facts = [
        (_("会议"), "{{ meeting }}"),
        (_("时间"), "{{ at }}"),
        (_("地点"), "{{ place }}"),
        (_("主持人"), "{{ chair }}"),
        (_("出席情况"), "{{ attendance }}"),
        (_("议事规则"), "{{ rule }}"),
    ]
    form(document, facts, label=2.6, size=11.5)
    when(document, "short_notice", _("通知时间短于议事规则，原因：{{ short_notice }}"))
    lines(document, "people")
    lines(document, "changes")
    heading(document, _("一、议程"))
    agenda = [
        Column(_("序号"), "{{ row.number }}", 1.4),
        Column(_("议题"), "{{ row.title }}", 8.4, centred=False),
        Column(_("结论"), "{{ row.state }}", 3),
        Column(_("下一步"), "{{ row.next }}", 3),
    ]
    table(document, "agenda", agenda)
    heading(document, _("二、讨论与表决"))
    mark(document, "for item in items")
    line(document, _("议题{{ item.number }}：{{ item.title }}"), font=HEAD, before=6)
    line(document, _("动议：{{ item.motion }}"), indent=True)
    when(document, "item.advisory", "{{ item.advisory }}", font="KaiTi", indent=True)
    lines(document, "item.points", indent=True)
    when(document, "item.recused", "{{ item.recused }}", indent=True)
    vote_part(document)
    mark(document, "endfor")
    heading(document, _("三、决议事项"))
    mark(document, "if tasks")
    tasks = [
        Column(_("议题"), "{{ row.item }}", 4.4, centred=False),
        Column(_("事项"), "{{ row.title }}", 5, centred=False),
        Column(_("责任人"), "{{ row.owner }}", 2.8),
        Column(_("时限"), "{{ row.due }}", 3.6),
    ]
    table(document, "tasks", tasks)
    mark(document, "else")
    line(document, _("本次会议没有交办事项。"), indent=True)
    mark(document, "endif")
    mark(document, "if corrections")
    heading(document, _("更正"))
    lines(document, "corrections", indent=True)
    mark(document, "endif")
    line(document, _("签字页"), font=HEAD, size=18, align=CENTRE, spacing=30).paragraph_format.page_break_before = True
    line(document, "{{ meeting }}", align=CENTRE, size=12)
    line(document, _("成员签字："), before=10)
    lines(document, "signatures", spacing=32)
    line(document, _("主持人：{{ chair }} ____________    记录人：____________"), before=14)
    when(document, "audit_head", _("闭会时审计日志末条：{{ audit_head }}"), size=8, spacing=12, before=10)
    return document

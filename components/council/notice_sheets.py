"""Sheets that go with a 公示: the wall sheet on A3 in large type, and what came of it when the period is over."""

import re

from docx.shared import Cm, Pt

from components.council.notice_paper import notice_fields
from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    HEAD,
    RIGHT,
    TITLE,
    Paper,
    Sheet,
    blank,
    built_in,
    form,
    headline,
    line,
    lines,
    mark,
    official,
    paper,
    signed,
    when,
)
from components.wording import _
from components.wording.dates import day, today
from components.wording.terms import term
from db.queries.council.notices import NoticeFacts
from db.rules.masking import public_numbers, redact
from db.terms import NoticeState, ObjectionState

_APART = re.compile(r"[，,；;、]\s*|(?<!\d)\s+|\s+(?!\d)")
"""What stands between an office, its telephones and its address; not the gaps within a number."""
LARGE = 28
"""Points of the text on the wall: read at two metres."""


@built_in
def wall_template() -> Sheet:
    """公示 on A3: the text that holds, the period, and where to object as the largest line."""
    document = blank(size=LARGE, line=44, margin=2.8, top=2.5)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(29.7), Cm(42)
    line(document, "{{ title }}", size=42, font=TITLE, align=CENTRE, spacing=60).paragraph_format.space_after = Pt(18)
    lines(document, "body")
    mark(document, "if changed")
    line(document, _("（公示期间听取异议后修改，原来的内容和答复见社区公告栏文稿。）"), font="KaiTi")
    mark(document, "endif")
    when(document, "advisory", "{{ advisory }}", font=HEAD)
    line(document, _("公示期：{{ start }}至{{ end }}（{{ days }}个工作日）"), font=HEAD, before=20)
    line(document, _("有异议请在公示期内提出："), font=HEAD, before=10).paragraph_format.keep_with_next = True
    mark(document, "for line in contacts")
    line(document, "{{ line }}", size=44, font=HEAD, bold=True, spacing=62).paragraph_format.keep_with_next = True
    mark(document, "endfor")
    line(document, _("{{ signed }}（盖章）"), align=RIGHT, before=28).paragraph_format.keep_with_next = True
    line(document, "{{ posted }}", align=RIGHT)
    return document


@replaceable("public_wall")
def wall_sheet(notice: NoticeFacts) -> Paper:
    """公示 for the wall, A3, 28 points, the telephone largest."""
    fields = notice_fields(notice)
    contacts = [part for part in _APART.split(notice.objection_contact) if part]
    values = fields | {"contacts": contacts, "changed": bool(fields["history"])}
    return paper(wall_template(), values)


@built_in
def outcome_template() -> Sheet:
    """公示结果: period, objections with their answers, what follows."""
    document = official()
    headline(document, "{{ headline }}")
    facts = [
        (_("公示事项"), "{{ title }}"),
        (_("公示期"), _("{{ start }}至{{ end }}（{{ days }}个工作日）")),
        (_("张贴地点"), "{{ where }}"),
        (_("收到异议"), "{{ objected }}"),
    ]
    form(document, facts, label=3, size=12)
    mark(document, "for row in rows")
    asked = line(document, _("异议{{ row.number }}（{{ row.at }}受理）：{{ row.matter }}"), indent=True, before=6)
    asked.paragraph_format.keep_with_next = True
    line(document, _("答复（{{ row.state }}）：{{ row.answer }}"), indent=True)
    mark(document, "endfor")
    lines(document, "plan", indent=True)
    line(document, "{{ outcome }}", font=HEAD, indent=True, before=6)
    line(document, _("对处理结果有意见的，可以向{{ contact }}反映。"), indent=True)
    signed(document, _("{{ signed }}（盖章）"), _("____年__月__日"))
    line(document, _("签发：____________    经办：____________"), size=12, spacing=20, before=16)
    return document


@replaceable("public_result")
def outcome_sheet(notice: NoticeFacts) -> Paper:
    """公示结果 as it goes on the wall beside the notice: every objection with its answer, nobody's name."""
    allowed = public_numbers(notice.objection_contact)
    objections = [
        {
            "number": place,
            "matter": redact(one.matter, allowed=allowed),
            "at": day(today(one.received_at)),
            "state": term(one.state),
            "answer": redact(one.answer, allowed=allowed) or "—",
        }
        for place, one in enumerate(notice.objections, 1)
    ]
    newest = notice.plans[-1]
    plan = _("修改后的方案：{plan}", plan=redact(newest.words, allowed=allowed)) if newest.since else ""
    values = notice_fields(notice) | {
        "headline": _("公示结果"),
        "where": notice.where_posted,
        "objected": _("{n} 件", n=len(objections)) if objections else _("没有"),
        "rows": objections,
        "plan": [plan] if plan else [],
        "outcome": _outcome(notice),
        "contact": notice.objection_contact,
    }
    return paper(outcome_template(), values)


def _outcome(notice: NoticeFacts) -> str:
    if notice.state is NoticeState.RUNNING:
        return _("公示还在进行，以上是到今天为止的情况，结果以期满为准。")
    if any(one.state is ObjectionState.REVOTE for one in notice.objections):
        return _("根据异议，公示撤回，提交下次会议重新表决。")
    if notice.state is NoticeState.WITHDRAWN:
        return _("公示已撤回：{reason}", reason=notice.withdrawn_reason)
    if not notice.objections:
        return _("公示期满，没有收到异议，按公示的方案实施。")
    if notice.plans[-1].since:
        return _("公示期满，异议已全部答复，按修改后的方案实施。")
    return _("公示期满，异议已全部答复，按公示的方案实施。")

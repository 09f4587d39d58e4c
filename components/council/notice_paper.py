"""公示 as a Word document, and what stands under its text."""

from components.papers.replaceable import replaceable
from components.papers.word import (
    RIGHT,
    Paper,
    Sheet,
    blank,
    built_in,
    headline,
    line,
    lines,
    paper,
)
from components.wording import _
from components.wording.dates import day
from db.queries.council.notices import NoticeFacts, OldVersion


@built_in
def public_template() -> Sheet:
    """公示, ready to be stamped and put up."""
    document = blank(size=16, line=28)
    headline(document, "{{ title }}")
    lines(document, "body", indent=True)
    lines(document, "foot", indent=True)
    line(document, "{{ signed }}", align=RIGHT, before=28)
    line(document, "{{ posted }}", align=RIGHT)
    return document


@replaceable("public")
def public_notice(notice: NoticeFacts, template: bytes | None = None) -> Paper:
    """公示, ready to be stamped and put up."""
    values = {
        "title": notice.title,
        "body": notice.body.splitlines(),
        "foot": notice_foot(notice),
        "start": day(notice.posted_on),
        "end": day(notice.ends_on),
        "days": notice.working_days,
        "contact": notice.objection_contact,
        "community": notice.community,
        "advisory": notice_advisory(notice),
        "signed": _("{community}居民委员会", community=notice.community),
        "posted": day(notice.posted_on),
    }
    return paper(template, public_template(), values)


def notice_advisory(notice: NoticeFacts) -> str:
    """What must stand on the notice of an owners' matter; empty for any other."""
    return _("本事项依法由业主共同决定，议事会表决仅供业主大会参考。") if notice.owners_matter else ""


def changed_words(old: OldVersion) -> str:
    """What the next version changed: 标题、正文."""
    names = {
        "title": _("标题"),
        "body": _("正文"),
        "where_posted": _("张贴地点"),
        "objection_contact": _("异议受理方式"),
    }
    return "、".join(names[name] for name in old.changed)


def notice_foot(notice: NoticeFacts) -> list[str]:
    """Period and where to object, as they stand under the text."""
    period = _(
        "公示期：{start}至{end}（{days}个工作日）。",
        start=day(notice.posted_on),
        end=day(notice.ends_on),
        days=notice.working_days,
    )
    lines = [period, _("如有异议，请在公示期内实名提出：{contact}。", contact=notice.objection_contact)]
    if notice.owners_matter:
        lines.insert(0, notice_advisory(notice))
    if notice.versions:
        last = notice.versions[-1]
        corrected = _(
            "更正（第{n}版，{day}）：更正了{what}。原因：{reason}。公示期重新计算。",
            n=last.number + 1,
            day=day(notice.posted_on),
            what=changed_words(last),
            reason=last.reason,
        )
        lines.insert(0, corrected)
    newest = notice.plans[-1]
    if newest.since is not None:
        changed = _(
            "公示期间根据异议修改方案（第{n}版，{day}）：{words}",
            n=newest.number,
            day=day(newest.since.date()),
            words=newest.words,
        )
        lines.insert(0, changed)
    return lines

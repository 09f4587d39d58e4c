"""公示 as a Word document: the text that holds now, how it came about, what was objected, and the period."""

from components.papers.replaceable import replaceable
from components.papers.word import (
    Paper,
    Sheet,
    built_in,
    heading,
    headline,
    line,
    lines,
    mark,
    official,
    paper,
    signed,
)
from components.wording import _, side_by_side
from components.wording.dates import day
from components.wording.terms import term
from db.queries.council.notices import NoticeFacts, ObjectionFacts, OldVersion
from db.rules.masking import public_numbers, redact
from db.terms import ObjectionState


@built_in
def public_template() -> Sheet:
    """公示, ready to be stamped and put up."""
    document = official(plain=16)
    headline(document, "{{ title }}")
    lines(document, "body", indent=True)
    mark(document, "if history")
    heading(document, _("说明"))
    lines(document, "history", indent=True)
    mark(document, "endif")
    mark(document, "if objections")
    heading(document, _("异议和答复"))
    lines(document, "objections", indent=True)
    mark(document, "endif")
    lines(document, "foot", indent=True)
    signed(document, _("{{ signed }}（盖章）"), "{{ posted }}")
    line(document, _("签发：____________    经办：____________"), size=12, spacing=20, before=16)
    return document


@replaceable("public")
def public_notice(notice: NoticeFacts) -> Paper:
    """公示, ready to be stamped and put up."""
    return paper(public_template(), notice_fields(notice))


def notice_fields(notice: NoticeFacts) -> dict[str, object]:
    """What every paper of a public notice may say of it."""
    return {
        "title": notice.title,
        "body": body_lines(notice),
        "history": history_lines(notice),
        "objections": objection_lines(notice),
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


def notice_advisory(notice: NoticeFacts) -> str:
    """What must stand on the notice of an owners' matter; empty for any other."""
    return _("本事项依法由业主共同决定，议事会表决仅供业主大会参考。") if notice.owners_matter else ""


# --- after an objection that changed the plan ---------------------------------------------------------


def changed_body(plan: str) -> str:
    """The text of a notice whose plan an objection changed: what holds from now on."""
    return _("听取公示期间的异议后，方案修改如下：\n{plan}\n现将修改后的方案予以公示，接受居民监督。", plan=plan)


def body_lines(notice: NoticeFacts) -> list[str]:
    """The text that holds: as it was posted, or the plan as objections changed it."""
    newest = notice.plans[-1]
    since = newest.since
    if since is None or any("body" in old.changed and old.replaced_at >= since for old in notice.versions):
        return notice.body.splitlines()
    return _public(notice, changed_body(newest.words)).splitlines()


def history_lines(notice: NoticeFacts) -> list[str]:
    """What was voted on and posted before objections changed the plan; empty while nobody changed it."""
    if notice.plans[-1].since is None:
        return []
    texts = [*(old.body for old in notice.versions), notice.body]
    posted = next((text for text in texts if notice.motion and notice.motion in text), "")
    if not posted:
        return [_("议事会原来表决的方案：{motion}", motion=_public(notice, notice.motion))]
    return [
        _("修改前公示的内容：{text}", text=first) if not n else first for n, first in enumerate(posted.splitlines())
    ]


def objection_lines(notice: NoticeFacts) -> list[str]:
    """What was objected and answered, one line each, without a name; what waits says so."""
    return [_objection(notice, place, one) for place, one in enumerate(notice.objections, 1)]


def _objection(notice: NoticeFacts, place: int, one: ObjectionFacts) -> str:
    asked = _public(notice, " ".join(one.matter.split()).rstrip("。"))
    if one.state is ObjectionState.OPEN:
        return _("{n}. 异议：{asked}。正在处理，处理后答复。", n=place, asked=asked)
    answer = _public(notice, " ".join(one.answer.split()).rstrip("。"))
    return _(
        "{n}. 异议：{asked}。答复（{state}）：{answer}。", n=place, asked=asked, state=term(one.state), answer=answer
    )


def _public(notice: NoticeFacts, text: str) -> str:
    """What a resident said or was told, without telephones, rooms and numbers: it goes up on a wall."""
    return redact(text, allowed=public_numbers(notice.objection_contact))


def changed_words(old: OldVersion) -> str:
    """What the next version changed: 标题、正文."""
    names = {
        "title": _("标题"),
        "body": _("正文"),
        "where_posted": _("张贴地点"),
        "objection_contact": _("异议受理方式"),
    }
    return side_by_side(names[name] for name in old.changed)


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
            "{day}更正了{what}，原因：{reason}。公示期从这一天重新计算。",
            day=day(notice.posted_on),
            what=changed_words(last),
            reason=last.reason.rstrip("。"),
        )
        lines.insert(0, corrected)
    return lines


def notice_words(notice: NoticeFacts) -> str:
    """The whole notice as it hangs, for the screen."""
    return "\n".join([*body_lines(notice), *history_lines(notice), *objection_lines(notice), *notice_foot(notice)])

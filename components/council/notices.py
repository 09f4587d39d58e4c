"""公示与异议 on the screen: the text proposed from the record, the check for personal data, the objections."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Look, Request
from components.asking import Folded, asking, in_clear, says
from components.council.notice_paper import changed_body, changed_words, notice_words, public_notice
from components.council.notice_sheets import outcome_sheet, wall_sheet
from components.council.rule_words import majority_rule
from components.detail import doers, head, next_step
from components.forms import form
from components.lists import Column, rows
from components.moved_periods import moved_note
from components.papers.word import WORD
from components.voting.outcome import outcome_sentence
from components.wording import _, listed, side_by_side
from components.wording.dates import dated, near
from components.wording.terms import badge, term
from db.actions.council.notices import (
    correct_notice,
    finish_notice,
    handle_objection,
    post_notice,
    receive_objection,
    see_objector,
    withdraw_notice,
)
from db.queries.council.notices import NoticeFacts, NoticeInList, ObjectionFacts, Objector, ToPost
from db.rules.council.council import NoticeStep
from db.rules.council.notice_input import NoticeInput, PostedAnew
from db.rules.masking import Finding
from db.rules.permissions import Actor, Permission
from db.rules.voting.decision import HouseRule
from db.terms import ItemState, NoticeState, ObjectionState

PERIODS = (3, 5, 7, 10, 15)


def notices_table(notices: Sequence[NoticeInList]) -> None:
    """The notices, newest first."""
    rows(
        [
            {
                "id": notice.id,
                "title": notice.title,
                "state": notice.state,
                "posted": near(notice.posted_on),
                "ends": near(notice.ends_on),
                "objections": notice.objections,
                "open": notice.open_objections,
            }
            for notice in notices
        ],
        [
            Column("title", _("公示")),
            Column("state", _("状态"), "nowrap"),
            Column("posted", _("张贴日"), "nowrap"),
            Column("ends", _("截止日"), "nowrap"),
            Column("objections", _("异议数"), "number"),
            Column("open", _("待处理"), "number"),
        ],
        key="notices",
        empty=_("还没有公示。议事会通过的议题会在上面等待公示。"),
        caption=_("公示"),
        page="notices",
    )


def proposed_body(item: ToPost, rule: HouseRule | None) -> str:
    """The text from the record: meeting, motion, result, rule."""
    lines = [_("{meeting}对“{title}”进行了表决。", meeting=item.meeting, title=item.title)]
    lines.append(_("表决事项：{motion}", motion=item.motion))
    result = outcome_sentence(item.result, item.question, rule)
    if result and rule is not None:
        lines.append(_("表决结果：{words}", words=result))
        lines.append(_("表决规则：{rule}。", rule=majority_rule(rule)))
    lines.append(_("现将表决结果予以公示，接受居民监督。"))
    return "\n".join(lines)


def post_form(item: ToPost, rule: HouseRule | None, contact: str, found: Sequence[Finding]) -> Request | None:
    """Post one item; personal data that the last text held is named before it can leave the house."""
    if item.owners_matter:
        st.warning(_("业主共同决定的事项：公示里会写明仅供业主大会参考。"), icon=":material/info:")
    with form(f"post_notice.{item.item_id}") as filling:
        title = filling.line("title", _("标题"), most=100, start=_("关于“{title}”的公示", title=item.title))
        body = filling.words("body", _("正文"), start=proposed_body(item, rule), height=240)
        asked = rule.notice_days if rule and rule.notice_days in PERIODS else 5
        days = filling.choice("working_days", _("公示几个工作日"), PERIODS, start=asked, few=True)
        where = filling.line("where_posted", _("张贴在哪里"), most=200, start=_("小区公告栏"))
        contact = filling.line(
            "objection_contact", _("异议受理（地址、电话、人）"), most=200, start=contact,
            help=_("这里的办公电话可以公开。")
        )  # fmt: skip
        if found:
            st.warning(_("正文里好像有个人信息：{found}", found=side_by_side(f.masked for f in found[:5])),
                       icon=":material/privacy_tip:")  # fmt: skip
        checked = filling.yes("personal_checked", _("已核对，没有个人信息或可以公开"))
        says(_("公示期从今天算起，大家都能看到；之后只能更正或撤回，改过的地方会写明。"))
        pressed = filling.submit(_("开始公示"), icon=":material/campaign:")
    if not pressed:
        return None
    values = {
        "title": title,
        "body": body,
        "working_days": days,
        "where_posted": where,
        "objection_contact": contact,
        "personal_checked": checked,
    }
    return Request(
        filling,
        post_notice,
        lambda posted: _("已开始公示，截止 {day}", day=_ends(posted)),
        {"item_id": item.item_id, **values},
    )


def notice_head(notice: NoticeFacts, step: NoticeStep, user: Actor) -> None:
    """What it is, what it waits for, and who does it where the user may not."""
    head(notice.title, marks=[badge(notice.state)], about=_("张贴：{where}", where=notice.where_posted))
    left, ends = notice.days_left, near(notice.ends_on)
    words = {
        NoticeStep.ANSWER_OBJECTIONS: _("有 {n} 条异议待处理，处理完才能结束公示。", n=notice.open_objections),
        NoticeStep.WAIT: _("公示中，还有 {n} 个工作日；{day}期满后可以结束。", n=left, day=ends),
        NoticeStep.FINISH: _("公示期满，没有待处理的异议，可以结束公示，转入立项。"),
        NoticeStep.NOTHING: _("公示已撤回：{reason}", reason=notice.withdrawn_reason)
        if notice.withdrawn_reason
        else _("公示已结束。"),
    }
    takes = {
        NoticeStep.ANSWER_OBJECTIONS: Permission.HANDLE_OBJECTION,
        NoticeStep.FINISH: Permission.POST_NOTICE,
    }.get(step)
    next_step(words[step], who="" if takes is None or user.may(takes) else doers(takes), icon="campaign")


def notice_text(notice: NoticeFacts) -> None:
    """The notice as it hangs on the wall, and what happened to its last day."""
    st.text(notice_words(notice))
    moved_note(notice.moved)
    if notice.state is NoticeState.RUNNING and any(one.after for one in notice.moved):
        st.warning(_("截止日和张贴时写的不同了：请在张贴的地方更正。"), icon=":material/edit_calendar:")
    if notice.approximate:
        st.caption(_("那一年的放假安排尚未公布，截止日按法定节假日估算；公布后请核对。"))


def notice_paper(notice: NoticeFacts) -> None:
    """The notice as Word: it is public, so it may leave as it is."""
    st.download_button(
        _("公示文稿（Word）"),
        public_notice(notice),
        file_name=_("公示-{day}", day=notice.posted_on.isoformat()) + ".docx",
        mime=WORD,
        key="notice_paper",
        icon=":material/description:",
        on_click="ignore",
    )


def sheets(notice: NoticeFacts) -> None:
    """The wall sheet on A3, and what came of the notice once its period is over or somebody objected."""
    made = [("wall", _("墙报 A3（大字，Word）"), wall_sheet(notice))]
    if notice.objections or notice.state is not NoticeState.RUNNING:
        made.append(("outcome", _("公示结果（Word）"), outcome_sheet(notice)))
    with st.container(horizontal=True):
        for what, label, paper in made:
            name = {"wall": _("公示墙报"), "outcome": _("公示结果")}[what]
            st.download_button(
                label,
                paper,
                file_name=f"{name}-{notice.posted_on.isoformat()}.docx",
                mime=WORD,
                key=f"notice_{what}",
                icon=":material/description:",
                on_click="ignore",
            )


def objections_table(objections: Sequence[ObjectionFacts]) -> None:
    """What was objected, the people masked."""
    rows(
        [
            {
                "who": _("{name} {contact}", name=o.objector, contact=o.contact),
                "matter": o.matter,
                "at": near(o.received_at),
                "state": o.state,
                "answer": o.answer,
                "plan": o.plan_after,
            }
            for o in objections
        ],
        [
            Column("who", _("异议人")),
            Column("matter", _("异议事项")),
            Column("at", _("受理时间"), "nowrap"),
            Column("state", _("处理"), "nowrap"),
            Column("answer", _("答复")),
            *([Column("plan", _("方案改为"))] if any(o.plan_after for o in objections) else []),
        ],
        key="objections",
        empty=_("没有收到异议。"),
        caption=_("异议"),
    )


def plans_table(notice: NoticeFacts) -> None:
    """The plan as it was voted on beside what objections made of it; nothing while nobody changed it."""
    if len(notice.plans) == 1:
        return
    st.header(_("方案版本"), anchor=False)
    rows(
        [
            {
                "n": _("第 {n} 版", n=plan.number),
                "words": plan.words,
                "since": near(plan.since) if plan.since else _("会议表决通过"),
            }
            for plan in reversed(notice.plans)
        ],
        [Column("n", _("版本"), "nowrap"), Column("words", _("方案"), "wide"), Column("since", _("何时起"), "nowrap")],
        key="plans",
        empty="",
        caption=_("方案版本"),
    )


def versions_table(notice: NoticeFacts) -> None:
    """The wordings that hung before, and what the next one changed; nothing while there was no correction."""
    if not notice.versions:
        return
    st.header(_("更正前的公示"), anchor=False)
    rows(
        [
            {
                "n": _("第 {n} 版", n=old.number),
                "hung": _("{start}至{end}", start=dated(old.posted_on), end=dated(old.replaced_at.date())),
                "changed": changed_words(old),
                "why": old.reason,
                "by": old.replaced_by,
                "words": "\n".join(getattr(old, name) for name in old.changed),
            }
            for old in reversed(notice.versions)
        ],
        [
            Column("n", _("版本"), "nowrap"),
            Column("hung", _("张贴时间"), "nowrap"),
            Column("changed", _("更正了什么")),
            Column("why", _("原因")),
            Column("words", _("更正前的文字"), "wide"),
            Column("by", _("更正人"), "nowrap"),
        ],
        key="versions",
        empty="",
        caption=_("更正前的公示"),
    )


def correct_form(notice: NoticeFacts) -> Request | None:
    """更正公示: other words in the place of those that hang; the period begins anew."""
    with form(f"correct_notice.{notice.id}.{notice.version}") as filling:
        st.text(_("更正后公示期从当天重新计算；原来的文字留作旧版本，新公示写明更正了什么。"))
        title = filling.line("title", _("标题"), most=100, start=notice.title)
        body = filling.words("body", _("正文"), start=notice.body, height=240)
        where = filling.line("where_posted", _("张贴在哪里"), most=200, start=notice.where_posted)
        contact = filling.line(
            "objection_contact", _("异议受理（地址、电话、人）"), most=200, start=notice.objection_contact
        )
        reason = filling.line("reason", _("更正的原因"), most=200)
        checked = filling.yes("personal_checked", _("已核对，没有个人信息或可以公开"))
        pressed = filling.submit(_("挂出更正后的公示"), icon=":material/edit_document:")
    if not pressed:
        return None
    given = NoticeInput(title, body, where, contact, checked)
    values = {"notice_id": notice.id, "version": notice.version, "given": given, "reason": reason}
    return Request(filling, correct_notice, lambda done: _("已更正，公示到 {day}", day=_ends(done)), values)


def _ends(stored: Mapping[str, str]) -> str:
    """The last day of the notice that an action has just put up."""
    return near(date.fromisoformat(stored["ends_on"]))


def withdraw_form(notice: NoticeFacts) -> Request | None:
    """撤回公示: the item can be posted again."""
    with form(f"withdraw_notice.{notice.id}") as filling:
        reason = filling.line("reason", _("撤回的原因"), most=200)
        says(_("这次公示作废，走过的天数不算；议题回到待公示，再贴要从头算起。"))
        pressed = filling.submit(_("撤回公示"), icon=":material/undo:")
    if not pressed:
        return None
    values = {"notice_id": notice.id, "version": notice.version, "reason": reason}
    return Request(filling, withdraw_notice, _("公示已撤回，议题回到待公示"), values)


def look_form(objections: Sequence[ObjectionFacts]) -> tuple[int, Look]:
    """查看异议人: which one, and why; the reason stays in the audit log. The request leaves the trace of a look."""
    within = Folded(_("查看异议人原值"), icon=":material/visibility:")
    with within, form("see_objector", border=False) as filling:
        names = {o.id: f"{o.objector} {o.matter[:24]}" for o in objections}
        which = filling.choice("objection_id", _("哪一条异议"), list(names), start=next(iter(names)),
                               show=names.__getitem__)  # fmt: skip
        reason = filling.line("reason", _("为什么要看？"), most=200, help=_("会留下记录，只显示这一次。"))
        pressed = filling.submit(_("查看"))
    values = {"objection_id": which or 0, "reason": reason}
    return which or 0, Look(within, Request(filling, see_objector, values=values) if pressed else None)


def show_objector(clear: Objector) -> None:
    """Who objected in clear, once."""
    in_clear(clear.name, clear.contact)


def receive_form(notice: NoticeFacts) -> Request | None:
    """An objection in a resident's own name."""
    with form(f"receive_objection.{notice.id}") as filling:
        who = filling.line("objector", _("异议人姓名（实名）"))
        contact = filling.line("contact", _("联系方式"), most=100)
        matter = filling.words("matter", _("异议事项和理由"))
        pressed = filling.submit(_("受理异议"), icon=":material/inbox:")
    if not pressed:
        return None
    values = {"objector": who, "contact": contact, "matter": matter}
    return Request(
        filling, receive_objection, _("异议已受理，姓名和联系方式加密保存"), {"notice_id": notice.id, **values}
    )


def handle_form(waiting: Sequence[ObjectionFacts], plan_now: str) -> Request | None:
    """Answer one objection; a changed plan is written down as it reads from now on."""
    objection: ObjectionFacts | None = st.selectbox(
        _("待处理的异议"),
        list(waiting),
        key="handle_which",
        format_func=listed(waiting, lambda o: f"{o.objector} {o.matter[:24]}"),
    )
    if objection is None:
        return None
    with form(f"handle_objection.{objection.id}") as filling:
        ways = [ObjectionState.UPHELD, ObjectionState.CHANGED, ObjectionState.REVOTE]
        result = filling.choice("result", _("处理结果"), ways, few=True, show=term,
                                help=_("重新表决：公示撤回，需求退回待上会。"))  # fmt: skip
        plan = filling.words("plan", _("修改后的方案（选“修改方案”时在原方案上改）"), start=plan_now)
        answer = filling.words("answer", _("给异议人的答复"))
        anew = filling.yes("anew", _("修改后重新公示：公示期从今天重新计算，原来的文字作为说明"))
        checked = filling.yes("personal_checked", _("已核对，没有个人信息或可以公开"))
        pressed = filling.submit(_("答复"), icon=":material/reply:")
    if not pressed:
        return None
    values = {"objection_id": objection.id, "version": objection.version, "result": result, "answer": answer}
    if result is ObjectionState.CHANGED:
        values["plan"] = plan
        if anew:
            again = PostedAnew(changed_body(plan.strip()), _("根据异议修改方案"), checked)
            return Request(filling, handle_objection, _("异议已答复，已按新方案重新公示"), values | {"anew": again})
    return Request(filling, handle_objection, _("异议已答复"), values)


def to_project(notice: NoticeFacts, *, sets_up: bool) -> None:
    """From a finished notice on: its need becomes a project, with what was passed filled in already."""
    if sets_up and notice.need_id and notice.state is NoticeState.FINISHED and notice.item_state is ItemState.PASSED:
        way = {"need": str(notice.need_id)}
        st.page_link("projects/set_up.py", label=_("去立项"), icon=":material/add_task:", query_params=way)


def finish_form(notice: NoticeFacts) -> Request | None:
    """End the notice."""
    does = _("公示到此为止，不再受理异议；需求转入待立项，可以接着立项。不能再回到公示。")
    with (
        asking(_("结束公示，转入立项"), does, icon=":material/task_alt:", primary=True),
        form(f"finish_notice.{notice.id}", border=False) as filling,
    ):
        pressed = filling.submit(_("确认结束公示"), icon=":material/task_alt:")
    if not pressed:
        return None
    return Request(
        filling, finish_notice, _("公示已结束，需求转入待立项"), {"notice_id": notice.id, "version": notice.version}
    )

"""决议事项: what passed, what is to be done, by whom and until when; and the corrections of a record."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.asking import ask, says
from components.forms import form
from components.lists import Column, Marked, rows
from components.wording import _, labelled, listed, safe
from components.wording.dates import near
from components.wording.terms import term
from db.actions.council.corrections import ask_correction, settle_correction
from db.actions.council.tasks import answer_without_project, assign_task, cancel_task, finish_task
from db.queries.council.topics import Correctable, CorrectionRow, Resolved, TaskRow
from db.terms import CorrectionState, TaskState

USUAL = timedelta(days=30)
"""The date that is proposed for a task."""


def tasks_table(found: Sequence[TaskRow], today: date) -> None:
    """Tasks with their owner and date; a late one says so in words."""
    rows(
        [
            {
                "title": one.title,
                "state": one.state,
                "owner": one.owner,
                "due": _due(one, today),
                "item": labelled(one.meeting, one.item),
                "result": one.result,
            }
            for one in found
        ],
        [
            Column("title", _("事项")),
            Column("state", _("状态"), "nowrap"),
            Column("owner", _("责任人"), "nowrap"),
            Column("due", _("完成时限"), "nowrap"),
            Column("item", _("决议")),
            Column("result", _("办理结果")),
        ],
        key="tasks",
        empty=_("还没有决议事项。议题通过后，在下面给它定责任人和时限。"),
        caption=_("决议事项"),
    )


def _due(one: TaskRow, today: date) -> object:
    if one.state is TaskState.OPEN and one.due_on < today:
        late = _("{due}（逾期 {days} 天）", due=near(one.due_on), days=(today - one.due_on).days)
        return Marked(late, "red")
    return near(one.due_on)


def assign_form(items: Sequence[Resolved], today: date, wanted: int | None) -> Request | None:
    """Give a passed item an owner and a date."""
    if not items:
        return None
    start = next((item for item in items if item.item_id == wanted), items[0])
    with form("assign_task") as filling:
        item = filling.choice("item_id", _("决议"), items, start=start, show=lambda i: i.title)
        title = filling.line("title", _("要做的事"), most=100)
        with st.container(horizontal=True):
            owner = filling.line("owner", _("责任人"))
            due_on = filling.day("due_on", _("完成时限"), start=today + USUAL)
        pressed = filling.submit(_("定下责任人和时限"), icon=":material/assignment_ind:")
    if not pressed:
        return None
    values = {"item_id": item.item_id if item else None, "title": title, "owner": owner, "due_on": due_on}
    return Request(filling, assign_task, _("决议事项已登记"), values)


def finish_form(open_tasks: Sequence[TaskRow], *, cancels: bool) -> Request | None:
    """办结 or cancel one of the open tasks, with words."""
    if not open_tasks:
        return None
    ways = {"finish_task": _("办结"), "cancel_task": _("取消")} if cancels else {"finish_task": _("办结")}
    with form("finish_task") as filling:
        task = filling.choice("task_id", _("事项"), open_tasks, start=open_tasks[0], show=lambda t: t.title)
        act = filling.choice("way", _("怎样结束"), list(ways), start="finish_task", show=ways.__getitem__, few=True)
        result = filling.words("result", _("办理结果或取消的原因"), height=80)
        says(_("登记后事项了结，不再提醒，结果写进决议办理情况，不能再改。"))
        pressed = filling.submit(_("登记结果"), icon=":material/task_alt:")
    if not pressed or task is None:
        return None
    values = {"task_id": task.id, "version": task.version, "result": result}
    return Request(filling, cancel_task if act == "cancel_task" else finish_task, _("已登记"), values)


def answer_form(items: Sequence[Resolved]) -> Request | None:
    """A resolution that needs no project: everybody who asked gets an answer, at one press."""
    with form("answer_resolution") as filling:
        item = filling.choice("item_id", _("决议"), items, start=items[0], show=lambda i: f"{i.need_number} {i.title}")
        reason = filling.words("reason", _("要说的话（会交给回访的人）"), height=80)
        pressed = filling.submit(_("列入回音清单"), icon=":material/reply:")
    if not pressed:
        return None
    said = _("已列入回音清单")
    values = {"item_id": item.item_id if item else None, "reason": reason}
    return Request(filling, answer_without_project, said, values)


# --- corrections ------------------------------------------------------------------------------------------


def corrections_table(found: Sequence[CorrectionRow]) -> None:
    """All corrections with both texts and both people."""
    rows(
        [
            {
                "what": f"{one.item} · {term(one.field)}",
                "state": one.state,
                "before": one.before,
                "after": one.after,
                "reason": one.reason,
                "asked": f"{one.asked_by} {near(one.asked_at)}",
                "settled": f"{one.settled_by} {near(one.settled_at)}" if one.settled_at else "",
            }
            for one in found
        ],
        [
            Column("what", _("哪一处")),
            Column("state", _("状态"), "nowrap"),
            Column("before", _("更正前")),
            Column("after", _("更正后")),
            Column("reason", _("原因")),
            Column("asked", _("申请人")),
            Column("settled", _("核对人")),
        ],
        key="corrections",
        empty=_("这次会议的记录没有更正过。"),
        caption=_("更正记录"),
    )


def settle_buttons(found: Sequence[CorrectionRow], user_id: int) -> Request | None:
    """The second person confirms or refuses; the person who asked for it only waits."""
    request = None
    for one in found:
        if one.state is not CorrectionState.ASKED:
            continue
        if one.asked_by_id == user_id:
            st.info(_("您申请的更正在等另一个人核对。"), icon=":material/hourglass_top:")
            continue
        st.markdown(f"**{safe(one.item)} · {term(one.field)}**  \n{safe(one.before)} → {safe(one.after)}")
        with st.container(horizontal=True):
            does = _("记录从现在起是更正后的文字，纪要和结果单按它打印；原来的文字留在案里。")
            yes = ask(
                f"confirm.{one.id}", _("核对无误，更正"), does, _("确认更正"), primary=True, icon=":material/check:"
            )
            does = _("记录不变，这次申请就此了结；还要改，得重新申请。")
            no = ask(f"refuse.{one.id}", _("不予更正"), does, _("确认不更正"), icon=":material/close:")
        hit = yes or no
        if hit:
            values = {"correction_id": one.id, "version": one.version, "confirmed": hit is yes}
            said = _("记录已更正，更正前的文字保留在案") if hit is yes else _("不予更正，已记录在案")
            request = Request(hit, settle_correction, said, values)
    return request


def ask_form(places: Sequence[Correctable]) -> Request | None:
    """Ask for a clerical error to be put right; the place is chosen first, so the field shows its present text."""
    if not places:
        st.text(_("宣布结果后的议题，记录里的笔误才用更正；之前可以直接修改。"))
        return None
    place = st.selectbox(
        _("哪一处有笔误"),
        places,
        format_func=listed(places, lambda p: f"{p.item} · " + labelled(term(p.field), p.text[:24])),
        key="correct_place",
    )
    with form(f"ask_correction.{place.item_id}.{place.field}.{place.target_id}") as filling:
        st.text(place.text)
        after = filling.words("after", _("应改为"), start=place.text, height=80)
        reason = filling.line("reason", _("更正的原因"), most=200)
        pressed = filling.submit(_("申请更正"), icon=":material/edit:")
    if not pressed:
        return None
    values = {"item_id": place.item_id, "field": place.field, "target_id": place.target_id, "before": place.text}
    return Request(filling, ask_correction, _("已申请，等另一个人核对"), {**values, "after": after, "reason": reason})

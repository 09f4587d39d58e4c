"""Preparing a meeting: the agenda, its order, and the notice that fixes it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import streamlit as st

from components.forms import Filling, form, press
from components.lists import Column, rows
from components.meeting_wish import Wish
from components.wording import _
from components.wording.dates import CHINA, today
from db.rules.sitting import Item, Sitting


class NeedChoice(Protocol):
    """A need that waits for the council."""

    @property
    def id(self) -> int: ...
    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def voices(self) -> int: ...


def agenda_table(sitting: Sitting) -> None:
    """The agenda as one block."""
    rows(
        [
            {
                "place": item.position,
                "title": item.title,
                "motion": item.motion,
                "from": item.need_number or item.proposer,
                "note": _("仅供业主大会参考") if item.owners_matter else "",
                "state": item.state,
            }
            for item in sitting.items
        ],
        [
            Column("place", _("序号"), "nowrap"),
            Column("title", _("议题")),
            Column("motion", _("动议")),
            Column("from", _("来源"), "nowrap"),
            Column("note", _("说明")),
            Column("state", _("状态"), "nowrap"),
        ],
        key="agenda",
        empty=_("还没有议题。先从下面列入一个。"),
        caption=_("议程"),
    )


def draft_agenda(sitting: Sitting, needs: Sequence[NeedChoice], now: datetime) -> Wish | None:
    """Everything that can be done to a draft; returns what was asked for."""
    agenda_table(sitting)
    wishes = [_order(sitting) if sitting.items else None]
    way = st.segmented_control(
        _("要做什么"),
        ["need", "item", "notice", "amend", "cancel"],
        format_func={
            "need": _("列入需求"),
            "item": _("列入其他事项"),
            "notice": _("发会议通知"),
            "amend": _("改时间地点"),
            "cancel": _("取消会议"),
        }.__getitem__,
        default="notice" if sitting.items else "need",
        required=True,
        key="draft_way",
    )
    if way == "need":
        wishes.append(_add_need(sitting, needs))
    elif way == "item":
        wishes.append(_add_item(sitting))
    elif way == "notice":
        wishes.append(_send(sitting, now))
    elif way == "amend":
        wishes.append(_amend(sitting))
    elif way == "cancel":
        wishes.append(cancel_form(sitting))
    return next((wish for wish in wishes if wish), None)


def _order(sitting: Sitting) -> Wish | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        item: Item | None = st.selectbox(
            _("调整议题"),
            sitting.items,
            format_func=lambda i: f"{i.position}. {i.title}",
            key="draft_item",
            width=360,
        )
        if item is None:
            return None
        up = press("draft_up", _("上移"), icon=":material/arrow_upward:", disabled=item.position == 1)
        down = press(
            "draft_down", _("下移"), icon=":material/arrow_downward:", disabled=item.position == len(sitting.items)
        )
        out = press("draft_out", _("移出议程"), icon=":material/playlist_remove:")
    if up:
        return Wish(up, "shift_item", _("已上移"), {"item_id": item.id, "by": -1})
    if down:
        return Wish(down, "shift_item", _("已下移"), {"item_id": item.id, "by": 1})
    if out:
        return Wish(out, "remove_item", _("已移出议程,需求退回待上会"), {"item_id": item.id})
    return None


def _add_need(sitting: Sitting, needs: Sequence[NeedChoice]) -> Wish | None:
    if not needs:
        st.text(_("没有待上会的需求。需求在“筛选评分”里分流到议事会后,就会出现在这里。"))
        return None
    with form("add_need") as filling:
        need = filling.choice(
            "need_id",
            _("待上会的需求"),
            list(needs),
            show=lambda n: _("{number} {title}({voices} 户)", number=n.number, title=n.title, voices=n.voices),
        )
        motion = filling.words(
            "motion", _("动议(要表决的话,具体、可执行)"), help=_("例:在1幢楼道加装感应灯12盏,费用不超过6000元。")
        )
        owners = _owners(filling)
        pressed = filling.submit(_("列入议程"), icon=":material/playlist_add:")
    if not pressed:
        return None
    values = {"need_id": need.id if need else None, "motion": motion, "owners_matter": owners}
    return Wish(filling, "add_need", _("已列入议程"), {"meeting_id": sitting.id, **values})


def _owners(filling: Filling) -> bool:
    return filling.yes(
        "owners_matter",
        _("依法由业主共同决定的事项(结果仅供业主大会参考)"),
        help=_("例如选聘物业、使用维修资金、改选业委会。"),
    )


def _add_item(sitting: Sitting) -> Wish | None:
    with form("add_item") as filling:
        title = filling.line("title", _("议题名称"))
        motion = filling.words("motion", _("动议(要表决的话,具体、可执行)"))
        proposer = filling.line("proposer", _("提议人"), help=_("街道或成员姓名。提议人不能计票。"))
        owners = _owners(filling)
        pressed = filling.submit(_("列入议程"), icon=":material/playlist_add:")
    if not pressed:
        return None
    values = {"title": title, "motion": motion, "proposer": proposer, "owners_matter": owners}
    return Wish(filling, "add_item", _("已列入议程"), {"meeting_id": sitting.id, **values})


def days_ahead(sitting: Sitting, now: datetime) -> int:
    """Whole days from today to the meeting."""
    return (today(sitting.at) - today(now)).days


def _send(sitting: Sitting, now: datetime) -> Wish | None:
    if sitting.rule is None or not sitting.items:
        st.text(_("先列入议题并采用议事规则,再发会议通知。"))
        return None
    ahead, asked = days_ahead(sitting, now), sitting.rule.call_days
    with form("send_notice") as filling:
        st.text(_("离开会还有 {ahead} 天;议事规则要求提前 {asked} 天通知。", ahead=ahead, asked=asked))
        reason = ""
        if ahead < asked:
            st.warning(_("通知时间短于议事规则,请写明原因,会写进纪要。"), icon=":material/schedule:")
            reason = filling.line("reason", _("提前时间不足的原因"), most=200)
        pressed = filling.submit(_("通知已发出"), icon=":material/send:")
    if not pressed:
        return None
    values = {"meeting_id": sitting.id, "version": sitting.version, "reason": reason}
    return Wish(
        filling,
        "send_notice",
        lambda sent: _("已记录会议通知,应到 {due} 人", due=sent["due"]),
        values,
    )


def _amend(sitting: Sitting) -> Wish | None:
    local = sitting.at.astimezone(CHINA)
    with form("amend_meeting") as filling:
        title = filling.line("title", _("会议名称"), most=80, start=sitting.title)
        on = filling.day("on", _("日期"), start=local.date())
        clock = filling.clock("clock", _("时间"), start=local.time())
        place = filling.line("place", _("地点"), most=80, start=sitting.place)
        pressed = filling.submit(_("保存"))
    if not pressed:
        return None
    at = datetime.combine(on, clock, CHINA) if on and clock else None
    values = {"meeting_id": sitting.id, "version": sitting.version, "title": title, "at": at, "place": place}
    return Wish(filling, "amend_meeting", _("会议已修改"), values)


def cancel_form(sitting: Sitting) -> Wish | None:
    """Call the meeting off; the needs go back."""
    with form("cancel_meeting") as filling:
        reason = filling.line("reason", _("取消的原因"), most=200)
        pressed = filling.submit(_("取消会议,议题退回待上会"), icon=":material/cancel:")
    if not pressed:
        return None
    values = {"meeting_id": sitting.id, "version": sitting.version, "reason": reason}
    return Wish(filling, "cancel_meeting", _("会议已取消"), values)


def prepare_form(bodies: Sequence[tuple[int, str, int, int]], start: date) -> Wish | None:
    """Plan a meeting: bodies as (id, name, term, next number)."""
    with form("prepare_meeting") as filling:
        body = filling.choice(
            "body_id",
            _("议事机构"),
            list(bodies),
            start=bodies[0] if len(bodies) == 1 else None,
            show=lambda b: _("{name} 第{term}届", name=b[1], term=b[2]),
        )
        first = bodies[0][3] if len(bodies) == 1 else None
        number = filling.whole("number", _("第几次会议"), least=1, most=999, start=first)
        title = filling.line("title", _("会议名称"), most=80, help=_("例:三月议事会:照明与停车"))
        on = filling.day("at", _("日期"), start=start + timedelta(days=5), least=start)
        clock = filling.clock("clock", _("时间"), start=datetime(2000, 1, 1, 14, 30, tzinfo=CHINA).time())
        place = filling.line("place", _("地点"), most=80, start=_("社区议事厅"))
        pressed = filling.submit(_("新建会议"), icon=":material/event:")
    if not pressed:
        return None
    at = datetime.combine(on, clock, CHINA) if on and clock else None
    values = {"body_id": body[0] if body else None, "number": number, "title": title, "at": at, "place": place}
    return Wish(filling, "prepare_meeting", _("会议已建好,请列入议题"), values)

"""Preparing a meeting: what is to be done with the draft, and the notice that fixes it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from components.acting import Request
from components.asking import says
from components.forms import form
from components.meetings.agenda import add_item_form, add_need_form, agenda_table, order, reword
from components.meetings.desk import Desk
from components.wording import _, plainly
from components.wording.dates import today
from db.actions.meetings.meetings import amend_meeting, cancel_meeting, prepare_meeting, send_notice
from db.actions.meetings.moving import move_meeting
from db.queries.meetings.meetings import WaitingNeed
from db.rules.meetings.sitting import Sitting
from db.rules.permissions import Permission
from db.rules.zone import CHINA


def draft_agenda(sitting: Sitting, desk: Desk, needs: Sequence[WaitingNeed]) -> Request | None:
    """The agenda of a draft and all that can be done to it; `needs` are those that wait for a meeting."""
    agenda_table(sitting)
    if not desk.may(Permission.PREPARE_MEETING):
        return None
    item, request = order(sitting) if sitting.items else (None, None)
    ways = {"need": _("列入需求"), "item": _("列入其他事项"), "reword": _("修改议题")}
    if item is None:
        ways.pop("reword")
    way = st.segmented_control(
        _("要做什么"),
        list(ways),
        format_func=plainly(ways.__getitem__),
        default="need",
        required=True,
        key="draft_way",
    )
    forms: dict[str, Callable[[], Request | None]] = {
        "need": lambda: add_need_form(sitting, needs),
        "item": lambda: add_item_form(sitting),
        "reword": lambda: reword(item) if item else None,
    }
    asked = forms[way]() if way in forms else None
    return request or asked


def days_ahead(sitting: Sitting, now: datetime) -> int:
    """Whole days from today to the meeting."""
    return (today(sitting.at) - today(now)).days


def send_form(sitting: Sitting, now: datetime) -> Request | None:
    """The notice of a meeting, which fixes agenda and rule; nothing while there is neither."""
    if sitting.rule is None or not sitting.items:
        return None
    ahead, asked = days_ahead(sitting, now), sitting.rule.call_days
    with form("send_notice") as filling:
        if ahead < 0:
            st.warning(
                _("开会的日子已过 {n} 天。会还没开的，先在“更多操作”里改时间。", n=-ahead), icon=":material/event:"
            )
        else:
            st.text(_("离开会还有 {ahead} 天；议事规则要求提前 {asked} 天通知。", ahead=ahead, asked=asked))
        reason = ""
        if ahead < asked:
            st.warning(_("通知时间短于议事规则，请写明原因，会写进纪要。"), icon=":material/schedule:")
            reason = filling.line("reason", _("提前时间不足的原因"), most=200)
        says(_("记下后议程、动议和议事规则固定，在任成员都列入应到；以后只能改期或取消，议题要到会上修正。"))
        pressed = filling.submit(_("通知已发出"), icon=":material/send:")
    if not pressed:
        return None
    values = {"meeting_id": sitting.id, "version": sitting.version, "reason": reason}
    return Request(
        filling,
        send_notice,
        lambda sent: _("已记录会议通知，应到 {due} 人", due=sent["due"]),
        values,
    )


def amend_form(sitting: Sitting) -> Request | None:
    """Another title, day or place, before the notice is out."""
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
    return Request(filling, amend_meeting, _("会议已修改"), values)


def move_form(sitting: Sitting) -> Request | None:
    """改期 of a called meeting: a new notice, checked like the first one."""
    local = sitting.at.astimezone(CHINA)
    with form(f"move_meeting.{sitting.version}") as filling:
        on = filling.day("at", _("新的日期"), start=local.date())
        clock = filling.clock("clock", _("新的时间"), start=local.time())
        place = filling.line("place", _("新的地点"), most=80, start=sitting.place)
        reason = filling.line("reason", _("改期的原因"), most=200)
        short = filling.line(
            "short_reason", _("提前时间不足的原因（通知够早的不用填）"), most=200,
            help=_("新通知离开会的天数少于议事规则要求时填写，会写进纪要。"),
        )  # fmt: skip
        pressed = filling.submit(_("改期，新通知已发出"), icon=":material/event_repeat:")
    if not pressed:
        return None
    at = datetime.combine(on, clock, CHINA) if on and clock else None
    values = {"meeting_id": sitting.id, "version": sitting.version, "at": at, "place": place, "reason": reason}
    said = _("会议已改期，请把新的通知发给成员")
    return Request(filling, move_meeting, said, values | {"short_reason": short})


def cancel_form(sitting: Sitting) -> Request | None:
    """Call the meeting off; the needs go back, its number is free again."""
    with form("cancel_meeting") as filling:
        reason = filling.line("reason", _("取消的原因"), most=200)
        says(_("会议不再召开，不能恢复；议题退回待上会，会议次数让给下一次。请告诉每位成员。"))
        pressed = filling.submit(_("取消会议，议题退回待上会"), icon=":material/cancel:")
    if not pressed:
        return None
    values = {"meeting_id": sitting.id, "version": sitting.version, "reason": reason}
    return Request(filling, cancel_meeting, _("会议已取消"), values)


def prepare_form(bodies: Sequence[tuple[int, str, int, int]], start: date) -> Request | None:
    """Plan a meeting: bodies as (id, name, term, next number)."""
    with form("prepare_meeting") as filling:
        body = filling.choice(
            "body_id",
            _("议事机构"),
            list(bodies),
            start=bodies[0] if len(bodies) == 1 else None,
            show=lambda b: _("{name} 第 {term} 届", name=b[1], term=b[2]),
        )
        first = bodies[0][3] if len(bodies) == 1 else None
        number = filling.whole("number", _("第几次会议"), least=1, most=999, start=first)
        title = filling.line("title", _("会议名称"), most=80, help=_("例：三月议事会：照明与停车"))
        on = filling.day("at", _("日期"), start=start + timedelta(days=5), least=start)
        clock = filling.clock("clock", _("时间"), start=datetime(2000, 1, 1, 14, 30, tzinfo=CHINA).time())
        place = filling.line("place", _("地点"), most=80, start=_("社区议事厅"))
        pressed = filling.submit(_("新建会议"), icon=":material/event:")
    if not pressed:
        return None
    at = datetime.combine(on, clock, CHINA) if on and clock else None
    values = {"body_id": body[0] if body else None, "number": number, "title": title, "at": at, "place": place}
    return Request(filling, prepare_meeting, _("会议已建好：点开它，列入议题"), values)

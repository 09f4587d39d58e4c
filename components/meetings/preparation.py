"""准备: a meeting that is called, before its day: what is on the agenda, whom the notice reached, how long it is."""

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, Marked, rows
from components.meetings.agenda import agenda_table
from components.meetings.desk import Desk, day_words, told_words
from components.meetings.draft import cancel_form, move_form
from components.meetings.notice_text import notice_text
from components.wording import _, noted
from components.wording.dates import moment, short_day, today
from db.actions.meetings.opening import record_delivery
from db.rules.meetings.opening import days_until
from db.rules.meetings.sitting import Seat, Sitting
from db.rules.permissions import Permission
from db.rules.voting.decision import QuorumCheck


def preparation(sitting: Sitting, desk: Desk) -> Request | None:
    """How far a called meeting is prepared, and what its secretary still does before the day."""
    _facts(sitting, desk)
    agenda_table(sitting)
    requests: list[Request | None] = []
    prepares = desk.may(Permission.PREPARE_MEETING)
    if prepares:
        requests.append(_delivery(sitting))
    with st.expander(_("会议通知全文"), icon=":material/description:", expanded=not prepares):
        st.code(notice_text(sitting), language=None, wrap_lines=True)
    if prepares:
        with st.expander(_("改期"), icon=":material/event_repeat:"):
            requests.append(move_form(sitting))
        with st.expander(_("取消会议"), icon=":material/cancel:"):
            requests.append(cancel_form(sitting))
    return next((request for request in requests if request), None)


def _facts(sitting: Sitting, desk: Desk) -> None:
    there, missing = sitting.presence, [seat for seat in sitting.seats if seat.told_at is None]
    check = sitting.quorum_for()
    rows(
        [
            {"what": _("时间"), "words": noted(moment(sitting.at), day_words(sitting, desk))},
            {"what": _("地点"), "words": sitting.place},
            {"what": _("议程"), "words": _("{n} 个议题", n=len(sitting.items))},
            {"what": _("通知"), "words": _sent(sitting)},
            {
                "what": _("送达"),
                "words": Marked(told_words(sitting), "orange" if missing else "green"),
            },
            {"what": _("请假"), "words": _("{n} 人", n=there.leave)},
            {"what": _("到会要求"), "words": _asks(check) if check else "—"},
        ],
        [Column("what", _("准备")), Column("words", _("到哪一步"), "wide")],
        key="preparation",
        empty="",
        caption=_("会议准备"),
        facts=True,
    )


def _asks(check: QuorumCheck) -> str:
    return _("应到 {due} 人，到会 {needed} 人以上有效", due=check.due, needed=check.needed)


def _sent(sitting: Sitting) -> str:
    if sitting.notice_sent_at is None:
        return "—"
    sent = today(sitting.notice_sent_at)
    words = _("{day} 发出，提前 {n} 天", day=short_day(sent), n=days_until(sitting.at, sent))
    return noted(words, sitting.short_notice_reason) if sitting.short_notice_reason else words


def _delivery(sitting: Sitting) -> Request | None:
    """Who was told: everybody by one press, or ticked off one by one."""
    seats = list(sitting.seats)
    told = [seat for seat in seats if seat.told_at is not None]
    said = _("已记下通知送达情况")
    everybody = None
    if len(told) < len(seats):
        everybody = press(
            "all_told", _("通知已送达全部 {n} 人", n=len(seats)), icon=":material/mark_email_read:", primary=not told
        )
    title = _("逐人记送达（还有 {n} 人没确认）", n=len(seats) - len(told))
    with (
        st.expander(title, icon=":material/checklist:", expanded=0 < len(told) < len(seats)),
        form(f"delivery.{sitting.id}", border=False) as filling,
    ):
        reached = filling.ticks("told", _("已送达（点名字打勾）"), seats, start=told, show=_label)
        pressed = filling.submit(_("保存送达"), icon=":material/mark_email_read:")
    if everybody:
        values = {"meeting_id": sitting.id, "told": [seat.member_id for seat in seats]}
        return Request(everybody, record_delivery, said, values)
    if pressed:
        values = {"meeting_id": sitting.id, "told": [seat.member_id for seat in reached]}
        return Request(filling, record_delivery, said, values)
    return None


def _label(seat: Seat) -> str:
    return seat.label

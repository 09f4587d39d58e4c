"""准备: a meeting that is called, before its day: what is on the agenda and whom the notice reached."""

import streamlit as st

from components.acting import Request
from components.file_button import to_copy
from components.forms import form, press
from components.meetings.agenda import agenda_table
from components.meetings.desk import Desk
from components.meetings.notice_text import notice_text
from components.wording import _, noted
from db.actions.meetings.opening import record_delivery
from db.rules.meetings.sitting import Seat, Sitting
from db.rules.permissions import Permission


def preparation(sitting: Sitting, desk: Desk) -> Request | None:
    """The agenda of a called meeting, and for its secretary whom the notice reached."""
    agenda_table(sitting)
    if desk.may(Permission.PREPARE_MEETING):
        return _delivery(sitting)
    to_copy(notice_text(sitting), key="meeting.notice")
    return None


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
    title = _("会议通知全文，逐人记送达")
    if left := len(seats) - len(told):
        title = noted(title, _("还有 {n} 人没确认", n=left))
    with st.expander(title, icon=":material/checklist:", key="to-copy-meeting-notice"):
        to_copy(notice_text(sitting))
        with form(f"delivery.{sitting.id}", border=False) as filling:
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

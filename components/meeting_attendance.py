"""签到: the sheet to tick off, who left early, who steps back. Names are for the table, never for the room's screen."""

from zlib import crc32

import streamlit as st

from components.forms import form
from components.meeting_wish import Wish
from components.quorum_light import presence_line
from components.wording import _
from db.rules.sitting import Item, Seat, Sitting
from db.terms import ItemState, MeetingState, MemberPresence


def attendance(sitting: Sitting, item: Item | None, *, chair: bool) -> Wish | None:
    """The sign-in sheet; returns what the chair asked for."""
    st.text(presence_line(sitting.presence, sitting.observers))
    if not chair:
        for kind in (MemberPresence.PRESENT, MemberPresence.LEAVE, MemberPresence.LEFT_EARLY):
            _names(sitting, kind)
        return None
    wishes = [_sheet(sitting)]
    if sitting.state is MeetingState.OPEN:
        wishes.append(_leaving(sitting))
        if item is not None and item.state in (ItemState.PENDING, ItemState.DISCUSSING, ItemState.TIED):
            wishes.append(_stepping_back(sitting, item))
    return next((wish for wish in wishes if wish), None)


def _names(sitting: Sitting, kind: MemberPresence) -> None:
    there = [seat.name for seat in sitting.seats if seat.presence is kind]
    if there:
        labels = {
            MemberPresence.PRESENT: _("实到:{names}", names="、".join(there)),
            MemberPresence.LEAVE: _("请假:{names}", names="、".join(there)),
            MemberPresence.LEFT_EARLY: _("中途离席:{names}", names="、".join(there)),
        }
        st.text(labels[kind])


def _sheet(sitting: Sitting) -> Wish | None:
    seats = list(sitting.seats)
    there = [seat for seat in seats if seat.presence is MemberPresence.PRESENT]
    away = [seat for seat in seats if seat.presence is MemberPresence.LEAVE]
    # A new form for every stored sheet: ticks from before somebody left would bring the leaver back.
    stored = crc32(repr([(seat.member_id, seat.presence.value) for seat in seats]).encode())
    with form(f"sheet.{sitting.id}.{stored}") as filling:
        present = filling.ticks("present", _("实到(点名字打勾)"), seats, start=there, show=_label)
        on_leave = filling.several("on_leave", _("请假"), seats, start=away, show=_label)
        observers = filling.whole("observers", _("列席人数"), least=0, most=500, start=sitting.observers)
        pressed = filling.submit(_("保存签到"), icon=":material/how_to_reg:")
    if not pressed:
        return None
    values = {
        "meeting_id": sitting.id,
        "present": [seat.member_id for seat in present],
        "on_leave": [seat.member_id for seat in on_leave],
        "observers": observers,
    }
    return Wish(
        filling,
        "take_attendance",
        lambda sheet: _("已签到:应到 {due},实到 {present}", due=sheet["due"], present=sheet["present"]),
        values,
    )


def _label(seat: Seat) -> str:
    return seat.label


def _leaving(sitting: Sitting) -> Wish | None:
    there = [seat for seat in sitting.seats if seat.presence is MemberPresence.PRESENT]
    if not there:
        return None
    with st.expander(_("有人中途离席"), icon=":material/logout:"), form("leave_early", border=False) as filling:
        seat = filling.choice("member_id", _("离席成员"), there, show=_label)
        pressed = filling.submit(_("现在离席"))
    if not pressed:
        return None
    values = {"meeting_id": sitting.id, "member_id": seat.member_id if seat else None}
    return Wish(filling, "leave_early", _("已记录离席时间,到会人数已更新"), values)


def _stepping_back(sitting: Sitting, item: Item) -> Wish | None:
    out = [recused for recused in sitting.recusals if recused.item_id == item.id]
    gone = {recused.member_id for recused in out}
    with st.expander(_("本议题回避({count})", count=len(out)), icon=":material/person_off:"):
        for recused in out:
            st.text(_("{name}:{reason}", name=recused.name, reason=recused.reason))
        with form("recuse", border=False) as filling:
            seat = filling.choice(
                "member_id", _("回避成员"), [s for s in sitting.seats if s.member_id not in gone], show=_label
            )
            reason = filling.line(
                "reason", _("回避原因"), most=200, help=_("与议题有利害关系的成员,本议题不计入应到和实到。")
            )
            pressed = filling.submit(_("记录回避"))
    if not pressed:
        return None
    values = {"item_id": item.id, "member_id": seat.member_id if seat else None, "reason": reason}
    return Wish(filling, "recuse", _("已记录回避,本议题的应到和实到已更新"), values)

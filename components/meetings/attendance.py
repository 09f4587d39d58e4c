"""签到: the sheet to tick off, the QR for cards, members who come and go or step back. Names never go to the screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zlib import crc32

import streamlit as st

from components.acting import Request
from components.forms import Pressed, form, press
from components.meetings.changes import change_lines
from components.public_address import letters, own_address
from components.qr import picture
from components.voting.quorum import presence_line, with_proxy
from components.wording import _, plainly, safe, side_by_side
from components.wording.dates import clock
from db.actions.meetings.attendance import (
    all_present,
    call_roll,
    leave_early,
    mark_due,
    mark_leave,
    mark_present,
    mark_proxy,
    recuse,
    take_attendance,
    undo_recusal,
)
from db.rules.meetings.sitting import Item, Seat, Sitting
from db.rules.permissions import Actor, Permission
from db.terms import ItemState, MeetingState, MemberPresence

ROLLING = "_rolling"
"""The key of the session that says: the user calls the roll in this tab of the browser."""
MOST_BUTTONS = 6
"""So many members who left get a button each to come back; the sheet serves the others."""
NOT_VOTED = (ItemState.PENDING, ItemState.DISCUSSING, ItemState.TIED)


def attendance(sitting: Sitting, item: Item | None, user: Actor) -> Request | None:
    """The sign-in sheet; the request of the chair or the recorder."""
    if sitting.state is MeetingState.CONVENED:  # later it stands among the facts
        st.text(presence_line(sitting.presence, sitting.observers))
    if sitting.changes:
        st.text("\n".join(change_lines(sitting)))
    chair, clerk = user.may(Permission.RUN_MEETING), user.may(Permission.TAKE_ATTENDANCE)
    if not clerk:
        _all_names(sitting)
        return None
    requests = [_came_back(sitting), everybody(sitting)]
    if sitting.sign_in_key:
        _qr(sitting)
    # The chair ticks a whole sheet off at once while nobody is there yet; from then on one tap is one member.
    if not chair or sitting.presence.present:
        requests.append(_roll(sitting))
    alone, ticking = chair and not sitting.presence.present, f"_ticking.{sitting.id}"
    # Somebody else signed the first one in while the chair ticks: the sheet stays, with what is not stored yet.
    if st.session_state.pop(ticking, False) and not alone:
        st.session_state[f"seldom.{sitting.id}"] = "sheet"
    if alone:
        requests.append(_sheet(sitting))
        st.session_state[ticking] = not any(requests)
    requests.append(_seldom(sitting, item, chair=chair))
    if not chair:
        _all_names(sitting)
    return next((request for request in requests if request), None)


def _seldom(sitting: Sitting, item: Item | None, *, chair: bool) -> Request | None:
    """What a tap on a name does not say; only what was chosen is drawn."""
    ways = {"one": _("一位成员晚到、离席、请假")}
    if chair and sitting.presence.present:
        ways["sheet"] = _("整张签到表：一次勾好、请假、列席人数")
    if chair and sitting.state is MeetingState.OPEN and item is not None and item.state in NOT_VOTED:
        ways["recuse"] = _("本议题回避（{count}）", count=sum(one.item_id == item.id for one in sitting.recusals))
    way = st.segmented_control(
        _("其他签到"), list(ways), format_func=plainly(ways.__getitem__), key=f"seldom.{sitting.id}"
    )
    if way == "sheet":
        return _sheet(sitting)
    if way == "recuse" and item is not None:
        return _stepping_back(sitting, item)
    return _one_member(sitting) if way == "one" else None


def _all_names(sitting: Sitting) -> None:
    for kind in (MemberPresence.PRESENT, MemberPresence.LEAVE, MemberPresence.LEFT_EARLY):
        _names(sitting, kind)


def _names(sitting: Sitting, kind: MemberPresence) -> None:
    there = [with_proxy(seat) for seat in sitting.seats if seat.presence is kind]
    if there:
        labels = {
            MemberPresence.PRESENT: _("实到：{names}", names=side_by_side(there)),
            MemberPresence.LEAVE: _("请假：{names}", names=side_by_side(there)),
            MemberPresence.LEFT_EARLY: _("中途离席：{names}", names=side_by_side(there)),
        }
        st.text(labels[kind])


def _label(seat: Seat) -> str:
    return seat.label


def roll_over(_result: object) -> None:
    """The roll has been called: what follows is drawn, whatever part stood open."""
    st.session_state.pop(ROLLING, None)


# --- cards --------------------------------------------------------------------------------------------


def _qr(sitting: Sitting) -> None:
    address = f"{own_address(st.context.url or '')}/s/{sitting.sign_in_key}"
    with (
        st.expander(_("扫码签到：成员用手机扫一扫，输入成员卡上的号码"), icon=":material/qr_code_2:"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        st.image(picture(address), width=220)
        st.code(letters(address), language=None, wrap_lines=True)


# --- the whole sheet ----------------------------------------------------------------------------------


def _shown(sitting: Sitting) -> tuple[dict[int, str], bool]:
    """The sheet that the user's ticks start from, member by presence; and whether somebody changed it since.

    It stays the same until the form is stored or leaves the page, so that ticks survive what others do meanwhile; the
    action then writes no row that is newer than this sheet.
    """
    current = {seat.member_id: seat.presence.value for seat in sitting.seats}
    base: dict[int, str] = st.session_state.get(f"_sheet.{sitting.id}", current)
    name = _name(sitting, base)
    if f"{name}.present" not in st.session_state or st.session_state.get(f"_empty.{name}"):
        base = current
    st.session_state[f"_sheet.{sitting.id}"] = base
    return base, base != current


def _name(sitting: Sitting, base: dict[int, str]) -> str:
    # A form for every sheet: a browser that comes back after a long cut has ticks that start from another one.
    return f"sheet.{sitting.id}.{crc32(repr(sorted(base.items())).encode())}"


def _sheet(sitting: Sitting) -> Request | None:
    seats = list(sitting.seats)
    base, newer = _shown(sitting)
    there = [seat for seat in seats if base.get(seat.member_id) == MemberPresence.PRESENT]
    away = [seat for seat in seats if base.get(seat.member_id) == MemberPresence.LEAVE]
    if newer:
        st.info(_("有人刚刚签到或离席：上面的人数是最新的，保存时按最新的为准。"), icon=":material/sync:")
        if st.button(_("换成最新的签到表（没保存的勾选作废）"), icon=":material/refresh:", key=f"fresh.{sitting.id}"):
            st.session_state.pop(f"_sheet.{sitting.id}", None)
            st.rerun()
    with form(_name(sitting, base)) as filling:
        present = filling.ticks("present", _("实到（点名字打勾）"), seats, start=there, show=_label)
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
        "seen": base,
    }
    return Request(filling, take_attendance, _said_of_sheet, values)


def _said_of_sheet(sheet: Mapping[str, int]) -> str:
    said = _("已签到：应到 {due}，实到 {present}", due=sheet["due"], present=sheet["present"])
    if sheet.get("kept"):
        said += _("；{kept} 人在此期间自己签到或离席，按最新的保留", kept=sheet["kept"])
    return said


# --- everybody, then who is missing -------------------------------------------------------------------


def everybody(sitting: Sitting, name: str = "all_present") -> Request | None:
    """全部到会 by one press; those who are missing are taken out of the roll afterwards, a tap each."""
    if not sitting.presence.open:
        return None
    first = not sitting.presence.present
    label = _("全部到会") if first else _("其余 {n} 人都到会", n=sitting.presence.open)
    hit = press(name, label, primary=first, icon=":material/groups:")
    if not hit:
        return None
    st.session_state[ROLLING] = True
    return Request(hit, all_present, _said_of_all, {"meeting_id": sitting.id})


def _said_of_all(sheet: Mapping[str, int]) -> str:
    return _("已签到：应到 {due}，实到 {present}", due=sheet["due"], present=sheet["present"]) + _(
        "；没来的点一下名字去掉"
    )


# --- one tap, one member ------------------------------------------------------------------------------


def _roll(sitting: Sitting) -> Request | None:
    """点名: a tap signs a member in, a second tap takes it back.

    The widget stays the same while names are tapped, so that no quick tap is lost; what others do meanwhile is put
    into it only when it differs. `known` is the sheet that the ticks start from.
    """
    key, base = f"roll.{sitting.id}", f"_roll.{sitting.id}"
    labels = {seat.member_id: seat.label for seat in sitting.seats}
    there = {seat.member_id for seat in sitting.seats if seat.presence is MemberPresence.PRESENT}
    known: set[int] = st.session_state.get(base, there)
    drawn = key in st.session_state and base in st.session_state
    ticked = set(st.session_state[key]) & labels.keys() if drawn else known
    came, gone = (ticked - known) - there, (known - ticked) & there
    if (there | came) - gone != ticked or not drawn:
        st.session_state[key] = [one for one in labels if one in (there | came) - gone]
    st.session_state[base] = (there - came) | gone
    Pressed(key).done()  # a tap that was cut short is tapped anew, never taken for the one before
    tapped = Pressed(key)
    st.pills(
        _("点名：点一下名字就签到，没来的再点一下去掉（还有 {n} 人没报到）", n=sitting.presence.open), list(labels),
        selection_mode="multi", key=key, format_func=plainly(labels.__getitem__),
    )  # fmt: skip
    tapped.slots[""] = st.empty()
    if came:
        st.session_state[ROLLING] = True
        said = _("已签到：{names}", names=side_by_side(labels[one] for one in sorted(came)))
        return Request(tapped, call_roll, said, {"meeting_id": sitting.id, "member_ids": sorted(came)})
    if gone:
        st.session_state[ROLLING] = True
        said = _("已改回未报到：{names}", names=labels[min(gone)])
        return Request(tapped, mark_due, said, {"meeting_id": sitting.id, "member_id": min(gone)})
    return None


# --- one member ---------------------------------------------------------------------------------------


def _came_back(sitting: Sitting) -> Request | None:
    gone = [seat for seat in sitting.seats if seat.presence is MemberPresence.LEFT_EARLY][:MOST_BUTTONS]
    if not gone or sitting.state is not MeetingState.OPEN:
        return None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(_("中途离席："), width="content")
        for seat in gone:
            left = clock(seat.left_at) if seat.left_at else ""
            back = press(
                f"come_back.{seat.member_id}", _("{name}（{at} 离席）回来了", name=safe(seat.name), at=left),
                icon=":material/login:",
            )  # fmt: skip
            if back:
                values = {"meeting_id": sitting.id, "member_id": seat.member_id}
                return Request(back, mark_present, _("已回到会场，到会人数已更新"), values)
    return None


@dataclass(frozen=True, slots=True)
class _Way:
    """What can happen to one member: its label, its action, what to say."""

    label: str
    act: Callable[..., object]
    said: str


def _ways(sitting: Sitting) -> dict[str, _Way]:
    """What can happen to one member now, by the name of its choice."""
    ways = {"mark_present": _Way(_("到了"), mark_present, _("已签到，到会人数已更新"))}
    if sitting.state is MeetingState.OPEN:
        ways["leave_early"] = _Way(_("中途离席"), leave_early, _("已记录离席时间，到会人数已更新"))
    ways["mark_leave"] = _Way(_("请假"), mark_leave, _("已记为请假"))
    ways["mark_due"] = _Way(_("点错了，改回未报到"), mark_due, _("已改回未报到"))
    if sitting.rule is not None and sitting.rule.proxies_allowed:
        ways["mark_proxy"] = _Way(_("受托人到了"), mark_proxy, _("已按委托签到，纪要里写明受托人"))
    return ways


def _one_member(sitting: Sitting) -> Request | None:
    ways = _ways(sitting)
    with form("one_member") as filling:
        seat = filling.choice("member_id", _("成员"), list(sitting.seats), show=_label)
        name = filling.choice(
            "act", _("怎么了"), list(ways), start="mark_present", show=lambda one: ways[one].label, few=True
        )
        proxy = ""
        if "mark_proxy" in ways:
            proxy = filling.line("proxy", _("受托人姓名（只在“受托人到了”时填）"), most=60)
        pressed = filling.submit(_("现在记录"))
    if not pressed:
        return None
    values: dict[str, object] = {"meeting_id": sitting.id, "member_id": seat.member_id if seat else None}
    if name == "mark_proxy":
        values["proxy"] = proxy
    way = ways[name or "mark_present"]
    return Request(filling, way.act, way.said, values)


# --- stepping back ------------------------------------------------------------------------------------


def _stepping_back(sitting: Sitting, item: Item) -> Request | None:
    out = [recused for recused in sitting.recusals if recused.item_id == item.id]
    gone = {recused.member_id for recused in out}
    for recused in out:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(_("{name}：{reason}", name=recused.name, reason=recused.reason))
            undo = press(f"undo_recusal.{item.id}.{recused.member_id}", _("撤销回避"), icon=":material/undo:")
        if undo:
            back = {"item_id": item.id, "member_id": recused.member_id}
            return Request(undo, undo_recusal, _("已撤销回避，本议题的应到和实到已更新"), back)
    with form("recuse") as filling:
        seat = filling.choice(
            "member_id", _("回避成员"), [s for s in sitting.seats if s.member_id not in gone], show=_label
        )
        reason = filling.line(
            "reason", _("回避原因"), most=200, help=_("与议题有利害关系的成员，本议题不计入应到和实到。")
        )
        pressed = filling.submit(_("记录回避"))
    if not pressed:
        return None
    values = {"item_id": item.id, "member_id": seat.member_id if seat else None, "reason": reason}
    return Request(filling, recuse, _("已记录回避，本议题的应到和实到已更新"), values)

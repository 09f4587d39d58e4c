"""要点 of an item as one list, and what the recorder puts right before the result is announced."""

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _
from db.actions.meetings.discussion import amend_point, strike_point, undo_settle
from db.rules.meetings.sitting import DONE, Item, Point, Sitting
from db.rules.permissions import Actor, Permission
from db.terms import ItemState, MeetingState


def points(sitting: Sitting, item: Item, user: Actor) -> Request | None:
    """What was said and moved on an item; returns the correction that the recorder or the chair asked for."""
    found = [point for point in sitting.points if point.item_id == item.id]
    if not found:
        return None
    rows(
        [
            {
                "n": n,
                "who": point.name or "—",
                "words": point.words or point.new_motion,
                "change": _change(point),
                "before": point.motion_before if point.amendment else "",
            }
            for n, point in enumerate(found, 1)
        ],
        [
            Column("n", _("序号"), "nowrap"),
            Column("who", _("发言人"), "nowrap"),
            Column("words", _("要点")),
            Column("change", _("修正")),
            Column("before", _("原表述")),
        ],
        key=f"points.{item.id}",
        empty="",
        caption=_("讨论要点"),
    )
    open_now = sitting.state is MeetingState.OPEN and item.state not in DONE
    return _put_right(found, item, user) if open_now and user.may(Permission.RECORD_DISCUSSION) else None


def _change(point: Point) -> str:
    if not point.amendment:
        return ""
    if point.carried is None:
        return _("待处理：{motion}", motion=point.new_motion)
    if point.carried:
        return _("采纳：{motion}", motion=point.new_motion)
    return _("未采纳：{motion}", motion=point.new_motion)


def _numbering(found: list[Point], item: Item) -> int:
    """How often the numbers of the points have come to mean other points, because one was struck."""
    ids = [point.id for point in found]
    times, before = st.session_state.get(f"_numbered.{item.id}", (0, ids))
    times += ids[: len(before)] != before
    st.session_state[f"_numbered.{item.id}"] = (times, ids)
    return int(times)


def _put_right(found: list[Point], item: Item, user: Actor) -> Request | None:
    with st.expander(_("更正或删去要点"), icon=":material/edit_note:"):
        number = st.selectbox(
            _("第几条"),
            range(len(found), 0, -1),
            index=None,
            # Without the words, which another person may be changing: the choice would be lost with them.
            format_func=lambda n: f"{n} · {found[n - 1].name or '—'}",
            placeholder=_("请选择"),
            key=f"point.{item.id}.{_numbering(found, item)}",
        )
        if number is None:
            return None
        point = found[number - 1]
        requests = [_amend(point), _take_back(point, item, user)]
    return next((request for request in requests if request), None)


def _amend(point: Point) -> Request | None:
    with form(f"amend_point.{point.id}", border=False) as filling:
        seen = filling.seen("said", point.words)
        said = filling.words("said", _("要点改为"), start=point.words, height=80)
        pressed = filling.submit(_("保存更正"), icon=":material/save:")
    if not pressed:
        return None
    values = {"point_id": point.id, "said": said, "seen": seen}
    return Request(filling, amend_point, _("要点已更正，原来的话留在审计记录里"), values)


def _strike(point: Point) -> Request | None:
    with form(f"strike.{point.id}", border=False) as filling:
        why = _("例：记错了人、重复记录。原因留在审计记录里。")
        reason = filling.line("reason", _("删去的原因"), most=200, help=why)
        pressed = filling.submit(_("删去这一条"), icon=":material/delete:")
    if not pressed:
        return None
    values = {"point_id": point.id, "reason": reason}
    return Request(filling, strike_point, _("已删去，原话和原因留在审计记录里"), values)


def _take_back(point: Point, item: Item, user: Actor) -> Request | None:
    settled = point.amendment and point.carried is not None
    if not settled:
        return _strike(point)
    if not user.may(Permission.RUN_MEETING) or item.state is ItemState.VOTING or item.outcome is not None:
        return None
    again = press(f"reopen.{point.id}", _("撤回对这条修正的处理"), icon=":material/undo:")
    return Request(again, undo_settle, _("这条修正动议重新待处理"), {"point_id": point.id}) if again else None

"""结果: every item with its outcome in one sentence, and what the room's screen shows."""

from collections.abc import Mapping

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.voting.outcome import outcome_sentence
from components.wording import _, safe, spaced
from components.wording.terms import term
from db.actions.meetings.meetings import close_meeting
from db.actions.screen.screen import follow_meeting, reveal_result, show_rotation
from db.queries.meetings.meetings import ScreenNow
from db.rules.meetings.sitting import Item, Sitting
from db.terms import ItemState, MeetingState, NeedStage, ScreenMode

MOST_READY = 5
"""So many items that wait for their project get a way there; the list of 立项 has the others."""
KEY_REVEAL = "Ctrl+Shift+Enter"
"""The keys that show the last result to the room."""


def results_table(sitting: Sitting) -> None:
    """All items of the meeting with their sentences."""
    rows(
        [
            {
                "position": item.position,
                "title": item.title,
                "state": item.state,
                "words": _words(sitting, item),
            }
            for item in sitting.items
        ],
        [
            Column("position", _("序号"), "nowrap"),
            Column("title", _("议题")),
            Column("state", _("状态"), "nowrap"),
            Column("words", _("结果")),
        ],
        key="results",
        empty=_("还没有议题。"),
        caption=_("表决结果"),
    )


def after_meeting(sitting: Sitting, *, sets_up: bool = False) -> None:
    """Where a closed meeting goes on: projects, tasks for what was resolved, and the record put right."""
    if sitting.state is not MeetingState.CLOSED:
        return
    ready = [item for item in sitting.items if item.need_stage is NeedStage.TO_PROJECT] if sets_up else []
    with st.container(horizontal=True):
        for item in ready[:MOST_READY]:
            label, way = _("立项：{title}", title=safe(item.title)), {"need": str(item.need_id)}
            st.page_link("projects/set_up.py", label=label, icon=":material/add_task:", query_params=way)
        if any(item.state is ItemState.PASSED for item in sitting.items):
            st.page_link("council/tasks.py", label=_("给决议定责任人和时限"), icon=":material/assignment_ind:")
        st.page_link(
            "council/corrections.py", label=_("更正记录"), icon=":material/edit:", query_params={"id": str(sitting.id)}
        )


def _words(sitting: Sitting, item: Item) -> str:
    words = spaced(outcome_sentence(item.result, item.answered, sitting.rule))
    advice = _("业主共同决定的事项：本会表决仅供业主大会参考。") if item.owners_matter else ""
    return words or advice


def last_result(sitting: Sitting, screen: ScreenNow) -> Request | None:
    """The item just decided, for the chair to read out, and the button that shows it to the room."""
    item = sitting.item(screen.item_id) if screen.mode is ScreenMode.MEETING and not screen.revealed else None
    if item is None or item.outcome is None or item.state is ItemState.VOTING:
        return None
    words = spaced(outcome_sentence(item.result, item.answered, sitting.rule))
    with st.container(border=True):
        st.markdown(safe(_("请宣读第 {n} 项的结果：{words}", n=item.position, words=words)))
        reveal = press(
            f"reveal.{item.id}",
            _("在大屏上公布这个结果"),
            icon=":material/visibility:",
            primary=True,
            shortcut=KEY_REVEAL,
        )
    return Request(reveal, reveal_result, _("大屏已公布结果"), {"item_id": item.id}) if reveal else None


def steer(sitting: Sitting, item: Item | None, screen: ScreenNow) -> Request | None:
    """What the room sees: this item, its result, or the progress in rotation."""
    shown = sitting.item(screen.item_id) if screen.mode is ScreenMode.MEETING else None
    words = term(screen.mode)
    if shown is not None:
        words = _("第 {n} 项{revealed}", n=shown.position, revealed=_("（已公布结果）") if screen.revealed else "")
    with (
        st.expander(_("大屏现在显示：{what}", what=words), icon=":material/tv:", key="steer"),
        st.container(horizontal=True),
    ):
        follow = press("screen_item", _("显示本议题"), icon=":material/tv:", disabled=item is None)
        reveal = press(
            "screen_reveal",
            _("公布本议题结果"),
            icon=":material/visibility:",
            disabled=item is None or item.outcome is None,
        )
        agenda = press("screen_agenda", _("显示议程"), icon=":material/list:")
        rotate = press("screen_rotate", _("回到进度轮播"), icon=":material/autorenew:")
    if follow and item:
        return Request(follow, follow_meeting, _("大屏已显示本议题"), {"meeting_id": sitting.id, "item_id": item.id})
    if reveal and item:
        return Request(reveal, reveal_result, _("大屏已公布结果"), {"item_id": item.id})
    if agenda:
        return Request(agenda, follow_meeting, _("大屏已显示议程"), {"meeting_id": sitting.id})
    if rotate:
        return Request(rotate, show_rotation, _("大屏已回到进度轮播"))
    return None


def said_of_closing(ended: Mapping[str, int]) -> str:
    """What became of the items that had no result."""
    return _("已闭会，顺延 {n} 项", n=ended["postponed"])


def close_form(sitting: Sitting) -> Request | None:
    """Declare the meeting closed."""
    with form("close_meeting", border=False) as filling:
        st.text(_("闭会后，未表决的议题自动顺延，未报到的成员记为缺席。"))
        pressed = filling.submit(_("宣布闭会"), icon=":material/stop_circle:")
    if not pressed:
        return None
    return Request(
        filling,
        close_meeting,
        said_of_closing,
        {"meeting_id": sitting.id, "version": sitting.version},
    )

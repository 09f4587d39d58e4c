"""The top of a meeting: what it is, whether enough are there, and the one next step with its one press."""

import streamlit as st

from components.acting import Request
from components.forms import press
from components.meetings.ballot_box import end_step
from components.meetings.ballot_open import usual_way
from components.meetings.desk import Desk
from components.voting.quorum import quorum_light
from components.wording import N_, _, safe
from components.wording.dates import moment
from components.wording.terms import badge
from db.actions.meetings.discussion import start_item
from db.actions.meetings.meetings import open_meeting
from db.rules.meetings.chair_step import ChairStep, next_step
from db.rules.meetings.sitting import Item, Sitting
from db.terms import MeetingState, SpeakerState

KEY = "Ctrl+Enter"
"""The keys of the next step, whatever it is."""
STEPS: dict[ChairStep, tuple[str, str]] = {
    ChairStep.ADD_ITEMS: ("playlist_add", N_("列入议题：从待上会的需求里选，或写入街道、成员提出的事项。")),
    ChairStep.SET_RULES: ("gavel", N_("先到“议事会与规则”为这个机构采用一条议事规则，才能发会议通知。")),
    ChairStep.SEND_NOTICE: ("send", N_("核对议程，发会议通知。通知发出后议程和议事规则就固定下来。")),
    ChairStep.OPEN_MEETING: ("play_circle", N_("到会人员开始签到；人到齐后宣布开会。")),
    ChairStep.TAKE_ATTENDANCE: ("how_to_reg", N_("请在“签到”里勾选到会成员。")),
    ChairStep.WAIT_FOR_QUORUM: ("group_off", N_("到会不足，不得表决：可以讨论，等人到齐更新签到，或将议题顺延。")),
    ChairStep.START_ITEM: ("forum", N_("宣读议题，开始讨论：{title}")),
    ChairStep.OPEN_BALLOT: ("how_to_vote", N_("记录要点和修正，讨论充分后表决：{title}")),
    ChairStep.VOTE_AGAIN: ("balance", N_("同票，没有通过。按议事规则再表决一次：{title}")),
    ChairStep.COLLECT: ("pending", N_("正在表决：{title}")),
    ChairStep.CLOSE_BALLOT: ("task_alt", N_("票已收齐，可以结束表决：{title}")),
    ChairStep.ANNOUNCE: ("campaign", N_("表决已截止，还没有人看到结果。请宣布结果：{title}")),
    ChairStep.SAY_WORDS: ("reply", N_("没有通过。请给提出人一个说法：{title}")),
    ChairStep.CLOSE_MEETING: ("stop_circle", N_("所有议题都有了结论，可以宣布闭会。")),
    ChairStep.POST_NOTICE: ("campaign", N_("把通过的事项公示出去：{title}")),
    ChairStep.FILE: ("folder", N_("打印报告单和纪要，签字归档。")),
    ChairStep.NOTHING: ("cancel", N_("会议已取消，议题已退回待上会。")),
}


def meeting_head(sitting: Sitting) -> tuple[ChairStep, Item | None]:
    """Title, facts and quorum light; returns the next step and its item."""
    st.title(safe(sitting.title))
    st.markdown(
        badge(sitting.state)
        + " "
        + safe(
            _(
                "{body} 第{term}届第{number}次 · {at} · {place}",
                body=sitting.body_name,
                term=sitting.term,
                number=sitting.number,
                at=moment(sitting.at),
                place=sitting.place,
            )
        )
    )
    step, item = next_step(sitting)
    if sitting.state in (MeetingState.CONVENED, MeetingState.OPEN):
        quorum_light(sitting.quorum_for(item.id if item else None))
    if sitting.state is MeetingState.CANCELLED and sitting.cancel_reason:
        st.text(_("取消的原因：{reason}", reason=sitting.cancel_reason))
    return step, item


def step_bar(sitting: Sitting, step: ChairStep, item: Item | None, desk: Desk, *, calm: bool = False) -> Request | None:
    """The next step in words, and for the chair the one button that takes it. `calm`: another press comes first."""
    icon, words = STEPS[step]
    said = _(words, title=item.title) if item and "{title}" in words else _(words)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/{icon}: **{_('下一步')}** {safe(said)}")
        return _press(sitting, step, item, calm=calm) if desk.chair else None


def _press(sitting: Sitting, step: ChairStep, item: Item | None, *, calm: bool) -> Request | None:
    if step is ChairStep.OPEN_MEETING:
        hit = press("open_meeting", _("宣布开会"), icon=":material/play_circle:", primary=True, shortcut=KEY)
        return Request(hit, open_meeting, _("会议开始，大屏已跟随会议"), {"meeting_id": sitting.id}) if hit else None
    if item is None:
        return None
    if step is ChairStep.START_ITEM:
        hit = press(f"start.{item.id}", _("开始讨论"), icon=":material/forum:", primary=not calm, shortcut=KEY)
        return Request(hit, start_item, _("开始讨论"), {"item_id": item.id}) if hit else None
    if step in (ChairStep.OPEN_BALLOT, ChairStep.VOTE_AGAIN):
        if sitting.open_amendment(item) is not None:
            return None
        waits = any(s.item_id == item.id and s.state is SpeakerState.WAITING for s in sitting.speakers)
        return usual_way(sitting, item, primary=not (waits or calm), shortcut=KEY)
    if step in (ChairStep.COLLECT, ChairStep.CLOSE_BALLOT, ChairStep.ANNOUNCE) and sitting.ballot is not None:
        return end_step(sitting.ballot)
    return None

"""The top of a meeting: what it is, whether enough are there, and the one next step with its one press."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.asking import ask
from components.detail import doers, head
from components.detail import next_step as next_box
from components.forms import press
from components.meetings.attendance import ROLLING, everybody, roll_over
from components.meetings.ballot_box import end_step
from components.meetings.ballot_open import usual_way
from components.meetings.desk import Desk, day_words, told_words
from components.meetings.results import said_of_closing
from components.voting.outcome import quorum_words
from components.voting.quorum import quorum_light
from components.wording import N_, _
from components.wording.dates import dated, near
from components.wording.terms import badge
from db.actions.meetings.discussion import start_item
from db.actions.meetings.meetings import close_meeting
from db.actions.meetings.opening import open_meeting, take_back_opening
from db.rules.meetings.chair_step import ChairStep, next_step
from db.rules.meetings.opening import OpeningDoubt, days_until, opening_doubts
from db.rules.meetings.sitting import Item, Sitting
from db.rules.permissions import Permission
from db.terms import MeetingState, SpeakerState, VoteMethod

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

_NOBODYS = (ChairStep.WAIT_FOR_QUORUM, ChairStep.COLLECT, ChairStep.NOTHING)
"""What is waited for, and what is over."""


def meeting_head(sitting: Sitting) -> tuple[ChairStep, Item | None]:
    """Title, facts and quorum light; returns the next step and its item."""
    about = _(
        "{body} 第 {term} 届第 {number} 次 · {at} · {place}",
        body=sitting.body_name,
        term=sitting.term,
        number=sitting.number,
        at=near(sitting.at),
        place=sitting.place,
    )
    head(sitting.title, marks=[badge(sitting.state)], about=about)
    step, item = next_step(sitting)
    check = sitting.quorum_for(item.id if item else None)
    # Before anybody signed in nothing is lacking: what is ready stands in 准备.
    if sitting.state is MeetingState.OPEN or (sitting.state is MeetingState.CONVENED and check and check.present):
        quorum_light(check)
    if sitting.state is MeetingState.CANCELLED and sitting.cancel_reason:
        st.text(_("取消的原因：{reason}", reason=sitting.cancel_reason))
    return step, item


def step_bar(sitting: Sitting, step: ChairStep, item: Item | None, desk: Desk, *, calm: bool = False) -> Request | None:
    """The next step in words, and for the chair the one button that takes it. `calm`: another press comes first."""
    icon, words = STEPS[step]
    said = _(words, title=item.title) if item and "{title}" in words else _(words)
    hands = sitting.ballot is not None and {way.way for way in sitting.ballot.ways} == {VoteMethod.HANDS}
    if step is ChairStep.COLLECT and hands:
        said = _("请举手。计票人、监票人各数一遍，在下面各报一次数。")
    if step is ChairStep.OPEN_MEETING and days_until(sitting.at, desk.today):
        icon, said = "event", _("{when}。{told}。", when=day_words(sitting, desk), told=told_words(sitting))
    takes = Permission.TAKE_ATTENDANCE if step is ChairStep.TAKE_ATTENDANCE else Permission.RUN_MEETING
    with next_box(said, who="" if step in _NOBODYS or desk.may(takes) else doers(takes), icon=icon, stays=True):
        if not desk.chair:
            return None
        request = _press(sitting, step, item, desk, calm=calm)
        return _taken_back(sitting) or request


def _press(sitting: Sitting, step: ChairStep, item: Item | None, desk: Desk, *, calm: bool) -> Request | None:
    """The button of a step: of the whole meeting, or of the one item that it is about."""
    if step is ChairStep.OPEN_MEETING:
        return _opening(sitting, desk)
    if step is ChairStep.TAKE_ATTENDANCE:
        return everybody(sitting, "step_all_present")
    if step is ChairStep.CLOSE_MEETING:
        return _closing(sitting)
    if step is ChairStep.WAIT_FOR_QUORUM:
        _to_the_sheet()
    elif step is ChairStep.POST_NOTICE and desk.may(Permission.POST_NOTICE):
        this = {"item": str(item.id)} if item else None
        st.page_link("council/notices.py", label=_("去公示"), icon=":material/campaign:", query_params=this)
    return _press_on_item(sitting, step, item, calm=calm) if item else None


def _press_on_item(sitting: Sitting, step: ChairStep, item: Item, *, calm: bool) -> Request | None:
    if step is ChairStep.START_ITEM:
        hit = press(f"start.{item.id}", _("开始讨论"), icon=":material/forum:", primary=not calm, shortcut=KEY)
        return Request(hit, start_item, _("开始讨论"), {"item_id": item.id}, after=roll_over) if hit else None
    if step in (ChairStep.OPEN_BALLOT, ChairStep.VOTE_AGAIN):
        if sitting.open_amendment(item) is not None:
            return None
        waits = any(s.item_id == item.id and s.state is SpeakerState.WAITING for s in sitting.speakers)
        return usual_way(sitting, item, primary=not (waits or calm), shortcut=KEY)
    if step in (ChairStep.COLLECT, ChairStep.CLOSE_BALLOT, ChairStep.ANNOUNCE) and sitting.ballot is not None:
        return end_step(sitting.ballot)
    return None


def _opening(sitting: Sitting, desk: Desk) -> Request | None:
    """Declare the meeting open: at once on its day with enough there, else after saying what speaks against it."""
    doubts = opening_doubts(sitting.at, sitting.quorum_for(), desk.today)
    label, icon = _("宣布开会"), ":material/play_circle:"
    if doubts:
        today = OpeningDoubt.OTHER_DAY not in doubts
        hit = ask("open_meeting", label, _doubted(sitting, doubts, desk), _("现在就开会"), icon=icon, primary=today)
    else:
        hit = press("open_meeting", label, icon=icon, primary=True, shortcut=KEY)
    values = {"meeting_id": sitting.id, "despite": list(doubts)}
    return Request(hit, open_meeting, _("会议开始，大屏已跟随会议"), values) if hit else None


def _doubted(sitting: Sitting, doubts: Sequence[OpeningDoubt], desk: Desk) -> str:
    lines = []
    if OpeningDoubt.OTHER_DAY in doubts:
        when = {"at": dated(sitting.at), "when": day_words(sitting, desk)}
        lines.append(_("会议通知的时间是{at}（{when}），不是今天。", **when))
    check = sitting.quorum_for()
    if OpeningDoubt.NO_QUORUM in doubts and check:
        lines.append(_("{words}：可以先开会再签到，到会不足不能表决。", words=quorum_words(check)))
    lines.append(_("开会后应到名单固定，大屏转到会议。第一次表决以前可以撤回。"))
    return "\n".join(lines)


def _to_the_sheet() -> None:
    """The roll, where who came late is signed in."""
    if st.button(_("去更新签到"), icon=":material/how_to_reg:", key="to_the_sheet", type="primary"):
        st.session_state[ROLLING] = True
        st.rerun()


def _closing(sitting: Sitting) -> Request | None:
    silent = sitting.presence.open
    does = _("会议结束，不能再表决；没有报到的 {n} 人记为缺席。接着公示通过的事项。", n=silent)
    hit = ask("close_now", _("宣布闭会"), does, _("现在闭会"), icon=":material/stop_circle:", primary=True)
    values = {"meeting_id": sitting.id, "version": sitting.version}
    return Request(hit, close_meeting, said_of_closing, values) if hit else None


def _taken_back(sitting: Sitting) -> Request | None:
    if not sitting.may_be_taken_back:
        return None
    does = _("会议回到“已通知”，大屏回到轮播，扫码签到停止。已签到的人和已记的要点都保留。")
    hit = ask("take_back_opening", _("撤回开会"), does, _("撤回，还没有开会"), icon=":material/undo:")
    return Request(hit, take_back_opening, _("已撤回，会议还没有开始"), {"meeting_id": sitting.id}) if hit else None

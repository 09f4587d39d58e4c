"""A meeting: the next step on top, one part at a time, and beside it facts, agenda, the room's screen, what is rare."""

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from components.acting import Request
from components.council.rule_words import rule_sentence
from components.detail import fact_list, more
from components.lists import Marked
from components.meetings.attendance import ROLLING
from components.meetings.desk import Desk, day_words, told_words
from components.meetings.draft import amend_form, cancel_form, move_form, send_form
from components.meetings.head import step_bar
from components.meetings.results import after_meeting, close_form, last_result, steer
from components.voting.quorum import presence_line
from components.wording import _, noted, plainly
from components.wording.dates import dated, short_day, today
from components.wording.terms import term
from db.queries.meetings.meetings import ScreenNow
from db.rules.meetings.chair_step import ChairStep
from db.rules.meetings.opening import days_until
from db.rules.meetings.sitting import Item, Sitting
from db.rules.permissions import Permission
from db.rules.voting.decision import QuorumCheck
from db.terms import MeetingState

BY_SHEET = (ChairStep.OPEN_MEETING, ChairStep.TAKE_ATTENDANCE)
EARLY = (MeetingState.DRAFT, MeetingState.CONVENED)
COUNTING = (ChairStep.COLLECT, ChairStep.CLOSE_BALLOT, ChairStep.ANNOUNCE)


class Part(StrEnum):
    """The parts of a console, of which one is drawn."""

    PREPARATION = "preparation"
    ITEMS = "items"
    SHEET = "sheet"
    SLIPS = "slips"
    RESULTS = "results"


def console_top(
    sitting: Sitting, step: ChairStep, focus: Item | None, desk: Desk, screen: ScreenNow | None
) -> Request | None:
    """The last result and the next step; `screen` is for the chair of a running meeting."""
    revealing = last_result(sitting, screen) if screen else None
    calm = screen is not None and _unrevealed(sitting, screen)
    request = step_bar(sitting, step, focus, desk, calm=calm)
    return revealing or request


def _unrevealed(sitting: Sitting, screen: ScreenNow) -> bool:
    item = sitting.item(screen.item_id)
    return item is not None and item.outcome is not None and not screen.revealed


def choose_part(sitting: Sitting, step: ChairStep, desk: Desk) -> Part:
    """Which part of a meeting that is called or in session is drawn."""
    parts = {Part.PREPARATION: _("准备")} if sitting.state is MeetingState.CONVENED else {}
    parts |= {Part.ITEMS: _("议题"), Part.SHEET: _("签到"), Part.SLIPS: _("票"), Part.RESULTS: _("结果")}
    if not desk.may(Permission.PRINT_SLIPS):
        parts.pop(Part.SLIPS)
    start = Part.SHEET if step in BY_SHEET else Part.RESULTS if step is ChairStep.CLOSE_MEETING else Part.ITEMS
    if Part.PREPARATION in parts and days_until(sitting.at, desk.today) > 0:
        start = Part.PREPARATION
    # A user who calls the roll stays at it when the quorum is reached and the next step is another one, until votes
    # are to be counted.
    if st.session_state.get(ROLLING) and step not in COUNTING:
        start = Part.SHEET
    chosen = st.segmented_control(
        _("部分"), list(parts), format_func=plainly(parts.__getitem__), default=start, key=f"part.{step}",
        width="stretch", required=True, label_visibility="collapsed",
    )  # fmt: skip
    part = Part(chosen) if chosen else start
    st.session_state[ROLLING] = bool(st.session_state.get(ROLLING)) and chosen == Part.SHEET
    return part


# --- beside it -----------------------------------------------------------------------------------------------------


def beside(
    sitting: Sitting, step: ChairStep, item: Item | None, desk: Desk, screen: ScreenNow | None
) -> Request | None:
    """The notice that a draft waits for or where a closed meeting goes on, then the facts; `item` is what is read."""
    requests: list[Request | None] = []
    if sitting.state is MeetingState.DRAFT:
        if step is ChairStep.SET_RULES:
            st.page_link("council/bodies.py", label=_("去设定议事规则"), icon=":material/gavel:")
        if step is ChairStep.SEND_NOTICE and desk.may(Permission.PREPARE_MEETING):
            requests.append(send_form(sitting, desk.now))
    after_meeting(sitting, sets_up=desk.may(Permission.SET_UP_PROJECT))
    if sitting.state is MeetingState.OPEN:
        _agenda(sitting)
    _facts(sitting, desk)
    if screen is not None:
        requests.append(steer(sitting, item, screen))
    return next((request for request in requests if request), None)


def rare(sitting: Sitting, step: ChairStep, desk: Desk) -> Request | None:
    """What is seldom done to a meeting in this state."""
    prepares, forms = desk.may(Permission.PREPARE_MEETING), list[tuple[str, str, Callable[[], Request | None]]]()
    if sitting.state is MeetingState.DRAFT and prepares:
        forms.append((_("改时间地点"), "edit_calendar", lambda: amend_form(sitting)))
    if sitting.state is MeetingState.CONVENED and prepares:
        forms.append((_("改期：重新发通知，提前天数重新算，已请的假作废"), "event_repeat", lambda: move_form(sitting)))
    if sitting.state in EARLY and prepares:
        forms.append((_("取消会议"), "cancel", lambda: cancel_form(sitting)))
    # Once all items are decided, closing is the next step and stands above.
    if sitting.state is MeetingState.OPEN and desk.chair and step is not ChairStep.CLOSE_MEETING:
        forms.append((_("提前闭会"), "stop_circle", lambda: close_form(sitting)))
    if not forms:
        return None
    requests = []
    with more() as menu:
        if menu.open:
            for label, icon, drawn in forms:
                with st.expander(label, icon=f":material/{icon}:"):
                    requests.append(drawn())
    return next((request for request in requests if request), None)


def _facts(sitting: Sitting, desk: Desk) -> None:
    at, check = dated(sitting.at), sitting.quorum_for()
    lines: list[tuple[str, str | Marked]] = [
        (_("时间"), noted(at, day_words(sitting, desk)) if sitting.state in EARLY else at),
        (_("地点"), sitting.place),
        (_("议程"), _("{n} 个议题", n=len(sitting.items)) if sitting.state is not MeetingState.OPEN else ""),
    ]
    if sitting.state is MeetingState.CONVENED:
        missing = any(seat.told_at is None for seat in sitting.seats)
        lines += [
            (_("通知"), _sent(sitting)),
            (_("送达"), Marked(told_words(sitting), "orange" if missing else "green")),
            (_("请假"), _("{n} 人", n=sitting.presence.leave)),
        ]
    if sitting.state in (MeetingState.OPEN, MeetingState.CLOSED):
        lines.append((_("到会"), presence_line(sitting.presence, sitting.observers)))
    lines += [
        (_("到会要求"), _asks(check) if check and sitting.state in EARLY else ""),
        (_("议事规则"), rule_sentence(sitting.rule) if sitting.rule else ""),
    ]
    fact_list(lines, key="meeting.facts", caption=_("会议"))


def _asks(check: QuorumCheck) -> str:
    return _("应到 {due} 人，到会 {needed} 人以上有效", due=check.due, needed=check.needed)


def _sent(sitting: Sitting) -> str:
    if sitting.notice_sent_at is None:
        return "—"
    sent = today(sitting.notice_sent_at)
    words = _("{day} 发出，提前 {n} 天", day=short_day(sent), n=days_until(sitting.at, sent))
    return noted(words, sitting.short_notice_reason) if sitting.short_notice_reason else words


def _agenda(sitting: Sitting) -> None:
    """How far the agenda is, a line an item, whatever part is open."""
    lines = [(str(item.position), f"{item.title} · {term(item.state)}") for item in sitting.items]
    fact_list(lines, key="meeting.agenda", caption=_("议程"))

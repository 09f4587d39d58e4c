"""A meeting that is called or in session: the next step on top, then one part at a time."""

import streamlit as st

from components.acting import Request
from components.council.rule_words import rule_sentence
from components.meetings.attendance import ROLLING, attendance
from components.meetings.desk import Desk, OnScreen
from components.meetings.draft import cancel_form
from components.meetings.head import step_bar
from components.meetings.item import choose_item, show_item
from components.meetings.notice_text import notice_text
from components.meetings.proof import proof
from components.meetings.results import close_form, last_result, results_table, steer
from components.meetings.slips import slips_part
from components.wording import _, safe
from db.rules.meetings.sitting import ChairStep, Item, Sitting
from db.rules.permissions import Permission
from db.terms import MeetingState

BY_SHEET = (ChairStep.OPEN_MEETING, ChairStep.TAKE_ATTENDANCE)


def console(sitting: Sitting, step: ChairStep, focus: Item | None, desk: Desk) -> Request | None:
    """Everything that this user may do now; returns what was asked for."""
    running = sitting.state is MeetingState.OPEN
    screen = _on_screen(sitting, desk) if running and desk.chair else None
    told = last_result(sitting, screen) if screen else None
    calm = screen is not None and _unrevealed(sitting, screen)
    requests = [told, step_bar(sitting, step, focus, desk, calm=calm)]
    part = _part(step, desk)
    if part == "sheet":
        requests.append(attendance(sitting, focus, desk.user))
    elif part == "items":
        requests.append(_items(sitting, focus, desk, screen))
    elif part == "slips":
        requests.append(slips_part(sitting, desk))
    elif part == "results":
        results_table(sitting)
        proof(sitting, desk)
        if desk.chair and running:
            with st.expander(
                _("宣布闭会"),
                icon=":material/stop_circle:",
                expanded=step is ChairStep.CLOSE_MEETING,
                key=f"end.{step}",
            ):
                requests.append(close_form(sitting))
    if sitting.rule is not None:
        st.caption(safe(_("议事规则：{rule}", rule=rule_sentence(sitting.rule))))
    return next((request for request in requests if request), None)


def _on_screen(sitting: Sitting, desk: Desk) -> OnScreen:
    shown = desk.ask("screen_now", community_id=sitting.community_id)
    return OnScreen(shown.mode, shown.item_id, shown.revealed)


def _unrevealed(sitting: Sitting, screen: OnScreen) -> bool:
    item = sitting.item(screen.item_id)
    return item is not None and item.outcome is not None and not screen.revealed


def _part(step: ChairStep, desk: Desk) -> str:
    parts = {"items": _("议题"), "sheet": _("签到"), "slips": _("票"), "results": _("结果")}
    if not desk.may(Permission.PRINT_SLIPS):
        parts.pop("slips")
    start = "sheet" if step in BY_SHEET else "results" if step is ChairStep.CLOSE_MEETING else "items"
    # Whoever calls the roll stays at it when the quorum is reached and the next step is another one.
    if st.session_state.get(ROLLING):
        start = "sheet"
    chosen = st.segmented_control(
        _("部分"), list(parts), format_func=parts.__getitem__, default=start, key=f"part.{step}", width="stretch",
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    st.session_state[ROLLING] = bool(st.session_state.get(ROLLING)) and chosen == "sheet"
    return chosen or start


def _items(sitting: Sitting, focus: Item | None, desk: Desk, screen: OnScreen | None) -> Request | None:
    item = choose_item(sitting, focus)
    requests = [show_item(sitting, item, desk) if item else None]
    if screen is not None:
        requests.append(steer(sitting, item, screen))
    if sitting.state is MeetingState.CONVENED:
        st.code(notice_text(sitting), language=None, wrap_lines=True)
        requests.append(cancel_form(sitting) if desk.may(Permission.PREPARE_MEETING) else None)
    return next((request for request in requests if request), None)

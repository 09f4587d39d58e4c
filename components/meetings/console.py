"""A meeting that is called or in session: the next step on top, then one part at a time."""

from collections.abc import Callable, Mapping
from enum import StrEnum

import streamlit as st

from components.acting import Request
from components.council.rule_words import rule_sentence
from components.meetings.attendance import ROLLING
from components.meetings.desk import Desk
from components.meetings.head import step_bar
from components.meetings.item import show_item
from components.meetings.results import close_form, last_result, results_table, steer
from components.wording import _, plainly, safe
from db.queries.meetings.meetings import ScreenNow
from db.queries.named import Named
from db.queries.voting.ballots import SlipStanding
from db.rules.meetings.chair_step import ChairStep
from db.rules.meetings.opening import days_until
from db.rules.meetings.sitting import BallotStanding, Item, Sitting
from db.rules.permissions import Actor, Permission
from db.terms import MeetingState, VoteMethod

BY_SHEET = (ChairStep.OPEN_MEETING, ChairStep.TAKE_ATTENDANCE)
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
) -> tuple[Part, Request | None]:
    """The last result, the next step, and which part to draw; `screen` is for the chair of a running meeting."""
    revealing = last_result(sitting, screen) if screen else None
    calm = screen is not None and _unrevealed(sitting, screen)
    request = step_bar(sitting, step, focus, desk, calm=calm)
    return _part(sitting, step, desk), revealing or request


def _unrevealed(sitting: Sitting, screen: ScreenNow) -> bool:
    item = sitting.item(screen.item_id)
    return item is not None and item.outcome is not None and not screen.revealed


def _part(sitting: Sitting, step: ChairStep, desk: Desk) -> Part:
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


def items_part(
    sitting: Sitting,
    item: Item | None,
    desk: Desk,
    screen: ScreenNow | None,
    slips: SlipStanding,
    voters: Mapping[VoteMethod, tuple[Named, ...]],
    turnout: Callable[[Actor], BallotStanding | None],
) -> Request | None:
    """The chosen item, and what the room's screen shows."""
    requests = [show_item(sitting, item, desk, slips, voters, turnout) if item else None]
    if screen is not None:
        requests.append(steer(sitting, item, screen))
    return next((request for request in requests if request), None)


def close_part(sitting: Sitting, step: ChairStep, desk: Desk) -> Request | None:
    """Below the results of a running meeting: the chair closes it."""
    if not desk.chair or sitting.state is not MeetingState.OPEN:
        return None
    if step is ChairStep.CLOSE_MEETING:
        return None  # then it is the next step, above
    with st.expander(_("提前闭会"), icon=":material/stop_circle:", key=f"end.{step}"):
        return close_form(sitting)


def closed_part(sitting: Sitting, step: ChairStep, focus: Item | None, desk: Desk) -> None:
    """A meeting that is over: what comes next, and the results."""
    step_bar(sitting, step, focus, desk)
    results_table(sitting)


def rule_line(sitting: Sitting) -> None:
    """The rule by which this meeting votes."""
    if sitting.rule is not None:
        st.caption(safe(_("议事规则：{rule}", rule=rule_sentence(sitting.rule))))

"""发言 on the console: who speaks and how long still, whom to call next, who waits, who has not spoken yet.

The clock ticks in the browser alone, towards the end that the server has computed; a second that passes runs nothing.
"""

from datetime import datetime, timedelta

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _, side_by_side
from components.wording.terms import term
from db.actions.meetings.floor import (
    ask_to_speak,
    ask_to_speak_myself,
    begin_speech,
    end_speech,
    grant_time,
    undo_begin,
    withdraw_my_turn,
    withdraw_turn,
)
from db.rules.meetings.floor import WARN_SECONDS, Floor, floor
from db.rules.meetings.sitting import DONE, Item, Seat, Sitting, SpeakerInQueue
from db.rules.permissions import Actor, Permission
from db.rules.voting.house_rule import HouseRule
from db.terms import ItemState, MeetingState, MemberPresence, SpeakerSide, SpeakerState

MINUTE = 60
KEYS = {"next": "N", "end": "E", "minute": "M"}
"""One key for each step that comes often; they do nothing while somebody types."""

_HTML = "<div class='speech' role='timer'></div>"
_CSS = """
.speech { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.2rem 1rem; padding: 0.6rem 0.9rem;
          border: 1px solid var(--st-border-color); border-left: 0.4rem solid var(--st-primary-color);
          border-radius: var(--st-base-radius); background: var(--st-secondary-background-color);
          color: var(--st-text-color); font-family: var(--st-font); }
.clock { font-size: 2.4rem; line-height: 1.1; font-weight: 600; font-variant-numeric: tabular-nums; }
.who { font-size: 1.3rem; font-weight: 600; overflow-wrap: anywhere; }
.said { flex-basis: 100%; font-size: 0.9rem; }
.state { font-size: 1rem; font-weight: 600; }
.soon { border-left-color: var(--st-orange-text-color); }
.soon .clock, .soon .state { color: var(--st-orange-text-color); }
.over { border-left-color: var(--st-red-text-color); }
.over .clock, .over .state { color: var(--st-red-text-color); }
"""
_JS = """
const kept = new WeakMap()
const part = (name, text) => {
  const element = document.createElement("div")
  element.className = name
  element.textContent = text
  return element
}
export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".speech")
  const state = kept.get(root) || {}
  kept.set(root, state)
  // The clock of this computer may be wrong: only the time that passes here counts.
  if (state.now !== data.now) { state.now = data.now; state.skew = data.now - Date.now() }
  clearInterval(state.timer)
  const clock = part("clock", ""), word = part("state", "")
  word.setAttribute("aria-live", "polite")
  root.replaceChildren(clock, part("who", data.who), word, part("said", data.said))
  const tick = () => {
    const left = Math.ceil((data.ends - Date.now() - state.skew) / 1000)
    const whole = Math.abs(left)
    const over = left <= 0, soon = !over && left <= data.warn
    clock.textContent = String(Math.floor(whole / 60)).padStart(2, "0") + ":" + String(whole % 60).padStart(2, "0")
    const now = over ? data.over : soon ? data.soon : ""
    if (word.textContent !== now) word.textContent = now
    root.className = "speech" + (over ? " over" : soon ? " soon" : "")
  }
  tick()
  state.timer = setInterval(tick, 250)
  return () => clearInterval(state.timer)
}
"""

_clock = st.components.v2.component("yiqilai_speech", html=_HTML, css=_CSS, js=_JS)


def floor_panel(sitting: Sitting, item: Item, user: Actor, now: datetime) -> Request | None:
    """The floor on an item under discussion; the request of the chair, the recorder or a member."""
    if sitting.rule is None or sitting.state is not MeetingState.OPEN:
        return None
    if item.state is ItemState.VOTING or item.state in DONE:
        return None
    out = {recused.member_id for recused in sitting.recusals if recused.item_id == item.id}
    arguing = [seat for seat in sitting.seats if seat.member_id not in out]
    facts = floor(sitting.speakers, arguing, item.id, sitting.rule, now)
    _speech(facts, sitting.rule, now)
    if not user.may(Permission.RUN_FLOOR):
        _queue_table(facts, item)
        return _my_turn(sitting, facts, item, user) if user.may(Permission.ASK_TO_SPEAK) else None
    requests = [_steps(facts, sitting, item)]
    _queue_table(facts, item)
    requests.append(_add(sitting, item, facts, sitting.rule))
    if facts.not_yet:
        names = side_by_side(seat.name for seat in facts.not_yet)
        st.text(_("还没有发言（{count} 人）：{names}", count=len(facts.not_yet), names=names))
    requests.append(_rearrange(facts, item))
    return next((request for request in requests if request), None)


def _label(turn: SpeakerInQueue) -> str:
    return f"{turn.seat:02d} {turn.name}"


def _speech(facts: Floor, rule: HouseRule, now: datetime) -> None:
    turn = facts.speaking
    if turn is None or facts.seconds_left is None:
        return
    said = _(
        "{side} · 第 {n} 次发言（每人最多 {most} 次，每次 {seconds} 秒）",
        side=term(turn.side),
        n=facts.spoken[turn.member_id],
        most=rule.speeches,
        seconds=rule.speech_seconds + turn.extra_seconds,
    )
    ends = now + timedelta(seconds=facts.seconds_left)
    data = {
        "who": _label(turn),
        "said": said,
        "soon": _("还剩不到 {seconds} 秒，请收尾", seconds=WARN_SECONDS),
        "over": _("已超时"),
        "warn": WARN_SECONDS,
        "now": int(now.timestamp() * 1000),
        "ends": int(ends.timestamp() * 1000),
    }
    _clock(key=f"speech.{turn.id}", data=data)


def _steps(facts: Floor, sitting: Sitting, item: Item) -> Request | None:
    """The frequent steps, each one press or one key."""
    turn, following = facts.speaking, facts.next
    here = [one for one in sitting.speakers if one.item_id == item.id and one.state is SpeakerState.DONE]
    last = max(here, key=lambda one: (one.ended_at or one.asked_at, one.id), default=None)
    with st.container(horizontal=True):
        if following is not None:
            call = press(
                f"begin.{following.id}",
                _("请 {who} 发言（{side}）", who=_label(following), side=term(following.side)),
                icon=":material/record_voice_over:",
                primary=True,
                shortcut=KEYS["next"],
            )
            if call:
                return Request(call, begin_speech, _("开始计时"), {"turn_id": following.id})
        if turn is not None:
            return _running(turn)
        if last is not None:
            back = press(f"undo_begin.{last.id}", _("撤回 {who} 的发言", who=_label(last)), icon=":material/undo:")
            if back:
                return Request(back, undo_begin, _("已退回排队"), {"turn_id": last.id})
    return None


def _running(turn: SpeakerInQueue) -> Request | None:
    end = press(f"end.{turn.id}", _("结束发言"), icon=":material/stop:", shortcut=KEYS["end"])
    more = press(f"minute.{turn.id}", _("加一分钟"), icon=":material/more_time:", shortcut=KEYS["minute"])
    back = press(f"undo_begin.{turn.id}", _("点错了，退回排队"), icon=":material/undo:")
    if end:
        return Request(end, end_speech, _("发言结束"), {"turn_id": turn.id})
    if more:
        values = {"turn_id": turn.id, "seconds": MINUTE, "version": turn.version}
        return Request(more, grant_time, _("已加一分钟"), values)
    return Request(back, undo_begin, _("已退回排队"), {"turn_id": turn.id}) if back else None


def _may_ask(sitting: Sitting, facts: Floor, rule: HouseRule) -> list[Seat]:
    waiting = {turn.member_id for turn in facts.queue}
    there = [seat for seat in sitting.seats if seat.presence is MemberPresence.PRESENT]
    free = [
        seat for seat in there if seat.member_id not in waiting and facts.spoken.get(seat.member_id, 0) < rule.speeches
    ]
    # Who has not spoken yet stands on top.
    return sorted(free, key=lambda seat: (facts.spoken.get(seat.member_id, 0), seat.seat))


def _add(sitting: Sitting, item: Item, facts: Floor, rule: HouseRule) -> Request | None:
    free = _may_ask(sitting, facts, rule)
    if not free:
        st.text(_("在场成员都在排队，或已用完发言次数。"))
        return None
    with form(f"ask.{item.id}") as filling, st.container(horizontal=True, vertical_alignment="bottom"):
        seat = filling.choice("member_id", _("要求发言的成员"), free, show=lambda one: one.label)
        side = filling.choice("side", _("态度"), list(SpeakerSide), start=SpeakerSide.FOR, few=True)
        pressed = filling.submit(_("加入排队"), icon=":material/front_hand:")
    if not pressed:
        return None
    values = {"item_id": item.id, "member_id": seat.member_id if seat else None, "side": side}
    return Request(filling, ask_to_speak, _("已加入排队"), values)


def _my_turn(sitting: Sitting, facts: Floor, item: Item, user: Actor) -> Request | None:
    """A member's own turn: ask for it, or give up the one that waits."""
    own = {seat.member_id for seat in sitting.seats if seat.account_id == user.id}
    place = next((n for n, turn in enumerate(facts.queue, 1) if turn.member_id in own), None)
    if place is None:
        return _ask_myself(item)
    turn = facts.queue[place - 1]
    st.text(_("您在排队，第 {n} 位（{side}）。轮到时主持人会叫您。", n=place, side=term(turn.side)))
    drop = press(f"my_turn.{turn.id}", _("不发言了，退出排队"), icon=":material/back_hand:")
    return Request(drop, withdraw_my_turn, _("已退出排队"), {"turn_id": turn.id}) if drop else None


def _ask_myself(item: Item) -> Request | None:
    with form(f"ask_myself.{item.id}") as filling:
        side = filling.choice("side", _("我的态度"), list(SpeakerSide), start=SpeakerSide.NEUTRAL, few=True)
        pressed = filling.submit(_("我要发言"), icon=":material/front_hand:")
    if not pressed:
        return None
    return Request(filling, ask_to_speak_myself, _("已加入排队，请等主持人叫到"), {"item_id": item.id, "side": side})


def _queue_table(facts: Floor, item: Item) -> None:
    rows(
        [
            {"n": n, "who": _label(turn), "side": turn.side, "spoken": facts.spoken.get(turn.member_id, 0)}
            for n, turn in enumerate(facts.queue, 1)
        ],
        [
            Column("n", _("顺序"), "nowrap"),
            Column("who", _("排队发言"), "nowrap"),
            Column("side", _("态度"), "nowrap"),
            Column("spoken", _("本议题已发言（次）"), "number"),
        ],
        key=f"floor.{item.id}",
        empty=_("没有人排队。"),
        caption=_("排队发言"),
    )


def _rearrange(facts: Floor, item: Item) -> Request | None:
    if not facts.queue:
        return None
    ways = {"begin_speech": _("请先发言"), "withdraw_turn": _("不发言了")}
    said = {"begin_speech": _("开始计时"), "withdraw_turn": _("已移出排队")}
    with (
        st.expander(_("叫别人先发言，或移出排队"), icon=":material/swap_vert:"),
        form(f"queue.{item.id}", border=False) as filling,
    ):
        turn = filling.choice("turn_id", _("排队发言"), list(facts.queue), show=_label)
        act = filling.choice("act", _("怎样处理"), list(ways), start="begin_speech", show=ways.__getitem__, few=True)
        pressed = filling.submit(_("就这样办"))
    if not pressed:
        return None
    if turn is None or act is None:
        filling.problem("turn_id", _("请从列表中选择。"))
        return None
    return Request(filling, begin_speech if act == "begin_speech" else withdraw_turn, said[act], {"turn_id": turn.id})

"""三单制: the one life of an order (点单 → 派单 → 接单 → 服务 → 双方确认 → 评单), as a table of event × state.

States and their order are those of docs/domain.md 11.1. Whoever changes an order asks `after` for the next state and
nothing else; `possible` tells a screen what can be done now.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from db.rules.workdays import is_workday
from db.rules.zone import CHINA
from db.terms import OrderChannel, OrderState

S = OrderState


class OrderEvent(StrEnum):
    """What can happen to an order."""

    TAKE = "take"  # 受理
    OFFER = "offer"  # 派单
    ACCEPT = "accept"  # 接单
    DECLINE = "decline"  # 拒单
    WITHDRAW = "withdraw"  # 改派
    SWAP = "swap"  # 换班（有人接替）
    STEP_BACK = "step_back"  # 换班（没有人接替，退回派单）
    START = "start"  # 上门
    FINISH = "finish"  # 完成，服务人确认
    NOT_DONE = "not_done"  # 居民说没有做好，退回派单
    CONFIRM = "confirm"  # 居民确认
    RATE = "rate"  # 评单
    CLOSE = "close"  # 关闭
    CANCEL = "cancel"  # 取消


E = OrderEvent


class Needs(StrEnum):
    """What an event must bring with it."""

    HELPER = "helper"  # 服务人
    LIVE_OFFER = "live_offer"  # 一份待接或已接的派单
    REASON = "reason"  # 理由
    WORDS = "words"  # 做了什么
    MINUTES = "minutes"  # 时长
    RESIDENTS_WORD = "residents_word"  # 确认码、电话或签字
    RATING = "rating"  # 评价，或记明未评价
    NO_OPEN_CASE = "no_open_case"  # 跟进与复核都已办结


TABLE: Mapping[OrderEvent, Mapping[OrderState, OrderState]] = {
    E.TAKE: {S.WAITING: S.TAKEN},
    E.OFFER: {S.TAKEN: S.OFFERED},
    E.ACCEPT: {S.OFFERED: S.ACCEPTED},
    E.DECLINE: {S.OFFERED: S.TAKEN},
    E.WITHDRAW: {S.OFFERED: S.TAKEN, S.ACCEPTED: S.TAKEN, S.IN_SERVICE: S.TAKEN},
    E.SWAP: {S.ACCEPTED: S.ACCEPTED},
    E.STEP_BACK: {S.ACCEPTED: S.TAKEN},
    E.START: {S.ACCEPTED: S.IN_SERVICE},
    E.FINISH: {S.IN_SERVICE: S.DONE},
    E.NOT_DONE: {S.DONE: S.TAKEN},
    E.CONFIRM: {S.DONE: S.CONFIRMED},
    E.RATE: {S.CONFIRMED: S.REVISITED},
    E.CLOSE: {S.REVISITED: S.CLOSED},
    E.CANCEL: dict.fromkeys((S.WAITING, S.TAKEN, S.OFFERED, S.ACCEPTED, S.IN_SERVICE), S.CANCELLED),
}
"""Event → state → the state after it; what is not here cannot happen."""

NEEDS: Mapping[OrderEvent, frozenset[Needs]] = {
    E.TAKE: frozenset(),
    E.OFFER: frozenset({Needs.HELPER}),
    E.ACCEPT: frozenset({Needs.LIVE_OFFER}),
    E.DECLINE: frozenset({Needs.LIVE_OFFER, Needs.REASON}),
    E.WITHDRAW: frozenset({Needs.LIVE_OFFER, Needs.REASON}),
    E.SWAP: frozenset({Needs.LIVE_OFFER, Needs.HELPER}),
    E.STEP_BACK: frozenset({Needs.LIVE_OFFER, Needs.REASON}),
    E.START: frozenset({Needs.LIVE_OFFER}),
    E.FINISH: frozenset({Needs.LIVE_OFFER, Needs.WORDS, Needs.MINUTES}),
    E.NOT_DONE: frozenset({Needs.LIVE_OFFER, Needs.REASON}),
    E.CONFIRM: frozenset({Needs.RESIDENTS_WORD}),
    E.RATE: frozenset({Needs.RATING}),
    E.CLOSE: frozenset({Needs.NO_OPEN_CASE}),
    E.CANCEL: frozenset({Needs.REASON}),
}

FINAL = frozenset({S.CLOSED, S.CANCELLED})
UNANSWERED = frozenset({S.WAITING, S.TAKEN, S.OFFERED})
"""Nobody has accepted yet: the time to answer is running."""
UNFINISHED = UNANSWERED | {S.ACCEPTED, S.IN_SERVICE}
"""The service is still to be done: the time to finish is running."""
IN_HAND = frozenset(TABLE[E.WITHDRAW])
"""Somebody was asked or is on it, so that it can go back to dispatch; what is served waits for the resident alone."""
WITH_MINUTES = frozenset({S.CONFIRMED, S.REVISITED, S.CLOSED})
"""The resident's word is there: the minutes count, in the helper's own sum and in every sum of hours."""
SPOKEN_WITH = frozenset({OrderChannel.PHONE, OrderChannel.DOOR, OrderChannel.DESK, OrderChannel.NEED})
"""Channels where a worker spoke with the resident: such an order is taken as it is written down (受理)."""


def first_state(channel: OrderChannel) -> OrderState:
    """Where an order begins: what came by poster or by a series still waits for a word with the resident."""
    return S.TAKEN if channel in SPOKEN_WITH else S.WAITING


def after(event: OrderEvent, state: OrderState) -> OrderState | None:
    """The state after an event, or None when it cannot happen there."""
    return TABLE[event].get(state)


def possible(state: OrderState) -> frozenset[OrderEvent]:
    """What can happen in a state."""
    return frozenset(event for event, steps in TABLE.items() if state in steps)


# --- when something is due ------------------------------------------------------------------------------------

OPENS, SHUTS = time(8, 30), time(17, 30)
"""Office hours of a community."""
MOST_HOURS = 24 * 30
"""No service gives its helpers longer to answer."""


def answer_due(made_at: datetime, hours: int, overrides: Mapping[date, bool]) -> datetime:
    """Until when somebody must have accepted: `hours` from taking it, days off not counted, within office hours.

    An order of Friday 16:00 with 24 hours is due on Monday 16:00; one of 16:00 with 4 hours at half past eight on the
    next working day. The moment is never before the order.
    """
    moment = made_at.astimezone(CHINA)
    left = timedelta(hours=hours)
    while left > timedelta():
        midnight = datetime.combine(moment.date() + timedelta(days=1), time(), CHINA)
        if not is_workday(moment.date(), overrides)[0]:
            moment = midnight
            continue
        step = min(left, midnight - moment)
        moment, left = moment + step, left - step
    if moment.time() > SHUTS:
        moment = datetime.combine(moment.date() + timedelta(days=1), OPENS, CHINA)
    while not is_workday(moment.date(), overrides)[0]:
        moment = datetime.combine(moment.date() + timedelta(days=1), OPENS, CHINA)
    if moment.time() < OPENS:
        moment = datetime.combine(moment.date(), OPENS, CHINA)
    return moment


def moved_answer(
    made_at: datetime, due_at: datetime, hours: int, before: Mapping[date, bool], after: Mapping[date, bool]
) -> datetime:
    """`due_at` when the calendar changes from `before` to `after`, by the same hours: those of the service now, or,
    where they were changed since, the fewest that give `due_at`.
    """
    for one in (hours, *range(1, MOST_HOURS + 1)):
        if answer_due(made_at, one, before) == due_at:
            return answer_due(made_at, one, after)
    return due_at


def finish_due(made_on: date, days: int, wanted_on: date | None) -> date:
    """Until when it must be done: the day that was asked for, else so many days after taking it."""
    return wanted_on or made_on + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is late about an order."""

    answer: bool
    finish: bool

    def __bool__(self) -> bool:
        return self.answer or self.finish


def overdue(state: OrderState, answer_due_at: datetime | None, finish_due_on: date | None, now: datetime) -> Overdue:
    """Whether an answer or the service itself is late; what has ended is never late."""
    return Overdue(
        state in UNANSWERED and answer_due_at is not None and answer_due_at < now,
        state in UNFINISHED and finish_due_on is not None and finish_due_on < now.astimezone(CHINA).date(),
    )


# --- the resident's code --------------------------------------------------------------------------------------

CODE_LENGTH, CODE_TRIES = 6, 5
_CODE = re.compile(rf"\d{{{CODE_LENGTH}}}")
_PLAIN = str.maketrans("０１２３４５６７８９", "0123456789")


def understood_code(typed: object) -> str | None:
    """The six digits that were meant (full width, spaces and dashes allowed); None when it can be no code."""
    if not isinstance(typed, str):
        return None
    plain = "".join(typed[:40].translate(_PLAIN).replace("-", "").split())
    return plain if _CODE.fullmatch(plain) else None


def tries_left(tries: int) -> int:
    """How often a wrong code may still be typed."""
    return max(0, CODE_TRIES - tries)


# --- time of day ----------------------------------------------------------------------------------------------

_SAID: Mapping[str, Collection[str]] = {
    "am": ("am", "上午", "早"),
    "pm": ("pm", "下午", "中午"),
    "eve": ("eve", "晚"),
}
_CLOCK = re.compile(r"^\s*(\d{1,2})(?::|：|点|时)")


@lru_cache(maxsize=1024)
def half_of(wanted_time: str) -> str:
    """Which half of the day was asked for: "am", "pm", "eve", or "" when any will do."""
    said = wanted_time.strip().lower()
    for half, words in _SAID.items():
        if any(said.startswith(word) for word in words):
            return half
    clock = _CLOCK.match(said)
    if clock is None or int(clock[1]) > 23:
        return ""
    hour = int(clock[1])
    return "am" if hour < 12 else "pm" if hour < 18 else "eve"

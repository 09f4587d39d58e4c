"""三单制: what may follow what. No way out but the two ends, and nothing closed without both words and a rating."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.orders.life import (
    FINAL,
    NEEDS,
    OPENS,
    SHUTS,
    TABLE,
    UNANSWERED,
    UNFINISHED,
    Needs,
    OrderEvent,
    after,
    answer_due,
    finish_due,
    first_state,
    half_of,
    overdue,
    possible,
    tries_left,
    understood_code,
)
from db.rules.workdays import is_workday
from db.rules.zone import CHINA
from db.terms import OrderChannel, OrderState

S, E = OrderState, OrderEvent
FIRST, LAST = datetime(2025, 1, 1), datetime(2026, 11, 30)  # noqa: DTZ001 - hypothesis adds the zone
EVENTS = st.lists(st.sampled_from(list(E)), max_size=60)
STARTS = st.sampled_from([S.WAITING, S.TAKEN])
WITH_HELPER = frozenset({S.OFFERED, S.ACCEPTED, S.IN_SERVICE, S.DONE, S.CONFIRMED, S.REVISITED, S.CLOSED})
"""States in which exactly one offer is live; in every other state none is."""


@dataclass(frozen=True, slots=True)
class Life:
    """An order as far as its life goes: the state, and what must have happened before the end."""

    state: OrderState
    live_offers: int = 0
    helper_confirmed: bool = False
    resident_confirmed: bool = False
    rated: bool = False


def lived(life: Life, event: OrderEvent) -> Life | None:
    """The life after an event; None when it cannot happen."""
    following = after(event, life.state)
    if following is None:
        return None
    offers = life.live_offers
    if event is E.OFFER:
        offers += 1
    elif event in (E.DECLINE, E.WITHDRAW, E.STEP_BACK, E.NOT_DONE) or (event is E.CANCEL and offers):
        offers -= 1
    return Life(
        following,
        offers,
        event is E.FINISH or (life.helper_confirmed and event is not E.NOT_DONE),
        event is E.CONFIRM or life.resident_confirmed,
        event is E.RATE or life.rated,
    )


def walk(start: OrderState, events: list[OrderEvent]) -> list[tuple[OrderEvent | None, Life]]:
    """The events that could happen, one after the other, and the life after each."""
    life = Life(start)
    steps: list[tuple[OrderEvent | None, Life]] = [(None, life)]
    for event in events:
        following = lived(life, event)
        if following is not None:
            life = following
            steps.append((event, life))
    return steps


def test_there_is_a_way_on_from_every_state_but_the_two_ends() -> None:
    assert {state for state in S if not possible(state)} == FINAL


def test_every_state_can_be_reached_and_can_reach_an_end() -> None:
    def reached(start: OrderState) -> set[OrderState]:
        found, todo = {start}, [start]
        while todo:
            state = todo.pop()
            new = {steps[state] for steps in TABLE.values() if state in steps} - found
            found |= new
            todo += new
        return found

    assert reached(S.WAITING) == set(S)
    assert all(reached(state) & FINAL for state in S)


def test_every_event_says_what_it_needs() -> None:
    assert set(NEEDS) == set(E) == set(TABLE)
    assert all(Needs.REASON in NEEDS[event] for event in (E.DECLINE, E.WITHDRAW, E.CANCEL, E.NOT_DONE, E.STEP_BACK))


@given(STARTS, EVENTS)
def test_nothing_is_closed_without_both_confirmations_and_a_rating(start: OrderState, events: list[OrderEvent]) -> None:
    for _, life in walk(start, events):
        if life.state is S.CLOSED:
            assert (life.helper_confirmed, life.resident_confirmed, life.rated) == (True, True, True)


@given(STARTS, EVENTS)
def test_at_most_one_offer_is_live_and_exactly_where_a_helper_stands(
    start: OrderState, events: list[OrderEvent]
) -> None:
    for _, life in walk(start, events):
        assert life.live_offers == (1 if life.state in WITH_HELPER else 0)


@given(STARTS, EVENTS)
def test_whoever_declines_or_steps_back_sends_it_back_to_dispatch(start: OrderState, events: list[OrderEvent]) -> None:
    for event, life in walk(start, events):
        if event in (E.DECLINE, E.WITHDRAW, E.STEP_BACK, E.NOT_DONE):
            assert life.state is S.TAKEN
            assert E.OFFER in possible(life.state)


@given(STARTS, EVENTS)
def test_an_end_stays_an_end(start: OrderState, events: list[OrderEvent]) -> None:
    ended = [life.state for _, life in walk(start, events) if life.state in FINAL]
    assert len(ended) <= 1


def test_the_straight_way_is_the_one_of_the_domain() -> None:
    events = [E.TAKE, E.OFFER, E.ACCEPT, E.START, E.FINISH, E.CONFIRM, E.RATE, E.CLOSE]
    states = [life.state for _, life in walk(S.WAITING, events)]
    assert states == list(S)[:9]


def test_what_a_worker_heard_is_taken_and_what_came_by_itself_waits() -> None:
    assert first_state(OrderChannel.PHONE) is S.TAKEN
    assert first_state(OrderChannel.POSTER) is S.WAITING
    assert first_state(OrderChannel.SERIES) is S.WAITING


def test_a_finished_service_cannot_be_cancelled() -> None:
    assert after(E.CANCEL, S.DONE) is None


# --- due ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "hours", "due"),
    [
        (datetime(2026, 3, 5, 10, tzinfo=CHINA), 4, datetime(2026, 3, 5, 14, tzinfo=CHINA)),
        (datetime(2026, 3, 5, 16, tzinfo=CHINA), 4, datetime(2026, 3, 6, 8, 30, tzinfo=CHINA)),
        (datetime(2026, 3, 6, 16, tzinfo=CHINA), 24, datetime(2026, 3, 9, 16, tzinfo=CHINA)),
        (datetime(2026, 3, 7, 11, tzinfo=CHINA), 24, datetime(2026, 3, 10, 8, 30, tzinfo=CHINA)),
        (datetime(2026, 3, 6, 23, tzinfo=CHINA), 4, datetime(2026, 3, 9, 8, 30, tzinfo=CHINA)),
    ],
)
def test_an_answer_is_due_in_office_hours(made: datetime, hours: int, due: datetime) -> None:
    assert answer_due(made, hours, {}) == due


@given(st.datetimes(FIRST, LAST, timezones=st.just(UTC)), st.integers(1, 240))
def test_an_answer_is_never_due_before_its_order_nor_on_a_day_off(made: datetime, hours: int) -> None:
    due = answer_due(made, hours, {})
    assert due > made or due - made == timedelta()
    assert OPENS <= due.time() <= SHUTS
    assert is_workday(due.date(), {})[0]


def test_a_day_that_the_subdistrict_declared_free_does_not_count() -> None:
    made = datetime(2026, 3, 5, 10, tzinfo=CHINA)
    assert answer_due(made, 24, {date(2026, 3, 6): False}) == datetime(2026, 3, 9, 10, tzinfo=CHINA)


def test_the_day_asked_for_is_the_day_it_is_due() -> None:
    assert finish_due(date(2026, 3, 5), 7, None) == date(2026, 3, 12)
    assert finish_due(date(2026, 3, 5), 7, date(2026, 3, 6)) == date(2026, 3, 6)


@pytest.mark.parametrize("state", list(S))
def test_only_what_is_open_is_late(state: OrderState) -> None:
    now = datetime(2026, 3, 5, 10, tzinfo=CHINA)
    late = overdue(state, now - timedelta(hours=1), now.date() - timedelta(days=1), now)
    assert late.answer is (state in UNANSWERED)
    assert late.finish is (state in UNFINISHED)
    assert not overdue(state, now + timedelta(hours=1), now.date(), now)


# --- the code, the time of day --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("012345", "012345"), (" 012 345 ", "012345"), ("０１２-３４５", "012345"), ("12345", None), ("abcdef", None)],
)
def test_six_digits_are_understood_as_people_type_them(typed: str, meant: str | None) -> None:
    assert understood_code(typed) == meant


@given(st.text(max_size=80))
def test_a_code_is_six_digits_or_nothing(typed: str) -> None:
    code = understood_code(typed)
    assert code is None or (len(code) == 6 and code.isascii() and code.isdigit())


def test_five_wrong_codes_and_no_more() -> None:
    assert [tries_left(n) for n in (0, 4, 5, 9)] == [5, 1, 0, 0]


@pytest.mark.parametrize(
    ("said", "half"),
    [("am", "am"), ("上午九点", "am"), ("9:30", "am"), ("14点", "pm"), ("晚上", "eve"), ("19:00", "eve"), ("随时", "")],
)
def test_a_time_of_day_is_heard(said: str, half: str) -> None:
    assert half_of(said) == half

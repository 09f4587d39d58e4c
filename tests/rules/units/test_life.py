"""The life of a request: no way leads round, and what was thanked was promised."""

from hypothesis import given
from hypothesis import strategies as st

from db.rules.units.life import GIVEN, HOLDS, OPEN, REQUEST, may_follow
from db.terms import RequestState

STATES = st.sampled_from(RequestState)


@given(st.lists(STATES, max_size=12))
def test_whatever_is_tried_a_request_is_thanked_only_after_promise_and_use(tries: list[RequestState]) -> None:
    way = [RequestState.ASKED]
    for state in tries:
        if may_follow(way[-1], state):
            way.append(state)

    assert len(way) == len(set(way))
    if way[-1] is RequestState.THANKED:
        assert way == [RequestState.ASKED, RequestState.PROMISED, RequestState.USED, RequestState.THANKED]


@given(STATES, STATES)
def test_what_was_used_cannot_be_taken_back(state: RequestState, following: RequestState) -> None:
    if state in GIVEN and may_follow(state, following):
        assert following in GIVEN


def test_every_state_is_in_the_table_and_is_open_holding_or_over() -> None:
    assert set(REQUEST) == set(RequestState)
    over = {state for state, following in REQUEST.items() if not following}
    assert set(OPEN) | set(HOLDS) | over == set(RequestState)
    assert over == {
        RequestState.THANKED, RequestState.DECLINED, RequestState.WITHDRAWN, RequestState.CANCELLED,
    }  # fmt: skip

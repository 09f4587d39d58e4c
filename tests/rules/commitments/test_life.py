"""承诺—践诺—评诺: what may follow what. Nothing is judged that was not reviewed and published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.commitments.life import (
    BEING_KEPT,
    FINAL,
    NEEDS,
    ON_THE_WALL,
    TABLE,
    CommitmentEvent,
    Needs,
    after,
    possible,
)
from db.terms import CommitmentState

S, E = CommitmentState, CommitmentEvent
EVENTS = st.lists(st.sampled_from(list(E)), max_size=60)


def lived(events: list[CommitmentEvent]) -> tuple[list[CommitmentEvent], CommitmentState]:
    happened, state = [], S.DRAFT
    for event in events:
        following = after(event, state)
        if following is not None:
            happened.append(event)
            state = following
    return happened, state


@given(EVENTS)
def test_nothing_stands_on_the_wall_without_review_and_publication(events: list[CommitmentEvent]) -> None:
    happened, state = lived(events)

    if state in ON_THE_WALL:
        assert happened.index(E.SUBMIT) < happened.index(E.APPROVE) < happened.index(E.PUBLISH)
        since_change = happened[len(happened) - happened[::-1].index(E.CHANGE) :] if E.CHANGE in happened else happened
        assert E.APPROVE in since_change
        assert E.PUBLISH in since_change


@given(EVENTS)
def test_a_judged_promise_was_kept_or_rested_until_its_end(events: list[CommitmentEvent]) -> None:
    happened, state = lived(events)

    if state is S.JUDGED:
        assert happened[-2:] == [E.FALL_DUE, E.JUDGE]


@pytest.mark.parametrize("state", list(S))
def test_only_the_two_ends_have_no_way_on(state: CommitmentState) -> None:
    assert bool(possible(state)) is (state not in FINAL)
    assert (E.END in possible(state)) is (state not in FINAL)


def test_whoever_promised_neither_reviews_nor_judges() -> None:
    assert {event for event, needs in NEEDS.items() if Needs.OTHER_PERSON in needs} == {
        E.RETURN, E.APPROVE, E.PUBLISH, E.JUDGE,
    }  # fmt: skip
    assert set(NEEDS) == set(TABLE) == set(E)


def test_dates_come_due_while_it_is_published_and_not_in_a_pause() -> None:
    assert frozenset({S.PUBLISHED, S.KEEPING}) == BEING_KEPT
    assert after(E.RESUME, S.PAUSED) is S.KEEPING

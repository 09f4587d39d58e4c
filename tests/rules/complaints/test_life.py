"""No complaint is lost, none is closed without a reply and a revisit, and a relapse always starts from closed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.complaints.life import (
    COMPLAINT,
    IN_HAND,
    NOT_REACHED_TRIES,
    OPEN,
    Lacks,
    Part,
    is_late,
    lacks_to_close,
    may_follow,
    root_of,
    way_to,
    who_is_on_stage,
)
from db.terms import ComplaintState, ResponsibleBody
from tests.builders.world import TODAY

STATES = st.sampled_from(list(ComplaintState))


@st.composite
def walks(draw: st.DrawFn) -> list[ComplaintState]:
    """Any life of at most thirty steps."""
    walk = [ComplaintState.REGISTERED]
    for _ in range(draw(st.integers(0, 30))):
        following = sorted(COMPLAINT[walk[-1]])
        if not following:
            break
        walk.append(draw(st.sampled_from(following)))
    return walk


@given(walks())
def test_nothing_is_closed_that_was_not_answered_since_it_was_last_in_hand(walk: list[ComplaintState]) -> None:
    for before, after in pairwise(walk):
        assert after is not ComplaintState.CLOSED or before is ComplaintState.REPLIED
        assert after is not ComplaintState.REPLIED or before is ComplaintState.HANDED_OVER


@given(walks())
def test_a_relapse_comes_from_closed_and_goes_into_hands(walk: list[ComplaintState]) -> None:
    for before, after in pairwise(walk):
        assert after is not ComplaintState.REOPENED or before is ComplaintState.CLOSED
        assert before is not ComplaintState.REOPENED or after is ComplaintState.HANDED_OVER


@given(walks())
def test_only_a_void_one_has_nowhere_to_go(walk: list[ComplaintState]) -> None:
    assert bool(COMPLAINT[walk[-1]]) is (walk[-1] is not ComplaintState.VOID)
    assert ComplaintState.VOID not in walk[:-1]


@given(STATES, STATES)
def test_a_way_is_made_of_allowed_steps_and_ends_where_it_should(current: ComplaintState, to: ComplaintState) -> None:
    way = way_to(current, to)

    assert all(may_follow(before, after) for before, after in pairwise((current, *way)))
    assert not way or way[-1] is to


@pytest.mark.parametrize("state", IN_HAND)
def test_whatever_is_in_hand_can_be_answered(state: ComplaintState) -> None:
    assert way_to(state, ComplaintState.REPLIED)


@given(st.text(max_size=5), st.sampled_from([None, True, False]), st.integers(0, 6), st.text(max_size=5))
def test_closing_needs_a_reply_and_a_revisit_or_tries_and_words_when_unsolved(
    reply: str, solved: bool | None, tries: int, words: str
) -> None:
    lacks = lacks_to_close(reply=reply, solved=solved, tries=tries, words=words)

    may_close = bool(reply) and (solved is not None or tries >= NOT_REACHED_TRIES) and (solved is not False or words)
    assert (lacks is None) is bool(may_close)
    assert lacks is not Lacks.REPLY or not reply


@given(
    st.sampled_from([None, *ResponsibleBody]),
    st.lists(st.sampled_from(list(ResponsibleBody))),
    st.lists(st.sampled_from(list(ResponsibleBody))),
)
def test_at_most_one_leads_and_the_community_stands_beside_another(
    responsible: ResponsibleBody | None, assists: list[ResponsibleBody], before: list[ResponsibleBody]
) -> None:
    parts = {role.body: role.part for role in who_is_on_stage(responsible, assists, before)}

    assert set(parts) == set(ResponsibleBody)
    assert [body for body, part in parts.items() if part is Part.LEADS] == ([responsible] if responsible else [])
    if responsible not in (None, ResponsibleBody.COMMUNITY) and ResponsibleBody.COMMUNITY not in assists:
        assert parts[ResponsibleBody.COMMUNITY] is Part.BESIDE


@given(st.integers(1, 9), st.integers(1, 9), st.one_of(st.none(), st.integers(1, 9)))
def test_a_repeat_never_points_to_itself_and_always_to_a_first(row: int, first: int, points_to: int | None) -> None:
    root = root_of(row, first, points_to)

    assert root != row
    assert root in (None, points_to if points_to is not None else first)


@pytest.mark.parametrize("state", ComplaintState)
def test_only_what_is_in_hand_can_be_late(state: ComplaintState) -> None:
    yesterday = TODAY.replace(day=TODAY.day - 1)

    assert is_late(state, yesterday, TODAY) is (state in IN_HAND)
    assert not is_late(state, TODAY, TODAY)
    assert not is_late(state, None, TODAY)
    assert set(IN_HAND) < set(OPEN)

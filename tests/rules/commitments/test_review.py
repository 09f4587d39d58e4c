"""民主评议党员: what may follow what; counts fit; a third warns; the list follows the roll."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.commitments.quarter import Figures
from db.rules.commitments.review import (
    NEEDS,
    TABLE,
    TAKES_PART,
    Evidence,
    OnList,
    OnRoll,
    ReviewEvent,
    ReviewNeeds,
    RollMove,
    after,
    evidence_from,
    excellent_most,
    holds_up,
    may_vote,
    misfit,
    next_step,
    review_years,
    roll_moves,
    too_many_excellent,
)
from db.terms import ReviewGrade, ReviewStanding, ReviewState, ReviewStep, Verdict

S, E, G, T = ReviewState, ReviewEvent, ReviewGrade, ReviewStanding
STANDINGS = st.sampled_from(list(T))
ROLL = st.lists(
    st.builds(OnRoll, st.integers(1, 9), st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    unique_by=lambda one: one.member_id,
)


@given(st.lists(st.sampled_from(list(E)), max_size=40))
def test_nothing_is_closed_without_a_proposal_and_nothing_is_worked_on_afterwards(events: list[ReviewEvent]) -> None:
    happened, state = [], S.OPEN
    for event in events:
        following = after(event, state)
        if following is not None:
            happened.append(event)
            state = following

    if E.CONFIRM in happened:
        at = happened.index(E.CONFIRM)
        assert happened[at - 1] is E.PROPOSE
        assert set(happened[at + 1 :]) <= {E.CORRECT}
        assert state is S.CLOSED
    else:
        assert E.CORRECT not in happened


def test_closing_and_correcting_ask_for_another_person() -> None:
    assert {event for event, needs in NEEDS.items() if ReviewNeeds.OTHER_PERSON in needs} == {E.CONFIRM, E.CORRECT}
    assert set(NEEDS) == set(TABLE) == set(E)


@given(STANDINGS, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_only_who_is_due_holds_the_review_up_and_only_without_a_grade(
    standing: ReviewStanding, spoke: bool, counted: bool, checked: bool, graded: bool
) -> None:
    step = next_step(standing, spoke=spoke, counted=counted, checked=checked, graded=graded)

    assert holds_up(standing, step) is (standing is T.DUE and not (spoke and counted and checked and graded))
    if step is ReviewStep.GRADE:
        assert spoke
        assert counted
        assert checked


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.lists(st.integers(0, 20), min_size=4, max_size=4))
def test_counts_fit_or_the_first_field_that_does_not_is_named(
    handed_out: int, returned: int, valid: int, counts: list[int]
) -> None:
    wrong = misfit(may_vote=30, handed_out=handed_out, returned=returned, valid=valid, counts=counts)

    assert (wrong == "") is (sum(counts) == valid <= returned <= handed_out <= 30)


@pytest.mark.parametrize(("excellent", "others", "warned"), [(0, 0, False), (1, 1, True), (1, 2, False), (2, 3, True)])
def test_more_than_a_third_rounded_down_is_asked_about(excellent: int, others: int, warned: bool) -> None:
    grades = [G.EXCELLENT] * excellent + [G.QUALIFIED] * others

    assert too_many_excellent(grades) is warned
    assert excellent_most(len(grades)) == len(grades) // 3


@given(ROLL, st.dictionaries(st.integers(1, 9), STANDINGS))
def test_a_list_that_followed_the_roll_has_nothing_left_to_follow(
    roll: list[OnRoll], listed: dict[int, ReviewStanding]
) -> None:
    known = {one.member_id for one in roll}
    lines = {number: standing for number, standing in listed.items() if number in known}
    moves = roll_moves([OnList(*one) for one in lines.items()], roll)
    lines |= {one.member_id: one.standing for one in moves}

    assert roll_moves([OnList(*one) for one in lines.items()], roll) == ()
    assert {number for number, standing in lines.items() if standing in TAKES_PART} == {
        one.member_id for one in roll if one.in_branch
    }


def test_who_left_moved_was_merged_came_or_came_back_is_told_apart() -> None:
    listed = [OnList(1, T.DUE), OnList(2, T.DUE), OnList(3, T.DUE), OnList(4, T.MOVED), OnList(5, T.EXCUSED)]
    roll = [OnRoll(1, False, ended=True), OnRoll(2, False), OnRoll(3, False, merged=True), OnRoll(4, True),
            OnRoll(5, True), OnRoll(6, True, probationary=True), OnRoll(7, False)]  # fmt: skip

    assert roll_moves(listed, roll) == (
        RollMove(1, T.LEFT, new=False), RollMove(2, T.MOVED, new=False), RollMove(3, T.MERGED, new=False),
        RollMove(4, T.DUE, new=False), RollMove(6, T.PROBATIONARY, new=True),
    )  # fmt: skip


def test_a_day_of_full_membership_that_was_entered_late_changes_who_is_graded() -> None:
    moves = roll_moves([OnList(1, T.PROBATIONARY), OnList(2, T.DUE)], [OnRoll(1, True), OnRoll(2, True, True)])

    assert [(one.member_id, one.standing) for one in moves] == [(1, T.DUE), (2, T.PROBATIONARY)]


def test_who_left_after_the_ballot_may_have_voted_and_a_merged_entry_votes_once() -> None:
    assert may_vote([T.DUE, T.PROBATIONARY, T.EXCUSED, T.LEFT, T.MOVED, T.MERGED]) == 5


def test_last_year_is_often_reviewed_in_this_one() -> None:
    assert review_years(date(2026, 3, 5)) == (2026, 2025)


def test_facts_are_kept_and_read_again_as_they_were() -> None:
    facts = Evidence(Figures(due=12, kept=11, minutes=90), sheets=3, verdicts={Verdict.GOOD: 2})

    assert evidence_from(facts.plain()) == facts
    assert evidence_from({}) == Evidence()

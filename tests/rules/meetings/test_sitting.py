"""What the console of a meeting says next, and how a decision is kept."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.meetings.chair_step import ChairStep, next_step
from db.rules.meetings.sitting import BallotStanding, Item, Point, RecusedMember, Seat, Sitting
from db.rules.voting.decision import PRESETS, DecisionMisuse, Preset, decide
from db.rules.voting.result import result_from_json, result_to_json
from db.terms import BallotState, ItemState, MeetingState, MemberPresence, NeedStage, VoteMethod

RULE = PRESETS[Preset.COUNCIL]


def seats(present: int, due: int = 16) -> tuple[Seat, ...]:
    return tuple(
        Seat(n, n, f"议事员{n}", "居民代表", False, MemberPresence.PRESENT if n <= present else MemberPresence.DUE)
        for n in range(1, due + 1)
    )


def an_item(state: ItemState = ItemState.PENDING, item_id: int = 1, **more: object) -> Item:
    return Item(item_id, 1, item_id, "加装感应灯", "加装", "", False, state, **more)  # type: ignore[arg-type]


def a_sitting(state: MeetingState = MeetingState.OPEN, present: int = 14, **more: object) -> Sitting:
    base = Sitting(
        *(1, 1, 1, 1, "议事会", 3, 1, "会议", datetime(2026, 3, 10, tzinfo=UTC), "议事厅", state),
        rule=RULE,
        seats=seats(present),
        items=(an_item(),),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def a_ballot(**more: object) -> BallotStanding:
    base = BallotStanding(7, 1, 1, VoteMethod.HANDS, BallotState.OPEN, 16, 14, 0, 0)
    return replace(base, **more)  # type: ignore[arg-type]


@given(
    rule=st.sampled_from(list(PRESETS.values())),
    present=st.integers(0, 16),
    votes=st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)),
)
def test_a_decision_is_kept_and_read_back_unchanged(rule, present, votes):
    if sum(votes) > present:
        return
    decision = decide(rule, due=16, present=present, votes_for=votes[0], votes_against=votes[1], votes_abstain=votes[2])

    assert result_from_json(result_to_json(decision)) == decision


@pytest.mark.parametrize("spoilt", [{"needed": "8"}, {"outcome": "perhaps"}, {"due": True}])
def test_a_spoilt_decision_is_refused_rather_than_guessed(spoilt: dict[str, object]) -> None:
    stored = result_to_json(decide(RULE, due=16, present=14, votes_for=8, votes_against=4, votes_abstain=2))

    with pytest.raises(DecisionMisuse):
        result_from_json({**stored, **spoilt})


STEPS = [
    (a_sitting(MeetingState.DRAFT, items=()), ChairStep.ADD_ITEMS),
    (a_sitting(MeetingState.DRAFT, rule=None), ChairStep.SET_RULES),
    (a_sitting(MeetingState.DRAFT), ChairStep.SEND_NOTICE),
    (a_sitting(MeetingState.CONVENED), ChairStep.OPEN_MEETING),
    (a_sitting(present=0), ChairStep.TAKE_ATTENDANCE),
    (a_sitting(present=10), ChairStep.WAIT_FOR_QUORUM),
    (a_sitting(present=11), ChairStep.START_ITEM),
    (a_sitting(items=(an_item(ItemState.DISCUSSING),)), ChairStep.OPEN_BALLOT),
    (a_sitting(items=(an_item(ItemState.TIED),)), ChairStep.VOTE_AGAIN),
    (a_sitting(items=(an_item(ItemState.VOTING),), ballot=a_ballot()), ChairStep.COLLECT),
    (a_sitting(items=(an_item(ItemState.VOTING),), ballot=a_ballot(tellers_in=(1,))), ChairStep.COLLECT),
    (a_sitting(items=(an_item(ItemState.VOTING),), ballot=a_ballot(tellers_in=(1, 2))), ChairStep.CLOSE_BALLOT),
    (
        a_sitting(items=(an_item(ItemState.VOTING),), ballot=replace(a_ballot(), state=BallotState.STOPPED)),
        ChairStep.ANNOUNCE,
    ),
    (a_sitting(items=(an_item(ItemState.NOT_PASSED, need_stage=NeedStage.ON_AGENDA),)), ChairStep.SAY_WORDS),
    (a_sitting(items=(an_item(ItemState.NOT_PASSED, need_stage=NeedStage.ANSWERING),)), ChairStep.CLOSE_MEETING),
    (a_sitting(items=(an_item(ItemState.PASSED),)), ChairStep.CLOSE_MEETING),
    (a_sitting(items=()), ChairStep.CLOSE_MEETING),
    (
        a_sitting(MeetingState.CLOSED, items=(an_item(ItemState.PASSED, need_stage=NeedStage.ON_AGENDA),)),
        ChairStep.POST_NOTICE,
    ),
    (a_sitting(MeetingState.CLOSED, items=(an_item(ItemState.POSTPONED),)), ChairStep.FILE),
    (a_sitting(MeetingState.CANCELLED), ChairStep.NOTHING),
]


@pytest.mark.parametrize(("meeting", "step"), STEPS)
def test_the_console_always_knows_one_next_step(meeting: Sitting, step: ChairStep) -> None:
    assert next_step(meeting)[0] is step


def test_every_step_of_the_chair_is_reached() -> None:
    assert {step for _, step in STEPS} == set(ChairStep)


def test_a_named_ballot_is_complete_when_everybody_entitled_has_voted() -> None:
    ballot = a_ballot(method=VoteMethod.NAMED, recused_due=1, recused_present=1, turnout=13)

    assert ballot.complete
    assert not replace(ballot, turnout=12).complete


def test_a_recused_member_counts_neither_as_due_nor_as_present() -> None:
    meeting = a_sitting(present=11, recusals=(RecusedMember(1, 1, "议事员1", "利害关系"),))

    check = meeting.quorum_for(1)

    assert check is not None
    assert (check.due, check.present, check.needed, check.met) == (15, 10, 10, True)


def test_a_recusal_holds_for_its_own_item_only() -> None:
    meeting = a_sitting(present=11, recusals=(RecusedMember(1, 1, "议事员1", "利害关系"),))

    check = meeting.quorum_for(2)

    assert check is not None
    assert (check.due, check.present) == (16, 11)


def test_who_left_early_is_no_longer_present() -> None:
    left = tuple(replace(seat, presence=MemberPresence.LEFT_EARLY) if seat.seat == 1 else seat for seat in seats(11))

    meeting = a_sitting(seats=left)

    assert meeting.presence.present == 10
    assert meeting.presence.left_early == 1
    assert next_step(meeting)[0] is ChairStep.WAIT_FOR_QUORUM


def test_an_item_being_voted_is_in_focus_before_all_others() -> None:
    items = (an_item(ItemState.PENDING, 1), an_item(ItemState.DISCUSSING, 2), an_item(ItemState.VOTING, 3))

    assert a_sitting(items=items).current == items[2]


MOVED = Point(1, 1, "改为声控灯", "", amendment=True, new_motion="加装声控灯")


@pytest.mark.parametrize(
    ("meeting", "may"),
    [
        (a_sitting(items=(an_item(ItemState.DISCUSSING),)), True),
        (a_sitting(items=(an_item(ItemState.TIED),)), True),
        (a_sitting(items=(an_item(),)), False),
        (a_sitting(items=(an_item(ItemState.DISCUSSING),), present=10), False),
        (a_sitting(items=(an_item(ItemState.DISCUSSING),), points=(MOVED,)), False),
        (a_sitting(items=(an_item(ItemState.DISCUSSING),), points=(replace(MOVED, carried=False),)), True),
    ],
)
def test_an_item_is_put_to_the_vote_in_its_discussion_with_a_quorum_and_no_open_amendment(
    meeting: Sitting, may: bool
) -> None:
    assert meeting.may_vote_on(meeting.items[0]) is may

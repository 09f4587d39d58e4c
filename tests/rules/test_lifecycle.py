"""No need is lost on its way, none is closed without an answer, and nothing leaves its end."""

from enum import StrEnum
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.lifecycle import (
    LIFE_CYCLES,
    NEED,
    NEXT_STEP,
    UNDO_MERGE_TO,
    LifecycleMisuse,
    StepCode,
    is_final,
    may_become,
    may_undo_merge_to,
)
from db.terms import (
    ActivityState,
    BallotState,
    Grade,
    ItemState,
    MeetingState,
    NeedStage,
    PlacementState,
    ProjectState,
    Role,
)

ENDS = {NeedStage.CLOSED, NeedStage.MERGED, NeedStage.VOID}


def reachable(start: NeedStage, *, without: NeedStage | None = None) -> set[NeedStage]:
    seen, waiting = {start}, [start]
    while waiting:
        for following in NEED[waiting.pop()] - seen:
            if following is not without:
                seen.add(following)
                waiting.append(following)
    return seen


# --- the need ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [stage for stage in NeedStage if stage not in ENDS])
def test_every_need_that_has_not_ended_can_still_be_answered_and_closed(stage: NeedStage) -> None:
    assert NeedStage.CLOSED in reachable(stage)


@pytest.mark.parametrize("stage", [stage for stage in NeedStage if stage not in {*ENDS, NeedStage.ANSWERING}])
def test_no_need_is_closed_without_its_answer(stage: NeedStage) -> None:
    assert NeedStage.CLOSED not in reachable(stage, without=NeedStage.ANSWERING)


@pytest.mark.parametrize("stage", sorted(ENDS))
def test_an_ended_need_stays_ended(stage: NeedStage) -> None:
    assert is_final(stage)
    assert not any(may_become(stage, following) for following in NeedStage)


@pytest.mark.parametrize("stage", NeedStage)
def test_every_stage_can_be_reached_from_the_door(stage: NeedStage) -> None:
    assert stage in reachable(NeedStage.LOGGED)


@pytest.mark.parametrize(
    "way",
    [
        "logged registered screening screened for_council on_agenda notice to_project in_project answering closed",
        "logged handling answering closed",
        "logged registered screening screened ordered answering closed",
        "logged registered screening screened answering closed",
        "logged registered screening screened reserve screening screened for_council on_agenda",
        "for_council on_agenda for_council on_agenda answering closed",
        "on_agenda reserve screening",
        "on_agenda notice for_council",
        "notice answering",
        "screening handling",
        "screened handling",
        "in_project to_project in_project",
        "logged void",
        "registered void",
        "screening void",
        "reserve merged",
    ],
)
def test_the_usual_ways_are_open(way: str) -> None:
    stages = [NeedStage(value) for value in way.split()]

    assert all(may_become(one, following) for one, following in pairwise(stages))


@pytest.mark.parametrize(
    ("current", "following"),
    [
        (NeedStage.LOGGED, NeedStage.SCREENING),
        (NeedStage.LOGGED, NeedStage.CLOSED),
        (NeedStage.REGISTERED, NeedStage.FOR_COUNCIL),
        (NeedStage.SCREENING, NeedStage.FOR_COUNCIL),
        (NeedStage.FOR_COUNCIL, NeedStage.NOTICE),
        (NeedStage.ON_AGENDA, NeedStage.TO_PROJECT),
        (NeedStage.NOTICE, NeedStage.IN_PROJECT),
        (NeedStage.IN_PROJECT, NeedStage.CLOSED),
        (NeedStage.FOR_COUNCIL, NeedStage.VOID),
        (NeedStage.IN_PROJECT, NeedStage.MERGED),
        (NeedStage.ANSWERING, NeedStage.ANSWERING),
    ],
)
def test_no_step_is_skipped(current: NeedStage, following: NeedStage) -> None:
    assert not may_become(current, following)


def test_an_undone_merge_goes_back_to_where_the_need_could_be_merged_from() -> None:
    early = {NeedStage.LOGGED, NeedStage.REGISTERED, NeedStage.SCREENING, NeedStage.RESERVE}

    assert early == UNDO_MERGE_TO
    assert may_undo_merge_to(NeedStage.RESERVE)
    assert not may_undo_merge_to(NeedStage.IN_PROJECT)


@given(st.lists(st.integers(0, 10), max_size=40))
def test_whichever_way_a_need_goes_it_ends_answered_merged_or_void(turns: list[int]) -> None:
    way = [NeedStage.LOGGED]
    for turn in turns:
        following = sorted(NEED[way[-1]])
        if not following:
            break
        way.append(following[turn % len(following)])

    if way[-1] is NeedStage.CLOSED:
        assert way[-2] is NeedStage.ANSWERING
    if is_final(way[-1]):
        assert way[-1] in ENDS


# --- what comes next ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", NeedStage)
def test_every_need_says_what_happens_next_and_who_does_it(stage: NeedStage) -> None:
    step = NEXT_STEP[stage]

    assert (step.code is StepCode.NOTHING) == (stage in ENDS)
    assert (step.role is None) == (stage in ENDS)


def test_whoever_only_looks_is_never_waited_for() -> None:
    waited_for = {step.role for step in NEXT_STEP.values()}

    assert waited_for.isdisjoint({Role.AUDITOR, Role.DISTRICT_VIEWER, Role.DISPLAY})


# --- everything else ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", LIFE_CYCLES, ids=lambda kind: kind.__name__)
def test_a_life_cycle_knows_every_stage_of_its_thing_and_no_other(kind: type[StrEnum]) -> None:
    table = LIFE_CYCLES[kind]

    assert set(table) == set(kind)
    assert all(type(following) is kind for ways in table.values() for following in ways)


@pytest.mark.parametrize("kind", LIFE_CYCLES, ids=lambda kind: kind.__name__)
def test_staying_is_no_step_and_every_life_has_an_end(kind: type[StrEnum]) -> None:
    assert not any(may_become(stage, stage) for stage in kind)
    assert any(is_final(stage) for stage in kind)


@pytest.mark.parametrize(
    ("current", "following", "allowed"),
    [
        (MeetingState.DRAFT, MeetingState.CONVENED, True),
        (MeetingState.DRAFT, MeetingState.OPEN, False),
        (MeetingState.CONVENED, MeetingState.OPEN, True),
        (MeetingState.CONVENED, MeetingState.DRAFT, False),
        (MeetingState.OPEN, MeetingState.CLOSED, True),
        (MeetingState.OPEN, MeetingState.CANCELLED, False),
        (MeetingState.CLOSED, MeetingState.OPEN, False),
        (ItemState.PENDING, ItemState.DISCUSSING, True),
        (ItemState.DISCUSSING, ItemState.PENDING, True),
        (ItemState.VOTING, ItemState.PENDING, False),
        (ItemState.PENDING, ItemState.PASSED, False),
        (ItemState.VOTING, ItemState.PASSED, True),
        (ItemState.VOTING, ItemState.POSTPONED, True),
        (ItemState.TIED, ItemState.DISCUSSING, True),
        (ItemState.TIED, ItemState.VOTING, True),
        (ItemState.TIED, ItemState.PASSED, True),  # for those whom the tie does not touch
        (ItemState.PASSED, ItemState.VOTING, False),
        (ProjectState.SET_UP, ProjectState.RUNNING, True),
        (ProjectState.RUNNING, ProjectState.ACCEPTED, False),
        (ProjectState.HANDED_IN, ProjectState.REWORK, True),
        (ProjectState.REWORK, ProjectState.HANDED_IN, True),
        (ProjectState.REWORK, ProjectState.ACCEPTED, False),
        (ProjectState.ACCEPTED, ProjectState.RUNNING, False),
        (PlacementState.WAITING, PlacementState.ACCEPTED, True),
        (PlacementState.WAITING, PlacementState.REPLACED, False),
        (PlacementState.ACCEPTED, PlacementState.REPLACED, True),
        (PlacementState.DECLINED, PlacementState.ACCEPTED, False),
        (ActivityState.PLANNED, ActivityState.DONE, True),
        (ActivityState.CANCELLED, ActivityState.DONE, False),
        (BallotState.CLOSED, BallotState.OPEN, False),
    ],
)
def test_meetings_items_projects_and_placements_follow_their_lives(
    current: StrEnum, following: StrEnum, allowed: bool
) -> None:
    assert may_become(current, following) is allowed


def test_stages_of_different_things_are_never_mixed_up() -> None:
    with pytest.raises(LifecycleMisuse):
        may_become(BallotState.OPEN, MeetingState.CLOSED)
    with pytest.raises(LifecycleMisuse):
        may_become(Grade.PASS, Grade.FAIL)
    with pytest.raises(LifecycleMisuse):
        is_final(Grade.PASS)

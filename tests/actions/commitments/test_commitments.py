"""承诺: written by the member or staff, reviewed by another, published, resting, changed, ended."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.commitments.commitments import (
    amend_commitment,
    approve_commitment,
    change_commitment,
    end_commitment,
    follow_the_days,
    pause_commitment,
    publish_commitments,
    resume_commitment,
    return_commitment,
    submit_commitment,
    take_back_commitment,
    write_commitment,
)
from db.engine import reading_as_system
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import CommitmentPause, CommitmentStep, CommitmentVersion
from db.terms import CommitmentHappening, CommitmentState, Role
from tests.builders.commitments import LESSON, a_promise, on_the_roll, the_promise, version_of
from tests.builders.world import NOW, TODAY, World, do

S, H = CommitmentState, CommitmentHappening


def steps_of(commitment_id: int) -> list[CommitmentHappening]:
    with reading_as_system("test") as session:
        query = select(CommitmentStep.kind).where(CommitmentStep.commitment_id == commitment_id)
        return list(session.scalars(query.order_by(CommitmentStep.id)))


def test_a_member_writes_hands_in_and_the_branch_publishes(world: World) -> None:
    on_the_roll(world, account_id=world[Role.VOLUNTEER].id)

    number = do(world[Role.VOLUNTEER], write_commitment, member_id=None, **LESSON)
    do(world[Role.VOLUNTEER], submit_commitment, commitment_id=number, version=1)
    do(world.secretary, approve_commitment, commitment_id=number, version=version_of(number), word="同意")
    do(world.secretary, publish_commitments, commitment_ids=[number])

    promise = the_promise(number)
    assert (promise.state, promise.published_on, promise.reviewed_name) == (S.KEEPING, TODAY, "测试secretary")
    assert promise.number == "LL-C2026-0001"
    assert steps_of(number) == [H.WRITTEN, H.SUBMITTED, H.APPROVED, H.PUBLISHED, H.BEGUN]


def test_an_account_of_nobody_on_the_roll_promises_nothing(world: World) -> None:
    with pytest.raises(Refused, match="no_member"):
        do(world[Role.VOLUNTEER], write_commitment, member_id=None, **LESSON)


def test_who_left_the_roll_promises_nothing(world: World) -> None:
    member = on_the_roll(world, ended_on=TODAY)

    with pytest.raises(Refused, match="member_off_roll"):
        do(world.worker, write_commitment, member_id=member, **LESSON)


def test_a_volunteer_writes_for_nobody_else(world: World) -> None:
    member = on_the_roll(world)

    with pytest.raises((NotPermitted, BadInput)):
        do(world[Role.VOLUNTEER], write_commitment, member_id=member, **LESSON)


def test_a_sixth_promise_of_a_year_is_refused_and_one_for_a_task_is_not(world: World) -> None:
    member = on_the_roll(world)
    for _n in range(5):
        a_promise(world, member, state=S.DRAFT)

    with pytest.raises(Refused, match="promises_enough"):
        do(world.worker, write_commitment, member_id=member, **LESSON)
    do(world.worker, write_commitment, member_id=member, **LESSON, instant=True)


@pytest.mark.parametrize(
    ("words", "field"),
    [({"whom": ""}, "whom"), ({"what": "积极做好服务"}, "what"), ({"rhythm": None}, "rhythm"),
     ({"until": None}, "until"), ({"measure": ""}, "measure")],
)  # fmt: skip
def test_a_vague_promise_is_kept_as_a_draft_and_not_taken(world: World, words: dict[str, Any], field: str) -> None:
    number = a_promise(world, state=S.DRAFT, **words)

    with pytest.raises(BadInput) as refused:
        do(world.worker, submit_commitment, commitment_id=number, version=1)

    assert (refused.value.field, the_promise(number).state) == (field, S.DRAFT)


@pytest.mark.parametrize("words", ["找 3幢2单元501 的刘奶奶", "有事打 13800138000"])
def test_what_hangs_on_a_wall_names_no_door_and_no_telephone(world: World, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        a_promise(world, state=S.DRAFT, whom=words)

    assert (refused.value.field, refused.value.problem) == ("whom", Problem.PERSONAL)


def test_nobody_reviews_or_publishes_the_own_promise(world: World) -> None:
    member = on_the_roll(world, account_id=world.secretary.id)
    number = a_promise(world, member, state=S.SUBMITTED)

    with pytest.raises(Refused, match="own_promise"):
        do(world.secretary, approve_commitment, commitment_id=number, version=version_of(number), word="")
    do(world.worker, approve_commitment, commitment_id=number, version=version_of(number), word="")
    with pytest.raises(Refused, match="own_promise"):
        do(world.secretary, publish_commitments, commitment_ids=[number])


def test_the_branch_returns_a_promise_with_a_reason(world: World) -> None:
    number = a_promise(world, state=S.SUBMITTED)

    do(world.secretary, return_commitment, commitment_id=number, version=version_of(number), reason="一个月几次？")
    do(world.worker, amend_commitment, commitment_id=number, version=version_of(number), **LESSON | {"times": 2})

    assert (the_promise(number).state, the_promise(number).times) == (S.DRAFT, 2)
    assert the_promise(number).review_word == "一个月几次？"


def test_a_promise_that_was_handed_in_is_taken_back_before_it_is_changed(world: World) -> None:
    number = a_promise(world, state=S.SUBMITTED)

    with pytest.raises(WrongStage):
        do(world.worker, amend_commitment, commitment_id=number, version=version_of(number), **LESSON)
    do(world.worker, take_back_commitment, commitment_id=number, version=version_of(number))
    do(world.worker, amend_commitment, commitment_id=number, version=version_of(number), **LESSON)


def test_a_promise_of_another_community_is_out_of_reach(world: World) -> None:
    number = a_promise(world, state=S.SUBMITTED)

    with pytest.raises(NotFound):
        do(world.other_secretary, approve_commitment, commitment_id=number, version=1, word="")


def test_who_comes_second_is_told(world: World) -> None:
    number = a_promise(world, state=S.SUBMITTED)
    seen = version_of(number)
    do(world.secretary, approve_commitment, commitment_id=number, version=seen, word="")

    with pytest.raises(Conflict):
        do(world.worker, return_commitment, commitment_id=number, version=seen, reason="再想想")


# --- what the days bring -------------------------------------------------------------------------------------


def test_a_promise_begins_on_its_day_rests_goes_on_and_falls_due(world: World) -> None:
    number = a_promise(world, starts_on=date(2026, 4, 1), until=date(2026, 9, 30))
    assert the_promise(number).state is S.PUBLISHED

    seen = []
    for day in (0, 27, 60, 70, 150, 210):
        if day == 60:
            values = {"since": TODAY + timedelta(days=65), "until": TODAY + timedelta(days=75), "reason": "住院"}
            do(world.worker, pause_commitment, commitment_id=number, version=version_of(number), **values)
        do(world.worker, follow_the_days, now=NOW + timedelta(days=day))
        seen.append(the_promise(number).state)

    assert seen == [S.PUBLISHED, S.KEEPING, S.KEEPING, S.PAUSED, S.KEEPING, S.TO_JUDGE]
    assert do(world.worker, follow_the_days, now=NOW + timedelta(days=210)) == 0


def test_somebody_well_again_goes_on_before_the_rest_was_over(world: World) -> None:
    number = a_promise(world)
    values = {"since": TODAY - timedelta(days=3), "until": TODAY + timedelta(days=30), "reason": "摔伤"}
    do(world.worker, pause_commitment, commitment_id=number, version=version_of(number), **values)
    assert the_promise(number).state is S.PAUSED

    do(world.worker, resume_commitment, commitment_id=number, version=version_of(number))

    assert the_promise(number).state is S.KEEPING
    with reading_as_system("test") as session:
        assert session.scalars(select(CommitmentPause.until)).all() == [TODAY - timedelta(days=1)]
    assert do(world.worker, follow_the_days) == 0


def test_two_rests_do_not_overlap(world: World) -> None:
    number = a_promise(world)
    values = {"since": TODAY + timedelta(days=3), "until": TODAY + timedelta(days=9), "reason": "外出"}
    do(world.worker, pause_commitment, commitment_id=number, version=version_of(number), **values)

    with pytest.raises(Refused, match="pauses_overlap"):
        do(world.worker, pause_commitment, commitment_id=number, version=version_of(number), **values)


def test_a_change_keeps_the_old_words_and_goes_to_the_branch_again(world: World) -> None:
    number = a_promise(world)
    values = LESSON | {"times": 2, "reason": "老人多了两位"}
    do(world.worker, change_commitment, commitment_id=number, version=version_of(number), **values)

    assert the_promise(number).state is S.SUBMITTED
    with reading_as_system("test") as session:
        (old,) = session.scalars(select(CommitmentVersion)).all()
    assert (old.number, old.times, old.reason, old.until_day) == (1, 1, "老人多了两位", TODAY)


def test_a_change_that_changes_nothing_is_told(world: World) -> None:
    number = a_promise(world)

    with pytest.raises(BadInput) as refused:
        do(world.worker, change_commitment, commitment_id=number, version=version_of(number), **LESSON, reason="没变")

    assert refused.value.problem is Problem.UNCHANGED


def test_an_ended_promise_stays_readable_and_moves_no_more(world: World) -> None:
    number = a_promise(world)
    do(world.worker, end_commitment, commitment_id=number, version=version_of(number), reason="调离")

    assert (the_promise(number).state, the_promise(number).ended_reason) == (S.ENDED, "调离")
    with pytest.raises(WrongStage):
        do(world.worker, end_commitment, commitment_id=number, version=version_of(number), reason="再来")
    assert do(world.worker, follow_the_days, now=NOW + timedelta(days=400)) == 0

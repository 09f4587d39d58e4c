"""评诺: taken down by somebody else, followed up when bad, chosen by the organisation with the other sides in sight."""

from typing import Any

import pytest

from db.actions.commitments.judging import close_follow_up, record_verdict, settle_promise, strike_verdict
from db.actions.members.links import link_member
from db.engine import reading
from db.errors import BadInput, Refused
from db.models import CommitmentVerdict
from db.queries.commitments.judging import Judged, judged, open_follow_ups
from db.terms import CommitmentState, JudgeSide, JudgeWay, MemberLink, Role, Verdict
from tests.builders.commitments import a_promise, on_the_roll, the_promise, to_judge, version_of
from tests.builders.world import TODAY, World, do, row

GOOD: dict[str, Any] = {"side": JudgeSide.RESIDENTS, "way": JudgeWay.PHONE, "verdict": Verdict.GOOD, "number": 6}
MEMBERS = GOOD | {"side": JudgeSide.MEMBERS, "way": JudgeWay.MEETING}


def words_on(world: World, commitment_id: int, *, staff: bool = True) -> Judged:
    with reading(world.secretary) as session:
        return judged(session, commitment_id, staff=staff)


def settle(world: World, commitment_id: int, verdict: Verdict, **more: Any) -> None:
    do(world.secretary, settle_promise, commitment_id=commitment_id, version=version_of(commitment_id),
       verdict=verdict, **more)  # fmt: skip


def test_the_result_is_the_organisations_choice_and_no_sum(world: World) -> None:
    number = to_judge(world)
    do(world.worker, record_verdict, commitment_id=number, **GOOD)
    do(world.worker, record_verdict, commitment_id=number, **GOOD | {"verdict": None, "number": 2})
    do(world.worker, record_verdict, commitment_id=number, **MEMBERS)

    settle(world, number, Verdict.FAIR, word="二月没有去", cause="住院")

    found = words_on(world, number)
    assert [(one.asked, one.answered) for one in found.sides] == [(8, 6), (6, 6), (1, 1)]
    assert (found.verdict, found.word, found.cause) == (Verdict.FAIR, "二月没有去", "住院")
    promise = the_promise(number)
    assert (promise.state, promise.judged_name) == (CommitmentState.JUDGED, found.by)


def test_a_side_without_a_word_needs_a_reason(world: World) -> None:
    number = to_judge(world)
    do(world.worker, record_verdict, commitment_id=number, **GOOD)

    with pytest.raises(BadInput) as refused:
        settle(world, number, Verdict.GOOD)
    assert refused.value.field == "without"
    settle(world, number, Verdict.GOOD, without="支部大会还没有开")


def test_a_low_result_needs_its_reason_or_an_outside_cause(world: World) -> None:
    number = to_judge(world)

    with pytest.raises(BadInput) as refused:
        settle(world, number, Verdict.POOR, without="没有问")
    assert refused.value.field == "word"
    settle(world, number, Verdict.POOR, without="没有问", cause="楼道封闭施工")


def test_nobody_judges_the_own_promise(world: World) -> None:
    member = on_the_roll(world)
    number = to_judge(world, member)
    do(world.worker, link_member, member_id=member, what=MemberLink.ACCOUNT, other_id=world.secretary.id)
    bad = do(world.worker, record_verdict, commitment_id=number, **GOOD | {"verdict": Verdict.POOR})

    with pytest.raises(Refused, match="own_promise_judged"):
        do(world.secretary, record_verdict, commitment_id=number, **GOOD)
    with pytest.raises(Refused, match="own_promise_judged"):
        settle(world, number, Verdict.GOOD, without="没有问")
    with pytest.raises(Refused, match="own_promise_judged"):
        do(world.secretary, close_follow_up, verdict_id=bad, version=1, word="谈过了")


def test_only_what_fell_due_is_judged(world: World) -> None:
    number = a_promise(world)

    with pytest.raises(Refused, match="promise_not_to_judge"):
        do(world.worker, record_verdict, commitment_id=number, **GOOD)


def test_a_bad_word_waits_for_somebody_even_after_the_result(world: World) -> None:
    number = to_judge(world)
    bad = do(world.worker, record_verdict, commitment_id=number, **GOOD | {"verdict": Verdict.POOR, "words": "没来"})
    settle(world, number, Verdict.GOOD, without="大会未开")
    with reading(world.worker) as session:
        (waiting,) = open_follow_ups(session, today=TODAY)
    assert (waiting.id, waiting.late) == (number, False)

    do(world.worker, close_follow_up, verdict_id=bad, version=1, word="上门道歉，改到周末")

    with reading(world.worker) as session:
        assert open_follow_ups(session, today=TODAY) == ()
    with pytest.raises(Refused, match="verdict_settled"):
        do(world.worker, close_follow_up, verdict_id=bad, version=2, word="再谈")


def test_the_member_reads_only_words_that_may_be_quoted(world: World) -> None:
    number = to_judge(world)
    do(world.worker, record_verdict, commitment_id=number, **GOOD | {"words": "很耐心", "quotable": True})
    do(world.worker, record_verdict, commitment_id=number, **GOOD | {"words": "不要告诉他"})

    assert [one.words for one in words_on(world, number, staff=False).entries] == ["", "很耐心"]


def test_a_wrong_entry_counts_no_more_and_stays_readable(world: World) -> None:
    number = to_judge(world)
    entry = do(world.worker, record_verdict, commitment_id=number, **GOOD)
    do(world.worker, strike_verdict, verdict_id=entry, version=1, reason="记到别人那里")

    found = words_on(world, number)
    assert found.sides[0].asked == 0
    assert found.entries[0].struck_reason == "记到别人那里"
    assert row(world, CommitmentVerdict, entry).struck_by == world[Role.AREA_WORKER].id

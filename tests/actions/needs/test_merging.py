from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.needs.answering import owe_answers
from db.actions.needs.merging import merge_needs, not_twins, undo_merge
from db.actions.needs.register import sign_week
from db.engine import carry_out, reading_as_system, writing
from db.errors import NotFound, NotPermitted, Refused, WrongStage
from db.models import Answer, Merge, Need, ThreadEntry, TwinVerdict
from db.rules.permissions import Permission
from db.terms import AnswerKind, NeedStage
from tests.builders.doors import a_household
from tests.builders.needs import a_need, need
from tests.builders.world import NOW, TODAY, World


def merge(world: World, lead: int, member: int) -> dict[str, Any]:
    return carry_out(world.worker, "", merge_needs, lead_id=lead, member_id=member, now=NOW)


def undo(world: World, member: int, **more: Any) -> dict[str, Any]:
    return carry_out(world.secretary, "", undo_merge, member_id=member, **({"now": NOW} | more))


def three(world: World) -> tuple[int, int, int]:
    homes = [a_household(world, room) for room in ("101", "102", "103")]
    words = ("楼道灯坏了", "楼道的灯不亮", "楼梯间没有灯")
    first, second, third = (a_need(world, told, household_id=home) for told, home in zip(words, homes, strict=True))
    return first, second, third


def test_a_merged_need_keeps_its_words_and_asker(world: World) -> None:
    lead, member, _ = three(world)
    before = need(member)

    merge(world, lead, member)

    after = need(member)
    assert (after.stage, after.merged_into_id) == (NeedStage.MERGED, lead)
    assert (after.description, after.household_id, after.number) == (
        before.description, before.household_id, before.number,
    )  # fmt: skip


def test_demand_is_distinct_households(world: World) -> None:
    lead, second, third = three(world)
    again = a_need(world, "灯还是没修", household_id=need(second).household_id)

    for member in (second, third, again):
        merge(world, lead, member)

    assert need(lead).voices == 3


def test_an_anonymous_voice_counts_as_one_household(world: World) -> None:
    lead, nobody, nobody_else = three(world)[0], a_need(world, "灯坏"), a_need(world, "灯坏了")

    merge(world, lead, nobody)
    merge(world, lead, nobody_else)

    assert need(lead).voices == 3


def test_both_threads_tell_of_the_merge_with_the_reasons(world: World) -> None:
    lead, member, _ = three(world)

    merge(world, lead, member)

    with reading_as_system("test") as session:
        told = {row.kind: row for row in session.scalars(select(ThreadEntry))}
        stored = session.scalars(select(Merge)).one()
    assert told["merged_into"].values == {"lead": need(lead).number}
    assert told["merged_in"].values["member"] == need(member).number
    assert "same_building" in told["merged_in"].values["reasons"]
    assert (stored.stage_before, stored.merged_by) == (NeedStage.LOGGED, world.worker.id)


def test_what_was_merged_into_a_member_moves_along(world: World) -> None:
    first, second, third = three(world)
    merge(world, second, third)

    merge(world, first, second)

    assert [need(i).merged_into_id for i in (second, third)] == [first, first]
    assert [need(i).voices for i in (first, second)] == [3, 1]


def test_undoing_brings_a_member_back_with_what_it_had_brought(world: World) -> None:
    first, second, third = three(world)
    merge(world, second, third)
    merge(world, first, second)

    undo(world, second)

    assert (need(second).stage, need(second).merged_into_id) == (NeedStage.LOGGED, None)
    assert need(third).merged_into_id == second
    assert [need(i).voices for i in (first, second)] == [1, 2]


def test_an_inner_member_can_leave_alone(world: World) -> None:
    first, second, third = three(world)
    merge(world, second, third)
    merge(world, first, second)

    undo(world, third)

    assert (need(third).stage, need(third).merged_into_id) == (NeedStage.LOGGED, None)
    assert need(second).merged_into_id == first
    assert need(first).voices == 2


@pytest.mark.parametrize("stage", [NeedStage.LOGGED, NeedStage.REGISTERED, NeedStage.SCREENING, NeedStage.RESERVE])
def test_undoing_restores_the_stage_before(world: World, stage: NeedStage) -> None:
    lead, member = a_need(world), a_need(world, stage=stage)
    merge(world, lead, member)

    undo(world, member)

    assert need(member).stage is stage


def test_a_need_whose_week_was_signed_meanwhile_comes_back_as_registered(world: World) -> None:
    lead, member, _ = three(world)
    merge(world, lead, member)
    carry_out(world.secretary, "", sign_week, week=TODAY - timedelta(days=3), remark="", now=NOW + timedelta(days=1))

    undo(world, member)

    assert need(member).stage is NeedStage.REGISTERED


def test_a_merge_is_kept_when_undone_and_can_be_made_again(world: World) -> None:
    lead, member, _ = three(world)
    merge(world, lead, member)
    undo(world, member)

    merge(world, member, lead)

    with reading_as_system("test") as session:
        rows = session.scalars(select(Merge).order_by(Merge.id)).all()
    assert [(row.lead_id, row.undone_at is None) for row in rows] == [(lead, False), (member, True)]


def test_a_merge_is_not_undone_when_the_answers_are_owed(world: World) -> None:
    lead, member, _ = three(world)
    merge(world, lead, member)
    with writing(world.secretary) as session:
        session.info["permission"] = Permission.ROUTE_NEED
        row = session.get(Need, lead)
        assert row is not None
        row.stage = NeedStage.SCREENED
        owe_answers(session, row, AnswerKind.DECLINED, "不办", now=NOW)

    with pytest.raises(Refused) as refused:
        undo(world, member)

    assert refused.value.rule == "undo_answered"
    with reading_as_system("test") as session:
        assert sorted(session.scalars(select(Answer.need_id))) == sorted([lead, member])


@pytest.mark.parametrize("stage", [NeedStage.CLOSED, NeedStage.VOID, NeedStage.ANSWERING])
def test_a_need_that_is_over_takes_no_more_voices(world: World, stage: NeedStage) -> None:
    lead, member = a_need(world, stage=stage), a_need(world)

    with pytest.raises(Refused) as refused:
        merge(world, lead, member)

    assert refused.value.rule == "lead_takes_no_voices"


def test_a_project_that_runs_still_takes_voices(world: World) -> None:
    lead, member = a_need(world, stage=NeedStage.IN_PROJECT), a_need(world)

    assert merge(world, lead, member)["voices"] == 2


@pytest.mark.parametrize("stage", [NeedStage.HANDLING, NeedStage.FOR_COUNCIL, NeedStage.CLOSED])
def test_a_need_on_its_own_way_is_not_merged_into_another(world: World, stage: NeedStage) -> None:
    lead, member = a_need(world), a_need(world, stage=stage)

    with pytest.raises(WrongStage):
        merge(world, lead, member)

    assert need(member).stage is stage


def test_a_need_is_not_merged_into_itself(small_world: World) -> None:
    only = a_need(small_world)

    with pytest.raises(Refused) as refused:
        merge(small_world, only, only)

    assert refused.value.rule == "merge_itself"


def test_a_need_of_another_community_is_out_of_reach(world: World) -> None:
    mine, theirs = a_need(world), a_need(world, community_id=world.there)

    with pytest.raises(NotFound):
        merge(world, mine, theirs)


def test_a_merge_pressed_twice_is_one(world: World) -> None:
    lead, member, _ = three(world)
    values = {"lead_id": lead, "member_id": member, "now": NOW}

    first = carry_out(world.worker, "same-key", merge_needs, **values)
    second = carry_out(world.worker, "same-key", merge_needs, **values)

    assert first == second == {"number": need(lead).number, "voices": 2}


def test_only_a_secretary_undoes_a_merge(small_world: World) -> None:
    lead, member, _ = three(small_world)
    merge(small_world, lead, member)

    with pytest.raises(NotPermitted):
        carry_out(small_world.worker, "", undo_merge, member_id=member, now=NOW)


def test_two_needs_said_to_be_different_are_remembered_once(world: World) -> None:
    first, second, _ = three(world)

    said = carry_out(world.worker, "", not_twins, first_id=second, second_id=first, now=NOW)
    again = carry_out(world.worker, "", not_twins, first_id=first, second_id=second, now=NOW)

    assert (said, again) == (True, False)
    with reading_as_system("test") as session:
        verdict = session.scalars(select(TwinVerdict)).one()
    assert (verdict.first_id, verdict.second_id) == (first, second)


def test_a_restricted_voice_counts_also_for_who_does_not_see_it(world: World) -> None:
    lead, member, hidden = three(world)
    with writing(None, reason="test") as session:
        row = session.get(Need, hidden)
        assert row is not None
        row.restricted, row.stage, row.merged_into_id = True, NeedStage.MERGED, lead

    merge(world, lead, member)

    assert need(lead).voices == 3

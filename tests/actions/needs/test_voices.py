"""就是这件事: one household more for a known need, counted once, answered with the others, to be undone."""

from threading import Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from db.actions.needs.answering import owe_answers
from db.actions.needs.merging import add_voice, undo_merge
from db.actions.needs.register import sign_week
from db.counters import wrong
from db.engine import reading_as_system, writing
from db.errors import BadInput, NotFound, NotPermitted, Refused
from db.models import Answer, Merge, Need
from db.rules.permissions import Permission
from db.terms import AnswerKind, NeedSource, NeedStage, Role, Urgency
from tests.builders.doors import a_door, a_household, knock
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need, need
from tests.builders.world import NOW, TODAY, World


def voice(world: World, need_id: int, **more: Any) -> dict[str, Any]:
    return carry_out(world.worker, more.pop("key", ""), add_voice, need_id=need_id, **({"now": NOW} | more))


def needs() -> int:
    with reading_as_system("test") as session:
        return session.execute(select(func.count()).select_from(Need)).scalar_one()


def test_a_second_household_counts_with_its_own_words(world: World) -> None:
    lead = a_need(world, household_id=a_household(world, "101"))
    door = a_door(world, "3幢", "1单元", "201")
    visit = knock(world, door)

    said = voice(world, lead, visit_id=visit, description="灯一直不亮", asker_name="周阿姨")

    stored = need(said["id"])
    assert said == {"id": stored.id, "number": need(lead).number, "voices": 2, "counted": True}
    assert (stored.stage, stored.merged_into_id, stored.description) == (NeedStage.MERGED, lead, "灯一直不亮")
    assert (stored.household_id, stored.visit_id, stored.building) == (door, visit, "3幢")
    assert (stored.source, stored.asker_name) == (NeedSource.VISIT, "周阿姨")
    assert need(lead).voices == 2
    with reading_as_system("test") as session:
        assert wrong(session) == []


def test_a_household_that_asked_already_is_told_so_and_not_counted_twice(world: World) -> None:
    first, second = a_household(world, "101"), a_household(world, "102")
    lead = a_need(world, household_id=first)
    voice(world, lead, household_id=second, description="灯不亮")
    before = needs()

    again = voice(world, lead, household_id=second, description="灯还是不亮")
    asker = voice(world, lead, household_id=first, description="灯还是不亮")

    assert [said["counted"] for said in (again, asker)] == [False, False]
    assert again["voices"] == asker["voices"] == 2
    assert needs() == before


def test_a_voice_for_a_merged_need_goes_to_its_lead(world: World) -> None:
    lead = a_need(world, household_id=a_household(world, "101"))
    member = voice(world, lead, household_id=a_household(world, "102"), description="灯不亮")["id"]

    said = voice(world, member, household_id=a_household(world, "103"), description="灯坏")

    assert need(said["id"]).merged_into_id == lead
    assert said["voices"] == 3


def test_a_voice_can_be_taken_apart_again(world: World) -> None:
    lead = a_need(world, household_id=a_household(world, "101"))
    said = voice(world, lead, household_id=a_household(world, "102"), description="灯不亮")

    carry_out(world.secretary, "", undo_merge, member_id=said["id"], now=NOW)

    assert need(lead).voices == 1
    assert need(said["id"]).stage is NeedStage.LOGGED


def test_every_voice_gets_its_answer(world: World) -> None:
    lead = a_need(world, household_id=a_household(world, "101"), stage=NeedStage.ORDERED)
    said = voice(world, lead, household_id=a_household(world, "102"), description="灯不亮")

    with writing(world.secretary) as session:
        session.info["permission"] = Permission.GIVE_ANSWER
        owed = owe_answers(session, session.get_one(Need, lead), AnswerKind.DECLINED, "暂不能办", now=NOW)

    assert owed == 2
    with reading_as_system("test") as session:
        assert set(session.scalars(select(Answer.need_id))) == {lead, said["id"]}


def test_a_need_that_is_being_answered_takes_no_voices(world: World) -> None:
    lead = a_need(world, stage=NeedStage.CLOSED)

    with pytest.raises(Refused) as caught:
        voice(world, lead, household_id=a_household(world, "102"), description="灯不亮")

    assert caught.value.rule == "lead_takes_no_voices"
    assert needs() == 1


def test_a_voice_for_danger_does_not_open_a_second_alarm(world: World) -> None:
    lead = a_need(world, urgency=Urgency.SAFETY, stage=NeedStage.HANDLING, household_id=a_household(world, "101"))

    said = voice(world, lead, household_id=a_household(world, "102"), description="井盖没了")

    assert need(said["id"]).stage is NeedStage.MERGED
    assert need(lead).voices == 2


def test_after_the_week_was_signed_a_voice_counts_all_the_same(world: World) -> None:
    lead = a_need(world, household_id=a_household(world, "101"))
    later = NOW.replace(day=6)
    from db.rules.workdays import week_of

    carry_out(world.secretary, "", sign_week, week=week_of(TODAY), remark="", now=later)

    said = voice(world, lead, household_id=a_household(world, "102"), description="灯不亮", now=later)

    assert said["voices"] == 2
    assert need(said["id"]).changed_after_sign_off


def test_without_words_the_title_of_the_need_stands(small_world: World) -> None:
    lead = a_need(small_world, household_id=a_household(small_world, "101"))

    said = voice(small_world, lead, household_id=a_household(small_world, "102"), description="  ")

    assert need(said["id"]).description == need(lead).title


def test_words_and_telephones_are_checked_as_in_any_need(small_world: World) -> None:
    lead = a_need(small_world, household_id=a_household(small_world, "101"))

    with pytest.raises(BadInput) as long:
        voice(small_world, lead, household_id=a_household(small_world, "102"), description="灯" * 1001)
    with pytest.raises(BadInput) as phone:
        voice(small_world, lead, household_id=a_household(small_world, "103"), asker_phone="一二三")

    assert (long.value.field, phone.value.field) == ("description", "asker_phone")
    assert needs() == 1


def test_another_communitys_need_is_out_of_reach_and_residents_roles_may_not(world: World) -> None:
    there = a_need(world, community_id=world.there)
    lead = a_need(world)

    with pytest.raises(NotFound):
        voice(world, there, description="灯不亮")
    for role in (Role.VOLUNTEER, Role.COUNCIL_MEMBER, Role.AUDITOR, Role.SUBDISTRICT_ADMIN):
        with pytest.raises(NotPermitted):
            carry_out(world[role], "", add_voice, need_id=lead, now=NOW)


def test_the_same_tap_twice_is_one_voice(world: World) -> None:
    lead = a_need(world, household_id=a_household(world, "101"))
    door = a_household(world, "102")

    first = voice(world, lead, key="tap-1", household_id=door, description="灯不亮")
    second = voice(world, lead, key="tap-1", household_id=door, description="灯不亮")

    assert first == second
    assert need(lead).voices == 2


def test_two_workers_adding_the_same_household_at_once_count_it_once(world: World) -> None:
    lead = a_need(world, household_id=a_household(world, "101"))
    door = a_household(world, "102")
    said: list[dict[str, Any]] = []

    def add(actor: Any, key: str) -> None:
        said.append(carry_out(actor, key, add_voice, need_id=lead, household_id=door, description="灯不亮", now=NOW))

    threads = [Thread(target=add, args=(who, f"k{n}")) for n, who in enumerate((world.worker, world.secretary))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one["counted"] for one in said) == [False, True]
    assert need(lead).voices == 2
    with reading_as_system("test") as session:
        assert session.execute(select(func.count()).select_from(Merge)).scalar_one() == 1

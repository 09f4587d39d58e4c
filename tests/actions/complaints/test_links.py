"""Repeats point to one first, a dispute carries its complaints along, a project and a need are linked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.complaints.complaints import hand_over, reply_complaint, void_complaint
from db.actions.complaints.links import link_project, link_repeat, log_repeat, to_mediation, to_need, unlink_repeat
from db.engine import reading
from db.errors import BadInput, Conflict, NotPermitted, Refused, WrongStage
from db.models import Complaint, Mediation, Need
from db.queries.complaints.page import (
    complaints_of,
    disputes_to_join,
    likely_repeats,
    projects_to_link,
    repeats_while_typing,
)
from db.terms import ComplaintState, MediationState, NeedSource, Reach, ResponsibleBody, Role
from tests.builders.complaints import FUMES, a_complaint, closed, handed_over, seen, then, version_of
from tests.builders.projects import a_project
from tests.builders.world import TODAY, World, do, row


def linked(world: World, repeat: int, first: int) -> dict[str, Any]:
    result: dict[str, Any] = then(world, link_repeat, repeat, first_id=first)
    return result


def test_repeats_of_a_repeat_point_to_the_first(world: World) -> None:
    first, second, third = (a_complaint(world) for _ in range(3))

    linked(world, third, second)
    linked(world, second, first)

    assert {row(world, Complaint, one).repeat_of_id for one in (second, third)} == {first}
    assert [one.id for one in seen(world, first).repeats] == [second, third]
    facts = seen(world, third)
    assert facts.first is not None
    assert (facts.first.id, [one.id for one in facts.repeats]) == (first, [second])


def test_a_link_to_a_repeat_is_a_link_to_its_first(world: World) -> None:
    first, second, third = (a_complaint(world) for _ in range(3))
    linked(world, second, first)

    assert linked(world, third, second)["first_id"] == first


def test_a_first_never_repeats_its_own_repeat(world: World) -> None:
    first, second = a_complaint(world), a_complaint(world)
    linked(world, second, first)

    for other in (second, first):
        with pytest.raises(Refused) as told:
            linked(world, first, other)
        assert told.value.rule == "complaint_circle"


def test_two_who_link_each_to_the_other_make_no_circle(world: World) -> None:
    one, two = a_complaint(world), a_complaint(world)

    def link(pair: tuple[int, int]) -> str:
        try:
            linked(world, *pair)
        except (Refused, Conflict) as told:
            return type(told).__name__
        return "linked"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(link, [(one, two), (two, one)]))

    assert results.count("linked") == 1
    pointing = [row(world, Complaint, which).repeat_of_id for which in (one, two)]
    assert pointing.count(None) == 1


def test_a_repeat_of_a_closed_one_proposes_a_relapse(world: World) -> None:
    first = closed(world, a_complaint(world))

    result = linked(world, a_complaint(world), first)

    assert result == {"first_id": first, "number": "LL-T2026-0001", "closed": True}
    assert seen(world, first).state is ComplaintState.CLOSED


def test_a_repeat_is_linked_by_its_number_too_and_taken_back(world: World) -> None:
    first, second = a_complaint(world), a_complaint(world)

    then(world, link_repeat, second, first_id=None, number=" ll-t2026-0001 ")
    assert row(world, Complaint, second).repeat_of_id == first
    then(world, unlink_repeat, second)

    assert row(world, Complaint, second).repeat_of_id is None
    with pytest.raises(Refused):
        then(world, unlink_repeat, second)
    with pytest.raises(BadInput) as told:
        then(world, link_repeat, second, first_id=None, number="LL-T2026-0099")
    assert told.value.field == "number"


def test_a_first_with_repeats_is_not_voided_and_a_void_one_leads_nothing(world: World) -> None:
    first, second, void = (a_complaint(world) for _ in range(3))
    linked(world, second, first)
    then(world, void_complaint, void, reason="登记错了", by=world.secretary)

    with pytest.raises(Refused) as told:
        then(world, void_complaint, first, reason="登记错了", by=world.secretary)
    with pytest.raises(BadInput):
        linked(world, second, void)

    assert (told.value.rule, told.value.values["count"]) == ("complaint_has_repeats", 1)


def test_a_complaint_of_another_community_is_no_first(world: World) -> None:
    there = a_complaint(world, by=world.other_secretary, place_id=world.place_there)

    with pytest.raises(BadInput) as told:
        linked(world, a_complaint(world), there)

    assert told.value.field == "first_id"


def test_repeats_are_handed_over_and_answered_with_the_first(world: World) -> None:
    first, second, ended = a_complaint(world), a_complaint(world), a_complaint(world)
    linked(world, second, first)
    closed(world, ended)
    linked(world, ended, first)

    went = handed_over(world, first, repeats=True)
    answered = then(world, reply_complaint, first, reply="已整改", repeats=True)

    assert (went, answered) == (first, 2)
    assert [seen(world, one).state for one in (first, second, ended)] == [
        ComplaintState.REPLIED,
        ComplaintState.REPLIED,
        ComplaintState.CLOSED,
    ]
    assert seen(world, second).reply == "已整改"


def test_a_repeat_that_nobody_took_up_yet_is_answered_all_the_same(world: World) -> None:
    first, second = handed_over(world, a_complaint(world)), a_complaint(world)
    linked(world, second, first)

    then(world, reply_complaint, first, reply="已整改", repeats=True)

    facts = seen(world, second)
    assert (facts.state, facts.responsible) == (ComplaintState.REPLIED, ResponsibleBody.DEPARTMENT)


def test_what_may_be_the_same_is_found_by_words_place_and_time(world: World) -> None:
    first = a_complaint(world)
    a_complaint(world, "电梯坏了一个星期没人修", category_id=world.categories[5])
    again = a_complaint(world, "饭店晚上的油烟太大了，开不了窗")

    with reading(world.worker) as session:
        found = likely_repeats(session, again, today=TODAY)
        typed = repeats_while_typing(session, world.here, words="饭店的油烟太大", today=TODAY)
        nothing = repeats_while_typing(session, world.here, words="油 烟。", today=TODAY)

    assert [one.id for one in found] == [first]
    assert found[0].reasons
    assert {one.id for one in typed} == {first, again}
    assert nothing == ()


def test_who_calls_about_a_known_complaint_is_written_down_as_its_repeat_in_one_step(world: World) -> None:
    first = a_complaint(world, building="3幢")

    made = do(
        world.worker,
        log_repeat,
        first_id=first,
        description="饭店的油烟又来了",
        source=NeedSource.HOTLINE,
        asker_phone="13812345678",
    )

    again = row(world, Complaint, made["id"])
    assert (made["first"], made["closed"]) == (row(world, Complaint, first).number, False)
    assert (again.repeat_of_id, again.description, again.source) == (first, "饭店的油烟又来了", NeedSource.HOTLINE)
    assert (again.category_id, again.place_id, again.building) == (world.categories[1], world.place, "3幢")
    assert again.asker_phone == "13812345678"
    assert again.due_on == TODAY + timedelta(days=7)  # Its own five working days: the hotline sent it.
    assert seen(world, first).repeats[0].id == made["id"]


def test_a_repeat_of_a_repeat_goes_to_the_first_and_one_that_was_closed_is_told(world: World) -> None:
    first = closed(world, a_complaint(world))
    second = a_complaint(world)
    then(world, link_repeat, second, first_id=first)

    made = do(world.worker, log_repeat, first_id=second, description=FUMES, source=NeedSource.CALL)

    assert row(world, Complaint, made["id"]).repeat_of_id == first
    assert made["closed"] is True


def test_a_repeat_that_is_refused_leaves_nothing_behind(world: World) -> None:
    first = a_complaint(world)
    then(world, void_complaint, first, by=world.secretary, reason="登记错了")

    with pytest.raises(BadInput):
        do(world.worker, log_repeat, first_id=first, description=FUMES, source=NeedSource.CALL)

    with reading(world.worker) as session:
        assert session.scalars(select(Complaint.id)).all() == [first]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECRETARY, Role.AREA_WORKER}))
def test_only_who_writes_complaints_down_writes_repeats_down(small_world: World, role: Role) -> None:
    first = a_complaint(small_world)

    with pytest.raises(NotPermitted):
        do(small_world[role], log_repeat, first_id=first, description=FUMES, source=NeedSource.CALL)


# --- the table, a project, a need --------------------------------------------------------------------------


def test_a_dispute_is_opened_with_the_open_repeats(world: World) -> None:
    first, second = a_complaint(world), a_complaint(world)
    linked(world, second, first)

    dispute = then(world, to_mediation, first, title="油烟扰民", matter="楼上反映油烟大")

    assert row(world, Mediation, dispute).state is MediationState.REGISTERED
    assert row(world, Mediation, dispute).place_id == world.place
    with reading(world.worker) as session:
        assert [one.id for one in complaints_of(session, mediation_id=dispute)] == [first, second]
        assert [one.id for one in disputes_to_join(session, world.here)] == [dispute]
    assert [seen(world, one).state for one in (first, second)] == [ComplaintState.HANDED_OVER] * 2
    facts = seen(world, first)
    assert facts.dispute is not None
    assert (facts.dispute.id, facts.responsible) == (dispute, ResponsibleBody.COMMUNITY)


def test_one_that_sits_at_a_table_is_not_brought_to_another(world: World) -> None:
    one = a_complaint(world)
    then(world, to_mediation, one, title="油烟扰民", matter="油烟大")

    with pytest.raises(Refused) as told:
        then(world, to_mediation, one, title="又一件", matter="油烟大")

    assert told.value.rule == "complaint_at_table"


def test_a_later_one_joins_the_dispute_that_is_open(world: World) -> None:
    dispute = then(world, to_mediation, a_complaint(world), title="油烟扰民", matter="油烟大")

    joined = then(world, to_mediation, a_complaint(world), title="", matter="", mediation_id=dispute)

    assert joined == dispute


def test_a_link_to_one_at_the_table_brings_the_repeat_there(world: World) -> None:
    first = a_complaint(world)
    dispute = then(world, to_mediation, first, title="油烟扰民", matter="油烟大")
    second = a_complaint(world)

    linked(world, second, first)

    assert row(world, Complaint, second).mediation_id == dispute


@pytest.mark.parametrize(("field", "values"), [("title", {"title": ""}), ("matter", {"matter": ""})])
def test_a_dispute_needs_its_words(small_world: World, field: str, values: dict[str, str]) -> None:
    given: dict[str, Any] = {"title": "油烟扰民", "matter": "油烟大"} | values

    with pytest.raises(BadInput) as told:
        then(small_world, to_mediation, a_complaint(small_world), **given)

    assert told.value.field == field


def test_what_is_closed_does_not_go_to_a_table(small_world: World) -> None:
    with pytest.raises(WrongStage):
        then(small_world, to_mediation, closed(small_world, a_complaint(small_world)), title="油烟", matter="大")


def test_a_project_ends_all_of_a_kind(world: World) -> None:
    project = a_project(world, "油烟整改")
    first, second = a_complaint(world), a_complaint(world)
    linked(world, second, first)

    assert then(world, link_project, first, project_id=project) == 2

    assert {row(world, Complaint, one).project_id for one in (first, second)} == {project}
    with reading(world.worker) as session:
        assert [one.id for one in projects_to_link(session, world.here)] == [project]
    for wrong in (None, 999):
        with pytest.raises(BadInput) as told:
            then(world, link_project, first, project_id=wrong)
        assert told.value.field == "project_id"


def test_a_public_issue_becomes_a_need_once_and_is_still_answered(world: World) -> None:
    one = a_complaint(world, asker_name="赵测试", asker_phone="13812345678")

    made = then(world, to_need, one, reach=Reach.BUILDING, people=40)

    need = row(world, Need, made["id"])
    assert (need.description, need.asker_name, need.people) == (FUMES, "赵测试", 40)
    assert seen(world, one).need == made["number"]
    assert seen(world, one).state is ComplaintState.REGISTERED
    with pytest.raises(Refused):
        then(world, to_need, one, reach=Reach.BUILDING, people=40)


@pytest.mark.parametrize(("field", "values"), [("reach", {"reach": None}), ("people", {"people": 0})])
def test_a_need_says_how_far_it_reaches(small_world: World, field: str, values: dict[str, Any]) -> None:
    given: dict[str, Any] = {"reach": Reach.ESTATE, "people": 9} | values

    with pytest.raises(BadInput) as told:
        then(small_world, to_need, a_complaint(small_world), **given)

    assert told.value.field == field


def test_an_old_version_is_told(small_world: World) -> None:
    one = a_complaint(small_world)
    version = version_of(small_world, one)
    handed_over(small_world, one)

    with pytest.raises(Conflict):
        then(small_world, hand_over, one, version=version, responsible=None, name="", note="", due_on=None)

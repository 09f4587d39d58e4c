"""Topics are proposed in writing, reviewed with a reason, and called up; what passed becomes tasks."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.council.corrections import ask_correction, settle_correction
from db.actions.council.tasks import answer_without_project, assign_task, cancel_task, finish_task
from db.actions.council.topics import call_up_topic, propose_topic, reopen_review, review_topic
from db.actions.meetings.discussion import record_point
from db.actions.meetings.meetings import remove_item
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, NotFound, Refused, WrongStage
from db.models import AgendaItem, Answer, Correction, DiscussionPoint, HandCount, Need, Task, Topic
from db.queries.council.topics import correctable, resolutions, tasks, topic, topics
from db.terms import (
    CorrectionField,
    CorrectionState,
    ItemState,
    NeedStage,
    Role,
    TaskState,
    TopicGround,
    TopicSource,
    TopicState,
)
from tests.builders.council import WRITTEN, a_passed_item, a_task, a_topic
from tests.builders.meetings import a_draft, in_session, need_behind
from tests.builders.voting import vote_by_hands
from tests.builders.world import TODAY, World, another_actor, do, row


def reviewed(world: World, topic_id: int, verdict: TopicState, **more: Any) -> str:
    values = {"reason": "经党组织审核", "version": row(world, Topic, topic_id).version} | more
    said: str = do(world.secretary, review_topic, topic_id=topic_id, verdict=verdict, **values)
    return said


# --- proposing --------------------------------------------------------------------------------------------


def test_a_member_signs_a_topic_in_the_own_name(world: World) -> None:
    topic_id = a_topic(world, budget_yuan=20000, scope="3幢 48户")

    found = row(world, Topic, topic_id)

    assert (found.source, found.state) == (TopicSource.MEMBER, TopicState.SUBMITTED)
    assert found.member_id == world.members[0]
    assert not found.signed_on_paper
    assert found.number.startswith("LL-YT2026-")


def test_an_unsigned_topic_is_told_at_the_signature(world: World) -> None:
    with pytest.raises(BadInput) as told:
        a_topic(world, signed=False)

    assert told.value.field == "signed"


def test_staff_enter_what_a_member_signed_on_paper(world: World) -> None:
    topic_id = do(world.worker, propose_topic, **WRITTEN, member_id=world.members[3])

    found = row(world, Topic, topic_id)

    assert found.signed_on_paper
    assert found.member_id == world.members[3]


def test_staff_must_say_whose_proposal_it_is(world: World) -> None:
    with pytest.raises(BadInput) as told:
        do(world.worker, propose_topic, **WRITTEN)

    assert told.value.field == "member_id"


def test_a_member_without_a_seat_cannot_sign(world: World) -> None:
    stranger = another_actor(world, Role.COUNCIL_MEMBER, "no_seat")

    with pytest.raises(Refused) as told:
        do(stranger, propose_topic, **WRITTEN)

    assert told.value.rule == "no_seat_to_sign"


def test_the_subdistrict_hands_a_topic_down_to_a_community(world: World) -> None:
    topic_id = do(world[Role.SUBDISTRICT_ADMIN], propose_topic, **WRITTEN, community_id=world.here)

    assert row(world, Topic, topic_id).source is TopicSource.SUBDISTRICT


# --- reviewing --------------------------------------------------------------------------------------------


def test_a_topic_that_is_not_accepted_names_its_ground(world: World) -> None:
    topic_id = a_topic(world)

    with pytest.raises(BadInput) as told:
        reviewed(world, topic_id, TopicState.DECLINED)
    reviewed(world, topic_id, TopicState.DECLINED, ground=TopicGround.STATUTORY_DUTY)

    assert told.value.field == "ground"
    assert row(world, Topic, topic_id).ground is TopicGround.STATUTORY_DUTY


@pytest.mark.parametrize("verdict", [TopicState.MERGED, TopicState.REFERRED, TopicState.DECLINED])
def test_every_other_review_than_acceptance_has_a_reason(verdict: TopicState, small_world: World) -> None:
    topic_id, other = a_topic(small_world), a_topic(small_world)
    more = {"ground": TopicGround.DECIDED, "referred_to": "城管中队", "merged_into_id": other}

    with pytest.raises(BadInput) as told:
        reviewed(small_world, topic_id, verdict, **more | {"reason": " "})

    assert told.value.field == "reason"


def test_a_topic_is_not_merged_into_itself(world: World) -> None:
    topic_id = a_topic(world)

    with pytest.raises(BadInput) as told:
        reviewed(world, topic_id, TopicState.MERGED, merged_into_id=topic_id)

    assert told.value.field == "merged_into_id"


def test_a_review_can_be_taken_back_until_something_is_built_on_it(world: World) -> None:
    topic_id = a_topic(world)
    reviewed(world, topic_id, TopicState.REFERRED, referred_to="城管中队")

    do(world.secretary, reopen_review, topic_id=topic_id, version=row(world, Topic, topic_id).version)

    found = row(world, Topic, topic_id)
    assert (found.state, found.referred_to) == (TopicState.SUBMITTED, "")


def test_two_reviewers_do_not_overwrite_each_other(world: World) -> None:
    topic_id = a_topic(world)
    seen = row(world, Topic, topic_id).version
    reviewed(world, topic_id, TopicState.ACCEPTED)

    with pytest.raises((Conflict, WrongStage)):
        reviewed(world, topic_id, TopicState.DECLINED, version=seen, ground=TopicGround.OTHER)

    assert row(world, Topic, topic_id).state is TopicState.ACCEPTED


def test_an_accepted_topic_is_called_up_and_comes_back_when_taken_off(world: World) -> None:
    topic_id, meeting = a_topic(world), a_draft(world)
    with pytest.raises(WrongStage):
        do(world.secretary, call_up_topic, topic_id=topic_id, meeting_id=meeting, motion="加装扶手")
    reviewed(world, topic_id, TopicState.ACCEPTED)

    item = do(world.secretary, call_up_topic, topic_id=topic_id, meeting_id=meeting, motion="加装扶手")
    listed = row(world, AgendaItem, item)
    on_agenda = row(world, Topic, topic_id).state
    do(world.secretary, remove_item, item_id=item)

    assert (listed.topic_id, listed.proposer) == (topic_id, row(world, Topic, topic_id).proposer)
    assert on_agenda is TopicState.ON_AGENDA
    assert row(world, Topic, topic_id).state is TopicState.ACCEPTED


def test_a_list_shows_what_became_of_a_topic(world: World) -> None:
    topic_id = a_topic(world)
    reviewed(world, topic_id, TopicState.ACCEPTED)
    do(world.secretary, call_up_topic, topic_id=topic_id, meeting_id=a_draft(world), motion="加装扶手")

    with reading(world.secretary) as session:
        listed, facts = topics(session).rows, topic(session, topic_id)

    assert [(one.id, one.outcome) for one in listed] == [(topic_id, ItemState.PENDING)]
    assert facts.state is TopicState.ON_AGENDA


def test_another_community_does_not_see_a_topic(world: World) -> None:
    topic_id = a_topic(world)

    with reading(world.other_secretary) as session, pytest.raises(NotFound):
        topic(session, topic_id)


# --- tasks ------------------------------------------------------------------------------------------------


def test_a_passed_item_becomes_tasks_with_owner_and_date(world: World) -> None:
    item = a_passed_item(world)

    task = a_task(world, item)

    with reading(world.secretary) as session:
        assert [one.id for one in tasks(session, state=TaskState.OPEN).rows] == [task]
        assert [one.id for one in resolutions(session).rows[0].tasks] == [task]


def test_an_item_that_did_not_pass_has_no_tasks(world: World) -> None:
    _, items = in_session(world)
    vote_by_hands(world, items[0], 7, 5, 2)

    with pytest.raises(WrongStage):
        a_task(world, items[0])


def test_a_task_is_not_due_yesterday(small_world: World) -> None:
    item = a_passed_item(small_world)
    values = {"title": "采购", "owner": "王建国", "due_on": TODAY - timedelta(days=1)}

    with pytest.raises(BadInput) as told:
        do(small_world.secretary, assign_task, item_id=item, **values)

    assert told.value.field == "due_on"


def test_a_task_ends_once_and_with_words(world: World) -> None:
    task = a_task(world, a_passed_item(world))

    do(world.worker, finish_task, task_id=task, version=1, result="已安装 48 盏")

    assert row(world, Task, task).state is TaskState.DONE
    with pytest.raises(WrongStage):
        do(world.secretary, cancel_task, task_id=task, version=2, result="不做了")


def test_askers_are_answered_without_a_project_when_every_task_is_done(world: World) -> None:
    item = a_passed_item(world)
    task = a_task(world, item)
    need = need_behind(world, item)
    with as_system("test") as session:
        stored = session.get(Need, need.id)
        assert stored is not None
        stored.stage = NeedStage.TO_PROJECT
    with pytest.raises(Refused) as open_task:
        do(world.secretary, answer_without_project, item_id=item, reason="感应灯已装好")
    do(world.worker, finish_task, task_id=task, version=1, result="已安装")

    households = do(world.secretary, answer_without_project, item_id=item, reason="感应灯已装好")

    assert open_task.value.rule == "tasks_open"
    assert need_behind(world, item).stage is NeedStage.ANSWERING
    with reading(world.secretary) as session:
        assert session.query(Answer).filter(Answer.need_id == need.id).count() == households


# --- corrections ------------------------------------------------------------------------------------------


def asked(world: World, item: int, **more: Any) -> int:
    values: dict[str, Any] = {"field": CorrectionField.TITLE, "target_id": None, "reason": "错别字"}
    before = row(world, AgendaItem, item).title
    correction: int = do(
        world.worker, ask_correction, item_id=item, **values | {"before": before, "after": "楼道感应灯"} | more
    )
    return correction


def test_a_clerical_error_is_put_right_by_two_people_and_both_texts_stay(world: World) -> None:
    item = a_passed_item(world)
    before = row(world, AgendaItem, item).title
    correction = asked(world, item)

    do(world.secretary, settle_correction, correction_id=correction, version=1, confirmed=True)

    kept = row(world, Correction, correction)
    assert row(world, AgendaItem, item).title == "楼道感应灯"
    assert (kept.before, kept.after, kept.state) == (before, "楼道感应灯", CorrectionState.CONFIRMED)


def test_whoever_asked_cannot_confirm(world: World) -> None:
    correction = asked(world, a_passed_item(world))

    with pytest.raises(Refused) as told:
        do(world.worker, settle_correction, correction_id=correction, version=1, confirmed=True)

    assert told.value.rule == "second_person_needed"


def test_a_refused_correction_changes_nothing(world: World) -> None:
    item = a_passed_item(world)
    before = row(world, AgendaItem, item).title
    correction = asked(world, item)

    do(world.secretary, settle_correction, correction_id=correction, version=1, confirmed=False)

    assert row(world, AgendaItem, item).title == before
    assert row(world, Correction, correction).state is CorrectionState.REFUSED


def test_nothing_is_corrected_before_the_result_is_announced(world: World) -> None:
    _, items = in_session(world)

    with pytest.raises(Refused) as told:
        asked(world, items[0])

    assert told.value.rule == "nothing_to_correct"


def test_a_correction_of_words_that_meanwhile_changed_is_refused(world: World) -> None:
    item = a_passed_item(world)

    with pytest.raises(Refused) as told:
        asked(world, item, before="别的文字")

    assert told.value.rule == "record_changed"


def test_one_place_has_one_open_correction(world: World) -> None:
    item = a_passed_item(world)
    asked(world, item)

    with pytest.raises(Refused) as told:
        asked(world, item, after="又一个")

    assert told.value.rule == "correction_waits"


def test_points_and_tellers_can_be_corrected_counts_cannot(world: World) -> None:
    _, items = in_session(world)
    do(world.worker, record_point, item_id=items[0], said="灯要甘应的")
    vote_by_hands(world, items[0], 8, 4, 2)

    with reading(world.secretary) as session:
        places = correctable(session, row(world, AgendaItem, items[0]).meeting_id)
    point = next(place for place in places if place.field is CorrectionField.POINT)
    teller = next(place for place in places if place.field is CorrectionField.TELLER)
    for place, after in ((point, "灯要感应的"), (teller, "计票人甲")):
        values = {"field": place.field, "target_id": place.target_id, "before": place.text, "after": after}
        correction = do(world.worker, ask_correction, item_id=items[0], reason="笔误", **values)
        do(world.secretary, settle_correction, correction_id=correction, version=1, confirmed=True)

    assert point.target_id is not None
    assert teller.target_id is not None
    assert row(world, DiscussionPoint, point.target_id).words == "灯要感应的"
    assert row(world, HandCount, teller.target_id).teller_name == "计票人甲"
    assert {place.field for place in places} == set(CorrectionField)

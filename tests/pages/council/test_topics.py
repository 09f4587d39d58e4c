"""Topics, resolution tasks and corrections as each role finds them on the screen."""

from typing import Any

import pytest

from db.actions.council.topics import propose_topic, review_topic
from db.engine import utc_now
from db.models import AgendaItem, BodyMember, Correction, Task, Topic
from db.terms import CorrectionState, Role, TaskState, TopicGround, TopicState
from tests.builders.meetings import a_draft, in_session
from tests.builders.voting import vote_by_hands
from tests.builders.world import World, do, row
from tests.support.signed_in import open_app, words

TOPICS, TASKS, CORRECTIONS = "council/topics.py", "council/tasks.py", "council/corrections.py"
WRITTEN: dict[str, Any] = {
    "title": "楼道加装扶手",
    "background": "老人多",
    "proposal": "四个单元加装扶手",
    "signed": True,
}


def a_topic(world: World) -> int:
    topic: int = do(world[Role.COUNCIL_MEMBER], propose_topic, **WRITTEN)
    return topic


def test_a_member_proposes_a_topic_on_the_own_phone(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world[Role.COUNCIL_MEMBER].id, TOPICS)

    app.text_input(key="propose_topic.title").input("楼道加装扶手")
    app.text_area(key="propose_topic.background").input("老人多")
    app.text_area(key="propose_topic.proposal").input("四个单元加装扶手")
    app.button(key="propose_topic.submit").click().run()
    unsigned = words(app)
    app.checkbox(key="propose_topic.signed").check()
    app.button(key="propose_topic.submit").click().run()

    assert "请填写这一项" in unsigned
    assert row(small_world, Topic, 1).title == "楼道加装扶手"
    assert not app.exception


def test_the_secretary_declines_with_a_ground_of_the_negative_list(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = a_topic(small_world)
    app = open_app(monkeypatch, small_world.secretary.id, TOPICS, id=str(topic))

    app.segmented_control(key="topic_verdict").set_value(TopicState.DECLINED).run()
    name = f"review_topic.{topic}.{TopicState.DECLINED}"
    app.selectbox(key=f"{name}.ground").set_value(TopicGround.STATUTORY_DUTY)
    app.text_area(key=f"{name}.reason").input("属城管职责")
    app.button(key=f"{name}.submit").click().run()

    assert row(small_world, Topic, topic).state is TopicState.DECLINED
    assert "不予受理" in words(app)


def test_an_accepted_topic_is_called_up_from_its_own_page(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    topic, meeting = a_topic(small_world), a_draft(small_world)
    do(small_world.secretary, review_topic, topic_id=topic, version=1, verdict=TopicState.ACCEPTED, reason="")
    app = open_app(monkeypatch, small_world.secretary.id, TOPICS, id=str(topic))

    app.button(key=f"call_up.{topic}.submit").click().run()

    item = row(small_world, AgendaItem, 1)
    assert (item.topic_id, item.meeting_id, item.motion) == (topic, meeting, WRITTEN["proposal"])


@pytest.mark.parametrize("role", [Role.AREA_WORKER, Role.AUDITOR, Role.COUNCIL_MEMBER])
def test_only_the_secretary_reviews(small_world: World, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    topic = a_topic(small_world)

    app = open_app(monkeypatch, small_world[role].id, TOPICS, id=str(topic))

    assert not app.exception
    assert "签署审核意见" not in words(app)


def test_a_resolution_gets_an_owner_and_is_finished(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, items = in_session(small_world)
    vote_by_hands(small_world, items[0], 8, 4, 2)
    app = open_app(monkeypatch, small_world.secretary.id, TASKS, item=str(items[0]))

    app.text_input(key="assign_task.title").input("采购感应灯")
    app.text_input(key="assign_task.owner").input("王建国")
    app.button(key="assign_task.submit").click().run()
    app.text_area(key="finish_task.result").input("已装 48 盏")
    app.button(key="finish_task.submit").click().run()

    task = row(small_world, Task, 1)
    assert (task.item_id, task.owner, task.state) == (items[0], "王建国", TaskState.DONE)


def test_a_correction_takes_two_people_at_two_desks(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, items = in_session(small_world)
    vote_by_hands(small_world, items[0], 8, 4, 2)
    app = open_app(monkeypatch, small_world.worker.id, CORRECTIONS, id=str(meeting))
    name = f"ask_correction.{items[0]}.title.None"
    app.text_area(key=f"{name}.after").input("楼道感应灯")
    app.text_input(key=f"{name}.reason").input("错别字")
    app.button(key=f"{name}.submit").click().run()
    own = words(app)

    app = open_app(monkeypatch, small_world.secretary.id, CORRECTIONS, id=str(meeting))
    app.button(key="confirm.1").click().run()

    assert "在等另一个人核对" in own
    assert row(small_world, Correction, 1).state is CorrectionState.CONFIRMED
    assert row(small_world, AgendaItem, items[0]).title == "楼道感应灯"


def test_cards_are_made_printed_once_and_stopped_when_lost(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(monkeypatch, small_world.secretary.id, "council/bodies.py")
    app.segmented_control(key="council_way").set_value("cards").run()

    app.button(key="make_cards.submit").click().run()
    hashes = {row(small_world, BodyMember, member).card_hash for member in small_world.members}
    cards = app.session_state["_cards.printed"].left(utc_now())
    app.selectbox(key="lost_card").select_index(0).run()
    app.button(key="revoke_card").click().run()

    assert len(hashes) == len(cards) == 16
    assert not hashes & {code for _seat, _name, code in cards}
    assert row(small_world, BodyMember, small_world.members[0]).card_hash is None
    assert "已打印，清除卡号" in words(app)

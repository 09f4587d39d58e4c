"""The forms of needs, tried with everything that a person, a paste or a forged request can send."""

from datetime import timedelta
from typing import Any

import pytest

from db.actions.needs.answers import give_answer
from db.actions.needs.merging import merge_needs, undo_merge
from db.actions.needs.needs import amend_need, finish_handling, log_need, void_need
from db.actions.needs.register import sign_week
from db.actions.needs.screening import finish_order, route_need, score_need, set_weights
from db.actions.unmasking import unmask_need
from db.engine import reading_as_system
from db.models import Need
from db.rules.workdays import week_of
from db.terms import (
    AnswerChannel,
    NeedSource,
    NeedStage,
    Reach,
    Route,
    Satisfaction,
    Urgency,
)
from tests.builders.needs import a_need, opened, owed, scored
from tests.builders.world import NOW, TODAY, World, do
from tests.support.bad_input import Form, Forms, complaints, complaints_about_a_repeat

FORMS = Forms()

NEED: dict[str, Any] = {
    "description": "楼道灯坏了", "title": "楼道灯", "reach": Reach.BUILDING, "people": 30, "urgency": Urgency.NORMAL,
    "building": "1幢", "special_group": False,
}  # fmt: skip


def _far(world: World) -> dict[str, int]:
    return {"need_id": a_need(world, community_id=world.there)}


@FORMS.add
def need(world: World) -> Form:
    right = NEED | {"category_id": world.categories[0], "place_id": world.place, "source": NeedSource.WALK_IN,
                    "stairwell": "1", "room": "101", "asker_name": "王芳", "asker_phone": "13812345678"}  # fmt: skip
    return Form(
        log_need, world.worker, right, {"description": 1000, "title": 60, "asker_name": 30},
        {"asker_phone": 61, "building": 20, "stairwell": 20, "room": 20},
        frozenset({"title", "asker_name", "asker_phone", "building", "stairwell", "room"}),
        {"people": (1, 100_000)}, choices=("reach", "urgency", "source"), ids=("category_id", "place_id"),
        foreign={"place_id": world.place_there},
    )  # fmt: skip


@FORMS.add
def need_amended(world: World) -> Form:
    right = NEED | {"need_id": a_need(world), "version": 1, "category_id": world.categories[1], "place_id": world.place}
    return Form(
        amend_need, world.worker, right, {"description": 1000, "title": 60}, {"building": 20},
        frozenset({"title", "building"}), {"people": (1, 100_000)}, choices=("reach", "urgency"),
        ids=("need_id", "category_id", "place_id"), foreign=_far(world) | {"place_id": world.place_there},
    )  # fmt: skip


@FORMS.add
def need_void(world: World) -> Form:
    right = {"need_id": a_need(world), "version": 1, "reason": "重复登记"}
    return Form(void_need, world.secretary, right, {"reason": 500}, ids=("need_id",), foreign=_far(world))


@FORMS.add
def need_handled(world: World) -> Form:
    right = {"need_id": a_need(world, stage=NeedStage.HANDLING), "version": 1, "done": "已断电维修"}
    return Form(finish_handling, world.worker, right, {"done": 500}, ids=("need_id",), foreign=_far(world))


@FORMS.add
def order_done(world: World) -> Form:
    right = {"need_id": a_need(world, stage=NeedStage.ORDERED), "version": 1, "done": "已上门"}
    return Form(finish_order, world.worker, right, {"done": 500}, ids=("need_id",), foreign=_far(world))


@FORMS.add
def merge_undone(world: World) -> Form:
    lead, member = a_need(world), a_need(world)
    do(world.secretary, merge_needs, lead_id=lead, member_id=member)
    right = {"member_id": member, "reason": "不是同一件"}
    return Form(undo_merge, world.secretary, right, {"reason": 200}, optional=frozenset({"reason"}), ids=("member_id",))


@FORMS.add
def unmasked(world: World) -> Form:
    right = {"need_id": a_need(world), "reason": "回访"}
    return Form(unmask_need, world.worker, right, {"reason": 200}, ids=("need_id",), foreign=_far(world))


@FORMS.add
def register(world: World) -> Form:
    a_need(world, logged_at=NOW - timedelta(days=7))
    right = {"week": week_of(TODAY) - timedelta(days=7), "remark": "本周齐全"}
    return Form(sign_week, world.secretary, right, {"remark": 200}, optional=frozenset({"remark"}), days=("week",),
                also=({"week": week_of(TODAY) + timedelta(days=7)}, {"week": TODAY}))  # fmt: skip


@FORMS.add
def weights(world: World) -> Form:
    right = {"demand": 40, "reach": 30, "feasibility": 30, "valid_from": TODAY}
    each = (0, 100)
    return Form(set_weights, world.secretary, right, numbers={"demand": each, "reach": each, "feasibility": each},
                days=("valid_from",), also=({"demand": 41}, {"valid_from": TODAY - timedelta(days=1)}))  # fmt: skip


@FORMS.add
def score(world: World) -> Form:
    right = {"screening_id": opened(world)[1], "demand": 30, "reach": 20, "feasibility": 20, "reason": "按评分表"}
    points = {"demand": (0, 40), "reach": (0, 30), "feasibility": (0, 30)}
    return Form(
        score_need,
        world.worker,
        right,
        {"reason": 500},
        optional=frozenset({"reason"}),
        numbers=points,
        ids=("screening_id",),
    )


@FORMS.add
def route(world: World) -> Form:
    need_id = scored(world)
    with reading_as_system("test") as session:
        version = session.get_one(Need, need_id).version
    right = {
        "need_id": need_id,
        "version": version,
        "route": Route.REFER,
        "reason": "不归本社区",
        "referred_to": "城管",
    }
    return Form(route_need, world.secretary, right, {"reason": 500, "referred_to": 60}, choices=("route",),
                ids=("need_id",), foreign=_far(world))  # fmt: skip


@FORMS.add
def answer(world: World) -> Form:
    right = {"answer_id": owed(world)[1][0], "channel": AnswerChannel.PHONE, "satisfaction": Satisfaction.SATISFIED,
             "comment": "谢谢"}  # fmt: skip
    return Form(give_answer, world.worker, right, {"comment": 500}, optional=frozenset({"comment"}),
                choices=("channel", "satisfaction"), ids=("answer_id",))  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_stores_what_was_meant_or_says_why_not(name: str, world: World) -> None:
    assert complaints(FORMS[name](world)) == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_twice_is_stored_once(name: str, world: World) -> None:
    assert complaints_about_a_repeat(FORMS[name](world)) == []

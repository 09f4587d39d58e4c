from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.needs.answers import answer_tried, give_answer
from db.engine import carry_out, reading_as_system
from db.errors import BadInput, NotFound, NotPermitted, Refused
from db.models import Answer, Need, ThreadEntry
from db.rules.permissions import Actor
from db.terms import AnswerChannel, AnswerState, NeedStage, Satisfaction
from tests.builders.needs import need, owed
from tests.builders.world import NOW, World


def give(who: Actor, answer: int, **more: Any) -> dict[str, Any]:
    values = {"channel": AnswerChannel.PHONE, "satisfaction": Satisfaction.SATISFIED, "comment": "", "now": NOW}
    return carry_out(who, "", give_answer, answer_id=answer, **(values | more))


def test_a_need_closes_when_its_asker_is_answered(world: World) -> None:
    lead, (answer,) = owed(world)

    result = give(world.worker, answer, comment="谢谢社区")

    assert result == {"number": need(lead).number, "closed": True}
    assert need(lead).stage is NeedStage.CLOSED
    with reading_as_system("test") as session:
        row = session.get(Answer, answer)
        assert row is not None
    assert (row.state, row.channel, row.satisfaction) == (
        AnswerState.GIVEN, AnswerChannel.PHONE, Satisfaction.SATISFIED,
    )  # fmt: skip
    assert (row.comment, row.given_by, row.given_at) == ("谢谢社区", world.worker.id, NOW)


def test_a_need_stays_open_until_the_last_asker_is_answered(world: World) -> None:
    lead, (first, second, third) = owed(world, members=2)

    closed = [give(world.worker, answer)["closed"] for answer in (second, first)]

    assert closed == [False, False]
    assert need(lead).stage is NeedStage.ANSWERING
    assert give(world.worker, third)["closed"] is True
    assert need(lead).stage is NeedStage.CLOSED


def test_a_merged_need_keeps_its_stage_when_it_is_answered(world: World) -> None:
    _, (first, second) = owed(world, members=1)

    give(world.worker, first)
    give(world.worker, second)

    with reading_as_system("test") as session:
        stages = session.scalars(select(Need.stage).order_by(Need.id)).all()
    assert list(stages) == [NeedStage.CLOSED, NeedStage.MERGED]


def test_a_restricted_asker_keeps_the_need_open_for_who_does_not_see_it(world: World) -> None:
    lead, (first, _hidden) = owed(world, members=1, restricted=True)

    assert give(world.worker, first)["closed"] is False
    assert need(lead).stage is NeedStage.ANSWERING


def test_two_last_answers_at_once_close_the_need(world: World) -> None:
    lead, answers = owed(world, members=1)
    people = zip((world.worker, world.secretary), answers, strict=True)

    calls = [Thread(target=give, args=(who, answer)) for who, answer in people]
    for call in calls:
        call.start()
    for call in calls:
        call.join()

    assert need(lead).stage is NeedStage.CLOSED


def test_who_was_not_reached_stays_on_the_list(world: World) -> None:
    lead, (answer,) = owed(world)

    tries = [carry_out(world.worker, "", answer_tried, answer_id=answer, now=NOW) for _ in range(2)]

    assert tries == [1, 2]
    assert need(lead).stage is NeedStage.ANSWERING
    with reading_as_system("test") as session:
        kinds = session.scalars(select(ThreadEntry.kind).where(ThreadEntry.kind == "answer_tried")).all()
    assert len(kinds) == 2


def test_an_answer_is_given_once(world: World) -> None:
    _, (first, _second) = owed(world, members=1)
    give(world.worker, first)

    with pytest.raises(Refused) as refused:
        give(world.secretary, first)

    assert refused.value.rule == "answer_given"


def test_an_answer_pressed_twice_is_one(world: World) -> None:
    _, (answer,) = owed(world)
    values = {"channel": AnswerChannel.DOOR, "satisfaction": Satisfaction.FAIR, "comment": "", "now": NOW}

    first = carry_out(world.worker, "same-key", give_answer, answer_id=answer, **values)

    assert carry_out(world.worker, "same-key", give_answer, answer_id=answer, **values) == first


@pytest.mark.parametrize(("field", "value"), [("channel", None), ("satisfaction", None), ("comment", "长" * 501)])
def test_a_bad_field_is_named_and_the_answer_stays_due(small_world: World, field: str, value: Any) -> None:
    lead, (answer,) = owed(small_world)

    with pytest.raises(BadInput) as refused:
        give(small_world.worker, answer, **{field: value})

    assert refused.value.field == field
    assert need(lead).stage is NeedStage.ANSWERING


def test_an_answer_of_another_community_is_out_of_reach(world: World) -> None:
    _, (answer,) = owed(world)

    with pytest.raises(NotFound):
        give(world.other_secretary, answer)


def test_an_auditor_gives_no_answers(small_world: World) -> None:
    from db.terms import Role

    _, (answer,) = owed(small_world)

    with pytest.raises(NotPermitted):
        give(small_world[Role.AUDITOR], answer)

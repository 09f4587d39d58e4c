from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.actions.projects.indicators import change_target, record_reading
from db.engine import carry_out, reading
from db.errors import BadInput, Conflict, NotPermitted, Refused
from db.models import Indicator, Reading, TargetChange, ThreadEntry
from db.terms import Happening, Role
from tests.builders.projects import a_goal, a_project
from tests.builders.world import NOW, TODAY, World, another_actor


def test_the_latest_day_says_where_a_goal_stands(world: World) -> None:
    leader, goal = world[Role.TEAM_LEADER], a_goal(world, a_project(world))

    carry_out(leader, "a", record_reading, indicator_id=goal, on=TODAY, value=Decimal("12.5"), now=NOW)
    carry_out(leader, "b", record_reading, indicator_id=goal, on=TODAY - timedelta(days=3), value=Decimal(4), now=NOW)

    with reading(leader) as session:
        assert session.get_one(Indicator, goal).actual == Decimal("12.5")
        assert session.scalars(select(Reading.value).order_by(Reading.on)).all() == [Decimal(4), Decimal("12.5")]


@pytest.mark.parametrize("value", [None, Decimal("NaN"), Decimal("1.234"), Decimal(10**10)])
def test_a_reading_is_a_number_with_two_decimals(world: World, value: Decimal | None) -> None:
    goal = a_goal(world, a_project(world))

    with pytest.raises(BadInput) as told:
        carry_out(world[Role.TEAM_LEADER], "a", record_reading, indicator_id=goal, on=TODAY, value=value, now=NOW)

    assert told.value.field == "value"


def test_nobody_reads_tomorrow(world: World) -> None:
    goal = a_goal(world, a_project(world))

    with pytest.raises(BadInput):
        carry_out(
            world.secretary,
            "a",
            record_reading,
            indicator_id=goal,
            on=TODAY + timedelta(days=1),
            value=Decimal(1),
            now=NOW,
        )


def test_a_changed_target_keeps_before_and_after_and_the_reason(world: World) -> None:
    leader, goal = world[Role.TEAM_LEADER], a_goal(world, a_project(world))

    carry_out(
        leader, "a", change_target, indicator_id=goal, version=1, target=Decimal(72), reason="又增加两个单元", now=NOW
    )

    with reading(leader) as session:
        change = session.scalars(select(TargetChange)).one()
        entry = session.scalars(select(ThreadEntry).where(ThreadEntry.kind == Happening.TARGET_CHANGED)).one()
        assert session.get_one(Indicator, goal).target == Decimal(72)
        assert (change.before, change.after, change.reason) == (Decimal(60), Decimal(72), "又增加两个单元")
        assert Decimal(entry.values["before"]) == Decimal(60)


def test_a_target_is_not_changed_without_a_reason_nor_to_where_it_is(world: World) -> None:
    leader, goal = world[Role.TEAM_LEADER], a_goal(world, a_project(world))

    with pytest.raises(BadInput, match="reason"):
        carry_out(leader, "a", change_target, indicator_id=goal, version=1, target=Decimal(72), reason=" ")
    with pytest.raises(BadInput, match="target"):
        carry_out(leader, "b", change_target, indicator_id=goal, version=1, target=Decimal(60), reason="一样")
    with pytest.raises(Refused, match="goal_does_not_move"):
        carry_out(leader, "c", change_target, indicator_id=goal, version=1, target=Decimal(0), reason="不做了")


def test_two_people_do_not_change_a_target_over_each_other(world: World) -> None:
    leader, goal = world[Role.TEAM_LEADER], a_goal(world, a_project(world))
    carry_out(leader, "a", change_target, indicator_id=goal, version=1, target=Decimal(72), reason="增加")

    with pytest.raises(Conflict):
        carry_out(world.secretary, "b", change_target, indicator_id=goal, version=1, target=Decimal(50), reason="减少")


def test_the_target_of_somebody_elses_project_stays(world: World) -> None:
    goal = a_goal(world, a_project(world))
    stranger = another_actor(world, Role.TEAM_LEADER, "leader2")

    with pytest.raises(NotPermitted):
        carry_out(stranger, "a", change_target, indicator_id=goal, version=1, target=Decimal(72), reason="增加")

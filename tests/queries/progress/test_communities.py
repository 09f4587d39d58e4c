from datetime import timedelta
from fractions import Fraction
from typing import Any

from db.engine import as_system, reading
from db.models import Answer
from db.queries.progress.communities import compare
from db.rules.projects.progress import rate
from db.terms import AnswerKind, AnswerState, NeedStage, Role, Satisfaction
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements

AT: dict[str, Any] = {"stage_since": NOW, "logged_at": NOW}


def an_answer(world: World, satisfaction: Satisfaction, *, days_ago: int = 1, **more: Any) -> None:
    need = a_need(world, stage=NeedStage.CLOSED, **AT)
    with as_system("test") as session:
        session.add(
            Answer(
                community_id=world.here,
                need_id=need,
                lead_need_id=need,
                kind=AnswerKind.DONE,
                words="已换灯",
                state=AnswerState.GIVEN,
                due_on=TODAY,
                satisfaction=satisfaction,
                given_at=NOW - timedelta(days=days_ago),
                given_by=world.worker.id,
                **more,
            )
        )


def test_each_number_of_a_community_comes_with_its_parts(world: World) -> None:
    for opinion in (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.FAIR, Satisfaction.NO_REPLY):
        an_answer(world, opinion)
    a_need(world, stage=NeedStage.REGISTERED, **AT)
    a_need(world, stage=NeedStage.VOID, **AT)

    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        here, there = compare(session, today=TODAY).rows

    assert here.answered == rate(4, 5)
    assert here.content == rate(2, 3)
    assert here.content.small
    assert here.replied == rate(3, 4)
    assert here.per_thousand == Fraction(6 * 1000, 3000)
    assert (there.logged, there.content.percent_tenths) == (0, None)


def test_opinions_older_than_twelve_months_do_not_count(world: World) -> None:
    an_answer(world, Satisfaction.SATISFIED, days_ago=400)

    with reading(world[Role.AUDITOR]) as session:
        whole = compare(session, today=TODAY).whole

    assert whole.content.denominator == 0


def test_projects_on_track_are_those_with_a_green_light(world: World) -> None:
    a_project(world, "按计划")
    a_project(world, "超期", starts_on=TODAY - timedelta(days=90), due_on=TODAY - timedelta(days=1))

    with reading(world[Role.DISTRICT_VIEWER]) as session:
        here = compare(session, today=TODAY).rows[0]

    assert (here.on_track, here.red) == (rate(1, 2), 1)


def test_communities_stand_in_the_order_of_entry_and_the_whole_is_their_sum(world: World) -> None:
    for _ in range(3):
        a_need(world, community_id=world.there, **AT)
    a_need(world, **AT)

    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        found = compare(session, today=TODAY)

    assert [row.name for row in found.rows] == ["柳林社区", "荷塘社区"]
    assert (found.whole.logged, found.whole.households) == (4, 5500)


def test_a_comparison_costs_six_statements(world: World) -> None:
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session, Statements() as counted:
        compare(session, today=TODAY)

    assert len([statement for statement in counted.texts if statement != "BEGIN"]) == 6

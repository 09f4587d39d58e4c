from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from db.engine import as_system, engine, reading
from db.models import NeedFlow, ServiceDay
from db.queries.progress import progress
from db.terms import NeedStage, Role
from tests.builders.needs import a_need
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements


def days_ago(days: int) -> dict[str, Any]:
    return {"stage_since": NOW - timedelta(days=days), "logged_at": NOW - timedelta(days=days)}


def stage_of(found: progress.Funnel, stage: NeedStage) -> progress.StageRow:
    return next(row for row in found.stages if row.stage is stage)


def test_the_funnel_counts_each_stage_and_says_how_long_needs_wait(world: World) -> None:
    for days in (2, 9, 30):
        a_need(world, stage=NeedStage.REGISTERED, **days_ago(days))
    a_need(world, stage=NeedStage.CLOSED)
    a_need(world, stage=NeedStage.VOID)

    with reading(world.secretary) as session:
        found = progress.funnel(session, now=NOW)

    assert stage_of(found, NeedStage.REGISTERED) == progress.StageRow(NeedStage.REGISTERED, 3, 30, 9)
    assert stage_of(found, NeedStage.NOTICE) == progress.StageRow(NeedStage.NOTICE, 0, None, None)
    assert (found.under_way, found.closed, found.void, found.all) == (3, 1, 1, 4)


def test_of_an_even_queue_the_longer_waiting_of_the_two_in_the_middle_counts(world: World) -> None:
    for days in (1, 4, 8, 20):
        a_need(world, stage=NeedStage.SCREENED, **days_ago(days))

    with reading(world.secretary) as session:
        found = progress.funnel(session, now=NOW)

    assert stage_of(found, NeedStage.SCREENED).median_days == 8


def test_the_funnel_of_a_secretary_holds_the_own_community_only_and_the_subdistrict_sees_all(world: World) -> None:
    a_need(world, **days_ago(3))
    a_need(world, community_id=world.there, **days_ago(40))

    with reading(world.secretary) as session:
        own = stage_of(progress.funnel(session, now=NOW), NeedStage.LOGGED)
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        whole = stage_of(progress.funnel(session, now=NOW), NeedStage.LOGGED)
        chosen = stage_of(progress.funnel(session, now=NOW, community_id=world.there), NeedStage.LOGGED)

    assert (own.needs, own.oldest_days) == (1, 3)
    assert (whole.needs, whole.oldest_days, whole.median_days) == (2, 40, 40)
    assert (chosen.needs, chosen.oldest_days) == (1, 40)


def test_a_secretary_who_asks_for_another_community_sees_nothing_of_it(world: World) -> None:
    a_need(world, community_id=world.there)

    with reading(world.secretary) as session:
        found = progress.funnel(session, now=NOW, community_id=world.there)

    assert found.all == 0


def test_the_funnel_costs_three_statements(world: World) -> None:
    for stage in (NeedStage.LOGGED, NeedStage.REGISTERED, NeedStage.ANSWERING):
        a_need(world, stage=stage)

    with reading(world.secretary) as session, Statements() as counted:
        progress.funnel(session, now=NOW)

    assert len([statement for statement in counted.texts if statement != "BEGIN"]) == 3


def test_waiting_times_are_read_from_their_index(small_world: World) -> None:
    a_need(small_world)
    with reading(small_world.secretary) as session, Statements() as counted:
        progress.funnel(session, now=NOW)

    with engine().connect() as connection:
        asked = connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT stage_since FROM need WHERE community_id = 1 AND stage = 'logged' "
                "AND restricted IS 0 ORDER BY stage_since LIMIT 1"
            )
        ).all()
    assert any("COVERING INDEX ix_need_waiting" in row[-1] for row in asked)
    assert sum("need.stage_since" in statement for statement in counted.texts) == 2


def test_new_and_answered_needs_are_summed_by_week_with_empty_weeks_shown(world: World) -> None:
    a_need(world, **days_ago(8))
    a_need(world, stage=NeedStage.HANDLING)
    a_need(world, stage=NeedStage.CLOSED, stage_since=NOW)

    with reading(world.secretary) as session:
        weeks = progress.weekly_flow(session, today=TODAY, weeks=4)

    assert [(week.logged, week.closed) for week in weeks] == [(0, 0), (0, 0), (1, 0), (2, 1)]
    assert [week.week.isoweekday() for week in weeks] == [1, 1, 1, 1]


def a_day_of_service(world: World, day: date, minutes: int, community_id: int | None = None) -> None:
    with as_system("test") as session:
        session.add(ServiceDay(community_id=community_id or world.here, day=day, minutes=minutes, records=1))


def test_hours_are_compared_with_the_same_part_of_last_year(world: World) -> None:
    a_day_of_service(world, date(2025, 1, 10), 600)
    a_day_of_service(world, date(2025, 3, 2), 300)
    a_day_of_service(world, date(2025, 3, 20), 900)
    a_day_of_service(world, date(2026, 3, 3), 480)

    with reading(world.secretary) as session:
        months = progress.monthly_hours(session, today=TODAY)

    assert months[0] == progress.MonthHours(1, 0, 600)
    assert months[2] == progress.MonthHours(3, 480, 300)
    assert months[3].this_year is None
    assert progress.year_so_far(months) == (480, 900)


def test_counters_of_other_communities_stay_out(world: World) -> None:
    a_day_of_service(world, TODAY, 60, world.there)
    a_need(world, community_id=world.there)

    with reading(world.secretary) as session:
        months = progress.monthly_hours(session, today=TODAY)
        weeks = progress.weekly_flow(session, today=TODAY)

    assert sum(month.this_year or 0 for month in months) == 0
    assert sum(week.logged for week in weeks) == 0


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.DISTRICT_VIEWER, Role.AUDITOR])
def test_whoever_stands_above_the_communities_can_choose_among_them(world: World, role: Role) -> None:
    with reading(world[role]) as session:
        wide = [community.name for community in progress.communities_in_reach(session)]
    with reading(world.secretary) as session:
        own = [community.name for community in progress.communities_in_reach(session)]

    assert wide == ["柳林社区", "荷塘社区"]
    assert own == ["柳林社区"]


def test_a_need_writes_its_own_flow(world: World) -> None:
    a_need(world)

    with reading(world.secretary) as session:
        assert session.scalars(select(NeedFlow.logged)).all() == [1]

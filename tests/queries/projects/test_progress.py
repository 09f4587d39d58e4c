from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from db.engine import as_system, reading
from db.errors import NotFound
from db.models import Milestone, Reading, Risk, TargetChange
from db.queries.projects import progress as project_progress
from db.rules.projects.progress import LightReason
from db.terms import Light, ProjectState, RiskLevel, Role
from tests.builders.projects import a_project, an_indicator
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements

BEGUN: dict[str, Any] = {"starts_on": TODAY - timedelta(days=50), "due_on": TODAY + timedelta(days=50)}


def add(row: Any) -> None:
    with as_system("test") as session:
        session.add(row)


def lights(world: World, **more: Any) -> tuple[project_progress.ProjectLight, ...]:
    with reading(world.secretary) as session:
        return project_progress.project_lights(session, today=TODAY, **more)


def test_every_live_project_has_a_light_with_its_reason_the_red_ones_first(world: World) -> None:
    on_plan = a_project(world, "按计划", **BEGUN)
    an_indicator(world, on_plan, 48)
    behind = a_project(world, "落后", **BEGUN)
    an_indicator(world, behind, 10)
    a_project(world, "没有指标", **BEGUN)
    a_project(world, "已验收", state=ProjectState.ACCEPTED, **BEGUN)

    found = lights(world)

    assert [(one.title, one.result.light, one.result.reason) for one in found] == [
        ("落后", Light.RED, LightReason.FAR_BEHIND),
        ("没有指标", Light.AMBER, LightReason.NOT_MEASURED),
        ("按计划", Light.GREEN, LightReason.ON_PLAN),
    ]
    assert (found[0].done, found[0].planned) == (Fraction(1, 10), Fraction(1, 2))
    assert project_progress.light_counts(found) == {Light.RED: 1, Light.AMBER: 1, Light.GREEN: 1}


def test_overdue_milestones_and_open_high_risks_turn_the_light(world: World) -> None:
    late = a_project(world, "节点超期", **BEGUN)
    an_indicator(world, late, 60)
    for days in (1, 9):
        add(Milestone(community_id=world.here, project_id=late, title="节点", due_on=TODAY - timedelta(days=days)))
    risky = a_project(world, "有风险", **BEGUN)
    an_indicator(world, risky, 60)
    add(Risk(community_id=world.here, project_id=risky, what="停电", measure="备电", level=RiskLevel.HIGH))

    found = {one.title: one.result for one in lights(world)}

    assert (found["节点超期"].light, found["节点超期"].reason) == (Light.RED, LightReason.MILESTONES_OVERDUE)
    assert (found["有风险"].light, found["有风险"].reason) == (Light.AMBER, LightReason.HIGH_RISK)


def test_lights_cost_two_statements_whatever_the_number_of_projects(world: World) -> None:
    for _ in range(6):
        an_indicator(world, a_project(world, **BEGUN), 50)

    with reading(world.secretary) as session, Statements() as counted:
        found = project_progress.project_lights(session, today=TODAY)

    assert len(found) == 6
    assert len([statement for statement in counted.texts if statement != "BEGIN"]) == 2


def test_projects_of_other_communities_are_not_in_sight(world: World) -> None:
    theirs = a_project(world, "别处", community_id=world.there, **BEGUN)

    assert lights(world) == ()
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        assert [one.id for one in project_progress.project_lights(session, today=TODAY)] == [theirs]
    with reading(world.secretary) as session, pytest.raises(NotFound):
        project_progress.project_course(session, theirs, today=TODAY)


def test_a_course_holds_readings_as_shares_of_the_target_that_held_on_their_day(world: World) -> None:
    project = a_project(world, **BEGUN)
    indicator = an_indicator(world, project, 60, target=120)
    for days, value in ((40, 20), (10, 60)):
        add(
            Reading(
                community_id=world.here,
                indicator_id=indicator,
                on=TODAY - timedelta(days=days),
                value=Decimal(value),
                read_by=world.secretary.id,
            )
        )
    add(
        TargetChange(
            community_id=world.here,
            indicator_id=indicator,
            before=Decimal(80),
            after=Decimal(120),
            reason="居民追加两幢楼",
            changed_at=NOW - timedelta(days=20),
            changed_by=world.secretary.id,
        )
    )

    with reading(world.secretary) as session:
        course = project_progress.project_course(session, project, today=TODAY)

    (one,) = course.indicators
    assert [point.share for point in one.points] == [Fraction(1, 4), Fraction(1, 2)]
    assert [(change.before, change.after) for change in one.changes] == [(Decimal(80), Decimal(120))]
    assert (course.done, course.planned) == (Fraction(1, 2), Fraction(1, 2))


def test_a_falling_target_makes_progress_by_falling(world: World) -> None:
    project = a_project(world, **BEGUN)
    an_indicator(world, project, 6, baseline=10, target=2)

    with reading(world.secretary) as session:
        course = project_progress.project_course(session, project, today=TODAY)

    assert course.done == Fraction(1, 2)

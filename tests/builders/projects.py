"""Projects through the real actions: goals, plans, a hand-in, its judges."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from db.actions.numbering import next_number
from db.actions.projects.acceptance import hand_in, judge_project
from db.actions.projects.indicators import record_reading
from db.actions.projects.projects import add_indicator
from db.engine import as_system
from db.models import Indicator, Project
from db.rules.permissions import Actor
from db.terms import IndicatorKind, ProjectDirection, ProjectKind, ProjectState, Role
from tests.builders.inputs import carry_out
from tests.builders.world import NOW, TODAY, World, another_actor

EVIDENCE = "灯具采购单、更换前后照片与居民签字表共三份，已归档备查。"


def a_project(world: World, title: str = "楼道照明改造", **more: Any) -> int:
    """A running project led by the team leader; the id."""
    with as_system("test") as session:
        values: dict[str, Any] = {
            "community_id": world.here,
            "number": next_number(session, world.here, "P", 2026),
            "title": title,
            "kind": ProjectKind.COUNCIL,
            "leader_id": world.actors[Role.TEAM_LEADER].id,
            "problem": "楼道灯坏",
            "measures": "更换感应灯",
            "beneficiaries": "1幢居民",
            "beneficiary_count": 60,
            "starts_on": TODAY,
            "due_on": TODAY + timedelta(days=90),
            "set_up_at": NOW,
            "set_up_by": world.secretary.id,
        }
        project = Project(**(values | more))
        session.add(project)
        session.flush()
        return project.id


def a_plan(world: World, **more: Any) -> dict[str, Any]:
    """What the form of a project sends."""
    plan: dict[str, Any] = {
        "title": "楼道照明改造",
        "kind": ProjectKind.COUNCIL,
        "need_ids": [],
        "leader_id": world[Role.TEAM_LEADER].id,
        "problem": "楼道灯坏，老人晚上不敢下楼",
        "measures": "换感应灯，志愿者每月巡查",
        "beneficiaries": "1幢居民",
        "beneficiary_count": 60,
        "budget_yuan": 3200,
        "funding": "党组织服务群众经费",
        "starts_on": TODAY,
        "due_on": TODAY + timedelta(days=90),
    }
    return plan | more


def a_led_plan(world: World, **more: Any) -> dict[str, Any]:
    """What the form of a secretary-led project sends."""
    led = {"kind": ProjectKind.SECRETARY_LED, "leader_id": world.secretary.id, "direction": ProjectDirection.CORE}
    return a_plan(world, **(led | more))


def a_goal(world: World, project_id: int, **more: Any) -> int:
    values: dict[str, Any] = {
        "name": "更换感应灯",
        "unit": "盏",
        "kind": IndicatorKind.QUANTITY,
        "baseline": Decimal(0),
        "target": Decimal(60),
    }
    goal: int = carry_out(world.secretary, "", add_indicator, project_id=project_id, **(values | more))
    return goal


def a_read_project(world: World, **more: Any) -> int:
    """A running project whose one goal was read."""
    project_id = a_project(world, state=ProjectState.RUNNING, **more)
    goal = a_goal(world, project_id)
    carry_out(world.secretary, "", record_reading, indicator_id=goal, on=TODAY, value=Decimal(60), now=NOW)
    return project_id


def handed_in(world: World, project_id: int, *, version: int = 1) -> int:
    round_id: int = carry_out(
        world.secretary, "", hand_in, project_id=project_id, version=version, evidence=EVIDENCE, now=NOW
    )
    return round_id


def judge(person: Actor, round_id: int, total: int = 82, **more: Any) -> int:
    """Score with points that make the total."""
    points, left = {}, total
    for name, most in (
        ("goals", 30),
        ("benefit", 25),
        ("procedure", 15),
        ("members", 10),
        ("lasting", 10),
        ("files", 10),
        ("bonus", 5),
    ):
        points[name] = min(most, left)
        left -= points[name]
    values: dict[str, Any] = {**points, "reason": "现场查看过", **more}
    count: int = carry_out(person, "", judge_project, acceptance_id=round_id, **values)
    return count


def judged(world: World, round_id: int, *totals: int) -> None:
    people = [world.secretary, world.worker, world[Role.COUNCIL_MEMBER], world[Role.SUBDISTRICT_ADMIN]]
    people += [another_actor(world, Role.AREA_WORKER, f"judge{n}") for n in range(len(totals) - len(people))]
    for person, total in zip(people, totals, strict=False):
        judge(person, round_id, total)


def an_indicator(world: World, project: int, actual: int = 0, *, baseline: int = 0, target: int = 100) -> int:
    with as_system("test") as session:
        indicator = Indicator(
            community_id=world.here,
            project_id=project,
            name="感应灯",
            unit="盏",
            kind=IndicatorKind.QUANTITY,
            baseline=Decimal(baseline),
            target=Decimal(target),
            actual=Decimal(actual),
        )
        session.add(indicator)
        session.flush()
        return indicator.id

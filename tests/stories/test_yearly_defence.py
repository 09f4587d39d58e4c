"""A1-01, A1-02: the yearly defence, from the list to the results in order of appearance, before five judges."""

from fractions import Fraction
from typing import Any

import pytest

from db.actions.projects.defence import (
    add_entry,
    add_judge,
    close_defence,
    give_sheet,
    judge_leaves,
    place_entry,
    plan_defence,
    set_award,
    set_criteria,
)
from db.actions.projects.projects import change_leader
from db.engine import reading
from db.errors import NotPermitted, Refused
from db.queries.projects.defence import DefenceFacts, defence_of
from db.terms import ProjectKind, Role
from tests.builders.projects import a_project
from tests.builders.world import NOW, TODAY, World, another_actor, do

NAMES = ("background", "course", "results", "delivery")


def seen(world: World) -> DefenceFacts:
    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        found = defence_of(session, 2026)
    assert found is not None
    return found


def test_two_projects_are_defended_before_five_judges(world: World) -> None:
    admin = world[Role.SUBDISTRICT_ADMIN]
    lamps, parking = (
        a_project(world, title, kind=ProjectKind.SECRETARY_LED, leader_id=world.secretary.id)
        for title in ("楼道亮灯", "停车挖潜")
    )
    defence = do(admin, plan_defence, year=2026, on=TODAY, place="三楼会议室", minutes=5)
    first, second = (do(admin, add_entry, defence_id=defence, project_id=one) for one in (lamps, parking))
    do(admin, place_entry, entry_id=second, position=1)

    # Five judges: two with accounts, three from outside. Who leads a project on the list is refused.
    insider = another_actor(world, Role.AREA_WORKER, "judge")
    with pytest.raises(Refused, match="judge_leads"):
        do(admin, add_judge, defence_id=defence, account_id=world.secretary.id)
    judges = [do(admin, add_judge, defence_id=defence, account_id=one.id) for one in (insider, admin)]
    judges += [do(admin, add_judge, defence_id=defence, outside_name=name) for name in ("方教授", "倪主任", "戴律师")]

    def give(who: Any, entry: int, judge: int, *points: int) -> None:
        do(who, give_sheet, entry_id=entry, judge_id=judge, remark="", **dict(zip(NAMES, points, strict=True)))

    # Each sheet once: by the judge, or at the desk from paper; nobody gives another judge's.
    give(insider, second, judges[0], 20, 20, 20, 20)
    with pytest.raises(Refused, match="sheet_given"):
        give(admin, second, judges[0], 25, 25, 25, 25)
    with pytest.raises(NotPermitted):
        give(insider, second, judges[2], 20, 20, 20, 20)
    for judge, points in zip(
        judges[1:], ((25, 25, 25, 25), (21, 21, 21, 21), (22, 22, 22, 22), (5, 5, 5, 5)), strict=True
    ):
        give(admin, second, judge, *points)
    with pytest.raises(Refused, match="defence_unjudged"):
        do(admin, close_defence, defence_id=defence, version=seen(world).version)

    # A judge who left by mistake comes back; nobody sits there twice.
    do(admin, judge_leaves, judge_id=judges[2], version=1, left_on=TODAY)
    assert do(admin, add_judge, defence_id=defence, outside_name="方教授") == judges[2]
    with pytest.raises(Refused, match="judge_there"):
        do(admin, add_judge, defence_id=defence, outside_name="方教授")

    do(admin, judge_leaves, judge_id=judges[1], version=1, left_on=TODAY)
    assert do(admin, add_judge, defence_id=defence, account_id=admin.id, office="党建办") == judges[1]
    assert next(one.office for one in seen(world).judges if one.id == judges[1]) == "党建办"

    # One judge leaves, and the criteria are changed late: sheets that were given stay as they are.
    do(admin, judge_leaves, judge_id=judges[4], version=1, left_on=TODAY)
    do(admin, set_criteria, defence_id=defence, version=seen(world).version,
       **dict(zip(NAMES, (20, 20, 40, 20), strict=True)))  # fmt: skip
    for judge in judges[:4]:
        give(admin, first, judge, 18, 18, 36, 16)
    with pytest.raises(Refused, match="judge_left"):
        give(admin, first, judges[4], 18, 18, 36, 16)

    found = seen(world)
    parked, lit = found.entries
    assert (parked.title, parked.outcome.total) == ("停车挖潜", Fraction(80 + 84 + 88, 3))
    assert (parked.outcome.dropped_low, parked.outcome.dropped_high) == (20, 100)
    assert (lit.outcome.total, lit.outcome.judges, lit.outcome.mixed) == (Fraction(88), 4, False)
    assert [found.waiting(entry) for entry in found.entries] == [0, 0]

    do(admin, close_defence, defence_id=defence, version=found.version, now=NOW)
    do(admin, set_award, entry_id=second, version=seen(world).entries[0].version, award="一等奖")
    assert [entry.award for entry in seen(world).entries] == ["一等奖", ""]
    with pytest.raises(Refused, match="defence_closed"):
        give(admin, first, judges[4], 1, 1, 1, 1)


def test_a_judge_who_is_replaced_before_the_sheet_is_in_is_not_waited_for_and_the_other_one_is(world: World) -> None:
    admin = world[Role.SUBDISTRICT_ADMIN]
    project = a_project(world, kind=ProjectKind.SECRETARY_LED, leader_id=world.secretary.id)
    defence = do(admin, plan_defence, year=2026, on=TODAY, place="三楼会议室", minutes=5)
    entry = do(admin, add_entry, defence_id=defence, project_id=project)
    judges = [do(admin, add_judge, defence_id=defence, outside_name=name) for name in ("方教授", "倪主任", "戴律师")]
    for judge in judges[:2]:
        do(admin, give_sheet, entry_id=entry, judge_id=judge, remark="", **dict.fromkeys(NAMES, 20))

    do(admin, judge_leaves, judge_id=judges[2], version=1, left_on=TODAY)
    heir = do(admin, add_judge, defence_id=defence, outside_name="孔记者")

    found = seen(world)
    assert found.waiting(found.entries[0]) == 1
    with pytest.raises(Refused, match="judge_left"):
        do(admin, give_sheet, entry_id=entry, judge_id=judges[2], remark="", **dict.fromkeys(NAMES, 20))
    do(admin, give_sheet, entry_id=entry, judge_id=heir, remark="", **dict.fromkeys(NAMES, 23))
    found = seen(world)
    assert (found.waiting(found.entries[0]), found.entries[0].outcome.judges) == (0, 3)
    do(admin, close_defence, defence_id=defence, version=found.version, now=NOW)


def test_a_project_given_to_a_judge_is_not_judged_by_that_judge(world: World) -> None:
    admin, heir = world[Role.SUBDISTRICT_ADMIN], another_actor(world, Role.SECRETARY, "heir")
    project = a_project(world, kind=ProjectKind.SECRETARY_LED, leader_id=world.secretary.id)
    defence = do(admin, plan_defence, year=2026, on=TODAY, place="三楼会议室", minutes=5)
    entry = do(admin, add_entry, defence_id=defence, project_id=project)
    judge = do(admin, add_judge, defence_id=defence, account_id=heir.id)
    do(world.secretary, change_leader, project_id=project, version=1, leader_id=heir.id)

    with pytest.raises(Refused, match="judge_leads"):
        do(heir, give_sheet, entry_id=entry, judge_id=judge, remark="", **dict.fromkeys(NAMES, 20))

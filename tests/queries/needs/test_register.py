from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from db.actions.needs.merging import merge_needs, not_twins
from db.actions.needs.needs import void_need
from db.actions.needs.register import sign_week
from db.engine import as_system, carry_out, reading, reading_as_system
from db.models import Need, Visit
from db.queries.needs.register import WeekRegister, week_register
from db.queries.needs.twins import Likely, likely_pairs, twins_of
from db.rules.needs.register import Missing
from db.rules.needs.twins import TwinReason
from db.terms import NeedStage, VisitOutcome
from tests.builders.doors import a_household
from tests.builders.needs import a_need, many_needs
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements

MONDAY = TODAY - timedelta(days=3)


def register(world: World) -> WeekRegister:
    with reading(world.secretary) as session:
        return week_register(session, world.here, MONDAY)


def pairs(world: World, **more: Any) -> tuple[Likely, ...]:
    with reading(world.secretary) as session:
        return likely_pairs(session, world.here, today=TODAY, **more)


# --- the week ---------------------------------------------------------------------------------------


def test_a_register_holds_one_week_of_one_community(world: World) -> None:
    mine = a_need(world)
    a_need(world, logged_at=NOW - timedelta(weeks=1))
    a_need(world, stage=NeedStage.VOID)
    with as_system("test") as session:
        for outcome in (VisitOutcome.MET, VisitOutcome.NOT_IN, VisitOutcome.NOT_IN):
            session.add(Visit(community_id=world.here, at=NOW, worker_id=world.worker.id, outcome=outcome))

    week = register(world)

    assert [row.need.id for row in week.rows] == [mine]
    assert week.visits == {VisitOutcome.MET: 1, VisitOutcome.NOT_IN: 2}
    assert week.sign_off is None


def test_what_a_need_lacks_stands_beside_it(world: World) -> None:
    a_need(world, household_id=a_household(world))
    a_need(world, "灯坏了", building="")

    lacking = register(world).incomplete

    assert [row.lacks for row in lacking] == [(Missing.WORDS, Missing.ASKER, Missing.BUILDING)]


def test_a_signed_register_shows_whether_it_still_is_what_was_signed(world: World) -> None:
    need = a_need(world)
    carry_out(world.secretary, "", sign_week, week=MONDAY, remark="齐", now=NOW + timedelta(days=1))

    before = register(world).sign_off
    with as_system("test") as session:
        row = session.get(Need, need)
        assert row is not None
        row.people = 99
    after = register(world).sign_off

    assert before is not None
    assert after is not None
    assert (before.by, before.remark, before.needs, before.unchanged) == (world.secretary.name, "齐", 1, True)
    assert after.unchanged is False


def signed(world: World) -> None:
    carry_out(world.secretary, "", sign_week, week=MONDAY, remark="", now=NOW + timedelta(days=1))


def seen_by(world: World, *, restricted: bool) -> WeekRegister:
    with reading(replace(world.secretary, sees_restricted=restricted)) as session:
        return week_register(session, world.here, MONDAY)


def test_who_sees_less_than_the_whole_is_not_told_of_a_change_that_was_none(world: World) -> None:
    a_need(world)
    a_need(world, "单亲妈妈想找人接孩子", restricted=True)
    signed(world)

    for restricted in (True, False):
        found = seen_by(world, restricted=restricted).sign_off
        assert found is not None
        assert (found.needs, found.unchanged, found.changed, found.hidden) == (2, True, 0, 0)


def test_a_change_out_of_sight_is_told_as_one(world: World) -> None:
    a_need(world)
    hidden = a_need(world, "单亲妈妈想找人接孩子", restricted=True)
    signed(world)
    with as_system("test") as session:
        row = session.get_one(Need, hidden)
        row.people, row.changed_after_sign_off = 99, True

    found = seen_by(world, restricted=False).sign_off

    assert found is not None
    assert (found.unchanged, found.changed, found.hidden) == (False, 1, 1)


def test_a_week_of_more_needs_than_a_page_holds_is_compared_whole(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.queries.needs.register.WEEK_MOST", 3)
    needs = [a_need(world) for _ in range(5)]
    signed(world)
    unchanged = register(world)
    with as_system("test") as session:
        row = session.get_one(Need, needs[4])
        row.people, row.changed_after_sign_off = 99, True

    changed = register(world)

    assert unchanged.sign_off is not None
    assert (unchanged.sign_off.unchanged, unchanged.needs, len(unchanged.rows)) == (True, 5, 3)
    assert changed.sign_off is not None
    assert changed.sign_off.unchanged is False
    assert [row.need.id for row in changed.rows if row.need.changed_after_sign_off] == [needs[4]]


def test_what_is_counted_of_a_week_is_counted_over_all_its_needs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    door = a_household(world)
    whole = [a_need(world, household_id=door) for _ in range(3)]
    lacking = [a_need(world, "灯坏了", building="", **more) for more in ({}, {"asker_name": "王秀兰"}, {})]
    everything = register(world)
    monkeypatch.setattr("db.queries.needs.register.WEEK_MOST", 2)

    page = register(world)

    assert [row.need.id for row in everything.rows] == whole + lacking
    assert [row.lacks for row in everything.incomplete] == [
        (Missing.WORDS, Missing.ASKER, Missing.BUILDING),
        (Missing.WORDS, Missing.BUILDING),
        (Missing.WORDS, Missing.ASKER, Missing.BUILDING),
    ]
    assert [row.need.id for row in page.rows] == lacking[:2]
    counted = {(week.needs, week.lacking, week.standing[NeedStage.LOGGED]) for week in (everything, page)}
    assert counted == {(6, 3, 6)}


def test_a_need_voided_after_the_signature_is_listed_as_voided(world: World) -> None:
    kept, gone, before = a_need(world), a_need(world), a_need(world)
    void = {"reason": "重复登记", "now": NOW}
    carry_out(world.secretary, "", void_need, need_id=before, version=1, **void)
    signed(world)
    carry_out(world.secretary, "", void_need, need_id=gone, version=version_of(gone), **void)

    week = register(world)

    assert {(row.need.id, row.need.stage) for row in week.rows} == {
        (kept, NeedStage.REGISTERED),
        (gone, NeedStage.VOID),
    }
    assert week.needs == 1
    assert gone not in [row.need.id for row in week.incomplete]
    assert week.sign_off is not None
    assert (week.sign_off.unchanged, week.sign_off.changed, week.sign_off.hidden) == (False, 1, 0)


def version_of(need: int) -> int:
    with reading_as_system("test") as session:
        return session.get_one(Need, need).version


# --- twins ------------------------------------------------------------------------------------------


def test_a_likely_twin_is_shown_with_its_reasons(world: World) -> None:
    old = a_need(world, "楼道灯坏了半个月没人修")
    new = a_need(world, "楼道的灯不亮了，没人修")
    a_need(world, "希望开书法班", category_id=world.categories[2])

    with reading(world.secretary) as session:
        (twin,) = twins_of(session, new, today=TODAY)

    assert (twin.need.id, twin.other.id) == (new, old)
    assert {TwinReason.SAME_WORDS, TwinReason.SAME_BUILDING, TwinReason.SAME_CATEGORY} <= set(twin.reasons)


def test_a_pair_said_to_be_different_is_not_suggested_again(world: World) -> None:
    first, second = a_need(world), a_need(world)
    assert len(pairs(world)) == 1

    carry_out(world.worker, "", not_twins, first_id=first, second_id=second, now=NOW)

    assert pairs(world) == ()
    with reading(world.secretary) as session:
        assert twins_of(session, second, today=TODAY) == ()


def test_a_merged_need_is_not_suggested_again(world: World) -> None:
    first, second = a_need(world), a_need(world)

    carry_out(world.worker, "", merge_needs, lead_id=first, member_id=second, now=NOW)

    assert pairs(world) == ()


def test_two_needs_that_the_council_has_are_not_suggested(world: World) -> None:
    a_need(world, stage=NeedStage.FOR_COUNCIL)
    a_need(world, stage=NeedStage.ON_AGENDA)

    assert pairs(world) == ()


def test_a_new_need_is_compared_with_a_running_project(world: World) -> None:
    running, new = a_need(world, stage=NeedStage.IN_PROJECT), a_need(world)

    (pair,) = pairs(world)

    assert (pair.need.id, pair.other.id, pair.other.mergeable) == (new, running, False)


def test_a_need_of_last_year_is_no_candidate(world: World) -> None:
    a_need(world, logged_at=NOW - timedelta(days=200))
    a_need(world)

    assert pairs(world) == ()


def test_only_the_weeks_own_needs_are_looked_at_for_the_register(world: World) -> None:
    for _ in range(2):
        a_need(world, logged_at=NOW - timedelta(weeks=2))

    assert len(pairs(world)) == 1
    assert pairs(world, week=MONDAY) == ()


def test_suggestions_cost_two_statements_among_thousands(world: World) -> None:
    many_needs(world, 1500)

    with reading(world.secretary) as session:
        session.connection()
        with Statements() as counted:
            found = likely_pairs(session, world.here, today=TODAY)

    assert counted.n == 2
    assert len(found) == 20

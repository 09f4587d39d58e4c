from datetime import time, timedelta

import pytest
from sqlalchemy import select

from db.actions.activities.activities import call_off_activity
from db.actions.activities.crew import HelperHours, credit_helpers, release_helper
from db.actions.activities.market_staff import leave_stall
from db.actions.admin.leaving import disable_account
from db.actions.orders.leaving import end_volunteer
from db.actions.volunteers.merges import merge_volunteers, undo_volunteer_merge
from db.engine import as_system, reading
from db.errors import BadInput, Problem, Refused, WrongStage
from db.models import ActivityHelper, HoursClaim, ServiceDay, ServiceRecord, Volunteer
from db.queries.activities.stall_crew import helpers_of
from db.terms import Role
from tests.builders.activities import a_market, a_stall, a_stall_helper, an_event, helped, the_activity
from tests.builders.people import the
from tests.builders.projects import a_project
from tests.builders.volunteers import a_volunteer, a_volunteer_actor, an_activity
from tests.builders.world import NOW, TODAY, World, do


def helpers(activity_id: int) -> dict[int, bool]:
    """Volunteer → whether they left."""
    with as_system("test") as session:
        rows = session.scalars(select(ActivityHelper).where(ActivityHelper.activity_id == activity_id))
        return {row.volunteer_id: row.left_at is not None for row in rows}


def test_hours_of_those_who_were_named_come_into_the_same_sums(world: World) -> None:
    event, one, two = an_event(world), a_volunteer(world, "V001"), a_volunteer(world, "V002")
    helped(world, event, one)
    helped(world, event, two)

    served = [HelperHours(one, 120), HelperHours(two, 90)]
    assert do(world.worker, credit_helpers, activity_id=event, served=served) == 210

    assert [the(Volunteer, who).minutes for who in (one, two)] == [120, 90]
    with as_system("test") as session:
        assert session.scalars(select(ServiceDay.minutes)).all() == [210]
    with pytest.raises(Refused, match="hours_written"):
        do(world.worker, credit_helpers, activity_id=event, served=served[:1])


def test_who_was_not_named_or_is_not_coming_gets_no_hours(world: World) -> None:
    event, named, outsider = an_event(world), a_volunteer(world, "V001"), a_volunteer(world, "OUT")
    row = helped(world, event, named)

    with pytest.raises(Refused, match="not_helper"):
        do(world.worker, credit_helpers, activity_id=event, served=[HelperHours(outsider, 60)])
    do(world.worker, release_helper, helper_id=row)
    with pytest.raises(Refused, match="not_helper"):
        do(world.worker, credit_helpers, activity_id=event, served=[HelperHours(named, 60)])
    assert helped(world, event, named) == row


def test_hours_hold_the_same_limits_as_everywhere(world: World) -> None:
    event, old = an_event(world), an_event(world, on=TODAY - timedelta(days=20))
    one = a_volunteer(world)
    helped(world, event, one)
    helped(world, old, one)

    for minutes in (0, 45, 750):
        with pytest.raises(BadInput) as told:
            do(world.worker, credit_helpers, activity_id=event, served=[HelperHours(one, minutes)])
        assert told.value.field == f"minutes_{one}"
    with pytest.raises(BadInput) as told:
        do(world.worker, credit_helpers, activity_id=event, served=[HelperHours(one, 540)])
    assert told.value.field == f"note_{one}"
    assert do(world.worker, credit_helpers, activity_id=old, served=[HelperHours(one, 60, "补记")]) == 0
    with as_system("test") as session:
        assert session.scalars(select(HoursClaim.minutes)).all() == [60]
    with pytest.raises(Refused, match="hours_written"):
        do(world.worker, credit_helpers, activity_id=old, served=[HelperHours(one, 60, "补记")])


def test_the_whole_day_has_one_limit_over_activities(world: World) -> None:
    morning, evening, one = an_event(world), an_event(world), a_volunteer(world)
    helped(world, morning, one)
    helped(world, evening, one)
    do(world.worker, credit_helpers, activity_id=morning, served=[HelperHours(one, 480, "全天")])

    with pytest.raises(BadInput) as told:
        do(world.worker, credit_helpers, activity_id=evening, served=[HelperHours(one, 270)])
    assert told.value.problem is Problem.DAY_FULL


def test_what_is_ahead_called_off_or_of_a_project_gets_no_hours_here(world: World) -> None:
    one = a_volunteer(world)
    ahead, off = an_event(world, on=TODAY + timedelta(days=1)), an_event(world)
    ours = an_activity(world, a_project(world, starts_on=TODAY))
    for event in (ahead, off):
        helped(world, event, one)
    do(world.worker, call_off_activity, activity_id=off, version=the_activity(off).version, reason="雨")

    served = [HelperHours(one, 60)]
    with pytest.raises(Refused, match="activity_ahead"):
        do(world.worker, credit_helpers, activity_id=ahead, served=served)
    with pytest.raises(WrongStage):
        do(world.worker, credit_helpers, activity_id=off, served=served)
    with pytest.raises(Refused, match="activity_of_project"):
        do(world.secretary, credit_helpers, activity_id=ours, served=served)


def test_who_leaves_is_off_the_lists_ahead(world: World) -> None:
    ahead, one = an_event(world, on=TODAY + timedelta(days=5)), a_volunteer(world)
    helped(world, ahead, one)

    freed = do(world.worker, end_volunteer, volunteer_id=one, version=1, on=TODAY, reason="搬家")

    assert freed["activities"] == 1
    assert helpers(ahead) == {one: True}
    with pytest.raises(Refused, match="volunteer_ended"):
        helped(world, ahead, one)


def test_whose_account_is_disabled_is_off_the_lists_ahead(world: World) -> None:
    ahead, person = an_event(world, on=TODAY + timedelta(days=5)), a_volunteer_actor(world, "V001")
    with as_system("test") as session:
        one = session.scalars(select(Volunteer.id).where(Volunteer.account_id == person.id)).one()
    helped(world, ahead, one)

    do(world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=person.id)

    assert helpers(ahead) == {one: True}


def test_two_entries_made_one_help_once_and_come_apart_again(world: World) -> None:
    both, one = an_event(world), an_event(world)
    kept, other = a_volunteer(world, "V001"), a_volunteer(world, "V002")
    for event, volunteer in ((both, kept), (both, other), (one, other)):
        helped(world, event, volunteer)

    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    assert set(helpers(one)) == {kept}
    assert set(helpers(both)) == {kept, other}
    do(world.secretary, undo_volunteer_merge, merge_id=merge)
    assert set(helpers(one)) == {other}
    with as_system("test") as session:
        assert session.scalars(select(ServiceRecord.id)).all() == []


def test_who_served_at_a_stall_gets_hours_without_being_named_twice(world: World) -> None:
    market, one, gone, outsider = a_market(world), *(a_volunteer(world, f"V00{n}") for n in range(3))
    knives, hair = a_stall(world, market, "磨刀"), a_stall(world, market, "理发")
    a_stall_helper(world, knives, one, time(8), time(9, 10))
    a_stall_helper(world, hair, one, time(9, 10), time(10, 20))
    never = a_stall_helper(world, hair, gone)
    do(world.worker, leave_stall, helper_id=never, reason="病了", now=NOW.replace(hour=0, minute=10))

    with reading(world.worker) as session:
        rows = {row.volunteer_id: row for row in helpers_of(session, market)}
    assert {who: (row.id, row.task, row.there) for who, row in rows.items()} == {one: (None, "磨刀、理发", 150)}

    assert do(world.worker, credit_helpers, activity_id=market, served=[HelperHours(one, 150)]) == 150
    for absent in (gone, outsider):
        with pytest.raises(Refused, match="not_helper"):
            do(world.worker, credit_helpers, activity_id=market, served=[HelperHours(absent, 60)])

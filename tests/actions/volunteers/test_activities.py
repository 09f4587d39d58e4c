from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.actions.volunteers.activities import Served, cancel_activity, report_activity
from db.actions.volunteers.hours import correct_service
from db.engine import as_system, carry_out, reading
from db.errors import BadInput, Conflict, NotPermitted, Problem, Refused, WrongStage
from db.models import (
    Activity,
    AuditEntry,
    Indicator,
    Project,
    Reading,
    ServiceDay,
    ServiceRecord,
    ThreadEntry,
    Volunteer,
)
from db.terms import ActivityState, Happening, ProjectState, Role
from tests.builders.projects import a_goal, a_project
from tests.builders.volunteers import a_member, a_volunteer, an_activity, report
from tests.builders.world import NOW, TODAY, World, another_actor


def test_a_report_credits_hours_and_reads_the_goals(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, two = a_member(world, project_id), a_member(world, project_id, "V002")
    goal, activity_id = a_goal(world, project_id), an_activity(world, project_id)

    minutes = report(world, activity_id, Served(one, 120), Served(two, 90), readings={goal: Decimal(12)})

    assert minutes == 210
    with reading(world.secretary) as session:
        activity = session.get_one(Activity, activity_id)
        assert (activity.state, activity.served) == (ActivityState.DONE, 30)
        assert [session.get_one(Volunteer, who).minutes for who in (one, two)] == [120, 90]
        assert session.scalars(select(Reading.activity_id)).all() == [activity_id]
        assert session.get_one(Indicator, goal).actual == Decimal(12)
        assert session.scalars(select(ServiceDay.minutes)).all() == [210]


def test_a_repeated_report_credits_once(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)

    report(world, activity_id, Served(one, 120), key="same")
    report(world, activity_id, Served(one, 120), key="same")

    with reading(world.secretary) as session:
        assert session.get_one(Volunteer, one).minutes == 120
    with pytest.raises(Conflict):
        report(world, activity_id, Served(one, 120), key="other")


@pytest.mark.parametrize("minutes", [0, 15, 45, 750, -30])
def test_service_is_counted_in_half_hours_up_to_twelve(world: World, minutes: int) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)

    with pytest.raises(BadInput) as told:
        report(world, activity_id, Served(one, minutes))

    assert told.value.field == f"minutes_{one}"


def test_more_than_eight_hours_needs_a_reason(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)

    with pytest.raises(BadInput) as told:
        report(world, activity_id, Served(one, 510))
    report(world, activity_id, Served(one, 510, "台风天通宵值守"))

    assert told.value.field == f"note_{one}"
    with reading(world.secretary) as session:
        assert session.scalars(select(ServiceRecord.note)).all() == ["台风天通宵值守"]


def test_nobody_serves_more_than_twelve_hours_on_one_day(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one = a_member(world, project_id)
    morning, evening = an_activity(world, project_id), an_activity(world, project_id)
    report(world, morning, Served(one, 480))

    with pytest.raises(BadInput) as told:
        report(world, evening, Served(one, 270))
    report(world, evening, Served(one, 240))

    assert (told.value.problem, told.value.values["minutes"]) == (Problem.DAY_FULL, 750)
    with reading(world.secretary) as session:
        assert session.get_one(Volunteer, one).minutes == 720


def test_hours_are_credited_to_the_team_only(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    outsider, activity_id = a_volunteer(world, "OUT"), an_activity(world, project_id)

    with pytest.raises(Refused) as told:
        report(world, activity_id, Served(outsider, 60))

    assert (told.value.rule, told.value.values["number"]) == ("not_in_team", "OUT")


def test_one_person_is_reported_once(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)

    with pytest.raises(BadInput):
        report(world, activity_id, Served(one, 60), Served(one, 60))


def test_what_lies_ahead_is_not_reported(world: World) -> None:
    activity_id = an_activity(world, a_project(world, starts_on=TODAY), TODAY + timedelta(days=1))

    with pytest.raises(Refused, match="activity_ahead"):
        report(world, activity_id)


def test_the_goal_of_another_project_is_not_read_here(world: World) -> None:
    goal, activity_id = a_goal(world, a_project(world)), an_activity(world, a_project(world, starts_on=TODAY))

    with pytest.raises(BadInput):
        report(world, activity_id, readings={goal: Decimal(3)})


def test_a_cancelled_activity_keeps_its_reason_and_credits_nothing(world: World) -> None:
    activity_id = an_activity(world, a_project(world, starts_on=TODAY))

    carry_out(world.secretary, "a", cancel_activity, activity_id=activity_id, version=1, reason="暴雨")

    with reading(world.secretary) as session:
        activity = session.get_one(Activity, activity_id)
        assert (activity.state, activity.report) == (ActivityState.CANCELLED, "暴雨")
    with pytest.raises(WrongStage):
        report(world, activity_id, version=2)


def test_an_activity_before_the_project_begins_is_refused(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)

    with pytest.raises(BadInput) as told:
        an_activity(world, project_id, TODAY - timedelta(days=1))

    assert told.value.field == "on"


def test_nobody_reports_for_somebody_elses_project(world: World) -> None:
    activity_id = an_activity(world, a_project(world, starts_on=TODAY))
    stranger = another_actor(world, Role.TEAM_LEADER, "leader2")

    with pytest.raises(NotPermitted):
        carry_out(stranger, "", report_activity, activity_id=activity_id, version=1, people_served=1, report="x")


def test_wrong_hours_are_corrected_in_the_open(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)
    report(world, activity_id, Served(one, 300))
    with reading(world.worker) as session:
        record_id = session.scalars(select(ServiceRecord.id)).one()

    carry_out(world.worker, "a", correct_service, record_id=record_id, minutes=240, reason="签退时间记错", now=NOW)
    carry_out(world.worker, "b", correct_service, record_id=record_id, minutes=0, reason="本人未到", now=NOW)

    with reading(world.worker) as session:
        record = session.get_one(ServiceRecord, record_id)
        entries = session.scalars(
            select(ThreadEntry).where(ThreadEntry.kind == Happening.SERVICE_CORRECTED).order_by(ThreadEntry.id)
        ).all()
        assert (record.minutes, record.first_minutes, record.correction) == (0, 300, "本人未到")
        assert [(e.values["before"], e.values["after"]) for e in entries] == [(300, 240), (240, 0)]
        assert session.get_one(Volunteer, one).minutes == 0
        assert session.scalars(select(ServiceDay.minutes)).all() == [0]
    with as_system("test") as session:
        logged = session.scalars(select(AuditEntry.changes).where(AuditEntry.table_name == "service_record")).all()
    assert any(change.get("minutes") == [300, 240] for change in logged)


def test_the_leader_who_reported_does_not_correct(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)
    report(world, activity_id, Served(one, 300))
    with reading(world.worker) as session:
        record_id = session.scalars(select(ServiceRecord.id)).one()

    with pytest.raises(NotPermitted):
        carry_out(world[Role.TEAM_LEADER], "a", correct_service, record_id=record_id, minutes=60, reason="记错")


def test_hours_of_an_accepted_project_can_still_be_corrected(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)
    report(world, activity_id, Served(one, 300))
    with as_system("test") as session:
        session.get_one(Project, project_id).state = ProjectState.ACCEPTED
        record_id = session.scalars(select(ServiceRecord.id)).one()

    carry_out(world.secretary, "a", correct_service, record_id=record_id, minutes=60, reason="核对签到表", now=NOW)

    with reading(world.worker) as session:
        assert session.get_one(Volunteer, one).minutes == 60

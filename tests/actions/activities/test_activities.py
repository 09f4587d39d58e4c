from datetime import time, timedelta

import pytest

from db.actions.activities.activities import (
    amend_activity,
    call_off_activity,
    move_activity,
    note_notice,
    record_activity,
)
from db.actions.activities.crew import release_helper
from db.actions.activities.market_staff import leave_stall
from db.actions.activities.outing import drop_escort
from db.actions.activities.sessions import add_session, drop_session, take_presence
from db.actions.activities.sign_ups import mark_told
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import ActivityHost, ActivityParticipant, Unit, Volunteer
from db.queries.activities.stall_crew import helpers_of, helpers_to_tell
from db.terms import ActivityKind, ActivityState, HostPart, Role
from tests.builders.activities import (
    a_market,
    a_pair,
    a_stall,
    a_stall_helper,
    a_unit,
    an_event,
    an_outing,
    helped,
    sessions,
    signed_up,
    states,
    the_activity,
)
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, another_actor, do

WEEK = timedelta(days=7)


def test_an_activity_has_its_first_session_and_its_hosts(world: World) -> None:
    home, nursing = a_unit(world), a_unit(world, "申丞小海护理院")

    event = an_event(world, leading=[home], assisting=[nursing], places=32)

    assert the_activity(event).lead_id == world.secretary.id
    assert [(one.on, one.ends_at - one.starts_at) for one in sessions(event)] == [(TODAY, timedelta(hours=2))]
    with as_system("test") as session:
        hosts = {one.unit_id: one.part for one in session.query(ActivityHost)}
    assert hosts == {home: HostPart.LEAD, nursing: HostPart.CO}


def test_a_unit_that_ended_is_named_for_nothing_new_and_stays_where_it_stood(world: World) -> None:
    unit, gone = a_unit(world), a_unit(world, "旧单位", ended_on=TODAY - timedelta(days=1))
    event = an_event(world, leading=[unit])

    with pytest.raises(BadInput) as told:
        an_event(world, leading=[gone])
    with as_system("test") as session:
        session.get_one(Unit, unit).ended_on = TODAY - timedelta(days=1)
    do(world.worker, amend_activity, activity_id=event, version=the_activity(event).version, title="沙龙",
       kind=ActivityKind.SALON, place="中心", leading=[unit])  # fmt: skip

    assert (told.value.field, told.value.problem) == ("leading", Problem.UNKNOWN_CHOICE)
    assert the_activity(event).title == "沙龙"


def test_sessions_never_overlap_and_the_first_day_follows_them(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK)
    right = {"activity_id": event, "on": TODAY + WEEK, "begins": time(16), "ends": time(17)}

    with pytest.raises(BadInput) as told:
        do(world.worker, add_session, **(right | {"begins": time(15, 30)}))
    do(world.worker, add_session, **right)
    earlier = do(world.worker, add_session, **(right | {"on": TODAY + timedelta(days=6)}))

    assert (told.value.field, told.value.problem) == ("begins", Problem.TAKEN)
    assert the_activity(event).on == TODAY + timedelta(days=6)
    do(world.worker, drop_session, session_id=earlier)
    assert the_activity(event).on == TODAY + WEEK


def test_a_session_may_go_past_midnight_and_not_half_a_day_long(world: World) -> None:
    event = an_event(world, begins=time(22), ends=time(0, 30))

    assert sessions(event)[0].on == TODAY
    with pytest.raises(BadInput) as told:
        an_event(world, begins=time(15), ends=time(14))
    assert told.value.field == "ends"


@pytest.mark.parametrize(("days", "problem"), [(-1200, Problem.TOO_EARLY), (1200, Problem.TOO_LATE)])
def test_a_day_in_a_wrong_year_is_refused(world: World, days: int, problem: Problem) -> None:
    with pytest.raises(BadInput) as told:
        an_event(world, on=TODAY + timedelta(days=days))
    assert told.value.problem is problem


def test_a_day_far_ahead_is_asked_about(world: World) -> None:
    with pytest.raises(BadInput) as told:
        an_event(world, on=TODAY + timedelta(days=400))

    assert told.value.problem is Problem.FAR_DAY
    assert an_event(world, on=TODAY + timedelta(days=400), sure=True)


@pytest.mark.parametrize("days", [1, 3, -2])
def test_moved_to_another_day_all_sessions_follow_and_everybody_is_to_be_told(world: World, days: int) -> None:
    event = an_event(world, on=TODAY + WEEK)
    for day in (8, 9):
        do(world.worker, add_session, activity_id=event, on=TODAY + timedelta(days=day), begins=time(14), ends=time(16))
    signed_up(world, event)

    told = do(world.worker, move_activity, activity_id=event, version=the_activity(event).version,
              on=TODAY + timedelta(days=7 + days), reason="台风")  # fmt: skip

    assert told == 1
    assert [one.on for one in sessions(event)] == [TODAY + timedelta(days=day + days) for day in (7, 8, 9)]
    moved = the_activity(event)
    assert (moved.moved_from, moved.moved_reason) == (TODAY + WEEK, "台风")
    with as_system("test") as session:
        assert session.query(ActivityParticipant.to_tell).scalar() is True


@pytest.mark.parametrize("off", [False, True])
def test_helpers_of_an_activity_on_another_day_or_off_are_to_be_told_until_somebody_did(
    world: World, off: bool
) -> None:
    event = an_event(world, on=TODAY + WEEK)
    stays, gone = (a_volunteer(world, number) for number in ("V001", "V002"))
    helped(world, event, stays)
    do(world.worker, release_helper, helper_id=helped(world, event, gone))
    seen = {"activity_id": event, "version": the_activity(event).version, "reason": "台风"}

    told = (
        do(world.worker, call_off_activity, **seen)
        if off
        else do(world.worker, move_activity, **seen, on=TODAY + WEEK + timedelta(days=1))
    )

    assert told == 1
    with reading(world.worker) as session:
        assert [one.id for one in helpers_to_tell(session, event)] == [stays]
        assert [one.to_tell for one in helpers_of(session, event)] == [True, False]
    do(world.worker, mark_told, activity_id=event, volunteer_ids=[stays])
    with reading(world.worker) as session:
        assert helpers_to_tell(session, event) == []


@pytest.mark.parametrize("off", [False, True])
@pytest.mark.parametrize("way", ["stall", "escort"])
def test_who_serves_at_a_stall_or_goes_with_an_elder_is_to_be_told_once(world: World, way: str, off: bool) -> None:
    who, gone = a_volunteer(world, "V001"), a_volunteer(world, "V002")
    event = a_market(world, on=TODAY + WEEK) if way == "stall" else an_outing(world, on=TODAY + WEEK)
    if way == "stall":
        stall = a_stall(world, event)
        a_stall_helper(world, stall, who, time(9), time(10))
        a_stall_helper(world, stall, who, time(10), time(11))  # two shifts, one call
        do(world.worker, leave_stall, helper_id=a_stall_helper(world, stall, gone), reason="有事")
    else:
        a_pair(world, event, escort=who)
        do(world.worker, drop_escort, pair_id=a_pair(world, event, "另一位", escort=gone), version=1, reason="有事")
    helped(world, event, who)
    seen = {"activity_id": event, "version": the_activity(event).version, "reason": "台风"}

    told = (
        do(world.worker, call_off_activity, **seen)
        if off
        else do(world.worker, move_activity, **seen, on=TODAY + WEEK + timedelta(days=1), sure=True)
    )

    assert told == 1
    with reading(world.worker) as session:
        assert [one.id for one in helpers_to_tell(session, event)] == [who]
    with pytest.raises(BadInput):
        do(world.worker, mark_told, activity_id=an_event(world, title="别的活动"), volunteer_ids=[who])
    do(world.worker, mark_told, activity_id=event, volunteer_ids=[who])
    with reading(world.worker) as session:
        assert helpers_to_tell(session, event) == []


@pytest.mark.parametrize("way", ["helper", "stall", "escort"])
def test_who_helps_and_has_something_else_on_the_new_day_is_asked_about(world: World, way: str) -> None:
    who, later = a_volunteer(world, "V007"), TODAY + timedelta(days=8)
    helped(world, an_event(world, on=later, title="健康讲座", begins=time(9), ends=time(12)), who)
    if way == "helper":
        event = an_event(world, on=TODAY + WEEK, begins=time(10), ends=time(11))
        helped(world, event, who)
    elif way == "stall":
        event = a_market(world, on=TODAY + WEEK)
        a_stall_helper(world, a_stall(world, event), who)
    else:
        event = an_outing(world, on=TODAY + WEEK)
        a_pair(world, event, volunteer_id=who)
    moving = {"activity_id": event, "version": the_activity(event).version, "on": later, "reason": "台风"}

    with pytest.raises(Refused, match="crew_busy") as told:
        do(world.worker, move_activity, **moving)

    assert (told.value.values["numbers"], told.value.values["named"]) == ("V007", "健康讲座")
    do(world.worker, move_activity, **moving, sure=True)
    assert the_activity(event).on == later


def test_a_helper_who_is_away_on_the_new_day_is_named_and_its_own_sessions_are_no_clash(world: World) -> None:
    who, event = a_volunteer(world, "V007"), an_event(world, on=TODAY + WEEK)
    do(world.worker, add_session, activity_id=event, on=TODAY + timedelta(days=8), begins=time(14), ends=time(16))
    helped(world, event, who)
    moving = {"activity_id": event, "reason": "台风"}

    do(world.worker, move_activity, **moving, version=the_activity(event).version, on=TODAY + timedelta(days=8))
    with as_system("test") as session:
        volunteer = session.get_one(Volunteer, who)
        volunteer.paused_from, volunteer.paused_until = TODAY, TODAY + WEEK
    with pytest.raises(Refused, match="crew_away"):
        do(world.worker, move_activity, **moving, version=the_activity(event).version, on=TODAY + timedelta(days=5))


def test_what_has_begun_is_not_moved(world: World) -> None:
    event = an_event(world)
    do(world.worker, take_presence, session_id=sessions(event)[0].id, version=1, heads=9)

    with pytest.raises(Refused, match="activity_begun"):
        do(world.worker, move_activity, activity_id=event, version=the_activity(event).version, on=TODAY + WEEK,
           reason="下雨")  # fmt: skip


def test_called_off_nobody_signs_up_and_who_did_is_to_be_told(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK)
    signed_up(world, event)

    version = the_activity(event).version
    assert do(world.worker, call_off_activity, activity_id=event, version=version, reason="停电") == 1

    assert the_activity(event).state is ActivityState.CANCELLED
    with pytest.raises(WrongStage):
        signed_up(world, event, "另一位", "13900000002")
    assert states(event) == ["in"]


def test_a_record_says_what_was_done_and_how_satisfied_people_were(world: World) -> None:
    event = an_event(world)
    right = {"activity_id": event, "report": "三个环节都办了", "people_served": 40, "asked": 20, "satisfied": 19}

    with pytest.raises(BadInput) as told:
        do(world.worker, record_activity, version=the_activity(event).version, **(right | {"satisfied": 21}))
    do(world.worker, record_activity, version=the_activity(event).version, **right)

    assert told.value.field == "satisfied"
    done = the_activity(event)
    assert (done.state, done.served, done.satisfied) == (ActivityState.DONE, 40, 19)
    with pytest.raises(Conflict):
        do(world.worker, record_activity, version=1, **right)


def test_what_lies_ahead_is_not_recorded_and_nobody_came_yet(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK)

    with pytest.raises(Refused, match="activity_ahead"):
        do(world.worker, record_activity, activity_id=event, version=the_activity(event).version, report="好",
           people_served=1)  # fmt: skip
    with pytest.raises(Refused, match="activity_ahead"):
        do(world.worker, take_presence, session_id=sessions(event)[0].id, version=1, heads=1)


def test_a_team_leader_runs_the_own_activities_only(world: World) -> None:
    leader = another_actor(world, Role.TEAM_LEADER, "another_leader")
    own, other = an_event(world, actor=leader), an_event(world)

    do(leader, note_notice, activity_id=own)
    assert the_activity(own).noticed_at == NOW
    with pytest.raises(NotPermitted):
        do(leader, note_notice, activity_id=other)
    with pytest.raises(NotFound):
        do(world.other_secretary, note_notice, activity_id=own)

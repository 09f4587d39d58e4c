from datetime import timedelta
from typing import Any

import pytest

from db.counters import day_of
from db.engine import as_system, reading, utc_now
from db.models import (
    Acceptance,
    Activity,
    Answer,
    Ballot,
    BallotVoter,
    Meeting,
    Milestone,
    Need,
    Notice,
    Objection,
    Placement,
    Screening,
    ScreeningScore,
)
from db.queries.admin.audit_log import Filters, audit_rows, changes_by_table
from db.queries.today.moments import last_signable_week
from db.queries.today.named import things, things_of
from db.queries.today.parts import ToDo
from db.queries.today.today import Line, today_for
from db.rules.workdays import week_of
from db.terms import (
    AnswerKind,
    BallotState,
    ItemState,
    JoinMethod,
    MeetingState,
    NeedStage,
    NoticeState,
    PlacementState,
    Role,
    VoteMethod,
)
from tests.builders.meetings import an_item
from tests.builders.needs import a_need
from tests.builders.projects import a_project
from tests.builders.volunteers import a_volunteer, an_opening
from tests.builders.world import NOW, TODAY, World
from tests.support.statements import Statements

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def lines(world: World, role: Role) -> dict[ToDo, Line]:
    with reading(world[role]) as session:
        return {line.kind: line for line in today_for(session, world[role], now=NOW).lines}


def counts(world: World, role: Role) -> dict[ToDo, int]:
    return {kind: line.count for kind, line in lines(world, role).items()}


def add(*rows: Any) -> None:
    with as_system("test") as session:
        for row in rows:
            session.add(row)
            session.flush()


def an_answer(world: World, due_on: Any, *, community_id: int | None = None) -> None:
    need = a_need(world, stage=NeedStage.ANSWERING, community_id=community_id or world.here)
    add(
        Answer(
            community_id=community_id or world.here,
            need_id=need,
            lead_need_id=need,
            kind=AnswerKind.DONE,
            words="已换灯",
            due_on=due_on,
        )
    )


def a_meeting(world: World, at: Any, state: MeetingState = MeetingState.CONVENED, number: int = 4) -> int:
    with as_system("test") as session:
        meeting = Meeting(
            community_id=world.here,
            body_id=world.body,
            term=3,
            number=number,
            title="第三届第四次会议",
            at=at,
            place="社区议事厅",
            state=state,
        )
        session.add(meeting)
        session.flush()
        return meeting.id


def test_nothing_to_do_is_no_line(world: World) -> None:
    for role in (Role.AREA_WORKER, Role.SECRETARY, Role.COUNCIL_MEMBER, Role.TEAM_LEADER, Role.VOLUNTEER):
        assert lines(world, role) == {}


def test_a_worker_sees_answers_danger_scores_and_the_own_incomplete_needs(world: World) -> None:
    an_answer(world, YESTERDAY)
    an_answer(world, TODAY)
    a_need(world, stage=NeedStage.HANDLING)
    a_need(world, asker_name="王建国")
    without_asker = a_need(world)
    need = a_need(world, stage=NeedStage.SCREENING, asker_name="王建国")
    add(
        Screening(
            community_id=world.here,
            need_id=need,
            round=1,
            weight_demand=40,
            weight_reach=30,
            weight_feasibility=30,
            evidence={},
            opened_at=NOW,
        )
    )

    found = lines(world, Role.AREA_WORKER)

    assert {kind: line.count for kind, line in found.items()} == {
        ToDo.HANDLING: 1,
        ToDo.ANSWERS_OVERDUE: 1,
        ToDo.ANSWERS_DUE: 1,
        ToDo.SCORES: 1,
        ToDo.INCOMPLETE: 1,
    }
    assert found[ToDo.INCOMPLETE].only == without_asker


def test_a_need_one_has_scored_is_not_asked_for_again(world: World) -> None:
    need = a_need(world, stage=NeedStage.SCREENING)
    screening = Screening(
        community_id=world.here,
        need_id=need,
        round=1,
        weight_demand=40,
        weight_reach=30,
        weight_feasibility=30,
        evidence={},
        opened_at=NOW,
    )
    add(screening)
    add(
        ScreeningScore(
            community_id=world.here,
            screening_id=screening.id,
            scorer_id=world.worker.id,
            demand=20,
            reach=15,
            feasibility=20,
            reason="同类三户",
            scored_at=NOW,
        )
    )

    assert ToDo.SCORES not in counts(world, Role.AREA_WORKER)
    assert counts(world, Role.SECRETARY)[ToDo.SCORES] == 1


def test_a_secretary_sees_each_queue_of_the_chain(world: World) -> None:
    for stage in (NeedStage.REGISTERED, NeedStage.SCREENED, NeedStage.SCREENED, NeedStage.FOR_COUNCIL):
        a_need(world, stage=stage)
    a_need(world, stage=NeedStage.TO_PROJECT)
    late = a_project(world, starts_on=TODAY - timedelta(days=90), due_on=YESTERDAY)

    found = lines(world, Role.SECRETARY)

    assert {kind: line.count for kind, line in found.items()} == {
        ToDo.RED_PROJECTS: 1,
        ToDo.OPEN_SCREENING: 1,
        ToDo.ROUTE: 2,
        ToDo.FOR_AGENDA: 1,
        ToDo.SET_UP: 1,
    }
    assert found[ToDo.RED_PROJECTS].only == late


def test_weeks_to_sign_are_counted_once_each_and_the_running_week_only_from_friday(world: World) -> None:
    this_week = week_of(TODAY)
    for week in (this_week, this_week - timedelta(days=7), this_week - timedelta(days=7)):
        a_need(world, week=week, asker_name="王建国")

    assert counts(world, Role.SECRETARY)[ToDo.SIGN_WEEKS] == 1
    assert last_signable_week(TODAY + timedelta(days=1)) == this_week


def a_notice(world: World, ends_on: Any, *, objected: bool = False) -> None:
    meeting = a_meeting(world, NOW - timedelta(days=9), MeetingState.CLOSED)
    item = an_item(world, meeting, state=ItemState.PASSED)
    notice = Notice(
        community_id=world.here,
        item_id=item,
        title="公示",
        body="楼道照明",
        posted_on=TODAY - timedelta(days=8),
        working_days=5,
        ends_on=ends_on,
        where_posted="公开栏",
        objection_contact="社区居委会",
        state=NoticeState.RUNNING,
    )
    add(notice)
    if objected:
        add(
            Objection(
                community_id=world.here,
                notice_id=notice.id,
                objector="赵立",
                contact="13800001234",
                matter="影响采光",
                received_at=NOW,
                received_by=world.worker.id,
            )
        )


def test_a_notice_that_ended_waits_for_the_secretary_on_the_day_after_its_last(world: World) -> None:
    a_notice(world, YESTERDAY)

    assert counts(world, Role.SECRETARY) == {ToDo.NOTICES_ENDED: 1}


def test_an_open_objection_comes_before_the_end_of_its_notice(world: World) -> None:
    a_notice(world, YESTERDAY, objected=True)

    assert counts(world, Role.SECRETARY) == {ToDo.OBJECTIONS: 1}


def test_todays_meeting_shows_with_its_hour_and_leads_to_it(world: World) -> None:
    meeting = a_meeting(world, NOW + timedelta(hours=8))
    a_meeting(world, NOW + timedelta(days=1), number=5)

    line = lines(world, Role.SECRETARY)[ToDo.MEETING_TODAY]

    assert (line.count, line.only, line.on) == (1, meeting, NOW + timedelta(hours=8))


def test_a_member_sees_the_open_ballot_until_the_own_vote_is_in_and_the_next_meeting(world: World) -> None:
    a_meeting(world, NOW + timedelta(days=3), number=5)
    meeting = a_meeting(world, NOW - timedelta(hours=1), MeetingState.OPEN)
    item = an_item(world, meeting, state=ItemState.VOTING)
    ballot = Ballot(
        community_id=world.here,
        meeting_id=meeting,
        item_id=item,
        method=VoteMethod.NAMED,
        state=BallotState.OPEN,
        due=16,
        present=14,
        recused_due=0,
        recused_present=0,
        opened_at=NOW,
    )
    add(ballot)
    add(BallotVoter(community_id=world.here, ballot_id=ballot.id, member_id=world.members[0]))

    found = counts(world, Role.COUNCIL_MEMBER)

    assert found == {ToDo.BALLOT_OPEN: 1, ToDo.MEETING_TODAY: 1, ToDo.NEXT_MEETING: 1}


def test_a_leader_sees_who_asks_to_join_what_to_report_and_what_falls_due(world: World) -> None:
    project = a_project(world)
    opening = an_opening(world, project)
    others = a_project(world, "别人的项目", leader_id=world.secretary.id)
    volunteer = a_volunteer(world)
    here = {"community_id": world.here}
    add(
        Placement(
            **here,
            opening_id=opening,
            volunteer_id=volunteer,
            method=JoinMethod.SIGN_UP,
            state=PlacementState.WAITING,
            asked_at=NOW,
        ),
        Activity(**here, project_id=project, title="换灯", on=YESTERDAY, place="1幢", needed=2),
        Activity(**here, project_id=others, title="别人的活动", on=YESTERDAY, place="1幢", needed=2),
        Milestone(**here, project_id=project, title="采购完成", due_on=TODAY + timedelta(days=5)),
        Milestone(**here, project_id=project, title="验收", due_on=TODAY + timedelta(days=50)),
    )

    found = counts(world, Role.TEAM_LEADER)

    assert found == {ToDo.PLACEMENTS: 1, ToDo.REPORT_ACTIVITIES: 1, ToDo.MILESTONES: 1}


def test_a_volunteer_sees_own_teams_coming_activities_and_openings_that_fit(world: World) -> None:
    me = world[Role.VOLUNTEER].id
    volunteer = a_volunteer(world, account_id=me)
    project = a_project(world)
    joined = an_opening(world, project)
    an_opening(world, project, skill="电工")
    an_opening(world, project, skill="绘画")
    here = {"community_id": world.here}
    add(
        Placement(
            **here,
            opening_id=joined,
            volunteer_id=volunteer,
            account_id=me,
            method=JoinMethod.CLAIM,
            state=PlacementState.ACCEPTED,
            asked_at=NOW,
        ),
        Activity(**here, project_id=project, title="换灯", on=TOMORROW, place="1幢", needed=2),
    )

    found = counts(world, Role.VOLUNTEER)

    assert found == {ToDo.NEXT_ACTIVITIES: 1, ToDo.OWN_TEAMS: 1, ToDo.OPENINGS: 1}


def test_a_leader_is_not_asked_to_judge_the_own_project(world: World) -> None:
    add(
        Acceptance(
            community_id=world.here,
            project_id=a_project(world),
            round=1,
            evidence="照片与台账",
            handed_in_at=NOW,
            handed_in_by=world[Role.TEAM_LEADER].id,
        )
    )

    assert ToDo.JUDGE not in counts(world, Role.TEAM_LEADER)
    assert counts(world, Role.COUNCIL_MEMBER)[ToDo.JUDGE] == 1
    assert ToDo.DECIDE_ACCEPTANCE not in counts(world, Role.SECRETARY)


def test_the_administrator_sees_community_by_community_what_is_stuck(world: World) -> None:
    an_answer(world, YESTERDAY, community_id=world.there)
    a_need(world, stage=NeedStage.SCREENED)

    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        here, there = today_for(session, world[Role.SUBDISTRICT_ADMIN], now=NOW).communities

    assert (here.name, here.to_route, here.overdue_answers) == ("柳林社区", 1, 0)
    assert (there.name, there.to_route, there.overdue_answers) == ("荷塘社区", 0, 1)


def test_the_auditor_sees_what_the_day_changed_by_kind(world: World) -> None:
    with as_system("test") as session:
        session.get_one(Need, a_need(world)).title = "楼道灯"
    auditor, day = world[Role.AUDITOR], day_of(utc_now())

    with reading(auditor) as session:
        changed = dict(changes_by_table(session, auditor, day))
        listed = audit_rows(session, auditor, Filters(table="need", day=day)).rows

    assert changed["need"] == len(listed) == 2


def test_a_meeting_that_nobody_closed_is_work_of_every_later_day(world: World) -> None:
    left = a_meeting(world, NOW - timedelta(days=9), MeetingState.OPEN)
    a_meeting(world, NOW - timedelta(days=9), MeetingState.CLOSED, number=5)

    for role in (Role.SECRETARY, Role.AREA_WORKER):
        line = lines(world, role)[ToDo.MEETING_LEFT]
        assert (line.count, line.only) == (1, left)


def test_what_is_named_is_what_is_counted_the_longest_waiting_first(world: World) -> None:
    for due_on in (TODAY, YESTERDAY, YESTERDAY - timedelta(days=3)):
        an_answer(world, due_on)
    an_answer(world, YESTERDAY, community_id=world.there)
    secretary = world[Role.SECRETARY]

    with reading(secretary) as session:
        found = today_for(session, secretary, now=NOW).lines
        named = things(session, secretary, found, now=NOW)
        whole = things_of(session, secretary, found[0], now=NOW)

    assert {line.kind: line.count for line in found} == {kind: len(some) for kind, some in named.items()}
    assert [one.day for one in named[ToDo.ANSWERS_OVERDUE]] == [YESTERDAY - timedelta(days=3), YESTERDAY]
    assert whole.rows == named[ToDo.ANSWERS_OVERDUE]


def test_what_stands_in_another_community_is_nobodys_work_here(world: World) -> None:
    an_answer(world, YESTERDAY, community_id=world.there)
    a_need(world, stage=NeedStage.SCREENED, community_id=world.there)

    assert counts(world, Role.SECRETARY) == {}


@pytest.mark.parametrize("role", list(Role))
def test_a_day_costs_at_most_eight_statements(world: World, role: Role) -> None:
    with reading(world[role]) as session, Statements() as counted:
        today_for(session, world[role], now=NOW)

    assert len([statement for statement in counted.texts if statement != "BEGIN"]) <= 8

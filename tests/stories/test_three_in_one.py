"""A1-07 三位一体: complaints about the company → hand-over → a project → the owners elect → the trend falls."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from db.actions.complaints.complaints import log_complaint
from db.actions.complaints.links import link_project
from db.actions.projects.election import begin_election, record_owners_vote, record_step
from db.actions.projects.stage import set_role
from db.engine import as_system, reading
from db.models import Project
from db.queries.complaints.trend import About, Moment, complaint_trend, moments
from db.queries.projects.election import ElectionRow, election_of
from db.queries.projects.stage import roles_of
from db.rules.complaints.life import Part
from db.rules.projects.stage import beside, of_step
from db.terms import ElectionStepKind as Kind
from db.terms import NeedSource, ProjectState, ResponsibleBody, StageBody, StagePart, UnitKind
from tests.builders.complaints import handed_over, seen, then
from tests.builders.projects import a_project
from tests.builders.units import a_unit
from tests.builders.world import NOW, TODAY, World, do

YEAR = NOW + timedelta(days=300)


def call(world: World, days: int) -> int:
    made = do(
        world.worker, log_complaint, description="物业收了钱不修门禁", source=NeedSource.CALL,
        category_id=world.categories[4], place_id=world.place, now=NOW + timedelta(days=days),
    )  # fmt: skip
    number: int = made["id"]
    return number


def election(world: World, project: int) -> ElectionRow:
    with reading(world.secretary) as session:
        found = election_of(session, project)
    assert found is not None
    return found


def record(world: World, project: int, kind: Kind, began: date, ended: date) -> None:
    step = next(one for one in election(world, project).steps if one.kind is kind)
    values: dict[str, Any] = {"began_on": began, "ended_on": ended, "note": "公告栏", "now": YEAR}
    do(world.secretary, record_step, step_id=step.id, version=step.version, **values)


def test_the_owners_take_the_stage_and_complaints_fall(world: World) -> None:
    # Half a year of complaints; the community hands the matter over and steps beside the stage.
    calls = [call(world, days) for days in range(-170, 0, 10)]
    handed_over(world, calls[-1], responsible=ResponsibleBody.OWNERS_COMMITTEE, name="望柳花园业委会")
    parts = {role.body: role.part for role in seen(world, calls[-1]).stage}
    assert parts[ResponsibleBody.OWNERS_COMMITTEE] is Part.LEADS
    assert parts[ResponsibleBody.COMMUNITY] is Part.BESIDE

    # One project for all of it; the community leads until the owners' committee does, the company assists.
    project = a_project(world, "三位一体：改选业委会、选聘物业", state=ProjectState.RUNNING)
    then(world, link_project, calls[-1], project_id=project)
    company = a_unit(world, "柳林物业服务中心", kind=UnitKind.PROPERTY)
    roles = (
        (StageBody.COMMUNITY, StagePart.LEAD, None, TODAY),
        (StageBody.PROPERTY_COMPANY, StagePart.ASSIST, company, TODAY),
        (StageBody.OWNERS_COMMITTEE, StagePart.LEAD, None, TODAY + timedelta(days=60)),
    )
    for body, part, unit, since in roles:
        do(world.secretary, set_role, project_id=project, body=body, part=part, unit_id=unit, since=since)
    with reading(world.worker) as session:
        standing = [role.standing for role in roles_of(session, project)]
    assert not beside(of_step(standing, None, TODAY))
    assert beside(of_step(standing, None, TODAY + timedelta(days=60)))

    # The owners elect: every notice runs its days, then heads and floor space decide, and nobody else.
    do(
        world.secretary, begin_election, project_id=project, estate="望柳花园", owners=600, area=Decimal(54000),
        starts_on=TODAY,
    )  # fmt: skip
    day = TODAY
    for kind in (Kind.GROUP, Kind.GROUP_NOTICE, Kind.CANDIDATES, Kind.CANDIDATE_NOTICE):
        ended = next(one for one in election(world, project).steps if one.kind is kind).earliest
        record(world, project, kind, day, ended)
        day = ended
    meeting = next(one for one in election(world, project).steps if one.kind is Kind.MEETING_NOTICE)
    candidates = next(one for one in election(world, project).steps if one.kind is Kind.CANDIDATES)
    assert candidates.ended_on is not None
    record(world, project, Kind.MEETING_NOTICE, candidates.ended_on, meeting.earliest)
    found = election(world, project)
    voted_on = next(one for one in found.steps if one.kind is Kind.VOTE).earliest
    assert (voted_on - TODAY).days >= 7 + 15
    result = do(
        world.secretary, record_owners_vote, election_id=found.id, version=found.version, voted_on=voted_on,
        took_part=450, area_part=Decimal(40000), agreed=300, area_agreed=Decimal(26000), now=YEAR,
    )  # fmt: skip
    assert result == {"passed": True, "missing": []}
    for kind in (Kind.RESULT_NOTICE, Kind.FILING, Kind.HANDOVER):
        step = next(one for one in election(world, project).steps if one.kind is kind)
        began = step.earliest if kind is not Kind.RESULT_NOTICE else voted_on
        record(world, project, kind, began, step.earliest)
    assert election(world, project).next_step is None

    # The project is accepted (its own story walks that); then one call in months instead of three a month.
    with as_system("test") as session:
        done = session.get_one(Project, project)
        done.state, done.accepted_at = ProjectState.ACCEPTED, NOW + timedelta(days=100)
    call(world, 150)
    with reading(world.secretary) as session:
        around = next(one for one in moments(session, world.here) if one.kind == "project")
        trend = complaint_trend(
            session, world.here, About(world.place, world.categories[4]), around, today=date(2026, 12, 31)
        )
    assert isinstance(around, Moment)
    assert trend is not None
    assert trend.change_percent is not None
    assert trend.change_percent < -80

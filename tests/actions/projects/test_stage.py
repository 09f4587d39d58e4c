"""Who is on stage, and an owners' election whose notices cannot be cut short."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.actions.projects.election import begin_election, lengthen_period, record_owners_vote, record_step
from db.actions.projects.projects import add_milestone
from db.actions.projects.stage import end_role, set_role
from db.actions.units.units import end_unit
from db.engine import reading
from db.errors import BadInput, NotPermitted, Refused
from db.queries.projects.election import ElectionRow, election_of
from db.queries.projects.stage import roles_of
from db.terms import ElectionStepKind as Kind
from db.terms import Role
from db.terms import StageBody as B
from db.terms import StagePart as P
from tests.builders.projects import a_project
from tests.builders.units import a_unit
from tests.builders.world import NOW, TODAY, World, do

LATER = NOW + timedelta(days=120)
COMPANY = {"name": "柳林物业服务中心"}


def role(world: World, project: int, body: B, part: P = P.LEAD, **more: Any) -> int:
    values: dict[str, Any] = {"body": body, "part": part, "since": TODAY}
    number: int = do(world.secretary, set_role, project_id=project, **values | more)
    return number


def the_roles(world: World, project: int) -> list[tuple[B, P, date, date | None]]:
    with reading(world.worker) as session:
        return [(one.body, one.part, one.since, one.until) for one in roles_of(session, project)]


def test_a_new_lead_ends_the_old_one_the_day_before(world: World) -> None:
    project = a_project(world)
    role(world, project, B.COMMUNITY)
    role(world, project, B.PROPERTY_COMPANY, P.ASSIST, **COMPANY)

    role(world, project, B.OWNERS_COMMITTEE, since=TODAY + timedelta(days=30))

    assert the_roles(world, project) == [
        (B.OWNERS_COMMITTEE, P.LEAD, TODAY + timedelta(days=30), None),
        (B.PROPERTY_COMPANY, P.ASSIST, TODAY, None),
        (B.COMMUNITY, P.LEAD, TODAY, TODAY + timedelta(days=29)),
    ]


def test_what_is_put_right_on_the_same_day_never_stood(small_world: World) -> None:
    project = a_project(small_world)
    role(small_world, project, B.COMMUNITY)
    role(small_world, project, B.OWNERS_COMMITTEE)

    assert [one[0] for one in the_roles(small_world, project)] == [B.OWNERS_COMMITTEE]
    with pytest.raises(BadInput):
        role(small_world, project, B.COMMUNITY, since=TODAY - timedelta(days=1))


def test_a_step_has_its_own_lead_and_only_a_unit_that_is_there(small_world: World) -> None:
    project, unit = a_project(small_world), a_unit(small_world)
    step = do(small_world.secretary, add_milestone, project_id=project, title="选聘物业", due_on=TODAY)
    one = role(small_world, project, B.UNIT, P.ASSIST, milestone_id=step, unit_id=unit)

    do(small_world.secretary, end_role, role_id=one, version=1, until=TODAY + timedelta(days=3))
    do(small_world.secretary, end_unit, unit_id=unit, version=1, on=TODAY, reason="搬走")

    with pytest.raises(Refused, match="unit_not_there"):
        role(small_world, project, B.UNIT, P.ASSIST, unit_id=unit, since=TODAY + timedelta(days=5))
    with pytest.raises(BadInput):
        role(small_world, project, B.UNIT, P.ASSIST)
    with pytest.raises(BadInput):
        role(small_world, project, B.DEPARTMENT)
    with pytest.raises(NotPermitted):
        do(small_world.worker, set_role, project_id=project, body=B.COMMUNITY, part=P.LEAD, since=TODAY)


# --- the election --------------------------------------------------------------------------------------


def an_election(world: World, project: int) -> int:
    number: int = do(
        world.secretary, begin_election, project_id=project, estate="望柳花园", owners=600, area=Decimal(54000),
        starts_on=TODAY,
    )  # fmt: skip
    return number


def seen(world: World, project: int) -> ElectionRow:
    with reading(world.secretary) as session:
        found = election_of(session, project)
    assert found is not None
    return found


def record(world: World, project: int, kind: Kind, began: date, ended: date | None = None) -> None:
    step = next(one for one in seen(world, project).steps if one.kind is kind)
    do(
        world.secretary, record_step, step_id=step.id, version=step.version, began_on=began, ended_on=ended,
        note="公告栏", now=LATER,
    )  # fmt: skip


def up_to_the_vote(world: World, project: int) -> date:
    """Every step before the vote as early as the law allows; the first day of the vote."""
    for kind in (Kind.GROUP, Kind.GROUP_NOTICE, Kind.CANDIDATES, Kind.CANDIDATE_NOTICE, Kind.MEETING_NOTICE):
        step = next(one for one in seen(world, project).steps if one.kind is kind)
        before = {one.kind: one.ended_on for one in seen(world, project).steps}
        began = {Kind.GROUP: TODAY, Kind.GROUP_NOTICE: before[Kind.GROUP], Kind.CANDIDATES: before[Kind.GROUP_NOTICE]}
        record(world, project, kind, began.get(kind) or before[Kind.CANDIDATES] or TODAY, step.earliest)
    return next(one for one in seen(world, project).steps if one.kind is Kind.VOTE).earliest


def vote(world: World, project: int, took: int, agreed: int, on: date) -> dict[str, Any]:
    election = seen(world, project)
    result: dict[str, Any] = do(
        world.secretary, record_owners_vote, election_id=election.id, version=election.version, voted_on=on,
        took_part=took, area_part=Decimal(took * 90), agreed=agreed, area_agreed=Decimal(agreed * 90), now=LATER,
    )  # fmt: skip
    return result


def test_an_election_from_the_group_to_the_owners_decision(world: World) -> None:
    project = a_project(world)
    an_election(world, project)
    day = up_to_the_vote(world, project)
    assert day == date(2026, 3, 31)

    failed = vote(world, project, 399, 300, day)
    assert not failed["passed"]
    assert seen(world, project).next_step is not None
    assert vote(world, project, 420, 300, day + timedelta(days=20)) == {"passed": True, "missing": []}

    election = seen(world, project)
    assert (election.votes, election.decision is not None and election.decision.passed) == (2, True)
    assert [one.kind for one in election.steps if one.can_begin and one.ended_on is None] == [
        Kind.RESULT_NOTICE, Kind.FILING,
    ]  # fmt: skip
    assert next(one for one in election.steps if one.kind is Kind.FILING).latest == date(2026, 5, 20)


def test_a_notice_that_is_cut_short_and_a_step_out_of_order_are_refused(small_world: World) -> None:
    project = a_project(small_world)
    an_election(small_world, project)
    with pytest.raises(Refused, match="election_step_before"):
        record(small_world, project, Kind.CANDIDATE_NOTICE, TODAY)
    record(small_world, project, Kind.GROUP, TODAY, TODAY)

    with pytest.raises(Refused) as told:
        record(small_world, project, Kind.GROUP_NOTICE, TODAY, TODAY + timedelta(days=7))
    assert told.value.values["until"] == "2026-03-13"
    record(small_world, project, Kind.GROUP_NOTICE, TODAY, date(2026, 3, 13))


def test_the_vote_is_the_owners_and_waits_for_every_notice(small_world: World) -> None:
    project = a_project(small_world)
    an_election(small_world, project)
    with pytest.raises(Refused, match="election_owners_vote"):
        record(small_world, project, Kind.VOTE, TODAY, TODAY)
    with pytest.raises(Refused, match="election_step_before"):
        vote(small_world, project, 600, 600, TODAY)
    with pytest.raises(NotPermitted):
        do(
            small_world[Role.COUNCIL_MEMBER], record_owners_vote, election_id=1, version=1, voted_on=TODAY,
            took_part=600, area_part=Decimal(1), agreed=600, area_agreed=Decimal(1),
        )  # fmt: skip


def test_local_rules_lengthen_a_notice_and_never_shorten_it(small_world: World) -> None:
    project = a_project(small_world)
    an_election(small_world, project)
    step = next(one for one in seen(small_world, project).steps if one.kind is Kind.CANDIDATE_NOTICE)

    with pytest.raises(BadInput):
        do(small_world.secretary, lengthen_period, step_id=step.id, version=1, days=9)
    assert do(small_world.secretary, lengthen_period, step_id=step.id, version=1, days=15) == 15
    with pytest.raises(Refused, match="already_done"):
        an_election(small_world, project)

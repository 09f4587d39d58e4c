from db.actions.projects.acceptance import decide_acceptance
from db.engine import carry_out, reading
from db.queries.projects.acceptance import acceptances, record_of, round_of
from db.terms import Grade, ProjectState, Role
from tests.builders.projects import a_read_project, handed_in, judge, judged
from tests.builders.world import World
from tests.support.statements import Statements


def test_nobody_sees_anothers_score_before_the_decision(world: World) -> None:
    project_id = a_read_project(world)
    round_id = handed_in(world, project_id)
    judged(world, round_id, 80, 82, 84)

    with reading(world.worker) as session, Statements() as counted:
        mine = round_of(session, project_id, account_id=world.worker.id)
    with reading(world[Role.TEAM_LEADER]) as session:
        others = round_of(session, project_id, account_id=world[Role.TEAM_LEADER].id)

    assert counted.n <= 3
    assert mine
    assert mine.own
    assert (mine.own.points.total, mine.scores, mine.result) == (82, (), None)
    assert others
    assert (others.judges, others.own, others.scores, others.result) == (3, None, (), None)


def test_after_the_decision_every_part_is_open(world: World) -> None:
    project_id = a_read_project(world)
    round_id = handed_in(world, project_id)
    judged(world, round_id, 60, 88, 89, 90, 100)
    carry_out(world.secretary, "a", decide_acceptance, acceptance_id=round_id, version=1, reason="达到目标")

    with reading(world[Role.TEAM_LEADER]) as session:
        shown = round_of(session, project_id, account_id=1)
        row = acceptances(session, account_id=world.worker.id)[0]

    assert shown
    assert shown.result
    assert (len(shown.scores), shown.result.counted) == (5, 3)
    assert (shown.result.dropped_low, shown.result.dropped_high) == (60, 100)
    assert (row.state, row.grade, row.judges, row.mine) == (ProjectState.ACCEPTED, Grade.GOOD, 5, True)


def test_whoever_decides_sees_the_combined_result_but_not_who_gave_what(world: World) -> None:
    project_id = a_read_project(world)
    round_id = handed_in(world, project_id)
    judge(world.worker, round_id, 80)

    with reading(world.secretary) as session:
        shown = round_of(session, project_id, account_id=world.secretary.id, decider=True)

    assert shown
    assert shown.result
    assert not shown.result.enough
    assert shown.scores == ()


def test_the_record_speaks_for_itself(world: World) -> None:
    project_id = a_read_project(world)
    handed_in(world, project_id)

    with reading(world.secretary) as session:
        assert record_of(session, project_id).rounds == 1
        assert round_of(session, 999, account_id=1) is None

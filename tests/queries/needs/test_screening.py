from datetime import timedelta
from typing import Any

import pytest

from db.actions.needs.answers import give_answer
from db.actions.needs.screening import open_screening, route_need, score_need, set_weights
from db.engine import carry_out, reading
from db.queries.needs.answers import due_answer, due_answers, satisfaction_summary
from db.queries.needs.screening import Desk, desk, desk_list, weights_in_force
from db.rules.needs.screening import RouteReason, Score
from db.rules.permissions import Actor
from db.terms import AnswerChannel, NeedStage, Role, Route, Satisfaction
from tests.builders.doors import a_household
from tests.builders.needs import a_need
from tests.builders.world import NOW, TODAY, World, another_actor
from tests.support.statements import Statements


def opened(world: World, **more: Any) -> tuple[int, int]:
    values: dict[str, Any] = {"stage": NeedStage.REGISTERED, "voices": 60} | more
    need = a_need(world, **values)
    return need, carry_out(world.secretary, "", open_screening, need_id=need, version=1, now=NOW)


def score(who: Actor, screening: int, points: tuple[int, int, int] = (30, 22, 20), why: str = "按评分表") -> None:
    demand, reach, feasibility = points
    carry_out(
        who, "", score_need, screening_id=screening, demand=demand, reach=reach, feasibility=feasibility,
        reason=why, now=NOW,
    )  # fmt: skip


def seen_by(who: Actor, need: int) -> Desk:
    with reading(who) as session:
        found = desk(session, need, who.id)
    assert found is not None
    return found


def test_nobody_sees_anothers_score_before_both_are_in(world: World) -> None:
    need, screening = opened(world)
    score(world.secretary, screening, why="我看可行")

    worker, secretary = seen_by(world.worker, need), seen_by(world.secretary, need)

    assert (worker.scores, worker.mine, worker.given, worker.combined) == (1, None, (), None)
    assert (secretary.mine, secretary.given) == (Score(30, 22, 20), ())


def test_the_third_scorer_sees_no_score_either(world: World) -> None:
    need, screening = opened(world)
    score(world.secretary, screening, (40, 30, 30))
    score(world.worker, screening, (5, 4, 0))

    third = seen_by(another_actor(world, Role.AREA_WORKER, "third"), need)

    assert (third.scores, third.given, third.combined) == (2, (), None)


def test_a_closed_round_is_explained_part_by_part(world: World) -> None:
    need, screening = opened(world)
    score(world.secretary, screening, (30, 22, 20), why="甲")
    score(world.worker, screening, (40, 22, 20), why="乙")

    closed = seen_by(world.worker, need)

    assert [(given.score.demand, given.reason, given.used) for given in closed.given] == [
        (30, "甲", True),
        (40, "乙", True),
    ]
    assert closed.parts is not None
    assert closed.suggestion is not None
    assert (closed.parts.demand, closed.parts.reach, closed.parts.feasibility) == (35, 22, 20)
    assert (closed.suggestion.route, closed.suggestion.reason) == (Route.COUNCIL, RouteReason.AT_COUNCIL_LINE)


def test_a_rank_is_compared_among_the_needs_now_on_the_table(world: World) -> None:
    strong, weak = opened(world), opened(world)
    for screening, points in ((strong[1], (40, 30, 30)), (weak[1], (12, 8, 10))):
        score(world.secretary, screening, points)
        score(world.worker, screening, points)

    first, second = seen_by(world.worker, strong[0]), seen_by(world.worker, weak[0])

    assert (first.candidates, second.candidates) == (2, 2)
    assert first.stability is not None
    assert second.stability is not None
    assert (first.stability.rank, first.stability.worst_rank, first.stability.at_line) == (1, 1, 1)
    assert (second.stability.rank, second.stability.best_rank, second.stability.at_line) == (2, 2, 0)


def test_the_desk_lists_one_stage_with_the_last_round_in_one_statement(world: World) -> None:
    need, screening = opened(world)
    score(world.worker, screening)

    with reading(world.worker) as session:
        session.connection()
        with Statements() as counted:
            (row,) = desk_list(session, world.here, world.worker.id, NeedStage.SCREENING)

    assert counted.n == 1
    assert (row.need.id, row.scores, row.mine, row.total_hundredths) == (need, 1, True, None)


def test_weights_are_listed_newest_first_with_who_set_them(world: World) -> None:
    for demand, ahead in ((50, 0), (60, 7)):
        carry_out(
            world.secretary, "", set_weights, demand=demand, reach=20, feasibility=80 - demand,
            valid_from=TODAY + timedelta(days=ahead), now=NOW,
        )  # fmt: skip

    with reading(world.worker) as session:
        listed = weights_in_force(session, world.here)

    assert [(row.weights.demand, row.by) for row in listed] == [(60, world.secretary.name), (50, world.secretary.name)]


# --- answers ----------------------------------------------------------------------------------------


def declined(world: World, room: str) -> int:
    need, screening = opened(world, household_id=a_household(world, room), asker_name="张三")
    score(world.secretary, screening, (5, 4, 0))
    score(world.worker, screening, (5, 4, 0))
    version = seen_by(world.secretary, need).need_version
    carry_out(
        world.secretary, "", route_need, need_id=need, version=version, route=Route.ANSWER, reason="产权不在社区",
        now=NOW,
    )  # fmt: skip
    return need


def test_the_call_back_list_says_whom_and_what_masked(world: World) -> None:
    need = declined(world, "101")

    with reading(world.worker) as session:
        page = due_answers(session, world.here)
        (row,) = page.rows
        again = due_answer(session, world.here, row.id)

    assert (row.need_id, row.asker, row.words) == (need, "柳林小区1幢 *** 张*", "产权不在社区")
    assert (row.due_on, row.tries, page.more) == (TODAY + timedelta(days=7), 0, False)
    assert again == row


def test_the_next_page_of_answers_starts_after_the_last_row(world: World) -> None:
    for room in ("101", "102", "103"):
        declined(world, room)

    with reading(world.worker) as session:
        first = due_answers(session, world.here).rows
        rest = due_answers(session, world.here, after=(first[0].due_on, first[0].id)).rows

    assert rest == first[1:]


def test_satisfaction_counts_replies_and_opinions_apart(world: World) -> None:
    said = (Satisfaction.VERY_SATISFIED, Satisfaction.DISSATISFIED, Satisfaction.NO_REPLY)
    for room, satisfaction in zip(("101", "102", "103"), said, strict=True):
        declined(world, room)
        with reading(world.worker) as session:
            (row,) = due_answers(session, world.here).rows
        carry_out(
            world.worker, "", give_answer, answer_id=row.id, channel=AnswerChannel.PHONE, satisfaction=satisfaction,
            comment="", now=NOW,
        )  # fmt: skip

    with reading(world.worker) as session:
        summary = satisfaction_summary(session, world.here, now=NOW, today=TODAY)

    assert (summary.given, summary.replied, summary.satisfied, summary.few) == (3, 2, 1, True)


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR])
def test_the_subdistrict_reads_the_call_back_list_of_a_community(world: World, role: Role) -> None:
    declined(world, "101")

    with reading(world[role]) as session:
        assert len(due_answers(session, world.here).rows) == 1
        assert due_answers(session, world.there).rows == ()

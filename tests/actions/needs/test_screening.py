from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.needs.screening import finish_order, hundredths, open_screening, route_need, set_weights
from db.engine import as_system, carry_out, reading_as_system
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Refused, WrongStage
from db.models import Answer, Screening, ScreeningScore, ThreadEntry
from db.rules.permissions import Actor
from db.terms import AnswerKind, NeedStage, Role, Route
from tests.builders.needs import a_need, need, opened, score, scored
from tests.builders.world import NOW, TODAY, World, another_actor


def route(world: World, need_id: int, way: Route | None, **more: Any) -> str:
    values = {"route": way, "reason": "两名评分人一致", "version": need(need_id).version, "now": NOW}
    return carry_out(world.secretary, "", route_need, need_id=need_id, **(values | more))


def set_to(who: Actor, demand: int, reach: int, feasibility: int, **more: Any) -> int:
    values = {"demand": demand, "reach": reach, "feasibility": feasibility, "valid_from": TODAY, "now": NOW}
    return carry_out(who, "", set_weights, **(values | more))


# --- a round ----------------------------------------------------------------------------------------


def test_opening_freezes_weights_and_evidence(world: World) -> None:
    set_to(world.secretary, 50, 30, 20)

    need_id, screening = opened(world)

    with reading_as_system("test") as session:
        row = session.get(Screening, screening)
        assert row is not None
    assert (row.weight_demand, row.weight_reach, row.weight_feasibility) == (50, 30, 20)
    assert row.evidence == {
        "voices": 60, "place": "柳林小区", "households": 600, "of_community": False, "reach": "building",
        "people": 30, "special_group": False,
        "precedents": {"ended": 0, "own": 0, "in_time": 0, "resources": 0},
    }  # fmt: skip
    assert need(need_id).stage is NeedStage.SCREENING


def test_a_need_from_the_reserve_gets_another_round(world: World) -> None:
    need_id = scored(world)
    route(world, need_id, Route.RESERVE)

    carry_out(world.secretary, "", open_screening, need_id=need_id, version=need(need_id).version, now=NOW)

    with reading_as_system("test") as session:
        rounds = session.scalars(select(Screening.round).order_by(Screening.id)).all()
    assert list(rounds) == [1, 2]


def test_two_scores_close_enough_close_the_round(world: World) -> None:
    need_id, screening = opened(world)

    states = [score(world.secretary, screening, (30, 22, 20)), score(world.worker, screening, (40, 22, 20))]

    assert states == ["open", "scored"]
    assert need(need_id).stage is NeedStage.SCREENED
    with reading_as_system("test") as session:
        assert session.execute(select(Screening.total_hundredths)).scalar_one() == 7700


def test_more_than_twenty_points_apart_need_a_third_pair_of_eyes(world: World) -> None:
    need_id, screening = opened(world)
    third = another_actor(world, Role.AREA_WORKER, "third")

    states = [
        score(world.secretary, screening, (40, 30, 30)),
        score(world.worker, screening, (20, 22, 30)),
        score(third, screening, (30, 30, 30)),
    ]

    assert states == ["open", "third_needed", "scored"]
    assert need(need_id).stage is NeedStage.SCREENED
    with reading_as_system("test") as session:
        kinds = session.scalars(select(ThreadEntry.kind).order_by(ThreadEntry.id)).all()
        total = session.execute(select(Screening.total_hundredths)).scalar_one()
    assert list(kinds) == ["screening_opened", "scored", "scored", "third_needed", "scored", "screened"]
    assert total == 9500


def test_exactly_twenty_points_apart_are_close_enough(world: World) -> None:
    _, screening = opened(world)
    score(world.secretary, screening, (40, 30, 30))

    assert score(world.worker, screening, (20, 30, 30)) == "scored"


def test_nobody_scores_twice_not_even_as_the_third(world: World) -> None:
    _, screening = opened(world)
    score(world.secretary, screening, (40, 30, 30))
    score(world.worker, screening, (5, 4, 0))

    with pytest.raises(Refused) as refused:
        score(world.worker, screening)

    assert refused.value.rule == "scored_already"


def test_a_closed_round_takes_no_score(world: World) -> None:
    need_id, screening = opened(world)
    score(world.secretary, screening)
    score(world.worker, screening)

    with pytest.raises(WrongStage):
        score(another_actor(world, Role.AREA_WORKER, "third"), screening)

    assert need(need_id).stage is NeedStage.SCREENED


@pytest.mark.parametrize(
    ("field", "value"),
    [("demand", 41), ("demand", None), ("reach", 31), ("reach", -1), ("feasibility", 31), ("reason", "长" * 501)],
)
def test_points_outside_the_rubric_are_named_and_not_stored(small_world: World, field: str, value: Any) -> None:
    _, screening = opened(small_world)

    with pytest.raises(BadInput) as refused:
        score(small_world.worker, screening, **{field: value})

    assert refused.value.field == field
    with reading_as_system("test") as session:
        assert session.scalars(select(ScreeningScore.id)).all() == []


def test_a_round_is_not_opened_from_an_old_version(world: World) -> None:
    need_id = a_need(world, stage=NeedStage.REGISTERED)

    with pytest.raises(Conflict):
        carry_out(world.secretary, "", open_screening, need_id=need_id, version=99, now=NOW)


def test_a_need_of_an_unsigned_week_is_not_screened(world: World) -> None:
    need_id = a_need(world)

    with pytest.raises(WrongStage):
        carry_out(world.secretary, "", open_screening, need_id=need_id, version=1, now=NOW)


# --- routes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "stage"),
    [
        (Route.COUNCIL, NeedStage.FOR_COUNCIL),
        (Route.RESERVE, NeedStage.RESERVE),
        (Route.ORDER, NeedStage.ORDERED),
        (Route.REFER, NeedStage.ANSWERING),
        (Route.ANSWER, NeedStage.ANSWERING),
    ],
)
def test_a_route_leads_to_its_stage_with_the_reason_in_the_thread(world: World, way: Route, stage: NeedStage) -> None:
    need_id = scored(world)

    route(world, need_id, way, referred_to="区住建局")

    assert need(need_id).stage is stage
    with reading_as_system("test") as session:
        line = session.scalars(select(ThreadEntry).where(ThreadEntry.kind == "routed")).one()
    assert (line.note, line.values["route"]) == ("两名评分人一致", way.value)


@pytest.mark.parametrize(("way", "kind"), [(Route.REFER, AnswerKind.REFERRED), (Route.ANSWER, AnswerKind.DECLINED)])
def test_every_no_goes_back_to_the_asker_with_its_reason(world: World, way: Route, kind: AnswerKind) -> None:
    need_id = scored(world)

    route(world, need_id, way, reason="产权不在社区", referred_to="区住建局")

    with reading_as_system("test") as session:
        answer = session.scalars(select(Answer)).one()
    assert (answer.kind, answer.words, answer.need_id) == (kind, "产权不在社区", need_id)


def test_a_route_of_its_own_says_why_and_one_by_the_score_need_not(small_world: World) -> None:
    """72 points suggest the council."""
    need_id = scored(small_world)

    for way in (Route.RESERVE, Route.ORDER, Route.REFER, Route.ANSWER):
        with pytest.raises(BadInput) as refused:
            route(small_world, need_id, way, reason=" ", referred_to="物业")
        assert refused.value.field == "reason"

    assert route(small_world, need_id, Route.COUNCIL, reason="") == "for_council"


def test_a_low_score_goes_to_the_council_with_a_word(small_world: World) -> None:
    need_id, screening = opened(small_world)
    for who in (small_world.secretary, small_world.worker):
        score(who, screening, (30, 15, 10))

    with pytest.raises(BadInput):
        route(small_world, need_id, Route.COUNCIL, reason="")

    assert route(small_world, need_id, Route.COUNCIL, reason="联名的多，请议事会定") == "for_council"


def test_points_are_out_of_the_weights_that_were_set(world: World) -> None:
    set_to(world.secretary, 30, 35, 35)
    _need_id, screening = opened(world)

    with pytest.raises(BadInput) as outside:
        score(world.worker, screening, (31, 18, 30))
    assert outside.value.field == "demand"
    with pytest.raises(BadInput) as silent:
        score(world.worker, screening, (12, 18, 35), reason="")
    assert silent.value.field == "reason"
    score(world.worker, screening, (23, 18, 35), reason="")
    with pytest.raises(Refused):  # the second scores in the scale of the first
        set_to(world.secretary, 40, 30, 30)
    score(world.secretary, screening, (12, 18, 35), reason="并入的声音多半来自一户")

    with reading_as_system("test") as session:
        row = session.scalars(select(Screening)).one()
    assert (row.scale_demand, row.scale_reach, row.scale_feasibility) == (30, 35, 35)
    assert row.total_hundredths == 7050


def test_a_round_of_before_is_finished_and_counted_as_it_was_begun(world: World) -> None:
    """Weights 30, 35 and 35, points out of 40, 30 and 30: as rounds were scored before the weights were the scale."""
    set_to(world.secretary, 30, 35, 35)
    _need_id, screening = opened(world)
    with as_system("test") as session:
        row = session.get_one(Screening, screening)
        row.scale_demand, row.scale_reach, row.scale_feasibility = 40, 30, 30

    score(world.secretary, screening, (40, 30, 30))
    score(world.worker, screening, (40, 30, 30))

    with reading_as_system("test") as session:
        assert session.execute(select(Screening.total_hundredths)).scalar_one() == 10000


def test_a_referral_names_to_whom(small_world: World) -> None:
    need_id = scored(small_world)

    with pytest.raises(BadInput) as refused:
        route(small_world, need_id, Route.REFER)

    assert refused.value.field == "referred_to"


def test_a_need_is_not_routed_before_the_scores_are_in(world: World) -> None:
    need_id, _ = opened(world)

    with pytest.raises(WrongStage):
        route(world, need_id, Route.COUNCIL)


def test_a_finished_order_owes_the_asker_an_answer(world: World) -> None:
    need_id = scored(world)
    route(world, need_id, Route.ORDER)

    owed = carry_out(
        world.worker, "", finish_order, need_id=need_id, version=need(need_id).version, done="已代买菜两周", now=NOW
    )

    assert owed == 1
    with reading_as_system("test") as session:
        assert session.execute(select(Answer.kind)).scalar_one() is AnswerKind.SERVED


# --- weights ----------------------------------------------------------------------------------------


def test_weights_sum_to_a_hundred(small_world: World) -> None:
    with pytest.raises(Refused) as refused:
        set_to(small_world.secretary, 50, 30, 30)

    assert refused.value.values["total"] == 110


def test_weights_do_not_change_while_needs_are_being_scored(world: World) -> None:
    opened(world)

    with pytest.raises(Refused) as refused:
        set_to(world.secretary, 50, 30, 20)

    assert refused.value.values == {"rule": "weights_round_open", "needs": 1}


def test_weights_of_another_community_stay_free(world: World) -> None:
    opened(world)

    assert set_to(world[Role.SUBDISTRICT_ADMIN], 50, 30, 20, community_id=world.there)


def test_weights_are_not_dated_back(small_world: World) -> None:
    with pytest.raises(BadInput) as refused:
        set_to(small_world.secretary, 50, 30, 20, valid_from=TODAY - timedelta(days=1))

    assert refused.value.field == "valid_from"


def test_weights_from_tomorrow_do_not_count_today(world: World) -> None:
    set_to(world.secretary, 50, 30, 20, valid_from=TODAY + timedelta(days=1))

    opened(world)

    with reading_as_system("test") as session:
        assert session.execute(select(Screening.weight_demand)).scalar_one() == 40


def test_a_worker_sets_no_weights(small_world: World) -> None:
    with pytest.raises(NotPermitted):
        set_to(small_world.worker, 50, 30, 20)


def test_an_administrator_names_the_community(small_world: World) -> None:
    with pytest.raises(BadInput) as refused:
        set_to(small_world[Role.SUBDISTRICT_ADMIN], 50, 30, 20)
    with pytest.raises(NotFound):
        set_to(small_world[Role.SUBDISTRICT_ADMIN], 50, 30, 20, community_id=999)

    assert refused.value.field == "community_id"


def test_totals_are_rounded_half_up() -> None:
    assert hundredths(Fraction(200, 3)) == 6667
    assert hundredths(Fraction(1, 200)) == 1

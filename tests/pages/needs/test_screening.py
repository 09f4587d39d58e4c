"""The desk of screening, as those who score and the secretary see it."""

import pytest

from db.actions.needs.screening import open_screening, score_need
from db.terms import NeedStage, Reach, Role
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need, need, opened, score
from tests.builders.world import World, another_actor
from tests.support.signed_in import open_app, sent_rows, words

SCREENING = "needs/screening.py"


def test_a_scorer_gives_points_and_sees_no_others(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = a_need(small_world, stage=NeedStage.REGISTERED, voices=60)
    screening = carry_out(small_world.secretary, "", open_screening, need_id=shown, version=1)
    carry_out(
        small_world.secretary, "", score_need, screening_id=screening, demand=39, reach=15, feasibility=28,
        reason="甲的理由",
    )  # fmt: skip
    app = open_app(monkeypatch, small_world.worker.id, SCREENING, id=str(shown))
    assert "甲的理由" not in words(app)

    app.number_input(key=f"score.{screening}.feasibility").set_value(20)
    app.text_area(key=f"score.{screening}.reason").set_value("乙的理由")
    app.button(key=f"score.{screening}.submit").click().run()

    assert not app.exception
    assert need(shown).stage is NeedStage.SCREENED
    assert "需求量 34.5/40" in words(app)


def test_the_desk_opens_where_something_waits_and_says_who_is_next(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = a_need(small_world, stage=NeedStage.REGISTERED, voices=60)
    app = open_app(monkeypatch, small_world.secretary.id, SCREENING)
    assert len(sent_rows(app, "screening.rows")) == 1

    screening = carry_out(small_world.secretary, "", open_screening, need_id=shown, version=1)
    for who in (small_world.secretary, small_world.worker):
        carry_out(who, "", score_need, screening_id=screening, demand=39, reach=15, feasibility=28, reason="")
        told = words(open_app(monkeypatch, who.id, SCREENING, id=str(shown)))
        assert ("还要一位同事评分" in told) == (who is small_world.secretary)
    assert "等书记分流" in told


def test_the_list_says_how_one_gets_from_a_row_to_the_score(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_need(small_world, stage=NeedStage.SCREENING)

    assert "点一行打开这件需求，给三项打分" in words(open_app(monkeypatch, small_world.worker.id, SCREENING))


def test_the_only_need_that_was_scored_is_not_advised_to_be_refused(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def low() -> int:
        need_id, screening = opened(small_world, voices=1, reach=Reach.BUILDING)
        for who in (small_world.secretary, small_world.worker):
            score(who, screening, (5, 15, 10))
        return need_id

    shown = low()
    alone = open_app(monkeypatch, small_world.secretary.id, SCREENING, id=str(shown))
    low()
    beside = open_app(monkeypatch, small_world.secretary.id, SCREENING, id=str(shown))

    assert "没有别的可比" in words(alone)
    assert "建议：答复（不办）" not in words(alone)
    assert alone.segmented_control(key=f"route.{shown}.route").value is None
    assert "建议：答复（不办）（总分不到 50 分）" in words(beside)


def test_the_secretary_opens_and_routes(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = a_need(small_world, stage=NeedStage.REGISTERED, voices=200)
    app = open_app(monkeypatch, small_world.secretary.id, SCREENING, id=str(shown))
    app.button(key=f"open.{shown}").click().run()
    assert need(shown).stage is NeedStage.SCREENING
    for who in (small_world.secretary, another_actor(small_world, Role.AREA_WORKER, "second")):
        carry_out(who, "", score_need, screening_id=1, demand=40, reach=15, feasibility=30, reason="可行")
    app.run()

    app.text_area(key=f"route.{shown}.reason").set_value("两人一致")
    app.button(key=f"route.{shown}.submit").click().run()

    assert not app.exception
    assert need(shown).stage is NeedStage.FOR_COUNCIL

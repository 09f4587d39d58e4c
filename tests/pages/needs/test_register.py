"""The weekly register on its page: signed once, and honest about what changed since."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.actions.needs.needs import void_need
from db.actions.needs.register import sign_week
from db.engine import reading_as_system, utc_now
from db.models import WeekSignOff
from db.rules.workdays import week_of
from db.terms import NeedStage
from tests.builders.inputs import carry_out
from tests.builders.needs import a_need, need
from tests.builders.world import World
from tests.support.signed_in import open_app, words

REGISTER = "needs/register.py"


def test_the_secretary_signs_last_week(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    last_week = utc_now() - timedelta(weeks=1)
    monday = week_of(last_week.date())
    shown = a_need(small_world, logged_at=last_week)

    app = open_app(monkeypatch, small_world.secretary.id, REGISTER, week=str(monday))
    app.button(key=f"sign_week.{monday}.submit").click().run()

    assert not app.exception
    assert need(shown).stage is NeedStage.REGISTERED
    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(WeekSignOff)) == 1
    assert "签字" in "".join(str(box.value) for box in app.success)


def test_a_signed_register_tells_what_changed_since_and_lists_what_was_voided(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_week = utc_now() - timedelta(weeks=1)
    monday = week_of(last_week.date())
    a_need(small_world, logged_at=last_week)
    gone = a_need(small_world, "重复说的那一件", logged_at=last_week)
    carry_out(small_world.secretary, "", sign_week, week=monday, remark="", now=utc_now())
    before = words(open_app(monkeypatch, small_world.secretary.id, REGISTER, week=str(monday)))
    carry_out(
        small_world.secretary, "", void_need, need_id=gone, version=need(gone).version, reason="重复", now=utc_now()
    )

    after = words(open_app(monkeypatch, small_world.secretary.id, REGISTER, week=str(monday)))

    assert "内容与签字时一致" in before
    assert "签字之后有 1 条改动，已逐条标记" in after
    assert "重复说的那一件" in after
    assert "作废" in after


def test_a_worker_reads_the_register_and_signs_nothing(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monday = week_of((utc_now() - timedelta(weeks=1)).date())

    app = open_app(monkeypatch, small_world.worker.id, REGISTER, week=str(monday))

    assert not app.exception
    assert not [button for button in app.button if button.key and button.key.startswith("sign_week")]

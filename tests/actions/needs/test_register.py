from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.needs.register import sign_week
from db.engine import as_system, carry_out, reading_as_system
from db.errors import BadInput, NotPermitted, Refused
from db.models import Need, ThreadEntry, Visit, WeekSignOff
from db.terms import NeedStage, VisitOutcome
from tests.builders.needs import a_need
from tests.builders.world import NOW, TODAY, World

MONDAY = TODAY - timedelta(days=3)
FRIDAY = NOW + timedelta(days=1)


def sign(world: World, **more: Any) -> dict[str, int]:
    return carry_out(world.secretary, "", sign_week, **({"week": MONDAY, "remark": "", "now": FRIDAY} | more))


def stages(*need_ids: int) -> list[NeedStage]:
    with reading_as_system("test") as session:
        return [session.execute(select(Need.stage).where(Need.id == need_id)).scalar_one() for need_id in need_ids]


def test_signing_sends_the_weeks_needs_on_to_screening(world: World) -> None:
    mine, last_week = a_need(world), a_need(world, logged_at=NOW - timedelta(weeks=1))
    elsewhere = a_need(world, community_id=world.there)

    signed = sign(world, remark="齐")

    assert signed == {"registered": 1}
    assert stages(mine, last_week, elsewhere) == [NeedStage.REGISTERED, NeedStage.LOGGED, NeedStage.LOGGED]
    with reading_as_system("test") as session:
        lines = session.execute(select(ThreadEntry.need_id, ThreadEntry.kind, ThreadEntry.note)).all()
    assert [tuple(row) for row in lines] == [(mine, "week_signed", "齐")]


def test_the_signature_counts_needs_and_visits_of_the_week(world: World) -> None:
    a_need(world)
    a_need(world, stage=NeedStage.VOID)
    with as_system("test") as session:
        for outcome, at in (
            (VisitOutcome.MET, NOW),
            (VisitOutcome.NOT_IN, NOW),
            (VisitOutcome.MET, NOW - timedelta(days=7)),
        ):
            session.add(Visit(community_id=world.here, at=at, worker_id=world.worker.id, outcome=outcome))

    sign(world)

    with reading_as_system("test") as session:
        signature = session.scalars(select(WeekSignOff)).one()
    assert (signature.needs, signature.visits, signature.not_in) == (1, 2, 1)
    assert len(signature.digest) == 64


def test_a_restricted_need_goes_on_though_the_secretary_does_not_see_it(world: World) -> None:
    hidden = a_need(world, restricted=True)

    sign(world)

    assert stages(hidden) == [NeedStage.REGISTERED]


def test_a_week_is_signed_once(world: World) -> None:
    sign(world)

    with pytest.raises(Refused) as refused:
        sign(world)

    assert refused.value.rule == "week_signed"


def test_a_week_that_is_not_at_its_friday_is_refused_with_the_day_it_opens(small_world: World) -> None:
    with pytest.raises(Refused) as refused:
        sign(small_world, now=NOW)

    assert refused.value.values == {"rule": "week_too_early", "opens": "2026-03-06"}


@pytest.mark.parametrize("week", [MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=52)])
def test_a_future_week_is_never_signed(small_world: World, week: date) -> None:
    with pytest.raises(Refused):
        sign(small_world, week=week)


def test_a_week_starts_on_monday(small_world: World) -> None:
    with pytest.raises(BadInput) as refused:
        sign(small_world, week=MONDAY + timedelta(days=1))

    assert refused.value.field == "week"


def test_a_remark_has_200_characters(small_world: World) -> None:
    with pytest.raises(BadInput) as refused:
        sign(small_world, remark="长" * 201)

    assert refused.value.field == "remark"


def test_a_worker_does_not_sign(small_world: World) -> None:
    with pytest.raises(NotPermitted):
        carry_out(small_world.worker, "", sign_week, week=MONDAY, remark="", now=FRIDAY)

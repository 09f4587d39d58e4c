"""定期服务 in the database: turns become orders once, the usual helper is asked first, a turn can be left out."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.orders.series import change_helper, make_turns, skip_turn, start_series, stop_series
from db.engine import reading
from db.errors import BadInput, Refused
from db.models import Order, OrderOffer, OrderSeries
from db.queries.orders.dispatch import candidates
from db.queries.orders.series import series_page, turns_due
from db.rules.orders.dispatch import Reason
from db.terms import OrderState, Rhythm
from tests.builders.doors import a_household
from tests.builders.orders import a_helper, a_service, an_order, rated
from tests.builders.world import NOW, TODAY, World, do, row


def a_series(world: World, **more: Any) -> int:
    values: dict[str, Any] = {"rhythm": Rhythm.WEEKLY, "starts_on": TODAY + timedelta(days=2), "wanted_time": "am"}
    if "service_id" not in more:
        more["service_id"] = a_service(world, "量血压")
    if "household_id" not in more:
        more["household_id"] = a_household(world, "201")
    series: int = do(world.worker, start_series, **values | more)
    return series


def orders_of(world: World, series: int) -> list[Order]:
    with reading(world.secretary) as session:
        return list(session.scalars(select(Order).where(Order.series_id == series).order_by(Order.wanted_on)))


def test_a_turn_becomes_an_order_offered_to_the_usual_helper(world: World) -> None:
    _actor, volunteer = a_helper(world)
    series = a_series(world, volunteer_id=volunteer)

    assert do(world.worker, make_turns) == 1
    assert do(world.worker, make_turns) == 0

    (order,) = orders_of(world, series)
    assert (order.state, order.wanted_on, order.wanted_time) == (OrderState.OFFERED, TODAY + timedelta(days=2), "am")
    assert row(world, OrderOffer, 1).reasons == [Reason.USUAL.value]
    assert row(world, OrderSeries, series).next_on == TODAY + timedelta(days=9)


def test_without_a_usual_helper_the_turn_waits_to_be_taken(world: World) -> None:
    series = a_series(world)
    do(world.worker, make_turns)

    assert [order.state for order in orders_of(world, series)] == [OrderState.WAITING]


def test_weeks_that_nobody_looked_are_not_made_up_for(world: World) -> None:
    series = a_series(world)

    do(world.worker, make_turns, now=NOW + timedelta(days=30))

    (order,) = orders_of(world, series)
    assert order.wanted_on is not None
    assert order.wanted_on >= TODAY + timedelta(days=30)


def test_leaving_out_a_turn_leaves_out_one(world: World) -> None:
    series = a_series(world)
    first = TODAY + timedelta(days=2)

    do(world.worker, skip_turn, series_id=series, on=first)

    with pytest.raises(Refused) as told:
        do(world.worker, skip_turn, series_id=series, on=first)
    assert told.value.rule == "turn_gone"
    assert row(world, OrderSeries, series).next_on == first + timedelta(days=7)


def test_a_stopped_series_makes_no_more_turns(world: World) -> None:
    series = a_series(world)
    do(world.worker, stop_series, series_id=series)

    assert do(world.worker, make_turns) == 0
    with pytest.raises(Refused):
        do(world.worker, stop_series, series_id=series)
    with reading(world.worker) as session:
        assert not turns_due(session, today=TODAY)
        assert [one.stopped for one in series_page(session, running=False).rows] == [True]


def test_a_series_ends_with_its_last_turn(world: World) -> None:
    series = a_series(world, until=TODAY + timedelta(days=2))
    do(world.worker, make_turns)

    assert row(world, OrderSeries, series).next_on is None


def test_the_usual_helper_can_change(world: World) -> None:
    _actor, volunteer = a_helper(world)
    series = a_series(world)

    do(world.worker, change_helper, series_id=series, volunteer_id=volunteer)
    with pytest.raises(BadInput):
        do(world.worker, change_helper, series_id=series, volunteer_id=999)

    assert row(world, OrderSeries, series).volunteer_id == volunteer


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("rhythm", None),
        ("starts_on", None),
        ("starts_on", TODAY - timedelta(days=1)),
        ("until", TODAY),
        ("service_id", 999),
    ],
)
def test_bad_input_is_told_at_its_field(small_world: World, field: str, wrong: Any) -> None:
    with pytest.raises(BadInput) as told:
        a_series(small_world, **{field: wrong})

    assert told.value.field == field


def test_dispatch_knows_who_helped_and_who_was_complained_about(world: World) -> None:
    from db.terms import Satisfaction

    service = a_service(world)
    good, bad, third = a_helper(world), a_helper(world, "second"), a_helper(world, "third")
    rated(world, an_order(world, service), good, Satisfaction.SATISFIED)
    rated(world, an_order(world, service), bad, Satisfaction.DISSATISFIED, "说话冲")
    order = an_order(world, service)

    with reading(world.worker) as session:
        found = candidates(session, order, now=NOW)

    assert [one.id for one in found] == [good[1], third[1]]
    assert Reason.HELPED_BEFORE in found[0].suggestion.reasons
    assert found[0].name == "李**"

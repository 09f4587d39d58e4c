"""The card says before somebody ends exactly what ending them sets free."""

from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any

from db.actions.orders.leaving import end_volunteer
from db.engine import as_system, reading
from db.models import (
    Activity,
    ActivityHelper,
    EscortPair,
    MarketDay,
    MarketHelper,
    MarketStall,
    Order,
    OrderOffer,
    OrderSeries,
    Pairing,
    Placement,
    Poster,
    Slot,
    Squad,
    SquadMember,
    Turn,
    Volunteer,
)
from db.queries.volunteers.card import volunteer_card
from db.rules.zone import CHINA
from db.terms import ActivityState, AssignmentState, OrderState, PlacementState, TurnState
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do, row
from tests.support.any_row import any_row

MORNING = datetime.combine(TODAY, time(9), CHINA)


def in_hand(world: World, volunteer: int) -> None:
    """One of everything that lies ahead, and one of much that is over."""
    of: dict[str, Any] = {"volunteer_id": volunteer}
    with as_system("test") as session:

        def add(model: Any, **given: Any) -> Any:
            return any_row(session, world, model, **given)

        def activity(**given: Any) -> int:
            number: int = add(Activity, **({"on": TODAY, "state": ActivityState.PLANNED} | given)).id
            return number

        held = activity(state=ActivityState.DONE)
        order = add(Order, state=OrderState.ACCEPTED)
        add(OrderOffer, order_id=order.id, state=AssignmentState.ACCEPTED, **of)
        add(OrderSeries, next_on=TODAY, **of)
        for pairing in ({}, {"ended_on": TODAY}):
            add(Pairing, **of, **pairing)
        for place in (PlacementState.ACCEPTED, PlacementState.LEFT):
            add(Placement, state=place, **of)
        for code in (None, NOW):
            add(Poster, revoked_at=code, **of)
        team = add(Squad, leader_id=volunteer).id
        for left in (None, TODAY):
            add(SquadMember, squad_id=team, left_on=left, **of)
        for days in (-1, 1):
            begins = MORNING + timedelta(days=days)
            slot = add(
                Slot, on=begins.date(), starts_at=begins, ends_at=begins + timedelta(hours=2), places=2, filled=1
            )
            add(Turn, slot_id=slot.id, state=TurnState.TAKEN, **of)
        for one in (activity(), held):
            add(ActivityHelper, activity_id=one, **of)
            add(EscortPair, activity_id=one, **of)
        for on in (TODAY, TODAY - timedelta(days=3)):
            market = activity(on=on)
            add(MarketDay, activity_id=market)
            add(MarketHelper, stall_id=add(MarketStall, activity_id=market).id, **of)


def test_what_is_said_to_be_in_hand_is_what_is_set_free(small_world: World) -> None:
    volunteer = a_volunteer(small_world)
    in_hand(small_world, volunteer)

    with reading(small_world.worker) as session:
        card = volunteer_card(session, volunteer, TODAY)
    assert card
    said = asdict(card.holds)
    del said["leads"]
    version = row(small_world, Volunteer, volunteer).version
    freed = do(small_world.worker, end_volunteer, volunteer_id=volunteer, version=version, on=TODAY, reason="搬家")

    assert said == freed == dict.fromkeys(said, 1)
    with reading(small_world.worker) as session:
        card = volunteer_card(session, volunteer, TODAY)
    assert card
    assert set(asdict(card.holds).values()) == {0}

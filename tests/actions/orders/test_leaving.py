"""A volunteer ends with a day and a reason, everything that waits for them is set free, and they can come back."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.intake.posters import make_poster
from db.actions.orders.leaving import bring_back, end_volunteer
from db.actions.orders.offers import ask_swap, offer_order
from db.actions.orders.pairings import add_pairing
from db.actions.orders.series import start_series
from db.actions.orders.service import confirm_by_call, start_service
from db.actions.volunteers.activities import Served
from db.actions.volunteers.placements import claim_place, recommend_volunteer, sign_up
from db.actions.volunteers.squads import found_squad, join_squad
from db.actions.volunteers.volunteers import link_account, register_volunteer
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, NotPermitted, Refused
from db.models import (
    Opening,
    Order,
    OrderOffer,
    OrderSeries,
    Pairing,
    Placement,
    Poster,
    SquadMember,
    ThreadEntry,
    Volunteer,
    VolunteerEvent,
)
from db.queries.orders.dispatch import candidates as helpers_for
from db.queries.orders.pairings import volunteers_to_pair
from db.queries.volunteers.openings import candidates
from db.terms import (
    AssignmentState,
    Happening,
    OrderState,
    PlacementState,
    PosterKind,
    Rhythm,
    Role,
    VolunteerChange,
    VolunteerKind,
)
from tests.builders.orders import a_helper, a_service, accepted, an_order, offered, served
from tests.builders.projects import a_project
from tests.builders.volunteers import a_member, a_theme, a_volunteer, an_activity, an_opening, report
from tests.builders.world import NOW, TODAY, World, do, row


def end(world: World, volunteer_id: int, **more: Any) -> dict[str, int]:
    version = row(world, Volunteer, volunteer_id).version
    values = {"version": version, "on": TODAY, "reason": "搬到外地"} | more
    freed: dict[str, int] = do(world.worker, end_volunteer, volunteer_id=volunteer_id, **values)
    return freed


def kinds(world: World, volunteer_id: int) -> list[VolunteerChange]:
    with reading(world.secretary) as session:
        query = select(VolunteerEvent.kind).where(VolunteerEvent.volunteer_id == volunteer_id)
        return list(session.scalars(query.order_by(VolunteerEvent.id)))


def test_everything_that_waits_for_somebody_who_ends_is_set_free(world: World) -> None:
    helper, service = a_helper(world), a_service(world)
    inside, asked = (an_opening(world, a_project(world), places=1) for _ in range(2))
    do(helper[0], claim_place, opening_id=inside)
    do(helper[0], sign_up, opening_id=asked)
    waiting, begun, done = (an_order(world, service) for _ in range(3))
    offered(world, waiting, helper[1])
    accepted(world, begun, helper)
    do(helper[0], start_service, order_id=begun)
    served(world, done, helper)
    household = row(world, Order, done).household_id
    series = do(world.worker, start_series, service_id=service, rhythm=Rhythm.WEEKLY, starts_on=TODAY, until=None,
                wanted_time="", note="", volunteer_id=helper[1], household_id=household)  # fmt: skip
    do(world.worker, add_pairing, household_id=household, volunteer_id=helper[1], helps_with="量血压")
    number = row(world, Volunteer, helper[1]).number
    do(world.worker, make_poster, kind=PosterKind.REPORT, volunteer_number=number)
    squad = do(world.worker, found_squad, name="巡河队", theme_id=a_theme(world))
    do(world.worker, join_squad, squad_id=squad, volunteer_id=helper[1])

    freed = end(world, helper[1])

    assert freed == {
        "places": 2, "orders": 2, "series": 1, "pairings": 1, "codes": 1, "squads": 1, "activities": 0, "turns": 0,
        "stalls": 0, "escorts": 0, "led": 0,
    }  # fmt: skip
    with reading(world.secretary) as session:
        assert session.scalars(select(Placement.state)).all() == [PlacementState.LEFT] * 2
        assert session.get_one(Opening, inside).filled == 0
        states = [session.get_one(Order, order).state for order in (waiting, begun, done)]
        assert states == [OrderState.TAKEN, OrderState.TAKEN, OrderState.DONE]
        assert session.get_one(OrderSeries, series).volunteer_id is None
        assert session.scalars(select(Pairing.ended_on)).all() == [TODAY]
        assert session.scalars(select(Poster.revoked_at)).all() == [NOW]
        assert session.scalars(select(SquadMember.left_on)).all() == [TODAY]
        left = session.scalars(select(ThreadEntry.note).where(ThreadEntry.kind == Happening.LEFT_TEAM)).all()
    volunteer = row(world, Volunteer, helper[1])
    assert (volunteer.ended_on, volunteer.ended_reason, left) == (TODAY, "搬到外地", ["搬到外地"])
    assert kinds(world, helper[1])[-1] is VolunteerChange.ENDED
    do(world.worker, confirm_by_call, order_id=done)
    assert row(world, Volunteer, helper[1]).minutes == 60


def test_nobody_who_ended_is_asked_or_taken_any_more(world: World) -> None:
    project_id, helper, order = a_project(world), a_helper(world), an_order(world)
    opening, household = an_opening(world, project_id), row(world, Order, order).household_id
    squad = do(world.worker, found_squad, name="巡河队", theme_id=a_theme(world))
    gone, number = helper[1], row(world, Volunteer, helper[1]).number
    end(world, gone)

    refused = [
        (helper[0], claim_place, {"opening_id": opening}),
        (helper[0], sign_up, {"opening_id": opening}),
        (world.worker, recommend_volunteer, {"opening_id": opening, "volunteer_id": gone}),
        (world.worker, offer_order, {"order_id": order, "volunteer_id": gone}),
        (world.worker, add_pairing, {"household_id": household, "volunteer_id": gone, "helps_with": "买菜"}),
        (world.worker, make_poster, {"kind": PosterKind.REPORT, "volunteer_number": number}),
        (world.worker, join_squad, {"squad_id": squad, "volunteer_id": gone}),
        (world.worker, link_account, {"volunteer_id": gone, "account_id": world[Role.TEAM_LEADER].id}),
        (world.worker, end_volunteer, {"volunteer_id": gone, "version": 2, "on": TODAY, "reason": "又一次"}),
    ]  # fmt: skip
    for actor, act, values in refused:
        with pytest.raises(Refused, match="volunteer_ended"):
            do(actor, act, **values)
    with reading(world.secretary) as session:
        assert candidates(session, words="") == []
        assert helpers_for(session, order, now=NOW) == ()
        assert volunteers_to_pair(session, household) == ()


def test_a_colleague_who_ended_is_no_colleague_to_swap_with(world: World) -> None:
    helper, other = a_helper(world), a_helper(world, "second")
    offer = accepted(world, an_order(world), helper)
    do(helper[0], ask_swap, offer_id=offer, reason="看病", to_number="V-SECOND")

    end(world, other[1])

    assert row(world, OrderOffer, offer).swap_to_id is None
    with pytest.raises(Refused, match="no_such_colleague"):
        do(helper[0], ask_swap, offer_id=offer, reason="看病", to_number="V-SECOND")


def test_an_order_of_a_restricted_household_is_set_free_by_a_worker_who_does_not_see_it(world: World) -> None:
    helper, order = a_helper(world), an_order(world)
    accepted(world, order, helper)
    with as_system("test") as session:
        session.get_one(Order, order).restricted = True

    assert end(world, helper[1])["orders"] == 1

    with as_system("test") as session:
        assert session.get_one(Order, order).state is OrderState.TAKEN
        assert session.scalars(select(OrderOffer.state)).all() == [AssignmentState.WITHDRAWN]


def test_the_last_day_lies_between_joining_and_today_and_not_before_the_last_service(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY - timedelta(days=5))
    one = a_member(world, project_id)
    report(world, an_activity(world, project_id, TODAY - timedelta(days=1)), Served(one, 60))

    for wrong in (TODAY + timedelta(days=1), TODAY.replace(year=2024), None):
        with pytest.raises(BadInput, match="on"):
            end(world, one, on=wrong)
    with pytest.raises(Refused, match="ended_before_service"):
        end(world, one, on=TODAY - timedelta(days=2))
    with pytest.raises(Conflict):
        end(world, one, version=99)
    end(world, one, on=TODAY - timedelta(days=1))

    assert row(world, Volunteer, one).ended_on == TODAY - timedelta(days=1)


def test_the_last_day_is_not_before_an_order_that_was_served(world: World) -> None:
    helper = a_helper(world)
    served(world, an_order(world), helper)

    with pytest.raises(Refused, match="ended_before_service"):
        end(world, helper[1], on=TODAY - timedelta(days=1))
    end(world, helper[1])

    assert row(world, Volunteer, helper[1]).ended_on == TODAY


def test_who_comes_back_serves_again_and_gets_nothing_back_silently(world: World) -> None:
    helper, opening = a_helper(world), an_opening(world, a_project(world), places=1)
    do(helper[0], claim_place, opening_id=opening)
    end(world, helper[1])

    do(world.worker, bring_back, volunteer_id=helper[1], version=row(world, Volunteer, helper[1]).version)

    volunteer = row(world, Volunteer, helper[1])
    assert (volunteer.ended_on, volunteer.ended_reason, row(world, Opening, opening).filled) == (None, "", 0)
    assert kinds(world, helper[1]) == [VolunteerChange.ENDED, VolunteerChange.CAME_BACK]
    do(helper[0], claim_place, opening_id=opening)
    with pytest.raises(Refused, match="volunteer_serves"):
        do(world.worker, bring_back, volunteer_id=helper[1], version=volunteer.version)


def test_somebody_who_ended_is_not_registered_a_second_time_without_a_word(world: World) -> None:
    one = a_volunteer(world)
    end(world, one)

    with pytest.raises(Refused, match="volunteer_known"):
        do(world.worker, register_volunteer, name="志愿者V001", kind=VolunteerKind.RESIDENT)


def test_a_leader_ends_nobody(world: World) -> None:
    with pytest.raises(NotPermitted):
        do(world[Role.TEAM_LEADER], end_volunteer, volunteer_id=a_volunteer(world), version=1, on=TODAY, reason="x")

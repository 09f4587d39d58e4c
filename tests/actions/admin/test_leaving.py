"""Somebody leaves or changes role: nothing stays in the hands of whoever is gone, and nothing vanishes."""

from typing import Any

import pytest
from sqlalchemy import select

from db.actions.accounts.accounts import enable_account
from db.actions.admin.leaving import change_account, disable_account
from db.actions.doors.rounds import hand_over_patch
from db.actions.orders.offers import accept_swap, ask_swap, offer_order
from db.actions.orders.series import make_turns
from db.actions.orders.service import confirm_by_call
from db.actions.projects.projects import change_leader
from db.actions.volunteers.placements import claim_place, recommend_volunteer
from db.engine import as_system, reading, reading_as_system
from db.errors import BadInput, NotFound, Refused
from db.models import (
    Account,
    Opening,
    Order,
    OrderOffer,
    OrderSeries,
    Patch,
    Placement,
    ProgrammeStaff,
    Project,
    ThreadEntry,
    Volunteer,
)  # fmt: skip
from db.queries.admin.open_work import heirs, open_work
from db.queries.doors.rounds import patches
from db.queries.orders.dispatch import candidates
from db.queries.today.parts import ToDo
from db.queries.today.today import today_for
from db.queries.volunteers.openings import candidates as candidates_by_words
from db.rules.permissions import Actor
from db.terms import AssignmentState, Happening, OpenWork, OrderState, PlacementState, Rhythm, Role
from tests.builders.doors import a_household, a_patch
from tests.builders.orders import a_helper, a_service, accepted, an_order, offered, served
from tests.builders.people import a_programme, cleared
from tests.builders.projects import a_project
from tests.builders.volunteers import an_opening
from tests.builders.world import NOW, TODAY, World, another_actor, do, row


@pytest.fixture
def colleague(world: World) -> Actor:
    return another_actor(world, Role.AREA_WORKER, "shegong9")


def disable(world: World, account_id: int, **more: Any) -> None:
    do(world[Role.SUBDISTRICT_ADMIN], disable_account, account_id=account_id, **more)


def become(world: World, account_id: int, **changes: Any) -> None:
    account = row(world, Account, account_id)
    values = {"version": account.version, "name": account.name, "role": account.role, "community_id": world.here}
    admin = world[Role.SUBDISTRICT_ADMIN]
    do(admin, change_account, account_id=account_id, **values | {"sees_restricted": False} | changes)


def parts_of(account_id: int) -> list[str]:
    with reading_as_system("test") as session:
        return sorted(session.scalars(select(Patch.building).where(Patch.account_id == account_id)))


def lines_of(actor: Actor) -> dict[ToDo, int]:
    with reading(actor) as session:
        return {line.kind: line.count for line in today_for(session, actor, now=NOW).lines}


# --- doors -------------------------------------------------------------------------------------------------


def test_a_patch_goes_to_the_colleague_who_is_named_and_no_part_twice(world: World, colleague: Actor) -> None:
    a_patch(world, world.worker.id, "1幢", "2幢")
    a_patch(world, colleague.id, "2幢")

    disable(world, world.worker.id, patches_to=colleague.id)

    assert (parts_of(world.worker.id), parts_of(colleague.id)) == ([], ["1幢", "2幢"])
    assert ToDo.PATCHES_LEFT not in lines_of(world.secretary)


def test_a_patch_without_an_heir_is_shown_until_the_secretary_hands_it_over(world: World, colleague: Actor) -> None:
    a_patch(world, world.worker.id, "1幢", "2幢")

    disable(world, world.worker.id)

    assert lines_of(world.secretary)[ToDo.PATCHES_LEFT] == 2
    with reading(world.secretary) as session:
        left = [row for row in patches(session, world.here) if row.gone]
    assert [(one.account_id, len(one.parts)) for one in left] == [(world.worker.id, 2)]
    do(world.secretary, hand_over_patch, account_id=world.worker.id, heir_id=colleague.id)
    assert parts_of(colleague.id) == ["1幢", "2幢"]
    assert ToDo.PATCHES_LEFT not in lines_of(world.secretary)


@pytest.mark.parametrize("heir", ["secretary", "elsewhere", "themselves", "nobody"])
def test_a_patch_goes_to_nobody_who_cannot_walk_it(world: World, heir: str) -> None:
    a_patch(world, world.worker.id, "1幢")
    wrong = {
        "secretary": world.secretary.id, "themselves": world.worker.id, "nobody": 999_999,
        "elsewhere": another_actor(world, Role.AREA_WORKER, "there", community_id=world.there).id,
    }[heir]  # fmt: skip

    with pytest.raises(BadInput) as refused:
        disable(world, world.worker.id, patches_to=wrong)

    assert refused.value.field == "patches_to"
    assert row(world, Account, world.worker.id).disabled_at is None


# --- projects and teams --------------------------------------------------------------------------------------


def test_a_project_gets_its_new_leader_with_a_line_in_its_life(world: World, colleague: Actor) -> None:
    project = a_project(world, leader_id=world.worker.id)

    disable(world, world.worker.id, projects_to=colleague.id)

    assert row(world, Project, project).leader_id == colleague.id
    with reading_as_system("test") as session:
        line = session.scalars(select(ThreadEntry).where(ThreadEntry.kind == Happening.LEADER_CHANGED)).one()
    assert line.project_id == project
    assert set(line.values) >= {"before", "after"}


def test_a_project_without_an_heir_waits_for_the_secretary_who_names_one(world: World, colleague: Actor) -> None:
    project = a_project(world, leader_id=world.worker.id)

    disable(world, world.worker.id)

    assert lines_of(world.secretary)[ToDo.PROJECTS_LEFT] == 1
    version = row(world, Project, project).version
    do(world.secretary, change_leader, project_id=project, version=version, leader_id=colleague.id)
    assert ToDo.PROJECTS_LEFT not in lines_of(world.secretary)


def test_a_leader_who_becomes_a_volunteer_leads_no_more(world: World, colleague: Actor) -> None:
    project = a_project(world, leader_id=world.worker.id)
    account = row(world, Account, world.worker.id)

    do(
        world[Role.SUBDISTRICT_ADMIN], change_account, account_id=account.id, version=account.version, name="王芳",
        role=Role.VOLUNTEER, community_id=world.here, sees_restricted=False, projects_to=colleague.id,
    )  # fmt: skip

    assert row(world, Project, project).leader_id == colleague.id


def test_a_changed_name_hands_nothing_over(world: World, colleague: Actor) -> None:
    project = a_project(world, leader_id=world.worker.id)
    a_patch(world, world.worker.id, "1幢")
    account = row(world, Account, world.worker.id)

    do(
        world[Role.SUBDISTRICT_ADMIN], change_account, account_id=account.id, version=account.version, name="王方",
        role=Role.AREA_WORKER, community_id=world.here, sees_restricted=False, projects_to=colleague.id,
        patches_to=colleague.id,
    )  # fmt: skip

    assert row(world, Project, project).leader_id == world.worker.id
    assert parts_of(world.worker.id) == ["1幢"]


def test_the_places_of_whoever_leaves_are_free_again(world: World) -> None:
    project = a_project(world)
    opening = an_opening(world, project, places=1)
    helper, _volunteer = a_helper(world)
    do(helper, claim_place, opening_id=opening)

    disable(world, helper.id)

    assert row(world, Opening, opening).filled == 0
    with reading_as_system("test") as session:
        assert session.scalars(select(Placement.state)).all() == [PlacementState.LEFT]


# --- orders, series, programmes ------------------------------------------------------------------------------


@pytest.mark.parametrize("restricted", [False, True])
def test_the_orders_of_whoever_leaves_go_back_to_dispatch(world: World, restricted: bool) -> None:
    helper = a_helper(world)
    order = an_order(world)
    accepted(world, order, helper)
    with as_system("test") as session:
        session.get_one(Order, order).restricted = restricted

    disable(world, helper[0].id)

    with reading_as_system("test") as session:
        assert session.get_one(Order, order).state is OrderState.TAKEN
        assert session.scalars(select(OrderOffer.state)).all() == [AssignmentState.WITHDRAWN]


@pytest.mark.parametrize("state", [OrderState.DONE, OrderState.CONFIRMED])
def test_what_was_served_stays_with_whoever_leaves(world: World, state: OrderState) -> None:
    helper, order = a_helper(world), an_order(world)
    offer = served(world, order, helper)
    if state is OrderState.CONFIRMED:
        do(world.worker, confirm_by_call, order_id=order)

    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        assert OpenWork.ORDERS not in open_work(session, helper[0].id)
    disable(world, helper[0].id)

    assert (row(world, Order, order).state, row(world, OrderOffer, offer).state) == (state, AssignmentState.ACCEPTED)
    if state is OrderState.DONE:
        do(world.worker, confirm_by_call, order_id=order)
    assert row(world, Volunteer, helper[1]).minutes == 60


def test_nobody_waits_for_a_colleague_who_leaves(world: World) -> None:
    helper, colleague = a_helper(world), a_helper(world, "second")
    offer = accepted(world, an_order(world), helper)
    do(helper[0], ask_swap, offer_id=offer, reason="有事", to_number="V-SECOND")

    disable(world, colleague[0].id)

    assert row(world, OrderOffer, offer).swap_to_id is None
    with pytest.raises(NotFound):
        do(world.worker, accept_swap, offer_id=offer)


def test_a_colleague_whom_an_earlier_version_left_asked_does_not_go_instead(world: World) -> None:
    helper, colleague = a_helper(world), a_helper(world, "second")
    offer = accepted(world, an_order(world), helper)
    do(helper[0], ask_swap, offer_id=offer, reason="有事", to_number="V-SECOND")
    with as_system("test") as session:
        session.get_one(Account, colleague[0].id).disabled_at = NOW

    with pytest.raises(Refused, match="helper_gone"):
        do(world.worker, accept_swap, offer_id=offer)


@pytest.mark.parametrize("moved", ["role", "community"])
def test_nobody_is_asked_whose_account_cannot_answer_here_until_it_can(world: World, moved: str) -> None:
    helper, order = a_helper(world), an_order(world)
    changes: dict[str, Any] = {"role": Role.COUNCIL_MEMBER} if moved == "role" else {"community_id": world.there}

    become(world, helper[0].id, **changes)

    with reading(world.worker) as session:
        assert candidates(session, order, now=NOW) == ()
    with pytest.raises(Refused, match="helper_gone"):
        offered(world, order, helper[1])
    become(world, helper[0].id, role=Role.VOLUNTEER, community_id=world.here)
    assert offered(world, order, helper[1])


def test_nobody_is_asked_who_has_left(world: World) -> None:
    helper = a_helper(world)
    order = an_order(world)

    disable(world, helper[0].id)

    with reading(world.worker) as session:
        assert candidates(session, order, now=NOW) == ()
        assert candidates_by_words(session, words="") == []
    with pytest.raises(Refused) as refused:
        offered(world, order, helper[1])
    assert refused.value.rule == "helper_gone"
    opening = an_opening(world, a_project(world))
    with pytest.raises(Refused, match="helper_gone"):
        do(world.secretary, recommend_volunteer, opening_id=opening, volunteer_id=helper[1])


def a_series(world: World, volunteer: int) -> int:
    with as_system("test") as session:
        series = OrderSeries(
            community_id=world.here, service_id=a_service(world), household_id=a_household(world), rhythm=Rhythm.WEEKLY,
            volunteer_id=volunteer, starts_on=TODAY, next_on=TODAY, made_by=world.worker.id, made_at=NOW,
        )  # fmt: skip
        session.add(series)
        session.flush()
        return series.id


def test_a_series_goes_on_without_whoever_used_to_come(world: World) -> None:
    helper = a_helper(world)
    series = a_series(world, helper[1])

    disable(world, helper[0].id)
    do(world.worker, make_turns)

    assert row(world, OrderSeries, series).volunteer_id is None
    with reading_as_system("test") as session:
        assert session.scalars(select(OrderOffer.id)).all() == []
        assert len(session.scalars(select(Order.id)).all()) >= 1


def test_a_series_that_an_earlier_version_left_in_their_hands_asks_nobody_either(world: World) -> None:
    helper = a_helper(world)
    a_series(world, helper[1])
    with as_system("test") as session:
        session.get_one(Account, helper[0].id).disabled_at = NOW

    do(world.worker, make_turns)

    with reading_as_system("test") as session:
        assert session.scalars(select(OrderOffer.id)).all() == []


def test_a_programme_whose_only_staff_leaves_is_named_to_the_secretary(world: World) -> None:
    staff = cleared(world)
    a_programme(staff)

    disable(world, staff.id)

    with reading_as_system("test") as session:
        assert None not in session.scalars(select(ProgrammeStaff.until)).all()
    assert lines_of(world.secretary)[ToDo.PROGRAMMES_LEFT] == 1


# --- what is listed first --------------------------------------------------------------------------------------


def test_what_somebody_has_in_hand_is_named_before_they_leave(world: World, colleague: Actor) -> None:
    a_patch(world, world.worker.id, "1幢", "2幢")
    a_project(world, title="楼道照明改造", leader_id=world.worker.id)

    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        work, able = open_work(session, world.worker.id), heirs(session, world.worker.id)

    assert {kind: of.count for kind, of in work.items()} == {OpenWork.PATCHES: 2, OpenWork.PROJECTS: 1}
    assert work[OpenWork.PROJECTS].named == ("楼道照明改造",)
    assert [one.id for one in able[OpenWork.PATCHES]] == [colleague.id]
    assert world.secretary.id in {one.id for one in able[OpenWork.PROJECTS]}


def test_restricted_work_is_counted_and_not_named(world: World) -> None:
    helper = a_helper(world)
    order = an_order(world)
    accepted(world, order, helper)
    with as_system("test") as session:
        session.get_one(Order, order).restricted = True

    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        found = open_work(session, helper[0].id)

    assert (found[OpenWork.ORDERS].count, found[OpenWork.ORDERS].named) == (1, ())


def test_an_account_that_is_enabled_again_begins_with_nothing(world: World, colleague: Actor) -> None:
    a_patch(world, world.worker.id, "1幢")

    disable(world, world.worker.id, patches_to=colleague.id)
    do(world[Role.SUBDISTRICT_ADMIN], enable_account, account_id=world.worker.id)

    with reading(world[Role.SUBDISTRICT_ADMIN]) as session:
        assert open_work(session, world.worker.id) == {}


def test_an_offer_to_somebody_who_was_just_disabled_is_refused(world: World) -> None:
    helper = a_helper(world)
    order = an_order(world)
    disable(world, helper[0].id)

    with pytest.raises(Refused, match="helper_gone"):
        do(world.worker, offer_order, order_id=order, volunteer_id=helper[1])

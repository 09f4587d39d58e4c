"""What the start page counts of doors, orders, complaints and incoming messages, and for whom."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import union_all

from db.engine import as_system, reading
from db.models import (
    Complaint,
    DoorConflict,
    HoursClaim,
    Household,
    Intake,
    Order,
    OrderCase,
    OrderOffer,
    Patch,
    Person,
    Poster,
    Service,
)
from db.queries.today.moments import told
from db.queries.today.parts import ToDo
from db.queries.today.today import parts_of, today_for
from db.rules.permissions import Actor
from db.terms import (
    AssignmentState,
    ComplaintState,
    HoursDoubt,
    HouseholdKind,
    IntakeState,
    NeedSource,
    OrderCaseKind,
    OrderChannel,
    OrderState,
    PosterKind,
    Role,
    ServiceGroup,
)
from tests.builders.doors import a_household
from tests.builders.projects import a_project
from tests.builders.rota import a_plain_rota, a_plain_turn, a_post, a_slot
from tests.builders.volunteers import a_volunteer, an_activity
from tests.builders.world import NOW, TODAY, World

YESTERDAY, NEXT_MONTH = TODAY - timedelta(days=1), TODAY + timedelta(days=30)


def added(row: Any) -> int:
    with as_system("test") as session:
        session.add(row)
        session.flush()
        number: int = row.id
    return number


def test_doors_due_are_counted_as_they_are_listed(world: World) -> None:
    """The count goes kind by kind along an index; the list behind it asks the one condition."""
    days = (None, YESTERDAY, TODAY, NEXT_MONTH)
    doors = [(kind, day, restricted) for kind in HouseholdKind for day in days for restricted in (False, True)]
    for number, (kind, day, restricted) in enumerate(doors):
        facts = {"kind": kind, "due_on": day, "restricted": restricted}
        added(
            Household(
                community_id=world.here, place_id=world.place, building="1幢", stairwell="", room=str(number),
                door_index=str(number), **facts,
            )
        )  # fmt: skip

    waiting = parts_of(Role.SECRETARY)[ToDo.DOORS_DUE]
    with reading(world.secretary) as session:
        values = told(world.secretary, NOW)
        listed = session.scalars(waiting.ids(), values).all()
        rows = session.execute(union_all(waiting.counted(), waiting.counted()), values).all()

    assert [tuple(row) for row in rows] == [(ToDo.DOORS_DUE.value, 5, min(listed), None)] * 2
    assert len(listed) == 5


def test_the_one_door_that_is_due_is_led_to(world: World) -> None:
    with reading(world.secretary) as session:
        assert ToDo.DOORS_DUE not in {line.kind for line in today_for(session, world.secretary, now=NOW).lines}
    door = added(
        Household(
            community_id=world.here, place_id=world.place, building="1幢", stairwell="", room="101",
            door_index="101", due_on=TODAY,
        )
    )  # fmt: skip

    with reading(world.secretary) as session:
        lines = today_for(session, world.secretary, now=NOW).lines

    assert [line.only for line in lines if line.kind is ToDo.DOORS_DUE] == [door]


def counts(actor: Actor) -> dict[ToDo, int]:
    with reading(actor) as session:
        return {line.kind: line.count for line in today_for(session, actor, now=NOW).lines}


def an_order(world: World, number: str, **more: Any) -> int:
    service = added(Service(subdistrict_id=world.subdistrict, name=f"量血压{number}", group=ServiceGroup.HEALTH))
    values = {"state": OrderState.TAKEN, "place_id": world.place, "channel": OrderChannel.PHONE} | more
    return added(
        Order(
            community_id=world.here,
            number=number,
            service_id=service,
            made_by=world.worker.id,
            made_at=NOW,
            state_since=NOW,
            **values,
        )
    )


def a_complaint(world: World, number: str, **more: Any) -> int:
    return added(
        Complaint(
            community_id=more.pop("community_id", world.here),
            number=number,
            title="油烟扰民",
            description="油烟进屋",
            source=NeedSource.CALL,
            category_id=world.categories[0],
            place_id=world.place,
            received_on=TODAY,
            logged_at=NOW,
            logged_by=world.worker.id,
            state_since=NOW,
            **more,
        )
    )


def due(household: int, kind: HouseholdKind = HouseholdKind.ORDINARY, building: str = "") -> None:
    with as_system("test") as session:
        row = session.get_one(Household, household)
        row.due_on, row.kind = YESTERDAY, kind
        row.building = building or row.building


def test_doors_are_counted_that_are_due_and_high_risk_ones_are_pressing(world: World) -> None:
    due(a_household(world, "101"))
    due(a_household(world, "102"), HouseholdKind.HIGH_RISK)
    a_household(world, "103")

    found = counts(world.worker)

    assert (found[ToDo.DOORS_DUE], found[ToDo.DOORS_OVERDUE]) == (1, 1)


def test_a_worker_with_a_patch_is_told_of_its_doors_only_the_secretary_of_all(world: World) -> None:
    due(a_household(world, "101"), building="1幢")
    due(a_household(world, "102"), building="2幢")
    added(Patch(community_id=world.here, account_id=world.worker.id, place_id=world.place, building="2幢"))

    assert counts(world.worker)[ToDo.DOORS_DUE] == 1
    assert counts(world.secretary)[ToDo.DOORS_DUE] == 2


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({"state": OrderState.WAITING}, {ToDo.ORDERS_TO_DISPATCH: 1}),
        ({"answer_due_at": NOW - timedelta(hours=1)}, {ToDo.ORDERS_LATE: 1}),
        ({"state": OrderState.OFFERED, "answer_due_at": NOW - timedelta(hours=1)}, {ToDo.ORDERS_LATE: 1}),
        ({"state": OrderState.ACCEPTED, "answer_due_at": NOW - timedelta(hours=1)}, {}),
        ({"state": OrderState.IN_SERVICE, "finish_due_on": YESTERDAY}, {ToDo.ORDERS_LATE: 1}),
        ({"state": OrderState.DONE, "finish_due_on": YESTERDAY}, {ToDo.ORDERS_TO_CONFIRM: 1}),
        ({"state": OrderState.CLOSED, "finish_due_on": YESTERDAY}, {}),
        ({"state": OrderState.CANCELLED, "answer_due_at": NOW - timedelta(days=9)}, {}),
    ],
)
def test_an_order_is_counted_for_what_it_waits_for(
    world: World, order: dict[str, Any], expected: dict[ToDo, int]
) -> None:
    an_order(world, "LL-D2026-0001", **order)

    found = counts(world.worker)

    of_orders = (ToDo.ORDERS_TO_DISPATCH, ToDo.ORDERS_LATE, ToDo.ORDERS_TO_CONFIRM)
    assert {kind: found[kind] for kind in of_orders if kind in found} == expected


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        ({"due_on": NEXT_MONTH}, {ToDo.COMPLAINTS_TO_HAND_OVER: 1}),
        ({"due_on": YESTERDAY}, {ToDo.COMPLAINTS_LATE: 1}),
        ({"state": ComplaintState.HANDED_OVER, "due_on": YESTERDAY}, {ToDo.COMPLAINTS_LATE: 1}),
        ({"state": ComplaintState.REPLIED, "due_on": YESTERDAY}, {ToDo.COMPLAINTS_TO_REVISIT: 1}),
        ({"state": ComplaintState.REOPENED}, {ToDo.COMPLAINTS_TO_HAND_OVER: 1}),
        ({"state": ComplaintState.CLOSED, "due_on": YESTERDAY}, {}),
    ],
)
def test_a_complaint_is_counted_for_what_it_waits_for(
    world: World, complaint: dict[str, Any], expected: dict[ToDo, int]
) -> None:
    a_complaint(world, "LL-T2026-0001", **complaint)
    a_complaint(world, "HT-T2026-0001", community_id=world.there, state=ComplaintState.REPLIED)

    found = counts(world.worker)

    of_complaints = (ToDo.COMPLAINTS_TO_HAND_OVER, ToDo.COMPLAINTS_LATE, ToDo.COMPLAINTS_TO_REVISIT)
    assert {kind: found[kind] for kind in of_complaints if kind in found} == expected


def test_an_incoming_message_and_a_conflict_wait_for_the_desk(world: World) -> None:
    poster = added(
        Poster(community_id=world.here, kind=PosterKind.REPORT, name="骑手 7 号", code="c", code_index="i",
               made_by=world.worker.id, made_at=NOW)
    )  # fmt: skip
    for number, state in enumerate(IntakeState):
        added(
            Intake(community_id=world.here, poster_id=poster, kind=PosterKind.REPORT, request_key=f"k{number}",
                   receipt=f"r{number}", what="井盖松动", received_at=NOW, state=state)
        )  # fmt: skip
    for settled in (None, NOW):
        added(
            DoorConflict(community_id=world.here, household_id=a_household(world, f"20{bool(settled):d}"),
                         field="door_note", before="", mine="晚七点后", theirs="有狗", account_id=world.worker.id,
                         at=NOW, settled_at=settled)
        )  # fmt: skip

    for role in (Role.SECRETARY, Role.AREA_WORKER):
        assert counts(world[role])[ToDo.INTAKE] == 1
        assert counts(world[role])[ToDo.CONFLICTS] == 1
    assert ToDo.INTAKE not in counts(world[Role.VOLUNTEER])


def test_cases_of_ratings_and_records_past_their_date_are_the_secretarys(world: World) -> None:
    order = an_order(world, "LL-D2026-0002", state=OrderState.REVISITED)
    added(
        OrderCase(community_id=world.here, order_id=order, kind=OrderCaseKind.FOLLOW_UP, words="没修好",
                  due_on=NEXT_MONTH, opened_by=world.worker.id, opened_at=NOW)
    )  # fmt: skip
    household = a_household(world, "301")
    for erased, keep_until in ((None, YESTERDAY), (NOW, YESTERDAY), (None, NEXT_MONTH)):
        added(
            Person(
                community_id=world.here, household_id=household, name="某人", keep_until=keep_until, erased_at=erased
            )
        )

    found = counts(world.secretary)

    assert (found[ToDo.ORDER_CASES], found[ToDo.RETENTION]) == (1, 1)
    assert not {ToDo.ORDER_CASES, ToDo.RETENTION} & set(counts(world.worker))


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TEAM_LEADER])
def test_a_helper_is_told_of_own_offers_and_turns_only(world: World, role: Role) -> None:
    mine = a_volunteer(world, "V001", account_id=world[role].id)
    other = a_volunteer(world, "V002")
    wanted = {
        1: (mine, AssignmentState.OFFERED, OrderState.OFFERED, TODAY),
        2: (mine, AssignmentState.ACCEPTED, OrderState.ACCEPTED, TODAY),
        3: (mine, AssignmentState.ACCEPTED, OrderState.ACCEPTED, NEXT_MONTH),
        4: (mine, AssignmentState.DECLINED, OrderState.TAKEN, TODAY),
        5: (other, AssignmentState.OFFERED, OrderState.OFFERED, TODAY),
    }
    for number, (volunteer, offer, state, on) in wanted.items():
        order = an_order(world, f"LL-D2026-001{number}", state=state, wanted_on=on)
        added(
            OrderOffer(community_id=world.here, order_id=order, volunteer_id=volunteer, state=offer, reasons=[],
                       account_id=world[role].id if volunteer == mine else None, offered_by=world.worker.id,
                       offered_at=NOW)
        )  # fmt: skip

    found = counts(world[role])

    assert (found[ToDo.OFFERS], found[ToDo.MY_TURNS]) == (1, 1)
    assert ToDo.SWAPS not in found


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TEAM_LEADER])
def test_a_helper_is_told_of_the_own_slots_of_the_week_only(world: World, role: Role) -> None:
    mine, other = a_volunteer(world, "V001", account_id=world[role].id), a_volunteer(world, "V002")
    rota = a_plain_rota(world)
    post = a_post(world, rota)
    tomorrow, later = (
        a_slot(world, rota, post, TODAY + timedelta(days=1), places=2),
        a_slot(world, rota, post, NEXT_MONTH),
    )
    for slot, who in ((tomorrow, mine), (tomorrow, other), (later, mine)):
        a_plain_turn(world, slot, who)

    assert counts(world[role])[ToDo.MY_SLOTS] == 1


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TEAM_LEADER])
def test_slots_that_lack_people_are_offered_to_who_has_nothing_at_that_time(world: World, role: Role) -> None:
    mine, tomorrow = a_volunteer(world, "V001", account_id=world[role].id), TODAY + timedelta(days=1)
    rota = a_plain_rota(world)
    gate, exit_ = a_post(world, rota, "进站口"), a_post(world, rota, "出站口")
    held = a_slot(world, rota, gate, tomorrow, 8, hours=3, places=2)
    a_slot(world, rota, exit_, tomorrow, 10, hours=3)
    a_slot(world, rota, exit_, tomorrow, 14, hours=3)
    assert counts(world[role])[ToDo.OPEN_SLOTS] == 3

    a_plain_turn(world, held, mine)

    assert counts(world[role])[ToDo.OPEN_SLOTS] == 1


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.TEAM_LEADER])
def test_a_helper_is_told_that_a_colleague_asks_for_a_swap(world: World, role: Role) -> None:
    mine, other = a_volunteer(world, "V001", account_id=world[role].id), a_volunteer(world, "V002")
    for number, asked in enumerate((mine, other)):
        order = an_order(world, f"LL-D2026-002{number}", state=OrderState.ACCEPTED)
        added(
            OrderOffer(community_id=world.here, order_id=order, volunteer_id=other, state=AssignmentState.ACCEPTED,
                       reasons=[], offered_by=world.worker.id, offered_at=NOW, swap_to_id=asked)
        )  # fmt: skip

    assert counts(world[role])[ToDo.SWAPS] == 1


def test_hours_in_doubt_wait_for_everybody_but_who_claimed_them(world: World) -> None:
    activity_id, volunteer_id = an_activity(world, a_project(world, starts_on=TODAY)), a_volunteer(world)
    with as_system("test") as session:
        claim = {"minutes": 60, "doubt": HoursDoubt.LONG_AGO, "reason": "补记", "claimed_by": world.worker.id}
        about = {"activity_id": activity_id, "volunteer_id": volunteer_id, "on": TODAY, "claimed_at": NOW}
        session.add(HoursClaim(community_id=world.here, **about, **claim))

    assert counts(world.secretary)[ToDo.HOURS_TO_CHECK] == 1
    assert ToDo.HOURS_TO_CHECK not in counts(world.worker)

"""The seven figures on both engines: what counts, what does not, and that other pages and the rows behind agree."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from db import counters
from db.actions.complaints.complaints import reopen_complaint
from db.actions.members.roll import leave_roll
from db.audit import UNAUDITED
from db.engine import as_system, reading
from db.models import Member, Project, ServiceRecord
from db.queries.members.active import active_on
from db.queries.orders.figures import order_figures
from db.queries.results.counted import Chosen
from db.queries.results.figures import base, who_served
from db.queries.results.rows import KINDS, rows_behind
from db.rules.results.period import period
from db.terms import MemberLeave, ProjectKind, ResultFigure, Role, Satisfaction
from tests.builders.complaints import a_complaint, closed, replied, revisited, version_of
from tests.builders.members import a_branch, a_party_member, at_version
from tests.builders.orders import a_helper, a_service, an_order, rated, served
from tests.builders.projects import a_project
from tests.builders.results import counted_for
from tests.builders.volunteers import a_volunteer, served_hours
from tests.builders.world import NOW, TODAY, World, do

F, S = ResultFigure, Satisfaction


def linked(world: World, branch: int, name: str, volunteer: int, **more: Any) -> int:
    member = a_party_member(world, branch, name, **more)
    with as_system("test") as session:
        session.execute(
            update(Member).where(Member.id == member).values(volunteer_id=volunteer), execution_options=UNAUDITED
        )
    return member


def test_members_take_part_by_a_record_and_the_roll_of_the_last_day_is_the_base(world: World) -> None:
    branch = a_branch(world)
    busy, idle, fresh = (a_volunteer(world, number) for number in ("V1", "V2", "V3"))
    linked(world, branch, "郑一", busy)
    linked(world, branch, "郑二", idle)
    a_party_member(world, branch, "郑三")
    linked(world, branch, "郑新", fresh, since=date(2026, 3, 2))
    served_hours(world, busy, on=TODAY)
    served_hours(world, busy, on=date(2026, 2, 10))
    served_hours(world, fresh, on=date(2026, 3, 3))
    served_hours(world, idle, 0)

    found = counted_for(world)

    assert (found.participation.part, found.participation.whole) == (2, 4)
    assert (found.before.part, found.before.whole) == (1, 3)


def test_who_took_part_is_asked_of_the_roll_and_found_as_in_every_record(world: World) -> None:
    """The plain rule: all records of the period, then those of the roll among them."""
    branch, helper = a_branch(world), a_helper(world)
    people = [a_volunteer(world, f"V{number}") for number in range(1, 6)]
    for number, person in enumerate(people[:3]):
        linked(world, branch, f"郑{number}", person)
    linked(world, branch, "郑接单", helper[1])
    rated(world, an_order(world), helper, S.SATISFIED)
    for person in people:
        served_hours(world, person, on=TODAY)
    served_hours(world, people[0], on=date(2026, 2, 10))
    served_hours(world, people[1], 0, on=TODAY - timedelta(days=1))
    gone = linked(world, branch, "郑走", people[3])
    do(world.secretary, leave_roll, **at_version(gone), on=date(2026, 2, 20), cause=MemberLeave.TRANSFERRED)

    shown, then = Chosen(period("2026-03", today=TODAY)), Chosen(period("2026-02", today=TODAY))
    with reading(world.secretary) as session:
        found = who_served(session, shown, then)
        every = session.execute(select(ServiceRecord.volunteer_id, ServiceRecord.on, ServiceRecord.minutes)).all()
        roll = active_on(session, [one.period.until for one in (shown, then)])

    with_link = {one.volunteer_id for members in roll for one in members}
    assert with_link == {*people[:3], helper[1]}
    for one, chosen in zip(found, (shown, then), strict=True):
        noted = {who for who, on, minutes in every if minutes and chosen.period.since <= on <= chosen.period.until}
        assert one == (noted | ({helper[1]} if chosen is shown else set())) & with_link
    assert people[4] not in found[0]


def test_a_member_who_left_in_the_period_is_in_neither_part_and_named_apart(world: World) -> None:
    branch, volunteer = a_branch(world), a_volunteer(world)
    member = linked(world, branch, "郑走", volunteer)
    served_hours(world, volunteer, on=date(2026, 3, 2))
    a_party_member(world, branch, "郑留")
    do(world.secretary, leave_roll, **at_version(member), on=date(2026, 3, 3), cause=MemberLeave.TRANSFERRED)

    found = counted_for(world)

    assert (found.participation.part, found.participation.whole, found.left) == (0, 1, 1)


def test_without_members_there_is_no_base(world: World) -> None:
    found = counted_for(world)

    assert found.participation.value is None
    assert found.opinions.satisfied.value is None
    assert found.minutes.change is None


def test_an_order_done_counts_for_its_helper_who_is_a_member(world: World) -> None:
    helper = a_helper(world)
    linked(world, a_branch(world), "郑一", helper[1])
    rated(world, an_order(world), helper, S.SATISFIED)

    assert counted_for(world).participation.part == 1


def test_matters_end_once_and_only_what_the_asker_confirmed_is_solved(world: World) -> None:
    helper, service = a_helper(world), a_service(world)
    rated(world, an_order(world, service), helper, S.VERY_SATISFIED)
    rated(world, an_order(world, service), helper, S.DISSATISFIED, "没有做好", now=NOW - timedelta(hours=3))
    served(world, an_order(world, service), helper, now=NOW - timedelta(hours=6))
    closed(world, a_complaint(world))

    found = counted_for(world)

    assert (found.matters.solved, found.matters.answered, found.matters.referred) == (2, 2, 0)


def test_a_solved_matter_that_is_reopened_is_not_solved_any_more(world: World) -> None:
    complaint = closed(world, a_complaint(world))
    assert counted_for(world).matters.solved == 1

    version = version_of(world, complaint)
    do(world.secretary, reopen_complaint, complaint_id=complaint, version=version, reason="又冒烟")

    assert (counted_for(world).matters.solved, counted_for(world).matters.whole) == (0, 0)


def test_hours_of_a_month_stand_beside_the_same_days_of_last_year(world: World) -> None:
    volunteer = a_volunteer(world)
    served_hours(world, volunteer, 300, on=date(2025, 3, 4))
    served_hours(world, volunteer, 300, on=date(2025, 3, 20))
    served_hours(world, volunteer, 480, on=date(2026, 3, 4))
    with as_system("test") as session:
        counters.recount(session)

    found = counted_for(world)
    assert (found.minutes.before, found.minutes.now) == (300, 480)
    later = counted_for(world, today=date(2026, 4, 1))
    assert (later.minutes.before, later.minutes.now) == (600, 480)


def test_what_orders_say_is_what_the_page_of_orders_says(world: World) -> None:
    helper, service = a_helper(world), a_service(world)
    for n, rating in enumerate((S.VERY_SATISFIED, S.SATISFIED, S.FAIR, S.NO_REPLY)):
        rated(world, an_order(world, service), helper, rating, now=NOW - timedelta(hours=2 * n))
    replied_only = replied(world, a_complaint(world))

    found = counted_for(world)
    with reading(world.secretary) as session:
        page = order_figures(session, today=TODAY)

    orders = found.of_orders.satisfied
    assert (orders.part, orders.whole) == (page.satisfied.numerator, page.satisfied.denominator) == (2, 3)
    assert found.orders == page.sessions == 4
    assert (found.opinions.replied.part, found.opinions.replied.whole) == (3, 5)
    assert replied_only
    assert (found.people, found.wishes) == (1, 4)


def test_a_livelihood_project_is_led_by_a_member_through_the_account(world: World) -> None:
    leader = world[Role.TEAM_LEADER]
    member = a_party_member(world, a_branch(world))
    with as_system("test") as session:
        session.execute(
            update(Member).where(Member.id == member).values(account_id=leader.id), execution_options=UNAUDITED
        )
    for who in (leader.id, world.worker.id):
        project = a_project(world, kind=ProjectKind.LIVELIHOOD, leader_id=who)
        with as_system("test") as session:
            session.execute(
                update(Project).where(Project.id == project).values(set_up_at=NOW - timedelta(days=9)),
                execution_options=UNAUDITED,
            )
    a_project(world, title="别的", leader_id=leader.id)

    found = counted_for(world)

    assert (found.livelihood.part, found.livelihood.whole) == (1, 2)


def test_another_community_is_another_base(world: World) -> None:
    a_party_member(world, a_branch(world))

    assert counted_for(world, by=world.other_secretary).participation.whole == 0
    assert counted_for(world, by=world[Role.SUBDISTRICT_ADMIN], community_id=world.there).participation.whole == 0
    assert counted_for(world, by=world[Role.SUBDISTRICT_ADMIN]).participation.whole == 1
    assert counted_for(world, by=world[Role.DISTRICT_VIEWER]).participation.whole == 1


def test_the_rows_behind_are_as_many_as_the_figure_says(world: World) -> None:
    helper, service = a_helper(world), a_service(world)
    linked(world, a_branch(world), "郑一", helper[1])
    for n, rating in enumerate((S.VERY_SATISFIED, S.DISSATISFIED)):
        rated(world, an_order(world, service), helper, rating, "一般", now=NOW - timedelta(hours=2 * n))
    revisited(world, replied(world, a_complaint(world)))
    served_hours(world, helper[1])
    found, shown = counted_for(world), Chosen(period("2026-03", today=TODAY))

    with reading(world.secretary) as session:
        rows = {what: sum(len(rows_behind(session, what, kind, shown).rows) for kind in KINDS[what]) for what in F}
        bases = {what: base(session, what, shown) for what in F}

    assert bases == {what: found.base(what) for what in F}
    assert rows[F.PARTICIPATION] == found.participation.part == 1
    assert rows[F.SOLVED] == found.matters.whole
    assert rows[F.SATISFACTION] == found.opinions.satisfied.whole
    assert rows[F.SESSIONS] == found.activities + found.orders == 3
    assert rows[F.BENEFICIARIES] == found.wishes == 2
    assert rows[F.HOURS] == 3

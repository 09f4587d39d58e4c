"""我的服务 counts what was served from every source, and shows what waits."""

from datetime import date, timedelta

from db.actions.volunteers.placements import accept_placement, recommend_volunteer
from db.engine import as_system, reading
from db.models import HoursClaim, ServiceRecord
from db.queries.today.my_service import activities_of, coming, served_by
from db.rules.permissions import Actor
from db.terms import HoursDoubt, TurnState
from tests.builders.orders import a_helper, accepted, an_order
from tests.builders.projects import a_project
from tests.builders.rota import a_plain_rota, a_plain_turn, a_post, a_slot
from tests.builders.volunteers import an_activity, an_opening
from tests.builders.world import NOW, TODAY, World, do


def record(world: World, helper: tuple[Actor, int], minutes: int, on: date, **source: int) -> None:
    with as_system("test") as session:
        session.add(
            ServiceRecord(
                community_id=world.here,
                volunteer_id=helper[1],
                account_id=helper[0].id,
                on=on,
                minutes=minutes,
                recorded_at=NOW,
                recorded_by=world.worker.id,
                **source,
            )
        )


def test_hours_of_slots_and_activities_stand_together_by_month(world: World) -> None:
    person, volunteer = helper = a_helper(world)
    rota = a_plain_rota(world)
    slot = a_slot(world, rota, a_post(world, rota), TODAY - timedelta(days=1))
    record(world, helper, 180, TODAY - timedelta(days=1), slot_id=slot)
    record(world, helper, 60, TODAY - timedelta(days=30), activity_id=an_activity(world, a_project(world)))
    with as_system("test") as session:
        session.add(
            HoursClaim(
                community_id=world.here,
                volunteer_id=volunteer,
                account_id=person.id,
                slot_id=slot,
                on=TODAY,
                minutes=90,
                doubt=next(iter(HoursDoubt)),
                reason="补登",
                claimed_by=world.worker.id,
                claimed_at=NOW,
            )
        )
    with reading(person) as session:
        found = served_by(session, person.id, now=NOW)
    assert found.months == ((date(2026, 3, 1), 180), (date(2026, 2, 1), 60))
    assert [one.title for one in found.latest] == ["春运志愿服务 · 南广场引导", "换灯"]
    assert (found.waiting, found.waiting_minutes) == (1, 90)


def test_what_was_given_back_or_served_is_no_date_any_more(world: World) -> None:
    person, volunteer = a_helper(world)
    rota = a_plain_rota(world)
    post = a_post(world, rota)
    for hour, state in ((8, TurnState.GIVEN_BACK), (11, TurnState.SERVED), (14, TurnState.TAKEN)):
        a_plain_turn(world, a_slot(world, rota, post, TODAY + timedelta(days=1), hour), volunteer, state)

    with reading(person) as session:
        assert [one.starts_at.hour for one in coming(session, person.id, now=NOW) if one.starts_at] == [6]


def test_nothing_of_a_colleague_is_seen(world: World) -> None:
    person, _volunteer = a_helper(world)
    colleague = a_helper(world, "colleague")
    accepted(world, an_order(world), colleague)
    rota = a_plain_rota(world)
    a_plain_turn(world, a_slot(world, rota, a_post(world, rota), TODAY + timedelta(days=1)), colleague[1])

    with reading(person) as session:
        assert coming(session, person.id, now=NOW) == ()


def test_activities_of_the_own_project_are_dates(world: World) -> None:
    person, volunteer = a_helper(world)
    project = a_project(world)
    asked = do(world.worker, recommend_volunteer, opening_id=an_opening(world, project), volunteer_id=volunteer)
    activity = an_activity(world, project, TODAY + timedelta(days=3))
    with reading(person) as session:
        assert activities_of(session, person.id, since=TODAY, until=TODAY + timedelta(days=9)) == []
    do(world.secretary, accept_placement, placement_id=asked, version=1)

    with reading(person) as session:
        assert [one.id for one in coming(session, person.id, now=NOW)] == [activity]

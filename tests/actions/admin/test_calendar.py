"""A day off or on that is set later: running periods follow it, or stay and say why; no page contradicts itself."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from db.actions.admin.settings import forget_day, set_day
from db.actions.complaints.complaints import record_contact
from db.engine import as_system, reading, reading_as_system
from db.models import (
    Community,
    Complaint,
    HolidayOverride,
    MovedPeriod,
    Notice,
    Order,
    OrderCase,
    Service,
    Subdistrict,
    ThreadEntry,
)
from db.queries.complaints.page import complaint
from db.queries.council.notices import notice
from db.queries.orders.page import order_facts
from db.terms import Happening, PeriodKept, Role, Satisfaction
from tests.builders.complaints import a_complaint, handed_over
from tests.builders.council import a_notice
from tests.builders.orders import a_helper, an_order, rated
from tests.builders.world import NOW, TODAY, World, do, row

FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)
HALF_PAST_TEN = datetime(2026, 3, 6, 2, 30, tzinfo=UTC)


def called(world: World, day: date, *, works: bool, now: datetime = NOW) -> dict[str, int]:
    """What the subdistrict's word about a day did to the periods."""
    done: dict[str, int] = do(world[Role.SUBDISTRICT_ADMIN], set_day, on=day, workday=works, note="停电检修", now=now)
    return done


def kept(world: World) -> list[PeriodKept | None]:
    with reading_as_system("test") as session:
        return list(session.scalars(select(MovedPeriod.kept).order_by(MovedPeriod.id)))


# --- what follows ---------------------------------------------------------------------------------------


def test_a_notice_keeps_its_working_days_and_its_need_is_told(world: World) -> None:
    posted = a_notice(world, working_days=5)
    assert row(world, Notice, posted).ends_on == date(2026, 3, 12)

    done = called(world, FRIDAY, works=False)

    with reading(world.secretary) as session:
        facts = notice(session, posted, today=TODAY)
        told = session.scalars(select(ThreadEntry).where(ThreadEntry.kind == Happening.NOTICE_MOVED)).one()
    assert done == {"moved": 1, "kept": 0}
    assert (facts.ends_on, facts.working_days, facts.days_left) == (date(2026, 3, 13), 5, 5)
    assert told.values == {"ends_on": "2026-03-13", "on": "2026-03-06"}
    (line,) = facts.moved
    assert (line.day, line.workday, line.kept, line.exact) == (FRIDAY, False, None, False)


def test_the_time_to_accept_an_order_does_not_run_on_the_day_off(world: World) -> None:
    order = an_order(world)
    assert row(world, Order, order).answer_due_at == HALF_PAST_TEN

    called(world, FRIDAY, works=False)

    with reading(world.worker) as session:
        facts = order_facts(session, order, now=NOW)
    assert facts is not None
    assert facts.answer_due_at == HALF_PAST_TEN + timedelta(days=3)
    assert [(one.before, one.after, one.exact) for one in facts.moved] == [
        (HALF_PAST_TEN, HALF_PAST_TEN + timedelta(days=3), True)
    ]


def test_a_complaints_two_times_follow(world: World) -> None:
    number = a_complaint(world)

    done = called(world, FRIDAY, works=False)

    with reading(world.secretary) as session:
        facts = complaint(session, number, today=TODAY)
    assert done == {"moved": 2, "kept": 0}
    assert (facts.contact_due_at, facts.due_on) == (HALF_PAST_TEN + timedelta(days=3), date(2026, 3, 17))
    assert sorted(one.exact for one in facts.moved) == [False, True]


def test_who_was_contacted_needs_no_other_time(world: World) -> None:
    number = a_complaint(world)
    do(world.worker, record_contact, complaint_id=number, version=row(world, Complaint, number).version, said="说过了")

    assert called(world, FRIDAY, works=False) == {"moved": 1, "kept": 0}


def test_the_follow_up_of_a_bad_rating_follows(world: World) -> None:
    rated(world, an_order(world), a_helper(world), Satisfaction.DISSATISFIED, "没有来")

    called(world, FRIDAY, works=False)

    with reading_as_system("test") as session:
        assert session.scalars(select(OrderCase.due_on)).all() == [date(2026, 3, 11)]


def test_a_restricted_order_follows_though_whoever_sets_the_day_does_not_see_it(world: World) -> None:
    order = an_order(world)
    with as_system("test") as session:
        session.get_one(Order, order).restricted = True

    assert called(world, FRIDAY, works=False) == {"moved": 1, "kept": 0}
    with reading_as_system("test") as session:
        assert session.get_one(Order, order).answer_due_at == HALF_PAST_TEN + timedelta(days=3)


def test_a_day_that_people_work_after_all_brings_a_time_forward_and_back(world: World) -> None:
    number = a_complaint(world)

    called(world, SATURDAY, works=True)
    earlier = row(world, Complaint, number).due_on
    with reading_as_system("test") as session:
        override = session.scalars(select(HolidayOverride)).one()
    do(world[Role.SUBDISTRICT_ADMIN], forget_day, override_id=override.id, version=override.version)

    assert (earlier, row(world, Complaint, number).due_on) == (date(2026, 3, 13), date(2026, 3, 16))


def test_hours_that_the_service_had_when_it_was_ordered_are_the_ones_that_count(world: World) -> None:
    order = an_order(world)
    with as_system("test") as session:
        session.get_one(Service, session.get_one(Order, order).service_id).answer_hours = 4

    called(world, FRIDAY, works=False)

    assert row(world, Order, order).answer_due_at == HALF_PAST_TEN + timedelta(days=3)


def test_a_day_that_changes_nothing_moves_nothing(world: World) -> None:
    a_notice(world)
    an_order(world)

    assert called(world, FRIDAY, works=True) == {"moved": 0, "kept": 0}
    assert called(world, date(2026, 6, 1), works=False) == {"moved": 0, "kept": 0}
    assert kept(world) == []


# --- what stays, and says why ---------------------------------------------------------------------------


def test_what_is_over_stays_over(world: World) -> None:
    posted, order = a_notice(world, working_days=5), an_order(world)

    done = called(world, FRIDAY, works=False, now=NOW + timedelta(days=10))

    assert done == {"moved": 0, "kept": 2}
    assert kept(world) == [PeriodKept.OVER, PeriodKept.OVER]
    assert row(world, Notice, posted).ends_on == date(2026, 3, 12)
    assert row(world, Order, order).answer_due_at == HALF_PAST_TEN


def test_a_notice_never_ends_before_the_day_that_was_posted(world: World) -> None:
    posted = a_notice(world, working_days=5)

    assert called(world, SATURDAY, works=True) == {"moved": 0, "kept": 1}
    assert kept(world) == [PeriodKept.PROMISED]
    assert row(world, Notice, posted).ends_on == date(2026, 3, 12)


def test_a_day_that_a_person_set_stays(world: World) -> None:
    number = handed_over(world, a_complaint(world))
    before = row(world, Complaint, number).due_on

    called(world, FRIDAY, works=False)

    assert row(world, Complaint, number).due_on == before
    assert PeriodKept.BY_HAND in kept(world)


def test_a_time_never_moves_into_the_past(world: World) -> None:
    number = a_complaint(world)
    now = datetime(2026, 3, 16, 2, tzinfo=UTC)

    called(world, SATURDAY, works=True, now=now)

    assert row(world, Complaint, number).due_on == date(2026, 3, 16)


def test_other_subdistricts_keep_their_calendar(world: World) -> None:
    """Their days are their own, and so are their periods."""
    an_order(world)
    with as_system("test") as session:
        other = Subdistrict(name="别的街道", district="别的区")
        session.add(other)
        session.flush()
        session.get_one(Community, world.here).subdistrict_id = other.id

    assert called(world, FRIDAY, works=False) == {"moved": 0, "kept": 0}

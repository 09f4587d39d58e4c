"""Hours from every source add up to one day, and what can hardly be true counts only by a second person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.orders.service import confirm_by_call, finish_service, report_not_done, start_service
from db.actions.volunteers.activities import Served, plan_activity
from db.actions.volunteers.hours import correct_order_hours, correct_service, spells_of
from db.actions.volunteers.placements import accept_placement, recommend_volunteer
from db.actions.volunteers.settling import settle_hours
from db.engine import as_system, reading
from db.errors import BadInput, NotPermitted, Problem, Refused
from db.models import Activity, HoursClaim, Order, ServiceDay, ServiceRecord, Volunteer, VolunteerEvent
from db.queries.volunteers.card import volunteer_card
from db.queries.volunteers.hours import open_claims
from db.rules.permissions import Actor
from db.rules.zone import CHINA
from db.terms import HoursDoubt, Role, VolunteerChange
from tests.builders.orders import a_helper, a_service, accepted, an_order
from tests.builders.projects import a_project
from tests.builders.volunteers import a_member, a_slot, a_volunteer, an_activity, an_opening, credit_slot, report
from tests.builders.world import NOW, TODAY, World, another_actor, do, row

Helper = tuple[Actor, int]


def in_team(world: World, project_id: int, volunteer_id: int) -> None:
    asked = do(world.worker, recommend_volunteer, opening_id=an_opening(world, project_id), volunteer_id=volunteer_id)
    do(world.secretary, accept_placement, placement_id=asked, version=1)


def started(world: World, helper: Helper, *, begins: datetime = NOW, service: int | None = None) -> int:
    order = an_order(world, service or a_service(world, f"陪护{begins}"))
    accepted(world, order, helper)
    do(helper[0], start_service, order_id=order, now=begins)
    return order


def finish(helper: Helper, order: int, minutes: int, at: datetime, **more: Any) -> None:
    do(helper[0], finish_service, order_id=order, done="陪护", minutes=minutes, now=at, **more)


def served(world: World, helper: Helper, begins: datetime, minutes: int) -> int:
    order = started(world, helper, begins=begins)
    finish(helper, order, minutes, begins + timedelta(minutes=minutes))
    return order


def minutes_of(world: World, volunteer_id: int) -> int:
    minutes: int = row(world, Volunteer, volunteer_id).minutes
    return minutes


def claims(world: World) -> list[HoursClaim]:
    with reading(world.secretary) as session:
        return list(session.scalars(select(HoursClaim).order_by(HoursClaim.id)))


# --- one limit over all sources --------------------------------------------------------------------------------


def test_an_order_finds_no_room_on_a_day_that_an_activity_fills(world: World) -> None:
    project_id, helper = a_project(world, starts_on=TODAY), a_helper(world)
    in_team(world, project_id, helper[1])
    report(world, an_activity(world, project_id), Served(helper[1], 720, "台风值守"), now=NOW + timedelta(hours=2))

    with pytest.raises(BadInput) as told:
        served(world, helper, NOW, 480)

    assert (told.value.field, told.value.problem) == ("minutes", Problem.DAY_FULL)
    assert (told.value.values["minutes"], told.value.values["named"]) == (1200, "换灯")


def test_an_activity_finds_no_room_on_a_day_that_orders_fill(world: World) -> None:
    project_id, helper = a_project(world, starts_on=TODAY), a_helper(world)
    in_team(world, project_id, helper[1])
    order = served(world, helper, NOW - timedelta(hours=9), 480)

    with pytest.raises(BadInput) as told:
        report(world, an_activity(world, project_id), Served(helper[1], 300))

    assert (told.value.field, told.value.problem) == (f"minutes_{helper[1]}", Problem.DAY_FULL)
    assert (told.value.values["minutes"], told.value.values["named"]) == (780, row(world, Order, order).number)


def test_hours_that_wait_are_on_the_day_too(world: World) -> None:
    helper = a_helper(world)
    finish(helper, started(world, helper), 480, NOW + timedelta(minutes=1), why="早上忘了点开始")

    with pytest.raises(BadInput) as told:
        served(world, helper, NOW + timedelta(hours=2), 300)

    assert told.value.problem is Problem.DAY_FULL


def test_a_service_over_midnight_counts_on_both_days(world: World) -> None:
    """22:00 to 04:00 leaves ten hours of the first day and eight of the second."""
    helper, midnight = a_helper(world), NOW + timedelta(hours=13, minutes=30)
    served(world, helper, midnight - timedelta(hours=2), 360)
    served(world, helper, midnight - timedelta(hours=11), 480)

    with pytest.raises(BadInput) as told:
        served(world, helper, midnight - timedelta(hours=12, minutes=30), 150)
    served(world, helper, midnight + timedelta(hours=4), 480)

    assert (told.value.problem, told.value.values["day"]) == (Problem.DAY_FULL, "2026-03-05")


def test_a_correction_cannot_fill_a_day_beyond_its_limit(world: World) -> None:
    project_id, helper = a_project(world, starts_on=TODAY), a_helper(world)
    in_team(world, project_id, helper[1])
    report(world, an_activity(world, project_id), Served(helper[1], 300))
    order = served(world, helper, NOW + timedelta(hours=1), 240)
    do(world.worker, confirm_by_call, order_id=order)
    with reading(world.secretary) as session:
        record_id = session.scalars(select(ServiceRecord.id)).one()

    for act, which in ((correct_service, {"record_id": record_id}), (correct_order_hours, {"order_id": order})):
        with pytest.raises(BadInput) as told:
            do(world.secretary, act, minutes=510 if act is correct_service else 450, reason="签到表", **which)
        assert told.value.problem is Problem.DAY_FULL
    do(world.secretary, correct_order_hours, order_id=order, minutes=420, reason="签到表")

    assert minutes_of(world, helper[1]) == 720
    with reading(world.secretary) as session:
        assert session.scalars(select(ServiceDay.minutes)).all() == [720]


def test_two_who_confirm_at_once_do_not_fill_a_day_beyond_its_limit(world: World) -> None:
    """Orders that were served before one limit held: of three of eight hours the residents' word lets in one."""
    helper = a_helper(world)
    orders = [served(world, helper, NOW + timedelta(hours=n), 60) for n in range(3)]
    with as_system("test") as session:
        for order in orders:
            session.get_one(Order, order).minutes = 480

    def confirm(order: int) -> str:
        try:
            do(world.worker, confirm_by_call, order_id=order, now=NOW + timedelta(hours=9))
        except Refused as refused:
            return refused.rule
        return "in"

    # All three stand on the day; two are put right first, so that one more fits.
    assert confirm(orders[0]) == "day_too_long"
    do(world.secretary, correct_order_hours, order_id=orders[0], minutes=120, reason="实际两小时")
    do(world.secretary, correct_order_hours, order_id=orders[1], minutes=120, reason="实际两小时")
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(confirm, orders)) == ["in"] * 3

    assert minutes_of(world, helper[1]) == 720


def test_two_orders_that_end_at_once_do_not_both_take_the_last_hours(world: World) -> None:
    helper = a_helper(world)
    service = a_service(world)
    orders = [started(world, helper, service=service) for _ in range(2)]

    def end(order: int) -> str:
        try:
            finish(helper, order, 480, NOW + timedelta(hours=8), why="两家都去了")
        except BadInput as bad:
            return bad.problem.value
        return "in"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(end, orders)) == ["day_full", "in"]


def test_a_report_and_an_order_at_once_do_not_both_take_the_last_hours(world: World) -> None:
    project_id, helper = a_project(world, starts_on=TODAY), a_helper(world)
    in_team(world, project_id, helper[1])
    activity_id, order = an_activity(world, project_id), started(world, helper)
    later = NOW + timedelta(hours=8)

    def credit(which: str) -> str:
        try:
            if which == "order":
                finish(helper, order, 480, later)
            else:
                report(world, activity_id, Served(helper[1], 480), now=later)
        except BadInput as bad:
            return bad.problem.value
        return "in"

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(credit, ("order", "report")))

    assert results == ["day_full", "in"]


# --- what can hardly be true -----------------------------------------------------------------------------------


def test_more_than_the_time_since_the_start_is_asked_and_waits_for_a_second_person(world: World) -> None:
    helper = a_helper(world)
    order, soon = started(world, helper), NOW + timedelta(minutes=1)

    with pytest.raises(BadInput) as told:
        finish(helper, order, 480, soon)
    finish(helper, order, 480, soon, why="早上忘了点开始")
    do(world.worker, confirm_by_call, order_id=order)

    assert (told.value.field, told.value.values["doubt"]) == ("minutes", HoursDoubt.SINCE_START)
    (claim,) = claims(world)
    assert (claim.minutes, claim.doubt, claim.reason) == (480, HoursDoubt.SINCE_START, "早上忘了点开始")
    assert (row(world, Order, order).minutes, minutes_of(world, helper[1])) == (None, 0)

    do(world.worker, settle_hours, claim_ids=[claim.id], counted=True, word="家属电话核对过")

    assert (row(world, Order, order).minutes, minutes_of(world, helper[1])) == (480, 480)
    with reading(world.secretary) as session:
        (event,) = session.scalars(select(VolunteerEvent)).all()
    assert (event.kind, event.before, event.after, event.reason, event.by) == (
        VolunteerChange.HOURS_CHECKED, "2026-03-05 480", "480", "家属电话核对过", world.worker.id,
    )  # fmt: skip
    with reading(world.secretary) as session:
        assert session.scalars(select(ServiceDay.minutes)).all() == [480]


def test_what_counts_before_the_resident_has_spoken_enters_the_sum_with_the_residents_word(world: World) -> None:
    helper = a_helper(world)
    order = started(world, helper)
    finish(helper, order, 240, NOW + timedelta(minutes=1), why="忘了点开始")

    do(world.worker, settle_hours, claim_ids=[claims(world)[0].id], counted=True, word="核对过")
    before = minutes_of(world, helper[1])
    do(world.worker, confirm_by_call, order_id=order)

    assert (before, minutes_of(world, helper[1])) == (0, 240)


@pytest.mark.parametrize("minutes", [30, 60])
def test_the_usual_length_of_a_service_is_believed(world: World, minutes: int) -> None:
    """Hands are full on the way in: many press 开始 at the end."""
    helper = a_helper(world)

    finish(helper, started(world, helper), minutes, NOW)

    assert claims(world) == []


def test_an_activity_cannot_last_longer_than_the_day_has_been(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)

    with pytest.raises(BadInput) as told:
        report(world, activity_id, Served(one, 480), began=time(9, 0))

    assert (told.value.field, told.value.values["doubt"]) == (f"minutes_{one}", HoursDoubt.SINCE_START)
    with pytest.raises(BadInput, match="began"):
        report(world, activity_id, Served(one, 60), began=time(11, 0))


@pytest.mark.parametrize(
    ("on", "since", "ended", "doubt"),
    [
        (TODAY - timedelta(days=3), TODAY, None, HoursDoubt.BEFORE_JOINED),
        (TODAY - timedelta(days=3), date(2025, 1, 1), TODAY - timedelta(days=4), HoursDoubt.AFTER_END),
        (TODAY - timedelta(days=11), date(2025, 1, 1), None, HoursDoubt.LONG_AGO),
    ],
)
def test_hours_of_a_day_that_does_not_fit_the_volunteer_wait(
    world: World, on: date, since: date, ended: date | None, doubt: HoursDoubt
) -> None:
    project_id = a_project(world, starts_on=TODAY - timedelta(days=60))
    one = a_member(world, project_id)
    with as_system("test") as session:
        volunteer = session.get_one(Volunteer, one)
        volunteer.since, volunteer.ended_on = since, ended
    activity_id = an_activity(world, project_id, on)

    with pytest.raises(BadInput) as told:
        report(world, activity_id, Served(one, 60))
    counted = report(world, activity_id, Served(one, 60, "当时没有登记"))

    assert (told.value.problem, told.value.values["doubt"], counted) == (Problem.DOUBTFUL, doubt, 0)
    assert minutes_of(world, one) == 0
    do(world.worker, settle_hours, claim_ids=[claims(world)[0].id], counted=True, word="有签到表")
    assert minutes_of(world, one) == 60
    with reading(world.secretary) as session:
        assert session.scalars(select(ServiceRecord.minutes)).all() == [60]


def test_ten_days_late_is_not_asked(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY - timedelta(days=60))

    report(world, an_activity(world, project_id, TODAY - timedelta(days=10)), Served(a_member(world, project_id), 60))

    assert claims(world) == []


def test_two_services_at_the_same_time_are_named(world: World) -> None:
    project_id, helper = a_project(world, starts_on=TODAY), a_helper(world)
    in_team(world, project_id, helper[1])
    report(world, an_activity(world, project_id), Served(helper[1], 120), began=time(8, 30))
    order = started(world, helper, begins=NOW - timedelta(hours=1))  # 09:30

    with pytest.raises(BadInput) as told:
        finish(helper, order, 60, NOW)
    finish(helper, started(world, helper, begins=NOW), 60, NOW + timedelta(hours=1))

    assert (told.value.values["doubt"], told.value.values["named"]) == (HoursDoubt.OVERLAP, "换灯 08:30–10:30")
    assert claims(world) == []


def test_whoever_claims_does_not_decide(world: World) -> None:
    helper = a_helper(world)
    order = started(world, helper)
    do(world.worker, finish_service, order_id=order, done="陪护", minutes=480, why="电话里说的", now=NOW)
    (claim,) = claims(world)

    with pytest.raises(Refused, match="claim_own"):
        do(world.worker, settle_hours, claim_ids=[claim.id], counted=True, word="核对过")
    do(world.secretary, settle_hours, claim_ids=[claim.id], counted=False, word="家属说只来了一小时")
    with pytest.raises(Refused, match="claim_settled"):
        do(world.secretary, settle_hours, claim_ids=[claim.id], counted=True, word="又想了想")
    do(world.worker, confirm_by_call, order_id=order)

    (claim,) = claims(world)
    assert (claim.counted, claim.settled_by, minutes_of(world, helper[1])) == (False, world.secretary.id, 0)
    do(world.secretary, correct_order_hours, order_id=order, minutes=60, reason="家属电话")
    assert minutes_of(world, helper[1]) == 60


def test_two_who_decide_at_once_decide_once(world: World) -> None:
    helper = a_helper(world)
    order = started(world, helper)
    finish(helper, order, 480, NOW, why="忘了点开始")
    do(world.worker, confirm_by_call, order_id=order)
    claim, people = claims(world)[0].id, [world.worker, world.secretary]

    def decide(actor: Actor) -> str:
        try:
            do(actor, settle_hours, claim_ids=[claim], counted=True, word="核对过")
        except Refused as refused:
            return refused.rule
        return "in"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, people)) == ["claim_settled", "in"]

    assert minutes_of(world, helper[1]) == 480


def test_an_order_that_was_not_done_takes_its_claim_along(world: World) -> None:
    helper = a_helper(world)
    order = started(world, helper)
    finish(helper, order, 480, NOW, why="忘了点开始")

    do(world.worker, report_not_done, order_id=order, reason="没有来")

    (claim,) = claims(world)
    assert (claim.settled_at, claim.settled_by, claim.counted) == (NOW, None, None)


def test_hours_are_raised_by_somebody_else_than_who_recorded_them(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY)
    one, activity_id = a_member(world, project_id), an_activity(world, project_id)
    report(world, activity_id, Served(one, 60))
    with as_system("test") as session:
        record = session.scalars(select(ServiceRecord)).one()
        record.recorded_by, record_id = world.secretary.id, record.id

    with pytest.raises(Refused, match="hours_second_person"):
        do(world.secretary, correct_service, record_id=record_id, minutes=120, reason="签到表")
    do(world.worker, correct_service, record_id=record_id, minutes=120, reason="签到表")
    do(world.secretary, correct_service, record_id=record_id, minutes=30, reason="早退")

    assert minutes_of(world, one) == 30


def test_the_hours_of_an_order_that_was_not_served_are_not_corrected(world: World) -> None:
    helper = a_helper(world)

    with pytest.raises(Refused, match="order_not_served"):
        do(world.secretary, correct_order_hours, order_id=started(world, helper), minutes=60, reason="签到表")


def test_open_hours_are_decided_before_they_are_corrected(world: World) -> None:
    helper = a_helper(world)
    order = started(world, helper)
    finish(helper, order, 480, NOW, why="忘了点开始")

    with pytest.raises(Refused, match="claim_open"):
        do(world.secretary, correct_order_hours, order_id=order, minutes=60, reason="签到表")


# --- days that are slips of the finger -------------------------------------------------------------------------


def test_an_activity_far_ahead_is_asked_about(world: World) -> None:
    project_id = a_project(world, starts_on=TODAY, due_on=TODAY + timedelta(days=90))
    values = {"project_id": project_id, "title": "换灯", "place": "1幢", "needed": 2}
    far = TODAY + timedelta(days=91)

    with pytest.raises(BadInput) as told:
        do(world.secretary, plan_activity, on=far, **values)
    planned = do(world.secretary, plan_activity, on=far, sure=True, **values)
    with pytest.raises(BadInput) as never:
        do(world.secretary, plan_activity, on=date(2062, 3, 5), sure=True, **values)

    assert (told.value.field, told.value.problem) == ("on", Problem.FAR_DAY)
    assert row(world, Activity, planned).on == far
    assert never.value.problem is Problem.TOO_LATE


def test_a_leader_does_not_decide_about_hours(world: World) -> None:
    with pytest.raises(NotPermitted):
        do(another_actor(world, Role.TEAM_LEADER, "leader2"), settle_hours, claim_ids=[1], counted=True, word="好")


# --- hours of a slot, and long sheets ---------------------------------------------------------------------------


def test_a_slot_counts_on_the_same_day_as_everything_else(world: World) -> None:
    project_id, helper = a_project(world, starts_on=TODAY), a_helper(world)
    in_team(world, project_id, helper[1])
    report(world, an_activity(world, project_id), Served(helper[1], 690, "台风值守"), now=NOW + timedelta(hours=2))

    with pytest.raises(BadInput) as told:
        credit_slot(world, a_slot(world, NOW - timedelta(hours=3)), helper[1], 120)

    assert (told.value.problem, told.value.values["minutes"], told.value.values["named"]) == (
        Problem.DAY_FULL, 810, "换灯",
    )  # fmt: skip


def test_two_slots_at_one_time_wait_for_a_second_person_and_then_count(world: World) -> None:
    _, volunteer = a_helper(world)
    credit_slot(world, a_slot(world, NOW - timedelta(hours=3)), volunteer, 120)
    second = a_slot(world, NOW - timedelta(hours=2, minutes=30), title="铁路志愿", post="进站口")

    at_once = credit_slot(world, second, volunteer, 120, note="两边都签到了")

    (claim,) = claims(world)
    assert (at_once, claim.slot_id, claim.doubt) == (0, second, HoursDoubt.OVERLAP)
    assert claim.named.startswith("春运志愿 安检口")
    with reading(world.worker) as session:
        assert open_claims(session, world.worker.id).rows[0].what == "铁路志愿 进站口"
    do(world.worker, settle_hours, claim_ids=[claim.id], counted=True, word="问过两个站")
    assert minutes_of(world, volunteer) == 240


def test_a_night_slot_fills_the_days_on_which_it_lies(world: World) -> None:
    _, volunteer = a_helper(world)
    evening = datetime.combine(TODAY, time(22), CHINA) - timedelta(days=1)
    night = a_slot(world, evening, hours=8)

    credit_slot(world, night, volunteer, 480)

    with reading(world.secretary) as session:
        (spell,) = spells_of(session, [volunteer], TODAY)[volunteer]
        record = session.scalars(select(ServiceRecord)).one()
    assert spell.minutes_by_day == {TODAY: 360, TODAY - timedelta(days=1): 120}
    assert (record.on, record.slot_id) == (TODAY - timedelta(days=1), night)


def test_hours_of_a_slot_are_corrected_like_others_and_stand_on_the_card(world: World) -> None:
    _, volunteer = a_helper(world)
    credit_slot(world, a_slot(world, NOW - timedelta(hours=3)), volunteer, 120)
    with reading(world.worker) as session:
        record_id = session.scalars(select(ServiceRecord.id)).one()

    do(world.worker, correct_service, record_id=record_id, minutes=60, reason="早走了一小时")

    with reading(world.worker) as session:
        card = volunteer_card(session, volunteer)
    assert card
    assert [(one.activity, one.minutes, one.first_minutes) for one in card.services] == [("春运志愿 安检口", 60, 120)]
    assert card.minutes == 60


def test_a_sheet_of_more_than_twenty_rows_waits_for_a_second_person_without_a_word_at_each(world: World) -> None:
    slot, people = a_slot(world, NOW - timedelta(hours=3)), [a_volunteer(world, f"V{n:03}") for n in range(2)]

    short = credit_slot(world, slot, people[0], 120, sheet=20)
    long = credit_slot(world, slot, people[1], 120, sheet=21)

    (claim,) = claims(world)
    assert (short, long, claim.doubt, claim.named) == (120, 0, HoursDoubt.LARGE_SHEET, "21")

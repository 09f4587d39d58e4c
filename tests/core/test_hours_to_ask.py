"""Whose hours are asked about is marked when they are written: never fewer than the rule finds over everything."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db import counters, hours_to_ask
from db.actions.orders.ratings import close_order
from db.actions.orders.service import confirm_by_call
from db.actions.volunteers.merges import merge_volunteers, undo_volunteer_merge
from db.audit import UNAUDITED
from db.engine import as_system, reading, reading_as_system
from db.models import Activity, HoursToAsk, Order, OrderOffer, RecordedHours, ServiceRecord, Slot, Volunteer
from db.queries.activities.activities import year_of
from db.queries.volunteers.integrity import findings_of
from db.rules.activities.months import next_month
from db.rules.volunteers.integrity import Found, Tenure, findings
from db.rules.zone import CHINA
from db.terms import AssignmentState, OrderState, Satisfaction
from db.upkeep.verify import CHECKS
from tests.builders.orders import a_helper, a_service, an_order
from tests.builders.orders import served as served_order
from tests.builders.volunteers import a_slot, a_volunteer
from tests.builders.world import World, do

MONTHS = (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1))
STATES = (AssignmentState.ACCEPTED, AssignmentState.SWAPPED)


def asked_over_everything(session: Session, month: date) -> list[Found]:
    """The rule over all hours of a month, as if nothing were marked."""
    after = next_month(month)
    tenures = {one.id: Tenure(one.since, one.ended_on) for one in session.scalars(select(Volunteer))}
    hands = select(ServiceRecord.recorded_by, func.count()).where(
        ServiceRecord.on >= month, ServiceRecord.on < after, ServiceRecord.minutes > 0
    )
    counted = dict(session.execute(hands.group_by(ServiceRecord.recorded_by)).all())
    return findings(hours_to_ask.entries_of(session, month, after), tenures, month, counted)


def compared(world: World) -> None:
    """The marks are those of the facts, and the page finds in each month what the rule finds over everything."""
    with reading_as_system("test") as session:
        assert hours_to_ask.kept(session) == hours_to_ask.from_facts(session)
    with reading(world.secretary) as session:
        for month in MONTHS:
            wanted, shown = asked_over_everything(session, month), findings_of(session, month)
            assert [one.key for one in shown.rows] == [one.key for one in wanted]
            entries = hours_to_ask.entries_of(session, month, next_month(month))
            assert (shown.total, shown.entries) == (len(wanted), len(entries))
        at_activities = select(func.coalesce(func.sum(ServiceRecord.minutes), 0)).where(
            ServiceRecord.activity_id.is_not(None)
        )
        assert year_of(session, 2026).minutes == session.scalar(at_activities)


def a_record(session: Session, world: World, who: int, **source: Any) -> ServiceRecord:
    record = ServiceRecord(
        community_id=world.here, volunteer_id=who, on=date(2026, 3, 5), minutes=120,
        recorded_at=datetime(2026, 3, 5, 23, tzinfo=CHINA), recorded_by=world.worker.id, **source,
    )  # fmt: skip
    session.add(record)
    session.flush()
    return record


MEASURES = ("order", "taken_back", "offer", "handed_over", "tenure", "activity", "slot")
RECORDS = ("removed", "day", "late", "minutes", "struck", "objection", "moved", "hand")


def changed(session: Session, world: World, ids: dict[str, list[int]], what: str, which: int, n: int) -> None:
    """One thing that can happen to hours, or to what they are measured by."""
    day = MONTHS[n % 3] + timedelta(days=n % 6)
    at, who = datetime(day.year, day.month, day.day, 7 + n % 5, tzinfo=CHINA), ids["who"][n % 2]
    if what in MEASURES:
        measures: dict[str, tuple[Any, dict[str, Any]]] = {
            "order": (Order, {"ended_at": at, "minutes": 30 * (n % 12), "started_at": at - timedelta(hours=n % 6)}),
            "taken_back": (Order, {"state": (OrderState.CLOSED, OrderState.CANCELLED)[n % 2]}),
            "offer": (OrderOffer, {"state": STATES[n % 2]}),
            "handed_over": (OrderOffer, {"volunteer_id": who}),
            "tenure": (Volunteer, {"since": (date(2025, 1, 1), day)[which % 2], "ended_on": (None, day)[n % 2]}),
            "activity": (Activity, {"began_at": (at, None)[n % 2]}),
            "slot": (Slot, {"starts_at": at, "ends_at": at + timedelta(hours=1 + n % 4)}),
        }
        model, values = measures[what]
        row: Any = session.get_one(model, ids[model.__tablename__][which % 2])
    else:
        row = session.get(ServiceRecord, ids["service_record"][which])
        records: dict[str, dict[str, Any]] = {
            "removed": {},
            "day": {"on": day},
            "late": {"on": day, "recorded_at": at + timedelta(days=n)},
            "minutes": {"minutes": 30 * (n % 20)},
            "struck": {"minutes": 0},
            "objection": {"agreed": n % 2 == 0, "objection": "我只去了一小时" if n % 2 == 0 else ""},
            "moved": {"volunteer_id": who},
            "hand": {"recorded_by": (world.worker.id, world.secretary.id)[n % 2]},
        }
        values = records[what]
    if row is not None and what == "removed":
        session.delete(row)
    for name, value in values.items() if row is not None else ():
        setattr(row, name, value)


def a_ground(world: World) -> dict[str, list[int]]:
    """Two volunteers with two activities, two slots and two orders."""
    helpers = [a_helper(world, f"helper{n}") for n in (1, 2)]
    who = [helper[1] for helper in helpers]
    ids = {"who": who, "volunteer": who}
    ids["slot"] = [a_slot(world, datetime(2026, 3, 5, hour, tzinfo=CHINA)) for hour in (8, 14)]
    ids["service_order"] = [an_order(world, a_service(world, name)) for name in ("代买菜", "陪诊")]
    for order, helper in zip(ids["service_order"], helpers, strict=True):
        served_order(world, order, helper)
        do(world.worker, confirm_by_call, order_id=order, rating=Satisfaction.SATISFIED)
        do(world.worker, close_order, order_id=order)
    with as_system("test") as session:
        activities = [
            Activity(community_id=world.here, title="换灯", on=date(2026, 3, 5), place="1幢", needed=2) for _ in (1, 2)
        ]
        session.add_all(activities)
        session.flush()
        ids["activity"] = [one.id for one in activities]
        offers = (
            select(OrderOffer.id).where(OrderOffer.order_id.in_(ids["service_order"])).order_by(OrderOffer.order_id)
        )
        ids["order_offer"] = list(session.scalars(offers))
        sources = [("activity_id", key) for key in ids["activity"]] + [("slot_id", key) for key in ids["slot"]]
        ids["service_record"] = [
            a_record(session, world, ids["who"][n % 2], **{name: key}).id for n, (name, key) in enumerate(sources)
        ]
    return ids


@pytest.mark.parametrize("seed", range(4))
def test_the_page_finds_what_the_rule_finds_over_everything(world: World, seed: int) -> None:
    ids, chance = a_ground(world), random.Random(seed)
    found = 0

    for _ in range(30):
        with as_system("test") as session:
            what = chance.choice([*MEASURES, *RECORDS])
            changed(session, world, ids, what, chance.randrange(4), chance.randrange(24))
        compared(world)
        found += len(marked())

    assert found, "nothing was ever asked about"


def test_two_entries_that_were_made_one_are_asked_about_together_and_apart_no_more(world: World) -> None:
    kept, other = a_volunteer(world, "1"), a_volunteer(world, "2")
    early, late = (a_slot(world, datetime(2026, 3, 5, hour, tzinfo=CHINA), hours=3) for hour in (8, 9))
    with as_system("test") as session:
        a_record(session, world, kept, slot_id=early).minutes = 180
        a_record(session, world, other, slot_id=late).minutes = 180
        for who in (kept, other):
            session.get_one(Volunteer, who).minutes = 180
    compared(world)

    merge = do(world.secretary, merge_volunteers, kept_id=kept, other_id=other)
    together = marked()
    compared(world)
    do(world.secretary, undo_volunteer_merge, merge_id=merge)

    assert together == [kept]
    assert marked() == []
    compared(world)


def marked() -> list[int]:
    with reading_as_system("test") as session:
        return list(session.scalars(select(HoursToAsk.volunteer_id)))


@pytest.mark.parametrize("table", [HoursToAsk, RecordedHours])
def test_marks_that_are_missing_are_told_by_verify_and_written_anew(world: World, table: Any) -> None:
    slot = a_slot(world, datetime(2026, 3, 5, 8, tzinfo=CHINA))
    with as_system("test") as session:
        a_record(session, world, a_volunteer(world), slot_id=slot).minutes = 600
    assert (len(marked()), told()) == (1, "")

    with as_system("test") as session:
        session.execute(delete(table), execution_options=UNAUDITED)
    assert told() == table.__tablename__
    with as_system("test") as session:
        hours_to_ask.renew(session)
        counters.recount(session)

    assert (len(marked()), told()) == (1, "")


def told() -> str:
    """What `db verify` says of it."""
    with reading_as_system("test") as session:
        return CHECKS["counters agree with the needs"](session)

"""What stands alone and says nothing is passed by in the database; what the rule asks about is found all the same."""

from datetime import date, datetime, timedelta

from db.engine import as_system, reading
from db.models import ServiceRecord, Volunteer
from db.queries.volunteers.integrity import findings_of
from db.rules.zone import CHINA
from db.terms import HoursFinding
from tests.builders.volunteers import a_slot, a_volunteer
from tests.builders.world import World

MONTH = date(2026, 3, 1)


def served(world: World, who: int, day: int, hour: int = 9, *, hours: int = 2, written: int = 0) -> None:
    """A slot of March and its record, written down `written` days later."""
    begins = datetime(2026, 3, day, hour, tzinfo=CHINA)
    slot = a_slot(world, begins, hours=hours)
    with as_system("test") as session:
        session.add(
            ServiceRecord(
                community_id=world.here,
                slot_id=slot,
                volunteer_id=who,
                on=begins.date(),
                minutes=hours * 60,
                recorded_at=begins.replace(hour=23) + timedelta(days=written),
                recorded_by=world.worker.id,
            )
        )


def test_every_doubt_of_a_month_is_found_and_every_record_counted(world: World) -> None:
    served(world, a_volunteer(world, "alone"), 5)
    apart = a_volunteer(world, "apart")
    served(world, apart, 2)
    served(world, apart, 6)
    for number, day, written in (("first", 1, 11), ("tenth", 10, 11), ("last", 31, 11), ("early-enough", 10, 10)):
        served(world, a_volunteer(world, number), day, written=written)
    before = a_volunteer(world, "before")
    with as_system("test") as session:
        session.get_one(Volunteer, before).since = date(2026, 3, 20)
    served(world, before, 19)
    served(world, a_volunteer(world, "after", ended_on=date(2026, 3, 10)), 11)
    night, busy = a_volunteer(world, "night"), a_volunteer(world, "busy")
    served(world, night, 12, 22, hours=4)
    served(world, night, 13, 1)
    served(world, busy, 20, 7, hours=5)
    served(world, busy, 20, 13, hours=4)

    with reading(world.secretary) as session:
        found = findings_of(session, MONTH)

    assert [(one.kind, one.who.split()[0]) for one in found.rows] == [
        (HoursFinding.BACKDATED, "first"),
        (HoursFinding.BACKDATED, "tenth"),
        (HoursFinding.AFTER_END, "after"),
        (HoursFinding.BEFORE_JOINED, "before"),
        (HoursFinding.BACKDATED, "last"),
        (HoursFinding.OVERLAP, "night"),
        (HoursFinding.LONG_DAY, "busy"),
    ]
    assert (found.total, found.entries) == (7, 13)

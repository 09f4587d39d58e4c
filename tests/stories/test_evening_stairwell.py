"""An evening in a stairwell without signal: one worker, two phones, and a colleague at the desk who changed a hint."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from db.actions.doors.household_facts import amend_household, settle_conflict
from db.engine import reading, reading_as_system
from db.models import Need, Visit
from db.queries.offline.doors import taken_along
from db.queries.offline.phones import conflicts
from db.rules.doors.visit_plan import SHUT_TWICE
from db.terms import HouseholdKind, Role, VisitOutcome
from tests.builders.offline import a_phone, a_stairwell, a_wish, send, the_household
from tests.builders.world import NOW, TODAY, World, another_actor, do

EVENING = NOW - timedelta(hours=14)
"""Half past eight of the evening before; the phones find a network the next morning."""
NOTHING = {"kind": "ordinary", "door_note": ""}


def test_two_phones_a_stairwell_without_signal_and_a_colleague_who_changed_the_same_hint(world: World) -> None:
    shut, met, key = a_stairwell(world, 3)
    colleague = another_actor(world, Role.AREA_WORKER, "colleague")
    first, second = a_phone(world.worker, "工作机"), a_phone(world.worker, "自己的手机")
    with reading(world.worker) as session:
        assert {door.id for door in taken_along(session, world.worker.id, today=TODAY).doors} == {shut, met, key}

    # Meanwhile, at the desk: the colleague was told on the telephone when somebody is in.
    do(colleague, amend_household, household_id=met, base=NOTHING, wanted={"door_note": "周末在家"})

    # In the morning both phones find a network; each sends what it wrote, in its order, and some of it twice.
    evening: dict[str, Any] = {"said": EVENING, "sent": NOW}
    for phone, at in ((first, EVENING), (second, EVENING + timedelta(minutes=20))):
        for _ in range(2):
            knocked = {"household_id": shut, "outcome": "not_in"}
            send(phone, "visit", knocked, key=f"shut-{phone[:20]}", said=at, sent=NOW)
    visit = send(first, "visit", {"household_id": met, "outcome": "met"}, key="visit-met-evening", **evening)
    wish = a_wish(world, description="单元门关不上，晚上不放心", urgency="urgent")
    need = send(first, "need", wish, key="need-met-evening", after="visit-met-evening", **evening)
    hint = {"household_id": met, "base": NOTHING, "wanted": {"kind": "ordinary", "door_note": "晚七点后在家"}}
    told = send(first, "facts", hint, **evening)
    send(second, "facts", {"household_id": key, "base": NOTHING, "wanted": NOTHING | {"kind": "key"}}, **evening)

    # The door that stayed shut twice is to be tried in the evening; who was met is not due any more.
    with reading(world.worker) as session:
        doors = {door.id: door for door in taken_along(session, world.worker.id, today=TODAY).doors}
        (waiting,) = conflicts(session, world.worker)
    assert doors[shut].tries == SHUT_TWICE
    assert doors[shut].evening
    assert met not in doors
    assert doors[key].kind is HouseholdKind.KEY
    with reading_as_system("test") as session:
        visits = session.execute(select(Visit.household_id, Visit.outcome).order_by(Visit.at)).all()
        stored = session.scalars(select(Need)).one()
    assert sorted((one.household_id, one.outcome) for one in visits) == [
        (shut, VisitOutcome.NOT_IN),
        (shut, VisitOutcome.NOT_IN),
        (met, VisitOutcome.MET),
    ]
    assert (stored.number, stored.visit_id, stored.household_id) == (need["number"], visit["visit_id"], met)

    # The hint was not overwritten: the secretary reads both and chooses, once.
    assert told["state"] == "conflict"
    assert the_household(met).door_note == "周末在家"
    assert (waiting.mine, waiting.stands, waiting.who) == ("晚七点后在家", "周末在家", world.worker.name)
    do(world.secretary, settle_conflict, conflict_id=waiting.id, take="mine", seen=waiting.stands)
    assert the_household(met).door_note == "晚七点后在家"
    with reading(world.secretary) as session:
        assert conflicts(session, world.secretary) == ()

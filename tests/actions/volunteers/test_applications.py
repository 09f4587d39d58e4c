"""What a worker makes of a registration: an entry, part of a known one, or nothing; and how long its words stay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from db.actions.volunteers.applications import (
    confirm_application,
    decline_application,
    join_application,
    wipe_applications,
)
from db.actions.volunteers.volunteers import rename_volunteer
from db.engine import as_system, reading
from db.errors import Conflict, NotFound, Refused
from db.models import Volunteer, VolunteerApplication
from db.queries.volunteers.applications import application, applications
from db.terms import ApplicationState, VolunteerKind
from tests.builders.volunteers import a_volunteer, an_application
from tests.builders.world import NOW, TODAY, World, do, row


def confirm(world: World, one: int, **more: object) -> int:
    values: dict[str, object] = {"version": 1, "kind": VolunteerKind.RESIDENT, "now": NOW}
    done: int = do(world.worker, confirm_application, application_id=one, **(values | more))
    return done


def test_who_is_confirmed_stands_on_the_roll_with_what_was_typed(world: World) -> None:
    one = an_application(world)

    entry = row(world, Volunteer, confirm(world, one))

    assert (entry.name, entry.phone, entry.birth_year) == ("沈月华", "13812345678", 1968)
    assert (entry.skills, entry.free_slots, entry.interests) == (["理发"], ["tue-am", "sat-pm"], ["elders"])
    assert entry.promised_on == TODAY
    assert row(world, VolunteerApplication, one).state is ApplicationState.CONFIRMED


def test_a_guardian_counts_only_after_a_worker_asked(world: World) -> None:
    said = {"birth_year": TODAY.year - 14, "guardian": "沈母", "guardian_phone": "13900001234", "guardian_agrees": True}
    first = an_application(world, **said)
    second = an_application(world, **said, name="方小明", phone="13700001111")

    unheard, heard = confirm(world, first), confirm(world, second, guardian_heard=True)

    assert row(world, Volunteer, unheard).guardian_agreed_on is None
    assert row(world, Volunteer, heard).guardian_agreed_on == TODAY


@pytest.mark.parametrize("typed", [{"phone": "138-1234-5678"}, {"name": "沈 月 华", "phone": "13700000000"},
                                   {"name": "沈月华（退休）", "phone": "13812345678 女儿"}])  # fmt: skip
def test_the_same_person_under_two_numbers_or_a_name_typed_otherwise_is_told(world: World, typed: dict) -> None:
    known = confirm(world, an_application(world))
    again = an_application(world, **typed)

    with reading(world.worker) as session:
        seen = application(session, again, TODAY)
    assert seen
    assert [one.id for one in seen.known] == [known]
    with pytest.raises(Refused) as no:
        confirm(world, again)
    assert no.value.rule == "volunteer_known"
    assert confirm(world, again, another=True) != known


def test_it_is_joined_to_the_known_entry_and_the_old_number_stays_in_the_history(world: World) -> None:
    known = a_volunteer(world, phone="13900002222")
    one = an_application(world, name="志愿者V001", phone="13700003333")

    do(world.worker, join_application, application_id=one, version=1, volunteer_id=known, take_phone=True, now=NOW)

    entry = row(world, Volunteer, known)
    assert (entry.phone, entry.skills, entry.free_slots) == ("13700003333", ["电工", "理发"], ["tue-am", "sat-pm"])
    assert row(world, VolunteerApplication, one).volunteer_id == known


def test_nothing_is_joined_to_somebody_who_ended_and_names_that_changed_are_found(world: World) -> None:
    ended = a_volunteer(world, ended_on=TODAY)
    one = an_application(world)

    with pytest.raises(Refused) as no:
        do(world.worker, join_application, application_id=one, version=1, volunteer_id=ended, now=NOW)
    assert no.value.rule == "volunteer_ended"

    renamed = a_volunteer(world, "V002")
    do(world.worker, rename_volunteer, volunteer_id=renamed, version=1, name="沈月华", now=NOW)
    with reading(world.worker) as session:
        seen = application(session, one, TODAY)
    assert seen
    assert [known.id for known in seen.known] == [renamed]


def test_two_workers_confirm_at_the_same_moment_and_one_entry_is_made(world: World) -> None:
    one = an_application(world)

    def pressed(_n: int) -> bool:
        try:
            confirm(world, one)
        except (Refused, Conflict):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(pressed, range(2))) == [False, True]


def test_a_decided_one_is_decided_once_and_no_other_community_reaches_it(world: World) -> None:
    one = an_application(world)
    with pytest.raises(NotFound):
        do(world.other_secretary, decline_application, application_id=one, version=1, reason="x", now=NOW)
    do(world.worker, decline_application, application_id=one, version=1, reason="外街道", now=NOW)

    with pytest.raises(Refused) as no:
        confirm(world, one, version=2)

    assert no.value.rule == "application_decided"


def test_twins_in_the_queue_are_told(world: World) -> None:
    one, twin = an_application(world), an_application(world, phone="13700000000")

    with reading(world.worker) as session:
        seen, page = application(session, one, TODAY), applications(session, TODAY)

    assert seen
    assert seen.twins == (twin,)
    assert [line.name for line in page.rows] == ["沈**", "沈**"]


def test_words_go_thirty_days_after_the_decision_and_the_entry_keeps_its_own(world: World) -> None:
    one, waiting = an_application(world), an_application(world, name="钱阿姨", phone="13700000000")
    entry = confirm(world, one)

    with as_system("test") as session:
        early = wipe_applications(session, now=NOW + timedelta(days=29))
        late = wipe_applications(session, now=NOW + timedelta(days=31))

    assert (early, late) == (0, 1)
    gone = row(world, VolunteerApplication, one)
    assert (gone.name, gone.phone, gone.birth_year) == (None, None, None)
    assert row(world, Volunteer, entry).name == "沈月华"
    assert row(world, VolunteerApplication, waiting).name == "钱阿姨"

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from db.actions.activities.activities import amend_activity, call_off_activity
from db.actions.activities.page import PageSignUp, cancel_alone, sign_up_alone
from db.actions.activities.sessions import take_presence
from db.actions.activities.sign_ups import (
    cancel_sign_up,
    close_sign_up,
    drop_guardian_consent,
    mark_told,
    open_sign_up,
    sign_up_list,
)
from db.actions.people.erasure import erase_person
from db.engine import as_system
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import ActivityParticipant, Person, blind_index
from db.terms import ActivityKind, Role
from tests.builders.activities import an_event, sessions, signed_up, states, the_activity
from tests.builders.people import a_person
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, another_actor, do

WEEK = timedelta(days=7)


def the_one(participant_id: int) -> ActivityParticipant:
    with as_system("test") as session:
        row = session.get_one(ActivityParticipant, participant_id)
        session.expunge(row)
        return row


def alone(code: str, number: int, key: str = "", children: int | None = 0) -> str:
    given = PageSignUp(key or f"key-{number:013d}", f"居民{number}", f"1390000{number:04d}", children)
    return sign_up_alone(code, given, now=NOW)


def test_the_last_place_has_one_winner_and_the_others_wait(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK, places=1)
    code, start = do(world.worker, open_sign_up, activity_id=event), Barrier(6)

    def press(number: int) -> None:
        start.wait()
        alone(code, number)

    threads = [Thread(target=press, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(states(event)) == ["in", *["waiting"] * 5]
    assert the_activity(event).filled == 1


def test_who_cancels_lets_the_next_one_move_up_who_is_to_be_told(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK, places=1)
    first, second = signed_up(world, event), signed_up(world, event, "第二位", "13900000002")

    assert second["state"] == "waiting"
    assert do(world.worker, cancel_sign_up, participant_id=first["id"], version=1) == 1

    assert states(event) == ["cancelled", "in"]
    assert (the_one(second["id"]).to_tell, the_one(second["id"]).moved_up_at) == (True, NOW)
    do(world.worker, mark_told, activity_id=event, participant_ids=[second["id"]])
    assert not the_one(second["id"]).to_tell
    with pytest.raises(Refused, match="sign_up_over"):
        do(world.worker, cancel_sign_up, participant_id=first["id"], version=2)


def test_the_own_sign_up_is_cancelled_by_its_receipt_and_twice_is_harmless(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK, places=1)
    code = do(world.worker, open_sign_up, activity_id=event)
    receipt = alone(code, 1)
    alone(code, 2)

    cancel_alone(receipt, now=NOW)
    cancel_alone(receipt, now=NOW)

    assert states(event) == ["cancelled", "in"]
    assert the_activity(event).filled == 1
    with pytest.raises(NotFound):
        cancel_alone("7K3M9QXA2T4V", now=NOW)


def test_a_double_press_signs_up_once_and_the_same_person_a_second_time_not(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK)
    code = do(world.worker, open_sign_up, activity_id=event)

    assert alone(code, 1, "the-same-key-0001") == alone(code, 1, "the-same-key-0001")
    with pytest.raises(Refused, match="signed_up_already"):
        alone(code, 1, "another-key-0001")
    assert states(event) == ["in"]


def test_one_person_of_the_registry_signs_up_once_under_two_numbers_too(world: World) -> None:
    event, kept = an_event(world), a_volunteer(world, "V001")
    a_volunteer(world, "V002", merged_into_id=kept)

    first = signed_up(world, event, "", "", volunteer_number="V001")
    with pytest.raises(Refused, match="signed_up_already"):
        signed_up(world, event, "", "", volunteer_number="V002")

    assert the_one(first["id"]).volunteer_id == kept


def test_a_name_with_its_telephone_is_linked_to_the_registry(world: World) -> None:
    person = a_person(world, "王秀兰", phone="13812345678")
    with as_system("test") as session:
        session.get_one(Person, person).phone_index = blind_index("13812345678")

    row = the_one(signed_up(world, an_event(world), "王秀兰", "138 1234 5678")["id"])

    assert row.person_id == person


def test_more_places_let_who_waits_move_up_and_never_fewer_than_are_taken(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK, places=1)
    for number in range(3):
        signed_up(world, event, f"居民{number}", f"1390000000{number}")
    right = {"activity_id": event, "title": "沙龙", "kind": ActivityKind.SALON, "place": "中心"}

    do(world.worker, amend_activity, version=the_activity(event).version, places=2, **right)
    assert states(event) == ["in", "in", "waiting"]
    with pytest.raises(Refused, match="activity_places_taken"):
        do(world.worker, amend_activity, version=the_activity(event).version, places=1, **right)
    do(world.worker, amend_activity, version=the_activity(event).version, places=None, **right)
    assert states(event) == ["in"] * 3


def test_a_parent_with_two_children_takes_three_places(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK, places=3, minors=True)
    code = do(world.worker, open_sign_up, activity_id=event)

    alone(code, 1, children=2)
    alone(code, 2, children=0)

    assert states(event) == ["in", "waiting"]
    with pytest.raises(BadInput) as told:
        signed_up(world, an_event(world), children=1)
    assert told.value.field == "children"


def test_a_child_is_named_with_a_guardians_consent_only_and_no_longer_than_it_holds(world: World) -> None:
    event = an_event(world, minors=True)

    with pytest.raises(BadInput) as told:
        signed_up(world, event, "小河", "", under_14=True)
    child = signed_up(world, event, "小河", "", under_14=True, guardian="小河妈妈", guardian_on=TODAY)
    do(world.worker, drop_guardian_consent, participant_id=child["id"], version=1)

    assert (told.value.field, told.value.problem) == ("guardian", Problem.EMPTY)
    row = the_one(child["id"])
    assert (row.name, row.guardian, row.state.value) == (None, None, "in")


def test_a_pasted_list_comes_in_once(world: World) -> None:
    event = an_event(world, on=TODAY + WEEK, places=2)
    rows = [{"name": f"居民{number}", "phone": f"1390000000{number}"} for number in range(3)]

    first = do(world.worker, sign_up_list, activity_id=event, rows=rows)
    again = do(world.worker, sign_up_list, activity_id=event, rows=rows)

    assert first == {"made": 2, "waiting": 1, "known": 0}
    assert again == {"made": 0, "waiting": 0, "known": 3}


def test_the_page_is_closed_after_the_day_when_it_was_closed_and_for_a_wrong_code(world: World) -> None:
    event = an_event(world)
    code = do(world.worker, open_sign_up, activity_id=event)
    assert do(world.worker, open_sign_up, activity_id=event) == code

    with pytest.raises(Refused, match="sign_up_closed"):
        sign_up_alone(code, PageSignUp("k" * 20, "甲", "13900000001"), now=NOW + timedelta(days=1))
    with pytest.raises(BadInput) as told:
        sign_up_alone(code, PageSignUp("k" * 20, "甲", ""), now=NOW)
    do(world.worker, close_sign_up, activity_id=event)
    with pytest.raises(Refused, match="sign_up_unknown"):
        alone(code, 1)
    assert told.value.field == "phone"


def test_called_off_the_page_is_closed(world: World) -> None:
    event = an_event(world)
    code = do(world.worker, open_sign_up, activity_id=event)
    do(world.worker, call_off_activity, activity_id=event, version=the_activity(event).version, reason="雨")

    with pytest.raises(Refused, match="sign_up_closed"):
        alone(code, 1)


def test_presence_is_taken_out_of_all_and_who_came_cancels_no_more(world: World) -> None:
    event = an_event(world)
    ids = [signed_up(world, event, f"居民{n}", f"1390000000{n}")["id"] for n in range(3)]
    first = sessions(event)[0]

    assert do(world.worker, take_presence, session_id=first.id, version=1, present=ids, heads=5, children=2) == 8
    assert do(world.worker, take_presence, session_id=first.id, version=2, present=ids[:2], heads=5) == 7
    with pytest.raises(Refused, match="sign_up_came"):
        do(world.worker, cancel_sign_up, participant_id=ids[0], version=1)
    with pytest.raises(BadInput):
        do(world.worker, take_presence, session_id=first.id, version=3, heads=2, children=3)
    with pytest.raises(BadInput):
        do(world.worker, take_presence, session_id=first.id, version=3, present=[10**6])


def test_names_of_a_sensitive_group_stay_as_they_are_when_somebody_counts_who_may_not_see_them(world: World) -> None:
    cleared = another_actor(world, Role.AREA_WORKER, "cleared", sees_restricted=True)
    event = an_event(world, sensitive=True)
    trainee, first = signed_up(world, event)["id"], sessions(event)[0]
    do(cleared, take_presence, session_id=first.id, version=1, present=[trainee])

    with pytest.raises(BadInput):
        do(world.worker, take_presence, session_id=first.id, version=2, present=[trainee])
    assert do(world.worker, take_presence, session_id=first.id, version=2, heads=4) == 5


def test_an_erased_person_is_gone_from_the_sign_ups(world: World) -> None:
    person = a_person(world, "王秀兰", phone="13812345678")
    row = signed_up(world, an_event(world), "王秀兰", "138-1234-5678")["id"]

    do(world.secretary, erase_person, person_id=person, reason="搬离")

    assert "王秀兰" not in (the_one(row).name or "")
    assert "1234" not in (the_one(row).phone or "")

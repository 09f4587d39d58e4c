"""Entries of a paired phone: stored once whatever the network does, refused with a reason, never in another name."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from components.wording.dates import dated
from components.wording.happenings import happening
from db.actions.needs.register import sign_week
from db.actions.offline.entries import take_entry
from db.actions.offline.phones import stop_phone
from db.engine import as_system, carry_out, reading, reading_as_system
from db.errors import BadInput, Busy, NotSignedIn, Refused
from db.models import Account, DoorConflict, DoorEntry, DoorPhone, Need, ThreadEntry, Visit
from db.queries.needs.register import week_register
from db.queries.offline.phones import phone_by
from db.terms import HouseholdKind, NeedStage, Role, VisitOutcome
from tests.builders.doors import a_household
from tests.builders.offline import a_phone, a_wish, changed_meanwhile, send, the_household, the_phone
from tests.builders.world import NOW, TODAY, World, another_actor, do
from tests.support.waiting import wait_until


def count(model: Any) -> int:
    with reading_as_system("test") as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def only(model: Any) -> Any:
    with reading_as_system("test") as session:
        return session.scalars(select(model)).one()


def test_a_visit_from_the_phone_is_stored_when_it_happened(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)

    answer = send(token, "visit", {"household_id": door, "outcome": "met"}, said=NOW - timedelta(hours=5))

    visit = only(Visit)
    assert answer == {"state": "stored", "visit_id": visit.id, "household_id": door}
    assert (visit.at, visit.worker_id, visit.outcome) == (NOW - timedelta(hours=5), world.worker.id, VisitOutcome.MET)
    assert the_household(door).met_on == TODAY


def test_a_clock_that_is_wrong_by_a_year_dates_a_visit_rightly(world: World) -> None:
    door, off = a_household(world), timedelta(days=365)
    token = a_phone(world.worker)

    send(
        token, "visit", {"household_id": door, "outcome": "not_in"}, said=NOW - off - timedelta(hours=2), sent=NOW - off
    )

    assert only(Visit).at == NOW - timedelta(hours=2)


def test_an_entry_older_than_a_week_lies_at_the_edge_of_the_week(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)

    answer = send(token, "visit", {"household_id": door, "outcome": "met"}, said=NOW - timedelta(days=30))

    assert answer["state"] == "stored"
    assert only(Visit).at == NOW - timedelta(days=7)


def test_a_repeat_gets_the_first_answer_and_stores_nothing(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)

    answers = [send(token, "need", {"household_id": door, **a_wish(world)}, key="k" * 32) for _ in range(5)]

    assert answers == [answers[0]] * 5
    assert (count(Need), count(DoorEntry)) == (1, 1)


def test_a_repeat_from_a_phone_that_was_paired_anew_stores_nothing(world: World) -> None:
    door = a_household(world)
    first = a_phone(world.worker)
    answer = send(first, "visit", {"household_id": door, "outcome": "met"}, key="k" * 32)
    do(world.worker, stop_phone, phone_id=the_phone(first).id)

    again = send(a_phone(world.worker), "visit", {"household_id": door, "outcome": "met"}, key="k" * 32)

    assert again == answer
    assert count(Visit) == 1


def test_the_same_key_of_two_people_is_two_entries(world: World) -> None:
    door = a_household(world)

    for person in (world.worker, world.secretary):
        send(a_phone(person), "visit", {"household_id": door, "outcome": "met"}, key="k" * 32)

    assert count(Visit) == 2


def test_a_storm_of_repeats_at_once_stores_each_entry_once(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)
    start, told = Barrier(8), Counter[str]()

    def ask(key: str) -> str:
        try:
            return str(send(token, "need", {"household_id": door, **a_wish(world)}, key=key)["number"])
        except Busy:
            return ""  # the phone does the same: it asks again

    def press() -> None:
        start.wait()
        for n in range(5):
            number = wait_until(lambda key=f"{n:032}": ask(key), "an answer")  # type: ignore[misc]
            told[f"{n} {number}"] += 1

    people = [Thread(target=press) for _ in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert (count(Need), count(DoorEntry)) == (5, 5)
    assert sorted(told.values()) == [8] * 5


def test_a_need_follows_its_visit_by_the_key_of_that_entry(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)
    visit = send(token, "visit", {"household_id": door, "outcome": "met"}, key="v" * 32)

    answer = send(token, "need", a_wish(world), after="v" * 32)

    need = only(Need)
    assert (need.visit_id, need.household_id, need.building) == (visit["visit_id"], door, "1幢")
    assert answer == {"state": "stored", "need_id": need.id, "number": need.number}


def test_a_need_whose_visit_was_not_stored_waits_and_may_come_again(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)
    send(token, "visit", {"household_id": door, "outcome": "danced"}, key="v" * 32)

    with pytest.raises(Refused) as told:
        send(token, "need", {"household_id": door, **a_wish(world)}, key="n" * 32, after="v" * 32)
    send(token, "visit", {"household_id": door, "outcome": "met"}, key="w" * 32)
    answer = send(token, "need", {"household_id": door, **a_wish(world)}, key="n" * 32, after="w" * 32)

    assert told.value.rule == "door_earlier_missing"
    assert answer["state"] == "stored"
    assert only(Need).visit_id == only(Visit).id


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("visit", {"outcome": "met"}, "place_id"),
        ("visit", {"outcome": None}, "outcome"),
        ("need", {"people": 0}, "people"),
        ("need", {"people": "many"}, "people"),
        ("need", {"description": ""}, "description"),
        ("need", {"description": "长" * 1001}, "description"),
        ("need", {"category_id": 10**30}, "category_id"),
        ("need", {"reach": "moon"}, "reach"),
        ("need", {"urgency": ["normal"]}, "urgency"),
        ("facts", {"wanted": {"kind": "x"}}, "kind"),
        ("facts", {"base": None}, "wanted"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field_and_leaves_nothing(
    world: World, kind: str, values: dict[str, Any], field: str
) -> None:
    door = a_household(world)
    token = a_phone(world.worker)
    whole: dict[str, dict[str, Any]] = {
        "visit": {"household_id": door, "outcome": "met"},
        "need": {"household_id": door, **a_wish(world)},
        "facts": {"household_id": door, "base": {"kind": "ordinary"}, "wanted": {"kind": "key"}},
    }
    given = whole[kind] | values
    if field == "place_id":
        del given["household_id"]

    answer = send(token, kind, given)

    assert (answer["state"], answer["error"], answer["field"]) == ("refused", "bad_input", field)
    assert (count(Visit), count(Need), count(DoorConflict), count(DoorEntry)) == (0, 0, 0, 1)


@pytest.mark.parametrize("key", ["", "short", "长" * 32, "k" * 65])
def test_an_entry_without_a_proper_key_is_not_taken(small_world: World, key: str) -> None:
    token = a_phone(small_world.worker)
    phone = the_phone(token)

    with pytest.raises(BadInput):
        carry_out(
            phone.actor, "", take_entry, phone_id=phone.id, key=key, kind="visit", values={}, said=NOW, sent=NOW,
            now=NOW,
        )  # fmt: skip


def test_facts_that_a_colleague_changed_are_told_as_a_conflict(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)
    changed_meanwhile(door, door_note="周末在家")
    base = {"kind": "ordinary", "door_note": ""}

    answer = send(
        token,
        "facts",
        {"household_id": door, "base": base, "wanted": {"kind": "key", "door_note": "晚七点后"}},
        key="f" * 32,
    )

    assert answer["state"] == "conflict"
    assert answer["facts"] == {"kind": "key", "door_note": "周末在家"}
    assert the_household(door).kind is HouseholdKind.KEY
    assert count(DoorConflict) == 1


def test_doors_out_of_reach_are_refused_like_doors_that_are_not_there(world: World) -> None:
    there = a_household(world, community_id=world.there)
    hidden = a_household(world, "202", restricted=True, alias="甲户")
    token = a_phone(world.worker)

    answers = [
        send(token, kind, {"household_id": door, "outcome": "met", **a_wish(world), "base": {}, "wanted": {}})
        for door in (there, hidden, 999_999)
        for kind in ("visit", "need", "facts")
    ]

    assert {answer["state"] for answer in answers} == {"refused"}
    assert (count(Visit), count(Need)) == (0, 0)


def test_named_staff_visit_a_restricted_door_from_the_phone(world: World) -> None:
    named = another_actor(world, Role.AREA_WORKER, "named", sees_restricted=True)
    hidden = a_household(world, "202", restricted=True, alias="甲户")

    answer = send(a_phone(named), "visit", {"household_id": hidden, "outcome": "met"})

    assert answer["state"] == "stored"
    assert only(Visit).restricted


def test_a_stopped_phone_stores_nothing_even_when_it_was_asked_before(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)
    phone = the_phone(token)
    do(world.secretary, stop_phone, phone_id=phone.id)

    with pytest.raises(NotSignedIn):
        carry_out(
            phone.actor, "", take_entry, phone_id=phone.id, key="k" * 32, kind="visit",
            values={"household_id": door, "outcome": "met"}, said=NOW, sent=NOW, now=NOW,
        )  # fmt: skip
    assert (count(Visit), count(DoorEntry)) == (0, 0)


def test_another_persons_phone_is_nobodys_pen(world: World) -> None:
    token = a_phone(world.worker)
    phone = the_phone(token)

    with pytest.raises(NotSignedIn):
        carry_out(
            world.secretary, "", take_entry, phone_id=phone.id, key="k" * 32, kind="visit", values={}, said=NOW,
            sent=NOW, now=NOW,
        )  # fmt: skip


def test_a_disabled_account_stores_nothing_and_its_phone_is_unknown(world: World) -> None:
    token = a_phone(world.worker)
    phone = the_phone(token)
    with as_system("test") as session:
        account = session.get(Account, world.worker.id)
        assert account is not None
        account.disabled_at = NOW

    assert phone_by(token, now=NOW) is None
    with pytest.raises(NotSignedIn):
        carry_out(
            phone.actor, "", take_entry, phone_id=phone.id, key="k" * 32, kind="visit", values={}, said=NOW, sent=NOW,
            now=NOW,
        )  # fmt: skip


def test_what_is_kept_of_an_answer_holds_nothing_a_resident_said(world: World) -> None:
    door = a_household(world)
    token = a_phone(world.worker)
    send(token, "need", {"household_id": door, **a_wish(world, description="张三说的话 13800001111")})
    send(token, "need", {"household_id": door, **a_wish(world, description="长" * 1001)})

    with reading_as_system("test") as session:
        kept = str(session.execute(select(DoorEntry.answer)).all())

    assert "张三" not in kept
    assert "13800001111" not in kept
    assert "长长" not in kept
    assert only_phone_hash(token)


def only_phone_hash(token: str) -> bool:
    """The key itself lies nowhere."""
    with reading_as_system("test") as session:
        return token not in str(session.execute(select(DoorPhone.token_hash)).all())


# --- the day on which a need was told -----------------------------------------------------------------

SUNDAY = datetime(2026, 3, 1, 12, tzinfo=UTC)  # evening in China
MONDAY = SUNDAY + timedelta(hours=14)  # the next morning: another week


def told_on_sunday(world: World, **more: Any) -> Need:
    """A need that was written in a stairwell on Sunday evening and comes in on Monday morning."""
    told = {"said": SUNDAY, "sent": MONDAY, "now": MONDAY} | more
    send(a_phone(world.worker, now=told["now"]), "need", {"household_id": a_household(world), **a_wish(world)}, **told)
    need: Need = only(Need)
    return need


def test_a_need_carries_the_day_it_was_written_and_stands_in_the_register_of_that_week(world: World) -> None:
    need = told_on_sunday(world)

    assert (need.logged_at, need.week, need.stage) == (SUNDAY, date(2026, 2, 23), NeedStage.LOGGED)
    assert need.stage_since == MONDAY
    line = only(ThreadEntry)
    assert line.at == SUNDAY
    assert happening(line.kind, line.values).endswith(f"（没有网络时在手机上写下，{dated(MONDAY)}传到）")


def test_a_register_that_was_signed_meanwhile_stays_as_it_was_signed(world: World) -> None:
    do(world.secretary, sign_week, week=date(2026, 2, 23), remark="", now=SUNDAY + timedelta(hours=1))

    need = told_on_sunday(world)

    assert (need.logged_at, need.week) == (SUNDAY, date(2026, 3, 2))
    assert (need.stage, need.changed_after_sign_off) == (NeedStage.LOGGED, False)
    with reading(world.secretary) as session:
        signed = week_register(session, world.here, date(2026, 2, 23))
    assert signed.sign_off is not None
    assert (signed.sign_off.needs, signed.sign_off.unchanged, signed.rows) == (0, True, ())


def test_a_need_of_this_week_that_comes_after_the_signature_is_marked_as_ever(world: World) -> None:
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    do(world.secretary, sign_week, week=date(2026, 3, 2), remark="", now=friday)

    need = told_on_sunday(world, said=friday - timedelta(days=1), sent=friday, now=friday + timedelta(hours=1))

    assert (need.week, need.stage, need.changed_after_sign_off) == (date(2026, 3, 2), NeedStage.REGISTERED, True)


@pytest.mark.parametrize(
    ("said", "sent", "expected"),
    [
        (SUNDAY - timedelta(days=900), MONDAY - timedelta(days=900), SUNDAY),
        (MONDAY - timedelta(days=30), MONDAY, MONDAY - timedelta(days=7)),
        (MONDAY + timedelta(days=400), MONDAY, MONDAY),
        (MONDAY + timedelta(minutes=1), MONDAY + timedelta(minutes=1), MONDAY),
    ],
    ids=["a clock years behind", "a month ago", "in the future", "a clock a little fast"],
)
def test_a_clock_that_is_wrong_dates_no_need_in_the_future_or_before_the_last_week(
    world: World, said: datetime, sent: datetime, expected: datetime
) -> None:
    assert told_on_sunday(world, said=said, sent=sent).logged_at == expected


def test_danger_written_yesterday_is_due_on_the_day_it_comes_in(world: World) -> None:
    token = a_phone(world.worker, now=MONDAY)

    wish = {"household_id": a_household(world), **a_wish(world, urgency="safety")}
    send(token, "need", wish, said=SUNDAY, sent=MONDAY, now=MONDAY)

    need = only(Need)
    assert (need.stage, need.due_on, need.logged_at) == (NeedStage.HANDLING, date(2026, 3, 2), SUNDAY)

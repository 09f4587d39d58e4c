"""A phone's calendar reads the own service under a secret address, as long as it holds, and nothing of anybody else."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import vobject  # type: ignore[import-untyped]
from icalendar import Calendar
from sqlalchemy import select

from db.actions.admin.leaving import change_account, disable_account
from db.actions.rota.feeds import make_feed, new_feed_token, revoke_feed
from db.engine import as_system, reading_as_system
from db.errors import Busy, Refused, StorageFull
from db.models import CalendarFeed, Slot, Turn
from db.rules.permissions import Actor
from db.terms import Role, TurnState
from pages.public import calendar
from tests.builders.orders import a_helper, a_service, accepted, an_order
from tests.builders.rota import a_plain_rota, a_plain_turn, a_post, a_slot
from tests.builders.world import NOW, TODAY, World, do
from tests.support.phone import Answer, Phone


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(calendar, "utc_now", lambda: NOW)
    for limit in (calendar.UNKNOWN, calendar.BY_TOKEN):
        limit.forget()
    yield
    for limit in (calendar.UNKNOWN, calendar.BY_TOKEN):
        limit.forget()


@pytest.fixture
def phone() -> Phone:
    return Phone(calendar.routes)


def a_feed(person: Actor) -> str:
    token = new_feed_token()
    do(person, make_feed, token=token)
    return f"/c/{token}.ics"


def events(answer: Answer) -> dict[str, str]:
    """UID and state of what the calendar holds."""
    assert answer.status == 200, answer.status
    return {str(one["UID"]): str(one["STATUS"]) for one in Calendar.from_ical(answer.html).events}


def test_turns_and_promised_orders_stand_in_it_and_nothing_of_anybody_else(world: World, phone: Phone) -> None:
    person, volunteer = helper = a_helper(world)
    rota = a_plain_rota(world)
    slot = a_slot(world, rota, a_post(world, rota), TODAY + timedelta(days=2))
    turn = a_plain_turn(world, slot, volunteer)
    order = an_order(world, a_service(world, "量血压"), wanted_on=TODAY + timedelta(days=3),
                     wanted_time="上午找王阿姨", note="王阿姨 13800138000", caution="耳背")  # fmt: skip
    offer = accepted(world, order, helper)

    answer = phone.get(a_feed(person))
    assert events(answer) == {f"turn-{turn}@yiqilai": "CONFIRMED", f"order-{offer}@yiqilai": "CONFIRMED"}
    assert "量血压" in answer.html
    assert not [word for word in ("王", "138", "耳背", "302", "SERV") if word in answer.html]
    assert vobject.readOne(answer.html).vevent_list
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    with reading_as_system("test") as session:
        assert session.scalars(select(CalendarFeed.fetched_on)).one() == TODAY


def test_a_calendar_that_knows_it_all_is_told_so_and_a_change_is_a_new_answer(world: World, phone: Phone) -> None:
    person, volunteer = a_helper(world)
    rota = a_plain_rota(world)
    slot = a_slot(world, rota, a_post(world, rota), TODAY + timedelta(days=2))
    turn = a_plain_turn(world, slot, volunteer)
    address = a_feed(person)
    tag = phone.get(address).headers["etag"]

    assert phone.ask("GET", address, more={"if-none-match": f"W/{tag}"}).status == 304
    with as_system("test") as session:
        given_back = session.get_one(Turn, turn)
        given_back.state, given_back.ended_at = TurnState.GIVEN_BACK, NOW
    again = phone.ask("GET", address, more={"if-none-match": tag})
    assert events(again) == {f"turn-{turn}@yiqilai": "CANCELLED"}


def test_a_slot_called_off_is_cancelled_in_it_and_is_forgotten_after_a_month(world: World, phone: Phone) -> None:
    person, volunteer = a_helper(world)
    rota = a_plain_rota(world)
    post = a_post(world, rota)
    off, long_ago = a_slot(world, rota, post, TODAY), a_slot(world, rota, post, TODAY - timedelta(days=40))
    turn = a_plain_turn(world, off, volunteer)
    a_plain_turn(world, long_ago, volunteer, TurnState.CALLED_OFF, ended_at=NOW - timedelta(days=41))
    with as_system("test") as session:
        session.get_one(Slot, off).called_off_at = NOW

    assert events(phone.get(a_feed(person))) == {f"turn-{turn}@yiqilai": "CANCELLED"}


def test_unknown_is_404_and_revoked_or_replaced_is_410(world: World, phone: Phone) -> None:
    person, _volunteer = a_helper(world)
    first, second = a_feed(person), a_feed(person)

    assert phone.get(f"/c/{new_feed_token()}.ics").status == 404
    assert phone.get("/c/x.ics").status == 404
    assert phone.get(first).status == 410
    assert phone.get(second).status == 200
    do(person, revoke_feed)
    assert phone.get(second).status == 410
    with pytest.raises(Refused, match="already_done"):
        do(person, revoke_feed)


def test_who_leaves_or_changes_the_role_takes_the_calendar_along(world: World, phone: Phone) -> None:
    (one, _), (other, _) = a_helper(world, "one"), a_helper(world, "other")
    addresses = [a_feed(one), a_feed(other)]
    admin = world[Role.SUBDISTRICT_ADMIN]

    do(admin, disable_account, account_id=one.id)
    do(admin, change_account, account_id=other.id, version=1, name="测试", role=Role.COUNCIL_MEMBER,
       community_id=world.here, sees_restricted=False)  # fmt: skip
    assert [phone.get(address).status for address in addresses] == [410, 410]


def test_an_account_without_a_volunteer_makes_none(world: World) -> None:
    with pytest.raises(Refused, match="no_volunteer_record"):
        do(world[Role.VOLUNTEER], make_feed, token=new_feed_token())


def test_who_tries_addresses_is_slowed_down(world: World, phone: Phone) -> None:
    assert {phone.get(f"/c/{new_feed_token()}.ics").status for _ in range(20)} == {404}
    waiting = phone.get(f"/c/{new_feed_token()}.ics")
    assert (waiting.status, waiting.headers["retry-after"]) == (429, "600")


@pytest.mark.parametrize("trouble", [StorageFull(), Busy(), OSError(28, "No space left on device")])
def test_a_full_disk_keeps_nobody_from_the_calendar(
    world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    person, _volunteer = a_helper(world)
    address = a_feed(person)

    def full(*_values: object) -> None:
        raise trouble

    monkeypatch.setattr(calendar, "note_fetched", full)
    assert phone.get(address).status == 200


def test_a_database_that_cannot_answer_is_503_and_the_address_is_logged_nowhere(
    world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    person, _volunteer = a_helper(world)
    address = a_feed(person)

    def broken(*_values: object, **_more: object) -> None:
        raise RuntimeError(address)

    monkeypatch.setattr(calendar, "calendar", broken)
    with caplog.at_level(logging.DEBUG):
        answer = phone.get(address)
    assert (answer.status, answer.headers["retry-after"]) == (503, "600")
    assert address.split("/")[-1][:20] not in caplog.text

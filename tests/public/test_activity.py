"""The plain page of an activity: any phone, no account, nobody named, one sign-up however often it is pressed."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.actions.activities.sign_ups import open_sign_up
from pages.public import activity as page
from tests.builders.activities import an_event, states
from tests.builders.intake import key_in
from tests.builders.world import World, do
from tests.support.phone import Phone

SOON = date.today() + timedelta(days=9)  # noqa: DTZ011 - the page lives on the real day


@pytest.fixture(autouse=True)
def _unlimited() -> None:
    for limit in (page.BY_CODE, page.BY_ADDRESS, page.UNKNOWN):
        limit.forget()


def opened(world: World, **more: Any) -> tuple[int, str]:
    event = an_event(world, on=SOON, sure=True, **more)
    return event, do(world.worker, open_sign_up, activity_id=event)


def test_a_double_press_signs_up_once_and_a_wrong_field_keeps_what_was_typed(small_world: World) -> None:
    (event, code), phone = opened(small_world), Phone(page.routes)
    key = key_in(phone.get(f"/a/{code.lower()}"))

    wrong = phone.send(f"/a/{code}", key=key, name="甲居民", phone="没有电话")
    right = [phone.send(f"/a/{code}", key=key, name="甲居民", phone="13900000001") for _press in range(2)]

    assert wrong.status == 422
    assert 'value="甲居民"' in wrong.html
    assert all("已报上" in one.text for one in right)
    assert states(event) == ["in"]


def test_the_page_is_small_has_no_script_and_is_kept_by_nobody(small_world: World) -> None:
    (_event, code), phone = opened(small_world, minors=True), Phone(page.routes)
    form = phone.get(f"/a/{code}")

    assert form.raw < 15_000
    assert "<script" not in form.html
    assert form.headers["cache-control"] == "no-store"
    assert "只计人数" in form.text


def test_children_are_a_number_and_take_places(small_world: World) -> None:
    (event, code), phone = opened(small_world, minors=True, places=3), Phone(page.routes)

    for number, children in ((1, "2"), (2, "0"), (3, "99"), (4, "x")):
        phone.send(
            f"/a/{code}", key=f"key-{number:020d}", name=f"居民{number}", phone=f"1390000000{number}", children=children
        )

    assert states(event) == ["in", "waiting"]


def test_wrong_codes_traps_and_too_many_are_turned_away(small_world: World) -> None:
    (event, code), phone = opened(small_world), Phone(page.routes)

    assert phone.get("/a/7K3M9QXA2T4VB").status == 404
    assert phone.get(f"/a/{code}/r/7K3M9QXA2T4V").status == 404
    assert phone.post(f"/a/{code}", key="k" * 20, name="甲", phone="13900000001", website="x").status == 400
    for number in range(14):
        last = phone.post(f"/a/{code}", key=f"key-{number:020d}", name=f"民{number}", phone=f"139000000{number:02d}")
    assert last.status == 429
    assert len(states(event)) == 12

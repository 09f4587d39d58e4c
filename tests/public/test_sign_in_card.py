"""Signing in at the door with a card: the page of the screen's QR, on the member's own phone."""

import pytest

from db.actions.meetings.cards import make_cards, new_codes
from db.actions.meetings.meetings import close_meeting
from db.models import Meeting
from db.rules.voting.card_code import printed
from db.settings import settings
from pages.public import sign_in_card
from pages.public.limits import Limit
from tests.builders.meetings import in_session
from tests.builders.world import World, do, row
from tests.support.phone import Phone


@pytest.fixture(autouse=True)
def _fresh_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_card, "GUESSES", Limit(60))


@pytest.fixture
def phone() -> Phone:
    return Phone(sign_in_card.routes)


def door(world: World) -> tuple[int, str, dict[int, str]]:
    """An open meeting, the address in its QR, and everybody's card."""
    codes = new_codes(world.members)
    do(world.secretary, make_cards, body_id=world.body, codes=codes)
    meeting, _items = in_session(world, present=0)
    return meeting, f"/s/{row(world, Meeting, meeting).sign_in_key}", codes


def test_a_member_signs_in_and_sees_the_seat_and_nothing_else(world: World, phone: Phone) -> None:
    _meeting, here, codes = door(world)

    form = phone.get(here)
    done = phone.send(here, code=printed(codes[world.members[2]]).lower())
    again = phone.send(here, code=codes[world.members[2]])

    assert "第1次会议" in form.text
    assert "签到成功" in done.text
    assert "3号席" in done.text
    assert "议事员" not in done.html + form.html
    assert "您已经签到过了" in again.text
    assert (form.cookies, done.cookies) == ([], [])
    assert all(answer.wire < 3000 for answer in phone.answers)


@pytest.mark.parametrize("typed", ["", "ZZZZ-ZZZZ", "卡号" * 4, "<script>", "x" * 3000])
def test_a_wrong_code_is_kept_and_one_is_told_what_to_do(small_world: World, phone: Phone, typed: str) -> None:
    _meeting, here, _codes = door(small_world)

    answer = phone.send(here, code=typed, remember="1")

    assert answer.status == 422
    assert "没有找到这张卡" in answer.text
    assert "<script" not in answer.html
    assert 'value="1" checked' in answer.html
    assert answer.cookies == []


def test_a_key_that_no_screen_shows_opens_nothing(small_world: World, phone: Phone) -> None:
    meeting, here, codes = door(small_world)
    do(small_world.secretary, close_meeting, meeting_id=meeting, version=row(small_world, Meeting, meeting).version)

    answers = [phone.get("/s/no-such-key"), phone.get(here), phone.send(here, code=codes[small_world.members[0]])]

    assert [answer.status for answer in answers] == [404] * 3
    assert all("现在不能签到" in answer.text for answer in answers)


def test_after_many_wrong_codes_even_the_right_one_must_wait(
    small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meeting, here, codes = door(small_world)
    monkeypatch.setattr(sign_in_card, "GUESSES", Limit(3, pause=600))
    for _ in range(3):
        phone.send(here, code="ZZZZ-ZZZZ")

    waiting = phone.send(here, code=codes[small_world.members[0]])
    monkeypatch.setattr(sign_in_card, "GUESSES", Limit(3, seconds=-1))
    for _ in range(5):
        phone.send(here, code="ZZZZ-ZZZZ")
    later = phone.send(here, code=codes[small_world.members[0]])

    assert "输错的次数太多" in waiting.text
    assert "签到成功" in later.text


def test_wrong_codes_of_one_phone_stop_nobody_else(
    small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meeting, here, codes = door(small_world)
    for _ in range(70):
        phone.send(here, code="ZZZZ-ZZZZ")
    other = Phone(sign_in_card.routes)
    other.address = "10.0.0.6"

    done = other.send(here, code=codes[small_world.members[0]])
    monkeypatch.setattr(sign_in_card.GUESSES, "pause", 0.0)
    slowed = phone.send(here, code=codes[small_world.members[1]])

    assert "签到成功" in done.text
    assert "签到成功" in slowed.text


def test_the_limit_is_of_one_name_and_takes_no_more_memory_than_it_may() -> None:
    limit = Limit(2, names=3)
    for _ in range(100):
        limit.count("here")
    for number in range(50):
        assert not limit.reached(f"other {number}")

    assert len(limit._seen) == 3
    assert not limit.reached("here")  # forgotten, as the longest untouched of too many


def test_a_phone_remembers_a_card_only_when_asked_to_and_forgets_it(
    small_world: World, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meeting, here, codes = door(small_world)
    code = codes[small_world.members[4]]
    monkeypatch.setenv("YIQILAI_PUBLIC_ADDRESS", "https://yiqilai.example")
    settings.cache_clear()

    done = phone.send(here, code=code, remember="1")
    known = phone.get(here)
    again = phone.send(here, known="1")
    forgotten = phone.send(here, forget="1")

    cookie = done.cookies[0].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/s", "secure"))
    assert code not in known.html
    assert f"{code[:2]}••-••{code[-2:]}" in known.text
    assert "5号席" in again.text
    assert "您已经签到过了" in again.text
    assert phone.jar == {}
    assert 'name="code"' in forgotten.html


def test_a_remembered_card_that_is_no_longer_good_asks_for_the_new_one(small_world: World, phone: Phone) -> None:
    _meeting, here, codes = door(small_world)
    member = small_world.members[4]
    phone.send(here, code=codes[member], remember="1")
    do(small_world.secretary, make_cards, body_id=small_world.body, codes=new_codes([member]))

    answer = phone.send(here, known="1")

    assert "没有找到这张卡" in answer.text
    assert 'name="code"' in answer.html


@pytest.mark.parametrize("brought", ["", "short", "<script>alert(1)</script>", "x" * 5000])
def test_a_forged_cookie_does_nothing(small_world: World, phone: Phone, brought: str) -> None:
    _meeting, here, _codes = door(small_world)
    phone.jar["yiqilai_card"] = brought

    assert 'name="code"' in phone.get(here).html
    assert phone.send(here, known="1").status == 422

from datetime import date, timedelta

import pytest

from db.rules.doors.door import tidy_door
from db.rules.needs.register import Entry, Missing, may_be_signed, missing, opens_on, seal, title_from, week_at_hand
from db.terms import NeedSource, Reach

MONDAY = date(2026, 3, 2)
COMPLETE = Entry("楼道灯坏了半个月", "1幢", Reach.BUILDING, 30, NeedSource.VISIT, has_asker=True)


def changed(**more: object) -> Entry:
    return Entry(**({name: getattr(COMPLETE, name) for name in Entry.__slots__} | more))


def test_a_complete_need_lacks_nothing() -> None:
    assert missing(COMPLETE) == ()


@pytest.mark.parametrize(
    ("more", "lacks"),
    [
        ({"description": "灯坏了"}, Missing.WORDS),
        ({"has_asker": False}, Missing.ASKER),
        ({"building": ""}, Missing.BUILDING),
        ({"people": 1}, Missing.PEOPLE),
        ({"reach": Reach.COMMUNITY, "people": 30}, Missing.PEOPLE),
        ({"reach": Reach.HOUSEHOLD, "people": 30}, Missing.PEOPLE),
    ],
)
def test_what_is_missing_is_named(more: dict[str, object], lacks: Missing) -> None:
    assert missing(changed(**more)) == (lacks,)


def test_what_a_rider_saw_in_passing_needs_no_asker() -> None:
    assert missing(changed(source=NeedSource.RIDER, has_asker=False)) == ()


def test_a_need_of_the_whole_estate_needs_no_building() -> None:
    assert missing(changed(reach=Reach.ESTATE, building="")) == ()


def test_on_monday_the_week_at_hand_is_the_last_one() -> None:
    assert week_at_hand(MONDAY) == MONDAY - timedelta(weeks=1)
    assert week_at_hand(MONDAY + timedelta(days=1)) == MONDAY
    assert week_at_hand(MONDAY + timedelta(days=6)) == MONDAY


def test_a_week_is_signed_from_its_friday_on_and_never_ahead() -> None:
    friday = MONDAY + timedelta(days=4)

    assert opens_on(MONDAY) == friday
    assert not may_be_signed(MONDAY, friday - timedelta(days=1))
    assert may_be_signed(MONDAY, friday)
    assert not may_be_signed(MONDAY + timedelta(weeks=1), friday)
    assert not may_be_signed(MONDAY + timedelta(days=1), friday + timedelta(weeks=4))


def test_a_title_is_the_first_sentence_and_at_most_24_characters() -> None:
    assert title_from("楼道灯坏了。请修。") == "楼道灯坏了"
    assert title_from("。。") == "。。"
    assert title_from("长" * 100) == "长" * 23 + "…"


def test_the_seal_is_the_same_in_any_order_and_another_after_a_change() -> None:
    rows = [("1", "灯"), ("2", "井盖")]

    assert seal(rows) == seal(reversed(rows))
    assert seal(rows) != seal([("1", "灯"), ("2", "井")])


def test_a_door_has_one_form() -> None:
    assert tidy_door(" 3 ", "２", "401室") == tidy_door("3幢", "2单元", "401")
    assert tidy_door("甲楼", "", "") == tidy_door(" 甲 楼", "", "")
    assert tidy_door("12a", "", "").building == "12A幢"


def test_an_unsigned_week_of_the_past_is_at_hand_before_the_current_one() -> None:
    signed = {MONDAY - timedelta(weeks=4), MONDAY - timedelta(weeks=3)}

    assert week_at_hand(MONDAY + timedelta(days=2), signed) == MONDAY - timedelta(weeks=2)


def test_when_every_past_week_is_signed_the_current_one_is_at_hand() -> None:
    assert week_at_hand(MONDAY + timedelta(days=2), {MONDAY - timedelta(weeks=1)}) == MONDAY


def test_years_without_a_signature_do_not_lead_back_further_than_a_quarter() -> None:
    assert week_at_hand(MONDAY, {MONDAY - timedelta(weeks=80)}) == MONDAY - timedelta(weeks=13)

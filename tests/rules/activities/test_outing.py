"""Where a pair stands, what must be ticked, and when a family's telephone may be read."""

from datetime import date, datetime, timedelta

import pytest

from db.rules.activities.outing import is_open, may_see_contact, must_be_ticked, stand, unticked
from db.rules.zone import CHINA
from db.terms import LeavingCheck, PairStand, ReturnCheck

DAY = date(2026, 3, 5)
NOON = datetime(2026, 3, 5, 12, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("left", "returned", "stays", "where", "open_"),
    [
        (None, None, None, PairStand.WAITING, True),
        (NOON, None, None, PairStand.OUT, True),
        (NOON, NOON, None, PairStand.BACK, False),
        (None, None, NOON, PairStand.STAYS, False),
    ],
)
def test_a_pair_is_open_until_it_is_back_or_stays(
    left: datetime | None, returned: datetime | None, stays: datetime | None, where: PairStand, open_: bool
) -> None:
    assert stand(left, returned, stays) is where
    assert is_open(where) is open_


def test_with_words_something_may_be_missing_but_never_feeling_well() -> None:
    lacking = unticked(LeavingCheck, ["papers", "phone"])

    assert must_be_ticked(lacking, explained=False) == lacking
    assert must_be_ticked(lacking, explained=True) == [LeavingCheck.FEELS_WELL]
    assert must_be_ticked([ReturnCheck.HOME], explained=True) == [ReturnCheck.HOME]


def test_the_contact_is_read_on_the_day_and_while_the_elder_is_out() -> None:
    eve, late = NOON - timedelta(days=1), NOON + timedelta(days=1)

    assert may_see_contact(DAY, PairStand.WAITING, NOON)
    assert not may_see_contact(DAY, PairStand.WAITING, eve)
    assert not may_see_contact(DAY, PairStand.WAITING, late)
    assert may_see_contact(DAY, PairStand.OUT, late)
    assert not may_see_contact(DAY, PairStand.BACK, NOON)


def test_the_day_is_the_chinese_one() -> None:
    just_after_midnight = datetime(2026, 3, 5, 0, 10, tzinfo=CHINA)

    assert may_see_contact(DAY, PairStand.WAITING, just_after_midnight)

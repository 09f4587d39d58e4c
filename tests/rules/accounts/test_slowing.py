"""Wrong tries slow down; nobody is locked out."""

from datetime import timedelta

import pytest

from db.rules.accounts.slowing import FIRST_WAIT, FREE, LONGEST_WAIT, STORM, Tries, wait_after
from tests.builders.world import NOW


@pytest.mark.parametrize("here", range(FREE))
def test_a_few_wrong_tries_cost_nothing(here: int) -> None:
    assert wait_after(Tries(here, NOW, here, here, known=False), now=NOW) == timedelta()


def test_the_wait_doubles_up_to_its_most_and_counts_from_the_last_try() -> None:
    waits = [wait_after(Tries(FREE + n, NOW, 0, 0, known=False), now=NOW) for n in range(60)]

    assert waits[:4] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4, FIRST_WAIT * 8]
    assert set(waits[5:]) == {LONGEST_WAIT}
    assert wait_after(Tries(FREE, NOW, 0, 0, known=False), now=NOW + FIRST_WAIT) == timedelta()


@pytest.mark.parametrize(("of_name", "from_address"), [(STORM, 0), (0, STORM)])
def test_in_a_storm_a_place_that_is_not_known_has_one_free_try_and_a_known_one_all(
    of_name: int, from_address: int
) -> None:
    def wait(here: int, known: bool) -> timedelta:
        return wait_after(Tries(here, NOW if here else None, of_name, from_address, known), now=NOW)

    assert [wait(here, False) for here in (0, 1)] == [timedelta(), FIRST_WAIT]
    assert [wait(here, True) for here in (0, 1, FREE)] == [timedelta(), timedelta(), FIRST_WAIT]

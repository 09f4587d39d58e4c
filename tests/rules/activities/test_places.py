from hypothesis import given
from hypothesis import strategies as st

from db.rules.activities.places import Waiting, moving_up, seats_of, told

QUEUES = st.lists(st.integers(1, 11)).map(lambda seats: [Waiting(n, s) for n, s in enumerate(seats)])


def test_a_parent_with_two_children_takes_three_places_and_a_named_child_one() -> None:
    assert (seats_of(2), seats_of(0), seats_of(0, named_child=True)) == (3, 1, 1)


def test_who_needs_more_than_is_left_lets_the_next_one_by() -> None:
    queue = [Waiting(1, 3), Waiting(2, 1), Waiting(3, 1), Waiting(4, 1)]

    assert [one.id for one in moving_up(2, queue)] == [2, 3]
    assert moving_up(None, queue) == queue


@given(st.integers(0, 40), QUEUES)
def test_never_more_move_up_than_there_are_places_and_nobody_waits_beside_a_free_one(
    free: int, queue: list[Waiting]
) -> None:
    moved = moving_up(free, queue)
    left = free - sum(one.seats for one in moved)

    assert left >= 0
    assert all(one.seats > left for one in queue if one not in moved)
    assert [one for one in queue if one in moved] == moved


def test_a_few_of_a_sensitive_group_are_hidden_from_everybody_outside() -> None:
    assert [told(n, sensitive=True) for n in (0, 1, 4, 5, 32)] == [None, None, None, 5, 32]
    assert told(4, sensitive=False) == 4
    assert told(4, sensitive=True, inside=True) == 4

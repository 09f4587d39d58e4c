"""What many phones send in one moment is done in one go, and each is told what became of its own."""

import asyncio
import threading
from typing import Any

from db.crowd import Crowd
from tests.support.browser import in_own_loop
from tests.support.waiting import DEADLINE


class Clerk:
    """Doubles numbers, in the groups in which they come; at the first group the door is held until all stand there."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.opened = threading.Event()
        self.crowd: Crowd[int, int] = Crowd(self.work, most=20)

    def work(self, numbers: list[int]) -> list[int | Exception]:
        self.groups.append(numbers)
        assert self.opened.wait(DEADLINE)
        if 13 in numbers:
            raise ZeroDivisionError
        return [ValueError(number) if number == 5 else number * 2 for number in numbers]

    async def all_at_once(self, numbers: range) -> list[int | Exception]:
        asked = [asyncio.create_task(self.crowd.join(numbers[0]))]
        while not self.groups:
            await asyncio.sleep(0)
        asked += [asyncio.create_task(self.crowd.join(number)) for number in numbers[1:]]
        await asyncio.sleep(0)  # now all of them stand in line
        self.opened.set()
        return await asyncio.gather(*asked)


def test_the_first_is_done_alone_and_who_came_meanwhile_in_one_go() -> None:
    clerk = Clerk()

    told = in_own_loop(clerk.all_at_once(range(12)))

    assert clerk.groups == [[0], list(range(1, 12))]
    assert [one for one in told if isinstance(one, Exception)] == [told[5]]
    assert isinstance(told[5], ValueError)
    assert told[:5] + told[6:] == [number * 2 for number in range(12) if number != 5]


def test_a_group_has_an_end_and_what_broke_it_is_told_to_nobody_else() -> None:
    clerk = Clerk()

    told = in_own_loop(clerk.all_at_once(range(50)))

    assert [len(group) for group in clerk.groups] == [1, 20, 20, 9]
    assert {type(one) for one in told[1:21]} == {ZeroDivisionError}
    assert told[21:] == [number * 2 for number in range(21, 50)]


def test_who_went_away_leaves_the_others_their_answer() -> None:
    clerk = Clerk()

    async def one_leaves() -> list[Any]:
        asked = [asyncio.create_task(clerk.crowd.join(number)) for number in range(3)]
        while not clerk.groups:
            await asyncio.sleep(0)
        asked[0].cancel()
        asked[1].cancel()
        clerk.opened.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    told = in_own_loop(one_leaves())

    assert [type(one) for one in told[:2]] == [asyncio.CancelledError] * 2
    assert told[2] == 4


def test_the_line_is_free_again_afterwards_in_the_same_loop_and_in_another() -> None:
    clerk = Clerk()
    clerk.opened.set()

    async def ask(*numbers: int) -> list[int | Exception]:
        return [await clerk.crowd.join(number) for number in numbers]

    assert in_own_loop(ask(1, 2)) == [2, 4]
    assert in_own_loop(ask(3)) == [6]

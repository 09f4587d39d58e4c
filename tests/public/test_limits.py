"""Wrong codes count once however many processes there are; what is right, or has to wait, costs no write."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from db import engine as db_engine
from db.actions.accounts.sign_in import open_attempt
from db.actions.accounts.wrong_codes import note_wrong_code
from db.engine import reading_as_system
from db.models import SignInFailure
from db.rules.accounts.slowing import WINDOW
from pages.public import limits, wall
from pages.public.limits import Limit, WrongCodes
from tests.builders.world import World
from tests.support.phone import Phone

HERE, THERE = "an address", "another one"


@pytest.fixture(autouse=True)
def _nothing_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "KEPT", Limit(600, pause=1))
    monkeypatch.setattr(limits, "SWEPT", Limit(1, seconds=60, pause=60))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the clock forward or back, as an operator does."""
    right = db_engine.utc_now

    def shift(by: timedelta) -> None:
        monkeypatch.setattr(limits, "utc_now", lambda: right() + by)

    return shift


def kept() -> int:
    with reading_as_system("test") as session:
        return session.scalar(select(func.count()).select_from(SignInFailure)) or 0


def two(most: int, pause: float = 600) -> tuple[WrongCodes, WrongCodes]:
    """The same limit in two processes: they share nothing but the database."""
    return WrongCodes("wall", most, pause=pause), WrongCodes("wall", most, pause=pause)


def test_two_processes_together_let_as_many_wrong_codes_pass_as_one(world: World) -> None:
    one, other = two(4)

    taken = [(one, other)[number % 2].take(HERE) for number in range(8)]

    assert taken == [True] * 4 + [False] * 4
    assert (one.reached(HERE), other.reached(HERE)) == (True, True)
    assert other.take(THERE)
    assert WrongCodes("card", 4, pause=600).take(HERE), "what is tried elsewhere is another thing"


def test_who_waited_has_one_try_through_either_process(world: World, clock: Callable[[timedelta], None]) -> None:
    one, other = two(2, pause=30)
    assert [one.take(HERE), one.take(HERE), other.take(HERE)] == [True, True, False]
    clock(timedelta(seconds=31))

    assert [other.take(HERE), other.take(HERE)] == [True, False]


def test_wrong_codes_are_forgotten_with_time_and_a_clock_set_back_locks_nobody_out(
    world: World, clock: Callable[[timedelta], None]
) -> None:
    one, other = two(2)
    clock(timedelta(days=1))
    assert [one.take(HERE), one.take(HERE), other.reached(HERE)] == [True, True, True]

    clock(timedelta())
    assert not other.reached(HERE), "what lies in the future does not count"
    clock(timedelta(days=1, minutes=11))
    assert not other.reached(HERE)


def test_old_rows_go_and_a_storm_from_everywhere_writes_no_more_than_it_may(
    world: World, monkeypatch: pytest.MonkeyPatch, clock: Callable[[timedelta], None]
) -> None:
    long_ago = db_engine.utc_now() - WINDOW - timedelta(minutes=1)
    note_wrong_code("wall", THERE, sweep=False, now=long_ago)
    monkeypatch.setattr(limits, "KEPT", Limit(5, pause=600))
    one, _ = two(60)

    assert all(one.take(f"address {number}") for number in range(20))

    assert kept() == 5, "the old one is gone, and the others are counted in memory"


def test_whoever_waits_and_whoever_is_right_writes_nothing(world: World) -> None:
    one, other = two(2)
    for _ in range(2):
        one.take(HERE)
    before = kept()

    assert [one.take(HERE), other.take(HERE), one.reached(THERE)] == [False] * 3
    assert kept() == before


def test_wrong_codes_make_nobody_wait_who_signs_in(world: World) -> None:
    one, _ = two(200)
    for _ in range(60):
        one.take(HERE)

    assert open_attempt("secretary", HERE, now=db_engine.utc_now()).wait is None


def test_forty_at_once_are_all_counted(world: World) -> None:
    one, other = two(100)

    with ThreadPoolExecutor(8) as hands:
        taken = list(hands.map(lambda limit: limit.take(HERE), (one, other) * 20))

    assert (sum(taken), kept()) == (40, 40)


@pytest.mark.parametrize("said", ["database or disk is full", "attempt to write a readonly database"])
def test_a_database_that_takes_nothing_in_leaves_each_process_to_count_alone(
    said: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception(said))

    monkeypatch.setattr(limits, "note_wrong_code", away)
    monkeypatch.setattr(limits, "wrong_codes", away)
    one, other = two(2)

    assert [one.take(HERE) for _ in range(3)] == [True, True, False]
    assert other.take(HERE)


def test_a_phone_that_tries_codes_of_the_wall_on_two_processes(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = []
    for limit in two(3):
        monkeypatch.setattr(wall, "UNKNOWN", limit)
        phone = Phone(wall.routes)
        statuses += [phone.get(f"/w/{number:013d}").status for number in range(2)]

    assert statuses == [404, 404, 404, 429]

"""A process whose clock is a day off beside a right one, on one database: nothing acknowledged is lost, and it is told.

What a wrong clock does break is named in docs/running.md: sign-ins end, and a deadline ends early through that process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import select

from db.actions.council.notices import finish_notice
from db.counters import day_of
from db.engine import as_system, carry_out, engine, reading_as_system, utc_now
from db.errors import NotSignedIn, Refused
from db.models import AuditEntry, Notice, Place
from db.queries.accounts.accounts import signed_in_by
from db.queries.accounts.health import clock_words, health
from db.rules.clock import CLOCK_DRIFT
from db.settings import settings
from db.upkeep.verify import verify
from pages.public import slip
from pages.public.limits import WrongCodes
from tests.builders.council import a_notice
from tests.builders.world import World
from tests.load.measure_slips import a_hall, cast_votes
from tests.support.an_action import name_place
from tests.support.installed import stamp
from tests.support.phone import Phone
from tests.support.signed_in import new_sign_in


@contextmanager
def process(days: int) -> Iterator[None]:
    """What runs in the block runs in a process whose clock is so many days ahead."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIQILAI_CLOCK_SHIFT_DAYS", str(days))
        settings.cache_clear()
        yield
    settings.cache_clear()


@pytest.mark.parametrize("days", [-1, 1])
def test_what_either_process_acknowledged_is_there_once_and_the_log_holds(world: World, days: int) -> None:
    stamp()
    names = []
    for number in range(4):
        with process(days * (number % 2)):
            names.append(carry_out(world.secretary, f"k{number}", name_place, name=f"北里{number}")["name"])
    with process(days):
        carry_out(world.secretary, "k0", name_place, name="北里0")  # sent again, through the other one

    with reading_as_system("test") as session:
        assert session.scalars(select(Place.name).where(Place.name.like("北里%")).order_by(Place.id)).all() == names
        moments = session.scalars(
            select(AuditEntry.at).where(AuditEntry.table_name == "place").order_by(AuditEntry.id.desc()).limit(4)
        ).all()
    assert (moments[0] - moments[1]) * days > timedelta(), "entries are in the order of their commits, not of clocks"
    assert [finding.wrong for finding in verify() if not finding.well] == []


@pytest.mark.parametrize("days", [-1, 1])
def test_a_vote_counts_once_whichever_process_takes_it(world: World, days: int) -> None:
    hall = a_hall(world.secretary.id, 4)

    def vote(number: int) -> bool:
        answer = Phone(slip.routes).send(f"/v/{hall.codes[number]}", ballot=str(hall.ballot), choice="for")
        return "已收到" in answer.text

    with process(days):
        received = [vote(0), vote(1)]
    received += [vote(1), vote(2)]
    with process(days):
        received += [vote(2), vote(3)]

    assert received == [True] * 6
    assert cast_votes(hall.ballot) == 4


@pytest.mark.parametrize("days", [-1, 1])
def test_a_sign_in_holds_at_processes_of_its_own_time_only(world: World, days: int) -> None:
    """Who comes to the other process signs in again; there, nothing is written under a sign-in that does not hold."""
    token = new_sign_in(world.secretary.id)
    found = signed_in_by(token, now=utc_now())
    assert found is not None

    with process(days):
        assert signed_in_by(token, now=utc_now()) is None
        with pytest.raises(NotSignedIn):
            carry_out(found.actor, "k", name_place, name="北里")
        theirs = new_sign_in(world.secretary.id)

    assert signed_in_by(token, now=utc_now()) is not None, "the wrong one ended nothing"
    if days > 0:
        assert signed_in_by(theirs, now=utc_now()) is None, "a clock ahead prolongs no sign-in"


def test_a_process_ahead_ends_a_notice_early_and_a_right_one_does_not(world: World) -> None:
    """Why a wrong clock is an alarm: the database cannot know which of two clocks is right."""
    notice = a_notice(world)
    with as_system("test") as session:
        session.get_one(Notice, notice).ends_on = day_of(utc_now())
    with reading_as_system("test") as session:
        ends = {"notice_id": notice, "version": session.get_one(Notice, notice).version}
    with pytest.raises(Refused, match="notice_running"):
        carry_out(world.secretary, "early", finish_notice, **ends)

    with process(2):
        assert carry_out(world.secretary, "wrong", finish_notice, **ends) == notice


def test_limits_of_a_right_process_are_not_changed_by_tries_of_another_time(world: World) -> None:
    with process(1):
        ahead = WrongCodes("wall", 1, pause=600)
        assert [ahead.take("here"), ahead.take("here")] == [True, False]

    assert not WrongCodes("wall", 1, pause=600).reached("here")


def test_health_and_figures_say_by_how_much_the_clock_is_off(world: World) -> None:
    right = health()
    with process(1):
        wrong = health()
        ahead = REGISTRY.get_sample_value("yiqilai_clock_ahead_seconds")

    if engine().dialect.name == "sqlite":
        assert (right.ahead, wrong.ahead) == (None, None), "the file has no clock of its own"
        return
    assert right.states["clock"] == "ok"
    assert wrong.states["clock"].startswith("This process's clock is 86")
    assert wrong.states["clock"].endswith("ahead of the database's: set both by NTP.")
    assert wrong.well, "people go on: which of the two is right, nobody knows here"
    assert ahead is not None
    assert abs(ahead - 86_400) < CLOCK_DRIFT.total_seconds()


def test_a_minute_is_no_wrong_clock() -> None:
    assert (clock_words(59.0), clock_words(-59.0)) == ("ok", "ok")
    assert "3600 seconds behind" in clock_words(-3600.0)

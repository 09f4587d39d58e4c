"""Market days with stalls and helpers, outings with pairs."""

import secrets
from datetime import date, datetime, time
from typing import Any

from db.actions.activities.market import add_stall, open_tallies
from db.actions.activities.market_staff import place_helper
from db.actions.activities.market_tally import Entry, take_tally
from db.actions.activities.outing import pair_up
from db.engine import as_system, reading_as_system
from db.models import Activity, MarketStall
from db.queries.activities.market_stall import stall_code
from db.terms import ActivityKind, ActivityState
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do


def an_own_activity(world: World, kind: ActivityKind, on: date = TODAY, **more: Any) -> int:
    """An activity that belongs to no project."""
    with as_system("test") as session:
        activity = Activity(
            community_id=more.pop("community_id", world.here), kind=kind, title=more.pop("title", "三月集市"), on=on,
            place="柳荫广场", needed=12, state=more.pop("state", ActivityState.PLANNED), **more,
        )  # fmt: skip
        session.add(activity)
        session.flush()
        return activity.id


def a_market(world: World, on: date = TODAY, **more: Any) -> int:
    return an_own_activity(world, ActivityKind.MARKET, on, **more)


def a_stall(world: World, market: int, item: str = "磨刀", **more: Any) -> int:
    stall: int = do(world.worker, add_stall, activity_id=market, item=item, **({"helpers": 1, "planned": 20} | more))
    return stall


def a_stall_helper(
    world: World, stall: int, volunteer: int, starts: time = time(9), ends: time = time(11, 30), **more: Any
) -> int:
    helper: int = do(
        world.worker, place_helper, stall_id=stall, volunteer_id=volunteer, starts=starts, ends=ends, **more
    )
    return helper


def a_tally(world: World, stall: int, now: datetime = NOW) -> str:
    """The code of a stall's address."""
    with reading_as_system("test") as session:
        market = session.get_one(MarketStall, stall).activity_id
    do(world.worker, open_tallies, activity_id=market, now=now)
    with reading_as_system("test") as session:
        row = session.get_one(MarketStall, stall)
        return stall_code(row.id, row.draw)


def press(amount: int = 1, key: str = "", made: datetime = NOW) -> Entry:
    """One press at a stall."""
    return Entry(key or secrets.token_hex(16), "count", made, amount=amount)


def counted(code: str, *amounts: int, now: datetime = NOW) -> None:
    """Presses that reach the server."""
    assert take_tally(code, [press(amount) for amount in amounts], sent=now, now=now) is not None


def an_outing(world: World, on: date = TODAY, **more: Any) -> int:
    return an_own_activity(world, ActivityKind.OUTING, on, title=more.pop("title", "老街陪访"), **more)


def a_pair(
    world: World, outing: int, name: str = "甄老人", *, number: str = "", escort: int | None = None, **more: Any
) -> int:
    """An elder with an escort; `number` makes a new volunteer."""
    volunteer = a_volunteer(world, number) if number else escort
    given = {"elder_name": name, "volunteer_id": volunteer, "contact_name": "甄女儿", "contact_phone": "13800001234"}
    pair: int = do(world.worker, pair_up, activity_id=outing, **(given | more))
    return pair

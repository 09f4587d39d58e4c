"""Activities that are no project's: set up, signed up for, held; market days with stalls, outings with pairs."""

import secrets
from datetime import date, datetime, time
from typing import Any

from db.actions.activities.activities import set_up_activity
from db.actions.activities.crew import assign_helper
from db.actions.activities.market import add_stall, open_tallies
from db.actions.activities.market_staff import place_helper
from db.actions.activities.market_tally import Entry, take_tally
from db.actions.activities.outing import pair_up
from db.actions.activities.sign_ups import sign_up_participant
from db.engine import as_system, reading_as_system
from db.models import Activity, ActivityParticipant, ActivitySession, MarketStall, Unit
from db.queries.activities.market_stall import stall_code
from db.rules.permissions import Actor
from db.terms import ActivityKind, ActivityState, UnitKind
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, do


def an_event(world: World, *, on: date = TODAY, actor: Actor | None = None, **more: Any) -> int:
    """A salon in the afternoon of a day; the id."""
    values: dict[str, Any] = {
        "title": "妇女节沙龙",
        "kind": ActivityKind.SALON,
        "place": "党群服务中心",
        "begins": time(14),
        "ends": time(16),
    }
    made: int = do(actor or world.secretary, set_up_activity, on=on, **(values | more))
    return made


def signed_up(world: World, activity_id: int, name: str = "甄报名", phone: str = "13900000001", **more: Any) -> Any:
    """Somebody whom the worker signs up: {"id", "state", "receipt"}."""
    return do(world.worker, sign_up_participant, activity_id=activity_id, name=name, phone=phone, **more)


def a_unit(world: World, name: str = "柳林残疾人之家", **more: Any) -> int:
    with as_system("test") as session:
        unit = Unit(subdistrict_id=world.subdistrict, name=name, kind=more.pop("kind", next(iter(UnitKind))), **more)
        session.add(unit)
        session.flush()
        return unit.id


def helped(world: World, activity_id: int, volunteer_id: int) -> int:
    made: int = do(world.secretary, assign_helper, activity_id=activity_id, volunteer_id=volunteer_id)
    return made


def the_activity(activity_id: int) -> Activity:
    with as_system("test") as session:
        row = session.get_one(Activity, activity_id)
        session.expunge(row)
        return row


def sessions(activity_id: int) -> list[ActivitySession]:
    with as_system("test") as session:
        rows = session.query(ActivitySession).filter_by(activity_id=activity_id).order_by(ActivitySession.starts_at)
        found = list(rows)
        session.expunge_all()
        return found


def states(activity_id: int) -> list[str]:
    """The states of the sign-ups, in order."""
    with as_system("test") as session:
        rows = session.query(ActivityParticipant).filter_by(activity_id=activity_id).order_by(ActivityParticipant.id)
        return [row.state.value for row in rows]


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

"""Rotas with posts, slots and turns, and people who take them."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from db.actions.rota.rotas import make_rota, open_rota
from db.actions.rota.slots import lay_slots
from db.actions.rota.turns import claim_slot
from db.engine import as_system, carry_out, reading
from db.errors import Refused
from db.models import Rota, RotaPost, Slot, Turn, Volunteer
from db.rules.permissions import Actor
from db.rules.zone import CHINA
from db.terms import HOLDS_A_PLACE, Role, RotaState, SlotRhythm, TurnState
from tests.builders.volunteers import a_volunteer
from tests.builders.world import NOW, TODAY, World, actor_for, an_account, another_actor, do

POSTS = "进站口，引导乘客\n出站口，指路"


def a_rota(world: World, *, by: Actor | None = None, posts: str = POSTS, opened: bool = False, **more: Any) -> int:
    """A rota of the month around TODAY; with slots only when it is `opened`."""
    values: dict[str, Any] = {
        "title": "春运志愿服务", "place": "火车站南广场", "starts_on": TODAY - timedelta(days=20),
        "ends_on": TODAY + timedelta(days=39), "give_back_hours": 24, "posts": posts,
    }  # fmt: skip
    made: int = do(by or world.secretary, make_rota, **(values | more))
    if opened:
        lay(world, made)
        do(by or world.secretary, open_rota, rota_id=made, version=1)
    return made


def posts_of(world: World, rota_id: int) -> list[int]:
    with reading(world.secretary) as session:
        return list(session.scalars(select(RotaPost.id).where(RotaPost.rota_id == rota_id).order_by(RotaPost.id)))


def lay(world: World, rota_id: int, **more: Any) -> dict[str, int]:
    """Tomorrow and the day after, one shift in the morning, one place at each post."""
    values: dict[str, Any] = {
        "rota_id": rota_id, "post_ids": posts_of(world, rota_id), "rhythm": SlotRhythm.DAILY,
        "starts_on": TODAY + timedelta(days=1), "until": TODAY + timedelta(days=2), "shifts": "08:00-12:00",
        "places": 1,
    }  # fmt: skip
    laid: dict[str, int] = do(world.secretary, lay_slots, **(values | more))
    return laid


def slots_of(world: World, rota_id: int) -> list[Slot]:
    with reading(world.secretary) as session:
        return list(session.scalars(select(Slot).where(Slot.rota_id == rota_id).order_by(Slot.starts_at, Slot.post_id)))


def an_open_slot(world: World, **more: Any) -> int:
    """The first slot of an open rota: tomorrow 08:00–12:00."""
    rota_id = a_rota(world)
    lay(world, rota_id, **more)
    do(world.secretary, open_rota, rota_id=rota_id, version=1)
    return slots_of(world, rota_id)[0].id


def a_helper_with_account(world: World, username: str, **more: Any) -> tuple[Actor, int]:
    """Somebody of the registry who signs in, and their number there."""
    person = another_actor(world, Role.VOLUNTEER, username)
    return person, a_volunteer(world, username, account_id=person.id, **more)


def a_turn(world: World, person: Actor, slot_id: int, **more: Any) -> int:
    turn: int = do(person, claim_slot, slot_id=slot_id, **more)
    return turn


def states(world: World, slot_id: int) -> list[TurnState]:
    """What became of the turns of a slot, in their order."""
    with reading(world.secretary) as session:
        return list(session.scalars(select(Turn.state).where(Turn.slot_id == slot_id).order_by(Turn.id)))


def filled(world: World, slot_id: int) -> int:
    with reading(world.secretary) as session:
        return session.get_one(Slot, slot_id).filled


def rota_of(world: World, rota_id: int) -> Rota:
    with reading(world.secretary) as session:
        return session.get_one(Rota, rota_id)


def china(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a Chinese day."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def racers(world: World, many: int) -> list[Actor]:
    """So many volunteers with accounts."""
    with as_system("test") as session:
        accounts = [
            an_account(session, world.subdistrict, Role.VOLUNTEER, world.here, f"racer{n}") for n in range(many)
        ]
        people = [actor_for(account) for account in accounts]
    for n, person in enumerate(people):
        a_volunteer(world, f"R{n}", account_id=person.id)
    return people


def outcome(person: Actor, act: Any, **values: Any) -> str:
    """“in”, or the rule that refused."""
    try:
        carry_out(person, f"race-{act.__name__}-{person.id}", act, now=NOW, **values)
    except Refused as refused:
        return refused.rule
    return "in"


# --- written past the actions: any day, any state ---------------------------------------------------------------


def a_plain_rota(world: World, title: str = "春运志愿服务", **more: Any) -> int:
    """An open rota of the next four weeks, at the station."""
    with as_system("test") as session:
        values: dict[str, Any] = {"place": "宁波站", "starts_on": TODAY, "ends_on": TODAY + timedelta(days=28)}
        values |= {"state": RotaState.OPEN, "made_by": world.secretary.id, "made_at": NOW, "community_id": world.here}
        rota = Rota(title=title, **(values | more))
        session.add(rota)
        session.flush()
        return rota.id


def a_post(world: World, rota_id: int, name: str = "南广场引导", **more: Any) -> int:
    with as_system("test") as session:
        post = RotaPost(community_id=world.here, rota_id=rota_id, name=name, **more)
        session.add(post)
        session.flush()
        return post.id


def a_slot(
    world: World, rota_id: int, post_id: int, on: date, hour: int = 8, *, hours: int = 3, places: int = 1, **more: Any
) -> int:
    starts = datetime(on.year, on.month, on.day, hour, tzinfo=CHINA)
    with as_system("test") as session:
        slot = Slot(
            community_id=world.here,
            rota_id=rota_id,
            post_id=post_id,
            on=on,
            starts_at=starts,
            ends_at=starts + timedelta(hours=hours),
            places=places,
            **more,
        )
        session.add(slot)
        session.flush()
        return slot.id


def a_plain_turn(world: World, slot_id: int, volunteer_id: int, state: TurnState = TurnState.TAKEN, **more: Any) -> int:
    """A volunteer in a slot, whose place is counted."""
    with as_system("test") as session:
        volunteer, slot = session.get_one(Volunteer, volunteer_id), session.get_one(Slot, slot_id)
        turn = Turn(
            community_id=world.here,
            slot_id=slot_id,
            volunteer_id=volunteer_id,
            account_id=volunteer.account_id,
            state=state,
            taken_at=NOW,
            taken_by=volunteer.account_id or world.worker.id,
            **more,
        )
        slot.filled += state in HOLDS_A_PLACE
        session.add(turn)
        session.flush()
        return turn.id

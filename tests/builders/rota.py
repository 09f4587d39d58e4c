"""Rotas with posts, slots and turns."""

from datetime import date, datetime, timedelta
from typing import Any

from db.engine import as_system
from db.models import Rota, RotaPost, Slot, Turn, Volunteer
from db.rules.zone import CHINA
from db.terms import HOLDS_A_PLACE, RotaState, TurnState
from tests.builders.world import NOW, TODAY, World


def a_rota(world: World, title: str = "春运志愿服务", **more: Any) -> int:
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


def a_turn(world: World, slot_id: int, volunteer_id: int, state: TurnState = TurnState.TAKEN, **more: Any) -> int:
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

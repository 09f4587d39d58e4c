"""Builders of orders through the real actions: a service, an order, a helper with an account, and how far it went."""

from datetime import date, timedelta
from typing import Any

from db.actions.orders.catalogue import save_service
from db.actions.orders.offers import accept_offer, offer_order
from db.actions.orders.orders import drawn_code, give_code, place_order
from db.actions.orders.service import confirm_by_call, finish_service, start_service
from db.engine import as_system
from db.models import Volunteer
from db.rules.permissions import Actor
from db.terms import FeeKind, OrderChannel, Role, ServiceGroup, VolunteerKind
from tests.builders.world import NOW, World, another_actor, do


def a_service(world: World, name: str = "代买菜", **more: Any) -> int:
    values: dict[str, Any] = {
        "name": name,
        "group": ServiceGroup.ERRAND,
        "fee": FeeKind.FREE,
        "answer_hours": 24,
        "finish_days": 7,
        "minutes": 60,
    }
    service: int = do(world[Role.SUBDISTRICT_ADMIN], save_service, **values | more)
    return service


def an_order(world: World, service: int | None = None, **more: Any) -> int:
    """An order taken by telephone for 1幢1单元101; the id."""
    values: dict[str, Any] = {
        "service_id": service,
        "channel": OrderChannel.PHONE,
        "place_id": world.place,
        "building": "1幢",
        "stairwell": "1单元",
        "room": "101",
        "asker_name": "王秀兰",
        "asker_phone": "13800001111",
    }
    if service is None and "service_id" not in more:
        more["service_id"] = a_service(world)
    placed: dict[str, Any] = do(more.pop("by", world.worker), place_order, **values | more)
    order: int = placed["id"]
    return order


def a_helper(world: World, username: str = "volunteer", **more: Any) -> tuple[Actor, int]:
    """A volunteer with an account; `volunteer` is the one that the world has."""
    actor = world[Role.VOLUNTEER] if username == "volunteer" else another_actor(world, Role.VOLUNTEER, username)
    values: dict[str, Any] = {
        "number": f"V-{username.upper()}",
        "name": "李福根",
        "phone": "13900002222",
        "kind": VolunteerKind.PARTY_MEMBER,
        "skills": [],
        "since": date(2025, 1, 1),
    }
    with as_system("test") as session:
        helper = Volunteer(community_id=world.here, account_id=actor.id, **values | more)
        session.add(helper)
        session.flush()
        return actor, helper.id


def offered(world: World, order: int, volunteer: int, **more: Any) -> int:
    offer: int = do(world.worker, offer_order, order_id=order, volunteer_id=volunteer, **more)
    return offer


def accepted(world: World, order: int, helper: tuple[Actor, int]) -> int:
    offer = offered(world, order, helper[1])
    do(helper[0], accept_offer, offer_id=offer)
    return offer


def served(world: World, order: int, helper: tuple[Actor, int], **more: Any) -> int:
    """Accepted, started and finished by the helper, who was there for as long as is claimed; the offer."""
    told: dict[str, Any] = {"done": "买了青菜和鸡蛋", "minutes": 60, "now": NOW} | more
    offer = accepted(world, order, helper)
    do(helper[0], start_service, order_id=order, now=told["now"] - timedelta(minutes=told["minutes"] or 0))
    do(helper[0], finish_service, order_id=order, **told)
    return offer


def rated(world: World, order: int, helper: tuple[Actor, int], rating: Any, said: str = "", **more: Any) -> int:
    """Served (at `now`), confirmed on the telephone and rated; the offer."""
    offer = served(world, order, helper, **more)
    do(world.worker, confirm_by_call, order_id=order, rating=rating, said=said)
    return offer


def a_code(worker: Actor, order: int) -> str:
    """The digits that the worker reads out to the resident."""
    return drawn_code(order, do(worker, give_code, order_id=order))


def another_code(code: str) -> str:
    """Six digits that are not these."""
    return f"{(int(code) + 1) % 10**6:06d}"

"""Builders of the offline door: paired phones, doors of a stairwell, entries as a phone sends them."""

import secrets
from datetime import datetime
from typing import Any

from db.actions.offline.entries import take_entry
from db.actions.offline.phones import new_ticket, open_door_ticket, pair_phone
from db.engine import as_system, carry_out, reading_as_system
from db.models import Household
from db.queries.offline.phones import PhoneAtDoor, phone_by
from db.rules.permissions import Actor
from tests.builders.doors import a_household
from tests.builders.world import NOW, TODAY, World, do


def the_household(household_id: int) -> Household:
    """A door as it stands."""
    with reading_as_system("test") as session:
        household = session.get(Household, household_id)
        assert household is not None
        return household


def changed_meanwhile(household_id: int, **values: Any) -> None:
    """Somebody else changed the door."""
    with as_system("test") as session:
        household = session.get(Household, household_id)
        for name, value in values.items():
            setattr(household, name, value)


def a_stairwell(world: World, rooms: int = 6, **more: Any) -> list[int]:
    """Doors of 1 幢 1 单元 that are due today, two a floor; their ids."""
    return [a_household(world, f"{1 + n // 2}0{1 + n % 2}", **{"due_on": TODAY, **more}) for n in range(rooms)]


def a_phone(actor: Actor, name: str = "测试机", *, now: datetime = NOW) -> str:
    """A phone of this person, paired as it is done; the key that its cookie holds."""
    ticket = new_ticket()
    do(actor, open_door_ticket, ticket=ticket, now=now)
    token = pair_phone(ticket, name=name, now=now)
    assert token is not None
    return token


def the_phone(token: str, *, now: datetime = NOW) -> PhoneAtDoor:
    phone = phone_by(token, now=now)
    assert phone is not None
    return phone


def send(token: str, kind: str, values: dict[str, Any], key: str = "", **more: Any) -> dict[str, Any]:
    """One entry as the server takes it; its answer."""
    phone = the_phone(token, now=more.get("now", NOW))
    at = {"said": NOW, "sent": NOW, "now": NOW} | more
    answer: dict[str, Any] = carry_out(
        phone.actor, "", take_entry, phone_id=phone.id, key=key or secrets.token_hex(16), kind=kind, values=values, **at
    )
    return answer


def a_wish(world: World, **more: Any) -> dict[str, Any]:
    """The five fields of a need."""
    given = {"description": "楼道灯坏了半个月，老人晚上下楼看不见", "category_id": world.categories[5]}
    return given | {"reach": "stairwell", "people": 12, "urgency": "normal"} | more

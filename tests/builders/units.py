"""Partner units, their resources and requests, through the real actions."""

from datetime import timedelta
from typing import Any

from db.actions.units.requests import ask_resource, promise_request, record_use, thank_unit
from db.actions.units.resources import save_resource
from db.actions.units.units import save_unit
from db.models import Resource, ResourceRequest, Unit
from db.rules.permissions import Actor
from db.terms import DayPart, RequestState, ResourceKind, UnitKind
from tests.builders.world import TODAY, World, do, row

HALL_DAY = TODAY + timedelta(days=7)


def a_unit(world: World, name: str = "澄湖街道总工会", *, by: Actor | None = None, **more: Any) -> int:
    values: dict[str, Any] = {
        "name": name, "kind": UnitKind.MASS, "contact_name": "周测试", "contact_phone": "10012345678",
        "agreed_on": TODAY - timedelta(days=100), "agreed_until": TODAY + timedelta(days=265),
    }  # fmt: skip
    number: int = do(by or world.secretary, save_unit, **values | more)
    return number


def a_resource(world: World, unit_id: int, name: str = "职工会堂", *, by: Actor | None = None, **more: Any) -> int:
    values: dict[str, Any] = {"name": name, "kind": ResourceKind.VENUE, "amount": 80, "measure": "座"}
    number: int = do(by or world.secretary, save_resource, unit_id=unit_id, **values | more)
    return number


def a_request(world: World, resource_id: int, *, by: Actor | None = None, **more: Any) -> int:
    values: dict[str, Any] = {
        "amount": 1, "on_day": HALL_DAY, "until_on": None, "part": DayPart.MORNING, "purpose": "居民议事会开会",
    }  # fmt: skip
    number: int = do(by or world.worker, ask_resource, resource_id=resource_id, **values | more)
    return number


def version_of(world: World, model: Any, number: int) -> int:
    version: int = row(world, model, number).version
    return version


def step(world: World, act: Any, request_id: int, *, by: Actor | None = None, **values: Any) -> Any:
    """The next step of a request in the version it has now."""
    version = version_of(world, ResourceRequest, request_id)
    return do(by or world.worker, act, request_id=request_id, version=version, **values)


def promised(world: World, resource_id: int, **more: Any) -> int:
    number = a_request(world, resource_id, **more)
    step(world, promise_request, number, said_by="周主席")
    return number


def used(world: World, resource_id: int, **more: Any) -> int:
    number = promised(world, resource_id, **{"on_day": TODAY} | more)
    step(world, record_use, number, used_amount=1, used_words="开了一次会")
    return number


def thanked(world: World, resource_id: int, **more: Any) -> int:
    number = used(world, resource_id, **more)
    step(world, thank_unit, number, words="送了感谢信")
    return number


def state_of(world: World, request_id: int) -> RequestState:
    state: RequestState = row(world, ResourceRequest, request_id).state
    return state


def the_unit(world: World, number: int) -> Unit:
    found: Unit = row(world, Unit, number)
    return found


def the_resource(world: World, number: int) -> Resource:
    found: Resource = row(world, Resource, number)
    return found

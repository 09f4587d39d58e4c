"""People, consents and programmes for tests, through the real actions wherever there is one."""

from datetime import timedelta
from typing import Any

from db.actions.people.consents import record_consent
from db.engine import as_system
from db.models import Household, Person, blind_index
from db.rules.permissions import Actor
from db.terms import ConsentScope, ConsentWay
from tests.builders import TODAY, World, a_household
from tests.builders.council import do

TOLD = "已告知用途、必要性和影响，可随时撤回"


def a_person(world: World, name: str = "甄试验", *, phone: str | None = None, room: str = "101", **more: Any) -> int:
    """Somebody behind a door of 1 幢 1 单元 (or of `household_id`); the id."""
    household = more.pop("household_id", None) or a_household(
        world, room, community_id=more.get("community_id"), restricted=more.get("restricted", False)
    )
    with as_system("test") as session:
        person = Person(
            community_id=more.pop("community_id", None) or world.here,
            household_id=household,
            name=name,
            phone=phone,
            phone_index=blind_index(phone) if phone else None,
            **more,
        )
        session.add(person)
        session.flush()
        return person.id


def household_of(person_id: int) -> int:
    with as_system("test") as session:
        return session.get_one(Person, person_id).household_id


def a_consent(actor: Actor, person_id: int | None = None, **more: Any) -> int:
    """A consent given on paper yesterday; the id."""
    values: dict[str, Any] = {
        "scope": ConsentScope.SENSITIVE,
        "given_on": TODAY - timedelta(days=1),
        "way": ConsentWay.PAPER,
        "witness": "",
        "told": TOLD,
        "person_id": person_id,
    }
    return do(actor, record_consent, **(values | more))  # type: ignore[no-any-return]


def the(model: Any, row_id: int) -> Any:
    """A row as the system reads it."""
    with as_system("test") as session:
        row = session.get_one(model, row_id)
        session.expunge(row)
        return row


__all__ = ["TOLD", "Household", "a_consent", "a_person", "household_of", "the"]

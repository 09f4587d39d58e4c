"""People, consents and programmes for tests, through the real actions wherever there is one."""

from datetime import timedelta
from typing import Any

from db.actions.complaints.complaints import log_complaint
from db.actions.doors.visits import log_visit
from db.actions.needs.needs import amend_need, log_need
from db.actions.orders.orders import place_order
from db.actions.people.consents import record_consent
from db.actions.people.programmes import add_member, start_programme
from db.actions.people.sensitive import add_sensitive
from db.engine import as_system
from db.models import Person, Service, blind_index
from db.rules.permissions import Actor
from db.terms import (
    ConsentScope,
    ConsentWay,
    NeedSource,
    OrderChannel,
    Reach,
    Role,
    SensitiveKind,
    ServiceGroup,
    Urgency,
    VisitOutcome,
)
from tests.builders.doors import a_household
from tests.builders.world import TODAY, World, another_actor, do

TOLD = "已告知用途、必要性和影响，可随时撤回"
YEAR_ON = TODAY.replace(year=TODAY.year + 1)
PROGRAMME = "单亲妈妈互助小组"
NAME, PHONE = "甄试验", "13900005678"


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
    return do(actor, record_consent, **(values | more))


def the(model: Any, row_id: int) -> Any:
    """A row as the system reads it."""
    with as_system("test") as session:
        row = session.get_one(model, row_id)
        session.expunge(row)
        return row


def cleared(world: World, username: str = "cleared", role: Role = Role.SECRETARY) -> Actor:
    return another_actor(world, role, username, sees_restricted=True)


def a_programme(actor: Actor, alias: str = "晨光") -> int:
    return do(actor, start_programme, alias=alias, name=PROGRAMME, purpose="互相照应", keep_until=YEAR_ON)


def a_member(actor: Actor, world: World, programme: int, room: str = "101", **more: Any) -> dict[str, Any]:
    person = a_person(world, f"甄{room}", room=room)
    consent = a_consent(actor, person, scope=ConsentScope.PROGRAMME)
    values = {"programme_id": programme, "person_id": person, "consent_id": consent, "wish": "周末有人带孩子"}
    return do(actor, add_member, **(values | more)) | {"person": person, "consent": consent}


def a_life(world: World) -> dict[str, Any]:
    """Somebody with a need, a visit, an order, a complaint and a sensitive fact; the name stands in the words, too."""
    person = a_person(world, NAME, phone=PHONE)
    household = household_of(person)
    with as_system("test") as session:
        service = Service(subdistrict_id=world.subdistrict, name="送餐", group=ServiceGroup.MEAL)
        session.add(service)
        session.flush()
        service_id = service.id
    asked = {"asker_name": NAME, "asker_phone": PHONE, "place_id": world.place}
    need = do(
        world.worker, log_need, description=f"{NAME}说楼道灯坏了，电话 139-0000-5678", category_id=world.categories[5],
        reach=Reach.STAIRWELL, people=12, urgency=Urgency.NORMAL, household_id=household, **asked,
    )  # fmt: skip
    do(
        world.worker, amend_need, need_id=need["id"], version=1, title="楼道灯", people=13,
        description=f"{NAME}家楼道灯坏了", category_id=world.categories[5], place_id=world.place, building="1幢",
        reach=Reach.STAIRWELL, urgency=Urgency.NORMAL, special_group=False,
    )  # fmt: skip
    visit = do(
        world.worker, log_visit, place_id=world.place, building="1", stairwell="1", room="101",
        outcome=VisitOutcome.MET, note=f"{NAME}身体好，{PHONE}",
    )  # fmt: skip
    order = do(
        world.worker, place_order, service_id=service_id, channel=OrderChannel.PHONE, household_id=household,
        emergency_contact=PHONE, note=f"找{NAME}", **asked,
    )  # fmt: skip
    complaint = do(
        world.worker, log_complaint, description=f"{NAME}反映噪音", source=NeedSource.VISIT,
        category_id=world.categories[4], household_id=household, **asked,
    )  # fmt: skip
    elsewhere = do(
        world.worker, log_need, description="路边井盖松动", category_id=world.categories[5], reach=Reach.ESTATE,
        people=40, urgency=Urgency.NORMAL, place_id=world.place, asker_name=NAME, asker_phone=f"+86 {PHONE}",
    )  # fmt: skip
    consent = a_consent(world.worker, person, told=f"已告知{NAME}")
    fact = do(
        world.worker, add_sensitive, person_id=person, kind=SensitiveKind.DISABILITY, said="听力不好", purpose="送餐",
        keep_until=TODAY.replace(year=TODAY.year + 1), consent_id=consent,
    )  # fmt: skip
    return {
        "person": person, "need": need["id"], "visit": visit["visit_id"], "order": order["id"],
        "complaint": complaint["id"], "elsewhere": elsewhere["id"], "consent": consent, "fact": fact,
    }  # fmt: skip

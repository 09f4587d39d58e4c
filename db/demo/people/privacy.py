"""Whose data, in the richest community: consents, a few sensitive facts, one restricted programme, dates that are due,
persons who stand in the records twice.
"""

from datetime import timedelta

from sqlalchemy import select, update

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.frame import Door as KnownDoor
from db.demo.names import phone, resident
from db.models import (
    Account,
    Consent,
    DifferentPair,
    Household,
    HouseholdMerge,
    Person,
    Programme,
    ProgrammeMember,
    ProgrammeStaff,
    SensitiveFact,
    Volunteer,
    blind_index,
    name_index,
)
from db.rules.doors.door import Door
from db.terms import ConsentScope, ConsentWay, DoubleKind, HouseholdKind, SensitiveKind

TOLD = "已告知用途、必要性、对本人的影响，以及可随时撤回。"
FACTS = (
    (SensitiveKind.DISABILITY, "听力三级残疾，敲门请用力", "上门前先打电话", 9),
    (SensitiveKind.LIVES_ALONE, "独居，女儿在外地，周末来", "安排每周探访", 7),
    (SensitiveKind.LOW_INCOME, "低保户，每年四月复核", "通知复核和节日慰问", 6),
    (SensitiveKind.HEALTH, "糖尿病，送餐要少糖", "安排送餐忌口", 2),
)
WISHES = (
    "周末有人带两小时孩子，好去加班",
    "想学一门能在家做的手艺",
    "孩子的数学作业没人辅导",
    "搬家想找人搭把手",
    "想有人说说话",
    "希望帮忙问问公租房怎么申请",
    "一家人想在院子里吃顿团圆饭",
)
ALIAS = "晨光"


def tell(demo: Demo) -> None:
    """Write it for the richest community."""
    area = next(area for area in demo.areas if area.rich)
    demo.bulk.flush()
    rng = demo.rng("privacy", area.code)
    hidden = [door for door in area.doors if door.restricted]
    known = rng.sample([door for door in area.doors if not door.restricted], 60)
    persons = _persons(demo, [door.id for door in (*hidden, *known)])
    at = 0
    for kind, said, purpose, count in FACTS:
        for door in known[at : at + count]:
            scope = ConsentScope.HEALTH if kind is SensitiveKind.HEALTH else ConsentScope.SENSITIVE
            consent = _consent(demo, area, persons[door.id], scope, at)
            _fact(demo, area, persons[door.id], consent, (kind, said, purpose))
            at += 1
    for number, door in enumerate(known[at : at + 6]):
        scope = (ConsentScope.STORY, ConsentScope.PHOTO)[number % 2]
        _consent(demo, area, persons[door.id], scope, number, withdrawn=number == 5)
    _cards(demo, area)
    _due(demo, [persons[door.id] for door in known[at + 6 : at + 14]])
    _doubles(demo, area, known[-3:])
    _double_homes(demo, area, [door.id for door in known[-6:-3]])
    _circle(demo, area, hidden[:7], persons)


def _persons(demo: Demo, households: list[int]) -> dict[int, int]:
    """The person that we talk to behind each of these doors."""
    found = demo.bulk.connection.execute(
        select(Person.household_id, Person.id).where(Person.household_id.in_(households)).order_by(Person.id.desc())
    )
    return {household: person for household, person in found}  # noqa: C416


def _consent(
    demo: Demo,
    area: Area,
    person: int,
    scope: ConsentScope,
    number: int,
    *,
    withdrawn: bool = False,
    hidden: bool = False,
) -> int:
    given = demo.today - timedelta(days=20 + number * 3)
    spoken = number % 3 == 0
    return demo.bulk.add(
        Consent,
        community_id=area.id,
        restricted=hidden,
        person_id=person,
        scope=scope,
        given_on=given,
        way=ConsentWay.SPOKEN if spoken else ConsentWay.PAPER,
        witness=demo.account_names[area.workers[1]] if spoken else "",
        told=TOLD,
        withdrawn_on=demo.today - timedelta(days=6) if withdrawn else None,
        withdrawn_reason="本人改了主意" if withdrawn else "",
        recorded_by=area.secretary if hidden else area.workers[number % len(area.workers)],
        recorded_at=days.at(given, 10),
    )


def _fact(demo: Demo, area: Area, person: int, consent: int, what: tuple[SensitiveKind, str, str]) -> None:
    kind, said, purpose = what
    demo.bulk.add(
        SensitiveFact,
        community_id=area.id,
        person_id=person,
        kind=kind.value,
        kind_index=SensitiveFact.index_of(area.id, kind),
        words=said,
        purpose=purpose,
        consent_id=consent,
        keep_until=demo.today + timedelta(days=200),
        recorded_by=area.secretary,
        recorded_at=days.at(demo.today - timedelta(days=15), 11),
    )


def _cards(demo: Demo, area: Area) -> None:
    """Volunteers who let their telephone be printed on a contact card."""
    volunteers = demo.bulk.connection.execute(
        select(Volunteer.id).where(Volunteer.community_id == area.id).order_by(Volunteer.id).limit(20)
    ).scalars()
    for number, volunteer in enumerate(volunteers):
        given = demo.today - timedelta(days=60 + number)
        demo.bulk.add(
            Consent,
            community_id=area.id,
            volunteer_id=volunteer,
            scope=ConsentScope.CONTACT_CARD,
            given_on=given,
            way=ConsentWay.PAPER,
            told="已告知电话会印在结对户的便民联系卡上，可随时撤回。",
            recorded_by=area.workers[0],
            recorded_at=days.at(given, 15),
        )


def _due(demo: Demo, persons: list[int]) -> None:
    """Records whose day has come, and some whose day comes later."""
    for number, person in enumerate(persons):
        until = demo.today + timedelta(days=-4 + number * (1 if number < 5 else 30))
        demo.bulk.connection.execute(update(Person).where(Person.id == person).values(keep_until=until))


def _doubles(demo: Demo, area: Area, doors: list[KnownDoor]) -> None:
    """The same telephone under two names, twice, and one character off in the same household."""
    rng = demo.rng("doubles", area.code)
    for number, door in enumerate(doors):
        name, call = (door.name, phone(rng)) if number == 0 else (resident(rng), door.phone)
        demo.bulk.add(
            Person,
            community_id=area.id,
            household_id=door.id,
            name=name,
            phone=call,
            phone_index=blind_index(call),
            name_index=name_index(name),
            relation="女儿" if number else "",
        )


def _double_homes(demo: Demo, area: Area, doors: list[int]) -> None:
    """Three flats that a list brought again without their stairwell: one made one, one that is two, one open."""
    query = select(Household.id, Household.place_id, Household.building, Household.room).where(Household.id.in_(doors))
    again: dict[int, int] = {}
    for home in demo.bulk.connection.execute(query.order_by(Household.id)).all():
        index = blind_index(Door(home.building, "", home.room).key(home.place_id))
        merged = home.id if not again else None
        again[home.id] = demo.bulk.add(
            Household,
            community_id=area.id,
            place_id=home.place_id,
            building=home.building,
            stairwell="",
            room=home.room,
            door_index=index,
            kind=HouseholdKind.ORDINARY,
            merged_into_id=merged,
        )
    (kept, other), (first, second), _open = again.items()
    at = days.at(demo.today - timedelta(days=3), 10)
    demo.bulk.add(
        HouseholdMerge,
        community_id=area.id,
        kept_id=kept,
        other_id=other,
        moved={"rows": {}, "filled": {}},
        merged_by=area.secretary,
        merged_at=at,
    )
    demo.bulk.add(
        DifferentPair,
        community_id=area.id,
        kind=DoubleKind.HOUSEHOLD,
        first_id=first,
        second_id=second,
        decided_by=area.secretary,
        decided_at=at,
    )


def _circle(demo: Demo, area: Area, doors: list[KnownDoor], persons: dict[int, int]) -> None:
    """晨光互助小组: seven members, the secretary and one worker are named, the first worker is not."""
    colleague = area.workers[1]
    demo.bulk.connection.execute(update(Account).where(Account.id == colleague).values(sees_restricted=True))
    began = demo.today - timedelta(days=120)
    programme = demo.bulk.add(
        Programme,
        community_id=area.id,
        alias=ALIAS,
        name="晨光互助小组",
        purpose="独自带孩子的家长互相照应：换着带孩子、分享招工消息、一起过节。",
        keep_until=demo.today + timedelta(days=245),
        made_by=area.secretary,
        made_at=days.at(began, 9),
    )
    for account in (area.secretary, colleague):
        demo.bulk.add(
            ProgrammeStaff,
            community_id=area.id,
            programme_id=programme,
            account_id=account,
            named_at=days.at(began, 10),
        )
    for number, (door, wish) in enumerate(zip(doors, WISHES, strict=True), 1):
        consent = _consent(demo, area, persons[door.id], ConsentScope.PROGRAMME, number, hidden=True)
        demo.bulk.add(
            ProgrammeMember,
            community_id=area.id,
            programme_id=programme,
            person_id=persons[door.id],
            alias=f"{ALIAS}{number:02d}",
            wish=wish,
            consent_id=consent,
            joined_on=began + timedelta(days=number * 4),
        )
        demo.bulk.connection.execute(
            update(Household).where(Household.id == door.id).values(alias=f"{ALIAS}{number:02d}")
        )

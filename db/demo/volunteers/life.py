"""A volunteer's whole life in the invented community: who registered, who pauses, training, awards, papers."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.names import phone, resident
from db.models import (
    Volunteer,
    VolunteerApplication,
    VolunteerAward,
    VolunteerCertificate,
    VolunteerEvent,
    VolunteerTraining,
    blind_index,
)
from db.queries.volunteers.records import served_between
from db.rules.orders.dispatch import SLOTS
from db.rules.printed_code import RECEIPT
from db.rules.voting.card_code import ALPHABET
from db.rules.workdays import add_working_days
from db.terms import ApplicationState, CertificateState, Interest, VolunteerChange

TRAININGS = (
    ("应急救护基础", "街道卫生服务中心", 240),
    ("助老服务礼仪", "柳林社区", 120),
    ("垃圾分类引导", "街道环卫站", 90),
)
AWARDS = (("年度服务之星", "街道志愿服务工作站"), ("抗台抢险表扬", "社区党委"))
SKILLS = ("理发", "家电维修", "手机电脑", "医护急救", "教学辅导")


def particulars(demo: Demo, area: Area, number: str) -> dict[str, Any]:
    """Year of birth and what somebody likes to help with, drawn for each entry of its own."""
    rng = demo.rng("particulars", area.code, number)
    kinds = rng.sample(list(Interest), rng.choice((1, 2)))
    return {
        "birth_year": demo.today.year - rng.choice((*range(58, 80), *range(30, 75, 3))),
        "interests": [kind.value for kind in Interest if kind in kinds],
    }


def tell(demo: Demo) -> None:
    """Write it for the community that is shown in full."""
    demo.bulk.flush()
    area = next(area for area in demo.areas if area.rich)
    rng = demo.rng("volunteer life", area.code)
    query = (
        select(Volunteer.id, Volunteer.name, Volunteer.account_id)
        .where(Volunteer.community_id == area.id, Volunteer.ended_on.is_(None), Volunteer.minutes > 0)
        .order_by(Volunteer.id)
        .limit(12)
    )
    people = demo.bulk.connection.execute(query).all()
    _trained(demo, area, people, rng)
    _paper(demo, area, people[0], CertificateState.HANDED_OUT, 1)
    _paper(demo, area, people[1], CertificateState.POSTED, 2)
    _paper(demo, area, people[2], CertificateState.ASKED, 0)
    _paused(demo, area, people[8].id)
    _young(demo, area, people[9].id, agreed=True, rng=rng)
    _young(demo, area, people[10].id, agreed=False, rng=rng)
    for place, state in enumerate((ApplicationState.WAITING,) * 3 + (ApplicationState.DECLINED,)):
        _applied(demo, area, rng, place, state)


def _change(demo: Demo, volunteer: int, **values: object) -> None:
    demo.bulk.connection.execute(update(Volunteer).where(Volunteer.id == volunteer).values(**values))


def _trained(demo: Demo, area: Area, people: Any, rng: Random) -> None:
    for person in people[:8]:
        owner = {"community_id": area.id, "volunteer_id": person.id, "account_id": person.account_id}
        noted = {"noted_by": area.workers[0], "noted_at": days.at(demo.today - timedelta(days=30), 16)}
        for title, given_by, minutes in rng.sample(TRAININGS, rng.choice((1, 2))):
            on = demo.today - timedelta(days=rng.randrange(40, 300))
            values = owner | noted | {"on": on, "title": title, "given_by": given_by, "minutes": minutes}
            demo.bulk.add(VolunteerTraining, **values)
        if rng.random() < 0.5:
            title, given_by = rng.choice(AWARDS)
            on = demo.today - timedelta(days=rng.randrange(60, 400))
            demo.bulk.add(VolunteerAward, **owner, **noted, on=on, title=title, given_by=given_by)
        _change(
            demo, person.id, contact_name=resident(rng), contact_phone=phone(rng),
            platform_number=f"3302{rng.randrange(10**10):010d}", fit=True, promised_on=demo.first,
        )  # fmt: skip


def _paper(demo: Demo, area: Area, person: Any, state: CertificateState, number: int) -> None:
    asked = demo.today - timedelta(days=30 if state is CertificateState.HANDED_OUT else 4)
    since, until = asked - timedelta(days=365), asked
    with Session(demo.bulk.connection) as session:
        served = served_between(session, person.id, since, until)
    lines = [[one.on.isoformat(), one.what, one.minutes] for one in served]
    total = sum(one.minutes for one in served)
    values: dict[str, Any] = {
        "community_id": area.id, "volunteer_id": person.id, "account_id": person.account_id, "state": state,
        "purpose": ("积分申请", "单位评优", "孩子入学材料")[number], "since": since, "until": until, "asked_on": asked,
        "noted_by": area.workers[0], "service": {},
    }  # fmt: skip
    if state is not CertificateState.ASKED:
        at = days.at(asked, 14)
        values |= {
            "accepted_at": at, "accepted_by": area.workers[0], "issued_at": at, "issued_by": area.secretary,
            "number": area.number("ZM", asked.year), "name": person.name, "minutes": total,
            "service": {"lines": lines}, "posted_on": asked, "working_days": 7,
            "ends_on": add_working_days(asked, 7, {}).ends_on,
        }  # fmt: skip
    if state is CertificateState.HANDED_OUT:
        values |= {"handed_on": demo.today - timedelta(days=1), "handed_by": area.secretary}
    demo.bulk.add(VolunteerCertificate, **values)


def _paused(demo: Demo, area: Area, volunteer: int) -> None:
    first, last = demo.today - timedelta(days=3), demo.today + timedelta(days=11)
    _change(demo, volunteer, paused_from=first, paused_until=last, paused_reason="回老家带孙子")
    demo.bulk.add(
        VolunteerEvent, community_id=area.id, volunteer_id=volunteer, kind=VolunteerChange.PAUSED,
        at=days.at(first, 9), by=area.workers[0], before=first.isoformat(), after=last.isoformat(),
        reason="回老家带孙子",
    )  # fmt: skip


def _young(demo: Demo, area: Area, volunteer: int, *, agreed: bool, rng: Random) -> None:
    said = {"guardian": resident(rng), "guardian_phone": phone(rng), "guardian_agreed_on": demo.first}
    _change(demo, volunteer, birth_year=demo.today.year - 16, **(said if agreed else {}))


def _applied(demo: Demo, area: Area, rng: Random, place: int, state: ApplicationState) -> None:
    at = days.at(demo.today - timedelta(days=1 + 2 * place), 20, place)
    decided = state is not ApplicationState.WAITING
    demo.bulk.add(
        VolunteerApplication,
        community_id=area.id,
        request_key=blind_index(f"demo join {area.code} {place}"),
        receipt="".join(rng.choice(ALPHABET) for _ in range(RECEIPT)),
        name=resident(rng),
        phone=phone(rng),
        birth_year=demo.today.year - rng.randrange(30, 70),
        skills=rng.sample(SKILLS, 2),
        interests=[Interest.ELDERS.value],
        free_slots=[slot for slot in SLOTS if slot.startswith(("sat", "sun"))][: 2 + place],
        received_at=at,
        state=state,
        decided_by=area.workers[0] if decided else None,
        decided_at=days.at(demo.today - timedelta(days=2), 9) if decided else None,
        reason="住在别的街道，已请到居住地登记" if decided else "",
    )

"""Partner units with their resources, a year of requests in every state, and who serves the catalogue."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.names import office_holders, phone
from db.demo.units.words import (
    CAME_OF_IT,
    DECLINED,
    ENDED,
    PURPOSES,
    SERVED_BY,
    THANKS,
    UNITS,
    offered,
)
from db.models import Category, Need, Project, Resource, ResourceRequest, Service, Unit, UnitEvent, UnitService
from db.rules.units.capacity import Hold, Offer, fits, why_not
from db.rules.units.life import HOLDS
from db.terms import DayPart, NeedStage, ProjectState, ResourceKind
from db.terms import RequestState as S
from db.terms import UnitHappening as H

PAST = 3
"""Loans of each resource that are over, about."""


@dataclass
class Pool:
    """The units, and what is known while the requests are told."""

    demo: Demo
    rng: Random
    units: dict[str, int] = field(default_factory=dict)
    contacts: dict[int, str] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    def say(self, unit: int, at: datetime, actor: int, kind: H, note: str = "", **more: Any) -> None:
        request, said_by = more.pop("request", None), more.pop("said_by", None)
        self.events.append(
            {"unit_id": unit, "at": at, "actor_id": actor, "kind": kind, "note": note, "values": more,
             "request_id": request, "said_by": said_by}
        )  # fmt: skip


def register(demo: Demo) -> Pool:
    """Write the units, so that what is held with them can name them."""
    pool = Pool(demo, demo.rng("units"))
    _register(pool)
    return pool


def tell(demo: Demo, pool: Pool) -> None:
    """Write what they offer and what was asked of them; projects, needs and the catalogue are stored by now."""
    demo.bulk.flush()
    _offer(pool)
    _serve(pool)
    for event in sorted(pool.events, key=lambda one: (one["at"], one["unit_id"])):
        demo.bulk.add(UnitEvent, subdistrict_id=demo.subdistrict, **event)


def _register(pool: Pool) -> None:
    demo = pool.demo
    names = office_holders(pool.rng)
    for place, (name, kind, home, since, left) in enumerate(UNITS):
        agreed = demo.today - timedelta(days=since)
        until = demo.today + timedelta(days=left) if left is not None else None
        ended = demo.today - timedelta(days=12) if name == ENDED else None
        number = demo.bulk.add(
            Unit,
            subdistrict_id=demo.subdistrict,
            name=name,
            kind=kind,
            home_id=demo.areas[home].id if home is not None else None,
            address=f"澄湖路{12 + 7 * place}号",
            contact_name=names[place],
            contact_phone=phone(pool.rng),
            agreed_on=agreed,
            agreed_until=until,
            ended_on=ended,
            ended_reason="停业" if ended else "",
        )
        pool.units[name], pool.contacts[number] = number, names[place]
        actor = demo.areas[home].secretary if home is not None else demo.admins[0]
        pool.say(number, days.at(agreed, 10), actor, H.REGISTERED, name=name)
        shown = {"on": agreed.isoformat()} | ({"until": until.isoformat()} if until else {})
        pool.say(number, days.at(agreed, 10, 5), actor, H.AGREED, **shown)
        if ended:
            pool.say(number, days.at(ended, 16), actor, H.ENDED, "停业", day=ended.isoformat())


def _offer(pool: Pool) -> None:
    demo = pool.demo
    known = {row.name: row.id for row in demo.bulk.connection.execute(select(Category.id, Category.name))}
    rich = next(area for area in demo.areas if area.rich)
    projects = demo.bulk.connection.execute(
        select(Project.id)
        .where(Project.community_id == rich.id, Project.state.in_((ProjectState.RUNNING, ProjectState.ACCEPTED)))
        .order_by(Project.id)
        .limit(4)
    ).scalars()
    needs = demo.bulk.connection.execute(
        select(Need.id)
        .where(Need.community_id == rich.id, Need.stage == NeedStage.RESERVE, Need.restricted.is_(False))
        .order_by(Need.id)
        .limit(4)
    ).scalars()
    about = [{"project_id": number} for number in projects] + [{"need_id": number} for number in needs]
    for place, one in enumerate(offered()):
        number = demo.bulk.add(
            Resource,
            subdistrict_id=demo.subdistrict,
            unit_id=pool.units[one.unit],
            kind=one.kind,
            name=one.name,
            amount=one.amount,
            measure=one.measure,
            category_id=known.get(one.category),
            skill=one.skill,
            words=one.words,
            place="",
            weekdays=list(one.weekdays),
            parts=list(one.parts),
            conditions=one.conditions,
        )
        since = days.at(demo.today - timedelta(days=140 - place), 11)
        pool.say(pool.units[one.unit], since, demo.admins[0], H.OFFERED, resource=one.name)
        ended = demo.today - timedelta(days=12) if one.unit == ENDED else None
        offer = Offer(one.kind, one.amount, one.weekdays, one.parts, unit_ended_on=ended)
        _ask(pool, _Lent(pool.units[one.unit], number, one.name, offer, place, rich), about)


@dataclass(frozen=True, slots=True)
class _Lent:
    unit: int
    id: int
    name: str
    offer: Offer
    place: int
    rich: Area


def _ask(pool: Pool, lent: _Lent, about: list[dict[str, int]]) -> None:
    """Some loans of the past, then one or two to come, so that every state is there."""
    held: list[Hold] = []
    goods = lent.offer.kind is ResourceKind.GOODS
    ahead = (S.PROMISED, S.ASKED, S.CANCELLED, S.DECLINED, S.WITHDRAWN)
    plans = [(-pool.rng.randrange(4, 120), (S.THANKED, S.THANKED, S.USED)[turn % 3]) for turn in range(PAST)]
    plans += [(pool.rng.randrange(1, 24), ahead[(lent.place + turn) % len(ahead)]) for turn in range(2)]
    for turn, (offset, state) in enumerate(plans):
        if (state is S.USED and lent.place % 3) or (lent.offer.unit_ended_on is not None and offset > -13):
            continue
        hold = _hold(pool, lent, offset, goods)
        if hold is None or (state in HOLDS and not fits(lent.offer, held, hold)):
            continue
        if state in HOLDS:
            held.append(hold)
        home = lent.rich if (lent.place + turn) % 2 == 0 else pool.rng.choice(pool.demo.areas)
        linked = home is lent.rich and turn == 0 and lent.place % 4 == 0 and about
        link = about[lent.place // 4 % len(about)] if linked else {}
        _request(pool, lent, hold, state, home, link)


def _hold(pool: Pool, lent: _Lent, offset: int, goods: bool) -> Hold | None:
    """The next time from a day on at which it is given, within two weeks."""
    start = pool.demo.today + timedelta(days=offset)
    part = None if goods else pool.rng.choice([None, DayPart.MORNING, DayPart.AFTERNOON])
    most = max(1, lent.offer.amount // 4)
    amount = pool.rng.randrange(1, most + 1)
    for ahead in range(14):
        on: date = start + timedelta(days=ahead)
        hold = Hold(on, on, part, amount)
        # What is over stays over, what is to come stays to come.
        if (offset < 0) is (on < pool.demo.today) and why_not(lent.offer, hold) is None:
            return hold
    return None


def _request(pool: Pool, lent: _Lent, hold: Hold, state: S, home: Area, link: dict[str, int]) -> None:
    demo, rng = pool.demo, pool.rng
    asker = home.workers[0] if home.workers else home.secretary
    asked = min(days.at(hold.first - timedelta(days=rng.randrange(6, 12)), 9, rng.randrange(60)), demo.now)
    asked = min(asked, days.at(demo.today - timedelta(days=2), 9, rng.randrange(60)))
    used = state in (S.USED, S.THANKED)
    came = rng.choice(CAME_OF_IT)
    number = demo.bulk.add(
        ResourceRequest,
        subdistrict_id=demo.subdistrict,
        resource_id=lent.id,
        home_id=home.id,
        state=state,
        amount=hold.amount,
        on_day=hold.first,
        until_on=hold.last,
        part=hold.part,
        purpose=rng.choice(PURPOSES[lent.offer.kind]),
        asked_by=asker,
        asked_at=asked,
        used_amount=hold.amount if used else None,
        used_words=came if used else "",
        **link,
    )
    values: dict[str, Any] = {"resource": lent.name, "day": hold.first.isoformat(), "request": number}
    contact = pool.contacts[lent.unit]
    later = asked + timedelta(hours=5)
    pool.say(lent.unit, asked, asker, H.ASKED, **values)
    if state in (S.PROMISED, S.USED, S.THANKED, S.WITHDRAWN):
        pool.say(lent.unit, later, asker, H.PROMISED, said_by=contact, **values)
    if state is S.WITHDRAWN:
        pool.say(
            lent.unit, later + timedelta(hours=2), asker, H.WITHDRAWN, rng.choice(DECLINED), said_by=contact, **values
        )
    elif state is S.DECLINED:
        pool.say(lent.unit, later, asker, H.DECLINED, rng.choice(DECLINED), said_by=contact, **values)
    elif state is S.CANCELLED:
        pool.say(lent.unit, later, asker, H.CANCELLED, "活动改期", **values)
    if used:
        pool.say(lent.unit, days.at(hold.last, 17), asker, H.USED, came, **values)
    if state is S.THANKED:
        pool.say(lent.unit, days.at(hold.last + timedelta(days=1), 10), asker, H.THANKED, rng.choice(THANKS), **values)


def _serve(pool: Pool) -> None:
    """The 365 centre names its units."""
    demo = pool.demo
    services = {row.name: row.id for row in demo.bulk.connection.execute(select(Service.id, Service.name))}
    for name, units in SERVED_BY.items():
        if name in services:
            for unit in units:
                demo.bulk.add(
                    UnitService, subdistrict_id=demo.subdistrict, service_id=services[name], unit_id=pool.units[unit]
                )

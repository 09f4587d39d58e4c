"""便民集市 of the invented subdistrict: once a month, eight stalls, twelve party members; today's is ready to count."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update

from db.demo import days
from db.demo.frame import Area, Demo
from db.models import Activity, MarketDay, MarketHelper, MarketStall, MarketTally, Member, Volunteer
from db.queries.activities.market_stall import stall_code, stall_hash
from db.queries.members.found_by import name_keys
from db.rules.activities.market import item_key
from db.terms import ActivityKind, ActivityState, QueueLength, TallyKind, VolunteerKind

STALLS = (
    ("健康义诊", "量血压、问用药", "血压计 2、桌椅、酒精棉", 2, 40),
    ("理发", "剪短，老人优先", "推子、围布、插座", 2, 25),
    ("磨刀", "每户两把", "磨刀石、水桶", 1, 30),
    ("修伞", "换伞骨、缝伞面", "伞骨、针线", 1, 15),
    ("法律咨询", "婚姻、物业、借贷", "桌椅、宣传页", 1, 12),
    ("家电维修", "小家电，当场修", "万用表、插座", 2, 20),
    ("反诈宣传", "手机现场检查", "展板、宣传页", 2, 50),
    ("配钥匙", "常见门锁", "配匙机、插座", 1, 20),
)
"""Item, description, what it needs, how many at a time, how many are expected."""
PEOPLE = 12
AGO = (91, 63, 28, 0)
"""How many days ago the market days were; the last is today's."""
NAME = "周明礼"
"""The member who is at the same stall for the fourth time; invented like everybody."""
STAYS, LACKING = 2, (6, 1)
"""Which of the crew that is, and the place (stall and turn) that is still open today."""
NOTES = ("", "", "", "", "下次多带宣传页", "万用表电池没电，下次备一块", "", "")
OPENS, CLOSES = 9 * 60, 11 * 60 + 30


@dataclass(frozen=True)
class _Who:
    id: int
    account: int | None


def tell(demo: Demo) -> None:
    """Four days in the rich community; a small one, called off for rain, in another."""
    demo.bulk.flush()
    rich = next(area for area in demo.areas if area.rich)
    quiet = next(area for area in demo.areas if not area.rich)
    crew = _crew(demo, rich)
    for nth, ago in enumerate(AGO):
        _day(demo, rich, nth, demo.today - timedelta(days=ago), crew)
    _called_off(demo, quiet)


def _crew(demo: Demo, area: Area) -> list[_Who]:
    """Twelve members without an account; the first of them gets the story's name."""
    query = (
        select(Volunteer.id, Volunteer.account_id)
        .where(Volunteer.community_id == area.id, Volunteer.kind == VolunteerKind.PARTY_MEMBER)
        .where(Volunteer.account_id.is_(None), Volunteer.ended_on.is_(None), Volunteer.merged_into_id.is_(None))
        .order_by(Volunteer.id)
        .limit(PEOPLE)
    )
    crew = [_Who(row.id, row.account_id) for row in demo.bulk.connection.execute(query)]
    # One person under one name, also on the roll.
    demo.bulk.connection.execute(update(Volunteer).where(Volunteer.id == crew[STAYS].id).values(name=NAME))
    on_roll = update(Member).where(Member.volunteer_id == crew[STAYS].id)
    demo.bulk.connection.execute(on_roll.values(name=NAME, **name_keys(NAME)))
    return crew


def _activity(demo: Demo, area: Area, on: date, title: str, state: ActivityState, **more: Any) -> int:
    return demo.bulk.add(
        Activity, community_id=area.id, kind=ActivityKind.MARKET, title=title, on=on,
        place="柳荫广场" if area.rich else f"{area.name}门口", needed=PEOPLE, state=state, **more,
    )  # fmt: skip


def _day(demo: Demo, area: Area, nth: int, on: date, crew: list[_Who]) -> None:
    rng, over = demo.rng("market", area.code, nth), on < demo.today
    planned: list[tuple[int, int, tuple[str, str, str, int, int]]] = [
        (number, demo.bulk.new_id(MarketStall), stall) for number, stall in enumerate(STALLS, 1)
    ]
    counts = {stall_id: rng.randrange(stall[4] * 2 // 3, stall[4] * 5 // 4) for _, stall_id, stall in planned}
    served = sum(counts.values()) if over else 0
    told: dict[str, Any] = {}
    if over:
        told = {
            "served": served, "report": "八个摊位都有人，居民反映好，磨刀、理发要排队。",
            "reported_at": days.at(on, 14), "reported_by": area.workers[0], "began_at": days.at(on, 9),
        }  # fmt: skip
    state = ActivityState.DONE if over else ActivityState.PLANNED
    activity = _activity(demo, area, on, f"{on.month} 月红色便民集市", state, **told)
    closed = {"closed_at": days.at(on, 11, 45), "closed_by": area.workers[0]} if over else {}
    demo.bulk.add(
        MarketDay, community_id=area.id, activity_id=activity, opens=OPENS, closes=CLOSES, served=served, **closed
    )
    people = iter(_turned(crew) if nth == 1 else crew)
    for number, stall_id, stall in planned:
        _stall(demo, area, activity, on, (number, stall_id, stall), over=over)
        for place in range(stall[3]):
            who = next(people)
            if over or (number, place) != LACKING:
                _helper(demo, area, stall_id, who, on)
        if over:
            _tallies(demo, area, stall_id, on, counts[stall_id], NOTES[number - 1], rng)


def _turned(crew: list[_Who]) -> list[_Who]:
    """Once everybody stood somewhere else but the one of the story."""
    others = [one for one in crew if one is not crew[STAYS]]
    turned = [*others[3:], *others[:3]]
    return [*turned[:STAYS], crew[STAYS], *turned[STAYS:]]


def _stall(
    demo: Demo,
    area: Area,
    activity: int,
    on: date,
    given: tuple[int, int, tuple[str, str, str, int, int]],
    *,
    over: bool,
) -> None:
    number, stall_id, (item, described, needs, helpers, planned) = given
    link: dict[str, Any] = {}
    if not over:
        draw = f"demo-{area.code}-{on.isoformat()}-{number}"[:32]
        link = {
            "draw": draw, "link_hash": stall_hash(stall_code(stall_id, draw)),
            "link_made_at": days.at(on - timedelta(days=1), 16),
        }  # fmt: skip
    demo.bulk.add(
        MarketStall, id=stall_id, community_id=area.id, activity_id=activity, number=number, item=item,
        item_key=item_key(item), description=described, material=needs, helpers=helpers, planned=planned, **link,
    )  # fmt: skip


def _helper(demo: Demo, area: Area, stall: int, who: _Who, on: date) -> None:
    demo.bulk.add(
        MarketHelper, community_id=area.id, account_id=who.account, stall_id=stall, volunteer_id=who.id,
        starts=OPENS, ends=CLOSES, placed_by=area.workers[0], placed_at=days.at(on - timedelta(days=5), 10),
    )  # fmt: skip


def _tallies(demo: Demo, area: Area, stall: int, on: date, count: int, words: str, rng: Random) -> None:
    """Presses of one and of five over the morning, a queue in the middle of it, a note at its end."""
    amounts = [5] * (count // 10)
    amounts += [1] * (count - 5 * len(amounts))
    rng.shuffle(amounts)
    for nth, amount in enumerate(amounts):
        at = days.at(on, 9) + timedelta(minutes=2 + 140 * nth // len(amounts))
        _tally(demo, area, stall, f"demo-count-{stall}-{nth:04d}", TallyKind.COUNT, at, amount=amount)
    queue = QueueLength.LONG if count > 30 else QueueLength.FEW
    _tally(demo, area, stall, f"demo-queue-{stall}-000", TallyKind.QUEUE, days.at(on, 10), queue=queue)
    last = QueueLength.NOBODY
    _tally(demo, area, stall, f"demo-queue-{stall}-001", TallyKind.QUEUE, days.at(on, 11, 20), queue=last)
    if words:
        _tally(demo, area, stall, f"demo-note-{stall}-0000", TallyKind.NOTE, days.at(on, 11, 28), words=words)


def _tally(demo: Demo, area: Area, stall: int, key: str, kind: TallyKind, at: datetime, **more: Any) -> None:
    demo.bulk.add(
        MarketTally, community_id=area.id, stall_id=stall, key=key, kind=kind, made_at=at, received_at=at, **more
    )


def _called_off(demo: Demo, area: Area) -> None:
    on = demo.today - timedelta(days=14)
    _activity(
        demo, area, on, "便民集市", ActivityState.CANCELLED, report="下雨，改到下个月",
        reported_at=days.at(on, 8), reported_by=area.workers[0],
    )  # fmt: skip

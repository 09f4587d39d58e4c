"""Doors of the invented subdistrict and the knocks on them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import bindparam, update

from db.counters import day_of
from db.demo import days
from db.demo.frame import Area, Demo, Door
from db.demo.names import phone, resident
from db.models import Household, Patch, Person, Visit, blind_index, name_index
from db.rules.doors import door as door_rules
from db.rules.doors.visit_plan import next_due
from db.terms import HouseholdKind, PlaceKind, VisitOutcome

FLOORS, PER_FLOOR, STAIRWELLS = 6, 2, 2
RESTRICTED = {True: 8, False: 1}
"""Restricted households of the rich community, and of some others."""
NOTES_MET: tuple[str, ...] = (
    "老人身体还好，提醒用电安全",
    "家里添了孙子，喜气",
    "问了医保缴费的事，已说明",
    "反映的事另记",
    "腰不好，暂不方便下楼",
    "发了防诈骗宣传单",
    "留了联系卡",
    "子女回来住了，放心不少",
    "",
    "",
)
NOTES_NOT_IN: tuple[str, ...] = ("敲门无人应", "已留便条", "邻居说出门了", "", "")
NOTES_PHONE: tuple[str, ...] = ("电话里说都好", "约了下周上门", "在外地，月底回", "")


DOOR_NOTES: tuple[str, ...] = (
    "晚七点后在家",
    "敲门要重，听力不好",
    "先打电话再上楼",
    "白天上班，周末在",
    "家里有狗，请先按门铃",
    "上午去菜场，下午在",
)
NOTED = 0.11
"""Share of the doors with a hint for whoever knocks next."""
WHOLE_PLACES = 60
"""From so many buildings of a community on, a worker looks after whole estates."""


@dataclass(slots=True)
class KnownDoor(Door):
    """A door with what its visits left behind."""

    kind: HouseholdKind = HouseholdKind.ORDINARY
    met: datetime | None = None
    shut: list[datetime] = field(default_factory=list)

    def knocked(self, moment: datetime, outcome: VisitOutcome) -> None:
        """Remember a visit; they come almost, but not quite, in the order in which they happened."""
        if outcome is VisitOutcome.NOT_IN:
            self.shut.append(moment)
        elif self.met is None or moment > self.met:
            self.met = moment


def build(demo: Demo, area: Area) -> None:
    """Write the households of a community with one person each."""
    rng = demo.rng("doors", area.code)
    estates = [index for index, place in enumerate(area.places) if place.kind is PlaceKind.ESTATE]
    wanted = area.households * demo.scale
    hidden = set(rng.sample(range(wanted), RESTRICTED[area.rich] if area.rich or area.id % 3 == 0 else 0))
    for place in estates:
        share = wanted // len(estates) + (place < wanted % len(estates))
        for building, stairwell, room in _rooms(rng, share):
            _door(demo, area, rng, place, (building, stairwell, room), len(area.doors) in hidden)


def _rooms(rng: Random, count: int) -> Iterator[tuple[int, int, int]]:
    """Doors of an estate in order; about every twelfth has never been opened to us."""
    given, building = 0, 0
    while True:
        building += 1
        for stairwell in range(1, STAIRWELLS + 1):
            for floor in range(1, FLOORS + 1):
                for side in range(1, PER_FLOOR + 1):
                    if rng.random() < 0.08:
                        continue
                    yield building, stairwell, floor * 100 + side
                    given += 1
                    if given == count:
                        return


def _door(demo: Demo, area: Area, rng: Random, place: int, where: tuple[int, int, int], restricted: bool) -> None:
    building, stairwell, room = f"{where[0]}幢", f"{where[1]}单元", str(where[2])
    place_id = area.places[place].id
    kind = rng.choices(list(HouseholdKind), (90, 9, 1))[0] if not restricted else HouseholdKind.KEY
    worker = area.workers[0 if restricted else (place * 3 + where[0]) % len(area.workers)]
    number = demo.bulk.add(
        Household,
        community_id=area.id,
        restricted=restricted,
        place_id=place_id,
        building=building,
        stairwell=stairwell,
        room=room,
        door_index=blind_index(door_rules.Door(building, stairwell, room).key(place_id)),
        kind=kind,
        alias=f"晨星{len(area.doors) % 97 + 1:02d}号" if restricted else "",
    )
    name, call = resident(rng), phone(rng)
    demo.bulk.add(
        Person,
        community_id=area.id,
        restricted=restricted,
        household_id=number,
        name=name,
        phone=call,
        phone_index=blind_index(call),
        name_index=name_index(name),
    )
    often = {HouseholdKind.ORDINARY: 2, HouseholdKind.KEY: 16, HouseholdKind.HIGH_RISK: 60}[kind]
    area.doors.append(KnownDoor(number, place, building, worker, name, call, restricted, often, kind))


class Knocks:
    """The visits of a community, week by week, in the order in which they happened."""

    def __init__(self, demo: Demo, area: Area) -> None:
        self.demo, self.area, self.rng = demo, area, demo.rng("visits", area.code)
        span = (demo.first + timedelta(days=ahead) for ahead in range((demo.today - demo.first).days))
        self.moments = days.spread(self.rng, span, area.visits * demo.scale)
        self.at = 0
        self.often = [door.every for door in area.doors]
        self.ring: list[Door] = []
        self.week: dict[date, tuple[int, int]] = {}
        """Visits and not-in visits of each week, for its sign-off."""

    def until(self, end: datetime) -> None:
        """Write the visits before `end`."""
        while self.at < len(self.moments) and self.moments[self.at] < end:
            self._knock(self.moments[self.at])
            self.at += 1

    def _knock(self, moment: datetime) -> None:
        rng = self.rng
        if not self.ring:
            self.ring = rng.choices(self.area.doors, self.often, k=2000)
        door = self.ring.pop()
        drawn = rng.random()
        if drawn < 0.37:
            outcome, notes = VisitOutcome.NOT_IN, NOTES_NOT_IN
        elif drawn < 0.49:
            outcome, notes = VisitOutcome.PHONE, NOTES_PHONE
        else:
            outcome, notes = VisitOutcome.MET, NOTES_MET
        self.write(door, moment, outcome, rng.choice(notes))

    def write(self, door: Door, moment: datetime, outcome: VisitOutcome, note: str) -> int:
        """One visit; its id."""
        monday = moment.date() - timedelta(days=moment.weekday())
        visits, not_in = self.week.get(monday, (0, 0))
        self.week[monday] = (visits + 1, not_in + (outcome is VisitOutcome.NOT_IN))
        if isinstance(door, KnownDoor):
            door.knocked(moment, outcome)
        return self.demo.bulk.add(
            Visit,
            community_id=self.area.id,
            restricted=door.restricted,
            at=moment,
            worker_id=door.worker,
            household_id=door.id,
            place_id=self.area.places[door.place].id,
            building=door.building,
            outcome=outcome,
            note=note,
        )


def close(demo: Demo) -> None:
    """What the visits left behind: when each door was met, how often it stayed shut since, when it is due; patches."""
    demo.bulk.flush()
    table = Household.metadata.tables[Household.__tablename__]
    rows = [row for area in demo.areas for row in _left_behind(demo, area)]
    if rows:
        written = update(table).where(table.c.id == bindparam("number")).values(
            met_on=bindparam("met"), tries=bindparam("shut"), due_on=bindparam("due"), door_note=bindparam("hint")
        )  # fmt: skip
        demo.bulk.connection.execute(written, rows)
    for area in demo.areas:
        _patches(demo, area)


def _left_behind(demo: Demo, area: Area) -> Iterator[dict[str, object]]:
    rng = demo.rng("door notes", area.code)
    for door in area.doors:
        hint = rng.choice(DOOR_NOTES) if rng.random() < NOTED else ""
        if not isinstance(door, KnownDoor) or not (door.met or door.shut or hint):
            continue
        met = door.met
        since = [moment for moment in door.shut if met is None or moment > met]
        due = next_due(door.kind, day_of(met)) if met else day_of(min(since)) if since else None
        yield {
            "number": door.id, "met": day_of(met) if met else None, "shut": len(since), "due": due, "hint": hint,
        }  # fmt: skip


def _patches(demo: Demo, area: Area) -> None:
    """The buildings of each worker, as the doors were given out."""
    buildings = list(dict.fromkeys((door.place, door.building) for door in area.doors))
    parts = [(place, building, int(building.removesuffix("幢"))) for place, building in buildings]
    if len(parts) > WHOLE_PLACES:
        parts = [(place, "", 0) for place in dict.fromkeys(place for place, _ in buildings)]
    for place, building, number in parts:
        worker = area.workers[(place * 3 + number) % len(area.workers)]
        demo.bulk.add(Patch, community_id=area.id, account_id=worker, place_id=area.places[place].id, building=building)

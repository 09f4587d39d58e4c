"""Doors of the invented subdistrict and the knocks on them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from db.demo import days
from db.demo.frame import Area, Demo, Door
from db.demo.people import phone, resident
from db.models import Household, Person, Visit, blind_index
from db.rules import door as door_rules
from db.terms import HouseholdKind, PlaceKind, VisitOutcome

FLOORS, PER_FLOOR, STAIRWELLS = 6, 2, 2
RESTRICTED = {True: 8, False: 1}
"""Restricted households of the rich community, and of some others."""
NOTES_MET: tuple[str, ...] = (
    "老人身体还好,提醒用电安全",
    "家里添了孙子,喜气",
    "问了医保缴费的事,已说明",
    "反映的事另记",
    "腰不好,暂不方便下楼",
    "发了防诈骗宣传单",
    "留了联系卡",
    "子女回来住了,放心不少",
    "",
    "",
)
NOTES_NOT_IN: tuple[str, ...] = ("敲门无人应", "已留便条", "邻居说出门了", "", "")
NOTES_PHONE: tuple[str, ...] = ("电话里说都好", "约了下周上门", "在外地,月底回", "")


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
    kind = rng.choices(list(HouseholdKind), (85, 12, 3))[0] if not restricted else HouseholdKind.KEY
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
    )
    often = {HouseholdKind.ORDINARY: 2, HouseholdKind.KEY: 8, HouseholdKind.HIGH_RISK: 20}[kind]
    area.doors.append(Door(number, place, building, worker, name, call, restricted, often))


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

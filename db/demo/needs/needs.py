"""A year of needs: who asks for what, who asks for the same, and what becomes of it."""

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from db.counters import day_of
from db.demo import days
from db.demo.doors.doors import Knocks
from db.demo.frame import Area, Demo, Door
from db.demo.needs import words
from db.demo.needs.lives import Life, is_danger, is_public
from db.demo.needs.words import Told, Topic, chances, tell_of, topics
from db.models import Merge, Need, TwinVerdict, WeekSignOff
from db.rules.needs.register import seal
from db.rules.needs.twins import Sketch, likeness
from db.rules.workdays import week_of
from db.terms import (
    Happening,
    NeedSource,
    NeedStage,
    PlaceKind,
    Reach,
    Route,
    Urgency,
    VisitOutcome,
)

SOURCES = (
    (NeedSource.VISIT, 44),
    (NeedSource.WALK_IN, 15),
    (NeedSource.CALL, 12),
    (NeedSource.HOTLINE, 8),
    (NeedSource.CHAT, 9),
    (NeedSource.COUNCIL, 4),
    (NeedSource.GRID, 5),
    (NeedSource.RIDER, 2),
    (NeedSource.OTHER, 1),
)
_SOURCES, _SOURCE_SUMS = [source for source, _ in SOURCES], list(accumulate(weight for _, weight in SOURCES))
NAMELESS = (NeedSource.CHAT, NeedSource.GRID, NeedSource.RIDER)
TWIN_LEADS = 0.055
"""Share of needs that others also ask for."""
VOID_REASONS = ("重复录入，以另一条为准", "录错社区，已请对方登记", "当事人撤回")


@dataclass(order=True)
class Arrival:
    """A need that is sure to come: a twin, a restricted case, or one that the council will take up."""

    moment: datetime
    order: int
    topic: Topic = field(compare=False)
    lead: Life | None = field(default=None, compare=False)
    door: Door | None = field(default=None, compare=False)
    council: bool = field(default=False, compare=False)
    """Whether the council will take it up; its life is told there."""
    twins: int = field(default=0, compare=False)
    last: bool = field(default=False, compare=False)
    place: int | None = field(default=None, compare=False)
    sentence: str = field(default="", compare=False)


class Year:
    """The needs of one community, week by week."""

    def __init__(self, demo: Demo, area: Area) -> None:
        self.demo, self.area = demo, area
        self.rng = demo.rng("needs", area.code)
        self.knocks = Knocks(demo, area)
        span = (demo.first + timedelta(days=ahead) for ahead in range((demo.today - demo.first).days))
        self.moments = days.spread(self.rng, span, area.needs(demo.scale))
        self.at = 0
        self.order = 0
        self.planned: list[Arrival] = []
        self.taken_up: list[Life] = []
        """Lives that the council goes on with."""
        self.sealed: list[tuple[str, str, str, str]] = []
        self.verdicts: list[tuple[Life, Life, datetime]] = []
        self.recent: dict[str, Life] = {}
        self.chances = {month: chances(month) for month in range(1, 13)}
        self.pool = [door for door in area.doors if not door.restricted]
        self.by_place: dict[int | None, list[Door]] = defaultdict(list)
        for door in self.pool:
            self.by_place[door.place].append(door)
        for door in area.doors:
            if door.restricted:
                self._plan_restricted(door)
        if area.rich:
            self._plan_last_days()

    def plan(self, moment: datetime, about: Topic, **more: Any) -> None:
        """Let a need come at a moment."""
        self.order += 1
        heapq.heappush(self.planned, Arrival(moment, self.order, about, **more))

    def _plan_restricted(self, door: Door) -> None:
        chosen = self.rng.choice([one for one in topics()[1] if "r" in one.marks])
        day = days.next_workday(self.demo.first + timedelta(days=self.rng.randrange(10, 330)))
        self.plan(days.in_office(self.rng, day), chosen, door=door)

    def _plan_last_days(self) -> None:
        """What the secretary finds in the morning: a danger that is being dealt with, and a likely pair."""
        yesterday = self.demo.today - timedelta(days=1)
        self.plan(days.at(yesterday, 20, 35), words.topic("井盖松动"))
        for ago, hour, said in ((2, 10, words.PAIR[0]), (1, 15, words.PAIR[1])):
            moment = days.at(yesterday - timedelta(days=ago), hour, 12)
            self.plan(moment, words.topic("楼道灯不亮"), place=1, sentence=said)

    def week(self, monday: date) -> None:
        """Everything that comes in during one week, and the signature under it."""
        end = min(days.at(monday + timedelta(days=7), 0), self.demo.now)
        self.sealed = []
        while True:
            ordinary = self.moments[self.at] if self.at < len(self.moments) else end
            planned = self.planned[0].moment if self.planned else end
            if min(ordinary, planned) >= end:
                break
            if planned <= ordinary:
                self._planned(heapq.heappop(self.planned))
            else:
                self.at += 1
                self._ordinary(ordinary)
        self.knocks.until(end)
        signed = self.demo.signed_at(self.area, monday)
        if signed is not None:
            visits, not_in = self.knocks.week.pop(monday, (0, 0))
            self.demo.bulk.add(
                WeekSignOff,
                community_id=self.area.id,
                week=monday,
                needs=len(self.sealed),
                visits=visits,
                not_in=not_in,
                signed_at=signed,
                signed_by=self.area.secretary,
                digest=seal(self.sealed),
            )

    # --- needs that come of themselves ------------------------------------------------------------------

    def _ordinary(self, moment: datetime) -> None:
        found, summed = self.chances[moment.month]
        about = self.rng.choices(found, cum_weights=summed)[0]
        life = self._log(moment, about, None)
        public = is_public(life.row) and not is_danger(life.row)
        if public and self.rng.random() < TWIN_LEADS and moment + timedelta(days=3) < self.demo.now:
            count = self.rng.choice((1, 1, 2, 2, 3))
            later = sorted(days.after(self.rng, moment, 0.5, 16) for _ in range(count))
            for number, coming in enumerate(later, 1):
                self.plan(coming, about, lead=life, last=number == count)
            if later[-1] < self.demo.now:
                return
            self.planned = [one for one in self.planned if one.lead is not life]
            heapq.heapify(self.planned)
        self._compare(life)
        self.run(life)
        life.release()

    def _compare(self, life: Life) -> None:
        """Now and then somebody looked at two needs and said that they are not the same."""
        before = self.recent.get(life.topic.title)
        self.recent[life.topic.title] = life
        close = before is not None and life.logged_at - before.logged_at < timedelta(days=40)
        if before is None or not close or before.door is life.door or self.rng.random() > 0.12:
            return
        if is_public(life.row):
            moment = life.logged_at + timedelta(minutes=self.rng.randrange(5, 50))
            self.verdicts.append((before, life, moment))
            life.say(Happening.NOT_TWINS, moment, life.worker, other=before.row["number"])

    def run(self, life: Life, ready: datetime | None = None) -> None:
        """An ordinary life from the register to its answer, as far as time allows."""
        rng = self.rng
        if is_danger(life.row):
            life.handle()
            return
        signed = life.sign()
        if signed is None:
            return
        if rng.random() < 0.02 and not life.members:
            moment = days.after(rng, max(signed, ready or signed), 0.1, 3)
            if life.past(moment):
                life.enter(NeedStage.VOID, moment)
                life.say(Happening.VOIDED, moment, self.area.secretary, rng.choice(VOID_REASONS))
                life.row["changed_after_sign_off"] = True
            return
        if rng.random() < 0.04:
            self._amend(life, signed)
        if not is_public(life.row):
            route = Route.ORDER if "o" in life.topic.marks and rng.random() < 0.85 else Route.REFER
        else:
            route = rng.choices((Route.REFER, Route.ANSWER, Route.RESERVE), (42, 36, 22))[0]
        routed = life.screen(max(signed, ready or signed), route)
        if routed is not None and route is Route.RESERVE and rng.random() < 0.6:
            life.screen(routed + timedelta(days=28), rng.choice((Route.REFER, Route.ANSWER)))

    def go_on(self, life: Life) -> None:
        """A need that stays alone goes its own way."""
        self.run(life, life.stages[-1][1])
        life.release()

    def _amend(self, life: Life, signed: datetime) -> None:
        moment = signed + timedelta(hours=self.rng.randrange(2, 9))
        if life.past(moment):
            life.row["people"] += 2
            life.row["changed_after_sign_off"] = True
            life.say(Happening.AMENDED, moment, life.worker, fields=["people"], after_sign_off=True, was={})

    # --- needs that were planned ------------------------------------------------------------------------

    def _planned(self, coming: Arrival) -> None:
        life = self._log(coming.moment, coming.topic, coming)
        if coming.lead is not None:
            coming.lead.members.append(life)
            if coming.last:
                self._tell_group(coming.lead)
        elif coming.council:
            self.taken_up.append(life)
            later = sorted(days.after(self.rng, coming.moment, 0.5, 12) for _ in range(coming.twins))
            for moment in later:
                self.plan(moment, coming.topic, lead=life)
        else:
            self.run(life)
            life.release()

    def _tell_group(self, lead: Life) -> None:
        ready, own = self.merge(lead, undo=self.rng.random() < 0.12)
        self.run(lead, ready)
        lead.release()
        for life in own:
            self.go_on(life)

    def merge(self, lead: Life, *, undo: bool = False) -> tuple[datetime, list[Life]]:
        """Merge the members that were found to be the same; when that was over, and who lives on alone."""
        ready, merged, own = lead.logged_at, list[Life](), list[Life]()
        for life in lead.members:
            moment = days.after(self.rng, life.logged_at, 0.05, 2.5)
            if not life.past(moment):
                own.append(life)
                continue
            signed = self.demo.signed_at(self.area, life.row["week"])
            if signed is not None and signed < moment:
                life.sign()
            row = self._merged(lead, life, moment)
            ready = max(ready, moment)
            undone = days.after(self.rng, moment, 0.5, 3)
            if undo and life is lead.members[-1] and life.past(undone):
                self._undone(lead, life, row, undone)
                ready = max(ready, undone)
                own.append(life)
            else:
                life.row["merged_into_id"] = lead.id
                merged.append(life)
        lead.members = merged
        return ready, own

    def _merged(self, lead: Life, life: Life, moment: datetime) -> dict[str, Any]:
        alike = likeness(_sketch(lead), _sketch(life))
        reasons = [reason.value for reason in alike.reasons]
        life.keep(
            Merge,
            lead_id=lead.id,
            member_id=life.id,
            reasons=reasons,
            score=alike.score,
            stage_before=life.stage,
            merged_at=moment,
            merged_by=life.worker,
        )
        life.enter(NeedStage.MERGED, moment)
        life.say(Happening.MERGED_INTO, moment, life.worker, lead=lead.row["number"])
        lead.say(Happening.MERGED_IN, moment, life.worker, member=life.row["number"], reasons=reasons)
        return life.rows[-1][1]

    def _undone(self, lead: Life, life: Life, row: dict[str, Any], moment: datetime) -> None:
        secretary = self.area.secretary
        row |= {"undone_at": moment, "undone_by": secretary}
        signed = self.demo.signed_at(self.area, life.row["week"])
        life.enter(NeedStage.REGISTERED if signed is not None and signed < moment else row["stage_before"], moment)
        said = "现场看过，不是同一处"
        life.say(Happening.MERGE_UNDONE, moment, secretary, said, other=lead.row["number"])
        lead.say(Happening.MERGE_UNDONE, moment, secretary, said, other=life.row["number"])

    def close(self) -> None:
        """The pairs that are not twins, once both needs are stored."""
        for first, second, moment in self.verdicts[:12]:
            low, high = sorted((first.id, second.id))
            self.demo.bulk.add(
                TwinVerdict,
                community_id=self.area.id,
                first_id=low,
                second_id=high,
                decided_by=second.worker,
                decided_at=moment,
            )

    # --- one need ---------------------------------------------------------------------------------------

    def _log(self, moment: datetime, topic: Topic, coming: Arrival | None) -> Life:
        rng, area = self.rng, self.area
        source = rng.choices(_SOURCES, cum_weights=_SOURCE_SUMS)[0]
        wanted = self._wanted_place(coming)
        door = coming.door if coming and coming.door else rng.choice(self.by_place.get(wanted, self.pool))
        where = self._where(topic, door) if wanted is None else wanted
        nameless = source in NAMELESS and rng.random() < 0.35 and not (coming and coming.door)
        if coming and coming.door:
            source = NeedSource.VISIT
        bare = coming is not None and coming.sentence != ""
        told = tell_of(rng, topic, door.building, sentence=_other_words(rng, topic, coming), bare=bare)
        row = self._row(moment, topic, told, door, where, source)
        if source is NeedSource.VISIT:
            row["visit_id"] = self.knocks.write(door, moment, VisitOutcome.MET, "反映的事另记")
        if not nameless:
            row |= {"household_id": door.id, "asker_name": door.name, "asker_phone": door.phone}
        life = Life(self.demo, area, rng, topic, row, None if nameless else door)
        danger = is_danger(row)
        life.say(Happening.LOGGED, moment, row["worker_id"], source=source.value, after_sign_off=False)
        life.enter(NeedStage.HANDLING if danger else NeedStage.LOGGED, moment)
        if danger:
            life.say(Happening.HANDLING, moment, row["worker_id"])
        self.sealed.append((row["number"], row["title"], row["description"], str(row["people"])))
        return life

    def _wanted_place(self, coming: Arrival | None) -> int | None:
        """Index of the place that is given: that of the lead, or of the story."""
        if coming and coming.lead:
            known = coming.lead.row["place_id"]
            return next(index for index, place in enumerate(self.area.places) if place.id == known)
        return coming.place if coming else None

    def _where(self, topic: Topic, door: Door) -> int:
        """Index of the place: where the asker lives, or a street or square for what everybody uses."""
        chance = {Reach.COMMUNITY: 0.45, Reach.ESTATE: 0.15}.get(topic.reach, 0.0)
        if self.rng.random() < chance:
            others = [i for i, place in enumerate(self.area.places) if place.kind is not PlaceKind.ESTATE]
            return self.rng.choice(others)
        return door.place

    def _row(
        self, moment: datetime, topic: Topic, told: Told, door: Door, where: int, source: NeedSource
    ) -> dict[str, Any]:
        rng, day = self.rng, day_of(moment)
        narrow = topic.reach in (Reach.HOUSEHOLD, Reach.STAIRWELL, Reach.BUILDING)
        if "a" in topic.marks:
            urgency = Urgency.SAFETY
        else:
            urgency = Urgency.URGENT if "u" in topic.marks and rng.random() < 0.35 else Urgency.NORMAL
        return {
            "id": self.demo.bulk.new_id(Need),
            "community_id": self.area.id,
            "number": self.area.number("", day.year),
            "title": told.title,
            "description": told.description,
            "category_id": topic.category + 1,
            "place_id": self.area.places[where].id,
            # Now and then the building is forgotten: the register says so before it is signed.
            "building": door.building if narrow and rng.random() > 0.04 else "",
            "urgency": urgency,
            "source": source,
            "reach": topic.reach,
            "people": rng.randint(*topic.people),
            "special_group": "s" in topic.marks and rng.random() < 0.7,
            "restricted": door.restricted,
            "worker_id": door.worker,
            "logged_at": moment,
            "week": week_of(day),
            "due_on": day if urgency is Urgency.SAFETY else None,
            "pinyin": told.pinyin,
            "initials": told.initials,
        }


def _other_words(rng: Random, topic: Topic, coming: Arrival | None) -> str:
    """A twin tells it in words of its own, when there are any."""
    if not coming or not coming.lead:
        return coming.sentence if coming else ""
    said = coming.lead.row["description"]
    return rng.choice([one for one in topic.sentences if one not in said] or list(topic.sentences))


def _sketch(life: Life) -> Sketch:
    row = life.row
    return Sketch(
        row["id"], row["description"], row["place_id"], row["building"], row["category_id"], day_of(row["logged_at"])
    )
